//! Waiting for one of several descriptors (`poll`).

use super::Process;
use crate::abi::{Fd, Result};
use crate::kernel::open_file::{Object, OpenFile};
use crate::kernel::scheduler::Timer;
use crate::kernel::wait_queue::WaitQueue;
use std::rc::Rc;

/// A descriptor, what is waited for, and what is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PollFd {
    /// Which.
    pub fd: Fd,
    /// Wait until a read would not sleep.
    pub read: bool,
    /// Wait until a write would not sleep.
    pub write: bool,
    /// Filled in: a read would not sleep (there is data, or the end).
    pub readable: bool,
    /// Filled in: a write would not sleep.
    pub writable: bool,
}

impl PollFd {
    /// Waits for something to read.
    #[must_use]
    pub const fn reading(fd: Fd) -> PollFd {
        PollFd { fd, read: true, write: false, readable: false, writable: false }
    }
}

impl Process {
    /// Waits until one of `fds` is ready, at most `timeout_nanos`; how many are. EBADF, EINTR.
    pub async fn poll(&self, fds: &mut [PollFd], timeout_nanos: Option<u64>) -> Result<usize> {
        let files = fds.iter().map(|poll| self.file(poll.fd)).collect::<Result<Vec<Rc<OpenFile>>>>()?;
        let now = self.kernel.host.monotonic_nanos();
        let deadline = timeout_nanos.map(|nanos| now.saturating_add(nanos));
        loop {
            let mut ready = 0;
            for (poll, file) in fds.iter_mut().zip(&files) {
                poll.readable = poll.read && is_readable(file);
                poll.writable = poll.write && is_writable(file);
                ready += usize::from(poll.readable || poll.writable);
            }
            let over = deadline.is_some_and(|at| self.kernel.host.monotonic_nanos() >= at);
            if ready > 0 || over {
                self.step(1).await;
                return Ok(ready);
            }
            let queues: Vec<&WaitQueue> = files.iter().flat_map(|file| queues_of(file)).flatten().collect();
            let _timer = deadline.map(|at| Timer::at(self.scheduler(), at, &self.proc));
            self.sleep_in(&queues).await?;
        }
    }
}

fn is_readable(file: &OpenFile) -> bool {
    match &file.object {
        Object::Node | Object::Device(_) => true,
        Object::Pipe(end) => end.pipe.len() > 0 || !end.pipe.has_writer(),
        Object::Tty(end) => end.0.is_hung_up() || end.0.has_input(),
        Object::Master(end) => end.0.has_output() || end.is_abandoned(),
    }
}

fn is_writable(file: &OpenFile) -> bool {
    match &file.object {
        Object::Node | Object::Device(_) | Object::Tty(_) | Object::Master(_) => true,
        Object::Pipe(end) => end.pipe.room() > 0 || !end.pipe.has_reader(),
    }
}

fn queues_of(file: &OpenFile) -> [Option<&WaitQueue>; 2] {
    match &file.object {
        Object::Node | Object::Device(_) => [None, None],
        Object::Pipe(end) => [Some(&end.pipe.readable), Some(&end.pipe.writable)],
        Object::Tty(end) => [Some(&end.0.readable), Some(&end.0.writable)],
        Object::Master(end) => [Some(&end.0.master_readable), None],
    }
}
