//! The interpreter: a machine with explicit stacks that runs the shell's code.
//!
//! One flat loop ([`Interp::run`]) takes instruction after instruction and awaits only where something must
//! wait: a command, a substitution in a process of its own, `read`, `wait`, a slow file. It counts its steps,
//! so other processes get their turns in any loop, and it looks for signals in one place.
//!
//! [`Shell`] is what a subshell inherits. It is copied on write: forking costs a handful of reference counts.

mod arguments;
mod arithmetic;
mod assignments;
mod builtin;
mod commands;
mod completions;
mod cond;
mod errors;
mod feeder;
mod for_loop;
mod frames;
mod functions;
mod globbing;
mod jobs;
mod leave;
mod menu;
mod nested;
mod operations;
mod parameters;
mod processes;
mod programs;
mod redirects;
mod scopes;
mod special;
mod state;
mod tilde;
mod time;
mod trace;
mod transform;
mod traps;
mod variables;

pub(in crate::shell) use super::syntax::is_name;
pub(crate) use arguments::{Args, ArgumentAssignment, Arguments, AssignedValue, Element};
pub(crate) use builtin::{Builtin, Run};
pub(crate) use commands::Meaning;
pub(crate) use completions::{ACTIONS, Completed, CompletionSpec, Completions, NameSet, OPTIONS};
pub(crate) use errors::Stop;
pub(crate) use feeder::{Feeder, FeederKind};
pub(crate) use frames::{Frame, FrameKind};
pub(crate) use jobs::{Job, JobState, Jobs};
pub(crate) use state::{Function, Options, PipeStatus, Shell};
pub(crate) use transform::value_text;
pub(crate) use traps::{TrapAction, TrapSignal};
pub(crate) use variables::{Assoc, Attributes, NumberText, Value, Var, known};

use super::code::{Code, Op, Symbol};
use super::editor::History;
use super::expand::WordBuffer;
use crate::kernel::Process;
use arguments::Base;
use scopes::Scope;
use std::rc::Rc;

/// A running shell.
pub(crate) struct Interp {
    pub(crate) process: Process,
    pub(crate) shell: Shell,
    pub(crate) jobs: Jobs,
    /// What the running builtin has printed; written when it ends.
    pub(crate) out: Vec<u8>,
    /// What it has printed on standard error.
    pub(crate) err: Vec<u8>,
    /// What `set -x` has shown for the descriptor in BASH_XTRACEFD.
    trace: Vec<u8>,
    /// The command that begins has been shown by `set -x`.
    is_traced: bool,
    /// PS4 as it is to be shown.
    ps4: Vec<u8>,
    /// The builtin that printed it.
    output_of: &'static str,
    code: Rc<Code>,
    pc: usize,
    frames: Vec<Frame>,
    scopes: Vec<Scope>,
    args: Arguments,
    /// Where the arguments of each command under construction begin.
    arg_bases: Vec<Base>,
    words: Vec<WordBuffer>,
    /// Buffers that are not in use.
    spare_words: Vec<WordBuffer>,
    strings: Vec<Vec<u8>>,
    numbers: Vec<i64>,
    /// Heights of the numbers stack at the expressions that are being evaluated.
    number_bases: Vec<usize>,
    lists: Vec<for_loop::ForList>,
    arrays: Vec<assignments::ArrayUnderConstruction>,
    /// `x=1 command`: kept until the command runs.
    prefix: Vec<(Symbol, bool, Vec<u8>)>,
    saved_fds: Vec<redirects::SavedFd>,
    process_subs: Vec<processes::ProcessSub>,
    timers: Vec<(u64, u64, u64)>,
    arith_cache: arithmetic::ArithCache,
    patterns: cond::PatternCache,
    fuel: u32,
    /// Evaluations of arithmetic text within each other.
    arith_depth: usize,
    /// The status of the last command substitution since `AssignBegin`.
    substitution_status: Option<u8>,
    /// This process was forked for a part of a script.
    pub(crate) is_subshell: bool,
    /// What it has at a terminal.
    pub(in crate::shell) interactive: Option<Box<super::interactive::Terminal>>,
    /// The EXIT trap has run or must not run here.
    exit_trap_done: bool,
    /// `set -e` has ended the shell, or `exit` was called: the status.
    leaving: Option<u8>,
    pub(crate) unwarned_stopped_jobs: bool,
    /// What messages of the arithmetic that is being evaluated begin with.
    arith_context: Vec<u8>,
    /// Signals that came while something was waited for.
    held_signals: Vec<crate::abi::Signal>,
    /// The DEBUG trap has run for the command that begins.
    debug_trap_has_run: bool,
    menu_is_shown: bool,
    /// The terminal's settings when the shell last had it.
    saved_termios: Option<crate::abi::Termios>,
    /// The descriptor of the terminal of an interactive shell.
    pub(crate) terminal: Option<crate::abi::Fd>,
    /// Functions that were active where this process was forked.
    pub(crate) inherited_functions: usize,
    inherited_source: Option<Rc<[u8]>>,
    /// The history of the interactive shell that this process was forked from.
    pub(crate) inherited_history: Option<Rc<History>>,
    /// The ERR trap has run and `set -e` ends the shell with this status.
    pending_exit: Option<u8>,
    /// Lines of the history file that `history -n` has seen.
    pub(crate) history_file_lines: usize,
    /// What is being completed by a function, with its options as `compopt` has made them.
    pub(crate) completing: Option<(Completed, NameSet)>,
    /// Heights of the frames at the runs within this one.
    nested: Vec<usize>,
    /// What ends the innermost of them, and what called it too.
    nested_stop: Option<Stop>,
}

/// How many instructions run between two looks at the scheduler.
const FUEL: u32 = 256;

impl Interp {
    /// A shell that runs in a process.
    pub(crate) fn new(process: Process, shell: Shell) -> Interp {
        Interp {
            process,
            shell,
            jobs: Jobs::default(),
            out: Vec::new(),
            err: Vec::new(),
            trace: Vec::new(),
            is_traced: false,
            ps4: Vec::new(),
            output_of: "",
            code: Rc::default(),
            pc: 0,
            frames: Vec::new(),
            scopes: Vec::new(),
            args: Arguments::default(),
            arg_bases: Vec::new(),
            words: Vec::new(),
            spare_words: Vec::new(),
            strings: Vec::new(),
            numbers: Vec::new(),
            number_bases: Vec::new(),
            lists: Vec::new(),
            arrays: Vec::new(),
            prefix: Vec::new(),
            saved_fds: Vec::new(),
            process_subs: Vec::new(),
            timers: Vec::new(),
            arith_cache: arithmetic::ArithCache::default(),
            patterns: cond::PatternCache::default(),
            fuel: FUEL,
            arith_depth: 0,
            substitution_status: None,
            is_subshell: false,
            interactive: None,
            exit_trap_done: false,
            leaving: None,
            unwarned_stopped_jobs: false,
            arith_context: Vec::new(),
            held_signals: Vec::new(),
            debug_trap_has_run: false,
            menu_is_shown: false,
            saved_termios: None,
            terminal: None,
            inherited_functions: 0,
            inherited_source: None,
            inherited_history: None,
            pending_exit: None,
            history_file_lines: 0,
            completing: None,
            nested: Vec::new(),
            nested_stop: None,
        }
    }

    /// Runs until all frames have ended; gives the exit status.
    pub(crate) async fn run(&mut self) -> u8 {
        self.run_to(0).await
    }

    /// Runs until only so many frames are left; gives the status.
    async fn run_to(&mut self, base: usize) -> u8 {
        loop {
            if self.fuel == 0 {
                self.fuel = FUEL;
                if self.process.spend(FUEL) {
                    self.process.give_way().await;
                }
            }
            self.fuel -= 1;
            if let Some(status) = self.pending_exit.take()
                && !(self.stop(Stop::Exit(status)).await && self.frames.len() > base)
            {
                break;
            }
            let Some(&op) = self.code.ops.get(self.pc) else {
                if self.end_frame().await && self.frames.len() > base { continue } else { break }
            };
            self.pc += 1;
            let result = match op {
                Op::End => {
                    self.pc -= 1;
                    if self.end_frame().await && self.frames.len() > base { continue } else { break }
                }
                Op::Exec { tail } => match self.exec_now() {
                    Some(result) => {
                        if !self.out.is_empty() {
                            self.flush_builtin().await;
                        }
                        result
                    }
                    None => self.exec(tail).await,
                },
                Op::WordFields => self.word_fields().await,
                Op::ArgVar(name) => match self.unquoted_var_argument(name) {
                    Ok(true) => self.word_fields().await,
                    Ok(false) => Ok(()),
                    Err(stop) => Err(stop),
                },
                Op::CommandSub { code, quoted, pure } => self.command_sub(code, quoted, pure).await,
                Op::FileSub { quoted } => self.file_sub(quoted).await,
                Op::ProcessSub { code, read } => self.process_sub(code, read).await,
                Op::Redirect(index) => self.redirect(index).await,
                Op::RedirectEnd => {
                    self.redirect_end();
                    Ok(())
                }
                Op::Subshell { code } => self.subshell(code).await,
                Op::Pipeline { pipeline } => self.pipeline(pipeline).await,
                Op::Background { code } => self.background(code).await,
                Op::Coproc { code, name } => self.coproc(code, name).await,
                Op::SelectNext { name, end } => self.select_next(name, end as usize).await,
                Op::Repeat(to) => {
                    self.pc = to as usize;
                    if self.process.has_signal() || self.has_held_signals() {
                        self.run_traps()
                    } else {
                        Ok(())
                    }
                }
                Op::Check => {
                    if self.shell.status != 0 {
                        self.check_status().await
                    } else {
                        Ok(())
                    }
                }
                Op::TimeEnd(format) => {
                    self.time_end(format).await;
                    Ok(())
                }
                op => {
                    if self.shell.options.xtrace && op.is_traced() {
                        self.expand_ps4().await;
                    }
                    self.step(op)
                }
            };
            // Messages of expansions and redirections; builtins write theirs themselves.
            if !self.err.is_empty() || !self.trace.is_empty() {
                self.write_errors().await;
            }
            if let Err(stop) = result
                && !(self.stop(stop).await && self.frames.len() > base)
            {
                break;
            }
        }
        self.shell.status
    }

    /// An instruction that never waits.
    #[inline]
    fn step(&mut self, op: Op) -> Result<(), Stop> {
        match op {
            Op::Jump(to) => self.pc = to as usize,
            Op::JumpNoBraces(to) => {
                if !self.shell.options.braceexpand {
                    self.pc = to as usize;
                }
            }
            Op::JumpSuccess(to) => {
                if self.shell.status == 0 {
                    self.pc = to as usize;
                }
            }
            Op::JumpFailure(to) => {
                if self.shell.status != 0 {
                    self.pc = to as usize;
                }
            }
            Op::Trace(text) => {
                if self.shell.options.xtrace {
                    let text = self.text(text);
                    self.trace_line(&text);
                }
            }
            Op::TraceCommand => {
                if let Some(base) = self.arg_bases.last().map(|base| base.at)
                    && self.shell.options.xtrace
                    && self.args.len() > base
                {
                    self.trace_command(base);
                    self.is_traced = true;
                }
            }
            Op::Status(status) => self.shell.status = status,
            Op::Negate => self.shell.status = u8::from(self.shell.status == 0),
            Op::CommandStart => {
                self.before_command()?;
                self.arg_bases.push(Base { at: self.args.len(), name: None });
            }
            Op::CommandName { text, name } => {
                if let Some(text) = self.code.texts.get(text as usize) {
                    self.args.push(text);
                }
                if let Some(base) = self.arg_bases.last_mut() {
                    base.name = Some(name);
                }
            }
            Op::ArgText(text) => {
                if let Some(text) = self.code.texts.get(text as usize) {
                    self.args.push(text);
                }
            }
            Op::ArgQuotedVar(name) => {
                self.append_var_argument(name)?;
            }
            Op::StringText(text) => {
                let text = self.text(text).to_vec();
                self.strings.push(text);
            }
            Op::StringVar(name) => {
                let value = self.var_text(name)?;
                self.strings.push(value);
            }
            Op::WordStart => {
                let word = self.spare_words.pop().unwrap_or_default();
                self.words.push(word);
            }
            Op::Literal(text) => {
                let text = self.text(text);
                self.word().literal(&text);
            }
            Op::Splittable(text) => {
                let text = self.text(text);
                self.word().value(&text, false);
            }
            Op::Quoted(text) => {
                let text = self.text(text);
                self.word().quoted(&text);
            }
            Op::Tilde { user, argument } => self.tilde(user, argument),
            Op::Param { param, quoted } => self.param(param, quoted)?,
            Op::ParamApply { apply, quoted } => self.param_apply(apply, quoted)?,
            Op::ParamTest { test, quoted, end } => self.param_test(test, quoted, end as usize)?,
            Op::ParamAssign { test, quoted } => self.param_assign(test, quoted)?,
            Op::ParamFail { test } => self.param_fail(test)?,
            Op::BadSubstitution(text) => {
                let text = self.text(text);
                return Err(self.discard(&[&text, &b": bad substitution"[..]].concat()));
            }
            Op::SyntaxError { text, status } => {
                let text = self.text(text);
                let name = self.innermost_source().unwrap_or_else(|| Rc::clone(&self.shell.name));
                for line in text.split(|&byte| byte == b'\n') {
                    self.err.extend_from_slice(&[&name[..], b": ", line, b"\n"].concat());
                }
                return Err(Stop::Discard(status));
            }
            Op::ArithText { quoted } => {
                let number = self.numbers.pop().unwrap_or(0);
                let mut buffer = NumberText::default();
                let text = buffer.of(number);
                self.word().value(text, quoted);
            }
            Op::WordString => {
                let word = self.take_word();
                self.strings.push(word.string());
                self.give_back(word);
            }
            Op::WordPattern => {
                let word = self.take_word();
                self.strings.push(word.pattern());
                self.give_back(word);
            }
            Op::WordRegex => {
                let word = self.take_word();
                self.strings.push(word.regex());
                self.give_back(word);
            }
            Op::ArgAssign(target) => self.arg_assign(target),
            Op::ArrayStart => self.array_start(),
            Op::ArrayElement { append } => self.array_element(append),
            Op::ArrayAssign { target } => self.array_assign(target)?,
            Op::ArrayArg { target } => self.array_arg(target),
            Op::Assign { target } => self.assign(target)?,
            Op::AssignNumber(name) => {
                let number = self.numbers.pop().unwrap_or(0);
                if self.shell.options.xtrace {
                    let name = self.name(name);
                    self.trace_assignment(&name, false, number.to_string().as_bytes());
                }
                self.store_number(name, number)?;
            }
            Op::PrefixAssign { target } => self.prefix_assign(target)?,
            Op::AssignBegin => {
                self.before_command()?;
                self.substitution_status = None;
            }
            Op::AssignEnd => self.shell.status = self.substitution_status.take().unwrap_or(0),
            Op::RedirectStart { fail } => self.redirect_start(fail as usize),
            Op::LoopStart { end, next } => self.loop_start(end as usize, next as usize),
            Op::LoopEnd => self.loop_end(),
            Op::LoopStatus => {
                let status = self.shell.status;
                if let Some(scope) = self.scopes.last_mut() {
                    scope.loop_status = status;
                }
            }
            Op::LoopResult => {
                if let Some(scope) = self.scopes.last() {
                    self.shell.status = scope.loop_status;
                }
            }
            Op::ForStart => self.for_start(),
            Op::ForPositional => self.for_positional(),
            Op::ForNext { name, end } => self.for_next(name, end as usize)?,
            Op::ForEnd => {
                self.lists.pop();
            }
            Op::CaseJump { to } => {
                let pattern = self.strings.pop().unwrap_or_default();
                let word = self.strings.last().cloned().unwrap_or_default();
                if self.matches(&pattern, &word) {
                    self.pc = to as usize;
                }
            }
            Op::CaseTextJump { text, to } => {
                let equal = match (self.code.texts.get(text as usize), self.strings.last()) {
                    (Some(text), Some(word)) if !self.shell.shopt.nocasematch => **text == **word,
                    (Some(text), Some(word)) => text.eq_ignore_ascii_case(word),
                    _ => false,
                };
                if equal {
                    self.pc = to as usize;
                }
            }
            Op::CaseEnd => {
                self.strings.pop();
            }
            Op::DefineFunction(index) => self.define_function(index)?,
            Op::TimeStart => self.time_start(),
            Op::CondUnary(letter) => self.cond_unary(letter)?,
            Op::CondWord => self.cond_word(),
            Op::CondBinary(operator) => self.cond_binary(operator)?,
            Op::CondEnd => {}
            op => self.arith_step(op)?,
        }
        Ok(())
    }

    fn text(&self, id: u32) -> Rc<[u8]> {
        self.code.texts.get(id as usize).cloned().unwrap_or_else(|| Rc::from(&b""[..]))
    }

    /// The name of a symbol.
    pub(crate) fn name(&self, symbol: Symbol) -> Rc<[u8]> {
        self.shell.names.borrow().name(symbol)
    }

    /// The symbol of a name.
    pub(crate) fn symbol(&self, name: &[u8]) -> Symbol {
        self.shell.names.borrow_mut().intern(name)
    }

    fn word(&mut self) -> &mut WordBuffer {
        if self.words.is_empty() {
            self.words.push(WordBuffer::default());
        }
        let last = self.words.len() - 1;
        &mut self.words[last]
    }

    fn take_word(&mut self) -> WordBuffer {
        self.words.pop().unwrap_or_default()
    }

    fn give_back(&mut self, mut word: WordBuffer) {
        word.clear();
        if self.spare_words.len() < 8 {
            self.spare_words.push(word);
        }
    }

    /// The line that is being run.
    pub(crate) fn line(&self) -> u32 {
        match self.frames.last() {
            // A text that is expanded stands where it is used.
            Some(frame) if matches!(frame.kind, FrameKind::Expansion(_)) => frame.call_line(),
            _ => self.code.line(self.pc.saturating_sub(1) as u32),
        }
    }
}
