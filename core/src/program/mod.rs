//! Layer 4½: what every program shares: buffered streams, options, messages, and the description of a command.
//!
//! It stands on the system calls, as the C library does, and is used by the shell and the commands.

mod command;
mod context;
pub mod echo;
mod extended;
mod float;
mod input;
mod locale;
mod names;
mod number;
mod options;
mod output;
pub mod printf;
mod quoting;
mod search;
pub mod test;
mod words;

pub use command::{Category, Command, Example, Main, boxed};
pub use context::{Context, quote};
pub use extended::{Extended, Magnitude, ParsedNumber};
pub use float::{Layout, format_float};
pub use input::Input;
pub use locale::is_utf8;
pub use names::{Names, read_file};
pub use number::{ALL_UNITS, CountError, parse_count};
pub use options::{Choice, Options, Parsed, Takes, option};
pub use output::Output;
pub use quoting::{QuotingStyle, is_printable, question_marks, quote_locale};
pub use search::{exec_by_name, find_by_name};
pub use words::match_word;
