//! A small terminal: a grid, a cursor, and the few sequences that the editor writes.

use crate::abi::width::char_width;

pub struct Terminal {
    pub cols: usize,
    pub rows: usize,
    /// Characters of each row; `\0` is the second column of a wide one.
    grid: Vec<Vec<String>>,
    pub row: usize,
    /// `cols` while the next character wraps.
    col: usize,
    pub bells: usize,
    pub reverse: bool,
    pub bracketed_paste: bool,
    /// The SGR sequences in force.
    pub colour: String,
}

impl Terminal {
    pub fn new(cols: usize, rows: usize) -> Terminal {
        Terminal {
            cols,
            rows,
            grid: vec![blank(cols); rows],
            row: 0,
            col: 0,
            bells: 0,
            reverse: false,
            bracketed_paste: false,
            colour: String::new(),
        }
    }

    pub fn col(&self) -> usize {
        self.col.min(self.cols - 1)
    }

    /// The rows without blanks at their ends and without empty ones at the end.
    pub fn text(&self) -> Vec<String> {
        let text = |row: &Vec<String>| row.concat().replace('\0', "").trim_end().to_string();
        let mut rows: Vec<String> = self.grid.iter().map(text).collect();
        while rows.last().is_some_and(String::is_empty) {
            rows.pop();
        }
        rows
    }

    /// Narrower or wider, as xterm does it: rows lose or gain columns.
    pub fn resize(&mut self, cols: usize) {
        for row in &mut self.grid {
            row.resize(cols, " ".into());
        }
        self.cols = cols;
        self.col = self.col().min(cols - 1);
    }

    pub fn write(&mut self, bytes: &[u8]) {
        let text = std::str::from_utf8(bytes).expect("the editor writes UTF-8");
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                '\r' => self.col = 0,
                '\n' => self.line_feed(),
                '\x08' => self.col = self.col().saturating_sub(1),
                '\x07' => self.bells += 1,
                '\x1b' => self.sequence(&mut chars),
                _ => {
                    assert!(!c.is_control(), "{c:?} written");
                    self.put(c);
                }
            }
        }
    }

    fn put(&mut self, c: char) {
        let width = char_width(c);
        if width == 0 {
            let before = self.col.saturating_sub(1);
            let base = if self.grid[self.row][before] == "\0" { before - 1 } else { before };
            self.grid[self.row][base].push(c);
            return;
        }
        if self.col + width > self.cols {
            self.col = 0;
            self.line_feed();
        }
        let row = &mut self.grid[self.row];
        // Half of a wide character that is written over goes blank.
        if row[self.col] == "\0" {
            row[self.col - 1] = " ".into();
        }
        if self.col + width < row.len() && row[self.col + width] == "\0" {
            row[self.col + width] = " ".into();
        }
        row[self.col] = c.into();
        if width == 2 {
            row[self.col + 1] = "\0".into();
        }
        self.col += width;
    }

    fn line_feed(&mut self) {
        if self.row + 1 < self.rows {
            self.row += 1;
        } else {
            self.grid.remove(0);
            self.grid.push(blank(self.cols));
        }
    }

    fn sequence(&mut self, chars: &mut std::str::Chars<'_>) {
        if chars.next() != Some('[') {
            // A title.
            chars.find(|&c| c == '\x07');
            return;
        }
        let mut parameters = String::new();
        let last = loop {
            match chars.next().expect("a whole sequence") {
                c @ '0'..='?' => parameters.push(c),
                c => break c,
            }
        };
        let count = parameters.parse().unwrap_or(1);
        match last {
            'A' => self.row = self.row.saturating_sub(count),
            'B' => self.row = (self.row + count).min(self.rows - 1),
            'C' => self.col = (self.col() + count).min(self.cols - 1),
            'D' => self.col = self.col().saturating_sub(count),
            'H' => (self.row, self.col) = (0, 0),
            'K' | 'J' => {
                // Terminals disagree about erasing while the next character wraps.
                assert!(self.col < self.cols, "erased behind the last column");
                self.grid[self.row][self.col..].fill(" ".into());
                if last == 'J' {
                    let first = if parameters == "2" { 0 } else { self.row + 1 };
                    self.grid[first..].fill(blank(self.cols));
                }
            }
            'm' => match parameters.as_str() {
                "7" => self.reverse = true,
                "27" => self.reverse = false,
                "0" => self.colour.clear(),
                other => self.colour += other,
            },
            'h' => self.bracketed_paste = true,
            'l' => self.bracketed_paste = false,
            other => panic!("sequence {parameters}{other}"),
        }
    }
}

fn blank(cols: usize) -> Vec<String> {
    vec![" ".into(); cols]
}
