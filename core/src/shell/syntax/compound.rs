//! Compound commands and function definitions (POSIX XCU 2.9.4, 2.9.5, and bash's additions).

use super::SyntaxErrorKind;
use super::ast::{
    ArithForCommand, CaseArm, CaseCommand, CaseEnd, CommandKind, CoprocCommand, ForCommand,
    FunctionDefinition, IfClause, IfCommand, List, LoopCommand, Name, Word,
};
use super::context::Context;
use super::parser::{Parse, Parser};
use super::print;
use super::token::{Mode, Operator, Token, bare, is_name};

impl Parser<'_> {
    /// Reads a compound command or function definition, without redirections; none when another command comes next.
    pub(super) fn compound(&mut self) -> Parse<Option<CommandKind>> {
        let kind = match self.peek(Mode::Command)? {
            Token::Operator(Operator::OpenParen) => Keyword::Parenthesis,
            token => match token.bare_word().and_then(keyword) {
                Some(keyword) => keyword,
                None => return Ok(None),
            },
        };
        self.enter()?;
        let command = match kind {
            Keyword::Parenthesis => self.parenthesis(),
            Keyword::Brace => self.brace_group(),
            Keyword::If => self.if_command(),
            Keyword::While => self.loop_command(false),
            Keyword::Until => self.loop_command(true),
            Keyword::For => self.for_command(),
            Keyword::Select => self.select_command(),
            Keyword::Case => self.case_command(),
            Keyword::Cond => self.cond_command(),
            Keyword::Function => self.function_definition(),
            Keyword::Coproc => self.coproc_command(),
        }?;
        self.leave();
        Ok(Some(command))
    }

    /// Reads `( list )` or `(( expression ))`.
    fn parenthesis(&mut self) -> Parse<CommandKind> {
        if self.input.raw_peek() == Some(b'(') {
            match self.closes_doubly() {
                Some(true) => return self.arith_command(),
                Some(false) => {}
                None => return self.unclosed(b')', self.token_line),
            }
        }
        self.skip();
        let list = self.list()?;
        self.expect(Operator::CloseParen)?;
        Ok(CommandKind::Subshell(Box::new(list)))
    }

    /// Whether the `(` that comes next, behind another, is closed by `))`; none when it is not closed at all.
    fn closes_doubly(&self) -> Option<bool> {
        let rest = self.input.rest();
        let inside = rest.get(1..)?;
        let length = super::token::closing(inside, b'(', b')', false)?;
        Some(inside.get(length + 1) == Some(&b')'))
    }

    fn arith_command(&mut self) -> Parse<CommandKind> {
        let line = self.token_line;
        self.skip();
        self.input.bump();
        let expression = self.arithmetic_word(Context::Arith)?;
        self.close_arithmetic(line)?;
        Ok(CommandKind::Arith(Box::new(expression)))
    }

    /// Takes `))`.
    fn close_arithmetic(&mut self, line: u32) -> Parse<()> {
        if self.input.eat(b')') && self.input.eat(b')') {
            return Ok(());
        }
        self.unclosed(b')', line)
    }

    fn brace_group(&mut self) -> Parse<CommandKind> {
        self.skip();
        let list = self.list()?;
        self.expect_word(b"}")?;
        Ok(CommandKind::BraceGroup(Box::new(list)))
    }

    fn if_command(&mut self) -> Parse<CommandKind> {
        let mut command = Box::new(IfCommand { clauses: Vec::new(), otherwise: None });
        loop {
            self.skip();
            command.clauses.push(IfClause::default());
            if let Some(clause) = command.clauses.last_mut() {
                self.if_clause(clause)?;
            }
            if !self.at_word(b"elif")? {
                break;
            }
        }
        if self.at_word(b"else")? {
            self.skip();
            command.otherwise = Some(self.list()?);
        }
        self.expect_word(b"fi")?;
        Ok(CommandKind::If(command))
    }

    fn if_clause(&mut self, clause: &mut IfClause) -> Parse<()> {
        clause.condition = self.list()?;
        self.expect_word(b"then")?;
        clause.body = self.list()?;
        Ok(())
    }

    fn loop_command(&mut self, until: bool) -> Parse<CommandKind> {
        self.skip();
        let mut command = Box::new(LoopCommand { until, condition: self.list()?, body: List::default() });
        command.body = self.do_group()?;
        Ok(CommandKind::Loop(command))
    }

    fn for_command(&mut self) -> Parse<CommandKind> {
        self.skip();
        if matches!(self.peek(Mode::Argument)?, Token::Operator(Operator::OpenParen))
            && self.input.raw_peek() == Some(b'(')
        {
            let mut command = self.arith_for_head()?;
            command.body = self.loop_body()?;
            return Ok(CommandKind::ArithFor(command));
        }
        Ok(CommandKind::For(self.for_words()?))
    }

    fn select_command(&mut self) -> Parse<CommandKind> {
        self.skip();
        Ok(CommandKind::Select(self.for_words()?))
    }

    /// Reads what stands behind `for` or `select`.
    fn for_words(&mut self) -> Parse<Box<ForCommand>> {
        let (mut command, braces) = self.for_head()?;
        command.body = if braces { self.loop_body()? } else { self.do_group()? };
        Ok(command)
    }

    /// Reads the variable and the words, and whether the body may stand in braces.
    #[inline(never)]
    fn for_head(&mut self) -> Parse<(Box<ForCommand>, bool)> {
        let variable: Name = print::word_text(&self.take_word()?).into();
        let mut command = Box::new(ForCommand { variable, words: None, body: List::default() });
        if matches!(self.peek(Mode::Argument)?, Token::Operator(Operator::Semicolon)) {
            self.skip();
            self.skip_newlines(Mode::Command)?;
            return Ok((command, true));
        }
        self.skip_newlines(Mode::Argument)?;
        if !self.at_word(b"in")? {
            return Ok((command, false));
        }
        self.skip();
        command.words = Some(self.words_to_end_of_line()?);
        Ok((command, true))
    }

    /// Reads words up to a `;` or newline, and the newlines behind it.
    fn words_to_end_of_line(&mut self) -> Parse<Vec<Word>> {
        let mut words = Vec::new();
        while matches!(self.peek(Mode::Argument)?, Token::Word(_)) {
            words.push(self.take_word()?);
        }
        if !matches!(self.peek(Mode::Argument)?, Token::Newline | Token::Operator(Operator::Semicolon)) {
            self.unexpected()?;
        }
        self.skip();
        self.skip_newlines(Mode::Command)?;
        Ok(words)
    }

    fn do_group(&mut self) -> Parse<List> {
        self.expect_word(b"do")?;
        let body = self.list()?;
        self.expect_word(b"done")?;
        Ok(body)
    }

    /// Reads `do … done` or `{ … }`.
    fn loop_body(&mut self) -> Parse<List> {
        if !self.at_word(b"{")? {
            return self.do_group();
        }
        self.skip();
        let body = self.list()?;
        self.expect_word(b"}")?;
        Ok(body)
    }

    /// Reads `((…))` behind `for`, and what may stand before the body.
    #[inline(never)]
    fn arith_for_head(&mut self) -> Parse<Box<ArithForCommand>> {
        let line = self.token_line;
        let mark = self.input.mark();
        self.skip();
        self.input.bump();
        let mut sections = Vec::new();
        loop {
            sections.push(self.arithmetic_word(Context::ArithSection)?);
            if !self.input.eat(b';') {
                break;
            }
        }
        self.close_arithmetic(line)?;
        let found = sections.len();
        let mut sections = sections.into_iter();
        let (Some(init), Some(condition), Some(update), None) =
            (sections.next(), sections.next(), sections.next(), sections.next())
        else {
            let text = [b"(", self.input.since(mark).as_slice()].concat();
            let message: &[u8] = match found {
                ..3 => b"syntax error: arithmetic expression required",
                _ => b"syntax error: `;' unexpected",
            };
            let messages = vec![message.to_vec(), [b"syntax error: `", text.as_slice(), b"'"].concat()];
            return self.fail(super::SyntaxErrorKind::Wrong, messages, line);
        };
        if matches!(self.peek(Mode::Command)?, Token::Operator(Operator::Semicolon)) {
            self.skip();
        }
        self.skip_newlines(Mode::Command)?;
        Ok(Box::new(ArithForCommand { init, condition, update, body: List::default() }))
    }

    fn case_command(&mut self) -> Parse<CommandKind> {
        self.skip();
        let mut command = self.case_head()?;
        let start = self.place();
        command.arms = self.resume_arms(start);
        let mut place = self.place();
        loop {
            let whole = command.arms.len();
            match self.case_arm(&mut command.arms) {
                Ok(true) => place = self.place(),
                Ok(false) => break,
                Err(error) => {
                    if error.kind == SyntaxErrorKind::Incomplete {
                        command.arms.truncate(whole);
                        self.keep_arms(start, std::mem::take(&mut command.arms), place);
                    }
                    return Err(error);
                }
            }
        }
        self.expect_word(b"esac")?;
        Ok(CommandKind::Case(command))
    }

    #[inline(never)]
    fn case_head(&mut self) -> Parse<Box<CaseCommand>> {
        let word = self.take_word()?;
        self.skip_newlines(Mode::Argument)?;
        self.expect_word(b"in")?;
        Ok(Box::new(CaseCommand { word, arms: Vec::new() }))
    }

    /// Reads an arm and what ends it; false when `esac` must come next.
    fn case_arm(&mut self, arms: &mut Vec<CaseArm>) -> Parse<bool> {
        self.skip_newlines(Mode::Argument)?;
        if self.at_word(b"esac")? {
            return Ok(false);
        }
        let patterns = self.case_patterns()?;
        let body = self.list_or_nothing()?;
        let end = self.case_end()?;
        arms.push(CaseArm { patterns, body, end: end.unwrap_or(CaseEnd::Break) });
        Ok(end.is_some())
    }

    #[inline(never)]
    fn case_patterns(&mut self) -> Parse<Vec<Word>> {
        if matches!(self.peek(Mode::Argument)?, Token::Operator(Operator::OpenParen)) {
            self.skip();
        }
        let mut patterns = Vec::new();
        loop {
            patterns.push(self.take_word()?);
            if !matches!(self.peek(Mode::Argument)?, Token::Operator(Operator::Pipe)) {
                break;
            }
            self.skip();
        }
        self.expect(Operator::CloseParen)?;
        Ok(patterns)
    }

    /// Takes `;;` and its like; none before `esac`.
    fn case_end(&mut self) -> Parse<Option<CaseEnd>> {
        let end = match self.peek(Mode::Command)? {
            Token::Operator(Operator::DoubleSemicolon) => CaseEnd::Break,
            Token::Operator(Operator::SemicolonAmpersand) => CaseEnd::FallThrough,
            Token::Operator(Operator::DoubleSemicolonAmpersand) => CaseEnd::TestNext,
            token if token.bare_word() == Some(b"esac") => return Ok(None),
            _ => return self.unexpected(),
        };
        self.skip();
        Ok(Some(end))
    }

    fn function_definition(&mut self) -> Parse<CommandKind> {
        self.skip();
        let name = print::word_text(&self.take_word()?);
        if matches!(self.peek(Mode::Command)?, Token::Operator(Operator::OpenParen))
            && self.empty_parentheses()
        {
            self.skip();
            self.expect(Operator::CloseParen)?;
        }
        self.function_body(name.into())
    }

    /// Whether a `)` follows the `(` that has been looked at, so that `function f (list)` is a subshell.
    fn empty_parentheses(&self) -> bool {
        let rest = self.input.rest();
        rest.iter().find(|byte| !matches!(byte, b' ' | b'\t')) == Some(&b')')
    }

    /// Reads the compound command that is a function's body, with its redirections.
    pub(super) fn function_body(&mut self, name: Name) -> Parse<CommandKind> {
        self.skip_newlines(Mode::Command)?;
        if !self.at_compound()? {
            return self.unexpected();
        }
        let mut body = Vec::new();
        self.command(&mut body)?;
        match body.pop() {
            Some(body) => Ok(CommandKind::Function(Box::new(FunctionDefinition { name, body: body.into() }))),
            None => self.unexpected(),
        }
    }

    /// Whether a compound command comes next.
    fn at_compound(&mut self) -> Parse<bool> {
        let token = self.peek(Mode::Command)?;
        let keyword = token.bare_word().and_then(keyword);
        Ok(matches!(token, Token::Operator(Operator::OpenParen))
            || keyword.is_some_and(|keyword| !matches!(keyword, Keyword::Function | Keyword::Coproc)))
    }

    fn coproc_command(&mut self) -> Parse<CommandKind> {
        self.skip();
        let (name, word, line) = self.coproc_head()?;
        let mut body = Vec::new();
        match word {
            Some(word) => self.simple(Some(word), line, &mut body)?,
            None => self.command(&mut body)?,
        }
        match body.pop() {
            Some(body) => Ok(CommandKind::Coproc(Box::new(CoprocCommand { name, body }))),
            None => self.unexpected(),
        }
    }

    /// Reads the name behind `coproc`. A word that turns out to be the command's first is given back, with its line.
    #[inline(never)]
    fn coproc_head(&mut self) -> Parse<(Name, Option<Word>, u32)> {
        let name: Name = b"COPROC".as_slice().into();
        if self.at_compound()? || !matches!(self.peek(Mode::Command)?, Token::Word(_)) {
            return Ok((name, None, 0));
        }
        let line = self.token_line;
        let word = self.take_word()?;
        match bare(&word) {
            Some(text) if is_name(text) && self.at_compound()? => Ok((text.into(), None, line)),
            _ => Ok((name, Some(word), line)),
        }
    }

    /// Takes a word or fails.
    pub(super) fn take_word(&mut self) -> Parse<Word> {
        if !matches!(self.peek(Mode::Argument)?, Token::Word(_)) {
            return self.unexpected();
        }
        match self.take() {
            Token::Word(word) => Ok(word),
            _ => self.unexpected(),
        }
    }
}

/// What begins a compound command.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keyword {
    Parenthesis,
    Brace,
    If,
    While,
    Until,
    For,
    Select,
    Case,
    Cond,
    Function,
    Coproc,
}

fn keyword(word: &[u8]) -> Option<Keyword> {
    Some(match word {
        b"{" => Keyword::Brace,
        b"if" => Keyword::If,
        b"while" => Keyword::While,
        b"until" => Keyword::Until,
        b"for" => Keyword::For,
        b"select" => Keyword::Select,
        b"case" => Keyword::Case,
        b"[[" => Keyword::Cond,
        b"function" => Keyword::Function,
        b"coproc" => Keyword::Coproc,
        _ => return None,
    })
}
