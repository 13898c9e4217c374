//! Bracket expressions (XBD 9.3.5), of regular expressions and of shell patterns.

use super::error::ErrorKind;
use super::set::{Class, Set};
use super::utf8;

/// How a bracket expression is read.
#[derive(Clone, Copy)]
pub(super) struct Bracket {
    pub(super) utf8: bool,
    /// Letters stand for both cases.
    pub(super) fold: bool,
    /// As in a shell pattern: `!` negates too, a backslash quotes.
    pub(super) shell: bool,
    /// Whether a negated one matches a newline.
    pub(super) newline: bool,
}

/// Reads what follows `[`, and gives the set and the length including `]`. An error has its offset.
pub(super) fn parse(text: &[u8], how: Bracket) -> Result<(Set, usize), (ErrorKind, usize)> {
    let mut set = Set::new(how.utf8, how.fold);
    let negated = matches!(text, [b'^', ..]) || how.shell && matches!(text, [b'!', ..]);
    let first = usize::from(negated);
    let mut at = first;
    if text.len() == at && !how.shell {
        return Err((ErrorKind::BadPattern, at));
    }
    loop {
        if at > first && text.get(at) == Some(&b']') {
            at += 1;
            break;
        }
        let (item, len) = item(text, at, how)?;
        at += len;
        let ranged = text.get(at) == Some(&b'-') && text.get(at + 1).is_some_and(|&c| c != b']');
        match item {
            Item::Class(_) | Item::Unknown if ranged && !how.shell => {
                return Err((ErrorKind::BadRange, at));
            }
            Item::Class(class) => set.add_class(class, how.fold && !how.shell),
            Item::Unknown => {}
            Item::Char(low) if ranged => {
                let (end, len) = self::item(text, at + 1, how)?;
                at += 1 + len;
                match end {
                    Item::Char(high) if low <= high => set.add_range(low, high),
                    _ if how.shell => {}
                    _ => return Err((ErrorKind::BadRange, at)),
                }
                // `a-c-e` has no meaning; a `-` before `]` is itself.
                if !how.shell && text.get(at) == Some(&b'-') && text.get(at + 1).is_some_and(|&c| c != b']') {
                    return Err((ErrorKind::BadRange, at));
                }
            }
            Item::Char(c) => set.add_range(c, c),
        }
    }
    if negated {
        set.negate();
        if !how.newline {
            set.remove_byte(b'\n');
        }
    }
    Ok((set, at))
}

enum Item {
    Char(u32),
    Class(Class),
    /// A class or symbol that does not exist, in a shell pattern: it stands for nothing.
    Unknown,
}

/// A character, a class or a symbol of a bracket expression, and its length.
fn item(text: &[u8], at: usize, how: Bracket) -> Result<(Item, usize), (ErrorKind, usize)> {
    let unmatched = (ErrorKind::UnmatchedBracket, at);
    let rest = text.get(at..).unwrap_or_default();
    if let [b'[', mark @ (b':' | b'.' | b'='), inner @ ..] = rest {
        let end = inner.windows(2).position(|pair| pair == [*mark, b']']);
        let Some(name) = end.and_then(|end| inner.get(..end)) else {
            return if how.shell { Ok((Item::Char(b'['.into()), 1)) } else { Err(unmatched) };
        };
        let single = match utf8::decode(name) {
            Some((c, len)) if how.utf8 && len == name.len() => Some(c),
            _ => name.first().filter(|_| name.len() == 1).map(|&byte| byte.into()),
        };
        let item = match (mark, Class::named(name), single) {
            (b':', Some(class), _) => Item::Class(class),
            (b'.' | b'=', _, Some(c)) => Item::Char(c),
            _ if how.shell => Item::Unknown,
            (b':', ..) => return Err((ErrorKind::BadClass, at)),
            _ => return Err((ErrorKind::BadCollation, at)),
        };
        return Ok((item, name.len() + 4));
    }
    let quoted = usize::from(how.shell && rest.first() == Some(&b'\\') && rest.len() > 1);
    let rest = rest.get(quoted..).unwrap_or_default();
    match utf8::decode(rest) {
        Some((c, len)) if how.utf8 => Ok((Item::Char(c), quoted + len)),
        _ => rest.first().map(|&c| (Item::Char(c.into()), quoted + 1)).ok_or(unmatched),
    }
}
