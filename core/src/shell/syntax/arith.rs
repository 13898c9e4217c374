//! Arithmetic: the text of an expression to a tree, with bash's operators, precedence and error messages.

use super::ast::{Name, Word, WordPart};
use super::token::{is_name_byte, starts_name};
use crate::abi::limits::ARITH_NESTING_MAX;

/// Stands in the text of an expression for a part of the word that is still to be expanded. A shell's text has no NUL.
pub const PLACEHOLDER: u8 = 0;

/// A parsed expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arith {
    /// The tree.
    pub expression: ArithExpr,
    /// The text from its first byte that is no blank, with a [`PLACEHOLDER`] for each expansion: what error messages
    /// begin with, and where offsets point to.
    pub text: Box<[u8]>,
}

/// An arithmetic expression. Values are 64-bit and wrap. Long sums and products are wide nodes, not deep ones.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ArithExpr {
    /// A constant.
    Number(i64),
    /// A variable; its value is itself evaluated as an expression.
    Variable(Name),
    /// An element of an array.
    Element(Box<ArithElement>),
    /// The part of the word with this index, expanded. The tree holds when the result is one operand (a constant,
    /// maybe with a sign, or a name); otherwise the expanded text of the whole word has to be parsed.
    Expansion(usize),
    /// A prefix operator.
    Unary(ArithUnary, Box<ArithExpr>),
    /// `++x`, `x--` and their like.
    Step(Box<ArithStep>),
    /// Operators of one precedence, evaluated from the left.
    Binary(Box<ArithChain>),
    /// `a && b && …`: 1 when all are true; stops at the first that is not.
    And(Vec<ArithExpr>),
    /// `a || b || …`
    Or(Vec<ArithExpr>),
    /// `condition ? yes : no`
    Conditional(Box<ArithConditional>),
    /// `x = value`, `x += value` …
    Assign(Box<ArithAssign>),
    /// `a, b, …`: the value of the last.
    Comma(Vec<ArithExpr>),
}

/// `name[key]`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ArithElement {
    /// The array.
    pub name: Name,
    /// The key as it is written, for an associative array.
    pub key: Box<[u8]>,
    /// The indices of the parts that the key's placeholders stand for.
    pub expansions: Vec<usize>,
    /// The key as an expression, for an indexed array; none when it is no expression.
    pub index: Option<ArithExpr>,
    /// Offset of the name in the text.
    pub at: usize,
}

/// `++`, `--`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ArithStep {
    /// A variable or an element.
    pub target: ArithExpr,
    /// `--`
    pub decrement: bool,
    /// Before the operand: the value is the new one.
    pub prefix: bool,
}

/// An operand, and the others with the operators before them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ArithChain {
    /// The leftmost operand.
    pub first: ArithExpr,
    /// The others, in order; at least one.
    pub rest: Vec<ArithOperand>,
}

/// An operator with its right operand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ArithOperand {
    /// The operator.
    pub operator: ArithBinary,
    /// Its right operand.
    pub value: ArithExpr,
    /// Offset of the operand in the text: `division by 0` quotes the text from there.
    pub at: usize,
    /// Offset of the token behind the operand, or of its last one at the end of the text: `exponent less than 0`
    /// quotes the text from there.
    pub last_at: usize,
}

/// `condition ? yes : no`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ArithConditional {
    /// Decides.
    pub condition: ArithExpr,
    /// Evaluated when the condition is not 0.
    pub yes: ArithExpr,
    /// Evaluated when it is.
    pub no: ArithExpr,
}

/// An assignment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ArithAssign {
    /// A variable or an element.
    pub target: ArithExpr,
    /// The operator of `+=` and its like; none for `=`.
    pub operator: Option<ArithBinary>,
    /// The right side.
    pub value: ArithExpr,
    /// Offset of the right side in the text.
    pub at: usize,
}

/// Prefix operators.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ArithUnary {
    /// `-`
    Negate,
    /// `+`
    Plus,
    /// `!`
    Not,
    /// `~`
    Complement,
}

/// Binary operators, but for those that do not always evaluate both sides.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ArithBinary {
    /// `|`
    Or,
    /// `^`
    Xor,
    /// `&`
    And,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `<<`
    ShiftLeft,
    /// `>>`
    ShiftRight,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
    /// `**`
    Power,
}

/// Why a text is no expression. bash shows it as `TEXT: MESSAGE (error token is "TOKEN")`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ArithError {
    /// The expression's text from its first byte that is no blank.
    pub text: Vec<u8>,
    /// What is wrong: `syntax error: operand expected`.
    pub message: String,
    /// The rest of the text from where it is wrong.
    pub token: Vec<u8>,
}

impl ArithError {
    /// The whole message.
    pub fn to_bytes(&self) -> Vec<u8> {
        let message = self.message.as_bytes();
        [&self.text, b": ".as_slice(), message, b" (error token is \"", &self.token, b"\")"].concat()
    }
}

/// Parses the text of an expression in which everything has been expanded. A blank text is 0.
pub fn parse(text: &[u8]) -> Result<Arith, ArithError> {
    parse_text(text, &[]).map_err(|error| *error)
}

/// Parses the word of an expression before it is expanded, when the tree will hold whatever it expands to as long as
/// each expansion gives one operand. Otherwise, and when it is wrong, none: expand it, then [`parse`] the text.
pub fn parse_word(word: &Word) -> Option<Arith> {
    let (mut text, mut expansions) = (Vec::new(), Vec::new());
    for (index, part) in word.parts.iter().enumerate() {
        match part {
            WordPart::Literal(bytes) => text.extend_from_slice(bytes),
            WordPart::Escaped(byte) => text.push(*byte),
            WordPart::DoubleQuoted(inside) => match inside.as_slice() {
                [WordPart::Literal(bytes)] => text.extend_from_slice(bytes),
                [WordPart::Param(_) | WordPart::CommandSub(_) | WordPart::Arith(_)] => {
                    text.push(PLACEHOLDER);
                    expansions.push(index);
                }
                _ => return None,
            },
            WordPart::Param(_) | WordPart::CommandSub(_) | WordPart::Arith(_) => {
                text.push(PLACEHOLDER);
                expansions.push(index);
            }
            _ => return None,
        }
    }
    parse_text(&text, &expansions).ok()
}

fn parse_text(text: &[u8], expansions: &[usize]) -> Read<Arith> {
    let text = text.trim_ascii_start();
    let mut parser = ArithParser {
        text,
        at: 0,
        token: Token::End,
        start: 0,
        after_name: false,
        expansions,
        expanded: 0,
        depth: 1,
    };
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
type Read<T> = Result<T, Box<ArithError>>;

#[derive(Clone, PartialEq, Eq, Debug)]
enum Token {
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
fn precedence(token: &Token) -> Option<u8> {
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

/// An operator that waits for its right operand to be complete.
struct Waiting {
    operator: Token,
    precedence: u8,
    /// Offset of the right operand.
    at: usize,
}

struct ArithParser<'a> {
    text: &'a [u8],
    /// Offset behind the current token.
    at: usize,
    token: Token,
    /// Offset of the current token; at the end, of the last one.
    start: usize,
    /// The token before the current one is a name: `++` belongs to it.
    after_name: bool,
    expansions: &'a [usize],
    /// How many of the expansions stand before the next token.
    expanded: usize,
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

    fn fail<T>(&self, message: &str) -> Read<T> {
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

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.get(self.at + ahead).copied()
    }

    /// The first byte behind `ahead` bytes and blanks.
    fn byte_behind_blanks(&self, ahead: usize) -> Option<u8> {
        let rest = self.text.get(self.at + ahead..).unwrap_or_default();
        rest.iter().copied().find(|byte| !byte.is_ascii_whitespace())
    }

    /// Reads the next token.
    fn advance(&mut self) -> Read<()> {
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
        let Some(length) = super::token::closing(inside, b'[', b']', false) else {
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
