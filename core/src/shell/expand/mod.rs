//! Expansion's pure parts: from values to values. What has to wait (substitutions, directories) is the
//! interpreter's.

pub(super) mod brace;
pub(super) mod operations;
pub(super) mod quoting;
mod word_buffer;

pub(super) use word_buffer::{Field, WordBuffer, has_glob};
