//! Statements: what stands between braces.

use super::super::code::{Op, Place, Target};
use super::super::lex::Token;
use super::super::value::Value;
use super::{Kind, Loop, Parse, Parser};

impl Parser<'_> {
    pub(super) fn block(&mut self) -> Parse<()> {
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
