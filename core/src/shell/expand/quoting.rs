//! Quoting values so that the shell reads them back: `printf %q`, `${x@Q}`, `declare -p`, `set`, `set -x`.

/// Whether a character needs no quotes in `set -x` and `printf %q`.
fn is_safe(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-./%+:@,".contains(&byte) || byte >= 0x80
}

/// Whether the shell shows a value in the form `$'…'`.
fn needs_ansi(value: &[u8]) -> bool {
    value
        .utf8_chunks()
        .any(|chunk| !chunk.invalid().is_empty() || chunk.valid().chars().any(|c| c.is_control()))
}

/// `$'…'`
pub(in crate::shell) fn ansi(value: &[u8]) -> Vec<u8> {
    let mut out = b"$'".to_vec();
    for chunk in value.utf8_chunks() {
        for character in chunk.valid().chars() {
            let escape = match character {
                '\x07' => 'a',
                '\x08' => 'b',
                '\x1b' => 'E',
                '\x0c' => 'f',
                '\n' => 'n',
                '\r' => 'r',
                '\t' => 't',
                '\x0b' => 'v',
                '\\' => '\\',
                '\'' => '\'',
                c if c.is_control() => {
                    let mut utf8 = [0; 4];
                    for byte in c.encode_utf8(&mut utf8).bytes() {
                        out.extend_from_slice(format!("\\{byte:03o}").as_bytes());
                    }
                    continue;
                }
                c => {
                    let mut utf8 = [0; 4];
                    out.extend_from_slice(c.encode_utf8(&mut utf8).as_bytes());
                    continue;
                }
            };
            out.extend_from_slice(&[b'\\', escape as u8]);
        }
        for byte in chunk.invalid() {
            out.extend_from_slice(format!("\\{byte:03o}").as_bytes());
        }
    }
    out.push(b'\'');
    out
}

/// A name as messages show it: as it is, or `$'…'`.
pub(in crate::shell) fn printable(name: &[u8]) -> Vec<u8> {
    if needs_ansi(name) { ansi(name) } else { name.to_vec() }
}

/// `'…'`, with `'\''` for a quote.
pub(in crate::shell) fn single(value: &[u8]) -> Vec<u8> {
    let mut out = vec![b'\''];
    for &byte in value {
        if byte == b'\'' {
            out.extend_from_slice(b"'\\''");
        } else {
            out.push(byte);
        }
    }
    out.push(b'\'');
    out
}

/// `"…"`, as `declare -p` shows values.
pub(in crate::shell) fn double(value: &[u8]) -> Vec<u8> {
    if needs_ansi(value) {
        return ansi(value);
    }
    let mut out = vec![b'"'];
    for &byte in value {
        if b"\"\\$`".contains(&byte) {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out.push(b'"');
    out
}

/// `printf %q`: backslashes, or `$'…'`.
pub(in crate::shell) fn backslash(value: &[u8]) -> Vec<u8> {
    if value.is_empty() {
        return b"''".to_vec();
    }
    if needs_ansi(value) {
        return ansi(value);
    }
    let mut out = Vec::with_capacity(value.len());
    for (at, &byte) in value.iter().enumerate() {
        let special = byte == b',' || (!is_safe(byte) && !(b"#~".contains(&byte) && at > 0) && byte != b'=');
        if special {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out
}

/// `${x@Q}`: single quotes, or `$'…'`.
pub(in crate::shell) fn reusable(value: &[u8]) -> Vec<u8> {
    if needs_ansi(value) { ansi(value) } else { single(value) }
}

/// As `set -x` shows a word: like `set`, but tabs and newlines stand as they are.
pub(in crate::shell) fn traced(value: &[u8]) -> Vec<u8> {
    let has_space = value.iter().any(|byte| matches!(byte, b'\t' | b'\n'));
    let others: Vec<u8> = value.iter().copied().filter(|byte| !matches!(byte, b'\t' | b'\n')).collect();
    if has_space && !needs_ansi(&others) { single(value) } else { if_needed(value) }
}

/// As `set` shows a value: quoted only where it must be.
pub(in crate::shell) fn if_needed(value: &[u8]) -> Vec<u8> {
    let bare = !value.is_empty()
        && value.iter().enumerate().all(|(at, &byte)| {
            is_safe(byte) || byte == b'=' || (byte == b'#' && at > 0) || (byte == b'~' && at > 0)
        });
    if needs_ansi(value) {
        ansi(value)
    } else if bare {
        value.to_vec()
    } else {
        single(value)
    }
}

/// A key of an associative array, as `declare -p` shows it: quoted only where it must be.
pub(in crate::shell) fn key(key: &[u8]) -> Vec<u8> {
    let plain = !key.is_empty() && key.iter().all(|&byte| is_safe(byte));
    if plain { key.to_vec() } else { double(key) }
}
