//! `select`: the menu, and reading the answer.

use super::variables::known;
use super::{Interp, Stop};
use crate::abi::{STDERR, STDIN};
use crate::shell::code::Symbol;

impl Interp {
    pub(super) async fn select_next(&mut self, name: Symbol, end: usize) -> Result<(), Stop> {
        let items = self.lists.last().map(|list| list.menu.clone()).unwrap_or_default();
        if items.is_empty() {
            self.pc = end;
            return Ok(());
        }
        let ps3 = self.shell.text(known::PS3).unwrap_or_else(|| b"#? ".to_vec());
        let shown = std::mem::replace(&mut self.menu_is_shown, true);
        let mut show = !shown;
        loop {
            let mut text = if show { self.menu(&items) } else { Vec::new() };
            text.extend_from_slice(&ps3);
            let _ = self.process.write_all(STDERR, &text).await;
            let Some(line) = self.read_line_from(STDIN).await else {
                let _ = self.process.write_all(crate::abi::STDOUT, b"\n").await;
                self.menu_is_shown = false;
                self.end_for(end);
                return Ok(());
            };
            if line.is_empty() {
                show = true;
                continue;
            }
            let chosen = std::str::from_utf8(&line).ok().and_then(|text| text.trim().parse::<usize>().ok());
            let item =
                chosen.and_then(|number| items.get(number.checked_sub(1)?)).cloned().unwrap_or_default();
            self.assign_text(known::REPLY, line, false)?;
            return self.assign_text(name, item, false);
        }
    }

    /// The numbered list in columns.
    fn menu(&self, items: &[Vec<u8>]) -> Vec<u8> {
        let columns =
            self.shell.text(known::COLUMNS).and_then(|t| std::str::from_utf8(&t).ok()?.parse().ok());
        let columns: usize = columns.unwrap_or(80);
        let digits = items.len().to_string().len();
        let width = |item: &[u8]| crate::abi::width::text_width(item);
        let longest = items.iter().map(|item| width(item)).max().unwrap_or(0);
        let cell = longest + digits + 2 + 2;
        let across = (columns / cell.max(1)).max(1);
        let rows = items.len().div_ceil(across);
        let across = if rows == 1 { 1 } else { across };
        let rows = if rows == 1 { items.len() } else { rows };
        // The numbers of the first column are as wide as its last.
        let first_digits = rows.to_string().len();
        let mut text = Vec::new();
        for row in 0..rows {
            let mut end = 0;
            for (column, at) in (row..items.len()).step_by(rows).take(across).enumerate() {
                let Some(item) = items.get(at) else { continue };
                let digits = if column == 0 { first_digits } else { digits };
                indent(&mut text, end, column * cell);
                text.extend_from_slice(format!("{:>digits$}) ", at + 1).as_bytes());
                text.extend_from_slice(item);
                end = column * cell + digits + 2 + width(item);
            }
            text.push(b'\n');
        }
        text
    }

    /// A line of a descriptor without its newline; `None` at the end.
    async fn read_line_from(&mut self, fd: crate::abi::Fd) -> Option<Vec<u8>> {
        let mut line = Vec::new();
        let mut byte = [0; 1];
        loop {
            match self.process.read(fd, &mut byte).await {
                Ok(1) if byte[0] == b'\n' => return Some(line),
                Ok(1) => line.push(byte[0]),
                _ => return (!line.is_empty()).then_some(line),
            }
        }
    }
}

/// Goes from one column of the screen to another, with tabs where one fits.
fn indent(text: &mut Vec<u8>, from: usize, to: usize) {
    let mut at = from;
    while at < to {
        let next_stop = (at / 8 + 1) * 8;
        if next_stop <= to {
            text.push(b'\t');
            at = next_stop;
        } else {
            text.push(b' ');
            at += 1;
        }
    }
}
