//! The formats of images: told by their content, read, and written.

use super::vfsb::{self, Version};
use super::{ImageError, Problem, json};
use crate::vfs::Tree;

/// A format of images.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// VFSB of some version.
    Vfsb(Version),
    /// The JSON snapshots that came before VFSB.
    Json,
}

/// Reads an image of any format. What it is, its first bytes tell.
pub fn read(bytes: &[u8]) -> Result<Tree, ImageError> {
    if vfsb::is_vfsb(bytes) {
        return vfsb::read(bytes);
    }
    match bytes.trim_ascii_start().first() {
        Some(b'{') => json::read(bytes),
        _ if vfsb::MAGIC.starts_with(bytes) => Err(ImageError { offset: 0, problem: Problem::TooShort }),
        _ => Err(ImageError { offset: 0, problem: Problem::UnknownFormat }),
    }
}
