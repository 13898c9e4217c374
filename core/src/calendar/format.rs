//! `strftime` with the conversions, flags and widths of GNU `date`, in the POSIX locale.
//!
//! A conversion is `%`, flags (`-` no padding, `_` blanks, `0` zeros, `+` zeros and a sign for far years,
//! `^` upper case, `#` the other case), a width, `E` or `O` (a locale's own forms, of which the POSIX
//! locale has none), and a letter.

use super::{Civil, Zone};
use crate::abi::Time;
use crate::abi::limits::TIME_FORMAT_WIDTH_MAX;

/// Full names, Sunday first.
pub(super) const WEEKDAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
/// Full names.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Appends a time as `format` asks. What is no conversion is copied as it stands.
pub fn format_time(format: &[u8], time: Time, zone: &Zone, out: &mut Vec<u8>) {
    let moment = Moment { time, zone, civil: Civil::from_time(time, zone.offset_secs) };
    let mut rest = format;
    while let Some(at) = rest.iter().position(|&byte| byte == b'%') {
        let (plain, from) = rest.split_at(at);
        out.extend(plain);
        let (spec, length) = Spec::parse(from);
        let (text, after) = from.split_at(length.min(from.len()));
        if !moment.convert(&spec, out) {
            pad_text(&spec, &spec.cased(text), out);
        }
        rest = after;
    }
    out.extend(rest);
}

/// A conversion, taken apart.
#[derive(Clone, Copy, Default)]
struct Spec {
    /// `-`, `_`, `0` or `+`; the last one given counts.
    pad: Option<u8>,
    upper: bool,
    swap_case: bool,
    width: Option<usize>,
    modifier: Option<u8>,
    colons: usize,
    letter: u8,
    /// Nothing stands between `%` and the letter.
    is_bare: bool,
}

impl Spec {
    /// Reads one at the start of the text; and its length.
    fn parse(text: &[u8]) -> (Spec, usize) {
        let mut spec = Spec::default();
        let mut at = 1;
        let mut peek = || {
            let byte = text.get(at).copied();
            at += 1;
            byte
        };
        let mut byte = peek();
        while let Some(flag @ (b'-' | b'_' | b'0' | b'+' | b'^' | b'#')) = byte {
            match flag {
                b'^' => spec.upper = true,
                b'#' => spec.swap_case = true,
                _ => spec.pad = Some(flag),
            }
            byte = peek();
        }
        while let Some(digit @ b'0'..=b'9') = byte {
            let width = spec.width.unwrap_or(0) * 10 + usize::from(digit - b'0');
            spec.width = Some(width.min(TIME_FORMAT_WIDTH_MAX));
            byte = peek();
        }
        if let Some(b'E' | b'O') = byte {
            spec.modifier = byte;
            byte = peek();
        }
        // Colons are followed by `z`, or it is no conversion and the first colon ends it.
        if byte == Some(b':') {
            let colons =
                text.get(at - 1..).unwrap_or_default().iter().take_while(|&&byte| byte == b':').count();
            if colons <= 3 && text.get(at - 1 + colons) == Some(&b'z') {
                spec.colons = colons;
                spec.letter = b'z';
                return (spec, at + colons);
            }
        }
        spec.letter = byte.unwrap_or(0);
        spec.is_bare = at == 2;
        (spec, at)
    }

    /// Whether `E` or `O` may stand before this letter.
    fn is_modifier_allowed(&self) -> bool {
        match self.modifier {
            None => true,
            Some(b'E') => b"cCpqrsTxXyYz".contains(&self.letter),
            Some(_) => b"CdeGgHIjklmMNpPSsuUVwWyz".contains(&self.letter),
        }
    }

    fn cased(&self, text: &[u8]) -> Vec<u8> {
        if self.upper { text.to_ascii_uppercase() } else { text.to_vec() }
    }
}

/// A time as it is asked about.
struct Moment<'a> {
    time: Time,
    zone: &'a Zone,
    civil: Civil,
}

impl Moment<'_> {
    /// Appends one conversion; false when it is none.
    fn convert(&self, spec: &Spec, out: &mut Vec<u8>) -> bool {
        if !spec.is_modifier_allowed() {
            return false;
        }
        if spec.modifier.is_some() {
            // Such a form is a text to its width.
            let mut text = Vec::new();
            let bare =
                Spec { letter: spec.letter, colons: spec.colons, upper: spec.upper, ..Spec::default() };
            let is_known = self.convert(&bare, &mut text);
            pad_text(spec, &text, out);
            return is_known;
        }
        let civil = &self.civil;
        let hour_12 = (civil.hour + 11) % 12 + 1;
        let weekday = civil.weekday();
        let plain = |value: u8, digits| (i64::from(value), digits, b'0');
        let (value, digits, pad) = match spec.letter {
            b'd' => plain(civil.day, 2),
            b'e' => (i64::from(civil.day), 2, b'_'),
            b'H' => plain(civil.hour, 2),
            b'I' => plain(hour_12, 2),
            b'j' => (i64::from(civil.day_of_year()), 3, b'0'),
            b'k' => (i64::from(civil.hour), 2, b'_'),
            b'l' => (i64::from(hour_12), 2, b'_'),
            b'm' => plain(civil.month, 2),
            b'M' => plain(civil.minute, 2),
            b'q' => plain((civil.month - 1) / 3 + 1, 1),
            b'S' => plain(civil.second, 2),
            b's' => (self.time.secs, 1, b'0'),
            b'u' => plain((weekday + 6) % 7 + 1, 1),
            b'U' => plain(self.week_of_year(weekday), 2),
            b'V' => plain(civil.iso_week().1, 2),
            b'w' => plain(weekday, 1),
            b'W' => plain(self.week_of_year((weekday + 6) % 7), 2),
            b'y' => ((civil.year % 100).abs(), 2, b'0'),
            b'g' => ((civil.iso_week().0 % 100).abs(), 2, b'0'),
            _ => return self.convert_other(spec, out),
        };
        put_number(spec, Number::of(value), digits, pad, out);
        true
    }

    fn convert_other(&self, spec: &Spec, out: &mut Vec<u8>) -> bool {
        let civil = &self.civil;
        match spec.letter {
            b'Y' => put_year(spec, civil.year, 4, 9999, out),
            b'G' => put_year(spec, civil.iso_week().0, 4, 9999, out),
            b'C' => {
                let century =
                    Number { magnitude: (civil.year / 100).unsigned_abs(), is_negative: civil.year < 0 };
                put_signed(spec, century, 2, 99, out);
            }
            b'N' => put_nanos(spec, civil.nanos, out),
            b'z' => self.put_offset(spec, out),
            b'F' => self.put_iso_date(spec, out),
            _ => return self.convert_text(spec, out),
        }
        true
    }

    fn convert_text(&self, spec: &Spec, out: &mut Vec<u8>) -> bool {
        let civil = &self.civil;
        let weekday = WEEKDAYS.get(usize::from(civil.weekday())).copied().unwrap_or("?");
        let month = MONTHS.get(usize::from(civil.month) - 1).copied().unwrap_or("?");
        let is_name = matches!(spec.letter, b'a' | b'A' | b'b' | b'B' | b'h');
        let mut text = match spec.letter {
            b'a' => weekday.as_bytes()[..3].to_vec(),
            b'A' => weekday.as_bytes().to_vec(),
            b'b' | b'h' => month.as_bytes()[..3].to_vec(),
            b'B' => month.as_bytes().to_vec(),
            b'p' | b'P' => if civil.hour < 12 { b"AM" } else { b"PM" }.to_vec(),
            b'Z' => self.zone.name.as_bytes().to_vec(),
            b'n' => b"\n".to_vec(),
            b't' => b"\t".to_vec(),
            b'%' if spec.is_bare => b"%".to_vec(),
            b'c' => self.sub(b"%a %b %e %H:%M:%S %-Y"),
            b'D' | b'x' => self.sub(b"%m/%d/%y"),
            b'r' => self.sub(b"%I:%M:%S %p"),
            b'R' => self.sub(b"%H:%M"),
            b'T' | b'X' => self.sub(b"%H:%M:%S"),
            _ => return false,
        };
        if spec.letter == b'P' || spec.swap_case && matches!(spec.letter, b'p' | b'Z') {
            text.make_ascii_lowercase();
        } else if spec.upper || spec.swap_case && is_name {
            text.make_ascii_uppercase();
        }
        pad_text(spec, &text, out);
        true
    }

    fn sub(&self, format: &[u8]) -> Vec<u8> {
        let mut text = Vec::new();
        format_time(format, self.time, self.zone, &mut text);
        text
    }

    /// Weeks of the year that start on the day from which `since_start` counts; days before the first
    /// such day are in week 0.
    fn week_of_year(&self, since_start: u8) -> u8 {
        ((self.civil.day_of_year() + 6 - u16::from(since_start)) / 7) as u8
    }

    /// `%F`: a year of at least four digits with a sign beyond 9999, unless a flag or width says other.
    fn put_iso_date(&self, spec: &Spec, out: &mut Vec<u8>) {
        let mut year = *spec;
        if spec.pad.is_none() && spec.width.is_none() {
            year.pad = Some(b'+');
            year.width = Some(4);
        } else {
            year.width = Some(spec.width.unwrap_or(0).saturating_sub(6));
        }
        put_year(&year, self.civil.year, 4, 9999, out);
        out.extend(self.sub(b"-%m-%d"));
    }

    fn put_offset(&self, spec: &Spec, out: &mut Vec<u8>) {
        let is_negative = self.zone.offset_secs < 0;
        let offset = u64::from(self.zone.offset_secs.unsigned_abs());
        let (hours, minutes, seconds) = (offset / 3600, offset / 60 % 60, offset % 60);
        let (magnitude, digits, tail) = match spec.colons {
            0 => (hours * 100 + minutes, 4, String::new()),
            2 => (hours, 2, format!(":{minutes:02}:{seconds:02}")),
            3 if seconds != 0 => (hours, 2, format!(":{minutes:02}:{seconds:02}")),
            3 if minutes == 0 => (hours, 2, String::new()),
            _ => (hours, 2, format!(":{minutes:02}")),
        };
        let first = Spec { width: spec.width.map(|width| width.saturating_sub(tail.len())), ..*spec };
        let number = Number { magnitude, is_negative };
        put_padded(&first, number, Some(if is_negative { b'-' } else { b'+' }), digits + 1, b'0', out);
        out.extend(tail.as_bytes());
    }
}

/// A number with its sign, so that there is a -0.
#[derive(Clone, Copy)]
struct Number {
    magnitude: u64,
    is_negative: bool,
}

impl Number {
    fn of(value: i64) -> Number {
        Number { magnitude: value.unsigned_abs(), is_negative: value < 0 }
    }
}

fn put_number(spec: &Spec, number: Number, digits: usize, pad: u8, out: &mut Vec<u8>) {
    put_padded(spec, number, number.is_negative.then_some(b'-'), digits, pad, out);
}

fn put_year(spec: &Spec, year: i64, digits: usize, unsigned_max: u64, out: &mut Vec<u8>) {
    put_signed(spec, Number::of(year), digits, unsigned_max, out);
}

/// With `+`: a sign in front of what is wider than usual.
fn put_signed(spec: &Spec, number: Number, digits: usize, unsigned_max: u64, out: &mut Vec<u8>) {
    let is_wide = number.magnitude > unsigned_max || spec.width.is_some_and(|width| width > digits);
    let sign = match number.is_negative {
        true => Some(b'-'),
        false => (spec.pad == Some(b'+') && is_wide).then_some(b'+'),
    };
    put_padded(spec, number, sign, digits, b'0', out);
}

/// Appends sign and digits, filled up to `digits` or the width given.
fn put_padded(spec: &Spec, number: Number, sign: Option<u8>, digits: usize, pad: u8, out: &mut Vec<u8>) {
    let text = number.magnitude.to_string();
    let length = text.len() + usize::from(sign.is_some());
    let pad = spec.pad.unwrap_or(pad);
    let fill = match pad {
        b'-' => 0,
        _ => spec.width.unwrap_or(digits).saturating_sub(length),
    };
    if pad == b'_' {
        out.extend(core::iter::repeat_n(b' ', fill));
        out.extend(sign);
    } else {
        out.extend(sign);
        out.extend(core::iter::repeat_n(b'0', fill));
    }
    out.extend(text.as_bytes());
}

/// `%N`: the width counts digits after the point; `_` and `-` with a width take zeros off the end.
fn put_nanos(spec: &Spec, nanos: u32, out: &mut Vec<u8>) {
    let mut digits = format!("{nanos:09}").into_bytes();
    let width = spec.width.unwrap_or(9);
    digits.truncate(width.max(1));
    let is_cut = spec.pad == Some(b'_') || spec.pad == Some(b'-') && spec.width.is_some();
    while is_cut && digits.len() > 1 && digits.last() == Some(&b'0') {
        digits.pop();
    }
    let fill = if spec.pad == Some(b'-') { 0 } else { width.saturating_sub(digits.len()) };
    out.extend(digits);
    out.extend(core::iter::repeat_n(if spec.pad == Some(b'_') { b' ' } else { b'0' }, fill));
}

fn pad_text(spec: &Spec, text: &[u8], out: &mut Vec<u8>) {
    let fill = match spec.pad {
        Some(b'-') => 0,
        _ => spec.width.unwrap_or(0).saturating_sub(text.len()),
    };
    let byte = if matches!(spec.pad, Some(b'0' | b'+')) { b'0' } else { b' ' };
    out.extend(core::iter::repeat_n(byte, fill));
    out.extend(text);
}

#[cfg(test)]
#[path = "format_tests.rs"]
mod tests;
