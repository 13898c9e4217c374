//! The words of `xargs`'s input: its quotes, lines and delimiters.

use crate::abi::Errno;
use crate::program::Input;

/// One word.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) bytes: Vec<u8>,
    /// Whether it is the last of its line. A blank before the newline joins the next line to this one.
    pub(super) ends_line: bool,
}

/// Why there is no next word.
#[derive(Debug)]
pub(super) enum WordError {
    /// The input cannot be read.
    Read(Errno),
    /// This quote has no partner on its line.
    Unmatched(u8),
    /// It is longer than a command may be.
    TooLong,
}

/// How the input is divided.
#[derive(Clone, Debug)]
pub(super) enum Division {
    /// At this byte; nothing else is special (`-0`, `-d`).
    At(u8),
    /// At blanks and newlines, with quotes and backslashes.
    Words,
    /// At newlines, with quotes and backslashes; blanks in front are left out (`-I`).
    Lines,
}

/// Reads the input.
pub(super) struct Words {
    pub(super) input: Input,
    pub(super) division: Division,
    /// The word that counts as the end of the input.
    pub(super) end: Option<Vec<u8>>,
    /// No word may be longer.
    pub(super) bytes_max: usize,
    /// A NUL was met that no argument can hold.
    pub(super) met_nul: bool,
    pub(super) is_done: bool,
    state: State,
}

#[derive(Default)]
struct State {
    word: Vec<u8>,
    /// There is a word, though it may be empty.
    begun: bool,
    /// What follows a NUL is lost.
    is_cut: bool,
    quote: Option<u8>,
    escaped: bool,
}

impl Words {
    pub(super) fn new(input: Input, division: Division, end: Option<Vec<u8>>, bytes_max: usize) -> Words {
        let state = State::default();
        Words { input, division, end, bytes_max, met_nul: false, is_done: false, state }
    }

    /// The next word; `None` at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Word>, WordError> {
        let Some(word) = self.read().await? else { return Ok(None) };
        if self.end.as_ref().is_some_and(|end| *end == word.bytes) {
            self.is_done = true;
            return Ok(None);
        }
        Ok(Some(word))
    }

    async fn read(&mut self) -> Result<Option<Word>, WordError> {
        if self.is_done {
            return Ok(None);
        }
        loop {
            let bytes = self.input.fill().await.map_err(WordError::Read)?;
            if bytes.is_empty() {
                self.is_done = true;
                if let Some(quote) = self.state.quote {
                    return Err(WordError::Unmatched(quote));
                }
                return Ok(self.state.begun.then(|| self.state.take(true)));
            }
            let mut used = 0;
            let mut found = Ok(None);
            for &byte in bytes {
                used += 1;
                found = self.state.add(byte, &self.division);
                if self.state.word.len() > self.bytes_max {
                    found = Err(WordError::TooLong);
                }
                if !matches!(found, Ok(None)) {
                    break;
                }
            }
            self.met_nul |= self.state.is_cut;
            self.input.consume(used);
            if !matches!(found, Ok(None)) {
                return found;
            }
        }
    }
}

impl State {
    fn take(&mut self, ends_line: bool) -> Word {
        self.begun = false;
        self.is_cut = false;
        Word { bytes: std::mem::take(&mut self.word), ends_line }
    }

    fn push(&mut self, byte: u8) {
        self.begun = true;
        self.is_cut |= byte == 0;
        if !self.is_cut {
            self.word.push(byte);
        }
    }

    /// Reads one byte; gives the word that it ends.
    fn add(&mut self, byte: u8, division: &Division) -> Result<Option<Word>, WordError> {
        if let Division::At(delimiter) = division {
            if byte == *delimiter {
                return Ok(Some(self.take(true)));
            }
            self.push(byte);
            return Ok(None);
        }
        if std::mem::take(&mut self.escaped) {
            self.push(byte);
            return Ok(None);
        }
        if let Some(quote) = self.quote {
            if byte == quote {
                self.quote = None;
            } else if byte == b'\n' {
                return Err(WordError::Unmatched(quote));
            } else {
                self.push(byte);
            }
            return Ok(None);
        }
        match byte {
            b'\\' => self.escaped = true,
            b'\'' | b'"' => {
                self.quote = Some(byte);
                self.begun = true;
            }
            b'\n' if self.begun => return Ok(Some(self.take(true))),
            b'\n' => {}
            b' ' | b'\t' if !self.begun => {}
            b' ' | b'\t' if matches!(division, Division::Words) => return Ok(Some(self.take(false))),
            _ => self.push(byte),
        }
        Ok(None)
    }
}
