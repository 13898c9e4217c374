//! The patterns of `grep`, compiled into what is searched for.

use crate::abi::Result;
use crate::regex::{Captures, Dialect, Flavour, Newline, Regex, RegexError, Syntax};

/// How patterns are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// `-G`.
    Basic,
    /// `-E`.
    Extended,
    /// `-F`.
    Fixed,
}

/// What else counts for a match.
#[derive(Clone, Copy)]
pub struct MatchOptions {
    pub kind: Kind,
    pub ignore_case: bool,
    /// `-w`: nothing before and behind it may belong to a word.
    pub words: bool,
    /// `-x`: it is the whole line.
    pub lines: bool,
    /// `-z`: lines end in NUL.
    pub zero: bool,
    pub utf8: bool,
}

/// How `-w` and `-x` are kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Nothing to keep, or the expression does it.
    Plain,
    /// The match is group 2 of an expression that looks at both sides.
    Words,
    /// There are back-references, whose numbers must not change: each match is looked at.
    Checked,
}

/// All patterns.
pub struct Matcher {
    regexes: Vec<Regex>,
    form: Form,
    options: MatchOptions,
}

impl Matcher {
    /// Compiles patterns; the error is the message.
    pub fn new(patterns: &[Vec<u8>], options: MatchOptions) -> Result<Matcher, Vec<u8>> {
        let has_references = options.kind != Kind::Fixed && patterns.iter().any(|pattern| refers_back(pattern));
        let mut matcher = Matcher { regexes: Vec::new(), form: Form::Plain, options };
        if patterns.is_empty() {
            return Ok(matcher);
        }
        if has_references {
            if options.words || options.lines {
                matcher.form = Form::Checked;
            }
            for pattern in patterns {
                let pattern = if options.kind == Kind::Fixed { escape(pattern) } else { pattern.clone() };
                matcher.regexes.push(matcher.compile(&pattern)?);
            }
            return Ok(matcher);
        }
        if patterns.len() > 1 && options.kind != Kind::Fixed {
            // Each has to be right by itself.
            for pattern in patterns {
                matcher.compile(pattern)?;
            }
        }
        let (or, open, close): (&[u8], &[u8], &[u8]) =
            if options.kind == Kind::Basic { (b"\\|", b"\\(", b"\\)") } else { (b"|", b"(", b")") };
        let all = match options.kind {
            Kind::Fixed => patterns.iter().map(|pattern| escape(pattern)).collect::<Vec<_>>().join(or),
            _ => patterns.join(or),
        };
        let whole = if options.lines {
            [b"^", open, &all, close, b"$"].concat()
        } else if options.words {
            matcher.form = Form::Words;
            let before = [open, b"^", or, b"\\W", close].concat();
            let behind = [open, b"\\W", or, b"$", close].concat();
            [&before[..], open, &all, close, &behind].concat()
        } else {
            all
        };
        if options.words || options.lines {
            // The messages are about the pattern as it was given.
            for pattern in patterns.iter().filter(|_| options.kind != Kind::Fixed) {
                matcher.compile(pattern)?;
            }
        }
        matcher.regexes.push(matcher.compile(&whole)?);
        Ok(matcher)
    }

    fn compile(&self, pattern: &[u8]) -> Result<Regex, Vec<u8>> {
        let syntax = Syntax {
            flavour: if self.options.kind == Kind::Basic { Flavour::Basic } else { Flavour::Extended },
            dialect: Dialect::Grep,
            ignore_case: self.options.ignore_case,
            newline: if self.options.zero { Newline::Ordinary } else { Newline::Separator },
            utf8: self.options.utf8,
        };
        Regex::new(pattern, syntax).map_err(|error| error.message().as_bytes().to_vec())
    }

    /// The steps of the searches since the last call.
    pub fn take_steps(&self) -> u64 {
        self.regexes.iter().map(Regex::take_steps).sum()
    }

    /// The first line of a buffer of lines (without its last newline) that has a match, from a line's start on.
    pub fn next_line(&self, hay: &[u8], start: usize) -> Result<Option<(usize, usize)>, RegexError> {
        let mut from = start;
        while from <= hay.len() {
            let mut first: Option<usize> = None;
            for regex in &self.regexes {
                if let Some(end) = regex.earliest_end_at(hay, from)? {
                    first = Some(first.map_or(end, |first| first.min(end)));
                }
            }
            let Some(place) = first else { return Ok(None) };
            let before = hay.get(from..place).unwrap_or_default();
            let line_start = memchr::memrchr(b'\n', before).map_or(from, |at| from + at + 1);
            let rest = hay.get(place..).unwrap_or_default();
            let line_end = memchr::memchr(b'\n', rest).map_or(hay.len(), |at| place + at);
            let line = hay.get(line_start..line_end).unwrap_or_default();
            if self.form != Form::Checked || self.find(line, 0)?.is_some() {
                return Ok(Some((line_start, line_end)));
            }
            from = line_end + 1;
        }
        Ok(None)
    }

    /// Whether a line has a match.
    pub fn is_match(&self, line: &[u8]) -> Result<bool, RegexError> {
        if self.form == Form::Checked {
            return Ok(self.find(line, 0)?.is_some());
        }
        for regex in &self.regexes {
            if regex.is_match(line)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The first and longest match in a line, from `start` on.
    pub fn find(&self, line: &[u8], start: usize) -> Result<Option<(usize, usize)>, RegexError> {
        let mut best: Option<(usize, usize)> = None;
        for regex in &self.regexes {
            let found = match self.form {
                Form::Plain => regex.find_at(line, start)?,
                Form::Words => {
                    let mut captures = Captures::new();
                    regex.captures_at(line, start, &mut captures)?.then(|| captures.get(2)).flatten()
                }
                Form::Checked => self.find_checked(regex, line, start)?,
            };
            best = match (best, found) {
                (Some(best), Some(found)) if found.0 < best.0 || (found.0 == best.0 && found.1 > best.1) => Some(found),
                (None, found) => found,
                (best, _) => best,
            };
        }
        Ok(best)
    }

    fn find_checked(&self, regex: &Regex, line: &[u8], start: usize) -> Result<Option<(usize, usize)>, RegexError> {
        let mut from = start;
        while let Some((at, end)) = regex.find_at(line, from)? {
            let fits = if self.options.lines {
                (at, end) == (0, line.len())
            } else {
                let is_word = |byte: Option<&u8>| {
                    byte.is_some_and(|&byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80)
                };
                let before = at.checked_sub(1).and_then(|before| line.get(before));
                !is_word(before) && !is_word(line.get(end))
            };
            if fits {
                return Ok(Some((at, end)));
            }
            from = at + 1;
            if from > line.len() || self.options.lines {
                break;
            }
        }
        Ok(None)
    }
}

/// Whether there is a `\1` or the like in it.
fn refers_back(pattern: &[u8]) -> bool {
    let mut bytes = pattern.iter();
    while let Some(byte) = bytes.next() {
        if *byte == b'\\' && matches!(bytes.next(), Some(b'1'..=b'9')) {
            return true;
        }
    }
    false
}

/// A text as an extended expression that matches just it.
fn escape(text: &[u8]) -> Vec<u8> {
    let mut escaped = Vec::with_capacity(text.len());
    for &byte in text {
        if b"\\.[]()*+?{}|^$".contains(&byte) {
            escaped.push(b'\\');
        }
        escaped.push(byte);
    }
    escaped
}

/// What GNU grep warns of in an extended expression: operators with nothing to repeat.
pub fn warnings(pattern: &[u8]) -> Vec<&'static str> {
    let mut warnings = Vec::new();
    let mut at_start = true;
    let mut rest = pattern.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        let was_start = std::mem::replace(&mut at_start, false);
        match byte {
            b'\\' => {
                rest.next();
            }
            b'(' | b'|' | b'^' => at_start = true,
            b'*' if was_start => warnings.push("* at start of expression"),
            b'+' if was_start => warnings.push("+ at start of expression"),
            b'?' if was_start => warnings.push("? at start of expression"),
            b'{' if was_start && rest.peek().is_some_and(u8::is_ascii_digit) => {
                warnings.push("{...} at start of expression");
            }
            b'[' => {
                if rest.peek() == Some(&b'^') {
                    rest.next();
                }
                rest.next();
                while rest.next().is_some_and(|byte| byte != b']') {}
            }
            _ => {}
        }
    }
    warnings
}
