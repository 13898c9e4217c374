//! Tokens: operators, numbers before redirections, assignments and words, with aliases put in place of words.

use super::ast::{
    ArrayElement, Assignment, AssignmentValue, Name, Span, Subscript, Word, WordFlags, WordPart,
};
use super::context::Context;
use super::parser::{Parse, Parser};
use super::word::Parts;

/// What the parser reads.
#[derive(Debug)]
pub(super) enum Token {
    Word(Word),
    /// Only where the mode lets assignments stand.
    Assignment(Box<Assignment>),
    /// Digits directly before `<` or `>`.
    IoNumber(u32),
    /// `{name}` directly before `<` or `>`.
    IoVariable(Name),
    Operator(Operator),
    Newline,
    End,
}

impl Token {
    /// The word's text when nothing in it is quoted or expanded: only such a word can be a reserved word.
    pub(super) fn bare_word(&self) -> Option<&[u8]> {
        match self {
            Token::Word(word) => bare(word),
            _ => None,
        }
    }
}

/// See [`Token::bare_word`].
pub(super) fn bare(word: &Word) -> Option<&[u8]> {
    match word.parts.as_slice() {
        [WordPart::Literal(text)] => Some(text),
        _ => None,
    }
}

/// Where a token stands decides how a word is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mode {
    /// The start of a command: aliases and assignments.
    Command,
    /// Behind the command word, or where no command starts.
    Argument,
    /// Behind a declaration builtin: assignments, array literals included.
    Declaration,
    /// Behind `eval` and `let`: a word may hold an array literal, as text.
    ArrayText,
    /// In an array literal.
    Element,
    /// An operand of `[[ ]]`.
    Condition,
    /// Right of `==`, `!=` and `=` in `[[ ]]`.
    Pattern,
    /// Right of `=~`.
    Regex,
}

/// The operators of the grammar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Operator {
    Semicolon,
    DoubleSemicolon,
    SemicolonAmpersand,
    DoubleSemicolonAmpersand,
    Ampersand,
    AndAnd,
    Pipe,
    OrOr,
    PipeAmpersand,
    OpenParen,
    CloseParen,
    Less,
    Greater,
    GreaterPipe,
    GreaterGreater,
    LessGreater,
    LessAmpersand,
    GreaterAmpersand,
    AmpersandGreater,
    AmpersandGreaterGreater,
    LessLess,
    LessLessDash,
    LessLessLess,
}

impl Operator {
    /// As it is written.
    pub(super) fn text(self) -> &'static str {
        match self {
            Operator::Semicolon => ";",
            Operator::DoubleSemicolon => ";;",
            Operator::SemicolonAmpersand => ";&",
            Operator::DoubleSemicolonAmpersand => ";;&",
            Operator::Ampersand => "&",
            Operator::AndAnd => "&&",
            Operator::Pipe => "|",
            Operator::OrOr => "||",
            Operator::PipeAmpersand => "|&",
            Operator::OpenParen => "(",
            Operator::CloseParen => ")",
            Operator::Less => "<",
            Operator::Greater => ">",
            Operator::GreaterPipe => ">|",
            Operator::GreaterGreater => ">>",
            Operator::LessGreater => "<>",
            Operator::LessAmpersand => "<&",
            Operator::GreaterAmpersand => ">&",
            Operator::AmpersandGreater => "&>",
            Operator::AmpersandGreaterGreater => "&>>",
            Operator::LessLess => "<<",
            Operator::LessLessDash => "<<-",
            Operator::LessLessLess => "<<<",
        }
    }

    /// Whether it begins a redirection.
    pub(super) fn redirects(self) -> bool {
        self as u8 >= Operator::Less as u8
    }
}

/// The words that mean something where a command can start.
pub(super) fn is_reserved(word: &[u8]) -> bool {
    super::RESERVED_WORDS.iter().any(|own| own.as_bytes() == word)
}

/// Whether a byte can start a name.
pub(super) fn starts_name(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}

/// Whether a byte can stand in a name.
pub(super) fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether the bytes are a name (POSIX XBD 3.216).
pub(in crate::shell) fn is_name(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|first| starts_name(*first)) && bytes.iter().all(|byte| is_name_byte(*byte))
}

/// What stands before the value of an assignment.
struct AssignmentHead {
    name: Name,
    subscript: Option<Subscript>,
    append: bool,
}

impl Parser<'_> {
    /// Reads one token.
    pub(super) fn read_token(&mut self, mode: Mode) -> Parse<Token> {
        // What stands in for an alias may begin with another alias.
        let mut expand = mode == Mode::Command;
        self.count_step();
        loop {
            self.skip_blanks();
            expand |= self.input.take_blank_alias();
            self.token_offset = self.input.offset();
            self.token_line = self.input.line();
            let Some(byte) = self.input.peek() else {
                self.check_continuation()?;
                return Ok(Token::End);
            };
            if byte == b'\n' {
                self.input.raw_bump();
                self.read_here_docs()?;
                return Ok(Token::Newline);
            }
            let in_regex = mode == Mode::Regex && matches!(byte, b'(' | b'|');
            if !in_regex && let Some(operator) = self.operator(byte) {
                return Ok(Token::Operator(operator));
            }
            if matches!(mode, Mode::Command | Mode::Declaration)
                && let Some(assignment) = self.assignment(mode)?
            {
                return Ok(Token::Assignment(assignment));
            }
            if !expand || self.options.aliases.is_none() {
                return self.word_token(mode);
            }
            let active = self.input.active_aliases();
            let token = self.word_token(mode)?;
            if !self.expand_alias(&token, &active) {
                return Ok(token);
            }
        }
    }

    /// Puts an alias's text in place of a word that has been taken; false when it is none.
    #[inline(never)]
    fn expand_alias(&mut self, token: &Token, active: &[Name]) -> bool {
        let (Some(name), Some(look_up)) = (token.bare_word(), self.options.aliases) else { return false };
        if active.iter().any(|alias| **alias == *name) {
            return false;
        }
        let Some(text) = look_up(name) else { return false };
        self.input.push_alias(name, active, text);
        true
    }

    /// Drops blanks, and a comment up to its newline.
    fn skip_blanks(&mut self) {
        while let Some(b' ' | b'\t') = self.input.peek() {
            self.input.raw_bump();
        }
        if self.input.peek() == Some(b'#') {
            self.input.raw_take_until(b'\n', &mut Vec::new());
        }
    }

    /// Takes an operator, when the next byte begins one.
    fn operator(&mut self, byte: u8) -> Option<Operator> {
        let second = match byte {
            b';' | b'&' | b'|' | b'<' | b'>' => self.input.peek_second(),
            b'(' | b')' => None,
            _ => return None,
        };
        if matches!((byte, second), (b'<' | b'>', Some(b'('))) {
            return None;
        }
        self.input.bump();
        let first = match (byte, second) {
            (b';', Some(b';')) => Operator::DoubleSemicolon,
            (b';', Some(b'&')) => Operator::SemicolonAmpersand,
            (b'&', Some(b'&')) => Operator::AndAnd,
            (b'&', Some(b'>')) => Operator::AmpersandGreater,
            (b'|', Some(b'|')) => Operator::OrOr,
            (b'|', Some(b'&')) => Operator::PipeAmpersand,
            (b'<', Some(b'<')) => Operator::LessLess,
            (b'<', Some(b'>')) => Operator::LessGreater,
            (b'<', Some(b'&')) => Operator::LessAmpersand,
            (b'>', Some(b'>')) => Operator::GreaterGreater,
            (b'>', Some(b'|')) => Operator::GreaterPipe,
            (b'>', Some(b'&')) => Operator::GreaterAmpersand,
            (b';', _) => return Some(Operator::Semicolon),
            (b'&', _) => return Some(Operator::Ampersand),
            (b'|', _) => return Some(Operator::Pipe),
            (b'<', _) => return Some(Operator::Less),
            (b'>', _) => return Some(Operator::Greater),
            (b'(', _) => return Some(Operator::OpenParen),
            _ => return Some(Operator::CloseParen),
        };
        self.input.bump();
        Some(match first {
            Operator::DoubleSemicolon if self.input.eat(b'&') => Operator::DoubleSemicolonAmpersand,
            Operator::AmpersandGreater if self.input.eat(b'>') => Operator::AmpersandGreaterGreater,
            Operator::LessLess if self.input.eat(b'-') => Operator::LessLessDash,
            Operator::LessLess if self.input.eat(b'<') => Operator::LessLessLess,
            first => first,
        })
    }

    /// Reads a word, or what stands before a redirection operator.
    fn word_token(&mut self, mode: Mode) -> Parse<Token> {
        let word = self.word(mode)?;
        Ok(self.before_redirection(&word).unwrap_or(Token::Word(word)))
    }

    /// What a word that stands directly before a redirection operator means to it.
    #[inline(never)]
    fn before_redirection(&mut self, word: &Word) -> Option<Token> {
        let text = bare(word)?;
        if !matches!(self.input.peek(), Some(b'<' | b'>')) {
            return None;
        }
        if text.iter().all(u8::is_ascii_digit) {
            return decimal(text).map(Token::IoNumber);
        }
        let name = text.strip_prefix(b"{").and_then(|text| text.strip_suffix(b"}"))?;
        is_name(name).then(|| Token::IoVariable(name.into()))
    }

    /// Reads a word of a command.
    pub(super) fn word(&mut self, mode: Mode) -> Parse<Word> {
        let mut parts = Parts::new(self.input.offset());
        match mode {
            Mode::ArrayText if self.at_array_literal() => {
                self.push_through(b'(', &mut parts);
                self.brackets_as_text(Context::Parentheses, b')', &mut parts)?;
            }
            // `a[1 2]` is one word, be it an assignment or not.
            Mode::Command if self.at_subscript() => {
                self.push_through(b'[', &mut parts);
                self.brackets_as_text(Context::Subscript, b']', &mut parts)?;
            }
            Mode::Element if self.input.peek() == Some(b'[') => {
                self.push_through(b'[', &mut parts);
                self.brackets_as_text(Context::Subscript, b']', &mut parts)?;
            }
            _ => {}
        }
        let context = match mode {
            Mode::Regex => Context::Regex,
            Mode::Pattern => Context::Pattern,
            _ => Context::Command,
        };
        self.parts(context, &mut parts)?;
        Ok(parts.finish(self.input.offset()))
    }

    /// Adds the bytes up to this one, which comes.
    fn push_through(&mut self, last: u8, parts: &mut Parts) {
        while let Some(byte) = self.input.bump() {
            parts.push(byte);
            if byte == last {
                break;
            }
        }
    }

    /// Reads up to what closes the brackets that have been opened, as part of a word.
    fn brackets_as_text(&mut self, context: Context, closer: u8, parts: &mut Parts) -> Parse<()> {
        let line = self.input.line();
        self.parts(context, parts)?;
        if !self.input.eat(closer) {
            return self.unclosed(closer, line);
        }
        parts.push(closer);
        Ok(())
    }

    /// Whether a name with `[` behind it stands here.
    fn at_subscript(&self) -> bool {
        let rest = self.input.rest();
        let name = rest.iter().take_while(|byte| is_name_byte(**byte)).count();
        let (name, rest) = rest.split_at(name);
        is_name(name) && rest.starts_with(b"[")
    }

    /// Reads an assignment, when one stands here.
    fn assignment(&mut self, mode: Mode) -> Parse<Option<Box<Assignment>>> {
        let start = self.input.offset();
        let Some(head) = self.assignment_head(mode)? else { return Ok(None) };
        let value = match self.input.peek() {
            Some(b'(') => AssignmentValue::Array(self.array_literal()?),
            _ => AssignmentValue::Scalar(self.word(Mode::Argument)?),
        };
        let AssignmentHead { name, subscript, append } = head;
        let span = Span { start, end: self.input.offset() };
        Ok(Some(Box::new(Assignment { name, subscript, append, value, span })))
    }

    /// Whether `name=(` or `name+=(` stands here.
    fn at_array_literal(&self) -> bool {
        let rest = self.input.rest();
        let name = rest.iter().take_while(|byte| is_name_byte(**byte)).count();
        let (name, rest) = rest.split_at(name);
        is_name(name) && (rest.starts_with(b"=(") || rest.starts_with(b"+=("))
    }

    /// Takes `name=`, `name+=`, `name[…]=` or `name[…]+=`, when it stands here.
    fn assignment_head(&mut self, mode: Mode) -> Parse<Option<AssignmentHead>> {
        match self.input.peek() {
            Some(byte) if starts_name(byte) => {}
            _ => return Ok(None),
        }
        let mark = self.input.mark();
        let name = self.name();
        let subscript = match self.input.peek() {
            Some(b'[') => match self.assignment_follows_brackets(mode) {
                Some(true) => Some(self.subscript()?),
                None if mode == Mode::Command => return self.unclosed(b']', self.token_line),
                _ => None,
            },
            _ => None,
        };
        match self.assignment_operator() {
            Some(append) => Ok(Some(AssignmentHead { name, subscript, append })),
            None => {
                self.input.reset(mark);
                Ok(None)
            }
        }
    }

    /// Takes the bytes of a name that has been seen to start here.
    pub(super) fn name(&mut self) -> Name {
        let mut name = Vec::new();
        while let Some(byte) = self.input.peek().filter(|byte| is_name_byte(*byte)) {
            name.push(byte);
            self.input.raw_bump();
        }
        name.into()
    }

    /// Takes `=` or `+=`: whether it appends.
    fn assignment_operator(&mut self) -> Option<bool> {
        if self.input.eat(b'=') {
            return Some(false);
        }
        if self.input.peek() == Some(b'+') && self.input.peek_second() == Some(b'=') {
            self.input.bump();
            self.input.bump();
            return Some(true);
        }
        None
    }

    /// Whether `=` or `+=` stands behind the `]` of the `[` that comes next; none when it has no `]`. Behind a
    /// declaration builtin, a blank ends the word even there.
    fn assignment_follows_brackets(&self, mode: Mode) -> Option<bool> {
        let rest = self.input.rest();
        let inside = rest.get(1..)?;
        let length = closing(inside, b'[', b']', mode == Mode::Declaration)?;
        let after = inside.get(length + 1..).unwrap_or_default();
        Some(after.starts_with(b"=") || after.starts_with(b"+=") || after.starts_with(b"\\\n"))
    }

    /// Reads `( element … )` of an array literal.
    fn array_literal(&mut self) -> Parse<Vec<ArrayElement>> {
        self.enter()?;
        let line = self.input.line();
        self.input.bump();
        let mut elements = Vec::new();
        loop {
            self.skip_blanks();
            self.token_offset = self.input.offset();
            self.token_line = self.input.line();
            match self.input.peek() {
                None => return self.unclosed(b')', line),
                Some(b'\n') => {
                    self.input.raw_bump();
                    self.read_here_docs()?;
                }
                Some(b')') => break,
                Some(byte) => {
                    if let Some(operator) = self.operator(byte) {
                        return self.near("syntax error near unexpected token ", operator.text().as_bytes());
                    }
                    elements.push(self.array_element()?);
                }
            }
        }
        self.input.bump();
        self.leave();
        Ok(elements)
    }

    fn array_element(&mut self) -> Parse<ArrayElement> {
        if self.input.peek() == Some(b'[') && self.assignment_follows_brackets(Mode::Element) == Some(true) {
            let mark = self.input.mark();
            let subscript = self.subscript()?;
            if let Some(append) = self.assignment_operator() {
                let value = self.word(Mode::Argument)?;
                return Ok(ArrayElement { subscript: Some(subscript), append, value });
            }
            self.input.reset(mark);
        }
        Ok(ArrayElement { subscript: None, append: false, value: self.word(Mode::Element)? })
    }

    /// Reads `[…]`, which starts here.
    pub(super) fn subscript(&mut self) -> Parse<Subscript> {
        let line = self.input.line();
        self.input.bump();
        self.enter()?;
        let mut parts = Parts::new(self.input.offset());
        self.parts(Context::Subscript, &mut parts)?;
        if !self.input.eat(b']') {
            return self.unclosed(b']', line);
        }
        self.leave();
        let word = parts.finish(self.input.offset().saturating_sub(1));
        Ok(match bare(&word) {
            Some(b"@") => Subscript::All,
            Some(b"*") => Subscript::Star,
            _ => Subscript::Index(Box::new(word)),
        })
    }
}

/// A decimal number that fits a descriptor.
fn decimal(digits: &[u8]) -> Option<u32> {
    let text = std::str::from_utf8(digits).ok()?;
    text.parse::<i32>().ok().and_then(|number| u32::try_from(number).ok())
}

/// How many bytes stand before the `close` that ends what an `open` before `text` began. Knows quotes, `$(…)`,
/// `${…}` and backquotes, and is linear: it decides between two readings before either is tried. With `in_word` an
/// unquoted blank ends the search.
pub(super) fn closing(text: &[u8], open: u8, close: u8, in_word: bool) -> Option<usize> {
    let mut closers = vec![close];
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        let closer = *closers.last()?;
        match (*byte, closer) {
            (byte, closer) if byte == closer => {
                closers.pop();
                if closers.is_empty() {
                    return Some(at);
                }
            }
            (_, b'\'') => {}
            (b'\\', _) => at += 1,
            (_, b'`') => {}
            (b'$', _) if text.get(at + 1) == Some(&b'(') => {
                closers.push(b')');
                at += 1;
            }
            (b'$', _) if text.get(at + 1) == Some(&b'{') => {
                closers.push(b'}');
                at += 1;
            }
            (b'`', _) => closers.push(b'`'),
            (_, b'"') => {}
            (quote @ (b'"' | b'\''), _) => closers.push(quote),
            (b' ' | b'\t' | b'\n', closer) if in_word && closer == close => return None,
            (b'(', b')') => closers.push(b')'),
            (byte, closer) if byte == open && closer == close => closers.push(close),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The flags of unquoted text that `Parts` has collected in a word.
pub(super) fn literal_flags(text: &[u8]) -> WordFlags {
    let mut flags = WordFlags::NONE;
    if memchr::memchr3(b'*', b'?', b'[', text).is_some() {
        flags |= WordFlags::GLOB;
    }
    flags
}
