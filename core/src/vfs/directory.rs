//! A directory's entries: in the order they were made, and found by name, both on persistent trees.

use super::radix::Radix;
use crate::abi::{Errno, FileType, Ino, Result};
use std::sync::Arc;

/// One name in a directory.
#[derive(Clone, Debug)]
pub struct Entry {
    /// One component: any bytes but NUL and `/`.
    pub name: Arc<[u8]>,
    /// The inode it names.
    pub ino: Ino,
    /// That inode's type.
    pub file_type: FileType,
}

/// A directory. Each entry has a position that it keeps as long as it lives and that is never used
/// again, so reading in steps is stable under change.
#[derive(Clone)]
pub struct Directory {
    /// The directory above; the root's is the root.
    pub parent: Ino,
    /// Where in the parent this directory's own entry is.
    pub position: u64,
    entries: Radix<Entry>,
    by_hash: Radix<Positions>,
    next: u64,
}

/// The entries whose names have one hash.
#[derive(Clone)]
enum Positions {
    One(u64),
    Many(Arc<[u64]>),
}

impl Positions {
    fn as_slice(&self) -> &[u64] {
        match self {
            Positions::One(position) => std::slice::from_ref(position),
            Positions::Many(positions) => positions,
        }
    }
}

impl Directory {
    /// An empty one whose own entry in `parent` is at `position`.
    #[must_use]
    pub fn new(parent: Ino, position: u64) -> Directory {
        Directory { parent, position, entries: Radix::default(), by_hash: Radix::default(), next: 0 }
    }

    /// How many entries it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entry of `name` and its position.
    #[must_use]
    pub fn find(&self, name: &[u8]) -> Option<(u64, &Entry)> {
        self.find_hashed(hash(name), name)
    }

    /// The entry at a position.
    #[must_use]
    pub fn at(&self, position: u64) -> Option<&Entry> {
        self.entries.get(position)
    }

    /// The first entry from a position on, and its position.
    #[must_use]
    pub fn at_or_after(&self, position: u64) -> Option<(u64, &Entry)> {
        self.entries.at_or_after(position)
    }

    /// All entries in the order they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().map(|(_, entry)| entry)
    }

    /// The position that the next new entry gets.
    #[must_use]
    pub fn next_position(&self) -> u64 {
        self.next
    }

    /// Adds an entry and gives its position. EEXIST.
    pub fn insert(&mut self, name: &[u8], ino: Ino, file_type: FileType) -> Result<u64> {
        self.insert_hashed(hash(name), name, ino, file_type)
    }

    /// Lets an entry name another inode.
    pub fn set(&mut self, position: u64, ino: Ino, file_type: FileType) {
        if let Some(entry) = self.entries.get_mut(position) {
            entry.ino = ino;
            entry.file_type = file_type;
        }
    }

    /// Removes an entry.
    pub fn remove(&mut self, name: &[u8]) -> Option<Entry> {
        self.remove_hashed(hash(name), name)
    }

    fn find_hashed(&self, hash: u64, name: &[u8]) -> Option<(u64, &Entry)> {
        self.by_hash.get(hash)?.as_slice().iter().find_map(|position| {
            let entry = self.entries.get(*position)?;
            (*entry.name == *name).then_some((*position, entry))
        })
    }

    fn insert_hashed(&mut self, hash: u64, name: &[u8], ino: Ino, file_type: FileType) -> Result<u64> {
        if self.find_hashed(hash, name).is_some() {
            return Err(Errno::EEXIST);
        }
        let position = self.next;
        self.next += 1;
        self.entries.insert(position, Entry { name: Arc::from(name), ino, file_type });
        let positions = match self.by_hash.get(hash) {
            None => Positions::One(position),
            Some(others) => Positions::Many([others.as_slice(), &[position]].concat().into()),
        };
        self.by_hash.insert(hash, positions);
        Ok(position)
    }

    fn remove_hashed(&mut self, hash: u64, name: &[u8]) -> Option<Entry> {
        let (position, _) = self.find_hashed(hash, name)?;
        let others: Vec<u64> =
            self.by_hash.get(hash)?.as_slice().iter().copied().filter(|other| *other != position).collect();
        match others.is_empty() {
            true => drop(self.by_hash.remove(hash)),
            false => drop(self.by_hash.insert(hash, Positions::Many(others.into()))),
        }
        self.entries.remove(position)
    }
}

/// A name's hash: well mixed in all bits, the same on every machine.
fn hash(name: &[u8]) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut state = name.len() as u64;
    for chunk in name.chunks(8) {
        let word = chunk.iter().fold(0, |word, byte| word << 8 | u64::from(*byte));
        state = (state ^ word).wrapping_mul(ODD).rotate_left(29);
    }
    // The last steps of splitmix64 (Steele, Lea and Flood 2014).
    state = (state ^ state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ state >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ state >> 31
}

#[cfg(test)]
impl Directory {
    /// How many branches of its radix trees are not also `other`'s.
    pub(super) fn branches_not_in(&self, other: &Directory) -> usize {
        self.entries.branches_not_in(&other.entries) + self.by_hash.branches_not_in(&other.by_hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_one_hash_live_together() {
        let mut directory = Directory::new(1, 0);
        for (ino, name) in [b"a", b"b", b"c"].iter().enumerate() {
            directory.insert_hashed(7, *name, ino as u64, FileType::Regular).unwrap();
        }
        assert_eq!(directory.insert_hashed(7, b"b", 9, FileType::Regular), Err(Errno::EEXIST));
        let find =
            |directory: &Directory, name: &[u8]| directory.find_hashed(7, name).map(|(_, entry)| entry.ino);
        assert_eq!(directory.remove_hashed(7, b"b").map(|entry| entry.ino), Some(1));
        assert_eq!(directory.remove_hashed(7, b"b").map(|entry| entry.ino), None);
        assert_eq!(
            [find(&directory, b"a"), find(&directory, b"b"), find(&directory, b"c")],
            [Some(0), None, Some(2)]
        );
        directory.remove_hashed(7, b"a");
        directory.remove_hashed(7, b"c");
        assert!(directory.is_empty() && directory.by_hash.is_empty());
    }

    #[test]
    fn hashes_of_near_names_differ() {
        let mut seen = std::collections::BTreeSet::new();
        for i in 0..50_000 {
            assert!(seen.insert(hash(format!("file{i}").as_bytes())));
        }
        assert!(seen.insert(hash(b"\0")) && seen.insert(hash(b"\0\0")) && seen.insert(hash(b"")));
    }
}
