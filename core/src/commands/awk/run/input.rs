//! What the machine reads and writes: the operands, `getline`, `print`.

use super::super::code::{ARGC, ARGV, FILENAME, Origin, Place, Target, Var};
use super::super::{TROUBLE, streams::Reader, text, value::{Text, Value}};
use super::{Fault, Machine};
use crate::abi::Errno;
use crate::program::{Context, quote};

impl Machine {
    pub(super) fn close_main(&mut self, cx: &Context) {
        if let Some(mut reader) = self.main.take() {
            reader.close(cx);
        }
    }

    /// Reads the next record of the operands into `record`, emptied first.
    pub(super) async fn read_main(&mut self, cx: &mut Context, record: &mut Vec<u8>) -> Result<bool, Fault> {
        record.clear();
        loop {
            if self.main.is_none() && !self.open_main(cx).await? {
                return Ok(false);
            }
            let Some(reader) = &mut self.main else { return Ok(false) };
            match reader.read(&self.ending, record).await {
                Ok(true) => {
                    self.nr += 1.0;
                    self.fnr += 1.0;
                    self.steps += 1 + u32::try_from(record.len() / 64).unwrap_or(u32::MAX / 2);
                    return Ok(true);
                }
                Ok(false) => {}
                Err(errno) => {
                    let name = self.load_global(FILENAME)?.to_text(b"");
                    cx.error(&[b"read failure (", errno.message().as_bytes(), b") on ", &name].concat()).await;
                    self.status = TROUBLE;
                }
            }
            self.close_main(cx);
        }
    }

    /// Opens the next operand; assignments among them are done.
    pub(super) async fn open_main(&mut self, cx: &mut Context) -> Result<bool, Fault> {
        if self.main_ended {
            return Ok(false);
        }
        loop {
            let count = self.load_global(ARGC)?.number();
            if self.next_argument as f64 >= count {
                break;
            }
            let key = self.next_argument.to_string();
            self.next_argument += 1;
            let argv = self.array(Var::Global(ARGV))?;
            if !argv.borrow().has(key.as_bytes()) {
                continue;
            }
            let operand = argv.borrow_mut().get(key.as_bytes()).to_text(&self.convfmt);
            if operand.is_empty() {
                continue;
            }
            let equals = memchr::memchr(b'=', &operand);
            if let Some(at) = equals.filter(|at| text::is_name(operand.get(..*at).unwrap_or_default())) {
                self.assign_text(operand.get(..at).unwrap_or_default(), operand.get(at + 1..).unwrap_or_default());
                continue;
            }
            self.any_file = true;
            let name: &[u8] = if &*operand == b"/dev/stdin" { b"-" } else { &operand };
            match cx.open_input(name).await {
                Ok(input) => {
                    self.main = Some(Reader::new(input));
                    self.fnr = 0.0;
                    self.set_global(FILENAME, Value::Text(operand));
                    return Ok(true);
                }
                Err(errno) => {
                    cx.error(&[b"cannot open ", &operand[..], b" (", errno.message().as_bytes(), b")"].concat()).await;
                    self.status = TROUBLE;
                }
            }
        }
        self.main_ended = true;
        if self.any_file {
            return Ok(false);
        }
        let Ok(input) = cx.open_input(b"-").await else { return Ok(false) };
        self.main = Some(Reader::new(input));
        Ok(true)
    }

    pub(super) async fn write(&mut self, cx: &mut Context, name: Option<Text>, target: Target, bytes: &[u8]) -> Result<(), Fault> {
        let Some(name) = name else {
            cx.out.put(bytes);
            return cx.out.ready().await.map_err(|_| Fault::Output);
        };
        let written = match self.streams.writer(cx, &name, target).await {
            Ok(Some(output)) => {
                output.put(bytes);
                output.ready().await
            }
            Ok(None) => {
                cx.out.put(bytes);
                return cx.out.ready().await.map_err(|_| Fault::Output);
            }
            Err(errno) => {
                let reason = errno.message().as_bytes();
                return Err(Fault::Message([b"cannot open ", &quote(&name)[..], b" for output: ", reason].concat()));
            }
        };
        match written {
            // A command that does not read on is no error.
            Ok(()) | Err(Errno::EPIPE) => Ok(()),
            Err(errno) => Err(Fault::Message([b"write failure on ", &name[..], b": ", errno.message().as_bytes()].concat())),
        }
    }

    /// 1 for a record, 0 at the end, -1 for an error.
    pub(super) async fn getline(&mut self, cx: &mut Context, origin: Origin, place: Option<Place>) -> Result<f64, Fault> {
        let mut record = Vec::new();
        if origin == Origin::Main {
            if !self.read_main(cx, &mut record).await? {
                return Ok(0.0);
            }
        } else {
            let name = self.pop_text();
            let ending = self.ending.clone();
            let reader = match self.streams.reader(cx, &name, origin).await {
                Ok(reader) => reader,
                Err(_) => {
                    if let Some(place) = place {
                        self.pop_key(place);
                    }
                    return Ok(-1.0);
                }
            };
            match reader.read(&ending, &mut record).await {
                Ok(true) => {}
                other => {
                    if let Some(place) = place {
                        self.pop_key(place);
                    }
                    return Ok(if other.is_ok() { 0.0 } else { -1.0 });
                }
            }
            if origin == Origin::Pipe {
                self.nr += 1.0;
            }
        }
        match place {
            Some(place) => {
                let key = self.pop_key(place);
                self.store(place, &key, Value::input(&record))?;
            }
            None => *self.record.renew() = record,
        }
        Ok(1.0)
    }
}
