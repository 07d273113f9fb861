//! What is taken by number, as far as it stands on the screen: no key takes what is not seen.

use crate::report::CellId;
use rust_decimal::Decimal;

use super::super::action::{Action as Key, Context};
use super::super::app::App;
use super::super::load::Opened;
use super::issue;
use crate::report::Joint;
use crate::review::{Action, IssueKind, JointState, Request, Target};
use crate::words::say;

/// Numbers that keys have.
const KEYS: usize = 9;
/// Lines of a panel that is low.
const LOW: usize = 5;

/// The proposals of the issue in view.
#[derive(Debug, Default)]
pub struct Proposals {
    /// What there is to choose from, in a sentence.
    pub head: String,
    /// Nothing fits what was decided.
    pub contradicted: bool,
    /// The lines of the list, under their heads.
    pub lines: Vec<String>,
    /// What each number does, from 1.
    pub taken: Vec<Vec<Request>>,
    /// Which of all proposals is the first of these, from 0.
    pub first: usize,
    /// How many there are.
    pub all: usize,
}

/// What can be taken by number now.
pub fn proposals(app: &App) -> Proposals {
    let found = app.opened().zip(app.issue());
    let Some((opened, issue)) = found else {
        return Proposals::default();
    };
    match issue.kind {
        IssueKind::Ambiguous { joint: Some(index) } => {
            let joint = opened.report.joint.get(index);
            let state = opened.assessment.in_force.joint.get(index);
            joint
                .zip(state)
                .map_or_else(Proposals::default, |(joint, state)| {
                    solutions(app, opened, joint, state)
                })
        }
        IssueKind::Ambiguous { joint: None } => candidates(app, opened, &issue.cells),
        _ => Proposals::default(),
    }
}

/// Goes to the proposals after the ones in view, or before them; round at the ends.
pub fn turn(app: &mut App, forward: bool) {
    let proposals = proposals(app);
    let shown = proposals.taken.len();
    let lang = app.lang;
    if shown == 0 || proposals.all <= shown {
        app.message = say!(lang, tui_no_more_proposals).to_owned();
        return;
    }
    app.first_proposal = match forward {
        true if proposals.first + shown >= proposals.all => 0,
        true => proposals.first + shown,
        // A whole number of windows from the start, as going forward comes to.
        false if proposals.first == 0 => (proposals.all - 1) / shown * shown,
        false => proposals.first.saturating_sub(shown),
    };
}

/// Columns and lines of the panel that are for proposals.
fn room(app: &App) -> (usize, usize) {
    let area = app.layout().issue.unwrap_or_default();
    let columns = (area.width as usize).saturating_sub(3);
    (columns, (area.height as usize).saturating_sub(1))
}

fn window(app: &App, all: usize, size: usize) -> std::ops::Range<usize> {
    let first = if app.first_proposal < all {
        app.first_proposal
    } else {
        0
    };
    first..all.min(first + size)
}

/// Which of them are in view, and how to see the rest; nothing where all are.
fn place(app: &App, from: usize, to: usize, all: usize, low: bool) -> String {
    let key = |action| app.keymap.hint(Context::Main, action);
    let keys = format!(
        "{}/{}",
        key(Key::NextProposals),
        key(Key::PreviousProposals)
    );
    let lang = app.lang;
    if low {
        say!(lang, tui_offers_place_low, from, to, all, keys)
    } else {
        say!(lang, tui_offers_place, from, to, all, keys)
    }
}

fn shown(value: Option<Decimal>) -> String {
    value.map_or_else(|| "_".to_owned(), |v| v.to_string())
}

/// Placements of a group of cells.
fn solutions(app: &App, opened: &Opened, joint: &Joint, state: &JointState) -> Proposals {
    let lang = app.lang;
    let cells = &opened.assessment.in_force;
    let is_open = |cell: &CellId| {
        let cell = cells.cell(*cell);
        cell.is_none_or(|c| c.decision.is_none() && !c.solved)
    };
    let open: Vec<usize> = (0..joint.cells.len())
        .filter(|c| joint.cells.get(*c).is_some_and(is_open))
        .collect();
    // With its index among all solutions: by that it is known, whatever is left to choose.
    let left: Vec<(usize, &Vec<Option<Decimal>>)> = state
        .remaining
        .iter()
        .filter_map(|i| Some((*i, joint.solutions.get(*i)?)))
        .collect();
    let listed = joint.solutions.len();
    if left.is_empty() {
        return Proposals {
            head: if state.complete {
                say!(lang, tui_contradicted, count = listed)
            } else {
                say!(lang, tui_contradicted_listed, count = listed)
            },
            contradicted: true,
            ..Proposals::default()
        };
    }
    if open.is_empty() {
        return Proposals {
            head: say!(lang, tui_placed).to_owned(),
            ..Proposals::default()
        };
    }
    // Only the cells in which the placements left differ tell them apart.
    let differs = |column: &usize| {
        let mut values = left.iter().filter_map(|(_, s)| s.get(*column));
        let first = values.next();
        values.any(|v| Some(v) != first)
    };
    let mut columns: Vec<usize> = (0..joint.cells.len()).filter(differs).collect();
    let same = joint.cells.len() - columns.len();
    if columns.is_empty() {
        columns.clone_from(&open);
    }

    let (width, lines) = room(app);
    // In a low panel the list comes before what there is to say about it.
    let low = lines < LOW;
    let mut said = vec![count(app, joint, state, left.len(), open.len(), low)];
    if same > 0 && left.len() > 1 && !low {
        said.push(say!(lang, tui_offers_same, count = same));
    }
    let stop = say!(lang, semicolon);
    // As long as it can get, so that how much stands below it does not hang on what it says.
    let longest = |said: &[String]| {
        let all = left.len();
        let mut said = said.to_vec();
        let list = || List::new(app, opened, joint, &left, width, true);
        if !low && list().columns_of(&columns) > width {
            said.push(say!(lang, tui_offers_hidden, count = columns.len()));
        }
        if all > 1 {
            said.push(place(app, all, all, all, low));
        }
        app.widths.wrap(&said.join(stop), width).len()
    };
    let mut rest = lines.saturating_sub(longest(&said));
    // What was decided on the cell under the cursor has a line of its own.
    if app
        .target()
        .is_some_and(|t| opened.log.in_force(&t).is_some())
    {
        rest = rest.saturating_sub(1);
    }
    let heads = if rest >= 5 { 2 } else { 0 };
    rest -= heads;
    // The evidence keeps a line where there is room for it.
    if rest >= 4 {
        rest -= 1;
    }
    let window = window(app, left.len(), rest.min(KEYS));
    let seen = left.get(window.clone()).unwrap_or(&[]);
    let list = List::new(app, opened, joint, seen, width, heads > 0);
    let chosen = list.choose(&columns);
    let hidden = columns.len() - chosen.len();
    if hidden > 0 && !low {
        said.push(say!(lang, tui_offers_hidden, count = hidden));
    }
    if window.len() < left.len() && !window.is_empty() {
        said.push(place(app, window.start + 1, window.end, left.len(), low));
    }
    let target = super::super::decide::joint_target(app).map(|(_, target)| target);
    let taken = seen.iter().filter_map(|(index, _)| {
        let request = Request::new(target.clone()?, Action::Choose);
        Some(vec![request.value((index + 1).to_string())])
    });
    Proposals {
        head: said.join(stop),
        contradicted: false,
        taken: taken.collect(),
        lines: list.lines(&chosen, hidden > 0),
        first: window.start,
        all: left.len(),
    }
}

/// How many placements there are, as far as it is known.
fn count(
    app: &App,
    joint: &Joint,
    state: &JointState,
    left: usize,
    open: usize,
    low: bool,
) -> String {
    let lang = app.lang;
    let listed = joint.solutions.len();
    let narrowed = left < listed;
    // There may be more that fit than are listed.
    let more = if low && !state.complete { "+" } else { "" };
    let solutions = format!("{left}{more}");
    let (count, all) = (open, &joint.count);
    match (state.complete, narrowed) {
        _ if low => say!(lang, tui_ambiguous_low, count, solutions),
        (true, _) => say!(lang, tui_ambiguous, count, solutions),
        (false, false) => say!(lang, tui_ambiguous_first, count, all, listed),
        (false, true) => say!(lang, tui_ambiguous_of_first, count, listed, solutions, all),
    }
}

/// Placements as a list: cells side by side, one placement a line.
struct List<'a> {
    app: &'a App,
    /// The words for the row and for the column of each cell, and for both.
    names: Vec<[String; 3]>,
    seen: &'a [(usize, &'a Vec<Option<Decimal>>)],
    width: usize,
    /// The cells' names stand above the figures, in two lines; else before each figure.
    heads: bool,
}

/// Between the columns.
const GAP: usize = 2;
/// Number and gap.
const MARGIN: usize = 3;

impl<'a> List<'a> {
    fn new(
        app: &'a App,
        opened: &Opened,
        joint: &Joint,
        seen: &'a [(usize, &'a Vec<Option<Decimal>>)],
        width: usize,
        heads: bool,
    ) -> Self {
        let lang = app.lang;
        let name = |cell: &CellId| {
            let both = issue::name(app, opened, *cell);
            let place = opened.report.schema.place(*cell);
            place.map_or_else(Default::default, |p| {
                let (row, column) = (p.row.short.say(lang), p.column.short.say(lang));
                [row.to_owned(), column.to_owned(), both]
            })
        };
        let mut names: Vec<[String; 3]> = joint.cells.iter().map(name).collect();
        // Cells of one row are told apart by their columns.
        let row = names.first().map(|n| n[0].clone());
        if names.len() > 1 && names.iter().all(|n| row.as_ref() == Some(&n[0])) {
            names.iter_mut().for_each(|n| n[2] = n[1].clone());
        }
        Self {
            app,
            names,
            seen,
            width,
            heads,
        }
    }

    fn name(&self, column: usize, which: usize) -> &str {
        let names = self.names.get(column);
        names.and_then(|n| n.get(which)).map_or("", String::as_str)
    }

    fn figure(&self, solution: &[Option<Decimal>], column: usize) -> String {
        shown(solution.get(column).copied().flatten())
    }

    /// The cells to show, in the order of the form: those first that tell the placements in view
    /// apart, then what else there is room for.
    fn choose(&self, columns: &[usize]) -> Vec<usize> {
        let mut chosen: Vec<usize> = Vec::new();
        let mut refused: Vec<usize> = Vec::new();
        let mut classes = 1;
        loop {
            let rest = columns
                .iter()
                .filter(|c| !chosen.contains(c) && !refused.contains(c));
            let best = rest
                .map(|c| (self.classes(&chosen, *c), *c))
                // Of equals the first of the form.
                .max_by_key(|(n, c)| (*n, std::cmp::Reverse(*c)));
            let Some((n, column)) = best.filter(|(n, _)| *n > classes) else {
                break;
            };
            if self.add(&mut chosen, column) {
                classes = n;
            } else {
                refused.push(column);
            }
        }
        let (differ, same): (Vec<usize>, Vec<usize>) =
            columns.iter().partition(|c| self.classes(&[], **c) > 1);
        for column in differ.into_iter().chain(same) {
            if !chosen.contains(&column) {
                self.add(&mut chosen, column);
            }
        }
        chosen
    }

    /// Adds a cell where it fits.
    fn add(&self, chosen: &mut Vec<usize>, column: usize) -> bool {
        let mut with = chosen.clone();
        with.push(column);
        with.sort_unstable();
        let fits = self.columns_of(&with) <= self.width || chosen.is_empty();
        if fits {
            *chosen = with;
        }
        fits
    }

    /// Into how many kinds some cells and one more part the placements in view.
    fn classes(&self, chosen: &[usize], more: usize) -> usize {
        let of = |s: &[Option<Decimal>]| -> Vec<Option<Decimal>> {
            let all = chosen.iter().copied().chain([more]);
            all.map(|c| s.get(c).copied().flatten()).collect()
        };
        let kinds: std::collections::BTreeSet<_> = self.seen.iter().map(|(_, s)| of(s)).collect();
        kinds.len()
    }

    fn columns_of(&self, chosen: &[usize]) -> usize {
        if self.heads {
            let groups = self.groups(chosen);
            let all: usize = groups.iter().map(|g| self.group_width(g)).sum();
            return MARGIN + all + GAP * groups.len().saturating_sub(1);
        }
        let widest = self.seen.iter().map(|(_, s)| {
            let cells = chosen.iter().map(|c| {
                let figure = self.figure(s, *c);
                self.app.widths.str(self.name(*c, 2)) + 1 + figure.len() + GAP
            });
            cells.sum::<usize>()
        });
        MARGIN + widest.max().unwrap_or(0).saturating_sub(GAP)
    }

    /// Cells of one row stand under one head.
    fn groups(&self, chosen: &[usize]) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for column in chosen {
            let row = self.name(*column, 0);
            match groups.last_mut() {
                Some(group) if group.first().is_some_and(|c| self.name(*c, 0) == row) => {
                    group.push(*column);
                }
                _ => groups.push(vec![*column]),
            }
        }
        groups
    }

    fn cell_width(&self, column: usize) -> usize {
        let figures = self.seen.iter().map(|(_, s)| self.figure(s, column).len());
        let name = self.app.widths.str(self.name(column, 1));
        figures.max().unwrap_or(1).max(name)
    }

    fn group_width(&self, group: &[usize]) -> usize {
        let row = group
            .first()
            .map_or(0, |c| self.app.widths.str(self.name(*c, 0)));
        let cells: usize = group.iter().map(|c| self.cell_width(*c)).sum();
        row.max(cells + GAP * (group.len() - 1))
    }

    /// The lines; where cells in which they differ are left out, each says so if no head does.
    fn lines(&self, chosen: &[usize], cut: bool) -> Vec<String> {
        if self.seen.is_empty() {
            return Vec::new();
        }
        let widths = self.app.widths;
        let clip = |line: String| widths.clip(line.trim_end(), self.width);
        if !self.heads {
            let line = |(n, (_, s)): (usize, &(usize, &Vec<Option<Decimal>>))| {
                let cells = chosen
                    .iter()
                    .map(|c| format!("{} {}", self.name(*c, 2), self.figure(s, *c)));
                let more = if cut { "  …" } else { "" };
                clip(format!(
                    "{}  {}{more}",
                    n + 1,
                    cells.collect::<Vec<_>>().join("  ")
                ))
            };
            return self.seen.iter().enumerate().map(line).collect();
        }
        let groups = self.groups(chosen);
        let gap = " ".repeat(GAP);
        let line = |start: &str, text: &dyn Fn(usize) -> String| {
            let parts = groups.iter().map(|group| {
                let cells = group
                    .iter()
                    .map(|c| widths.pad_left(&text(*c), self.cell_width(*c)));
                let cells: Vec<String> = cells.collect();
                widths.pad(&cells.join(&gap), self.group_width(group))
            });
            clip(format!("{start}{}", parts.collect::<Vec<_>>().join(&gap)))
        };
        let rows = groups.iter().map(|group| {
            let row = group.first().map_or("", |c| self.name(*c, 0));
            widths.pad(row, self.group_width(group))
        });
        let margin = " ".repeat(MARGIN);
        let mut lines = vec![clip(format!(
            "{margin}{}",
            rows.collect::<Vec<_>>().join(&gap)
        ))];
        lines.push(line(&margin, &|c| self.name(c, 1).to_owned()));
        for (n, (_, s)) in self.seen.iter().enumerate() {
            lines.push(line(&format!("{}  ", n + 1), &|c| self.figure(s, c)));
        }
        // A table whose columns have no names.
        lines.retain(|l| !l.is_empty());
        lines
    }
}

/// What the cell under the cursor can be, where each is decided on its own.
fn candidates(app: &App, opened: &Opened, open: &[CellId]) -> Proposals {
    let lang = app.lang;
    let (width, lines) = room(app);
    let named = if lines < LOW { 0 } else { 4 };
    let cells = issue::names(app, opened, open, named);
    let count = open.len();
    let mut proposals = Proposals {
        head: if named == 0 {
            say!(lang, tui_ambiguous_cells_low, count)
        } else {
            say!(lang, tui_ambiguous_cells, count, cells)
        },
        ..Proposals::default()
    };
    let Some(cell) = app.cell().filter(|c| open.contains(c)) else {
        let next = app.keymap.hint(Context::Main, Key::NextOperand);
        proposals.lines = vec![say!(lang, tui_candidates_elsewhere, key = next)];
        return proposals;
    };
    let Some(field) = opened.report.field(cell) else {
        return proposals;
    };
    let all = field.candidates.len();
    if all == 0 {
        return proposals;
    }
    // As many as stand in a line.
    let start = window(app, all, all).start;
    let key = |cell: CellId| opened.report.schema.key(cell);
    let name = issue::name(app, opened, cell);
    let mut line = say!(lang, tui_candidates, cell = name);
    let reserve = app.widths.str(&place(app, all, all, all, true)) + GAP;
    for candidate in field.candidates.iter().skip(start).take(KEYS) {
        let n = proposals.taken.len() + 1;
        let more = format!("  {n} {}", shown(*candidate));
        if n > 1 && app.widths.str(&line) + more.len() + reserve > width {
            break;
        }
        line += &more;
        proposals.taken.push(vec![request(key(cell), *candidate)]);
    }
    (proposals.first, proposals.all) = (start, all);
    if proposals.taken.len() < all {
        let end = start + proposals.taken.len();
        line += &format!("  {}", place(app, start + 1, end, all, true));
    }
    let rows = |text: &str| app.widths.wrap(text, width).len();
    let used = rows(&proposals.head) + rows(&line);
    proposals.lines = vec![line];
    if used > lines {
        proposals.taken.clear();
        return proposals;
    }
    let alike = alike(opened, open, cell);
    if proposals.taken.len() == all && alike.len() > 1 && all * 2 <= KEYS && used < lines {
        let mut line = say!(lang, tui_candidates_row, count = alike.len());
        for candidate in &field.candidates {
            let n = proposals.taken.len() + 1;
            line += &format!("  {n} {}", shown(*candidate));
            let requests = alike.iter().map(|c| request(key(*c), *candidate));
            proposals.taken.push(requests.collect());
        }
        proposals.lines.push(line);
        proposals.all = proposals.taken.len();
    }
    let hint = |action| app.keymap.hint(Context::Main, action);
    let (next, other) = (hint(Key::NextOperand), hint(Key::Override));
    proposals
        .lines
        .push(say!(lang, tui_candidates_keys, next, other));
    proposals
}

fn request(key: &str, candidate: Option<Decimal>) -> Request {
    let value = candidate.map_or_else(|| "-".to_owned(), |v| v.to_string());
    Request::new(Target::field(key), Action::Choose).value(value)
}

/// The undecided cells of the row of a cell that can be the same as it.
fn alike(opened: &Opened, cells: &[CellId], cell: CellId) -> Vec<CellId> {
    let schema = opened.report.schema;
    let row = |cell: CellId| {
        let (table, def) = (schema.table_of(cell)?, schema.cell(cell)?);
        Some((table.id, def.line))
    };
    let candidates = |cell: CellId| opened.report.field(cell).map(|f| &f.candidates);
    let open = |cell: CellId| {
        let cell = opened.assessment.in_force.cell(cell);
        cell.is_some_and(|c| c.decision.is_none() && !c.solved)
    };
    let same = |other: &CellId| {
        open(*other) && row(*other) == row(cell) && candidates(*other) == candidates(cell)
    };
    cells.iter().copied().filter(same).collect()
}
