//! Frames: what is being run, and what comes back when it ends.

use super::feeder::{Feeder, FeederKind};
use super::variables::Var;
use super::{Interp, Shell, Stop, TrapAction, TrapSignal};
use crate::abi::Pid;
use crate::abi::limits::SHELL_FRAMES_MAX;
use crate::shell::code::{Code, Symbol};
use std::cell::RefCell;
use std::rc::Rc;

/// One frame: the code that its caller was running, and what it has to put back.
pub(crate) struct Frame {
    pub(crate) kind: FrameKind,
    /// Where the caller goes on.
    caller_code: Rc<Code>,
    caller_pc: usize,
    pub(super) scopes: usize,
    pub(super) heights: Heights,
    /// `set -e` does not look at anything in here.
    pub(crate) errexit_ignored: bool,
    /// It is the ERR trap.
    err_trap: bool,
    /// The status with which `set -e` ends the shell behind this frame.
    errexit_after: Option<u8>,
    /// Variables that `local` has put aside.
    pub(crate) saved: Vec<(Symbol, Var)>,
}

/// What a frame runs.
pub(crate) enum FrameKind {
    /// Commands of a text, one after another.
    Feeder(Box<Feeder>),
    /// A function.
    Function(Box<Call>),
    /// A substitution that runs within the shell: what it prints, and the shell to go back to.
    Substitution { printed: Vec<u8>, shell: Box<Shell>, quoted: bool },
    /// The last command of a pipeline, within the shell: the others, the saved descriptors, its text.
    LastStage { pids: Vec<Pid>, saved_fds: usize, text: Box<[u8]> },
    /// A piece of code in a process of its own.
    Body,
    /// A text that is expanded; its fields go here.
    Expansion(Rc<RefCell<Vec<Vec<u8>>>>),
}

/// A function call.
pub(crate) struct Call {
    pub(crate) name: Rc<[u8]>,
    pub(crate) source: Rc<[u8]>,
    pub(crate) positional: Rc<Vec<Vec<u8>>>,
    /// The line of the call.
    pub(crate) line: u32,
    /// Options that `local -` has put aside.
    pub(crate) options: Option<Box<super::Options>>,
    /// Traps that it does not inherit.
    pub(super) hidden_traps: Vec<(TrapSignal, TrapAction)>,
}

/// Heights of the data stacks, to go back to.
#[derive(Clone, Copy, Default)]
pub(super) struct Heights {
    args: usize,
    arg_bases: usize,
    words: usize,
    strings: usize,
    numbers: usize,
    number_bases: usize,
    lists: usize,
    arrays: usize,
    prefix: usize,
}

impl Frame {
    /// The line of the caller.
    pub(crate) fn call_line(&self) -> u32 {
        self.caller_code.line(self.caller_pc.saturating_sub(1) as u32)
    }

    /// Whether it runs a trap's action.
    pub(super) fn is_trap(&self) -> bool {
        matches!(&self.kind, FrameKind::Feeder(feeder) if feeder.kind == FeederKind::Trap)
    }

    /// The simple command at which the caller is: the one that has run last, or that comes next.
    pub(super) fn caller_command_text(&self, is_next: bool) -> &[u8] {
        self.caller_code.command_text(self.caller_pc.saturating_sub(usize::from(!is_next)) as u32)
    }

    /// Whether it is the ERR trap.
    pub(super) fn is_err_trap(&self) -> bool {
        self.err_trap
    }
}

impl Interp {
    pub(super) fn heights(&self) -> Heights {
        Heights {
            args: self.args.len(),
            arg_bases: self.arg_bases.len(),
            words: self.words.len(),
            strings: self.strings.len(),
            numbers: self.numbers.len(),
            number_bases: self.number_bases.len(),
            lists: self.lists.len(),
            arrays: self.arrays.len(),
            prefix: self.prefix.len(),
        }
    }

    pub(super) fn go_back(&mut self, heights: Heights) {
        self.args.truncate(heights.args);
        self.arg_bases.truncate(heights.arg_bases);
        while self.words.len() > heights.words {
            let word = self.take_word();
            self.give_back(word);
        }
        self.strings.truncate(heights.strings);
        self.numbers.truncate(heights.numbers);
        self.number_bases.truncate(heights.number_bases);
        self.lists.truncate(heights.lists);
        self.arrays.truncate(heights.arrays);
        self.prefix.truncate(heights.prefix);
    }

    /// Begins a frame. Too many are an error that ends the shell.
    pub(crate) fn push_frame(
        &mut self,
        kind: FrameKind,
        code: Rc<Code>,
        errexit_ignored: bool,
    ) -> Result<(), Stop> {
        if self.frames.len() >= SHELL_FRAMES_MAX {
            return Err(match &kind {
                FrameKind::Function(call) => self.too_deep(&call.name, SHELL_FRAMES_MAX as u64),
                _ => self.discard(b"maximum nesting level of eval and source exceeded"),
            });
        }
        let inherited = self.frames.last().is_some_and(|frame| frame.errexit_ignored);
        let frame = Frame {
            kind,
            caller_code: std::mem::replace(&mut self.code, code),
            caller_pc: std::mem::replace(&mut self.pc, 0),
            scopes: self.scopes.len(),
            heights: self.heights(),
            errexit_ignored: errexit_ignored || inherited,
            err_trap: false,
            errexit_after: None,
            saved: Vec::new(),
        };
        self.frames.push(frame);
        Ok(())
    }

    /// Says that functions call each other too deep.
    pub(super) fn too_deep(&mut self, function: &[u8], limit: u64) -> Stop {
        let text = format!(": maximum function nesting level exceeded ({limit})");
        self.discard(&[function, text.as_bytes()].concat())
    }

    /// The frame that a builtin has begun goes back to what the stacks are now that the builtin's arguments are
    /// off them; the variables that were assigned before the builtin come back when it ends.
    pub(super) fn settle_frame(&mut self, heights: Heights, saved: Vec<(Symbol, Var)>) {
        if let Some(frame) = self.frames.last_mut() {
            frame.heights = heights;
            frame.saved.extend(saved);
        }
    }

    /// The innermost frame is the ERR trap; behind it `set -e` may end the shell.
    pub(super) fn mark_err_trap(&mut self, errexit: Option<u8>) {
        if let Some(frame) = self.frames.last_mut() {
            frame.err_trap = true;
            frame.errexit_after = errexit;
        }
    }

    /// What the innermost frame's substitution has printed, if it is one.
    pub(super) fn innermost_substitution(&mut self) -> Option<&mut Vec<u8>> {
        match self.frames.last_mut().map(|frame| &mut frame.kind) {
            Some(FrameKind::Substitution { printed, .. }) => Some(printed),
            _ => None,
        }
    }

    /// In a child: the functions that are active, so that `local`, FUNCNAME and messages know them, and
    /// the history.
    pub(super) fn inherit_frames(&mut self, parent: &Interp) {
        self.inherited_history = parent.history();
        self.inherited_functions =
            parent.frames.iter().filter(|f| matches!(f.kind, FrameKind::Function(_))).count()
                + parent.inherited_functions;
        self.inherited_source = parent.innermost_source();
    }

    /// The innermost frame of a function.
    pub(crate) fn function_frame(&mut self) -> Option<&mut Frame> {
        self.frames.iter_mut().rev().find(|frame| matches!(frame.kind, FrameKind::Function(_)))
    }

    /// Unsets a variable that a calling function has made local: what it has put aside comes back. False when
    /// it is not of that kind.
    pub(crate) fn unset_local(&mut self, name: Symbol) -> bool {
        let mut functions =
            self.frames.iter_mut().rev().filter(|frame| matches!(frame.kind, FrameKind::Function(_)));
        if functions.next().is_some_and(|own| own.saved.iter().any(|(saved, _)| *saved == name)) {
            return false;
        }
        for frame in functions {
            if let Some(at) = frame.saved.iter().position(|(saved, _)| *saved == name) {
                let entry = frame.saved.remove(at);
                self.restore_saved(vec![entry]);
                return true;
            }
        }
        false
    }

    /// Where the global value of a variable has been put aside.
    pub(crate) fn outermost_saved(&self, name: Symbol) -> Option<(usize, usize)> {
        self.frames.iter().enumerate().find_map(|(frame, own)| {
            own.saved.iter().position(|(saved, _)| *saved == name).map(|at| (frame, at))
        })
    }

    /// A variable that has been put aside.
    pub(crate) fn saved_mut(&mut self, frame: usize, at: usize) -> Option<&mut Var> {
        self.frames.get_mut(frame)?.saved.get_mut(at).map(|(_, var)| var)
    }

    /// The active calls, innermost first: the line of the call, the function, the file.
    pub(crate) fn call_frames(&self) -> Vec<(u32, Vec<u8>, Vec<u8>)> {
        let calls = self.frames.iter().rev().filter_map(|frame| match &frame.kind {
            FrameKind::Function(call) => Some((call.line, call.name.to_vec(), call.source.to_vec())),
            _ => None,
        });
        calls.collect()
    }

    /// The frames, outermost first.
    pub(crate) fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// The code of the innermost frame is at its end: the frame's next command, or the end of the frame.
    /// False when it was the last.
    pub(super) async fn end_frame(&mut self) -> bool {
        let has_signals = self.process.has_signal() || self.has_held_signals();
        if has_signals
            && self.frames.last().is_some_and(|frame| !frame.is_trap())
            && let Err(stop) = self.run_traps()
        {
            return Box::pin(self.stop(stop)).await;
        }
        if let Some(Frame { kind: FrameKind::Feeder(_), .. }) = self.frames.last() {
            // What a complete command has left on the stacks is void.
            if self.feed().await {
                return true;
            }
        }
        self.pop_frame().await;
        if self.frames.is_empty() { self.leave_shell().await } else { true }
    }

    /// Takes the innermost frame off and puts back what it has changed.
    pub(super) async fn pop_frame(&mut self) {
        while self.scopes.len() > self.frames.last().map_or(0, |frame| frame.scopes) {
            self.pop_scope();
        }
        let Some(frame) = self.frames.pop() else { return };
        self.code = frame.caller_code;
        self.pc = frame.caller_pc;
        if let FrameKind::Expansion(fields) = &frame.kind {
            fields.borrow_mut().extend(self.args.to_vec(frame.heights.args));
        }
        self.go_back(frame.heights);
        let errexit = frame.errexit_after;
        match frame.kind {
            FrameKind::Feeder(feeder) => {
                self.restore_saved(frame.saved);
                let is_source = feeder.kind == FeederKind::Source;
                self.end_feeder(*feeder);
                if is_source {
                    self.return_trap();
                }
            }
            FrameKind::Function(call) => {
                self.shell.depth = self.shell.depth.saturating_sub(1);
                self.restore_saved(frame.saved);
                self.shell.positional = call.positional;
                if let Some(options) = call.options {
                    self.shell.options = *options;
                }
                self.return_trap();
                self.show_traps(call.hidden_traps);
            }
            FrameKind::Substitution { mut printed, shell, quoted } => {
                let status = self.shell.status;
                self.shell = *shell;
                self.shell.status = status;
                self.substitution_status = Some(status);
                self.clean_output(&mut printed);
                self.word().value(&printed, quoted);
            }
            FrameKind::LastStage { pids, saved_fds, text } => {
                self.end_last_stage(pids, saved_fds, &text).await;
            }
            FrameKind::Body | FrameKind::Expansion(_) => {}
        }
        if let Some(status) = errexit {
            self.pending_exit = Some(status);
        }
    }

    /// Puts back variables, the last one first.
    pub(super) fn restore_saved(&mut self, saved: Vec<(Symbol, Var)>) {
        for (name, var) in saved.into_iter().rev() {
            let slot = self.shell.var_mut(name);
            let attributes = slot.attributes.with(var.attributes);
            *slot = var;
            self.shell.changed(name, attributes);
        }
    }
}
