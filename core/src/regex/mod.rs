//! POSIX regular expressions and shell patterns: pure, linear where the language allows it.
//!
//! An expression is parsed to a tree (`parse`, `bracket`, `set`), compiled to a program (`program`) and
//! searched for (`search`) by the first of these that can answer: a literal that every match contains (`literal`),
//! the automaton (`dfa`), the simulation of all threads (`simulate`); groups are found inside a known
//! match (`captures`). Expressions with back-references have a matcher of their own (`backtrack`).
//!
//! All of it is synchronous. A search takes time linear in the text, at most the program's length times
//! the text's (with back-references more), and ends with an error at
//! [`REGEX_SEARCH_STEPS_MAX`](crate::abi::limits::REGEX_SEARCH_STEPS_MAX). A program that must give way
//! to others searches in pieces, lines or buffers of lines, and between them pays for
//! [`Regex::take_steps`].

mod backtrack;
mod bracket;
mod captures;
mod dfa;
mod error;
mod literal;
mod parse;
pub mod pattern;
mod program;
mod search;
mod set;
mod simulate;
mod steps;
mod utf8;

#[cfg(test)]
mod tests;

use std::cell::RefCell;

pub use captures::Captures;
pub use error::{ErrorKind, RegexError};

use captures::Divider;
use dfa::Dfa;
use literal::Literal;
use parse::Node;
use program::Program;
use simulate::Threads;
use steps::Steps;

/// The kind of expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// Basic (XBD 9.3), with GNU's `\+ \? \|`: grep, sed, expr.
    Basic,
    /// Extended (XBD 9.4): `grep -E`, `sed -E`, awk, `[[ =~ ]]`.
    Extended,
    /// As in Emacs, what `find -regex` takes by default: `+ ?` and `\( \) \|`, no intervals.
    Emacs,
}

/// Where the programs of GNU differ about what POSIX leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// As `regcomp`: an operator without something to repeat is an error, a lone `)` in an extended
    /// expression is itself. The shell, find.
    Posix,
    /// As `Posix`, but a lone `)` is an error.
    Sed,
    /// An operator without something to repeat is read over (extended) or is itself (basic), and so is a
    /// `{` that opens no interval. grep, awk.
    Grep,
}

/// What a newline in the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Newline {
    /// A character as others; `^` and `$` hold at the ends of the text.
    Ordinary,
    /// As with REG_NEWLINE: `^` and `$` hold at lines' ends too, `.` and `[^…]` do not match it. The `M`
    /// flag of sed, `grep -z`.
    Anchor,
    /// The text is a buffer of lines: nothing matches it, and matches lie inside lines. grep.
    Separator,
}

/// How an expression is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Syntax {
    /// The kind of expression.
    pub flavour: Flavour,
    /// Whose rules hold where programs differ.
    pub dialect: Dialect,
    /// Whether letters match their other case.
    pub ignore_case: bool,
    /// What a newline in the text is.
    pub newline: Newline,
    /// Whether text is UTF-8. Then `.` and sets match whole characters and never a byte that belongs to
    /// none; else each byte is a character.
    pub utf8: bool,
}

impl Syntax {
    /// A basic expression over one UTF-8 text.
    pub fn basic() -> Syntax {
        Syntax {
            flavour: Flavour::Basic,
            dialect: Dialect::Posix,
            ignore_case: false,
            newline: Newline::Ordinary,
            utf8: true,
        }
    }

    /// An extended expression over one UTF-8 text.
    pub fn extended() -> Syntax {
        Syntax { flavour: Flavour::Extended, ..Syntax::basic() }
    }
}

/// A compiled regular expression. Searching changes only its private memory, so it can be shared in an
/// `Rc`; that memory is bounded.
pub struct Regex {
    root: Node,
    program: Program,
    groups: u32,
    ignore_case: bool,
    lines: bool,
    literal: Option<Literal>,
    memory: RefCell<Memory>,
}

/// What searches keep between them.
struct Memory {
    dfa: Dfa,
    threads: Threads,
    steps: Steps,
}

impl Regex {
    /// Compiles an expression.
    pub fn new(pattern: &[u8], syntax: Syntax) -> Result<Regex, RegexError> {
        let parsed = parse::parse(pattern, syntax)?;
        let program = Program::new(&parsed.root, parsed.sets, syntax.utf8, parsed.back_references);
        let dfa = Dfa::new(&program, literal::is_pinned(&parsed.root));
        Ok(Regex {
            literal: Literal::of(&parsed.root),
            root: parsed.root,
            program,
            groups: parsed.groups,
            ignore_case: syntax.ignore_case,
            lines: syntax.newline == Newline::Separator,
            memory: RefCell::new(Memory { dfa, threads: Threads::default(), steps: Steps::default() }),
        })
    }

    /// The number of groups in the expression.
    pub fn groups(&self) -> usize {
        self.groups as usize
    }

    /// The steps of all searches since the last call, for the caller to pay for; a step is about as much
    /// as 16 bytes of text through the automaton.
    pub fn take_steps(&self) -> u64 {
        let mut memory = self.memory.borrow_mut();
        memory.steps.begin();
        core::mem::take(&mut memory.steps.total)
    }

    /// Whether the expression matches anywhere.
    pub fn is_match(&self, hay: &[u8]) -> Result<bool, RegexError> {
        Ok(self.earliest_end_at(hay, 0)?.is_some())
    }

    /// The place at or after `start` where the first match to end ends: not always an end of the match
    /// that [`find_at`](Regex::find_at) gives, but always in the same line when lines are apart, and
    /// faster. This is what grep asks of a whole buffer.
    pub fn earliest_end_at(&self, hay: &[u8], start: usize) -> Result<Option<usize>, RegexError> {
        if start > hay.len() {
            return Ok(None);
        }
        let memory = &mut *self.memory.borrow_mut();
        memory.steps.begin();
        Ok(self.first(memory, hay, start)?.map(|(_, end)| end))
    }

    /// Start and end of the leftmost match that starts at or after `start`, of those the longest. What is
    /// before `start` counts for `^`, `\<` and the like. A match never starts inside a character.
    pub fn find_at(&self, hay: &[u8], start: usize) -> Result<Option<(usize, usize)>, RegexError> {
        if start > hay.len() {
            return Ok(None);
        }
        let memory = &mut *self.memory.borrow_mut();
        memory.steps.begin();
        self.find(memory, hay, start)
    }

    /// As [`find_at`](Regex::find_at), with what the groups matched; `captures` is left alone when
    /// nothing matches.
    pub fn captures_at(&self, hay: &[u8], start: usize, captures: &mut Captures) -> Result<bool, RegexError> {
        if start > hay.len() {
            return Ok(false);
        }
        let memory = &mut *self.memory.borrow_mut();
        memory.steps.begin();
        let Some(span) = self.find(memory, hay, start)? else { return Ok(false) };
        if self.program.back_references {
            return self.backtracker(memory, hay).find(span.0, self.groups, captures);
        }
        captures.reset(self.groups);
        captures.set(0, span);
        let Memory { threads, steps, .. } = memory;
        let mut divider = Divider { program: &self.program, hay, threads, steps, captures };
        divider.divide(&self.root, 0, span)?;
        Ok(true)
    }
}
