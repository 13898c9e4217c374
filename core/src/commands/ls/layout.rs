//! Short listings: one a line, in columns, across, or apart by commas.

use super::entry::Entry;
use super::wish::Format;
use super::{Ls, indicator};
use crate::program::Context;

/// Blanks between columns.
const GAP: usize = 2;
/// Columns are not narrower than a name of one character and the gap.
const COLUMN_MIN: usize = 3;

/// Widths of what stands before names.
#[derive(Clone, Copy, Default)]
pub(super) struct Fronts {
    pub(super) inode: usize,
    pub(super) blocks: usize,
}

impl Ls {
    /// The widths of inode numbers and blocks.
    pub(super) fn fronts(&self, entries: &[Entry]) -> Fronts {
        let widest = |text: fn(&Ls, &Entry) -> String| {
            entries.iter().map(|entry| text(self, entry).len()).max().unwrap_or(0)
        };
        Fronts {
            inode: if self.wish.inode { widest(Ls::inode_text) } else { 0 },
            blocks: if self.wish.blocks { widest(Ls::blocks_text) } else { 0 },
        }
    }

    fn inode_text(&self, entry: &Entry) -> String {
        entry.stat.as_ref().map_or_else(|| "?".to_owned(), |stat| stat.ino.to_string())
    }

    fn blocks_text(&self, entry: &Entry) -> String {
        entry.stat.as_ref().map_or_else(|| "?".to_owned(), |stat| self.wish.block_style.format(stat.blocks * 512))
    }

    /// Appends inode number and blocks, if they are asked for.
    pub(super) fn put_fronts(&self, line: &mut Vec<u8>, entry: &Entry, fronts: Fronts) {
        if self.wish.inode {
            line.extend_from_slice(format!("{:>1$} ", self.inode_text(entry), fronts.inode).as_bytes());
        }
        if self.wish.blocks {
            line.extend_from_slice(format!("{:>1$} ", self.blocks_text(entry), fronts.blocks).as_bytes());
        }
    }

    /// Appends an entry: numbers, name, indicator.
    fn put_entry(&mut self, line: &mut Vec<u8>, entry: &Entry, fronts: Fronts) {
        self.put_fronts(line, entry, fronts);
        if entry.is_shifted {
            line.push(b' ');
        }
        self.put_colored(line, entry, &entry.shown);
        line.extend(entry.kind().and_then(|(kind, executable)| indicator(&self.wish, kind, executable)));
    }

    /// Columns that `put_entry` takes.
    fn entry_width(&self, entry: &Entry, fronts: Fronts) -> usize {
        let mark = entry.kind().and_then(|(kind, executable)| indicator(&self.wish, kind, executable));
        let number = |wanted: bool, width: usize| if wanted { width + 1 } else { 0 };
        number(self.wish.inode, fronts.inode)
            + number(self.wish.blocks, fronts.blocks)
            + entry.width()
            + usize::from(mark.is_some())
    }

    pub(super) async fn print_single(&mut self, cx: &mut Context, entries: &[Entry]) {
        let fronts = self.fronts(entries);
        for entry in entries {
            let mut line = Vec::new();
            self.put_entry(&mut line, entry, fronts);
            line.push(self.wish.end);
            cx.out.put(&line);
            if cx.out.ready().await.is_err() {
                return;
            }
        }
    }

    pub(super) async fn print_commas(&mut self, cx: &mut Context, entries: &[Entry]) {
        let mut column = 0;
        let mut line = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            // Numbers are not aligned here.
            let fronts = self.fronts(std::slice::from_ref(entry));
            let width = self.entry_width(entry, fronts);
            if at > 0 {
                line.push(b',');
                if self.wish.width == usize::MAX || column + 2 + width < self.wish.width {
                    line.push(b' ');
                    column += 2;
                } else {
                    line.push(self.wish.end);
                    column = 0;
                }
            }
            self.put_entry(&mut line, entry, fronts);
            column += width;
        }
        if !entries.is_empty() {
            line.push(self.wish.end);
        }
        cx.out.put(&line);
        // A failing write is told at the end.
        let _ = cx.out.ready().await;
    }

    pub(super) async fn print_columns(&mut self, cx: &mut Context, entries: &[Entry]) {
        if self.wish.width == usize::MAX {
            let mut line = Vec::new();
            let fronts = self.fronts(entries);
            for (at, entry) in entries.iter().enumerate() {
                if at > 0 {
                    line.extend_from_slice(b"  ");
                }
                self.put_entry(&mut line, entry, fronts);
            }
            if !entries.is_empty() {
                line.push(self.wish.end);
            }
            return cx.out.put(&line);
        }
        let fronts = self.fronts(entries);
        let widths: Vec<usize> = entries.iter().map(|entry| self.entry_width(entry, fronts)).collect();
        let down = self.wish.format == Format::Columns;
        let columns = arrange(&widths, self.wish.width, down);
        let count = columns.len().max(1);
        let rows = entries.len().div_ceil(count);
        for row in 0..rows {
            let mut line = Vec::new();
            // Where the column begins, and where the text ends.
            let (mut start, mut end) = (0, 0);
            for (column, width) in columns.iter().enumerate() {
                let at = if down { column * rows + row } else { row * count + column };
                let (Some(entry), Some(own)) = (entries.get(at), widths.get(at)) else { break };
                self.indent(&mut line, end, start);
                self.put_entry(&mut line, entry, fronts);
                end = start + own;
                start += width;
            }
            line.push(self.wish.end);
            cx.out.put(&line);
            if cx.out.ready().await.is_err() {
                return;
            }
        }
    }

    /// Goes on from one column to another with tabs and blanks.
    fn indent(&self, line: &mut Vec<u8>, from: usize, to: usize) {
        let (mut from, tab) = (from, self.wish.tab_size);
        while from < to {
            if tab != 0 && to / tab > (from + 1) / tab {
                line.push(b'\t');
                from += tab - from % tab;
            } else {
                line.push(b' ');
                from += 1;
            }
        }
    }
}

/// The widths of as many columns as fit into `width`.
fn arrange(widths: &[usize], width: usize, down: bool) -> Vec<usize> {
    let most = (width / COLUMN_MIN).clamp(1, widths.len().max(1));
    for count in (2..=most).rev() {
        let rows = widths.len().div_ceil(count);
        let mut columns = vec![COLUMN_MIN; count];
        for (at, own) in widths.iter().enumerate() {
            let column = if down { at / rows } else { at % count };
            let is_last = column + 1 == count;
            if let Some(column) = columns.get_mut(column) {
                *column = (*column).max(own + if is_last { 0 } else { GAP });
            }
        }
        if columns.iter().sum::<usize>() < width {
            return columns;
        }
    }
    vec![widths.iter().copied().max().unwrap_or(0)]
}
