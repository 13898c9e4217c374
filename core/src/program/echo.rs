//! The words of `echo` and the escapes that it shares with `printf`'s `%b` (POSIX.1-2024 XCU echo, printf).

/// Renders what bash's `echo` prints for these words. Options `-n`, `-e`, `-E` and their combinations come
/// first; escapes are interpreted after `-e`, and without options when `interpret_by_default` says so.
pub fn render(args: &[&[u8]], interpret_by_default: bool, out: &mut Vec<u8>) {
    render_as(args, interpret_by_default, Dialect::BashEcho, out);
}

/// Renders what GNU's `echo` prints for these words.
pub(crate) fn render_gnu(args: &[&[u8]], out: &mut Vec<u8>) {
    render_as(args, false, Dialect::GnuEcho, out);
}

fn render_as(args: &[&[u8]], interpret_by_default: bool, dialect: Dialect, out: &mut Vec<u8>) {
    let (mut newline, mut interpret, mut words) = (true, interpret_by_default, args);
    while let Some((first, rest)) = words.split_first() {
        let Some(letters @ [_, ..]) = first.strip_prefix(b"-") else { break };
        if !letters.iter().all(|letter| b"neE".contains(letter)) {
            break;
        }
        for letter in letters {
            match letter {
                b'n' => newline = false,
                letter => interpret = *letter == b'e',
            }
        }
        words = rest;
    }
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            out.push(b' ');
        }
        if !interpret {
            out.extend_from_slice(word);
        } else if unescape(word, dialect, out, &mut |_| ()) {
            return;
        }
    }
    if newline {
        out.push(b'\n');
    }
}

/// Interprets the escapes of `printf`'s `%b`; true when a `\c` ends all output.
pub fn unescape_b(text: &[u8], out: &mut Vec<u8>) -> bool {
    unescape(text, Dialect::PrintfB, out, &mut |_| ())
}

/// Whose escapes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Dialect {
    /// bash's `echo -e`: octal numbers start with `\0`.
    BashEcho,
    /// GNU's `echo -e`: `\1` to `\7` start an octal number too; no `\u`.
    GnuEcho,
    /// `%b`: octal numbers with or without the `0`.
    PrintfB,
}

/// Interprets escapes; true when a `\c` was met. A `\x` or `\u` without digits is copied, and told to
/// `missing_digit` by its letter.
pub(super) fn unescape(
    text: &[u8],
    dialect: Dialect,
    out: &mut Vec<u8>,
    missing_digit: &mut dyn FnMut(u8),
) -> bool {
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        out.extend_from_slice(&rest[..at]);
        let after = &rest[at + 1..];
        let Some(&letter) = after.first() else {
            out.push(b'\\');
            return false;
        };
        let mut used = 1;
        match letter {
            b'c' => return true,
            b'0' => {
                let (value, digits) = number(&after[1..], 3, 8);
                out.push(value as u8);
                used += digits;
            }
            b'1'..=b'7' if dialect != Dialect::BashEcho => {
                let (value, digits) = number(after, 3, 8);
                out.push(value as u8);
                used = digits;
            }
            _ => match simple(letter) {
                Some(byte) => out.push(byte),
                None => match coded(after, dialect != Dialect::GnuEcho, out) {
                    Coded::Bytes(length) => used = length,
                    Coded::NoDigits => {
                        missing_digit(letter);
                        out.extend_from_slice(&[b'\\', letter]);
                    }
                    Coded::Other => out.extend_from_slice(&[b'\\', letter]),
                },
            },
        }
        rest = &after[used..];
    }
    out.extend_from_slice(rest);
    false
}

/// The byte of an escape of one letter.
pub(super) fn simple(letter: u8) -> Option<u8> {
    Some(match letter {
        b'a' => 7,
        b'b' => 8,
        b'e' | b'E' => 27,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 11,
        b'\\' => b'\\',
        _ => return None,
    })
}

/// What `\x`, `\u`, `\U` gave.
pub(super) enum Coded {
    /// Bytes; so many of the text behind the backslash were used.
    Bytes(usize),
    /// No digit follows.
    NoDigits,
    /// It is another letter.
    Other,
}

/// `xHH`, `uHHHH` and `UHHHHHHHH` at the start of `text`.
pub(super) fn coded(text: &[u8], with_unicode: bool, out: &mut Vec<u8>) -> Coded {
    let Some((letter, digits)) = text.split_first() else { return Coded::Other };
    let digits_max = match letter {
        b'x' => 2,
        b'u' if with_unicode => 4,
        b'U' if with_unicode => 8,
        _ => return Coded::Other,
    };
    let (value, length) = number(digits, digits_max, 16);
    if length == 0 {
        return Coded::NoDigits;
    }
    match letter {
        b'x' => out.push(value as u8),
        _ => push_code_point(value, out),
    }
    Coded::Bytes(1 + length)
}

/// A number of at most so many digits, and how many there are.
pub(super) fn number(text: &[u8], digits_max: usize, base: u32) -> (u32, usize) {
    let digits = text.iter().take(digits_max).map_while(|&byte| char::from(byte).to_digit(base));
    digits.fold((0, 0), |(value, count), digit| (value * base + digit, count + 1))
}

/// A code point in UTF-8's scheme, surrogates and those beyond Unicode too, as bash encodes them; nothing
/// from 2^31 on.
fn push_code_point(value: u32, out: &mut Vec<u8>) {
    let continuation_bytes = match value {
        0..0x80 => return out.push(value as u8),
        0x80..0x800 => 1,
        0x800..0x1_0000 => 2,
        0x1_0000..0x20_0000 => 3,
        0x20_0000..0x400_0000 => 4,
        0x400_0000..0x8000_0000 => 5,
        _ => return,
    };
    let lead = !(0xff_u32 >> (continuation_bytes + 1)) & 0xff;
    out.push((lead | value >> (6 * continuation_bytes)) as u8);
    for place in (0..continuation_bytes).rev() {
        out.push((0x80 | (value >> (6 * place)) & 0x3f) as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bstr::ByteSlice;

    fn check(words: &str, expected: &[u8]) {
        let words: Vec<&[u8]> = words.split(' ').map(str::as_bytes).collect();
        let mut out = Vec::new();
        render(&words, false, &mut out);
        assert_eq!(out.as_bstr(), expected.as_bstr(), "echo {words:?}");
    }

    // `echo -e …` of bash 5.2 in a UTF-8 locale.
    #[test]
    fn escapes_are_those_of_bash() {
        for (text, expected) in [
            (r"\101", b"\\101\n".as_slice()),
            (r"\0101", b"A\n"),
            (r"\01012", b"A2\n"),
            (r"\0777", b"\xff\n"),
            (r"\x", b"\\x\n"),
            (r"\x414", b"A4\n"),
            (r"\xg", b"\\xg\n"),
            (r"\u41", b"A\n"),
            (r"\u00e9", "\u{e9}\n".as_bytes()),
            (r"\u12345", b"\xe1\x88\xb45\n"),
            (r"\U0001F6001", b"\xf0\x9f\x98\x801\n"),
            (r"\ud800", b"\xed\xa0\x80\n"),
            (r"\U110000", b"\xf4\x90\x80\x80\n"),
            (r"\Uffffffff", b"\n"),
            (r"\ug", b"\\ug\n"),
            (r#"\"\'\?\q"#, b"\\\"\\'\\?\\q\n"),
            ("a\\", b"a\\\n"),
            (r"\e\E", b"\x1b\x1b\n"),
            (r"a\cb", b"a"),
            (r"\08", b"\x008\n"),
        ] {
            check(&format!("-e {text}"), expected);
        }
    }

    #[test]
    fn options_are_those_of_bash() {
        check("-n", b"");
        check("-nE a\\n", b"a\\n");
        check("-x", b"-x\n");
        check("-nex", b"-nex\n");
        check("-", b"-\n");
        check("--", b"--\n");
        check("-e -n x", b"x");
        check("-neE \\n", b"\\n");
        check("-ee \\n -e", b"\n -e\n");
        check("a \\n", b"a \\n\n");
    }

    #[test]
    fn percent_b_takes_octal_numbers_without_a_zero() {
        for (text, expected, stopped) in [
            (r"\101", b"A".as_slice(), false),
            (r"\0101", b"A", false),
            (r"\1012", b"A2", false),
            (r"\0777", b"\xff", false),
            (r"\8", b"\\8", false),
            (r"\c\d", b"", true),
        ] {
            let mut out = Vec::new();
            assert_eq!(unescape_b(text.as_bytes(), &mut out), stopped, "{text}");
            assert_eq!(out, expected, "{text}");
        }
    }
}
