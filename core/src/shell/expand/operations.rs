//! What `${parameter…}` does with values: substrings, case. Characters are UTF-8 ones, and bytes that are none
//! count as one each; or each byte is a character.

use crate::program::{lowercase, uppercase};
use crate::shell::syntax::ast::CaseChange;
use bstr::ByteSlice;

/// How many characters a value has.
pub(in crate::shell) fn length(value: &[u8], utf8: bool) -> usize {
    if !utf8 || value.is_ascii() {
        return value.len();
    }
    value.utf8_chunks().map(|chunk| chunk.valid().chars().count() + chunk.invalid().len()).sum()
}

/// The byte offset of a character.
fn byte_offset(value: &[u8], characters: usize, utf8: bool) -> usize {
    if !utf8 || value.is_ascii() {
        return characters.min(value.len());
    }
    let mut left = characters;
    let mut at = 0;
    for chunk in value.utf8_chunks() {
        for character in chunk.valid().chars() {
            if left == 0 {
                return at;
            }
            left -= 1;
            at += character.len_utf8();
        }
        for _ in chunk.invalid() {
            if left == 0 {
                return at;
            }
            left -= 1;
            at += 1;
        }
    }
    at
}

/// Where `${x:offset:length}` begins and ends among `count` characters or elements; `None` when the offset lies
/// outside. A negative length counts from the end and is an error for elements (`Err` is the length).
pub(in crate::shell) fn range(
    count: usize,
    offset: i64,
    length: Option<i64>,
    elements: bool,
) -> Result<Option<(usize, usize)>, i64> {
    let count = count as i64;
    let start = if offset < 0 { offset + count } else { offset };
    if start < 0 || start > count {
        return Ok(None);
    }
    let end = match length {
        None => count,
        Some(length) if length < 0 => {
            let end = count + length;
            if elements || end < start {
                return Err(length);
            }
            end
        }
        Some(length) => start.saturating_add(length).min(count),
    };
    Ok(Some((start as usize, end as usize)))
}

/// Characters `start` to `end` of a value.
pub(in crate::shell) fn slice(value: &[u8], start: usize, end: usize, utf8: bool) -> &[u8] {
    let from = byte_offset(value, start, utf8);
    let rest = value.get(from..).unwrap_or_default();
    let to = byte_offset(rest, end.saturating_sub(start), utf8);
    rest.get(..to).unwrap_or_default()
}

/// Changes the case of the first or of all characters that `applies` to.
pub(in crate::shell) fn change_case(
    value: &[u8],
    change: CaseChange,
    all: bool,
    utf8: bool,
    applies: impl Fn(&[u8]) -> bool,
) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    if !utf8 {
        for (at, byte) in value.iter().enumerate() {
            if byte.is_ascii() && (at == 0 || all) && applies(&[*byte]) {
                push_changed(char::from(*byte), change, &mut out);
            } else {
                out.push(*byte);
            }
        }
        return out;
    }
    let mut first = true;
    for chunk in value.utf8_chunks() {
        for character in chunk.valid().chars() {
            let mut utf8 = [0; 4];
            let own = character.encode_utf8(&mut utf8).as_bytes();
            if (first || all) && applies(own) {
                push_changed(character, change, &mut out);
            } else {
                out.extend_from_slice(own);
            }
            first = false;
        }
        out.extend_from_slice(chunk.invalid());
        first &= chunk.invalid().is_empty();
    }
    out
}

fn push_changed(character: char, change: CaseChange, out: &mut Vec<u8>) {
    let changed = match change {
        CaseChange::Lower => lowercase(character),
        CaseChange::Toggle if character.is_uppercase() => lowercase(character),
        CaseChange::Upper | CaseChange::Toggle => uppercase(character),
    };
    let mut utf8 = [0; 4];
    out.extend_from_slice(changed.encode_utf8(&mut utf8).as_bytes());
}

/// Removes a command substitution's trailing newlines.
pub(in crate::shell) fn trim_newlines(output: &mut Vec<u8>) {
    output.truncate(output.trim_end_with(|c| c == '\n').len());
}
