//! What the tests of all formats share.

use super::json::document::{Document, Id, Value};
use crate::abi::{FileType, Ino, Time};
use crate::vfs::{Content, Node, ROOT, Tree};
use bstr::ByteSlice;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Every path with all that an image keeps of it, and which path an inode had first. Order of entries, inode
/// numbers and allocation are not told.
pub(super) fn describe(tree: &Tree) -> Vec<String> {
    let mut lines = Vec::new();
    let mut first = std::collections::BTreeMap::<Ino, String>::new();
    let mut left = vec![(String::from("/"), ROOT)];
    while let Some((path, ino)) = left.pop() {
        let inode = tree.inode(ino).unwrap();
        let mut line = format!("{path} {:?} {}:{} {}", inode.mode, inode.uid, inode.gid, inode.nlink);
        for time in [inode.atime, inode.mtime, inode.ctime, inode.birth] {
            write!(line, " {}.{:09}", time.secs, time.nanos).unwrap();
        }
        write!(line, " {:?} {}", inode.node.file_type(), first.entry(ino).or_insert_with(|| path.clone()))
            .unwrap();
        match &inode.node {
            Node::File(content) => write!(line, " {} {}", content.size_bytes(), digest(content)).unwrap(),
            Node::Symlink(target) => write!(line, " {}", target.escape_ascii()).unwrap(),
            Node::CharDevice(device) | Node::BlockDevice(device) => write!(line, " {device:?}").unwrap(),
            Node::Directory(directory) => {
                let mut entries: Vec<_> = directory.iter().collect();
                entries.sort_by(|one, other| other.name.cmp(&one.name));
                let path = path.trim_end_matches('/');
                left.extend(
                    entries.iter().map(|entry| (format!("{path}/{}", entry.name.escape_ascii()), entry.ino)),
                );
            }
            _ => {}
        }
        lines.push(line);
    }
    lines
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A digest of a content's bytes; of large sparse ones, of its blocks that are not zeros.
fn digest(content: &Content) -> String {
    match content.to_vec(1 << 21) {
        Some(bytes) => hex(&Sha256::digest(&bytes)),
        None => {
            let used = content.extents().filter(|(_, bytes)| bytes.iter().any(|byte| *byte != 0));
            let trimmed = |bytes: &[u8]| bytes.trim_end_with(|char| char == '\0').to_vec();
            used.map(|(offset, bytes)| format!("{offset}:{}", hex(&Sha256::digest(trimmed(bytes))))).collect()
        }
    }
}

/// Compares a tree with the description that came with a sample.
pub(super) fn check_manifest(tree: &Tree, manifest: &[u8]) {
    let manifest = Document::parse(manifest).unwrap();
    let text = |id: Id, key: &str| match manifest.get(id, key).map(|id| manifest.value(id)) {
        Some(Value::String(text)) => Some(std::str::from_utf8(text).unwrap()),
        _ => None,
    };
    let number = |id: Id, key: &str| match manifest.get(id, key).map(|id| manifest.value(id)) {
        Some(Value::Number(number)) => Some(*number),
        _ => None,
    };
    let Value::Array(nodes) = manifest.value(manifest.get(0, "nodes").unwrap()) else { panic!() };
    assert_eq!(tree.inode_count(), nodes.len() as u64);
    for node in nodes.iter().copied() {
        let path = text(node, "path").unwrap();
        let names = path.split('/').filter(|name| !name.is_empty());
        let ino = names.fold(ROOT, |dir, name| tree.lookup(dir, name.as_bytes()).expect(path));
        let inode = tree.inode(ino).unwrap();
        let file_type = match text(node, "type").unwrap() {
            "file" => FileType::Regular,
            "directory" => FileType::Directory,
            "symlink" => FileType::Symlink,
            "device" => FileType::CharDevice,
            other => panic!("{other}"),
        };
        assert_eq!(inode.node.file_type(), file_type, "{path}");
        assert_eq!(inode.mode.bits(), number(node, "mode").unwrap() as u32 & 0o7777, "{path}");
        let owner = (number(node, "uid").unwrap_or(0.0) as u32, number(node, "gid").unwrap_or(0.0) as u32);
        assert_eq!((inode.uid, inode.gid), owner, "{path}");
        let time = |key| Time::from_nanos(number(node, key).unwrap() as i128 * 1_000_000);
        assert_eq!((inode.birth, inode.mtime), (time("createdAt"), time("updatedAt")), "{path}");
        match &inode.node {
            Node::File(content) => {
                assert_eq!(content.size_bytes(), number(node, "size").unwrap() as u64, "{path}");
                if let Some(expected) = text(node, "sha256") {
                    assert_eq!(digest(content), expected, "{path}");
                }
            }
            Node::Symlink(target) => {
                if let Some(expected) = text(node, "target") {
                    assert_eq!(**target, *expected.as_bytes(), "{path}");
                }
            }
            Node::Directory(directory) => {
                assert_eq!(directory.len() as f64, number(node, "childrenCount").unwrap(), "{path}");
                if let Some(order) = manifest.get(node, "childOrderOnWire")
                    && let Value::Array(order) = manifest.value(order)
                {
                    for (entry, expected) in directory.iter().zip(order) {
                        let Value::String(expected) = manifest.value(*expected) else { panic!() };
                        // A long name is told by its beginning.
                        let (start, is_cut) = match expected.split_once_str("…") {
                            Some((start, _)) => (start, true),
                            None => (&expected[..], false),
                        };
                        let is_same =
                            if is_cut { entry.name.starts_with(start) } else { *entry.name == *start };
                        assert!(is_same, "{path}: {}", expected.as_bstr());
                    }
                }
            }
            _ => {}
        }
    }
}
