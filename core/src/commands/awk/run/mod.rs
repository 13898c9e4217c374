//! The machine that runs a compiled awk program.

mod functions;
mod input;
mod places;

use super::code::{
    ARGC, ARGV, CONVFMT, ENVIRON, FNR, FS, OFMT, OFS, ORS, Op, Place, Program, RLENGTH, RS, RSTART, SUBSEP, Target, Var,
};
use super::format::sprintf;
use super::record::Record;
use super::streams::{Ending, Reader, Streams};
use super::text::{self, Separator, substitute};
use super::value::{Array, Text, Value, put_number};
use super::{TROUBLE, lex};
use crate::abi::limits::AWK_FRAMES_MAX;
use crate::program::Context;
use crate::regex::{Regex, RegexError};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// Instructions after which others get a turn.
const STEPS_AT_ONCE: u32 = 4000;

/// Why the program ends early.
pub(super) enum Fault {
    /// The message.
    Message(Vec<u8>),
    /// Nobody takes the output.
    Output,
}

impl From<RegexError> for Fault {
    fn from(error: RegexError) -> Fault {
        Fault::Message(error.message().as_bytes().to_vec())
    }
}

fn fault<T>(message: &str) -> Result<T, Fault> {
    Err(Fault::Message(message.as_bytes().to_vec()))
}

/// How a run of an action ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flow {
    End,
    Next,
    NextFile,
    Exit,
}

/// A call.
struct Frame {
    back: usize,
    base: usize,
    loops: usize,
}

/// The machine.
pub(super) struct Machine {
    program: Rc<Program>,
    stack: Vec<Value>,
    globals: Vec<Value>,
    locals: Vec<Value>,
    frames: Vec<Frame>,
    loops: Vec<std::vec::IntoIter<Text>>,
    ranges: Vec<bool>,
    record: Record,
    nr: f64,
    fnr: f64,
    ofs: Text,
    ors: Text,
    convfmt: Text,
    ofmt: Text,
    subsep: Text,
    separator: Separator,
    ending: Ending,
    regexes: HashMap<Text, Rc<Regex>>,
    streams: Streams,
    main: Option<Reader>,
    /// The next of ARGV, and whether a file was read.
    next_argument: usize,
    any_file: bool,
    main_ended: bool,
    seed: f64,
    random: u64,
    status: u8,
    steps: u32,
    utf8: bool,
    scratch: Vec<u8>,
}

impl Machine {
    pub(super) fn new(program: Program, cx: &Context, operands: Vec<Vec<u8>>, utf8: bool) -> Machine {
        let text = |text: &str| -> Text { Rc::from(text.as_bytes()) };
        let mut machine = Machine {
            stack: Vec::new(),
            globals: vec![Value::Nothing; program.globals.len()],
            locals: Vec::new(),
            frames: Vec::new(),
            loops: Vec::new(),
            ranges: vec![false; program.ranges],
            record: Record::default(),
            nr: 0.0,
            fnr: 0.0,
            ofs: text(" "),
            ors: text("\n"),
            convfmt: text("%.6g"),
            ofmt: text("%.6g"),
            subsep: text("\x1c"),
            separator: Separator::Blanks,
            ending: Ending::Byte(b'\n'),
            regexes: HashMap::new(),
            streams: Streams::default(),
            main: None,
            next_argument: 1,
            any_file: false,
            main_ended: false,
            seed: 0.0,
            random: 0,
            status: 0,
            steps: 0,
            utf8,
            scratch: Vec::new(),
            program: Rc::new(program),
        };
        machine.seed_random(0.0);
        let specials = [
            (FS, " "),
            (OFS, " "),
            (ORS, "\n"),
            (RS, "\n"),
            (SUBSEP, "\x1c"),
            (CONVFMT, "%.6g"),
            (OFMT, "%.6g"),
        ];
        for (place, text) in specials {
            machine.set_global(place, Value::text(text.as_bytes()));
        }
        machine.set_global(RSTART, Value::Number(0.0));
        machine.set_global(RLENGTH, Value::Number(-1.0));
        let mut environ = Array::default();
        for word in cx.process.environment().iter() {
            if let Some(at) = memchr::memchr(b'=', word) {
                *environ.get(word.get(..at).unwrap_or_default()) = Value::input(word.get(at + 1..).unwrap_or_default());
            }
        }
        machine.set_global(ENVIRON, Value::Array(Rc::new(RefCell::new(environ))));
        let mut argv = Array::default();
        *argv.get(b"0") = Value::text(&cx.name);
        for (at, operand) in operands.iter().enumerate() {
            *argv.get((at + 1).to_string().as_bytes()) = Value::input(operand);
        }
        machine.set_global(ARGC, Value::Number(operands.len() as f64 + 1.0));
        machine.set_global(ARGV, Value::Array(Rc::new(RefCell::new(argv))));
        machine
    }

    /// `-v` and operands with `=`.
    pub(super) fn assign_text(&mut self, name: &[u8], text: &[u8]) {
        let value = Value::input(&lex::unescape(text));
        // A variable that the program does not know is of no use.
        let Some(place) = self.program.globals.iter().position(|known| known == name) else { return };
        let _ = self.store_global(place, value);
    }

    /// Runs all; errors are told.
    pub(super) async fn all(&mut self, cx: &mut Context) {
        let result = self.actions(cx).await;
        if let Err(Fault::Message(message)) = result {
            cx.error(&message).await;
            self.status = TROUBLE;
        }
        self.streams.close_all(cx).await;
        cx.status = self.status;
    }

    async fn actions(&mut self, cx: &mut Context) -> Result<(), Fault> {
        let program = self.program.clone();
        let mut flow = Flow::End;
        if let Some(begin) = program.begin {
            flow = self.execute(cx, &program, begin).await?;
        }
        if flow != Flow::Exit && (program.main.is_some() || program.end.is_some()) {
            let mut record = std::mem::take(self.record.renew());
            while self.read_main(cx, &mut record).await? {
                std::mem::swap(self.record.renew(), &mut record);
                let Some(main) = program.main else { continue };
                flow = self.execute(cx, &program, main).await?;
                match flow {
                    Flow::Exit => break,
                    Flow::NextFile => self.close_main(cx),
                    Flow::End | Flow::Next => {}
                }
            }
        }
        if let Some(end) = program.end {
            self.execute(cx, &program, end).await?;
        }
        Ok(())
    }

    /// Runs from an instruction to the end of the actions.
    async fn execute(&mut self, cx: &mut Context, program: &Program, entry: usize) -> Result<Flow, Fault> {
        let mut at = entry;
        self.stack.clear();
        self.loops.clear();
        loop {
            self.steps += 1;
            if self.steps >= STEPS_AT_ONCE {
                let steps = std::mem::take(&mut self.steps);
                cx.process.step(steps).await;
            }
            let Some(op) = program.code.get(at) else { return Ok(Flow::End) };
            at += 1;
            match op {
                Op::Constant(place) => self.stack.push(program.constants.get(*place).cloned().unwrap_or_default()),
                Op::Load(place) => {
                    let value = self.load(*place)?;
                    self.stack.push(value);
                }
                Op::FieldNumber(number) => {
                    let value = self.with_record(|record, manner| record.get(*number, manner))?;
                    self.stack.push(value);
                }
                Op::Assign(place, op) => {
                    let right = self.pop();
                    let key = self.pop_key(*place);
                    let value = match op {
                        None => right,
                        Some(op) => {
                            let left = self.load_at(*place, &key)?;
                            self.binary(*op, &left, &right)?
                        }
                    };
                    self.store(*place, &key, value.clone())?;
                    self.stack.push(value);
                }
                Op::Step(place, by, old) => {
                    let key = self.pop_key(*place);
                    let before = self.load_at(*place, &key)?.number();
                    self.store(*place, &key, Value::Number(before + by))?;
                    self.push_number(if *old { before } else { before + by });
                }
                Op::Binary(op) => {
                    let right = self.pop();
                    let left = self.pop();
                    let value = self.binary(*op, &left, &right)?;
                    self.stack.push(value);
                }
                Op::Not => {
                    let truth = self.pop().truth();
                    self.stack.push(Value::of(!truth));
                }
                Op::Negate => {
                    let number = self.pop().number();
                    self.push_number(-number);
                }
                Op::Plus => {
                    let number = self.pop().number();
                    self.push_number(number);
                }
                Op::Truth => {
                    let truth = self.pop().truth();
                    self.stack.push(Value::of(truth));
                }
                Op::Pop => {
                    self.stack.pop();
                }
                Op::Jump(to) => at = *to,
                Op::JumpFalse(to) => {
                    if !self.pop().truth() {
                        at = *to;
                    }
                }
                Op::JumpTrue(to) => {
                    if self.pop().truth() {
                        at = *to;
                    }
                }
                Op::MatchRecord(regex) => {
                    let regex = self.fixed(*regex)?;
                    let found = self.matches(&regex, None)?;
                    self.stack.push(Value::of(found));
                }
                Op::MatchFixed(regex) => {
                    let regex = self.fixed(*regex)?;
                    let text = self.pop_text();
                    let found = self.matches(&regex, Some(&text))?;
                    self.stack.push(Value::of(found));
                }
                Op::Match => {
                    let source = self.pop_text();
                    let regex = self.regex(&source)?;
                    let text = self.pop_text();
                    let found = self.matches(&regex, Some(&text))?;
                    self.stack.push(Value::of(found));
                }
                Op::Join(count) => {
                    let mut key = Vec::new();
                    for (at, value) in self.pop_many(*count).iter().enumerate() {
                        if at > 0 {
                            key.extend_from_slice(&self.subsep);
                        }
                        value.put(&self.convfmt, &mut key);
                    }
                    self.stack.push(Value::text(&key));
                }
                Op::In(var) => {
                    let array = self.array(*var)?;
                    let key = self.pop_text();
                    self.stack.push(Value::of(array.borrow().has(&key)));
                }
                Op::Delete(var) => {
                    let array = self.array(*var)?;
                    let key = self.pop_text();
                    array.borrow_mut().remove(&key);
                }
                Op::DeleteAll(var) => self.array(*var)?.borrow_mut().clear(),
                Op::Argument(var) => {
                    let value = match (*var, self.slot(*var)) {
                        (Var::Global(place), _) if place <= FNR => self.load_global(place)?,
                        (_, Some(slot)) => {
                            if let Value::Nothing = slot {
                                *slot = Value::Open(Rc::default());
                            }
                            if let Value::Open(shared) = slot {
                                let made = shared.borrow().clone();
                                if let Some(array) = made {
                                    *slot = Value::Array(array);
                                }
                            }
                            slot.clone()
                        }
                        (_, None) => Value::Nothing,
                    };
                    self.stack.push(value);
                }
                Op::Call(function, count) => {
                    let Some(function) = program.functions.get(*function) else { return fault("no such function") };
                    if *count > function.params {
                        let name = String::from_utf8_lossy(&function.name).into_owned();
                        return fault(&format!("too many arguments in call to {name}"));
                    }
                    if self.frames.len() >= AWK_FRAMES_MAX {
                        return fault("function calls are nested too deeply");
                    }
                    let base = self.locals.len();
                    let from = self.stack.len().saturating_sub(*count);
                    self.locals.extend(self.stack.drain(from..));
                    self.locals.resize(base + function.params, Value::Nothing);
                    self.frames.push(Frame { back: at, base, loops: self.loops.len() });
                    at = function.entry;
                }
                Op::Return => {
                    let Some(frame) = self.frames.pop() else { return fault("return outside function body") };
                    self.locals.truncate(frame.base);
                    self.loops.truncate(frame.loops);
                    at = frame.back;
                    // A variable that has become an array inside is no value.
                    if matches!(self.stack.last(), Some(Value::Open(_) | Value::Array(_))) {
                        self.pop();
                        self.stack.push(Value::Nothing);
                    }
                }
                Op::LengthOf(var) => {
                    let count = match self.slot(*var) {
                        Some(Value::Array(array)) => Some(array.borrow().len()),
                        Some(Value::Open(shared)) => {
                            Some(shared.borrow().as_ref().map_or(0, |array| array.borrow().len()))
                        }
                        _ => None,
                    };
                    let count = match count {
                        Some(count) => count,
                        None => {
                            let text = self.load(Place::Var(*var))?.to_text(&self.convfmt);
                            text::length(&text, self.utf8)
                        }
                    };
                    self.push_number(count as f64);
                }
                Op::Split(var, count, regex) => {
                    let separator = match (count, regex) {
                        (_, Some(regex)) => Separator::Regex(self.fixed(*regex)?),
                        (3, None) => {
                            let text = self.pop_text();
                            self.separator_of(&text)?
                        }
                        _ => self.separator.clone(),
                    };
                    let text = self.pop_text();
                    let mut spans = Vec::new();
                    let paragraphs = *count == 2 && matches!(self.ending, Ending::Paragraph);
                    text::split(&text, &separator, paragraphs, self.utf8, &mut spans)?;
                    let array = self.array(*var)?;
                    let mut array = array.borrow_mut();
                    array.clear();
                    for (at, (from, to)) in spans.iter().enumerate() {
                        self.scratch.clear();
                        put_number((at + 1) as f64, b"", &mut self.scratch);
                        *array.get(&self.scratch) = Value::input(text.get(*from..*to).unwrap_or_default());
                    }
                    self.push_number(spans.len() as f64);
                }
                Op::Substitute(place, all, regex) => {
                    let key = self.pop_key(*place);
                    let replacement = self.pop_text();
                    let regex = match regex {
                        Some(regex) => self.fixed(*regex)?,
                        None => {
                            let source = self.pop_text();
                            self.regex(&source)?
                        }
                    };
                    let text = self.load_at(*place, &key)?.to_text(&self.convfmt);
                    let mut new = Vec::new();
                    let count = substitute(&text, &regex, &replacement, *all, &mut new)?;
                    self.steps = self.steps.saturating_add(u32::try_from(regex.take_steps()).unwrap_or(u32::MAX));
                    if count > 0 {
                        self.store(*place, &key, Value::text(&new))?;
                    }
                    self.push_number(count as f64);
                }
                Op::FindFixed(regex) => {
                    let regex = self.fixed(*regex)?;
                    self.find(&regex)?;
                }
                Op::Builtin(name, count) => self.builtin(cx, name, *count).await?,
                Op::Print(count, target) => {
                    let name = if *target == Target::Output { None } else { Some(self.pop_text()) };
                    let mut line = std::mem::take(&mut self.scratch);
                    line.clear();
                    if *count == 0 {
                        self.with_record(|record, manner| line.extend_from_slice(record.text(manner)));
                    }
                    let from = self.stack.len().saturating_sub(*count);
                    for (at, value) in self.stack.get(from..).unwrap_or_default().iter().enumerate() {
                        if at > 0 {
                            line.extend_from_slice(&self.ofs);
                        }
                        value.put(&self.ofmt, &mut line);
                    }
                    self.stack.truncate(from);
                    line.extend_from_slice(&self.ors);
                    let result = self.write(cx, name, *target, &line).await;
                    self.scratch = line;
                    result?;
                }
                Op::Printf(count, target) => {
                    let name = if *target == Target::Output { None } else { Some(self.pop_text()) };
                    let values = self.pop_many(*count);
                    let mut line = Vec::new();
                    if let Some((format, values)) = values.split_first() {
                        sprintf(&format.to_text(&self.convfmt), values, &self.convfmt, self.utf8, &mut line);
                    }
                    self.write(cx, name, *target, &line).await?;
                }
                Op::Getline(origin, place) => {
                    let result = self.getline(cx, *origin, *place).await?;
                    self.push_number(result);
                }
                Op::EachBegin(var) => {
                    let keys = self.array(*var)?.borrow().keys();
                    self.loops.push(keys.into_iter());
                }
                Op::EachNext(var, to) => match self.loops.last_mut().and_then(Iterator::next) {
                    Some(key) => self.store(Place::Var(*var), &Value::Nothing, Value::Input(key))?,
                    None => at = *to,
                },
                Op::EachEnd => {
                    self.loops.pop();
                }
                Op::SetRange(range, open) => {
                    if let Some(slot) = self.ranges.get_mut(*range) {
                        *slot = *open;
                    }
                }
                Op::Range(range) => {
                    let open = self.ranges.get(*range).copied().unwrap_or_default();
                    self.stack.push(Value::of(open));
                }
                Op::Next | Op::NextFile | Op::Exit(_) => {
                    self.frames.clear();
                    self.locals.clear();
                    if let Op::Exit(given) = op {
                        if *given {
                            self.status = self.pop().number() as i64 as u8;
                        }
                        return Ok(Flow::Exit);
                    }
                    return Ok(if matches!(op, Op::Next) { Flow::Next } else { Flow::NextFile });
                }
                Op::End => return Ok(Flow::End),
            }
        }
    }
}
