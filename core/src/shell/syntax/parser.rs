//! The parser's state, its errors, and its two entries: one complete command, or a whole text.

use std::rc::Rc;

use super::ast::{HereDoc, List, Program};
use super::input::Input;
use super::token::{Mode, Operator, Token};
use super::{Progress, SyntaxError, SyntaxErrorKind, print};
use crate::abi::limits::SHELL_NESTING_MAX;

/// What parsing gives: the error is boxed to keep the frames of the recursive descent small.
pub(super) type Parse<T> = Result<T, Box<SyntaxError>>;

/// Gives the text of an alias.
pub type AliasLookup<'a> = &'a dyn Fn(&[u8]) -> Option<Vec<u8>>;

/// How to read a text.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// `shopt extglob`: `@(a|b)` and its like are part of a word. They always are in patterns of `[[ ]]`.
    pub extglob: bool,
    /// Looks up an alias; none when aliases are not expanded.
    pub aliases: Option<AliasLookup<'a>>,
    /// More text may follow, as at a terminal: a here-document without its delimiter, or a `\` newline at the end,
    /// is incomplete instead of finished.
    pub partial: bool,
    /// Number of the text's first line.
    pub first_line: u32,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options { extglob: false, aliases: None, partial: false, first_line: 1 }
    }
}

/// What the shell prints on standard error although the text parses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Warning {
    /// The line to name, from 1.
    pub line: u32,
    /// ``warning: here-document at line 1 delimited by end-of-file (wanted `EOF')``
    pub message: Vec<u8>,
}

/// Reads commands from a text, one complete command at a time, so that an alias, an option or a function that one line
/// defines has its effect on how the next is read.
pub struct Parser<'a> {
    pub(super) input: Input<'a>,
    pub(super) options: Options<'a>,
    /// The token that has been looked at and not taken.
    pub(super) token: Option<Token>,
    /// Where that token, or the last one, starts.
    pub(super) token_offset: u32,
    pub(super) token_line: u32,
    /// Here-documents whose bodies begin behind the next newline.
    pub(super) pending: Vec<Rc<HereDoc>>,
    pub(super) warnings: Vec<Warning>,
    /// Constructs that are open now.
    pub(super) nesting: usize,
    /// Command and process substitutions that are open now.
    pub(super) substitutions: usize,
    /// Where the text of the outermost of them starts.
    pub(super) substitution_start: u32,
    pub(super) progress: Progress,
    /// Tokens and lines of here-documents that have been read.
    steps: u64,
}

impl<'a> Parser<'a> {
    /// A parser at the start of `text`.
    pub fn new(text: &'a [u8], options: Options<'a>) -> Parser<'a> {
        Parser {
            input: Input::new(text, options.first_line),
            options,
            token: None,
            token_offset: 0,
            token_line: options.first_line,
            pending: Vec::new(),
            warnings: Vec::new(),
            nesting: 0,
            substitutions: 0,
            substitution_start: 0,
            progress: Progress::default(),
            steps: 0,
        }
    }

    /// A parser for a text inside this one's: its nesting counts on.
    pub(super) fn inner<'b>(&self, text: &'b [u8], line: u32) -> Parser<'b>
    where
        'a: 'b,
    {
        let options = Options { partial: false, first_line: line, ..self.options };
        Parser { nesting: self.nesting, ..Parser::new(text, options) }
    }

    /// Goes on from what earlier attempts have read of the text; there must not be aliases.
    pub fn resume(&mut self, progress: Progress) {
        self.progress = progress;
    }

    /// What an attempt that found the text incomplete has read for good.
    pub fn take_progress(&mut self) -> Progress {
        std::mem::take(&mut self.progress)
    }

    /// How many tokens and lines of here-documents have been read: the parser's work.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Counts a token or a line.
    pub(super) fn count_step(&mut self) {
        self.steps += 1;
    }

    /// Reads the next complete command: what stands on a line, and the lines it goes on in. `None` at the end.
    /// After an error, nothing more can be read.
    pub fn next_command(&mut self) -> Result<Option<Program>, SyntaxError> {
        self.complete_command().map_err(|error| *error)
    }

    /// Reads all that is left as one program.
    pub fn parse_all(&mut self) -> Result<Program, SyntaxError> {
        let mut items = Vec::new();
        while let Some(program) = self.next_command()? {
            items.extend(program.body.items);
        }
        Ok(Program { body: List { items }, error: None })
    }

    /// Sets whether extended patterns are read as parts of words, from the next command on.
    pub fn set_extglob(&mut self, extglob: bool) {
        self.options.extglob = extglob;
    }

    /// Sets how aliases are looked up, from the next command on.
    pub fn set_aliases(&mut self, aliases: Option<AliasLookup<'a>>) {
        self.options.aliases = aliases;
    }

    /// How many bytes of the text have been read: after [`Parser::next_command`], the start of the next line.
    /// NUL bytes are not counted.
    pub fn offset(&self) -> usize {
        self.input.offset() as usize
    }

    /// The number of the line that comes next.
    pub fn line(&self) -> u32 {
        self.input.line()
    }

    /// The warnings since the last call.
    pub fn take_warnings(&mut self) -> Vec<Warning> {
        std::mem::take(&mut self.warnings)
    }

    fn complete_command(&mut self) -> Parse<Option<Program>> {
        let body = loop {
            match self.peek(Mode::Command)? {
                Token::End => return Ok(None),
                Token::Newline => self.skip(),
                _ => break self.line_of_commands()?,
            }
        };
        Ok(Some(Program { body, error: None }))
    }

    /// Counts one more open construct. Whoever calls it calls [`Parser::leave`] behind the construct; after an error
    /// nobody reads on.
    pub(super) fn enter(&mut self) -> Parse<()> {
        self.nesting += 1;
        if self.nesting <= SHELL_NESTING_MAX {
            return Ok(());
        }
        let message = format!("syntax error: more than {SHELL_NESTING_MAX} constructs inside one another");
        self.wrong(message.into_bytes(), self.input.line())
    }

    pub(super) fn leave(&mut self) {
        self.nesting = self.nesting.saturating_sub(1);
    }

    /// Fails with one message.
    pub(super) fn wrong<T>(&self, message: Vec<u8>, line: u32) -> Parse<T> {
        self.fail(SyntaxErrorKind::Wrong, vec![message], line)
    }

    pub(super) fn fail<T>(&self, kind: SyntaxErrorKind, messages: Vec<Vec<u8>>, line: u32) -> Parse<T> {
        let kind = match kind {
            SyntaxErrorKind::Wrong if self.substitutions > 0 => SyntaxErrorKind::WrongSubstitution,
            kind => kind,
        };
        Err(Box::new(SyntaxError { kind, messages, line, wanted: Vec::new() }))
    }

    /// Fails because the token looked at cannot stand here.
    #[inline(never)]
    pub(super) fn unexpected<T>(&mut self) -> Parse<T> {
        let token = match self.peek(Mode::Argument)? {
            Token::End => return self.unexpected_end(),
            token => print::token_text(token),
        };
        self.near("syntax error near unexpected token ", &token)
    }

    /// Fails because the text ends here.
    pub(super) fn unexpected_end<T>(&self) -> Parse<T> {
        Err(self.end_error())
    }

    /// The error of [`Parser::unexpected_end`].
    pub(super) fn end_error(&self) -> Box<SyntaxError> {
        let line = self.input.line();
        if self.substitutions > 0 {
            return unclosed(b')', line);
        }
        let messages = vec![b"syntax error: unexpected end of file".to_vec()];
        Box::new(SyntaxError { kind: SyntaxErrorKind::Incomplete, messages, line, wanted: Vec::new() })
    }

    /// Whether the token that is looked at is the end of a text that may go on.
    pub(super) fn is_at_open_end(&self) -> bool {
        self.options.partial && matches!(self.token, Some(Token::End))
    }

    /// Fails with a message that quotes a piece of the text, and the source line.
    pub(super) fn near<T>(&self, message: &str, text: &[u8]) -> Parse<T> {
        let messages = vec![
            [message.as_bytes(), b"`", text, b"'"].concat(),
            [b"`", self.input.line_at(self.token_offset), b"'"].concat(),
        ];
        self.fail(SyntaxErrorKind::Wrong, messages, self.token_line)
    }

    /// Fails because the text ended before `closer`; what it closes was opened at `line`.
    pub(super) fn unclosed<T>(&self, closer: u8, line: u32) -> Parse<T> {
        Err(unclosed(closer, line))
    }

    /// Fails because the text ended inside a `\` newline although more may come.
    pub(super) fn check_continuation(&self) -> Parse<()> {
        if self.options.partial && self.input.ends_in_continuation() {
            return self.unexpected_end();
        }
        Ok(())
    }

    /// Looks at the next token; `mode` says how to read it when it has not been read yet.
    pub(super) fn peek(&mut self, mode: Mode) -> Parse<&Token> {
        let token = match self.token.take() {
            Some(token) => token,
            None => self.read_token(mode)?,
        };
        Ok(self.token.insert(token))
    }

    /// Takes the token that was looked at.
    pub(super) fn take(&mut self) -> Token {
        self.token.take().unwrap_or(Token::End)
    }

    /// Drops the token that was looked at.
    pub(super) fn skip(&mut self) {
        self.token = None;
    }

    /// Whether the next token is this operator.
    pub(super) fn at(&mut self, operator: Operator) -> Parse<bool> {
        Ok(matches!(self.peek(Mode::Command)?, Token::Operator(found) if *found == operator))
    }

    /// Takes this operator or fails.
    pub(super) fn expect(&mut self, operator: Operator) -> Parse<()> {
        if !self.at(operator)? {
            return self.unexpected();
        }
        self.skip();
        Ok(())
    }

    /// Whether the next token is this word, without quotes.
    pub(super) fn at_word(&mut self, word: &[u8]) -> Parse<bool> {
        Ok(self.peek(Mode::Command)?.bare_word() == Some(word))
    }

    /// Takes this word or fails.
    pub(super) fn expect_word(&mut self, word: &[u8]) -> Parse<()> {
        if !self.at_word(word)? {
            return self.unexpected();
        }
        self.skip();
        Ok(())
    }

    /// Drops newlines.
    pub(super) fn skip_newlines(&mut self, mode: Mode) -> Parse<()> {
        while matches!(self.peek(mode)?, Token::Newline) {
            self.skip();
        }
        Ok(())
    }
}

/// The error of [`Parser::unclosed`].
fn unclosed(closer: u8, line: u32) -> Box<SyntaxError> {
    let messages = vec![[b"unexpected EOF while looking for matching `", &[closer][..], b"'"].concat()];
    Box::new(SyntaxError { kind: SyntaxErrorKind::Incomplete, messages, line, wanted: vec![closer] })
}
