//! Brace expansion: `a{b,c}d` and `{1..5}`, on the parts of a word, before anything else is expanded.

use crate::abi::limits::BRACE_WORDS_MAX;
use crate::shell::syntax::ast::{Parameter, WordPart};

/// A part of a word that brace expansion made.
#[derive(Clone, Debug)]
pub(in crate::shell) enum Piece<'a> {
    /// One of the word's parts.
    Part(&'a WordPart),
    /// A piece of an unquoted literal.
    Text(Vec<u8>),
    /// An empty field: what is left of a `\` that a range gave.
    Empty,
    /// `$name` that the text behind it has made longer: `$x{a,b}` is `$xa $xb`.
    Variable(Vec<u8>),
}

/// One character of the word as brace expansion sees it: a literal byte, or something opaque.
#[derive(Clone, Copy)]
enum Item<'a> {
    Byte(u8),
    Part(&'a WordPart),
    /// See [`Piece::Empty`].
    Empty,
}

/// The words that the parts of a word give, in order; at most `limits::BRACE_WORDS_MAX`. `None` when no braces
/// in it mean anything.
pub(in crate::shell) fn expand(parts: &[WordPart]) -> Option<Vec<Vec<Piece<'_>>>> {
    let mut items = Vec::new();
    for part in parts {
        match part {
            WordPart::Literal(text) => items.extend(text.iter().map(|&byte| Item::Byte(byte))),
            part => items.push(Item::Part(part)),
        }
    }
    let words = expand_items(&items, 0);
    let is_same = matches!(words.as_slice(), [only] if only.len() == items.len());
    (!is_same).then(|| words.iter().map(|word| pieces(word)).collect())
}

fn pieces<'a>(items: &[Item<'a>]) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    for item in items {
        match (item, pieces.last_mut()) {
            (Item::Byte(byte), Some(Piece::Variable(name))) if is_name_byte(*byte) => name.push(*byte),
            (Item::Byte(byte), Some(last @ Piece::Part(_))) if is_name_byte(*byte) => {
                match longer_name(last, *byte) {
                    Some(name) => *last = Piece::Variable(name),
                    None => pieces.push(Piece::Text(vec![*byte])),
                }
            }
            (Item::Byte(byte), Some(Piece::Text(text))) => text.push(*byte),
            (Item::Byte(byte), _) => pieces.push(Piece::Text(vec![*byte])),
            (Item::Part(part), _) => pieces.push(Piece::Part(part)),
            (Item::Empty, _) => pieces.push(Piece::Empty),
        }
    }
    pieces
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The name that a `$name` without braces becomes when a byte follows.
fn longer_name(piece: &Piece<'_>, byte: u8) -> Option<Vec<u8>> {
    match piece {
        Piece::Part(WordPart::Param(param)) if !param.braced => match &param.parameter {
            Parameter::Variable(name) => Some([&name[..], &[byte]].concat()),
            _ => None,
        },
        _ => None,
    }
}

/// Deepest nesting of braces that is expanded; deeper ones stay as they are.
const DEPTH_MAX: usize = 64;

fn expand_items<'a>(items: &[Item<'a>], depth: usize) -> Vec<Vec<Item<'a>>> {
    if depth > DEPTH_MAX {
        return vec![items.to_vec()];
    }
    let mut from = 0;
    while let Some(open) = find_open(items, from) {
        if let Some((alternatives, close)) = alternatives(items, open, depth) {
            let preamble = &items[..open];
            let tails = expand_items(&items[close + 1..], depth);
            let mut words = Vec::new();
            for alternative in &alternatives {
                for tail in &tails {
                    if words.len() >= BRACE_WORDS_MAX {
                        return words;
                    }
                    words.push([preamble, alternative, tail].concat());
                }
            }
            return words;
        }
        from = open + 1;
    }
    vec![items.to_vec()]
}

/// The next `{` that is not part of `${`.
fn find_open(items: &[Item<'_>], from: usize) -> Option<usize> {
    (from..items.len()).find(|&at| matches!(items[at], Item::Byte(b'{')))
}

/// What the brace at `open` offers, each alternative expanded itself, and where it closes.
fn alternatives<'a>(items: &[Item<'a>], open: usize, depth: usize) -> Option<(Vec<Vec<Item<'a>>>, usize)> {
    let mut level = 0usize;
    let mut commas = Vec::new();
    let mut close = None;
    for (at, item) in items.iter().enumerate().skip(open + 1) {
        match item {
            Item::Byte(b'{') => level += 1,
            Item::Byte(b'}') if level == 0 => {
                close = Some(at);
                break;
            }
            Item::Byte(b'}') => level -= 1,
            Item::Byte(b',') if level == 0 => commas.push(at),
            _ => {}
        }
    }
    let close = close?;
    if commas.is_empty() {
        let text: Option<Vec<u8>> = items[open + 1..close]
            .iter()
            .map(|item| match item {
                Item::Byte(byte) => Some(*byte),
                Item::Part(_) | Item::Empty => None,
            })
            .collect();
        let words = sequence(&text?)?;
        return Some((
            words.into_iter().map(|word| word.into_iter().map(generated).collect()).collect(),
            close,
        ));
    }
    let mut found = Vec::new();
    let mut start = open + 1;
    for end in commas.into_iter().chain([close]) {
        found.extend(expand_items(&items[start..end], depth + 1));
        start = end + 1;
    }
    Some((found, close))
}

/// A byte that a range gave: a backslash among them quotes what is behind it, which is nothing or plain.
fn generated<'a>(byte: u8) -> Item<'a> {
    if byte == b'\\' { Item::Empty } else { Item::Byte(byte) }
}

/// `x..y` and `x..y..step`, of integers or of single letters.
fn sequence(text: &[u8]) -> Option<Vec<Vec<u8>>> {
    let text = std::str::from_utf8(text).ok()?;
    let mut parts = text.split("..");
    let (first, last, step) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() {
        return None;
    }
    let step = match step {
        None => 1,
        Some(step) => step.parse::<i64>().ok()?.unsigned_abs().max(1),
    };
    if let (Ok(from), Ok(to)) = (first.parse::<i64>(), last.parse::<i64>()) {
        let padded = |text: &str| {
            let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
            digits.len() > 1 && digits.starts_with('0')
        };
        let width = if padded(first) || padded(last) { first.len().max(last.len()) } else { 0 };
        let word = |number: i64| {
            if width == 0 {
                return number.to_string().into_bytes();
            }
            let sign = if number < 0 { "-" } else { "" };
            format!("{sign}{:0>1$}", number.unsigned_abs(), width - sign.len()).into_bytes()
        };
        return Some(count(from, to, step).map(word).collect());
    }
    let letter = |text: &str| match text.as_bytes() {
        [byte] if byte.is_ascii_alphabetic() => Some(i64::from(*byte)),
        _ => None,
    };
    let (from, to) = (letter(first)?, letter(last)?);
    // Between the two alphabets lie characters that are kept as they are.
    Some(count(from, to, step).filter_map(|code| u8::try_from(code).ok()).map(|byte| vec![byte]).collect())
}

/// From one number to another, both included, upwards or downwards.
fn count(from: i64, to: i64, step: u64) -> impl Iterator<Item = i64> {
    let steps = from.abs_diff(to) / step;
    let at = move |index: u64| {
        let offset = index.wrapping_mul(step) as i64;
        if to >= from { from.wrapping_add(offset) } else { from.wrapping_sub(offset) }
    };
    (0..=steps).take(BRACE_WORDS_MAX).map(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: &str) {
        let parts = [WordPart::Literal(word.as_bytes().into())];
        let Some(words) = expand(&parts) else { return assert_eq!(word, expected) };
        let words: Vec<String> = words
            .into_iter()
            .map(|pieces| {
                let bytes: Vec<u8> = pieces
                    .into_iter()
                    .flat_map(|piece| match piece {
                        Piece::Text(text) => text,
                        Piece::Part(WordPart::Literal(text)) => text.to_vec(),
                        Piece::Part(_) | Piece::Variable(_) | Piece::Empty => Vec::new(),
                    })
                    .collect();
                String::from_utf8_lossy(&bytes).into_owned()
            })
            .collect();
        assert_eq!(words.join(" "), expected, "{word}");
    }

    #[test]
    fn braces_give_words() {
        check("a{b,c}d", "abd acd");
        check("{a,b}{1,2}", "a1 a2 b1 b2");
        check("{a,b{1,2},c}", "a b1 b2 c");
        check("{1..5}", "1 2 3 4 5");
        check("{5..1..2}", "5 3 1");
        check("{01..10..3}", "01 04 07 10");
        check("{a..e..2}", "a c e");
        check("{3..3}", "3");
        check("{-2..2}", "-2 -1 0 1 2");
        check("a{b}c", "a{b}c");
        check("{a", "{a");
        check("{a,b", "{a,b");
        check("{,x}y", "y xy");
        check("{{a,b}", "{a {b");
        check("a{1..x}", "a{1..x}");
        check("{Z..a}", "Z [  ] ^ _ ` a");
    }
}
