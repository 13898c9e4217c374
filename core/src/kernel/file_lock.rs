//! Advisory locks on whole files (`flock`): held by an open file description, given back when it closes.

use super::scheduler::Scheduler;
use super::wait_queue::WaitQueue;
use std::cell::Cell;
use std::rc::Rc;

/// How a file is locked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LockKind {
    /// With others that share it.
    Shared,
    /// Alone.
    Exclusive,
}

/// The lock of one inode, as long as somebody holds it or waits for it.
pub(crate) struct FileLock {
    scheduler: Rc<Scheduler>,
    /// Descriptions that share it, or none and one that has it alone.
    holders: Cell<(u32, bool)>,
    /// Woken when a holder gives it back.
    pub(crate) freed: WaitQueue,
}

impl FileLock {
    /// That nobody holds.
    pub(crate) fn new(scheduler: &Rc<Scheduler>) -> Rc<FileLock> {
        Rc::new(FileLock {
            scheduler: Rc::clone(scheduler),
            holders: Cell::new((0, false)),
            freed: WaitQueue::default(),
        })
    }

    /// Takes it when nobody else is in the way.
    pub(crate) fn take(self: &Rc<FileLock>, kind: LockKind) -> Option<HeldLock> {
        let holders = match (kind, self.holders.get()) {
            (LockKind::Shared, (sharing, false)) => (sharing + 1, false),
            (LockKind::Exclusive, (0, false)) => (0, true),
            _ => return None,
        };
        self.holders.set(holders);
        Some(HeldLock { lock: Rc::clone(self), kind })
    }
}

/// A description's part in a lock, given back when dropped.
pub(crate) struct HeldLock {
    lock: Rc<FileLock>,
    pub(crate) kind: LockKind,
}

impl Drop for HeldLock {
    fn drop(&mut self) {
        let (sharing, _) = self.lock.holders.get();
        self.lock.holders.set((sharing.saturating_sub(1), false));
        self.lock.freed.wake(&self.lock.scheduler);
    }
}
