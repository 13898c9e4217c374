//! System calls on descriptors: read, write, seek, dup, close, pipe.

use super::Process;
use crate::abi::limits::FILE_BYTES_MAX;
use crate::abi::{Errno, Fd, FileType, OpenFlags, Result, Signal, Stat};
use crate::audit::{Classes, Event, Text};
use crate::kernel::fd_table::FdEntry;
use crate::kernel::open_file::{Object, OpenFile};
use crate::kernel::pipe::{Pipe, PipeRead, PipeWrite};
use crate::kernel::scheduler::Timer;
use crate::kernel::tty::{Tty, TtyRead};
use std::rc::Rc;

/// From where a seek counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whence {
    /// From the start.
    Start,
    /// From the current offset.
    Current,
    /// From the end.
    End,
}

/// Bytes that one step of work moves.
const BYTES_PER_STEP: usize = 64;

impl Process {
    pub(crate) fn file(&self, fd: Fd) -> Result<Rc<OpenFile>> {
        self.proc.fds.borrow().get(fd).cloned()
    }

    fn fds_max(&self) -> u32 {
        u32::try_from(self.proc.resource_limits.get().fds.soft)
            .unwrap_or(u32::MAX)
            .min(self.kernel.limits.fds)
    }

    /// Puts an open file description at the lowest free descriptor from `lowest` on.
    pub(crate) fn install(&self, file: OpenFile, lowest: Fd, close_on_exec: bool) -> Result<Fd> {
        let fds_max = self.fds_max();
        self.proc.fds.borrow_mut().insert(Rc::new(file), lowest, close_on_exec, fds_max)
    }

    /// Reads into `buf`; 0 is the end. Waits while a pipe or a terminal is empty.
    pub async fn read(&self, fd: Fd, buf: &mut [u8]) -> Result<usize> {
        let file = self.file(fd)?;
        self.read_file(&file, buf).await
    }

    pub(crate) async fn read_file(&self, file: &Rc<OpenFile>, buf: &mut [u8]) -> Result<usize> {
        if !file.can_read() {
            return Err(Errno::EBADF);
        }
        let count = match &file.object {
            Object::Node => self.read_node(file, buf)?,
            Object::Device(device) => device.read(&*self.kernel.host, buf),
            Object::Pipe(end) => self.read_pipe(file, &end.pipe, buf).await?,
            Object::Tty(end) => self.read_tty(file, &end.0, buf).await?,
            Object::Master(end) => loop {
                let mut taken = Vec::new();
                let count = end.0.take_output(&mut taken, buf.len());
                if count > 0 {
                    buf[..count].copy_from_slice(&taken);
                    break count;
                }
                if end.is_abandoned() {
                    return Err(Errno::EIO);
                }
                self.must_block(file)?;
                self.sleep_in(&[&end.0.master_readable]).await?;
            },
        };
        self.step((count / BYTES_PER_STEP) as u32 + 1).await;
        Ok(count)
    }

    fn read_node(&self, file: &OpenFile, buf: &mut [u8]) -> Result<usize> {
        let node = file.node.as_ref().ok_or(Errno::EBADF)?;
        let count = self.with_files(|cx| node.read(cx, file.offset.get(), buf))?;
        file.offset.set(file.offset.get() + count as u64);
        Ok(count)
    }

    async fn read_pipe(&self, file: &OpenFile, pipe: &Pipe, buf: &mut [u8]) -> Result<usize> {
        loop {
            match pipe.read(buf) {
                PipeRead::Bytes(count) => return Ok(count),
                PipeRead::End => return Ok(0),
                PipeRead::Empty => {
                    self.must_block(file)?;
                    self.sleep_in(&[&pipe.readable]).await?;
                }
            }
        }
    }

    async fn read_tty(&self, file: &OpenFile, tty: &Rc<Tty>, buf: &mut [u8]) -> Result<usize> {
        loop {
            if tty.is_hung_up() {
                return Ok(0);
            }
            self.check_terminal_turn(tty, Signal::TTIN).await?;
            match tty.read(buf) {
                TtyRead::Bytes(count) => return Ok(count),
                TtyRead::Empty(time) => {
                    self.must_block(file)?;
                    let Some(nanos) = time else {
                        self.sleep_in(&[&tty.readable]).await?;
                        continue;
                    };
                    let at = self.kernel.host.monotonic_nanos().saturating_add(nanos);
                    let _timer = Timer::at(self.scheduler(), at, &self.proc);
                    self.sleep_in(&[&tty.readable]).await?;
                    if self.kernel.host.monotonic_nanos() >= at {
                        return Ok(tty.read_timed_out(buf));
                    }
                }
            }
        }
    }

    fn must_block(&self, file: &OpenFile) -> Result<()> {
        if file.is_non_blocking() { Err(Errno::EAGAIN) } else { Ok(()) }
    }

    /// Writes at least one of `bytes` (if there are any), maybe not all; how many. Waits while a pipe or a
    /// terminal is full. EPIPE, with SIGPIPE, when nobody will read it.
    pub async fn write(&self, fd: Fd, bytes: &[u8]) -> Result<usize> {
        let file = self.file(fd)?;
        self.write_file(&file, bytes).await
    }

    pub(crate) async fn write_file(&self, file: &Rc<OpenFile>, bytes: &[u8]) -> Result<usize> {
        if !file.can_write() {
            return Err(Errno::EBADF);
        }
        let count = match &file.object {
            Object::Node => self.write_node(file, bytes).await?,
            Object::Device(device) => device.write(bytes)?,
            Object::Pipe(end) => loop {
                match end.pipe.write(bytes) {
                    PipeWrite::Bytes(count) => break count,
                    PipeWrite::NoReader => {
                        self.kernel.send_signal(&self.proc, Signal::PIPE);
                        self.settle().await;
                        return Err(Errno::EPIPE);
                    }
                    PipeWrite::Full => {
                        self.must_block(file)?;
                        self.sleep_in(&[&end.pipe.writable]).await?;
                    }
                }
            },
            Object::Tty(end) => loop {
                if end.0.is_hung_up() {
                    return Err(Errno::EIO);
                }
                if end.0.termios().local.tostop {
                    self.check_terminal_turn(&end.0, Signal::TTOU).await?;
                }
                let count = end.0.write(bytes);
                if count > 0 || bytes.is_empty() {
                    break count;
                }
                self.must_block(file)?;
                self.sleep_in(&[&end.0.writable]).await?;
            },
            Object::Master(end) => end.0.type_in(bytes),
        };
        self.step((count / BYTES_PER_STEP) as u32 + 1).await;
        Ok(count)
    }

    async fn write_node(&self, file: &OpenFile, bytes: &[u8]) -> Result<usize> {
        let node = file.node.as_ref().ok_or(Errno::EBADF)?;
        let append = file.flags.get().has(OpenFlags::APPEND);
        let offset = (!append).then(|| file.offset.get());
        let before = match offset {
            Some(offset) => offset,
            None => self.kernel.files.stat_at(node.location)?.size_bytes,
        };
        match self.with_files(|cx| node.write(cx, offset, bytes)) {
            Ok(after) => {
                file.offset.set(after);
                if !file.written.replace(true) {
                    self.kernel.record(&self.proc, Classes::FILE_CHANGES, || Event::FileWrite {
                        path: Text::new(file.path.as_deref().unwrap_or_default()),
                        size_bytes: after,
                    });
                }
                Ok(usize::try_from(after.saturating_sub(before)).unwrap_or(bytes.len()).min(bytes.len()))
            }
            Err(Errno::EFBIG) => {
                self.kernel.send_signal(&self.proc, Signal::XFSZ);
                self.settle().await;
                Err(Errno::EFBIG)
            }
            Err(errno) => Err(errno),
        }
    }

    /// Writes all of `bytes`.
    pub async fn write_all(&self, fd: Fd, bytes: &[u8]) -> Result<()> {
        let file = self.file(fd)?;
        let mut rest = bytes;
        while !rest.is_empty() {
            let count = self.write_file(&file, rest).await?;
            rest = rest.get(count..).unwrap_or_default();
        }
        Ok(())
    }

    /// Reads at an offset without moving the description's own. ESPIPE on what cannot seek.
    pub async fn read_at(&self, fd: Fd, buf: &mut [u8], offset: u64) -> Result<usize> {
        let file = self.file(fd)?;
        let node = match (&file.object, &file.node) {
            (Object::Node, Some(node)) => node,
            _ => return Err(Errno::ESPIPE),
        };
        if !file.can_read() {
            return Err(Errno::EBADF);
        }
        let count = self.with_files(|cx| node.read(cx, offset, buf))?;
        self.step((count / BYTES_PER_STEP) as u32 + 1).await;
        Ok(count)
    }

    /// Moves the offset; gives the new one. ESPIPE on a pipe or terminal.
    pub fn seek(&self, fd: Fd, offset: i64, whence: Whence) -> Result<u64> {
        let file = self.file(fd)?;
        let base = match (&file.object, &file.node, whence) {
            (Object::Device(_), _, _) => return Ok(0),
            (Object::Node, Some(node), Whence::End) => self.kernel.files.stat_at(node.location)?.size_bytes,
            (Object::Node, _, Whence::Start) => 0,
            (Object::Node, _, Whence::Current) => file.offset.get(),
            _ => return Err(Errno::ESPIPE),
        };
        let to = base.checked_add_signed(offset).filter(|&to| to <= FILE_BYTES_MAX).ok_or(Errno::EINVAL)?;
        file.offset.set(to);
        Ok(to)
    }

    /// Sets the length of an open regular file.
    pub fn ftruncate(&self, fd: Fd, size_bytes: u64) -> Result<()> {
        let file = self.file(fd)?;
        match (&file.object, &file.node) {
            (Object::Node, Some(node)) if file.can_write() => {
                self.with_files(|cx| self.kernel.files.truncate_at(cx, node.location, size_bytes))
            }
            _ => Err(Errno::EINVAL),
        }
    }

    /// The attributes of what a descriptor stands on.
    pub fn fstat(&self, fd: Fd) -> Result<Stat> {
        let file = self.file(fd)?;
        match &file.node {
            Some(node) => self.kernel.files.stat_at(node.location),
            None => {
                let credentials = self.credentials();
                Ok(Stat {
                    dev: 0,
                    ino: file.serial,
                    file_type: FileType::Fifo,
                    mode: crate::abi::Mode::new(0o600),
                    nlink: 1,
                    uid: credentials.euid,
                    gid: credentials.egid,
                    rdev: crate::abi::Device::default(),
                    size_bytes: 0,
                    blocks: 0,
                    atime: self.kernel.boot_time,
                    mtime: self.kernel.boot_time,
                    ctime: self.kernel.boot_time,
                    birth: None,
                })
            }
        }
    }

    /// Whether two descriptors, here maybe of other processes too, share one description.
    #[must_use]
    pub fn is_same_description(&self, one: Fd, other: Fd) -> bool {
        match (self.file(one), self.file(other)) {
            (Ok(one), Ok(other)) => Rc::ptr_eq(&one, &other),
            _ => false,
        }
    }

    /// The flags that a description was opened with.
    pub fn flags(&self, fd: Fd) -> Result<OpenFlags> {
        Ok(self.file(fd)?.flags.get())
    }

    /// Switches `O_NONBLOCK` of the description.
    pub fn set_non_blocking(&self, fd: Fd, on: bool) -> Result<()> {
        let file = self.file(fd)?;
        let flags = file.flags.get();
        file.flags.set(if on { flags | OpenFlags::NON_BLOCK } else { flags.without(OpenFlags::NON_BLOCK) });
        Ok(())
    }

    /// Another descriptor, the lowest free one from `lowest` on, for the same description.
    pub fn dup(&self, fd: Fd, lowest: Fd, close_on_exec: bool) -> Result<Fd> {
        let file = self.file(fd)?;
        let fds_max = self.fds_max();
        self.proc.fds.borrow_mut().insert(file, lowest, close_on_exec, fds_max)
    }

    /// Makes `to` name the description of `from`; what `to` was is closed.
    pub fn dup2(&self, from: Fd, to: Fd) -> Result<()> {
        let file = self.file(from)?;
        if from == to {
            return Ok(());
        }
        let fds_max = self.fds_max();
        let entry = FdEntry { file, close_on_exec: false };
        let before = self.proc.fds.borrow_mut().put(to, entry, fds_max).map_err(|_| Errno::EBADF)?;
        drop(before);
        Ok(())
    }

    /// Gives a descriptor of this process to another one (as a child's before it starts).
    pub fn give(&self, fd: Fd, other: &Process, to: Fd) -> Result<()> {
        let file = self.file(fd)?;
        let fds_max = other.fds_max();
        let before = other.proc.fds.borrow_mut().put(to, FdEntry { file, close_on_exec: false }, fds_max)?;
        drop(before);
        Ok(())
    }

    /// Sets whether exec closes the descriptor.
    pub fn set_close_on_exec(&self, fd: Fd, on: bool) -> Result<()> {
        self.proc.fds.borrow_mut().set_close_on_exec(fd, on)
    }

    /// Whether exec closes the descriptor.
    pub fn close_on_exec(&self, fd: Fd) -> Result<bool> {
        Ok(self.proc.fds.borrow().entry(fd)?.close_on_exec)
    }

    /// Closes a descriptor.
    pub fn close(&self, fd: Fd) -> Result<()> {
        let entry = self.proc.fds.borrow_mut().remove(fd)?;
        drop(entry);
        Ok(())
    }

    /// Whether a descriptor is open.
    #[must_use]
    pub fn is_open(&self, fd: Fd) -> bool {
        self.proc.fds.borrow().get(fd).is_ok()
    }

    /// The open descriptors in order.
    #[must_use]
    pub fn open_fds(&self) -> Vec<Fd> {
        self.proc.fds.borrow().iter().map(|(fd, _)| fd).collect()
    }

    /// A new pipe: the reading and the writing end.
    pub fn pipe(&self) -> Result<(Fd, Fd)> {
        let pipe = Pipe::new(&self.kernel.scheduler);
        let serial = self.kernel.next_serial();
        let end = |reads: bool, flags: OpenFlags| {
            OpenFile::new(Object::Pipe(pipe.open(reads, !reads)), None, flags, serial)
        };
        let (reader, writer) = (end(true, OpenFlags::READ), end(false, OpenFlags::WRITE));
        let read_fd = self.install(reader, 0, false)?;
        match self.install(writer, 0, false) {
            Ok(write_fd) => Ok((read_fd, write_fd)),
            Err(errno) => {
                self.close(read_fd)?;
                Err(errno)
            }
        }
    }
}
