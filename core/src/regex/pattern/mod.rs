//! Shell patterns (XCU 2.14, and the extended ones of bash): what `case`, `[[ == ]]`, `${x#p}`, globbing
//! and `find -name` match with.
//!
//! A pattern without groups is a few pieces with `*` between them (`pieces`): everything about it is found
//! in time near linear in the text. One with groups becomes a program (`groups`), whose threads run
//! together: linear, except `!(…)`, which at worst takes the square of the text's length.
//! Bytes that belong to no character count as characters of their own, so that any file name can match.

mod groups;
mod parse;
mod pieces;

#[cfg(test)]
mod tests;

use groups::Groups;
use pieces::Pieces;

/// How a pattern is read and what its wildcards match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PatternOptions {
    /// Whether `?(…) *(…) +(…) @(…) !(…)` are special (`shopt extglob`).
    pub extended: bool,
    /// Whether letters match their other case (`nocasematch`, `nocaseglob`, `find -iname`).
    pub ignore_case: bool,
    /// Whether text is UTF-8; else each byte is a character.
    pub utf8: bool,
    /// Whether a dot at the start is matched only by a dot, as in globbing (FNM_PERIOD). For matching whole
    /// names and starts of them.
    pub hidden: bool,
    /// Whether a `/` is matched only by a `/`, and dots after one are at the start too (FNM_PATHNAME). Not
    /// needed, and slower, where a pattern meets one name of a path.
    pub path: bool,
}

impl PatternOptions {
    /// As in `case` and `[[ == ]]`: extended, UTF-8, all characters alike.
    pub fn new() -> PatternOptions {
        PatternOptions { extended: true, ignore_case: false, utf8: true, hidden: false, path: false }
    }
}

impl Default for PatternOptions {
    fn default() -> PatternOptions {
        PatternOptions::new()
    }
}

/// A compiled shell pattern.
pub struct Pattern {
    form: Form,
}

enum Form {
    Pieces(Pieces),
    Groups(Groups),
}

/// The text as a pattern that matches just it: with a backslash before what could be special.
pub fn escape(text: &[u8]) -> Vec<u8> {
    let mut escaped = Vec::with_capacity(text.len());
    for &byte in text {
        if byte.is_ascii_punctuation() && !matches!(byte, b'/' | b'.' | b'_' | b',') {
            escaped.push(b'\\');
        }
        escaped.push(byte);
    }
    escaped
}

impl Pattern {
    /// Compiles a pattern. There are no errors: what is not complete is taken for itself. A backslash
    /// quotes the byte after it.
    pub fn new(text: &[u8], options: PatternOptions) -> Pattern {
        let items = parse::parse(text, options);
        let form = match Pieces::new(items, options) {
            Ok(pieces) => Form::Pieces(pieces),
            Err(items) => Form::Groups(Groups::new(items, options)),
        };
        Pattern { form }
    }

    /// The text that alone matches, if nothing in the pattern is special.
    pub fn is_literal(&self) -> Option<&[u8]> {
        match &self.form {
            Form::Pieces(pieces) => pieces.literal(),
            Form::Groups(_) => None,
        }
    }

    /// Whether the pattern matches the whole text.
    pub fn matches(&self, hay: &[u8]) -> bool {
        match &self.form {
            Form::Pieces(pieces) => pieces.matches(hay),
            Form::Groups(groups) => groups.ends(hay, 0).last() == Some(&hay.len()),
        }
    }

    /// The end of the longest part at the start of the text that matches: `${x##p}`.
    pub fn longest_prefix(&self, hay: &[u8]) -> Option<usize> {
        match &self.form {
            Form::Pieces(pieces) => pieces.prefix(hay, 0, true),
            Form::Groups(groups) => groups.ends(hay, 0).last().copied(),
        }
    }

    /// The end of the shortest part at the start of the text that matches: `${x#p}`.
    pub fn shortest_prefix(&self, hay: &[u8]) -> Option<usize> {
        match &self.form {
            Form::Pieces(pieces) => pieces.prefix(hay, 0, false),
            Form::Groups(groups) => groups.ends(hay, 0).first().copied(),
        }
    }

    /// The start of the longest part at the end of the text that matches: `${x%%p}`.
    pub fn longest_suffix(&self, hay: &[u8]) -> Option<usize> {
        match &self.form {
            Form::Pieces(pieces) => pieces.suffix(hay, true),
            Form::Groups(groups) => (0..=hay.len()).find(|&from| groups.matches_from(hay, from)),
        }
    }

    /// The start of the shortest part at the end of the text that matches: `${x%p}`.
    pub fn shortest_suffix(&self, hay: &[u8]) -> Option<usize> {
        match &self.form {
            Form::Pieces(pieces) => pieces.suffix(hay, false),
            Form::Groups(groups) => (0..=hay.len()).rev().find(|&from| groups.matches_from(hay, from)),
        }
    }

    /// Start and end of the leftmost part at or after `from` that matches, of those the longest:
    /// `${x/p/r}`.
    pub fn find_at(&self, hay: &[u8], from: usize) -> Option<(usize, usize)> {
        match &self.form {
            Form::Pieces(pieces) => pieces.find(hay, from),
            Form::Groups(groups) => {
                (from..=hay.len()).find_map(|at| Some((at, *groups.ends(hay, at).last()?)))
            }
        }
    }
}
