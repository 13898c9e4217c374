//! The formats of `stat`: text with directives, and with escapes where they are asked for.

use crate::abi::Time;
use crate::abi::limits::FORMAT_WIDTH_MAX;
use crate::program::{Layout, quote_locale};

/// A format of the command line, or one of the command's own.
pub(super) struct Format {
    pub(super) text: Vec<u8>,
    /// Backslashes are escapes (`--printf`).
    pub(super) has_escapes: bool,
    /// Its last byte is the newline of `--format`, no part of a directive before it.
    pub(super) last_is_newline: bool,
}

/// What a directive stands for.
pub(super) enum Value {
    /// Shown as it is.
    Text(Vec<u8>),
    /// A name and, of a symbolic link, its target; each in the width.
    Names(Vec<u8>, Option<Vec<u8>>),
    /// A number that takes `+` and blanks.
    Signed(u64),
    Decimal(u64),
    Octal(u64),
    Hex(u64),
    /// Seconds since the epoch; the precision says how much of the fraction is shown.
    Seconds(Time),
    /// There is none, and that is an error.
    NoContext,
}

/// What is shown.
pub(super) trait Subject {
    /// The value of a directive; the modifier is `H` or `L`. `None` where there is no such directive.
    fn value(&self, modifier: Option<u8>, letter: u8) -> Option<Value>;
}

/// What is wrong with a format.
pub(super) enum Problem {
    Warning(Vec<u8>),
    NoContext,
    /// The directive in quotes; nothing behind it is shown.
    Invalid(Vec<u8>),
}

impl Format {
    /// One without escapes.
    pub(super) fn plain(text: Vec<u8>) -> Format {
        Format { text, has_escapes: false, last_is_newline: false }
    }

    /// Appends the format with its directives replaced.
    pub(super) fn put(&self, subject: &dyn Subject, out: &mut Vec<u8>, problems: &mut Vec<Problem>) {
        let end = self.text.len() - usize::from(self.last_is_newline);
        let (mut rest, newline) = self.text.split_at(end);
        while let Some((&byte, after)) = rest.split_first() {
            rest = match byte {
                b'%' => match directive(rest, subject, out, problems) {
                    Some(length) => rest.get(length..).unwrap_or_default(),
                    None => return,
                },
                b'\\' if self.has_escapes => after.get(escape(after, out, problems)..).unwrap_or_default(),
                _ => {
                    out.push(byte);
                    after
                }
            };
        }
        out.extend_from_slice(newline);
    }
}

/// Puts out the directive at the start of a text; its length. `None` when it is wrong.
fn directive(text: &[u8], subject: &dyn Subject, out: &mut Vec<u8>, problems: &mut Vec<Problem>) -> Option<usize> {
    let mut layout = Layout::default();
    let mut at = 1;
    while let Some(&flag) = text.get(at) {
        match flag {
            b'-' => layout.left = true,
            b'+' => layout.plus = true,
            b' ' => layout.blank = true,
            b'#' => layout.alternate = true,
            b'0' => layout.zero = true,
            b'\'' | b'I' => {}
            _ => break,
        }
        at += 1;
    }
    layout.width = number(text, &mut at).unwrap_or(0);
    if text.get(at) == Some(&b'.') {
        at += 1;
        layout.precision = Some(number(text, &mut at).unwrap_or(0));
    }
    // `%.X` shows the whole fraction, where `%.0X` shows none.
    let all_digits = text.get(at.wrapping_sub(1)) == Some(&b'.');
    match text.get(at) {
        None | Some(b'%') if at > 1 => {
            let shown = text.get(..=at).unwrap_or(text);
            problems.push(Problem::Invalid(quote_locale(shown)));
            return None;
        }
        None => {
            out.push(b'%');
            return Some(at);
        }
        Some(b'%') => {
            out.push(b'%');
            return Some(at + 1);
        }
        Some(&modifier @ (b'H' | b'L')) => {
            if let Some(&letter @ (b'd' | b'r')) = text.get(at + 1) {
                show(subject.value(Some(modifier), letter), layout, false, out, problems);
                return Some(at + 2);
            }
            out.push(b'?');
        }
        Some(&letter) => show(subject.value(None, letter), layout, all_digits, out, problems),
    }
    Some(at + 1)
}

fn number(text: &[u8], at: &mut usize) -> Option<usize> {
    let mut number = None;
    while let Some(digit) = text.get(*at).filter(|byte| byte.is_ascii_digit()) {
        number = Some((number.unwrap_or(0) * 10 + usize::from(digit - b'0')).min(FORMAT_WIDTH_MAX));
        *at += 1;
    }
    number
}

fn show(value: Option<Value>, layout: Layout, all_digits: bool, out: &mut Vec<u8>, problems: &mut Vec<Problem>) {
    let text = |text: &[u8], out: &mut Vec<u8>| {
        let shown = text.get(..layout.precision.unwrap_or(text.len()).min(text.len())).unwrap_or_default();
        layout.put_text(shown, out);
    };
    match value {
        None => out.push(b'?'),
        Some(Value::NoContext) => {
            problems.push(Problem::NoContext);
            text(b"?", out);
        }
        Some(Value::Text(value)) => text(&value, out),
        Some(Value::Names(name, target)) => {
            text(&name, out);
            if let Some(target) = target {
                out.extend_from_slice(b" -> ");
                text(&target, out);
            }
        }
        Some(Value::Signed(number)) => digits(layout.sign(false), number.to_string(), layout, out),
        Some(Value::Decimal(number)) => digits(b"", number.to_string(), layout, out),
        Some(Value::Octal(number)) => {
            let lead: &[u8] = if layout.alternate && number != 0 { b"0" } else { b"" };
            digits(lead, format!("{number:o}"), layout, out);
        }
        Some(Value::Hex(number)) => {
            let lead: &[u8] = if layout.alternate && number != 0 { b"0x" } else { b"" };
            digits(lead, format!("{number:x}"), layout, out);
        }
        Some(Value::Seconds(time)) => {
            let precision = if all_digits { 9 } else { layout.precision.unwrap_or(0) };
            seconds(time, precision, layout, out);
        }
    }
}

/// A number with at least as many digits as the precision says.
fn digits(lead: &[u8], digits: String, layout: Layout, out: &mut Vec<u8>) {
    let wanted = layout.precision.unwrap_or(0);
    let digits = format!("{}{digits}", "0".repeat(wanted.saturating_sub(digits.len())));
    layout.put_number(lead, digits.as_bytes(), layout.zero && layout.precision.is_none(), out);
}

/// Seconds with so many digits of their fraction, cut off.
fn seconds(time: Time, precision: usize, layout: Layout, out: &mut Vec<u8>) {
    let negative = time.as_nanos() < 0;
    let (whole, nanos) = if precision == 0 {
        (time.secs.unsigned_abs(), 0)
    } else {
        let nanos = time.as_nanos().unsigned_abs();
        (u64::try_from(nanos / 1_000_000_000).unwrap_or(u64::MAX), nanos % 1_000_000_000)
    };
    let mut digits = whole.to_string();
    if precision > 0 {
        let mut fraction = format!("{nanos:09}");
        fraction.truncate(precision);
        digits = format!("{digits}.{fraction}{}", "0".repeat(precision - fraction.len()));
    }
    layout.put_number(layout.sign(negative), digits.as_bytes(), layout.zero, out);
}

/// Puts out what a backslash and this text stand for; how much of the text that is.
fn escape(text: &[u8], out: &mut Vec<u8>, problems: &mut Vec<Problem>) -> usize {
    let coded = |digits: &[u8], base: u32, max: usize| -> (u32, usize) {
        let values = digits.iter().map_while(|&digit| char::from(digit).to_digit(base)).take(max);
        values.fold((0, 0), |(number, count), digit| (number * base + digit, count + 1))
    };
    let letter = match text.first() {
        None => {
            problems.push(Problem::Warning(b"backslash at end of format".to_vec()));
            out.push(b'\\');
            return 0;
        }
        Some(b'0'..=b'7') => {
            let (number, count) = coded(text, 8, 3);
            out.push((number & 0xff) as u8);
            return count;
        }
        Some(b'x') => {
            let (number, count) = coded(text.get(1..).unwrap_or_default(), 16, 2);
            if count > 0 {
                out.push((number & 0xff) as u8);
                return count + 1;
            }
            b'x'
        }
        Some(&letter) => letter,
    };
    out.push(match letter {
        b'a' => 7,
        b'b' => 8,
        b'e' => 27,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 11,
        b'"' | b'\\' => letter,
        _ => {
            problems.push(Problem::Warning([b"unrecognized escape '\\", &[letter][..], b"'"].concat()));
            letter
        }
    });
    1
}
