//! VFSB, "VFS binary": one file that holds a whole file system.
//!
//! An image begins with the four bytes `VFS!` and a version. Versions 1, 2 and 3 are those of
//! typescript-virtual-container ([`classic`]); 0x10 is our own ([`current`]), which loses nothing.

pub mod classic;
pub mod current;
#[cfg(test)]
mod tests;

use super::cursor::Cursor;
use super::{ImageError, Problem, WriteError};
use crate::vfs::Tree;

/// The first four bytes.
pub const MAGIC: &[u8; 4] = b"VFS!";

/// A version of the format.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Version {
    /// Files, directories and symbolic links; modes and times in milliseconds.
    V1,
    /// With owners.
    V2,
    /// With devices.
    V3,
    /// Ours, byte 0x10: all that a [`Tree`] holds.
    Current,
}

/// Whether the bytes begin as a VFSB image does.
#[must_use]
pub fn is_vfsb(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Reads an image of any version.
pub fn read(bytes: &[u8]) -> Result<Tree, ImageError> {
    let mut cursor = Cursor::new(bytes);
    if cursor.take(4)? != MAGIC {
        return Err(ImageError { offset: 0, problem: Problem::BadMagic });
    }
    let error = cursor.clone();
    match cursor.u8()? {
        1 => classic::read(cursor, Version::V1),
        2 => classic::read(cursor, Version::V2),
        3 => classic::read(cursor, Version::V3),
        0x10 => current::read(cursor),
        other => Err(error.error(Problem::UnknownVersion(other))),
    }
}

/// Writes an image of our own version, which holds everything. The same tree gives the same bytes.
#[must_use]
pub fn write(tree: &Tree) -> Vec<u8> {
    current::write(tree)
}

/// Writes an image of any version. An error names what an older version cannot hold.
pub fn write_version(tree: &Tree, version: Version) -> Result<Vec<u8>, WriteError> {
    match version {
        Version::Current => Ok(current::write(tree)),
        older => classic::write(tree, older),
    }
}
