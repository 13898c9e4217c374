//! How two lines compare, and a number by which most lines can be told apart at once.

use super::key::{Ignored, Key, Ordering as Flags, is_blank};
use crate::program::{Extended, Magnitude, version_order};
use std::cmp::Ordering;
use std::hash::Hasher;

/// The whole order.
pub struct Order {
    pub keys: Vec<Key>,
    pub separator: Option<u8>,
    /// Of the lines themselves, for the last resort or where there are no keys.
    pub reverse: bool,
    /// Equal keys make equal lines: `-s`, `-u`.
    pub keys_only: bool,
    /// What makes the random order.
    pub salt: u64,
}

impl Order {
    /// Compares two lines.
    pub fn compare(&self, one: &[u8], other: &[u8]) -> Ordering {
        for key in &self.keys {
            let order = self.compare_key(key, one, other);
            if order.is_ne() {
                return order;
            }
        }
        if self.keys_only && !self.keys.is_empty() {
            return Ordering::Equal;
        }
        let order = one.cmp(other);
        if self.reverse { order.reverse() } else { order }
    }

    fn compare_key(&self, key: &Key, one: &[u8], other: &[u8]) -> Ordering {
        let flags = key.ordering;
        let (one, other) = (key.of(one, self.separator), key.of(other, self.separator));
        let order = if flags.ignored != Ignored::None && (flags.random || flags.version) {
            let kept = |text: &[u8]| -> Vec<u8> { translated(text, flags).collect() };
            self.compare_text(flags, &kept(one), &kept(other))
        } else if flags.numeric {
            compare_numbers(one, other)
        } else if flags.human {
            unit_order(one).cmp(&unit_order(other)).then_with(|| compare_numbers(one, other))
        } else if flags.general {
            compare_general(one, other)
        } else if flags.month {
            month(one).cmp(&month(other))
        } else {
            self.compare_text(flags, one, other)
        };
        if flags.reverse { order.reverse() } else { order }
    }

    fn compare_text(&self, flags: Flags, one: &[u8], other: &[u8]) -> Ordering {
        let plain = flags.ignored == Ignored::None && !flags.fold;
        if flags.random {
            let (one, other): (Vec<u8>, Vec<u8>) = (translated(one, flags).collect(), translated(other, flags).collect());
            self.hash(&one).cmp(&self.hash(&other)).then_with(|| one.cmp(&other))
        } else if flags.version && plain {
            version_order::compare(one, other)
        } else if flags.version {
            let (one, other): (Vec<u8>, Vec<u8>) = (translated(one, flags).collect(), translated(other, flags).collect());
            version_order::compare(&one, &other)
        } else if plain {
            one.cmp(other)
        } else {
            translated(one, flags).cmp(translated(other, flags))
        }
    }

    fn hash(&self, text: &[u8]) -> u64 {
        let mut hasher = std::hash::DefaultHasher::new();
        hasher.write_u64(self.salt);
        hasher.write(text);
        hasher.finish()
    }

    /// A number that is never greater for the line that comes first.
    pub fn prefix(&self, line: &[u8]) -> u64 {
        let Some(key) = self.keys.first() else {
            let prefix = text_prefix(line.iter().copied());
            return if self.reverse { !prefix } else { prefix };
        };
        let flags = key.ordering;
        let text = key.of(line, self.separator);
        let prefix = if flags.numeric {
            number_prefix(text)
        } else if flags.month {
            month(text).into()
        } else if flags.human || flags.general || flags.random || flags.version {
            return 0;
        } else if flags.fold || flags.ignored != Ignored::None {
            text_prefix(translated(text, flags))
        } else {
            text_prefix(text.iter().copied())
        };
        if flags.reverse { !prefix } else { prefix }
    }
}

fn text_prefix(bytes: impl Iterator<Item = u8>) -> u64 {
    let mut prefix = [0; 8];
    for (slot, byte) in prefix.iter_mut().zip(bytes) {
        *slot = byte;
    }
    u64::from_be_bytes(prefix)
}

/// The bytes that count, in upper case if need be.
fn translated(text: &[u8], flags: Flags) -> impl Iterator<Item = u8> + '_ {
    let counts = move |byte: &&u8| match flags.ignored {
        Ignored::None => true,
        Ignored::NonDictionary => byte.is_ascii_alphanumeric() || is_blank(**byte),
        Ignored::NonPrinting => matches!(byte, b' '..=b'~'),
    };
    text.iter().filter(counts).map(move |byte| if flags.fold { byte.to_ascii_uppercase() } else { *byte })
}

/// A decimal number without an exponent: sign, digits before and behind the point, without zeros that do not count.
struct Number<'a> {
    negative: bool,
    whole: &'a [u8],
    fraction: &'a [u8],
    /// What follows it.
    rest: &'a [u8],
}

impl Number<'_> {
    fn is_zero(&self) -> bool {
        self.whole.is_empty() && self.fraction.is_empty()
    }
}

fn parse_number(text: &[u8]) -> Number<'_> {
    let start = text.iter().position(|&byte| !is_blank(byte)).unwrap_or(text.len());
    let text = text.get(start..).unwrap_or_default();
    let (negative, text) = text.strip_prefix(b"-").map_or((false, text), |rest| (true, rest));
    let (whole, mut rest) = text.split_at(text.iter().take_while(|byte| byte.is_ascii_digit()).count());
    let zeros = whole.iter().take_while(|&&byte| byte == b'0').count();
    let mut fraction: &[u8] = &[];
    if let Some(after) = rest.strip_prefix(b".") {
        (fraction, rest) = after.split_at(after.iter().take_while(|byte| byte.is_ascii_digit()).count());
        let end = fraction.iter().rposition(|&byte| byte != b'0').map_or(0, |last| last + 1);
        fraction = fraction.get(..end).unwrap_or_default();
    }
    Number { negative, whole: whole.get(zeros..).unwrap_or_default(), fraction, rest }
}

fn compare_numbers(one: &[u8], other: &[u8]) -> Ordering {
    let (one, other) = (parse_number(one), parse_number(other));
    let sign = |number: &Number| if number.is_zero() { 0 } else if number.negative { -1 } else { 1 };
    let magnitudes = || {
        let by_whole = one.whole.len().cmp(&other.whole.len()).then_with(|| one.whole.cmp(other.whole));
        by_whole.then_with(|| one.fraction.cmp(other.fraction))
    };
    match (sign(&one), sign(&other)) {
        (1, 1) => magnitudes(),
        (-1, -1) => magnitudes().reverse(),
        (one, other) => one.cmp(&other),
    }
}

/// The whole part of a number as one that grows with it.
fn number_prefix(text: &[u8]) -> u64 {
    let number = parse_number(text);
    let whole = if number.whole.len() > 18 {
        i64::MAX
    } else {
        number.whole.iter().fold(0, |sum: i64, byte| sum * 10 + i64::from(byte.wrapping_sub(b'0')))
    };
    let signed = if number.negative { -whole } else { whole };
    (signed as u64) ^ (1 << 63)
}

/// 1 for K, 2 for M and so on, negative for negative numbers; 0 for zero.
fn unit_order(text: &[u8]) -> i32 {
    let number = parse_number(text);
    let letter = number.rest.first().copied().unwrap_or_default();
    let order = match letter {
        b'k' => 1,
        letter => b"KMGTPEZY".iter().position(|&unit| unit == letter).map_or(0, |at| at as i32 + 1),
    };
    match (number.is_zero(), number.negative) {
        (true, _) => 0,
        (false, true) => -order,
        (false, false) => order,
    }
}

/// What is no number first, then what is not a number (NaN), then numbers.
fn compare_general(one: &[u8], other: &[u8]) -> Ordering {
    let (one, other) = (Extended::parse(one), Extended::parse(other));
    let rank = |length: usize, value: Extended| match (length, value.magnitude) {
        (0, _) => 0,
        (_, Magnitude::Nan) => 1,
        _ => 2,
    };
    let by_rank = rank(one.length, one.value).cmp(&rank(other.length, other.value));
    by_rank.then_with(|| one.value.compare(other.value).unwrap_or(Ordering::Equal))
}

/// 1 for January; 0 for what is no month.
fn month(text: &[u8]) -> u8 {
    let start = text.iter().position(|&byte| !is_blank(byte)).unwrap_or(text.len());
    let Some(name) = text.get(start..start + 3) else { return 0 };
    let names = b"JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
    let found = names.chunks_exact(3).position(|month| month.eq_ignore_ascii_case(name));
    found.map_or(0, |at| at as u8 + 1)
}
