//! Keeps the terminal showing a [`View`], with few bytes: only what differs from before is written.

use std::io::Write;

use super::prompt::Prompt;
use super::view::{Cell, Place, Row, View};

/// Equal cells between two different ones that are written again because going over them costs as much.
const GAP_COLS_MAX: usize = 4;

/// What is on the terminal, as far as the editor wrote it.
#[derive(Default, Debug)]
pub struct Screen {
    rows: Vec<Row>,
    hidden: usize,
    /// Where the cursor is. In column `cols` it stays in the last column, and the next character wraps.
    at: Place,
    cols: usize,
    /// Rows that there are to go to; below them the terminal may have to scroll.
    made: usize,
    style: usize,
    reverse: bool,
}

impl Screen {
    /// Nothing written, the cursor at the left, on a screen of so many columns.
    #[must_use]
    pub fn new(cols: usize) -> Screen {
        Screen { cols, made: 1, ..Screen::default() }
    }

    /// Rows that were above the first one seen.
    #[must_use]
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// As [`Screen::new`], but what the prompt's sequences did is still in force.
    pub fn start_again(&mut self) {
        *self = Screen { style: self.style, ..Screen::new(self.cols) };
    }

    /// Erases all, and is for another number of columns from now on. Terminals differ in whether they move
    /// text to other rows when their width changes; xterm and xterm.js leave the rows around the cursor.
    pub fn erase(&mut self, cols: usize, out: &mut Vec<u8>) {
        out.push(b'\r');
        csi(self.at.row, b'A', out);
        out.extend(b"\x1b[J");
        self.cols = cols;
        self.start_again();
    }

    /// Makes the terminal show the view.
    pub fn draw(&mut self, view: &View, prompt: &Prompt, out: &mut Vec<u8>) {
        let old = std::mem::take(&mut self.rows);
        for index in 0..view.rows.len().max(old.len()) {
            self.draw_row(index, old.get(index), view, prompt, out);
        }
        let is_empty = view.rows.get(view.cursor.row).is_none_or(|row| row.cells.is_empty());
        if is_empty && self.wraps_into(view.cursor, view) {
            // The terminal goes to the next row when it gets a character there.
            out.extend(b" \r");
            self.made = self.made.max(view.cursor.row + 1);
            self.at = view.cursor;
        }
        self.go_to(view.cursor, out);
        self.set_style(prompt.sequences_len(), false, prompt, out);
        self.rows.clone_from(&view.rows);
        self.hidden = view.hidden;
    }

    /// Goes to the start of the row below all.
    pub fn leave(&mut self, out: &mut Vec<u8>) {
        let below = Place { row: self.rows.len().max(1), col: 0 };
        self.go_to(below, out);
    }

    fn draw_row(&mut self, index: usize, old: Option<&Row>, view: &View, prompt: &Prompt, out: &mut Vec<u8>) {
        let new = cells(view.rows.get(index));
        let old = cells(old);
        let differs = |col: usize| new.get(col) != old.get(col);
        let is_continuation = |col: usize| new.get(col).is_some_and(Cell::is_continuation);
        let mut col = 0;
        while let Some(start) = (col..new.len()).find(|&col| differs(col)) {
            // To the last difference before a gap that is worth a jump.
            let mut end = start + 1;
            while let Some(next) = (end..new.len().min(end + GAP_COLS_MAX)).find(|&col| differs(col)) {
                end = next + 1;
            }
            while is_continuation(end) {
                end += 1;
            }
            let start_place = Place { row: index, col: start };
            if !self.wraps_into(start_place, view) {
                self.go_to(start_place, out);
            }
            for cell in new.get(start..end).unwrap_or_default() {
                self.write(cell, prompt, out);
            }
            col = end;
        }
        if old.len() > new.len() {
            self.go_to(Place { row: index, col: new.len() }, out);
            self.set_style(self.style, false, prompt, out);
            out.extend(b"\x1b[K");
        }
    }

    fn write(&mut self, cell: &Cell, prompt: &Prompt, out: &mut Vec<u8>) {
        if self.at.col == self.cols {
            // It wraps; so does what is known.
            self.at = Place { row: self.at.row + 1, col: 0 };
            self.made = self.made.max(self.at.row + 1);
        }
        if !cell.is_continuation() {
            self.set_style(usize::from(cell.style), cell.reverse, prompt, out);
            out.extend(cell.bytes());
        }
        self.at.col += 1;
    }

    fn set_style(&mut self, style: usize, reverse: bool, prompt: &Prompt, out: &mut Vec<u8>) {
        if self.reverse && !reverse {
            out.extend(b"\x1b[27m");
        }
        if style < self.style {
            out.extend(b"\x1b[0m");
            self.style = 0;
        }
        for sequence in prompt.sequences(self.style, style) {
            out.extend(sequence);
        }
        if reverse && !self.reverse {
            out.extend(b"\x1b[7m");
        }
        self.style = style;
        self.reverse = reverse;
    }

    /// Whether the terminal goes to this place by itself when a character is written.
    fn wraps_into(&self, to: Place, view: &View) -> bool {
        self.at.col == self.cols
            && to == Place { row: self.at.row + 1, col: 0 }
            && view.rows.get(self.at.row).is_some_and(|row| row.wraps)
    }

    fn go_to(&mut self, to: Place, out: &mut Vec<u8>) {
        if self.at == to {
            return;
        }
        if self.at.col == self.cols {
            // Terminals differ in what else they do from behind the last column.
            out.push(b'\r');
            self.at.col = 0;
        }
        if to.row < self.at.row {
            csi(self.at.row - to.row, b'A', out);
        } else {
            let existing = to.row.min(self.made - 1).max(self.at.row);
            if existing == self.at.row + 1 && to.col < self.at.col.max(1) {
                out.extend(b"\r\n");
                self.at.col = 0;
            } else {
                csi(existing - self.at.row, b'B', out);
            }
            for _ in existing..to.row {
                out.extend(b"\r\n");
                self.at.col = 0;
            }
            self.made = self.made.max(to.row + 1);
        }
        self.at.row = to.row;
        self.go_to_col(to.col, out);
    }

    fn go_to_col(&mut self, col: usize, out: &mut Vec<u8>) {
        let from = self.at.col;
        if col < from {
            let back = from - col;
            if col == 0 {
                out.push(b'\r');
            } else if back <= 4 {
                out.extend(std::iter::repeat_n(b'\x08', back));
            } else {
                csi(back, b'D', out);
            }
        } else {
            csi(col - from, b'C', out);
        }
        self.at.col = col;
    }
}

fn cells(row: Option<&Row>) -> &[Cell] {
    row.map(|row| row.cells.as_slice()).unwrap_or_default()
}

/// A control sequence with a count; none for 0.
fn csi(count: usize, last: u8, out: &mut Vec<u8>) {
    match count {
        0 => {}
        1 => out.extend([0x1b, b'[', last]),
        // Writing to a Vec cannot fail.
        _ => drop(write!(out, "\x1b[{count}{}", char::from(last))),
    }
}
