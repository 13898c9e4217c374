//! Compiling simple commands: words, assignments, declarations.

use super::compile::{Compiler, Context};
use super::words::{fixed_text, subscript_text};
use super::{Op, Target};
use crate::shell::syntax::ast::{
    Argument, ArrayElement, Assignment, AssignmentValue, DeclarationCommand, Redirect, SimpleCommand,
    Subscript, Word, WordPart,
};

impl Compiler {
    pub(super) fn simple(&mut self, simple: &SimpleCommand, redirects: &[Redirect], context: Context) {
        if simple.words.is_empty() {
            return self.assignments_only(simple, redirects, context);
        }
        self.emit(Op::CommandStart);
        for (at, word) in simple.words.iter().enumerate() {
            match fixed_text(word).filter(|_| at == 0) {
                Some(name) => self.command_name(&name),
                None => self.argument(word),
            }
        }
        self.run_command(&simple.assignments, redirects, context);
    }

    pub(super) fn declaration(
        &mut self,
        declaration: &DeclarationCommand,
        redirects: &[Redirect],
        context: Context,
    ) {
        self.emit(Op::CommandStart);
        self.command_name(&declaration.name.literal().unwrap_or_default());
        for argument in &declaration.arguments {
            match argument {
                Argument::Word(word) => self.argument(word),
                Argument::Assignment(assignment) => match &assignment.value {
                    AssignmentValue::Scalar(word) => {
                        self.subscript(assignment.subscript.as_ref());
                        self.assignment_word(word);
                        let target = self.target(assignment);
                        self.emit(Op::ArgAssign(target));
                    }
                    AssignmentValue::Array(elements) => {
                        self.array(elements);
                        let target = self.target(assignment);
                        self.emit(Op::ArrayArg { target });
                    }
                },
            }
        }
        self.run_command(&declaration.assignments, redirects, context.inner());
    }

    fn command_name(&mut self, name: &[u8]) {
        let (text, name) = (self.text(name), self.symbol(name));
        self.emit(Op::CommandName { text, name });
    }

    /// What follows the arguments of a command: redirections, assignments before it, execution.
    fn run_command(&mut self, assignments: &[Assignment], redirects: &[Redirect], context: Context) {
        let line = self.line;
        for assignment in assignments {
            match &assignment.value {
                AssignmentValue::Scalar(word) => {
                    self.subscript(assignment.subscript.as_ref());
                    self.assignment_word(word);
                    let target = self.target(assignment);
                    self.emit(Op::PrefixAssign { target });
                }
                // An array cannot be in the environment; bash assigns nothing then.
                AssignmentValue::Array(_) => {}
            }
        }
        let start = (!redirects.is_empty()).then(|| {
            self.emit(Op::TraceCommand);
            self.redirects(redirects)
        });
        self.line = line;
        self.emit(Op::Exec { tail: context.tail && assignments.is_empty() });
        if let Some(start) = start {
            self.emit(Op::RedirectEnd);
            self.land(start);
        }
        self.check(context);
    }

    fn assignments_only(&mut self, simple: &SimpleCommand, redirects: &[Redirect], context: Context) {
        self.emit(Op::AssignBegin);
        for assignment in &simple.assignments {
            self.assignment(assignment);
        }
        let start = (!redirects.is_empty()).then(|| self.redirects(redirects));
        self.emit(Op::AssignEnd);
        if let Some(start) = start {
            self.emit(Op::RedirectEnd);
            self.land(start);
        }
        self.check(context);
    }

    fn assignment(&mut self, assignment: &Assignment) {
        match &assignment.value {
            AssignmentValue::Scalar(word) => {
                if let (None, false, Some(expression)) =
                    (&assignment.subscript, assignment.append, lone_arith(word))
                {
                    self.arith_word(expression);
                    let name = self.symbol(&assignment.name);
                    self.emit(Op::AssignNumber(name));
                    return;
                }
                self.subscript(assignment.subscript.as_ref());
                self.assignment_word(word);
                let target = self.target(assignment);
                self.emit(Op::Assign { target });
            }
            AssignmentValue::Array(elements) => {
                self.array(elements);
                let target = self.target(assignment);
                self.emit(Op::ArrayAssign { target });
            }
        }
    }

    fn target(&mut self, assignment: &Assignment) -> u32 {
        let mut written = assignment.name.to_vec();
        if let Some(subscript) = &assignment.subscript {
            written.extend_from_slice(&subscript_text(subscript));
        }
        let target = Target {
            name: self.symbol(&assignment.name),
            append: assignment.append,
            subscript: assignment.subscript.is_some(),
            written: self.text(&written),
        };
        self.code.targets.push(target);
        self.code.targets.len() as u32 - 1
    }

    fn array(&mut self, elements: &[ArrayElement]) {
        self.emit(Op::ArrayStart);
        for element in elements {
            match &element.subscript {
                None => self.element(&element.value),
                Some(_) => {
                    self.subscript(element.subscript.as_ref());
                    self.assignment_word(&element.value);
                    self.emit(Op::ArrayElement { append: element.append });
                }
            }
        }
    }

    /// Pushes the text of a subscript.
    pub(super) fn subscript(&mut self, subscript: Option<&Subscript>) {
        match subscript {
            None => {}
            Some(Subscript::Index(word)) => self.quoted_string_word(word),
            Some(Subscript::All) => {
                let text = self.text(b"@");
                self.emit(Op::StringText(text));
            }
            Some(Subscript::Star) => {
                let text = self.text(b"*");
                self.emit(Op::StringText(text));
            }
        }
    }
}

/// The expression of a word that is nothing but `$((…))`.
fn lone_arith(word: &Word) -> Option<&Word> {
    match word.parts.as_slice() {
        [WordPart::Arith(arith)] => Some(&arith.expression),
        [WordPart::DoubleQuoted(parts)] => match parts.as_slice() {
            [WordPart::Arith(arith)] => Some(&arith.expression),
            _ => None,
        },
        _ => None,
    }
}
