//! Patterns without groups: pieces, each of a fixed number of characters, with `*` between them.
//!
//! A piece after a `*` may always be taken at its first place: what follows then has the most room. So
//! each piece is searched for once, from the side that is fixed.

use memchr::memmem;

use super::PatternOptions;
use super::parse::Item;
use crate::regex::utf8;

pub(super) struct Pieces {
    /// The first is at the start of the match, the last at its end; between two is a `*`.
    pieces: Vec<Vec<Item>>,
    utf8: bool,
    /// A dot at the start of the text matches nothing but a dot here.
    hidden: bool,
}

impl Pieces {
    /// Divides the items at their stars, or gives them back when that is not enough to match them.
    pub(super) fn new(items: Vec<Item>, options: PatternOptions) -> Result<Pieces, Vec<Item>> {
        if options.path || items.iter().any(|item| matches!(item, Item::Group(..))) {
            return Err(items);
        }
        let dot = matches!(items.first(), Some(Item::Literal(text)) if text.first() == Some(&b'.'));
        let mut pieces = Vec::new();
        let mut piece = Vec::new();
        for item in items {
            match item {
                Item::Star => pieces.push(core::mem::take(&mut piece)),
                other => piece.push(other),
            }
        }
        pieces.push(piece);
        Ok(Pieces { pieces, utf8: options.utf8, hidden: options.hidden && !dot })
    }

    pub(super) fn literal(&self) -> Option<&[u8]> {
        match self.pieces.as_slice() {
            [piece] => match piece.as_slice() {
                [] => Some(b""),
                [Item::Literal(text)] => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    pub(super) fn matches(&self, hay: &[u8]) -> bool {
        let [first, middle @ .., last] = self.pieces.as_slice() else {
            return self.prefix(hay, 0, true) == Some(hay.len());
        };
        let ends = || {
            let from = self.at_start(first, hay, 0)?;
            let to = match_before(last, hay).filter(|&to| from <= to)?;
            middle.iter().try_fold(from, |at, piece| Some(self.first(piece, hay.get(..to)?, at)?.1))
        };
        ends().is_some()
    }

    /// The end of a match that starts at `from`.
    pub(super) fn prefix(&self, hay: &[u8], from: usize, longest: bool) -> Option<usize> {
        let (first, rest) = self.pieces.split_first()?;
        let mut end = self.at_start(first, hay, from)?;
        let Some((last, middle)) = rest.split_last() else { return Some(end) };
        for piece in middle {
            end = self.first(piece, hay, end)?.1;
        }
        let found = if longest { self.last(last, hay, end) } else { self.first(last, hay, end) };
        found.map(|(_, end)| end)
    }

    /// The start of a match that ends at the end of the text.
    pub(super) fn suffix(&self, hay: &[u8], longest: bool) -> Option<usize> {
        let (last, rest) = self.pieces.split_last()?;
        let mut start = match_before(last, hay)?;
        let Some((first, middle)) = rest.split_first() else { return Some(start) };
        for piece in middle.iter().rev() {
            start = self.last(piece, hay.get(..start)?, 0)?.0;
        }
        let hay = hay.get(..start)?;
        let found = if longest { self.first(first, hay, 0) } else { self.last(first, hay, 0) };
        found.map(|(start, _)| start)
    }

    pub(super) fn find(&self, hay: &[u8], from: usize) -> Option<(usize, usize)> {
        let first = self.pieces.first()?;
        let (start, end) = self.first(first, hay, from)?;
        if self.pieces.len() == 1 {
            return Some((start, end));
        }
        Some((start, self.prefix(hay, start, true)?))
    }

    /// The end of the first piece at `from`.
    fn at_start(&self, piece: &[Item], hay: &[u8], from: usize) -> Option<usize> {
        if self.hidden && from == 0 && hay.first() == Some(&b'.') {
            return None;
        }
        match_at(piece, hay, from)
    }

    /// The first place of a piece at or after `from`.
    fn first(&self, piece: &[Item], hay: &[u8], from: usize) -> Option<(usize, usize)> {
        let rest = hay.get(from..)?;
        match piece {
            [] => Some((from, from)),
            [Item::Literal(text)] => {
                let at = from + memmem::find(rest, text)?;
                Some((at, at + text.len()))
            }
            _ => (from..=hay.len())
                .filter(|&at| self.may_start(hay, at))
                .find_map(|at| Some((at, match_at(piece, hay, at)?))),
        }
    }

    /// The last place of a piece at or after `from`.
    fn last(&self, piece: &[Item], hay: &[u8], from: usize) -> Option<(usize, usize)> {
        let rest = hay.get(from..)?;
        match piece {
            [] => Some((hay.len(), hay.len())),
            [Item::Literal(text)] => {
                let at = from + memmem::rfind(rest, text)?;
                Some((at, at + text.len()))
            }
            _ => (from..=hay.len())
                .rev()
                .filter(|&at| self.may_start(hay, at))
                .find_map(|at| Some((at, match_at(piece, hay, at)?))),
        }
    }

    fn may_start(&self, hay: &[u8], at: usize) -> bool {
        !self.utf8 || utf8::is_boundary(hay, at)
    }
}

/// The end of a piece that starts at `at`.
fn match_at(piece: &[Item], hay: &[u8], at: usize) -> Option<usize> {
    piece.iter().try_fold(at, |at, item| {
        let rest = hay.get(at..)?;
        match item {
            Item::Literal(text) => rest.starts_with(text).then_some(at + text.len()),
            Item::One(set) => Some(at + set.match_len(rest)?),
            Item::Star | Item::Group(..) => None,
        }
    })
}

/// The start of a piece that ends where the text ends.
fn match_before(piece: &[Item], hay: &[u8]) -> Option<usize> {
    piece.iter().rev().try_fold(hay.len(), |at, item| {
        let rest = hay.get(..at)?;
        match item {
            Item::Literal(text) => rest.ends_with(text).then(|| at - text.len()),
            Item::One(set) => Some(at - set.match_last_len(rest)?),
            Item::Star | Item::Group(..) => None,
        }
    })
}
