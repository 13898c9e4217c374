//! What the machine's values stand in: variables, fields, elements, the stack; and what is computed from two.

use super::super::code::{Binary, CONVFMT, FNR, FS, NF, NR, OFMT, OFS, ORS, Place, RS, SPECIAL, SUBSEP, Var};
use super::super::parse::compile_regex;
use super::super::record::{Manner, Record};
use super::super::streams::Ending;
use super::super::text::Separator;
use super::super::value::{ArrayRef, Text, Value};
use super::{Fault, Machine, fault};
use crate::abi::limits::{AWK_REGEXES_MAX, INPUT_BYTES_HELD_MAX};
use crate::regex::Regex;
use std::cmp::Ordering;
use std::rc::Rc;

impl Machine {
    pub(super) fn set_global(&mut self, place: usize, value: Value) {
        if let Some(slot) = self.globals.get_mut(place) {
            *slot = value;
        }
    }

    pub(super) fn pop(&mut self) -> Value {
        self.stack.pop().unwrap_or_default()
    }

    pub(super) fn pop_text(&mut self) -> Text {
        let value = self.pop();
        value.to_text(&self.convfmt)
    }

    pub(super) fn push_number(&mut self, number: f64) {
        self.stack.push(Value::Number(number));
    }

    /// The last values, in order.
    pub(super) fn pop_many(&mut self, count: usize) -> Vec<Value> {
        let from = self.stack.len().saturating_sub(count);
        self.stack.split_off(from)
    }

    /// The parts that deal with the record and what they need to know.
    pub(super) fn with_record<T>(&mut self, work: impl FnOnce(&mut Record, Manner<'_>) -> T) -> T {
        let manner = Manner {
            separator: &self.separator,
            paragraphs: matches!(self.ending, Ending::Paragraph),
            utf8: self.utf8,
            ofs: &self.ofs,
            convfmt: &self.convfmt,
        };
        work(&mut self.record, manner)
    }

    pub(super) fn load_global(&mut self, place: usize) -> Result<Value, Fault> {
        Ok(match place {
            NF => Value::Number(self.with_record(Record::count)? as f64),
            NR => Value::Number(self.nr),
            FNR => Value::Number(self.fnr),
            _ => self.globals.get(place).cloned().unwrap_or_default(),
        })
    }

    pub(super) fn store_global(&mut self, place: usize, value: Value) -> Result<(), Fault> {
        if place >= SPECIAL.len() {
            return match self.globals.get_mut(place) {
                Some(Value::Array(_)) => fault("attempt to use an array in a scalar context"),
                Some(slot) => {
                    *slot = value;
                    Ok(())
                }
                None => Ok(()),
            };
        }
        let text = value.to_text(&self.convfmt);
        match place {
            NF => {
                let count = value.number();
                if count < 0.0 {
                    return fault("NF set to negative value");
                }
                if !self.with_record(|record, manner| record.resize(count as usize, manner))? {
                    return fault("too many fields");
                }
            }
            NR => self.nr = value.number(),
            FNR => self.fnr = value.number(),
            FS => {
                // The record at hand is split as it was to be.
                self.with_record(Record::count)?;
                self.separator = self.separator_of(&text)?;
            }
            OFS => self.ofs = text,
            ORS => self.ors = text,
            SUBSEP => self.subsep = text,
            CONVFMT => self.convfmt = text,
            OFMT => self.ofmt = text,
            RS => {
                self.ending = match &*text {
                    [] => Ending::Paragraph,
                    [byte] => Ending::Byte(*byte),
                    _ => Ending::Regex(self.regex(&text)?),
                };
            }
            _ => {}
        }
        self.set_global(place, value);
        Ok(())
    }

    pub(super) fn separator_of(&mut self, text: &Text) -> Result<Separator, Fault> {
        Ok(match &**text {
            [] => Separator::Nothing,
            b" " => Separator::Blanks,
            [byte] if *byte != b'\\' => Separator::Byte(*byte),
            _ => Separator::Regex(self.regex(text)?),
        })
    }

    /// An expression made from a text.
    pub(super) fn regex(&mut self, source: &Text) -> Result<Rc<Regex>, Fault> {
        if let Some(regex) = self.regexes.get(source) {
            return Ok(regex.clone());
        }
        let regex = compile_regex(source, self.utf8).map_err(|message| {
            Fault::Message([b"regular expression compile failed (", message.as_bytes(), b")\n", source].concat())
        })?;
        if self.regexes.len() >= AWK_REGEXES_MAX {
            self.regexes.clear();
        }
        self.regexes.insert(source.clone(), regex.clone());
        Ok(regex)
    }

    pub(super) fn fixed(&self, at: usize) -> Result<Rc<Regex>, Fault> {
        self.program.regexes.get(at).cloned().map_or_else(|| fault("no expression"), Ok)
    }

    pub(super) fn base(&self) -> usize {
        self.frames.last().map_or(0, |frame| frame.base)
    }

    pub(super) fn slot(&mut self, var: Var) -> Option<&mut Value> {
        match var {
            Var::Global(place) => self.globals.get_mut(place),
            Var::Local(place) => {
                let place = self.base() + place;
                self.locals.get_mut(place)
            }
        }
    }

    /// The array of a variable, which becomes one if it has no value.
    pub(super) fn array(&mut self, var: Var) -> Result<ArrayRef, Fault> {
        let Some(slot) = self.slot(var) else { return fault("no such variable") };
        let array = match slot {
            Value::Array(array) => return Ok(array.clone()),
            Value::Nothing => ArrayRef::default(),
            Value::Open(shared) => shared.borrow_mut().get_or_insert_default().clone(),
            _ => return fault("attempt to use a scalar value as array"),
        };
        *slot = Value::Array(array.clone());
        Ok(array)
    }

    pub(super) fn load(&mut self, place: Place) -> Result<Value, Fault> {
        match place {
            Place::Var(Var::Global(place)) if place < SPECIAL.len() => self.load_global(place),
            Place::Var(var) => match self.slot(var) {
                Some(Value::Array(_)) => fault("attempt to use an array in a scalar context"),
                Some(Value::Open(_)) | None => Ok(Value::Nothing),
                Some(value) => Ok(value.clone()),
            },
            Place::Field => {
                let number = self.pop().number();
                self.field(number)
            }
            Place::Element(var) => {
                let array = self.array(var)?;
                let key = self.pop_text();
                let value = array.borrow_mut().get(&key).clone();
                Ok(value)
            }
        }
    }

    pub(super) fn field(&mut self, number: f64) -> Result<Value, Fault> {
        if number < 0.0 {
            return fault(&format!("attempt to access field {number}"));
        }
        Ok(self.with_record(|record, manner| record.get(number as usize, manner))?)
    }

    /// Assigns to a place; `key` is the subscript or the field's number.
    pub(super) fn store(&mut self, place: Place, key: &Value, value: Value) -> Result<(), Fault> {
        let value = if let Value::Open(_) = value { Value::Nothing } else { value };
        match place {
            Place::Var(Var::Global(place)) => self.store_global(place, value),
            Place::Var(var) => match self.slot(var) {
                Some(Value::Array(_)) => fault("attempt to use an array in a scalar context"),
                Some(slot) => {
                    *slot = value;
                    Ok(())
                }
                None => Ok(()),
            },
            Place::Field => {
                let number = key.number();
                if number < 0.0 {
                    return fault(&format!("attempt to access field {number}"));
                }
                if number as usize == 0 {
                    let text = value.to_text(&self.convfmt);
                    self.record.renew().extend_from_slice(&text);
                    return Ok(());
                }
                match self.with_record(|record, manner| record.set(number as usize, value, manner))? {
                    true => Ok(()),
                    false => fault("too many fields"),
                }
            }
            Place::Element(var) => {
                let array = self.array(var)?;
                let key = key.to_text(&self.convfmt);
                *array.borrow_mut().get(&key) = value;
                Ok(())
            }
        }
    }

    /// What is on the stack of a place: its subscript or number.
    pub(super) fn pop_key(&mut self, place: Place) -> Value {
        if let Place::Var(_) = place { Value::Nothing } else { self.pop() }
    }

    pub(super) fn load_at(&mut self, place: Place, key: &Value) -> Result<Value, Fault> {
        if !matches!(place, Place::Var(_)) {
            self.stack.push(key.clone());
        }
        self.load(place)
    }

    pub(super) fn binary(&mut self, op: Binary, left: &Value, right: &Value) -> Result<Value, Fault> {
        let ordered = |fits: fn(Ordering) -> bool, nan: bool| {
            Value::of(left.compare(right, &self.convfmt).map_or(nan, fits))
        };
        Ok(match op {
            Binary::Add => Value::Number(left.number() + right.number()),
            Binary::Subtract => Value::Number(left.number() - right.number()),
            Binary::Multiply => Value::Number(left.number() * right.number()),
            Binary::Divide => Value::Number(left.number() / right.number()),
            Binary::Remainder => Value::Number(left.number() % right.number()),
            Binary::Power => Value::Number(left.number().powf(right.number())),
            Binary::Concatenate => {
                self.scratch.clear();
                left.put(&self.convfmt, &mut self.scratch);
                right.put(&self.convfmt, &mut self.scratch);
                if self.scratch.len() > INPUT_BYTES_HELD_MAX {
                    return fault("out of memory");
                }
                Value::text(&self.scratch)
            }
            Binary::Less => ordered(Ordering::is_lt, false),
            Binary::LessOrEqual => ordered(Ordering::is_le, false),
            Binary::Equal => ordered(Ordering::is_eq, false),
            Binary::NotEqual => ordered(Ordering::is_ne, true),
            Binary::More => ordered(Ordering::is_gt, false),
            Binary::MoreOrEqual => ordered(Ordering::is_ge, false),
        })
    }

    pub(super) fn matches(&mut self, regex: &Regex, text: Option<&[u8]>) -> Result<bool, Fault> {
        let found = match text {
            Some(text) => regex.is_match(text)?,
            None => self.with_record(|record, manner| regex.is_match(record.text(manner)))?,
        };
        self.steps = self.steps.saturating_add(u32::try_from(regex.take_steps()).unwrap_or(u32::MAX));
        Ok(found)
    }
}
