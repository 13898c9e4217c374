//! Layer 4½: what every program shares: buffered streams, options, messages, and the description of a command.
//!
//! It stands on the system calls, as the C library does, and is used by the shell and the commands.

mod command;
mod context;
pub mod echo;
mod extended;
mod float;
mod input;
mod options;
mod output;
pub mod printf;
pub mod test;

pub use command::{Category, Command, Example, Main, boxed};
pub use context::{Context, quote, quote_for_shell};
pub use extended::{Extended, Magnitude, ParsedNumber};
pub use float::{Layout, format_float};
pub use input::Input;
pub use options::{Choice, Options, Parsed, Takes, option};
pub use output::Output;
