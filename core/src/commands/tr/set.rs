//! The two strings of `tr`: what they say, and the bytes that they stand for.

use crate::program::{quote, quote_locale};

/// How the sets are used.
#[derive(Clone, Copy)]
pub struct Wanted {
    /// The first stands for the bytes that are not in it.
    pub complement: bool,
    /// The first is mapped to the second.
    pub translate: bool,
    /// What is longer in the first is left out.
    pub truncate: bool,
}

/// A piece of a string.
enum Piece {
    Byte(u8),
    Range(u8, u8),
    Class(Class),
    Equivalents(u8),
    /// So many; `None`: until the first set's length.
    Repeat(u8, Option<usize>),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Alnum,
    Alpha,
    Blank,
    Cntrl,
    Digit,
    Graph,
    Lower,
    Print,
    Punct,
    Space,
    Upper,
    Xdigit,
}

impl Class {
    const NAMES: [(&'static [u8], Class); 12] = [
        (b"alnum", Class::Alnum),
        (b"alpha", Class::Alpha),
        (b"blank", Class::Blank),
        (b"cntrl", Class::Cntrl),
        (b"digit", Class::Digit),
        (b"graph", Class::Graph),
        (b"lower", Class::Lower),
        (b"print", Class::Print),
        (b"punct", Class::Punct),
        (b"space", Class::Space),
        (b"upper", Class::Upper),
        (b"xdigit", Class::Xdigit),
    ];

    fn has(self, byte: u8) -> bool {
        match self {
            Class::Alnum => byte.is_ascii_alphanumeric(),
            Class::Alpha => byte.is_ascii_alphabetic(),
            Class::Blank => matches!(byte, b' ' | b'\t'),
            Class::Cntrl => byte.is_ascii_control(),
            Class::Digit => byte.is_ascii_digit(),
            Class::Graph => byte.is_ascii_graphic(),
            Class::Lower => byte.is_ascii_lowercase(),
            Class::Print => matches!(byte, b' '..=b'~'),
            Class::Punct => byte.is_ascii_punctuation(),
            Class::Space => matches!(byte, b' ' | 9..=13),
            Class::Upper => byte.is_ascii_uppercase(),
            Class::Xdigit => byte.is_ascii_hexdigit(),
        }
    }

    fn is_case(self) -> bool {
        matches!(self, Class::Lower | Class::Upper)
    }
}

/// A string's pieces.
pub struct Set {
    pieces: Vec<Piece>,
}

/// What is wrong with a string.
type Message = Vec<u8>;

impl Set {
    /// The bytes of one or two strings, as long as each other where one is mapped to the other.
    pub fn pair(
        strings: &[Vec<u8>],
        wanted: Wanted,
        warnings: &mut Vec<Vec<u8>>,
    ) -> Result<(Vec<u8>, Vec<u8>), Message> {
        let mut sets = Vec::new();
        for string in strings {
            sets.push(Set::parse(string, warnings)?);
        }
        let mut sets = sets.into_iter();
        let first = sets.next().unwrap_or(Set { pieces: Vec::new() });
        if first.open_repeats() > 0 {
            return Err(b"the [c*] repeat construct may not appear in string1".to_vec());
        }
        let mut bytes = first.expand(0);
        let has_class = first.pieces.iter().any(|piece| matches!(piece, Piece::Class(_)));
        if wanted.complement {
            let mut is_member = [false; 256];
            for &byte in &bytes {
                if let Some(member) = is_member.get_mut(usize::from(byte)) {
                    *member = true;
                }
            }
            bytes = (0..=255).filter(|&byte: &u8| is_member.get(usize::from(byte)) == Some(&false)).collect();
        }
        let Some(second) = sets.next() else { return Ok((bytes, Vec::new())) };
        if second.open_repeats() > 1 {
            return Err(b"only one [c*] repeat construct may appear in string2".to_vec());
        }
        if !wanted.translate {
            if second.open_repeats() > 0 {
                return Err(b"the [c*] construct may appear in string2 only when translating".to_vec());
            }
            return Ok((bytes, second.expand(0)));
        }
        let targets = second.targets(&first, &mut bytes, wanted)?;
        if wanted.complement && has_class && !(targets.len() == bytes.len() && is_uniform(&targets)) {
            return Err(b"when translating with complemented character classes,\n\
                         string2 must map all characters in the domain to one"
                .to_vec());
        }
        Ok((bytes, targets))
    }

    /// The second string's bytes when the first one's are translated to them.
    fn targets(&self, first: &Set, bytes: &mut Vec<u8>, wanted: Wanted) -> Result<Vec<u8>, Message> {
        if self.pieces.iter().any(|piece| matches!(piece, Piece::Equivalents(_))) {
            return Err(b"[=c=] expressions may not appear in string2 when translating".to_vec());
        }
        if self.pieces.iter().any(|piece| matches!(piece, Piece::Class(class) if !class.is_case())) {
            return Err(b"when translating, the only character classes that may appear in\n\
                         string2 are 'upper' and 'lower'"
                .to_vec());
        }
        let known = self.expand(0).len();
        let fill = bytes.len().saturating_sub(known);
        if !wanted.complement {
            let starts = first.case_starts(0);
            if self.case_starts(fill).iter().any(|start| !starts.contains(start)) {
                return Err(b"misaligned [:upper:] and/or [:lower:] construct".to_vec());
            }
        }
        let mut targets = self.expand(fill);
        if bytes.len() > targets.len() {
            if wanted.truncate {
                bytes.truncate(targets.len());
            } else {
                let Some(&last) = targets.last() else {
                    return Err(b"when not truncating set1, string2 must be non-empty".to_vec());
                };
                if matches!(self.pieces.last(), Some(Piece::Class(_))) {
                    return Err(b"when translating with string1 longer than string2,\n\
                                 the latter string must not end with a character class"
                        .to_vec());
                }
                targets.resize(bytes.len(), last);
            }
        }
        Ok(targets)
    }

    fn open_repeats(&self) -> usize {
        self.pieces.iter().filter(|piece| matches!(piece, Piece::Repeat(_, None))).count()
    }

    /// All bytes; an open repeat gives `fill` of them.
    fn expand(&self, fill: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        for piece in &self.pieces {
            piece.expand(fill, &mut bytes);
        }
        bytes
    }

    /// Where the classes `upper` and `lower` start among the bytes.
    fn case_starts(&self, fill: usize) -> Vec<usize> {
        let (mut starts, mut bytes) = (Vec::new(), Vec::new());
        for piece in &self.pieces {
            if matches!(piece, Piece::Class(class) if class.is_case()) {
                starts.push(bytes.len());
            }
            piece.expand(fill, &mut bytes);
        }
        starts
    }

    fn parse(string: &[u8], warnings: &mut Vec<Vec<u8>>) -> Result<Set, Message> {
        let text = unescape(string, warnings);
        let is = |at: usize, byte: u8| text.get(at) == Some(&(byte, false));
        let mut pieces = Vec::new();
        let mut at = 0;
        while let Some(&(byte, _)) = text.get(at) {
            if is(at, b'[')
                && let Some((piece, next)) = bracket(&text, at)?
            {
                pieces.push(piece);
                at = next;
            } else if is(at + 1, b'-')
                && let Some(&(last, _)) = text.get(at + 2)
            {
                if last < byte {
                    let ends = [&show(byte)[..], b"-", &show(last)].concat();
                    return Err([
                        b"range-endpoints of ",
                        &quote(&ends)[..],
                        b" are in reverse collating sequence order",
                    ]
                    .concat());
                }
                pieces.push(Piece::Range(byte, last));
                at += 3;
            } else {
                pieces.push(Piece::Byte(byte));
                at += 1;
            }
        }
        Ok(Set { pieces })
    }
}

impl Piece {
    fn expand(&self, fill: usize, bytes: &mut Vec<u8>) {
        match *self {
            Piece::Byte(byte) | Piece::Equivalents(byte) => bytes.push(byte),
            Piece::Range(first, last) => bytes.extend(first..=last),
            Piece::Class(class) => bytes.extend((0..=255).filter(|&byte| class.has(byte))),
            // More than one for each byte of the first set is never used.
            Piece::Repeat(byte, count) => {
                bytes.extend(std::iter::repeat_n(byte, count.unwrap_or(fill).min(REPEATS_MAX)));
            }
        }
    }
}

/// Copies in a set that can matter: one for each byte.
const REPEATS_MAX: usize = 256;

fn is_uniform(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| Some(byte) == bytes.first())
}

/// A byte as messages show it.
fn show(byte: u8) -> Vec<u8> {
    if byte.is_ascii_graphic() || byte == b' ' { vec![byte] } else { format!("\\{byte:03o}").into_bytes() }
}

/// A class, an equivalence class or a repeat that starts at this bracket, and where it ends.
fn bracket(text: &[(u8, bool)], at: usize) -> Result<Option<(Piece, usize)>, Message> {
    let is = |at: usize, byte: u8| text.get(at) == Some(&(byte, false));
    for kind in [b':', b'='] {
        if !is(at + 1, kind) {
            continue;
        }
        let Some(close) = (at + 2..text.len()).find(|&close| is(close, kind) && is(close + 1, b']')) else {
            continue;
        };
        let name: Vec<u8> = text.get(at + 2..close).unwrap_or_default().iter().map(|&(byte, _)| byte).collect();
        let is_repeat = || matches!(repeat(text, at), Ok(Some(_)));
        let piece = match (kind, name.as_slice()) {
            (b':', []) => return Err(b"missing character class name '[::]'".to_vec()),
            (_, []) => return Err(b"missing equivalence class character '[==]'".to_vec()),
            (b':', name) => match Class::NAMES.iter().find(|(known, _)| *known == name) {
                Some((_, class)) => Piece::Class(*class),
                None if is_repeat() => break,
                None => return Err([b"invalid character class ", &quote_locale(name)[..]].concat()),
            },
            (_, [byte]) => Piece::Equivalents(*byte),
            (_, _) if is_repeat() => break,
            (_, name) => {
                return Err([name, b": equivalence class operand must be a single character"].concat());
            }
        };
        return Ok(Some((piece, close + 2)));
    }
    repeat(text, at)
}

/// `[c*n]` at this bracket.
fn repeat(text: &[(u8, bool)], at: usize) -> Result<Option<(Piece, usize)>, Message> {
    let is = |at: usize, byte: u8| text.get(at) == Some(&(byte, false));
    let (Some(&(byte, _)), true) = (text.get(at + 1), is(at + 2, b'*')) else { return Ok(None) };
    let Some(close) = (at + 3..text.len()).find(|&close| is(close, b']')) else { return Ok(None) };
    let digits: Vec<u8> = text.get(at + 3..close).unwrap_or_default().iter().map(|&(byte, _)| byte).collect();
    let radix = if digits.starts_with(b"0") { 8 } else { 10 };
    let count = match digits.as_slice() {
        [] => Some(0),
        digits if digits.iter().all(|&digit| char::from(digit).is_digit(radix)) => {
            let text = std::str::from_utf8(digits).unwrap_or_default();
            usize::from_str_radix(text, radix).ok()
        }
        _ => None,
    };
    match count {
        Some(count) => Ok(Some((Piece::Repeat(byte, (count > 0).then_some(count)), close + 1))),
        None => Err([b"invalid repeat count ", &quote_locale(&digits)[..], b" in [c*n] construct"].concat()),
    }
}

/// The bytes of a string, each with whether a backslash took its special meaning away.
fn unescape(string: &[u8], warnings: &mut Vec<Vec<u8>>) -> Vec<(u8, bool)> {
    let mut text = Vec::new();
    let mut rest = string.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            text.push((byte, false));
            continue;
        }
        let Some(letter) = rest.next() else {
            warnings.push(b"an unescaped backslash at end of string is not portable".to_vec());
            text.push((b'\\', false));
            break;
        };
        let byte = match letter {
            b'a' => 7,
            b'b' => 8,
            b'f' => 12,
            b'n' => 10,
            b'r' => 13,
            b't' => 9,
            b'v' => 11,
            b'0'..=b'7' => {
                let mut value = u32::from(letter - b'0');
                for digits in 2..=3 {
                    let Some(&digit) = rest.peek().filter(|digit| (b'0'..=b'7').contains(digit)) else { break };
                    let more = value * 8 + u32::from(digit - b'0');
                    if more > 255 {
                        let (octal, digit) = (format!("\\{value:0width$o}", width = digits - 1), digit - b'0');
                        let message = format!(
                            "the ambiguous octal escape {octal}{digit} is being\n\tinterpreted as the 2-byte sequence \\0{value:o}, {digit}"
                        );
                        warnings.push(message.into_bytes());
                        break;
                    }
                    value = more;
                    rest.next();
                }
                u8::try_from(value).unwrap_or_default()
            }
            other => other,
        };
        text.push((byte, true));
    }
    text
}
