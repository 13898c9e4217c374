//! Lists, pipelines, simple commands and redirections (POSIX XCU 2.9 and 2.10).

use super::ast::{
    AndOr, AndOrOperator, Argument, Command, CommandKind, DeclarationCommand, List, ListItem, Pipeline,
    Redirect, RedirectFd, RedirectKind, SimpleCommand, Span, Terminator, TimeFormat, Word, WordPart,
};
use super::parser::{Parse, Parser};
use super::print;
use super::token::{Mode, Operator, Token, bare};

/// The words that end a list and are no commands.
const CLOSERS: [&[u8]; 8] = [b"then", b"else", b"elif", b"fi", b"do", b"done", b"esac", b"}"];

/// The builtins whose arguments are read as assignments.
const DECLARATIONS: [&[u8]; 6] = [b"declare", b"typeset", b"local", b"export", b"readonly", b"alias"];

impl Parser<'_> {
    /// Reads the commands up to the end of the line, and the newline. At least one.
    pub(super) fn line_of_commands(&mut self) -> Parse<List> {
        let mut items = Vec::new();
        loop {
            let and_or = self.and_or()?;
            let terminator = match self.peek(Mode::Command)? {
                Token::Operator(Operator::Semicolon) => Terminator::Semicolon,
                Token::Operator(Operator::Ampersand) => Terminator::Background,
                Token::Newline | Token::End => {
                    self.skip();
                    items.push(ListItem { and_or, terminator: Terminator::Newline });
                    break;
                }
                _ => return self.unexpected(),
            };
            self.skip();
            items.push(ListItem { and_or, terminator });
            if matches!(self.peek(Mode::Command)?, Token::Newline | Token::End) {
                self.skip();
                break;
            }
        }
        Ok(List { items })
    }

    /// Reads a list of at least one command, up to a token that no command starts with.
    pub(super) fn list(&mut self) -> Parse<List> {
        let list = self.list_or_nothing()?;
        if list.items.is_empty() {
            return self.unexpected();
        }
        Ok(list)
    }

    /// Reads a list that may be empty, as in `$( )`.
    pub(super) fn list_or_nothing(&mut self) -> Parse<List> {
        let mut items = Vec::new();
        loop {
            self.skip_newlines(Mode::Command)?;
            if self.at_list_end()? {
                break;
            }
            let and_or = self.and_or()?;
            let terminator = match self.peek(Mode::Command)? {
                Token::Operator(Operator::Semicolon) => Terminator::Semicolon,
                Token::Operator(Operator::Ampersand) => Terminator::Background,
                Token::Newline => Terminator::Newline,
                _ => {
                    items.push(ListItem { and_or, terminator: Terminator::Semicolon });
                    break;
                }
            };
            self.skip();
            items.push(ListItem { and_or, terminator });
        }
        Ok(List { items })
    }

    /// Whether the next token ends a list.
    fn at_list_end(&mut self) -> Parse<bool> {
        Ok(match self.peek(Mode::Command)? {
            Token::End => true,
            Token::Operator(operator) => matches!(
                operator,
                Operator::CloseParen
                    | Operator::DoubleSemicolon
                    | Operator::SemicolonAmpersand
                    | Operator::DoubleSemicolonAmpersand
            ),
            token => token.bare_word().is_some_and(|word| CLOSERS.contains(&word)),
        })
    }

    /// Reads pipelines joined by `&&` and `||`.
    fn and_or(&mut self) -> Parse<AndOr> {
        let first = self.pipeline()?;
        let mut rest = Vec::new();
        loop {
            let operator = match self.peek(Mode::Command)? {
                Token::Operator(Operator::AndAnd) => AndOrOperator::And,
                Token::Operator(Operator::OrOr) => AndOrOperator::Or,
                _ => return Ok(AndOr { first, rest }),
            };
            self.skip();
            self.skip_newlines(Mode::Command)?;
            rest.push((operator, self.pipeline()?));
        }
    }

    /// Reads commands joined by `|`, and the `!` and `time` before them.
    fn pipeline(&mut self) -> Parse<Pipeline> {
        let mut pipeline = Pipeline { negated: false, timed: None, commands: Vec::new() };
        if self.pipeline_prefix(&mut pipeline)? {
            return Ok(pipeline);
        }
        loop {
            pipeline.commands.push(self.command()?);
            match self.peek(Mode::Command)? {
                Token::Operator(Operator::Pipe) => {}
                Token::Operator(Operator::PipeAmpersand) => {
                    if let Some(command) = pipeline.commands.last_mut() {
                        command.redirects.push(error_to_output(self.token_line));
                    }
                }
                _ => return Ok(pipeline),
            }
            self.skip();
            self.skip_newlines(Mode::Command)?;
        }
    }

    /// Reads `!` and `time`; true when the pipeline ends with them.
    fn pipeline_prefix(&mut self, pipeline: &mut Pipeline) -> Parse<bool> {
        let mut found = false;
        loop {
            match self.peek(Mode::Command)?.bare_word() {
                Some(b"!") => {
                    self.skip();
                    pipeline.negated = !pipeline.negated;
                }
                Some(b"time") => {
                    self.skip();
                    self.time_options(pipeline)?;
                }
                _ => break,
            }
            found = true;
        }
        let ends = matches!(
            self.peek(Mode::Command)?,
            Token::Newline
                | Token::End
                | Token::Operator(Operator::Semicolon | Operator::Ampersand | Operator::CloseParen)
        );
        Ok(found && ends)
    }

    /// Reads `-p` and `--` behind `time`.
    fn time_options(&mut self, pipeline: &mut Pipeline) -> Parse<()> {
        pipeline.timed.get_or_insert(TimeFormat::Default);
        while let Some(b"-p" | b"--") = self.peek(Mode::Command)?.bare_word() {
            let last = self.at_word(b"--")?;
            self.skip();
            pipeline.timed = Some(TimeFormat::Posix);
            if last {
                break;
            }
        }
        Ok(())
    }

    /// Reads one command with its redirections.
    pub(super) fn command(&mut self) -> Parse<Command> {
        self.peek(Mode::Command)?;
        let (line, start) = (self.token_line, self.token_offset);
        let mut command = match self.compound()? {
            Some(kind) => {
                let mut redirects = Vec::new();
                while self.at_redirect()? {
                    redirects.push(self.redirect()?);
                }
                Command { kind, redirects, line, span: Span::default() }
            }
            None => self.simple(line)?,
        };
        command.span = Span { start, end: self.token_offset.max(start) };
        if self.token.is_none() {
            command.span.end = self.input.offset();
        }
        Ok(command)
    }

    /// Reads a simple command, or a function definition that begins with its name.
    fn simple(&mut self, line: u32) -> Parse<Command> {
        let mut reading = Reading::default();
        loop {
            match self.peek(reading.mode)? {
                Token::Word(_) | Token::Assignment(_) => {
                    if reading.is_empty() && self.at_reserved()? {
                        return self.unexpected();
                    }
                    reading.add(self.take());
                }
                Token::Operator(Operator::OpenParen) if reading.may_name_function() => {
                    self.skip();
                    let name = reading.words.first().map(print::word_text).unwrap_or_default();
                    self.expect(Operator::CloseParen)?;
                    let kind = self.function_body(name.into())?;
                    return Ok(Command { kind, redirects: Vec::new(), line, span: Span::default() });
                }
                _ => {
                    if !self.at_redirect()? {
                        break;
                    }
                    let redirect = self.redirect()?;
                    reading.redirects.push(redirect);
                }
            }
        }
        if reading.is_empty() {
            return self.unexpected();
        }
        Ok(reading.finish(line))
    }

    /// Reads a simple command whose first word has been taken.
    pub(super) fn simple_from(&mut self, word: Word, line: u32) -> Parse<Command> {
        let mut reading = Reading::default();
        reading.add(Token::Word(word));
        loop {
            if matches!(self.peek(reading.mode)?, Token::Word(_) | Token::Assignment(_)) {
                reading.add(self.take());
            } else if self.at_redirect()? {
                let redirect = self.redirect()?;
                reading.redirects.push(redirect);
            } else {
                return Ok(reading.finish(line));
            }
        }
    }

    /// Whether the next token is a reserved word that starts no command.
    fn at_reserved(&mut self) -> Parse<bool> {
        let word = self.peek(Mode::Command)?.bare_word();
        Ok(word.is_some_and(|word| word == b"in" || CLOSERS.contains(&word)))
    }

    /// Whether a redirection comes next.
    pub(super) fn at_redirect(&mut self) -> Parse<bool> {
        Ok(match self.peek(Mode::Argument)? {
            Token::IoNumber(_) | Token::IoVariable(_) => true,
            Token::Operator(operator) => operator.redirects(),
            _ => false,
        })
    }

    /// Reads a redirection.
    #[inline(never)]
    pub(super) fn redirect(&mut self) -> Parse<Redirect> {
        let line = self.token_line;
        let fd = match self.peek(Mode::Argument)? {
            Token::IoNumber(number) => RedirectFd::Number(*number),
            Token::IoVariable(name) => RedirectFd::Variable(name.clone()),
            _ => RedirectFd::Default,
        };
        if fd != RedirectFd::Default {
            self.skip();
        }
        let operator = match self.peek(Mode::Argument)? {
            Token::Operator(operator) => *operator,
            _ => return self.unexpected(),
        };
        self.skip();
        if !matches!(self.peek(Mode::Argument)?, Token::Word(_)) {
            return self.unexpected();
        }
        let Token::Word(word) = self.take() else { return self.unexpected() };
        let kind = match operator {
            Operator::Less => RedirectKind::Input(word),
            Operator::Greater => RedirectKind::Output(word),
            Operator::GreaterPipe => RedirectKind::Clobber(word),
            Operator::GreaterGreater => RedirectKind::Append(word),
            Operator::LessGreater => RedirectKind::ReadWrite(word),
            Operator::LessAmpersand => RedirectKind::DuplicateInput(word),
            Operator::GreaterAmpersand => RedirectKind::DuplicateOutput(word),
            Operator::AmpersandGreater => RedirectKind::OutputBoth(word),
            Operator::AmpersandGreaterGreater => RedirectKind::AppendBoth(word),
            Operator::LessLessLess => RedirectKind::HereString(word),
            operator => RedirectKind::HereDoc(self.here_doc(&word, operator == Operator::LessLessDash)),
        };
        Ok(Redirect { fd, kind, line })
    }
}

/// `2>&1`, which `|&` stands for.
fn error_to_output(line: u32) -> Redirect {
    let one = Word { parts: vec![WordPart::Literal(b"1".as_slice().into())], ..Word::EMPTY };
    Redirect { fd: RedirectFd::Number(2), kind: RedirectKind::DuplicateOutput(one), line }
}

/// A simple command that is being read.
struct Reading {
    simple: SimpleCommand,
    arguments: Vec<Argument>,
    words: Vec<Word>,
    redirects: Vec<Redirect>,
    mode: Mode,
}

impl Default for Reading {
    fn default() -> Self {
        Reading {
            simple: SimpleCommand::default(),
            arguments: Vec::new(),
            words: Vec::new(),
            redirects: Vec::new(),
            mode: Mode::Command,
        }
    }
}

impl Reading {
    fn is_empty(&self) -> bool {
        self.words.is_empty() && self.simple.assignments.is_empty() && self.redirects.is_empty()
    }

    /// Only a word has been read, so that `()` would make it a function's name.
    fn may_name_function(&self) -> bool {
        self.words.len() == 1
            && self.arguments.is_empty()
            && self.simple.assignments.is_empty()
            && self.redirects.is_empty()
    }

    fn add(&mut self, token: Token) {
        match token {
            Token::Assignment(assignment) if self.mode == Mode::Command => {
                self.simple.assignments.push(*assignment)
            }
            Token::Assignment(assignment) => self.arguments.push(Argument::Assignment(*assignment)),
            Token::Word(word) if self.mode == Mode::Declaration => self.arguments.push(Argument::Word(word)),
            Token::Word(word) => {
                if self.mode == Mode::Command {
                    self.mode = match bare(&word) {
                        Some(name) if DECLARATIONS.contains(&name) => Mode::Declaration,
                        Some(b"eval" | b"let") => Mode::ArrayText,
                        _ => Mode::Argument,
                    };
                }
                self.words.push(word);
            }
            _ => {}
        }
    }

    fn finish(self, line: u32) -> Command {
        let Reading { simple, arguments, mut words, redirects, mode } = self;
        let assignments = simple.assignments;
        let kind = match words.pop() {
            Some(name) if mode == Mode::Declaration => {
                CommandKind::Declaration(Box::new(DeclarationCommand { assignments, name, arguments }))
            }
            last => {
                words.extend(last);
                CommandKind::Simple(Box::new(SimpleCommand { assignments, words }))
            }
        };
        Command { kind, redirects, line, span: Span::default() }
    }
}
