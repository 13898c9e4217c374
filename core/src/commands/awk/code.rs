//! A compiled awk program: instructions for a machine with a stack of values.

use crate::regex::Regex;
use std::rc::Rc;

use super::value::Value;

/// A variable: of the program, or of the function that runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Var {
    Global(usize),
    Local(usize),
}

/// What can be assigned to. A field's number or an element's subscript is on the stack.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    Var(Var),
    Field,
    Element(Var),
}

/// An operation on two values.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "the names say it")]
pub(super) enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
    Concatenate,
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    More,
    MoreOrEqual,
}

/// Where `print` writes; the name is on the stack.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Target {
    Output,
    File,
    Append,
    Pipe,
}

/// Where `getline` reads; the name is on the stack.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Origin {
    Main,
    File,
    Pipe,
}

/// An instruction. Numbers are places in the code, in tables, or counts of values on the stack.
#[derive(Clone, Debug)]
pub(super) enum Op {
    Constant(usize),
    Load(Place),
    FieldNumber(usize),
    /// Assigns the value on the stack, maybe with an operation before, and leaves it there.
    Assign(Place, Option<Binary>),
    /// Adds to a place; leaves the old value (true) or the new one.
    Step(Place, f64, bool),
    Binary(Binary),
    Not,
    Negate,
    Plus,
    Truth,
    Pop,
    Jump(usize),
    JumpFalse(usize),
    JumpTrue(usize),
    /// Whether a compiled expression fits the record.
    MatchRecord(usize),
    /// Whether it fits the value on the stack.
    MatchFixed(usize),
    /// Whether the expression on the stack fits the value below.
    Match,
    /// Joins subscripts with SUBSEP.
    Join(usize),
    In(Var),
    Delete(Var),
    DeleteAll(Var),
    /// A variable as the argument of a function: an array, a value or neither yet.
    Argument(Var),
    Call(usize, usize),
    Return,
    /// A function of the language, with so many arguments.
    Builtin(&'static str, usize),
    Split(Var, usize, Option<usize>),
    /// `sub` or `gsub` (true); the compiled expression, if it is one.
    Substitute(Place, bool, Option<usize>),
    FindFixed(usize),
    LengthOf(Var),
    Print(usize, Target),
    Printf(usize, Target),
    Getline(Origin, Option<Place>),
    EachBegin(Var),
    EachNext(Var, usize),
    EachEnd,
    SetRange(usize, bool),
    Range(usize),
    Next,
    NextFile,
    Exit(bool),
    End,
}

/// A function.
pub(super) struct Function {
    pub(super) name: Vec<u8>,
    pub(super) params: usize,
    pub(super) entry: usize,
}

/// A program.
#[derive(Default)]
pub(super) struct Program {
    pub(super) code: Vec<Op>,
    pub(super) constants: Vec<Value>,
    pub(super) regexes: Vec<Rc<Regex>>,
    pub(super) functions: Vec<Function>,
    pub(super) globals: Vec<Vec<u8>>,
    pub(super) ranges: usize,
    /// Where the actions begin, and whether there are such.
    pub(super) begin: Option<usize>,
    pub(super) main: Option<usize>,
    pub(super) end: Option<usize>,
}

/// The variables that mean something, in the order of their places.
pub(super) const SPECIAL: [&str; 17] = [
    "NF", "NR", "FNR", "FS", "OFS", "ORS", "RS", "SUBSEP", "CONVFMT", "OFMT", "RSTART", "RLENGTH", "FILENAME",
    "ENVIRON", "ARGC", "ARGV", "RT",
];
pub(super) const NF: usize = 0;
pub(super) const NR: usize = 1;
pub(super) const FNR: usize = 2;
pub(super) const FS: usize = 3;
pub(super) const OFS: usize = 4;
pub(super) const ORS: usize = 5;
pub(super) const RS: usize = 6;
pub(super) const SUBSEP: usize = 7;
pub(super) const CONVFMT: usize = 8;
pub(super) const OFMT: usize = 9;
pub(super) const RSTART: usize = 10;
pub(super) const RLENGTH: usize = 11;
pub(super) const FILENAME: usize = 12;
pub(super) const ENVIRON: usize = 13;
pub(super) const ARGC: usize = 14;
pub(super) const ARGV: usize = 15;
