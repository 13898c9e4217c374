//! The commands `s` and `y`, with their delimiters, and the expressions of `s` and of addresses.

use super::super::script::{Case, Op, Part, Substitution, Translation};
use super::super::text::{self, Escape};
use super::{Parse, Parser};
use crate::regex::{Dialect, Flavour, Newline, Regex, Syntax};
use bstr::ByteSlice;
use std::rc::Rc;

/// The options of `s`.
#[derive(Default)]
struct Flags {
    ignore_case: bool,
    lines: bool,
    print: bool,
    global: bool,
    number: Option<u64>,
}

impl Parser<'_> {
    pub(super) fn substitution(&mut self) -> Parse<Op> {
        let delimiter = self.delimiter('s')?;
        let texts = self.delimited(delimiter, true).and_then(|regex| Some((regex, self.replacement(delimiter)?)));
        let Some((source, replacement)) = texts else { return self.wrong("unterminated `s' command") };
        let mut flags = Flags::default();
        let mut output = None;
        loop {
            let once = |seen: &mut bool| !std::mem::replace(seen, true);
            let fault = match self.peek() {
                Some(b'i' | b'I') => {
                    flags.ignore_case = true;
                    None
                }
                Some(b'm' | b'M') => {
                    flags.lines = true;
                    None
                }
                Some(b'e') => Some("the option `e' of the `s' command is not supported here"),
                Some(b'p') => (!once(&mut flags.print)).then_some("multiple `p' options to `s' command"),
                Some(b'g') => (!once(&mut flags.global)).then_some("multiple `g' options to `s' command"),
                Some(b'0'..=b'9') if flags.number.is_some() => Some("multiple number options to `s' command"),
                Some(b'0'..=b'9') => {
                    let number = self.number();
                    flags.number = Some(number);
                    self.at -= 1;
                    (number == 0).then_some("number option to `s' command may not be zero")
                }
                Some(b'w') => {
                    self.at += 1;
                    let name = self.file_name()?;
                    output = Some(self.script.output(&name));
                    break;
                }
                Some(b'\n' | b';') => {
                    self.at += 1;
                    break;
                }
                None | Some(b'}' | b'#') => break,
                Some(b'\r') if self.piece.get(self.at + 1).is_none_or(|&byte| byte == b'\n') => {
                    self.at += 1;
                    break;
                }
                Some(byte) if byte.is_ascii_whitespace() => None,
                Some(_) => Some("unknown option to `s'"),
            };
            self.at += 1;
            if let Some(fault) = fault {
                return self.wrong(fault);
            }
        }
        let pattern = self.regex(&source, flags.ignore_case, flags.lines)?;
        let group = |part: &Part| if let Part::Group(group) = part { *group } else { 0 };
        let groups = replacement.iter().map(group).max().unwrap_or(0);
        if pattern.as_ref().is_some_and(|regex| regex.groups() < groups) {
            return self.wrong(&format!("invalid reference \\{groups} on `s' command's RHS"));
        }
        Ok(Op::Substitute(Box::new(Substitution {
            pattern,
            replacement,
            groups,
            global: flags.global,
            print: flags.print,
            number: flags.number.unwrap_or(1),
            output,
        })))
    }

    /// The replacement of `s`, up to its delimiter.
    fn replacement(&mut self, delimiter: u8) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        let mut text = Vec::new();
        loop {
            let byte = self.next()?;
            let part = match byte {
                _ if byte == delimiter => break,
                b'\n' => {
                    self.at -= 1;
                    return None;
                }
                b'&' => Part::Group(0),
                b'\\' => {
                    let letter = self.next()?;
                    match letter {
                        _ if letter == delimiter && letter != b'&' => {
                            text.push(letter);
                            continue;
                        }
                        b'0'..=b'9' => Part::Group(usize::from(letter - b'0')),
                        b'U' => Part::Case(Case::Upper),
                        b'L' => Part::Case(Case::Lower),
                        b'E' => Part::Case(Case::Plain),
                        b'u' => Part::Case(Case::UpperOne),
                        b'l' => Part::Case(Case::LowerOne),
                        _ => {
                            self.at -= 1;
                            let rest = self.piece.get(self.at..).unwrap_or_default();
                            match text::escape(rest) {
                                Some(Escape { byte, length }) => {
                                    text.push(byte);
                                    self.at += length;
                                }
                                None if letter == b'c' => {
                                    text.push(b'\\');
                                    self.at += 1;
                                }
                                None => {
                                    text.push(letter);
                                    self.at += 1;
                                }
                            }
                            continue;
                        }
                    }
                }
                byte => {
                    text.push(byte);
                    continue;
                }
            };
            if !text.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut text)));
            }
            parts.push(part);
        }
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        Some(parts)
    }

    pub(super) fn translation(&mut self) -> Parse<Op> {
        let delimiter = self.delimiter('y')?;
        let both = self.delimited_plain(delimiter).and_then(|from| Some((from, self.delimited_plain(delimiter)?)));
        let Some((from, to)) = both else { return self.wrong("unterminated `y' command") };
        let characters = |text: &[u8]| -> Vec<Vec<u8>> {
            if self.manner.utf8 {
                text.char_indices().map(|(from, to, _)| text.get(from..to).unwrap_or_default().to_vec()).collect()
            } else {
                text.iter().map(|&byte| vec![byte]).collect()
            }
        };
        let (from, to) = (characters(&from), characters(&to));
        if from.len() != to.len() {
            return self.wrong("strings for `y' command are different lengths");
        }
        let mut bytes = Box::new([0; 256]);
        for (byte, slot) in bytes.iter_mut().enumerate() {
            *slot = byte as u8;
        }
        let mut wide = Vec::new();
        for (from, to) in from.iter().zip(to) {
            match (from.as_slice(), to.as_slice()) {
                (&[one], &[other]) => {
                    if let Some(slot) = bytes.get_mut(usize::from(one)) {
                        *slot = other;
                    }
                }
                _ => wide.extend(from.chars().next().map(|from| (from, to))),
            }
        }
        Ok(Op::Translate(Box::new(Translation { bytes, wide })))
    }

    fn delimiter(&mut self, command: char) -> Parse<u8> {
        match self.next() {
            None | Some(b'\n' | b'\\') => self.wrong(&format!("unterminated `{command}' command")),
            Some(byte) if !byte.is_ascii() && self.manner.utf8 => {
                self.wrong("delimiter character is not a single-byte character")
            }
            Some(byte) => Ok(byte),
        }
    }

    /// What stands up to the delimiter, which is read too; a delimiter behind a backslash is itself. `None`
    /// when there is none.
    pub(super) fn delimited(&mut self, delimiter: u8, is_regex: bool) -> Option<Vec<u8>> {
        let mut text = Vec::new();
        loop {
            let byte = self.next()?;
            match byte {
                _ if byte == delimiter => return Some(text),
                b'\\' => {
                    let after = self.next()?;
                    if after == delimiter {
                        if !is_regex && after == b'&' {
                            text.push(b'\\');
                        }
                        text.push(after);
                    } else if is_regex && after == b'n' && delimiter != b'n' {
                        text.extend_from_slice(b"\\n");
                    } else {
                        text.extend_from_slice(&[b'\\', after]);
                    }
                }
                b'\n' if is_regex => {
                    self.at -= 1;
                    return None;
                }
                b'[' if is_regex => {
                    // A delimiter inside a bracket expression is a character of it.
                    let rest = self.piece.get(self.at..).unwrap_or_default();
                    text.push(b'[');
                    match text::bracket_length(rest) {
                        Some(length) => {
                            text.extend_from_slice(rest.get(..length).unwrap_or_default());
                            self.at += length;
                        }
                        None => {
                            self.at = self.piece.len();
                            return None;
                        }
                    }
                }
                b'\n' => {
                    self.at -= 1;
                    return None;
                }
                byte => text.push(byte),
            }
        }
    }

    /// A string of `y`: `\\`, `\n`, the delimiter and other escapes are resolved.
    fn delimited_plain(&mut self, delimiter: u8) -> Option<Vec<u8>> {
        let mut text = Vec::new();
        loop {
            let byte = self.next()?;
            match byte {
                _ if byte == delimiter => return Some(text),
                b'\\' => {
                    let letter = self.peek()?;
                    let rest = self.piece.get(self.at..).unwrap_or_default();
                    if letter == delimiter || letter == b'\\' {
                        text.push(letter);
                        self.at += 1;
                    } else if let Some(Escape { byte, length }) = text::escape(rest) {
                        text.push(byte);
                        self.at += length;
                    } else {
                        text.push(b'\\');
                    }
                }
                byte => text.push(byte),
            }
        }
    }

    /// Compiles an expression; `None` for an empty one.
    pub(super) fn regex(&self, text: &[u8], ignore_case: bool, lines: bool) -> Parse<Option<Rc<Regex>>> {
        if text.is_empty() {
            if ignore_case || lines {
                return self.wrong("no previous regular expression");
            }
            return Ok(None);
        }
        let syntax = Syntax {
            flavour: if self.manner.extended { Flavour::Extended } else { Flavour::Basic },
            dialect: Dialect::Sed,
            ignore_case,
            // Lines that end in NUL have no lines inside.
            newline: if lines && !self.manner.zero { Newline::Anchor } else { Newline::Ordinary },
            utf8: self.manner.utf8,
        };
        match Regex::new(&text::regex_source(text), syntax) {
            Ok(regex) => Ok(Some(Rc::new(regex))),
            Err(error) => self.wrong(error.message()),
        }
    }
}
