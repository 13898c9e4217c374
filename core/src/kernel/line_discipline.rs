//! A terminal's line discipline (POSIX.1-2024 XBD 11.1): what happens to bytes between the keyboard, the
//! programs that read the terminal, and its screen. Pure: who waits, who is signalled and where the screen
//! is, the tty knows.
//!
//! It does as Linux does, with these differences. A wide character is erased whole, with the combining
//! marks that stand on it; a letter outside ASCII is part of a word. A byte for which there is no room in
//! an overlong line is not echoed. An end of file that nobody read leaves no NUL behind when canonical
//! mode is switched off. What was typed ahead in raw mode is cut into lines when canonical mode comes, which
//! POSIX leaves open: a command that is started by a line editor reads the lines that were typed behind it.

use std::collections::VecDeque;

use bstr::ByteSlice;

use crate::abi::limits::TTY_INPUT_BYTES_MAX;
use crate::abi::width::char_width;
use crate::abi::{ControlChar, SigSet, Signal, Termios};

/// What typed bytes do besides becoming input; the caller carries it out and empties it.
#[derive(Default, Debug)]
pub struct Effects {
    /// If set, what waits for the screen is thrown away, before `echo` goes there.
    pub flush_output: bool,
    /// Bytes for the screen.
    pub echo: Vec<u8>,
    /// Signals for the foreground process group.
    pub signals: SigSet,
}

/// What a reader gets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ReadOutcome {
    /// So many bytes were put into the buffer. None, when nothing is there and MIN and TIME are 0.
    Bytes(usize),
    /// End of file was typed: the read gives 0 bytes, the next one waits again.
    Eof,
    /// Nothing yet: sleep, at most for [`LineDiscipline::read_timeout_nanos`].
    WouldBlock,
}

/// The state between keyboard, readers and screen.
#[derive(Default, Debug)]
pub struct LineDiscipline {
    termios: Termios,
    /// Bytes for readers.
    ready: VecDeque<u8>,
    /// In canonical mode, how `ready` is cut into reads: the bytes left of each line, 0 for an end of file.
    line_lens: VecDeque<usize>,
    /// In canonical mode, the line being edited.
    line: Vec<u8>,
    /// The screen column where `line` was begun.
    line_column: usize,
    /// The screen's column, as far as the bytes tell.
    column: usize,
    /// The next byte is taken as it is (after LNEXT).
    literal_next: bool,
    /// Output is stopped (after STOP).
    stopped: bool,
}

/// Echo bytes after which [`LineDiscipline::input`] takes a pause.
const ECHO_PAUSE_BYTES: usize = 4096;
const TAB_COLUMNS: usize = 8;
const NEWLINE: u8 = b'\n';
/// In an effect's echo: back, blank, back.
const RUB_OUT: &[u8] = b"\x08 \x08";

impl LineDiscipline {
    /// With these settings, and nothing typed.
    #[must_use]
    pub fn new(termios: Termios) -> LineDiscipline {
        LineDiscipline { termios, ..LineDiscipline::default() }
    }

    /// The settings.
    #[must_use]
    pub fn termios(&self) -> &Termios {
        &self.termios
    }

    /// Changes the settings. What was typed stays readable: on leaving canonical mode the unfinished line
    /// too; on entering it all that waits is edited as if it were typed now, but gives no echo and no signals.
    pub fn set_termios(&mut self, termios: Termios) {
        let was_canonical = self.termios.local.icanon;
        self.termios = termios;
        if !self.termios.input.ixon {
            self.stopped = false;
        }
        if was_canonical != self.termios.local.icanon {
            self.literal_next = false;
            self.line_lens.clear();
            if was_canonical {
                self.ready.extend(self.line.drain(..));
            } else {
                self.type_again();
            }
        }
    }

    fn type_again(&mut self) {
        let wanted = self.termios.clone();
        self.termios.input.ixon = false;
        self.termios.local.isig = false;
        self.termios.local.echo = false;
        self.termios.local.echonl = false;
        let mut nothing = Effects::default();
        for byte in std::mem::take(&mut self.ready) {
            self.input_byte(byte, &mut nothing);
        }
        self.termios = wanted;
    }

    /// Throws away what was typed and not read (`tcflush`, TCSAFLUSH).
    pub fn flush_input(&mut self) {
        self.ready.clear();
        self.line_lens.clear();
        self.line.clear();
        self.literal_next = false;
    }

    /// Whether STOP was typed: until START, the screen gets nothing.
    #[must_use]
    pub fn is_output_stopped(&self) -> bool {
        self.stopped
    }

    // ---- Readers ----

    /// Whether a read would not wait, as `poll` means it.
    #[must_use]
    pub fn is_readable(&self) -> bool {
        if self.termios.local.icanon {
            return !self.line_lens.is_empty();
        }
        let min = match self.termios.char(ControlChar::Time) {
            0 => usize::from(self.termios.char(ControlChar::Min)).max(1),
            _ => 1,
        };
        self.ready.len() >= min
    }

    /// Bytes that are there to be read (FIONREAD).
    #[must_use]
    pub fn readable_bytes(&self) -> usize {
        self.ready.len()
    }

    /// What a blocking read takes: in canonical mode at most one line, else according to MIN and TIME.
    pub fn read(&mut self, buf: &mut [u8]) -> ReadOutcome {
        if self.termios.local.icanon {
            return self.read_now(buf);
        }
        let min = usize::from(self.termios.char(ControlChar::Min));
        let time = self.termios.char(ControlChar::Time);
        let enough = match min {
            0 => time == 0 || !self.ready.is_empty(),
            _ => self.ready.len() >= min.min(buf.len()),
        };
        if enough { ReadOutcome::Bytes(take(&mut self.ready, buf)) } else { ReadOutcome::WouldBlock }
    }

    /// What a read takes that does not wait (O_NONBLOCK), or whose waiting has come to its end by timeout
    /// or signal: whatever is there.
    pub fn read_now(&mut self, buf: &mut [u8]) -> ReadOutcome {
        if !self.termios.local.icanon {
            return match take(&mut self.ready, buf) {
                0 if self.termios.char(ControlChar::Min) != 0 => ReadOutcome::WouldBlock,
                len => ReadOutcome::Bytes(len),
            };
        }
        let Some(left) = self.line_lens.front_mut() else { return ReadOutcome::WouldBlock };
        let at_most = (*left).min(buf.len());
        let taken = take(&mut self.ready, buf.get_mut(..at_most).unwrap_or_default());
        let is_eof = *left == 0;
        *left -= taken;
        if *left == 0 {
            self.line_lens.pop_front();
        }
        if is_eof { ReadOutcome::Eof } else { ReadOutcome::Bytes(taken) }
    }

    /// How many nanoseconds a reader that got [`ReadOutcome::WouldBlock`] sleeps at most until something is
    /// typed; then its read ends with what [`LineDiscipline::read_now`] gives, or 0 bytes. None is for ever.
    /// Each wake-up asks anew: with MIN above 0, TIME is the pause between two bytes.
    #[must_use]
    pub fn read_timeout_nanos(&self) -> Option<u64> {
        let tenths = u64::from(self.termios.char(ControlChar::Time));
        let waits_for_first = self.termios.char(ControlChar::Min) != 0 && self.ready.is_empty();
        let is_timed = !self.termios.local.icanon && tenths != 0 && !waits_for_first;
        is_timed.then_some(tenths * 100_000_000)
    }

    // ---- The keyboard ----

    /// Takes bytes typed at the terminal and says how many. Fewer than all: the readers have to make room
    /// first, or, if `effects.echo` has 4096 bytes or more, the caller has to carry it out before it calls
    /// again. Echo for which the screen has no room is dropped, so that a stopped screen never keeps an
    /// interrupt from its program.
    pub fn input(&mut self, bytes: &[u8], effects: &mut Effects) -> usize {
        for (index, &byte) in bytes.iter().enumerate() {
            if effects.echo.len() >= ECHO_PAUSE_BYTES || !self.input_byte(byte, effects) {
                return index;
            }
        }
        bytes.len()
    }

    /// False when the byte has to wait for room.
    fn input_byte(&mut self, byte: u8, effects: &mut Effects) -> bool {
        let flags = self.termios.input;
        let local = self.termios.local;
        let byte = if flags.istrip { byte & 0x7f } else { byte };
        let is = |which: ControlChar| byte == self.termios.char(which) && byte != 0;

        if self.literal_next {
            if !self.has_room() {
                return false;
            }
            self.literal_next = false;
            self.store(byte, effects);
            return true;
        }
        if flags.ixon && (is(ControlChar::Start) || is(ControlChar::Stop)) {
            self.stopped = is(ControlChar::Stop);
            return true;
        }
        if local.isig
            && let Some(signal) = [
                (ControlChar::Intr, Signal::INT),
                (ControlChar::Quit, Signal::QUIT),
                (ControlChar::Susp, Signal::TSTP),
            ]
            .iter()
            .find_map(|&(which, signal)| is(which).then_some(signal))
        {
            self.signal(byte, signal, effects);
            return true;
        }
        if byte == b'\r' && flags.igncr {
            return true;
        }
        if !self.has_room() {
            return false;
        }
        if flags.ixon && flags.ixany {
            self.stopped = false;
        }
        let byte = match byte {
            b'\r' if flags.icrnl => NEWLINE,
            NEWLINE if flags.inlcr => b'\r',
            byte => byte,
        };
        if local.icanon {
            self.edit(byte, effects)
        } else {
            self.store(byte, effects)
        }
        true
    }

    /// Room for one more byte. A canonical line that nothing stands before always takes one: what is too
    /// much is dropped, so that its end still gets through.
    fn has_room(&self) -> bool {
        (self.termios.local.icanon && self.ready.is_empty() && self.line_lens.is_empty())
            || (!self.is_full() && self.line_lens.len() < TTY_INPUT_BYTES_MAX - 1)
    }

    fn is_full(&self) -> bool {
        self.ready.len() + self.line.len() >= TTY_INPUT_BYTES_MAX - 1
    }

    fn signal(&mut self, byte: u8, signal: Signal, effects: &mut Effects) {
        if !self.termios.local.noflsh {
            self.flush_input();
            effects.echo.clear();
            effects.flush_output = true;
        }
        if self.termios.input.ixon {
            self.stopped = false;
        }
        effects.signals.insert(signal);
        self.echo(byte, effects);
    }

    /// Canonical mode: one byte that is no signal.
    fn edit(&mut self, byte: u8, effects: &mut Effects) {
        let local = self.termios.local;
        let is = |which: ControlChar| byte == self.termios.char(which) && byte != 0;
        if is(ControlChar::Erase) {
            if !self.line.is_empty() {
                self.erase_char(byte, effects);
            }
        } else if is(ControlChar::Kill) {
            self.kill(byte, effects);
        } else if local.iexten && is(ControlChar::WordErase) {
            self.erase_word(effects);
        } else if local.iexten && is(ControlChar::LiteralNext) {
            self.literal_next = true;
            if local.echo && local.echoctl {
                self.put(b"^\x08", effects);
            }
        } else if local.iexten && local.echo && is(ControlChar::Reprint) {
            self.reprint(byte, effects);
        } else if is(ControlChar::Eof) {
            self.end_line(None);
        } else if byte == NEWLINE {
            if local.echo || local.echonl {
                self.put(b"\n", effects);
            }
            self.end_line(Some(byte));
        } else if is(ControlChar::Eol) || (local.iexten && is(ControlChar::Eol2)) {
            self.echo(byte, effects);
            self.end_line(Some(byte));
        } else {
            self.store(byte, effects);
        }
    }

    /// An ordinary byte.
    fn store(&mut self, byte: u8, effects: &mut Effects) {
        if !self.termios.local.icanon {
            self.ready.push_back(byte);
            self.echo(byte, effects);
        } else if !self.is_full() {
            if self.line.is_empty() {
                self.line_column = self.column;
            }
            self.line.push(byte);
            self.echo(byte, effects);
        } else if self.termios.input.imaxbel {
            self.put(b"\x07", effects);
        }
    }

    fn end_line(&mut self, terminator: Option<u8>) {
        self.line.extend(terminator);
        self.line_lens.push_back(self.line.len());
        self.ready.extend(self.line.drain(..));
    }

    fn erase_char(&mut self, byte: u8, effects: &mut Effects) {
        let erased = self.pop_char();
        if self.termios.local.echoe { self.rub_out(erased, effects) } else { self.echo(byte, effects) }
    }

    fn erase_word(&mut self, effects: &mut Effects) {
        let is_word = |c: char| c == '_' || c.is_alphanumeric();
        let mut in_word = false;
        while let Some(c) = self.line.chars().next_back() {
            if in_word && !is_word(c) {
                break;
            }
            in_word |= is_word(c);
            let erased = self.pop_char();
            self.rub_out(erased, effects);
        }
    }

    fn kill(&mut self, byte: u8, effects: &mut Effects) {
        let local = self.termios.local;
        if local.echo && local.echok && local.echoke && local.echoe {
            while !self.line.is_empty() {
                let erased = self.pop_char();
                self.rub_out(erased, effects);
            }
            return;
        }
        self.line.clear();
        self.echo(byte, effects);
        if local.echo && local.echok {
            self.put(b"\n", effects);
        }
    }

    fn reprint(&mut self, byte: u8, effects: &mut Effects) {
        self.echo(byte, effects);
        self.put(b"\n", effects);
        self.line_column = self.column;
        let line = std::mem::take(&mut self.line);
        for &byte in &line {
            self.echo(byte, effects);
        }
        self.line = line;
    }

    /// Takes the last character off the line, with the marks that stand on it.
    fn pop_char(&mut self) -> Erased {
        while let Some((start, end, c)) = self.line.char_indices().next_back() {
            self.line.truncate(if self.termios.input.iutf8 { start } else { end - 1 });
            if c == '\t' {
                let before = match self.line.rfind_byte(b'\t') {
                    Some(tab) => self.columns(self.line.get(tab + 1..).unwrap_or_default()),
                    None => self.line_column + self.columns(&self.line),
                };
                return Erased::Moved(TAB_COLUMNS - before % TAB_COLUMNS);
            }
            let columns = self.char_columns(c);
            if columns != 0 || c.is_control() {
                return Erased::Shown(columns);
            }
        }
        Erased::Shown(0)
    }

    /// Columns of text without tabs.
    fn columns(&self, text: &[u8]) -> usize {
        text.chars().map(|c| self.char_columns(c)).sum()
    }

    fn char_columns(&self, c: char) -> usize {
        if !c.is_ascii_control() {
            char_width(c)
        } else if self.termios.local.echoctl {
            2
        } else {
            0
        }
    }

    // ---- The screen ----

    fn rub_out(&mut self, erased: Erased, effects: &mut Effects) {
        if self.termios.local.echo {
            let (columns, with) = match erased {
                Erased::Shown(columns) => (columns, RUB_OUT),
                Erased::Moved(columns) => (columns, &b"\x08"[..]),
            };
            for _ in 0..columns {
                self.put(with, effects);
            }
        }
    }

    /// Shows a typed byte, a control character as `^X`.
    fn echo(&mut self, byte: u8, effects: &mut Effects) {
        let local = self.termios.local;
        if local.echo {
            match byte {
                b'\t' => self.put(b"\t", effects),
                _ if byte.is_ascii_control() && local.echoctl => self.put(&[b'^', byte ^ 0x40], effects),
                _ => self.put(&[byte], effects),
            }
        }
    }

    fn put(&mut self, bytes: &[u8], effects: &mut Effects) {
        self.output(bytes, usize::MAX, &mut effects.echo);
    }

    /// What a program's `bytes` are on the screen: appended to `screen`, at most `room` bytes of it. Gives
    /// how many of `bytes` that were.
    pub fn output(&mut self, bytes: &[u8], room: usize, screen: &mut Vec<u8>) -> usize {
        let flags = self.termios.output;
        if !flags.opost {
            let taken = bytes.len().min(room);
            screen.extend(bytes.iter().take(taken));
            return taken;
        }
        let full_at = screen.len().saturating_add(room);
        for (index, &byte) in bytes.iter().enumerate() {
            if screen.len() >= full_at {
                return index;
            }
            match byte {
                NEWLINE if flags.onlcr => {
                    if full_at - screen.len() < 2 {
                        return index;
                    }
                    self.column = 0;
                    screen.extend(b"\r\n");
                    continue;
                }
                NEWLINE if flags.onlret => self.column = 0,
                b'\r' if flags.onocr && self.column == 0 => continue,
                b'\r' if flags.ocrnl => {
                    if flags.onlret {
                        self.column = 0;
                    }
                    screen.push(NEWLINE);
                    continue;
                }
                b'\r' => self.column = 0,
                b'\t' => {
                    self.column = (self.column / TAB_COLUMNS).saturating_add(1).saturating_mul(TAB_COLUMNS)
                }
                b'\x08' => self.column = self.column.saturating_sub(1),
                _ if byte.is_ascii_control() || (self.termios.input.iutf8 && byte & 0xc0 == 0x80) => {}
                _ => self.column = self.column.saturating_add(1),
            }
            screen.push(byte);
        }
        bytes.len()
    }
}

/// What an erased character did to the screen.
enum Erased {
    /// It took so many columns, which have to be blanked.
    Shown(usize),
    /// It was a tab, which moved the cursor so many columns.
    Moved(usize),
}

/// Moves bytes from the front of `from` into `buf`; gives how many.
fn take(from: &mut VecDeque<u8>, buf: &mut [u8]) -> usize {
    let taken = from.len().min(buf.len());
    for (place, byte) in buf.iter_mut().zip(from.drain(..taken)) {
        *place = byte;
    }
    taken
}

#[cfg(test)]
mod tests;
