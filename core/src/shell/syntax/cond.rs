//! The conditional command `[[ … ]]`.

use super::SyntaxErrorKind;
use super::ast::{CommandKind, CondBinary, CondExpr, CondOperator, Word};
use super::parser::{Parse, Parser};
use super::print;
use super::token::{Mode, Operator, Token, bare};

/// The unary operators: files, strings, options, variables.
const UNARY: &[u8] = b"abcdefghknoprstuvwxzGLNORS";

impl Parser<'_> {
    /// Reads `[[ expression ]]`.
    pub(super) fn cond_command(&mut self) -> Parse<CommandKind> {
        let line = self.token_line;
        self.skip();
        let expression = self.cond_or()?;
        match self.cond_token()? {
            token if token.bare_word() == Some(b"]]") => {}
            Token::End => {
                let message = b"unexpected EOF while looking for `]]'".to_vec();
                return self.fail(SyntaxErrorKind::Incomplete, vec![message], line);
            }
            Token::Word(_) => return self.cond_error("syntax error in conditional expression", ""),
            _ => return self.cond_error("syntax error in conditional expression: unexpected token ", ""),
        }
        self.skip();
        Ok(CommandKind::Cond(Box::new(expression)))
    }

    /// Looks at the next token of an expression, where newlines do not count.
    fn cond_token(&mut self) -> Parse<&Token> {
        self.skip_newlines(Mode::Condition)?;
        self.peek(Mode::Condition)
    }

    /// Whether this operator comes next.
    fn at_cond(&mut self, operator: Operator) -> Parse<bool> {
        Ok(matches!(self.cond_token()?, Token::Operator(found) if *found == operator))
    }

    fn cond_or(&mut self) -> Parse<CondExpr> {
        let first = self.cond_and()?;
        if !self.at_cond(Operator::OrOr)? {
            return Ok(first);
        }
        let mut operands = vec![first];
        while self.at_cond(Operator::OrOr)? {
            self.skip();
            operands.push(self.cond_and()?);
        }
        Ok(CondExpr::Or(operands))
    }

    fn cond_and(&mut self) -> Parse<CondExpr> {
        let first = self.cond_term()?;
        if !self.at_cond(Operator::AndAnd)? {
            return Ok(first);
        }
        let mut operands = vec![first];
        while self.at_cond(Operator::AndAnd)? {
            self.skip();
            operands.push(self.cond_term()?);
        }
        Ok(CondExpr::And(operands))
    }

    /// Reads one test, a negation, or an expression in parentheses.
    fn cond_term(&mut self) -> Parse<CondExpr> {
        self.cond_token()?;
        if self.at_word(b"!")? {
            self.skip();
            self.enter()?;
            let operand = self.cond_term()?;
            self.leave();
            return Ok(CondExpr::Not(Box::new(operand)));
        }
        if self.at_cond(Operator::OpenParen)? {
            return self.cond_group();
        }
        if self.at_word(b"]]")? {
            return self.unexpected();
        }
        match self.peek(Mode::Condition)? {
            Token::Word(_) => self.cond_test(),
            Token::End => {
                let message = b"unexpected token `EOF' in conditional command".to_vec();
                self.fail(SyntaxErrorKind::Incomplete, vec![message], self.input.line())
            }
            _ => self.cond_error("unexpected token ", " in conditional command"),
        }
    }

    fn cond_group(&mut self) -> Parse<CondExpr> {
        self.skip();
        self.enter()?;
        let inside = self.cond_or()?;
        self.leave();
        if !self.at_cond(Operator::CloseParen)? {
            if matches!(self.peek(Mode::Condition)?, Token::End) {
                let message = b"unexpected EOF while looking for `)'".to_vec();
                return self.fail(SyntaxErrorKind::Incomplete, vec![message], self.input.line());
            }
            return self.cond_error("unexpected token ", ", expected `)'");
        }
        self.skip();
        Ok(CondExpr::Group(Box::new(inside)))
    }

    /// Reads a word and, where it asks for them, its operator and operand.
    fn cond_test(&mut self) -> Parse<CondExpr> {
        let left = self.take_word()?;
        if let Some(letter) = bare(&left).and_then(unary) {
            if !matches!(self.peek(Mode::Condition)?, Token::Word(_)) || self.at_word(b"]]")? {
                return self.cond_error("unexpected argument ", " to conditional unary operator");
            }
            return Ok(CondExpr::Unary(letter, self.take_word()?));
        }
        let operator = match self.peek(Mode::Condition)? {
            Token::Operator(Operator::AndAnd | Operator::OrOr | Operator::CloseParen) => {
                return Ok(CondExpr::Word(left));
            }
            Token::Operator(Operator::Less) => CondOperator::Before,
            Token::Operator(Operator::Greater) => CondOperator::After,
            Token::Word(word) => match bare(word) {
                Some(b"]]") => return Ok(CondExpr::Word(left)),
                Some(text) => match binary(text) {
                    Some(operator) => operator,
                    None => return self.cond_error("conditional binary operator expected", ""),
                },
                None => return self.cond_error("conditional binary operator expected", ""),
            },
            _ => return self.cond_error("unexpected token ", ", conditional binary operator expected"),
        };
        self.skip();
        let right = self.cond_operand(operator)?;
        Ok(CondExpr::Binary(Box::new(CondBinary { left, operator, right })))
    }

    /// Reads the right operand.
    fn cond_operand(&mut self, operator: CondOperator) -> Parse<Word> {
        let mode = match operator {
            CondOperator::Regex => Mode::Regex,
            CondOperator::Matches | CondOperator::MatchesPosix | CondOperator::Differs => Mode::Pattern,
            _ => Mode::Condition,
        };
        if !matches!(self.peek(mode)?, Token::Word(_)) || self.at_word(b"]]")? {
            return self.cond_error("unexpected argument ", " to conditional binary operator");
        }
        self.take_word()
    }

    /// Fails: `before`, the token between quotes unless the message does not name it, `after`.
    #[inline(never)]
    fn cond_error<T>(&mut self, before: &str, after: &str) -> Parse<T> {
        let token = print::token_text(self.peek(Mode::Condition)?);
        let mut message = before.as_bytes().to_vec();
        if before.ends_with(' ') {
            message.extend_from_slice(&[b"`", token.as_slice(), b"'"].concat());
        }
        message.extend_from_slice(after.as_bytes());
        self.fail(SyntaxErrorKind::WrongCondition, vec![message], self.token_line)
    }
}

/// The letter of a unary operator.
fn unary(text: &[u8]) -> Option<u8> {
    match text {
        [b'-', letter] if UNARY.contains(letter) => Some(*letter),
        _ => None,
    }
}

/// The binary operators that are words.
fn binary(text: &[u8]) -> Option<CondOperator> {
    Some(match text {
        b"==" => CondOperator::Matches,
        b"=" => CondOperator::MatchesPosix,
        b"!=" => CondOperator::Differs,
        b"=~" => CondOperator::Regex,
        b"-eq" => CondOperator::Equal,
        b"-ne" => CondOperator::NotEqual,
        b"-lt" => CondOperator::Less,
        b"-le" => CondOperator::LessEqual,
        b"-gt" => CondOperator::Greater,
        b"-ge" => CondOperator::GreaterEqual,
        b"-nt" => CondOperator::Newer,
        b"-ot" => CondOperator::Older,
        b"-ef" => CondOperator::SameFile,
        _ => return None,
    })
}
