//! The record and its fields: split when a field is asked for, joined when the record is.

use super::text::{Separator, split};
use super::value::{Value, put_number};
use crate::abi::limits::AWK_FIELDS_MAX;
use crate::regex::RegexError;

/// The record.
#[derive(Default)]
pub(super) struct Record {
    text: Vec<u8>,
    spans: Vec<(usize, usize)>,
    is_split: bool,
    /// The fields, once one was assigned.
    fields: Option<Vec<Value>>,
    /// A field was assigned since the text was made.
    is_stale: bool,
}

/// What splitting needs to know.
#[derive(Clone, Copy)]
pub(super) struct Manner<'a> {
    pub(super) separator: &'a Separator,
    /// Records are paragraphs: a newline parts fields too.
    pub(super) paragraphs: bool,
    pub(super) utf8: bool,
    pub(super) ofs: &'a [u8],
    pub(super) convfmt: &'a [u8],
}

impl Record {
    /// The buffer for a new record; what was before is gone.
    pub(super) fn renew(&mut self) -> &mut Vec<u8> {
        self.is_split = false;
        self.fields = None;
        self.is_stale = false;
        self.text.clear();
        &mut self.text
    }

    fn split(&mut self, manner: Manner<'_>) -> Result<(), RegexError> {
        if !self.is_split {
            split(&self.text, manner.separator, manner.paragraphs, manner.utf8, &mut self.spans)?;
            self.is_split = true;
        }
        Ok(())
    }

    pub(super) fn count(&mut self, manner: Manner<'_>) -> Result<usize, RegexError> {
        if let Some(fields) = &self.fields {
            return Ok(fields.len());
        }
        self.split(manner)?;
        Ok(self.spans.len())
    }

    /// The whole record.
    pub(super) fn text(&mut self, manner: Manner<'_>) -> &[u8] {
        if std::mem::take(&mut self.is_stale) {
            self.text.clear();
            for (at, field) in self.fields.iter().flatten().enumerate() {
                if at > 0 {
                    self.text.extend_from_slice(manner.ofs);
                }
                match field {
                    Value::Number(number) => put_number(*number, manner.convfmt, &mut self.text),
                    field => field.put(manner.convfmt, &mut self.text),
                }
            }
        }
        &self.text
    }

    pub(super) fn get(&mut self, number: usize, manner: Manner<'_>) -> Result<Value, RegexError> {
        if number == 0 {
            return Ok(Value::input(self.text(manner)));
        }
        if let Some(fields) = &self.fields {
            return Ok(fields.get(number - 1).cloned().unwrap_or_default());
        }
        self.split(manner)?;
        let span = self.spans.get(number - 1);
        Ok(span.and_then(|&(from, to)| self.text.get(from..to)).map_or(Value::Nothing, Value::input))
    }

    /// Assigns a field that is not 0. False when it would be too many.
    pub(super) fn set(&mut self, number: usize, value: Value, manner: Manner<'_>) -> Result<bool, RegexError> {
        if number > AWK_FIELDS_MAX {
            return Ok(false);
        }
        let fields = self.own(manner)?;
        if fields.len() < number {
            fields.resize(number, Value::Nothing);
        }
        if let Some(field) = fields.get_mut(number - 1) {
            *field = value;
        }
        self.is_stale = true;
        Ok(true)
    }

    /// Assigns NF.
    pub(super) fn resize(&mut self, count: usize, manner: Manner<'_>) -> Result<bool, RegexError> {
        if count > AWK_FIELDS_MAX {
            return Ok(false);
        }
        self.own(manner)?.resize(count, Value::Nothing);
        self.is_stale = true;
        Ok(true)
    }

    fn own(&mut self, manner: Manner<'_>) -> Result<&mut Vec<Value>, RegexError> {
        if self.fields.is_none() {
            self.split(manner)?;
            let text = &self.text;
            let value = |&(from, to): &(usize, usize)| Value::input(text.get(from..to).unwrap_or_default());
            self.fields = Some(self.spans.iter().map(value).collect());
        }
        Ok(self.fields.get_or_insert_default())
    }
}
