//! Layer 3: whole file systems as bytes, and back.

mod crc32;
mod cursor;
mod error;
pub mod json;
#[cfg(test)]
mod tests;
pub mod vfsb;

pub use error::{ImageError, Problem, WriteError};
