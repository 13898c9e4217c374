//! What the command line says when it cannot go on: one line, and the status to exit with.

use std::fmt;

/// The usage is wrong.
pub const EXIT_USAGE: u8 = 2;
/// Something outside is wrong: a port, a file.
pub const EXIT_FAILURE: u8 = 1;

/// Why a command of the bridge cannot go on, in one line that says what to do.
#[derive(Debug)]
pub struct Failure {
    message: String,
    /// The exit status of the process.
    pub code: u8,
}

impl Failure {
    /// Something outside is wrong.
    pub fn new(message: impl Into<String>) -> Failure {
        Failure { message: message.into(), code: EXIT_FAILURE }
    }

    /// The arguments are wrong.
    pub fn usage(message: impl Into<String>) -> Failure {
        Failure { message: message.into(), code: EXIT_USAGE }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// What a command of the bridge gives.
pub type Outcome<T> = Result<T, Failure>;
