//! Counts with a unit behind them, as `head`, `tail`, `sort -S` and many others take: `10`, `4K`, `1MB`, `2b`.

/// What is wrong with a count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CountError {
    /// It is no number with one of the units.
    Invalid,
    /// It is a number, but it does not fit.
    TooLarge,
}

/// The units of `head`, `tail` and others: `b` is 512, a letter is a power of 1024, with `B` of 1000.
pub const ALL_UNITS: &[u8] = b"bkKmMGTPEZY0";

/// Reads a count. `units` are the letters that may follow; with `0` among them, a letter may be followed by `B`
/// (powers of 1000) or `iB`. Blanks and a `+` may stand in front; a unit alone counts as one of it.
pub fn parse_count(text: &[u8], units: &[u8]) -> Result<u64, CountError> {
    let text = text.trim_ascii_start();
    let text = text.strip_prefix(b"+").unwrap_or(text);
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (number, unit) = text.split_at(digits);
    let is_unit = unit.first().is_some_and(|letter| units.contains(letter));
    if (number.is_empty() && !is_unit) || (!unit.is_empty() && !is_unit) {
        return Err(CountError::Invalid);
    }
    let decimal =
        |sum: Option<u64>, byte: &u8| sum?.checked_mul(10)?.checked_add(u64::from(byte.wrapping_sub(b'0')));
    let count = if number.is_empty() { Some(1) } else { number.iter().fold(Some(0), decimal) };
    let (&letter, rest) = match unit.split_first() {
        Some(split) => split,
        None => return count.ok_or(CountError::TooLarge),
    };
    let base: u64 = match rest {
        [] => 1024,
        b"B" | b"D" if units.contains(&b'0') => 1000,
        b"iB" if units.contains(&b'0') => 1024,
        _ => return Err(CountError::Invalid),
    };
    let scaled =
        |count: Option<u64>, power: u32| (0..power).try_fold(count?, |count, _| count.checked_mul(base));
    let result = match letter {
        b'b' => count.and_then(|count| count.checked_mul(512)),
        b'c' => count,
        b'w' => count.and_then(|count| count.checked_mul(2)),
        b'k' | b'K' => scaled(count, 1),
        b'm' | b'M' => scaled(count, 2),
        b'G' => scaled(count, 3),
        b'T' => scaled(count, 4),
        b'P' => scaled(count, 5),
        b'E' => scaled(count, 6),
        b'Z' => scaled(count, 7),
        b'Y' => scaled(count, 8),
        _ => return Err(CountError::Invalid),
    };
    result.ok_or(CountError::TooLarge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<u64, CountError>) {
        assert_eq!(parse_count(text.as_bytes(), ALL_UNITS), expected, "{text}");
    }

    #[test]
    fn counts_have_units() {
        check("0", Ok(0));
        check(" +12", Ok(12));
        check("2b", Ok(1024));
        check("K", Ok(1024));
        check("1kB", Ok(1000));
        check("3MiB", Ok(3 << 20));
        check("1Y", Err(CountError::TooLarge));
        check("0Y", Ok(0));
        check("99999999999999999999", Err(CountError::TooLarge));
        check("", Err(CountError::Invalid));
        check("-1", Err(CountError::Invalid));
        check("1Q", Err(CountError::Invalid));
        check("1KB2", Err(CountError::Invalid));
        check("0x2", Err(CountError::Invalid));
    }
}
