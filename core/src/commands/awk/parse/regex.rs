//! Regular expressions as awk writes them.

use super::super::lex::unescape;
use crate::regex::{Dialect, Regex, Syntax};
use std::rc::Rc;

/// Compiles an expression as awk reads it. The error is a message.
pub(in crate::commands::awk) fn compile_regex(source: &[u8], utf8: bool) -> Result<Rc<Regex>, &'static str> {
    let mut text = Vec::with_capacity(source.len());
    let mut at = 0;
    while let Some(&byte) = source.get(at) {
        at += 1;
        match (byte, source.get(at)) {
            (b'\\', Some(&letter @ (b'/' | b'"' | b'&'))) => {
                text.push(letter);
                at += 1;
            }
            (b'\\', Some(b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' | b'0'..=b'7')) => {
                let digits = source.get(at..).unwrap_or_default();
                let octal = digits.iter().take(3).take_while(|digit| (b'0'..=b'7').contains(digit)).count();
                let length = octal.max(1);
                let escape = source.get(at - 1..at + length).unwrap_or_default();
                for byte in unescape(escape) {
                    if b"^$.*[]\\+?(){}|".contains(&byte) {
                        text.push(b'\\');
                    }
                    text.push(byte);
                }
                at += length;
            }
            (b'\\', Some(&letter)) => {
                text.extend_from_slice(&[b'\\', letter]);
                at += 1;
            }
            _ => text.push(byte),
        }
    }
    let syntax = Syntax { dialect: Dialect::Grep, utf8, ..Syntax::extended() };
    Regex::new(&text, syntax).map(Rc::new).map_err(|error| error.message())
}
