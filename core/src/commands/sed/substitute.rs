//! `s` and `y`: what becomes of the pattern space.

use super::script::{Case, Part, Substitution, Translation};
use crate::program::{put_lowercase, put_uppercase};
use crate::regex::{Captures, Regex, RegexError};
use bstr::ByteSlice;

/// Replaces in `text` what the expression matches, into `out` (emptied first); whether anything was.
pub(super) fn substitute(
    regex: &Regex,
    wish: &Substitution,
    text: &[u8],
    captures: &mut Captures,
    out: &mut Vec<u8>,
) -> Result<bool, RegexError> {
    let (mut at, mut copied, mut count) = (0, 0, 0);
    let mut before = None;
    let mut replaced = false;
    while at <= text.len() {
        let found = if wish.groups > 0 {
            regex.captures_at(text, at, captures)?.then(|| captures.get(0)).flatten()
        } else {
            regex.find_at(text, at)?
        };
        let Some((from, to)) = found else { break };
        // Nothing right behind a match is no match of its own.
        if from < to || before != Some(from) {
            count += 1;
            if count >= wish.number {
                if !replaced {
                    out.clear();
                    replaced = true;
                }
                out.extend_from_slice(text.get(copied..from).unwrap_or_default());
                put_replacement(&wish.replacement, text, (from, to), captures, out);
                copied = to;
                if !wish.global {
                    break;
                }
            }
            before = Some(to);
        }
        at = if from < to { to } else { to + character_length(text.get(to..).unwrap_or_default()) };
    }
    if replaced {
        out.extend_from_slice(text.get(copied..).unwrap_or_default());
    }
    Ok(replaced)
}

/// The bytes of the first character, at least one.
fn character_length(text: &[u8]) -> usize {
    match text.first() {
        Some(byte) if !byte.is_ascii() => text.char_indices().next().map_or(1, |(from, to, _)| to - from),
        _ => 1,
    }
}

fn put_replacement(parts: &[Part], text: &[u8], all: (usize, usize), captures: &Captures, out: &mut Vec<u8>) {
    let mut case = Case::Plain;
    let mut next = None;
    for part in parts {
        let bytes = match part {
            Part::Text(text) => text,
            Part::Group(group) => {
                let span = if *group == 0 { Some(all) } else { captures.get(*group) };
                span.and_then(|(from, to)| text.get(from..to)).unwrap_or_default()
            }
            Part::Case(Case::UpperOne) => {
                next = Some(Case::Upper);
                continue;
            }
            Part::Case(Case::LowerOne) => {
                next = Some(Case::Lower);
                continue;
            }
            Part::Case(other) => {
                (case, next) = (*other, None);
                continue;
            }
        };
        let Some(first) = next.filter(|_| !bytes.is_empty()) else {
            put_cased(bytes, case, out);
            continue;
        };
        let (head, rest) = bytes.split_at(character_length(bytes).min(bytes.len()));
        put_cased(head, first, out);
        put_cased(rest, case, out);
        next = None;
    }
}

fn put_cased(bytes: &[u8], case: Case, out: &mut Vec<u8>) {
    match case {
        Case::Upper | Case::UpperOne => put_uppercase(bytes, true, out),
        Case::Lower | Case::LowerOne => put_lowercase(bytes, true, out),
        Case::Plain => out.extend_from_slice(bytes),
    }
}

/// Does `y`.
pub(super) fn translate(text: &mut Vec<u8>, table: &Translation) {
    let one = |byte: u8| table.bytes.get(usize::from(byte)).copied().unwrap_or(byte);
    if table.wide.is_empty() {
        for byte in text.iter_mut() {
            *byte = one(*byte);
        }
        return;
    }
    let mut new = Vec::with_capacity(text.len());
    for (from, to, character) in text.char_indices() {
        let bytes = text.get(from..to).unwrap_or_default();
        match (table.wide.iter().find(|(wide, _)| *wide == character), bytes) {
            (Some((_, becomes)), _) => new.extend_from_slice(becomes),
            (None, [byte]) => new.push(one(*byte)),
            (None, bytes) => new.extend_from_slice(bytes),
        }
    }
    *text = new;
}

/// `l`: the text so that all is visible, folded to `width` characters (0 does not fold).
pub(super) fn visible(text: &[u8], width: usize, out: &mut Vec<u8>) {
    let mut column = 0;
    for &byte in text {
        let mut shown = Vec::with_capacity(4);
        match byte {
            b'\\' => shown.extend_from_slice(b"\\\\"),
            7 => shown.extend_from_slice(b"\\a"),
            8 => shown.extend_from_slice(b"\\b"),
            12 => shown.extend_from_slice(b"\\f"),
            b'\n' => shown.extend_from_slice(b"\\n"),
            b'\r' => shown.extend_from_slice(b"\\r"),
            b'\t' => shown.extend_from_slice(b"\\t"),
            11 => shown.extend_from_slice(b"\\v"),
            b' '..=b'~' => shown.push(byte),
            _ => shown.extend_from_slice(format!("\\{byte:03o}").as_bytes()),
        }
        if width > 0 && column + shown.len() > width - 1 {
            out.extend_from_slice(b"\\\n");
            column = 0;
        }
        column += shown.len();
        out.extend_from_slice(&shown);
    }
    out.push(b'$');
}
