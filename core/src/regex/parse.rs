//! From the text of a regular expression to its tree (POSIX.1-2024 XBD chapter 9, with GNU's escapes).

use super::bracket::{self, Bracket};
use super::error::{ErrorKind, RegexError};
use super::set::{Class, Set, other_cases};
use super::utf8;
use super::{Dialect, Flavour, Newline, Syntax};
use crate::abi::limits::{REGEX_NESTING_MAX, REGEX_PROGRAM_MAX};

/// RE_DUP_MAX: the largest number in an interval.
const REPEAT_MAX: u32 = 32_767;

/// A condition on a place between two characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    WordEdge,
    NotWordEdge,
    WordStart,
    WordEnd,
    /// No dot that starts a file name follows; only in shell patterns.
    NotHidden,
}

/// A part of an expression, with what its users would otherwise compute again and again.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    /// Instructions it compiles to.
    pub(super) size: u32,
    /// Whether there is a group in it.
    pub(super) grouped: bool,
    depth: u32,
}

#[derive(Debug)]
pub(super) enum Kind {
    Empty,
    Byte(u8),
    /// A character of the set with this number.
    Set(u32),
    Look(Look),
    Group(u32, Box<Node>),
    BackReference(u32),
    /// Anything that the part does not match: `!(…)`, only in shell patterns.
    Not(Box<Node>),
    Concatenation(Vec<Node>),
    Alternation(Vec<Node>),
    /// At least so often, at most so often.
    Repeat(Box<Node>, u32, Option<u32>),
}

impl Node {
    pub(super) fn new(kind: Kind) -> Node {
        let all = |nodes: &[Node], extra: u32| {
            nodes.iter().fold((0u32, false, 0), |(size, grouped, depth), node| {
                let size = size.saturating_add(node.size).saturating_add(extra);
                (size, grouped || node.grouped, depth.max(node.depth))
            })
        };
        let (size, grouped, depth) = match &kind {
            Kind::Empty => (0, false, 0),
            Kind::Byte(_) | Kind::Set(_) | Kind::Look(_) | Kind::BackReference(_) => (1, false, 0),
            Kind::Not(node) => (node.size + 1, false, node.depth),
            Kind::Group(_, node) => (node.size, true, node.depth),
            Kind::Concatenation(nodes) => all(nodes, 0),
            // Before each but the last a split, after it a jump.
            Kind::Alternation(nodes) => {
                let (size, grouped, depth) = all(nodes, 2);
                (size - 2, grouped, depth)
            }
            Kind::Repeat(node, min, max) => {
                let size = match max {
                    Some(max) => node.size.saturating_mul(*max).saturating_add(max - min),
                    None if *min == 0 => node.size + 2,
                    None => node.size.saturating_mul(*min).saturating_add(1),
                };
                (size, node.grouped, node.depth)
            }
        };
        Node { kind, size, grouped, depth: depth + 1 }
    }

    /// The parts one after another.
    fn concatenation(mut nodes: Vec<Node>) -> Node {
        match nodes.len() {
            0 => Node::new(Kind::Empty),
            1 => nodes.pop().unwrap_or(Node::new(Kind::Empty)),
            _ => Node::new(Kind::Concatenation(nodes)),
        }
    }
}

/// What parsing gives: the tree and what its numbers mean.
pub(super) struct Parsed {
    pub(super) root: Node,
    pub(super) sets: Vec<Set>,
    pub(super) groups: u32,
    pub(super) back_references: bool,
}

/// Parses a whole expression.
pub(super) fn parse(text: &[u8], syntax: Syntax) -> Result<Parsed, RegexError> {
    let mut parser =
        Parser { text, syntax, at: 0, sets: Vec::new(), closed: Vec::new(), back_references: false };
    let root = parser.alternation(0)?;
    Ok(Parsed {
        root,
        sets: parser.sets,
        groups: parser.closed.len() as u32,
        back_references: parser.back_references,
    })
}

/// The next thing in the text; `Literal` starts after this many bytes of it (1 for a backslash).
enum Token {
    End,
    Literal(usize),
    Any,
    Bracket,
    Open,
    Close,
    Bar,
    Repeat(u32, Option<u32>),
    Brace,
    Look(Look),
    Class(Class, bool),
    BackReference(u32),
}

struct Parser<'a> {
    text: &'a [u8],
    syntax: Syntax,
    at: usize,
    sets: Vec<Set>,
    /// For each group so far whether it is complete.
    closed: Vec<bool>,
    back_references: bool,
}

impl Parser<'_> {
    fn error(&self, kind: ErrorKind) -> RegexError {
        RegexError { kind, offset: self.at }
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.get(self.at + ahead).copied()
    }

    /// What stands at the position, and its length. `start` is whether nothing stands before it in its
    /// branch: there `^` is an anchor in basic expressions too.
    fn token(&self, start: bool) -> Result<(Token, usize), RegexError> {
        let extended = self.syntax.flavour == Flavour::Extended;
        let Some(first) = self.byte(0) else { return Ok((Token::End, 0)) };
        let escaped = first == b'\\';
        let c = if escaped {
            self.byte(1).ok_or_else(|| self.error(ErrorKind::TrailingBackslash))?
        } else {
            first
        };
        let lines = self.syntax.newline != Newline::Ordinary;
        let only_lines = self.syntax.newline == Newline::Separator;
        let anchor = |at_lines, look, line_look| if at_lines { line_look } else { look };
        let token = match (c, escaped) {
            (b'(', _) if escaped != extended => Token::Open,
            (b')', _) if escaped != extended => Token::Close,
            (b'|', _) if escaped != extended => Token::Bar,
            (b'{', _) if escaped != extended && self.syntax.flavour != Flavour::Emacs => Token::Brace,
            (b'+', _) if escaped == (self.syntax.flavour == Flavour::Basic) => Token::Repeat(1, None),
            (b'?', _) if escaped == (self.syntax.flavour == Flavour::Basic) => Token::Repeat(0, Some(1)),
            (b'*', false) => Token::Repeat(0, None),
            (b'.', false) => Token::Any,
            (b'[', false) => Token::Bracket,
            (b'^', false) if extended || start => {
                Token::Look(anchor(lines, Look::TextStart, Look::LineStart))
            }
            (b'$', false) if extended || self.closes_branch() => {
                Token::Look(anchor(lines, Look::TextEnd, Look::LineEnd))
            }
            (b'`', true) => Token::Look(anchor(only_lines, Look::TextStart, Look::LineStart)),
            (b'\'', true) => Token::Look(anchor(only_lines, Look::TextEnd, Look::LineEnd)),
            (b'b', true) => Token::Look(Look::WordEdge),
            (b'B', true) => Token::Look(Look::NotWordEdge),
            (b'<', true) => Token::Look(Look::WordStart),
            (b'>', true) => Token::Look(Look::WordEnd),
            (b'w' | b'W', true) => Token::Class(Class::WORD, c == b'W'),
            (b's' | b'S', true) => Token::Class(Class::SPACE, c == b'S'),
            (b'1'..=b'9', true) => Token::BackReference(u32::from(c - b'0')),
            _ => Token::Literal(usize::from(escaped)),
        };
        Ok((token, 1 + usize::from(escaped)))
    }

    /// In basic expressions `$` is an anchor at the end of a branch.
    fn closes_branch(&self) -> bool {
        matches!((self.byte(1), self.byte(2)), (None, _) | (Some(b'\\'), Some(b')' | b'|')))
    }

    fn alternation(&mut self, depth: u32) -> Result<Node, RegexError> {
        if depth > REGEX_NESTING_MAX {
            return Err(self.error(ErrorKind::TooBig));
        }
        let first = self.closed.len();
        let mut branches = vec![self.branch(depth)?];
        while let (Token::Bar, len) = self.token(true)? {
            self.at += len;
            // Groups of another branch are no groups to refer to.
            self.set_closed(first, false);
            branches.push(self.branch(depth)?);
        }
        self.set_closed(first, true);
        if branches.len() == 1 {
            return Ok(branches.pop().unwrap_or(Node::new(Kind::Empty)));
        }
        self.checked(Kind::Alternation(branches))
    }

    /// Says of all groups from `first` on whether they are complete.
    fn set_closed(&mut self, first: usize, closed: bool) {
        self.closed.iter_mut().skip(first).for_each(|group| *group = closed);
    }

    fn branch(&mut self, depth: u32) -> Result<Node, RegexError> {
        let extended = self.syntax.flavour == Flavour::Extended;
        let loose = self.syntax.dialect == Dialect::Grep;
        let strict_basic = !loose && self.syntax.flavour == Flavour::Basic;
        let mut nodes: Vec<Node> = Vec::new();
        // Whether something to repeat stands before, and whether it is a repetition itself.
        let (mut repeatable, mut repeated) = (false, false);
        loop {
            let (token, len) = self.token(nodes.is_empty())?;
            let (mut min_max, mut literal) = (None, 0);
            match token {
                Token::End | Token::Bar => break,
                Token::Close if depth > 0 => break,
                Token::Close if !extended || self.syntax.dialect == Dialect::Sed => {
                    return Err(self.error(ErrorKind::UnmatchedClose));
                }
                Token::Repeat(min, max) => {
                    if strict_basic && repeated && self.byte(0) == Some(b'*') {
                        return Err(self.error(ErrorKind::BadRepeat));
                    }
                    min_max = Some((min, max, len));
                    literal = len - 1;
                }
                Token::Brace => {
                    if !loose && (!repeatable || strict_basic && repeated) {
                        return Err(self.error(ErrorKind::BadRepeat));
                    }
                    if repeatable {
                        min_max = self.interval(len)?;
                    }
                    literal = len - 1;
                }
                Token::Literal(skip) => literal = skip,
                _ => {}
            }
            if let Some((min, max, len)) = min_max
                && repeatable
            {
                if let Some(node) = nodes.pop() {
                    nodes.push(self.repeat(node, min, max)?);
                }
                self.at += len;
                repeated = true;
                continue;
            }
            let operand = core::mem::replace(&mut repeatable, true);
            repeated = false;
            let node = match token {
                Token::Repeat(..) | Token::Brace if extended && !loose => {
                    return Err(self.error(ErrorKind::BadRepeat));
                }
                // Without something to repeat, grep reads over an operator.
                Token::Repeat(..) | Token::Brace if extended && !operand => {
                    self.at += len;
                    repeatable = false;
                    continue;
                }
                Token::Open => {
                    self.at += len;
                    self.group(depth)?
                }
                Token::Any => {
                    self.at += len;
                    let mut set = Set::any(self.syntax.utf8);
                    if self.syntax.newline != Newline::Ordinary {
                        set.remove_byte(b'\n');
                    }
                    self.set(set)
                }
                Token::Bracket => self.bracket()?,
                Token::Look(look) => {
                    self.at += len;
                    repeatable = false;
                    Node::new(Kind::Look(look))
                }
                Token::Class(class, negated) => {
                    self.at += len;
                    self.set(Set::of_class(self.syntax.utf8, class, negated))
                }
                Token::BackReference(number) => {
                    let known = self.closed.get(number as usize - 1);
                    if known != Some(&true) {
                        return Err(self.error(ErrorKind::BadBackReference));
                    }
                    self.at += len;
                    self.back_references = true;
                    Node::new(Kind::BackReference(number))
                }
                _ => {
                    self.at += literal;
                    self.literal()
                }
            };
            nodes.push(node);
        }
        self.checked_node(Node::concatenation(nodes))
    }

    fn group(&mut self, depth: u32) -> Result<Node, RegexError> {
        let number = self.closed.len();
        self.closed.push(false);
        let inner = self.alternation(depth + 1)?;
        let (Token::Close, len) = self.token(false)? else {
            return Err(self.error(ErrorKind::UnmatchedOpen));
        };
        self.at += len;
        if let Some(closed) = self.closed.get_mut(number) {
            *closed = true;
        }
        Ok(Node::new(Kind::Group(number as u32 + 1, Box::new(inner))))
    }

    /// One character taken for itself.
    fn literal(&mut self) -> Node {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let first = rest.first().copied().unwrap_or_default();
        let (code, len) = match utf8::decode(rest) {
            Some(decoded) if self.syntax.utf8 => decoded,
            _ => (first.into(), 1),
        };
        self.at += len;
        let foldable = if len > 1 {
            other_cases(code).iter().any(|&other| other != code)
        } else {
            first.is_ascii_alphabetic()
        };
        if self.syntax.ignore_case && foldable {
            let mut set = Set::new(self.syntax.utf8, true);
            set.add_range(code, code);
            return self.set(set);
        }
        let bytes = rest.iter().take(len);
        Node::concatenation(bytes.map(|&byte| Node::new(Kind::Byte(byte))).collect())
    }

    fn bracket(&mut self) -> Result<Node, RegexError> {
        let rest = self.text.get(self.at + 1..).unwrap_or_default();
        let bracket = Bracket {
            utf8: self.syntax.utf8,
            fold: self.syntax.ignore_case,
            shell: false,
            newline: self.syntax.newline == Newline::Ordinary,
        };
        let (set, len) = bracket::parse(rest, bracket)
            .map_err(|(kind, at)| RegexError { kind, offset: self.at + 1 + at })?;
        self.at += 1 + len;
        Ok(self.set(set))
    }

    fn set(&mut self, mut set: Set) -> Node {
        if self.syntax.newline == Newline::Separator {
            set.remove_byte(b'\n');
        }
        if let Some(byte) = set.single_byte() {
            return Node::new(Kind::Byte(byte));
        }
        let number = self.sets.iter().position(|known| *known == set).unwrap_or_else(|| {
            self.sets.push(set);
            self.sets.len() - 1
        });
        Node::new(Kind::Set(number as u32))
    }

    /// An interval whose opening brace is `open` bytes long: the numbers and its whole length, or
    /// nothing where grep takes a brace that opens no interval for itself.
    fn interval(&self, open: usize) -> Result<Option<(u32, Option<u32>, usize)>, RegexError> {
        let loose = self.syntax.dialect == Dialect::Grep && self.syntax.flavour == Flavour::Extended;
        let rest = self.text.get(self.at + open..).unwrap_or_default();
        let number = |from: usize| {
            let digits = rest.iter().skip(from).take_while(|c| c.is_ascii_digit());
            let (value, len) = digits.fold((0u32, 0), |(value, len), digit| {
                (value.saturating_mul(10).saturating_add(u32::from(digit - b'0')), len + 1)
            });
            ((len > 0).then_some(value), from + len)
        };
        let (min, after) = number(0);
        let comma = rest.get(after) == Some(&b',');
        let (max, after) = if comma { number(after + 1) } else { (min, after) };
        let tail = rest.get(after..).unwrap_or_default();
        let close: &[u8] = if self.syntax.flavour == Flavour::Extended { b"}" } else { b"\\}" };
        if !tail.starts_with(close) {
            let closed = tail.windows(close.len()).any(|window| window == close);
            return match (loose, closed) {
                (true, _) => Ok(None),
                (false, true) => Err(self.error(ErrorKind::BadInterval)),
                (false, false) => Err(self.error(ErrorKind::UnmatchedBrace)),
            };
        }
        if !comma && min.is_none() || max.is_some_and(|max| max < min.unwrap_or(0)) {
            return Err(self.error(ErrorKind::BadInterval));
        }
        if min.max(max) > Some(REPEAT_MAX) {
            return Err(self.error(ErrorKind::TooBig));
        }
        Ok(Some((min.unwrap_or(0), max, open + after + close.len())))
    }

    fn repeat(&self, node: Node, min: u32, max: Option<u32>) -> Result<Node, RegexError> {
        match (&node.kind, min, max) {
            (_, 1, Some(1)) => Ok(node),
            (_, 0, Some(0)) => Ok(Node::new(Kind::Empty)),
            // `a**` and its like need no second loop.
            (Kind::Repeat(_, 0, None), _, _) => Ok(node),
            _ => self.checked(Kind::Repeat(Box::new(node), min, max)),
        }
    }

    fn checked(&self, kind: Kind) -> Result<Node, RegexError> {
        self.checked_node(Node::new(kind))
    }

    fn checked_node(&self, node: Node) -> Result<Node, RegexError> {
        if node.size as usize > REGEX_PROGRAM_MAX || node.depth > 4 * REGEX_NESTING_MAX {
            return Err(self.error(ErrorKind::TooBig));
        }
        Ok(node)
    }
}
