//! The line being edited: its bytes, the cursor, moves by characters and words, and undo.

use std::collections::VecDeque;
use std::ops::Range;

use bstr::ByteSlice;

use crate::abi::limits::EDITOR_LINE_BYTES_MAX;
use crate::abi::width::char_width;

/// Bytes that the removed text of a line's undo list takes, and what each change costs besides.
const UNDO_BYTES_MAX: usize = 2 * EDITOR_LINE_BYTES_MAX;
const UNDO_CHANGE_BYTES: usize = 64;
/// Typed characters that one undo takes back (as readline).
const UNDO_TYPED_MAX: usize = 20;

/// One change of the text, as needed to take it back.
#[derive(Clone, Debug)]
struct Change {
    step: u64,
    at: usize,
    inserted_len: usize,
    removed: Vec<u8>,
}

/// Text with a cursor. Every change goes through [`Line::replace`].
#[derive(Clone, Default, Debug)]
pub struct Line {
    text: Vec<u8>,
    cursor: usize,
    mark: usize,
    changes: VecDeque<Change>,
    changes_bytes: usize,
    step: u64,
    typed_in_step: usize,
}

impl Line {
    /// This text, with the cursor behind it and nothing to undo.
    #[must_use]
    pub fn new(text: Vec<u8>) -> Line {
        let cursor = text.len();
        Line { text, cursor, ..Line::default() }
    }

    /// The bytes.
    #[must_use]
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// Byte offset of the cursor.
    #[must_use]
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// Moves the cursor, to the end at most.
    pub fn set_cursor(&mut self, at: usize) {
        self.cursor = at.min(self.text.len());
    }

    /// Byte offset of the mark.
    #[must_use]
    pub fn mark(&self) -> usize {
        self.mark.min(self.text.len())
    }

    /// Sets the mark.
    pub fn set_mark(&mut self, at: usize) {
        self.mark = at;
    }

    /// Bytes of a range, as far as there are any.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> &[u8] {
        self.text.get(range.start..range.end.min(self.text.len())).unwrap_or_default()
    }

    // ---- Changes ----

    /// From here on changes are undone apart from those before. With `typed`, a run of typed characters
    /// stays one step.
    pub fn begin_step(&mut self, typed: bool) {
        if typed && self.typed_in_step > 0 && self.typed_in_step < UNDO_TYPED_MAX {
            self.typed_in_step += 1;
        } else {
            self.step += 1;
            self.typed_in_step = usize::from(typed);
        }
    }

    /// Puts `with` in the place of a range, the cursor behind it. False, with nothing changed, when the
    /// line would get too long.
    pub fn replace(&mut self, range: Range<usize>, with: &[u8]) -> bool {
        let end = range.end.min(self.text.len());
        let start = range.start.min(end);
        if self.text.len() - (end - start) + with.len() > EDITOR_LINE_BYTES_MAX {
            return false;
        }
        let removed: Vec<u8> = self.text.splice(start..end, with.iter().copied()).collect();
        if !(removed.is_empty() && with.is_empty()) {
            self.remember(Change { step: self.step, at: start, inserted_len: with.len(), removed });
        }
        self.cursor = start + with.len();
        true
    }

    /// Puts text in at the cursor.
    pub fn insert(&mut self, text: &[u8]) -> bool {
        self.replace(self.cursor..self.cursor, text)
    }

    fn remember(&mut self, change: Change) {
        if let Some(last) = self.changes.back_mut()
            && last.step == change.step
            && change.removed.is_empty()
            && last.at + last.inserted_len == change.at
        {
            last.inserted_len += change.inserted_len;
            return;
        }
        self.changes_bytes += change.removed.len() + UNDO_CHANGE_BYTES;
        self.changes.push_back(change);
        while self.changes_bytes > UNDO_BYTES_MAX {
            let Some(oldest) = self.changes.pop_front() else { break };
            self.changes_bytes -= oldest.removed.len() + UNDO_CHANGE_BYTES;
        }
    }

    /// Takes the last step back. False if there is none.
    pub fn undo(&mut self) -> bool {
        let Some(step) = self.changes.back().map(|change| change.step) else { return false };
        while let Some(change) = self.changes.pop_back_if(|change| change.step == step) {
            self.changes_bytes -= change.removed.len() + UNDO_CHANGE_BYTES;
            let end = (change.at + change.inserted_len).min(self.text.len());
            self.cursor = change.at + change.removed.len();
            self.text.splice(change.at.min(end)..end, change.removed);
        }
        self.typed_in_step = 0;
        true
    }

    /// Takes all steps back.
    pub fn revert(&mut self) {
        while self.undo() {}
    }

    // ---- Places ----

    /// Behind the character at `at`, and the marks that stand on it.
    #[must_use]
    pub fn next_char(&self, at: usize) -> usize {
        let rest = self.slice(at..usize::MAX);
        let mut chars = rest.char_indices();
        if chars.next().is_none() {
            return self.text.len();
        }
        chars.find(|&(_, _, c)| !is_mark(c)).map_or(self.text.len(), |(start, _, _)| at + start)
    }

    /// Before the character that ends at `at`.
    #[must_use]
    pub fn previous_char(&self, at: usize) -> usize {
        let before = self.slice(0..at);
        before.char_indices().rev().find(|&(_, _, c)| !is_mark(c)).map_or(0, |(start, _, _)| start)
    }

    /// Behind the next word: a run of letters and digits.
    #[must_use]
    pub fn word_end(&self, at: usize) -> usize {
        let rest = self.slice(at..usize::MAX);
        let chars = rest.char_indices().skip_while(|&(_, _, c)| !c.is_alphanumeric());
        let mut chars = chars.skip_while(|&(_, _, c)| c.is_alphanumeric() || is_mark(c));
        chars.next().map_or(self.text.len(), |(start, _, _)| at + start)
    }

    /// Before the word that ends at or before `at`.
    #[must_use]
    pub fn word_start(&self, at: usize) -> usize {
        let before = self.slice(0..at);
        let chars = before.char_indices().rev().skip_while(|&(_, _, c)| !c.is_alphanumeric());
        let mut chars = chars.skip_while(|&(_, _, c)| c.is_alphanumeric() || is_mark(c));
        chars.next().map_or(0, |(_, end, _)| end)
    }

    /// Before the run of characters other than blanks that ends at or before `at`.
    #[must_use]
    pub fn field_start(&self, at: usize) -> usize {
        let before = self.slice(0..at);
        let is_blank = |byte: &u8| byte.is_ascii_whitespace();
        let trimmed = before.iter().rposition(|byte| !is_blank(byte)).map_or(0, |last| last + 1);
        self.slice(0..trimmed).iter().rposition(is_blank).map_or(0, |blank| blank + 1)
    }

    /// The spaces and tabs around `at`.
    #[must_use]
    pub fn blanks_around(&self, at: usize) -> Range<usize> {
        let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
        let before = self.slice(0..at).iter().rev().take_while(|byte| is_blank(byte)).count();
        let after = self.slice(at..usize::MAX).iter().take_while(|byte| is_blank(byte)).count();
        at - before..at + after
    }
}

/// Whether it stands on the character before it.
fn is_mark(c: char) -> bool {
    !c.is_control() && char_width(c) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undo_is_bounded() {
        let mut line = Line::new(vec![b'x'; EDITOR_LINE_BYTES_MAX]);
        assert!(!line.insert(b"y"));
        for _ in 0..5 {
            line.begin_step(false);
            line.replace(0..EDITOR_LINE_BYTES_MAX, b"");
            line.begin_step(false);
            assert!(line.insert(&[b'y'; EDITOR_LINE_BYTES_MAX]));
        }
        assert!(line.changes_bytes <= UNDO_BYTES_MAX);
        line.revert();
    }
}
