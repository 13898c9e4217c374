//! The lines that were accepted, by number.

use std::collections::VecDeque;

use crate::abi::limits::HISTORY_BYTES_MAX;

/// Lines with consecutive numbers, the first ever added being 1. The oldest make room for new ones.
#[derive(Clone, Debug)]
pub struct History {
    entries: VecDeque<Entry>,
    first: u64,
    bytes: usize,
    lines_max: usize,
    /// How many of the last ones are not in the history file.
    unsaved: usize,
}

/// A line, and when it was typed, in seconds of the epoch.
#[derive(Clone, Debug)]
struct Entry {
    line: Vec<u8>,
    time: Option<i64>,
}

impl History {
    /// Empty, for at most so many lines.
    #[must_use]
    pub fn new(lines_max: usize) -> History {
        History { entries: VecDeque::new(), first: 1, bytes: 0, lines_max, unsaved: 0 }
    }

    /// Adds a line at the end. Whether it should be there (HISTCONTROL), the shell has decided.
    pub fn add(&mut self, line: Vec<u8>) {
        self.add_at(line, None);
    }

    /// The same of a line whose time is known.
    pub fn add_at(&mut self, line: Vec<u8>, time: Option<i64>) {
        self.bytes += line.len();
        self.entries.push_back(Entry { line, time });
        self.unsaved += 1;
        self.make_room();
    }

    /// All lines are in the history file now.
    pub fn set_saved(&mut self) {
        self.unsaved = 0;
    }

    /// The lines that are not in the history file, with their times.
    pub fn unsaved(&self) -> impl Iterator<Item = (&[u8], Option<i64>)> {
        self.timed().skip(self.entries.len().saturating_sub(self.unsaved)).map(|(_, line, time)| (line, time))
    }

    /// Takes out all lines that are the same as one (HISTCONTROL's `erasedups`).
    pub fn erase(&mut self, line: &[u8]) {
        let equal =
            |history: &History| history.iter().find(|(_, own)| *own == line).map(|(number, _)| number);
        while let Some(number) = equal(self) {
            self.remove(number);
        }
    }

    /// Changes how many lines are kept (HISTSIZE).
    pub fn set_lines_max(&mut self, lines_max: usize) {
        self.lines_max = lines_max;
        self.make_room();
    }

    fn make_room(&mut self) {
        while self.entries.len() > self.lines_max || self.bytes > HISTORY_BYTES_MAX {
            let Some(oldest) = self.entries.pop_front() else { break };
            self.bytes -= oldest.line.len();
            self.first += 1;
        }
    }

    /// Forgets all lines; the next one gets number 1.
    pub fn clear(&mut self) {
        *self = History::new(self.lines_max);
    }

    /// Takes a line out; those after it get numbers one lower.
    pub fn remove(&mut self, number: u64) -> Option<Vec<u8>> {
        let index = self.index(number)?;
        let line = self.entries.remove(index)?.line;
        self.bytes -= line.len();
        self.unsaved = self.unsaved.min(self.entries.len());
        Some(line)
    }

    /// Puts another line in the place of one, as `history -s` and multi-line commands need it.
    pub fn replace(&mut self, number: u64, line: Vec<u8>) {
        if let Some(old) = self.index(number).and_then(|index| self.entries.get_mut(index)) {
            self.bytes = self.bytes - old.line.len() + line.len();
            old.line = line;
            self.make_room();
        }
    }

    /// A line by number.
    #[must_use]
    pub fn get(&self, number: u64) -> Option<&[u8]> {
        self.index(number).and_then(|index| self.entries.get(index)).map(|entry| entry.line.as_slice())
    }

    /// Number of the oldest line that is kept.
    #[must_use]
    pub fn first_number(&self) -> u64 {
        self.first
    }

    /// The number that the next line gets.
    #[must_use]
    pub fn next_number(&self) -> u64 {
        self.first + self.entries.len() as u64
    }

    /// Lines that are kept.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// All lines with their numbers, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (u64, &[u8])> {
        self.timed().map(|(number, line, _)| (number, line))
    }

    /// The same with their times.
    pub fn timed(&self) -> impl DoubleEndedIterator<Item = (u64, &[u8], Option<i64>)> {
        let numbered = self.entries.iter().enumerate();
        numbered.map(|(index, entry)| (self.first + index as u64, entry.line.as_slice(), entry.time))
    }

    fn index(&self, number: u64) -> Option<usize> {
        usize::try_from(number.checked_sub(self.first)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_and_the_oldest_go() {
        let mut history = History::new(2);
        for line in ["a", "b", "c"] {
            history.add(line.into());
        }
        assert_eq!(history.iter().collect::<Vec<_>>(), [(2, &b"b"[..]), (3, b"c")]);
        assert_eq!((history.get(1), history.get(3), history.get(4)), (None, Some(&b"c"[..]), None));
        history.replace(2, b"bb".into());
        assert_eq!(history.remove(2), Some(b"bb".to_vec()));
        assert_eq!(history.remove(9), None);
        assert_eq!(history.iter().collect::<Vec<_>>(), [(2, &b"c"[..])]);
        history.set_lines_max(0);
        assert_eq!((history.is_empty(), history.len(), history.next_number()), (true, 0, 3));
        history.clear();
        assert_eq!(history.next_number(), 1);
    }

    #[test]
    fn bytes_are_bounded() {
        let mut history = History::new(1000);
        for _ in 0..9 {
            history.add(vec![b'x'; HISTORY_BYTES_MAX / 4]);
        }
        assert_eq!(history.len(), 4);
    }
}
