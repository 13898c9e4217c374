//! The words of an awk program.

/// A word.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Token {
    Newline,
    End,
    Number(f64),
    Text(Vec<u8>),
    Regex(Vec<u8>),
    Name(Vec<u8>),
    /// A name right before a parenthesis.
    Call(Vec<u8>),
    Builtin(&'static str),
    Keyword(&'static str),
    /// An operator or punctuation.
    Sign(&'static str),
}

const KEYWORDS: [&str; 18] = [
    "BEGIN", "END", "function", "func", "if", "else", "while", "for", "do", "break", "continue", "next", "nextfile",
    "exit", "return", "delete", "in", "getline",
];
const STATEMENTS: [&str; 2] = ["print", "printf"];
const BUILTINS: [&str; 22] = [
    "atan2", "close", "cos", "exp", "fflush", "gsub", "index", "int", "length", "log", "match", "rand", "sin", "split",
    "sprintf", "sqrt", "srand", "sub", "substr", "system", "tolower", "toupper",
];
const SIGNS: [&str; 43] = [
    "**=", "&&", "||", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "**", "==", "<=", ">=", "!=", "!~", ">>", "{",
    "}", "(", ")", "[", "]", ";", ",", "+", "-", "*", "/", "%", "^", "!", ">", "<", "|", "?", ":", "~", "$", "=", "&",
    "@",
];

/// Reads words.
pub(super) struct Lexer<'a> {
    text: &'a [u8],
    at: usize,
    /// The line of the word that was read last, from 1.
    pub(super) line: usize,
    /// Where that word began.
    pub(super) start: usize,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a [u8]) -> Lexer<'a> {
        Lexer { text, at: 0, line: 1, start: 0 }
    }

    /// The text of the word that was read last, for messages.
    pub(super) fn shown(&self) -> &'a [u8] {
        self.text.get(self.start..self.at).unwrap_or_default()
    }

    /// What is not read yet.
    pub(super) fn rest(&self) -> &'a [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// The next word. A `/` begins an expression where a value may stand. The error is a message.
    pub(super) fn next(&mut self, value_expected: bool) -> Result<Token, String> {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\r') => self.at += 1,
                Some(b'\\') if self.text.get(self.at + 1) == Some(&b'\n') => {
                    self.at += 2;
                    self.line += 1;
                }
                Some(b'\\') if self.text.get(self.at + 1..self.at + 3) == Some(b"\r\n") => {
                    self.at += 3;
                    self.line += 1;
                }
                Some(b'#') => {
                    while self.peek().is_some_and(|byte| byte != b'\n') {
                        self.at += 1;
                    }
                }
                _ => break,
            }
        }
        self.start = self.at;
        let Some(byte) = self.peek() else { return Ok(Token::End) };
        match byte {
            b'\n' => {
                self.at += 1;
                self.line += 1;
                Ok(Token::Newline)
            }
            b'"' => self.text(),
            b'/' if value_expected => self.regex(),
            b'0'..=b'9' | b'.' => self.number(),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                let rest = self.text.get(self.at..).unwrap_or_default();
                let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
                let name = rest.get(..length).unwrap_or_default();
                self.at += length;
                let among = |words: &[&'static str]| words.iter().copied().find(|word| word.as_bytes() == name);
                if let Some(word) = among(&KEYWORDS).or_else(|| among(&STATEMENTS)) {
                    return Ok(Token::Keyword(if word == "func" { "function" } else { word }));
                }
                if let Some(word) = among(&BUILTINS) {
                    return Ok(Token::Builtin(word));
                }
                let name = name.to_vec();
                Ok(if self.peek() == Some(b'(') { Token::Call(name) } else { Token::Name(name) })
            }
            _ => {
                let rest = self.text.get(self.at..).unwrap_or_default();
                match SIGNS.iter().find(|sign| rest.starts_with(sign.as_bytes())) {
                    Some(sign) => {
                        self.at += sign.len();
                        Ok(Token::Sign(match *sign {
                            "**" => "^",
                            "**=" => "^=",
                            sign => sign,
                        }))
                    }
                    None => {
                        self.at += 1;
                        Err(format!("unexpected character '{}'", char::from(byte)))
                    }
                }
            }
        }
    }

    fn number(&mut self) -> Result<Token, String> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = super::value::number_length(rest);
        if length == 0 {
            self.at += 1;
            return Err("syntax error at or near .".to_owned());
        }
        self.at += length;
        Ok(Token::Number(super::value::parse_number(rest.get(..length).unwrap_or_default())))
    }

    fn text(&mut self) -> Result<Token, String> {
        let from = self.at + 1;
        self.at += 1;
        loop {
            match self.peek() {
                None | Some(b'\n') => {
                    let shown = String::from_utf8_lossy(self.text.get(from..self.at).unwrap_or_default()).into_owned();
                    return Err(format!("runaway string constant \"{shown} ..."));
                }
                Some(b'"') => break,
                Some(b'\\') => self.at += 2,
                Some(_) => self.at += 1,
            }
        }
        let text = self.text.get(from..self.at).unwrap_or_default();
        self.at += 1;
        self.line += memchr::memchr_iter(b'\n', text).count();
        Ok(Token::Text(unescape(text)))
    }

    fn regex(&mut self) -> Result<Token, String> {
        let from = self.at + 1;
        self.at += 1;
        let mut in_brackets = None;
        loop {
            match self.peek() {
                None | Some(b'\n') => {
                    let shown = String::from_utf8_lossy(self.text.get(from..self.at).unwrap_or_default()).into_owned();
                    return Err(format!("runaway regular expression /{shown} ..."));
                }
                Some(b'/') if in_brackets.is_none() => break,
                Some(b'\\') => self.at += 1,
                Some(b'[') if in_brackets.is_none() => {
                    in_brackets = Some(self.at);
                    if self.text.get(self.at + 1) == Some(&b'^') {
                        self.at += 1;
                    }
                    if self.text.get(self.at + 1) == Some(&b']') {
                        self.at += 1;
                    }
                }
                Some(b'[') if self.text.get(self.at + 1) == Some(&b':') => {
                    let rest = self.text.get(self.at..).unwrap_or_default();
                    self.at += rest.windows(2).position(|pair| pair == b":]").map_or(0, |close| close + 1);
                }
                Some(b']') => in_brackets = None,
                Some(_) => {}
            }
            self.at += 1;
        }
        let text = self.text.get(from..self.at).unwrap_or_default().to_vec();
        self.at += 1;
        Ok(Token::Regex(text))
    }
}

/// Resolves the escapes of a text.
pub(super) fn unescape(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        at += 1;
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let Some(&letter) = text.get(at) else {
            out.push(b'\\');
            break;
        };
        at += 1;
        match letter {
            b'"' | b'\\' | b'/' => out.push(letter),
            b'a' => out.push(7),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'v' => out.push(11),
            b'\n' => {}
            b'0'..=b'7' => {
                let digits = text.get(at - 1..).unwrap_or_default();
                let count = digits.iter().take(3).take_while(|digit| (b'0'..=b'7').contains(digit)).count();
                let value =
                    digits.iter().take(count).fold(0_u32, |value, digit| value * 8 + u32::from(digit.wrapping_sub(b'0')));
                out.push(value as u8);
                at += count - 1;
            }
            other => out.extend_from_slice(&[b'\\', other]),
        }
    }
    out
}
