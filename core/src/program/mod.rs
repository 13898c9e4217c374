//! Layer 4½: what every program shares: buffered streams, options, messages, and the description of a command.
//!
//! It stands on the system calls, as the C library does, and is used by the shell and the commands.

mod command;
mod context;
mod input;
mod options;
mod output;

pub use command::{Category, Command, Example, Main, boxed};
pub use context::{Context, quote};
pub use input::Input;
pub use options::{Choice, Options, Parsed, Takes, option};
pub use output::Output;
