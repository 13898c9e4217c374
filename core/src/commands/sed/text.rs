//! The escapes of `sed` scripts, and what they are in regular expressions.

/// A character that stands for a byte: how many bytes of the script behind the backslash it takes.
pub(super) struct Escape {
    pub(super) byte: u8,
    pub(super) length: usize,
}

/// What stands behind a backslash, if it is a byte: `n`, `t`, `x41`, `o101`, `d065`, `cA` and others.
pub(super) fn escape(rest: &[u8]) -> Option<Escape> {
    let byte = match rest.first()? {
        b'a' => 7,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 11,
        b'c' => {
            let letter = rest.get(1)?;
            return Some(Escape { byte: letter.to_ascii_uppercase() ^ 0x40, length: 2 });
        }
        b'd' => return number(rest, 10, 3),
        b'o' => return number(rest, 8, 3),
        b'x' => return number(rest, 16, 2),
        _ => return None,
    };
    Some(Escape { byte, length: 1 })
}

fn number(rest: &[u8], base: u32, digits_max: usize) -> Option<Escape> {
    let digits = rest.iter().skip(1).take(digits_max).map_while(|&byte| char::from(byte).to_digit(base));
    let (mut value, mut length) = (0_u32, 1);
    for digit in digits {
        value = value * base + digit;
        length += 1;
    }
    (length > 1).then_some(Escape { byte: value as u8, length })
}

/// The length of a bracket expression behind its `[`, with its `]`.
pub(super) fn bracket_length(rest: &[u8]) -> Option<usize> {
    let mut at = usize::from(rest.first() == Some(&b'^'));
    let first = at;
    loop {
        match *rest.get(at)? {
            b']' if at > first => return Some(at + 1),
            b'[' => match rest.get(at + 1) {
                Some(&kind @ (b':' | b'.' | b'=')) => {
                    let inner = rest.get(at + 2..)?;
                    match inner.windows(2).position(|pair| pair == [kind, b']']) {
                        Some(close) => at += close + 4,
                        None => at += 1,
                    }
                }
                _ => at += 1,
            },
            _ => at += 1,
        }
    }
}

/// An expression as the engine reads it: escapes are bytes (and operators if these are).
pub(super) fn regex_source(text: &[u8]) -> Vec<u8> {
    let mut source = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        at += 1;
        let rest = text.get(at..).unwrap_or_default();
        match byte {
            b'\\' => match escape(rest) {
                Some(Escape { byte, length }) => {
                    source.push(byte);
                    at += length;
                }
                None => {
                    source.push(b'\\');
                    source.extend(rest.first());
                    at += 1;
                }
            },
            b'[' => {
                let length = bracket_length(rest).unwrap_or(rest.len());
                source.push(b'[');
                bracket(rest.get(..length).unwrap_or_default(), &mut source);
                at += length;
            }
            byte => source.push(byte),
        }
    }
    source
}

/// The inside of a bracket expression: there too `\n`, `\t` and the like are bytes.
fn bracket(text: &[u8], source: &mut Vec<u8>) {
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        at += 1;
        let rest = text.get(at..).unwrap_or_default();
        match escape(rest).filter(|escape| byte == b'\\' && !b"]^-[".contains(&escape.byte)) {
            Some(Escape { byte, length }) => {
                source.push(byte);
                at += length;
            }
            None => source.push(byte),
        }
    }
}
