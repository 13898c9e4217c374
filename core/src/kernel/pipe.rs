//! Pipes and fifos: a bounded queue of bytes between processes.
//!
//! A full pipe puts the writer to sleep, an empty one the reader; without a writer reads give the end,
//! without a reader writes give EPIPE (and the system call SIGPIPE).

use super::scheduler::Scheduler;
use super::wait_queue::WaitQueue;
use crate::abi::limits::{PIPE_BUF_BYTES, PIPE_BYTES_MAX};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

/// The queue that both ends share.
pub struct Pipe {
    scheduler: Rc<Scheduler>,
    bytes: RefCell<VecDeque<u8>>,
    readers: Cell<u32>,
    writers: Cell<u32>,
    /// Counts opens of each end since the start, so that a fifo's open can wait for a partner that came and went.
    reader_opens: Cell<u64>,
    writer_opens: Cell<u64>,
    /// Woken when there is something to read, or an end opens or closes.
    pub(crate) readable: WaitQueue,
    /// Woken when there is room, or an end opens or closes.
    pub(crate) writable: WaitQueue,
}

/// What a read finds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PipeRead {
    Bytes(usize),
    End,
    Empty,
}

/// What a write finds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum PipeWrite {
    Bytes(usize),
    NoReader,
    Full,
}

impl Pipe {
    /// With no end open yet.
    pub(crate) fn new(scheduler: &Rc<Scheduler>) -> Rc<Pipe> {
        Rc::new(Pipe {
            scheduler: Rc::clone(scheduler),
            bytes: RefCell::default(),
            readers: Cell::new(0),
            writers: Cell::new(0),
            reader_opens: Cell::new(0),
            writer_opens: Cell::new(0),
            readable: WaitQueue::default(),
            writable: WaitQueue::default(),
        })
    }

    /// Opens ends of it.
    pub(crate) fn open(self: &Rc<Pipe>, reads: bool, writes: bool) -> PipeEnd {
        if reads {
            self.readers.set(self.readers.get() + 1);
            self.reader_opens.set(self.reader_opens.get() + 1);
        }
        if writes {
            self.writers.set(self.writers.get() + 1);
            self.writer_opens.set(self.writer_opens.get() + 1);
        }
        self.wake_both();
        PipeEnd { pipe: Rc::clone(self), reads, writes }
    }

    fn wake_both(&self) {
        self.readable.wake(&self.scheduler);
        self.writable.wake(&self.scheduler);
    }

    pub(crate) fn has_reader(&self) -> bool {
        self.readers.get() > 0
    }

    pub(crate) fn has_writer(&self) -> bool {
        self.writers.get() > 0
    }

    pub(crate) fn reader_opens(&self) -> u64 {
        self.reader_opens.get()
    }

    pub(crate) fn writer_opens(&self) -> u64 {
        self.writer_opens.get()
    }

    /// Bytes that wait to be read.
    pub(crate) fn len(&self) -> usize {
        self.bytes.borrow().len()
    }

    /// Room for more bytes.
    pub(crate) fn room(&self) -> usize {
        PIPE_BYTES_MAX.saturating_sub(self.bytes.borrow().len())
    }

    pub(crate) fn read(&self, buf: &mut [u8]) -> PipeRead {
        if buf.is_empty() {
            return PipeRead::Bytes(0);
        }
        let mut bytes = self.bytes.borrow_mut();
        if bytes.is_empty() {
            return if self.has_writer() { PipeRead::Empty } else { PipeRead::End };
        }
        let count = buf.len().min(bytes.len());
        let (front, back) = bytes.as_slices();
        let from_front = count.min(front.len());
        buf[..from_front].copy_from_slice(&front[..from_front]);
        buf[from_front..count].copy_from_slice(&back[..count - from_front]);
        if count == bytes.len() {
            bytes.clear();
        } else {
            bytes.drain(..count);
        }
        drop(bytes);
        self.writable.wake(&self.scheduler);
        PipeRead::Bytes(count)
    }

    /// Writes what fits, however little, for a writer outside that cannot sleep.
    pub(crate) fn write_some(&self, buf: &[u8]) -> PipeWrite {
        match self.room().min(buf.len()) {
            0 if self.has_reader() && !buf.is_empty() => PipeWrite::Full,
            fits => self.write(&buf[..fits]),
        }
    }

    /// Writes what fits. A write of at most PIPE_BUF bytes goes in whole or not at all.
    pub(crate) fn write(&self, buf: &[u8]) -> PipeWrite {
        if !self.has_reader() {
            return PipeWrite::NoReader;
        }
        let mut bytes = self.bytes.borrow_mut();
        let room = PIPE_BYTES_MAX.saturating_sub(bytes.len());
        if room == 0 || (buf.len() <= PIPE_BUF_BYTES && room < buf.len()) {
            return PipeWrite::Full;
        }
        let count = room.min(buf.len());
        bytes.extend(&buf[..count]);
        drop(bytes);
        self.readable.wake(&self.scheduler);
        PipeWrite::Bytes(count)
    }
}

/// One open end (or, of a fifo opened for both, both ends).
pub struct PipeEnd {
    pub(crate) pipe: Rc<Pipe>,
    pub(crate) reads: bool,
    pub(crate) writes: bool,
}

impl Drop for PipeEnd {
    fn drop(&mut self) {
        let pipe = &self.pipe;
        if self.reads {
            pipe.readers.set(pipe.readers.get() - 1);
        }
        if self.writes {
            pipe.writers.set(pipe.writers.get() - 1);
        }
        if pipe.readers.get() == 0 && pipe.writers.get() == 0 {
            pipe.bytes.take();
        }
        pipe.wake_both();
    }
}
