//! The system calls: the only door from programs to everything below.
//!
//! Each family has its file. A call checks permission with the caller's credentials, does its work, and
//! records what the audit log wants to know. Calls that may have to wait are async; they are also where a
//! process is preempted, stopped and ended.

mod descriptors;
mod files;
mod identity;
mod info;
mod locks;
mod poll;
mod processes;
mod signalling;
mod terminals;
mod timing;

pub use descriptors::Whence;
pub use info::{ProcessInfo, SystemInfo};
pub use poll::PollFd;
pub use processes::{Embryo, WaitFor, Waited};

use super::process::{Proc, RunState};
use super::scheduler::Yield;
use super::wait_queue::{Never, Sleep, WaitQueue};
use super::{Kernel, Scheduler};
use crate::abi::{Credentials, Errno, Result};
use crate::vfs::Context;
use std::rc::Rc;

/// A program's handle to its process and to the system calls.
#[derive(Clone)]
pub struct Process {
    pub(crate) kernel: Rc<Kernel>,
    pub(crate) proc: Rc<Proc>,
}

impl Process {
    pub(crate) fn new(kernel: &Rc<Kernel>, proc: &Rc<Proc>) -> Process {
        Process { kernel: Rc::clone(kernel), proc: Rc::clone(proc) }
    }

    pub(crate) fn scheduler(&self) -> &Scheduler {
        &self.kernel.scheduler
    }

    /// Counts steps of work; gives the others a turn when the slice is used up. A program that computes
    /// for long calls it between pieces of work. Never returns to a process that is to end.
    pub async fn step(&self, steps: u32) {
        if !self.scheduler().charge(steps) || self.proc.dying.get().is_some() {
            self.give_way().await;
        }
    }

    /// Counts steps without waiting; true when it is time to call [`Process::give_way`].
    #[must_use]
    pub fn spend(&self, steps: u32) -> bool {
        !self.scheduler().charge(steps) || self.proc.dying.get().is_some()
    }

    /// Steps left of this turn.
    #[must_use]
    pub fn steps_left(&self) -> u32 {
        self.scheduler().slice_left()
    }

    /// Lets the other processes have their turns first.
    pub async fn give_way(&self) {
        if self.proc.dying.get().is_some() {
            // Its next turn ends it.
            self.scheduler().make_runnable(&self.proc);
            Never.await;
        }
        Yield::new(self.scheduler(), &self.proc).await;
    }

    /// Does not return before a signal that this process sent to itself has had its effect.
    pub(crate) async fn settle(&self) {
        while self.proc.dying.get().is_some() || self.proc.run_state.get() == RunState::Stopped {
            self.give_way().await;
        }
    }

    /// Sleeps in a queue once. EINTR when a signal is there that the program handles.
    pub(crate) async fn sleep_in(&self, queues: &[&WaitQueue]) -> Result<()> {
        if self.proc.is_interrupted() {
            return Err(Errno::EINTR);
        }
        Sleep::on(&self.proc, queues).await;
        if self.proc.is_interrupted() { Err(Errno::EINTR) } else { Ok(()) }
    }

    /// The effective credentials.
    #[must_use]
    pub fn credentials(&self) -> Rc<Credentials> {
        Rc::clone(&self.proc.credentials.borrow())
    }

    /// Runs a files' operation as this process.
    pub(crate) fn with_files<R>(&self, run: impl FnOnce(&Context<'_>) -> R) -> R {
        let credentials = self.credentials();
        run(&self.kernel.file_context(&self.proc, &credentials))
    }
}
