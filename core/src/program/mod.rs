//! Layer 4½: what every program shares: buffered streams, options, messages, and the description of a command.
//!
//! It stands on the system calls, as the C library does, and is used by the shell and the commands.

mod backup;
mod command;
mod context;
mod copy;
mod destination;
pub mod echo;
mod extended;
mod file_mode;
mod float;
mod input;
mod locale;
mod names;
mod number;
mod options;
mod output;
mod ownership;
pub mod path;
pub mod printf;
mod questions;
mod quoting;
mod search;
mod size;
pub mod spawn;
pub mod test;
mod uptime;
pub mod version_order;
mod walk;
mod words;

pub use backup::{Backup, BackupKind};
pub use command::{Category, Command, Example, Main, boxed};
pub use context::{Context, quote};
pub use copy::{Clobber, Copier, CopyOptions, Overwrite, Preserve, Way};
pub use destination::Destination;
pub use extended::{Extended, Magnitude, ParsedNumber};
pub use file_mode::{ModeChange, mode_text};
pub use float::{Layout, format_float};
pub use input::Input;
pub use locale::is_utf8;
pub use names::{Names, read_file};
pub use number::{ALL_UNITS, CountError, parse_count};
pub use options::{Choice, Options, Parsed, Takes, option};
pub use output::Output;
pub use ownership::{OwnerChange, change_owners};
pub use questions::{Questions, kind_name};
pub use quoting::{QuotingStyle, is_printable, question_marks, quote_locale};
pub use search::{exec_by_name, find_by_name};
pub use size::SizeStyle;
pub use uptime::uptime_line;
pub use walk::{Follow, Visit, Visited, Walk, stat_of};
pub use words::match_word;
