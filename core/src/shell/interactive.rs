//! The shell at a terminal: prompts, the line editor, history, completion.

use super::editor::{self, CompleteRequest, Completion, Config, Editor, Event, Expanded, History};
use super::history_file;
use super::interp::{Interp, known};
use crate::abi::{Errno, STDERR, STDIN, Signal, Termios};
use crate::kernel::PollFd;
use bstr::ByteSlice;
use std::rc::Rc;

/// What only an interactive shell has.
pub(super) struct Terminal {
    editor: Option<Editor>,
    command_number: u64,
    /// The history file has been read: behind the start-up files, which say which one it is.
    has_history: bool,
    /// The first line of the command is in the history.
    is_remembered: bool,
}

/// Makes a shell interactive: signals, job control, the editor, history.
pub(super) async fn set_up(interp: &mut Interp, editing: bool) {
    interp.shell.shopt.expand_aliases = true;
    interp.shell.options.history = true;
    interp.shell.options.histexpand = true;
    interp.shell.options.emacs = editing;
    if interp.shell.text(known::PS1).is_none() {
        interp.shell.set_text(known::PS1, b"\\s-\\v\\$ ");
    }
    if interp.shell.text(known::PS2).is_none() {
        interp.shell.set_text(known::PS2, b"> ");
    }
    let terminal = [STDIN, STDERR].into_iter().find(|&fd| interp.process.is_terminal(fd));
    if let Some(fd) = terminal {
        interp.terminal = interp.process.dup(fd, 255, true).ok();
        take_foreground(interp).await;
        interp.note_window();
    }
    interp.set_interactive_signals();
    interp.keep_terminal_settings();
    let editor = (editing && terminal.is_some()).then(|| Editor::new(&Config::default()));
    let own = Terminal { editor, command_number: 1, has_history: false, is_remembered: false };
    history_file::set_defaults(interp);
    interp.interactive = Some(Box::new(own));
}

/// Job control begins: the shell is in its own group and in the foreground.
async fn take_foreground(interp: &mut Interp) {
    let fd = interp.terminal_fd();
    let process = interp.process.clone();
    // Started in the background, it waits until it is brought to the foreground.
    while let Ok(group) = process.terminal_group(fd) {
        if group == process.group() || group == 0 {
            break;
        }
        let _ = process.kill(0, Some(Signal::TTIN)).await;
    }
    let pid = process.pid();
    if process.session() != pid {
        let _ = process.set_group(0, pid);
    }
    interp.shell.options.monitor = true;
    let _ = process.set_disposition(Signal::TTOU, crate::kernel::Disposition::Ignore);
    let _ = process.set_terminal_group(fd, process.group()).await;
}

/// The end of an interactive shell: the history file.
pub(super) async fn leave(interp: &mut Interp) {
    if interp.interactive.is_some() {
        interp.save_history().await;
    }
    interp.interactive = None;
}

impl Interp {
    /// The lines that were typed; none in a shell that has never been interactive.
    pub(super) fn history(&self) -> Option<Rc<History>> {
        let editor = self.interactive.as_ref().and_then(|terminal| terminal.editor.as_ref());
        editor.map(Editor::shared_history).or_else(|| self.inherited_history.clone())
    }

    /// Changes the history. A shell that is not interactive has one of its own as soon as it does.
    pub(super) fn change_history<T>(&mut self, change: impl FnOnce(&mut History) -> T) -> T {
        let editor = self.interactive.as_mut().and_then(|terminal| terminal.editor.as_mut());
        match editor {
            Some(editor) => change(editor.history_mut()),
            None => {
                let lines_max = Config::default().history_lines_max;
                let own = self.inherited_history.get_or_insert_with(|| Rc::new(History::new(lines_max)));
                change(Rc::make_mut(own))
            }
        }
    }

    /// Whether the last line of the history is the command that runs.
    pub(super) fn remembers_itself(&self) -> bool {
        self.interactive.is_some() && self.shell.options.history
    }

    /// HISTCMD
    pub(super) fn history_number(&self) -> u64 {
        let history = self.interactive.as_ref().and_then(|terminal| terminal.editor.as_ref());
        history.map_or(0, |editor| editor.history().next_number())
    }

    /// The next line at the terminal with its newline; `None` at the end.
    pub(super) async fn read_interactive_line(&mut self, continued: bool) -> Option<Vec<u8>> {
        if let Some(terminal) = &mut self.interactive
            && !std::mem::replace(&mut terminal.has_history, true)
        {
            self.load_history().await;
        }
        if !continued {
            self.run_prompt_commands().await;
            self.notify_jobs();
            self.write_errors().await;
            self.note_window();
        }
        let prompt = self.prompt(if continued { known::PS2 } else { known::PS1 }).await;
        let Some(mut terminal) = self.interactive.take() else { return self.read_plain_line(&prompt).await };
        let line = match terminal.editor.take() {
            Some(mut editor) => {
                let line = self.edit_line(&mut editor, &prompt, continued).await;
                terminal.editor = Some(editor);
                line
            }
            None => self.read_plain_line(&prompt).await,
        };
        let Some(mut line) = line else {
            self.interactive = Some(terminal);
            return None;
        };
        let is_to_run = match &terminal.editor {
            Some(editor) if self.shell.options.histexpand && !continued => {
                let expanded = editor::expand(line.trim_end_with(|end| end == '\n'), editor.history());
                self.show_expanded(expanded, &mut line).await
            }
            _ => true,
        };
        self.interactive = Some(terminal);
        self.remember_typed(&line, continued);
        Some(if is_to_run { line } else { b"\n".to_vec() })
    }

    /// Shows what history expansion has made of a line, and puts it in the line's place. Whether it is to be run.
    async fn show_expanded(&mut self, expanded: Expanded, line: &mut Vec<u8>) -> bool {
        let (is_to_run, text) = match expanded {
            Expanded::Unchanged => return true,
            Expanded::Run(text) => (true, text),
            Expanded::Print(text) => (false, text),
            Expanded::Wrong(message) => {
                self.complain(&message);
                self.write_errors().await;
                line.clear();
                return false;
            }
        };
        *line = [&text[..], b"\n"].concat();
        let _ = self.process.write_all(STDERR, line).await;
        is_to_run
    }

    /// Without an editor: the terminal's own line discipline does the editing.
    async fn read_plain_line(&mut self, prompt: &[u8]) -> Option<Vec<u8>> {
        let visible: Vec<u8> = prompt.iter().copied().filter(|byte| !matches!(byte, 1 | 2)).collect();
        let _ = self.process.write_all(STDERR, &visible).await;
        let mut line = Vec::new();
        let mut byte = [0; 1];
        loop {
            match self.process.read(STDIN, &mut byte).await {
                Ok(1) => {
                    line.push(byte[0]);
                    if byte[0] == b'\n' {
                        return Some(line);
                    }
                }
                Err(Errno::EINTR) => {
                    let signal = self.note_signals();
                    if signal == Some(Signal::HUP) {
                        return None;
                    }
                    if signal == Some(Signal::INT) {
                        let _ = self.process.write_all(STDERR, b"\n").await;
                        return Some(b"\n".to_vec());
                    }
                }
                _ => return (!line.is_empty()).then_some(line),
            }
        }
    }

    /// Edits a line with the terminal in raw mode.
    async fn edit_line(&mut self, editor: &mut Editor, prompt: &[u8], continued: bool) -> Option<Vec<u8>> {
        let fd = self.terminal_fd();
        let Ok(before) = self.process.termios(fd) else { return self.read_plain_line(prompt).await };
        let raw = editing_mode(&before);
        let _ = self.process.set_termios(fd, raw, false).await;
        let window = self.process.window_size(fd).unwrap_or_default();
        editor.start(prompt, window);
        let line = self.edit_loop(editor, continued).await;
        let output = editor.take_output();
        // Who sees that the line has ended may type for the command that it starts.
        let _ = self.process.set_termios(fd, before, false).await;
        self.show(&output).await;
        line
    }

    /// Writes what the editor draws. Its lines end with CR NL; the terminal makes that of NL by itself while
    /// it does so for everybody, background jobs included.
    async fn show(&mut self, output: &[u8]) {
        let ends_lines = |settings: Termios| settings.output.opost && settings.output.onlcr;
        let _ = if self.process.termios(self.terminal_fd()).is_ok_and(ends_lines) {
            self.process.write_all(STDERR, &output.replace(b"\r\n", b"\n")).await
        } else {
            self.process.write_all(STDERR, output).await
        };
    }

    async fn edit_loop(&mut self, editor: &mut Editor, continued: bool) -> Option<Vec<u8>> {
        let fd = self.terminal_fd();
        let mut byte = [0; 1];
        loop {
            // The screen is drawn only when nothing more is there to be read.
            let mut polls = [PollFd::reading(fd)];
            if matches!(self.process.poll(&mut polls, Some(0)).await, Ok(0)) {
                let output = editor.take_output();
                if !output.is_empty() {
                    self.show(&output).await;
                }
            }
            match self.process.read(fd, &mut byte).await {
                Ok(1) => {}
                Err(Errno::EINTR) => {
                    match self.note_signals() {
                        Some(Signal::HUP) => return None,
                        Some(Signal::WINCH) => {
                            self.note_window();
                            editor.resize(self.process.window_size(fd).unwrap_or_default());
                        }
                        _ => {}
                    }
                    continue;
                }
                _ => return None,
            }
            let (_, event) = editor.feed(&byte);
            match event {
                None => {}
                Some(Event::Line(mut line)) => {
                    line.push(b'\n');
                    return Some(line);
                }
                Some(Event::Eof) => {
                    if self.shell.options.ignoreeof && !continued {
                        let output = editor.take_output();
                        self.show(&[&output[..], b"Use \"exit\" to leave the shell.\r\n"].concat()).await;
                        return Some(b"\n".to_vec());
                    }
                    if !continued {
                        let word: &[u8] = if self.shell.options.login { b"logout\r\n" } else { b"exit\r\n" };
                        let output = editor.take_output();
                        self.show(&[&output[..], word].concat()).await;
                    }
                    return None;
                }
                Some(Event::Interrupt) => {
                    self.shell.status = 130;
                    self.give_up_line();
                    return Some(b"\n".to_vec());
                }
                Some(Event::Complete(request)) => match self.complete_at_terminal(&request).await {
                    Some(completion) => editor.complete(request.id, &completion),
                    None => {
                        self.err.clear();
                        editor.interrupt();
                        self.shell.status = 130;
                        self.give_up_line();
                        return Some(b"\n".to_vec());
                    }
                },
            }
        }
    }

    /// Completes while `^C` is a signal again, which what is run for it may need; `None` when one came.
    async fn complete_at_terminal(&mut self, request: &CompleteRequest) -> Option<Completion> {
        let fd = self.terminal_fd();
        let Ok(editing) = self.process.termios(fd) else { return self.complete(request).await };
        let mut completing = editing.clone();
        completing.local.isig = true;
        let _ = self.process.set_termios(fd, completing, false).await;
        let completion = self.complete(request).await;
        let _ = self.process.set_termios(fd, editing, false).await;
        completion
    }

    /// COLUMNS and LINES follow the terminal.
    fn note_window(&mut self) {
        if let Ok(window) = self.process.window_size(self.terminal_fd())
            && window.cols > 0
        {
            self.shell.set_text(known::COLUMNS, window.cols.to_string().as_bytes());
            self.shell.set_text(known::LINES, window.rows.to_string().as_bytes());
        }
    }

    /// Puts a typed line into the history; the lines of one command are one entry.
    fn remember_typed(&mut self, line: &[u8], continued: bool) {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        if !self.shell.options.history || text.iter().all(u8::is_ascii_whitespace) {
            return;
        }
        if !continued {
            if let Some(terminal) = &mut self.interactive {
                terminal.command_number += 1;
            }
            let is_remembered = self.remember(text);
            if let Some(terminal) = &mut self.interactive {
                terminal.is_remembered = is_remembered;
            }
            return;
        }
        let is_remembered = self.interactive.as_ref().is_some_and(|terminal| terminal.is_remembered);
        if is_remembered {
            let is_one_line = self.shell.shopt.cmdhist;
            self.change_history(|history| {
                let last = history.next_number().saturating_sub(1);
                if let Some(entry) = history.get(last) {
                    let joint: &[u8] = if is_one_line { history_file::joint(entry) } else { b"\n" };
                    history.replace(last, [entry, joint, text].concat());
                }
            });
        }
    }

    // ---- prompts ----

    /// Runs what PROMPT_COMMAND holds, a command or an array of them. `$?` stays what it was.
    async fn run_prompt_commands(&mut self) {
        let commands = self.elements(known::PROMPT_COMMAND);
        let status = (self.shell.status, self.shell.pipe_status.clone());
        for command in commands.into_iter().filter(|command| !command.is_empty()) {
            self.shell.status = status.0;
            let _ = self.eval_within(command).await;
            self.write_errors().await;
        }
        (self.shell.status, self.shell.pipe_status) = status;
    }

    /// A prompt for the screen: its escapes, then all expansions but those of braces, tildes and paths.
    pub(super) async fn prompt(&mut self, name: crate::shell::code::Symbol) -> Vec<u8> {
        let prompt = self.shell.text(name).unwrap_or_default();
        let text = self.decode_prompt(&prompt, self.shell.shopt.promptvars);
        if !self.shell.shopt.promptvars || !text.iter().any(|byte| b"$`\\".contains(byte)) {
            return text;
        }
        let status = (self.shell.status, self.shell.pipe_status.clone());
        let expanded = self.expand_string_within(&text).await;
        self.write_errors().await;
        (self.shell.status, self.shell.pipe_status) = status;
        expanded.unwrap_or(text)
    }

    /// A prompt with its escapes and plain variables: `${x@P}`.
    pub(crate) fn prompt_text(&mut self, prompt: &[u8]) -> Vec<u8> {
        let text = self.decode_prompt(prompt, false);
        if self.shell.shopt.promptvars { self.expand_simply(&text) } else { text }
    }

    /// A prompt with its escapes. Invisible parts stand between \x01 and \x02. When expansions follow, what an
    /// escape gives is protected from them: a directory may have any name.
    fn decode_prompt(&mut self, prompt: &[u8], is_expanded: bool) -> Vec<u8> {
        let mut text = Vec::new();
        let mut bytes = prompt.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            if byte != b'\\' {
                text.push(byte);
                continue;
            }
            match bytes.next() {
                None => text.push(b'\\'),
                Some(b'D') if bytes.peek() == Some(&b'{') => {
                    bytes.next();
                    let format: Vec<u8> = bytes.by_ref().take_while(|&byte| byte != b'}').collect();
                    let format = if format.is_empty() { b"%X".to_vec() } else { format };
                    text.extend_from_slice(&self.time_text(&format));
                }
                Some(digit @ b'0'..=b'7') => {
                    let mut value = u32::from(digit - b'0');
                    for _ in 0..2 {
                        let Some(next) = bytes.next_if(|byte| (b'0'..=b'7').contains(byte)) else { break };
                        value = value * 8 + u32::from(next - b'0');
                    }
                    text.push(value as u8);
                }
                Some(escape) => {
                    let mut given = Vec::new();
                    self.prompt_escape(escape, &mut given);
                    for byte in given {
                        if is_expanded && escape != b'\\' && b"$`\\".contains(&byte) {
                            text.push(b'\\');
                        }
                        text.push(byte);
                    }
                }
            }
        }
        text
    }

    fn prompt_escape(&mut self, escape: u8, text: &mut Vec<u8>) {
        let hostname = self.process.hostname();
        match escape {
            b'a' => text.push(7),
            b'e' => text.push(27),
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b'\\' => text.push(b'\\'),
            b'[' => text.push(1),
            b']' => text.push(2),
            b'$' => text.push(if self.process.credentials().euid == 0 { b'#' } else { b'$' }),
            b'u' => {
                let accounts = self.accounts();
                let uid = self.process.credentials().euid;
                match accounts.user_name(uid) {
                    Some(name) => text.extend_from_slice(name),
                    None => text.extend_from_slice(b"I have no name!"),
                }
            }
            b'h' => text.extend_from_slice(hostname.split(|&byte| byte == b'.').next().unwrap_or_default()),
            b'H' => text.extend_from_slice(&hostname),
            b'w' | b'W' => {
                let cwd = self.shell.cwd.to_vec();
                let home = self.scalar(known::HOME).unwrap_or_default();
                let shown = match cwd.strip_prefix(&home[..]) {
                    Some(rest) if !home.is_empty() && (rest.is_empty() || rest.starts_with(b"/")) => {
                        [b"~", rest].concat()
                    }
                    _ => cwd,
                };
                if escape == b'W' && shown != b"~" && shown != b"/" {
                    text.extend_from_slice(shown.rsplit(|&byte| byte == b'/').next().unwrap_or(&shown));
                } else {
                    text.extend_from_slice(&shown);
                }
            }
            b's' => {
                let name = self.shell.name.to_vec();
                let base = name.rsplit(|&byte| byte == b'/').next().unwrap_or(&name);
                text.extend_from_slice(base.strip_prefix(b"-").unwrap_or(base));
            }
            b'v' => text.extend_from_slice(b"5.2"),
            b'V' => text.extend_from_slice(b"5.2.15"),
            b'j' => text.extend_from_slice(self.jobs.list().len().to_string().as_bytes()),
            b'l' => {
                let name = self.process.terminal_name(self.terminal_fd()).unwrap_or_default();
                text.extend_from_slice(name.rsplit(|&byte| byte == b'/').next().unwrap_or_default());
            }
            b'!' => text.extend_from_slice(self.history_number().to_string().as_bytes()),
            b'#' => {
                let number = self.interactive.as_ref().map_or(1, |terminal| terminal.command_number);
                text.extend_from_slice(number.to_string().as_bytes());
            }
            b'd' => text.extend_from_slice(&self.time_text(b"%a %b %d")),
            b't' => text.extend_from_slice(&self.time_text(b"%H:%M:%S")),
            b'T' => text.extend_from_slice(&self.time_text(b"%I:%M:%S")),
            b'@' => text.extend_from_slice(&self.time_text(b"%I:%M %p")),
            b'A' => text.extend_from_slice(&self.time_text(b"%H:%M")),
            other => text.extend_from_slice(&[b'\\', other]),
        }
    }

    fn time_text(&self, format: &[u8]) -> Vec<u8> {
        let zone = crate::calendar::Zone::from_tz(&self.shell.text_of(b"TZ").unwrap_or_default());
        let mut text = Vec::new();
        crate::calendar::format_time(format, self.process.now(), &zone, &mut text);
        text
    }
}

/// The terminal while a line is edited: no line discipline but for output.
fn editing_mode(before: &Termios) -> Termios {
    Termios { output: before.output, ..before.raw() }
}
