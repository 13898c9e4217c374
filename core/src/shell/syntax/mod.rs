//! The shell language: text to tree (lexer and parser) and tree to text (printer), for the grammar of bash 5.2.

pub mod ast;

/// Why a text is not a program. The words are bash's, without the `NAME: line N: ` that the shell puts before them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SyntaxError {
    /// Whether more text could make it right.
    pub kind: SyntaxErrorKind,
    /// What is wrong: ``syntax error near unexpected token `fi'``.
    pub message: Vec<u8>,
    /// The line to name in the message, from 1.
    pub line: u32,
    /// The source line that bash prints as a second message of the form `` `TEXT' ``, when it does.
    pub source_line: Option<Vec<u8>>,
}

/// Whether a text that does not parse is a beginning or a mistake.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SyntaxErrorKind {
    /// It ends too early: an interactive shell asks for another line (PS2).
    Incomplete,
    /// No more text can help.
    Wrong,
}
