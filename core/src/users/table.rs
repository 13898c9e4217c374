//! Account files as tables: one record a line, fields between colons, unknown lines kept where they are.

/// One kind of record.
pub trait Record: Sized {
    /// Reads a line without its newline; `None` leaves the line alone.
    fn parse(line: &[u8]) -> Option<Self>;
    /// The line, without its newline.
    fn to_line(&self) -> Vec<u8>;
    /// What it is looked up by.
    fn name(&self) -> &[u8];
}

/// A file of such records. Lines that are none (comments, broken ones) are kept and ignored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table<R> {
    lines: Vec<Line<R>>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Line<R> {
    Record(R),
    Other(Vec<u8>),
}

impl<R: Record> Table<R> {
    /// Reads a file's text.
    #[must_use]
    pub fn parse(text: &[u8]) -> Table<R> {
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        if text.is_empty() {
            return Table { lines: Vec::new() };
        }
        let lines = text
            .split(|&byte| byte == b'\n')
            .map(|line| match R::parse(line) {
                Some(record) => Line::Record(record),
                None => Line::Other(line.to_vec()),
            })
            .collect();
        Table { lines }
    }

    /// The file's text. What was a record is written in its canonical form.
    #[must_use]
    pub fn to_text(&self) -> Vec<u8> {
        let mut text = Vec::new();
        for line in &self.lines {
            match line {
                Line::Record(record) => text.extend(record.to_line()),
                Line::Other(other) => text.extend(other),
            }
            text.push(b'\n');
        }
        text
    }

    /// The records in the file's order.
    pub fn iter(&self) -> impl Iterator<Item = &R> {
        self.lines.iter().filter_map(|line| match line {
            Line::Record(record) => Some(record),
            Line::Other(_) => None,
        })
    }

    /// The records, to change them.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut R> {
        self.lines.iter_mut().filter_map(|line| match line {
            Line::Record(record) => Some(record),
            Line::Other(_) => None,
        })
    }

    /// The first record of this name: a later one of the same name never counts.
    #[must_use]
    pub fn get(&self, name: &[u8]) -> Option<&R> {
        self.iter().find(|record| record.name() == name)
    }

    /// The same, to change it.
    pub fn get_mut(&mut self, name: &[u8]) -> Option<&mut R> {
        self.iter_mut().find(|record| record.name() == name)
    }

    /// Puts a record in place of the one of its name, or at the end.
    pub fn put(&mut self, record: R) {
        match self.get_mut(record.name()) {
            Some(place) => *place = record,
            None => self.lines.push(Line::Record(record)),
        }
    }

    /// Takes every record of this name out; whether there was one.
    pub fn remove(&mut self, name: &[u8]) -> bool {
        let before = self.lines.len();
        self.lines.retain(|line| !matches!(line, Line::Record(record) if record.name() == name));
        self.lines.len() < before
    }
}

/// Joins fields to a line. Bytes that would end a field or a line are left out, so that no value can
/// forge a field or a record.
pub(super) fn join_fields(fields: &[&[u8]]) -> Vec<u8> {
    let mut line = Vec::new();
    for (at, field) in fields.iter().enumerate() {
        if at > 0 {
            line.push(b':');
        }
        line.extend(field.iter().filter(|&&byte| !matches!(byte, b':' | b'\n' | 0)));
    }
    line
}

/// Reads a user or group id. The highest number means "none" in system calls and is no id.
pub(super) fn parse_id(field: &[u8]) -> Option<u32> {
    parse_number(field).and_then(|number| u32::try_from(number).ok()).filter(|&id| id != u32::MAX)
}

/// Reads decimal digits and nothing else.
pub(super) fn parse_number(field: &[u8]) -> Option<u64> {
    if field.is_empty() {
        return None;
    }
    field.iter().try_fold(0u64, |number, &byte| {
        let digit = byte.is_ascii_digit().then(|| u64::from(byte - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}
