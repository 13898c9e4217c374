//! Why an image is refused.

use crate::abi::Errno;
use std::fmt;

/// An image that cannot be read, and the byte where that shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ImageError {
    /// Offset from the beginning of the image, in bytes.
    pub offset: u64,
    /// What is wrong there.
    pub problem: Problem,
}

impl ImageError {
    /// The same error of a part that begins at `start`.
    pub(super) const fn moved(self, start: u64) -> ImageError {
        ImageError { offset: self.offset + start, ..self }
    }
}

/// What is wrong with an image.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Problem {
    /// It ends within something.
    TooShort,
    /// It does not begin as a VFSB image does.
    BadMagic,
    /// It does not begin as an image of any format does.
    UnknownFormat,
    /// A version that nobody has specified.
    UnknownVersion(u8),
    /// A node of a type that its version does not have.
    UnknownNode(u8),
    /// A device of an unknown kind.
    UnknownDevice(u8),
    /// A file's content in an unknown form.
    UnknownEncoding(u8),
    /// The root is something else than a directory.
    RootNotDirectory,
    /// A name that is empty, `.` or `..`, or holds `/` or NUL.
    BadName,
    /// A name that its directory already has.
    DuplicateName,
    /// Something follows the end.
    TrailingBytes,
    /// More entries than an archive may have.
    TooMany,
    /// The bytes are not those that were written.
    BadChecksum,
    /// More bytes than an image of this format may hold.
    TooLarge,
    /// An extended attribute, which is not supported here.
    ExtendedAttribute,
    /// A value that cannot be; the text says which.
    Malformed(&'static str),
    /// It does not fit into a tree.
    Tree(Errno),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::TooShort => f.write_str("buffer too short"),
            Problem::BadMagic => f.write_str("invalid magic, not a VFS binary snapshot"),
            Problem::UnknownFormat => f.write_str("not an image"),
            Problem::UnknownVersion(version) => write!(f, "unknown version: 0x{version:02x}"),
            Problem::UnknownNode(kind) => write!(f, "unknown node type: 0x{kind:02x}"),
            Problem::UnknownDevice(kind) => write!(f, "unknown device kind: 0x{kind:02x}"),
            Problem::UnknownEncoding(kind) => write!(f, "unknown content encoding: 0x{kind:02x}"),
            Problem::RootNotDirectory => f.write_str("root node must be a directory"),
            Problem::BadName => f.write_str("impossible name"),
            Problem::DuplicateName => f.write_str("duplicate name"),
            Problem::TrailingBytes => f.write_str("trailing bytes"),
            Problem::TooMany => f.write_str("too many entries"),
            Problem::BadChecksum => f.write_str("checksum does not match"),
            Problem::TooLarge => f.write_str("too many bytes"),
            Problem::ExtendedAttribute => f.write_str("extended attributes are not supported"),
            Problem::Malformed(what) => f.write_str(what),
            Problem::Tree(errno) => write!(f, "{errno}"),
        }
    }
}

impl fmt::Display for ImageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {}: {}", self.offset, self.problem)
    }
}

impl std::error::Error for ImageError {}

/// An image of any format that cannot be read: what is wrong, and with which entry where the format has names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadError {
    /// The entry's name as it stands there; empty when it is not about one.
    pub entry: Vec<u8>,
    /// What is wrong, and where.
    pub error: ImageError,
}

impl From<ImageError> for ReadError {
    fn from(error: ImageError) -> ReadError {
        ReadError { entry: Vec::new(), error }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.entry.is_empty() {
            write!(f, "entry '{}': ", self.entry.escape_ascii())?;
        }
        write!(f, "{}", self.error)
    }
}

impl std::error::Error for ReadError {}

/// A tree that a format cannot hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WriteError {
    /// The path of the file at which that shows.
    pub path: Vec<u8>,
    /// What the format does not have.
    pub what: &'static str,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: this format cannot hold {}", self.path.escape_ascii(), self.what)
    }
}

impl std::error::Error for WriteError {}
