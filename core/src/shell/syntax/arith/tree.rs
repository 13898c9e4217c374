//! The tree of an expression.

use crate::shell::syntax::ast::Name;

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
