//! Pseudo-terminals: a line discipline between a screen with its keyboard and the programs.
//!
//! The *master* is the outside: an SSH channel, xterm.js, `script`. The *terminal* is what programs have as
//! descriptors 0 to 2. Output waits in a bounded queue for the master; a full queue puts writers to sleep.

use super::Kernel;
use super::line_discipline::{Effects, LineDiscipline, ReadOutcome};
use super::wait_queue::WaitQueue;
use crate::abi::limits::{PTYS_MAX, TTY_OUTPUT_BYTES_MAX};
use crate::abi::{Errno, Pid, Result, Signal, Termios, WindowSize};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

/// One pseudo-terminal.
pub struct Tty {
    kernel: Weak<Kernel>,
    /// N of `/dev/pts/N`.
    pub(crate) number: u32,
    discipline: RefCell<LineDiscipline>,
    output: RefCell<VecDeque<u8>>,
    window: Cell<WindowSize>,
    /// The session whose controlling terminal it is; 0 is none.
    pub(crate) session: Cell<Pid>,
    /// Its foreground process group; 0 is none.
    pub(crate) foreground: Cell<Pid>,
    masters: Cell<u32>,
    terminals: Cell<u32>,
    ever_opened: Cell<bool>,
    /// Woken when there is input for programs.
    pub(crate) readable: WaitQueue,
    /// Woken when there is room for output.
    pub(crate) writable: WaitQueue,
    /// Woken when there is output for a master inside the machine.
    pub(crate) master_readable: WaitQueue,
}

/// What a program's read finds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TtyRead {
    Bytes(usize),
    /// Nothing yet; with a time, wait at most that many nanoseconds for more (VTIME).
    Empty(Option<u64>),
}

impl Tty {
    fn wake(&self, queue: &WaitQueue) {
        if let Some(kernel) = self.kernel.upgrade() {
            queue.wake(&kernel.scheduler);
        }
    }

    /// Whether the outside has gone.
    pub(crate) fn is_hung_up(&self) -> bool {
        self.masters.get() == 0
    }

    /// Bytes from the keyboard; how many were taken.
    pub(crate) fn type_in(&self, bytes: &[u8]) -> usize {
        let mut taken = 0;
        let mut effects = Effects::default();
        loop {
            let rest = bytes.get(taken..).unwrap_or_default();
            let count = self.discipline.borrow_mut().input(rest, &mut effects);
            taken += count;
            let paused_by_echo = self.carry_out(&mut effects) && taken < bytes.len();
            if !paused_by_echo {
                break;
            }
        }
        self.wake(&self.readable);
        self.wake(&self.writable);
        taken
    }

    /// Carries out what typed bytes do; whether there was echo.
    fn carry_out(&self, effects: &mut Effects) -> bool {
        if std::mem::take(&mut effects.flush_output) {
            self.output.borrow_mut().clear();
        }
        let echo = std::mem::take(&mut effects.echo);
        if !echo.is_empty() {
            let mut output = self.output.borrow_mut();
            let room = TTY_OUTPUT_BYTES_MAX.saturating_sub(output.len());
            output.extend(echo.iter().take(room));
            drop(output);
            self.wake(&self.master_readable);
        }
        let mut signals = std::mem::take(&mut effects.signals);
        while let Some(signal) = signals.first() {
            signals.remove(signal);
            self.signal_foreground(signal);
        }
        !echo.is_empty()
    }

    /// Sends a signal to the foreground group.
    pub(crate) fn signal_foreground(&self, signal: Signal) {
        let group = self.foreground.get();
        if let Some(kernel) = self.kernel.upgrade().filter(|_| group != 0) {
            kernel.signal_group(group, signal);
        }
    }

    /// What programs have written, for the screen; appends at most `max` bytes.
    pub(crate) fn take_output(&self, out: &mut Vec<u8>, max: usize) -> usize {
        if self.discipline.borrow().is_output_stopped() {
            return 0;
        }
        let mut output = self.output.borrow_mut();
        let count = output.len().min(max);
        if count > 0 {
            out.extend(output.drain(..count));
            drop(output);
            self.wake(&self.writable);
        }
        count
    }

    /// Whether programs' output waits for the screen.
    pub(crate) fn has_output(&self) -> bool {
        !self.output.borrow().is_empty()
    }

    pub(crate) fn read(&self, buf: &mut [u8]) -> TtyRead {
        let mut discipline = self.discipline.borrow_mut();
        match discipline.read(buf) {
            ReadOutcome::Bytes(count) => TtyRead::Bytes(count),
            ReadOutcome::Eof => TtyRead::Bytes(0),
            ReadOutcome::WouldBlock => TtyRead::Empty(discipline.read_timeout_nanos()),
        }
    }

    /// What a read gives when its time is over.
    pub(crate) fn read_timed_out(&self, buf: &mut [u8]) -> usize {
        match self.discipline.borrow_mut().read_now(buf) {
            ReadOutcome::Bytes(count) => count,
            ReadOutcome::Eof | ReadOutcome::WouldBlock => 0,
        }
    }

    /// Whether a read would give something at once.
    pub(crate) fn has_input(&self) -> bool {
        self.discipline.borrow().is_readable()
    }

    /// Writes what fits; 0 when the queue is full.
    pub(crate) fn write(&self, bytes: &[u8]) -> usize {
        let mut output = self.output.borrow_mut();
        let room = TTY_OUTPUT_BYTES_MAX.saturating_sub(output.len());
        let mut discipline = self.discipline.borrow_mut();
        if room == 0 || discipline.is_output_stopped() {
            return 0;
        }
        let mut screen = Vec::new();
        let count = discipline.output(bytes, room, &mut screen);
        output.extend(&screen);
        drop((discipline, output));
        self.wake(&self.master_readable);
        count
    }

    pub(crate) fn window(&self) -> WindowSize {
        self.window.get()
    }

    /// Sets the size; the foreground group gets SIGWINCH when it changed.
    pub(crate) fn resize(&self, window: WindowSize) {
        if self.window.replace(window) != window {
            self.signal_foreground(Signal::WINCH);
        }
    }

    pub(crate) fn termios(&self) -> Termios {
        self.discipline.borrow().termios().clone()
    }

    pub(crate) fn set_termios(&self, termios: Termios, flush_input: bool) {
        let mut discipline = self.discipline.borrow_mut();
        if flush_input {
            discipline.flush_input();
        }
        discipline.set_termios(termios);
        drop(discipline);
        self.wake(&self.readable);
        self.wake(&self.writable);
    }
}

/// The programs' end.
pub(crate) struct TtyEnd(pub(crate) Rc<Tty>);

impl Drop for TtyEnd {
    fn drop(&mut self) {
        let tty = &self.0;
        tty.terminals.set(tty.terminals.get() - 1);
        tty.wake(&tty.master_readable);
    }
}

/// The outside's end. When the last one goes the terminal hangs up: SIGHUP, reads give the end, writes EIO.
pub(crate) struct MasterEnd(pub(crate) Rc<Tty>);

impl MasterEnd {
    /// Whether every program has closed its end, after one had it open.
    pub(crate) fn is_abandoned(&self) -> bool {
        self.0.ever_opened.get() && self.0.terminals.get() == 0
    }
}

impl Drop for MasterEnd {
    fn drop(&mut self) {
        let tty = &self.0;
        tty.masters.set(tty.masters.get() - 1);
        if tty.masters.get() == 0 {
            if let Some(kernel) = tty.kernel.upgrade() {
                kernel.hang_up(tty);
            }
            for queue in [&tty.readable, &tty.writable] {
                tty.wake(queue);
            }
        }
    }
}

/// The machine's pseudo-terminals.
#[derive(Default)]
pub(crate) struct TtyTable {
    ttys: Vec<Weak<Tty>>,
}

impl TtyTable {
    /// The terminals that exist, in order of their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Rc<Tty>> {
        self.ttys.iter().filter_map(Weak::upgrade)
    }

    pub(crate) fn get(&self, number: u32) -> Option<Rc<Tty>> {
        self.ttys.get(number as usize)?.upgrade()
    }

    fn insert(&mut self, make: impl FnOnce(u32) -> Rc<Tty>) -> Result<Rc<Tty>> {
        let free = self.ttys.iter().position(|slot| slot.strong_count() == 0).unwrap_or(self.ttys.len());
        let number = u32::try_from(free).ok().filter(|&number| number < PTYS_MAX).ok_or(Errno::ENOSPC)?;
        let tty = make(number);
        if free == self.ttys.len() {
            self.ttys.push(Weak::new());
        }
        self.ttys[free] = Rc::downgrade(&tty);
        Ok(tty)
    }
}

impl Kernel {
    /// A new pseudo-terminal, by its master end. ENOSPC when there are too many.
    pub(crate) fn new_tty(self: &Rc<Kernel>, window: WindowSize) -> Result<MasterEnd> {
        let tty = self.ttys.borrow_mut().insert(|number| {
            Rc::new(Tty {
                kernel: Rc::downgrade(self),
                number,
                discipline: RefCell::new(LineDiscipline::new(Termios::default())),
                output: RefCell::default(),
                window: Cell::new(window),
                session: Cell::new(0),
                foreground: Cell::new(0),
                masters: Cell::new(1),
                terminals: Cell::new(0),
                ever_opened: Cell::new(false),
                readable: WaitQueue::default(),
                writable: WaitQueue::default(),
                master_readable: WaitQueue::default(),
            })
        })?;
        Ok(MasterEnd(tty))
    }

    /// The programs' end of a terminal once more.
    pub(crate) fn open_tty(&self, tty: &Rc<Tty>) -> Result<TtyEnd> {
        if tty.is_hung_up() {
            return Err(Errno::EIO);
        }
        tty.terminals.set(tty.terminals.get() + 1);
        tty.ever_opened.set(true);
        Ok(TtyEnd(Rc::clone(tty)))
    }

    /// The controlling terminal of a session.
    pub(crate) fn tty_of_session(&self, session: Pid) -> Option<Rc<Tty>> {
        self.ttys.borrow().iter().find(|tty| session != 0 && tty.session.get() == session)
    }

    /// SIGHUP and SIGCONT to the session leader and the foreground group of a terminal that is gone.
    fn hang_up(&self, tty: &Tty) {
        let (session, group) = (tty.session.replace(0), tty.foreground.replace(0));
        if let Some(leader) = self.find(session) {
            self.send_signal(&leader, Signal::HUP);
            self.send_signal(&leader, Signal::CONT);
        }
        if group != 0 && group != session {
            self.signal_group(group, Signal::HUP);
            self.signal_group(group, Signal::CONT);
        }
    }
}
