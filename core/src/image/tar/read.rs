//! Reads a tar archive into a tree.

use super::super::cursor::Cursor;
use super::super::{ImageError, Problem, ReadError};
use super::{
    BLOCK, CHECKSUM, GID, Header, LINK, MAGIC, MAJOR, MINOR, MODE, MTIME, NAME, PREFIX, SIZE, TYPE, UID,
    USTAR, checksum, field,
};
use crate::abi::{Device, Errno, FileType, Ino, Mode, Time, limits};
use crate::vfs::{Content, NewAttributes, NewNode, ROOT, SetAttributes, Times, Tree};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Reads an archive. Directories that are only part of names are root's, of mode 0755. Refused, with the entry's
/// name: absolute names, names with `..`, names that are there twice, names below what is not a directory,
/// entries of unknown types, and more than the limits `ARCHIVE_…_MAX` and `FLAT_IMAGE_BYTES_MAX` allow.
pub fn read(bytes: &[u8]) -> Result<Tree, ReadError> {
    let mut reader = Reader {
        cursor: Cursor::new(bytes),
        tree: Tree::default(),
        times: Vec::new(),
        implied: BTreeSet::from([ROOT]),
        global: Records::new(),
        entries_left: limits::ARCHIVE_ENTRIES_MAX,
        bytes_left: limits::FLAT_IMAGE_BYTES_MAX as u64,
    };
    while reader.read_entry()? {}
    let Reader { mut tree, times, cursor, .. } = reader;
    for (ino, times) in times {
        tree.set_times(ino, times).map_err(|errno| cursor.error(Problem::Tree(errno)))?;
    }
    Ok(tree)
}

/// What pax records and GNU's long names say.
type Records = BTreeMap<Vec<u8>, Vec<u8>>;

struct Reader<'a> {
    cursor: Cursor<'a>,
    tree: Tree,
    times: Vec<(Ino, Times)>,
    /// Directories that have had no entry of their own yet.
    implied: BTreeSet<Ino>,
    /// Records for all entries that follow.
    global: Records,
    entries_left: usize,
    bytes_left: u64,
}

/// An entry's header with its records.
struct Entry<'a> {
    header: &'a Header,
    records: Records,
    path: Vec<u8>,
    size: u64,
    mtime: Time,
}

impl<'a> Reader<'a> {
    /// Reads an entry with all headers that belong to it; false at the end.
    fn read_entry(&mut self) -> Result<bool, ReadError> {
        let mut records = self.global.clone();
        loop {
            let at = self.cursor.clone();
            let header = self.cursor.take(BLOCK as u64)?;
            let header: &Header = header.try_into().map_err(|_| at.error(Problem::TooShort))?;
            if header.iter().all(|byte| *byte == 0) {
                return self.read_end().map(|()| false);
            }
            if number(header, CHECKSUM) != Some(checksum(header)) {
                return Err(at.error(Problem::BadChecksum).into());
            }
            let broken = || at.error(Problem::Malformed("not a number"));
            match field(header, TYPE) {
                b"x" | b"g" | b"L" | b"K" => {
                    let size = number(header, SIZE).ok_or_else(broken)?;
                    if size > limits::ARCHIVE_HEADER_BYTES_MAX {
                        return Err(at.error(Problem::TooLarge).into());
                    }
                    let data = self.read_data(size)?;
                    let text = || data.split(|byte| *byte == 0).next().unwrap_or_default().to_vec();
                    match field(header, TYPE) {
                        b"L" => drop(records.insert(b"path".to_vec(), text())),
                        b"K" => drop(records.insert(b"linkpath".to_vec(), text())),
                        kind => {
                            let new = parse_records(data)
                                .ok_or_else(|| at.error(Problem::Malformed("not pax records")))?;
                            if kind == b"g" {
                                self.global.extend(new.clone());
                            }
                            records.extend(new);
                        }
                    }
                }
                _ => {
                    let entry = Entry::new(header, records).ok_or_else(broken)?;
                    let entered = self.read_node(&entry);
                    return entered.map(|()| true).map_err(|problem| {
                        let offset = at.offset();
                        ReadError { entry: entry.path, error: ImageError { offset, problem } }
                    });
                }
            }
        }
    }

    /// The data behind a header, without what fills its last block.
    fn read_data(&mut self, size: u64) -> Result<&'a [u8], ImageError> {
        let data = self.cursor.take(size)?;
        self.cursor.take(size.next_multiple_of(BLOCK as u64) - size)?;
        Ok(data)
    }

    /// Nothing but zeros may follow.
    fn read_end(&mut self) -> Result<(), ReadError> {
        self.cursor.take(BLOCK as u64)?;
        match self.cursor.before().iter().rev().take(BLOCK).chain(self.cursor.rest()).all(|byte| *byte == 0) {
            true => Ok(()),
            false => Err(self.cursor.error(Problem::TrailingBytes).into()),
        }
    }

    fn read_node(&mut self, entry: &Entry<'a>) -> Result<(), Problem> {
        self.entries_left = self.entries_left.checked_sub(1).ok_or(Problem::TooMany)?;
        let names = components(&entry.path)?;
        let Entry { header, .. } = *entry;
        let link = entry.text("linkpath", LINK);
        let device = || {
            let part = |place| number(header, place).and_then(|part| u32::try_from(part).ok());
            let parts = part(MAJOR).zip(part(MINOR));
            parts.map(|(major, minor)| Device { major, minor }).ok_or(Problem::Malformed("not a number"))
        };
        let kind = match field(header, TYPE).first() {
            Some(b'0' | b'7' | 0) if entry.path.ends_with(b"/") => b'5',
            Some(b'0' | b'7' | 0) => b'0',
            Some(kind) => *kind,
            None => 0,
        };
        let node = match kind {
            b'0' | b'1' => NewNode::File,
            b'2' => NewNode::Symlink(&link),
            b'3' => NewNode::CharDevice(device()?),
            b'4' => NewNode::BlockDevice(device()?),
            b'5' => NewNode::Directory,
            b'6' => NewNode::Fifo,
            other => return Err(Problem::UnknownNode(other)),
        };
        if entry.records.keys().any(|key| key.starts_with(b"GNU.sparse.")) {
            return Err(Problem::Malformed("sparse entries are not supported"));
        }
        // Only a regular file has content; the others' size means nothing (and a link's may be its target's).
        let size = if kind == b'0' { entry.size } else { 0 };
        self.bytes_left = self.bytes_left.checked_sub(size).ok_or(Problem::TooLarge)?;
        let content = self.read_data(size).map_err(|error| error.problem)?;
        let attributes = entry.attributes()?;
        let Some((name, above)) = names.split_last() else {
            return if kind == b'5' { self.set_directory(ROOT, entry) } else { Err(Problem::BadName) };
        };
        let dir = self.directory(above)?;
        let existing = self.tree.lookup(dir, name).ok();
        let ino = match (kind, existing) {
            (b'5', Some(ino)) => return self.set_directory(ino, entry),
            (_, Some(_)) => return Err(Problem::DuplicateName),
            (b'1', None) => {
                let target = self.find(&components(&link)?).ok_or(Problem::Malformed("link to nothing"))?;
                return self.tree.link(target, dir, name, Time::EPOCH).map_err(Problem::Tree);
            }
            (_, None) => self.tree.create(dir, name, node, attributes, Time::EPOCH).map_err(Problem::Tree)?,
        };
        if kind == b'0' {
            self.tree.set_content(ino, Content::new(content)).map_err(Problem::Tree)?;
        }
        self.times.push((ino, entry.times()));
        Ok(())
    }

    /// Gives a directory that was implied the attributes of its entry.
    fn set_directory(&mut self, ino: Ino, entry: &Entry<'_>) -> Result<(), Problem> {
        if !self.implied.remove(&ino) {
            return Err(Problem::DuplicateName);
        }
        let NewAttributes { mode, uid, gid } = entry.attributes()?;
        let change =
            SetAttributes { mode: Some(mode), uid: Some(uid), gid: Some(gid), ..SetAttributes::default() };
        self.tree.set_attributes(ino, &change, Time::EPOCH).map_err(Problem::Tree)?;
        self.times.push((ino, entry.times()));
        Ok(())
    }

    /// The directory of these names, which is made where it is missing.
    fn directory(&mut self, names: &[&[u8]]) -> Result<Ino, Problem> {
        let mut dir = ROOT;
        for name in names {
            dir = match self.tree.lookup(dir, name) {
                Ok(ino) => ino,
                Err(Errno::ENOENT) => {
                    self.entries_left = self.entries_left.checked_sub(1).ok_or(Problem::TooMany)?;
                    let attributes = NewAttributes { mode: Mode::new(0o755), uid: 0, gid: 0 };
                    let made = self.tree.create(dir, name, NewNode::Directory, attributes, Time::EPOCH);
                    let ino = made.map_err(Problem::Tree)?;
                    self.implied.insert(ino);
                    ino
                }
                Err(errno) => return Err(Problem::Tree(errno)),
            };
        }
        match self.tree.inode(dir).map(|inode| inode.node.file_type()) {
            Ok(FileType::Directory) => Ok(dir),
            _ => Err(Problem::Tree(Errno::ENOTDIR)),
        }
    }

    fn find(&self, names: &[&[u8]]) -> Option<Ino> {
        names.iter().try_fold(ROOT, |dir, name| self.tree.lookup(dir, name).ok())
    }
}

impl<'a> Entry<'a> {
    /// `None` when a number is none.
    fn new(header: &'a Header, records: Records) -> Option<Entry<'a>> {
        let mut entry = Entry { header, records, path: Vec::new(), size: 0, mtime: Time::EPOCH };
        entry.path = entry.text("path", NAME);
        if field(header, MAGIC) == USTAR && !entry.records.contains_key(&b"path"[..]) {
            let prefix = until_nul(field(header, PREFIX));
            if !prefix.is_empty() {
                entry.path = [prefix, b"/", &entry.path].concat();
            }
        }
        entry.size = entry.number("size", SIZE)?;
        entry.mtime = match entry.records.get(&b"mtime"[..]) {
            Some(text) => parse_time(text)?,
            None => seconds(header)?,
        };
        Some(entry)
    }

    fn text(&self, key: &str, place: Range<usize>) -> Vec<u8> {
        match self.records.get(key.as_bytes()) {
            Some(text) => text.clone(),
            None => until_nul(field(self.header, place)).to_vec(),
        }
    }

    fn number(&self, key: &str, place: Range<usize>) -> Option<u64> {
        match self.records.get(key.as_bytes()) {
            Some(text) => std::str::from_utf8(text).ok()?.parse().ok(),
            None => number(self.header, place),
        }
    }

    fn attributes(&self) -> Result<NewAttributes, Problem> {
        let id = |key, place| self.number(key, place).and_then(|id| u32::try_from(id).ok());
        let ids = id("uid", UID).zip(id("gid", GID)).zip(number(self.header, MODE));
        let ((uid, gid), mode) = ids.ok_or(Problem::Malformed("not a number"))?;
        Ok(NewAttributes { mode: Mode::new(mode as u32 & 0o7777), uid, gid })
    }

    fn times(&self) -> Times {
        let mtime = self.mtime;
        Times { atime: mtime, mtime, ctime: mtime, birth: mtime }
    }
}

/// The names of a path, which may begin or end with `.` and end with a slash.
fn components(path: &[u8]) -> Result<Vec<&[u8]>, Problem> {
    if path.starts_with(b"/") {
        return Err(Problem::Malformed("absolute name"));
    }
    if path.is_empty() || path.contains(&0) {
        return Err(Problem::BadName);
    }
    let names: Vec<&[u8]> =
        path.split(|byte| *byte == b'/').filter(|name| !matches!(*name, b"" | b".")).collect();
    if names.contains(&&b".."[..]) {
        return Err(Problem::Malformed("name climbs out"));
    }
    if names.len() > limits::ARCHIVE_DEPTH_MAX {
        return Err(Problem::Malformed("too deep"));
    }
    Ok(names)
}

fn until_nul(text: &[u8]) -> &[u8] {
    text.split(|byte| *byte == 0).next().unwrap_or_default()
}

/// A number of a header: octal digits between spaces and NULs, or base 256 behind a byte 0x80 (GNU).
pub(super) fn number(header: &Header, place: Range<usize>) -> Option<u64> {
    let bytes = field(header, place);
    if let Some((0x80, rest)) = bytes.split_first() {
        let shifted = |value: u64, byte: &u8| value.checked_mul(256).map(|value| value | u64::from(*byte));
        return rest.iter().try_fold(0, shifted);
    }
    let text = until_nul(bytes).trim_ascii();
    let digit = |value: u64, byte: &u8| match byte {
        b'0'..=b'7' => value.checked_mul(8).map(|value| value | u64::from(byte - b'0')),
        _ => None,
    };
    text.iter().try_fold(0, digit)
}

/// The time of a header; behind a byte 0xff it is before 1970 (GNU).
fn seconds(header: &Header) -> Option<Time> {
    let bytes = field(header, MTIME);
    match bytes.first() {
        Some(0xff) => {
            let last = bytes.last_chunk::<8>()?;
            Some(Time::from_secs(i64::from_be_bytes(*last)))
        }
        _ => i64::try_from(number(header, MTIME)?).ok().map(Time::from_secs),
    }
}

/// Decimal seconds with a sign and decimals; what is beyond nanoseconds is cut.
fn parse_time(text: &[u8]) -> Option<Time> {
    let text = std::str::from_utf8(text).ok()?;
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let (is_negative, digits) = whole.strip_prefix('-').map_or((false, whole), |digits| (true, digits));
    if !digits.bytes().chain(decimals.bytes()).all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let secs: i64 = digits.parse().ok()?;
    let nanos: i128 = format!("{decimals:0<9}").get(..9)?.parse().ok()?;
    let nanos = i128::from(secs) * 1_000_000_000 + nanos;
    Some(Time::from_nanos(if is_negative { -nanos } else { nanos }))
}

/// The records of a pax header: `LENGTH KEY=VALUE\n` each.
fn parse_records(data: &[u8]) -> Option<Records> {
    let mut records = Records::new();
    let mut rest = data;
    while !rest.is_empty() {
        let space = rest.iter().position(|byte| *byte == b' ')?;
        let len: usize = std::str::from_utf8(rest.get(..space)?).ok()?.parse().ok()?;
        let (record, next) = rest.split_at_checked(len)?;
        let record = record.get(space + 1..)?.strip_suffix(b"\n")?;
        let equals = record.iter().position(|byte| *byte == b'=')?;
        let (key, value) = record.split_at_checked(equals)?;
        records.insert(key.to_vec(), value.get(1..)?.to_vec());
        rest = next;
    }
    Some(records)
}
