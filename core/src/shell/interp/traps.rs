//! Traps and signals.

use super::{Feeder, FeederKind, Frame, Interp, Stop};
use crate::abi::Signal;
use crate::abi::SortedMap;
use crate::kernel::Disposition;
use std::rc::Rc;

/// What a trap waits for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum TrapSignal {
    Exit,
    Signal(Signal),
    Debug,
    Err,
    Return,
}

impl TrapSignal {
    /// By name or number, as `trap` takes it.
    pub(crate) fn parse(text: &[u8]) -> Option<TrapSignal> {
        let upper = text.to_ascii_uppercase();
        match &upper[..] {
            b"EXIT" | b"0" => return Some(TrapSignal::Exit),
            b"DEBUG" => return Some(TrapSignal::Debug),
            b"ERR" => return Some(TrapSignal::Err),
            b"RETURN" => return Some(TrapSignal::Return),
            _ => {}
        }
        if let Ok(number) = std::str::from_utf8(text).unwrap_or_default().parse::<u8>() {
            return Signal::from_number(number).map(TrapSignal::Signal);
        }
        Signal::from_name(text).map(TrapSignal::Signal)
    }

    /// As `trap -p` shows it.
    pub(crate) fn name(self) -> String {
        match self {
            TrapSignal::Exit => "EXIT".into(),
            TrapSignal::Debug => "DEBUG".into(),
            TrapSignal::Err => "ERR".into(),
            TrapSignal::Return => "RETURN".into(),
            TrapSignal::Signal(signal) => format!("SIG{}", signal.name()),
        }
    }
}

/// What a trap does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum TrapAction {
    Ignore,
    Run(Rc<[u8]>),
}

/// The traps that are set.
#[derive(Clone, Default)]
pub(crate) struct Traps {
    actions: SortedMap<TrapSignal, TrapAction>,
    /// In a subshell, until it sets one: those of the parent, which `trap` still shows.
    inherited: SortedMap<TrapSignal, TrapAction>,
    /// Signals that were ignored when the shell started: they stay ignored.
    pub(crate) ignored_at_start: Vec<Signal>,
}

impl Traps {
    pub(crate) fn get(&self, signal: TrapSignal) -> Option<&TrapAction> {
        self.actions.get(&signal)
    }

    pub(crate) fn has_debug(&self) -> bool {
        self.actions.contains_key(&TrapSignal::Debug)
    }

    /// What `trap` lists.
    pub(crate) fn shown(&self) -> impl Iterator<Item = (TrapSignal, &TrapAction)> {
        let list = if self.inherited.is_empty() { &self.actions } else { &self.inherited };
        list.iter().map(|(signal, action)| (*signal, action))
    }
}

impl Interp {
    /// Sets (`None`: resets) a trap.
    pub(crate) fn set_trap(&mut self, signal: TrapSignal, action: Option<TrapAction>) {
        if let TrapSignal::Signal(signal) = signal {
            if self.shell.traps.ignored_at_start.contains(&signal) && !self.shell.options.interactive {
                return;
            }
            let disposition = match &action {
                None => self.own_disposition(signal),
                Some(TrapAction::Ignore) => Disposition::Ignore,
                Some(TrapAction::Run(_)) => Disposition::Catch,
            };
            let _ = self.process.set_disposition(signal, disposition);
        }
        let traps = Rc::make_mut(&mut self.shell.traps);
        traps.inherited.clear();
        match action {
            Some(action) => {
                traps.actions.insert(signal, action);
            }
            None => {
                traps.actions.remove(&signal);
            }
        }
    }

    /// What the shell does about a signal without a trap.
    fn own_disposition(&self, signal: Signal) -> Disposition {
        if !self.shell.options.interactive || self.is_subshell {
            return Disposition::Default;
        }
        match signal {
            Signal::INT => Disposition::Catch,
            Signal::TERM | Signal::QUIT => Disposition::Ignore,
            Signal::TSTP | Signal::TTIN | Signal::TTOU if self.shell.options.monitor => Disposition::Ignore,
            Signal::HUP | Signal::WINCH | Signal::CHLD => Disposition::Catch,
            _ => Disposition::Default,
        }
    }

    /// Sets up the signals of an interactive shell.
    pub(crate) fn set_interactive_signals(&mut self) {
        let signals = [
            Signal::INT,
            Signal::TERM,
            Signal::QUIT,
            Signal::TSTP,
            Signal::TTIN,
            Signal::TTOU,
            Signal::HUP,
            Signal::WINCH,
            Signal::CHLD,
        ];
        for signal in signals {
            if self.shell.traps.get(TrapSignal::Signal(signal)).is_none() {
                let _ = self.process.set_disposition(signal, self.own_disposition(signal));
            }
        }
    }

    /// In a child: traps are reset, ignored signals stay ignored (POSIX XCU 2.12).
    pub(super) fn reset_traps_for_child(&mut self) {
        let interactive = self.shell.options.interactive;
        let functrace = self.shell.options.functrace;
        let errtrace = self.shell.options.errtrace;
        if self.shell.traps.actions.is_empty() && !interactive {
            return;
        }
        let traps = Rc::make_mut(&mut self.shell.traps);
        traps.inherited = traps.actions.clone();
        traps.actions.retain(|signal, action| match signal {
            TrapSignal::Debug | TrapSignal::Return => functrace,
            TrapSignal::Err => errtrace,
            _ => *action == TrapAction::Ignore,
        });
        for signal in Signal::all() {
            if self.process.disposition(signal) == Disposition::Catch {
                let _ = self.process.set_disposition(signal, Disposition::Default);
            }
        }
        if interactive {
            for signal in [Signal::TERM, Signal::QUIT, Signal::TSTP, Signal::TTIN, Signal::TTOU] {
                if self.shell.traps.get(TrapSignal::Signal(signal)).is_none() {
                    let _ = self.process.set_disposition(signal, Disposition::Default);
                }
            }
        }
    }

    /// Takes signals that have come, for their traps to run when the command has ended; gives the last one
    /// that ends a wait: one with a trap, or what a terminal sends to an interactive shell.
    pub(crate) fn take_interruption(&mut self) -> Option<Signal> {
        let before = self.held_signals.len();
        self.note_signals();
        let interrupts = |signal: &&Signal| match self.shell.traps.get(TrapSignal::Signal(**signal)) {
            Some(action) => matches!(action, TrapAction::Run(_)),
            None => self.shell.options.interactive && matches!(**signal, Signal::INT | Signal::HUP),
        };
        self.held_signals[before..].iter().rev().find(interrupts).copied()
    }

    /// Takes signals that have come, for their traps to run when the command has ended; the last of them.
    pub(crate) fn note_signals(&mut self) -> Option<Signal> {
        let mut last = None;
        while let Some(signal) = self.process.take_signal() {
            self.held_signals.push(signal);
            last = Some(signal);
        }
        last
    }

    /// Begins the traps of signals that have come. `Stop::Moved` when one is to run.
    pub(super) fn run_traps(&mut self) -> Result<(), Stop> {
        self.note_signals();
        self.run_held_traps()
    }

    /// Whether signals wait for their traps.
    pub(super) fn has_held_signals(&self) -> bool {
        !self.held_signals.is_empty()
    }

    pub(super) fn run_held_traps(&mut self) -> Result<(), Stop> {
        let signals = std::mem::take(&mut self.held_signals);
        let mut moved = false;
        for signal in signals.into_iter().rev() {
            match self.shell.traps.get(TrapSignal::Signal(signal)).cloned() {
                Some(TrapAction::Run(action)) => {
                    self.begin_trap(&action)?;
                    moved = true;
                }
                Some(TrapAction::Ignore) => {}
                None => match signal {
                    Signal::INT if self.shell.options.interactive => {
                        self.err.push(b'\n');
                        return Err(Stop::Discard(130));
                    }
                    Signal::HUP if self.shell.options.interactive => return Err(Stop::Exit(129)),
                    _ => {}
                },
            }
        }
        if moved { Err(Stop::Moved) } else { Ok(()) }
    }

    /// Puts a trap's action on the frames.
    fn begin_trap(&mut self, action: &Rc<[u8]>) -> Result<(), Stop> {
        let line = self.line();
        let mut feeder = Feeder::new(FeederKind::Trap, action.to_vec(), Rc::from(&b"trap"[..]), line);
        feeder.status = Some(self.shell.status);
        match self.run_text(feeder, false) {
            Err(Stop::Moved) | Ok(()) => Ok(()),
            Err(stop) => Err(stop),
        }
    }

    /// The shell is about to end: its EXIT trap begins, once. True when there is one.
    pub(super) fn begin_exit_trap(&mut self) -> bool {
        if self.exit_trap_done {
            return false;
        }
        self.exit_trap_done = true;
        let Some(TrapAction::Run(action)) = self.shell.traps.get(TrapSignal::Exit).cloned() else {
            return false;
        };
        if self.leaving.is_none() {
            self.leaving = Some(self.shell.status);
        }
        let traps = Rc::make_mut(&mut self.shell.traps);
        traps.actions.remove(&TrapSignal::Exit);
        self.begin_trap(&action).is_ok()
    }

    /// A command has failed where `set -e` and the ERR trap look.
    pub(super) async fn check_status(&mut self) -> Result<(), Stop> {
        if self.frames().last().is_some_and(|frame| frame.errexit_ignored) {
            return Ok(());
        }
        let status = self.shell.status;
        let mut moved = false;
        if let Some(TrapAction::Run(action)) = self.shell.traps.get(TrapSignal::Err).cloned()
            && !self.frames().iter().any(|frame| frame.is_err_trap())
        {
            self.begin_trap(&action)?;
            self.mark_err_trap(self.shell.options.errexit.then_some(status));
            moved = true;
        } else if self.shell.options.errexit {
            return Err(Stop::Exit(status));
        }
        if moved { Err(Stop::Moved) } else { Ok(()) }
    }

    /// The RETURN trap, when a function or a sourced file ends.
    pub(super) fn return_trap(&mut self) {
        if let Some(TrapAction::Run(action)) = self.shell.traps.get(TrapSignal::Return).cloned()
            && !self.is_in_trap()
        {
            let _ = self.begin_trap(&action);
        }
    }

    /// What happens between two commands: the traps of signals that have come, then the DEBUG trap. Behind
    /// them (`Stop::Moved`) the command begins again.
    pub(super) fn before_command(&mut self) -> Result<(), Stop> {
        if self.process.has_signal() || self.has_held_signals() {
            self.pc -= 1;
            self.run_traps()?;
            self.pc += 1;
        }
        if self.shell.trace_fd_is_new {
            self.look_at_trace_fd();
        }
        if self.shell.traps.has_debug() { self.debug_trap() } else { Ok(()) }
    }

    fn debug_trap(&mut self) -> Result<(), Stop> {
        if self.is_in_trap() || std::mem::take(&mut self.debug_trap_has_run) {
            return Ok(());
        }
        let Some(TrapAction::Run(action)) = self.shell.traps.get(TrapSignal::Debug).cloned() else {
            return Ok(());
        };
        self.pc -= 1;
        self.debug_trap_has_run = true;
        self.begin_trap(&action)?;
        Err(Stop::Moved)
    }

    /// Whether a trap's action runs.
    fn is_in_trap(&self) -> bool {
        self.frames().iter().any(Frame::is_trap)
    }

    /// Functions do not inherit DEBUG and RETURN (`set -T`) and ERR (`set -E`): what is put aside for a call.
    pub(super) fn hide_traps(&mut self) -> Vec<(TrapSignal, TrapAction)> {
        if self.shell.traps.actions.is_empty() {
            return Vec::new();
        }
        let (functrace, errtrace) = (self.shell.options.functrace, self.shell.options.errtrace);
        let hidden = |signal: &TrapSignal| match signal {
            TrapSignal::Debug | TrapSignal::Return => !functrace,
            TrapSignal::Err => !errtrace,
            _ => false,
        };
        let traps = Rc::make_mut(&mut self.shell.traps);
        let all = std::mem::take(&mut traps.actions);
        let (aside, kept): (Vec<_>, Vec<_>) = all.into_iter().partition(|(signal, _)| hidden(signal));
        traps.actions = kept.into_iter().collect();
        aside
    }

    /// Puts those traps back, except where the function has set its own.
    pub(super) fn show_traps(&mut self, hidden: Vec<(TrapSignal, TrapAction)>) {
        if hidden.is_empty() {
            return;
        }
        let traps = Rc::make_mut(&mut self.shell.traps);
        for (signal, action) in hidden {
            traps.actions.or_insert(signal, action);
        }
    }

    /// The text of the simple command that runs; in a trap, of the one before it (DEBUG: behind it).
    pub(super) fn command_text(&self) -> Vec<u8> {
        match self.frames().iter().find(|frame| frame.is_trap()) {
            Some(trap) => trap.caller_command_text(self.debug_trap_has_run).to_vec(),
            None => self.code.command_text(self.pc.saturating_sub(1) as u32).to_vec(),
        }
    }
}
