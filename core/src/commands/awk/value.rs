//! awk's values: numbers, texts, texts that may be numbers, and arrays.

use crate::program::{Extended, Layout, format_float};
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::rc::Rc;

/// A text.
pub(super) type Text = Rc<[u8]>;
/// An array, shared with functions that it is given to.
pub(super) type ArrayRef = Rc<RefCell<Array>>;

/// A value.
#[derive(Clone, Default)]
pub(super) enum Value {
    #[default]
    Nothing,
    Number(f64),
    Text(Text),
    /// From outside: a number too if it looks like one.
    Input(Text),
    Array(ArrayRef),
    /// A variable without a value was given to a function, which may make it an array.
    Open(Rc<RefCell<Option<ArrayRef>>>),
}

impl Value {
    pub(super) fn text(bytes: &[u8]) -> Value {
        Value::Text(Rc::from(bytes))
    }

    pub(super) fn input(bytes: &[u8]) -> Value {
        Value::Input(Rc::from(bytes))
    }

    pub(super) fn of(truth: bool) -> Value {
        Value::Number(if truth { 1.0 } else { 0.0 })
    }

    pub(super) fn number(&self) -> f64 {
        match self {
            Value::Number(number) => *number,
            Value::Text(text) | Value::Input(text) => parse_number(text),
            _ => 0.0,
        }
    }

    pub(super) fn truth(&self) -> bool {
        match self {
            Value::Number(number) => *number != 0.0,
            Value::Text(text) => !text.is_empty(),
            Value::Input(text) => looks_numeric(text).map_or(!text.is_empty(), |number| number != 0.0),
            _ => false,
        }
    }

    /// As a text; `format` is CONVFMT or OFMT.
    pub(super) fn to_text(&self, format: &[u8]) -> Text {
        match self {
            Value::Text(text) | Value::Input(text) => text.clone(),
            Value::Number(_) => {
                let mut out = Vec::new();
                self.put(format, &mut out);
                out.into()
            }
            _ => Rc::from(&b""[..]),
        }
    }

    /// Appends it as a text.
    pub(super) fn put(&self, format: &[u8], out: &mut Vec<u8>) {
        match self {
            Value::Text(text) | Value::Input(text) => out.extend_from_slice(text),
            Value::Number(number) => put_number(*number, format, out),
            _ => {}
        }
    }

    /// The number that it counts as in a comparison; `None` for a text.
    fn as_number(&self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(*number),
            Value::Input(text) => looks_numeric(text),
            Value::Text(_) => None,
            _ => Some(0.0),
        }
    }

    pub(super) fn compare(&self, other: &Value, format: &[u8]) -> Option<Ordering> {
        if let (Some(one), Some(other)) = (self.as_number(), other.as_number()) {
            return one.partial_cmp(&other);
        }
        Some(self.to_text(format).cmp(&other.to_text(format)))
    }

    /// Whether `%c` and the like take it as a number.
    pub(super) fn is_number(&self) -> bool {
        self.as_number().is_some() && !matches!(self, Value::Nothing)
    }
}

/// Appends a number: whole ones as such, others by the format.
pub(super) fn put_number(number: f64, format: &[u8], out: &mut Vec<u8>) {
    if number.fract() == 0.0 && number.abs() < 1e18 {
        // Small ones are what programs count with.
        let mut digits = [0; 20];
        let mut at = digits.len();
        let mut left = number.abs() as u64;
        loop {
            at -= 1;
            if let Some(slot) = digits.get_mut(at) {
                *slot = b'0' + (left % 10) as u8;
            }
            left /= 10;
            if left == 0 {
                break;
            }
        }
        if number < 0.0 {
            out.push(b'-');
        }
        out.extend_from_slice(digits.get(at..).unwrap_or_default());
    } else if number.is_nan() {
        out.extend_from_slice(if number.is_sign_negative() { b"-nan" } else { b"nan" });
    } else if number.is_infinite() {
        out.extend_from_slice(if number < 0.0 { b"-inf" } else { b"inf" });
    } else if format == b"%.6g" {
        let layout = Layout { precision: Some(6), ..Layout::default() };
        format_float(Extended::from_f64(number), b'g', &layout, out);
    } else {
        super::format::sprintf(format, &[Value::Number(number)], b"%.6g", true, out);
    }
}

/// The length of the number at the start of a text, without blanks before it.
pub(super) fn number_length(text: &[u8]) -> usize {
    let digits = |from: usize| text.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    let whole = digits(at);
    at += whole;
    let mut fraction = 0;
    if text.get(at) == Some(&b'.') {
        fraction = digits(at + 1);
        if whole + fraction > 0 {
            at += 1 + fraction;
        }
    }
    if whole + fraction == 0 {
        return 0;
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(at + 1 + sign);
        if exponent > 0 {
            at += 1 + sign + exponent;
        }
    }
    at
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 11 | 12)
}

/// The number at the start of a text, 0 if there is none.
pub(super) fn parse_number(text: &[u8]) -> f64 {
    let blanks = text.iter().take_while(|byte| is_blank(**byte)).count();
    let text = text.get(blanks..).unwrap_or_default();
    // Short whole numbers are read at once.
    let mut value = 0_u64;
    let mut count = 0;
    for &byte in text.iter().take(16) {
        if !byte.is_ascii_digit() {
            break;
        }
        value = value * 10 + u64::from(byte - b'0');
        count += 1;
    }
    if count > 0 && count < 16 && !matches!(text.get(count), Some(b'.' | b'e' | b'E' | b'0'..=b'9')) {
        return value as f64;
    }
    let length = number_length(text);
    let number = text.get(..length).and_then(|text| std::str::from_utf8(text).ok());
    number.and_then(|number| number.parse().ok()).unwrap_or(0.0)
}

/// The number that a text from outside is, if it is one and nothing else but blanks around it.
pub(super) fn looks_numeric(text: &[u8]) -> Option<f64> {
    let trimmed = text.trim_ascii();
    match trimmed.first() {
        Some(b'0'..=b'9' | b'.' | b'+' | b'-') => {}
        _ => return None,
    }
    (number_length(trimmed) == trimmed.len()).then(|| parse_number(trimmed))
}

/// An array: its elements in the order in which they were made.
#[derive(Default)]
pub(super) struct Array {
    places: HashMap<Text, usize>,
    /// `None` where one was deleted.
    entries: Vec<Option<(Text, Value)>>,
}

impl Array {
    pub(super) fn len(&self) -> usize {
        self.places.len()
    }

    pub(super) fn has(&self, key: &[u8]) -> bool {
        self.places.contains_key(key)
    }

    /// The element of a key; it is made when it is not there.
    pub(super) fn get(&mut self, key: &[u8]) -> &mut Value {
        let place = match self.places.get(key) {
            Some(place) => *place,
            None => {
                let key: Text = Rc::from(key);
                self.places.insert(key.clone(), self.entries.len());
                self.entries.push(Some((key, Value::Nothing)));
                self.entries.len() - 1
            }
        };
        &mut self.entries[place].get_or_insert_with(|| (Rc::from(key), Value::Nothing)).1
    }

    pub(super) fn remove(&mut self, key: &[u8]) {
        let Some(place) = self.places.remove(key) else { return };
        if let Some(entry) = self.entries.get_mut(place) {
            *entry = None;
        }
        if self.entries.len() > 32 && self.places.len() * 2 < self.entries.len() {
            self.entries.retain(Option::is_some);
            for (place, entry) in self.entries.iter().enumerate() {
                if let Some((key, _)) = entry {
                    self.places.insert(key.clone(), place);
                }
            }
        }
    }

    pub(super) fn clear(&mut self) {
        self.places.clear();
        self.entries.clear();
    }

    pub(super) fn keys(&self) -> Vec<Text> {
        self.entries.iter().flatten().map(|(key, _)| key.clone()).collect()
    }
}
