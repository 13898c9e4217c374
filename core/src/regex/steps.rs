//! How much work a search may do, and how much it did.

use super::error::{ErrorKind, RegexError};
use crate::abi::limits::REGEX_SEARCH_STEPS_MAX;

/// The account of a regular expression. A step is one thread over one character, about as long as 16
/// bytes through the automaton.
#[derive(Default)]
pub(super) struct Steps {
    /// Steps of the search that is running.
    pub(super) search: u64,
    /// Steps of all searches since the caller asked last.
    pub(super) total: u64,
}

impl Steps {
    /// A new search begins.
    pub(super) fn begin(&mut self) {
        self.total += core::mem::take(&mut self.search);
    }

    /// Takes some steps, or says that the search has had enough.
    pub(super) fn take(&mut self, steps: u64) -> Result<(), RegexError> {
        self.search += steps;
        if self.search > REGEX_SEARCH_STEPS_MAX {
            return Err(Steps::exhausted());
        }
        Ok(())
    }

    /// The error of a search that is too much work or would take too much memory.
    pub(super) fn exhausted() -> RegexError {
        RegexError { kind: ErrorKind::Exhausted, offset: 0 }
    }
}
