//! UTF-8 as the matchers need it: one character at a position, and the same one byte at a time.

/// The character at the start of `bytes` and its length, or nothing for an invalid or cut-off one.
pub(super) fn decode(bytes: &[u8]) -> Option<(u32, usize)> {
    let mut pending = 0;
    for (i, &byte) in bytes.iter().take(4).enumerate() {
        match advance(pending, byte) {
            Advance::Pending(p) => pending = p,
            Advance::Done(c) => return Some((c, i + 1)),
            Advance::Invalid => return None,
        }
    }
    None
}

/// The character that ends where `bytes` ends.
pub(super) fn decode_last(bytes: &[u8]) -> Option<(u32, usize)> {
    (1..=bytes.len().min(4))
        .find_map(|len| decode(bytes.get(bytes.len() - len..)?).filter(|&(_, decoded)| decoded == len))
}

/// Whether `at` is not inside a valid character of `hay`.
pub(super) fn is_boundary(hay: &[u8], at: usize) -> bool {
    let inside = |byte: &u8| byte & 0xC0 == 0x80;
    !hay.get(at).is_some_and(inside)
        || !(1..=at.min(3))
            .any(|back| hay.get(at - back..).and_then(decode).is_some_and(|(_, len)| len > back))
}

/// What a byte does to a character of which some bytes were read.
pub(super) enum Advance {
    /// It cannot follow.
    Invalid,
    /// More must follow. The number is never 0: how many are missing in bits 16 and up, below them
    /// the bits of the character so far.
    Pending(u32),
    /// It completes this character.
    Done(u32),
}

/// Reads one more byte of a character; `pending` is 0 before its first.
pub(super) fn advance(pending: u32, byte: u8) -> Advance {
    let bits = u32::from(byte);
    if pending == 0 {
        return match byte {
            0..=0x7F => Advance::Done(bits),
            0xC2..=0xDF => Advance::Pending(1 << 16 | bits & 0x1F),
            0xE0..=0xEF => Advance::Pending(2 << 16 | bits & 0x0F),
            0xF0..=0xF4 => Advance::Pending(3 << 16 | bits & 0x07),
            _ => Advance::Invalid,
        };
    }
    if byte & 0xC0 != 0x80 {
        return Advance::Invalid;
    }
    let code = (pending & 0xFFFF) << 6 | bits & 0x3F;
    match pending >> 16 {
        1 => Advance::Done(code),
        // Overlong forms, surrogates and what lies beyond U+10FFFF show at the second byte; the third
        // of four has nothing left to check.
        2 if pending & 0x8000 != 0 => Advance::Pending(1 << 16 | code & 0x7FFF),
        2 if code < 0x20 || (0x360..0x380).contains(&code) => Advance::Invalid,
        3 if !(0x10..0x110).contains(&code) => Advance::Invalid,
        3 => Advance::Pending(2 << 16 | 0x8000 | code),
        _ => Advance::Pending(1 << 16 | code),
    }
}
