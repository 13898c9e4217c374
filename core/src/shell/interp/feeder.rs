//! Feeders: texts whose commands are read, compiled and run one after another, so that what one command
//! changes (aliases, options) has its effect on how the next is read.

use super::{Frame, FrameKind, Interp, Stop};
use crate::abi::{Fd, OpenFlags, STDIN};
use crate::kernel::Whence;
use crate::shell::code::{self, compile_program};
use crate::shell::syntax::{Options as ParseOptions, Parser, Progress, SyntaxError, SyntaxErrorKind};
use bstr::ByteSlice;
use std::rc::Rc;

/// What kind of text it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum FeederKind {
    /// The shell's script, or `-c`.
    Script,
    /// Standard input, line by line.
    Stdin,
    /// The terminal.
    Interactive,
    /// `eval`
    Eval,
    /// `.`
    Source,
    /// A trap's action; the status before it comes back.
    Trap,
}

/// A text that is being run.
pub(crate) struct Feeder {
    pub(crate) kind: FeederKind,
    /// What has been read and not been parsed, and the part of it that has been run.
    pub(crate) text: Vec<u8>,
    pub(crate) offset: usize,
    pub(crate) line: u32,
    pub(crate) name: Rc<[u8]>,
    /// The positional parameters to go back to.
    pub(crate) positional: Option<Rc<Vec<Vec<u8>>>>,
    /// The status to go back to (traps).
    pub(crate) status: Option<u8>,
    /// The descriptor that more text comes from.
    pub(crate) fd: Option<Fd>,
    /// Nothing more comes.
    pub(crate) at_end: bool,
    /// Something was run.
    pub(crate) has_run: bool,
    /// What has been read of an unfinished command.
    unfinished: Unfinished,
}

/// A command whose end has not come.
#[derive(Default)]
struct Unfinished {
    progress: Progress,
    /// What the text behind `seen` must contain to complete it.
    wanted: Vec<u8>,
    seen: usize,
}

impl Feeder {
    /// Of a text that is all there.
    pub(crate) fn new(kind: FeederKind, text: Vec<u8>, name: Rc<[u8]>, line: u32) -> Feeder {
        Feeder {
            kind,
            text,
            offset: 0,
            line,
            name,
            positional: None,
            status: None,
            fd: None,
            at_end: true,
            has_run: false,
            unfinished: Unfinished::default(),
        }
    }
}

/// What reading one more command gave.
enum Fed {
    Command(Rc<code::Code>),
    /// The text must go on.
    More,
    Wrong(SyntaxError),
    End,
}

impl Interp {
    /// Begins to run a text.
    pub(crate) fn run_text(&mut self, feeder: Feeder, errexit_ignored: bool) -> Result<(), Stop> {
        self.push_frame(FrameKind::Feeder(Box::new(feeder)), Rc::default(), errexit_ignored)?;
        Err(Stop::Moved)
    }

    fn feeder(&mut self) -> Option<&mut Feeder> {
        match self.frames.last_mut() {
            Some(Frame { kind: FrameKind::Feeder(feeder), .. }) => Some(feeder),
            _ => None,
        }
    }

    /// Makes the next command of the innermost feeder the code to run; false at its end.
    pub(super) async fn feed(&mut self) -> bool {
        loop {
            if self.shell.options.noexec && !self.shell.options.interactive {
                // `set -n`: read on, run nothing.
                self.code = Rc::default();
            }
            let kind = self.feeder().map(|feeder| feeder.kind);
            let has_signal = self.process.has_signal() || self.has_held_signals();
            if has_signal && kind != Some(FeederKind::Trap) && self.run_traps().is_err() {
                return true;
            }
            match self.next_fed() {
                Fed::Command(code) => {
                    if !self.err.is_empty() {
                        self.write_errors().await;
                    }
                    if let Some(feeder) = self.feeder() {
                        feeder.has_run = true;
                    }
                    if self.shell.options.noexec && !self.shell.options.interactive {
                        continue;
                    }
                    self.code = code;
                    self.pc = 0;
                    return true;
                }
                Fed::End => {
                    let Some(feeder) = self.feeder() else { return false };
                    if feeder.at_end {
                        if !feeder.has_run && matches!(feeder.kind, FeederKind::Eval | FeederKind::Source) {
                            self.shell.status = 0;
                        }
                        return false;
                    }
                    if !self.read_more(false).await
                        && let Some(feeder) = self.feeder()
                    {
                        feeder.at_end = true;
                    }
                }
                Fed::More => {
                    if !self.read_more(true).await
                        && let Some(feeder) = self.feeder()
                    {
                        feeder.at_end = true;
                    }
                }
                Fed::Wrong(error) => {
                    if !self.syntax_error(&error).await {
                        return false;
                    }
                }
            }
        }
    }

    /// Says what is wrong with the text; false when nothing more of it is run.
    async fn syntax_error(&mut self, error: &SyntaxError) -> bool {
        let prefix = self.syntax_prefix(error.line);
        for message in &error.messages {
            self.err.extend_from_slice(&prefix);
            self.err.extend_from_slice(message);
            self.err.push(b'\n');
        }
        self.write_errors().await;
        let status_before = self.shell.status;
        self.shell.status = 2;
        let Some(feeder) = self.feeder() else { return false };
        if feeder.kind == FeederKind::Interactive {
            feeder.text.clear();
            feeder.offset = 0;
            feeder.unfinished = Unfinished::default();
            return true;
        }
        feeder.at_end = true;
        feeder.offset = feeder.text.len();
        feeder.has_run = true;
        let is_script = matches!(feeder.kind, FeederKind::Script | FeederKind::Stdin);
        if is_script {
            self.leaving = Some(match error.kind {
                SyntaxErrorKind::WrongCondition => status_before,
                SyntaxErrorKind::WrongSubstitution if self.shell.options.command_string => 127,
                _ => 2,
            });
        } else if error.kind == SyntaxErrorKind::WrongSubstitution
            && !(self.shell.options.interactive && !self.is_subshell)
        {
            self.pending_exit = Some(self.expansion_error_status());
        } else if self.shell.options.posix && !self.shell.options.interactive {
            // An error of a special builtin.
            self.pending_exit = Some(2);
        }
        false
    }

    fn syntax_prefix(&self, line: u32) -> Vec<u8> {
        let mut prefix = self.shell.name.to_vec();
        for frame in self.frames.iter().rev() {
            if let FrameKind::Feeder(feeder) = &frame.kind {
                match feeder.kind {
                    FeederKind::Source => prefix = feeder.name.to_vec(),
                    FeederKind::Eval => {
                        prefix = self.innermost_source().map_or(prefix, |source| source.to_vec());
                        prefix.extend_from_slice(b": eval");
                    }
                    FeederKind::Trap => prefix.extend_from_slice(b": trap"),
                    FeederKind::Script if self.shell.options.command_string => {
                        prefix.extend_from_slice(b": -c")
                    }
                    FeederKind::Interactive => {
                        prefix.extend_from_slice(b": ");
                        return prefix;
                    }
                    FeederKind::Script | FeederKind::Stdin => {}
                }
                break;
            }
        }
        prefix.extend_from_slice(format!(": line {line}: ").as_bytes());
        prefix
    }

    /// Parses and compiles the next command of what has been read.
    fn next_fed(&mut self) -> Fed {
        let aliases = Rc::clone(&self.shell.aliases);
        let lookup = |name: &[u8]| aliases.get(name).cloned();
        let expand_aliases = self.shell.shopt.expand_aliases && !aliases.is_empty();
        let (extglob, verbose) = (self.shell.shopt.extglob, self.shell.options.verbose);
        let names = Rc::clone(&self.shell.names);
        let Some(feeder) = self.feeder() else { return Fed::End };
        let text = feeder.text.get(feeder.offset..).unwrap_or_default();
        if text.is_empty() {
            return Fed::End;
        }
        let unfinished = std::mem::take(&mut feeder.unfinished);
        let new = text.get(unfinished.seen..).unwrap_or_default();
        if !feeder.at_end && !unfinished.wanted.is_empty() && !new.contains_str(&unfinished.wanted) {
            feeder.unfinished = Unfinished { seen: text.len(), ..unfinished };
            return Fed::More;
        }
        let options = ParseOptions {
            extglob,
            aliases: expand_aliases.then_some(&lookup),
            partial: !feeder.at_end,
            first_line: feeder.line,
        };
        let mut parser = Parser::new(text, options);
        parser.resume(unfinished.progress);
        let result = parser.next_command();
        let (offset, line) = (parser.offset(), parser.line());
        let warnings = parser.take_warnings();
        let at_end = feeder.at_end;
        let fed = match result {
            Ok(Some(program)) => {
                let read = text.get(..offset).unwrap_or_default();
                let mut shown = if verbose { read.to_vec() } else { Vec::new() };
                if shown.last().is_some_and(|&byte| byte != b'\n') {
                    shown.push(b'\n');
                }
                feeder.offset += offset;
                feeder.line = line;
                self.err.extend_from_slice(&shown);
                Fed::Command(compile_program(&Rc::new(program), &names))
            }
            Ok(None) => {
                feeder.offset = feeder.text.len();
                feeder.line = line;
                Fed::End
            }
            Err(error) if error.kind == SyntaxErrorKind::Incomplete && !at_end => {
                // An alias may stand for what is missing, or change what has been read.
                if !expand_aliases {
                    let progress = parser.take_progress();
                    feeder.unfinished = Unfinished { progress, wanted: error.wanted, seen: text.len() };
                }
                Fed::More
            }
            Err(error) => Fed::Wrong(error),
        };
        for warning in warnings {
            let prefix = self.syntax_prefix(warning.line);
            let prefix = String::from_utf8_lossy(&prefix).replace(": -c: ", ": ").replace(": eval: ", ": ");
            self.err.extend_from_slice(prefix.as_bytes());
            self.err.extend_from_slice(&warning.message);
            self.err.push(b'\n');
        }
        fed
    }

    /// Reads one more line into the innermost feeder; false at the end.
    async fn read_more(&mut self, continued: bool) -> bool {
        let kind = self.feeder().map(|feeder| feeder.kind);
        let line = match kind {
            Some(FeederKind::Interactive) => self.read_interactive_line(continued).await,
            _ => self.read_script_line().await,
        };
        let Some(feeder) = self.feeder() else { return false };
        if feeder.offset > 0 {
            feeder.text.drain(..feeder.offset);
            feeder.offset = 0;
        }
        match line {
            Some(line) => {
                feeder.text.extend_from_slice(&line);
                true
            }
            None => false,
        }
    }

    /// A line of a script on a descriptor. What follows it stays unread, since commands of the script may
    /// read the same input.
    async fn read_script_line(&mut self) -> Option<Vec<u8>> {
        let fd = self.feeder().and_then(|feeder| feeder.fd).unwrap_or(STDIN);
        let seekable = self.process.seek(fd, 0, Whence::Current).is_ok();
        let mut line = Vec::new();
        if seekable {
            let mut block = [0; 1024];
            loop {
                let count = self.process.read(fd, &mut block).await.ok()?;
                let bytes = block.get(..count)?;
                if bytes.is_empty() {
                    break;
                }
                if let Some(at) = memchr::memchr(b'\n', bytes) {
                    line.extend_from_slice(&bytes[..=at]);
                    let back = (count - at - 1) as i64;
                    self.process.seek(fd, -back, Whence::Current).ok()?;
                    break;
                }
                line.extend_from_slice(bytes);
            }
        } else {
            let mut byte = [0; 1];
            while self.process.read(fd, &mut byte).await.ok()? == 1 {
                line.push(byte[0]);
                if byte[0] == b'\n' {
                    break;
                }
            }
        }
        (!line.is_empty()).then_some(line)
    }

    /// A feeder has ended.
    pub(super) fn end_feeder(&mut self, feeder: Feeder) {
        if let Some(positional) = feeder.positional {
            self.shell.positional = positional;
        }
        if let Some(status) = feeder.status {
            self.shell.status = status;
        }
        if let Some(fd) = feeder.fd.filter(|&fd| fd != STDIN) {
            let _ = self.process.close(fd);
        }
    }

    /// `^C` at a prompt: what had been typed of the command is forgotten.
    pub(crate) fn give_up_line(&mut self) {
        if let Some(feeder) = self.feeder() {
            feeder.text.clear();
            feeder.offset = 0;
            feeder.unfinished = Unfinished::default();
        }
    }

    /// Defines a function that the environment carries: its text from `()` on.
    pub(crate) fn import_function(&mut self, name: &[u8], body: &[u8]) {
        let text = [name, b" ", body].concat();
        let Ok(program) = Parser::new(&text, ParseOptions::default()).parse_all() else { return };
        let code = compile_program(&Rc::new(program), &self.shell.names);
        for (symbol, definition) in &code.functions {
            let function = super::Function {
                definition: Rc::clone(definition),
                code: code::compile_function(definition, &self.shell.names),
                source: Rc::from(&b"environment"[..]),
                exported: true,
                readonly: false,
            };
            self.shell.set_function(*symbol, Some(Rc::new(function)));
        }
    }

    /// Reads a whole file for `.` and for scripts.
    pub(crate) async fn read_script(&mut self, path: &[u8]) -> crate::abi::Result<Vec<u8>> {
        let flags = OpenFlags::READ | OpenFlags::CLOSE_ON_EXEC;
        let fd = self.process.open(path, flags, crate::abi::Mode::default()).await?;
        let mut input = crate::program::Input::new(&self.process, fd);
        let mut text = Vec::new();
        let result = input.read_to_end(&mut text).await;
        let _ = self.process.close(fd);
        result.map(|()| text)
    }
}
