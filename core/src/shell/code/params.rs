//! Compiling parameter expansions.

use super::compile::Compiler;
use super::words::Place;
use super::{Apply, Op, Operation, Test};
use crate::shell::syntax::ast::{
    ConditionalOperator, ParamExpansion, ParamOperation, SpecialParameter, Word,
};

/// The character of a special parameter.
pub(super) const fn special_letter(special: SpecialParameter) -> u8 {
    match special {
        SpecialParameter::At => b'@',
        SpecialParameter::Star => b'*',
        SpecialParameter::Count => b'#',
        SpecialParameter::Status => b'?',
        SpecialParameter::Options => b'-',
        SpecialParameter::Pid => b'$',
        SpecialParameter::BackgroundPid => b'!',
    }
}

impl Compiler {
    pub(super) fn param(&mut self, expansion: &ParamExpansion, place: Place) {
        let quoted = place.quoted;
        let Some(operation) = &expansion.operation else {
            let param = self.param_value(expansion);
            self.code.params.push(param);
            let param = self.code.params.len() as u32 - 1;
            self.emit(Op::Param { param, quoted });
            return;
        };
        let operation = match operation {
            ParamOperation::Conditional { operator, colon, word } => {
                return self.conditional(expansion, *operator, *colon, word, place);
            }
            ParamOperation::Length => Operation::Length,
            ParamOperation::Names { at } => Operation::Names { at: *at },
            ParamOperation::Keys => Operation::Keys,
            ParamOperation::Remove { side, longest, .. } => {
                Operation::Remove { side: *side, longest: *longest }
            }
            ParamOperation::Replace { place, replacement, .. } => {
                Operation::Replace { place: *place, with: replacement.is_some() }
            }
            ParamOperation::ChangeCase { change, all, pattern } => {
                Operation::ChangeCase { change: *change, all: *all, pattern: pattern.is_some() }
            }
            ParamOperation::Substring { length, .. } => Operation::Substring { length: length.is_some() },
            ParamOperation::Transform(letter) => Operation::Transform(*letter),
        };
        let param = self.param_value(expansion);
        match &expansion.operation {
            Some(ParamOperation::Remove { pattern, .. }) => self.pattern_word(pattern),
            Some(ParamOperation::Replace { pattern, replacement, .. }) => {
                self.pattern_word(pattern);
                if let Some(replacement) = replacement {
                    self.replacement_word(replacement);
                }
            }
            Some(ParamOperation::ChangeCase { pattern: Some(pattern), .. }) => self.pattern_word(pattern),
            Some(ParamOperation::Substring { offset, length }) => {
                self.quoted_string_word(offset);
                if let Some(length) = length {
                    self.quoted_string_word(length);
                }
            }
            _ => {}
        }
        self.code.applies.push(Apply { param, operation });
        let apply = self.code.applies.len() as u32 - 1;
        self.emit(Op::ParamApply { apply, quoted });
    }

    /// The replacement of `${x/p/r}`: an unquoted `&` stands for what matched, so quoted ones are escaped as
    /// in a pattern.
    fn replacement_word(&mut self, word: &Word) {
        self.pattern_word(word);
    }

    fn conditional(
        &mut self,
        expansion: &ParamExpansion,
        operator: ConditionalOperator,
        colon: bool,
        word: &Word,
        place: Place,
    ) {
        let quoted = place.quoted;
        let param = self.param_value(expansion);
        self.code.tests.push(Test { param, operator, colon });
        let test = self.code.tests.len() as u32 - 1;
        let jump = self.emit(Op::ParamTest { test, quoted, end: 0 });
        match operator {
            ConditionalOperator::UseDefault | ConditionalOperator::UseAlternative => {
                self.operand(word, place);
            }
            ConditionalOperator::AssignDefault => {
                self.string_word(word);
                self.emit(Op::ParamAssign { test, quoted });
            }
            ConditionalOperator::ErrorIfUnset => {
                self.string_word(word);
                self.emit(Op::ParamFail { test });
            }
        }
        self.land(jump);
    }

    /// The word of `${x-word}`: its parts go into the word around it.
    fn operand(&mut self, word: &Word, place: Place) {
        use crate::shell::syntax::ast::{WordFlags, WordPart};
        if let (true, false, Some(WordPart::Literal(text))) =
            (word.flags.has(WordFlags::TILDE), place.quoted, word.parts.first())
            && let Some(rest) = text.strip_prefix(b"~")
        {
            let end = memchr::memchr(b'/', rest).unwrap_or(rest.len());
            let user = self.text(&rest[..end]);
            self.emit(Op::Tilde { user, argument: false });
            let tail = self.text(&rest[end..]);
            self.emit(Op::Splittable(tail));
            self.parts(word.parts.get(1..).unwrap_or_default(), Place { quoted: false, operand: true });
            return;
        }
        self.parts(&word.parts, Place { quoted: place.quoted, operand: true });
    }
}
