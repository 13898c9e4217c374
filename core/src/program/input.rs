//! Buffered input from a descriptor.

use crate::abi::limits::INPUT_BYTES_HELD_MAX;
use crate::abi::{Errno, Fd, Result};
use crate::kernel::{Process, Whence};

/// Bytes of one read.
const READ_BYTES: usize = 64 * 1024;

/// A buffer behind a descriptor.
pub struct Input {
    process: Process,
    fd: Fd,
    buffer: Vec<u8>,
    /// The unread part of the buffer.
    start: usize,
    end: usize,
    at_end: bool,
}

impl Input {
    /// Behind this descriptor.
    #[must_use]
    pub fn new(process: &Process, fd: Fd) -> Input {
        Input { process: process.clone(), fd, buffer: Vec::new(), start: 0, end: 0, at_end: false }
    }

    /// The descriptor.
    #[must_use]
    pub fn fd(&self) -> Fd {
        self.fd
    }

    /// The unread bytes, at least one unless the input has ended.
    pub async fn fill(&mut self) -> Result<&[u8]> {
        if self.start == self.end && !self.at_end {
            if self.buffer.is_empty() {
                self.buffer.resize(READ_BYTES, 0);
            }
            self.start = 0;
            self.end = self.process.read(self.fd, &mut self.buffer).await?;
            // A terminal may give more after an end of file; a program that asks again reads again.
            self.at_end = self.end == 0;
        }
        Ok(self.buffer.get(self.start..self.end).unwrap_or_default())
    }

    /// Marks so many of the bytes that `fill` gave as read.
    pub fn consume(&mut self, count: usize) {
        self.start = (self.start + count).min(self.end);
    }

    /// The unread bytes up to and with the last `delimiter` among them: whole records, at least one. Without a
    /// delimiter at the end of the input the last record is given alone; nothing is left when it is empty.
    /// ENOMEM when a record is too long to be held.
    pub async fn fill_records(&mut self, delimiter: u8) -> Result<&[u8]> {
        let mut searched = 0;
        loop {
            let new = self.buffer.get(self.start + searched..self.end).unwrap_or_default();
            if let Some(at) = memchr::memrchr(delimiter, new) {
                let count = searched + at + 1;
                return Ok(self.buffer.get(self.start..self.start + count).unwrap_or_default());
            }
            if self.at_end {
                return Ok(self.buffer.get(self.start..self.end).unwrap_or_default());
            }
            searched = self.end - self.start;
            self.make_room()?;
            let room = self.buffer.get_mut(self.end..).unwrap_or_default();
            let count = self.process.read(self.fd, room).await?;
            self.end += count;
            self.at_end = count == 0;
        }
    }

    /// Moves what is unread to the front, or makes the buffer larger where that gives little.
    fn make_room(&mut self) -> Result<()> {
        let unread = self.end - self.start;
        if unread * 2 > self.buffer.len() || self.buffer.is_empty() {
            if unread >= INPUT_BYTES_HELD_MAX {
                return Err(Errno::ENOMEM);
            }
            self.buffer.resize((self.buffer.len() * 2).max(READ_BYTES), 0);
        }
        self.buffer.copy_within(self.start..self.end, 0);
        self.start = 0;
        self.end = unread;
        Ok(())
    }

    /// Where the descriptor can seek, puts its offset back to the first unread byte, for the next program that
    /// reads from it.
    pub fn give_back(&mut self) {
        let unread = self.end - self.start;
        if unread > 0 && self.process.seek(self.fd, -(unread as i64), Whence::Current).is_ok() {
            self.end = self.start;
        }
    }

    /// Appends bytes up to and with the next `delimiter`; false at the end, when nothing was appended. The
    /// last record may lack the delimiter.
    pub async fn read_until(&mut self, delimiter: u8, record: &mut Vec<u8>) -> Result<bool> {
        let before = record.len();
        loop {
            let bytes = self.fill().await?;
            if bytes.is_empty() {
                return Ok(record.len() > before);
            }
            match memchr::memchr(delimiter, bytes) {
                Some(at) => {
                    record.extend_from_slice(&bytes[..=at]);
                    self.consume(at + 1);
                    return Ok(true);
                }
                None => {
                    record.extend_from_slice(bytes);
                    if record.len() > INPUT_BYTES_HELD_MAX {
                        return Err(Errno::ENOMEM);
                    }
                    let count = bytes.len();
                    self.consume(count);
                }
            }
        }
    }

    /// The next line without its newline, into `line` (emptied first); `None` at the end, else whether it
    /// had a newline.
    pub async fn read_line(&mut self, line: &mut Vec<u8>) -> Result<Option<bool>> {
        line.clear();
        if !self.read_until(b'\n', line).await? {
            return Ok(None);
        }
        let ended = line.last() == Some(&b'\n');
        if ended {
            line.pop();
        }
        Ok(Some(ended))
    }

    /// All the rest. ENOMEM when it is too much to be held.
    pub async fn read_to_end(&mut self, all: &mut Vec<u8>) -> Result<()> {
        loop {
            let bytes = self.fill().await?;
            if bytes.is_empty() {
                return Ok(());
            }
            all.extend_from_slice(bytes);
            if all.len() > INPUT_BYTES_HELD_MAX {
                return Err(Errno::ENOMEM);
            }
            let count = bytes.len();
            self.consume(count);
        }
    }
}
