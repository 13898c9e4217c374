//! The compiler's state, and its entries.

use super::words::Place;
use super::{Code, Names, Op, Pc, Symbol, TextId};
use crate::shell::syntax::ast::{FunctionDefinition, List, Program, Word};
use std::cell::RefCell;
use std::rc::Rc;

/// Compiles a program: the code of one frame.
pub(in crate::shell) fn compile_program(program: &Rc<Program>, names: &Rc<RefCell<Names>>) -> Rc<Code> {
    let mut compiler = Compiler::new(names);
    compiler.code.source = Some(Rc::clone(program));
    compiler.list(&program.body, Context::TOP);
    compiler.code.is_single_command = is_single_simple(&program.body);
    compiler.finish()
}

/// Compiles a function's body: the code of its frame.
pub(in crate::shell) fn compile_function(
    function: &FunctionDefinition,
    names: &Rc<RefCell<Names>>,
) -> Rc<Code> {
    let mut compiler = Compiler::new(names);
    compiler.command(&function.body, Context::TOP);
    compiler.finish()
}

/// Compiles the expansion of words: the code of a frame that leaves their fields as arguments.
pub(in crate::shell) fn compile_words(words: &[Word], names: &Rc<RefCell<Names>>) -> Rc<Code> {
    let mut compiler = Compiler::new(names);
    words.iter().for_each(|word| compiler.argument(word));
    compiler.finish()
}

/// Compiles the expansion of a word as if between double quotes.
pub(in crate::shell) fn compile_string(word: &Word, names: &Rc<RefCell<Names>>) -> Rc<Code> {
    let mut compiler = Compiler::new(names);
    compiler.emit(Op::WordStart);
    compiler.parts(&word.parts, Place::QUOTED);
    compiler.emit(Op::WordFields);
    compiler.finish()
}

/// Whether a list is one simple command in the foreground.
fn is_single_simple(list: &List) -> bool {
    use crate::shell::syntax::ast::{CommandKind, Terminator};
    let [item] = list.items.as_slice() else { return false };
    let pipeline = &item.and_or.first;
    item.terminator != Terminator::Background
        && item.and_or.rest.is_empty()
        && !pipeline.negated
        && pipeline.timed.is_none()
        && matches!(pipeline.commands.as_slice(), [command] if matches!(command.kind, CommandKind::Simple(_)))
}

/// What surrounds a command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Context {
    /// `set -e` looks at its status.
    pub(super) checked: bool,
    /// Nothing runs behind it in its process: it may replace the shell.
    pub(super) tail: bool,
}

impl Context {
    pub(super) const TOP: Context = Context { checked: true, tail: false };

    /// The same, with something behind it.
    pub(super) const fn inner(self) -> Context {
        Context { tail: false, ..self }
    }

    /// In a condition.
    pub(super) const fn unchecked(self) -> Context {
        Context { checked: false, tail: false }
    }
}

/// One code under construction.
pub(super) struct Compiler {
    pub(super) code: Code,
    pub(super) names: Rc<RefCell<Names>>,
    pub(super) line: u32,
    /// What to add to the tree's lines: a substitution counts from the line of its command, as in bash.
    shift: u32,
}

impl Compiler {
    pub(super) fn new(names: &Rc<RefCell<Names>>) -> Compiler {
        Compiler { code: Code::default(), names: Rc::clone(names), line: 1, shift: 0 }
    }

    pub(super) fn finish(mut self) -> Rc<Code> {
        self.emit(Op::End);
        Rc::new(self.code)
    }

    /// A compiler for a piece of code that runs in a process of its own.
    pub(super) fn sub(&self) -> Compiler {
        let mut sub = Compiler::new(&self.names);
        sub.line = self.line;
        sub.shift = self.shift;
        sub
    }

    /// A compiler for the code of a substitution, whose text begins at a line of the tree's.
    pub(super) fn substitution(&self, first_line: u32) -> Compiler {
        let mut sub = self.sub();
        sub.shift = self.line.wrapping_sub(first_line);
        sub
    }

    /// A line of the tree as messages name it.
    pub(super) fn shifted(&self, line: u32) -> u32 {
        line.wrapping_add(self.shift)
    }

    pub(super) fn emit(&mut self, op: Op) -> Pc {
        self.code.ops.push(op);
        self.code.lines.push(self.line);
        self.code.ops.len() as Pc - 1
    }

    /// Where the next instruction will be.
    pub(super) fn here(&self) -> Pc {
        self.code.ops.len() as Pc
    }

    /// Lets a jump that was emitted before go to the next instruction.
    pub(super) fn land(&mut self, jump: Pc) {
        let here = self.here();
        if let Some(op) = self.code.ops.get_mut(jump as usize) {
            match op {
                Op::Jump(to)
                | Op::JumpNoBraces(to)
                | Op::JumpSuccess(to)
                | Op::JumpFailure(to)
                | Op::JumpZero(to)
                | Op::JumpNonZero(to)
                | Op::RedirectStart { fail: to }
                | Op::ParamTest { end: to, .. }
                | Op::ForNext { end: to, .. }
                | Op::SelectNext { end: to, .. }
                | Op::CaseJump { to }
                | Op::CaseTextJump { to, .. }
                | Op::LoadParam { text: to, .. }
                | Op::LoadString { text: to }
                | Op::ArithCommand { end: to }
                | Op::LoopStart { end: to, .. } => *to = here,
                _ => {}
            }
        }
    }

    pub(super) fn symbol(&self, name: &[u8]) -> Symbol {
        self.names.borrow_mut().intern(name)
    }

    pub(super) fn text(&mut self, bytes: &[u8]) -> TextId {
        // A script's constants are few per code; equal neighbours are worth sharing, a hash table is not.
        if let Some(last) = self.code.texts.last()
            && **last == *bytes
        {
            return self.code.texts.len() as TextId - 1;
        }
        self.code.texts.push(Rc::from(bytes));
        self.code.texts.len() as TextId - 1
    }

    pub(super) fn sub_code(&mut self, code: Rc<Code>) -> u32 {
        self.code.codes.push(code);
        self.code.codes.len() as u32 - 1
    }
}
