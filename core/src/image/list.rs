//! What is in a tree, a line for each name: for people, and as JSON.

use super::walk::{Found, Walk};
use crate::abi::{FileType, Time};
use crate::calendar::write_iso_millis;
use crate::vfs::{Content, Node, Tree};
use sha2::{Digest, Sha256};

/// Bytes of a content that are held at a time.
const CHUNK_BYTES: usize = 64 * 1024;

/// A line for each name, with its line feed: type and permissions, owners, size, time of the last change,
/// path, and a link's target. Control characters and bytes that are not text are escaped.
pub fn text(tree: &Tree) -> impl Iterator<Item = String> {
    Walk::new(tree).map(|Found { path, inode, ino, .. }| {
        let stat = inode.stat(ino);
        let mut line = format!("{}{:04o}", char::from(stat.file_type.letter()), stat.mode.bits());
        line += &format!(" {:>5} {:>5} {:>9} ", stat.uid, stat.gid, size_bytes(&inode.node).unwrap_or(0));
        let mut time = Vec::new();
        write_iso_millis(stat.mtime, &mut time);
        line += &String::from_utf8_lossy(&time);
        line.push(' ');
        escape_for_people(&path, &mut line);
        if let Node::Symlink(target) = &inode.node {
            line += " -> ";
            escape_for_people(target, &mut line);
        }
        line.push('\n');
        line
    })
}

/// A JSON object (RFC 8259) for each name, with its line feed. Its keys:
///
/// - `path`: from the root. A byte that is not of UTF-8 text is written as `\udcXX` (Python's
///   `surrogateescape`), so nothing is lost. So are the bytes of `target`.
/// - `type`: `file`, `directory`, `symlink`, `device` (of characters), `block-device`, `fifo` or `socket`
/// - `mode`: the permission bits, a number; `uid`, `gid`
/// - `size`: bytes of a file or of a link's target, else null
/// - `mtime`: seconds since 1970 with up to nine decimals
/// - `target` of a symbolic link, `sha256` of a file's content in hexadecimal digits, else null
pub fn json(tree: &Tree) -> impl Iterator<Item = String> {
    Walk::new(tree).map(|Found { path, inode, .. }| {
        let mut line = String::from("{\"path\":");
        push_json(&path, &mut line);
        line += &format!(
            ",\"type\":\"{}\",\"mode\":{},\"uid\":{},\"gid\":{},\"size\":",
            type_name(inode.node.file_type()),
            inode.mode.bits(),
            inode.uid,
            inode.gid
        );
        line += &size_bytes(&inode.node).map_or_else(|| String::from("null"), |size| size.to_string());
        line += ",\"mtime\":";
        push_seconds(inode.mtime, &mut line);
        line += ",\"target\":";
        match &inode.node {
            Node::Symlink(target) => push_json(target, &mut line),
            _ => line += "null",
        }
        line += ",\"sha256\":";
        match &inode.node {
            Node::File(content) => push_json(sha256(content).as_bytes(), &mut line),
            _ => line += "null",
        }
        line += "}\n";
        line
    })
}

/// The word for a type.
pub const fn type_name(file_type: FileType) -> &'static str {
    match file_type {
        FileType::Regular => "file",
        FileType::Directory => "directory",
        FileType::Symlink => "symlink",
        FileType::Fifo => "fifo",
        FileType::CharDevice => "device",
        FileType::BlockDevice => "block-device",
        FileType::Socket => "socket",
    }
}

/// Appends a JSON string.
pub(super) fn push_json(bytes: &[u8], out: &mut String) {
    out.push('"');
    for chunk in bytes.utf8_chunks() {
        for char in chunk.valid().chars() {
            match char {
                '"' | '\\' => out.extend(['\\', char]),
                '\n' => *out += "\\n",
                '\0'..='\x1f' | '\x7f' => *out += &format!("\\u{:04x}", u32::from(char)),
                _ => out.push(char),
            }
        }
        for byte in chunk.invalid() {
            *out += &format!("\\udc{byte:02x}");
        }
    }
    out.push('"');
}

/// Appends a name so that it stays on its line.
pub(super) fn escape_for_people(bytes: &[u8], out: &mut String) {
    for chunk in bytes.utf8_chunks() {
        for char in chunk.valid().chars() {
            match char {
                '\\' => *out += "\\\\",
                _ if char.is_control() => out.extend(char.escape_default()),
                _ => out.push(char),
            }
        }
        for byte in chunk.invalid() {
            *out += &format!("\\x{byte:02x}");
        }
    }
}

/// Appends seconds since 1970 with as many decimals as are needed.
pub(super) fn push_seconds(time: Time, out: &mut String) {
    // A time before 1970 is below zero as a whole, its nanoseconds count upwards.
    let nanos = time.as_nanos();
    let (sign, nanos) = (if nanos < 0 { "-" } else { "" }, nanos.unsigned_abs());
    let text = format!("{sign}{}.{:09}", nanos / 1_000_000_000, nanos % 1_000_000_000);
    *out += text.trim_end_matches('0').trim_end_matches('.');
}

fn size_bytes(node: &Node) -> Option<u64> {
    match node {
        Node::File(content) => Some(content.size_bytes()),
        Node::Symlink(target) => Some(target.len() as u64),
        _ => None,
    }
}

/// Holes are hashed as the zeros that a reader sees.
fn sha256(content: &Content) -> String {
    let mut hash = Sha256::new();
    let mut chunk = vec![0; CHUNK_BYTES];
    let mut offset = 0;
    loop {
        let len = content.read(offset, &mut chunk);
        if len == 0 {
            return hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        }
        hash.update(chunk.get(..len).unwrap_or_default());
        offset += len as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::abi::{Mode, Time};
    use crate::vfs::{NewAttributes, NewNode, ROOT};

    #[test]
    fn lines() {
        let mut tree = Tree::default();
        let attributes = NewAttributes { mode: Mode::new(0o1640), uid: 1000, gid: 50 };
        let at = Time { secs: -2, nanos: 500_000_000 };
        let file = tree.create(ROOT, b"b\n\xff\"", NewNode::File, attributes, at).unwrap();
        tree.set_content(file, Content::new(b"abc")).unwrap();
        tree.create(ROOT, "é".as_bytes(), NewNode::Symlink(b"\\x"), attributes, Time::from_secs(7)).unwrap();
        let lines: Vec<String> = json(&tree).skip(1).collect();
        // The digest of "abc" is FIPS 180's example.
        let expected = [
            r#"{"path":"/b\n\udcff\"","type":"file","mode":928,"uid":1000,"gid":50,"size":3,"mtime":-1.5,"target":null,"sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}"#,
            r#"{"path":"/é","type":"symlink","mode":928,"uid":1000,"gid":50,"size":2,"mtime":7,"target":"\\x","sha256":null}"#,
        ];
        assert_eq!(lines, expected.map(|line| format!("{line}\n")));
        let lines: Vec<String> = text(&tree).skip(1).collect();
        let expected = [
            "-1640  1000    50         3 1969-12-31T23:59:58.500Z /b\\n\\xff\"\n",
            "l1640  1000    50         2 1970-01-01T00:00:07.000Z /é -> \\\\x\n",
        ];
        assert_eq!(lines, expected);
    }
}
