//! Words to text, with their quotes: assignments, substitutions, parameters.

use super::program_text;
use crate::shell::syntax::ast::{
    ArrayElement, Assignment, AssignmentValue, CaseChange, CommandSub, CommandSubStyle, ConditionalOperator,
    ParamExpansion, ParamOperation, Parameter, ProcessSubDirection, ReplacePlace, Side, SpecialParameter,
    Subscript, Word, WordPart,
};

/// A word with its quotes.
pub fn word_text(word: &Word) -> Vec<u8> {
    let mut out = Vec::new();
    parts_text(&word.parts, &mut out);
    out
}

pub(super) fn assignment_text(assignment: &Assignment, out: &mut Vec<u8>) {
    out.extend_from_slice(&assignment.name);
    element_head(assignment.subscript.as_ref(), assignment.append, out);
    match &assignment.value {
        AssignmentValue::Scalar(word) => parts_text(&word.parts, out),
        AssignmentValue::Array(elements) => {
            out.push(b'(');
            for (index, element) in elements.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                element_text(element, out);
            }
            out.push(b')');
        }
    }
}

fn element_text(element: &ArrayElement, out: &mut Vec<u8>) {
    if element.subscript.is_some() {
        element_head(element.subscript.as_ref(), element.append, out);
    }
    parts_text(&element.value.parts, out);
}

/// `[subscript]=` or `+=`.
fn element_head(subscript: Option<&Subscript>, append: bool, out: &mut Vec<u8>) {
    subscript_text(subscript, out);
    out.extend_from_slice(if append { b"+=" } else { b"=" });
}

fn subscript_text(subscript: Option<&Subscript>, out: &mut Vec<u8>) {
    match subscript {
        None => {}
        Some(Subscript::All) => out.extend_from_slice(b"[@]"),
        Some(Subscript::Star) => out.extend_from_slice(b"[*]"),
        Some(Subscript::Index(word)) => {
            out.push(b'[');
            parts_text(&word.parts, out);
            out.push(b']');
        }
    }
}

/// Bytes between single quotes, each `'` in them as `'\''`.
pub(super) fn single_quoted(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'\'');
    for byte in bytes {
        match byte {
            b'\'' => out.extend_from_slice(b"'\\''"),
            byte => out.push(*byte),
        }
    }
    out.push(b'\'');
}

pub(super) fn parts_text(parts: &[WordPart], out: &mut Vec<u8>) {
    for part in parts {
        part_text(part, out);
    }
}

/// Appends one part of a word, with its quotes.
pub fn part_text(part: &WordPart, out: &mut Vec<u8>) {
    match part {
        WordPart::Literal(text) | WordPart::BadSubstitution(text) => out.extend_from_slice(text),
        WordPart::Unreadable(unreadable) => out.extend_from_slice(&unreadable.text),
        WordPart::Escaped(byte) => out.extend_from_slice(&[b'\\', *byte]),
        WordPart::SingleQuoted(text) | WordPart::AnsiC(text) => single_quoted(text, out),
        WordPart::DoubleQuoted(parts) => {
            out.push(b'"');
            parts_text(parts, out);
            out.push(b'"');
        }
        WordPart::Param(expansion) => param_text(expansion, out),
        WordPart::CommandSub(substitution) => command_sub_text(substitution, out),
        WordPart::Arith(arith) => {
            let (open, close): (&[u8], &[u8]) = if arith.brackets { (b"$[", b"]") } else { (b"$((", b"))") };
            out.extend_from_slice(open);
            parts_text(&arith.expression.parts, out);
            out.extend_from_slice(close);
        }
        WordPart::ProcessSub(substitution) => {
            out.extend_from_slice(match substitution.direction {
                ProcessSubDirection::Read => b"<(",
                ProcessSubDirection::Write => b">(",
            });
            out.extend_from_slice(&program_text(&substitution.program));
            out.push(b')');
        }
    }
}

fn command_sub_text(substitution: &CommandSub, out: &mut Vec<u8>) {
    match &substitution.style {
        CommandSubStyle::Backquotes(text) => {
            out.push(b'`');
            out.extend_from_slice(text);
            out.push(b'`');
        }
        CommandSubStyle::Parentheses => {
            let text = program_text(&substitution.program);
            out.extend_from_slice(b"$(");
            // `$((` would begin arithmetic.
            if text.first() == Some(&b'(') {
                out.push(b' ');
            }
            out.extend_from_slice(&text);
            out.push(b')');
        }
    }
}

fn param_text(expansion: &ParamExpansion, out: &mut Vec<u8>) {
    out.push(b'$');
    if expansion.braced {
        out.push(b'{');
    }
    match &expansion.operation {
        Some(ParamOperation::Length) => out.push(b'#'),
        Some(ParamOperation::Names { .. } | ParamOperation::Keys) => out.push(b'!'),
        _ if expansion.indirect => out.push(b'!'),
        _ => {}
    }
    match &expansion.parameter {
        Parameter::Variable(name) => out.extend_from_slice(name),
        Parameter::Positional(number) => out.extend_from_slice(number.to_string().as_bytes()),
        Parameter::Special(special) => out.push(match special {
            SpecialParameter::At => b'@',
            SpecialParameter::Star => b'*',
            SpecialParameter::Count => b'#',
            SpecialParameter::Status => b'?',
            SpecialParameter::Options => b'-',
            SpecialParameter::Pid => b'$',
            SpecialParameter::BackgroundPid => b'!',
        }),
    }
    subscript_text(expansion.subscript.as_ref(), out);
    if let Some(operation) = &expansion.operation {
        operation_text(operation, out);
    }
    if expansion.braced {
        out.push(b'}');
    }
}

fn operation_text(operation: &ParamOperation, out: &mut Vec<u8>) {
    match operation {
        ParamOperation::Length | ParamOperation::Keys => {}
        ParamOperation::Names { at } => out.push(if *at { b'@' } else { b'*' }),
        ParamOperation::Conditional { operator, colon, word } => {
            if *colon {
                out.push(b':');
            }
            out.push(match operator {
                ConditionalOperator::UseDefault => b'-',
                ConditionalOperator::AssignDefault => b'=',
                ConditionalOperator::ErrorIfUnset => b'?',
                ConditionalOperator::UseAlternative => b'+',
            });
            parts_text(&word.parts, out);
        }
        ParamOperation::Remove { side, longest, pattern } => {
            let byte = if *side == Side::Prefix { b'#' } else { b'%' };
            out.extend(std::iter::repeat_n(byte, if *longest { 2 } else { 1 }));
            parts_text(&pattern.parts, out);
        }
        ParamOperation::Replace { place, pattern, replacement } => {
            out.extend_from_slice(match place {
                ReplacePlace::First => b"/",
                ReplacePlace::All => b"//",
                ReplacePlace::Prefix => b"/#",
                ReplacePlace::Suffix => b"/%",
            });
            parts_text(&pattern.parts, out);
            if let Some(replacement) = replacement {
                out.push(b'/');
                parts_text(&replacement.parts, out);
            }
        }
        ParamOperation::ChangeCase { change, all, pattern } => {
            let byte = match change {
                CaseChange::Upper => b'^',
                CaseChange::Lower => b',',
                CaseChange::Toggle => b'~',
            };
            out.extend(std::iter::repeat_n(byte, if *all { 2 } else { 1 }));
            if let Some(pattern) = pattern {
                parts_text(&pattern.parts, out);
            }
        }
        ParamOperation::Substring { offset, length } => {
            out.push(b':');
            parts_text(&offset.parts, out);
            if let Some(length) = length {
                out.push(b':');
                parts_text(&length.parts, out);
            }
        }
        ParamOperation::Transform(letter) => out.extend_from_slice(&[b'@', *letter]),
    }
}
