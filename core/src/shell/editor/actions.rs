//! What each action does to the line.

use std::ops::Range;

use bstr::ByteSlice;

use super::keymap::Action;
use super::keys::{Key, Stroke};
use super::line::Line;
use super::search::Search;
use super::{Editor, Event, Mode, words};

/// How far counts count.
const COUNT_MAX: u32 = 1_000_000;

/// A numeric argument while it is typed.
#[derive(Clone, Copy)]
pub struct Argument {
    negative: bool,
    value: Option<u32>,
}

impl Argument {
    fn new(first: Key) -> Argument {
        let mut argument = Argument { negative: false, value: None };
        match first {
            Key::Char(digit @ '0'..='9') => argument.push(digit),
            _ => argument.negative = true,
        }
        argument
    }

    /// Takes one more digit.
    pub fn push(&mut self, digit: char) {
        let digit = digit.to_digit(10).unwrap_or(0);
        self.value = Some((self.value.unwrap_or(0).saturating_mul(10).saturating_add(digit)).min(COUNT_MAX));
    }

    fn count(self) -> i64 {
        let value = i64::from(self.value.unwrap_or(1));
        if self.negative { -value } else { value }
    }

    /// What stands before the line meanwhile.
    pub fn prompt(self) -> Vec<u8> {
        format!("(arg: {}) ", self.count()).into_bytes()
    }
}

/// What to do to the letters of a word.
#[derive(Clone, Copy)]
enum Case {
    Upper,
    Lower,
    Capital,
}

impl Editor {
    /// Does what a key is bound to.
    pub(super) fn act(&mut self, action: Action, stroke: Stroke) -> Option<Event> {
        if action == Action::DigitArgument {
            match (&mut self.argument, stroke.key) {
                (Some(argument), Key::Char(digit @ '0'..='9')) => argument.push(digit),
                (argument, key) => *argument = Some(Argument::new(key)),
            }
            return None;
        }
        let argument = self.argument.take();
        let count = argument.map_or(1, Argument::count);
        let last = self.last.replace(action);
        if action != Action::YankLastArg || last != Some(action) {
            self.line.begin_step(action == Action::SelfInsert);
        }
        match action {
            Action::BeginningOfLine => self.line.set_cursor(0),
            Action::EndOfLine => self.line.set_cursor(usize::MAX),
            Action::ForwardChar => self.go(count, Line::next_char, Line::previous_char),
            Action::BackwardChar => self.go(-count, Line::next_char, Line::previous_char),
            Action::ForwardWord => self.go(count, Line::word_end, Line::word_start),
            Action::BackwardWord => self.go(-count, Line::word_end, Line::word_start),
            Action::CharacterSearch => self.mode = Mode::CharacterSearch(count),
            Action::CharacterSearchBackward => self.mode = Mode::CharacterSearch(-count),
            Action::SetMark => self.line.set_mark(self.line.cursor()),
            Action::ExchangePointAndMark => {
                let (mark, cursor) = (self.line.mark(), self.line.cursor());
                self.line.set_mark(cursor);
                self.line.set_cursor(mark);
            }
            Action::ClearScreen => {
                self.output.extend(b"\x1b[H\x1b[2J");
                self.screen.start_again();
            }
            Action::AcceptLine => return Some(self.accept()),
            Action::OperateAndGetNext => {
                self.next_entry = self.entry.map(|number| number + 1);
                return Some(self.accept());
            }
            Action::InsertComment => {
                self.line.replace(0..0, b"#");
                return Some(self.accept());
            }
            Action::PreviousHistory => self.browse(-count),
            Action::NextHistory => self.browse(count),
            Action::BeginningOfHistory => {
                let first = self.history.first_number();
                self.go_to_entry(self.history.get(first).map(|_| first));
            }
            Action::EndOfHistory => self.go_to_entry(None),
            Action::ReverseSearchHistory | Action::ForwardSearchHistory => {
                let is_forward = action == Action::ForwardSearchHistory;
                self.mode = Mode::Search(Search::new(is_forward, self.entry, self.line.cursor()));
            }
            Action::HistorySearchBackward | Action::HistorySearchForward => {
                if !matches!(last, Some(Action::HistorySearchBackward | Action::HistorySearchForward)) {
                    self.searched_prefix = self.line.cursor();
                }
                self.search_prefix(action == Action::HistorySearchForward);
            }
            Action::YankLastArg => self.yank_last_arg(argument.map(|_| count), last),
            Action::YankNthArg => {
                let number = self.entry_before(self.entry).unwrap_or(0);
                self.yank_arg(number, argument.map_or(Some(1), |_| Some(count)));
            }
            Action::RevertLine => self.line.revert(),
            Action::SelfInsert => self.insert_key(stroke.key, count),
            Action::QuotedInsert => {
                self.decoder.take_next_literally();
                self.mode = Mode::Quoted(count);
            }
            Action::DeleteCharOrEof if self.line.text().is_empty() => {
                self.end_line(b"");
                return Some(Event::Eof);
            }
            Action::DeleteChar | Action::DeleteCharOrEof => self.delete(count, argument.is_some(), last),
            Action::BackwardDeleteChar => self.delete(-count, argument.is_some(), last),
            Action::TransposeChars => self.transpose_chars(count),
            Action::TransposeWords => self.transpose_words(),
            Action::UpcaseWord => self.change_case(count, Case::Upper),
            Action::DowncaseWord => self.change_case(count, Case::Lower),
            Action::CapitalizeWord => self.change_case(count, Case::Capital),
            Action::DeleteHorizontalSpace => {
                let blanks = self.line.blanks_around(self.line.cursor());
                self.line.replace(blanks, b"");
            }
            Action::Undo => {
                for _ in 0..count {
                    if !self.line.undo() {
                        self.bell();
                        break;
                    }
                }
            }
            Action::KillLine if count >= 0 => self.kill(self.line.cursor()..usize::MAX, false, last),
            Action::BackwardKillLine if count < 0 => self.kill(self.line.cursor()..usize::MAX, false, last),
            Action::KillLine | Action::BackwardKillLine => self.kill(0..self.line.cursor(), true, last),
            Action::UnixLineDiscard => self.kill(0..self.line.cursor(), true, last),
            Action::KillWord => self.kill_to(self.target(count, Line::word_end, Line::word_start), last),
            Action::BackwardKillWord => {
                self.kill_to(self.target(-count, Line::word_end, Line::word_start), last)
            }
            Action::UnixWordRubout => {
                self.kill_to(self.target(-count.max(0), Line::word_end, Line::field_start), last);
            }
            Action::Yank => self.yank(),
            Action::YankPop if matches!(last, Some(Action::Yank | Action::YankPop)) => {
                self.kill_ring.rotate();
                self.line.replace(self.yanked.clone(), b"");
                self.yank();
            }
            Action::YankPop => {
                self.last = None;
                self.bell();
            }
            Action::Complete | Action::PossibleCompletions | Action::InsertCompletions => {
                return Some(self.request_completion(action, last));
            }
            Action::ControlXPrefix => {
                self.argument = argument;
                self.last = last;
                self.mode = Mode::ControlX;
            }
            Action::Interrupt => {
                self.end_line(b"^C");
                return Some(Event::Interrupt);
            }
            Action::Abort => self.bell(),
            Action::DigitArgument => {}
        }
        None
    }

    fn accept(&mut self) -> Event {
        self.line.set_cursor(usize::MAX);
        self.end_line(b"");
        Event::Line(std::mem::take(&mut self.line).text().to_vec())
    }

    // ---- Moving ----

    /// Where `count` steps lead: forward, or back if negative.
    fn target(
        &self,
        count: i64,
        forward: fn(&Line, usize) -> usize,
        backward: fn(&Line, usize) -> usize,
    ) -> usize {
        let mut at = self.line.cursor();
        for _ in 0..count.unsigned_abs() {
            let next = if count < 0 { backward(&self.line, at) } else { forward(&self.line, at) };
            if next == at {
                break;
            }
            at = next;
        }
        at
    }

    fn go(&mut self, count: i64, forward: fn(&Line, usize) -> usize, backward: fn(&Line, usize) -> usize) {
        let target = self.target(count, forward, backward);
        if target == self.line.cursor() && count != 0 {
            self.bell();
        }
        self.line.set_cursor(target);
    }

    /// Goes to the next occurrence of a character, or the one before.
    pub(super) fn search_character(&mut self, key: Key, count: i64) {
        let (mut utf8, mut byte) = ([0; 4], [0]);
        let wanted = key_bytes(key, &mut utf8, &mut byte);
        let mut at = self.line.cursor();
        for _ in 0..count.unsigned_abs() {
            let found = if count < 0 {
                self.line.slice(0..at).rfind(wanted)
            } else {
                let start = self.line.next_char(at);
                self.line.slice(start..usize::MAX).find(wanted).map(|found| start + found)
            };
            let Some(found) = found else { return self.bell() };
            at = found;
        }
        self.line.set_cursor(at);
    }

    /// Goes to later entries, or to earlier ones if negative.
    fn browse(&mut self, count: i64) {
        for _ in 0..count.unsigned_abs() {
            let is_at_end = match (count < 0, self.entry) {
                (false, None) => true,
                (false, Some(number)) => {
                    self.go_to_entry(self.entry_after(number));
                    false
                }
                (true, entry) => {
                    let before = self.entry_before(entry);
                    if before.is_some() {
                        self.go_to_entry(before);
                    }
                    before.is_none()
                }
            };
            if is_at_end {
                return self.bell();
            }
        }
    }

    // ---- Changing text ----

    /// Puts a key's character in so many times.
    pub(super) fn insert_key(&mut self, key: Key, count: i64) {
        let (mut utf8, mut byte) = ([0; 4], [0]);
        let bytes = key_bytes(key, &mut utf8, &mut byte);
        let count = usize::try_from(count).unwrap_or(0);
        if !self.line.insert(&bytes.repeat(count)) {
            self.bell();
        }
    }

    /// Deletes characters; several of them are kept as if killed.
    fn delete(&mut self, count: i64, is_counted: bool, last: Option<Action>) {
        let cursor = self.line.cursor();
        let target = self.target(count, Line::next_char, Line::previous_char);
        if target == cursor {
            self.bell();
        } else if is_counted {
            self.kill_to(target, last);
        } else {
            self.line.replace(cursor.min(target)..cursor.max(target), b"");
        }
    }

    /// Takes the character before the cursor along; at the end of the line, swaps the last two.
    fn transpose_chars(&mut self, count: i64) {
        let mut end = self.line.cursor();
        if end == self.line.text().len() {
            end = self.line.previous_char(end);
        }
        let start = self.line.previous_char(end);
        if start == end {
            return self.bell();
        }
        let moved = self.line.slice(start..end).to_vec();
        self.line.replace(start..end, b"");
        self.line.set_cursor(start);
        self.line.set_cursor(self.target(count, Line::next_char, Line::previous_char));
        self.line.insert(&moved);
    }

    fn transpose_words(&mut self) {
        let line = &self.line;
        let second_end = line.word_end(line.cursor());
        let second_start = line.word_start(second_end);
        let first_start = line.word_start(second_start);
        let first_end = line.word_end(first_start);
        if first_start == second_start || second_start < first_end {
            return self.bell();
        }
        let mut swapped = line.slice(second_start..second_end).to_vec();
        swapped.extend(line.slice(first_end..second_start));
        swapped.extend(line.slice(first_start..first_end));
        self.line.replace(first_start..second_end, &swapped);
    }

    fn change_case(&mut self, count: i64, case: Case) {
        let cursor = self.line.cursor();
        let target = self.target(count, Line::word_end, Line::word_start);
        let range = cursor.min(target)..cursor.max(target);
        let mut changed = Vec::new();
        let mut in_word = false;
        for (start, end, c) in self.line.slice(range.clone()).char_indices() {
            let is_upper = match case {
                Case::Upper => true,
                Case::Lower => false,
                Case::Capital => !in_word,
            };
            in_word = c.is_alphanumeric();
            let other = if is_upper { single(c, c.to_uppercase()) } else { single(c, c.to_lowercase()) };
            if other == c {
                changed.extend(self.line.slice(range.start + start..range.start + end));
            } else {
                changed.extend(other.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        if self.line.slice(range.clone()) != changed {
            self.line.replace(range, &changed);
        }
        if count < 0 {
            self.line.set_cursor(cursor);
        } else {
            self.line.set_cursor(target.max(self.line.cursor()));
        }
    }

    // ---- Killing and yanking ----

    fn kill_to(&mut self, target: usize, last: Option<Action>) {
        let cursor = self.line.cursor();
        self.kill(cursor.min(target)..cursor.max(target), target < cursor, last);
    }

    /// Cuts a range; after another cut it becomes one piece with it.
    fn kill(&mut self, range: Range<usize>, is_backward: bool, last: Option<Action>) {
        let piece = self.line.slice(range.clone());
        if piece.is_empty() {
            return;
        }
        if last.is_some_and(is_kill) {
            self.kill_ring.join(piece, is_backward);
        } else {
            self.kill_ring.push(piece.to_vec());
        }
        self.line.replace(range, b"");
    }

    fn yank(&mut self) {
        let start = self.line.cursor();
        match self.kill_ring.current().map(<[u8]>::to_vec) {
            Some(piece) if self.line.insert(&piece) => self.yanked = start..self.line.cursor(),
            _ => self.bell(),
        }
    }

    /// Puts a word of the last entry in, then those of the entries before.
    fn yank_last_arg(&mut self, count: Option<i64>, last: Option<Action>) {
        if last != Some(Action::YankLastArg) {
            let number = self.entry_before(self.entry).unwrap_or(0);
            self.yanked = self.line.cursor()..self.line.cursor();
            return self.yank_arg(number, count);
        }
        let (number, kept) = self.yanked_arg;
        let Some(before) = self.entry_before(Some(number)) else { return self.bell() };
        self.line.replace(self.yanked.clone(), b"");
        self.yank_arg(before, count.or(kept));
    }

    /// Puts a word of an entry in: the last one, or by its index; a negative one is from the end.
    fn yank_arg(&mut self, number: u64, index: Option<i64>) {
        self.yanked_arg = (number, index);
        let start = self.line.cursor();
        self.yanked = start..start;
        let words = words::split(self.entry_text(Some(number)));
        let last = words.len().checked_sub(1);
        let index = match (last, index) {
            (Some(last), Some(index)) if index < 0 => last.checked_add_signed(index as isize),
            (Some(_), Some(index)) => usize::try_from(index).ok(),
            (last, _) => last,
        };
        let Some(word) = index.and_then(|index| words.get(index)).map(|word| word.to_vec()) else {
            return self.bell();
        };
        self.line.insert(&word);
        self.yanked = start..self.line.cursor();
    }
}

fn is_kill(action: Action) -> bool {
    matches!(
        action,
        Action::KillLine
            | Action::BackwardKillLine
            | Action::UnixLineDiscard
            | Action::KillWord
            | Action::BackwardKillWord
            | Action::UnixWordRubout
    )
}

/// The bytes that a key stands for.
pub fn key_bytes<'a>(key: Key, utf8: &'a mut [u8; 4], byte: &'a mut [u8; 1]) -> &'a [u8] {
    match key {
        Key::Char(c) => c.encode_utf8(utf8).as_bytes(),
        Key::Byte(value) | Key::Control(value) => {
            *byte = [value];
            byte
        }
        Key::Named(_) => b"",
    }
}

/// What letters become that become one letter; others stay.
fn single(c: char, mut changed: impl Iterator<Item = char>) -> char {
    match (changed.next(), changed.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}
