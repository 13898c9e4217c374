//! `$'…'`: the bytes that its escapes stand for.

/// The bytes that `$'…'` stands for (POSIX.1-2024 XCU 2.2.4, and bash's `\E`, `\u`, `\U`). A NUL ends them.
pub fn ansi_c_decode(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        if *byte != b'\\' {
            bytes.push(*byte);
            continue;
        }
        let Some((letter, after)) = rest.split_first() else {
            bytes.push(b'\\');
            break;
        };
        rest = after;
        let decoded = match letter {
            b'a' => 7,
            b'b' => 8,
            b'e' | b'E' => 27,
            b'f' => 12,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'v' => 11,
            b'\\' | b'\'' | b'"' | b'?' => *letter,
            b'0'..=b'7' => {
                let (value, after) = digits(rest, 8, 2, u32::from(*letter - b'0'));
                rest = after;
                (value & 0xff) as u8
            }
            b'x' if rest.first().is_some_and(u8::is_ascii_hexdigit) => {
                let (value, after) = digits(rest, 16, 2, 0);
                rest = after;
                value as u8
            }
            b'u' | b'U' if rest.first().is_some_and(u8::is_ascii_hexdigit) => {
                let (value, after) = digits(rest, 16, if *letter == b'u' { 4 } else { 8 }, 0);
                rest = after;
                if value == 0 {
                    return bytes;
                }
                push_code_point(value, &mut bytes);
                continue;
            }
            b'c' => {
                let Some((control, after)) = rest.split_first() else {
                    bytes.extend_from_slice(b"\\c");
                    break;
                };
                rest = after;
                if *control == b'\\' && rest.first() == Some(&b'\\') {
                    rest = rest.get(1..).unwrap_or_default();
                }
                if *control == b'?' { 127 } else { control.to_ascii_uppercase() & 0x1f }
            }
            _ => {
                bytes.push(b'\\');
                *letter
            }
        };
        if decoded == 0 {
            return bytes;
        }
        bytes.push(decoded);
    }
    bytes
}

/// Reads up to `count` digits behind a value that has begun.
fn digits(text: &[u8], radix: u32, count: usize, begun: u32) -> (u32, &[u8]) {
    let mut value = begun;
    let mut rest = text;
    for _ in 0..count {
        let Some((digit, after)) = rest.split_first() else { break };
        let Some(digit) = char::from(*digit).to_digit(radix) else { break };
        value = value.wrapping_mul(radix).wrapping_add(digit);
        rest = after;
    }
    (value, rest)
}

/// Adds a code point in UTF-8, in the old form of up to six bytes where Unicode has none.
fn push_code_point(value: u32, bytes: &mut Vec<u8>) {
    if value < 0x80 {
        bytes.push(value as u8);
        return;
    }
    let length = match value {
        0..0x800 => 2,
        0x800..0x1_0000 => 3,
        0x1_0000..0x20_0000 => 4,
        0x20_0000..0x400_0000 => 5,
        0x400_0000..0x8000_0000 => 6,
        _ => return,
    };
    let lead = !(0xff_u32 >> length) & 0xff;
    bytes.push((lead | value >> (6 * (length - 1))) as u8);
    for left in (0..length - 1).rev() {
        bytes.push((0x80 | (value >> (6 * left)) & 0x3f) as u8);
    }
}
