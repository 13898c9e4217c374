//! Layer 5: the shell.
//!
//! `syntax` turns text into a tree and back; `code` compiles the tree; `expand` has the pure parts of expansion;
//! `interp` runs code; `builtins` are the commands inside the shell; `editor` edits lines and `completion` knows how
//! they could go on. `main` is the program `bash`, `interactive` what it does at a terminal, and `history_file` what it
//! keeps of it. `probe` is what fuzzing looks at.

mod builtins;
mod code;
mod completion;
pub mod editor;
mod expand;
mod history_file;
mod interactive;
mod interp;
mod main;
#[cfg(any(test, feature = "fuzz"))]
pub mod probe;
pub mod syntax;

pub use main::{main, run_script};
