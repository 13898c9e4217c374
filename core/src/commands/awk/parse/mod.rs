//! Reads an awk program and compiles it as it goes, by the grammar of POSIX.

mod expression;
mod regex;
mod statement;

pub(super) use regex::compile_regex;

use super::code::{Function, Op, Place, Program, SPECIAL, Target, Var};
use super::lex::{Lexer, Token};
use super::value::Value;
use crate::abi::limits::AWK_NESTING_MAX;
use std::collections::BTreeMap;

type Parse<T> = Result<T, String>;

/// What was just compiled.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Value,
    /// Its value is not loaded yet; a subscript or field number is on the stack.
    Place(Place),
    /// An expression between slashes; not matched yet.
    Regex(usize),
    /// Several values in parentheses.
    Group(usize),
}

/// A loop that is being compiled: jumps of `break` and `continue` to be filled in.
#[derive(Default)]
struct Loop {
    breaks: Vec<usize>,
    continues: Vec<usize>,
}

/// Compiles a program.
pub(super) struct Parser<'a> {
    lexer: Lexer<'a>,
    token: Token,
    program: Program,
    globals: BTreeMap<Vec<u8>, usize>,
    functions: BTreeMap<Vec<u8>, usize>,
    defined: Vec<bool>,
    locals: Vec<Vec<u8>>,
    in_function: bool,
    loops: Vec<Loop>,
    depth: usize,
    /// `>` is a redirection.
    no_more: bool,
    /// `in` belongs to a `for`.
    no_in: bool,
    utf8: bool,
}

/// Compiles the text of a program. The error is `line N: MESSAGE`.
pub(super) fn compile(text: &[u8], utf8: bool) -> Result<Program, String> {
    let mut parser = Parser {
        lexer: Lexer::new(text),
        token: Token::Newline,
        program: Program::default(),
        globals: BTreeMap::new(),
        functions: BTreeMap::new(),
        defined: Vec::new(),
        locals: Vec::new(),
        in_function: false,
        loops: Vec::new(),
        depth: 0,
        no_more: false,
        no_in: false,
        utf8,
    };
    for name in SPECIAL {
        parser.global(name.as_bytes());
    }
    parser.whole().map_err(|message| format!("line {}: {message}", parser.lexer.line))?;
    Ok(parser.program)
}

impl Parser<'_> {
    fn advance(&mut self) -> Parse<Token> {
        let value_before = match &self.token {
            Token::Number(_) | Token::Text(_) | Token::Regex(_) | Token::Name(_) => true,
            Token::Builtin(_) => true,
            Token::Sign(sign) => matches!(*sign, ")" | "]" | "$" | "++" | "--"),
            Token::Keyword(word) => *word == "getline",
            _ => false,
        };
        let next = self.lexer.next(!value_before)?;
        Ok(std::mem::replace(&mut self.token, next))
    }

    fn is(&self, sign: &str) -> bool {
        matches!(&self.token, Token::Sign(found) if *found == sign)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(&self.token, Token::Keyword(found) if *found == word)
    }

    fn take(&mut self, sign: &str) -> Parse<bool> {
        let found = self.is(sign);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    fn unexpected<T>(&self) -> Parse<T> {
        let shown = match &self.token {
            Token::End => "unexpected end of program".to_owned(),
            Token::Newline => "unexpected newline".to_owned(),
            _ => String::from_utf8_lossy(self.lexer.shown()).into_owned(),
        };
        Err(format!("syntax error at or near {shown}"))
    }

    fn expect(&mut self, sign: &str) -> Parse<()> {
        if self.take(sign)? { Ok(()) } else { self.unexpected() }
    }

    fn newlines(&mut self) -> Parse<()> {
        while self.token == Token::Newline {
            self.advance()?;
        }
        Ok(())
    }

    fn emit(&mut self, op: Op) -> usize {
        self.program.code.push(op);
        self.program.code.len() - 1
    }

    fn here(&self) -> usize {
        self.program.code.len()
    }

    fn constant(&mut self, value: Value) {
        self.program.constants.push(value);
        let at = self.program.constants.len() - 1;
        self.emit(Op::Constant(at));
    }

    /// Lets a jump lead here.
    fn land(&mut self, at: usize) {
        let here = self.here();
        self.land_at(at, here);
    }

    fn land_at(&mut self, at: usize, to: usize) {
        let op = self.program.code.get_mut(at);
        if let Some(Op::Jump(place) | Op::JumpFalse(place) | Op::JumpTrue(place) | Op::EachNext(_, place)) = op {
            *place = to;
        }
    }

    fn global(&mut self, name: &[u8]) -> usize {
        if let Some(place) = self.globals.get(name) {
            return *place;
        }
        self.program.globals.push(name.to_vec());
        let place = self.program.globals.len() - 1;
        self.globals.insert(name.to_vec(), place);
        place
    }

    fn var(&mut self, name: &[u8]) -> Var {
        match self.locals.iter().position(|local| local == name) {
            Some(place) => Var::Local(place),
            None => Var::Global(self.global(name)),
        }
    }

    fn function(&mut self, name: &[u8]) -> usize {
        if let Some(place) = self.functions.get(name) {
            return *place;
        }
        self.program.functions.push(Function { name: name.to_vec(), params: 0, entry: 0 });
        self.defined.push(false);
        let place = self.program.functions.len() - 1;
        self.functions.insert(name.to_vec(), place);
        place
    }

    fn regex(&mut self, source: &[u8]) -> Parse<usize> {
        let regex = compile_regex(source, self.utf8).map_err(|message| {
            format!("regular expression compile failed ({message})\n{}", String::from_utf8_lossy(source))
        })?;
        self.program.regexes.push(regex);
        Ok(self.program.regexes.len() - 1)
    }

    /// Goes one level deeper.
    fn deeper<T>(&mut self, inner: impl FnOnce(&mut Self) -> Parse<T>) -> Parse<T> {
        if self.depth >= AWK_NESTING_MAX {
            return Err("the program is nested too deeply".to_owned());
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    fn whole(&mut self) -> Parse<()> {
        // Actions of each kind are chained by jumps: the last of a kind leads to the next.
        let mut last = [None::<usize>; 3];
        self.newlines()?;
        while self.token != Token::End {
            let from = self.here();
            let kind = if self.is_word("BEGIN") || self.is_word("END") {
                let kind = if self.is_word("BEGIN") { 0 } else { 2 };
                self.advance()?;
                if !self.is("{") {
                    return self.unexpected();
                }
                self.block()?;
                Some(kind)
            } else if self.is_word("function") {
                self.definition()?;
                None
            } else {
                self.item()?;
                Some(1)
            };
            if let Some(kind) = kind {
                let entry = match kind {
                    0 => &mut self.program.begin,
                    1 => &mut self.program.main,
                    _ => &mut self.program.end,
                };
                entry.get_or_insert(from);
                if let Some(before) = last.get(kind).copied().flatten() {
                    self.land_at(before, from);
                }
                let jump = self.emit(Op::Jump(0));
                if let Some(slot) = last.get_mut(kind) {
                    *slot = Some(jump);
                }
            }
            while self.token == Token::Newline || self.is(";") {
                self.advance()?;
            }
        }
        for jump in last.into_iter().flatten() {
            if let Some(op) = self.program.code.get_mut(jump) {
                *op = Op::End;
            }
        }
        for (function, defined) in self.program.functions.iter().zip(&self.defined) {
            if !defined {
                return Err(format!("function {} never defined", String::from_utf8_lossy(&function.name)));
            }
        }
        Ok(())
    }

    /// A pattern and its action.
    fn item(&mut self) -> Parse<()> {
        let mut skip = None;
        if !self.is("{") {
            let range = self.program.ranges;
            let check = self.emit(Op::Range(range));
            let inside = self.emit(Op::JumpTrue(0));
            self.value()?;
            if self.take(",")? {
                self.newlines()?;
                self.program.ranges += 1;
                skip = Some(self.emit(Op::JumpFalse(0)));
                self.emit(Op::SetRange(range, true));
                self.land(inside);
                self.value()?;
                let body = self.emit(Op::JumpFalse(0));
                self.emit(Op::SetRange(range, false));
                self.land(body);
            } else {
                // No range after all: these two do nothing.
                for at in [check, inside] {
                    if let Some(op) = self.program.code.get_mut(at) {
                        *op = Op::Jump(at + 1);
                    }
                }
                skip = Some(self.emit(Op::JumpFalse(0)));
            }
        }
        if self.is("{") {
            self.block()?;
        } else {
            self.emit(Op::Print(0, Target::Output));
        }
        if let Some(skip) = skip {
            self.land(skip);
        }
        Ok(())
    }

    fn definition(&mut self) -> Parse<()> {
        self.advance()?;
        let name = match self.advance()? {
            Token::Name(name) | Token::Call(name) => name,
            _ => return self.unexpected(),
        };
        let function = self.function(&name);
        if self.defined.get(function) == Some(&true) {
            return Err(format!("function {} is defined twice", String::from_utf8_lossy(&name)));
        }
        self.expect("(")?;
        self.locals.clear();
        while !self.is(")") {
            let Token::Name(param) = self.advance()? else { return self.unexpected() };
            self.locals.push(param);
            self.newlines()?;
            if !self.take(",")? {
                break;
            }
            self.newlines()?;
        }
        self.expect(")")?;
        self.newlines()?;
        let over = self.emit(Op::Jump(0));
        let entry = self.here();
        if let Some(slot) = self.program.functions.get_mut(function) {
            (slot.params, slot.entry) = (self.locals.len(), entry);
        }
        if let Some(slot) = self.defined.get_mut(function) {
            *slot = true;
        }
        self.in_function = true;
        self.block()?;
        self.in_function = false;
        self.constant(Value::Nothing);
        self.emit(Op::Return);
        self.land(over);
        self.locals.clear();
        Ok(())
    }
}
