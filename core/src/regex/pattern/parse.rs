//! From the text of a shell pattern to its items.

use super::PatternOptions;
use crate::abi::limits::REGEX_NESTING_MAX;
use crate::regex::bracket::{self, Bracket};
use crate::regex::set::{Set, other_cases};
use crate::regex::utf8;

/// A part of a pattern.
pub(super) enum Item {
    /// These bytes.
    Literal(Vec<u8>),
    /// One character of a set.
    One(Set),
    /// Anything.
    Star,
    /// An extended pattern: its sign and its alternatives.
    Group(u8, Vec<Vec<Item>>),
}

pub(super) fn parse(text: &[u8], options: PatternOptions) -> Vec<Item> {
    let bracket = Bracket { utf8: options.utf8, fold: options.ignore_case, shell: true, newline: true };
    let mut parser = Parser { text, options, bracket, at: 0, plain: 0, groups: Vec::new(), closing: None };
    if options.extended && text.contains(&b'(') {
        parser.groups = parser.closed_groups();
    }
    parser.sequence(0)
}

struct Parser<'a> {
    text: &'a [u8],
    options: PatternOptions,
    bracket: Bracket,
    at: usize,
    /// Open parentheses that are no group's, inside the innermost group.
    plain: usize,
    /// For each byte whether it is the sign of a complete group; empty without groups.
    groups: Vec<bool>,
    /// Behind here no bracket expression ends, once that is known.
    closing: Option<usize>,
}

impl Parser<'_> {
    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.get(self.at + ahead).copied()
    }

    /// The bracket expression at the position and its length.
    fn bracket(&mut self) -> Option<(Set, usize)> {
        let closing = *self.closing.get_or_insert(memchr::memrchr(b']', self.text).unwrap_or(0));
        if self.at >= closing {
            return None;
        }
        let (mut set, len) = bracket::parse(self.text.get(self.at + 1..)?, self.bracket).ok()?;
        if self.options.path {
            set.remove_byte(b'/');
        }
        Some((set.with_strays(), len + 1))
    }

    /// For each byte whether it is the sign of a group that has an end.
    fn closed_groups(&mut self) -> Vec<bool> {
        let mut closed = vec![false; self.text.len()];
        let mut open: Vec<Option<usize>> = Vec::new();
        while let Some(byte) = self.byte(0) {
            match byte {
                b'\\' => self.at += 1,
                b'[' => self.at += self.bracket().map_or(0, |(_, len)| len - 1),
                b'(' if self.at > 0 && !open.is_empty() => open.push(None),
                b'?' | b'*' | b'+' | b'@' | b'!' if self.byte(1) == Some(b'(') => {
                    open.push(Some(self.at));
                    self.at += 1;
                }
                b')' => {
                    if let Some(sign) = open.pop().flatten().and_then(|at| closed.get_mut(at)) {
                        *sign = true;
                    }
                }
                _ => {}
            }
            self.at += 1;
        }
        self.at = 0;
        closed
    }

    fn sequence(&mut self, depth: u32) -> Vec<Item> {
        let mut items = Vec::new();
        while let Some(byte) = self.byte(0) {
            let group = self.groups.get(self.at) == Some(&true);
            match byte {
                _ if group && depth < REGEX_NESTING_MAX => {
                    items.push(self.group(byte, depth));
                    continue;
                }
                b'|' | b')' if depth > 0 && self.plain == 0 => break,
                b'(' if depth > 0 => self.plain += 1,
                b')' if depth > 0 => self.plain -= 1,
                // A sign whose group is not complete is itself.
                b'*' | b'?' if !group && self.is_sign() => {}
                b'*' => {
                    self.at += 1;
                    if !matches!(items.last(), Some(Item::Star)) {
                        items.push(Item::Star);
                    }
                    continue;
                }
                b'?' => {
                    self.at += 1;
                    let mut any = Set::any(self.options.utf8);
                    if self.options.path {
                        any.remove_byte(b'/');
                    }
                    items.push(Item::One(any.with_strays()));
                    continue;
                }
                b'[' => {
                    if let Some((set, len)) = self.bracket() {
                        self.at += len;
                        items.push(Item::One(set));
                        continue;
                    }
                }
                b'\\' if self.byte(1).is_some() => self.at += 1,
                _ => {}
            }
            self.literal(&mut items);
        }
        items
    }

    fn is_sign(&self) -> bool {
        self.options.extended && self.byte(1) == Some(b'(')
    }

    fn group(&mut self, sign: u8, depth: u32) -> Item {
        let plain = core::mem::take(&mut self.plain);
        let mut alternatives = Vec::new();
        self.at += 1;
        loop {
            // Past the `(` or the `|`.
            self.at += 1;
            alternatives.push(self.sequence(depth + 1));
            if self.byte(0) != Some(b'|') {
                break;
            }
        }
        self.at += 1;
        self.plain = plain;
        Item::Group(sign, alternatives)
    }

    /// One character taken for itself.
    fn literal(&mut self, items: &mut Vec<Item>) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let Some(&first) = rest.first() else { return };
        let (code, len) = match utf8::decode(rest) {
            Some(decoded) if self.options.utf8 => decoded,
            _ => (first.into(), 1),
        };
        self.at += len;
        let folds = if len > 1 {
            other_cases(code).iter().any(|&other| other != code)
        } else {
            first.is_ascii_alphabetic()
        };
        if self.options.ignore_case && folds {
            let mut set = Set::new(self.options.utf8, true);
            set.add_range(code, code);
            items.push(Item::One(set));
            return;
        }
        let bytes = rest.get(..len).unwrap_or_default();
        match items.last_mut() {
            Some(Item::Literal(literal)) => literal.extend_from_slice(bytes),
            _ => items.push(Item::Literal(bytes.to_vec())),
        }
    }
}
