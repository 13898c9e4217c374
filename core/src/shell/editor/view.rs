//! What the screen should show for a prompt and a line: rows of cells, and where the cursor is.

use bstr::ByteSlice;
use std::ops::Range;

use super::prompt::Prompt;
use crate::abi::width::char_width;

/// Bytes of a cell's character with its marks; marks beyond are not shown.
const CELL_BYTES_MAX: usize = 16;
const TAB_COLUMNS: usize = 8;

/// One column of the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cell {
    bytes: [u8; CELL_BYTES_MAX],
    len: u8,
    /// How many of the prompt's sequences are in force.
    pub style: u16,
    /// Shown in reverse.
    pub reverse: bool,
}

impl Cell {
    fn new(style: u16, reverse: bool) -> Cell {
        Cell { bytes: [0; CELL_BYTES_MAX], len: 0, style, reverse }
    }

    /// What to write for it; nothing for the second column of a wide character.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or_default()
    }

    /// Whether it is the second column of a wide character.
    #[must_use]
    pub fn is_continuation(&self) -> bool {
        self.len == 0
    }

    fn push(&mut self, c: char) {
        let mut utf8 = [0; 4];
        let utf8 = c.encode_utf8(&mut utf8).as_bytes();
        let start = usize::from(self.len);
        if let Some(place) = self.bytes.get_mut(start..start + utf8.len()) {
            place.copy_from_slice(utf8);
            self.len += utf8.len() as u8;
        }
    }
}

/// A row of the screen.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub struct Row {
    /// From the left; what is not there is blank.
    pub cells: Vec<Cell>,
    /// Whether the text goes on in the next row only because this one is full.
    pub wraps: bool,
}

/// A row and a column, from 0.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Place {
    /// From the top.
    pub row: usize,
    /// From the left.
    pub col: usize,
}

/// The rows that fit on the screen, around the cursor.
#[derive(Default, Debug)]
pub struct View {
    /// What is seen.
    pub rows: Vec<Row>,
    /// The cursor, counted from the first row that is seen.
    pub cursor: Place,
    /// Rows above the first one that is seen.
    pub hidden: usize,
}

/// What to show.
pub struct Content<'a> {
    /// The prompt.
    pub prompt: &'a Prompt,
    /// Stands in the place of the prompt's last line, if something does.
    pub instead: Option<&'a [u8]>,
    /// The line.
    pub text: &'a [u8],
    /// The byte of `text` that the cursor is on.
    pub cursor: usize,
    /// Bytes of `text` that are shown in reverse.
    pub reverse: Range<usize>,
}

impl View {
    /// Lays the content out for a screen, which shows `hidden` rows less than all from the top if that
    /// is possible.
    #[must_use]
    pub fn lay_out(content: &Content<'_>, cols: usize, rows: usize, hidden: usize) -> View {
        let mut pen = Pen::new(cols, 0..0);
        let cursor = pen.place(content);
        let total = pen.at.row + 1;
        let lowest = (cursor.row + 1).saturating_sub(rows);
        let hidden = hidden.clamp(lowest, cursor.row.max(lowest)).min(total.saturating_sub(rows));
        let mut pen = Pen::new(cols, hidden..hidden + rows);
        pen.place(content);
        pen.rows.resize_with(rows.min(total - hidden), Row::default);
        View { rows: pen.rows, cursor: Place { row: cursor.row - hidden, col: cursor.col }, hidden }
    }
}

/// Places characters one after another.
struct Pen {
    cols: usize,
    at: Place,
    /// The rows that are kept; others only count.
    kept: Range<usize>,
    rows: Vec<Row>,
}

impl Pen {
    fn new(cols: usize, kept: Range<usize>) -> Pen {
        Pen { cols, at: Place::default(), kept, rows: Vec::new() }
    }

    /// Places all and gives where the cursor is.
    fn place(&mut self, content: &Content<'_>) -> Place {
        let prompt = content.prompt.visible();
        let last_line = prompt.rfind_byte(b'\n').map_or(0, |newline| newline + 1);
        let shown = if content.instead.is_some() { last_line } else { prompt.len() };
        for (start, _, c) in prompt.get(..shown).unwrap_or_default().char_indices() {
            let style = content.prompt.sequences_before(start) as u16;
            match c {
                '\n' => self.line_feed(),
                _ => self.char(c, style, false),
            }
        }
        let style = content.prompt.sequences_len() as u16;
        for c in content.instead.unwrap_or_default().chars() {
            self.char(c, style, false);
        }
        let mut cursor = None;
        // A mark at the start of the line does not stand on the prompt.
        let mut alone = true;
        let mut start = 0;
        while let Some(rest) = content.text.get(start..).filter(|rest| !rest.is_empty()) {
            if cursor.is_none() && start >= content.cursor {
                self.wrap_if_full();
                cursor = Some(self.at);
            }
            let reverse = content.reverse.contains(&start);
            if rest.first().is_some_and(is_plain) {
                let changes = [content.cursor, content.reverse.start, content.reverse.end];
                let change = changes.into_iter().filter(|&place| place > start).min();
                let most = change.map_or(usize::MAX, |place| place - start);
                let len = rest.iter().take(most).take_while(|byte| is_plain(byte)).count();
                self.plain(rest.get(..len).unwrap_or_default(), style, reverse);
                start += len;
                alone = false;
                continue;
            }
            let (c, len) = bstr::decode_utf8(rest);
            let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
            match c {
                '\n' => {
                    self.wrap_if_full();
                    self.line_feed();
                }
                _ if alone && !c.is_control() && char_width(c) == 0 => {
                    self.char(char::REPLACEMENT_CHARACTER, style, reverse);
                }
                _ => self.char(c, style, reverse),
            }
            start += len;
            alone = c == '\n';
        }
        self.wrap_if_full();
        cursor.unwrap_or(self.at)
    }

    /// Printable ASCII: as [`Pen::char`] for each byte, but rows that are not kept cost next to nothing.
    fn plain(&mut self, mut text: &[u8], style: u16, reverse: bool) {
        while !text.is_empty() {
            self.wrap_if_full();
            let (fits, rest) = text.split_at(text.len().min(self.cols - self.at.col));
            if self.row().is_some() {
                for &byte in fits {
                    self.cell(char::from(byte), 1, style, reverse);
                }
            } else {
                self.at.col += fits.len();
            }
            text = rest;
        }
    }

    fn char(&mut self, c: char, style: u16, reverse: bool) {
        match c {
            '\t' => {
                self.wrap_if_full();
                let columns = TAB_COLUMNS - self.at.col % TAB_COLUMNS;
                for _ in 0..columns.min(self.cols - self.at.col) {
                    self.cell(' ', 1, style, reverse);
                }
            }
            '\0'..'\x20' | '\x7f' => {
                self.cell('^', 1, style, reverse);
                self.cell(char::from(c as u8 ^ 0x40), 1, style, reverse);
            }
            '\u{80}'..'\u{a0}' => self.cell(char::REPLACEMENT_CHARACTER, 1, style, reverse),
            _ => match char_width(c) {
                0 => {
                    if let Some(cells) = self.row().map(|row| &mut row.cells)
                        && let Some(base) = cells.iter_mut().rev().find(|cell| !cell.is_continuation())
                    {
                        base.push(c);
                    }
                }
                width if width > self.cols => self.cell(char::REPLACEMENT_CHARACTER, 1, style, reverse),
                width => self.cell(c, width, style, reverse),
            },
        }
    }

    fn cell(&mut self, c: char, width: usize, style: u16, reverse: bool) {
        if self.at.col + width > self.cols {
            self.wrap();
        }
        if let Some(row) = self.row() {
            let mut cell = Cell::new(style, reverse);
            row.cells.extend(std::iter::repeat_n(cell, width));
            cell.push(c);
            let base = row.cells.len() - width;
            if let Some(place) = row.cells.get_mut(base) {
                *place = cell;
            }
        }
        self.at.col += width;
    }

    fn wrap_if_full(&mut self) {
        if self.at.col >= self.cols {
            self.wrap();
        }
    }

    fn wrap(&mut self) {
        let is_full = self.at.col >= self.cols;
        if let Some(row) = self.row() {
            row.wraps = is_full;
        }
        self.line_feed();
    }

    fn line_feed(&mut self) {
        // Empty rows are rows too.
        self.row();
        self.at = Place { row: self.at.row + 1, col: 0 };
    }

    /// The row that the pen is in, if it is kept.
    fn row(&mut self) -> Option<&mut Row> {
        if !self.kept.contains(&self.at.row) {
            return None;
        }
        let index = self.at.row - self.kept.start;
        if self.rows.len() <= index {
            self.rows.resize_with(index + 1, Row::default);
        }
        self.rows.get_mut(index)
    }
}

fn is_plain(byte: &u8) -> bool {
    (0x20..0x7f).contains(byte)
}
