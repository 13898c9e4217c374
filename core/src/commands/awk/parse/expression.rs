//! Expressions, by the precedence of the standard: from `?:` down to what stands alone.

use super::super::code::{Binary, Op, Origin, Place, Var};
use super::super::lex::{Lexer, Token};
use super::super::value::Value;
use super::{Kind, Parse, Parser};

impl Parser<'_> {
    /// An expression, its value on the stack.
    pub(super) fn value(&mut self) -> Parse<()> {
        let kind = self.expression()?;
        self.load(kind)
    }

    pub(super) fn load(&mut self, kind: Kind) -> Parse<()> {
        match kind {
            Kind::Value => {}
            Kind::Place(place) => {
                // Fields of known numbers are the most common.
                if place == Place::Field
                    && let Some(Op::Constant(at)) = self.program.code.last()
                    && let Some(Value::Number(number)) = self.program.constants.get(*at)
                    && (0.0..1e6).contains(number)
                {
                    let number = *number as usize;
                    self.program.code.pop();
                    self.emit(Op::FieldNumber(number));
                    return Ok(());
                }
                self.emit(Op::Load(place));
            }
            Kind::Regex(regex) => {
                self.emit(Op::MatchRecord(regex));
            }
            Kind::Group(_) => return self.unexpected(),
        }
        Ok(())
    }

    pub(super) fn expression(&mut self) -> Parse<Kind> {
        self.deeper(Self::ternary)
    }

    fn ternary(&mut self) -> Parse<Kind> {
        let kind = self.or()?;
        if !self.is("?") {
            return Ok(kind);
        }
        self.load(kind)?;
        self.advance()?;
        self.newlines()?;
        let otherwise = self.emit(Op::JumpFalse(0));
        self.value()?;
        self.newlines()?;
        self.expect(":")?;
        self.newlines()?;
        let over = self.emit(Op::Jump(0));
        self.land(otherwise);
        self.value()?;
        self.land(over);
        // A jump leads here: nothing before may be taken back.
        self.emit(Op::Jump(0));
        let at = self.here() - 1;
        self.land(at);
        Ok(Kind::Value)
    }

    fn or(&mut self) -> Parse<Kind> {
        self.logical("||", Self::and)
    }

    fn and(&mut self) -> Parse<Kind> {
        self.logical("&&", Self::member)
    }

    fn logical(&mut self, sign: &'static str, next: fn(&mut Self) -> Parse<Kind>) -> Parse<Kind> {
        let kind = next(self)?;
        if !self.is(sign) {
            return Ok(kind);
        }
        self.load(kind)?;
        let mut jumps = Vec::new();
        while self.take(sign)? {
            self.newlines()?;
            jumps.push(self.emit(if sign == "||" { Op::JumpTrue(0) } else { Op::JumpFalse(0) }));
            let kind = next(self)?;
            self.load(kind)?;
        }
        self.emit(Op::Truth);
        let over = self.emit(Op::Jump(0));
        for jump in jumps {
            self.land(jump);
        }
        self.constant(Value::of(sign == "||"));
        self.land(over);
        self.emit(Op::Truth);
        Ok(Kind::Value)
    }

    fn member(&mut self) -> Parse<Kind> {
        let mut kind = self.matching()?;
        while self.is_word("in") && !self.no_in {
            match kind {
                Kind::Group(count) => {
                    self.emit(Op::Join(count));
                }
                kind => self.load(kind)?,
            }
            self.advance()?;
            let Token::Name(name) = self.advance()? else { return self.unexpected() };
            let var = self.var(&name);
            self.emit(Op::In(var));
            kind = Kind::Value;
        }
        Ok(kind)
    }

    fn matching(&mut self) -> Parse<Kind> {
        let mut kind = self.comparison()?;
        while self.is("~") || self.is("!~") {
            let negated = self.is("!~");
            self.load(kind)?;
            self.advance()?;
            self.newlines()?;
            match self.comparison()? {
                Kind::Regex(regex) => {
                    self.emit(Op::MatchFixed(regex));
                }
                other => {
                    self.load(other)?;
                    self.emit(Op::Match);
                }
            }
            if negated {
                self.emit(Op::Not);
            }
            kind = Kind::Value;
        }
        Ok(kind)
    }

    fn comparison(&mut self) -> Parse<Kind> {
        let mut kind = self.concatenation()?;
        loop {
            // `"command" | getline`.
            if self.is("|") && !self.no_more_pipe() {
                self.load(kind)?;
                self.advance()?;
                if !self.is_word("getline") {
                    return self.unexpected();
                }
                self.advance()?;
                let place = self.optional_place()?;
                self.emit(Op::Getline(Origin::Pipe, place));
                kind = Kind::Value;
                continue;
            }
            let binary = match &self.token {
                Token::Sign("<") => Binary::Less,
                Token::Sign("<=") => Binary::LessOrEqual,
                Token::Sign("==") => Binary::Equal,
                Token::Sign("!=") => Binary::NotEqual,
                Token::Sign(">") if !self.no_more => Binary::More,
                Token::Sign(">=") => Binary::MoreOrEqual,
                _ => return Ok(kind),
            };
            self.load(kind)?;
            self.advance()?;
            let right = self.concatenation()?;
            self.load(right)?;
            self.emit(Op::Binary(binary));
            kind = Kind::Value;
        }
    }

    /// Whether a `|` here is that of a `print`: then no `getline` follows.
    fn no_more_pipe(&self) -> bool {
        if !self.no_more {
            return false;
        }
        let mut ahead = Lexer::new(self.lexer.rest());
        !matches!(ahead.next(true), Ok(Token::Keyword("getline")))
    }

    fn concatenation(&mut self) -> Parse<Kind> {
        let mut kind = self.additive()?;
        loop {
            let begins = match &self.token {
                Token::Number(_) | Token::Text(_) | Token::Name(_) | Token::Call(_) | Token::Builtin(_) => true,
                Token::Sign(sign) => matches!(*sign, "$" | "(" | "!" | "++" | "--" | "-" | "+"),
                _ => false,
            };
            if !begins {
                return Ok(kind);
            }
            self.load(kind)?;
            let right = self.additive()?;
            self.load(right)?;
            self.emit(Op::Binary(Binary::Concatenate));
            kind = Kind::Value;
        }
    }

    fn additive(&mut self) -> Parse<Kind> {
        self.binary(&[("+", Binary::Add), ("-", Binary::Subtract)], Self::multiplicative)
    }

    fn multiplicative(&mut self) -> Parse<Kind> {
        self.binary(&[("*", Binary::Multiply), ("/", Binary::Divide), ("%", Binary::Remainder)], Self::unary)
    }

    fn binary(&mut self, table: &[(&str, Binary)], next: fn(&mut Self) -> Parse<Kind>) -> Parse<Kind> {
        let mut kind = next(self)?;
        while let Some((_, binary)) = table.iter().find(|(sign, _)| self.is(sign)) {
            self.load(kind)?;
            self.advance()?;
            let right = next(self)?;
            self.load(right)?;
            self.emit(Op::Binary(*binary));
            kind = Kind::Value;
        }
        Ok(kind)
    }

    fn unary(&mut self) -> Parse<Kind> {
        let op = match &self.token {
            Token::Sign("!") => Op::Not,
            Token::Sign("-") => Op::Negate,
            Token::Sign("+") => Op::Plus,
            _ => return self.power(),
        };
        self.advance()?;
        let kind = self.deeper(Self::unary)?;
        self.load(kind)?;
        self.emit(op);
        Ok(Kind::Value)
    }

    fn power(&mut self) -> Parse<Kind> {
        let kind = self.postfix(true)?;
        if !self.is("^") {
            return Ok(kind);
        }
        self.load(kind)?;
        self.advance()?;
        // To the right, and a sign may stand before it.
        let right = self.deeper(Self::unary)?;
        self.load(right)?;
        self.emit(Op::Binary(Binary::Power));
        Ok(Kind::Value)
    }

    /// A primary with `++`, `--` behind it, or an assignment to it.
    fn postfix(&mut self, assigns: bool) -> Parse<Kind> {
        let kind = self.primary()?;
        let Kind::Place(place) = kind else { return Ok(kind) };
        if self.is("++") || self.is("--") {
            let by = if self.is("++") { 1.0 } else { -1.0 };
            self.advance()?;
            self.emit(Op::Step(place, by, true));
            return Ok(Kind::Value);
        }
        let Token::Sign(sign) = self.token else { return Ok(kind) };
        let binary = match sign {
            "=" => None,
            "+=" => Some(Binary::Add),
            "-=" => Some(Binary::Subtract),
            "*=" => Some(Binary::Multiply),
            "/=" => Some(Binary::Divide),
            "%=" => Some(Binary::Remainder),
            "^=" => Some(Binary::Power),
            _ => return Ok(kind),
        };
        if !assigns {
            return Ok(kind);
        }
        self.advance()?;
        self.newlines()?;
        self.value()?;
        self.emit(Op::Assign(place, binary));
        Ok(Kind::Value)
    }

    pub(super) fn subscript(&mut self) -> Parse<()> {
        self.expect("[")?;
        let more = (std::mem::take(&mut self.no_more), std::mem::take(&mut self.no_in));
        let mut count = 0;
        loop {
            self.value()?;
            count += 1;
            if !self.take(",")? {
                break;
            }
            self.newlines()?;
        }
        (self.no_more, self.no_in) = more;
        if count > 1 {
            self.emit(Op::Join(count));
        }
        self.expect("]")
    }

    /// What `getline` may read into.
    fn optional_place(&mut self) -> Parse<Option<Place>> {
        if !matches!(self.token, Token::Name(_) | Token::Sign("$")) {
            return Ok(None);
        }
        match self.primary()? {
            Kind::Place(place) => Ok(Some(place)),
            _ => self.unexpected(),
        }
    }

    fn primary(&mut self) -> Parse<Kind> {
        match self.advance()? {
            Token::Number(number) => self.constant(Value::Number(number)),
            Token::Text(text) => self.constant(Value::text(&text)),
            Token::Regex(source) => return Ok(Kind::Regex(self.regex(&source)?)),
            Token::Name(name) => {
                let var = self.var(&name);
                if self.is("[") {
                    self.subscript()?;
                    return Ok(Kind::Place(Place::Element(var)));
                }
                return Ok(Kind::Place(Place::Var(var)));
            }
            Token::Call(name) => self.call(&name)?,
            Token::Builtin(name) => self.builtin(name)?,
            Token::Sign("$") => {
                let kind = if self.is("++") || self.is("--") || self.is("-") || self.is("+") || self.is("!") {
                    self.deeper(Self::unary_or_step)?
                } else {
                    self.deeper(Self::primary)?
                };
                self.load(kind)?;
                return Ok(Kind::Place(Place::Field));
            }
            Token::Sign(sign @ ("++" | "--")) => {
                let Kind::Place(place) = self.deeper(Self::primary)? else { return self.unexpected() };
                self.emit(Op::Step(place, if sign == "++" { 1.0 } else { -1.0 }, false));
            }
            Token::Sign("(") => {
                let more = (std::mem::take(&mut self.no_more), std::mem::take(&mut self.no_in));
                let kind = self.expression()?;
                self.load(kind)?;
                let mut count = 1;
                while self.take(",")? {
                    self.newlines()?;
                    self.value()?;
                    count += 1;
                }
                self.newlines()?;
                (self.no_more, self.no_in) = more;
                self.expect(")")?;
                if count > 1 {
                    return Ok(Kind::Group(count));
                }
            }
            Token::Keyword("getline") => {
                let place = self.optional_place()?;
                let mut origin = Origin::Main;
                if self.take("<")? {
                    let kind = self.postfix(false)?;
                    self.load(kind)?;
                    origin = Origin::File;
                }
                self.emit(Op::Getline(origin, place));
            }
            before => {
                // The message is about the word that was taken.
                self.token = before;
                return self.unexpected();
            }
        }
        Ok(Kind::Value)
    }

    fn unary_or_step(&mut self) -> Parse<Kind> {
        if self.is("++") || self.is("--") { self.primary() } else { self.unary() }
    }

    fn call(&mut self, name: &[u8]) -> Parse<()> {
        if self.locals.iter().any(|local| local == name) {
            return self.unexpected();
        }
        let function = self.function(name);
        self.expect("(")?;
        let more = (std::mem::take(&mut self.no_more), std::mem::take(&mut self.no_in));
        let mut count = 0;
        self.newlines()?;
        while !self.is(")") {
            match self.expression()? {
                Kind::Place(Place::Var(var)) => {
                    self.emit(Op::Argument(var));
                }
                kind => self.load(kind)?,
            }
            count += 1;
            self.newlines()?;
            if !self.take(",")? {
                break;
            }
            self.newlines()?;
        }
        (self.no_more, self.no_in) = more;
        self.expect(")")?;
        self.emit(Op::Call(function, count));
        Ok(())
    }

    fn builtin(&mut self, name: &'static str) -> Parse<()> {
        if !self.is("(") {
            if name == "length" {
                self.emit(Op::Builtin("length", 0));
                return Ok(());
            }
            return self.unexpected();
        }
        self.advance()?;
        let more = (std::mem::take(&mut self.no_more), std::mem::take(&mut self.no_in));
        let mut count = 0;
        let mut array = None;
        let mut regex = None;
        let mut target = None;
        self.newlines()?;
        while !self.is(")") {
            let kind = self.expression()?;
            match (name, count, kind) {
                ("length", 0, Kind::Place(Place::Var(var))) | ("split", 1, Kind::Place(Place::Var(var))) => {
                    array = Some(var);
                }
                ("match", 1, Kind::Regex(at)) | ("split", 2, Kind::Regex(at)) | ("sub" | "gsub", 0, Kind::Regex(at)) => {
                    regex = Some(at);
                }
                ("sub" | "gsub", 2, Kind::Place(place)) => target = Some(place),
                ("sub" | "gsub", 2, kind) => {
                    // The result goes nowhere.
                    self.load(kind)?;
                    let nowhere = Place::Var(Var::Global(self.global(b" ")));
                    self.emit(Op::Assign(nowhere, None));
                    self.emit(Op::Pop);
                    target = Some(nowhere);
                }
                (_, _, kind) => self.load(kind)?,
            }
            count += 1;
            self.newlines()?;
            if !self.take(",")? {
                break;
            }
            self.newlines()?;
        }
        (self.no_more, self.no_in) = more;
        let fits = match name {
            "atan2" | "index" | "match" => count == 2,
            "rand" => count == 0,
            "srand" | "fflush" | "length" => count <= 1,
            "split" | "sub" | "gsub" | "substr" => count == 2 || count == 3,
            "sprintf" => count >= 1,
            _ => count == 1,
        };
        if !fits {
            return Err(format!("wrong number of arguments in call to {name}"));
        }
        self.expect(")")?;
        match name {
            "length" => {
                if let Some(var) = array {
                    self.emit(Op::LengthOf(var));
                    return Ok(());
                }
            }
            "split" => {
                let Some(var) = array else { return self.unexpected() };
                self.emit(Op::Split(var, count, regex));
                return Ok(());
            }
            "sub" | "gsub" => {
                if count == 2 {
                    // `$0`: its number goes below what is there already.
                    self.constant(Value::Number(0.0));
                    target = Some(Place::Field);
                }
                let Some(place) = target else { return self.unexpected() };
                self.emit(Op::Substitute(place, name == "gsub", regex));
                return Ok(());
            }
            "match" => {
                if let Some(regex) = regex {
                    self.emit(Op::FindFixed(regex));
                    return Ok(());
                }
            }
            _ => {}
        }
        self.emit(Op::Builtin(name, count));
        Ok(())
    }
}
