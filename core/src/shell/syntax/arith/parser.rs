//! The parser of expressions: tokens to a tree, by precedence.

use super::token::{Token, precedence};
use super::{
    Arith, ArithAssign, ArithBinary, ArithChain, ArithConditional, ArithElement, ArithError, ArithExpr,
    ArithOperand, ArithStep, ArithUnary, PLACEHOLDER,
};
use crate::abi::limits::ARITH_NESTING_MAX;
use crate::shell::syntax::ast::Name;

/// Parses a text with a [`PLACEHOLDER`] for each of these parts of its word.
pub(super) fn parse_text(text: &[u8], expansions: &[usize]) -> Read<Arith> {
    let text = text.trim_ascii_start();
    let mut parser = ArithParser::new(text, expansions, 1);
    parser.advance()?;
    if parser.token == Token::End {
        return Ok(Arith { expression: ArithExpr::Number(0), text: text.into() });
    }
    let expression = parser.comma()?;
    if parser.token != Token::End {
        return parser.fail("syntax error in expression");
    }
    Ok(Arith { expression, text: text.into() })
}

/// The error is boxed to keep the frames of the recursive descent small.
pub(super) type Read<T> = Result<T, Box<ArithError>>;

/// An operator that waits for its right operand to be complete.
struct Waiting {
    operator: Token,
    precedence: u8,
    /// Offset of the right operand.
    at: usize,
}

/// A text that is being read: its current token, and what stands around it.
pub(super) struct ArithParser<'a> {
    pub(super) text: &'a [u8],
    /// Offset behind the current token.
    pub(super) at: usize,
    pub(super) token: Token,
    /// Offset of the current token; at the end, of the last one.
    pub(super) start: usize,
    /// The token before the current one is a name: `++` belongs to it.
    pub(super) after_name: bool,
    pub(super) expansions: &'a [usize],
    /// How many of the expansions stand before the next token.
    pub(super) expanded: usize,
    depth: usize,
}

impl<'a> ArithParser<'a> {
    fn new(text: &'a [u8], expansions: &'a [usize], depth: usize) -> ArithParser<'a> {
        ArithParser {
            text,
            at: 0,
            token: Token::End,
            start: 0,
            after_name: false,
            expansions,
            expanded: 0,
            depth,
        }
    }

    pub(super) fn fail<T>(&self, message: &str) -> Read<T> {
        let token = self.text.get(self.start..).unwrap_or_default().to_vec();
        Err(Box::new(ArithError { text: self.text.to_vec(), message: message.into(), token }))
    }

    fn enter(&mut self) -> Read<()> {
        self.depth += 1;
        if self.depth > ARITH_NESTING_MAX {
            return self.fail("expression recursion level exceeded");
        }
        Ok(())
    }

    fn comma(&mut self) -> Read<ArithExpr> {
        let first = self.assignment()?;
        if self.token != Token::Comma {
            return Ok(first);
        }
        let mut values = vec![first];
        while self.token == Token::Comma {
            self.advance()?;
            values.push(self.assignment()?);
        }
        Ok(ArithExpr::Comma(values))
    }

    fn assignment(&mut self) -> Read<ArithExpr> {
        let parenthesised = self.token == Token::Open;
        let target = self.conditional()?;
        let Token::Assign(operator) = self.token else { return Ok(target) };
        if parenthesised || !matches!(target, ArithExpr::Variable(_) | ArithExpr::Element(_)) {
            return self.fail("attempted assignment to non-variable");
        }
        self.enter()?;
        self.advance()?;
        let mut assign =
            Box::new(ArithAssign { target, operator, value: ArithExpr::Number(0), at: self.start });
        assign.value = self.assignment()?;
        self.depth -= 1;
        Ok(ArithExpr::Assign(assign))
    }

    fn conditional(&mut self) -> Read<ArithExpr> {
        let condition = self.binary()?;
        if self.token != Token::Question {
            return Ok(condition);
        }
        self.enter()?;
        let zero = ArithExpr::Number(0);
        let mut conditional = Box::new(ArithConditional { condition, yes: zero.clone(), no: zero });
        self.branches(&mut conditional)?;
        self.depth -= 1;
        Ok(ArithExpr::Conditional(conditional))
    }

    /// Reads what stands behind a condition.
    fn branches(&mut self, conditional: &mut ArithConditional) -> Read<()> {
        self.advance()?;
        if matches!(self.token, Token::End | Token::Colon) {
            return self.fail("expression expected");
        }
        conditional.yes = self.comma()?;
        if self.token != Token::Colon {
            return self.fail("`:' expected for conditional expression");
        }
        self.advance()?;
        if self.token == Token::End {
            return self.fail("expression expected");
        }
        conditional.no = self.conditional()?;
        Ok(())
    }

    /// Reads operands and binary operators; the operators that wait are on a stack of its own, not on the caller's.
    fn binary(&mut self) -> Read<ArithExpr> {
        let first = self.unary()?;
        if precedence(&self.token).is_none() {
            return Ok(first);
        }
        let mut stacks = Box::new((vec![first], Vec::new()));
        while self.shift(&mut stacks.0, &mut stacks.1)? {
            let operand = self.unary()?;
            stacks.0.push(operand);
        }
        Ok(stacks.0.pop().unwrap_or(ArithExpr::Number(0)))
    }

    /// Puts together what the next token does not bind more tightly, and takes that token when it is an operator.
    #[inline(never)]
    fn shift(&mut self, operands: &mut Vec<ArithExpr>, waiting: &mut Vec<Waiting>) -> Read<bool> {
        let next = precedence(&self.token);
        let power = self.token == Token::Binary(ArithBinary::Power);
        let binds = |last: &Waiting| {
            next.is_some_and(|next| next > last.precedence || next == last.precedence && power)
        };
        while waiting.last().is_some_and(|last| !binds(last)) {
            self.reduce(operands, waiting);
        }
        let Some(precedence) = next else { return Ok(false) };
        if waiting.len() + self.depth > ARITH_NESTING_MAX {
            return self.fail("expression recursion level exceeded");
        }
        let operator = self.token.clone();
        self.advance()?;
        waiting.push(Waiting { operator, precedence, at: self.start });
        Ok(true)
    }

    /// Puts the last two operands together.
    #[inline(never)]
    fn reduce(&self, operands: &mut Vec<ArithExpr>, waiting: &mut Vec<Waiting>) {
        let (Some(right), Some(left), Some(last)) = (operands.pop(), operands.pop(), waiting.pop()) else {
            return;
        };
        let joined = match (last.operator, left) {
            (Token::AndAnd, ArithExpr::And(mut values)) => {
                values.push(right);
                ArithExpr::And(values)
            }
            (Token::AndAnd, left) => ArithExpr::And(vec![left, right]),
            (Token::OrOr, ArithExpr::Or(mut values)) => {
                values.push(right);
                ArithExpr::Or(values)
            }
            (Token::OrOr, left) => ArithExpr::Or(vec![left, right]),
            (Token::Binary(operator), left) => {
                let operand = ArithOperand { operator, value: right, at: last.at, last_at: self.start };
                match left {
                    ArithExpr::Binary(mut chain)
                        if operator != ArithBinary::Power
                            && chain.rest.last().is_some_and(|end| {
                                precedence(&Token::Binary(end.operator)) == Some(last.precedence)
                            }) =>
                    {
                        chain.rest.push(operand);
                        ArithExpr::Binary(chain)
                    }
                    first => ArithExpr::Binary(Box::new(ArithChain { first, rest: vec![operand] })),
                }
            }
            (_, left) => left,
        };
        operands.push(joined);
    }

    /// Reads prefix operators and their operand.
    fn unary(&mut self) -> Read<ArithExpr> {
        let mut operators = Vec::new();
        loop {
            operators.push(match self.token {
                Token::Binary(ArithBinary::Subtract) => ArithUnary::Negate,
                Token::Binary(ArithBinary::Add) => ArithUnary::Plus,
                Token::Not => ArithUnary::Not,
                Token::Complement => ArithUnary::Complement,
                _ => break,
            });
            self.enter()?;
            self.advance()?;
        }
        let mut operand = self.primary()?;
        self.depth -= operators.len();
        while let Some(operator) = operators.pop() {
            operand = ArithExpr::Unary(operator, Box::new(operand));
        }
        Ok(operand)
    }

    fn primary(&mut self) -> Read<ArithExpr> {
        match self.token {
            Token::Open => self.group(),
            _ => self.operand(),
        }
    }

    /// Reads a constant, an expansion, or a name with its `++` and `--`.
    #[inline(never)]
    fn operand(&mut self) -> Read<ArithExpr> {
        let step = match self.token {
            Token::Step(decrement) => {
                self.advance()?;
                Some(decrement)
            }
            _ => None,
        };
        let operand = match &self.token {
            Token::Name(name, None) => ArithExpr::Variable(name.clone()),
            Token::Name(name, Some((from, length))) => self.element(name.clone(), *from, *length)?,
            Token::Number(number) if step.is_none() => ArithExpr::Number(*number),
            Token::Expansion(part) if step.is_none() => ArithExpr::Expansion(*part),
            _ => return self.fail("syntax error: operand expected"),
        };
        self.advance()?;
        if let Some(decrement) = step {
            return Ok(ArithExpr::Step(Box::new(ArithStep { target: operand, decrement, prefix: true })));
        }
        let Token::Step(decrement) = self.token else { return Ok(operand) };
        if !self.after_name {
            return Ok(operand);
        }
        self.advance()?;
        Ok(ArithExpr::Step(Box::new(ArithStep { target: operand, decrement, prefix: false })))
    }

    fn group(&mut self) -> Read<ArithExpr> {
        self.enter()?;
        self.advance()?;
        let inside = self.comma()?;
        if self.token != Token::Close {
            return self.fail("missing `)'");
        }
        self.depth -= 1;
        self.advance()?;
        Ok(inside)
    }

    /// The element whose name is the current token, and whose key stands at `from`.
    #[inline(never)]
    fn element(&mut self, name: Name, from: usize, length: usize) -> Read<ArithExpr> {
        self.enter()?;
        let key = self.text.get(from..from + length).unwrap_or_default();
        let count = key.iter().filter(|byte| **byte == PLACEHOLDER).count();
        let expansions = self.expansions.get(self.expanded..self.expanded + count).unwrap_or_default();
        self.expanded += count;
        let mut element = Box::new(ArithElement {
            name,
            key: key.into(),
            expansions: expansions.to_vec(),
            index: None,
            at: self.start,
        });
        let mut inner = Box::new(ArithParser::new(key.trim_ascii_start(), expansions, self.depth));
        element.index = inner.whole();
        self.depth -= 1;
        Ok(ArithExpr::Element(element))
    }

    /// The whole text as an expression; none when it is empty or wrong.
    fn whole(&mut self) -> Option<ArithExpr> {
        self.advance().ok()?;
        if self.token == Token::End {
            return None;
        }
        let expression = self.comma().ok()?;
        (self.token == Token::End).then_some(expression)
    }
}
