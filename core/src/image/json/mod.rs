//! The JSON snapshots of old versions of typescript-virtual-container.
//!
//! `{"root": node}`, where a node has `type` (`file` or `directory`), `name`, `mode`, `createdAt` and `updatedAt`
//! (ISO 8601), and `contentBase64` and `compressed`, or `children`. A file of mode 0o120777 is a symbolic
//! link.

pub(super) mod document;
#[cfg(test)]
mod tests;
mod write;

pub use write::write;

use super::gzip::gunzip;
use super::{ImageError, Problem};
use crate::abi::{Errno, Ino, Mode, Time, limits};
use crate::base64;
use crate::calendar::Civil;
use crate::vfs::{Content, NewAttributes, NewNode, ROOT, SetAttributes, Times, Tree};
use document::{Document, Id, Value};

const SYMLINK_MODE: u32 = 0o120_777;

/// Reads a snapshot. Offsets of errors are those of the values.
pub fn read(text: &[u8]) -> Result<Tree, ImageError> {
    let document = Document::parse(text)?;
    let mut reader = Reader {
        document: &document,
        tree: Tree::default(),
        times: Vec::new(),
        room: limits::FLAT_IMAGE_BYTES_MAX,
    };
    reader.read_nodes()?;
    let Reader { mut tree, times, .. } = reader;
    for (ino, times) in times {
        tree.set_times(ino, times).map_err(|errno| document.error(0, Problem::Tree(errno)))?;
    }
    Ok(tree)
}

struct Reader<'a> {
    document: &'a Document<'a>,
    tree: Tree,
    times: Vec<(Ino, Times)>,
    /// Bytes that the compressed contents may still grow to.
    room: usize,
}

impl<'a> Reader<'a> {
    fn read_nodes(&mut self) -> Result<(), ImageError> {
        let root = self.member(0, "root")?;
        if self.string(self.member(root, "type")?)? != b"directory" {
            return Err(self.document.error(root, Problem::RootNotDirectory));
        }
        let change = SetAttributes { mode: Some(Mode::new(self.mode(root)?)), ..SetAttributes::default() };
        let failed = |errno| self.document.error(root, Problem::Tree(errno));
        self.tree.set_attributes(ROOT, &change, Time::EPOCH).map_err(failed)?;
        self.read_times(root, ROOT)?;
        let mut open = vec![(ROOT, self.children(root)?)];
        while let Some((dir, children)) = open.last_mut() {
            let dir = *dir;
            match children.next() {
                Some(node) => open.extend(self.read_entry(dir, *node)?),
                None => drop(open.pop()),
            }
        }
        Ok(())
    }

    /// Reads a node. A directory is given to be read.
    fn read_entry(
        &mut self,
        dir: Ino,
        id: Id,
    ) -> Result<Option<(Ino, std::slice::Iter<'a, Id>)>, ImageError> {
        let kind_at = self.member(id, "type")?;
        let name_at = self.member(id, "name")?;
        let name = self.string(name_at)?;
        if matches!(name, b"" | b"." | b"..") || memchr::memchr2(b'/', 0, name).is_some() {
            return Err(self.document.error(name_at, Problem::BadName));
        }
        let bits = self.mode(id)?;
        let mut content = Vec::new();
        let mut children = None;
        let node = match self.string(kind_at)? {
            b"directory" => {
                children = Some(self.children(id)?);
                NewNode::Directory
            }
            b"file" => {
                content = self.content(id)?;
                if bits == SYMLINK_MODE { NewNode::Symlink(&content) } else { NewNode::File }
            }
            _ => return Err(self.document.error(kind_at, Problem::Malformed("unknown node type"))),
        };
        let is_file = node == NewNode::File;
        let attributes = NewAttributes { mode: Mode::new(bits), uid: 0, gid: 0 };
        let failed = |errno| match errno {
            Errno::EEXIST => self.document.error(name_at, Problem::DuplicateName),
            other => self.document.error(id, Problem::Tree(other)),
        };
        let ino = self.tree.create(dir, name, node, attributes, Time::EPOCH).map_err(failed)?;
        if is_file {
            self.tree.set_content(ino, Content::new(&content)).map_err(failed)?;
        }
        self.read_times(id, ino)?;
        Ok(children.map(|children| (ino, children)))
    }

    fn member(&self, id: Id, key: &'static str) -> Result<Id, ImageError> {
        self.document.get(id, key).ok_or(self.document.error(id, Problem::Malformed("a key is missing")))
    }

    fn string(&self, id: Id) -> Result<&'a [u8], ImageError> {
        match self.document.value(id) {
            Value::String(string) => Ok(string),
            _ => Err(self.document.error(id, Problem::Malformed("not a string"))),
        }
    }

    fn children(&self, id: Id) -> Result<std::slice::Iter<'a, Id>, ImageError> {
        let at = self.member(id, "children")?;
        match self.document.value(at) {
            Value::Array(children) => Ok(children.iter()),
            _ => Err(self.document.error(at, Problem::Malformed("not an array"))),
        }
    }

    fn mode(&self, id: Id) -> Result<u32, ImageError> {
        let at = self.member(id, "mode")?;
        match self.document.value(at) {
            Value::Number(mode) if mode.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(mode) => {
                Ok(*mode as u32)
            }
            _ => Err(self.document.error(at, Problem::Malformed("impossible mode"))),
        }
    }

    /// A file's content as its readers see it.
    fn content(&mut self, id: Id) -> Result<Vec<u8>, ImageError> {
        let at = self.member(id, "contentBase64")?;
        let bytes = base64::decode(self.string(at)?);
        let bytes = bytes.ok_or(self.document.error(at, Problem::Malformed("not base64")))?;
        let Some(flag_at) = self.document.get(id, "compressed") else { return Ok(bytes) };
        match self.document.value(flag_at) {
            Value::Bool(false) => Ok(bytes),
            Value::Bool(true) => {
                let content = gunzip(&bytes, self.room);
                let content = content.map_err(|error| self.document.error(at, error.problem))?;
                self.room -= content.len();
                Ok(content)
            }
            _ => Err(self.document.error(flag_at, Problem::Malformed("not a truth value"))),
        }
    }

    fn read_times(&mut self, id: Id, ino: Ino) -> Result<(), ImageError> {
        let time = |key| {
            let at = self.member(id, key)?;
            parse_time(self.string(at)?).ok_or(self.document.error(at, Problem::Malformed("impossible time")))
        };
        let (birth, mtime) = (time("createdAt")?, time("updatedAt")?);
        self.times.push((ino, Times { atime: mtime, mtime, ctime: mtime, birth }));
        Ok(())
    }
}

/// Reads what JavaScript's `toISOString` writes: `YYYY-MM-DDTHH:MM:SS.sssZ`, or a sign and six digits of a year.
fn parse_time(text: &[u8]) -> Option<Time> {
    fn number(digits: &[u8]) -> Option<u32> {
        let is_number = digits.iter().all(u8::is_ascii_digit);
        std::str::from_utf8(digits).ok().filter(|_| is_number)?.parse().ok()
    }
    let year_len = match text.first()? {
        b'+' | b'-' => 7,
        _ => 4,
    };
    let (year, rest) = text.split_at_checked(year_len)?;
    let is_shaped = rest.len() == 20
        && [(0, b'-'), (3, b'-'), (6, b'T'), (9, b':'), (12, b':'), (15, b'.'), (19, b'Z')]
            .iter()
            .all(|(at, byte)| rest.get(*at) == Some(byte));
    if !is_shaped {
        return None;
    }
    let field = |from: usize, to: usize, max: u32| number(rest.get(from..to)?).filter(|value| *value <= max);
    let year = match year.split_first()? {
        (b'-', digits) => -i64::from(number(digits)?),
        (b'+', digits) => i64::from(number(digits)?),
        _ => i64::from(number(year)?),
    };
    let civil = Civil {
        year,
        month: field(1, 3, 12)? as u8,
        day: field(4, 6, 31)? as u8,
        hour: field(7, 9, 23)? as u8,
        minute: field(10, 12, 59)? as u8,
        second: field(13, 15, 59)? as u8,
        nanos: field(16, 19, 999)? * 1_000_000,
    };
    (civil.month > 0 && civil.day > 0).then(|| civil.to_time(0))
}
