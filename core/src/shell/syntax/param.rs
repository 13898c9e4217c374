//! Parameter expansions: `$name` and the forms of `${…}`.

use super::ast::{
    CaseChange, ConditionalOperator, ParamExpansion, ParamOperation, Parameter, ReplacePlace, Side, Span,
    SpecialParameter, Subscript, Word, WordFlags, WordPart,
};
use super::context::Context;
use super::parser::{Parse, Parser};
use super::token::{is_name_byte, starts_name};
use super::word::Parts;

/// The special parameter that a byte names.
fn special(byte: u8) -> Option<SpecialParameter> {
    Some(match byte {
        b'@' => SpecialParameter::At,
        b'*' => SpecialParameter::Star,
        b'#' => SpecialParameter::Count,
        b'?' => SpecialParameter::Status,
        b'-' => SpecialParameter::Options,
        b'$' => SpecialParameter::Pid,
        b'!' => SpecialParameter::BackgroundPid,
        _ => return None,
    })
}

impl Parser<'_> {
    /// Reads `$name`, `$1`, `$?` or `${…}`; a `$` before anything else is itself.
    pub(super) fn parameter(&mut self, context: Context, parts: &mut Parts) -> Parse<()> {
        if self.input.peek_second() == Some(b'{') {
            return self.braced_parameter(context, parts);
        }
        self.bare_parameter(parts);
        Ok(())
    }

    #[inline(never)]
    fn bare_parameter(&mut self, parts: &mut Parts) {
        let start = self.input.offset();
        self.input.bump();
        let parameter = match self.input.peek() {
            Some(byte) if starts_name(byte) => Parameter::Variable(self.name()),
            Some(byte) if byte.is_ascii_digit() => {
                self.input.bump();
                Parameter::Positional(u32::from(byte - b'0'))
            }
            byte => match byte.and_then(special) {
                Some(special) => {
                    self.input.bump();
                    Parameter::Special(special)
                }
                None => return parts.push(b'$'),
            },
        };
        let span = Span { start, end: self.input.offset() };
        let expansion = ParamExpansion {
            parameter,
            subscript: None,
            indirect: false,
            operation: None,
            braced: false,
            span,
        };
        parts.add(WordPart::Param(Box::new(expansion)), WordFlags::EXPANSION);
    }

    /// Reads `${…}`.
    fn braced_parameter(&mut self, context: Context, parts: &mut Parts) -> Parse<()> {
        let (start, line) = (self.input.offset(), self.input.line());
        let mark = self.input.mark();
        self.enter()?;
        self.input.bump();
        self.input.bump();
        let inside = self.input.mark();
        let mut expansion = Box::<ParamExpansion>::default();
        if self.expansion(context, &mut expansion)? && self.input.eat(b'}') {
            expansion.span = Span { start, end: self.input.offset() };
            parts.add(WordPart::Param(expansion), WordFlags::EXPANSION);
        } else {
            drop(expansion);
            self.input.reset(inside);
            self.operand(context.operand(), &mut Word::default())?;
            if !self.input.eat(b'}') {
                return self.unclosed(b'}', line);
            }
            let text = self.input.since(mark);
            parts.add(WordPart::BadSubstitution(text.into()), WordFlags::EXPANSION);
        }
        self.leave();
        Ok(())
    }

    /// Reads what stands between `${` and `}`; false when it means nothing. The expansion is filled in where it stays:
    /// results that are passed up would make the frames of the recursive descent large.
    fn expansion(&mut self, context: Context, expansion: &mut ParamExpansion) -> Parse<bool> {
        let length = self.input.peek() == Some(b'#') && self.length_follows();
        if length {
            self.input.bump();
        }
        expansion.indirect = !length && self.input.peek() == Some(b'!') && self.indirection_follows();
        if expansion.indirect {
            self.input.bump();
        }
        expansion.braced = true;
        match self.parameter_name() {
            Some(parameter) => expansion.parameter = parameter,
            None => return Ok(false),
        }
        if self.input.peek() == Some(b'[') {
            if !matches!(expansion.parameter, Parameter::Variable(_)) {
                return Ok(false);
            }
            expansion.subscript = Some(self.subscript()?);
        }
        if length {
            expansion.operation = Some(ParamOperation::Length);
            return Ok(true);
        }
        if self.names_or_keys(expansion) || self.at_closing() {
            return Ok(true);
        }
        expansion.operation = self.param_operator();
        match &mut expansion.operation {
            Some(operation) => self.operands(context, operation)?,
            None => return Ok(false),
        }
        Ok(true)
    }

    /// Sees whether `${!…` asks for the names of variables or for keys instead of for an indirection.
    fn names_or_keys(&mut self, expansion: &mut ParamExpansion) -> bool {
        if !expansion.indirect || !matches!(expansion.parameter, Parameter::Variable(_)) {
            return false;
        }
        let found = match (&expansion.subscript, self.input.peek()) {
            (Some(Subscript::All | Subscript::Star), Some(b'}')) => ParamOperation::Keys,
            (None, Some(byte @ (b'*' | b'@'))) if self.input.peek_second() == Some(b'}') => {
                self.input.bump();
                ParamOperation::Names { at: byte == b'@' }
            }
            _ => return false,
        };
        expansion.indirect = false;
        expansion.operation = Some(found);
        true
    }

    fn at_closing(&mut self) -> bool {
        self.input.peek() == Some(b'}')
    }

    /// Whether the `#` that comes next asks for a length: a parameter follows it, and in `${#-}` and its like nothing
    /// follows that.
    fn length_follows(&mut self) -> bool {
        let mark = self.input.mark();
        self.input.bump();
        let follows = match self.input.peek() {
            Some(byte) if is_name_byte(byte) => true,
            Some(b'@' | b'*') => true,
            Some(byte) => special(byte).is_some() && self.input.peek_second() == Some(b'}'),
            None => false,
        };
        self.input.reset(mark);
        follows
    }

    /// Whether the `!` that comes next asks for indirection, and is not `$!` with an operator.
    fn indirection_follows(&mut self) -> bool {
        let mark = self.input.mark();
        self.input.bump();
        let follows = match self.input.peek() {
            Some(byte) if is_name_byte(byte) || matches!(byte, b'@' | b'*') => true,
            Some(b'#' | b'?' | b'$' | b'!') => self.input.peek_second() == Some(b'}'),
            _ => false,
        };
        self.input.reset(mark);
        follows
    }

    /// Takes the name of a parameter.
    fn parameter_name(&mut self) -> Option<Parameter> {
        let byte = self.input.peek()?;
        if starts_name(byte) {
            return Some(Parameter::Variable(self.name()));
        }
        if byte.is_ascii_digit() {
            let digits = self.name();
            let text = std::str::from_utf8(&digits).ok()?;
            return text.bytes().all(|byte| byte.is_ascii_digit()).then(|| {
                // A number too great for any parameter names one that is never set.
                Parameter::Positional(text.parse().unwrap_or(u32::MAX))
            });
        }
        let special = special(byte)?;
        self.input.bump();
        Some(Parameter::Special(special))
    }

    /// Takes the operator: the operation with empty operands. None when there is no such operator.
    #[inline(never)]
    fn param_operator(&mut self) -> Option<ParamOperation> {
        let byte = self.input.bump()?;
        Some(match byte {
            b':' => match self.input.peek().and_then(conditional) {
                Some(operator) => {
                    self.input.bump();
                    ParamOperation::Conditional { operator, colon: true, word: Word::EMPTY }
                }
                None => ParamOperation::Substring { offset: Word::EMPTY, length: None },
            },
            b'#' | b'%' => {
                let longest = self.input.eat(byte);
                let side = if byte == b'#' { Side::Prefix } else { Side::Suffix };
                ParamOperation::Remove { side, longest, pattern: Word::EMPTY }
            }
            b'/' => {
                let place = match self.input.peek() {
                    Some(b'/') => ReplacePlace::All,
                    Some(b'#') => ReplacePlace::Prefix,
                    Some(b'%') => ReplacePlace::Suffix,
                    _ => ReplacePlace::First,
                };
                if place != ReplacePlace::First {
                    self.input.bump();
                }
                ParamOperation::Replace { place, pattern: Word::EMPTY, replacement: None }
            }
            b'^' | b',' | b'~' => {
                let all = self.input.eat(byte);
                let change = match byte {
                    b'^' => CaseChange::Upper,
                    b',' => CaseChange::Lower,
                    _ => CaseChange::Toggle,
                };
                ParamOperation::ChangeCase { change, all, pattern: None }
            }
            b'@' => {
                let letter = self.input.peek().filter(|letter| b"UuLQEPAKak".contains(letter))?;
                self.input.bump();
                ParamOperation::Transform(letter)
            }
            byte => {
                ParamOperation::Conditional { operator: conditional(byte)?, colon: false, word: Word::EMPTY }
            }
        })
    }

    /// Reads the operands behind an operator.
    fn operands(&mut self, context: Context, operation: &mut ParamOperation) -> Parse<()> {
        match operation {
            ParamOperation::Conditional { word, .. } => self.operand(context.operand(), word),
            ParamOperation::Remove { pattern, .. } => self.operand(Context::Operand, pattern),
            ParamOperation::Replace { place, pattern, replacement } => {
                let mut parts = Parts::new(self.input.offset());
                // In `${x///…}` the third slash is part of the pattern.
                if *place == ReplacePlace::All && self.input.eat(b'/') {
                    parts.push(b'/');
                }
                self.parts(Context::ReplacePattern, &mut parts)?;
                *pattern = parts.finish(self.input.offset());
                if self.input.eat(b'/') {
                    self.operand(Context::Operand, replacement.insert(Word::EMPTY))?;
                }
                Ok(())
            }
            ParamOperation::ChangeCase { pattern, .. } => {
                if !self.at_closing() {
                    self.operand(Context::Operand, pattern.insert(Word::EMPTY))?;
                }
                Ok(())
            }
            ParamOperation::Substring { offset, length } => {
                self.operand(Context::Offset, offset)?;
                if self.input.eat(b':') {
                    self.operand(Context::Length, length.insert(Word::EMPTY))?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    /// Reads an operand up to what ends it.
    fn operand(&mut self, context: Context, word: &mut Word) -> Parse<()> {
        let mut parts = Parts::new(self.input.offset());
        self.parts(context, &mut parts)?;
        *word = parts.finish(self.input.offset());
        Ok(())
    }
}

/// The operator that looks at whether the parameter is set.
fn conditional(byte: u8) -> Option<ConditionalOperator> {
    Some(match byte {
        b'-' => ConditionalOperator::UseDefault,
        b'=' => ConditionalOperator::AssignDefault,
        b'?' => ConditionalOperator::ErrorIfUnset,
        b'+' => ConditionalOperator::UseAlternative,
        _ => return None,
    })
}
