//! A compiled `sed` script: a list of commands in which blocks and labels are places to jump to.

use crate::regex::Regex;
use std::rc::Rc;

/// A regular expression; `None` is the last one used.
pub(super) type Pattern = Option<Rc<Regex>>;

/// What a command is bound to, or where a range begins.
pub(super) enum Address {
    Line(u64),
    /// First and step.
    Step(u64, u64),
    Last,
    Match(Pattern),
    /// `0,/re/`: the range is open from the start.
    Zero,
}

/// Where a range ends.
pub(super) enum End {
    Line(u64),
    Plus(u64),
    Multiple(u64),
    Last,
    Match(Pattern),
}

/// A command with its addresses.
pub(super) struct Command {
    pub(super) first: Option<Address>,
    pub(super) end: Option<End>,
    pub(super) negated: bool,
    pub(super) op: Op,
}

/// What a command does. Places are indices of commands; outputs are indices of [`Script::outputs`].
pub(super) enum Op {
    /// Goes behind its end unless its addresses fit.
    Block(usize),
    Nothing,
    LineNumber,
    Append(Rc<[u8]>),
    Insert(Rc<[u8]>),
    Change(Rc<[u8]>),
    Branch(usize),
    /// Branches if a substitution was made (true) or was not.
    Test(bool, usize),
    Delete,
    DeleteFirst,
    FileName,
    Get,
    GetAppend,
    Hold,
    HoldAppend,
    List(Option<usize>),
    Next,
    NextAppend,
    Print,
    PrintFirst,
    Quit(u8),
    QuitSilently(u8),
    ReadFile(Rc<[u8]>),
    /// The index of a file that is read line by line.
    ReadLine(usize),
    Substitute(Box<Substitution>),
    Translate(Box<Translation>),
    Write(usize),
    WriteFirst(usize),
    Exchange,
    Zap,
}

/// `s`.
pub(super) struct Substitution {
    pub(super) pattern: Pattern,
    pub(super) replacement: Vec<Part>,
    /// The highest group that the replacement names.
    pub(super) groups: usize,
    pub(super) global: bool,
    pub(super) print: bool,
    /// The first match that is replaced.
    pub(super) number: u64,
    pub(super) output: Option<usize>,
}

/// A part of a replacement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Part {
    Text(Vec<u8>),
    /// 0 is all that matched.
    Group(usize),
    /// `\U`, `\L`, `\E` hold till the next; `\u`, `\l` for a character.
    Case(Case),
}

/// What becomes of letters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Case {
    Upper,
    Lower,
    Plain,
    UpperOne,
    LowerOne,
}

/// `y`.
pub(super) struct Translation {
    /// What bytes become where all characters are single bytes.
    pub(super) bytes: Box<[u8; 256]>,
    /// Characters of several bytes, and what they or others become.
    pub(super) wide: Vec<(char, Vec<u8>)>,
}

/// A script, compiled.
#[derive(Default)]
pub(super) struct Script {
    pub(super) commands: Vec<Command>,
    /// Names of the files that are written; the first two are standard output and standard error.
    pub(super) outputs: Vec<Vec<u8>>,
    /// Names of the files that are read line by line.
    pub(super) inputs: Vec<Vec<u8>>,
    /// The script begins with a line `#n`.
    pub(super) quiet: bool,
}

impl Script {
    /// The index of a file to write.
    pub(super) fn output(&mut self, name: &[u8]) -> usize {
        match name {
            b"/dev/stdout" => 0,
            b"/dev/stderr" => 1,
            name => place(&mut self.outputs, name),
        }
    }

    /// The index of a file to read line by line.
    pub(super) fn input(&mut self, name: &[u8]) -> usize {
        place(&mut self.inputs, name)
    }
}

fn place(names: &mut Vec<Vec<u8>>, name: &[u8]) -> usize {
    names.iter().position(|known| known == name).unwrap_or_else(|| {
        names.push(name.to_vec());
        names.len() - 1
    })
}
