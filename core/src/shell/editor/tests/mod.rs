//! The editor before a small terminal.

mod keys;
mod screen;
mod terminal;

use super::*;
use terminal::Terminal;

/// An editor with its terminal.
struct Desk {
    editor: Editor,
    terminal: Terminal,
    events: Vec<Event>,
    prompt: Vec<u8>,
}

const HISTORY: [&str; 4] = ["echo one two", "ls -l /tmp", "git commit -m \"x y\"", "echo three"];

impl Desk {
    fn new(prompt: &str, cols: usize, rows: usize) -> Desk {
        let mut editor = Editor::new(&Config::default());
        for line in HISTORY {
            editor.history_mut().add(line.into());
        }
        let mut desk =
            Desk { editor, terminal: Terminal::new(cols, rows), events: Vec::new(), prompt: prompt.into() };
        desk.start();
        desk
    }

    fn window(&self) -> WindowSize {
        WindowSize { cols: self.terminal.cols as u16, rows: self.terminal.rows as u16 }
    }

    fn start(&mut self) {
        self.editor.start(&self.prompt.clone(), self.window());
        self.show();
    }

    fn show(&mut self) {
        let output = self.editor.take_output();
        self.terminal.write(&output);
    }

    /// Types keys; after a line, the next one begins with the same prompt.
    fn press(&mut self, keys: impl AsRef<[u8]>) -> &mut Desk {
        let mut keys = keys.as_ref();
        while !keys.is_empty() {
            let (taken, event) = self.editor.feed(keys);
            keys = &keys[taken..];
            self.show();
            if let Some(event) = event {
                if let Event::Line(line) = &event {
                    self.editor.history_mut().add(line.clone());
                }
                if !matches!(event, Event::Complete(_)) {
                    self.start();
                }
                self.events.push(event);
            }
        }
        self
    }

    fn line_with_cursor(&self) -> String {
        let (line, cursor) = self.editor.line();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        format!("{}|{}", text(&line[..cursor]), text(&line[cursor..]))
    }
}

#[track_caller]
fn check(keys: &str, line: &str) {
    let mut desk = Desk::new("$ ", 80, 24);
    desk.press(keys);
    assert_eq!(desk.line_with_cursor(), line, "{}", keys.escape_debug());
}
