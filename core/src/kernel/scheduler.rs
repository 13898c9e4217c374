//! The scheduler: which process runs next, for how long, and what wakes by time.
//!
//! A process is a future. The run queue is first in, first out (or shuffled by a seed, to show that
//! nothing depends on the order). A turn ends when the process waits or when it has used up its slice of
//! steps; system calls and the shell's interpreter count the steps.

use super::process::{Proc, RunState};
use crate::abi::SortedMap;
use crate::abi::limits::SLICE_STEPS;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

/// What a call of `Machine::run` leaves behind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// Everything waits for input from outside.
    Idle,
    /// The budget is spent and there is more to run: call again.
    Ready,
    /// Nothing to do before the host's monotonic clock shows this many nanoseconds.
    Until(u64),
}

/// The run queue, the timers and the running process's remaining slice.
#[derive(Default)]
pub struct Scheduler {
    runnable: RefCell<VecDeque<Rc<Proc>>>,
    timers: RefCell<SortedMap<(u64, u64), Rc<Proc>>>,
    timer_serial: Cell<u64>,
    slice_left: Cell<u32>,
    steps_total: Cell<u64>,
    shuffle: Cell<Option<u64>>,
}

impl Scheduler {
    /// Picks the next process by this seed instead of by its turn.
    pub(crate) fn shuffle_by(&self, seed: u64) {
        self.shuffle.set(Some(seed | 1));
    }

    /// Puts a process into the run queue unless it is there, stopped or gone.
    pub(crate) fn make_runnable(&self, proc: &Rc<Proc>) {
        if proc.queued.get() {
            return;
        }
        match proc.run_state.get() {
            RunState::Zombie => {}
            RunState::Stopped if proc.dying.get().is_none() => proc.woken_while_stopped.set(true),
            _ => {
                proc.queued.set(true);
                self.runnable.borrow_mut().push_back(Rc::clone(proc));
            }
        }
    }

    /// The next process whose turn it is.
    pub(crate) fn next(&self) -> Option<Rc<Proc>> {
        let mut queue = self.runnable.borrow_mut();
        let proc = match self.shuffle.get() {
            Some(state) if queue.len() > 1 => {
                // xorshift64 (Marsaglia 2003)
                let mut x = state;
                x ^= x << 13;
                x ^= x >> 7;
                x ^= x << 17;
                self.shuffle.set(Some(x));
                let at = (x % queue.len() as u64) as usize;
                queue.remove(at)
            }
            _ => queue.pop_front(),
        }?;
        proc.queued.set(false);
        Some(proc)
    }

    /// Whether any process is runnable.
    pub(crate) fn has_runnable(&self) -> bool {
        !self.runnable.borrow().is_empty()
    }

    /// Processes in the run queue, for the load average.
    pub(crate) fn runnable_count(&self) -> usize {
        self.runnable.borrow().len()
    }

    /// Gives the process whose turn begins a full slice.
    pub(crate) fn begin_slice(&self) {
        self.slice_left.set(SLICE_STEPS);
    }

    /// Ends a turn; how many steps it took, at least one.
    pub(crate) fn end_slice(&self, proc: &Proc) -> u32 {
        let used = (SLICE_STEPS - self.slice_left.get()).max(1);
        proc.steps.set(proc.steps.get() + u64::from(used));
        self.steps_total.set(self.steps_total.get() + u64::from(used));
        used
    }

    /// Steps that all processes have taken since boot.
    pub(crate) fn steps_total(&self) -> u64 {
        self.steps_total.get()
    }

    /// Counts steps of the running process; false when its slice is used up.
    pub(crate) fn charge(&self, steps: u32) -> bool {
        let left = self.slice_left.get();
        self.slice_left.set(left.saturating_sub(steps));
        left > steps
    }

    /// Steps left of the running slice.
    pub(crate) fn slice_left(&self) -> u32 {
        self.slice_left.get()
    }

    /// Lists a process to be woken at a time; the key takes it off again.
    pub(crate) fn add_timer(&self, at_nanos: u64, proc: &Rc<Proc>) -> (u64, u64) {
        let serial = self.timer_serial.get() + 1;
        self.timer_serial.set(serial);
        self.timers.borrow_mut().insert((at_nanos, serial), Rc::clone(proc));
        (at_nanos, serial)
    }

    /// Takes a timer off.
    pub(crate) fn remove_timer(&self, key: (u64, u64)) {
        self.timers.borrow_mut().remove(&key);
    }

    /// Wakes what is due; gives the time of the next timer.
    pub(crate) fn run_timers(&self, now_nanos: u64) -> Option<u64> {
        loop {
            let due = {
                let mut timers = self.timers.borrow_mut();
                match timers.first_key_value() {
                    Some((&(at_nanos, _), _)) if at_nanos > now_nanos => return Some(at_nanos),
                    _ => timers.pop_first()?.1,
                }
            };
            self.make_runnable(&due);
        }
    }

    /// Forgets everything, when the machine is dropped.
    pub(crate) fn clear(&self) {
        self.runnable.take();
        self.timers.take();
    }
}

/// Lets the others have a turn: ready when the process is next picked.
pub(crate) struct Yield<'a> {
    scheduler: &'a Scheduler,
    proc: &'a Rc<Proc>,
    yielded: bool,
}

impl<'a> Yield<'a> {
    pub(crate) fn new(scheduler: &'a Scheduler, proc: &'a Rc<Proc>) -> Yield<'a> {
        Yield { scheduler, proc, yielded: false }
    }
}

impl Future for Yield<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.yielded {
            return Poll::Ready(());
        }
        self.yielded = true;
        self.scheduler.make_runnable(self.proc);
        Poll::Pending
    }
}

/// A timer that is taken off when it is dropped.
pub(crate) struct Timer<'a> {
    scheduler: &'a Scheduler,
    key: (u64, u64),
}

impl<'a> Timer<'a> {
    pub(crate) fn at(scheduler: &'a Scheduler, at_nanos: u64, proc: &Rc<Proc>) -> Timer<'a> {
        Timer { scheduler, key: scheduler.add_timer(at_nanos, proc) }
    }
}

impl Drop for Timer<'_> {
    fn drop(&mut self) {
        self.scheduler.remove_timer(self.key);
    }
}
