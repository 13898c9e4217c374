//! The order of names with versions in them: `ls -v`, `sort -V` (GNU "Version sort ordering").

use std::cmp::Ordering;

/// Compares two names: numbers by value, letters before other characters, `~` before everything, endings
/// such as `.tar.gz` only when nothing else differs.
#[must_use]
pub fn compare(one: &[u8], other: &[u8]) -> Ordering {
    let rank = |name: &[u8]| match name {
        b"" => 0,
        b"." => 1,
        b".." => 2,
        [b'.', ..] => 3,
        _ => 4,
    };
    let ranks = rank(one).cmp(&rank(other));
    if ranks != Ordering::Equal {
        return ranks;
    }
    let stems = (one.get(..stem_len(one)).unwrap_or(one), other.get(..stem_len(other)).unwrap_or(other));
    let whole = || compare_parts(one, other);
    match compare_parts(stems.0, stems.1) {
        Ordering::Equal if stems.0.len() == one.len() && stems.1.len() == other.len() => Ordering::Equal,
        Ordering::Equal => whole(),
        order => order,
    }
}

/// The length without the ending: the longest run of `.` and letters, digits and `~`, where each part begins
/// with a letter or `~`.
fn stem_len(name: &[u8]) -> usize {
    let mut end = name.len();
    let mut at = name.len();
    while let Some(before) = at.checked_sub(1) {
        let byte = name.get(before).copied().unwrap_or_default();
        if byte == b'.' {
            let first = name.get(before + 1).copied().unwrap_or_default();
            if before == 0 || !(first.is_ascii_alphabetic() || first == b'~') {
                break;
            }
            end = before;
        } else if !(byte.is_ascii_alphanumeric() || byte == b'~') {
            break;
        }
        at = before;
    }
    end
}

/// How a character that is no digit is ordered; the end of the text is 0.
fn weight(byte: Option<&u8>) -> i32 {
    match byte {
        None => 0,
        Some(b'~') => -1,
        Some(byte) if byte.is_ascii_digit() => 0,
        Some(byte) if byte.is_ascii_alphabetic() => i32::from(*byte),
        Some(byte) => i32::from(*byte) + 256,
    }
}

fn compare_parts(one: &[u8], other: &[u8]) -> Ordering {
    let (mut one, mut other) = (one, other);
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    loop {
        if one.is_empty() && other.is_empty() {
            return Ordering::Equal;
        }
        while (!one.is_empty() && !is_digit(one.first())) || (!other.is_empty() && !is_digit(other.first())) {
            match weight(one.first()).cmp(&weight(other.first())) {
                Ordering::Equal => {}
                order => return order,
            }
            one = one.get(1..).unwrap_or_default();
            other = other.get(1..).unwrap_or_default();
        }
        let (first, second) = (take_number(&mut one), take_number(&mut other));
        match first.len().cmp(&second.len()).then_with(|| first.cmp(second)) {
            Ordering::Equal => {}
            order => return order,
        }
    }
}

/// Takes the digits at the front, and gives them without leading zeros.
fn take_number<'a>(text: &mut &'a [u8]) -> &'a [u8] {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    *text = rest;
    let zeros = digits.iter().take_while(|byte| **byte == b'0').count();
    digits.get(zeros..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `sort -V` makes of names that stand in order.
    #[test]
    fn names_are_ordered_as_sort_does() {
        let names = [
            ".",
            "..",
            ".a",
            ".b",
            "a",
            "a~",
            "a0",
            "a00",
            "a1",
            "a1.tar.gz",
            "a1b",
            "a2",
            "a2.c",
            "a10",
            "a10.c",
            "a.c",
            "a.1",
            "a-1",
        ];
        let mut sorted: Vec<&str> = names.to_vec();
        sorted.sort_by(|one, other| compare(one.as_bytes(), other.as_bytes()).then_with(|| one.cmp(other)));
        let expected = EXPECTED.split_whitespace().collect::<Vec<_>>();
        assert_eq!(sorted, expected);
    }

    const EXPECTED: &str = ". .. .a .b a~ a a0 a00 a.c a1 a1.tar.gz a1b a2 a2.c a10 a10.c a-1 a.1";
}
