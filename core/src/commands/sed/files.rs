//! The files of `sed`: the stream of lines it reads, and what it writes.

use super::PANIC;
use crate::abi::{Errno, FileType, Mode, OpenFlags, Result, STDERR};
use crate::program::path::{dir_name, join};
use crate::program::{Context, Input, Output};

/// Where lines go.
pub(super) struct Sink {
    /// `None` is standard output.
    output: Option<Output>,
    /// The last line that was put had no newline; one is put before anything else.
    lacks_newline: bool,
}

impl Sink {
    pub(super) fn standard() -> Sink {
        Sink { output: None, lacks_newline: false }
    }

    pub(super) fn standard_error(cx: &Context) -> Sink {
        Sink { output: Some(Output::new(&cx.process, STDERR)), lacks_newline: false }
    }

    /// Makes or empties a file.
    pub(super) async fn open(cx: &Context, name: &[u8]) -> Result<Sink> {
        let flags = OpenFlags::WRITE | OpenFlags::CREATE | OpenFlags::TRUNCATE;
        let fd = cx.process.open(name, flags, Mode::new(0o666)).await?;
        Ok(Sink { output: Some(Output::new(&cx.process, fd)), lacks_newline: false })
    }

    fn output<'a>(&'a mut self, cx: &'a mut Context) -> &'a mut Output {
        self.output.as_mut().unwrap_or(&mut cx.out)
    }

    /// Puts text as it is.
    pub(super) fn put(&mut self, cx: &mut Context, text: &[u8], end: u8) {
        if std::mem::take(&mut self.lacks_newline) {
            self.output(cx).push(end);
        }
        self.output(cx).put(text);
    }

    /// Puts a line; without its end if it had none.
    pub(super) fn put_line(&mut self, cx: &mut Context, line: &[u8], ended: bool, end: u8) {
        self.put(cx, line, end);
        if ended {
            self.output(cx).push(end);
        } else {
            self.lacks_newline = true;
        }
    }

    pub(super) async fn ready(&mut self, cx: &mut Context) -> Result<()> {
        self.output(cx).ready().await
    }

    pub(super) async fn flush(&mut self, cx: &mut Context) -> Result<()> {
        self.output(cx).flush().await
    }
}

/// How files are read and replaced.
pub(super) struct Reading {
    pub(super) delimiter: u8,
    /// Each file begins anew, with line 1.
    pub(super) separate: bool,
    /// Files are replaced by what is written; the suffix or pattern of what is kept of the old ones.
    pub(super) in_place: Option<Vec<u8>>,
    pub(super) follow_links: bool,
}

/// A file that is being replaced.
struct Replacement {
    target: Vec<u8>,
    temporary: Vec<u8>,
}

/// The lines of all operands.
pub(super) struct Lines {
    pub(super) reading: Reading,
    operands: std::vec::IntoIter<Vec<u8>>,
    input: Option<Input>,
    /// The next file with something in it, opened to find out whether a line is the last.
    ahead: Option<(Input, Vec<u8>)>,
    /// The name of the file that is read; `-` for standard input.
    pub(super) name: Vec<u8>,
    replacement: Option<Replacement>,
    /// Where lines go while a file is replaced.
    pub(super) sink: Option<Sink>,
    /// A file was begun since this was last looked at.
    pub(super) begun: bool,
}

/// The work cannot go on; it has been told why.
pub(super) struct Stop;

impl Lines {
    pub(super) fn new(mut operands: Vec<Vec<u8>>, reading: Reading) -> Lines {
        if operands.is_empty() {
            operands.push(b"-".to_vec());
        }
        Lines {
            reading,
            operands: operands.into_iter(),
            input: None,
            ahead: None,
            name: b"-".to_vec(),
            replacement: None,
            sink: None,
            begun: false,
        }
    }

    /// Reads the next line behind what is in `line`; whether it had an end, `None` when there is none.
    pub(super) async fn read(&mut self, cx: &mut Context, line: &mut Vec<u8>) -> Result<Option<bool>, Stop> {
        loop {
            let Some(input) = &mut self.input else {
                if !self.open_next(cx).await? {
                    return Ok(None);
                }
                continue;
            };
            let records = match input.fill_records(self.reading.delimiter).await {
                Ok(records) => records,
                Err(errno) => return Err(self.read_error(cx, errno).await),
            };
            if records.is_empty() {
                self.close(cx).await?;
                continue;
            }
            let (text, taken) = match memchr::memchr(self.reading.delimiter, records) {
                Some(at) => (records.get(..at).unwrap_or_default(), at + 1),
                None => (records, records.len()),
            };
            line.extend_from_slice(text);
            let ended = taken > text.len();
            input.consume(taken);
            return Ok(Some(ended));
        }
    }

    async fn read_error(&self, cx: &mut Context, errno: Errno) -> Stop {
        cx.error(&[b"read error on ", &self.name[..], b": ", errno.message().as_bytes()].concat()).await;
        cx.status = PANIC;
        Stop
    }

    /// Whether nothing is left: of this file if files are separate, else of all.
    pub(super) async fn is_last(&mut self, cx: &mut Context) -> Result<bool, Stop> {
        if self.has_more(cx).await? {
            return Ok(false);
        }
        Ok(self.reading.separate || !self.find_ahead(cx).await?)
    }

    /// Whether nothing at all is left to read.
    pub(super) async fn is_at_end(&mut self, cx: &mut Context) -> Result<bool, Stop> {
        if self.has_more(cx).await? {
            return Ok(false);
        }
        if self.reading.in_place.is_some() { Ok(self.operands.as_slice().is_empty()) } else { Ok(!self.find_ahead(cx).await?) }
    }

    async fn has_more(&mut self, cx: &mut Context) -> Result<bool, Stop> {
        let Some(input) = &mut self.input else { return Ok(false) };
        match input.fill().await {
            Ok(bytes) => Ok(!bytes.is_empty()),
            Err(errno) => Err(self.read_error(cx, errno).await),
        }
    }

    async fn find_ahead(&mut self, cx: &mut Context) -> Result<bool, Stop> {
        while self.ahead.is_none() {
            let Some(name) = self.operands.next() else { return Ok(false) };
            let Some(mut input) = self.open(cx, &name).await else { continue };
            match input.fill().await {
                Ok([]) => cx.close(&input),
                Ok(_) => self.ahead = Some((input, name)),
                Err(errno) => {
                    self.name = name;
                    return Err(self.read_error(cx, errno).await);
                }
            }
        }
        Ok(true)
    }

    async fn open(&self, cx: &mut Context, name: &[u8]) -> Option<Input> {
        match cx.open_input(name).await {
            Ok(input) => Some(input),
            Err(errno) => {
                cx.error(&[b"can't read ", name, b": ", errno.message().as_bytes()].concat()).await;
                cx.status = cx.status.max(2);
                None
            }
        }
    }

    /// Begins with the next file that can be read.
    async fn open_next(&mut self, cx: &mut Context) -> Result<bool, Stop> {
        if let Some((input, name)) = self.ahead.take() {
            (self.input, self.name, self.begun) = (Some(input), name, true);
            return Ok(true);
        }
        loop {
            let Some(name) = self.operands.next() else { return Ok(false) };
            let Some(input) = self.open(cx, &name).await else { continue };
            if self.reading.in_place.is_some() && !self.begin_replacement(cx, &name, &input).await? {
                cx.close(&input);
                continue;
            }
            (self.input, self.name, self.begun) = (Some(input), name, true);
            return Ok(true);
        }
    }

    /// Ends with the file that is read.
    pub(super) async fn close(&mut self, cx: &mut Context) -> Result<(), Stop> {
        if let Some(mut input) = self.input.take() {
            input.give_back();
            cx.close(&input);
        }
        self.end_replacement(cx).await
    }

    async fn begin_replacement(&mut self, cx: &mut Context, name: &[u8], input: &Input) -> Result<bool, Stop> {
        let mut target = name.to_vec();
        if self.reading.follow_links {
            // A link may lead to a link; the file system says when there are too many.
            while let Ok(to) = cx.process.read_link(&target).await {
                target = if to.starts_with(b"/") { to } else { join(dir_name(&target), &to) };
            }
        }
        let stat = cx.process.fstat(input.fd());
        let Some(stat) = stat.ok().filter(|stat| stat.file_type == FileType::Regular && name != b"-") else {
            cx.error(&[b"couldn't edit ", name, b": not a regular file"].concat()).await;
            cx.status = PANIC;
            return Ok(false);
        };
        let mut salt = [0; 6];
        cx.process.random(&mut salt);
        let letters = salt.map(|byte| b'a' + byte % 26);
        let temporary = join(dir_name(&target), &[b"sed", &letters[..]].concat());
        match Sink::open(cx, &temporary).await {
            Ok(sink) => self.sink = Some(sink),
            Err(errno) => {
                let reason = errno.message().as_bytes();
                cx.error(&[b"couldn't open temporary file ", &temporary[..], b": ", reason].concat()).await;
                cx.status = PANIC;
                return Err(Stop);
            }
        }
        let _ = cx.process.chmod(&temporary, stat.mode).await;
        let _ = cx.process.chown(&temporary, Some(stat.uid), Some(stat.gid), false).await;
        self.replacement = Some(Replacement { target, temporary });
        Ok(true)
    }

    async fn end_replacement(&mut self, cx: &mut Context) -> Result<(), Stop> {
        let (Some(mut sink), Some(Replacement { target, temporary })) = (self.sink.take(), self.replacement.take())
        else {
            return Ok(());
        };
        let mut done = sink.flush(cx).await;
        if let Some(output) = &sink.output {
            let _ = cx.process.close(output.fd());
        }
        let suffix = self.reading.in_place.as_deref().unwrap_or_default();
        if done.is_ok() && !suffix.is_empty() {
            let base = target.rsplit(|&byte| byte == b'/').next().unwrap_or(&target);
            let kept = if suffix.contains(&b'*') {
                suffix.split(|&byte| byte == b'*').collect::<Vec<_>>().join(base)
            } else {
                [base, suffix].concat()
            };
            let kept = if kept.contains(&b'/') { kept } else { join(dir_name(&target), &kept) };
            done = cx.process.rename(&target, &kept).await;
        }
        if done.is_ok() {
            done = cx.process.rename(&temporary, &target).await;
        }
        if let Err(errno) = done {
            cx.error(&[b"cannot rename ", &temporary[..], b": ", errno.message().as_bytes()].concat()).await;
            cx.status = PANIC;
            return Err(Stop);
        }
        Ok(())
    }
}
