//! The shell language: text to tree (lexer and parser) and tree to text (printer), for the grammar of bash 5.2.

pub mod arith;
pub mod ast;

mod ansi_c;
mod command;
mod compound;
mod cond;
mod context;
mod here_doc;
mod input;
mod param;
mod parser;
mod print;
mod progress;
mod token;
mod word;

#[cfg(test)]
mod tests;

pub use ansi_c::ansi_c_decode;
pub use parser::{AliasLookup, Options, Parser, Warning};
pub use print::{command_text, function_text, part_text, program_text, word_text};
pub use progress::Progress;
pub(in crate::shell) use token::is_name;

/// The words that the grammar knows.
pub(crate) const RESERVED_WORDS: [&str; 22] = [
    "if", "then", "else", "elif", "fi", "case", "esac", "for", "select", "while", "until", "do", "done",
    "in", "function", "time", "{", "}", "!", "[[", "]]", "coproc",
];

/// Why a text is not a program. The words are bash's, without the `NAME: line N: ` that the shell puts before each
/// of the messages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SyntaxError {
    /// Whether more text could make it right.
    pub kind: SyntaxErrorKind,
    /// What is wrong, one message a line: ``syntax error near unexpected token `fi'``, and where bash shows it the
    /// source line: `` `echo; fi' ``. Never empty.
    pub messages: Vec<Vec<u8>>,
    /// The line to name in the messages, from 1.
    pub line: u32,
    /// Of an incomplete text: bytes that what follows must contain to complete it. Empty when that is not known.
    pub wanted: Vec<u8>,
}

/// Whether a text that does not parse is a beginning or a mistake.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SyntaxErrorKind {
    /// It ends too early: an interactive shell asks for another line (PS2).
    Incomplete,
    /// No more text can help.
    Wrong,
    /// The same in `[[ ]]`: bash's status of the script is then not that of a syntax error.
    WrongCondition,
    /// The same in `$( )`, `<( )` and `>( )`: bash then ends the whole shell, even in `eval`.
    WrongSubstitution,
}
