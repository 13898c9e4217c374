//! The system call `flock`: advisory locks on open files.

use super::Process;
use crate::abi::{Errno, Fd, Result};
use crate::kernel::file_lock::{FileLock, LockKind};
use std::rc::{Rc, Weak};

impl Process {
    /// Locks the file behind a descriptor, for all descriptors of its description, until [`Process::unlock`] or
    /// the last one closes. Another kind than before is taken anew, with others maybe first (flock(2)).
    /// Waits for who is in the way; with `wait` false, EAGAIN instead. EINTR; EBADF on a pipe.
    pub async fn lock(&self, fd: Fd, kind: LockKind, wait: bool) -> Result<()> {
        self.step(1).await;
        let file = self.file(fd)?;
        let node = file.node.as_ref().ok_or(Errno::EBADF)?;
        if file.lock.borrow().as_ref().is_some_and(|held| held.kind == kind) {
            return Ok(());
        }
        let before = file.lock.take();
        drop(before);
        let lock = self.lock_of((node.stat.dev, node.ino));
        loop {
            if let Some(held) = lock.take(kind) {
                let before = file.lock.replace(Some(held));
                drop(before);
                return Ok(());
            }
            if !wait {
                return Err(Errno::EAGAIN);
            }
            self.sleep_in(&[&lock.freed]).await?;
        }
    }

    /// Gives a lock back, if there is one.
    pub fn unlock(&self, fd: Fd) -> Result<()> {
        let held = self.file(fd)?.lock.take();
        drop(held);
        Ok(())
    }

    fn lock_of(&self, key: (u64, u64)) -> Rc<FileLock> {
        let mut locks = self.kernel.locks.borrow_mut();
        locks.retain(|_, lock| lock.strong_count() > 0);
        let known = locks.get(&key).and_then(Weak::upgrade);
        known.unwrap_or_else(|| {
            let lock = FileLock::new(&self.kernel.scheduler);
            locks.insert(key, Rc::downgrade(&lock));
            lock
        })
    }
}
