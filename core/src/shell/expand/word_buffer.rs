//! A word under construction: its bytes, and what of them is quoted or to be split.

/// What a run of bytes is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// Written unquoted: its glob characters count.
    Literal,
    /// Quoted: stands for itself, and makes a field even when empty.
    Quoted,
    /// The result of an unquoted expansion: split at IFS, its glob characters count.
    Split,
    /// No bytes: one field ends here and another begins, as between the elements of `"$@"`.
    Break,
}

/// A field: its text, and when it may name files the pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Field {
    pub(crate) text: Vec<u8>,
    pub(crate) pattern: Option<Vec<u8>>,
}

/// The word. Buffers are used again and again, so putting a word together allocates nothing in the end.
#[derive(Default, Debug)]
pub(crate) struct WordBuffer {
    bytes: Vec<u8>,
    /// Kind and end of each run.
    runs: Vec<(Kind, usize)>,
}

/// Characters that mean something in a pattern, or in the replacement of what matches it.
const SPECIAL: &[u8] = b"*?[]\\|()!@+^-{}&";

/// Whether text may be a pattern that matches other names.
pub(crate) fn has_glob(text: &[u8]) -> bool {
    text.iter().enumerate().any(|(at, byte)| match byte {
        b'*' | b'?' => true,
        // Without its end it is a bracket like others: the command `[`.
        b'[' => memchr::memchr(b']', text.get(at..).unwrap_or_default()).is_some(),
        b'(' => at > 0 && matches!(text.get(at - 1), Some(b'@' | b'+' | b'!')),
        _ => false,
    })
}

/// Escapes what means something in a pattern.
pub(crate) fn escape_pattern(text: &[u8], out: &mut Vec<u8>) {
    for &byte in text {
        if SPECIAL.contains(&byte) {
            out.push(b'\\');
        }
        out.push(byte);
    }
}

impl WordBuffer {
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.runs.clear();
    }

    fn push(&mut self, kind: Kind, text: &[u8]) {
        self.bytes.extend_from_slice(text);
        let end = self.bytes.len();
        match self.runs.last_mut() {
            Some((last, last_end)) if *last == kind && kind != Kind::Break => *last_end = end,
            _ => self.runs.push((kind, end)),
        }
    }

    pub(crate) fn literal(&mut self, text: &[u8]) {
        self.push(Kind::Literal, text);
    }

    /// The value of an expansion.
    pub(crate) fn value(&mut self, text: &[u8], quoted: bool) {
        self.push(if quoted { Kind::Quoted } else { Kind::Split }, text);
    }

    pub(crate) fn quoted(&mut self, text: &[u8]) {
        self.push(Kind::Quoted, text);
    }

    /// The next bytes belong to another field.
    pub(crate) fn field_break(&mut self, separator: &[u8]) {
        self.push(Kind::Break, separator);
    }

    fn each(&self, mut visit: impl FnMut(Kind, &[u8])) {
        let mut start = 0;
        for &(kind, end) in &self.runs {
            visit(kind, self.bytes.get(start..end).unwrap_or_default());
            start = end;
        }
    }

    /// The word as one string; elements are joined by a blank.
    pub(crate) fn string(&self) -> Vec<u8> {
        if self.runs.iter().all(|(kind, _)| *kind != Kind::Break) {
            return self.bytes.clone();
        }
        let mut text = Vec::with_capacity(self.bytes.len() + self.runs.len());
        self.each(|_, bytes| {
            text.extend_from_slice(bytes);
        });
        text
    }

    /// The word as a pattern: what is quoted stands for itself.
    pub(crate) fn pattern(&self) -> Vec<u8> {
        let mut pattern = Vec::with_capacity(self.bytes.len());
        self.each(|kind, bytes| match kind {
            Kind::Quoted => escape_pattern(bytes, &mut pattern),
            Kind::Break | Kind::Literal | Kind::Split => pattern.extend_from_slice(bytes),
        });
        pattern
    }

    /// The word as a regular expression: what is quoted stands for itself.
    pub(crate) fn regex(&self) -> Vec<u8> {
        let mut pattern = Vec::with_capacity(self.bytes.len());
        self.each(|kind, bytes| match kind {
            Kind::Quoted => {
                for &byte in bytes {
                    if b"\\^$.[]|()?*+{}".contains(&byte) {
                        pattern.push(b'\\');
                    }
                    pattern.push(byte);
                }
            }
            Kind::Break | Kind::Literal | Kind::Split => pattern.extend_from_slice(bytes),
        });
        pattern
    }

    /// The word's only field as it stands, when nothing in it is split or may name files.
    pub(crate) fn plain(&self) -> Option<&[u8]> {
        let mut start = 0;
        for &(kind, end) in &self.runs {
            let bytes = self.bytes.get(start..end)?;
            start = end;
            match kind {
                Kind::Quoted => {}
                Kind::Literal if !has_glob(bytes) => {}
                _ => return None,
            }
        }
        // Nothing at all is no field.
        (!self.runs.is_empty()).then_some(&self.bytes)
    }

    /// The word's fields after splitting at `ifs` (POSIX XCU 2.6.5).
    pub(crate) fn fields(&self, ifs: &[u8], out: &mut Vec<Field>) {
        let mut splitter = Splitter {
            ifs,
            current: Vec::new(),
            pattern: Vec::new(),
            glob: false,
            exists: false,
            after_blank: false,
            out,
        };
        self.each(|kind, bytes| match kind {
            Kind::Break => splitter.finish_if_any(),
            Kind::Quoted => splitter.quoted(bytes),
            Kind::Literal => splitter.literal(bytes),
            Kind::Split => splitter.split(bytes),
        });
        splitter.finish_if_any();
    }
}

/// The state of field splitting.
struct Splitter<'a> {
    ifs: &'a [u8],
    current: Vec<u8>,
    pattern: Vec<u8>,
    glob: bool,
    exists: bool,
    /// The last field was ended by IFS white space: a following separator belongs to the same delimiter.
    after_blank: bool,
    out: &'a mut Vec<Field>,
}

impl Splitter<'_> {
    fn finish(&mut self) {
        let pattern = std::mem::take(&mut self.pattern);
        let pattern = std::mem::take(&mut self.glob).then_some(pattern);
        self.out.push(Field { text: std::mem::take(&mut self.current), pattern });
        self.exists = false;
    }

    fn finish_if_any(&mut self) {
        if self.exists {
            self.finish();
        }
        self.after_blank = false;
    }

    fn quoted(&mut self, bytes: &[u8]) {
        self.current.extend_from_slice(bytes);
        escape_pattern(bytes, &mut self.pattern);
        self.exists = true;
        self.after_blank = false;
    }

    fn literal(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        self.glob |= has_glob(bytes);
        self.current.extend_from_slice(bytes);
        self.pattern.extend_from_slice(bytes);
        self.exists = true;
        self.after_blank = false;
    }

    /// How long the separator is with which a text begins, if it does.
    fn separator_length(&self, text: &[u8]) -> Option<usize> {
        let first = text.first()?;
        if first.is_ascii() {
            return self.ifs.contains(first).then_some(1);
        }
        if self.ifs.is_ascii() {
            return None;
        }
        let (character, length) = bstr::decode_utf8(text);
        character?;
        memchr::memmem::find(self.ifs, text.get(..length)?).map(|_| length)
    }

    fn split(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let found = (0..rest.len()).find_map(|at| {
                let length = self.separator_length(rest.get(at..)?)?;
                Some((at, length))
            });
            let (stop, length) = found.unwrap_or((rest.len(), 0));
            let (run, after) = rest.split_at(stop);
            self.literal(run);
            let Some(&separator) = after.first() else { return };
            rest = after.get(length..).unwrap_or_default();
            if matches!(separator, b' ' | b'\t' | b'\n') {
                if self.exists {
                    self.finish();
                    self.after_blank = true;
                }
            } else if self.after_blank {
                self.after_blank = false;
            } else {
                self.finish();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A value split at an IFS; fields between bars.
    fn check(value: &str, ifs: &str, expected: &str) {
        let mut word = WordBuffer::default();
        word.value(value.as_bytes(), false);
        let mut fields = Vec::new();
        word.fields(ifs.as_bytes(), &mut fields);
        let shown: Vec<_> =
            fields.iter().map(|field| String::from_utf8_lossy(&field.text).into_owned()).collect();
        assert_eq!(shown.join("|"), expected, "{value:?} at {ifs:?}");
    }

    #[test]
    fn values_are_split_at_ifs() {
        check("  a  b ", " \t\n", "a|b");
        check(":a::b:", ":", "|a||b");
        check("a : b", " :", "a|b");
        check("a : : b", " :", "a||b");
        check("", " ", "");
        check(" ", " ", "");
        check(":", ":", "");
        check("a b", "", "a b");
    }
}
