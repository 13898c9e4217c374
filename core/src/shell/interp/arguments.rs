//! The arguments of commands: under construction, and as a builtin gets them.

use crate::shell::code::Symbol;

/// The arguments under construction: one run of bytes and where each ends.
#[derive(Default, Debug)]
pub(crate) struct Arguments {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// For arguments of declaration builtins that are assignments: their index and what they assign.
    pub(crate) assignments: Vec<ArgumentAssignment>,
}

/// An argument that is an assignment with an array, which no text can carry.
#[derive(Debug)]
pub(crate) struct ArgumentAssignment {
    pub(crate) index: usize,
    pub(crate) name: Symbol,
    pub(crate) append: bool,
    pub(crate) subscript: Option<Vec<u8>>,
    pub(crate) value: AssignedValue,
}

/// The value of an assignment.
#[derive(Clone, Debug)]
pub(crate) enum AssignedValue {
    Text(Vec<u8>),
    Elements(Vec<Element>),
}

/// An element of an array literal: a key if one was written, and the value.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) key: Option<Vec<u8>>,
    pub(crate) append: bool,
    pub(crate) value: Vec<u8>,
}

impl Arguments {
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(&self, index: usize) -> &[u8] {
        let Some(&end) = self.ends.get(index) else { return b"" };
        let start = if index == 0 { 0 } else { self.ends.get(index - 1).copied().unwrap_or(0) };
        self.bytes.get(start..end).unwrap_or_default()
    }

    pub(crate) fn push(&mut self, argument: &[u8]) {
        self.bytes.extend_from_slice(argument);
        self.ends.push(self.bytes.len());
    }

    pub(crate) fn truncate(&mut self, count: usize) {
        if count < self.ends.len() {
            self.ends.truncate(count);
            self.bytes.truncate(self.ends.last().copied().unwrap_or(0));
        }
        while self.assignments.last().is_some_and(|assignment| assignment.index >= count) {
            self.assignments.pop();
        }
    }

    pub(super) fn to_vec(&self, from: usize) -> Vec<Vec<u8>> {
        (from..self.len()).map(|index| self.get(index).to_vec()).collect()
    }
}

/// Where the arguments of a command begin, and its name when that is known from the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Base {
    pub(super) at: usize,
    pub(super) name: Option<Symbol>,
}

/// The arguments of one command, the command's name first.
#[derive(Clone, Copy)]
pub(crate) struct Args<'a> {
    pub(crate) all: &'a Arguments,
    base: usize,
    end: usize,
}

impl<'a> Args<'a> {
    pub(super) fn new(all: &'a Arguments, base: usize) -> Args<'a> {
        Args { all, base, end: all.len() }
    }

    /// How many there are, the name included.
    pub(crate) fn len(self) -> usize {
        self.end - self.base
    }

    /// One of them; 0 is the name. Empty when there is none.
    pub(crate) fn get(self, index: usize) -> &'a [u8] {
        if index < self.len() { self.all.get(self.base + index) } else { b"" }
    }

    /// Those behind the name.
    pub(crate) fn operands(self) -> impl Iterator<Item = &'a [u8]> + Clone {
        (1..self.len()).map(move |index| self.get(index))
    }

    /// The assignment that an argument is.
    pub(crate) fn assignment(self, index: usize) -> Option<&'a ArgumentAssignment> {
        self.all.assignments.iter().find(|assignment| assignment.index == self.base + index)
    }

    /// Only the first `count` of them, the name included; the arguments behind are not the command's.
    pub(crate) fn first(self, count: usize) -> Args<'a> {
        Args { end: (self.base + count).min(self.end), ..self }
    }

    /// Without the first `count` ones, so that the next is the name.
    pub(crate) fn skip(self, count: usize) -> Args<'a> {
        Args { base: (self.base + count).min(self.end), ..self }
    }
}
