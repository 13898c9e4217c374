//! Arithmetic: the text of an expression to a tree, with bash's operators, precedence and error messages.

mod parser;
mod token;
mod tree;

pub use token::constant;
pub use tree::{
    Arith, ArithAssign, ArithBinary, ArithChain, ArithConditional, ArithElement, ArithExpr, ArithOperand,
    ArithStep, ArithUnary,
};

use super::ast::{Word, WordPart};
use parser::parse_text;

/// Stands in the text of an expression for a part of the word that is still to be expanded. A shell's text has no NUL.
pub const PLACEHOLDER: u8 = 0;

/// Why a text is no expression. bash shows it as `TEXT: MESSAGE (error token is "TOKEN")`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ArithError {
    /// The expression's text from its first byte that is no blank.
    pub text: Vec<u8>,
    /// What is wrong: `syntax error: operand expected`.
    pub message: String,
    /// The rest of the text from where it is wrong.
    pub token: Vec<u8>,
}

impl ArithError {
    /// The whole message.
    pub fn to_bytes(&self) -> Vec<u8> {
        let message = self.message.as_bytes();
        [&self.text, b": ".as_slice(), message, b" (error token is \"", &self.token, b"\")"].concat()
    }
}

/// Parses the text of an expression in which everything has been expanded. A blank text is 0.
pub fn parse(text: &[u8]) -> Result<Arith, ArithError> {
    parse_text(text, &[]).map_err(|error| *error)
}

/// Parses the word of an expression before it is expanded, when the tree will hold whatever it expands to as long as
/// each expansion gives one operand. Otherwise, and when it is wrong, none: expand it, then [`parse`] the text.
pub fn parse_word(word: &Word) -> Option<Arith> {
    let (mut text, mut expansions) = (Vec::new(), Vec::new());
    for (index, part) in word.parts.iter().enumerate() {
        match part {
            WordPart::Literal(bytes) => text.extend_from_slice(bytes),
            WordPart::Escaped(byte) => text.push(*byte),
            WordPart::DoubleQuoted(inside) => match inside.as_slice() {
                [WordPart::Literal(bytes)] => text.extend_from_slice(bytes),
                [WordPart::Param(_) | WordPart::CommandSub(_) | WordPart::Arith(_)] => {
                    text.push(PLACEHOLDER);
                    expansions.push(index);
                }
                _ => return None,
            },
            WordPart::Param(_) | WordPart::CommandSub(_) | WordPart::Arith(_) => {
                text.push(PLACEHOLDER);
                expansions.push(index);
            }
            _ => return None,
        }
    }
    parse_text(&text, &expansions).ok()
}
