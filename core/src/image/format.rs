//! The formats of images: told by their content, read, and written.

use super::gzip::{self, gunzip, gzip};
use super::vfsb::{self, Version};
use super::{ImageError, Problem, ReadError, WriteError, json, tar};
use crate::abi::limits;
use crate::vfs::Tree;

/// A format of images.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// VFSB of some version.
    Vfsb(Version),
    /// The JSON snapshots that came before VFSB.
    Json,
    /// tar.
    Tar,
    /// tar, compressed with gzip.
    TarGz,
}

/// Each format's name, the best first.
const NAMES: [(&str, Format); 7] = [
    ("vfsb", Format::Vfsb(Version::Current)),
    ("vfsb1", Format::Vfsb(Version::V1)),
    ("vfsb2", Format::Vfsb(Version::V2)),
    ("vfsb3", Format::Vfsb(Version::V3)),
    ("json", Format::Json),
    ("tar", Format::Tar),
    ("tar.gz", Format::TarGz),
];

impl Format {
    /// The format of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Format> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, format)| *format)
    }

    /// The format that a file of this name wants by what follows its last part; our own VFSB when that says
    /// nothing.
    #[must_use]
    pub fn of_file(name: &[u8]) -> Format {
        let wants = |(known, _): &&(&str, Format)| {
            name.strip_suffix(known.as_bytes()).is_some_and(|rest| rest.ends_with(b"."))
        };
        NAMES.iter().find(wants).map_or(Format::Vfsb(Version::Current), |(_, format)| *format)
    }

    /// All names, for messages.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, _)| *name)
    }
}

/// Writes an image. An error names what its format cannot hold.
pub fn write(tree: &Tree, format: Format) -> Result<Vec<u8>, WriteError> {
    match format {
        Format::Vfsb(version) => vfsb::write_version(tree, version),
        Format::Json => json::write(tree),
        Format::Tar => tar::write(tree),
        Format::TarGz => tar::write(tree).map(|archive| gzip(&archive)),
    }
}

/// Reads an image of any format, also one that gzip has compressed. What it is, its bytes tell.
pub fn read(bytes: &[u8]) -> Result<Tree, ReadError> {
    if bytes.starts_with(&gzip::MAGIC) {
        return read_plain(&gunzip(bytes, limits::FLAT_IMAGE_BYTES_MAX)?);
    }
    read_plain(bytes)
}

fn read_plain(bytes: &[u8]) -> Result<Tree, ReadError> {
    if vfsb::is_vfsb(bytes) {
        return Ok(vfsb::read(bytes)?);
    }
    if tar::is_tar(bytes) {
        return tar::read(bytes);
    }
    let problem = match bytes.trim_ascii_start().first() {
        Some(b'{') => return Ok(json::read(bytes)?),
        _ if vfsb::MAGIC.starts_with(bytes) => Problem::TooShort,
        _ => Problem::UnknownFormat,
    };
    Err(ImageError { offset: 0, problem }.into())
}
