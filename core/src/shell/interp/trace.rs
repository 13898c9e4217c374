//! What `set -x` shows, and where.

use super::Interp;
use super::variables::known;
use crate::abi::{Fd, STDERR};
use crate::shell::expand::quoting;

impl Interp {
    /// Expands PS4 for the line that an instruction is about to show: this may run commands, which are not shown.
    pub(super) async fn expand_ps4(&mut self) {
        self.shell.options.xtrace = false;
        let substitution_status = self.substitution_status;
        self.ps4 = self.prompt(known::PS4).await;
        self.substitution_status = substitution_status;
        self.shell.options.xtrace = true;
    }

    /// What `set -x` puts before each line.
    fn trace_prefix(&mut self) -> Vec<u8> {
        let ps4 = self.ps4.clone();
        let mut prefix = Vec::new();
        // The first character is repeated for each level of substitution and eval.
        if let Some(&first) = ps4.first() {
            prefix.extend(std::iter::repeat_n(first, self.trace_level()));
        }
        prefix.extend_from_slice(&ps4);
        prefix
    }

    /// How often the first character of PS4 is repeated.
    fn trace_level(&self) -> usize {
        self.shell.trace_level as usize
    }

    /// Shows a line; it is written before the next thing that waits.
    pub(super) fn trace_line(&mut self, line: &[u8]) {
        let prefix = self.trace_prefix();
        if self.shell.trace_fd_is_new {
            self.look_at_trace_fd();
        }
        let out = if self.shell.trace_fd.is_some() { &mut self.trace } else { &mut self.err };
        out.extend_from_slice(&prefix);
        out.extend_from_slice(line);
        out.push(b'\n');
    }

    /// Shows the command whose arguments begin at `base`.
    pub(super) fn trace_command(&mut self, base: usize) {
        let mut line = Vec::new();
        for index in base..self.args.len() {
            if index > base {
                line.push(b' ');
            }
            line.extend_from_slice(&quoting::traced(self.args.get(index)));
        }
        self.trace_line(&line);
    }

    /// Shows an assignment.
    pub(super) fn trace_assignment(&mut self, name: &[u8], append: bool, value: &[u8]) {
        let operator: &[u8] = if append { b"+=" } else { b"=" };
        let value = if value.is_empty() { Vec::new() } else { quoting::traced(value) };
        self.trace_line(&[name, operator, &value].concat());
    }

    /// The head of a `for`, once per round, with all its items.
    pub(super) fn trace_for(&mut self, head: &[u8], item: &[u8]) {
        let mut line = head.to_vec();
        match self.lists.last().map(|list| list.menu.clone()) {
            Some(items) if !items.is_empty() => {
                for item in items {
                    line.push(b' ');
                    line.extend_from_slice(&quoting::traced(&item));
                }
            }
            _ => {
                line.push(b' ');
                line.extend_from_slice(&quoting::traced(item));
            }
        }
        self.trace_line(&line);
    }

    /// BASH_XTRACEFD has changed: the descriptor that it named is closed, and the lines go to the one that it names,
    /// else to standard error.
    pub(super) fn look_at_trace_fd(&mut self) {
        self.shell.trace_fd_is_new = false;
        if let Some(fd) = self.shell.trace_fd.take() {
            let _ = self.process.close(fd);
        }
        let Some(text) = self.shell.text(known::BASH_XTRACEFD).filter(|text| !text.is_empty()) else {
            return;
        };
        let fd = std::str::from_utf8(&text).ok().and_then(|text| text.parse::<Fd>().ok());
        match fd.filter(|&fd| self.process.is_open(fd)) {
            Some(STDERR) => {}
            Some(fd) => self.shell.trace_fd = Some(fd),
            None => self.complain(
                &[b"BASH_XTRACEFD: ", &text[..], b": invalid value for trace file descriptor"].concat(),
            ),
        }
    }

    /// Writes what has been shown.
    pub(super) async fn write_trace(&mut self) {
        let text = std::mem::take(&mut self.trace);
        if let Some(fd) = self.shell.trace_fd {
            // As with messages, nobody is left to be told of a failure.
            let _ = self.process.write_all(fd, &text).await;
        }
    }
}
