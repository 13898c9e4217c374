//! VFSB version 0x10, byte by byte.
//!
//! Integers are little-endian. A *string* is its length as u32 and its bytes.
//!
//! | part | bytes |
//! |---|---|
//! | magic | `56 46 53 21` |
//! | version | `10` |
//! | length of the metadata | u64 |
//! | metadata | content table, then the root's node |
//! | checksum | u32: CRC-32 (as gzip's) of every byte before it |
//! | data | the bytes of all contents in the order of the table; nothing follows |
//!
//! The **content table** is a u32 count of contents and then each of them. Equal contents are there once, in
//! the order in which the nodes first name them.
//!
//! | of a content | bytes |
//! |---|---|
//! | length of the file | u64, at most 2^40 |
//! | encoding of the data | `00`: as it is; others are for later versions of this reader |
//! | number of runs | u32 |
//! | each run: offset, length | u64, u64 |
//! | checksum | u32: CRC-32 of this content's data |
//!
//! A run is a longest row of 4096-byte blocks that are not all zeros; the file's last block ends with the
//! file. Runs ascend. Bytes outside of runs are zeros. The data of a content is that of its runs.
//!
//! A **node** is its name, a type, and what the type has:
//!
//! | of a node | bytes |
//! |---|---|
//! | name | string, empty for the root |
//! | type | `01` regular file, `02` directory, `03` symbolic link, `04` fifo, `05` character device, `06` block device, `07` socket, `08` another name of an earlier node |
//! | mode | u16: the twelve permission bits |
//! | owner, group | u32, u32 |
//! | times of the last read, change of content, change of the node; of birth | four times i64 seconds since 1970, u32 nanoseconds below 10^9 |
//! | number of extended attributes | u32; each is two strings, name and value, in ascending order of names |
//! | of `01` | u32: which content, from 0 |
//! | of `02` | u32: number of entries, and then each entry's node in ascending order of the names' bytes |
//! | of `03` | string: the target |
//! | of `05`, `06` | u32 major, u32 minor |
//!
//! Of an `08` node only name and type are there, then a u32: which node, the root being 0 and `08` nodes not
//! counted. Link counts follow from the names. The format is canonical: what is equal in all that `stat`
//! tells, except inode numbers and allocated blocks, gives the same bytes.

use super::super::crc32::Crc32;
use super::super::cursor::Cursor;
use super::super::{ImageError, Problem};
use super::MAGIC;
use crate::abi::{Device, Errno, Ino, Mode, Time, limits};
use crate::vfs::{
    Content, Entry, Inode, NewAttributes, NewNode, Node, PAGE_BYTES, ROOT, SetAttributes, Times, Tree,
};
use bstr::ByteSlice;
use std::collections::BTreeMap;

const FILE: u8 = 1;
const DIRECTORY: u8 = 2;
const SYMLINK: u8 = 3;
const FIFO: u8 = 4;
const CHAR_DEVICE: u8 = 5;
const BLOCK_DEVICE: u8 = 6;
const SOCKET: u8 = 7;
const OTHER_NAME: u8 = 8;

/// Writes an image.
pub fn write(tree: &Tree) -> Vec<u8> {
    let mut writer =
        Writer { tree, nodes: Vec::new(), numbers: BTreeMap::new(), contents: Contents::default() };
    writer.write_nodes();
    let table = writer.contents.table();
    let data_bytes: u64 = writer.contents.all.iter().map(|stored| stored.data_bytes).sum();
    let metadata_bytes = table.len() + writer.nodes.len();
    let mut out = Vec::with_capacity(metadata_bytes + usize::try_from(data_bytes).unwrap_or(0) + 17);
    out.extend_from_slice(MAGIC);
    out.push(0x10);
    out.extend_from_slice(&(metadata_bytes as u64).to_le_bytes());
    out.extend_from_slice(&table);
    out.extend_from_slice(&writer.nodes);
    out.extend_from_slice(&Crc32::of(&out).to_le_bytes());
    for stored in &writer.contents.all {
        for block in blocks(stored.content) {
            out.extend_from_slice(block.bytes);
            out.resize(out.len() + block.zeros, 0);
        }
    }
    out
}

/// A block that is not all zeros: the bytes that are stored, and the zeros after them.
struct Block<'a> {
    offset: u64,
    bytes: &'a [u8],
    zeros: usize,
}

impl Block<'_> {
    fn len(&self) -> u64 {
        (self.bytes.len() + self.zeros) as u64
    }
}

fn blocks(content: &Content) -> impl Iterator<Item = Block<'_>> {
    content.extents().filter(|(_, bytes)| bytes.iter().any(|byte| *byte != 0)).map(|(offset, bytes)| {
        let len = (content.size_bytes() - offset).min(PAGE_BYTES as u64) as usize;
        Block { offset, bytes, zeros: len.saturating_sub(bytes.len()) }
    })
}

/// Whether two contents are equal byte for byte.
fn is_same(one: &Content, other: &Content) -> bool {
    /// What is left of a block's bytes without zeros at the end, which may be stored or not.
    fn trimmed<'a>(block: &Block<'a>) -> (u64, &'a [u8]) {
        (block.offset, block.bytes.trim_end_with(|char| char == '\0'))
    }
    one.size_bytes() == other.size_bytes()
        && blocks(one).map(|block| trimmed(&block)).eq(blocks(other).map(|block| trimmed(&block)))
}

/// A content of the table.
struct Stored<'a> {
    content: &'a Content,
    runs: Vec<(u64, u64)>,
    data_bytes: u64,
    checksum: u32,
}

/// The content table as it grows.
#[derive(Default)]
struct Contents<'a> {
    all: Vec<Stored<'a>>,
    /// Which contents have a length and a checksum.
    by_checksum: BTreeMap<(u64, u32), Vec<usize>>,
}

impl<'a> Contents<'a> {
    /// The number of a content, which gets one if no equal one has.
    fn number(&mut self, content: &'a Content) -> usize {
        let mut runs: Vec<(u64, u64)> = Vec::new();
        let mut crc = Crc32::new();
        for block in blocks(content) {
            crc.update(block.bytes);
            crc.update([0; PAGE_BYTES].get(..block.zeros).unwrap_or_default());
            match runs.last_mut() {
                Some((offset, len)) if *offset + *len == block.offset => *len += block.len(),
                _ => runs.push((block.offset, block.len())),
            }
        }
        let checksum = crc.value();
        let alike = self.by_checksum.entry((content.size_bytes(), checksum)).or_default();
        let same = alike
            .iter()
            .find(|number| self.all.get(**number).is_some_and(|stored| is_same(stored.content, content)));
        if let Some(number) = same {
            return *number;
        }
        let number = self.all.len();
        alike.push(number);
        let data_bytes = runs.iter().map(|(_, len)| len).sum();
        self.all.push(Stored { content, runs, data_bytes, checksum });
        number
    }

    fn table(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_u32(&mut out, self.all.len());
        for stored in &self.all {
            out.extend_from_slice(&stored.content.size_bytes().to_le_bytes());
            out.push(0);
            put_u32(&mut out, stored.runs.len());
            for (offset, len) in &stored.runs {
                out.extend_from_slice(&offset.to_le_bytes());
                out.extend_from_slice(&len.to_le_bytes());
            }
            out.extend_from_slice(&stored.checksum.to_le_bytes());
        }
        out
    }
}

/// Counts and lengths in memory are below 2^32: [`limits`] are.
fn put_u32(out: &mut Vec<u8>, value: usize) {
    out.extend_from_slice(&(value as u32).to_le_bytes());
}

fn put_string(out: &mut Vec<u8>, bytes: &[u8]) {
    put_u32(out, bytes.len());
    out.extend_from_slice(bytes);
}

struct Writer<'a> {
    tree: &'a Tree,
    nodes: Vec<u8>,
    /// The number of each node that may have other names.
    numbers: BTreeMap<Ino, usize>,
    contents: Contents<'a>,
}

impl<'a> Writer<'a> {
    /// Writes the root and all below. The directories that are being written are a stack of what is left of
    /// them.
    fn write_nodes(&mut self) {
        let mut left: Vec<std::vec::IntoIter<&Entry>> = Vec::new();
        left.extend(self.write_node(b"", ROOT));
        while let Some(entries) = left.last_mut() {
            match entries.next() {
                Some(entry) => left.extend(self.write_node(&entry.name, entry.ino)),
                None => drop(left.pop()),
            }
        }
    }

    /// Writes a node, and gives the entries of a directory in order.
    fn write_node(&mut self, name: &[u8], ino: Ino) -> Option<std::vec::IntoIter<&'a Entry>> {
        let inode = self.tree.inode(ino).ok()?;
        put_string(&mut self.nodes, name);
        if let Some(number) = self.numbers.get(&ino) {
            self.nodes.push(OTHER_NAME);
            put_u32(&mut self.nodes, *number);
            return None;
        }
        let number = self.numbers.len();
        self.numbers.insert(ino, number);
        self.nodes.push(match inode.node {
            Node::File(_) => FILE,
            Node::Directory(_) => DIRECTORY,
            Node::Symlink(_) => SYMLINK,
            Node::Fifo => FIFO,
            Node::CharDevice(_) => CHAR_DEVICE,
            Node::BlockDevice(_) => BLOCK_DEVICE,
            Node::Socket => SOCKET,
        });
        self.write_attributes(inode);
        match &inode.node {
            Node::File(content) => put_u32(&mut self.nodes, self.contents.number(content)),
            Node::Directory(directory) => {
                put_u32(&mut self.nodes, directory.len());
                let mut entries: Vec<&Entry> = directory.iter().collect();
                entries.sort_unstable_by(|one, other| one.name.cmp(&other.name));
                return Some(entries.into_iter());
            }
            Node::Symlink(target) => put_string(&mut self.nodes, target),
            Node::CharDevice(device) | Node::BlockDevice(device) => {
                self.nodes.extend_from_slice(&device.major.to_le_bytes());
                self.nodes.extend_from_slice(&device.minor.to_le_bytes());
            }
            Node::Fifo | Node::Socket => {}
        }
        None
    }

    fn write_attributes(&mut self, inode: &Inode) {
        let out = &mut self.nodes;
        out.extend_from_slice(&(inode.mode.bits() as u16).to_le_bytes());
        out.extend_from_slice(&inode.uid.to_le_bytes());
        out.extend_from_slice(&inode.gid.to_le_bytes());
        for time in [inode.atime, inode.mtime, inode.ctime, inode.birth] {
            out.extend_from_slice(&time.secs.to_le_bytes());
            out.extend_from_slice(&time.nanos.to_le_bytes());
        }
        put_u32(out, 0);
    }
}

/// Reads an image from behind its version.
pub fn read(mut cursor: Cursor<'_>) -> Result<Tree, ImageError> {
    let metadata_bytes = cursor.u64()?;
    let mut metadata = cursor.limited(metadata_bytes)?;
    cursor.take(metadata_bytes)?;
    let expected = Crc32::of(cursor.before());
    let error = cursor.error(Problem::BadChecksum);
    if cursor.u32()? != expected {
        return Err(error);
    }
    let contents = read_contents(&mut metadata, &mut cursor)?;
    cursor.end()?;
    Reader { cursor: metadata, contents: &contents, contents_named: 0, inos: Vec::new(), times: Vec::new() }
        .read_nodes()
}

/// Reads the content table, and the contents from the data.
fn read_contents(table: &mut Cursor<'_>, data: &mut Cursor<'_>) -> Result<Vec<Content>, ImageError> {
    const BLOCK: u64 = PAGE_BYTES as u64;
    let mut contents = Vec::new();
    for _ in 0..table.u32()? {
        let error = table.error(Problem::Malformed("file too large"));
        let size = table.u64()?;
        if size > limits::FILE_BYTES_MAX {
            return Err(error);
        }
        let error = table.clone();
        match table.u8()? {
            0 => {}
            other => return Err(error.error(Problem::UnknownEncoding(other))),
        }
        let mut content = Content::default();
        let mut crc = Crc32::new();
        let mut end_before = None;
        for _ in 0..table.u32()? {
            let error = table.error(Problem::Malformed("impossible run of blocks"));
            let (offset, len) = (table.u64()?, table.u64()?);
            let end = offset.checked_add(len).filter(|end| *end <= size).ok_or(error)?;
            let ascends = end_before.is_none_or(|before| before < offset);
            let is_whole = offset % BLOCK == 0 && (end % BLOCK == 0 || end == size);
            if len == 0 || !ascends || !is_whole {
                return Err(error);
            }
            end_before = Some(end);
            let bytes = data.take(len)?;
            crc.update(bytes);
            content.write(offset, bytes, u64::MAX);
        }
        content.truncate(size);
        let error = data.error(Problem::BadChecksum);
        if table.u32()? != crc.value() {
            return Err(error);
        }
        contents.push(content);
    }
    Ok(contents)
}

struct Reader<'a> {
    cursor: Cursor<'a>,
    contents: &'a [Content],
    /// How many contents have been named.
    contents_named: usize,
    /// The inode of each node.
    inos: Vec<Ino>,
    times: Vec<Times>,
}

/// A directory that is being read.
struct Directory<'a> {
    ino: Ino,
    left: u32,
    last: &'a [u8],
}

/// What all nodes but other names have.
struct Attributes {
    new: NewAttributes,
    times: Times,
}

impl<'a> Reader<'a> {
    fn read_nodes(mut self) -> Result<Tree, ImageError> {
        let mut tree = Tree::default();
        let error = self.cursor.clone();
        if self.cursor.u32()? != 0 {
            return Err(error.error(Problem::BadName));
        }
        let error = self.cursor.clone();
        if self.cursor.u8()? != DIRECTORY {
            return Err(error.error(Problem::RootNotDirectory));
        }
        let Attributes { new, times } = self.read_attributes()?;
        let NewAttributes { mode, uid, gid } = new;
        let change =
            SetAttributes { mode: Some(mode), uid: Some(uid), gid: Some(gid), ..SetAttributes::default() };
        let failed = |errno| error.error(Problem::Tree(errno));
        tree.set_attributes(ROOT, &change, Time::EPOCH).map_err(failed)?;
        self.inos.push(ROOT);
        self.times.push(times);
        let mut open = vec![Directory { ino: ROOT, left: self.cursor.u32()?, last: b"" }];
        while let Some(directory) = open.last_mut() {
            if directory.left == 0 {
                open.pop();
                continue;
            }
            directory.left -= 1;
            let name_at = self.cursor.clone();
            let len = self.cursor.u32()?;
            let name = self.cursor.name(u64::from(len))?;
            if name <= directory.last {
                let problem = if name == directory.last {
                    Problem::DuplicateName
                } else {
                    Problem::Malformed("name out of order")
                };
                return Err(name_at.error(problem));
            }
            directory.last = name;
            let ino = directory.ino;
            open.extend(self.read_entry(&mut tree, ino, name)?);
        }
        self.cursor.end()?;
        if self.contents_named != self.contents.len() {
            return Err(self.cursor.error(Problem::Malformed("content without a file")));
        }
        for (ino, times) in self.inos.iter().zip(self.times) {
            tree.set_times(*ino, times).map_err(|errno| self.cursor.error(Problem::Tree(errno)))?;
        }
        Ok(tree)
    }

    /// Reads a node behind its name. A directory is given to be read.
    fn read_entry(
        &mut self,
        tree: &mut Tree,
        dir: Ino,
        name: &'a [u8],
    ) -> Result<Option<Directory<'a>>, ImageError> {
        let at = self.cursor.clone();
        let failed = |errno: Errno| at.error(Problem::Tree(errno));
        let kind = self.cursor.u8()?;
        if kind == OTHER_NAME {
            let number = self.cursor.u32()? as usize;
            let ino = self.inos.get(number).ok_or(at.error(Problem::Malformed("name of a later node")))?;
            tree.link(*ino, dir, name, Time::EPOCH).map_err(failed)?;
            return Ok(None);
        }
        if !(FILE..=SOCKET).contains(&kind) {
            return Err(at.error(Problem::UnknownNode(kind)));
        }
        let Attributes { new, times } = self.read_attributes()?;
        let mut content = None;
        let mut entries = None;
        let node = match kind {
            FILE => {
                content = Some(self.read_content_number()?);
                NewNode::File
            }
            DIRECTORY => {
                entries = Some(self.cursor.u32()?);
                NewNode::Directory
            }
            SYMLINK => {
                let len = self.cursor.u32()?;
                NewNode::Symlink(self.cursor.take(u64::from(len))?)
            }
            FIFO => NewNode::Fifo,
            CHAR_DEVICE => NewNode::CharDevice(self.read_device()?),
            BLOCK_DEVICE => NewNode::BlockDevice(self.read_device()?),
            _ => NewNode::Socket,
        };
        let ino = tree.create(dir, name, node, new, Time::EPOCH).map_err(failed)?;
        if let Some(content) = content {
            tree.set_content(ino, content).map_err(failed)?;
        }
        self.inos.push(ino);
        self.times.push(times);
        Ok(entries.map(|left| Directory { ino, left, last: b"" }))
    }

    fn read_content_number(&mut self) -> Result<Content, ImageError> {
        let error = self.cursor.error(Problem::Malformed("impossible content number"));
        let number = self.cursor.u32()? as usize;
        if number > self.contents_named {
            return Err(error);
        }
        self.contents_named = self.contents_named.max(number + 1);
        self.contents.get(number).cloned().ok_or(error)
    }

    fn read_device(&mut self) -> Result<Device, ImageError> {
        Ok(Device { major: self.cursor.u32()?, minor: self.cursor.u32()? })
    }

    fn read_attributes(&mut self) -> Result<Attributes, ImageError> {
        let error = self.cursor.error(Problem::Malformed("impossible mode"));
        let bits = u32::from(self.cursor.u16()?);
        let mode = Mode::new(bits);
        if mode.bits() != bits {
            return Err(error);
        }
        let new = NewAttributes { mode, uid: self.cursor.u32()?, gid: self.cursor.u32()? };
        let times = Times {
            atime: self.read_time()?,
            mtime: self.read_time()?,
            ctime: self.read_time()?,
            birth: self.read_time()?,
        };
        let error = self.cursor.error(Problem::ExtendedAttribute);
        match self.cursor.u32()? {
            0 => Ok(Attributes { new, times }),
            _ => Err(error),
        }
    }

    fn read_time(&mut self) -> Result<Time, ImageError> {
        let secs = self.cursor.i64()?;
        let error = self.cursor.error(Problem::Malformed("impossible time"));
        match self.cursor.u32()? {
            nanos @ 0..1_000_000_000 => Ok(Time { secs, nanos }),
            _ => Err(error),
        }
    }
}
