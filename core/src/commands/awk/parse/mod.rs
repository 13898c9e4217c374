//! Reads an awk program and compiles it as it goes, by the grammar of POSIX.

mod expression;

use super::code::{Function, Op, Place, Program, SPECIAL, Target, Var};
use super::lex::{Lexer, Token};
use super::value::Value;
use crate::abi::limits::AWK_NESTING_MAX;
use crate::regex::{Dialect, Regex, Syntax};
use std::collections::BTreeMap;
use std::rc::Rc;

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

    fn block(&mut self) -> Parse<()> {
        self.expect("{")?;
        self.newlines()?;
        while !self.is("}") {
            if self.take(";")? || self.token == Token::Newline {
                self.newlines()?;
                continue;
            }
            self.statement()?;
            self.newlines()?;
        }
        self.expect("}")
    }

    /// The end of a simple statement.
    fn ended(&mut self) -> Parse<()> {
        match &self.token {
            Token::Newline | Token::Sign(";") => {
                self.advance()?;
                Ok(())
            }
            Token::Sign("}") | Token::End => Ok(()),
            _ => self.unexpected(),
        }
    }

    fn body(&mut self) -> Parse<()> {
        self.newlines()?;
        if self.take(";")? { Ok(()) } else { self.statement() }
    }

    fn statement(&mut self) -> Parse<()> {
        self.deeper(Self::statement_here)
    }

    fn statement_here(&mut self) -> Parse<()> {
        let Token::Keyword(word) = self.token else {
            if self.is("{") {
                return self.block();
            }
            self.simple()?;
            return self.ended();
        };
        match word {
            "if" => {
                self.advance()?;
                self.condition()?;
                let skip = self.emit(Op::JumpFalse(0));
                self.body()?;
                // An `else` may stand behind newlines and a semicolon.
                while self.token == Token::Newline || self.is(";") {
                    self.advance()?;
                }
                if self.is_word("else") {
                    self.advance()?;
                    let over = self.emit(Op::Jump(0));
                    self.land(skip);
                    self.body()?;
                    self.land(over);
                } else {
                    self.land(skip);
                }
                Ok(())
            }
            "while" => {
                self.advance()?;
                let again = self.here();
                self.condition()?;
                let out = self.emit(Op::JumpFalse(0));
                self.loops.push(Loop::default());
                self.body()?;
                self.emit(Op::Jump(again));
                self.land(out);
                self.end_loop(again);
                Ok(())
            }
            "do" => {
                self.advance()?;
                let again = self.here();
                self.loops.push(Loop::default());
                self.body()?;
                while self.token == Token::Newline || self.is(";") {
                    self.advance()?;
                }
                if !self.is_word("while") {
                    return self.unexpected();
                }
                self.advance()?;
                let test = self.here();
                self.condition()?;
                self.emit(Op::JumpTrue(again));
                self.end_loop(test);
                self.ended()
            }
            "for" => self.for_loop(),
            _ => {
                self.simple()?;
                self.ended()
            }
        }
    }

    fn end_loop(&mut self, next: usize) {
        let Some(ended) = self.loops.pop() else { return };
        let here = self.here();
        for at in ended.breaks {
            self.land_at(at, here);
        }
        for at in ended.continues {
            self.land_at(at, next);
        }
    }

    fn condition(&mut self) -> Parse<()> {
        self.expect("(")?;
        self.value()?;
        self.expect(")")
    }

    fn for_loop(&mut self) -> Parse<()> {
        self.advance()?;
        self.expect("(")?;
        if !self.is(";") {
            let before = self.here();
            self.no_in = true;
            let kind = self.simple_kind();
            self.no_in = false;
            let kind = kind?;
            if self.is_word("in") {
                let Some(Kind::Place(Place::Var(var))) = kind else { return self.unexpected() };
                self.program.code.truncate(before);
                self.advance()?;
                let Token::Name(array) = self.advance()? else { return self.unexpected() };
                self.expect(")")?;
                let array = self.var(&array);
                self.emit(Op::EachBegin(array));
                let again = self.emit(Op::EachNext(var, 0));
                self.loops.push(Loop::default());
                self.body()?;
                self.emit(Op::Jump(again));
                self.end_loop(again);
                self.land(again);
                self.emit(Op::EachEnd);
                return Ok(());
            }
            self.drop_kind(kind)?;
        }
        self.expect(";")?;
        self.newlines()?;
        let test = self.here();
        let mut out = None;
        if !self.is(";") {
            self.value()?;
            out = Some(self.emit(Op::JumpFalse(0)));
        }
        self.expect(";")?;
        self.newlines()?;
        let over = self.emit(Op::Jump(0));
        let step = self.here();
        if !self.is(")") {
            self.simple()?;
        }
        self.emit(Op::Jump(test));
        self.expect(")")?;
        self.land(over);
        self.loops.push(Loop::default());
        self.body()?;
        self.emit(Op::Jump(step));
        if let Some(out) = out {
            self.land(out);
        }
        self.end_loop(step);
        Ok(())
    }

    fn drop_kind(&mut self, kind: Option<Kind>) -> Parse<()> {
        if let Some(kind) = kind {
            self.load(kind)?;
            self.emit(Op::Pop);
        }
        Ok(())
    }

    fn simple(&mut self) -> Parse<()> {
        let kind = self.simple_kind()?;
        self.drop_kind(kind)
    }

    fn at_end(&self) -> bool {
        matches!(self.token, Token::Newline | Token::End | Token::Sign(";" | "}"))
    }

    /// A simple statement; the kind of an expression whose value is not dropped yet.
    fn simple_kind(&mut self) -> Parse<Option<Kind>> {
        let Token::Keyword(word) = self.token else { return self.expression().map(Some) };
        match word {
            "print" | "printf" => {
                self.advance()?;
                self.print(word == "printf")?;
            }
            "next" | "nextfile" => {
                self.advance()?;
                self.emit(if word == "next" { Op::Next } else { Op::NextFile });
            }
            "exit" => {
                self.advance()?;
                let given = !self.at_end();
                if given {
                    self.value()?;
                }
                self.emit(Op::Exit(given));
            }
            "return" => {
                if !self.in_function {
                    return Err("return outside function body".to_owned());
                }
                self.advance()?;
                if self.at_end() {
                    self.constant(Value::Nothing);
                } else {
                    self.value()?;
                }
                self.emit(Op::Return);
            }
            "break" | "continue" => {
                self.advance()?;
                let jump = self.emit(Op::Jump(0));
                let Some(innermost) = self.loops.last_mut() else {
                    return Err(format!("{word} statement outside of loop"));
                };
                if word == "break" { &mut innermost.breaks } else { &mut innermost.continues }.push(jump);
            }
            "delete" => {
                self.advance()?;
                let Token::Name(name) = self.advance()? else { return self.unexpected() };
                let var = self.var(&name);
                if self.is("[") {
                    self.subscript()?;
                    self.emit(Op::Delete(var));
                } else {
                    self.emit(Op::DeleteAll(var));
                }
            }
            _ => return self.expression().map(Some),
        }
        Ok(None)
    }

    fn print(&mut self, formatted: bool) -> Parse<()> {
        let mut count = 0;
        let is_target = |parser: &Self| parser.is(">") || parser.is(">>") || parser.is("|");
        if !self.at_end() && !is_target(self) {
            let before = std::mem::replace(&mut self.no_more, true);
            match self.expression()? {
                Kind::Group(values) => count = values,
                kind => {
                    self.load(kind)?;
                    count = 1;
                }
            }
            while self.take(",")? {
                self.newlines()?;
                self.value()?;
                count += 1;
            }
            self.no_more = before;
        }
        let target = match &self.token {
            Token::Sign(">") => Target::File,
            Token::Sign(">>") => Target::Append,
            Token::Sign("|") => Target::Pipe,
            _ => Target::Output,
        };
        if target != Target::Output {
            self.advance()?;
            let before = std::mem::replace(&mut self.no_more, true);
            self.value()?;
            self.no_more = before;
        }
        if formatted && count == 0 {
            return self.unexpected();
        }
        self.emit(if formatted { Op::Printf(count, target) } else { Op::Print(count, target) });
        Ok(())
    }
}

/// Compiles an expression as awk reads it. The error is a message.
pub(super) fn compile_regex(source: &[u8], utf8: bool) -> Result<Rc<Regex>, &'static str> {
    let mut text = Vec::with_capacity(source.len());
    let mut at = 0;
    while let Some(&byte) = source.get(at) {
        at += 1;
        match (byte, source.get(at)) {
            (b'\\', Some(&letter @ (b'/' | b'"' | b'&'))) => {
                text.push(letter);
                at += 1;
            }
            (b'\\', Some(b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' | b'0'..=b'7')) => {
                let digits = source.get(at..).unwrap_or_default();
                let octal = digits.iter().take(3).take_while(|digit| (b'0'..=b'7').contains(digit)).count();
                let length = octal.max(1);
                let escape = source.get(at - 1..at + length).unwrap_or_default();
                for byte in super::lex::unescape(escape) {
                    if b"^$.*[]\\+?(){}|".contains(&byte) {
                        text.push(b'\\');
                    }
                    text.push(byte);
                }
                at += length;
            }
            (b'\\', Some(&letter)) => {
                text.extend_from_slice(&[b'\\', letter]);
                at += 1;
            }
            _ => text.push(byte),
        }
    }
    let syntax = Syntax { dialect: Dialect::Grep, utf8, ..Syntax::extended() };
    Regex::new(&text, syntax).map(Rc::new).map_err(|error| error.message())
}
