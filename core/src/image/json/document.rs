//! JSON (RFC 8259) as a flat list of values, so that deep nesting costs no stack.

use super::super::{ImageError, Problem};
use std::borrow::Cow;

/// A value's place in its document.
pub type Id = usize;

/// A value; those within it are told by their places.
#[derive(Debug)]
pub enum Value<'a> {
    Null,
    Bool(bool),
    Number(f64),
    String(Cow<'a, [u8]>),
    Array(Vec<Id>),
    Object(Vec<(Cow<'a, [u8]>, Id)>),
}

/// A parsed text. The first value is the outermost.
pub struct Document<'a> {
    values: Vec<(usize, Value<'a>)>,
}

impl<'a> Document<'a> {
    pub fn parse(text: &'a [u8]) -> Result<Document<'a>, ImageError> {
        Parser { text, at: 0, values: Vec::new() }.parse()
    }

    pub fn value(&self, id: Id) -> &Value<'a> {
        self.values.get(id).map_or(&Value::Null, |(_, value)| value)
    }

    /// An error at a value.
    pub fn error(&self, id: Id, problem: Problem) -> ImageError {
        let offset = self.values.get(id).map_or(0, |(offset, _)| *offset as u64);
        ImageError { offset, problem }
    }

    /// The value of an object's key: of the last one, as JavaScript takes it.
    pub fn get(&self, id: Id, key: &str) -> Option<Id> {
        let Value::Object(members) = self.value(id) else { return None };
        members.iter().rev().find(|(name, _)| **name == *key.as_bytes()).map(|(_, id)| *id)
    }
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    values: Vec<(usize, Value<'a>)>,
}

/// An array or object that is being parsed; of an object, the key whose value comes next.
struct Open<'a> {
    id: Id,
    key: Cow<'a, [u8]>,
}

impl<'a> Parser<'a> {
    fn parse(mut self) -> Result<Document<'a>, ImageError> {
        let mut open: Vec<Open<'a>> = Vec::new();
        loop {
            // A value begins here.
            self.skip_space();
            let id = self.values.len();
            if let Some(outer) = open.last_mut()
                && let Some((_, outer_value)) = self.values.get_mut(outer.id)
            {
                match outer_value {
                    Value::Array(items) => items.push(id),
                    Value::Object(members) => members.push((std::mem::take(&mut outer.key), id)),
                    _ => {}
                }
            }
            let start = self.at;
            let value = self.begin_value()?;
            let is_object = matches!(value, Value::Object(_));
            let is_open = is_object || matches!(value, Value::Array(_));
            self.values.push((start, value));
            if is_open {
                self.skip_space();
                let end = if is_object { b'}' } else { b']' };
                if self.eat(end) {
                    // Nothing in it: the value is whole.
                } else {
                    let key = if is_object { self.key()? } else { Cow::default() };
                    open.push(Open { id, key });
                    continue;
                }
            }
            // A value has ended: another one follows in what is open, or that ends too.
            loop {
                self.skip_space();
                let Some(outer) = open.last_mut() else {
                    return match self.at == self.text.len() {
                        true => Ok(Document { values: self.values }),
                        false => Err(self.error(Problem::TrailingBytes)),
                    };
                };
                let is_object = matches!(self.values.get(outer.id), Some((_, Value::Object(_))));
                if self.eat(b',') {
                    if is_object {
                        self.skip_space();
                        outer.key = self.key()?;
                    }
                    break;
                }
                if !self.eat(if is_object { b'}' } else { b']' }) {
                    return Err(self.unexpected());
                }
                open.pop();
            }
        }
    }

    fn error(&self, problem: Problem) -> ImageError {
        ImageError { offset: self.at as u64, problem }
    }

    fn unexpected(&self) -> ImageError {
        let is_end = self.at >= self.text.len();
        self.error(if is_end { Problem::TooShort } else { Problem::Malformed("not JSON") })
    }

    fn rest(&self) -> &'a [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        self.at += self.rest().iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
    }

    fn eat(&mut self, byte: u8) -> bool {
        let is_there = self.rest().first() == Some(&byte);
        self.at += usize::from(is_there);
        is_there
    }

    /// A string and the colon behind it.
    fn key(&mut self) -> Result<Cow<'a, [u8]>, ImageError> {
        if !self.eat(b'"') {
            return Err(self.unexpected());
        }
        let key = self.string()?;
        self.skip_space();
        if self.eat(b':') { Ok(key) } else { Err(self.unexpected()) }
    }

    /// A whole value, or the beginning of an array or object.
    fn begin_value(&mut self) -> Result<Value<'a>, ImageError> {
        if self.eat(b'{') {
            return Ok(Value::Object(Vec::new()));
        }
        if self.eat(b'[') {
            return Ok(Value::Array(Vec::new()));
        }
        if self.eat(b'"') {
            return self.string().map(Value::String);
        }
        let words: [(&[u8], Value<'a>); 3] =
            [(b"null", Value::Null), (b"true", Value::Bool(true)), (b"false", Value::Bool(false))];
        for (word, value) in words {
            if self.rest().starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        let is_of_number = |byte: &&u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
        let len = self.rest().iter().take_while(is_of_number).count();
        let number = std::str::from_utf8(self.rest().get(..len).unwrap_or_default()).ok();
        let number = number.and_then(|text| text.parse().ok()).filter(|number: &f64| number.is_finite());
        let number = number.ok_or_else(|| self.unexpected())?;
        self.at += len;
        Ok(Value::Number(number))
    }

    /// The rest of a string behind its first quote. Half of a surrogate pair becomes U+FFFD.
    fn string(&mut self) -> Result<Cow<'a, [u8]>, ImageError> {
        let mut out = Cow::Borrowed(&[][..]);
        loop {
            let len = memchr::memchr2(b'"', b'\\', self.rest()).unwrap_or(self.rest().len());
            let plain = self.rest().get(..len).unwrap_or_default();
            if plain.iter().any(|byte| *byte < b' ') {
                return Err(self.error(Problem::Malformed("control character in a string")));
            }
            match out.is_empty() {
                true => out = Cow::Borrowed(plain),
                false => out.to_mut().extend_from_slice(plain),
            }
            self.at += len;
            if self.eat(b'"') {
                return Ok(out);
            }
            let letter = self.rest().get(1).copied().ok_or(self.error(Problem::TooShort))?;
            let letter = match letter {
                b'"' | b'\\' | b'/' => char::from(letter),
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                b'u' => self.unicode_escape()?,
                _ => return Err(self.unexpected()),
            };
            self.at += 2;
            out.to_mut().extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }

    /// Reads `\uXXXX`, or two that are a surrogate pair; leaves the last two bytes to be skipped.
    fn unicode_escape(&mut self) -> Result<char, ImageError> {
        let first = self.hex(0)?;
        self.at += 4;
        if !(0xd800..0xdc00).contains(&first) {
            return Ok(char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        if self.rest().get(2..4) != Some(b"\\u") {
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        let second = self.hex(2)?;
        if !(0xdc00..0xe000).contains(&second) {
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        self.at += 6;
        let scalar = 0x1_0000 + (first - 0xd800) * 0x400 + (second - 0xdc00);
        Ok(char::from_u32(scalar).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    /// The four digits behind a `\u` that begins `skip` bytes from here.
    fn hex(&self, skip: usize) -> Result<u32, ImageError> {
        let digits = self.rest().get(skip + 2..skip + 6).ok_or(self.error(Problem::TooShort))?;
        let digit = |value: Option<u32>, byte: &u8| Some(value? << 4 | char::from(*byte).to_digit(16)?);
        digits.iter().fold(Some(0), digit).ok_or_else(|| self.unexpected())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_string(json: &str, expected: Result<&str, u64>) {
        let parsed = Document::parse(json.as_bytes());
        let got = match &parsed {
            Ok(document) => match document.value(0) {
                Value::String(string) => Ok(std::str::from_utf8(string).unwrap()),
                other => panic!("{json}: {other:?}"),
            },
            Err(error) => Err(error.offset),
        };
        assert_eq!(got, expected, "{json}");
    }

    #[test]
    fn strings() {
        check_string(r#""""#, Ok(""));
        check_string(r#" "a\"b\\c\/\n\t" "#, Ok("a\"b\\c/\n\t"));
        check_string(r#""\n\n""#, Ok("\n\n"));
        check_string(r#""\u0041\u00e9\ud83d\ude00x""#, Ok("Aé😀x"));
        check_string(r#""\ud83dx""#, Ok("\u{fffd}x"));
        check_string(r#""\ud83d\u0041""#, Ok("\u{fffd}A"));
        check_string(r#""\udc00""#, Ok("\u{fffd}"));
        check_string(r#""ü日""#, Ok("ü日"));
        check_string(r#""\x""#, Err(1));
        check_string(r#""\u00g0""#, Err(1));
        check_string(r#""abc"#, Err(4));
        check_string("\"a\nb\"", Err(1));
        check_string(r#""a" b"#, Err(4));
    }

    #[test]
    fn structures() {
        let document =
            Document::parse(br#" {"a": [1, -2.5e1, {}, [], null], "b": {"c": true}, "a": 7} "#).unwrap();
        let a = document.get(0, "a").unwrap();
        assert!(matches!(document.value(a), Value::Number(7.0)));
        let Value::Object(members) = document.value(0) else { panic!() };
        let Value::Array(items) = document.value(members[0].1) else { panic!() };
        assert!(matches!(document.value(items[1]), Value::Number(-25.0)));
        assert_eq!(items.len(), 5);
        let c = document.get(document.get(0, "b").unwrap(), "c").unwrap();
        assert!(matches!(document.value(c), Value::Bool(true)));
        for bad in
            ["", "{", "[1,]", "{\"a\"}", "{\"a\":}", "{,}", "[1 2]", "tru", "1-", "[1}", "{\"a\":1,}", "]"]
        {
            assert!(Document::parse(bad.as_bytes()).is_err(), "{bad}");
        }
    }

    #[test]
    fn deep_nesting_costs_no_stack() {
        let deep = [b"[".repeat(1_000_000), b"]".repeat(1_000_000)].concat();
        assert_eq!(Document::parse(&deep).unwrap().values.len(), 1_000_000);
        assert_eq!(Document::parse(&deep[..1_000_001]).map(drop).unwrap_err().problem, Problem::TooShort);
    }
}
