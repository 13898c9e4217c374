//! Sets of characters: what bracket expressions, `.`, `\w` and letters in any case stand for.

use super::utf8::{self, Advance};

/// The named classes, in the order of their bits. `word` is what `\w` means.
const CLASS_NAMES: [&[u8]; 13] = [
    b"alnum", b"alpha", b"blank", b"cntrl", b"digit", b"graph", b"lower", b"print", b"punct", b"space",
    b"upper", b"xdigit", b"word",
];

/// A named class, by its place among the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Class(u8);

impl Class {
    pub(super) const SPACE: Class = Class(9);
    pub(super) const WORD: Class = Class(12);

    /// The class that `[:name:]` names.
    pub(super) fn named(name: &[u8]) -> Option<Class> {
        let at = CLASS_NAMES.iter().position(|&known| known == name)?;
        (at != 12).then_some(Class(at as u8))
    }

    /// Whether it has this character. Beyond ASCII this follows Unicode, as a UTF-8 locale does.
    pub(super) fn has(self, c: char) -> bool {
        if c.is_ascii() {
            return match self.0 {
                0 => c.is_ascii_alphanumeric(),
                1 => c.is_ascii_alphabetic(),
                2 => c == ' ' || c == '\t',
                3 => c.is_ascii_control(),
                4 => c.is_ascii_digit(),
                5 => c.is_ascii_graphic(),
                6 => c.is_ascii_lowercase(),
                7 => c.is_ascii_graphic() || c == ' ',
                8 => c.is_ascii_punctuation(),
                9 => matches!(c, ' ' | '\t'..='\r'),
                10 => c.is_ascii_uppercase(),
                11 => c.is_ascii_hexdigit(),
                _ => c.is_ascii_alphanumeric() || c == '_',
            };
        }
        // The spaces that do not break a line are no spaces to the C library.
        let space = c.is_whitespace() && !matches!(c, '\u{85}' | '\u{A0}' | '\u{2007}' | '\u{202F}');
        let line_end = matches!(c, '\u{2028}' | '\u{2029}');
        let control = c.is_control() || line_end;
        match self.0 {
            0 | 1 | 12 => c.is_alphanumeric(),
            2 => space && !line_end,
            3 => control,
            5 => !space && !control,
            6 => c.is_lowercase(),
            7 => !control,
            8 => !space && !control && !c.is_alphanumeric(),
            9 => space,
            10 => c.is_uppercase(),
            _ => false,
        }
    }
}

/// A set of characters, or of bytes where text is bytes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Set {
    /// Single bytes: ASCII in UTF-8 text, all where text is bytes.
    bytes: [u64; 4],
    /// Characters beyond ASCII, first and last.
    ranges: Vec<(u32, u32)>,
    /// Classes whose characters beyond ASCII belong to it, one bit for each.
    classes: u16,
    /// Whether `ranges` and `classes` say what does not belong to it; `bytes` never does.
    negated: bool,
    /// Whether a character beyond ASCII belongs to it when its other case does.
    fold: bool,
    /// Whether text is UTF-8. Then a byte that belongs to no character never matches,
    utf8: bool,
    /// unless it counts as a character of its own, as it does in shell patterns.
    stray: bool,
}

/// What a set says of the characters beyond ASCII.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Beyond {
    /// None belongs to it.
    None,
    /// Every one does.
    All,
    /// It depends on the character.
    Some,
}

impl Set {
    pub(super) fn new(utf8: bool, fold: bool) -> Set {
        Set { utf8, fold, ..Set::default() }
    }

    /// The same set where a byte that belongs to no character counts as one.
    pub(super) fn with_strays(self) -> Set {
        Set { stray: true, ..self }
    }

    /// All characters, or all bytes.
    pub(super) fn any(utf8: bool) -> Set {
        let mut set = Set::new(utf8, false);
        set.negate();
        set
    }

    /// One class, or its complement.
    pub(super) fn of_class(utf8: bool, class: Class, negated: bool) -> Set {
        let mut set = Set::new(utf8, false);
        set.add_class(class, false);
        if negated {
            set.negate();
        }
        set
    }

    /// Adds the characters from `first` to `last`: code points, or bytes where text is bytes.
    pub(super) fn add_range(&mut self, first: u32, last: u32) {
        let singles = if self.utf8 { 0x80 } else { 0x100 };
        for c in first..(last + 1).min(singles) {
            self.add_byte(c as u8);
            if self.fold {
                self.add_byte((c as u8).to_ascii_lowercase());
                self.add_byte((c as u8).to_ascii_uppercase());
            }
        }
        if last >= singles {
            self.ranges.push((first.max(singles), last));
        }
    }

    /// Adds a class. In a shell pattern any-case does not extend to classes, in an expression it does.
    pub(super) fn add_class(&mut self, class: Class, fold: bool) {
        for c in 0..0x80u8 {
            let upper = char::from(c.to_ascii_uppercase());
            let lower = char::from(c.to_ascii_lowercase());
            if class.has(char::from(c)) || fold && (class.has(upper) || class.has(lower)) {
                self.add_byte(c);
            }
        }
        if self.utf8 {
            self.classes |= 1 << class.0;
        }
    }

    pub(super) fn negate(&mut self) {
        for (i, word) in self.bytes.iter_mut().enumerate() {
            *word = if self.utf8 && i >= 2 { 0 } else { !*word };
        }
        self.negated = self.utf8 && !self.negated;
    }

    fn add_byte(&mut self, byte: u8) {
        if let Some(word) = self.bytes.get_mut(usize::from(byte >> 6)) {
            *word |= 1 << (byte & 63);
        }
    }

    pub(super) fn remove_byte(&mut self, byte: u8) {
        if let Some(word) = self.bytes.get_mut(usize::from(byte >> 6)) {
            *word &= !(1 << (byte & 63));
        }
    }

    /// Whether this byte alone belongs to it.
    pub(super) fn has_byte(&self, byte: u8) -> bool {
        self.bytes.get(usize::from(byte >> 6)).is_some_and(|word| word >> (byte & 63) & 1 != 0)
    }

    /// The only byte of the set, if it has one byte and no other character.
    pub(super) fn single_byte(&self) -> Option<u8> {
        let bytes = || (0..=255).filter(|&b| self.has_byte(b));
        bytes().next().filter(|_| bytes().count() == 1 && self.beyond() == Beyond::None)
    }

    pub(super) fn beyond(&self) -> Beyond {
        match (self.ranges.is_empty() && self.classes == 0, self.negated) {
            (true, false) => Beyond::None,
            (true, true) => Beyond::All,
            _ => Beyond::Some,
        }
    }

    /// Whether this character belongs to it.
    pub(super) fn has(&self, code: u32) -> bool {
        if let Ok(byte) = u8::try_from(code)
            && (byte < 0x80 || !self.utf8)
        {
            return self.has_byte(byte);
        }
        match self.beyond() {
            Beyond::None => false,
            Beyond::All => true,
            Beyond::Some => {
                let listed = |code: u32| {
                    self.ranges.iter().any(|&(first, last)| (first..=last).contains(&code))
                        || char::from_u32(code)
                            .is_some_and(|c| (0..13).any(|i| self.classes >> i & 1 != 0 && Class(i).has(c)))
                };
                let found = listed(code) || self.fold && other_cases(code).into_iter().any(listed);
                found != self.negated
            }
        }
    }

    /// The length of the character at the start of `text` if it belongs to the set.
    pub(super) fn match_len(&self, text: &[u8]) -> Option<usize> {
        let &first = text.first()?;
        self.match_char(first, utf8::decode(text))
    }

    /// The same for the character at the end.
    pub(super) fn match_last_len(&self, text: &[u8]) -> Option<usize> {
        let &last = text.last()?;
        self.match_char(last, utf8::decode_last(text))
    }

    fn match_char(&self, byte: u8, decoded: Option<(u32, usize)>) -> Option<usize> {
        if !self.utf8 || byte < 0x80 {
            return self.has_byte(byte).then_some(1);
        }
        match decoded {
            Some((code, len)) => self.has(code).then_some(len),
            // No character has this code.
            None => (self.stray && self.has(0xDC00 | u32::from(byte))).then_some(1),
        }
    }

    /// Reads one more byte of a character, as [`utf8::advance`], and says whether it belongs to the set
    /// once it is complete. Characters about which the set makes no difference share their numbers.
    pub(super) fn advance(&self, pending: u32, byte: u8) -> Advance {
        if !self.utf8 || (byte < 0x80 && pending == 0) {
            return if self.has_byte(byte) { Advance::Done(0) } else { Advance::Invalid };
        }
        let beyond = self.beyond();
        if beyond == Beyond::None {
            return Advance::Invalid;
        }
        match utf8::advance(pending, byte) {
            Advance::Done(code) if !self.has(code) => Advance::Invalid,
            Advance::Pending(p) if beyond == Beyond::All => Advance::Pending(match (pending, byte) {
                (0, 0xE0 | 0xED | 0xF0 | 0xF4) => p,
                (0, 0xE1..=0xEF) => 2 << 16 | 1,
                (0, 0xF1..=0xF3) => 3 << 16 | 1,
                (0, _) => 1 << 16 | 2,
                (_, _) => match p >> 16 {
                    // Past the checks: any continuation bytes do.
                    1 => 1 << 16 | 2,
                    _ => 2 << 16 | 0x8000 | 0x10,
                },
            }),
            other => other,
        }
    }
}

/// The other cases of a character, where each is one character too.
pub(super) fn other_cases(code: u32) -> [u32; 2] {
    let Some(c) = char::from_u32(code) else { return [code; 2] };
    let one = |mut cases: &mut dyn Iterator<Item = char>| {
        let first = Iterator::next(&mut cases).map_or(code, u32::from);
        if Iterator::next(&mut cases).is_some() { code } else { first }
    };
    [one(&mut c.to_lowercase()), one(&mut c.to_uppercase())]
}
