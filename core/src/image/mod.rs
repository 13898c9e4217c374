//! Layer 3: whole file systems as bytes, and back.

mod crc32;
mod cursor;
pub mod diff;
mod error;
mod format;
mod gzip;
pub mod json;
pub mod list;
pub mod tar;
#[cfg(test)]
mod tests;
pub mod vfsb;
mod walk;

pub use error::{ImageError, Problem, ReadError, WriteError};
pub use format::{Format, read, write};
