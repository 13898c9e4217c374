//! What `uname` and `/proc/version` say of the kernel.

/// The operating system's name (`uname -s`). Programs for Linux look for this word, and the system calls,
/// numbers and `/proc` here are Linux's.
pub const SYSTEM: &str = "Linux";
/// The release (`uname -r`).
pub const RELEASE: &str = "6.1.0-bivalve";
/// The version (`uname -v`).
pub const VERSION: &str = "#1 SMP Bivalve 0.1.0";
/// The machine (`uname -m`).
pub const MACHINE: &str = "x86_64";
