//! Buffered output to a descriptor.

use crate::abi::{Errno, Fd, Result};
use crate::kernel::Process;

/// Bytes after which a buffer is written out.
const FLUSH_BYTES: usize = 32 * 1024;

/// A buffer before a descriptor: line by line on a terminal, in blocks elsewhere, as stdio does.
///
/// Putting bytes in never waits; [`Output::ready`] writes when it is time, and a program calls it once per
/// record or so. What is left is written by [`Output::flush`], which a program calls before it ends.
pub struct Output {
    process: Process,
    fd: Fd,
    buffer: Vec<u8>,
    by_line: bool,
    error: Option<Errno>,
}

impl Output {
    /// Before this descriptor.
    #[must_use]
    pub fn new(process: &Process, fd: Fd) -> Output {
        let by_line = process.is_terminal(fd);
        Output { process: process.clone(), fd, buffer: Vec::new(), by_line, error: None }
    }

    /// The descriptor.
    #[must_use]
    pub fn fd(&self) -> Fd {
        self.fd
    }

    /// Writes after each line from now on.
    pub fn set_line_buffered(&mut self, on: bool) {
        self.by_line = on;
    }

    /// Adds bytes.
    pub fn put(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
    }

    /// Adds one byte.
    pub fn push(&mut self, byte: u8) {
        self.buffer.push(byte);
    }

    /// Adds formatted text; for `write!`.
    pub fn write_fmt(&mut self, arguments: std::fmt::Arguments<'_>) {
        // Writing into memory cannot fail.
        let _ = std::io::Write::write_fmt(&mut self.buffer, arguments);
    }

    /// The buffer itself, to append to.
    pub fn buffer(&mut self) -> &mut Vec<u8> {
        &mut self.buffer
    }

    /// Writes what is due. After an error all that is put in is forgotten, and each call gives it again.
    pub async fn ready(&mut self) -> Result<()> {
        if let Some(errno) = self.error {
            self.buffer.clear();
            return Err(errno);
        }
        let due = self.buffer.len() >= FLUSH_BYTES
            || (self.by_line && memchr::memrchr(b'\n', &self.buffer).is_some());
        if due { self.flush().await } else { Ok(()) }
    }

    /// Writes all.
    pub async fn flush(&mut self) -> Result<()> {
        if let Some(errno) = self.error {
            self.buffer.clear();
            return Err(errno);
        }
        if self.buffer.is_empty() {
            return Ok(());
        }
        let result = self.process.write_all(self.fd, &self.buffer).await;
        self.buffer.clear();
        self.error = result.err();
        result
    }
}
