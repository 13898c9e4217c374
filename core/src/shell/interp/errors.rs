//! What ends the normal flow of a script, and the shell's messages.

use super::{FeederKind, FrameKind, Interp};
use std::rc::Rc;

/// Why execution leaves the instruction after the current one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Stop {
    /// `break n`
    Break(u32),
    /// `continue n`
    Continue(u32),
    /// `return`, with its status.
    Return(u8),
    /// `exit`, with its status.
    Exit(u8),
    /// The command failed with a status; the script goes on.
    Failed(u8),
    /// An expansion failed: the rest of the complete command is given up. The nearest text that is being
    /// read (script, eval, sourced file) goes on with its next command.
    Discard(u8),
    /// A variable cannot be assigned, or an expression that is a command means nothing. The builtin or the
    /// command fails with it; elsewhere it is as `Discard`.
    Refused,
    /// A frame was begun or the place changed: go on there.
    Moved,
}

impl Interp {
    /// How messages begin: the shell's name, and in scripts the line.
    pub(crate) fn message_prefix(&self) -> Vec<u8> {
        if self.shell.options.interactive && !self.is_sourcing() {
            return [&self.shell.name[..], b": "].concat();
        }
        let source = self.innermost_source().unwrap_or_else(|| Rc::clone(&self.shell.name));
        [&source[..], format!(": line {}: ", self.line()).as_bytes()].concat()
    }

    /// The file that the innermost function or `source` comes from.
    pub(super) fn innermost_source(&self) -> Option<Rc<[u8]>> {
        let found = self.frames.iter().rev().find_map(|frame| match &frame.kind {
            FrameKind::Function(call) => Some(Rc::clone(&call.source)),
            FrameKind::Feeder(feeder) if feeder.kind == FeederKind::Source => Some(Rc::clone(&feeder.name)),
            _ => None,
        });
        found.or_else(|| self.inherited_source.clone())
    }

    fn is_sourcing(&self) -> bool {
        self.frames.iter().any(
            |frame| matches!(&frame.kind, FrameKind::Feeder(feeder) if feeder.kind == FeederKind::Source),
        )
    }

    /// Says what is wrong on standard error, as bash does: `bash: line 1: message`.
    pub(crate) fn complain(&mut self, message: &[u8]) {
        let prefix = self.message_prefix();
        self.err.extend_from_slice(&prefix);
        self.err.extend_from_slice(message);
        self.err.push(b'\n');
    }

    /// Says what is wrong with an expansion; the rest of the command is given up.
    pub(crate) fn discard(&mut self, message: &[u8]) -> Stop {
        self.complain(message);
        Stop::Discard(1)
    }

    /// Says that a variable is readonly.
    pub(crate) fn refuse(&mut self, name: &[u8]) -> Stop {
        let message = [name, b": readonly variable"].concat();
        if self.shell.options.posix {
            let status = self.expansion_error_status();
            return self.fatal(&message, status);
        }
        self.complain(&message);
        Stop::Refused
    }

    /// Says what is wrong in a way that ends a shell that is not interactive.
    pub(crate) fn fatal(&mut self, message: &[u8], status: u8) -> Stop {
        self.complain(message);
        if self.shell.options.interactive && !self.is_subshell {
            Stop::Discard(status)
        } else {
            Stop::Exit(status)
        }
    }

    /// The status with which an expansion error ends the shell: 127 for the shell of a command string itself.
    pub(super) fn expansion_error_status(&self) -> u8 {
        if self.shell.options.command_string && !self.is_subshell { 127 } else { 1 }
    }

    /// Writes what has been said on standard error.
    pub(crate) async fn write_errors(&mut self) {
        if !self.trace.is_empty() {
            self.write_trace().await;
        }
        let text = std::mem::take(&mut self.err);
        // Nobody is left to be told when standard error fails.
        let _ = self.process.write_all(crate::abi::STDERR, &text).await;
    }
}
