//! Completions below the line: in columns, page by page, with a question first when there are many.

use super::keys::Key;
use super::{Editor, Mode};
use crate::abi::width::text_width;

/// Candidates that are listed without a question (as readline's `completion-query-items`).
const UNASKED_MAX: usize = 100;
const GAP_COLS: usize = 2;
const MORE: &[u8] = b"--More--";

/// Lines that wait for an answer.
pub struct Listing {
    lines: Vec<Vec<u8>>,
    shown: usize,
}

impl Editor {
    /// Lists candidates, or asks whether to.
    pub(super) fn list(&mut self, names: &[&[u8]]) {
        self.draw();
        self.screen.leave(&mut self.output);
        let listing = Listing { lines: columns(names, usize::from(self.window.cols)), shown: 0 };
        if names.len() > UNASKED_MAX {
            let question = format!("Display all {} possibilities? (y or n)", names.len());
            self.output.extend(question.as_bytes());
            self.mode = Mode::Listing(listing);
        } else {
            self.show_lines(listing, usize::from(self.window.rows).saturating_sub(1));
        }
    }

    /// Answers: y and n to the question, a page or a line more, or no more.
    pub(super) fn listing_key(&mut self, listing: Listing, key: Key) {
        let page = usize::from(self.window.rows).saturating_sub(1);
        let is_question = listing.shown == 0;
        let lines = match key {
            Key::Char('y' | 'Y' | ' ') => page,
            Key::Control(b'\t') if !is_question => page,
            Key::Control(b'\r' | b'\n') if !is_question => 1,
            Key::Char('n' | 'N' | 'q' | 'Q') | Key::Control(0x07 | 0x08 | 0x7f) => 0,
            _ => {
                self.bell();
                self.mode = Mode::Listing(listing);
                return;
            }
        };
        self.output.extend(if is_question { b"\r\n".as_slice() } else { b"\r\x1b[K" });
        if lines == 0 {
            self.screen.start_again();
        } else {
            self.show_lines(listing, lines);
        }
    }

    fn show_lines(&mut self, mut listing: Listing, lines: usize) {
        for line in listing.lines.iter().skip(listing.shown).take(lines) {
            self.output.extend(line);
            self.output.extend(b"\r\n");
        }
        listing.shown += lines;
        if listing.shown < listing.lines.len() {
            self.output.extend(MORE);
            self.mode = Mode::Listing(listing);
        } else {
            self.screen.start_again();
            self.is_changed = true;
        }
    }
}

/// Names in columns that are filled from the top, as readline sets them.
fn columns(names: &[&[u8]], cols: usize) -> Vec<Vec<u8>> {
    let width = names.iter().map(|name| text_width(name)).max().unwrap_or(0) + GAP_COLS;
    let limit = match cols / width {
        limit if limit > 1 && limit * width == cols => limit - 1,
        limit => limit.max(1),
    };
    let rows = names.len().div_ceil(limit);
    let mut lines = vec![Vec::new(); rows];
    for (index, name) in names.iter().enumerate() {
        let Some(line) = lines.get_mut(index % rows) else { continue };
        line.extend(name.iter().map(|&byte| if byte.is_ascii_control() { b'?' } else { byte }));
        if index / rows + 1 < limit {
            line.resize(line.len() + width - text_width(name), b' ');
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(names: &[&str], cols: usize, lines: &[&str]) {
        let names: Vec<&[u8]> = names.iter().map(|name| name.as_bytes()).collect();
        let expected: Vec<Vec<u8>> = lines.iter().map(|line| line.as_bytes().to_vec()).collect();
        assert_eq!(super::columns(&names, cols), expected);
    }

    #[test]
    fn columns() {
        check(&["alpha1", "alpha2", "alphabet"], 80, &["alpha1    alpha2    alphabet  "]);
        let seven = ["alpha1", "alpha2", "alphabet", "beta", "dir/", "with space", "über"];
        check(
            &seven,
            80,
            &["alpha1      alphabet    dir/        über        ", "alpha2      beta        with space  "],
        );
        check(&["abc", "漢字", "x"], 18, &["abc   x", "漢字  "]);
        check(&["toolong", "b"], 5, &["toolong", "b"]);
        check(&["\x1b[31m"], 80, &["?[31m  "]);
    }
}
