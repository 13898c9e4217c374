//! Compiling commands: lists, pipelines, compound commands.

use super::compile::{Compiler, Context};
use super::{Code, Op, PipelineCode, text_of};
use crate::shell::syntax::ast::{
    AndOr, AndOrOperator, ArithForCommand, CaseCommand, CaseEnd, Command, CommandKind, ForCommand, IfCommand,
    List, LoopCommand, Pipeline, Terminator, Word,
};
use crate::shell::syntax::word_text;
use std::rc::Rc;

impl Compiler {
    pub(super) fn list(&mut self, list: &List, context: Context) {
        let last = list.items.len().saturating_sub(1);
        for (at, item) in list.items.iter().enumerate() {
            let context = if at == last { context } else { context.inner() };
            if item.terminator == Terminator::Background {
                self.background(&item.and_or);
            } else {
                self.and_or(&item.and_or, context);
            }
        }
    }

    fn background(&mut self, and_or: &AndOr) {
        let mut sub = self.sub();
        sub.and_or(and_or, Context { checked: true, tail: true });
        sub.code.text = and_or_text(and_or);
        let code = self.sub_code(sub.finish());
        self.set_line(and_or);
        self.emit(Op::Background { code });
    }

    fn set_line(&mut self, and_or: &AndOr) {
        if let Some(command) = and_or.first.commands.first() {
            self.line = self.shifted(command.line);
        }
    }

    fn and_or(&mut self, and_or: &AndOr, context: Context) {
        let last = and_or.rest.len();
        self.pipeline(&and_or.first, if last == 0 { context } else { context.unchecked() });
        for (at, (operator, pipeline)) in and_or.rest.iter().enumerate() {
            let jump = match operator {
                AndOrOperator::And => self.emit(Op::JumpFailure(0)),
                AndOrOperator::Or => self.emit(Op::JumpSuccess(0)),
            };
            let inner = if at + 1 == last { context.inner() } else { context.unchecked() };
            self.pipeline(pipeline, inner);
            self.land(jump);
        }
    }

    fn pipeline(&mut self, pipeline: &Pipeline, context: Context) {
        if pipeline.timed.is_some() {
            self.emit(Op::TimeStart);
        }
        let plain = !pipeline.negated && pipeline.timed.is_none();
        let inner = match (plain, pipeline.negated) {
            (true, _) => context,
            (false, true) => context.unchecked(),
            (false, false) => context.inner(),
        };
        match pipeline.commands.as_slice() {
            [] => {
                self.emit(Op::Status(0));
            }
            [command] => self.command(command, inner),
            commands => {
                let stages = commands.iter().map(|command| self.stage(command)).collect();
                self.line = commands.first().map_or(self.line, |command| self.shifted(command.line));
                let text = pipeline_text(commands);
                self.code.pipelines.push(PipelineCode { stages, text });
                let pipeline = self.code.pipelines.len() as u32 - 1;
                self.emit(Op::Pipeline { pipeline });
                self.check(inner);
            }
        }
        if pipeline.negated {
            self.emit(Op::Negate);
        }
        if let Some(format) = pipeline.timed {
            self.emit(Op::TimeEnd(format));
        }
    }

    /// A command that runs in a process of its own.
    fn stage(&mut self, command: &Command) -> Rc<Code> {
        let mut sub = self.sub();
        sub.line = self.shifted(command.line);
        // A subshell as a stage needs no further process.
        match &command.kind {
            CommandKind::Subshell(list) if command.redirects.is_empty() => {
                sub.list(list, Context { checked: true, tail: true });
            }
            _ => sub.command(command, Context { checked: true, tail: true }),
        }
        sub.code.text = text_of(command);
        sub.code.is_single_command = matches!(command.kind, CommandKind::Simple(_));
        sub.finish()
    }

    pub(super) fn check(&mut self, context: Context) {
        if context.checked {
            self.emit(Op::Check);
        }
    }

    pub(super) fn command(&mut self, command: &Command, context: Context) {
        self.line = self.shifted(command.line);
        if matches!(command.kind, CommandKind::Simple(_) | CommandKind::Declaration(_)) {
            let start = self.here();
            self.code.command_texts.push((start, text_of(command)));
        }
        match &command.kind {
            CommandKind::Simple(simple) => return self.simple(simple, &command.redirects, context),
            CommandKind::Declaration(declaration) => {
                return self.declaration(declaration, &command.redirects, context);
            }
            _ => {}
        }
        let redirected = !command.redirects.is_empty();
        let context = if redirected { context.inner() } else { context };
        let start = redirected.then(|| self.redirects(&command.redirects));
        let checks_itself = self.compound(command, context);
        if let Some(start) = start {
            self.emit(Op::RedirectEnd);
            self.land(start);
        }
        if start.is_some() || !checks_itself {
            self.line = self.shifted(command.line);
            self.check(context);
        }
    }

    /// Compiles a compound command; whether what is in it has been checked already.
    fn compound(&mut self, command: &Command, context: Context) -> bool {
        match &command.kind {
            CommandKind::Simple(_) | CommandKind::Declaration(_) => true,
            CommandKind::BraceGroup(list) => {
                self.list(list, context);
                true
            }
            CommandKind::Subshell(list) => {
                let mut sub = self.sub();
                sub.list(list, Context { checked: true, tail: true });
                sub.code.text = text_of(command);
                let code = self.sub_code(sub.finish());
                self.line = self.shifted(command.line);
                self.emit(Op::Subshell { code });
                false
            }
            CommandKind::If(clauses) => {
                self.if_command(clauses, context);
                true
            }
            CommandKind::Loop(command) => {
                self.loop_command(command, context);
                true
            }
            CommandKind::For(command) => {
                self.for_command(command, context, false);
                true
            }
            CommandKind::Select(command) => {
                self.for_command(command, context, true);
                true
            }
            CommandKind::ArithFor(command) => {
                self.arith_for(command, context);
                true
            }
            CommandKind::Case(case) => {
                self.case(case, context);
                true
            }
            CommandKind::Function(function) => {
                let name = self.symbol(&function.name);
                // The tree is shared with the function, so that `declare -f` can print it.
                self.code.functions.push((
                    name,
                    Rc::new(crate::shell::syntax::ast::FunctionDefinition {
                        name: Rc::clone(&function.name),
                        body: Rc::clone(&function.body),
                    }),
                ));
                let index = self.code.functions.len() as u32 - 1;
                self.emit(Op::DefineFunction(index));
                true
            }
            CommandKind::Cond(expression) => {
                self.cond(expression);
                self.emit(Op::CondEnd);
                false
            }
            CommandKind::Arith(expression) => {
                let begin = self.emit(Op::ArithCommand { end: 0 });
                self.traced_arith(expression);
                self.emit(Op::ArithStatus);
                self.emit(Op::ArithEnd);
                self.land(begin);
                false
            }
            CommandKind::Coproc(coproc) => {
                let mut sub = self.sub();
                sub.command(&coproc.body, Context { checked: true, tail: true });
                sub.code.text = text_of(command);
                let code = self.sub_code(sub.finish());
                let name = self.text(&coproc.name);
                self.emit(Op::Coproc { code, name });
                false
            }
        }
    }

    fn if_command(&mut self, command: &IfCommand, context: Context) {
        let mut ends = Vec::new();
        for clause in &command.clauses {
            self.list(&clause.condition, context.unchecked());
            let next = self.emit(Op::JumpFailure(0));
            self.list(&clause.body, context);
            ends.push(self.emit(Op::Jump(0)));
            self.land(next);
        }
        match &command.otherwise {
            Some(list) => self.list(list, context),
            None => {
                self.emit(Op::Status(0));
            }
        }
        for end in ends {
            self.land(end);
        }
    }

    fn loop_command(&mut self, command: &LoopCommand, context: Context) {
        self.emit(Op::Status(0));
        self.emit(Op::LoopStatus);
        let start = self.emit(Op::LoopStart { end: 0, next: 0 });
        let condition = self.here();
        self.list(&command.condition, context.unchecked());
        let leave = if command.until { self.emit(Op::JumpSuccess(0)) } else { self.emit(Op::JumpFailure(0)) };
        self.list(&command.body, context.inner());
        self.emit(Op::LoopStatus);
        self.emit(Op::Repeat(condition));
        self.land(leave);
        self.emit(Op::LoopResult);
        self.end_loop(start, condition);
    }

    /// `break` lands behind `LoopResult` with its own status; both ways go over `LoopEnd`.
    fn end_loop(&mut self, start: super::Pc, next_round: super::Pc) {
        self.land(start);
        self.emit(Op::LoopEnd);
        if let Some(Op::LoopStart { next, .. }) = self.code.ops.get_mut(start as usize) {
            *next = next_round;
        }
    }

    fn for_command(&mut self, command: &ForCommand, context: Context, select: bool) {
        match &command.words {
            Some(words) => {
                self.emit(Op::CommandStart);
                for word in words {
                    self.argument(word);
                }
                self.emit(Op::ForStart);
            }
            None => {
                self.emit(Op::ForPositional);
            }
        }
        let name = self.symbol(&command.variable);
        let start = self.emit(Op::LoopStart { end: 0, next: 0 });
        let condition = self.here();
        let leave = if select {
            self.emit(Op::SelectNext { name, end: 0 })
        } else {
            self.emit(Op::ForNext { name, end: 0 })
        };
        self.list(&command.body, context.inner());
        self.emit(Op::LoopStatus);
        self.emit(Op::Repeat(condition));
        self.land(leave);
        self.emit(Op::LoopResult);
        self.end_loop(start, condition);
        self.emit(Op::ForEnd);
    }

    fn case(&mut self, case: &CaseCommand, context: Context) {
        let head = self.text(&[b"case ", &word_text(&case.word)[..], b" in"].concat());
        self.emit(Op::Trace(head));
        self.string_word(&case.word);
        // Nothing that matches is success, and a body sees the status before; only behind `;;&` nothing more
        // that matches leaves the status of the body before.
        let goes_on = case.arms.iter().any(|arm| arm.end == CaseEnd::TestNext);
        if goes_on {
            self.emit(Op::Status(0));
        }
        let mut ends = Vec::new();
        // Where the body of the next arm begins, for `;&`.
        let mut falls: Option<super::Pc> = None;
        for arm in &case.arms {
            let mut hits = Vec::new();
            for pattern in &arm.patterns {
                hits.push(self.case_pattern(pattern));
            }
            let miss = self.emit(Op::Jump(0));
            for hit in hits {
                self.land(hit);
            }
            if let Some(fall) = falls.take() {
                self.land(fall);
            }
            if arm.body.items.is_empty() {
                self.emit(Op::Status(0));
            }
            self.list(&arm.body, context.inner());
            match arm.end {
                CaseEnd::Break => ends.push(self.emit(Op::Jump(0))),
                CaseEnd::FallThrough => falls = Some(self.emit(Op::Jump(0))),
                CaseEnd::TestNext => {}
            }
            self.land(miss);
        }
        if !goes_on {
            self.emit(Op::Status(0));
        }
        if let Some(fall) = falls {
            self.land(fall);
        }
        for end in ends {
            self.land(end);
        }
        self.emit(Op::CaseEnd);
    }

    fn arith_for(&mut self, command: &ArithForCommand, context: Context) {
        let start = self.emit(Op::LoopStart { end: 0, next: 0 });
        let mut failures = vec![self.part_of_arith_for(&command.init)];
        self.emit(Op::Drop);
        let condition = self.here();
        let mut leave = None;
        if !is_blank(&command.condition) {
            failures.push(self.part_of_arith_for(&command.condition));
            leave = Some(self.emit(Op::JumpZero(0)));
        }
        self.list(&command.body, context.inner());
        self.emit(Op::LoopStatus);
        let next = self.here();
        if !is_blank(&command.update) {
            failures.push(self.part_of_arith_for(&command.update));
            self.emit(Op::Drop);
        }
        self.emit(Op::Repeat(condition));
        failures.into_iter().for_each(|failure| self.land(failure));
        self.emit(Op::LoopStatus);
        if let Some(leave) = leave {
            self.land(leave);
        }
        self.emit(Op::LoopResult);
        self.end_loop(start, next);
    }

    /// Pushes the value of one of the three expressions; gives the instruction that knows where a failure goes.
    fn part_of_arith_for(&mut self, expression: &Word) -> super::Pc {
        let begin = self.emit(Op::ArithCommand { end: 0 });
        self.traced_arith(expression);
        self.emit(Op::ArithEnd);
        begin
    }

    /// An expression of `(( ))`, which `set -x` shows.
    fn traced_arith(&mut self, expression: &Word) {
        let text = self.text(&[b"(( ", &word_text(expression)[..], b" ))"].concat());
        self.emit(Op::Trace(text));
        self.arith_word(expression);
    }

    fn case_pattern(&mut self, pattern: &Word) -> super::Pc {
        if let Some(literal) = pattern.is_plain().then(|| pattern.literal()).flatten() {
            let text = self.text(&literal);
            return self.emit(Op::CaseTextJump { text, to: 0 });
        }
        self.pattern_word(pattern);
        self.emit(Op::CaseJump { to: 0 })
    }
}

fn is_blank(word: &Word) -> bool {
    word.literal().is_some_and(|text| text.iter().all(u8::is_ascii_whitespace))
}

fn pipeline_text(commands: &[Command]) -> Box<[u8]> {
    let texts: Vec<Box<[u8]>> = commands.iter().map(text_of).collect();
    texts.join(&b" | "[..]).into_boxed_slice()
}

fn and_or_text(and_or: &AndOr) -> Box<[u8]> {
    let one = |pipeline: &Pipeline| {
        let mut text = Vec::new();
        if pipeline.negated {
            text.extend_from_slice(b"! ");
        }
        text.extend_from_slice(&pipeline_text(&pipeline.commands));
        text
    };
    let mut text = one(&and_or.first);
    for (operator, pipeline) in &and_or.rest {
        text.extend_from_slice(if *operator == AndOrOperator::And { b" && " } else { b" || " });
        text.extend_from_slice(&one(pipeline));
    }
    text.into_boxed_slice()
}
