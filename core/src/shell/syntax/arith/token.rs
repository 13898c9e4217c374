//! The tokens of an expression: names, constants, operators and how tightly they bind.

use super::parser::{ArithParser, Read};
use super::{ArithBinary, PLACEHOLDER};
use crate::shell::syntax::ast::Name;
use crate::shell::syntax::token::{closing, is_name_byte, starts_name};

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Token {
    Number(i64),
    /// A name, or an element with its key's place in the text.
    Name(Name, Option<(usize, usize)>),
    Expansion(usize),
    Binary(ArithBinary),
    /// `=`, or an operator with `=` behind it.
    Assign(Option<ArithBinary>),
    AndAnd,
    OrOr,
    Not,
    Complement,
    /// `++` or `--` before or behind a name; true for `--`.
    Step(bool),
    Question,
    Colon,
    Comma,
    Open,
    Close,
    End,
}

/// How tightly operators bind: those of one number form a chain.
pub(super) fn precedence(token: &Token) -> Option<u8> {
    use ArithBinary::*;
    Some(match token {
        Token::OrOr => 1,
        Token::AndAnd => 2,
        Token::Binary(operator) => match operator {
            Or => 3,
            Xor => 4,
            And => 5,
            Equal | NotEqual => 6,
            Less | LessEqual | Greater | GreaterEqual => 7,
            ShiftLeft | ShiftRight => 8,
            Add | Subtract => 9,
            Multiply | Divide | Remainder => 10,
            Power => 11,
        },
        _ => return None,
    })
}

impl ArithParser<'_> {
    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.get(self.at + ahead).copied()
    }

    /// The first byte behind `ahead` bytes and blanks.
    fn byte_behind_blanks(&self, ahead: usize) -> Option<u8> {
        let rest = self.text.get(self.at + ahead..).unwrap_or_default();
        rest.iter().copied().find(|byte| !byte.is_ascii_whitespace())
    }

    /// Reads the next token.
    pub(super) fn advance(&mut self) -> Read<()> {
        let after_name = matches!(self.token, Token::Name(..));
        let after_operand =
            after_name || matches!(self.token, Token::Number(_) | Token::Expansion(_) | Token::Close);
        while self.byte(0).is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
        self.after_name = after_name;
        let Some(byte) = self.byte(0) else {
            self.token = Token::End;
            return Ok(());
        };
        self.start = self.at;
        self.token = if starts_name(byte) {
            self.name()?
        } else if byte.is_ascii_digit() {
            self.number()?
        } else if byte == PLACEHOLDER {
            self.expansion()?
        } else {
            self.operator(byte, after_operand)?
        };
        Ok(())
    }

    fn take_while(&mut self, wanted: impl Fn(u8) -> bool) -> &[u8] {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest.iter().take_while(|byte| wanted(**byte)).count();
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn name(&mut self) -> Read<Token> {
        let name: Name = self.take_while(is_name_byte).into();
        if self.byte(0) == Some(PLACEHOLDER) {
            return self.fail("syntax error in expression");
        }
        if self.byte(0) != Some(b'[') {
            return Ok(Token::Name(name, None));
        }
        let from = self.at + 1;
        let inside = self.text.get(from..).unwrap_or_default();
        let Some(length) = closing(inside, b'[', b']', false) else {
            return self.fail("bad array subscript");
        };
        self.at = from + length + 1;
        Ok(Token::Name(name, Some((from, length))))
    }

    fn number(&mut self) -> Read<Token> {
        let digits = self.take_while(|byte| is_name_byte(byte) || matches!(byte, b'#' | b'@'));
        let value = constant(digits);
        if self.byte(0) == Some(PLACEHOLDER) {
            return self.fail("syntax error in expression");
        }
        value.map(Token::Number).or_else(|message| {
            // bash shows the text only as far as it has read.
            self.text = self.text.get(..self.at).unwrap_or_default();
            self.fail(message)
        })
    }

    /// A part that is still to be expanded, standing apart from what could be the same operand.
    fn expansion(&mut self) -> Read<Token> {
        self.at += 1;
        let joined = match self.byte(0) {
            Some(byte) => is_name_byte(byte) || matches!(byte, PLACEHOLDER | b'#' | b'@' | b'[' | b'.'),
            None => false,
        };
        let index = self.expanded;
        self.expanded += 1;
        match self.expansions.get(index) {
            Some(part) if !joined => Ok(Token::Expansion(*part)),
            _ => self.fail("syntax error in expression"),
        }
    }

    fn operator(&mut self, byte: u8, after_operand: bool) -> Read<Token> {
        use ArithBinary::*;
        let (second, third) = (self.byte(1), self.byte(2));
        if matches!(byte, b'+' | b'-') && second == Some(byte) {
            let next = self.byte_behind_blanks(2);
            let of_expansion = next == Some(PLACEHOLDER) || matches!(self.token, Token::Expansion(_));
            if of_expansion {
                return self.fail("syntax error in expression");
            }
            if self.after_name || next.is_some_and(starts_name) {
                self.at += 2;
                return Ok(Token::Step(byte == b'-'));
            }
        }
        let (token, length) = match (byte, second) {
            (b'&', Some(b'&')) => (Token::AndAnd, 2),
            (b'|', Some(b'|')) => (Token::OrOr, 2),
            (b'=', Some(b'=')) => (Token::Binary(Equal), 2),
            (b'!', Some(b'=')) => (Token::Binary(NotEqual), 2),
            (b'<', Some(b'=')) => (Token::Binary(LessEqual), 2),
            (b'>', Some(b'=')) => (Token::Binary(GreaterEqual), 2),
            (b'<', Some(b'<')) if third == Some(b'=') => (Token::Assign(Some(ShiftLeft)), 3),
            (b'>', Some(b'>')) if third == Some(b'=') => (Token::Assign(Some(ShiftRight)), 3),
            (b'<', Some(b'<')) => (Token::Binary(ShiftLeft), 2),
            (b'>', Some(b'>')) => (Token::Binary(ShiftRight), 2),
            (b'*', Some(b'*')) => (Token::Binary(Power), 2),
            (b'=', _) => (Token::Assign(None), 1),
            (b'!', _) => (Token::Not, 1),
            (b'~', _) => (Token::Complement, 1),
            (b'?', _) => (Token::Question, 1),
            (b':', _) => (Token::Colon, 1),
            (b',', _) => (Token::Comma, 1),
            (b'(', _) => (Token::Open, 1),
            (b')', _) => (Token::Close, 1),
            (b'<', _) => (Token::Binary(Less), 1),
            (b'>', _) => (Token::Binary(Greater), 1),
            (byte, second) => {
                let operator = match byte {
                    b'|' => Or,
                    b'^' => Xor,
                    b'&' => And,
                    b'+' => Add,
                    b'-' => Subtract,
                    b'*' => Multiply,
                    b'/' => Divide,
                    b'%' => Remainder,
                    _ if after_operand => return self.fail("syntax error: invalid arithmetic operator"),
                    _ => return self.fail("syntax error: operand expected"),
                };
                match second {
                    Some(b'=') => (Token::Assign(Some(operator)), 2),
                    _ => (Token::Binary(operator), 1),
                }
            }
        };
        self.at += length;
        Ok(token)
    }
}

/// The value of a constant: decimal, octal behind `0`, hexadecimal behind `0x`, or `base#digits`. The value wraps.
pub fn constant(text: &[u8]) -> Result<i64, &'static str> {
    let (radix, digits) = match text {
        [b'0', b'x' | b'X', digits @ ..] => (16, digits),
        [b'0', digits @ ..] if !digits.is_empty() => (8, digits),
        text => match text.iter().position(|byte| *byte == b'#') {
            None => (10, text),
            Some(mark) => {
                let (base, digits) = text.split_at(mark);
                let base = digits_value(base, 10)?;
                if !(2..=64).contains(&base) {
                    return Err("invalid arithmetic base");
                }
                match digits.get(1..).unwrap_or_default() {
                    [] => return Err("invalid integer constant"),
                    digits => (base, digits),
                }
            }
        },
    };
    digits_value(digits, radix)
}

fn digits_value(digits: &[u8], radix: i64) -> Result<i64, &'static str> {
    let mut value = 0_i64;
    for byte in digits {
        let digit = match byte {
            b'0'..=b'9' => i64::from(byte - b'0'),
            b'a'..=b'z' => i64::from(byte - b'a') + 10,
            b'A'..=b'Z' if radix <= 36 => i64::from(byte - b'A') + 10,
            b'A'..=b'Z' => i64::from(byte - b'A') + 36,
            b'@' => 62,
            b'_' => 63,
            _ => return Err("invalid number"),
        };
        if digit >= radix {
            return Err("value too great for base");
        }
        value = value.wrapping_mul(radix).wrapping_add(digit);
    }
    Ok(value)
}
