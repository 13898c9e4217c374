//! tar archives (POSIX `pax`, "ustar Interchange Format" and "pax Interchange Format"), with GNU's long names.
//!
//! An archive is blocks of 512 bytes: of each entry a header and its content, and at the end zeros. The header's
//! fields are at these places; numbers are octal text, in GNU's archives also base 256.
//!
//! | field | place | length |
//! |---|---|---|
//! | name | 0 | 100 |
//! | mode, uid, gid | 100, 108, 116 | 8 each |
//! | size, mtime | 124, 136 | 12 each |
//! | checksum: the sum of the header's bytes, these taken as spaces | 148 | 8 |
//! | type | 156 | 1 |
//! | target of a link | 157 | 100 |
//! | magic and version | 257 | 8 |
//! | names of user and group | 265, 297 | 32 each |
//! | major, minor | 329, 337 | 8 each |
//! | what comes before the name | 345 | 155 |
//!
//! Entries of type `x` and `g` hold what does not fit there as pax records, `L` and `K` GNU's long names.

mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::read;
pub use write::write;

use std::ops::Range;

/// Bytes of a block.
const BLOCK: usize = 512;

const NAME: Range<usize> = 0..100;
const MODE: Range<usize> = 100..108;
const UID: Range<usize> = 108..116;
const GID: Range<usize> = 116..124;
const SIZE: Range<usize> = 124..136;
const MTIME: Range<usize> = 136..148;
const CHECKSUM: Range<usize> = 148..156;
const TYPE: Range<usize> = 156..157;
const LINK: Range<usize> = 157..257;
const MAGIC: Range<usize> = 257..265;
const MAJOR: Range<usize> = 329..337;
const MINOR: Range<usize> = 337..345;
const PREFIX: Range<usize> = 345..500;

/// Magic and version of POSIX's archives.
const USTAR: &[u8; 8] = b"ustar\x0000";

type Header = [u8; BLOCK];

/// Whether the bytes begin as an archive does: with a header whose checksum is right.
#[must_use]
pub fn is_tar(bytes: &[u8]) -> bool {
    bytes
        .first_chunk::<BLOCK>()
        .is_some_and(|header| read::number(header, CHECKSUM) == Some(checksum(header)))
}

fn field(header: &Header, place: Range<usize>) -> &[u8] {
    header.get(place).unwrap_or_default()
}

fn checksum(header: &Header) -> u64 {
    let value = |(place, byte): (usize, &u8)| u64::from(if CHECKSUM.contains(&place) { b' ' } else { *byte });
    header.iter().enumerate().map(value).sum()
}
