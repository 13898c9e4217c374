//! `printf` and `sprintf` of awk.

use super::value::Value;
use crate::abi::limits::FORMAT_WIDTH_MAX;
use crate::program::{Extended, Layout, format_float};

/// Appends the values as the format says. Missing ones are empty.
pub(super) fn sprintf(format: &[u8], values: &[Value], convfmt: &[u8], utf8: bool, out: &mut Vec<u8>) {
    let mut values = values.iter();
    let mut rest = format;
    while let Some(at) = memchr::memchr(b'%', rest) {
        out.extend_from_slice(rest.get(..at).unwrap_or_default());
        rest = rest.get(at..).unwrap_or_default();
        let mut layout = Layout::default();
        let mut length = 1;
        while let Some(flag) = rest.get(length) {
            match flag {
                b'-' => layout.left = true,
                b'+' => layout.plus = true,
                b' ' => layout.blank = true,
                b'#' => layout.alternate = true,
                b'0' => layout.zero = true,
                _ => break,
            }
            length += 1;
        }
        let mut count = |length: &mut usize| -> i64 {
            if rest.get(*length) == Some(&b'*') {
                *length += 1;
                return values.next().map_or(0, |value| value.number() as i64);
            }
            let mut number = 0_i64;
            while let Some(digit @ b'0'..=b'9') = rest.get(*length) {
                number = number.saturating_mul(10).saturating_add(i64::from(digit - b'0'));
                *length += 1;
            }
            number
        };
        let bounded = |number: u64| usize::try_from(number).unwrap_or(usize::MAX).min(FORMAT_WIDTH_MAX);
        let width = count(&mut length);
        layout.left |= width < 0;
        layout.width = bounded(width.unsigned_abs());
        if rest.get(length) == Some(&b'.') {
            length += 1;
            let precision = count(&mut length);
            layout.precision = u64::try_from(precision).ok().map(bounded);
        }
        while matches!(rest.get(length), Some(b'h' | b'l' | b'L' | b'q')) {
            length += 1;
        }
        let Some(&conversion) = rest.get(length) else {
            out.extend_from_slice(rest);
            return;
        };
        length += 1;
        match conversion {
            b'%' => out.push(b'%'),
            b'd' | b'i' | b'o' | b'x' | b'X' | b'u' => {
                put_integer(values.next().map_or(0.0, Value::number), conversion, &layout, out);
            }
            b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'a' | b'A' => {
                let number = values.next().map_or(0.0, Value::number);
                format_float(Extended::from_f64(number), conversion, &layout, out);
            }
            b'c' => {
                let mut shown = Vec::new();
                match values.next() {
                    Some(value) if value.is_number() => put_character(value.number(), utf8, &mut shown),
                    Some(value) => {
                        let text = value.to_text(convfmt);
                        shown.extend_from_slice(text.get(..first_length(&text, utf8)).unwrap_or_default());
                    }
                    None => {}
                }
                put_text(&shown, &layout, utf8, out);
            }
            b's' => {
                let text = values.next().map(|value| value.to_text(convfmt));
                let text = text.as_deref().unwrap_or_default();
                let shown = match layout.precision {
                    Some(most) if !utf8 || text.is_ascii() => text.get(..most).unwrap_or(text),
                    Some(most) => {
                        use bstr::ByteSlice;
                        let end = text.char_indices().nth(most).map_or(text.len(), |(from, ..)| from);
                        text.get(..end).unwrap_or(text)
                    }
                    None => text,
                };
                put_text(shown, &layout, utf8, out);
            }
            _ => out.extend_from_slice(rest.get(..length).unwrap_or_default()),
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
}

/// The bytes of the first character of a text.
fn first_length(text: &[u8], utf8: bool) -> usize {
    use bstr::ByteSlice;
    if !utf8 {
        return text.len().min(1);
    }
    text.char_indices().next().map_or(0, |(from, to, _)| to - from)
}

fn put_character(number: f64, utf8: bool, out: &mut Vec<u8>) {
    match char::from_u32(number as u32).filter(|_| utf8) {
        Some(character) => out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        None => out.push(number as i64 as u8),
    }
}

fn put_text(text: &[u8], layout: &Layout, utf8: bool, out: &mut Vec<u8>) {
    use bstr::ByteSlice;
    // A width counts characters.
    let extra = if utf8 && !text.is_ascii() { text.len() - text.chars().count() } else { 0 };
    let width = if layout.width > 0 { layout.width + extra } else { 0 };
    Layout { width, ..*layout }.put_text(text, out);
}

fn put_integer(number: f64, conversion: u8, layout: &Layout, out: &mut Vec<u8>) {
    let signed = matches!(conversion, b'd' | b'i');
    if !number.is_finite() || number.abs() >= 1.7e38 || (!signed && number <= -1e19) {
        let layout = Layout { zero: false, precision: Some(0), ..*layout };
        return format_float(Extended::from_f64(number), b'f', &layout, out);
    }
    let whole = number.trunc() as i128;
    let (negative, magnitude) = if signed {
        (whole < 0, whole.unsigned_abs())
    } else if whole < 0 {
        (false, u128::from(whole as i64 as u64))
    } else {
        (false, whole.unsigned_abs())
    };
    let digits = match conversion {
        b'o' => format!("{magnitude:o}"),
        b'x' => format!("{magnitude:x}"),
        b'X' => format!("{magnitude:X}"),
        _ => magnitude.to_string(),
    };
    let mut digits = if layout.precision == Some(0) && magnitude == 0 { String::new() } else { digits };
    if let Some(least) = layout.precision {
        digits = format!("{}{digits}", "0".repeat(least.saturating_sub(digits.len())));
    }
    let mut lead = if signed { layout.sign(negative).to_vec() } else { Vec::new() };
    if layout.alternate && magnitude != 0 {
        match conversion {
            b'o' if !digits.starts_with('0') => digits.insert(0, '0'),
            b'x' => lead.extend_from_slice(b"0x"),
            b'X' => lead.extend_from_slice(b"0X"),
            _ => {}
        }
    }
    layout.put_number(&lead, digits.as_bytes(), layout.zero && layout.precision.is_none(), out);
}
