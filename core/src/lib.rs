//! Bivalve's core: a whole small Unix machine as a library.
//!
//! A module imports only what stands below it in this list; a test reads the imports and fails on a
//! wrong one. Core does no I/O, reads no clock, starts no thread: whoever embeds it drives it.

pub mod abi;
pub mod audit;
pub mod base64;
pub mod calendar;
pub mod commands;
pub mod host;
pub mod image;
pub mod kernel;
pub mod program;
pub mod regex;
pub mod users;
pub mod vfs;

pub mod machine;
pub mod shell;
