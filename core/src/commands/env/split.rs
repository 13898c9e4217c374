//! `env -S`: one text taken apart into words, with quotes, escapes and `${NAME}`.

use crate::abi::limits::ARGS_BYTES_MAX;
use crate::program::Choice;
use crate::program::Takes;

/// The words with the arguments of `-S` in their places. Only the options in front are looked at.
pub(super) fn expand(
    words: &[Vec<u8>],
    choices: &[Choice],
    environment: &[Vec<u8>],
) -> Result<Vec<Vec<u8>>, Vec<u8>> {
    let mut done = Vec::new();
    let mut left = words.to_vec();
    left.reverse();
    let mut bytes_total = 0;
    while let Some(word) = left.pop() {
        let is_option = word.starts_with(b"-") && word.len() > 1 && word != b"--";
        let text = match text_of(&word, choices) {
            Some(Some(attached)) => Some(attached.to_vec()),
            Some(None) => left.pop(),
            None => None,
        };
        let Some(text) = text else {
            if !is_option {
                done.push(word);
                break;
            }
            // The argument of another option is none itself.
            let takes_next = takes_next(&word, choices);
            done.push(word);
            if takes_next {
                done.extend(left.pop());
            }
            continue;
        };
        // Letters before the `S` are options of their own.
        if !word.starts_with(b"--")
            && let Some(before) = word.iter().position(|&byte| byte == b'S').and_then(|at| word.get(..at))
            && before.len() > 1
        {
            done.push(before.to_vec());
        }
        bytes_total += text.len();
        if bytes_total > ARGS_BYTES_MAX {
            return Err(b"-S string too long".to_vec());
        }
        left.extend(split(&text, environment)?.into_iter().rev());
    }
    done.extend(left.into_iter().rev());
    Ok(done)
}

/// Whether the word is `-S`, `-vS…` or `--split-string…`, and what is attached.
fn text_of<'a>(word: &'a [u8], choices: &[Choice]) -> Option<Option<&'a [u8]>> {
    if let Some(long) = word.strip_prefix(b"--") {
        let name_end = long.iter().position(|&byte| byte == b'=').unwrap_or(long.len());
        let name = long.get(..name_end)?;
        let is_it = !name.is_empty() && b"split-string".starts_with(name);
        return is_it.then(|| long.get(name_end + 1..));
    }
    let letters = word.strip_prefix(b"-")?;
    for (at, &letter) in letters.iter().enumerate() {
        if letter == b'S' {
            return Some(letters.get(at + 1..).filter(|rest| !rest.is_empty()));
        }
        let choice = choices.iter().find(|choice| choice.short == char::from(letter))?;
        if choice.takes != Takes::Nothing {
            return None;
        }
    }
    None
}

/// Whether an option's argument is the next word.
fn takes_next(word: &[u8], choices: &[Choice]) -> bool {
    if word.starts_with(b"--") {
        let name = word.get(2..).unwrap_or_default();
        return choices.iter().any(|c| c.takes != Takes::Nothing && c.long.as_bytes() == name);
    }
    let takes = |letter: u8| choices.iter().any(|c| c.short == char::from(letter) && c.takes != Takes::Nothing);
    let letters = word.get(1..).unwrap_or_default();
    letters.iter().position(|&letter| takes(letter)).is_some_and(|at| at + 1 == letters.len())
}

/// Takes a text apart.
fn split(text: &[u8], environment: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, Vec<u8>> {
    let mut words = Vec::new();
    let mut word: Option<Vec<u8>> = None;
    let mut quote: Option<u8> = None;
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        at += 1;
        match (byte, quote) {
            (b'\'' | b'"', None) => {
                quote = Some(byte);
                word.get_or_insert_default();
            }
            (_, Some(open)) if byte == open => quote = None,
            (b' ' | b'\t' | b'\n' | 11 | 12 | b'\r', None) => words.extend(word.take()),
            (b'#', None) if word.is_none() => break,
            (b'\\', Some(b'\'')) => {
                let next = text.get(at).copied();
                let into = word.get_or_insert_default();
                match next {
                    Some(b'\\' | b'\'') => {
                        into.extend(next);
                        at += 1;
                    }
                    _ => into.push(b'\\'),
                }
            }
            (b'\\', _) => {
                let Some(&letter) = text.get(at) else {
                    return Err(b"invalid backslash at end of string in -S".to_vec());
                };
                at += 1;
                match (letter, quote) {
                    (b'c', None) => break,
                    (b'c', _) => return Err(b"'\\c' must not appear in double-quoted -S string".to_vec()),
                    (b'_', None) => words.extend(word.take()),
                    _ => word.get_or_insert_default().push(escaped(letter)?),
                }
            }
            (b'$', None | Some(b'"')) => {
                let rest = text.get(at - 1..).unwrap_or_default();
                let (name, length) = variable(rest)?;
                at += length - 1;
                let value = environment.iter().find_map(|v| v.strip_prefix(name)?.strip_prefix(b"="));
                if let Some(value) = value {
                    word.get_or_insert_default().extend_from_slice(value);
                }
            }
            _ => word.get_or_insert_default().push(byte),
        }
    }
    if quote.is_some() {
        return Err(b"no terminating quote in -S string".to_vec());
    }
    words.extend(word);
    Ok(words)
}

/// The byte of an escape.
fn escaped(letter: u8) -> Result<u8, Vec<u8>> {
    Ok(match letter {
        b'"' | b'#' | b'$' | b'\'' | b'\\' => letter,
        b'_' => b' ',
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 11,
        _ => return Err([b"invalid sequence '\\", &[letter][..], b"' in -S"].concat()),
    })
}

/// `${NAME}` at the start: the name and the length of it all.
fn variable(text: &[u8]) -> Result<(&[u8], usize), Vec<u8>> {
    let wrong = || [b"only ${VARNAME} expansion is supported, error at: ", text].concat();
    let inner = text.strip_prefix(b"${").ok_or_else(wrong)?;
    let end = inner.iter().position(|&byte| byte == b'}').ok_or_else(wrong)?;
    let name = inner.get(..end).unwrap_or_default();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    if !name.iter().all(is_name) || name.first().is_none_or(u8::is_ascii_digit) {
        return Err(wrong());
    }
    Ok((name, end + 3))
}
