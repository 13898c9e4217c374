//! Searching the history: incrementally (`^R`, `^S`), and by how a line begins.

use std::ops::Range;

use bstr::ByteSlice;

use super::actions::key_bytes;
use super::keymap::{Action, EMACS, lookup};
use super::keys::{Key, Stroke};
use super::line::Line;
use super::{Editor, Mode};

/// Bytes of what is searched for.
const PATTERN_BYTES_MAX: usize = 1024;

/// An incremental search that is going on.
pub struct Search {
    is_forward: bool,
    is_failed: bool,
    pattern: Vec<u8>,
    /// Where it began, to go back to: entry and cursor.
    origin: (Option<u64>, usize),
}

impl Search {
    /// Begins one.
    #[must_use]
    pub fn new(is_forward: bool, entry: Option<u64>, cursor: usize) -> Search {
        Search { is_forward, is_failed: false, pattern: Vec::new(), origin: (entry, cursor) }
    }

    /// What stands in the prompt's place.
    #[must_use]
    pub fn prompt(&self) -> Vec<u8> {
        let failed = if self.is_failed { "failed " } else { "" };
        let reverse = if self.is_forward { "" } else { "reverse-" };
        let mut prompt = format!("({failed}{reverse}i-search)`").into_bytes();
        prompt.extend(&self.pattern);
        prompt.extend(b"': ");
        prompt
    }

    /// Where in the line the pattern was found.
    #[must_use]
    pub fn matched(&self, line: &Line) -> Range<usize> {
        let start = line.cursor();
        let end = start + self.pattern.len();
        if !self.is_failed && line.slice(start..end) == self.pattern { start..end } else { 0..0 }
    }
}

impl Editor {
    /// A key while searching. One that has no meaning here ends the search and is given back.
    pub(super) fn search_key(&mut self, mut search: Search, stroke: Stroke) -> Option<Stroke> {
        match lookup(EMACS, stroke) {
            Some(Action::SelfInsert) => {
                let (mut utf8, mut byte) = ([0; 4], [0]);
                self.search_longer(&mut search, key_bytes(stroke.key, &mut utf8, &mut byte).to_vec());
            }
            Some(action @ (Action::ReverseSearchHistory | Action::ForwardSearchHistory)) => {
                let is_forward = action == Action::ForwardSearchHistory;
                let is_turned = std::mem::replace(&mut search.is_forward, is_forward) != is_forward;
                if search.pattern.is_empty() {
                    let again = self.searched_last.clone();
                    self.search_longer(&mut search, again);
                } else {
                    self.search_on(&mut search, is_turned);
                }
            }
            Some(Action::BackwardDeleteChar) => {
                let shorter = search.pattern.char_indices().next_back().map_or(0, |(start, _, _)| start);
                search.pattern.truncate(shorter);
                search.is_failed = false;
                if !search.pattern.is_empty() {
                    self.search_on(&mut search, true);
                }
            }
            Some(Action::UnixWordRubout) => {
                // The rest of the word that was found.
                let start = self.line.cursor() + search.matched(&self.line).len();
                let end = self.line.word_end(start);
                let rest = self.line.slice(start..end).to_vec();
                self.search_longer(&mut search, rest);
            }
            Some(Action::Abort) => {
                self.go_to_entry(search.origin.0);
                self.line.set_cursor(search.origin.1);
                self.bell();
                return None;
            }
            _ => {
                if !search.pattern.is_empty() {
                    self.searched_last = search.pattern;
                }
                return (stroke.key != Key::Control(b'\n')).then_some(stroke);
            }
        }
        self.mode = Mode::Search(search);
        None
    }

    fn search_longer(&mut self, search: &mut Search, more: Vec<u8>) {
        if more.is_empty() || search.pattern.len() + more.len() > PATTERN_BYTES_MAX {
            return self.bell();
        }
        search.pattern.extend(more);
        self.search_on(search, true);
    }

    /// Finds the next occurrence; the one under the cursor counts if `here`.
    fn search_on(&mut self, search: &mut Search, here: bool) {
        let found = self.find(search, here);
        search.is_failed = found.is_none();
        match found {
            Some((entry, at)) => {
                self.go_to_entry(entry);
                self.line.set_cursor(at);
            }
            None => self.bell(),
        }
    }

    fn find(&self, search: &Search, here: bool) -> Option<(Option<u64>, usize)> {
        let pattern = search.pattern.as_slice();
        let cursor = self.line.cursor();
        let in_line = if search.is_forward {
            let start = if here { cursor } else { self.line.next_char(cursor) };
            self.line.slice(start..usize::MAX).find(pattern).map(|found| start + found)
        } else {
            let end = cursor + pattern.len();
            let end = if here { end } else { end.saturating_sub(1) };
            self.line.slice(0..end).rfind(pattern)
        };
        if let Some(at) = in_line {
            return Some((self.entry, at));
        }
        let mut entry = self.entry;
        loop {
            entry = match search.is_forward {
                true => Some(self.entry_after(entry?)?),
                false => Some(self.entry_before(entry)?),
            };
            let text = self.entry_text(entry);
            // The same line again is no other occurrence.
            if text != self.line.text() {
                let found = if search.is_forward { text.find(pattern) } else { text.rfind(pattern) };
                if let Some(at) = found {
                    return Some((entry, at));
                }
            }
        }
    }

    /// Goes to the next entry that begins as the line does, up to where the cursor was at first.
    pub(super) fn search_prefix(&mut self, is_forward: bool) {
        let len = self.searched_prefix;
        let prefix = self.line.slice(0..len).to_vec();
        let mut entry = self.entry;
        loop {
            let next = match (is_forward, entry) {
                (true, None) => None,
                (true, Some(number)) => Some(self.entry_after(number)),
                (false, entry) => self.entry_before(entry).map(Some),
            };
            let Some(next) = next else { return self.bell() };
            let text = self.entry_text(next);
            if text.starts_with(&prefix) && text != self.line.text() {
                self.go_to_entry(next);
                self.line.set_cursor(if len == 0 { usize::MAX } else { len });
                return;
            }
            entry = next;
        }
    }
}
