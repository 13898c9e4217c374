//! The bytes that the lexer reads: the text itself and, on top of it, the aliases that stand in for words.

use std::borrow::Cow;
use std::rc::Rc;

use bstr::ByteSlice;

use super::ast::Name;
use super::progress::Place;

/// An alias's text that is being read in place of its name.
#[derive(Clone)]
struct Alias {
    /// Its name and those of the aliases that led to it: none of them is expanded in it.
    names: Rc<[Name]>,
    text: Rc<[u8]>,
    at: usize,
}

/// A place in the input to which it can go back.
#[derive(Clone)]
pub(super) struct Mark {
    at: usize,
    line: u32,
    aliases: Vec<Alias>,
}

/// A cursor over the text. `\` newline is removed by [`Input::peek`] and kept by the `raw` functions.
pub(super) struct Input<'a> {
    text: Cow<'a, [u8]>,
    at: usize,
    /// Line of the next byte of the text, from 1.
    line: u32,
    /// The alias being read is the last one.
    aliases: Vec<Alias>,
    /// An alias that ends in a blank has just been read to its end: the next word may be an alias too.
    blank_alias: bool,
    /// The last line ended in `\` newline and nothing has come after it.
    continued: bool,
}

impl<'a> Input<'a> {
    /// Reads `text`, whose first line is `line`. NUL bytes are dropped, as bash does.
    pub(super) fn new(text: &'a [u8], line: u32) -> Input<'a> {
        let text = match memchr::memchr(0, text) {
            None => Cow::Borrowed(text),
            Some(_) => Cow::Owned(text.iter().copied().filter(|byte| *byte != 0).collect()),
        };
        Input { text, at: 0, line, aliases: Vec::new(), blank_alias: false, continued: false }
    }

    /// The line of the next byte.
    pub(super) fn line(&self) -> u32 {
        self.line
    }

    /// Offset of the next byte in the text (dropped NULs are not counted).
    pub(super) fn offset(&self) -> u32 {
        u32::try_from(self.at.min(self.text.len())).unwrap_or(u32::MAX)
    }

    /// Whether the text ended directly behind a `\` newline.
    pub(super) fn ends_in_continuation(&self) -> bool {
        self.continued && self.at >= self.text.len()
    }

    /// The line of the text in which the byte at `offset` stands, without its newline.
    pub(super) fn line_at(&self, offset: u32) -> &[u8] {
        let offset = (offset as usize).min(self.text.len());
        let (before, after) = self.text.split_at(offset);
        let start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
        let end = memchr::memchr(b'\n', after).map_or(self.text.len(), |newline| offset + newline);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The same, but nothing that stands before `start`.
    pub(super) fn line_from(&self, offset: u32, start: u32) -> &[u8] {
        let line = self.line_at(offset);
        let before = self.text.get(..offset as usize).unwrap_or_default();
        let line_start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
        line.get((start as usize).saturating_sub(line_start)..).unwrap_or_default()
    }

    /// The text's own byte at `at`. A last line without a newline gets one.
    fn text_byte(&self, at: usize) -> Option<u8> {
        match self.text.get(at) {
            Some(byte) => Some(*byte),
            None if at == self.text.len() && self.text.last().is_some_and(|last| *last != b'\n') => {
                Some(b'\n')
            }
            None => None,
        }
    }

    /// Whether the next byte is the newline that a last line lacks.
    pub(super) fn at_added_newline(&self) -> bool {
        self.aliases.is_empty() && self.at == self.text.len()
    }

    /// The next byte. Leaves aliases that have been read to their end.
    pub(super) fn raw_peek(&mut self) -> Option<u8> {
        while let Some(alias) = self.aliases.last() {
            if let Some(byte) = alias.text.get(alias.at) {
                return Some(*byte);
            }
            self.blank_alias = matches!(alias.text.last(), Some(b' ' | b'\t'));
            self.aliases.pop();
        }
        self.text_byte(self.at)
    }

    /// The byte behind the next one.
    fn raw_peek_second(&self) -> Option<u8> {
        let mut skip = 1;
        for alias in self.aliases.iter().rev() {
            let left = alias.text.len().saturating_sub(alias.at);
            if skip < left {
                return alias.text.get(alias.at + skip).copied();
            }
            skip -= left;
        }
        self.text_byte(self.at + skip)
    }

    /// Takes the next byte.
    pub(super) fn raw_bump(&mut self) -> Option<u8> {
        let byte = self.raw_peek()?;
        self.continued = false;
        match self.aliases.last_mut() {
            Some(alias) => alias.at += 1,
            None => {
                self.at += 1;
                self.line += u32::from(byte == b'\n');
            }
        }
        Some(byte)
    }

    /// The next byte, behind any `\` newline.
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = self.raw_peek()?;
            if byte != b'\\' || self.raw_peek_second() != Some(b'\n') || self.backslash_is_last() {
                return Some(byte);
            }
            self.raw_bump();
            self.raw_bump();
            self.continued = true;
        }
    }

    /// Whether the next byte is a backslash that ends the text.
    fn backslash_is_last(&self) -> bool {
        self.aliases.is_empty() && self.at + 1 == self.text.len()
    }

    /// Takes the next byte, behind any `\` newline.
    pub(super) fn bump(&mut self) -> Option<u8> {
        self.peek()?;
        self.raw_bump()
    }

    /// The byte behind the next one, each behind any `\` newline.
    pub(super) fn peek_second(&mut self) -> Option<u8> {
        self.peek()?;
        let second = self.raw_peek_second()?;
        if second != b'\\' {
            return Some(second);
        }
        let mark = self.mark();
        self.raw_bump();
        let second = self.peek();
        self.reset(mark);
        second
    }

    /// Takes the next byte when it is this one.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.raw_bump();
        }
        found
    }

    /// Moves the bytes up to the first that `stops` marks to `taken`. Newlines and backslashes must be marked.
    pub(super) fn take_run(&mut self, stops: &[bool; 256], taken: &mut Vec<u8>) {
        let rest = match self.aliases.last() {
            Some(alias) => alias.text.get(alias.at..),
            None => self.text.get(self.at..),
        };
        let rest = rest.unwrap_or_default();
        let stop = |byte: &u8| stops.get(usize::from(*byte)).copied().unwrap_or(true);
        let run = rest.iter().position(stop).unwrap_or(rest.len());
        taken.extend_from_slice(rest.get(..run).unwrap_or_default());
        if run > 0 {
            self.continued = false;
        }
        match self.aliases.last_mut() {
            Some(alias) => alias.at += run,
            None => self.at += run,
        }
    }

    /// Takes the bytes up to `stop`, which stays; false when the input ends first.
    pub(super) fn raw_take_until(&mut self, stop: u8, taken: &mut Vec<u8>) -> bool {
        while self.raw_peek().is_some() {
            if self.aliases.is_empty() {
                let rest = self.text.get(self.at..).unwrap_or_default();
                let run = memchr::memchr(stop, rest).unwrap_or(rest.len());
                let run = rest.get(..run).unwrap_or_default();
                taken.extend_from_slice(run);
                self.line += u32::try_from(run.find_iter(b"\n").count()).unwrap_or(0);
                self.at += run.len();
                self.continued = false;
                match self.raw_peek() {
                    Some(byte) if byte == stop => return true,
                    Some(_) if !self.at_added_newline() => {}
                    _ => return false,
                }
            } else if self.raw_peek() == Some(stop) {
                return true;
            } else if let Some(byte) = self.raw_bump() {
                taken.push(byte);
            }
        }
        false
    }

    /// What is still to be read.
    pub(super) fn rest(&self) -> Cow<'_, [u8]> {
        let text = self.text.get(self.at..).unwrap_or_default();
        if self.aliases.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut rest = Vec::new();
        for alias in self.aliases.iter().rev() {
            rest.extend_from_slice(alias.text.get(alias.at..).unwrap_or_default());
        }
        rest.extend_from_slice(text);
        Cow::Owned(rest)
    }

    /// Whether an alias's text is being read.
    pub(super) fn in_alias(&self) -> bool {
        !self.aliases.is_empty()
    }

    /// Goes forward to a place that has been read before.
    pub(super) fn go_to(&mut self, place: Place) {
        self.at = place.offset as usize;
        self.line = place.line;
        self.continued = false;
    }

    /// This place.
    pub(super) fn mark(&self) -> Mark {
        Mark { at: self.at, line: self.line, aliases: self.aliases.clone() }
    }

    /// Goes back to a place.
    pub(super) fn reset(&mut self, mark: Mark) {
        self.at = mark.at;
        self.line = mark.line;
        self.aliases = mark.aliases;
    }

    /// The bytes between a place and this one.
    pub(super) fn since(&mut self, mark: Mark) -> Vec<u8> {
        if mark.aliases.is_empty() {
            let end = self.at.min(self.text.len());
            return self.text.get(mark.at..end).unwrap_or_default().to_vec();
        }
        let here = self.mark();
        let is_here = |input: &Input<'_>| {
            input.at == here.at
                && input.aliases.len() <= here.aliases.len()
                && input.aliases.iter().map(|alias| alias.at).eq(here.aliases.iter().map(|alias| alias.at))
        };
        self.reset(mark);
        let mut bytes = Vec::new();
        while !is_here(self) {
            match self.raw_bump() {
                Some(byte) => bytes.push(byte),
                None => break,
            }
        }
        self.reset(here);
        bytes
    }

    /// Reads `text` in place of the alias `name` that has just been taken; `active` were active at its start.
    pub(super) fn push_alias(&mut self, name: &[u8], active: &[Name], text: Vec<u8>) {
        let names = active.iter().cloned().chain([name.into()]).collect();
        self.aliases.push(Alias { names, text: text.into(), at: 0 });
    }

    /// The names of the aliases that led to the next byte.
    pub(super) fn active_aliases(&mut self) -> Rc<[Name]> {
        self.raw_peek();
        self.aliases.last().map(|alias| alias.names.clone()).unwrap_or_default()
    }

    /// Whether an alias that ends in a blank came to its end since the last call.
    pub(super) fn take_blank_alias(&mut self) -> bool {
        std::mem::take(&mut self.blank_alias)
    }
}
