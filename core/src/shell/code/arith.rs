//! Compiling arithmetic.
//!
//! An expression that is whole before expansion is compiled; what it takes from `$x` is expanded first, as
//! POSIX wants, and must give plain numbers. When one gives something else (`op='+ 1'`), or the expression
//! only makes sense after expansion, its text is put together and evaluated then.

use super::compile::Compiler;
use super::words::Place;
use super::{BinaryOp, Code, Names, Op, Pc, Symbol, UnaryOp};
use crate::shell::syntax::arith::{
    self, Arith, ArithAssign, ArithBinary, ArithChain, ArithElement, ArithError, ArithExpr, ArithStep,
    ArithUnary, PLACEHOLDER,
};
use crate::shell::syntax::ast::{Word, WordPart};
use std::cell::RefCell;
use std::rc::Rc;

/// The code of an expression whose text was known only at run time.
pub(in crate::shell) type ArithCode = Rc<Code>;

/// Compiles the text of an expression in which everything has been expanded.
pub(in crate::shell) fn compile_arith(
    text: &[u8],
    names: &Rc<RefCell<Names>>,
) -> Result<ArithCode, ArithError> {
    let parsed = arith::parse(text)?;
    let mut compiler = Compiler::new(names);
    compiler.expression(&parsed, &[]);
    Ok(compiler.finish())
}

/// The expression that is being compiled.
struct Expression<'a> {
    arith: &'a Arith,
    parts: &'a [WordPart],
    /// For each expansion in order of use: the index of its part. Their values lie on the numbers stack.
    loaded: Vec<usize>,
}

impl Compiler {
    /// Pushes the value of the expression that a word holds.
    pub(super) fn arith_word(&mut self, word: &Word) {
        let parsed = arith::parse_word(word);
        let commands = word.parts.iter().any(holds_command);
        match parsed {
            Some(parsed) if !commands => {
                let loads = expansions(&parsed.expression);
                if loads.is_empty() {
                    return self.expression(&parsed, &word.parts);
                }
                self.emit(Op::ArithStart);
                let mut jumps = Vec::new();
                for &index in &loads {
                    if let Some(part) = word.parts.get(index) {
                        jumps.extend(self.load_part(part));
                    }
                }
                self.expression_with(&parsed, &word.parts, loads);
                self.emit(Op::ArithFinish);
                let done = self.emit(Op::Jump(0));
                for jump in jumps {
                    self.land(jump);
                }
                self.quoted_string_word(word);
                self.emit(Op::ArithEval);
                self.land(done);
            }
            _ => {
                self.emit(Op::ArithStart);
                self.quoted_string_word(word);
                self.emit(Op::ArithEval);
            }
        }
    }

    /// Pushes the number that a part expands to; the jump is taken when it is none.
    fn load_part(&mut self, part: &WordPart) -> Option<Pc> {
        let part = match part {
            WordPart::DoubleQuoted(inside) => inside.first()?,
            part => part,
        };
        match part {
            WordPart::Arith(inner) => {
                self.arith_word(&inner.expression);
                None
            }
            WordPart::Param(param) if param.operation.is_none() && param.subscript.is_none() => {
                let param = self.param_value(param);
                self.code.params.push(param);
                let param = self.code.params.len() as u32 - 1;
                Some(self.emit(Op::LoadParam { param, text: 0 }))
            }
            part => {
                self.emit(Op::WordStart);
                self.parts(std::slice::from_ref(part), Place { quoted: true, operand: false });
                self.emit(Op::WordString);
                Some(self.emit(Op::LoadString { text: 0 }))
            }
        }
    }

    fn expression(&mut self, arith: &Arith, parts: &[WordPart]) {
        self.expression_with(arith, parts, Vec::new());
    }

    fn expression_with(&mut self, arith: &Arith, parts: &[WordPart], loaded: Vec<usize>) {
        let mut expression = Expression { arith, parts, loaded };
        self.arith(&arith.expression, &mut expression);
    }

    /// Remembers where in the text the operand of the next instruction stands, for its error message.
    fn note(&mut self, expression: &Expression<'_>, at: usize) {
        let text = self.text(&expression.arith.text);
        let pc = self.here();
        self.code.arith_notes.push((pc, text, at as u32));
    }

    fn arith(&mut self, node: &ArithExpr, cx: &mut Expression<'_>) {
        match node {
            ArithExpr::Number(number) => match i32::try_from(*number) {
                Ok(number) => {
                    self.emit(Op::Number(number));
                }
                Err(_) => {
                    self.code.big_numbers.push(*number);
                    let index = self.code.big_numbers.len() as u32 - 1;
                    self.emit(Op::BigNumber(index));
                }
            },
            ArithExpr::Variable(name) => {
                let name = self.symbol(name);
                self.emit(Op::Load(name));
            }
            ArithExpr::Element(element) => {
                let name = self.element_key(element, cx);
                self.emit(Op::LoadElement(name));
            }
            ArithExpr::Expansion(index) => {
                let place = cx.loaded.iter().position(|loaded| loaded == index).unwrap_or(0) as u32;
                self.emit(Op::Pick(place));
            }
            ArithExpr::Unary(operator, inner) => {
                self.arith(inner, cx);
                let op = match operator {
                    ArithUnary::Negate => UnaryOp::Negate,
                    ArithUnary::Plus => return,
                    ArithUnary::Not => UnaryOp::Not,
                    ArithUnary::Complement => UnaryOp::Complement,
                };
                self.emit(Op::Unary(op));
            }
            ArithExpr::Step(step) => self.arith_step(step, cx),
            ArithExpr::Binary(chain) => self.arith_chain(chain, cx),
            ArithExpr::And(all) => self.arith_logic(all, cx, true),
            ArithExpr::Or(all) => self.arith_logic(all, cx, false),
            ArithExpr::Conditional(conditional) => {
                self.arith(&conditional.condition, cx);
                let no = self.emit(Op::JumpZero(0));
                self.arith(&conditional.yes, cx);
                let end = self.emit(Op::Jump(0));
                self.land(no);
                self.arith(&conditional.no, cx);
                self.land(end);
            }
            ArithExpr::Assign(assign) => self.arith_assign(assign, cx),
            ArithExpr::Comma(all) => {
                for (at, inner) in all.iter().enumerate() {
                    if at > 0 {
                        self.emit(Op::Drop);
                    }
                    self.arith(inner, cx);
                }
            }
        }
    }

    fn arith_chain(&mut self, chain: &ArithChain, cx: &mut Expression<'_>) {
        self.arith(&chain.first, cx);
        for operand in &chain.rest {
            self.arith(&operand.value, cx);
            self.arith_binary(operand.operator, cx, operand.at, operand.last_at);
        }
    }

    fn arith_binary(&mut self, operator: ArithBinary, cx: &Expression<'_>, at: usize, last_at: usize) {
        let op = match operator {
            ArithBinary::Or => BinaryOp::BitOr,
            ArithBinary::Xor => BinaryOp::BitXor,
            ArithBinary::And => BinaryOp::BitAnd,
            ArithBinary::Equal => BinaryOp::Equal,
            ArithBinary::NotEqual => BinaryOp::NotEqual,
            ArithBinary::Less => BinaryOp::Less,
            ArithBinary::LessEqual => BinaryOp::LessEqual,
            ArithBinary::Greater => BinaryOp::Greater,
            ArithBinary::GreaterEqual => BinaryOp::GreaterEqual,
            ArithBinary::ShiftLeft => BinaryOp::ShiftLeft,
            ArithBinary::ShiftRight => BinaryOp::ShiftRight,
            ArithBinary::Add => BinaryOp::Add,
            ArithBinary::Subtract => BinaryOp::Subtract,
            ArithBinary::Multiply => BinaryOp::Multiply,
            ArithBinary::Divide => BinaryOp::Divide,
            ArithBinary::Remainder => BinaryOp::Remainder,
            ArithBinary::Power => BinaryOp::Power,
        };
        match op {
            BinaryOp::Divide | BinaryOp::Remainder => self.note(cx, at),
            BinaryOp::Power => self.note(cx, last_at),
            _ => {}
        }
        self.emit(Op::Binary(op));
    }

    fn arith_logic(&mut self, all: &[ArithExpr], cx: &mut Expression<'_>, and: bool) {
        let mut jumps = Vec::new();
        for (at, inner) in all.iter().enumerate() {
            self.arith(inner, cx);
            if at + 1 < all.len() {
                self.emit(Op::Duplicate);
                jumps.push(if and { self.emit(Op::JumpZero(0)) } else { self.emit(Op::JumpNonZero(0)) });
                self.emit(Op::Drop);
            }
        }
        for jump in jumps {
            self.land(jump);
        }
        self.emit(Op::Truth);
    }

    fn arith_step(&mut self, step: &ArithStep, cx: &mut Expression<'_>) {
        let add = if step.decrement { -1 } else { 1 };
        match &step.target {
            ArithExpr::Variable(name) => {
                let name = self.symbol(name);
                self.emit(Op::Step { name, add, post: !step.prefix });
            }
            ArithExpr::Element(element) => {
                let name = self.element_key(element, cx);
                self.emit(Op::PeekElement(name));
                if !step.prefix {
                    self.emit(Op::Duplicate);
                }
                self.emit(Op::Number(i32::from(add)));
                self.emit(Op::Binary(BinaryOp::Add));
                self.emit(Op::StoreElement(name));
                if !step.prefix {
                    self.emit(Op::Drop);
                }
            }
            _ => {}
        }
    }

    fn arith_assign(&mut self, assign: &ArithAssign, cx: &mut Expression<'_>) {
        match &assign.target {
            ArithExpr::Variable(name) => {
                let name = self.symbol(name);
                if assign.operator.is_some() {
                    self.emit(Op::Load(name));
                }
                self.arith(&assign.value, cx);
                if let Some(operator) = assign.operator {
                    self.arith_binary(operator, cx, assign.at, assign.at);
                }
                self.emit(Op::Store(name));
            }
            ArithExpr::Element(element) => {
                let name = self.element_key(element, cx);
                if assign.operator.is_some() {
                    self.emit(Op::PeekElement(name));
                }
                self.arith(&assign.value, cx);
                if let Some(operator) = assign.operator {
                    self.arith_binary(operator, cx, assign.at, assign.at);
                }
                self.emit(Op::StoreElement(name));
            }
            _ => {}
        }
    }

    /// Pushes the text of an element's key.
    fn element_key(&mut self, element: &ArithElement, cx: &Expression<'_>) -> Symbol {
        if element.expansions.is_empty() {
            let text = self.text(&element.key);
            self.emit(Op::StringText(text));
        } else {
            self.emit(Op::WordStart);
            let mut expansions = element.expansions.iter();
            for (at, piece) in element.key.split(|&byte| byte == PLACEHOLDER).enumerate() {
                if at > 0
                    && let Some(part) = expansions.next().and_then(|&index| cx.parts.get(index))
                {
                    self.parts(std::slice::from_ref(part), Place { quoted: true, operand: false });
                }
                if !piece.is_empty() {
                    let text = self.text(piece);
                    self.emit(Op::Quoted(text));
                }
            }
            self.emit(Op::WordString);
        }
        self.symbol(&element.name)
    }
}

/// Whether a part runs commands, which must happen once.
fn holds_command(part: &WordPart) -> bool {
    match part {
        WordPart::CommandSub(_) | WordPart::ProcessSub(_) => true,
        WordPart::DoubleQuoted(parts) => parts.iter().any(holds_command),
        WordPart::Param(param) => param.operation.is_some(),
        _ => false,
    }
}

/// The parts that an expression takes operands from, in order of their places in the text.
fn expansions(expression: &ArithExpr) -> Vec<usize> {
    let mut found = Vec::new();
    collect(expression, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

fn collect(node: &ArithExpr, found: &mut Vec<usize>) {
    match node {
        ArithExpr::Number(_) | ArithExpr::Variable(_) | ArithExpr::Element(_) => {}
        ArithExpr::Expansion(index) => found.push(*index),
        ArithExpr::Unary(_, inner) => collect(inner, found),
        ArithExpr::Step(step) => collect(&step.target, found),
        ArithExpr::Binary(chain) => {
            collect(&chain.first, found);
            chain.rest.iter().for_each(|operand| collect(&operand.value, found));
        }
        ArithExpr::And(all) | ArithExpr::Or(all) | ArithExpr::Comma(all) => {
            all.iter().for_each(|inner| collect(inner, found));
        }
        ArithExpr::Conditional(conditional) => {
            for inner in [&conditional.condition, &conditional.yes, &conditional.no] {
                collect(inner, found);
            }
        }
        ArithExpr::Assign(assign) => {
            collect(&assign.target, found);
            collect(&assign.value, found);
        }
    }
}
