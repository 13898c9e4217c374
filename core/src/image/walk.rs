//! Every name of a tree with its path, as writers and listings need them.

use crate::abi::Ino;
use crate::vfs::{Inode, ROOT, Tree};

/// A name in a tree.
pub struct Found<'a> {
    /// From the root, with a leading slash; of the root `/`.
    pub path: Vec<u8>,
    /// How many directories lie above it.
    pub depth: usize,
    /// Which inode it names.
    pub ino: Ino,
    /// That inode.
    pub inode: &'a Inode,
}

impl Found<'_> {
    /// The last component; of the root nothing.
    pub fn name(&self) -> &[u8] {
        let start = memchr::memrchr(b'/', &self.path).map_or(0, |at| at + 1);
        self.path.get(start..).unwrap_or_default()
    }
}

/// Goes over all names: a directory before what is in it.
pub struct Walk<'a> {
    tree: &'a Tree,
    /// What is left of each open directory, the next one last.
    open: Vec<Vec<(&'a [u8], Ino)>>,
    /// Of what was found last, without a closing slash, and where each open directory's own ends.
    path: Vec<u8>,
    ends: Vec<usize>,
    is_sorted: bool,
    is_started: bool,
}

impl<'a> Walk<'a> {
    /// With entries in ascending order of their bytes.
    pub fn new(tree: &'a Tree) -> Walk<'a> {
        Walk { is_sorted: true, ..Walk::in_order(tree) }
    }

    /// With entries in the order in which they were made.
    pub fn in_order(tree: &'a Tree) -> Walk<'a> {
        let (open, path, ends) = (Vec::new(), Vec::new(), Vec::new());
        Walk { tree, open, path, ends, is_sorted: false, is_started: false }
    }

    fn found(&mut self, ino: Ino) -> Option<Found<'a>> {
        let inode = self.tree.inode(ino).ok()?;
        let depth = self.open.len();
        if let Ok(directory) = inode.directory() {
            let mut entries: Vec<_> = directory.iter().map(|entry| (&*entry.name, entry.ino)).collect();
            if self.is_sorted {
                entries.sort_unstable();
            }
            entries.reverse();
            self.open.push(entries);
            self.ends.push(self.path.len());
        }
        let path = if self.path.is_empty() { b"/".to_vec() } else { self.path.clone() };
        Some(Found { path, depth, ino, inode })
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = Found<'a>;

    fn next(&mut self) -> Option<Found<'a>> {
        if !std::mem::replace(&mut self.is_started, true) {
            return self.found(ROOT);
        }
        loop {
            let (entries, end) = (self.open.last_mut()?, *self.ends.last()?);
            self.path.truncate(end);
            match entries.pop() {
                Some((name, ino)) => {
                    self.path.push(b'/');
                    self.path.extend_from_slice(name);
                    if let Some(found) = self.found(ino) {
                        return Some(found);
                    }
                }
                None => {
                    self.open.pop();
                    self.ends.pop();
                }
            }
        }
    }
}
