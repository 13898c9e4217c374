//! VFSB versions 1, 2 and 3, as typescript-virtual-container writes them.
//!
//! Behind magic and version stands the root's node, a directory with an empty name, and nothing follows.
//! Integers are little-endian, the two times big-endian.
//!
//! | of a node | bytes |
//! |---|---|
//! | type | `01` file, `02` directory, from version 3 `03` device |
//! | name | u16 length, bytes |
//! | mode | u32: permission bits; exactly 0o120777 in a file's node makes it a symbolic link |
//! | owner, group | u32, u32; from version 2 |
//! | times of birth and last change | two f64, milliseconds since 1970 |
//! | of a file | u8 `01` when the content is gzip's, else `00`; u32 length; bytes |
//! | of a directory | u32 number of entries, and then each entry's node in the order in which they were made |
//! | of a device | u8 kind, u8 major, u8 minor |
//!
//! Device numbers here are Linux's: a kind's own major and minor are written and not read.

use super::super::cursor::Cursor;
use super::super::gzip::gunzip;
use super::super::{ImageError, Problem, WriteError};
use super::{MAGIC, Version};
use crate::abi::{Device, Errno, Ino, Mode, Time, limits};
use crate::vfs::{Content, Entry, Inode, NewAttributes, NewNode, Node, ROOT, SetAttributes, Times, Tree};
use std::borrow::Cow;

const FILE: u8 = 1;
const DIRECTORY: u8 = 2;
const DEVICE: u8 = 3;
/// The mode of a symbolic link's node.
const SYMLINK_MODE: u32 = 0o120_777;
/// The greatest distance from 1970 that JavaScript's `Date` has, in milliseconds.
const MILLIS_MAX: f64 = 8.64e15;

/// Device kinds from 1 on: the major and minor that are written, and Linux's numbers. Where Linux has none, they
/// are of a major for local use.
const DEVICES: [([u8; 2], Device); 11] = [
    ([3, 0], Device { major: 1, minor: 3 }),   // null
    ([5, 0], Device { major: 1, minor: 5 }),   // zero
    ([7, 0], Device { major: 1, minor: 7 }),   // full
    ([8, 0], Device { major: 1, minor: 8 }),   // random
    ([9, 0], Device { major: 1, minor: 9 }),   // urandom
    ([0, 0], Device { major: 5, minor: 0 }),   // tty
    ([1, 0], Device { major: 5, minor: 1 }),   // console
    ([2, 0], Device { major: 5, minor: 2 }),   // ptmx
    ([0, 0], Device { major: 240, minor: 0 }), // stdin
    ([1, 0], Device { major: 240, minor: 1 }), // stdout
    ([2, 0], Device { major: 240, minor: 2 }), // stderr
];

/// Reads an image from behind its version.
pub(super) fn read(cursor: Cursor<'_>, version: Version) -> Result<Tree, ImageError> {
    let room = limits::FLAT_IMAGE_BYTES_MAX;
    Reader { cursor, version, tree: Tree::default(), times: Vec::new(), room }.read_nodes()
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    version: Version,
    tree: Tree,
    times: Vec<(Ino, Times)>,
    /// Bytes that the compressed contents may still grow to.
    room: usize,
}

/// A directory that is being read.
struct Directory {
    ino: Ino,
    left: u32,
}

impl<'a> Reader<'a> {
    fn read_nodes(mut self) -> Result<Tree, ImageError> {
        let at = self.cursor.clone();
        if self.cursor.u8()? != DIRECTORY {
            return Err(at.error(Problem::RootNotDirectory));
        }
        let at = self.cursor.clone();
        if self.cursor.u16()? != 0 {
            return Err(at.error(Problem::BadName));
        }
        let (bits, new, times) = self.read_attributes()?;
        let mode = Some(Mode::new(bits));
        let change =
            SetAttributes { mode, uid: Some(new.uid), gid: Some(new.gid), ..SetAttributes::default() };
        let failed = |errno| at.error(Problem::Tree(errno));
        self.tree.set_attributes(ROOT, &change, Time::EPOCH).map_err(failed)?;
        self.times.push((ROOT, times));
        let mut open = vec![Directory { ino: ROOT, left: self.cursor.u32()? }];
        while let Some(directory) = open.last_mut() {
            if directory.left == 0 {
                open.pop();
                continue;
            }
            directory.left -= 1;
            let ino = directory.ino;
            open.extend(self.read_entry(ino)?);
        }
        self.cursor.end()?;
        for (ino, times) in self.times {
            self.tree.set_times(ino, times).map_err(failed)?;
        }
        Ok(self.tree)
    }

    /// Reads an entry's node. A directory is given to be read.
    fn read_entry(&mut self, dir: Ino) -> Result<Option<Directory>, ImageError> {
        let at = self.cursor.clone();
        let kind = self.cursor.u8()?;
        if !(matches!(kind, FILE | DIRECTORY) || kind == DEVICE && self.version >= Version::V3) {
            return Err(at.error(Problem::UnknownNode(kind)));
        }
        let name_at = self.cursor.clone();
        let len = self.cursor.u16()?;
        let name = self.cursor.name(u64::from(len))?;
        let (bits, new, times) = self.read_attributes()?;
        let mut content = Cow::default();
        let mut entries = None;
        let node = match kind {
            FILE => {
                content = self.read_content()?;
                if bits == SYMLINK_MODE { NewNode::Symlink(&content) } else { NewNode::File }
            }
            DIRECTORY => {
                entries = Some(self.cursor.u32()?);
                NewNode::Directory
            }
            _ => NewNode::CharDevice(self.read_device()?),
        };
        let is_file = node == NewNode::File;
        let failed = |errno| match errno {
            Errno::EEXIST => name_at.error(Problem::DuplicateName),
            other => at.error(Problem::Tree(other)),
        };
        let ino = self.tree.create(dir, name, node, new, Time::EPOCH).map_err(failed)?;
        if is_file {
            self.tree.set_content(ino, Content::new(&content)).map_err(failed)?;
        }
        self.times.push((ino, times));
        Ok(entries.map(|left| Directory { ino, left }))
    }

    /// Mode as it stands there, attributes, times.
    fn read_attributes(&mut self) -> Result<(u32, NewAttributes, Times), ImageError> {
        let bits = self.cursor.u32()?;
        let (mut uid, mut gid) = (0, 0);
        if self.version >= Version::V2 {
            (uid, gid) = (self.cursor.u32()?, self.cursor.u32()?);
        }
        let birth = self.read_time()?;
        let mtime = self.read_time()?;
        let new = NewAttributes { mode: Mode::new(bits), uid, gid };
        Ok((bits, new, Times { atime: mtime, mtime, ctime: mtime, birth }))
    }

    fn read_time(&mut self) -> Result<Time, ImageError> {
        let error = self.cursor.error(Problem::Malformed("impossible time"));
        let millis = self.cursor.f64_big_endian()?;
        // Also false for what is no number.
        if !(-MILLIS_MAX..=MILLIS_MAX).contains(&millis) {
            return Err(error);
        }
        let whole = millis.floor();
        let nanos = ((millis - whole) * 1e6).round();
        Ok(Time::from_nanos(whole as i128 * 1_000_000 + nanos as i128))
    }

    /// A file's content as its readers see it.
    fn read_content(&mut self) -> Result<Cow<'a, [u8]>, ImageError> {
        let at = self.cursor.clone();
        let flag = self.cursor.u8()?;
        let len = self.cursor.u32()?;
        let bytes = self.cursor.take(u64::from(len))?;
        match flag {
            0 => Ok(Cow::Borrowed(bytes)),
            1 => {
                let start = self.cursor.offset() - bytes.len() as u64;
                let content = gunzip(bytes, self.room).map_err(|error| error.moved(start))?;
                self.room -= content.len();
                Ok(Cow::Owned(content))
            }
            _ => Err(at.error(Problem::Malformed("impossible compression flag"))),
        }
    }

    fn read_device(&mut self) -> Result<Device, ImageError> {
        let at = self.cursor.clone();
        let kind = self.cursor.u8()?;
        self.cursor.u16()?;
        let known = usize::from(kind).checked_sub(1).and_then(|index| DEVICES.get(index));
        known.map(|(_, device)| *device).ok_or(at.error(Problem::UnknownDevice(kind)))
    }
}

/// Writes an image of version 1, 2 or 3.
pub(super) fn write(tree: &Tree, version: Version) -> Result<Vec<u8>, WriteError> {
    let mut writer = Writer { tree, version, out: MAGIC.to_vec(), path: Vec::new() };
    writer.out.push(match version {
        Version::V1 => 1,
        Version::V2 => 2,
        _ => 3,
    });
    writer.write_nodes()?;
    Ok(writer.out)
}

struct Writer<'a> {
    tree: &'a Tree,
    version: Version,
    out: Vec<u8>,
    /// Of the node that is being written.
    path: Vec<u8>,
}

/// A directory that is being written: its entries that are left, and its path's length.
struct OpenDirectory<'a> {
    entries: Box<dyn Iterator<Item = &'a Entry> + 'a>,
    path_len: usize,
}

impl<'a> Writer<'a> {
    fn write_nodes(&mut self) -> Result<(), WriteError> {
        let mut open = Vec::new();
        open.extend(self.write_node(b"", ROOT)?);
        while let Some(OpenDirectory { entries, path_len }) = open.last_mut() {
            self.path.truncate(*path_len);
            match entries.next() {
                Some(entry) => {
                    self.path.push(b'/');
                    self.path.extend_from_slice(&entry.name);
                    open.extend(self.write_node(&entry.name, entry.ino)?);
                }
                None => drop(open.pop()),
            }
        }
        Ok(())
    }

    fn cannot_hold(&self, what: &'static str) -> WriteError {
        WriteError { path: if self.path.is_empty() { b"/".to_vec() } else { self.path.clone() }, what }
    }

    /// Writes a node, and gives a directory to be written.
    fn write_node(&mut self, name: &[u8], ino: Ino) -> Result<Option<OpenDirectory<'a>>, WriteError> {
        let Ok(inode) = self.tree.inode(ino) else { return Ok(None) };
        let (kind, bits) = match &inode.node {
            Node::File(_) => (FILE, inode.mode.bits()),
            Node::Symlink(_) => (FILE, SYMLINK_MODE),
            Node::Directory(_) => (DIRECTORY, inode.mode.bits()),
            Node::CharDevice(_) if self.version >= Version::V3 => (DEVICE, inode.mode.bits()),
            Node::CharDevice(_) | Node::BlockDevice(_) => return Err(self.cannot_hold("devices")),
            Node::Fifo => return Err(self.cannot_hold("fifos")),
            Node::Socket => return Err(self.cannot_hold("sockets")),
        };
        if kind != DIRECTORY && inode.nlink > 1 {
            return Err(self.cannot_hold("hard links"));
        }
        let Ok(name_len) = u16::try_from(name.len()) else {
            return Err(self.cannot_hold("names of more than 65535 bytes"));
        };
        self.out.push(kind);
        self.out.extend_from_slice(&name_len.to_le_bytes());
        self.out.extend_from_slice(name);
        self.out.extend_from_slice(&bits.to_le_bytes());
        self.write_attributes(inode)?;
        match &inode.node {
            Node::File(content) => {
                let room = limits::FLAT_IMAGE_BYTES_MAX.saturating_sub(self.out.len());
                let bytes = content.to_vec(room);
                self.write_content(&bytes.ok_or(self.cannot_hold("so many bytes"))?);
            }
            Node::Symlink(target) => self.write_content(target),
            Node::Directory(directory) => {
                self.out.extend_from_slice(&(directory.len() as u32).to_le_bytes());
                let path_len = self.path.len();
                return Ok(Some(OpenDirectory { entries: Box::new(directory.iter()), path_len }));
            }
            Node::CharDevice(device) => {
                let kind = DEVICES.iter().position(|(_, known)| known == device);
                let kind = kind.ok_or(self.cannot_hold("devices of this kind"))?;
                self.out.push(kind as u8 + 1);
                self.out.extend(DEVICES.get(kind).map(|(numbers, _)| *numbers).unwrap_or_default());
            }
            _ => {}
        }
        Ok(None)
    }

    fn write_attributes(&mut self, inode: &Inode) -> Result<(), WriteError> {
        if self.version >= Version::V2 {
            self.out.extend_from_slice(&inode.uid.to_le_bytes());
            self.out.extend_from_slice(&inode.gid.to_le_bytes());
        } else if (inode.uid, inode.gid) != (0, 0) {
            return Err(self.cannot_hold("owners"));
        }
        for time in [inode.birth, inode.mtime] {
            let nanos = time.as_nanos();
            if nanos.abs() > MILLIS_MAX as i128 * 1_000_000 {
                return Err(self.cannot_hold("times so far from 1970"));
            }
            let (whole, rest) = (nanos.div_euclid(1_000_000), nanos.rem_euclid(1_000_000));
            self.out.extend_from_slice(&(whole as f64 + rest as f64 / 1e6).to_be_bytes());
        }
        Ok(())
    }

    /// Writes a content, which is shorter than the longest image.
    fn write_content(&mut self, bytes: &[u8]) {
        self.out.push(0);
        self.out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
        self.out.extend_from_slice(bytes);
    }
}
