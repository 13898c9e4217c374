//! Searching one input, and printing what is selected.

use super::color::Colors;
use super::matcher::Matcher;
use crate::abi::{Errno, Result};
use crate::kernel::Process;
use crate::program::{Input, Output};
use crate::regex::RegexError;

/// What is printed of a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Print {
    /// The selected lines.
    Lines,
    /// The matches: `-o`.
    Matches,
    /// How many lines.
    Count,
    /// The file's name, if a line is selected, or if none is.
    NamesWith,
    NamesWithout,
    Nothing,
}

/// What is done with a file that is no text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Binary {
    /// Only told of.
    Tell,
    /// Taken for text.
    Text,
    /// Taken for one without matches.
    Skip,
}

/// What the options say about searching and printing.
pub struct Settings {
    pub matcher: Matcher,
    pub invert: bool,
    pub print: Print,
    pub lines_max: u64,
    /// Whether context was asked for, be it none.
    pub context: bool,
    pub before: usize,
    pub after: usize,
    /// Between groups of context; `None`: nothing.
    pub group_separator: Option<Vec<u8>>,
    pub names: bool,
    pub line_numbers: bool,
    pub byte_offsets: bool,
    pub tab: bool,
    /// A NUL behind a file's name.
    pub null: bool,
    pub line_end: u8,
    pub binary: Binary,
    pub utf8: bool,
    pub colors: Option<Colors>,
}

/// Why a search ended early.
pub enum Trouble {
    /// The input cannot be read.
    Read(Errno),
    /// An expression needed too much.
    Pattern(RegexError),
    /// Nobody takes the output.
    Output,
}

impl From<RegexError> for Trouble {
    fn from(error: RegexError) -> Trouble {
        Trouble::Pattern(error)
    }
}

/// The search in one input.
pub struct Search<'a> {
    settings: &'a Settings,
    name: &'a [u8],
    /// Lines that were selected.
    pub selected: u64,
    /// A NUL was seen.
    is_binary: bool,
    /// A line was not printed because it is no text.
    pub withheld: bool,
    /// Least width of numbers.
    pub number_width: usize,
    /// Where the text at hand begins in the input.
    base: u64,
    /// The number of lines before `numbered`, a place in the text at hand.
    lines_before: u64,
    numbered: usize,
    /// Up to where the input was printed; `None`: nothing was.
    printed: Option<u64>,
    /// Whether anything was printed, maybe of another file: a separator comes before the next group.
    printed_any: bool,
    /// Lines of context that are still to be printed.
    after_left: usize,
    done: bool,
}

impl<'a> Search<'a> {
    /// Of an input with this name.
    pub fn new(settings: &'a Settings, name: &'a [u8]) -> Search<'a> {
        Search {
            settings,
            name,
            selected: 0,
            is_binary: false,
            withheld: false,
            number_width: 0,
            base: 0,
            lines_before: 0,
            numbered: 0,
            printed: None,
            printed_any: false,
            after_left: 0,
            done: false,
        }
    }

    /// Searches the input; `separated`: something was printed before, of another file.
    pub async fn run(&mut self, process: &Process, out: &mut Output, input: &mut Input, separated: &mut bool) -> Result<(), Trouble> {
        self.printed_any = *separated;
        self.done = self.settings.lines_max == 0;
        // Lines before the text at hand that may become context.
        let mut kept: Vec<u8> = Vec::new();
        while !self.done || self.after_left > 0 {
            let records = input.fill_records(self.settings.line_end).await.map_err(Trouble::Read)?;
            if records.is_empty() {
                break;
            }
            let count = records.len();
            self.look_for_nul(records);
            if self.is_binary && self.settings.binary == Binary::Skip {
                self.selected = 0;
                break;
            }
            let consumed = if self.settings.before == 0 {
                let consumed = self.text(records, 0, out.buffer())?;
                self.pass(records, count);
                consumed
            } else {
                let start = kept.len();
                kept.extend_from_slice(records);
                let text = std::mem::take(&mut kept);
                let consumed = self.text(&text, start, out.buffer())?.saturating_sub(start);
                let keep = self.context_start(&text, text.len());
                self.pass(&text, keep);
                kept.extend_from_slice(text.get(keep..).unwrap_or_default());
                consumed
            };
            input.consume(consumed);
            let steps = self.settings.matcher.take_steps() + count as u64 / 256;
            process.step(u32::try_from(steps).unwrap_or(u32::MAX)).await;
            out.ready().await.map_err(|_| Trouble::Output)?;
        }
        input.give_back();
        *separated = self.printed_any;
        Ok(())
    }

    fn look_for_nul(&mut self, text: &[u8]) {
        if self.settings.binary != Binary::Text && self.settings.line_end != 0 && !self.is_binary {
            self.is_binary = memchr::memchr(0, text).is_some();
        }
    }

    /// Forgets the text at hand up to a place.
    fn pass(&mut self, text: &[u8], end: usize) {
        if self.settings.line_numbers {
            self.number_at(text, end);
        }
        self.base += end as u64;
        self.numbered = 0;
    }

    /// Searches the text from `start`; gives where the search stopped, the text's end unless it is done.
    fn text(&mut self, text: &[u8], start: usize, out: &mut Vec<u8>) -> Result<usize, Trouble> {
        // The last line may lack its end.
        let hay = text.strip_suffix(&[self.settings.line_end]).unwrap_or(text);
        let mut at = start;
        while at < text.len() {
            if self.done {
                self.rest_of_context(text, at, text.len(), out)?;
                return Ok(at);
            }
            let (from, to) = match self.next_match(hay, at)? {
                Some((from, to)) => (from, (to + 1).min(text.len())),
                None => (text.len(), text.len()),
            };
            if self.settings.invert {
                at = self.select_all(text, at, from, out)?;
                if !self.done {
                    self.rest_of_context(text, from, to, out)?;
                    at = to;
                }
            } else {
                self.rest_of_context(text, at, from, out)?;
                at = from;
                if from < text.len() {
                    self.select(text, from, to, out)?;
                    at = to;
                }
            }
        }
        Ok(at)
    }

    fn next_match(&self, hay: &[u8], start: usize) -> Result<Option<(usize, usize)>, Trouble> {
        if self.settings.line_end == b'\n' {
            return Ok(self.settings.matcher.next_line(hay, start)?);
        }
        let mut at = start;
        while at <= hay.len() {
            let rest = hay.get(at..).unwrap_or_default();
            let end = memchr::memchr(self.settings.line_end, rest).map_or(hay.len(), |length| at + length);
            if self.settings.matcher.is_match(hay.get(at..end).unwrap_or_default())? {
                return Ok(Some((at, end)));
            }
            at = end + 1;
        }
        Ok(None)
    }

    /// Selects each line between two places; gives where it stopped.
    fn select_all(&mut self, text: &[u8], from: usize, to: usize, out: &mut Vec<u8>) -> Result<usize, Trouble> {
        let mut at = from;
        while at < to && !self.done {
            let rest = text.get(at..to).unwrap_or_default();
            let end = memchr::memchr(self.settings.line_end, rest).map_or(to, |length| at + length + 1);
            self.select(text, at, end, out)?;
            at = end;
        }
        Ok(at)
    }

    /// A selected line, with its end.
    fn select(&mut self, text: &[u8], from: usize, to: usize, out: &mut Vec<u8>) -> Result<(), Trouble> {
        self.selected += 1;
        if self.selected >= self.settings.lines_max {
            self.done = true;
        }
        match self.settings.print {
            Print::Count => return Ok(()),
            Print::NamesWith | Print::NamesWithout | Print::Nothing => {
                self.done = true;
                return Ok(());
            }
            Print::Lines | Print::Matches => {}
        }
        if self.is_binary {
            self.withheld = true;
            self.printed_any = true;
            self.done = true;
            return Ok(());
        }
        if self.settings.context {
            let start = if self.settings.before > 0 { self.context_start(text, from) } else { from };
            let follows = self.printed == Some(self.base + start as u64);
            if self.printed_any && !follows {
                self.put_group_separator(out);
            }
            let mut at = start;
            while at < from {
                let rest = text.get(at..from).unwrap_or_default();
                let end = memchr::memchr(self.settings.line_end, rest).map_or(from, |length| at + length + 1);
                self.put_line(text, at, end, false, out)?;
                at = end;
            }
        }
        if self.put_line(text, from, to, true, out)? {
            self.printed = Some(self.base + to as u64);
        }
        self.printed_any = true;
        self.after_left = self.settings.after;
        Ok(())
    }

    fn put_group_separator(&self, out: &mut Vec<u8>) {
        let Some(separator) = &self.settings.group_separator else { return };
        self.put_separator(separator, out);
        out.push(b'\n');
    }

    /// Where the context before a line starts: so many lines before, but not what is printed.
    fn context_start(&self, text: &[u8], from: usize) -> usize {
        let printed = self.printed.unwrap_or(0).saturating_sub(self.base);
        let least = usize::try_from(printed).unwrap_or(usize::MAX);
        let mut start = from;
        for _ in 0..self.settings.before {
            if start <= least {
                break;
            }
            let before = text.get(least..start - 1).unwrap_or_default();
            start = memchr::memrchr(self.settings.line_end, before).map_or(least, |at| least + at + 1);
        }
        start
    }

    /// Prints the lines behind a selected one that are still due, of those between two places.
    fn rest_of_context(&mut self, text: &[u8], from: usize, to: usize, out: &mut Vec<u8>) -> Result<(), Trouble> {
        let mut at = from;
        while self.after_left > 0 && at < to {
            let rest = text.get(at..to).unwrap_or_default();
            let end = memchr::memchr(self.settings.line_end, rest).map_or(to, |length| at + length + 1);
            if self.put_line(text, at, end, false, out)? {
                self.printed = Some(self.base + end as u64);
            }
            self.after_left -= 1;
            at = end;
        }
        Ok(())
    }

    /// The number of the line that starts at a place, from 1.
    fn number_at(&mut self, text: &[u8], at: usize) -> u64 {
        let passed = text.get(self.numbered..at).unwrap_or_default();
        self.lines_before += memchr::memchr_iter(self.settings.line_end, passed).count() as u64;
        self.numbered = at.max(self.numbered);
        self.lines_before + 1
    }

    /// Prints a line, if it is text; whether it was.
    fn put_line(&mut self, text: &[u8], from: usize, to: usize, selected: bool, out: &mut Vec<u8>) -> Result<bool, Trouble> {
        let settings = self.settings;
        let whole = text.get(from..to).unwrap_or_default();
        let line = whole.strip_suffix(&[settings.line_end]).unwrap_or(whole);
        if settings.print == Print::Matches {
            if selected && !settings.invert {
                self.put_matches(text, from, line, out)?;
            }
            return Ok(true);
        }
        if settings.hides(line) {
            self.withheld = true;
            return Ok(false);
        }
        self.put_prefix(text, from, from, selected, out);
        match &settings.colors {
            None => out.extend_from_slice(line),
            Some(colors) => {
                let is_matching = selected != settings.invert;
                let line_color = if selected { &colors.selected_line } else { &colors.context_line };
                let match_color = if selected { &colors.selected_match } else { &colors.context_match };
                let mut at = 0;
                // Of the other lines nothing matches.
                while is_matching && !match_color.is_empty() {
                    let Some((start, end)) = self.next_span(line, at)? else { break };
                    colors.start(line_color, out);
                    out.extend_from_slice(line.get(at..start).unwrap_or_default());
                    colors.put(match_color, line.get(start..end).unwrap_or_default(), out);
                    at = end;
                }
                let rest = line.get(at..).unwrap_or_default();
                if !rest.is_empty() {
                    colors.put(line_color, rest, out);
                }
            }
        }
        out.push(settings.line_end);
        Ok(true)
    }

    fn put_matches(&mut self, text: &[u8], from: usize, line: &[u8], out: &mut Vec<u8>) -> Result<(), Trouble> {
        let mut at = 0;
        while let Some((start, end)) = self.next_span(line, at)? {
            let part = line.get(start..end).unwrap_or_default();
            at = end;
            if self.settings.hides(part) {
                self.withheld = true;
                continue;
            }
            self.put_prefix(text, from, from + start, true, out);
            match &self.settings.colors {
                Some(colors) => colors.put(&colors.selected_match, part, out),
                None => out.extend_from_slice(part),
            }
            out.push(self.settings.line_end);
        }
        Ok(())
    }

    /// The next match in a line that is not empty.
    fn next_span(&self, line: &[u8], start: usize) -> Result<Option<(usize, usize)>, Trouble> {
        let mut at = start;
        while let Some((start, end)) = self.settings.matcher.find(line, at)? {
            if start < end {
                return Ok(Some((start, end)));
            }
            at = end + 1;
        }
        Ok(None)
    }

    /// What stands before a line or a match: name, line number, offset.
    fn put_prefix(&mut self, text: &[u8], line: usize, place: usize, selected: bool, out: &mut Vec<u8>) {
        let settings = self.settings;
        let separator: &[u8] = if selected { b":" } else { b"-" };
        let mut any = false;
        if settings.names {
            settings.put_name(self.name, out);
            if settings.null {
                out.push(0);
            } else {
                self.put_separator(separator, out);
            }
            any = true;
        }
        let number = if settings.line_numbers { Some(self.number_at(text, line)) } else { None };
        let offset = settings.byte_offsets.then(|| self.base + place as u64);
        let numbers = [(number, settings.colors.as_ref().map(|colors| &colors.line_number)), (offset, settings.colors.as_ref().map(|colors| &colors.byte_offset))];
        for (number, color) in numbers {
            let Some(number) = number else { continue };
            let digits = format!("{number:>width$}", width = self.number_width);
            match (&settings.colors, color) {
                (Some(colors), Some(color)) => colors.put(color, digits.as_bytes(), out),
                _ => out.extend_from_slice(digits.as_bytes()),
            }
            self.put_separator(separator, out);
            any = true;
        }
        if settings.tab && any {
            out.push(b'\t');
        }
    }

    fn put_separator(&self, separator: &[u8], out: &mut Vec<u8>) {
        match &self.settings.colors {
            Some(colors) => colors.put(&colors.separator, separator, out),
            None => out.extend_from_slice(separator),
        }
    }
}

impl Settings {
    /// Whether this must not be printed since it is no text.
    fn hides(&self, text: &[u8]) -> bool {
        self.utf8 && self.binary != Binary::Text && std::str::from_utf8(text).is_err()
    }

    /// A file's name, in its colour.
    pub fn put_name(&self, name: &[u8], out: &mut Vec<u8>) {
        match &self.colors {
            Some(colors) => colors.put(&colors.file_name, name, out),
            None => out.extend_from_slice(name),
        }
    }

    /// What stands between a name and a count.
    pub fn put_count(&self, name: &[u8], count: u64, out: &mut Vec<u8>) {
        if self.names {
            self.put_name(name, out);
            match &self.colors {
                _ if self.null => out.push(0),
                Some(colors) => colors.put(&colors.separator, b":", out),
                None => out.push(b':'),
            }
        }
        out.extend_from_slice(format!("{count}\n").as_bytes());
    }
}
