//! Arithmetic: 64-bit, wrapping, as bash's.
//!
//! The instructions never wait, so an expression whose text is only known at run time (a variable that holds
//! an expression, a subscript, `let`) is compiled, kept by its text, and run by [`Interp::evaluate`] on the
//! spot.

use super::variables::Attributes;
use super::{Interp, Stop, Value};
use crate::abi::limits::ARITHMETIC_NESTING_MAX;
use crate::shell::code::{ArithCode, BinaryOp, Code, Op, Symbol, UnaryOp, compile_arith};
use std::collections::HashMap;
use std::rc::Rc;

/// Compiled expressions by their texts; emptied when it is full.
#[derive(Default)]
pub(super) struct ArithCache(HashMap<Vec<u8>, ArithCode>);

/// Expressions that are kept compiled.
const CACHE_MAX: usize = 512;

/// A decimal number as it is most often written: digits, maybe with a sign, no leading zero.
pub(crate) fn plain_number(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        rest => (false, rest),
    };
    if digits.is_empty() || digits.len() > 18 || (digits.len() > 1 && digits[0] == b'0') {
        return None;
    }
    let mut number: i64 = 0;
    for &digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        number = number * 10 + i64::from(digit - b'0');
    }
    Some(if negative { -number } else { number })
}

impl Interp {
    /// The value of an expression. `context` is what messages put before it.
    pub(crate) fn evaluate(&mut self, text: &[u8], context: &[u8]) -> Result<i64, Stop> {
        if let Some(number) = plain_number(text) {
            return Ok(number);
        }
        let code = match self.arith_cache.0.get(text) {
            Some(code) => Rc::clone(code),
            None => {
                let code = match compile_arith(text, &self.shell.names) {
                    Ok(code) => code,
                    Err(error) => {
                        return Err(self.bad_expression(context, &error.to_bytes()));
                    }
                };
                if self.arith_cache.0.len() >= CACHE_MAX {
                    self.arith_cache.0.clear();
                }
                self.arith_cache.0.insert(text.to_vec(), Rc::clone(&code));
                code
            }
        };
        if self.arith_depth >= ARITHMETIC_NESTING_MAX {
            let what = &b": expression recursion level exceeded (error token is \""[..];
            return Err(self.bad_expression(context, &[text, what, text, b"\")"].concat()));
        }
        self.run_arith(code, context)
    }

    /// Says what is wrong with an expression. With a context it is a command, which fails.
    fn bad_expression(&mut self, context: &[u8], message: &[u8]) -> Stop {
        if context.is_empty() {
            return self.discard(message);
        }
        self.complain(&[context, b": ", message].concat());
        Stop::Refused
    }

    /// What messages of the expression that runs begin with.
    fn current_context(&self) -> Vec<u8> {
        if self.arith_depth == 0 && self.is_arith_command() {
            return b"((".to_vec();
        }
        self.arith_context.clone()
    }

    /// Runs the code of an expression on the spot.
    fn run_arith(&mut self, code: Rc<Code>, context: &[u8]) -> Result<i64, Stop> {
        self.arith_depth += 1;
        let caller_code = std::mem::replace(&mut self.code, code);
        let caller_pc = std::mem::replace(&mut self.pc, 0);
        let heights = (self.numbers.len(), self.strings.len());
        let context_before = std::mem::replace(&mut self.arith_context, context.to_vec());
        let mut result = Ok(());
        while let Some(&op) = self.code.ops.get(self.pc) {
            self.pc += 1;
            if let Op::End = op {
                break;
            }
            result = self.step(op);
            if result.is_err() {
                break;
            }
        }
        self.arith_context = context_before;
        self.code = caller_code;
        self.pc = caller_pc;
        self.arith_depth -= 1;
        let value = self.numbers.pop().unwrap_or(0);
        self.numbers.truncate(heights.0);
        self.strings.truncate(heights.1);
        result.map(|()| value)
    }

    /// The number that a variable stands for.
    #[inline]
    fn number_of(&mut self, name: Symbol) -> Result<i64, Stop> {
        let var = self.shell.var(name);
        match &var.value {
            Value::Number(number) if !var.attributes.has(Attributes::SPECIAL) => return Ok(*number),
            Value::Text(text) if !var.attributes.has(Attributes::SPECIAL.with(Attributes::NAMEREF)) => {
                if let Some(number) = plain_number(text) {
                    return Ok(number);
                }
            }
            _ => {}
        }
        match self.scalar(name) {
            Some(text) => self.evaluate_value(&text),
            None if self.shell.options.nounset => {
                let name = self.name(name);
                Err(self.unbound(&name))
            }
            None => Ok(0),
        }
    }

    fn evaluate_value(&mut self, text: &[u8]) -> Result<i64, Stop> {
        let context = self.current_context();
        self.evaluate(text, &context)
    }

    /// Assigns a number.
    pub(super) fn store_number(&mut self, name: Symbol, number: i64) -> Result<(), Stop> {
        let var = self.shell.var(name);
        let plain = Attributes::READONLY
            .with(Attributes::NAMEREF)
            .with(Attributes::CASES)
            .with(Attributes::SPECIAL)
            .with(Attributes::WATCHED)
            .with(Attributes::EXPORT);
        if !var.attributes.has(plain) && !var.is_array() && !self.shell.options.allexport {
            self.shell.var_mut(name).value = Value::Number(number);
            return Ok(());
        }
        self.assign_text(name, number.to_string().into_bytes(), false)
    }

    fn arith_error(&mut self, message: &str) -> Stop {
        let pc = self.pc.saturating_sub(1) as u32;
        let note = self.code.arith_notes.iter().find(|(at, _, _)| *at == pc).copied();
        let (text, at) = note.map_or((Rc::from(&b""[..]), 0), |(_, text, at)| (self.text(text), at as usize));
        let token = text.get(at..).unwrap_or_default();
        let line = [&text, &b": "[..], message.as_bytes(), b" (error token is \"", token, b"\")"].concat();
        let context = self.current_context();
        self.bad_expression(&context, &line)
    }

    /// An arithmetic instruction.
    #[inline]
    pub(super) fn arith_step(&mut self, op: Op) -> Result<(), Stop> {
        match op {
            Op::Number(number) => self.numbers.push(i64::from(number)),
            Op::BigNumber(index) => {
                let number = self.code.big_numbers.get(index as usize).copied().unwrap_or(0);
                self.numbers.push(number);
            }
            Op::Load(name) => {
                let number = self.number_of(name)?;
                self.numbers.push(number);
            }
            Op::Store(name) => {
                let number = self.numbers.last().copied().unwrap_or(0);
                self.store_number(name, number)?;
            }
            Op::Step { name, add, post } => {
                let before = self.number_of(name)?;
                let after = before.wrapping_add(i64::from(add));
                self.store_number(name, after)?;
                self.numbers.push(if post { before } else { after });
            }
            Op::LoadElement(name) => {
                let key = self.strings.pop().unwrap_or_default();
                let number = self.load_element(name, &key)?;
                self.numbers.push(number);
            }
            Op::PeekElement(name) => {
                let key = self.strings.last().cloned().unwrap_or_default();
                let number = self.load_element(name, &key)?;
                self.numbers.push(number);
            }
            Op::StoreElement(name) => {
                let key = self.strings.pop().unwrap_or_default();
                let number = self.numbers.last().copied().unwrap_or(0);
                self.assign_element(name, &key, number.to_string().into_bytes(), false)?;
            }
            Op::LoadParam { param, text } => {
                let code = Rc::clone(&self.code);
                let Some(param) = code.params.get(param as usize) else { return Ok(()) };
                match self.param_number(param)? {
                    Some(number) => self.numbers.push(number),
                    None => self.pc = text as usize,
                }
            }
            Op::LoadString { text } => {
                let string = self.strings.pop().unwrap_or_default();
                match plain_number(&string) {
                    Some(number) => self.numbers.push(number),
                    None => self.pc = text as usize,
                }
            }
            Op::Pick(place) => {
                let base = self.number_bases.last().copied().unwrap_or(0);
                let number = self.numbers.get(base + place as usize).copied().unwrap_or(0);
                self.numbers.push(number);
            }
            Op::Unary(operator) => {
                let value = self.numbers.pop().unwrap_or(0);
                self.numbers.push(match operator {
                    UnaryOp::Negate => value.wrapping_neg(),
                    UnaryOp::Not => i64::from(value == 0),
                    UnaryOp::Complement => !value,
                });
            }
            Op::Binary(operator) => {
                let right = self.numbers.pop().unwrap_or(0);
                let left = self.numbers.pop().unwrap_or(0);
                let value = match binary(operator, left, right) {
                    Ok(value) => value,
                    Err(message) => return Err(self.arith_error(message)),
                };
                self.numbers.push(value);
            }
            Op::JumpZero(to) => {
                if self.numbers.pop().unwrap_or(0) == 0 {
                    self.pc = to as usize;
                }
            }
            Op::JumpNonZero(to) => {
                if self.numbers.pop().unwrap_or(0) != 0 {
                    self.pc = to as usize;
                }
            }
            Op::Truth => {
                if let Some(top) = self.numbers.last_mut() {
                    *top = i64::from(*top != 0);
                }
            }
            Op::Drop => {
                self.numbers.pop();
            }
            Op::Duplicate => {
                let top = self.numbers.last().copied().unwrap_or(0);
                self.numbers.push(top);
            }
            Op::ArithStart => self.number_bases.push(self.numbers.len()),
            Op::ArithFinish => {
                let base = self.number_bases.pop().unwrap_or(0);
                let result = self.numbers.pop().unwrap_or(0);
                self.numbers.truncate(base);
                self.numbers.push(result);
            }
            Op::ArithEval => {
                let base = self.number_bases.pop().unwrap_or(0);
                self.numbers.truncate(base);
                let text = self.strings.pop().unwrap_or_default();
                let number = self.evaluate_value(&text)?;
                self.numbers.push(number);
            }
            Op::ArithCommand { end } => self.arith_command(end as usize),
            Op::ArithEnd => self.pop_scope(),
            Op::ArithStatus => {
                let value = self.numbers.pop().unwrap_or(0);
                self.shell.status = u8::from(value == 0);
            }
            _ => {}
        }
        Ok(())
    }

    fn load_element(&mut self, name: Symbol, key: &[u8]) -> Result<i64, Stop> {
        match self.element(name, key)? {
            Some(text) => self.evaluate_value(&text),
            None => Ok(0),
        }
    }

    /// The plain number that a parameter holds.
    fn param_number(&mut self, param: &crate::shell::code::Param) -> Result<Option<i64>, Stop> {
        use super::parameters::Values;
        use crate::shell::code::{ParamName, SubscriptKind};
        if let (ParamName::Var(name), SubscriptKind::None, false) =
            (param.what, param.subscript, param.indirect)
            && let Value::Number(number) = self.shell.var(name).value
        {
            return Ok(Some(number));
        }
        Ok(match self.values(param, None)? {
            Values::One(text) => plain_number(&text),
            Values::Unset if self.shell.options.nounset => return Err(self.unbound(&param.text)),
            Values::Unset | Values::Many(..) => None,
        })
    }
}

fn binary(operator: BinaryOp, left: i64, right: i64) -> Result<i64, &'static str> {
    Ok(match operator {
        BinaryOp::Power => {
            if right < 0 {
                return Err("exponent less than 0");
            }
            let (mut base, mut exponent, mut result) = (left, right, 1_i64);
            while exponent > 0 {
                if exponent & 1 == 1 {
                    result = result.wrapping_mul(base);
                }
                base = base.wrapping_mul(base);
                exponent >>= 1;
            }
            result
        }
        BinaryOp::Multiply => left.wrapping_mul(right),
        BinaryOp::Divide | BinaryOp::Remainder if right == 0 => return Err("division by 0"),
        BinaryOp::Divide => left.wrapping_div(right),
        BinaryOp::Remainder => left.wrapping_rem(right),
        BinaryOp::Add => left.wrapping_add(right),
        BinaryOp::Subtract => left.wrapping_sub(right),
        BinaryOp::ShiftLeft => left.wrapping_shl(right as u32 & 63),
        BinaryOp::ShiftRight => left.wrapping_shr(right as u32 & 63),
        BinaryOp::Less => i64::from(left < right),
        BinaryOp::LessEqual => i64::from(left <= right),
        BinaryOp::Greater => i64::from(left > right),
        BinaryOp::GreaterEqual => i64::from(left >= right),
        BinaryOp::Equal => i64::from(left == right),
        BinaryOp::NotEqual => i64::from(left != right),
        BinaryOp::BitAnd => left & right,
        BinaryOp::BitXor => left ^ right,
        BinaryOp::BitOr => left | right,
    })
}
