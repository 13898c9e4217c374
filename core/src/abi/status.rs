//! How a process ended, and what `wait` tells of it.

use super::Signal;

/// How a process ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ExitStatus {
    /// By itself, with this status.
    Exited(u8),
    /// By a signal.
    Signaled(Signal),
}

impl ExitStatus {
    /// Status 0.
    pub const SUCCESS: ExitStatus = ExitStatus::Exited(0);

    /// What a shell puts into `$?`: the status, or 128 and the signal's number.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            ExitStatus::Exited(code) => code,
            ExitStatus::Signaled(signal) => 128 + signal.number(),
        }
    }
}

/// A change of state that `waitpid` reports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WaitStatus {
    /// It ended.
    Ended(ExitStatus),
    /// It was stopped by this signal.
    Stopped(Signal),
    /// It goes on after a stop.
    Continued,
}
