//! What can be wrong with a pattern or too much about a search, in the words of the C library.

use core::fmt;

/// Why a regular expression was refused, or why a search was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// A pattern that ends just after `[`.
    BadPattern,
    /// A collating symbol or equivalence class that is not one character.
    BadCollation,
    /// `[[:name:]]` with a name that is no class.
    BadClass,
    /// The pattern ends in a lone backslash.
    TrailingBackslash,
    /// `\n` before group n is complete.
    BadBackReference,
    /// A bracket expression without its end.
    UnmatchedBracket,
    /// `(` without `)`.
    UnmatchedOpen,
    /// `)` without `(`.
    UnmatchedClose,
    /// `{` without `}`.
    UnmatchedBrace,
    /// An interval that is not `{m}`, `{m,}`, `{,n}` or `{m,n}` with m at most n.
    BadInterval,
    /// A range whose end comes before its start or is no single character.
    BadRange,
    /// A repetition with nothing before it to repeat.
    BadRepeat,
    /// An interval above 32767 (RE_DUP_MAX), or a program above the limit.
    TooBig,
    /// A search that needed more steps than one search may take.
    Exhausted,
}

/// An error of [`Regex::new`](super::Regex::new) or of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegexError {
    /// What is wrong.
    pub kind: ErrorKind,
    /// Where in the pattern it was noticed, in bytes; 0 for an error of a search.
    pub offset: usize,
}

impl RegexError {
    /// The words that `regerror` gives, without a full stop or a newline.
    pub fn message(&self) -> &'static str {
        match self.kind {
            ErrorKind::BadPattern => "Invalid regular expression",
            ErrorKind::BadCollation => "Invalid collation character",
            ErrorKind::BadClass => "Invalid character class name",
            ErrorKind::TrailingBackslash => "Trailing backslash",
            ErrorKind::BadBackReference => "Invalid back reference",
            ErrorKind::UnmatchedBracket => "Unmatched [, [^, [:, [., or [=",
            ErrorKind::UnmatchedOpen => "Unmatched ( or \\(",
            ErrorKind::UnmatchedClose => "Unmatched ) or \\)",
            ErrorKind::UnmatchedBrace => "Unmatched \\{",
            ErrorKind::BadInterval => "Invalid content of \\{\\}",
            ErrorKind::BadRange => "Invalid range end",
            ErrorKind::BadRepeat => "Invalid preceding regular expression",
            ErrorKind::TooBig => "Regular expression too big",
            ErrorKind::Exhausted => "Memory exhausted",
        }
    }
}

impl fmt::Display for RegexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl core::error::Error for RegexError {}
