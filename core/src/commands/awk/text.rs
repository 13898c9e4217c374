//! The functions of awk that work on texts.

use crate::regex::{Regex, RegexError};
use bstr::ByteSlice;

/// Whether a word is the name of a variable.
pub(super) fn is_name(word: &[u8]) -> bool {
    let letter = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_';
    word.first().is_some_and(letter) && word.iter().all(|byte| letter(byte) || byte.is_ascii_digit())
}

/// The number of characters.
pub(super) fn length(text: &[u8], utf8: bool) -> usize {
    if utf8 && !text.is_ascii() { text.chars().count() } else { text.len() }
}

/// How fields or the parts of `split` are found.
#[derive(Clone)]
pub(super) enum Separator {
    /// Runs of blanks and newlines.
    Blanks,
    Byte(u8),
    Regex(std::rc::Rc<Regex>),
    /// Each character is a part.
    Nothing,
}

/// Finds the parts of a text.
pub(super) fn split(
    text: &[u8],
    separator: &Separator,
    newline_too: bool,
    utf8: bool,
    spans: &mut Vec<(usize, usize)>,
) -> Result<(), RegexError> {
    spans.clear();
    if text.is_empty() {
        return Ok(());
    }
    match separator {
        Separator::Blanks => {
            let is_blank = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n');
            let mut at = 0;
            loop {
                while text.get(at).is_some_and(|byte| is_blank(*byte)) {
                    at += 1;
                }
                let from = at;
                while text.get(at).is_some_and(|byte| !is_blank(*byte)) {
                    at += 1;
                }
                if from == at {
                    return Ok(());
                }
                spans.push((from, at));
            }
        }
        Separator::Byte(byte) => {
            let mut from = 0;
            let mut push = |at: usize| {
                spans.push((from, at));
                from = at + 1;
            };
            if newline_too {
                memchr::memchr2_iter(*byte, b'\n', text).for_each(&mut push);
            } else {
                memchr::memchr_iter(*byte, text).for_each(&mut push);
            }
            spans.push((from, text.len()));
        }
        Separator::Regex(regex) => {
            let (mut from, mut at) = (0, 0);
            while let Some((start, end)) = regex.find_at(text, at)? {
                let newline = text.get(from..start).and_then(|text| memchr::memchr(b'\n', text)).filter(|_| newline_too);
                if let Some(newline) = newline {
                    spans.push((from, from + newline));
                    from += newline + 1;
                    at = from;
                    continue;
                }
                if start == end {
                    at = end + 1;
                    if at > text.len() {
                        break;
                    }
                    continue;
                }
                spans.push((from, start));
                (from, at) = (end, end);
            }
            let rest = text.get(from..).unwrap_or_default();
            if newline_too {
                let first = from;
                for newline in memchr::memchr_iter(b'\n', rest) {
                    spans.push((from, first + newline));
                    from = first + newline + 1;
                }
            }
            spans.push((from, text.len()));
        }
        Separator::Nothing if utf8 => spans.extend(text.char_indices().map(|(from, to, _)| (from, to))),
        Separator::Nothing => spans.extend((0..text.len()).map(|at| (at, at + 1))),
    }
    Ok(())
}

/// `substr`: from a character, so many of them.
pub(super) fn substr(text: &[u8], from: f64, count: Option<f64>, utf8: bool) -> &[u8] {
    let round = |number: f64| if number.is_nan() { -1.0 } else { number.round_ties_even() };
    let first = round(from);
    let last = count.map_or(f64::INFINITY, |count| first + round(count));
    let (first, last) = (first.max(1.0), last.max(1.0));
    if first >= last {
        return b"";
    }
    let (skip, take) = ((first - 1.0).min(1e15) as usize, (last - first).min(1e15) as usize);
    if !utf8 || text.is_ascii() {
        let rest = text.get(skip..).unwrap_or_default();
        return rest.get(..take).unwrap_or(rest);
    }
    let place = |nth: usize| text.char_indices().nth(nth).map_or(text.len(), |(from, ..)| from);
    let from = place(skip);
    text.get(from..place(skip.saturating_add(take))).unwrap_or_default()
}

/// The number of the character that a byte belongs to, from 1.
pub(super) fn character_at(text: &[u8], byte: usize, utf8: bool) -> usize {
    length(text.get(..byte).unwrap_or_default(), utf8) + 1
}

/// Does `sub` or `gsub`: the new text and the number of replacements.
pub(super) fn substitute(
    text: &[u8],
    regex: &Regex,
    replacement: &[u8],
    all: bool,
    out: &mut Vec<u8>,
) -> Result<usize, RegexError> {
    let (mut at, mut copied, mut count) = (0, 0, 0);
    let mut before = None;
    while at <= text.len() {
        let Some((from, to)) = regex.find_at(text, at)? else { break };
        if from < to || before != Some(from) {
            count += 1;
            out.extend_from_slice(text.get(copied..from).unwrap_or_default());
            put_replacement(replacement, text.get(from..to).unwrap_or_default(), out);
            copied = to;
            if !all {
                break;
            }
            before = Some(to);
        }
        at = if from < to {
            to
        } else {
            let rest = text.get(to..).unwrap_or_default();
            to + rest.char_indices().next().map_or(1, |(from, to, _)| to - from)
        };
    }
    out.extend_from_slice(text.get(copied..).unwrap_or_default());
    Ok(count)
}

/// `&` is what matched, `\&` is `&`, `\\` is a backslash.
fn put_replacement(replacement: &[u8], matched: &[u8], out: &mut Vec<u8>) {
    let mut rest = replacement;
    while let Some(at) = memchr::memchr2(b'&', b'\\', rest) {
        out.extend_from_slice(rest.get(..at).unwrap_or_default());
        let length = match (rest.get(at), rest.get(at + 1)) {
            (Some(b'&'), _) => {
                out.extend_from_slice(matched);
                1
            }
            (_, Some(letter @ (b'&' | b'\\'))) => {
                out.push(*letter);
                2
            }
            _ => {
                out.push(b'\\');
                1
            }
        };
        rest = rest.get(at + length..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
}
