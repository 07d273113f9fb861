//! Pages that are broken: by hand, and at random from a seed.

/// Bodies of pages that are easily read wrongly.
pub const TRICKY: &[&str] = &[
    "<table><tr><td>规章<td>1<td>2<tr><td>许可<td>3<td>4</table>",
    "<table><td>甲<td>乙</table>丙",
    "<table>甲<tr><td>乙<td>丙</table>丁",
    "甲<table>乙<tr><td>丙<td>丁</td>戊</table>己",
    "<p>甲<table>乙<tr><td>丙<td>丁</table>戊",
    "甲 <br> <table> 乙 <p>丙</p> 丁 <tr><td>戊<td>己</table>庚",
    "<div>甲<table><p>乙<tr><td>丙<td>丁<p>戊</table>己</div>庚",
    "<table><tr><p>甲<td>乙<td>丙</p>丁</table>",
    "<table><tr><td>甲<table><tr><td>乙<td>丙</table>丁<td>戊</table>己",
    "<table><tr><td>甲<td>乙<table><tr><td>丙<td>丁</table></table>",
    "<table><tbody><tr><td>甲<td>乙</tbody><tbody><tr><td>丙<td>丁</table>",
    "<table><tfoot><tr><td>甲<td>乙</tfoot><tr><td>丙<td>丁</table>",
    "<table><thead><tr><td rowspan=9>甲<td>乙</thead><tbody><tr><td>丙<td>丁</table>",
    "<table><caption>甲<tr><td>乙<td>丙</table>",
    "<table><caption>甲<p>乙</caption>丙<tr><td>丁<td>戊</table>",
    "<table><colgroup><col><col></colgroup><tr><td>甲<td>乙</table>",
    "<table><col>甲<tr><td>乙<td>丙</table>",
    "<table><tr><td>甲</th><td>乙</td></tr></table>",
    "<table><tr><td>甲<td>乙</table></table></td></tr>丙",
    "<table><tr><td>甲<td>乙<table></table>丙<td>丁</table>",
    "<table><table><tr><td>甲<td>乙</table>丙",
    "<table><tr><td>甲<td>乙</tr></tbody></table><td>丙<tr>丁",
    "<table><tr><td><div>甲</td><td>乙</div>丙</table>丁",
    "<table><tr><td><ul><li>甲<li>乙</ul><td><dl><dt>丙<dd>丁</dl></table>",
    "<ul><li>甲<ul><li>乙</li></ul>丙<li>丁<p>戊<li>己</ul>庚",
    "<ul><li><div>甲<li>乙</div>丙</ul>",
    "<dl><dt>甲<dd>乙<dt>丙<div><dd>丁</div></dl>",
    "<h1>甲<h2>乙</h1>丙</h2>丁",
    "<h1>甲<b>乙<h2>丙</h2>丁</h1>戊",
    "<h2>甲</h3>乙<p>丙",
    "<p>甲<div>乙</p>丙</div>丁",
    "<p>甲<span><p>乙</span>丙",
    "甲</p>乙</br>丙</div>丁",
    "<p>甲<button>乙<p>丙</button>丁</p>戊",
    "<p>甲<object>乙<p>丙</object>丁",
    "<form>甲<div>乙</form>丙</div>丁<form>戊</form>",
    "<form><p>甲</form>乙<table><form>丙<tr><td>丁<td>戊</form></table>",
    "<form><form>甲</form>乙</form>丙",
    "甲<select><option>乙<option>丙</select>丁<select><div>戊<input>己",
    "<p hidden>甲</p>乙<span style='display : NONE'>丙<span>丁</span>戊</span>己",
    "<p>甲<span hidden>乙<p>丙</span>丁",
    "<table><tr hidden><td>甲<td>乙<tr><td>丙<td hidden>丁<td>戊<td>己</table>",
    "<table><tr hidden>甲<td>乙</tr>丙<tr><td>丁<td>戊</table>",
    "<table hidden>甲<tr><td>乙<td>丙</table>丁",
    "<table><tr><td>甲<td>乙<table hidden>丙<tr><td>丁</table>戊</table>",
    "<table><span hidden>甲</span>乙<tr><td>丙<td>丁</table>",
    "甲<svg><text>乙</text><svg>丙</svg>丁</svg>戊<math><mi>己</math>庚",
    "甲<svg>乙<p>丙<svg/>丁<svg>戊</p>己",
    "<table><tr><td><svg>甲</td><td>乙</table>",
    "甲<svg><font>乙</font><font color=x>丙",
    "甲<script>if(a<b){'</p>'}</script>乙<style>p{}</style>丙<noscript>丁</noscript>戊",
    "甲<template>乙<template>丙</template>丁</template>戊<textarea>己<p></textarea>庚",
    "甲<xmp>乙<p></xmp>丙<iframe>丁</iframe>戊<noembed>己</noembed>",
    "<p>甲<xmp>乙</xmp>丙",
    "<p>甲<hr>乙<br/>丙<img alt=丁>戊<wbr>己",
    "<pre>\n甲\n\n乙 丙\r\n丁\r戊&#10;己</pre>庚\n辛",
    "<table><tr><td><pre>甲\n乙</pre><td>丙</table>",
    "<blockquote>甲<center>乙</blockquote>丙</center>",
    "甲<!-- <p> -->乙<!-->丙<!--->丁<!--x--!>戊<![CDATA[己]]>庚<?x 辛?>壬</ 癸>子<>丑<3寅",
    "甲&nbsp;乙&lt;丙&ltd;&amp;amp;&notit;&#8220;&#x3007;&#147;&bogus;&丁&copy戊&#0;&#xD800;",
    "<td>甲<tr>乙<tbody>丙",
    "<p>甲<body class=x><html lang=y><head>乙</body></html>丙",
    "<table><tr><td>甲<td>乙</body></html>丙</table>丁",
    "<a>甲<p>乙<a>丙</a>丁</p>戊</a>",
    "<b><p>甲</b>乙</p>丙<font><div>丁</font>戊</div>",
    "<s>甲<table><tr><td>乙<td>丙</s>丁</table>戊</s>",
    "<ruby>甲<rp>(</rp><rt>乙</rt><rp>)</rp></ruby>丙",
    "<fieldset>甲<legend>乙</legend>丙</fieldset><details>丁<summary>戊</summary>己</details>",
    "<section>甲<article>乙</section>丙</article><nav>丁</nav><main>戊",
    "<table><tr><td colspan=2>甲<tr><td>乙<td>丙<tr><td rowspan=0>丁<td>戊<tr><td>己</table>",
    // A cell that covers what one from above covers too: both do.
    "<table><tr><td>甲<td rowspan=3>乙<tr><td colspan=2>丙<tr><td>丁<td>戊</table>",
    "<table><tr><td colspan=0>甲<td rowspan='x'>乙<tr><td colspan=' 2 '>丙<td colspan=99999>丁</table>",
    "<table><input type=hidden>甲<input>乙<tr><td>丙<td>丁</table>",
    "<table><tr><td>甲<td>乙<select><option>丙<td>丁</table>戊",
    "<table><br>甲<br>乙<tr><td>丙<td>丁</table>",
    "<table><h1>甲</h1>乙<tr><td>丙<td>丁</table>戊",
    "<h1>甲<table>乙<tr><td>丙<td>丁</table>戊</h1>己",
    "<table><tr><td>甲<td>乙</tr>丙<tr><td>丁<td>戊</tr>己</table>",
    "<table><tr><td>甲<td>乙<p>丙<table>丁<tr><td>戊<td>己</table>庚</table>",
    "<div><table>甲<tr><td>乙<td>丙</table></div><div><table>丁<tr><td>戊<td>己</table></div>",
    "<marquee>甲<p>乙</marquee>丙</p>丁",
    "<li>甲<table><tr><td><li>乙<td>丙</table><li>丁",
    "甲<plaintext>乙<p>丙",
];

/// A small generator of numbers (SplitMix64), so that a seed means the same page for ever.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    }
}

/// What is put in at random.
const STRAYS: &[&str] = &[
    "<p>", "</p>", "<div>", "</div>", "<td>", "</td>", "<tr>", "</tr>", "<table>", "</table>",
    "<tbody>", "</tbody>", "<th>", "<li>", "</li>", "<ul>", "</ul>", "<br>", "<h2>", "</h2>",
    "<span>", "</span>", "<b>", "</b>", "<form>", "</form>", "<!--", "-->", "<", ">", "\"", "'",
    "&", "3", " ", "文",
];

/// A page with a few edits at random: a tag or a stretch deleted, doubled, moved, a stray one put
/// in, or the rest cut off.
pub fn broken(html: &str, seed: u64) -> String {
    let mut dice = Dice(seed ^ (html.len() as u64) << 20);
    let mut page = html.to_owned();
    for _ in 0..=dice.roll(4) {
        let tags: Vec<(usize, usize)> = page
            .match_indices('<')
            .filter_map(|(i, _)| Some((i, i + page.get(i..)?.find('>')? + 1)))
            .collect();
        let Some(&(start, end)) = tags.get(dice.roll(tags.len())) else {
            break;
        };
        let tag = page[start..end].to_owned();
        let place = tags[dice.roll(tags.len())].0;
        match dice.roll(8) {
            0..=2 => page.replace_range(start..end, ""),
            3 => page.insert_str(place, &tag),
            4 | 5 => page.insert_str(place, STRAYS[dice.roll(STRAYS.len())]),
            6 => {
                page.replace_range(start..end, "");
                let mut place = place.min(page.len());
                while !page.is_char_boundary(place) {
                    place -= 1;
                }
                page.insert_str(place, &tag);
            }
            _ => {
                let mut cut = page.len() - dice.roll(page.len() / 4);
                while !page.is_char_boundary(cut) {
                    cut -= 1;
                }
                page.truncate(cut);
            }
        }
    }
    page
}

/// What soup is made of besides [`STRAYS`].
const SOUP: &[&str] = &[
    "文",
    "3",
    "一 ",
    "<caption>",
    "</caption>",
    "<col>",
    "<colgroup>",
    "</colgroup>",
    "<thead>",
    "</thead>",
    "<tfoot>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<h1>",
    "</h1>",
    "<h3>",
    "<hr>",
    "<button>",
    "</button>",
    "<select>",
    "<option>",
    "</select>",
    "<input>",
    "<p hidden>",
    "<tr hidden>",
    "<table hidden>",
    "<span hidden>",
    "<svg>",
    "</svg>",
    "<object>",
    "</object>",
    "<pre>",
    "</pre>",
    "<center>",
    "</center>",
    "<td rowspan=2>",
    "<td colspan=2>",
    "<fieldset>",
    "</fieldset>",
    "<script>x</script>",
    "<template>",
    "</template>",
    "<br>",
    "\n",
    "&nbsp;",
    "<a>",
    "</a>",
    "<font>",
    "</font>",
    "<body>",
    "</body>",
    "</html>",
    "<ol>",
    "</ol>",
    "<address>",
    "</address>",
];

/// A page of tags in no order at all.
pub fn soup(seed: u64) -> String {
    let mut dice = Dice(seed);
    let mut page = ["<!DOCTYPE html><body><br>", "<body><br>"][dice.roll(2)].to_owned();
    for _ in 0..dice.roll(40) {
        let from = if dice.roll(2) == 0 { SOUP } else { STRAYS };
        page.push_str(from[dice.roll(from.len())]);
        if dice.roll(3) == 0 {
            page.push_str(["甲", "乙", "1", "2"][dice.roll(4)]);
        }
    }
    page
}
