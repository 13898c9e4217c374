//! The line editor: bytes of a keyboard in, lines and bytes for a screen out, with Emacs keys as readline
//! has them. It reads nothing and waits for nothing; whoever owns it does.
//!
//! The terminal is in raw mode meanwhile, `^C` being a byte like others. A turn of the owner's loop: read
//! what was typed, [`Editor::feed`] it, act on the event, write [`Editor::take_output`]. Feeding stops at
//! an event, so that what was typed ahead is left for the program that the line starts: read byte by byte,
//! and take the output only when nothing more is there to be read.

mod actions;
mod completion;
mod expansion;
mod history;
mod keymap;
mod keys;
mod kill_ring;
mod line;
mod listing;
mod prompt;
mod screen;
mod search;
mod view;
mod words;

#[cfg(test)]
mod tests;

use crate::abi::SortedMap;
use std::ops::Range;
use std::rc::Rc;

pub use completion::{Candidate, CompleteRequest, Completion};
pub use expansion::{Expanded, expand};
pub use history::History;
pub use keymap::ACTION_NAMES;
pub use prompt::{INVISIBLE_END, INVISIBLE_START};

use crate::abi::WindowSize;
use crate::abi::limits::{EDITOR_LINE_BYTES_MAX, HISTORY_LINES_DEFAULT};
use actions::Argument;
use completion::Waiting;
use keymap::{Action, EMACS, EMACS_CONTROL_X, lookup};
use keys::{Decoder, Key, Stroke, Typed};
use kill_ring::KillRing;
use line::Line;
use listing::Listing;
use prompt::Prompt;
use screen::Screen;
use search::Search;
use view::{Content, View};

/// `^C` means the same whatever else keys mean.
const INTERRUPT: Key = Key::Control(3);

/// How an editor is to be.
#[derive(Clone, Debug)]
pub struct Config {
    /// Lines of history that are kept.
    pub history_lines_max: usize,
}

impl Default for Config {
    fn default() -> Config {
        Config { history_lines_max: HISTORY_LINES_DEFAULT }
    }
}

/// What the owner has to act on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// A line was accepted, given without its newline; pasted or recalled ones may have newlines inside.
    /// To go on with the next line, or with the same command at PS2: [`Editor::start`].
    Line(Vec<u8>),
    /// `^D` on an empty line.
    Eof,
    /// `^C`: the line is given up.
    Interrupt,
    /// Tab: [`Editor::complete`] answers. Typing on makes the request void.
    Complete(CompleteRequest),
}

/// What the next key means.
#[derive(Default)]
enum Mode {
    /// What the key map says.
    #[default]
    Plain,
    /// What the key map says after `^X`.
    ControlX,
    /// Itself, so many times.
    Quoted(i64),
    /// The character to go to, so many times; backwards if negative.
    CharacterSearch(i64),
    /// Part of what is searched.
    Search(Search),
    /// The answer to a question below the line.
    Listing(Listing),
}

/// The editor. It outlives lines: history, cut text and the last search stay.
pub struct Editor {
    /// Shared with the shell's children, who keep what it was when they began.
    history: Rc<History>,
    kill_ring: KillRing,
    decoder: Decoder,
    mode: Mode,
    argument: Option<Argument>,
    /// What the last key did.
    last: Option<Action>,
    line: Line,
    /// The history entry that `line` comes from; None is the new line.
    entry: Option<u64>,
    /// Entries that were changed while browsing, as long as the line lasts; the new line is None's.
    edits: SortedMap<Option<u64>, Line>,
    /// Where the last yank is, and which word of which entry it was.
    yanked: Range<usize>,
    yanked_arg: (u64, Option<i64>),
    /// How much of the line has to stay in a search by beginning.
    searched_prefix: usize,
    searched_last: Vec<u8>,
    /// The entry to begin the next line with.
    next_entry: Option<u64>,
    waiting: Option<Waiting>,
    requests: u64,
    prompt: Prompt,
    window: WindowSize,
    screen: Screen,
    /// Shown in reverse until the next key.
    highlight: Range<usize>,
    output: Vec<u8>,
    is_active: bool,
    is_changed: bool,
}

impl Editor {
    /// With nothing in its history. It takes no input before [`Editor::start`].
    #[must_use]
    pub fn new(config: &Config) -> Editor {
        Editor {
            history: Rc::new(History::new(config.history_lines_max)),
            kill_ring: KillRing::default(),
            decoder: Decoder::default(),
            mode: Mode::Plain,
            argument: None,
            last: None,
            line: Line::default(),
            entry: None,
            edits: SortedMap::new(),
            yanked: 0..0,
            yanked_arg: (0, None),
            searched_prefix: 0,
            searched_last: Vec::new(),
            next_entry: None,
            waiting: None,
            requests: 0,
            prompt: Prompt::default(),
            window: WindowSize::default(),
            screen: Screen::default(),
            highlight: 0..0,
            output: Vec::new(),
            is_active: false,
            is_changed: false,
        }
    }

    /// The accepted lines. The owner adds to them what should be there.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The accepted lines, to change.
    pub fn history_mut(&mut self) -> &mut History {
        Rc::make_mut(&mut self.history)
    }

    /// The accepted lines as they are now, for keeping.
    #[must_use]
    pub fn shared_history(&self) -> Rc<History> {
        Rc::clone(&self.history)
    }

    /// Begins a line. In the prompt, bytes between [`INVISIBLE_START`] and [`INVISIBLE_END`], and escape
    /// sequences anyway, count no columns. The cursor has to be in the first column.
    pub fn start(&mut self, prompt: &[u8], window: WindowSize) {
        self.prompt = Prompt::parse(prompt);
        self.window = usable(window);
        self.screen = Screen::new(usize::from(self.window.cols));
        self.mode = Mode::Plain;
        self.argument = None;
        self.last = None;
        self.waiting = None;
        self.highlight = 0..0;
        self.edits.clear();
        self.entry = self.next_entry.take().filter(|&number| self.history.get(number).is_some());
        let text = self.entry.and_then(|number| self.history.get(number)).unwrap_or_default();
        self.line = Line::new(text.to_vec());
        self.is_active = true;
        self.is_changed = true;
        self.output.extend(b"\x1b[?2004h");
    }

    /// Takes typed bytes up to the one that causes an event; gives how many it took. Between an event that
    /// ends the line and the next [`Editor::start`] it takes none.
    pub fn feed(&mut self, bytes: &[u8]) -> (usize, Option<Event>) {
        let mut typed = Vec::new();
        for (index, &byte) in bytes.iter().enumerate() {
            if !self.is_active {
                return (index, None);
            }
            self.decoder.push(byte, &mut typed);
            for typed in typed.drain(..) {
                self.is_changed = true;
                if let Some(event) = self.take_typed(typed) {
                    return (index + 1, Some(event));
                }
            }
        }
        (bytes.len(), None)
    }

    /// The line and the cursor's byte offset in it, as they are now.
    #[must_use]
    pub fn line(&self) -> (&[u8], usize) {
        (self.line.text(), self.line.cursor())
    }

    /// Tells the editor that the screen's size is another now.
    pub fn resize(&mut self, window: WindowSize) {
        self.window = usable(window);
        let cols = usize::from(self.window.cols);
        if self.is_active && !matches!(self.mode, Mode::Listing(_)) {
            self.screen.erase(cols, &mut self.output);
            self.is_changed = true;
        } else {
            self.screen = Screen::new(cols);
        }
    }

    /// Bytes for the screen since the last call. This is where the line is drawn.
    pub fn take_output(&mut self) -> Vec<u8> {
        if self.is_changed && self.is_active && !matches!(self.mode, Mode::Listing(_)) {
            self.draw();
        }
        std::mem::take(&mut self.output)
    }

    fn draw(&mut self) {
        self.is_changed = false;
        let view = self.view();
        self.screen.draw(&view, &self.prompt, &mut self.output);
    }

    /// What the screen should show now.
    fn view(&self) -> View {
        let (instead, reverse) = match (&self.mode, &self.argument) {
            (Mode::Search(search), _) => (Some(search.prompt()), search.matched(&self.line)),
            (_, Some(argument)) => (Some(argument.prompt()), 0..0),
            _ => (None, self.highlight.clone()),
        };
        let content = Content {
            prompt: &self.prompt,
            instead: instead.as_deref(),
            text: self.line.text(),
            cursor: self.line.cursor(),
            reverse,
        };
        let (cols, rows) = (usize::from(self.window.cols), usize::from(self.window.rows));
        View::lay_out(&content, cols, rows, self.screen.hidden())
    }

    fn bell(&mut self) {
        self.output.push(0x07);
    }

    /// What a key or a paste does.
    fn take_typed(&mut self, typed: Typed) -> Option<Event> {
        self.waiting = None;
        self.highlight = 0..0;
        let stroke = match typed {
            Typed::Stroke(stroke) => stroke,
            Typed::Paste(text) => {
                if !matches!(self.mode, Mode::Listing(_)) {
                    self.paste(&text);
                }
                return None;
            }
        };
        match std::mem::take(&mut self.mode) {
            Mode::Quoted(count) => {
                self.last = Some(Action::QuotedInsert);
                self.line.begin_step(false);
                self.insert_key(stroke.key, count);
                None
            }
            Mode::Listing(_) if stroke.key == INTERRUPT => {
                self.output.extend(b"^C\r\n");
                self.end();
                Some(Event::Interrupt)
            }
            _ if stroke.key == INTERRUPT => self.act(Action::Interrupt, stroke),
            Mode::Plain => self.plain_key(stroke),
            Mode::ControlX => match lookup(EMACS_CONTROL_X, stroke) {
                Some(action) if action != Action::SelfInsert => self.act(action, stroke),
                _ => {
                    self.bell();
                    None
                }
            },
            Mode::CharacterSearch(count) => {
                self.search_character(stroke.key, count);
                None
            }
            Mode::Search(search) => match self.search_key(search, stroke) {
                Some(stroke) => self.plain_key(stroke),
                None => None,
            },
            Mode::Listing(listing) => {
                self.listing_key(listing, stroke.key);
                None
            }
        }
    }

    fn plain_key(&mut self, stroke: Stroke) -> Option<Event> {
        if let (Some(argument), Key::Char(digit @ '0'..='9')) = (&mut self.argument, stroke.key) {
            argument.push(digit);
            return None;
        }
        match lookup(EMACS, stroke) {
            Some(action) => self.act(action, stroke),
            None => {
                self.argument = None;
                self.bell();
                None
            }
        }
    }

    fn paste(&mut self, text: &[u8]) {
        self.mode = Mode::Plain;
        self.argument = None;
        self.last = None;
        self.line.begin_step(false);
        let start = self.line.cursor();
        if self.line.insert(text) {
            self.highlight = start..self.line.cursor();
        } else {
            self.bell();
        }
    }

    /// Shows the line as it was accepted or given up, with `echo` at the cursor, and goes below it.
    fn end_line(&mut self, echo: &[u8]) {
        self.mode = Mode::Plain;
        self.argument = None;
        self.draw();
        self.output.extend(echo);
        self.screen.leave(&mut self.output);
        self.end();
    }

    fn end(&mut self) {
        self.output.extend(b"\x1b[?2004l\r");
        self.is_active = false;
        self.edits.clear();
    }

    // ---- Browsing the history ----

    /// Goes to an entry, or to the new line, and keeps what was changed here.
    fn go_to_entry(&mut self, entry: Option<u64>) {
        if entry == self.entry {
            return;
        }
        let left = std::mem::take(&mut self.line);
        let is_changed = self.entry.and_then(|number| self.history.get(number)) != Some(left.text());
        let kept_bytes: usize = self.edits.values().map(|line| line.text().len()).sum();
        if is_changed && kept_bytes < 4 * EDITOR_LINE_BYTES_MAX {
            self.edits.insert(self.entry, left);
        }
        self.line = self.edits.remove(&entry).unwrap_or_else(|| {
            let text = entry.and_then(|number| self.history.get(number));
            Line::new(text.unwrap_or_default().to_vec())
        });
        self.entry = entry;
        self.line.set_cursor(usize::MAX);
    }

    /// The text of an entry, as it was changed if it was.
    fn entry_text(&self, entry: Option<u64>) -> &[u8] {
        if entry == self.entry {
            return self.line.text();
        }
        let original = || entry.and_then(|number| self.history.get(number));
        self.edits.get(&entry).map(Line::text).or_else(original).unwrap_or_default()
    }

    /// The entry before one.
    fn entry_before(&self, entry: Option<u64>) -> Option<u64> {
        let number = entry.unwrap_or_else(|| self.history.next_number());
        number.checked_sub(1).filter(|&before| before >= self.history.first_number())
    }

    /// The entry after one; the new line is after the last.
    fn entry_after(&self, number: u64) -> Option<u64> {
        Some(number + 1).filter(|&after| after < self.history.next_number())
    }
}

/// A terminal that does not know its size, or is too small to be one, counts as one of 80 by 24.
fn usable(window: WindowSize) -> WindowSize {
    let usual = WindowSize::default();
    WindowSize {
        cols: if window.cols < 2 { usual.cols } else { window.cols },
        rows: if window.rows == 0 { usual.rows } else { window.rows },
    }
}
