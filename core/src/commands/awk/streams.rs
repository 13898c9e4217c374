//! The files and commands that an awk program reads and writes by name.

use super::code::{Origin, Target};
use crate::abi::limits::INPUT_BYTES_HELD_MAX;
use crate::abi::{Errno, ExitStatus, Mode, OpenFlags, Pid, Result, STDERR, STDIN};
use crate::program::spawn::{ChildInput, Spawn, start, wait};
use crate::program::{Context, Input, Output};
use crate::regex::Regex;
use std::rc::Rc;

/// How records end.
#[derive(Clone)]
pub(super) enum Ending {
    Byte(u8),
    /// Empty lines.
    Paragraph,
    Regex(Rc<Regex>),
}

/// A source of records.
pub(super) struct Reader {
    input: Input,
    /// What was read too much, where records end with an expression.
    held: Vec<u8>,
    ended: bool,
}

impl Reader {
    pub(super) fn new(input: Input) -> Reader {
        Reader { input, held: Vec::new(), ended: false }
    }

    /// Appends the next record; false at the end.
    pub(super) async fn read(&mut self, ending: &Ending, record: &mut Vec<u8>) -> Result<bool> {
        if !self.held.is_empty() && !matches!(ending, Ending::Regex(_)) {
            // RS has changed: what is held goes first.
            return self.read_regex(None, record).await;
        }
        match ending {
            Ending::Byte(byte) => {
                let records = self.input.fill_records(*byte).await?;
                if records.is_empty() {
                    return Ok(false);
                }
                let (text, taken) = match memchr::memchr(*byte, records) {
                    Some(at) => (records.get(..at).unwrap_or_default(), at + 1),
                    None => (records, records.len()),
                };
                record.extend_from_slice(text);
                self.input.consume(taken);
                Ok(true)
            }
            Ending::Paragraph => {
                let mut line = Vec::new();
                let mut any = false;
                while self.input.read_line(&mut line).await?.is_some() {
                    if line.is_empty() {
                        if any {
                            return Ok(true);
                        }
                        continue;
                    }
                    if any {
                        record.push(b'\n');
                    }
                    record.extend_from_slice(&line);
                    any = true;
                    if record.len() > INPUT_BYTES_HELD_MAX {
                        return Err(Errno::ENOMEM);
                    }
                }
                Ok(any)
            }
            Ending::Regex(regex) => self.read_regex(Some(regex), record).await,
        }
    }

    async fn read_regex(&mut self, regex: Option<&Rc<Regex>>, record: &mut Vec<u8>) -> Result<bool> {
        loop {
            let found = match regex {
                Some(regex) => regex.find_at(&self.held, 0).map_err(|_| Errno::ENOMEM)?,
                None => memchr::memchr(b'\n', &self.held).map(|at| (at, at + 1)),
            };
            // A match that reaches the end of what is held may go on behind it.
            if let Some((from, to)) = found.filter(|(from, to)| from < to && (self.ended || *to < self.held.len())) {
                record.extend_from_slice(self.held.get(..from).unwrap_or_default());
                self.held.drain(..to);
                return Ok(true);
            }
            if self.ended {
                let text = self.held.strip_suffix(b"\n").unwrap_or(&self.held);
                record.extend_from_slice(text);
                let any = !self.held.is_empty();
                self.held.clear();
                return Ok(any);
            }
            let bytes = self.input.fill().await?;
            if self.held.len() + bytes.len() > INPUT_BYTES_HELD_MAX {
                return Err(Errno::ENOMEM);
            }
            self.held.extend_from_slice(bytes);
            let count = bytes.len();
            self.ended = count == 0;
            self.input.consume(count);
        }
    }

    pub(super) fn close(&mut self, cx: &Context) {
        self.input.give_back();
        cx.close(&self.input);
    }
}

/// What a stream does.
enum Way {
    Read(Reader),
    Write(Output),
}

/// An open file or command.
struct Stream {
    name: Vec<u8>,
    is_command: bool,
    way: Way,
    child: Option<Pid>,
}

/// All that are open.
#[derive(Default)]
pub(super) struct Streams {
    open: Vec<Stream>,
}

impl Streams {
    /// Where something is written to; opened at the first use.
    pub(super) async fn writer(&mut self, cx: &mut Context, name: &[u8], target: Target) -> Result<Option<&mut Output>> {
        if target != Target::Pipe && matches!(name, b"/dev/stdout" | b"-") {
            return Ok(None);
        }
        let is_command = target == Target::Pipe;
        let fits = |stream: &Stream| {
            stream.name == name && stream.is_command == is_command && matches!(stream.way, Way::Write(_))
        };
        let place = match self.open.iter().position(fits) {
            Some(place) => place,
            None => {
                let (fd, child) = if is_command {
                    self.flush(cx).await;
                    let (from, to) = cx.process.pipe()?;
                    cx.process.set_close_on_exec(to, true)?;
                    cx.process.set_close_on_exec(from, true)?;
                    let spawn = Spawn { stdin: Some(ChildInput::Descriptor(from)), ..Spawn::default() };
                    let child = start(&cx.process, &shell(name), cx.process.environment(), spawn).await;
                    cx.process.close(from)?;
                    (to, Some(child?))
                } else if name == b"/dev/stderr" {
                    (STDERR, None)
                } else {
                    let how = if target == Target::Append { OpenFlags::APPEND } else { OpenFlags::TRUNCATE };
                    let flags = OpenFlags::WRITE | OpenFlags::CREATE | how;
                    let fd = cx.process.open(name, flags, Mode::new(0o666)).await?;
                    cx.process.set_close_on_exec(fd, true)?;
                    (fd, None)
                };
                let mut output = Output::new(&cx.process, fd);
                output.set_line_buffered(fd == STDERR);
                self.open.push(Stream { name: name.to_vec(), is_command, way: Way::Write(output), child });
                self.open.len() - 1
            }
        };
        match self.open.get_mut(place).map(|stream| &mut stream.way) {
            Some(Way::Write(output)) => Ok(Some(output)),
            _ => Ok(None),
        }
    }

    /// Where something is read from; opened at the first use.
    pub(super) async fn reader(&mut self, cx: &mut Context, name: &[u8], origin: Origin) -> Result<&mut Reader> {
        let is_command = origin == Origin::Pipe;
        let fits = |stream: &Stream| {
            stream.name == name && stream.is_command == is_command && matches!(stream.way, Way::Read(_))
        };
        let place = match self.open.iter().position(fits) {
            Some(place) => place,
            None => {
                let (input, child) = if is_command {
                    self.flush(cx).await;
                    let (from, to) = cx.process.pipe()?;
                    cx.process.set_close_on_exec(from, true)?;
                    cx.process.set_close_on_exec(to, true)?;
                    let spawn = Spawn { stdout: Some(to), ..Spawn::default() };
                    let child = start(&cx.process, &shell(name), cx.process.environment(), spawn).await;
                    cx.process.close(to)?;
                    (Input::new(&cx.process, from), Some(child?))
                } else {
                    let name: &[u8] = if name == b"/dev/stdin" { b"-" } else { name };
                    let input = cx.open_input(name).await?;
                    if input.fd() != STDIN {
                        cx.process.set_close_on_exec(input.fd(), true)?;
                    }
                    (input, None)
                };
                self.open.push(Stream { name: name.to_vec(), is_command, way: Way::Read(Reader::new(input)), child });
                self.open.len() - 1
            }
        };
        match self.open.get_mut(place).map(|stream| &mut stream.way) {
            Some(Way::Read(reader)) => Ok(reader),
            _ => Err(Errno::EBADF),
        }
    }

    /// Writes out all that waits.
    pub(super) async fn flush(&mut self, cx: &mut Context) {
        let _ = cx.out.flush().await;
        for stream in &mut self.open {
            if let Way::Write(output) = &mut stream.way {
                let _ = output.flush().await;
            }
        }
    }

    /// Writes out what waits for one name; false when there is none.
    pub(super) async fn flush_one(&mut self, name: &[u8]) -> bool {
        let mut found = false;
        for stream in self.open.iter_mut().filter(|stream| stream.name == name) {
            if let Way::Write(output) = &mut stream.way {
                found |= output.flush().await.is_ok();
            }
        }
        found
    }

    /// Closes all of one name; what `close` gives.
    pub(super) async fn close(&mut self, cx: &mut Context, name: &[u8]) -> f64 {
        let mut status = -1.0;
        while let Some(at) = self.open.iter().position(|stream| stream.name == name) {
            let stream = self.open.remove(at);
            status = end(cx, stream).await;
        }
        status
    }

    /// Closes all, in the order in which they were opened.
    pub(super) async fn close_all(&mut self, cx: &mut Context) {
        let _ = cx.out.flush().await;
        for stream in std::mem::take(&mut self.open) {
            end(cx, stream).await;
        }
    }
}

async fn end(cx: &mut Context, stream: Stream) -> f64 {
    let mut status = 0.0;
    match stream.way {
        Way::Write(mut output) => {
            let _ = cx.out.flush().await;
            if output.flush().await.is_err() {
                status = -1.0;
            }
            if output.fd() != STDERR {
                let _ = cx.process.close(output.fd());
            }
        }
        Way::Read(mut reader) => reader.close(cx),
    }
    match stream.child {
        Some(child) => wait(&cx.process, child).await.map_or(-1.0, status_number),
        None => status,
    }
}

/// What `system` and `close` give: the status, and 256 and the signal for a death by one.
pub(super) fn status_number(status: ExitStatus) -> f64 {
    match status {
        ExitStatus::Exited(status) => f64::from(status),
        killed => f64::from(killed.code()) - 128.0 + 256.0,
    }
}

/// The words that run a command.
pub(super) fn shell(command: &[u8]) -> [Vec<u8>; 3] {
    [b"sh".to_vec(), b"-c".to_vec(), command.to_vec()]
}
