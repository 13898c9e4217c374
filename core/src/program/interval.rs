//! Spans of time as words: `1.5`, `2m`, `0x10s`.

use super::{Extended, Layout, format_float};

/// Nanoseconds of `1.5h` (`s`, the default, `m`, `h`, `d`): what `sleep` and `timeout` take. The largest number
/// for what is longer than that; `None` for what is no span.
#[must_use]
pub fn parse_interval(text: &[u8]) -> Option<u64> {
    let parsed = Extended::parse(text);
    let seconds = match text.get(parsed.length..)? {
        b"" | b"s" => 1,
        b"m" => 60,
        b"h" => 3600,
        b"d" => 86_400,
        _ => return None,
    };
    if parsed.length == 0 || !parsed.value.compare(Extended::ZERO)?.is_ge() {
        return None;
    }
    let nanos = parsed.value.times(Extended::from_integer(seconds * 1_000_000_000));
    let mut digits = Vec::new();
    format_float(nanos, b'f', &Layout { precision: Some(0), ..Layout::default() }, &mut digits);
    Some(std::str::from_utf8(&digits).ok().and_then(|digits| digits.parse().ok()).unwrap_or(u64::MAX))
}

/// As `parse_interval`, of a number alone.
#[must_use]
pub fn parse_seconds(text: &[u8]) -> Option<u64> {
    let is_number = Extended::parse(text).length == text.len();
    parse_interval(text).filter(|_| is_number)
}
