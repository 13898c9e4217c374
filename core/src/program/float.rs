//! C's floating-point conversions `%e %f %g %a`, exact for every precision (C17 7.21.6.1).

use super::extended::{Extended, Magnitude, decimal};

/// Flags, width and precision of a conversion, as `%+#08.3f` gives them.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Layout {
    /// `-`: to the left.
    pub left: bool,
    /// `+`: a sign always.
    pub plus: bool,
    /// ` `: a blank where there is no sign.
    pub blank: bool,
    /// `#`: the other form.
    pub alternate: bool,
    /// `0`: filled with zeros.
    pub zero: bool,
    /// At least so many bytes.
    pub width: usize,
    /// Digits, or bytes of a text at most.
    pub precision: Option<usize>,
}

impl Layout {
    /// Appends a text in its width.
    pub fn put_text(&self, text: &[u8], out: &mut Vec<u8>) {
        let fill = self.width.saturating_sub(text.len());
        if !self.left {
            out.resize(out.len() + fill, b' ');
        }
        out.extend_from_slice(text);
        if self.left {
            out.resize(out.len() + fill, b' ');
        }
    }

    /// Appends a number in its width: a sign or prefix, zeros where they are asked for, digits.
    pub fn put_number(&self, lead: &[u8], digits: &[u8], zero_fill: bool, out: &mut Vec<u8>) {
        let fill = self.width.saturating_sub(lead.len() + digits.len());
        if zero_fill && !self.left {
            out.extend_from_slice(lead);
            out.resize(out.len() + fill, b'0');
            out.extend_from_slice(digits);
        } else {
            self.put_text(&[lead, digits].concat(), out);
        }
    }

    /// What stands before a number: `-`, `+`, a blank or nothing.
    #[must_use]
    pub fn sign(&self, negative: bool) -> &'static [u8] {
        match (negative, self.plus, self.blank) {
            (true, ..) => b"-",
            (false, true, _) => b"+",
            (false, false, true) => b" ",
            _ => b"",
        }
    }
}

/// Appends a number by one of the conversions `e E f F g G a A`.
pub fn format_float(value: Extended, conversion: u8, layout: &Layout, out: &mut Vec<u8>) {
    let mut lead = layout.sign(value.negative).to_vec();
    let lower = conversion.to_ascii_lowercase();
    let mut text = match value.magnitude {
        Magnitude::Infinite => b"inf".to_vec(),
        Magnitude::Nan => b"nan".to_vec(),
        Magnitude::Finite { mantissa, exponent } if lower == b'a' => {
            lead.extend_from_slice(b"0x");
            hexadecimal(mantissa, exponent, layout)
        }
        Magnitude::Finite { mantissa, exponent } => {
            let (digits, point) = decimal(mantissa, exponent);
            let precision = layout.precision.unwrap_or(6);
            match lower {
                b'e' => scientific(&digits, point, precision, layout.alternate),
                b'g' => shorter(&digits, point, precision.max(1), layout.alternate),
                _ => fixed(&digits, point, precision, layout.alternate),
            }
        }
    };
    if conversion.is_ascii_uppercase() {
        text.make_ascii_uppercase();
        lead.make_ascii_uppercase();
    }
    layout.put_number(&lead, &text, layout.zero && value.is_finite(), out);
}

/// The first `count` digits, rounded half to even; a carry may make a digit more in front: `point` says.
fn round(digits: &[u8], point: i32, count: i64) -> (Vec<u8>, i32) {
    let Ok(count) = usize::try_from(count) else { return (Vec::new(), point) };
    let (mut kept, rest) = match digits.split_at_checked(count) {
        Some((kept, rest)) => (kept.to_vec(), rest),
        None => return (digits.to_vec(), point),
    };
    let is_odd = kept.last().is_some_and(|digit| digit % 2 == 1);
    let up = match rest.split_first() {
        Some((&first, after)) => {
            first > 5 || (first == 5 && (is_odd || after.iter().any(|&digit| digit != 0)))
        }
        None => false,
    };
    if !up {
        return (kept, point);
    }
    for digit in kept.iter_mut().rev() {
        if *digit < 9 {
            *digit += 1;
            return (kept, point);
        }
        *digit = 0;
    }
    kept.insert(0, 1);
    (kept, point + 1)
}

fn fixed(digits: &[u8], point: i32, precision: usize, alternate: bool) -> Vec<u8> {
    let (digits, point) = round(digits, point, i64::from(point) + precision as i64);
    let mut text = Vec::with_capacity(precision + point.max(0) as usize + 2);
    let digit =
        |at: i64| usize::try_from(at).ok().and_then(|at| digits.get(at)).map_or(b'0', |digit| b'0' + digit);
    match point {
        1.. => text.extend((0..i64::from(point)).map(digit)),
        _ => text.push(b'0'),
    }
    if precision > 0 || alternate {
        text.push(b'.');
    }
    // Digits before the first one are zeros, as are those behind the last.
    let first = i64::from(point);
    let end = (digits.len() as i64 - first).clamp(0, precision as i64);
    text.extend((0..end).map(|place| digit(first + place)));
    text.resize(text.len() + precision - end as usize, b'0');
    text
}

fn scientific(digits: &[u8], point: i32, precision: usize, alternate: bool) -> Vec<u8> {
    let is_zero = digits.is_empty();
    let (digits, point) = round(digits, point, precision as i64 + 1);
    let mut text = vec![b'0' + digits.first().copied().unwrap_or(0)];
    if precision > 0 || alternate {
        text.push(b'.');
    }
    let fraction = digits.iter().skip(1).take(precision);
    text.extend(fraction.map(|digit| b'0' + digit));
    let have = digits.len().saturating_sub(1).min(precision);
    text.resize(text.len() + precision - have, b'0');
    let exponent = if is_zero { 0 } else { point - 1 };
    let sign = if exponent < 0 { '-' } else { '+' };
    text.extend_from_slice(format!("e{sign}{:02}", exponent.unsigned_abs()).as_bytes());
    text
}

/// `%g`: whichever of the two is shorter, without zeros at the end.
fn shorter(digits: &[u8], point: i32, precision: usize, alternate: bool) -> Vec<u8> {
    let (rounded, rounded_point) = round(digits, point, precision as i64);
    let exponent = if digits.is_empty() { 0 } else { i64::from(rounded_point) - 1 };
    // Without zeros at the end no more digits are wanted than there are.
    let significant = rounded.iter().rposition(|&digit| digit != 0).map_or(1, |last| last + 1);
    let precision_shown = if alternate { precision } else { significant };
    if exponent >= -4 && exponent < precision as i64 {
        let places = (precision_shown as i64 - 1 - exponent).max(0) as usize;
        fixed(&rounded, rounded_point, places, alternate)
    } else {
        scientific(&rounded, rounded_point, precision_shown.saturating_sub(1), alternate)
    }
}

/// `%a` of the x86 extended format: one hexadecimal digit from 8 to f, a point, the others.
fn hexadecimal(mantissa: u64, exponent: i32, layout: &Layout) -> Vec<u8> {
    let mut power = if mantissa == 0 { 0 } else { exponent + 60 };
    let mut digits = mantissa;
    let places = match layout.precision {
        None => 15 - (mantissa.trailing_zeros() / 4).min(15) as usize,
        Some(precision) => precision,
    };
    if places < 15 {
        let cut = (15 - places) * 4;
        let kept = mantissa >> cut;
        let rest = mantissa & ((1 << cut) - 1);
        let half = 1_u64 << (cut - 1);
        let up = rest > half || (rest == half && kept & 1 == 1);
        let wide = u128::from(kept + u64::from(up)) << cut;
        digits = wide as u64;
        if wide >> 64 != 0 {
            digits = 1 << 60;
            power += 4;
        }
    }
    let hex = format!("{digits:016x}");
    let (first, others) = hex.split_at(1);
    let mut text = first.as_bytes().to_vec();
    if places > 0 || layout.alternate {
        text.push(b'.');
    }
    text.extend(others.bytes().take(places));
    text.resize(text.len() + places.saturating_sub(15), b'0');
    text.extend_from_slice(format!("p{power:+}").as_bytes());
    text
}
