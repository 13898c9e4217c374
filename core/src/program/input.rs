//! Buffered input from a descriptor.

use crate::abi::{Fd, Result};
use crate::kernel::Process;

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

    /// All the rest.
    pub async fn read_to_end(&mut self, all: &mut Vec<u8>) -> Result<()> {
        loop {
            let bytes = self.fill().await?;
            if bytes.is_empty() {
                return Ok(());
            }
            all.extend_from_slice(bytes);
            let count = bytes.len();
            self.consume(count);
        }
    }
}
