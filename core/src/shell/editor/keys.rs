//! Bytes of a terminal's keyboard to keys: control characters, UTF-8, the escape sequences of the keys
//! that have a name, and pasted text.

use crate::abi::limits::EDITOR_LINE_BYTES_MAX;

/// What is on a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Key {
    /// A character.
    Char(char),
    /// A byte that is part of no character.
    Byte(u8),
    /// A control character, as the byte that it is.
    Control(u8),
    /// One of the keys with names.
    Named(Named),
}

/// Keys that send an escape sequence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "what is printed on the keys")]
pub enum Named {
    Up,
    Down,
    Right,
    Left,
    Home,
    End,
    Insert,
    Delete,
    PageUp,
    PageDown,
    BackTab,
}

/// A key with what was held down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stroke {
    /// The key.
    pub key: Key,
    /// With Alt, or after Escape.
    pub meta: bool,
    /// With Control; only of named keys, since others become [`Key::Control`].
    pub ctrl: bool,
}

impl Stroke {
    const fn plain(key: Key) -> Stroke {
        Stroke { key, meta: false, ctrl: false }
    }
}

/// What the keyboard sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Typed {
    /// A key.
    Stroke(Stroke),
    /// Text between the marks of bracketed paste; line ends are newlines.
    Paste(Vec<u8>),
}

/// Bytes of an escape sequence's parameters that are looked at; a longer one is no key.
const PARAMETERS_BYTES_MAX: usize = 32;
const ESCAPE: u8 = 0x1b;
const PASTE_END: &[u8] = b"\x1b[201~";

/// Where in a sequence of bytes the next one stands.
#[derive(Default)]
enum State {
    #[default]
    Ground,
    /// After ESC; `meta` if after two of them.
    Escape { meta: bool },
    /// After `ESC [` or `ESC O`, with the parameters so far.
    Sequence { meta: bool, introducer: u8, parameters: Vec<u8> },
    /// After `ESC [ [`, as the Linux console begins its function keys.
    Console,
    /// In a character of several bytes.
    Utf8 { meta: bool, bytes: [u8; 4], len: usize },
    /// In pasted text.
    Paste(Vec<u8>),
}

/// Turns bytes into keys, whatever pieces they come in.
#[derive(Default)]
pub struct Decoder {
    state: State,
    literal_next: bool,
}

impl Decoder {
    /// The next byte is taken for itself and begins no escape sequence.
    pub fn take_next_literally(&mut self) {
        self.literal_next = true;
    }

    /// Takes one byte, and gives what it completes to `typed`. At most the last one given is not a
    /// [`Key::Byte`].
    pub fn push(&mut self, byte: u8, typed: &mut Vec<Typed>) {
        let mut stroke = |key, meta, ctrl| typed.push(Typed::Stroke(Stroke { key, meta, ctrl }));
        if std::mem::take(&mut self.literal_next) && byte.is_ascii() {
            self.state = State::Ground;
            return stroke(Key::Control(byte), false, false);
        }
        self.state = match std::mem::take(&mut self.state) {
            State::Ground => return self.begin(byte, false, typed),
            State::Escape { meta } => match byte {
                b'[' | b'O' => State::Sequence { meta, introducer: byte, parameters: Vec::new() },
                ESCAPE => State::Escape { meta: true },
                _ => return self.begin(byte, true, typed),
            },
            State::Sequence { introducer: b'[', parameters, .. } if byte == b'[' && parameters.is_empty() => {
                State::Console
            }
            State::Console => State::Ground,
            State::Sequence { meta, introducer, mut parameters } => match byte {
                0x20..0x40 => {
                    if parameters.len() <= PARAMETERS_BYTES_MAX {
                        parameters.push(byte);
                    }
                    State::Sequence { meta, introducer, parameters }
                }
                b'~' if introducer == b'[' && parameters == b"200" => State::Paste(Vec::new()),
                0x40..0x7f => {
                    if let Some(named) = named_key(introducer, &parameters, byte) {
                        stroke(named.key, named.meta || meta, named.ctrl);
                    }
                    State::Ground
                }
                // No sequence after all: what came before is lost, this byte is not.
                _ => return self.begin(byte, false, typed),
            },
            State::Utf8 { meta, mut bytes, mut len } => {
                if let Some(place) = bytes.get_mut(len) {
                    *place = byte;
                }
                len += 1;
                let so_far = bytes.get(..len).unwrap_or(&bytes);
                match std::str::from_utf8(so_far) {
                    Ok(text) => {
                        if let Some(char) = text.chars().next() {
                            stroke(Key::Char(char), meta, false);
                        }
                        State::Ground
                    }
                    Err(error) if error.error_len().is_none() => State::Utf8 { meta, bytes, len },
                    Err(_) => {
                        for &broken in bytes.iter().take(len - 1) {
                            stroke(Key::Byte(broken), false, false);
                        }
                        return self.begin(byte, false, typed);
                    }
                }
            }
            State::Paste(mut text) => {
                text.push(byte);
                if text.ends_with(PASTE_END) {
                    text.truncate(text.len() - PASTE_END.len());
                    typed.push(Typed::Paste(newlines(&text)));
                    State::Ground
                } else {
                    if text.len() > EDITOR_LINE_BYTES_MAX + PASTE_END.len() {
                        // Keep the tail, in which the end mark may have begun; the editor refuses the rest.
                        text.remove(EDITOR_LINE_BYTES_MAX);
                    }
                    State::Paste(text)
                }
            }
        };
    }

    /// A byte that continues nothing.
    fn begin(&mut self, byte: u8, meta: bool, typed: &mut Vec<Typed>) {
        let key = match byte {
            ESCAPE => {
                self.state = State::Escape { meta: false };
                return;
            }
            0..0x20 | 0x7f => Key::Control(byte),
            0x20..0x7f => Key::Char(char::from(byte)),
            0xc2..0xf5 => {
                self.state = State::Utf8 { meta, bytes: [byte, 0, 0, 0], len: 1 };
                return;
            }
            _ => Key::Byte(byte),
        };
        self.state = State::Ground;
        typed.push(Typed::Stroke(Stroke { key, meta, ctrl: false }));
    }
}

/// The key of a complete sequence (xterm, VT220, rxvt, the Linux console), if it is one with a name here.
fn named_key(introducer: u8, parameters: &[u8], last: u8) -> Option<Stroke> {
    let mut numbers = parameters.split(|&byte| byte == b';').map(|digits| {
        let digits = std::str::from_utf8(digits).unwrap_or_default();
        digits.parse::<u32>().ok()
    });
    let first = numbers.next().flatten();
    let second = numbers.next().flatten();
    let named = match (last, first) {
        (b'A', _) => Named::Up,
        (b'B', _) => Named::Down,
        (b'C', _) => Named::Right,
        (b'D', _) => Named::Left,
        (b'H', _) | (b'~', Some(1 | 7)) => Named::Home,
        (b'F', _) | (b'~', Some(4 | 8)) => Named::End,
        (b'~', Some(2)) => Named::Insert,
        (b'~', Some(3)) => Named::Delete,
        (b'~', Some(5)) => Named::PageUp,
        (b'~', Some(6)) => Named::PageDown,
        (b'Z', _) => Named::BackTab,
        // The keypad's Enter in application mode.
        (b'M', None) if introducer == b'O' => return Some(Stroke::plain(Key::Control(b'\r'))),
        _ => return None,
    };
    // `ESC O 5 C` and `ESC [ 5 C` are older forms of `ESC [ 1 ; 5 C`.
    let held = second.or(first.filter(|_| last != b'~')).unwrap_or(1).saturating_sub(1);
    Some(Stroke { key: Key::Named(named), meta: held & 0b1010 != 0, ctrl: held & 0b100 != 0 })
}

/// Terminals send carriage returns for line ends.
fn newlines(text: &[u8]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(text.len());
    for (index, &byte) in text.iter().enumerate() {
        match byte {
            b'\r' => lines.push(b'\n'),
            b'\n' if index > 0 && text.get(index - 1) == Some(&b'\r') => {}
            _ => lines.push(byte),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys, written `M-` for Alt, `C-` for Control, `^X` for control characters.
    #[track_caller]
    fn check(bytes: &[u8], keys: &str) {
        let mut decoder = Decoder::default();
        let mut typed = Vec::new();
        for &byte in bytes {
            decoder.push(byte, &mut typed);
        }
        let names: Vec<String> = typed.iter().map(name).collect();
        assert_eq!(names.join(" "), keys, "{}", bytes.escape_ascii());
    }

    fn name(typed: &Typed) -> String {
        match typed {
            Typed::Paste(text) => format!("<{}>", text.escape_ascii()),
            Typed::Stroke(Stroke { key, meta, ctrl }) => {
                let key = match key {
                    Key::Char(char) => char.to_string(),
                    Key::Byte(byte) => format!("{byte:x}"),
                    Key::Control(byte) => format!("^{}", char::from(byte ^ 0x40)),
                    Key::Named(named) => format!("{named:?}"),
                };
                format!("{}{}{key}", if *meta { "M-" } else { "" }, if *ctrl { "C-" } else { "" })
            }
        }
    }

    #[test]
    fn plain_keys() {
        check(b"a~ \x01\x7f\r", "a ~   ^A ^? ^M");
        check("é漢😀".as_bytes(), "é 漢 😀");
        check(b"\xc3(\xff\xe6\xbcx\xe6\xbc\xe6\xbc\xa2\x80", "c3 ( ff e6 bc x e6 bc 漢 80");
        check(b"\xf0\x9f\x98\xf0\x9f\x98\x80", "f0 9f 98 😀");
        check(b"\xed\xa0\x80", "ed a0 80");
    }

    #[test]
    fn meta_keys() {
        check(b"\x1bb\x1bB\x1b\x7f\x1b\x08\x1b\r", "M-b M-B M-^? M-^H M-^M");
        check("\x1bé".as_bytes(), "M-é");
        check(b"\x1b\x1b[D\x1b\x1bb", "M-Left M-b");
        check(b"\x1b", "");
    }

    #[test]
    fn named_keys() {
        check(b"\x1b[A\x1b[B\x1b[C\x1b[D\x1bOA\x1bOB\x1bOC\x1bOD", "Up Down Right Left Up Down Right Left");
        check(b"\x1b[H\x1b[F\x1bOH\x1bOF\x1b[1~\x1b[4~\x1b[7~\x1b[8~", "Home End Home End Home End Home End");
        check(b"\x1b[2~\x1b[3~\x1b[5~\x1b[6~\x1b[Z", "Insert Delete PageUp PageDown BackTab");
        check(b"\x1b[1;5C\x1b[1;3D\x1b[1;2A\x1b[1;7D\x1b[3;5~", "C-Right M-Left Up M-C-Left C-Delete");
        check(b"\x1b[5C\x1bO5D\x1bOM", "C-Right C-Left ^M");
    }

    #[test]
    fn unknown_sequences_are_passed_over() {
        check(b"\x1b[24~\x1bOP\x1b[15~a\x1b[[Ab\x1b[99;99xc\x1b[?1;2cd", "a b c d");
        check(b"\x1b[1;\x03x", "^C x");
        check(&[b"\x1b[".as_slice(), &[b'1'; 5000], b"~x"].concat(), "x");
    }

    #[test]
    fn pasted_text() {
        check(b"a\x1b[200~b\rc\nd\r\ne\tf\x03\x1b[31m\x1b[201~g", r"a <b\nc\nd\ne\tf\x03\x1b[31m> g");
        check(b"\x1b[200~never ends\x1b[201", "");
        let mut decoder = Decoder::default();
        let mut typed = Vec::new();
        for &byte in
            [b"\x1b[200~".as_slice(), &vec![b'x'; EDITOR_LINE_BYTES_MAX + 99], PASTE_END].concat().iter()
        {
            decoder.push(byte, &mut typed);
        }
        assert!(matches!(&typed[..], [Typed::Paste(text)] if text.len() >= EDITOR_LINE_BYTES_MAX));
    }
}
