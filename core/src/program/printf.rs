//! `printf`: formats as bash's builtin and GNU's command do (POSIX.1-2024 XCU printf, XBD 5).

use super::echo::{self, Coded, Dialect};
use super::extended::Extended;
use super::float::{Layout, format_float};
use crate::abi::Time;
use crate::abi::limits::FORMAT_WIDTH_MAX;
use crate::calendar::{Zone, format_time};
use std::borrow::Cow;

/// How a formatting ended.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Printed {
    /// 0, or 1 when something was wrong.
    pub status: u8,
    /// What to say on standard error, behind the shell's prefix: `printf: x: invalid number`.
    pub messages: Vec<Vec<u8>>,
}

/// What `%(…)T` needs to know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Clock {
    /// The time of day; `-1` and no argument.
    pub now: Time,
    /// When the shell started; `-2`.
    pub started: Time,
    /// Where its clock hangs.
    pub zone: Zone,
}

/// Formats as bash's builtin does, with times in UTC and the shell started now. The format is used again
/// until all arguments are; `quote` is what `%q` does.
pub fn format(
    format: &[u8],
    args: &[&[u8]],
    now: Time,
    quote: &dyn Fn(&[u8]) -> Vec<u8>,
    out: &mut Vec<u8>,
) -> Printed {
    format_at(format, args, &Clock { now, started: now, zone: Zone::UTC }, quote, out)
}

/// As [`format`], by this clock.
pub fn format_at(
    format: &[u8],
    args: &[&[u8]],
    clock: &Clock,
    quote: &dyn Fn(&[u8]) -> Vec<u8>,
    out: &mut Vec<u8>,
) -> Printed {
    Formatter { args, used: 0, clock: Some(clock), quote, out, printed: Printed::default() }.all(format)
}

/// Formats as GNU's command does; its messages have no prefix.
pub(crate) fn format_gnu(
    format: &[u8],
    args: &[&[u8]],
    quote: &dyn Fn(&[u8]) -> Vec<u8>,
    out: &mut Vec<u8>,
) -> Printed {
    Formatter { args, used: 0, clock: None, quote, out, printed: Printed::default() }.all(format)
}

/// Nothing more is printed.
struct Stop;

struct Formatter<'a> {
    args: &'a [&'a [u8]],
    /// Arguments that were taken.
    used: usize,
    /// bash's; `None` for GNU's way.
    clock: Option<&'a Clock>,
    quote: &'a dyn Fn(&[u8]) -> Vec<u8>,
    out: &'a mut Vec<u8>,
    printed: Printed,
}

impl<'a> Formatter<'a> {
    fn all(mut self, format: &[u8]) -> Printed {
        loop {
            let before = self.used;
            if self.once(format).is_err() || self.used >= self.args.len() {
                break;
            }
            if self.used == before {
                if self.is_gnu() {
                    let first = super::quote_locale(self.args.get(before).copied().unwrap_or_default());
                    self.warn(&[b"warning: ignoring excess arguments, starting with ", &first[..]].concat());
                }
                break;
            }
        }
        self.printed
    }

    fn is_gnu(&self) -> bool {
        self.clock.is_none()
    }

    /// Goes through the format once.
    fn once(&mut self, format: &[u8]) -> Result<(), Stop> {
        let mut rest = format;
        while let Some(at) = memchr::memchr2(b'%', b'\\', rest) {
            self.out.extend_from_slice(&rest[..at]);
            rest = &rest[at..];
            let length = if rest.first() == Some(&b'\\') { self.escape(rest)? } else { self.convert(rest)? };
            rest = rest.get(length..).unwrap_or_default();
        }
        self.out.extend_from_slice(rest);
        Ok(())
    }

    fn next_arg(&mut self) -> Option<&'a [u8]> {
        let arg = self.args.get(self.used).copied();
        self.used += usize::from(arg.is_some());
        arg
    }

    /// Says something that does not count as a failure.
    fn warn(&mut self, message: &[u8]) {
        let prefix: &[u8] = if self.is_gnu() { b"" } else { b"printf: " };
        self.printed.messages.push([prefix, message].concat());
    }

    fn fail(&mut self, message: &[u8]) {
        self.warn(message);
        self.printed.status = 1;
    }

    /// The escape at the start of `text`; its length.
    fn escape(&mut self, text: &[u8]) -> Result<usize, Stop> {
        let after = text.get(1..).unwrap_or_default();
        let Some(&letter) = after.first() else {
            self.out.push(b'\\');
            return Ok(1);
        };
        match letter {
            b'"' => self.out.push(letter),
            b'\'' | b'?' if !self.is_gnu() => self.out.push(letter),
            b'c' if self.is_gnu() => return Err(Stop),
            b'u' | b'U' if self.is_gnu() => return self.universal_character(letter, after),
            b'0'..=b'7' => {
                let (value, digits) = echo::number(after, 3, 8);
                self.out.push(value as u8);
                return Ok(1 + digits);
            }
            _ => match echo::simple(letter) {
                Some(byte) => self.out.push(byte),
                None => return self.coded_escape(letter, after),
            },
        }
        Ok(2)
    }

    fn coded_escape(&mut self, letter: u8, after: &[u8]) -> Result<usize, Stop> {
        match echo::coded(after, true, self.out) {
            Coded::Bytes(length) => return Ok(1 + length),
            Coded::NoDigits if self.is_gnu() => {
                self.fail(b"missing hexadecimal number in escape");
                return Err(Stop);
            }
            Coded::NoDigits => self.missing_digit(letter),
            Coded::Other => {}
        }
        self.out.extend_from_slice(&[b'\\', letter]);
        Ok(2)
    }

    /// GNU's `\uHHHH` and `\UHHHHHHHH`: all digits, and of no character that C99 forbids to be written so.
    fn universal_character(&mut self, letter: u8, after: &[u8]) -> Result<usize, Stop> {
        let digits_count = if letter == b'u' { 4 } else { 8 };
        let digits = after.get(1..).unwrap_or_default();
        let (value, length) = echo::number(digits, digits_count, 16);
        if length < digits_count {
            self.fail(b"missing hexadecimal number in escape");
            return Err(Stop);
        }
        let is_basic = value < 0xa0 && !matches!(value, 0x24 | 0x40 | 0x60);
        match char::from_u32(value).filter(|_| !is_basic) {
            Some(character) => self.out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
            None => {
                let name = [&[letter], digits.get(..length).unwrap_or_default()].concat();
                self.fail(&[b"invalid universal character name \\", &name[..]].concat());
                return Err(Stop);
            }
        }
        Ok(2 + length)
    }

    /// GNU's `%b`: the escapes of the format, and octal numbers with a `0` in front.
    fn escapes_of_argument(&mut self, text: &[u8]) -> Result<(), Stop> {
        let mut rest = text;
        while let Some(at) = memchr::memchr(b'\\', rest) {
            self.out.extend_from_slice(&rest[..at]);
            rest = &rest[at..];
            // The zero is dropped; `\0` alone needs it.
            let has_zero = matches!(rest, [_, b'0', b'0'..=b'7', ..]);
            let length = if has_zero {
                let (value, digits) = echo::number(rest.get(2..).unwrap_or_default(), 3, 8);
                self.out.push(value as u8);
                2 + digits
            } else {
                self.escape(rest)?
            };
            rest = rest.get(length..).unwrap_or_default();
        }
        self.out.extend_from_slice(rest);
        Ok(())
    }

    fn missing_digit(&mut self, letter: u8) {
        let kind: &[u8] = if letter == b'x' { b"hex" } else { b"unicode" };
        self.warn(&[b"missing ", kind, b" digit for \\", &[letter]].concat());
    }

    /// The conversion at the start of `text`; its length.
    fn convert(&mut self, text: &[u8]) -> Result<usize, Stop> {
        if text.get(1) == Some(&b'%') {
            self.out.push(b'%');
            return Ok(2);
        }
        let mut layout = Layout::default();
        let mut at = 1;
        let byte = |at: usize| text.get(at).copied();
        while let Some(flag @ (b'#' | b'\'' | b'-' | b'+' | b' ' | b'0')) = byte(at) {
            match flag {
                b'#' => layout.alternate = true,
                b'-' => layout.left = true,
                b'+' => layout.plus = true,
                b' ' => layout.blank = true,
                b'0' => layout.zero = true,
                _ => {}
            }
            at += 1;
        }
        let width = self.size(text, &mut at);
        layout.left |= width < 0;
        layout.width = width.unsigned_abs() as usize;
        if byte(at) == Some(b'.') {
            at += 1;
            let negative = byte(at) == Some(b'-');
            at += usize::from(negative);
            let precision = self.size(text, &mut at);
            layout.precision = usize::try_from(precision).ok().filter(|_| !negative);
        }
        let modifiers: &[u8] = if self.is_gnu() { b"hjLltz" } else { b"hjlLtz" };
        while byte(at).is_some_and(|byte| modifiers.contains(&byte)) {
            at += 1;
        }
        let Some(letter) = byte(at) else {
            let spec = text.get(..at).unwrap_or_default();
            self.missing_letter(spec);
            return Err(Stop);
        };
        if letter == b'(' && !self.is_gnu() {
            return Ok(self.time(text, at, &layout));
        }
        if self.is_gnu() && !allows(letter, &layout, text.get(1..at).unwrap_or_default()) {
            self.fail(&[text.get(..=at).unwrap_or_default(), b": invalid conversion specification"].concat());
            return Err(Stop);
        }
        self.apply(letter, &layout)?;
        Ok(at + 1)
    }

    fn missing_letter(&mut self, spec: &[u8]) {
        if self.is_gnu() {
            self.fail(&[spec, b": invalid conversion specification"].concat());
        } else {
            self.fail(&[b"`", spec, b"': missing format character"].concat());
        }
    }

    /// A width or precision: digits, or `*` for the next argument.
    fn size(&mut self, text: &[u8], at: &mut usize) -> i64 {
        let max = FORMAT_WIDTH_MAX as i64;
        if text.get(*at) == Some(&b'*') {
            *at += 1;
            return self.integer_arg().clamp(-max as i128, max as i128) as i64;
        }
        let mut value = 0_i64;
        while let Some(digit @ b'0'..=b'9') = text.get(*at) {
            value = (value * 10 + i64::from(digit - b'0')).min(max);
            *at += 1;
        }
        value
    }

    fn apply(&mut self, letter: u8, layout: &Layout) -> Result<(), Stop> {
        match letter {
            b's' => {
                let arg = self.next_arg().unwrap_or_default();
                layout.put_text(cut(arg, layout.precision), self.out);
            }
            b'c' => {
                let arg = self.next_arg().unwrap_or_default();
                // Of no character, the NUL that ends a C string.
                layout.put_text(&[arg.first().copied().unwrap_or(0)], self.out);
            }
            b'b' if self.is_gnu() => {
                let arg = self.next_arg().unwrap_or_default();
                self.escapes_of_argument(arg)?;
            }
            b'b' => {
                let arg = self.next_arg().unwrap_or_default();
                let mut text = Vec::new();
                let mut missing = Vec::new();
                let stopped =
                    echo::unescape(arg, Dialect::PrintfB, &mut text, &mut |letter| missing.push(letter));
                for letter in missing {
                    self.missing_digit(letter);
                }
                layout.put_text(cut(&text, layout.precision), self.out);
                if stopped {
                    return Err(Stop);
                }
            }
            b'q' => {
                let text = (self.quote)(self.next_arg().unwrap_or_default());
                layout.put_text(cut(&text, layout.precision), self.out);
            }
            b'Q' if !self.is_gnu() => {
                let arg = self.next_arg().unwrap_or_default();
                let text = (self.quote)(cut(arg, layout.precision));
                layout.put_text(&text, self.out);
            }
            // The number of bytes so far would go to a variable; there is none here.
            b'n' if !self.is_gnu() => {
                self.next_arg();
            }
            b'd' | b'i' => {
                let value = self.integer_arg();
                self.put_integer(value.clamp(i128::from(i64::MIN), i128::from(i64::MAX)), letter, layout);
            }
            b'o' | b'u' | b'x' | b'X' => {
                let value = self.unsigned_arg();
                self.put_integer(i128::from(value), letter, layout);
            }
            b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'a' | b'A' => {
                let value = self.float_arg();
                format_float(value, letter, layout, self.out);
            }
            letter => {
                self.fail(&[b"`", &[letter][..], b"': invalid format character"].concat());
                return Err(Stop);
            }
        }
        Ok(())
    }

    fn put_integer(&mut self, value: i128, letter: u8, layout: &Layout) {
        let magnitude = value.unsigned_abs();
        let mut digits = match letter {
            b'o' => format!("{magnitude:o}"),
            b'x' => format!("{magnitude:x}"),
            b'X' => format!("{magnitude:X}"),
            _ => magnitude.to_string(),
        };
        if let Some(precision) = layout.precision {
            if precision == 0 && value == 0 {
                digits.clear();
            }
            let zeros = precision.saturating_sub(digits.len());
            digits.insert_str(0, &"0".repeat(zeros));
        }
        let lead: &[u8] = match letter {
            b'd' | b'i' => layout.sign(value < 0),
            b'x' if layout.alternate && value != 0 => b"0x",
            b'X' if layout.alternate && value != 0 => b"0X",
            b'o' if layout.alternate && !digits.starts_with('0') => b"0",
            _ => b"",
        };
        let zero_fill = layout.zero && layout.precision.is_none();
        layout.put_number(lead, digits.as_bytes(), zero_fill, self.out);
    }

    /// A character behind a quote stands for its code.
    fn character(&mut self, arg: &[u8]) -> Option<u32> {
        let (quote, rest) = arg.split_first()?;
        if !matches!(quote, b'\'' | b'"') {
            return None;
        }
        let (character, length) = bstr::decode_utf8(rest);
        let value = character.map_or_else(|| rest.first().map_or(0, |&byte| u32::from(byte)), u32::from);
        if self.is_gnu() {
            if rest.is_empty() {
                let quoted = super::quote_locale(arg);
                self.fail(&[&quoted[..], b": expected a numeric value"].concat());
            } else if rest.len() > length {
                let left = rest.get(length..).unwrap_or_default();
                self.warn(
                    &[b"warning: ", left, b": character(s) following character constant have been ignored"]
                        .concat(),
                );
            }
        }
        Some(value)
    }

    fn integer_arg(&mut self) -> i128 {
        self.number_arg(i128::from(i64::MIN), i128::from(i64::MAX))
    }

    fn unsigned_arg(&mut self) -> u64 {
        // Negative numbers wrap around.
        self.number_arg(-i128::from(u64::MAX), i128::from(u64::MAX)) as u64
    }

    /// The next argument as an integer in the given range.
    fn number_arg(&mut self, min: i128, max: i128) -> i128 {
        let Some(arg) = self.next_arg() else { return 0 };
        if let Some(code) = self.character(arg) {
            return i128::from(code);
        }
        let (value, length) = parse_integer(arg);
        self.check_number(arg, length, value < min || value > max);
        // An unsigned number below the range is the highest.
        if value < min && min != i128::from(i64::MIN) { max } else { value.clamp(min, max) }
    }

    fn float_arg(&mut self) -> Extended {
        let Some(arg) = self.next_arg() else { return Extended::ZERO };
        if let Some(code) = self.character(arg) {
            return Extended::from_integer(i128::from(code));
        }
        let parsed = Extended::parse(arg);
        self.check_number(arg, parsed.length, parsed.out_of_range);
        parsed.value
    }

    /// Complains about a number of which only `length` bytes were read, or that is too large.
    fn check_number(&mut self, arg: &[u8], length: usize, out_of_range: bool) {
        if self.is_gnu() {
            let quoted = super::quote_locale(arg);
            if out_of_range {
                self.fail(&[&quoted[..], b": Numerical result out of range"].concat());
            } else if length < arg.len() && length == 0 {
                self.fail(&[&quoted[..], b": expected a numeric value"].concat());
            } else if length < arg.len() {
                self.fail(&[&quoted[..], b": value not completely converted"].concat());
            }
        } else if length < arg.len() {
            let kind: &[u8] = match arg {
                [b'0', b'x' | b'X', ..] => b": invalid hex number",
                [b'0', b'0'..=b'9', ..] => b": invalid octal number",
                _ => b": invalid number",
            };
            self.fail(&[arg, kind].concat());
        } else if out_of_range {
            self.warn(&[b"warning: ", arg, b": Numerical result out of range"].concat());
        }
    }

    /// `%(format)T`, whose parenthesis is at `open`; its length.
    fn time(&mut self, text: &[u8], open: usize, layout: &Layout) -> usize {
        let Some(clock) = self.clock else { return text.len() };
        let mut depth = 0_usize;
        let mut close = None;
        for (at, byte) in text.iter().enumerate().skip(open) {
            match byte {
                b'(' => depth += 1,
                b')' => depth -= 1,
                _ => continue,
            }
            if depth == 0 {
                close = Some(at);
                break;
            }
        }
        let letter = close.and_then(|at| text.get(at + 1));
        let (Some(close), Some(b'T')) = (close, letter) else {
            let found = letter.map_or(&b""[..], std::slice::from_ref);
            self.warn(&[b"warning: `", found, b"': invalid time format specification"].concat());
            self.out.extend_from_slice(text.get(..=open).unwrap_or_default());
            return open + 1;
        };
        let time = match self.args.get(self.used) {
            None => clock.now,
            Some(_) => match self.integer_arg() {
                -1 => clock.now,
                -2 => clock.started,
                secs => Time::from_secs(i64::try_from(secs).unwrap_or(i64::MAX)),
            },
        };
        let wanted = match text.get(open + 1..close) {
            Some(b"") | None => Cow::Borrowed(&b"%X"[..]),
            Some(format) => Cow::Borrowed(format),
        };
        let mut shown = Vec::new();
        format_time(&wanted, time, &clock.zone, &mut shown);
        layout.put_text(cut(&shown, layout.precision), self.out);
        close + 2
    }
}

/// Whether GNU knows the conversion with these flags; `between` is what stands before its letter.
fn allows(letter: u8, layout: &Layout, between: &[u8]) -> bool {
    let is_grouped = between.contains(&b'\'');
    match letter {
        b'b' | b'q' => between.is_empty(),
        b'c' => !(is_grouped || layout.alternate || layout.zero || layout.precision.is_some()),
        b's' => !(is_grouped || layout.alternate || layout.zero),
        b'd' | b'i' | b'u' => !layout.alternate,
        b'f' | b'F' | b'g' | b'G' => true,
        b'a' | b'A' | b'e' | b'E' | b'o' | b'x' | b'X' => !is_grouped,
        _ => false,
    }
}

/// At most so many bytes.
fn cut(text: &[u8], precision: Option<usize>) -> &[u8] {
    precision.and_then(|precision| text.get(..precision)).unwrap_or(text)
}

/// An integer as C's `strtoimax` reads it with base 0, and the bytes that belong to it; it stops growing
/// far outside 64 bits.
fn parse_integer(text: &[u8]) -> (i128, usize) {
    let blanks = text.iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == 11).count();
    let mut at = blanks;
    let negative = text.get(at) == Some(&b'-');
    at += usize::from(matches!(text.get(at), Some(b'-' | b'+')));
    let rest = text.get(at..).unwrap_or_default();
    let hex_follows = rest.get(2).is_some_and(u8::is_ascii_hexdigit);
    let base = match rest {
        [b'0', b'x' | b'X', ..] if hex_follows => 16,
        [b'0', ..] => 8,
        _ => 10,
    };
    at += if base == 16 { 2 } else { 0 };
    let digits = text.get(at..).unwrap_or_default().iter();
    let digits = digits.map_while(|&byte| char::from(byte).to_digit(base));
    let (mut value, mut count) = (0_i128, 0);
    for digit in digits {
        value = (value * i128::from(base) + i128::from(digit)).min(1 << 100);
        count += 1;
    }
    if count == 0 { (0, 0) } else { (if negative { -value } else { value }, at + count) }
}

#[cfg(test)]
#[path = "printf_tests.rs"]
mod tests;
