//! Layer 0: the words that everything above shares. Numbers, names and limits; no behaviour that waits.

mod credentials;
mod errno;
mod flags;
pub mod limits;
mod mode;
mod signal;
mod sorted_map;
mod stat;
mod status;
mod termios;
mod time;
pub mod width;

pub use credentials::{Credentials, Gid, Uid};
pub use errno::Errno;
pub use flags::{Access, OpenFlags};
pub use mode::{FileType, Mode};
pub use signal::{DefaultAction, SigSet, Signal};
pub use sorted_map::SortedMap;
pub use stat::{Device, FsStat, Ino, Stat};
pub use status::{ExitStatus, WaitStatus};
pub use termios::{ControlChar, InputFlags, LocalFlags, OutputFlags, Termios, WindowSize};
pub use time::Time;

/// A process id. 1 is init; 0 is never a process.
pub type Pid = u32;

/// A file descriptor number of one process.
pub type Fd = u32;

/// What a system call gives: a value or the errno.
pub type Result<T, E = Errno> = core::result::Result<T, E>;

/// Standard input.
pub const STDIN: Fd = 0;
/// Standard output.
pub const STDOUT: Fd = 1;
/// Standard error.
pub const STDERR: Fd = 2;
