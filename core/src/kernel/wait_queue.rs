//! Sleeping and waking: the one way in which a process waits for something.
//!
//! There are no `std` wakers here. A sleeping process is listed in the queues of what it waits for;
//! whoever changes that thing wakes the queue, which puts its processes back into the run queue. A wake-up
//! may be for nothing, so a sleeper looks again and sleeps again.

use super::process::Proc;
use super::scheduler::Scheduler;
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

/// The processes that wait for one thing.
#[derive(Default)]
pub struct WaitQueue {
    sleepers: RefCell<Vec<Rc<Proc>>>,
}

impl WaitQueue {
    /// Makes all of its sleepers runnable.
    pub(crate) fn wake(&self, scheduler: &Scheduler) {
        // The common case is that nobody waits: look before moving anything.
        if self.sleepers.borrow().is_empty() {
            return;
        }
        for proc in self.sleepers.borrow_mut().drain(..) {
            scheduler.make_runnable(&proc);
        }
    }

    /// Whether anyone waits.
    pub(crate) fn has_sleepers(&self) -> bool {
        !self.sleepers.borrow().is_empty()
    }

    fn add(&self, proc: &Rc<Proc>) {
        self.sleepers.borrow_mut().push(Rc::clone(proc));
    }

    fn remove(&self, proc: &Rc<Proc>) {
        self.sleepers.borrow_mut().retain(|other| !Rc::ptr_eq(other, proc));
    }
}

/// Sleeps once: ready when the process is next made runnable, for whatever reason.
pub(crate) struct Sleep<'a> {
    proc: &'a Rc<Proc>,
    queues: &'a [&'a WaitQueue],
    asleep: bool,
}

impl<'a> Sleep<'a> {
    /// In all of `queues`, until one of them is woken.
    pub(crate) fn on(proc: &'a Rc<Proc>, queues: &'a [&'a WaitQueue]) -> Sleep<'a> {
        Sleep { proc, queues, asleep: false }
    }

    fn leave(&mut self) {
        if self.asleep {
            self.asleep = false;
            for queue in self.queues {
                queue.remove(self.proc);
            }
        }
    }
}

impl Future for Sleep<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.asleep {
            self.leave();
            return Poll::Ready(());
        }
        self.asleep = true;
        for queue in self.queues {
            queue.add(self.proc);
        }
        Poll::Pending
    }
}

impl Drop for Sleep<'_> {
    fn drop(&mut self) {
        self.leave();
    }
}

/// Never ready: where a process stands that is about to end, to stop or to become another program.
pub(crate) struct Never;

impl Future for Never {
    type Output = core::convert::Infallible;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Pending
    }
}
