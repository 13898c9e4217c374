//! A writer of flat JSON objects (RFC 8259) whose texts may be any bytes.

use crate::abi::Time;
use crate::base64;
use crate::calendar::write_iso_millis;

/// An object being written, or only measured.
pub(super) struct Object<'a> {
    sink: Sink<'a>,
    is_first: bool,
}

enum Sink<'a> {
    Text(&'a mut Vec<u8>),
    Length(&'a mut usize),
}

impl<'a> Object<'a> {
    /// Writes `{`, and `}` when it is [closed](Object::close).
    pub(super) fn open(out: &'a mut Vec<u8>) -> Object<'a> {
        out.push(b'{');
        Object { sink: Sink::Text(out), is_first: true }
    }

    /// Only adds up the bytes of the texts.
    pub(super) fn measure(length: &'a mut usize) -> Object<'a> {
        Object { sink: Sink::Length(length), is_first: true }
    }

    /// Writes `}`.
    pub(super) fn close(self) {
        if let Sink::Text(out) = self.sink {
            out.push(b'}');
        }
    }

    /// A text. One that is no UTF-8 is written with U+FFFD in place of what is not, and its exact bytes
    /// follow in base64 under `nameBase64`.
    pub(super) fn text(&mut self, name: &str, bytes: &[u8]) {
        if let Sink::Length(length) = &mut self.sink {
            **length += bytes.len();
            return;
        }
        let lossy = String::from_utf8_lossy(bytes);
        self.value(name, |out| string(&lossy, out));
        if core::str::from_utf8(bytes).is_err() {
            let exact = base64::encode(bytes);
            self.value(&format!("{name}Base64"), |out| string(&exact, out));
        }
    }

    /// A whole number. Above 2^53 JavaScript reads it rounded.
    pub(super) fn number(&mut self, name: &str, number: u64) {
        self.value(name, |out| out.extend(number.to_string().as_bytes()));
    }

    /// `true` or `false`.
    pub(super) fn boolean(&mut self, name: &str, value: bool) {
        self.value(name, |out| out.extend(if value { &b"true"[..] } else { b"false" }));
    }

    /// A time, as a text in UTC.
    pub(super) fn time(&mut self, name: &str, time: Time) {
        self.value(name, |out| {
            out.push(b'"');
            write_iso_millis(time, out);
            out.push(b'"');
        });
    }

    /// An object within this one.
    pub(super) fn object(&mut self, name: &str, fill: impl FnOnce(&mut Object<'_>)) {
        self.value(name, |out| {
            let mut inner = Object::open(out);
            fill(&mut inner);
            inner.close();
        });
    }

    fn value(&mut self, name: &str, write: impl FnOnce(&mut Vec<u8>)) {
        let Sink::Text(out) = &mut self.sink else { return };
        if !self.is_first {
            out.push(b',');
        }
        self.is_first = false;
        string(name, out);
        out.push(b':');
        write(out);
    }
}

fn string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for &byte in text.as_bytes() {
        match byte {
            b'"' => out.extend(b"\\\""),
            b'\\' => out.extend(b"\\\\"),
            b'\n' => out.extend(b"\\n"),
            b'\r' => out.extend(b"\\r"),
            b'\t' => out.extend(b"\\t"),
            // DEL is legal but moves a terminal's cursor when a log is looked at.
            0..=31 | 127 => out.extend(format!("\\u{byte:04x}").as_bytes()),
            _ => out.push(byte),
        }
    }
    out.push(b'"');
}
