//! Many words sought in a text at once.
//!
//! The words are a trie over characters. At each place of the text whose first character begins
//! a word the trie is walked, so that every occurrence of every word is seen, those inside others
//! too, in the order of their starts: of `政府信息公开` and `信息公开` in `政府信息公开年报`, both. A walk is
//! never longer than the longest word, so the work is linear in the text. Unlike an automaton of
//! bytes it is made in a fraction of a millisecond, which every start of the program pays.

/// The words of a search, each with what it means to whoever asks; one word may mean several
/// things.
#[derive(Debug, Clone)]
pub struct Lexicon<M> {
    /// By the first character's code: the node that it leads to, 0 for none.
    roots: Vec<u16>,
    nodes: Vec<Node>,
    /// Each node's next characters, ascending, with the nodes that they lead to.
    edges: Vec<(char, u16)>,
    meanings: Vec<M>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Node {
    edges: (u32, u32),
    meanings: (u32, u32),
}

impl<M: Copy> Lexicon<M> {
    /// A lexicon of words and their meanings. Empty words are left out, those that begin beyond
    /// the basic plane, and those beyond some sixty thousand characters in all.
    pub fn new<'a>(words: impl IntoIterator<Item = (&'a str, M)>) -> Self {
        let mut words: Vec<(&str, M)> = words.into_iter().filter(|w| !w.0.is_empty()).collect();
        // By words; what one word means stays in the order given.
        words.sort_by(|a, b| a.0.cmp(b.0));
        let mut lexicon = Self {
            roots: vec![0; 0x1_0000],
            nodes: vec![Node::default()],
            edges: Vec::new(),
            meanings: Vec::new(),
        };
        for group in words.chunk_by(|a, b| first(a.0, 0) == first(b.0, 0)) {
            let Some(c) = group.first().and_then(|w| first(w.0, 0)) else {
                continue;
            };
            let Some(node) = lexicon.grow(group, c.len_utf8()) else {
                continue;
            };
            if let Some(root) = lexicon.roots.get_mut(c as usize) {
                *root = node;
            }
        }
        lexicon
    }

    /// Makes the node of words that are alike up to `depth`.
    fn grow(&mut self, words: &[(&str, M)], depth: usize) -> Option<u16> {
        let node = u16::try_from(self.nodes.len()).ok()?;
        self.nodes.push(Node::default());
        let ended = words.iter().take_while(|w| w.0.len() == depth).count();
        let (whole, longer) = words.split_at_checked(ended)?;
        let from = self.meanings.len();
        self.meanings.extend(whole.iter().map(|w| w.1));
        let meanings = range(from, self.meanings.len());
        let mut edges = Vec::new();
        for group in longer.chunk_by(|a, b| first(a.0, depth) == first(b.0, depth)) {
            let Some(c) = group.first().and_then(|w| first(w.0, depth)) else {
                continue;
            };
            if let Some(next) = self.grow(group, depth + c.len_utf8()) {
                edges.push((c, next));
            }
        }
        let from = self.edges.len();
        self.edges.extend(edges);
        let edges = range(from, self.edges.len());
        if let Some(own) = self.nodes.get_mut(usize::from(node)) {
            *own = Node { edges, meanings };
        }
        Some(node)
    }

    /// Tells every occurrence of every word: its meaning, start and end. In the order of starts,
    /// shorter words first. Gives the number of steps taken.
    pub fn scan(&self, text: &str, mut found: impl FnMut(M, usize, usize)) -> usize {
        let mut steps = text.len();
        for (at, c) in text.char_indices() {
            let root = self.roots.get(c as usize).copied().unwrap_or(0);
            if root == 0 {
                continue;
            }
            let mut node = root;
            let mut end = at + c.len_utf8();
            let mut rest = text.get(end..).unwrap_or("").chars();
            while let Some(here) = self.nodes.get(usize::from(node)) {
                steps += 1;
                for &meaning in part(&self.meanings, here.meanings) {
                    found(meaning, at, end);
                }
                let edges = part(&self.edges, here.edges);
                let Some(next) = rest.next() else { break };
                let Ok(edge) = edges.binary_search_by_key(&next, |e| e.0) else {
                    break;
                };
                node = edges.get(edge).map_or(0, |e| e.1);
                end += next.len_utf8();
            }
        }
        steps
    }
}

fn first(word: &str, from: usize) -> Option<char> {
    word.get(from..)?.chars().next()
}

fn range(from: usize, to: usize) -> (u32, u32) {
    let small = |n| u32::try_from(n).unwrap_or(u32::MAX);
    (small(from), small(to))
}

fn part<T>(all: &[T], (from, to): (u32, u32)) -> &[T] {
    all.get(from as usize..to as usize).unwrap_or(&[])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &[&str], text: &str) -> Vec<(usize, usize, usize)> {
        let lexicon = Lexicon::new(words.iter().enumerate().map(|(i, w)| (*w, i)));
        let mut out = Vec::new();
        lexicon.scan(text, |m, start, end| out.push((m, start, end)));
        out
    }

    #[test]
    fn words_inside_words_are_seen() {
        assert_eq!(
            found(
                &["政府信息公开", "信息公开", "政府", "年报"],
                "政府信息公开年报"
            ),
            [(2, 0, 6), (0, 0, 18), (1, 6, 18), (3, 18, 24)]
        );
    }

    #[test]
    fn a_word_may_mean_several_things() {
        assert_eq!(
            found(&["总计", "总计"], "总计总计"),
            [(0, 0, 6), (1, 0, 6), (0, 6, 12), (1, 6, 12)]
        );
    }

    proptest::proptest! {
        #[test]
        fn every_occurrence_is_found(text in "[甲乙a𠀀]{0,40}", words in proptest::collection::vec("[甲乙a𠀀]{1,4}", 1..6)) {
            let all: Vec<&str> = words.iter().map(String::as_str).collect();
            let mut seen = found(&all, &text);
            let mut expected: Vec<(usize, usize, usize)> = Vec::new();
            for (i, w) in words.iter().enumerate() {
                for (at, _) in text.char_indices() {
                    if text[at..].starts_with(w.as_str()) && (w.chars().next() < Some('\u{10000}')) {
                        expected.push((i, at, at + w.len()));
                    }
                }
            }
            seen.sort_unstable();
            expected.sort_unstable();
            proptest::prop_assert_eq!(seen, expected);
        }
    }
}
