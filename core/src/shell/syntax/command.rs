//! Lists, pipelines, simple commands and redirections (POSIX XCU 2.9 and 2.10).

use super::SyntaxErrorKind;
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
        let mut list = List::default();
        while self.list_item(&mut list)? {
            if matches!(self.peek(Mode::Command)?, Token::Newline | Token::End) {
                break;
            }
        }
        if !matches!(self.peek(Mode::Command)?, Token::Newline | Token::End) {
            return self.unexpected();
        }
        self.skip();
        if let Some(last) = list.items.last_mut()
            && last.terminator == Terminator::Semicolon
        {
            last.terminator = Terminator::Newline;
        }
        Ok(list)
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
        let start = self.place();
        let mut list = self.resume_list(start);
        // How many of the commands nothing that follows can change, and where they end.
        let mut read = (list.items.len(), self.place());
        let error = loop {
            if let Err(error) = self.skip_newlines(Mode::Command) {
                break error;
            }
            match self.at_list_end() {
                // What closes the list may still come.
                Ok(true) if self.is_at_open_end() => break self.end_error(),
                Ok(true) => return Ok(list),
                Ok(false) => {}
                Err(error) => break error,
            }
            match self.list_item(&mut list) {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => break error,
            }
            if !self.ends_with_newline(&mut list)? {
                return Ok(list);
            }
            read = (list.items.len(), self.place());
        };
        if error.kind == SyntaxErrorKind::Incomplete {
            list.items.truncate(read.0);
            self.keep_list(start, list, read.1);
        }
        Err(error)
    }

    /// Takes a newline behind a list's last command; false when there is none.
    fn ends_with_newline(&mut self, list: &mut List) -> Parse<bool> {
        let found = matches!(self.peek(Mode::Command)?, Token::Newline);
        if found {
            self.skip();
            if let Some(last) = list.items.last_mut() {
                last.terminator = Terminator::Newline;
            }
        }
        Ok(found)
    }

    /// Reads one and-or list and the `;` or `&` behind it; false when there is none.
    fn list_item(&mut self, list: &mut List) -> Parse<bool> {
        list.items.push(ListItem {
            and_or: AndOr { first: Pipeline::default(), rest: Vec::new() },
            terminator: Terminator::Semicolon,
        });
        let Some(item) = list.items.last_mut() else { return Ok(false) };
        self.and_or(&mut item.and_or)?;
        match self.peek(Mode::Command)? {
            Token::Operator(Operator::Semicolon) => {}
            Token::Operator(Operator::Ampersand) => item.terminator = Terminator::Background,
            _ => return Ok(false),
        }
        self.skip();
        Ok(true)
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

    /// Reads pipelines joined by `&&` and `||`. What is read is filled in where it stays: results that are passed up
    /// would make the frames of the recursive descent large.
    fn and_or(&mut self, and_or: &mut AndOr) -> Parse<()> {
        self.pipeline(&mut and_or.first)?;
        loop {
            let operator = match self.peek(Mode::Command)? {
                Token::Operator(Operator::AndAnd) => AndOrOperator::And,
                Token::Operator(Operator::OrOr) => AndOrOperator::Or,
                _ => return Ok(()),
            };
            self.skip();
            self.skip_newlines(Mode::Command)?;
            and_or.rest.push((operator, Pipeline::default()));
            if let Some((_, pipeline)) = and_or.rest.last_mut() {
                self.pipeline(pipeline)?;
            }
        }
    }

    /// Reads commands joined by `|`, and the `!` and `time` before them.
    fn pipeline(&mut self, pipeline: &mut Pipeline) -> Parse<()> {
        if self.pipeline_prefix(pipeline)? {
            return Ok(());
        }
        loop {
            self.command(&mut pipeline.commands)?;
            if !self.pipe(pipeline)? {
                return Ok(());
            }
        }
    }

    /// Takes `|` or `|&`; false when there is none.
    #[inline(never)]
    fn pipe(&mut self, pipeline: &mut Pipeline) -> Parse<bool> {
        match self.peek(Mode::Command)? {
            Token::Operator(Operator::Pipe) => {}
            Token::Operator(Operator::PipeAmpersand) => {
                if let Some(command) = pipeline.commands.last_mut() {
                    command.redirects.push(error_to_output(self.token_line));
                }
            }
            _ => return Ok(false),
        }
        self.skip();
        self.skip_newlines(Mode::Command)?;
        Ok(true)
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

    /// Reads one command with its redirections, and adds it to the others.
    pub(super) fn command(&mut self, commands: &mut Vec<Command>) -> Parse<()> {
        self.peek(Mode::Command)?;
        let (line, start) = (self.token_line, self.token_offset);
        match self.compound()? {
            Some(kind) => self.finish_compound(kind, line, commands)?,
            None => self.simple(None, line, commands)?,
        }
        self.set_span(start, commands);
        Ok(())
    }

    /// Says where the last command stands, which has just been read.
    fn set_span(&self, start: u32, commands: &mut [Command]) {
        let end = match self.token {
            Some(_) => self.token_offset.max(start),
            None => self.input.offset(),
        };
        if let Some(command) = commands.last_mut() {
            command.span = Span { start, end };
        }
    }

    /// Reads a compound command's redirections.
    #[inline(never)]
    fn finish_compound(&mut self, kind: CommandKind, line: u32, commands: &mut Vec<Command>) -> Parse<()> {
        let mut redirects = Vec::new();
        while self.at_redirect()? {
            redirects.push(self.redirect()?);
        }
        commands.push(Command { kind, redirects, line, span: Span::default() });
        Ok(())
    }

    /// Reads a simple command, whose first word may have been taken, or a function definition that begins with its
    /// name.
    pub(super) fn simple(&mut self, word: Option<Word>, line: u32, commands: &mut Vec<Command>) -> Parse<()> {
        let mut reading = Box::<Reading>::default();
        if let Some(word) = word {
            reading.add(Token::Word(word));
        }
        let read = reading.is_empty() && self.simple_token(&mut reading)?;
        let line = if read || !reading.is_empty() { self.simple_line(&reading)? } else { line };
        while self.simple_token(&mut reading)? {}
        if reading.may_name_function() && self.at(Operator::OpenParen)? {
            return self.named_function(&reading, line, commands);
        }
        if reading.is_empty() {
            return self.unexpected();
        }
        commands.push(reading.finish(line));
        Ok(())
    }

    /// The line of a simple command whose first element has been read: as in bash, that of its second token's end
    /// when the first is a word, else that of its first's.
    fn simple_line(&mut self, reading: &Reading) -> Parse<u32> {
        if !reading.words.is_empty() && matches!(self.peek(reading.mode)?, Token::Newline) {
            return Ok(self.token_line);
        }
        Ok(self.input.line())
    }

    /// Reads one word, assignment or redirection of a simple command; false when none comes next.
    fn simple_token(&mut self, reading: &mut Reading) -> Parse<bool> {
        if matches!(self.peek(reading.mode)?, Token::Word(_) | Token::Assignment(_)) {
            if reading.is_empty() && self.at_reserved()? {
                return self.unexpected();
            }
            reading.add(self.take());
            return Ok(true);
        }
        if !self.at_redirect()? {
            return Ok(false);
        }
        reading.redirects.push(self.redirect()?);
        Ok(true)
    }

    /// Reads `()` and the body of a function whose name has been read.
    fn named_function(&mut self, reading: &Reading, line: u32, commands: &mut Vec<Command>) -> Parse<()> {
        self.skip();
        let name = reading.words.first().map(print::word_text).unwrap_or_default();
        self.expect(Operator::CloseParen)?;
        self.enter()?;
        let kind = self.function_body(name.into())?;
        self.leave();
        commands.push(Command { kind, redirects: Vec::new(), line, span: Span::default() });
        Ok(())
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
    pub(super) fn redirect(&mut self) -> Parse<Redirect> {
        let line = self.token_line;
        let (fd, operator) = self.redirect_operator()?;
        if !matches!(self.peek(Mode::Argument)?, Token::Word(_)) {
            return self.unexpected();
        }
        Ok(self.redirect_word(fd, operator, line))
    }

    /// Takes the descriptor and the operator.
    #[inline(never)]
    fn redirect_operator(&mut self) -> Parse<(RedirectFd, Operator)> {
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
        Ok((fd, operator))
    }

    /// Takes the word behind the operator.
    #[inline(never)]
    fn redirect_word(&mut self, fd: RedirectFd, operator: Operator, line: u32) -> Redirect {
        let word = match self.take() {
            Token::Word(word) => word,
            _ => Word::EMPTY,
        };
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
        Redirect { fd, kind, line }
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
