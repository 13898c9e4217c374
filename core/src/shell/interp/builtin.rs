//! What a builtin is. The table of them stands above the interpreter and is given to it.

use super::variables::KNOWN;
use super::{Args, Interp, Shell, Stop};
use crate::shell::code::Symbol;
use std::future::Future;
use std::pin::Pin;

/// What a builtin runs.
#[derive(Clone, Copy)]
pub(crate) enum Run {
    /// It never waits.
    Sync(fn(&mut Interp, Args<'_>) -> Result<u8, Stop>),
    /// It may wait.
    Async(for<'a> fn(&'a mut Interp, Args<'a>) -> Waiting<'a>),
}

/// A builtin that may wait.
pub(crate) type Waiting<'a> = Pin<Box<dyn Future<Output = Result<u8, Stop>> + 'a>>;

/// A builtin.
pub(crate) struct Builtin {
    pub(crate) name: &'static str,
    /// The form of its command line behind the name, as `help` shows it.
    pub(crate) usage: &'static str,
    pub(crate) summary: &'static str,
    /// One of POSIX's special builtins (XCU 2.15).
    pub(crate) special: bool,
    pub(crate) run: Run,
}

impl Shell {
    /// The builtin of a name, turned off or not. The table is in order of name.
    pub(crate) fn find_builtin(&self, name: &[u8]) -> Option<&'static Builtin> {
        let at = self.builtins.binary_search_by(|builtin| builtin.name.as_bytes().cmp(name)).ok()?;
        self.builtins.get(at)
    }

    /// The builtin that a command's symbol means, unless it is turned off. Their symbols come right behind
    /// those of the known variables.
    pub(crate) fn builtin(&self, name: Symbol) -> Option<&'static Builtin> {
        let builtin = self.builtins.get(name.index().checked_sub(KNOWN.len())?)?;
        let enabled = self.disabled_builtins.is_empty() || !self.disabled_builtins.contains(&builtin.name);
        enabled.then_some(builtin)
    }
}
