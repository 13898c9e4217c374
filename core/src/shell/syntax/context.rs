//! Where a word stands: what ends it, and which quotes there are.

/// Where the parts being read stand: what ends them, and which quotes there are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Context {
    /// A word of a command: up to a blank or an operator.
    Command,
    /// A word right of `==` in `[[ ]]`: the same, with extended patterns.
    Pattern,
    /// A word right of `=~`: parentheses hold anything, `|` is part of it.
    Regex,
    /// Inside an extended pattern, or an array literal as text: up to its `)`.
    Parentheses,
    /// Between double quotes.
    Double,
    /// The body of a here-document.
    HereDoc,
    /// A word that is a whole text: nothing ends it.
    Whole,
    /// The operand of `${ }`, up to `}`.
    Operand,
    /// The same between double quotes: `'` is an ordinary character.
    OperandInDouble,
    /// The pattern of `${x/pattern/…}`, up to `/` or `}`.
    ReplacePattern,
    /// Between `[` and `]`.
    Subscript,
    /// The offset of `${x:offset:length}`, up to `:` or `}`.
    Offset,
    /// Its length, up to `}`.
    Length,
    /// Arithmetic, up to `)`.
    Arith,
    /// `$[…]`, up to `]`.
    ArithBrackets,
    /// A section of `for ((…))`, up to `;` or `)`.
    ArithSection,
}

impl Context {
    /// What a backslash takes the meaning of; before any other byte it is itself.
    pub(super) fn escapes(self, byte: u8) -> bool {
        match self {
            Context::Double | Context::Offset | Context::Length => matches!(byte, b'$' | b'`' | b'"' | b'\\'),
            Context::Arith | Context::ArithBrackets | Context::ArithSection => {
                matches!(byte, b'$' | b'`' | b'"' | b'\\')
            }
            Context::HereDoc => matches!(byte, b'$' | b'`' | b'\\'),
            Context::OperandInDouble => matches!(byte, b'$' | b'`' | b'"' | b'\\' | b'}'),
            _ => true,
        }
    }

    /// Whether `'` quotes.
    pub(super) fn single_quotes(self) -> bool {
        matches!(
            self,
            Context::Command
                | Context::Pattern
                | Context::Regex
                | Context::Parentheses
                | Context::Whole
                | Context::Operand
                | Context::ReplacePattern
                | Context::Subscript
        )
    }

    /// Whether this is text between double quotes, where `"` ends it or means nothing.
    pub(super) fn is_double(self) -> bool {
        matches!(self, Context::Double | Context::HereDoc)
    }

    /// How the operand of a `${ }` in it is read.
    pub(super) fn operand(self) -> Context {
        use Context::*;
        match self {
            Double | HereDoc | OperandInDouble | Offset | Length | Arith | ArithBrackets | ArithSection => {
                OperandInDouble
            }
            _ => Operand,
        }
    }

    /// Whether `<(` and `>(` are process substitutions.
    pub(super) fn substitutes_processes(self) -> bool {
        use Context::*;
        matches!(self, Command | Pattern | Regex | Parentheses | Operand)
    }

    /// Whether `(` and `)` are counted, so that a `)` that has its `(` does not end it.
    pub(super) fn counts_parentheses(self) -> bool {
        use Context::*;
        matches!(self, Arith | ArithSection | Offset | Length | Parentheses | Regex)
    }

    /// Whether an unnested byte ends it. What may end it must be in `word::STOPS`.
    pub(super) fn ends(self, byte: u8) -> bool {
        match self {
            Context::Command | Context::Pattern => {
                matches!(byte, b' ' | b'\t' | b'\n' | b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')')
            }
            Context::Regex => matches!(byte, b' ' | b'\t' | b'\n' | b';' | b'&' | b'<' | b'>' | b')'),
            Context::Parentheses | Context::Arith => byte == b')',
            Context::Double => byte == b'"',
            Context::HereDoc | Context::Whole => false,
            Context::Operand | Context::OperandInDouble | Context::Length => byte == b'}',
            Context::ReplacePattern => matches!(byte, b'}' | b'/'),
            Context::Subscript | Context::ArithBrackets => byte == b']',
            Context::Offset => matches!(byte, b'}' | b':'),
            Context::ArithSection => matches!(byte, b')' | b';'),
        }
    }
}
