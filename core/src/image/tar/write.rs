//! Writes a tree as a tar archive.

use super::super::WriteError;
use super::super::walk::{Found, Walk};
use super::{
    BLOCK, CHECKSUM, GID, Header, LINK, MAGIC, MAJOR, MINOR, MODE, MTIME, NAME, SIZE, TYPE, UID, USTAR,
    checksum,
};
use crate::abi::{Ino, Time, limits};
use crate::vfs::{Node, Tree};
use std::collections::BTreeMap;
use std::ops::Range;

/// Writes an archive: ustar's headers, with pax records where those are too small. Names are relative to the
/// root, which is `./`; entries stand in ascending order. Of the times only the last change is kept. The same
/// tree gives the same bytes. An error names what the format, or a reader with our limits, cannot hold.
pub fn write(tree: &Tree) -> Result<Vec<u8>, WriteError> {
    let mut writer = Writer { out: Vec::new(), first_names: BTreeMap::new() };
    for found in Walk::new(tree) {
        writer.write_entry(&found).map_err(|what| WriteError { path: found.path, what })?;
    }
    writer.out.resize(writer.out.len() + 2 * BLOCK, 0);
    Ok(writer.out)
}

struct Writer {
    out: Vec<u8>,
    /// Of inodes with more than one: the one that was written.
    first_names: BTreeMap<Ino, Vec<u8>>,
}

/// A header and the pax records for what does not fit into it.
struct Entry {
    header: Header,
    records: Vec<u8>,
}

impl Writer {
    fn write_entry(&mut self, found: &Found<'_>) -> Result<(), &'static str> {
        if found.depth > limits::ARCHIVE_DEPTH_MAX {
            return Err("directories so deep");
        }
        let inode = found.inode;
        let mut path = found.path.get(1..).unwrap_or_default().to_vec();
        if matches!(inode.node, Node::Directory(_)) {
            path.extend_from_slice(if path.is_empty() { b"./" } else { b"/" });
        }
        let mut entry = Entry { header: [0; BLOCK], records: Vec::new() };
        let mut kind = match &inode.node {
            Node::File(_) => b'0',
            Node::Symlink(_) => b'2',
            Node::CharDevice(_) => b'3',
            Node::BlockDevice(_) => b'4',
            Node::Directory(_) => b'5',
            Node::Fifo => b'6',
            Node::Socket => return Err("sockets"),
        };
        let mut link = match &inode.node {
            Node::Symlink(target) => target.to_vec(),
            _ => Vec::new(),
        };
        if kind != b'5' && inode.nlink > 1 {
            match self.first_names.get(&found.ino) {
                Some(first) => (kind, link) = (b'1', first.clone()),
                None => drop(self.first_names.insert(found.ino, path.clone())),
            }
        }
        let mut content = Vec::new();
        if let (b'0', Node::File(file)) = (kind, &inode.node) {
            let room = limits::FLAT_IMAGE_BYTES_MAX.saturating_sub(self.out.len());
            content = file.to_vec(room).ok_or("so many bytes")?;
        }
        entry.put_text(NAME, "path", &path);
        entry.put_text(LINK, "linkpath", &link);
        entry.put_number(MODE, inode.mode.bits().into());
        for (place, key, value) in [
            (UID, "uid", u64::from(inode.uid)),
            (GID, "gid", u64::from(inode.gid)),
            (SIZE, "size", content.len() as u64),
        ] {
            if !entry.put_number(place, value) {
                entry.push_record(key, value.to_string().as_bytes());
            }
        }
        entry.put_time(inode.mtime);
        if let Node::CharDevice(device) | Node::BlockDevice(device) = &inode.node {
            let is_put = entry.put_number(MAJOR, device.major.into());
            if !(is_put && entry.put_number(MINOR, device.minor.into())) {
                return Err("devices of this number");
            }
        }
        if !entry.records.is_empty() {
            let mut pax = Entry { header: [0; BLOCK], records: Vec::new() };
            pax.put(NAME, b"././@PaxHeader");
            pax.put_number(MODE, 0o644);
            pax.put_number(SIZE, entry.records.len() as u64);
            self.push(pax.header, b'x', &entry.records);
        }
        self.push(entry.header, kind, &content);
        Ok(())
    }

    /// Appends a header and what belongs to it, in whole blocks.
    fn push(&mut self, header: Header, kind: u8, content: &[u8]) {
        let mut entry = Entry { header, records: Vec::new() };
        entry.put(TYPE, &[kind]);
        entry.put(MAGIC, USTAR);
        for place in [UID, GID, MTIME, MAJOR, MINOR] {
            if entry.header.get(place.start) == Some(&0) {
                entry.put_number(place, 0);
            }
        }
        let sum = checksum(&entry.header);
        entry.put(CHECKSUM, format!("{sum:06o}\0 ").as_bytes());
        self.out.extend_from_slice(&entry.header);
        self.out.extend_from_slice(content);
        self.out.resize(self.out.len().next_multiple_of(BLOCK), 0);
    }
}

impl Entry {
    /// Puts what fits to a place.
    fn put(&mut self, place: Range<usize>, bytes: &[u8]) {
        for (to, byte) in self.header.get_mut(place).into_iter().flatten().zip(bytes) {
            *to = *byte;
        }
    }

    /// Puts a text, and records it when it is too long.
    fn put_text(&mut self, place: Range<usize>, key: &str, text: &[u8]) {
        let is_short = text.len() <= place.len();
        self.put(place, text);
        if !is_short {
            if std::str::from_utf8(text).is_err() {
                self.push_record("hdrcharset", b"BINARY");
            }
            self.push_record(key, text);
        }
    }

    /// Puts an octal number if it is not too great, and tells that.
    fn put_number(&mut self, place: Range<usize>, value: u64) -> bool {
        let digits = place.len() - 1;
        let text = format!("{value:0digits$o}");
        let is_short = text.len() <= digits;
        if is_short {
            self.put(place, text.as_bytes());
        }
        is_short
    }

    fn put_time(&mut self, time: Time) {
        let is_put = u64::try_from(time.secs).is_ok_and(|secs| self.put_number(MTIME, secs));
        if !is_put || time.nanos != 0 {
            let mut text = String::new();
            super::super::list::push_seconds(time, &mut text);
            self.push_record("mtime", text.as_bytes());
        }
    }

    /// `LENGTH KEY=VALUE\n`, where the length counts its own digits, too.
    fn push_record(&mut self, key: &str, value: &[u8]) {
        let rest = key.len() + value.len() + 3;
        let mut len = rest + 1;
        while len != rest + len.to_string().len() {
            len = rest + len.to_string().len();
        }
        self.records.extend_from_slice(format!("{len} {key}=").as_bytes());
        self.records.extend_from_slice(value);
        self.records.push(b'\n');
    }
}
