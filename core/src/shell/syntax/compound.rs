//! Compound commands and function definitions (POSIX XCU 2.9.4, 2.9.5, and bash's additions).

use super::ast::{
    ArithForCommand, CaseArm, CaseCommand, CaseEnd, Command, CommandKind, CoprocCommand, ForCommand,
    FunctionDefinition, IfClause, IfCommand, List, LoopCommand, Name, Span, Word,
};
use super::parser::{Parse, Parser};
use super::print;
use super::token::{Mode, Operator, Token, bare, is_name};
use super::word::Context;

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
        let length = super::token::closing(inside, b'(', b')')?;
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
            let condition = self.list()?;
            self.expect_word(b"then")?;
            let body = self.list()?;
            command.clauses.push(IfClause { condition, body });
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

    fn loop_command(&mut self, until: bool) -> Parse<CommandKind> {
        self.skip();
        let condition = self.list()?;
        self.expect_word(b"do")?;
        let body = self.list()?;
        self.expect_word(b"done")?;
        Ok(CommandKind::Loop(Box::new(LoopCommand { until, condition, body })))
    }

    fn for_command(&mut self) -> Parse<CommandKind> {
        self.skip();
        if matches!(self.peek(Mode::Argument)?, Token::Operator(Operator::OpenParen))
            && self.input.raw_peek() == Some(b'(')
        {
            return self.arith_for();
        }
        Ok(CommandKind::For(self.for_words()?))
    }

    fn select_command(&mut self) -> Parse<CommandKind> {
        self.skip();
        Ok(CommandKind::Select(self.for_words()?))
    }

    /// Reads what stands behind `for` or `select`.
    fn for_words(&mut self) -> Parse<Box<ForCommand>> {
        let variable = self.take_word()?;
        let variable: Name = print::word_text(&variable).into();
        if matches!(self.peek(Mode::Argument)?, Token::Operator(Operator::Semicolon)) {
            self.skip();
            self.skip_newlines(Mode::Command)?;
            let body = self.loop_body()?;
            return Ok(Box::new(ForCommand { variable, words: None, body }));
        }
        self.skip_newlines(Mode::Argument)?;
        let mut words = None;
        if self.at_word(b"in")? {
            self.skip();
            words = Some(self.words_to_end_of_line()?);
            let body = self.loop_body()?;
            return Ok(Box::new(ForCommand { variable, words, body }));
        }
        let body = self.do_group()?;
        Ok(Box::new(ForCommand { variable, words, body }))
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

    fn arith_for(&mut self) -> Parse<CommandKind> {
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
        let body = self.loop_body()?;
        Ok(CommandKind::ArithFor(Box::new(ArithForCommand { init, condition, update, body })))
    }

    fn case_command(&mut self) -> Parse<CommandKind> {
        self.skip();
        let word = self.take_word()?;
        self.skip_newlines(Mode::Argument)?;
        self.expect_word(b"in")?;
        let mut command = Box::new(CaseCommand { word, arms: Vec::new() });
        loop {
            self.skip_newlines(Mode::Argument)?;
            if self.at_word(b"esac")? {
                break;
            }
            let arm = self.case_arm()?;
            command.arms.push(arm);
            if self.at_word(b"esac")? {
                break;
            }
        }
        self.skip();
        Ok(CommandKind::Case(command))
    }

    fn case_arm(&mut self) -> Parse<CaseArm> {
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
        let body = self.list_or_nothing()?;
        let end = match self.peek(Mode::Command)? {
            Token::Operator(Operator::DoubleSemicolon) => CaseEnd::Break,
            Token::Operator(Operator::SemicolonAmpersand) => CaseEnd::FallThrough,
            Token::Operator(Operator::DoubleSemicolonAmpersand) => CaseEnd::TestNext,
            token if token.bare_word() == Some(b"esac") => {
                return Ok(CaseArm { patterns, body, end: CaseEnd::Break });
            }
            _ => return self.unexpected(),
        };
        self.skip();
        self.skip_newlines(Mode::Argument)?;
        Ok(CaseArm { patterns, body, end })
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
        let body = self.command()?;
        Ok(CommandKind::Function(Box::new(FunctionDefinition { name, body: body.into() })))
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
        let mut name: Name = b"COPROC".as_slice().into();
        let body = if self.at_compound()? || !matches!(self.peek(Mode::Command)?, Token::Word(_)) {
            self.command()?
        } else {
            let (line, start) = (self.token_line, self.token_offset);
            let word = self.take_word()?;
            match bare(&word) {
                Some(text) if is_name(text) && self.at_compound()? => {
                    name = text.into();
                    self.command()?
                }
                _ => {
                    let command = self.simple_from(word, line)?;
                    Command { span: Span { start, end: self.token_offset }, ..command }
                }
            }
        };
        Ok(CommandKind::Coproc(Box::new(CoprocCommand { name, body })))
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
