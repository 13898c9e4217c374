//! Words: quotes, escapes and substitutions, up to where the word ends.

use std::rc::Rc;

use super::ansi_c::ansi_c_decode;
use super::ast::{
    ArithExpansion, CommandSub, CommandSubStyle, ProcessSub, ProcessSubDirection, Program, Span, Word,
    WordFlags, WordPart,
};
use super::context::Context;
use super::parser::{Parse, Parser};
use super::token::{Operator, closing, literal_flags};
use super::{SyntaxError, SyntaxErrorKind};

/// The bytes that are more than themselves in some context; runs of the others are taken at once.
static STOPS: [bool; 256] = stops(b" \t\n;&|<>()'\"\\$`{}/[]:?");
/// The same between double quotes and in here-documents.
static STOPS_DOUBLE: [bool; 256] = stops(b"\n\"\\$`");

const fn stops(bytes: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut at = 0;
    while at < bytes.len() {
        table[bytes[at] as usize] = true;
        at += 1;
    }
    table
}

/// A word that is being read.
pub(super) struct Parts {
    parts: Vec<WordPart>,
    literal: Vec<u8>,
    flags: WordFlags,
    start: u32,
}

impl Parts {
    /// An empty word that starts at this offset.
    pub(super) fn new(start: u32) -> Parts {
        Parts { parts: Vec::new(), literal: Vec::new(), flags: WordFlags::NONE, start }
    }

    /// Adds a byte of plain text.
    pub(super) fn push(&mut self, byte: u8) {
        self.literal.push(byte);
    }

    /// Adds a part that is not plain text.
    pub(super) fn add(&mut self, part: WordPart, flags: WordFlags) {
        self.end_literal();
        self.flags |= flags;
        self.parts.push(part);
    }

    fn end_literal(&mut self) {
        if !self.literal.is_empty() {
            let literal = std::mem::take(&mut self.literal);
            self.parts.push(WordPart::Literal(literal.into()));
        }
    }

    /// The word, which ends at this offset.
    pub(super) fn finish(mut self, end: u32) -> Word {
        self.end_literal();
        let mut flags = self.flags;
        flags |= unquoted_flags(&self.parts);
        Word { parts: self.parts, flags, span: Span { start: self.start, end } }
    }
}

/// What the unquoted text of a word asks for.
fn unquoted_flags(parts: &[WordPart]) -> WordFlags {
    let mut flags = WordFlags::NONE;
    let (mut open, mut separated, mut previous) = (false, false, b':');
    for (index, part) in parts.iter().enumerate() {
        let WordPart::Literal(text) = part else {
            previous = 0;
            continue;
        };
        flags |= literal_flags(text);
        if index > 0 {
            previous = 0;
        }
        if memchr::memchr3(b'~', b'{', b'}', text).is_none() && !open {
            previous = text.last().copied().unwrap_or(previous);
            continue;
        }
        for byte in text {
            match *byte {
                b'~' if matches!(previous, b':' | b'=') => flags |= WordFlags::TILDE,
                b'{' => open = true,
                b',' => separated |= open,
                b'.' => separated |= open && previous == b'.',
                b'}' if open && separated => flags |= WordFlags::BRACE,
                _ => {}
            }
            previous = *byte;
        }
    }
    flags
}

impl Parser<'_> {
    /// Reads parts up to what ends the context, which stays, or to the end of the text.
    pub(super) fn parts(&mut self, context: Context, parts: &mut Parts) -> Parse<()> {
        let stops = if context.is_double() { &STOPS_DOUBLE } else { &STOPS };
        let mut depth = 0_usize;
        let mut ternaries = 0_usize;
        loop {
            self.input.take_run(stops, &mut parts.literal);
            let Some(byte) = self.input.peek() else {
                if context == Context::Regex && depth > 0 {
                    return self.unclosed(b')', self.token_line);
                }
                return self.check_continuation();
            };
            if byte == b'\n'
                && matches!(context, Context::HereDoc | Context::Whole)
                && self.input.at_added_newline()
            {
                return Ok(());
            }
            if self.is_extended_pattern(context, byte, parts) {
                self.extended_pattern(parts)?;
                continue;
            }
            if matches!(byte, b'<' | b'>')
                && context.substitutes_processes()
                && self.input.peek_second() == Some(b'(')
            {
                self.process_substitution(byte, parts)?;
                continue;
            }
            if depth == 0 && ternaries == 0 && context.ends(byte) {
                return Ok(());
            }
            match byte {
                b'\\' => self.backslash(context, parts),
                b'\'' if context.single_quotes() => self.single_quotes(parts)?,
                b'"' if context != Context::HereDoc => self.double_quotes(parts)?,
                b'$' => self.dollar(context, parts)?,
                b'`' => self.backquotes(context, parts)?,
                _ => {
                    match byte {
                        b'(' if context.counts_parentheses() => depth += 1,
                        b')' if context.counts_parentheses() => depth = depth.saturating_sub(1),
                        b'[' if matches!(context, Context::Subscript | Context::ArithBrackets) => depth += 1,
                        b']' if matches!(context, Context::Subscript | Context::ArithBrackets) => {
                            depth = depth.saturating_sub(1)
                        }
                        b'?' if context == Context::Offset => ternaries += 1,
                        b':' if context == Context::Offset => ternaries = ternaries.saturating_sub(1),
                        b'}' if context == Context::Offset => return Ok(()),
                        _ => {}
                    }
                    parts.push(byte);
                    self.input.raw_bump();
                }
            }
        }
    }

    /// Whether the `(` that comes next begins an extended pattern.
    fn is_extended_pattern(&self, context: Context, byte: u8, parts: &Parts) -> bool {
        let on = match context {
            Context::Command => self.options.extglob,
            Context::Pattern => true,
            _ => false,
        };
        on && byte == b'(' && matches!(parts.literal.last(), Some(b'?' | b'*' | b'+' | b'@' | b'!'))
    }

    /// Reads `(…)` of an extended pattern as text.
    fn extended_pattern(&mut self, parts: &mut Parts) -> Parse<()> {
        let line = self.input.line();
        self.input.bump();
        parts.push(b'(');
        parts.flags |= WordFlags::GLOB;
        self.parts(Context::Parentheses, parts)?;
        if !self.input.eat(b')') {
            return self.unclosed(b')', line);
        }
        parts.push(b')');
        Ok(())
    }

    fn backslash(&mut self, context: Context, parts: &mut Parts) {
        self.input.raw_bump();
        if self.input.at_added_newline() {
            parts.add(WordPart::Escaped(b'\\'), WordFlags::QUOTED);
            self.input.raw_bump();
            return;
        }
        match self.input.raw_peek() {
            Some(byte) if context.escapes(byte) => {
                self.input.raw_bump();
                parts.add(WordPart::Escaped(byte), WordFlags::QUOTED);
            }
            _ => parts.push(b'\\'),
        }
    }

    fn single_quotes(&mut self, parts: &mut Parts) -> Parse<()> {
        let line = self.input.line();
        self.input.raw_bump();
        let mut text = Vec::new();
        if !self.input.raw_take_until(b'\'', &mut text) {
            return self.unclosed(b'\'', line);
        }
        self.input.raw_bump();
        parts.add(WordPart::SingleQuoted(text.into()), WordFlags::QUOTED);
        Ok(())
    }

    pub(super) fn double_quotes(&mut self, parts: &mut Parts) -> Parse<()> {
        let line = self.input.line();
        self.input.bump();
        self.enter()?;
        let mut inside = Parts::new(0);
        self.parts(Context::Double, &mut inside)?;
        if !self.input.eat(b'"') {
            return self.unclosed(b'"', line);
        }
        self.leave();
        inside.end_literal();
        parts.add(WordPart::DoubleQuoted(inside.parts), inside.flags | WordFlags::QUOTED);
        Ok(())
    }

    /// Reads what a `$` begins.
    fn dollar(&mut self, context: Context, parts: &mut Parts) -> Parse<()> {
        let quotes = context.single_quotes() || context == Context::OperandInDouble;
        match self.input.peek_second() {
            Some(b'(') => self.dollar_parenthesis(parts),
            Some(b'[') => {
                self.input.bump();
                self.arithmetic(Context::ArithBrackets, parts)
            }
            Some(b'\'') if quotes => self.ansi_c_quotes(parts),
            Some(b'"') if quotes => {
                self.input.bump();
                self.double_quotes(parts)
            }
            _ => self.parameter(context, parts),
        }
    }

    /// Reads `$(…)` or `$((…))`.
    fn dollar_parenthesis(&mut self, parts: &mut Parts) -> Parse<()> {
        let line = self.input.line();
        self.input.bump();
        if self.input.peek_second() == Some(b'(') {
            match self.arithmetic_length() {
                Some(true) => return self.arithmetic(Context::Arith, parts),
                Some(false) => {}
                None => return self.unclosed(b')', line),
            }
        }
        let looks_arithmetic = self.input.peek_second() == Some(b'(');
        self.input.bump();
        let program = self.substitution().map_err(|mut error| {
            if looks_arithmetic && error.kind == SyntaxErrorKind::Incomplete {
                error.line = line;
            }
            error
        })?;
        let style = CommandSubStyle::Parentheses;
        parts.add(WordPart::CommandSub(Box::new(CommandSub { program, style })), WordFlags::EXPANSION);
        Ok(())
    }

    /// Whether the `((` that comes next is closed by `))`; none when it is not closed at all.
    pub(super) fn arithmetic_length(&mut self) -> Option<bool> {
        let rest = self.input.rest();
        let open = memchr::memchr(b'(', rest.get(1..)?)? + 2;
        let inside = rest.get(open..)?;
        let length = closing(inside, b'(', b')', false)?;
        Some(
            inside
                .get(length + 1..)
                .is_some_and(|after| after.first() == Some(&b')') || after.starts_with(b"\\\n)")),
        )
    }

    /// Reads `((…))` or `[…]` behind a `$`.
    fn arithmetic(&mut self, context: Context, parts: &mut Parts) -> Parse<()> {
        let brackets = context == Context::ArithBrackets;
        let line = self.input.line();
        self.enter()?;
        self.input.bump();
        if !brackets {
            self.input.bump();
        }
        let expression = self.arithmetic_word(context)?;
        let closer = if brackets { b']' } else { b')' };
        if !self.input.eat(closer) || !(brackets || self.input.eat(closer)) {
            return self.unclosed(closer, line);
        }
        self.leave();
        let part = WordPart::Arith(Box::new(ArithExpansion { expression, brackets }));
        parts.add(part, WordFlags::EXPANSION);
        Ok(())
    }

    /// Reads arithmetic up to what ends it.
    pub(super) fn arithmetic_word(&mut self, context: Context) -> Parse<Word> {
        let mut parts = Parts::new(self.input.offset());
        self.parts(context, &mut parts)?;
        Ok(parts.finish(self.input.offset()))
    }

    /// Reads a program up to its `)`, which is taken; the `(` has been. It counts as two constructs, a word and a
    /// command, since it takes the stack of both.
    fn substitution(&mut self) -> Parse<Rc<Program>> {
        self.enter()?;
        self.enter()?;
        if self.substitutions == 0 {
            self.substitution_start = self.input.offset();
        }
        self.substitutions += 1;
        let (offset, line) = (self.token_offset, self.token_line);
        let body = self.list_or_nothing()?;
        self.expect(Operator::CloseParen)?;
        (self.token_offset, self.token_line) = (offset, line);
        self.substitutions -= 1;
        self.leave();
        self.leave();
        Ok(Rc::new(Program { body, error: None }))
    }

    fn process_substitution(&mut self, byte: u8, parts: &mut Parts) -> Parse<()> {
        self.input.bump();
        self.input.bump();
        let program = self.substitution()?;
        let direction = if byte == b'<' { ProcessSubDirection::Read } else { ProcessSubDirection::Write };
        parts.add(WordPart::ProcessSub(Box::new(ProcessSub { direction, program })), WordFlags::EXPANSION);
        Ok(())
    }

    /// Reads `` `…` ``. What is wrong in it shows when it runs, as in bash. Its lines are counted from 1.
    fn backquotes(&mut self, context: Context, parts: &mut Parts) -> Parse<()> {
        let line = self.input.line();
        self.input.raw_bump();
        let (mut written, mut text) = (Vec::new(), Vec::new());
        loop {
            match self.input.raw_bump() {
                None => return self.unclosed(b'`', line),
                Some(b'`') => break,
                Some(b'\\') => {
                    written.push(b'\\');
                    let Some(byte) = self.input.raw_bump() else { return self.unclosed(b'`', line) };
                    written.push(byte);
                    let escaped =
                        matches!(byte, b'$' | b'`' | b'\\') || byte == b'"' && context == Context::Double;
                    if !escaped {
                        text.push(b'\\');
                    }
                    text.push(byte);
                }
                Some(byte) => {
                    written.push(byte);
                    text.push(byte);
                }
            }
        }
        self.enter()?;
        let mut inner = self.inner(&text, 1);
        let mut program = Program::default();
        loop {
            match inner.next_command() {
                Ok(Some(next)) => program.body.items.extend(next.body.items),
                Ok(None) => break,
                Err(error) => {
                    program.error = Some(Box::new(error));
                    break;
                }
            }
        }
        let program = Rc::new(program);
        self.warnings.append(&mut inner.warnings);
        self.leave();
        let style = CommandSubStyle::Backquotes(written.into());
        parts.add(WordPart::CommandSub(Box::new(CommandSub { program, style })), WordFlags::EXPANSION);
        Ok(())
    }

    /// Reads `$'…'` and decodes its escapes.
    fn ansi_c_quotes(&mut self, parts: &mut Parts) -> Parse<()> {
        let line = self.input.line();
        self.input.bump();
        self.input.bump();
        let mut text = Vec::new();
        loop {
            match self.input.raw_bump() {
                None => return self.unclosed(b'\'', line),
                Some(b'\'') => break,
                Some(b'\\') => {
                    text.push(b'\\');
                    let Some(byte) = self.input.raw_bump() else { return self.unclosed(b'\'', line) };
                    text.push(byte);
                }
                Some(byte) => text.push(byte),
            }
        }
        parts.add(WordPart::AnsiC(ansi_c_decode(&text).into()), WordFlags::QUOTED);
        Ok(())
    }

    /// Reads a whole text as one word, whatever blanks and operators are in it.
    pub fn whole_word(&mut self) -> Result<Word, SyntaxError> {
        let mut parts = Parts::new(0);
        self.parts(Context::Whole, &mut parts).map_err(|error| *error)?;
        Ok(parts.finish(self.input.offset()))
    }

    /// Reads a whole text as if it stood between double quotes: a prompt.
    pub fn string_word(&mut self) -> Result<Word, SyntaxError> {
        self.here_doc_word().map_err(|error| *error)
    }

    /// Reads a whole text as the body of a here-document.
    pub(super) fn here_doc_word(&mut self) -> Parse<Word> {
        let mut parts = Parts::new(0);
        self.parts(Context::HereDoc, &mut parts)?;
        Ok(parts.finish(self.input.offset()))
    }
}
