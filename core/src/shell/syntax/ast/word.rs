//! Words and what they are made of: quotes, substitutions, parameters and their operations.

use std::rc::Rc;

use super::{Name, Program, Span, Subscript};
use crate::shell::syntax::SyntaxError;

/// A word: parts in order, nothing between them.
#[derive(Debug, Default)]
pub struct Word {
    /// The parts; none for an empty word, which only an assignment, an operand of `${ }` or an arithmetic
    /// expression can be (`""` has one part).
    pub parts: Vec<WordPart>,
    /// What the parts hold.
    pub flags: WordFlags,
    /// Its text.
    pub span: Span,
}

impl Word {
    /// The empty word.
    pub const EMPTY: Word =
        Word { parts: Vec::new(), flags: WordFlags::NONE, span: Span { start: 0, end: 0 } };

    /// Nothing to do but to remove quotes: it always expands to the one field that [`Word::literal`] gives.
    /// A `~` that only an assignment would expand (`a:~`) counts as something to do.
    pub fn is_plain(&self) -> bool {
        !self.flags.has(WordFlags::EXPANSION | WordFlags::GLOB | WordFlags::TILDE | WordFlags::BRACE)
    }

    /// The bytes after quote removal, when the word holds no parameter, command, arithmetic or process
    /// substitution. Glob characters, tildes and braces stay as they are; see [`Word::is_plain`].
    pub fn literal(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        literal_bytes(&self.parts, &mut bytes).then_some(bytes)
    }
}

/// Appends the parts' bytes without their quotes; false when one is an expansion.
fn literal_bytes(parts: &[WordPart], bytes: &mut Vec<u8>) -> bool {
    parts.iter().all(|part| {
        match part {
            WordPart::Literal(text) | WordPart::SingleQuoted(text) | WordPart::AnsiC(text) => {
                bytes.extend_from_slice(text)
            }
            WordPart::Escaped(byte) => bytes.push(*byte),
            WordPart::DoubleQuoted(parts) => return literal_bytes(parts, bytes),
            _ => return false,
        }
        true
    })
}

/// What a word holds, as a set.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct WordFlags(u8);

impl WordFlags {
    /// Nothing special.
    pub const NONE: WordFlags = WordFlags(0);
    /// A parameter, command, arithmetic or process substitution, at any depth of quotes.
    pub const EXPANSION: WordFlags = WordFlags(1);
    /// An unquoted `*`, `?` or `[`, or an extended pattern.
    pub const GLOB: WordFlags = WordFlags(2);
    /// An unquoted `~` at the start of the word or behind `:` or `=`.
    pub const TILDE: WordFlags = WordFlags(4);
    /// An unquoted `{` and a later unquoted `}`, with `,` or `..` between them in the word: brace expansion is possible.
    pub const BRACE: WordFlags = WordFlags(8);
    /// Something is quoted, be it nothing (`""`).
    pub const QUOTED: WordFlags = WordFlags(16);

    /// Whether any of these is in the set.
    pub fn has(self, any_of: WordFlags) -> bool {
        self.0 & any_of.0 != 0
    }
}

impl std::ops::BitOr for WordFlags {
    type Output = WordFlags;
    fn bitor(self, other: WordFlags) -> WordFlags {
        WordFlags(self.0 | other.0)
    }
}

impl std::ops::BitOrAssign for WordFlags {
    fn bitor_assign(&mut self, other: WordFlags) {
        self.0 |= other.0;
    }
}

/// A part of a word. Between double quotes only `Literal`, `Escaped`, `Param`, `BadSubstitution`,
/// `CommandSub` and `Arith` occur (and, inside the operand of a `${ }` there, quotes again).
#[derive(Debug)]
pub enum WordPart {
    /// Unquoted text (or plain text between double quotes). Glob characters, extended patterns with their
    /// parentheses, braces and tildes are in here.
    Literal(Box<[u8]>),
    /// `\x`
    Escaped(u8),
    /// `'…'`
    SingleQuoted(Box<[u8]>),
    /// `$'…'`, its escapes already decoded.
    AnsiC(Box<[u8]>),
    /// `"…"` and `$"…"`
    DoubleQuoted(Vec<WordPart>),
    /// `$name`, `${…}`
    Param(Box<ParamExpansion>),
    /// `${…}` that means nothing: expanding it fails with `TEXT: bad substitution`. The text, with `${` and `}`.
    BadSubstitution(Box<[u8]>),
    /// The body of a here-document that does not parse: expanding it fails.
    Unreadable(Box<Unreadable>),
    /// `$(…)` and `` `…` ``
    CommandSub(Box<CommandSub>),
    /// `$((…))` and `$[…]`
    Arith(Box<ArithExpansion>),
    /// `<(…)` and `>(…)`
    ProcessSub(Box<ProcessSub>),
}

/// A text whose mistake shows when it is expanded.
#[derive(Debug)]
pub struct Unreadable {
    /// As it was written.
    pub text: Box<[u8]>,
    /// What is wrong.
    pub error: SyntaxError,
}

/// Command substitution.
#[derive(Debug)]
pub struct CommandSub {
    /// What runs.
    pub program: Rc<Program>,
    /// How it was written.
    pub style: CommandSubStyle,
}

/// How a command substitution was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CommandSubStyle {
    /// `$(…)`. When the program is a single `<file` (one simple command without words or assignments and
    /// one `Input` redirection), the file's contents are the value.
    Parentheses,
    /// `` `…` ``: the text as it was written, backslashes included.
    Backquotes(Box<[u8]>),
}

/// `$((…))`. The expression is expanded as if between double quotes, then evaluated; `arith` parses it.
#[derive(Debug)]
pub struct ArithExpansion {
    /// The text between the parentheses, as parts.
    pub expression: Word,
    /// The old form `$[…]`.
    pub brackets: bool,
}

/// Process substitution.
#[derive(Debug)]
pub struct ProcessSub {
    /// `<(…)` or `>(…)`.
    pub direction: ProcessSubDirection,
    /// What runs.
    pub program: Rc<Program>,
}

/// Which end of the pipe the shell's word names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ProcessSubDirection {
    /// `<(…)`: the word names a file that reads the program's output.
    Read,
    /// `>(…)`: the word names a file whose writer feeds the program's input.
    Write,
}

/// Parameter expansion (POSIX XCU 2.6.2 and bash's additions).
#[derive(Debug, Default)]
pub struct ParamExpansion {
    /// The parameter.
    pub parameter: Parameter,
    /// `[…]` behind the name.
    pub subscript: Option<Subscript>,
    /// `${!name…}`: the value names the parameter to expand. Not set for `Names` and `Keys`.
    pub indirect: bool,
    /// What is done with the value.
    pub operation: Option<ParamOperation>,
    /// Written with braces.
    pub braced: bool,
    /// Its text, for `…: bad substitution` and the like: `$x` or `${…}`.
    pub span: Span,
}

/// What a parameter expansion names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Parameter {
    /// A variable.
    Variable(Name),
    /// `$1`, `${10}`; 0 is the shell's name.
    Positional(u32),
    /// One of `@ * # ? - $ !`.
    Special(SpecialParameter),
}

impl Default for Parameter {
    fn default() -> Self {
        Parameter::Positional(0)
    }
}

/// The special parameters (POSIX XCU 2.5.2). `$0` is `Positional(0)`, `$_` a variable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SpecialParameter {
    /// `$@`
    At,
    /// `$*`
    Star,
    /// `$#`
    Count,
    /// `$?`
    Status,
    /// `$-`
    Options,
    /// `$$`
    Pid,
    /// `$!`
    BackgroundPid,
}

/// What `${parameter…}` does with the value.
#[derive(Debug)]
pub enum ParamOperation {
    /// `${#parameter}`
    Length,
    /// `${!prefix*}`, `${!prefix@}`: the names of the variables that start with it.
    Names {
        /// `@`: one field a name between double quotes.
        at: bool,
    },
    /// `${!name[@]}`, `${!name[*]}`: the keys; the subscript says which.
    Keys,
    /// `-`, `=`, `?`, `+`, each maybe with `:`.
    Conditional {
        /// Which.
        operator: ConditionalOperator,
        /// With `:` an empty value counts as unset.
        colon: bool,
        /// The operand.
        word: Word,
    },
    /// `#`, `##`, `%`, `%%`
    Remove {
        /// Where.
        side: Side,
        /// The longest match instead of the shortest.
        longest: bool,
        /// What to remove.
        pattern: Word,
    },
    /// `/`, `//`, `/#`, `/%`
    Replace {
        /// Which matches.
        place: ReplacePlace,
        /// What to replace.
        pattern: Word,
        /// With what; `${x/pattern}` has none, which is the same as an empty one.
        replacement: Option<Word>,
    },
    /// `^`, `^^`, `,`, `,,`, `~`, `~~`
    ChangeCase {
        /// To what.
        change: CaseChange,
        /// Every character instead of the first.
        all: bool,
        /// The characters it applies to; without it, all.
        pattern: Option<Word>,
    },
    /// `:offset` and `:offset:length`; both arithmetic.
    Substring {
        /// Where it begins.
        offset: Word,
        /// How long it is.
        length: Option<Word>,
    },
    /// `@U`, `@Q` …: the letter, one of `U u L Q E P A K a k`.
    Transform(u8),
}

/// The operators that look at whether a parameter is set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ConditionalOperator {
    /// `-`
    UseDefault,
    /// `=`
    AssignDefault,
    /// `?`
    ErrorIfUnset,
    /// `+`
    UseAlternative,
}

/// An end of a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// `#`
    Prefix,
    /// `%`
    Suffix,
}

/// Which matches `${x/…}` replaces.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReplacePlace {
    /// `/`: the first.
    First,
    /// `//`: all.
    All,
    /// `/#`: one at the start.
    Prefix,
    /// `/%`: one at the end.
    Suffix,
}

/// To which case `${x^}` and its like change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CaseChange {
    /// `^`
    Upper,
    /// `,`
    Lower,
    /// `~`
    Toggle,
}
