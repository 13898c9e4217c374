//! Parameter expansions: `$name` and the forms of `${…}`.

use super::ast::{
    CaseChange, ConditionalOperator, ParamExpansion, ParamOperation, Parameter, ReplacePlace, Side, Span,
    SpecialParameter, Subscript, Word, WordFlags, WordPart,
};
use super::input::Mark;
use super::parser::{Parse, Parser};
use super::token::{is_name_byte, starts_name};
use super::word::{Context, Parts};

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
        let start = self.input.offset();
        let mark = self.input.mark();
        self.input.bump();
        let parameter = match self.input.peek() {
            Some(b'{') => return self.braced_parameter(context, mark, start, parts),
            Some(byte) if starts_name(byte) => Parameter::Variable(self.name()),
            Some(byte) if byte.is_ascii_digit() => {
                self.input.bump();
                Parameter::Positional(u32::from(byte - b'0'))
            }
            Some(byte) => match special(byte) {
                Some(special) => {
                    self.input.bump();
                    Parameter::Special(special)
                }
                None => {
                    parts.push(b'$');
                    return Ok(());
                }
            },
            None => {
                parts.push(b'$');
                return Ok(());
            }
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
        Ok(())
    }

    /// Reads `{…}` behind a `$`; `mark` is at the `$`.
    fn braced_parameter(&mut self, context: Context, mark: Mark, start: u32, parts: &mut Parts) -> Parse<()> {
        let line = self.input.line();
        self.enter()?;
        self.input.bump();
        let inside = self.input.mark();
        let expansion = self.expansion(context)?;
        if let Some(mut expansion) = expansion
            && self.input.eat(b'}')
        {
            self.leave();
            expansion.span = Span { start, end: self.input.offset() };
            parts.add(WordPart::Param(expansion), WordFlags::EXPANSION);
            return Ok(());
        }
        self.input.reset(inside);
        self.operand(if context.quotes_operands() { Context::OperandInDouble } else { Context::Operand })?;
        if !self.input.eat(b'}') {
            return self.unclosed(b'}', line);
        }
        self.leave();
        let text = self.input.since(mark);
        parts.add(WordPart::BadSubstitution(text.into()), WordFlags::EXPANSION);
        Ok(())
    }

    /// Reads what stands between `${` and `}`; none when it means nothing.
    fn expansion(&mut self, context: Context) -> Parse<Option<Box<ParamExpansion>>> {
        let length = self.input.peek() == Some(b'#') && self.length_follows();
        if length {
            self.input.bump();
        }
        let mut indirect = !length && self.input.peek() == Some(b'!') && self.indirection_follows();
        if indirect {
            self.input.bump();
        }
        let Some(parameter) = self.parameter_name() else { return Ok(None) };
        let mut subscript = None;
        if self.input.peek() == Some(b'[') {
            if !matches!(parameter, Parameter::Variable(_)) {
                return Ok(None);
            }
            subscript = Some(self.subscript()?);
        }
        let mut operation = None;
        if length {
            operation = Some(ParamOperation::Length);
        } else if indirect && matches!(subscript, Some(Subscript::All | Subscript::Star)) && self.at_closing()
        {
            indirect = false;
            operation = Some(ParamOperation::Keys);
        } else if indirect
            && subscript.is_none()
            && matches!(parameter, Parameter::Variable(_))
            && let Some(byte @ (b'*' | b'@')) = self.input.peek()
            && self.input.peek_second() == Some(b'}')
        {
            self.input.bump();
            indirect = false;
            operation = Some(ParamOperation::Names { at: byte == b'@' });
        } else if !self.at_closing() {
            operation = self.operation(context)?;
            if operation.is_none() {
                return Ok(None);
            }
        }
        let span = Span::default();
        Ok(Some(Box::new(ParamExpansion { parameter, subscript, indirect, operation, braced: true, span })))
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

    /// Reads the operator and its operands; none when there is no such operator.
    fn operation(&mut self, context: Context) -> Parse<Option<ParamOperation>> {
        let Some(byte) = self.input.bump() else { return Ok(None) };
        let operand = if context.quotes_operands() { Context::OperandInDouble } else { Context::Operand };
        Ok(Some(match byte {
            b':' => match self.input.peek().and_then(conditional) {
                Some(operator) => {
                    self.input.bump();
                    ParamOperation::Conditional { operator, colon: true, word: self.operand(operand)? }
                }
                None => return self.substring().map(Some),
            },
            b'#' | b'%' => {
                let longest = self.input.eat(byte);
                let side = if byte == b'#' { Side::Prefix } else { Side::Suffix };
                ParamOperation::Remove { side, longest, pattern: self.operand(Context::Operand)? }
            }
            b'/' => return self.replacement().map(Some),
            b'^' | b',' | b'~' => {
                let all = self.input.eat(byte);
                let change = match byte {
                    b'^' => CaseChange::Upper,
                    b',' => CaseChange::Lower,
                    _ => CaseChange::Toggle,
                };
                let pattern = if self.at_closing() { None } else { Some(self.operand(Context::Operand)?) };
                ParamOperation::ChangeCase { change, all, pattern }
            }
            b'@' => match self.input.peek() {
                Some(letter) if b"UuLQEPAKak".contains(&letter) => {
                    self.input.bump();
                    ParamOperation::Transform(letter)
                }
                _ => return Ok(None),
            },
            byte => match conditional(byte) {
                Some(operator) => {
                    ParamOperation::Conditional { operator, colon: false, word: self.operand(operand)? }
                }
                None => return Ok(None),
            },
        }))
    }

    /// Reads an operand up to what ends it.
    fn operand(&mut self, context: Context) -> Parse<Word> {
        let mut parts = Parts::new(self.input.offset());
        self.parts(context, &mut parts)?;
        Ok(parts.finish(self.input.offset()))
    }

    /// Reads `offset` or `offset:length` behind a `:`.
    fn substring(&mut self) -> Parse<ParamOperation> {
        let offset = self.operand(Context::Offset)?;
        let length = if self.input.eat(b':') { Some(self.operand(Context::Length)?) } else { None };
        Ok(ParamOperation::Substring { offset, length })
    }

    /// Reads what stands behind the first `/` of a replacement.
    fn replacement(&mut self) -> Parse<ParamOperation> {
        let place = match self.input.peek() {
            Some(b'/') => ReplacePlace::All,
            Some(b'#') => ReplacePlace::Prefix,
            Some(b'%') => ReplacePlace::Suffix,
            _ => ReplacePlace::First,
        };
        if place != ReplacePlace::First {
            self.input.bump();
        }
        let pattern = self.operand(Context::ReplacePattern)?;
        let replacement = if self.input.eat(b'/') { Some(self.operand(Context::Operand)?) } else { None };
        Ok(ParamOperation::Replace { place, pattern, replacement })
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
