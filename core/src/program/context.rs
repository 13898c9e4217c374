//! What a command's `run` is given: its process, its streams, its words, and how it says what went wrong.

use super::command::Command;
use super::input::Input;
use super::options::{Options, Parsed};
use super::output::Output;
use super::quoting::{QuotingStyle, quote};
use crate::abi::{Errno, ExitStatus, Mode, OpenFlags, Result, STDIN, STDOUT};
use crate::kernel::Process;
use bstr::ByteSlice;

/// A running command.
pub struct Context {
    /// The system calls.
    pub process: Process,
    /// The command's description.
    pub command: &'static Command,
    /// Standard output, buffered.
    pub out: Output,
    /// The status with which it ends if nothing else goes wrong.
    pub status: u8,
    /// The status with which it ends when its output cannot be written: that of wrong usage.
    pub failure_status: u8,
    /// The name that its messages begin with.
    pub name: Vec<u8>,
    /// The words behind the name.
    pub words: Vec<Vec<u8>>,
}

impl Context {
    /// Of a process that runs `command`.
    #[must_use]
    pub fn new(process: Process, command: &'static Command) -> Context {
        let args = process.args();
        let name = args.first().map_or_else(
            || command.name.as_bytes().to_vec(),
            |name| name.rsplit(|&byte| byte == b'/').next().unwrap_or(name).to_vec(),
        );
        let words = args.iter().skip(1).cloned().collect();
        let out = Output::new(&process, STDOUT);
        Context { process, command, out, status: 0, failure_status: 1, name, words }
    }

    /// Reads the words by the command's table. `--help` and `--version` are answered here; a wrong option
    /// gives GNU's two lines. `Err` is the status to end with.
    pub async fn parse(&mut self, usage_status: u8) -> Result<Parsed, ExitStatus> {
        self.parse_as(usage_status, false).await
    }

    /// As `parse`, for commands whose first operand ends the options.
    pub async fn parse_as(&mut self, usage_status: u8, stop_at_operand: bool) -> Result<Parsed, ExitStatus> {
        match self.words.first().map(Vec::as_slice) {
            Some(b"--help") if self.words.len() == 1 => return Err(self.help().await),
            Some(b"--version") if self.words.len() == 1 => return Err(self.version().await),
            _ => {}
        }
        let stop_at_operand = stop_at_operand || self.process.env(b"POSIXLY_CORRECT").is_some();
        self.failure_status = usage_status;
        let options = Options { choices: self.command.options, stop_at_operand };
        match options.parse(&self.words) {
            Ok(parsed) => Ok(parsed),
            // GNU lets these two be anywhere among the options.
            Err(message) if message == b"unrecognized option '--help'" => Err(self.help().await),
            Err(message) if message == b"unrecognized option '--version'" => Err(self.version().await),
            Err(message) => Err(self.usage_error(usage_status, &message).await),
        }
    }

    /// Prints the help, and ends.
    pub async fn help(&mut self) -> ExitStatus {
        let text = self.command.help_text(&self.name);
        self.out.put(&text);
        self.finish().await
    }

    /// Prints the version, and ends.
    pub async fn version(&mut self) -> ExitStatus {
        let line = format!("{} (bivalve) {}\n", self.name.as_bstr(), env!("CARGO_PKG_VERSION"));
        self.out.put(line.as_bytes());
        self.finish().await
    }

    /// Ends with a message about how the command was called, and where to look.
    pub async fn usage_error(&mut self, status: u8, message: &[u8]) -> ExitStatus {
        self.error(message).await;
        let hint = [b"Try '", &self.name[..], b" --help' for more information.\n"].concat();
        self.write_error(&hint).await;
        self.status = status;
        self.finish().await
    }

    /// Writes `NAME: message` to standard error, after all output so far; the status becomes 1 if it was 0.
    pub async fn error(&mut self, message: &[u8]) {
        let line = [&self.name[..], b": ", message, b"\n"].concat();
        self.write_error(&line).await;
        self.status = self.status.max(1);
    }

    /// As `error` of `what: REASON`, in GNU's words: `cat: x: No such file or directory`.
    pub async fn failed(&mut self, what: &[u8], errno: Errno) {
        self.error(&[what, b": ", errno.message().as_bytes()].concat()).await;
    }

    /// As `error` of `deed 'what': REASON`: `ls: cannot access 'x': No such file or directory`.
    pub async fn cannot(&mut self, deed: &str, what: &[u8], errno: Errno) {
        let quoted = quote(what);
        self.error(&[deed.as_bytes(), b" ", &quoted, b": ", errno.message().as_bytes()].concat()).await;
    }

    /// Writes to standard error as it is, after all output so far.
    pub async fn write_error(&mut self, text: &[u8]) {
        // Nothing is left to be told when standard error or output fails here.
        let _ = self.out.flush().await;
        let _ = self.process.write_all(crate::abi::STDERR, text).await;
    }

    /// Opens an operand for reading; `-` is standard input.
    pub async fn open_input(&self, operand: &[u8]) -> Result<Input> {
        if operand == b"-" {
            return Ok(Input::new(&self.process, STDIN));
        }
        let fd = self.process.open(operand, OpenFlags::READ, Mode::default()).await?;
        Ok(Input::new(&self.process, fd))
    }

    /// As `open_input`, but it tells of a failure. The message is `NAME: operand: REASON`,
    /// the operand in quotes where a shell would take it apart.
    pub async fn open_operand(&mut self, operand: &[u8]) -> Option<Input> {
        match self.open_input(operand).await {
            Ok(input) => Some(input),
            Err(errno) => {
                self.failed(&QuotingStyle::ShellEscape.quote(operand), errno).await;
                None
            }
        }
    }

    /// Closes what `open_operand` opened.
    pub fn close(&self, input: &Input) {
        if input.fd() != STDIN {
            let _ = self.process.close(input.fd());
        }
    }

    /// Writes the rest of the output and gives the status. A failing write is GNU's `write error`.
    pub async fn finish(&mut self) -> ExitStatus {
        if let Err(errno) = self.out.flush().await {
            let line = [&self.name[..], b": write error: ", errno.message().as_bytes(), b"\n"].concat();
            let _ = self.process.write_all(crate::abi::STDERR, &line).await;
            self.status = self.status.max(self.failure_status);
        }
        ExitStatus::Exited(self.status)
    }
}

impl Command {
    /// What `--help` prints.
    #[must_use]
    pub fn help_text(&self, name: &[u8]) -> Vec<u8> {
        use super::options::Takes;
        let name = name.to_str_lossy();
        let mut text = String::new();
        for (at, form) in self.usage.iter().enumerate() {
            let lead = if at == 0 { "Usage:" } else { "  or: " };
            text += format!("{lead} {name} {form}").trim_end();
            text.push('\n');
        }
        if self.description.is_empty() {
            text += &format!("{}.\n", capitalised(self.summary));
        } else {
            text += &format!("{}\n", self.description.trim_end());
        }
        let shown: Vec<_> = self.options.iter().filter(|choice| !choice.help.is_empty()).collect();
        if !shown.is_empty() {
            text.push('\n');
        }
        for choice in shown {
            let argument = match choice.takes {
                Takes::Nothing => String::new(),
                Takes::Argument(name) => format!("={name}"),
                Takes::MaybeArgument(name) => format!("[={name}]"),
            };
            let left = match (choice.short, choice.long) {
                ('\0', long) => format!("      --{long}{argument}"),
                (short, "") => format!("  -{short}{}", argument.replace('=', " ")),
                (short, long) => format!("  -{short}, --{long}{argument}"),
            };
            if left.len() < 25 {
                text += &format!("{left:<25}  {}\n", choice.help);
            } else {
                text += &format!("{left}\n{:25}  {}\n", "", choice.help);
            }
        }
        text += "      --help               display this help and exit\n";
        text += "      --version            output version information and exit\n";
        if !self.examples.is_empty() {
            text += "\nExamples:\n";
            for example in self.examples {
                for line in example.script.lines() {
                    text += &format!("  {line}\n");
                }
            }
        }
        text.into_bytes()
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
