//! Sort keys: how `-k` is read, and which part of a line a key is.

use crate::abi::Result;
use crate::program::quote_locale;

/// How a key's bytes are compared.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Ordering {
    pub ignored: Ignored,
    /// Letters count as upper case.
    pub fold: bool,
    pub numeric: bool,
    pub general: bool,
    pub human: bool,
    pub month: bool,
    pub random: bool,
    pub version: bool,
    pub reverse: bool,
    /// Leading blanks of the field do not count where the key starts.
    pub skip_start_blanks: bool,
    /// The same where it ends.
    pub skip_end_blanks: bool,
}

/// Which bytes of a key do not count.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub enum Ignored {
    #[default]
    None,
    /// Those that are no letters, digits or blanks.
    NonDictionary,
    /// Those that do not print.
    NonPrinting,
}

/// A part of the line.
#[derive(Clone, Copy, Default)]
pub struct Key {
    /// Fields and bytes before the start.
    pub start_field: usize,
    pub start_byte: usize,
    /// The last field, from 1, and the byte in it that is the last one (0: the field's last); `None`: the
    /// line's end.
    pub end: Option<(usize, usize)>,
    pub ordering: Ordering,
}

impl Ordering {
    /// Whether no ordering was asked for but maybe the reverse one.
    pub fn is_default(self) -> bool {
        Ordering { reverse: false, ..self } == Ordering::default()
    }

    /// Adds what a letter says; false when it is none of the letters.
    pub fn set(&mut self, letter: u8, start_blanks: bool, end_blanks: bool) -> bool {
        match letter {
            b'b' => {
                self.skip_start_blanks |= start_blanks;
                self.skip_end_blanks |= end_blanks;
            }
            b'd' => self.ignored = Ignored::NonDictionary,
            b'f' => self.fold = true,
            b'g' => self.general = true,
            b'h' => self.human = true,
            b'i' if self.ignored == Ignored::None => self.ignored = Ignored::NonPrinting,
            b'i' => {}
            b'M' => self.month = true,
            b'n' => self.numeric = true,
            b'R' => self.random = true,
            b'r' => self.reverse = true,
            b'V' => self.version = true,
            _ => return false,
        }
        true
    }

    /// The message about letters that exclude each other.
    pub fn check(self) -> Result<(), Vec<u8>> {
        let others = self.version || self.random || self.ignored != Ignored::None;
        let kinds = [self.numeric, self.general, self.human, self.month, others];
        if kinds.iter().filter(|&&kind| kind).count() <= 1 {
            return Ok(());
        }
        let letters = [
            (self.ignored == Ignored::NonDictionary, 'd'),
            (self.fold, 'f'),
            (self.general, 'g'),
            (self.human, 'h'),
            (self.ignored == Ignored::NonPrinting, 'i'),
            (self.month, 'M'),
            (self.numeric, 'n'),
            (self.random, 'R'),
            (self.version, 'V'),
        ];
        let letters: String = letters.iter().filter(|(given, _)| *given).map(|(_, letter)| letter).collect();
        Err(format!("options '-{letters}' are incompatible").into_bytes())
    }
}

impl Key {
    /// Reads the argument of `-k`; the error is the message.
    pub fn parse(text: &[u8]) -> Result<Key, Vec<u8>> {
        let bad = |what: &str| [what.as_bytes(), b": invalid field specification ", &quote_locale(text)].concat();
        let mut key = Key::default();
        let mut rest = text;
        key.start_field = number(&mut rest, "invalid number at field start")?
            .checked_sub(1)
            .ok_or_else(|| bad("field number is zero"))?;
        if let Some(after) = rest.strip_prefix(b".") {
            rest = after;
            key.start_byte = number(&mut rest, "invalid number after '.'")?
                .checked_sub(1)
                .ok_or_else(|| bad("character offset is zero"))?;
        }
        key.letters(&mut rest, true);
        if let Some(after) = rest.strip_prefix(b",") {
            rest = after;
            let field = number(&mut rest, "invalid number after ','")?;
            if field == 0 {
                return Err(bad("field number is zero"));
            }
            let mut byte = 0;
            if let Some(after) = rest.strip_prefix(b".") {
                rest = after;
                byte = number(&mut rest, "invalid number after '.'")?;
            }
            key.end = Some((field, byte));
            key.letters(&mut rest, false);
        }
        if rest.is_empty() { Ok(key) } else { Err(bad("stray character in field spec")) }
    }

    /// Reads the old form: `+POS1 [-POS2]`, counted from 0.
    pub fn parse_old(start: &[u8], end: Option<&[u8]>) -> Option<Key> {
        let mut key = Key::default();
        let mut rest = start;
        key.start_field = number(&mut rest, "").ok()?;
        if let Some(after) = rest.strip_prefix(b".") {
            rest = after;
            key.start_byte = number(&mut rest, "").ok()?;
        }
        key.letters(&mut rest, true);
        if !rest.is_empty() {
            return None;
        }
        if let Some(mut rest) = end {
            let field = number(&mut rest, "").ok()?;
            let mut byte = 0;
            if let Some(after) = rest.strip_prefix(b".") {
                rest = after;
                byte = number(&mut rest, "").ok()?;
            }
            key.end = Some(if byte == 0 { (field, 0) } else { (field + 1, byte) });
            key.letters(&mut rest, false);
            if !rest.is_empty() {
                return None;
            }
        }
        Some(key)
    }

    fn letters(&mut self, rest: &mut &[u8], at_start: bool) {
        while let Some((&letter, after)) = rest.split_first()
            && self.ordering.set(letter, at_start, !at_start)
        {
            *rest = after;
        }
    }

    /// The part of a line that the key is.
    pub fn of<'a>(&self, line: &'a [u8], separator: Option<u8>) -> &'a [u8] {
        let start = self.start(line, separator);
        let end = self.end(line, separator).max(start);
        line.get(start..end).unwrap_or_default()
    }

    fn start(&self, line: &[u8], separator: Option<u8>) -> usize {
        let mut at = skip_fields(line, 0, self.start_field, separator, true);
        if self.ordering.skip_start_blanks {
            at = skip_blanks(line, at);
        }
        at.saturating_add(self.start_byte).min(line.len())
    }

    fn end(&self, line: &[u8], separator: Option<u8>) -> usize {
        match self.end {
            None => line.len(),
            Some((0, 0)) => 0,
            Some((field, 0)) => skip_fields(line, 0, field, separator, false),
            Some((field, byte)) => {
                let mut at = skip_fields(line, 0, field.saturating_sub(1), separator, true);
                if self.ordering.skip_end_blanks {
                    at = skip_blanks(line, at);
                }
                at.saturating_add(byte).min(line.len())
            }
        }
    }
}

/// Where so many fields end; with `past`, behind the separator.
fn skip_fields(line: &[u8], mut at: usize, fields: usize, separator: Option<u8>, past: bool) -> usize {
    for number in 1..=fields {
        if at >= line.len() {
            break;
        }
        let rest = line.get(at..).unwrap_or_default();
        match separator {
            Some(separator) => match memchr::memchr(separator, rest) {
                Some(found) => at += found + usize::from(past || number < fields),
                None => at = line.len(),
            },
            None => {
                at = skip_blanks(line, at);
                let rest = line.get(at..).unwrap_or_default();
                at += rest.iter().position(|&byte| is_blank(byte)).unwrap_or(rest.len());
            }
        }
    }
    at
}

/// Blanks of the C locale, where a newline (with `-z`) is one too.
pub fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n')
}

fn skip_blanks(line: &[u8], at: usize) -> usize {
    let rest = line.get(at..).unwrap_or_default();
    at + rest.iter().position(|&byte| !is_blank(byte)).unwrap_or(rest.len())
}

/// A number at the start, which is taken away. One that is too large counts as the largest.
fn number(rest: &mut &[u8], what: &str) -> Result<usize, Vec<u8>> {
    let text = *rest;
    let trimmed = text.trim_ascii_start();
    let trimmed = trimmed.strip_prefix(b"+").unwrap_or(trimmed);
    let digits = trimmed.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 0 {
        return Err([what.as_bytes(), b": invalid count at start of ", &quote_locale(text)].concat());
    }
    let (number, after) = trimmed.split_at(digits);
    *rest = after;
    let number = number.iter().try_fold(0_usize, |sum, byte| {
        sum.checked_mul(10)?.checked_add(usize::from(byte.wrapping_sub(b'0')))
    });
    Ok(number.unwrap_or(usize::MAX))
}
