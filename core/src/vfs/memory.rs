//! A file system in memory: a [`Tree`] with limits, and inodes that live while they are open.

use super::permission::mode_without_set_ids;
use super::tree::{Inode, Node, ROOT, Tree};
use super::{Context, DirEntry, FileSystem, NewAttributes, NewNode, SetAttributes};
use crate::abi::{Errno, FsStat, Ino, Mode, Result, SortedMap, Stat, limits};
use std::cell::{Cell, RefCell};

/// What a memory file system may hold; more is ENOSPC.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MemoryLimits {
    /// Bytes of all allocated pages.
    pub bytes_max: u64,
    /// Inodes, and names beyond each inode's first.
    pub inodes_max: u64,
}

impl Default for MemoryLimits {
    fn default() -> MemoryLimits {
        MemoryLimits { bytes_max: limits::MACHINE_FILE_BYTES_MAX, inodes_max: limits::INODES_MAX }
    }
}

/// A file system whose state is one [`Tree`].
pub struct MemoryFs {
    kind: &'static str,
    limits: MemoryLimits,
    tree: RefCell<Tree>,
    /// How often each open inode is open.
    open: RefCell<SortedMap<Ino, u32>>,
    generation: Cell<u64>,
}

impl MemoryFs {
    /// With this tree, which costs nothing however large it is. `kind` is what `df -T` shows.
    #[must_use]
    pub fn from_tree(kind: &'static str, tree: Tree, limits: MemoryLimits) -> MemoryFs {
        MemoryFs {
            kind,
            limits,
            tree: RefCell::new(tree),
            open: RefCell::default(),
            generation: Cell::new(0),
        }
    }

    /// The state as it is now, in constant time. Files that are open but have no name are not in it.
    #[must_use]
    pub fn snapshot(&self) -> Tree {
        let mut tree = self.tree.borrow().clone();
        for ino in self.open.borrow().keys() {
            tree.forget(*ino);
        }
        tree
    }

    /// Goes back to a snapshot. Open files whose inodes are not in it read as ENOENT.
    pub fn restore(&self, tree: Tree) {
        self.tree.replace(tree);
        self.count_change();
    }

    fn count_change(&self) {
        self.generation.set(self.generation.get() + 1);
    }

    /// Changes the tree, and counts it when it went well.
    fn change<R>(&self, change: impl FnOnce(&mut Tree) -> Result<R>) -> Result<R> {
        let result = change(&mut self.tree.borrow_mut());
        if result.is_ok() {
            self.count_change();
        }
        result
    }

    /// ENOSPC unless there is room for one more name.
    fn room_for_name(&self, tree: &Tree) -> Result<()> {
        // An open inode without a name counts as one.
        match tree.name_count().max(tree.inode_count()) < self.limits.inodes_max {
            true => Ok(()),
            false => Err(Errno::ENOSPC),
        }
    }

    fn pages_left(&self, tree: &Tree) -> u64 {
        (self.limits.bytes_max / super::PAGE_BYTES as u64).saturating_sub(tree.page_count())
    }

    fn forget_unless_open(&self, tree: &mut Tree, ino: Ino) {
        if !self.open.borrow().contains_key(&ino) {
            tree.forget(ino);
        }
    }
}

/// The mode that a change of content by someone other than root leaves, when it is another one.
fn mode_after_write(cx: &Context<'_>, ino: Ino, inode: &Inode) -> Option<Mode> {
    let has_set_id = inode.mode.bits() & (Mode::SET_UID | Mode::SET_GID) != 0;
    if has_set_id && !cx.credentials.is_root() { mode_without_set_ids(cx, &inode.stat(ino)) } else { None }
}

impl FileSystem for MemoryFs {
    fn root(&self) -> Ino {
        ROOT
    }

    fn statfs(&self) -> FsStat {
        let tree = self.tree.borrow();
        FsStat {
            kind: self.kind,
            bytes_total: self.limits.bytes_max,
            bytes_used: tree.bytes_used(),
            inodes_total: self.limits.inodes_max,
            inodes_used: tree.name_count().max(tree.inode_count()),
        }
    }

    fn generation(&self) -> u64 {
        self.generation.get()
    }

    fn lookup(&self, _cx: &Context<'_>, dir: Ino, name: &[u8]) -> Result<Ino> {
        self.tree.borrow().lookup(dir, name)
    }

    fn parent(&self, dir: Ino) -> Result<Ino> {
        Ok(self.tree.borrow().inode(dir)?.directory()?.parent)
    }

    fn name_of(&self, dir: Ino) -> Result<Vec<u8>> {
        self.tree.borrow().name_of(dir).map(<[u8]>::to_vec)
    }

    fn stat(&self, ino: Ino) -> Result<Stat> {
        Ok(self.tree.borrow().inode(ino)?.stat(ino))
    }

    fn read_link(&self, _cx: &Context<'_>, ino: Ino) -> Result<Vec<u8>> {
        match &self.tree.borrow().inode(ino)?.node {
            Node::Symlink(target) => Ok(target.to_vec()),
            _ => Err(Errno::EINVAL),
        }
    }

    fn read_dir(
        &self,
        _cx: &Context<'_>,
        dir: Ino,
        from: u64,
        max: usize,
        out: &mut Vec<DirEntry>,
    ) -> Result<()> {
        let tree = self.tree.borrow();
        let directory = tree.inode(dir)?.directory()?;
        let mut next = from;
        for _ in 0..max {
            let Some((position, entry)) = directory.at_or_after(next) else { break };
            next = position + 1;
            out.push(DirEntry {
                name: entry.name.to_vec(),
                ino: entry.ino,
                file_type: entry.file_type,
                next,
            });
        }
        Ok(())
    }

    fn open(&self, _cx: &Context<'_>, ino: Ino) -> Result<u64> {
        self.tree.borrow().inode(ino)?;
        *self.open.borrow_mut().or_insert(ino, 0) += 1;
        Ok(0)
    }

    fn close(&self, ino: Ino, _handle: u64) {
        let mut open = self.open.borrow_mut();
        let Some(count) = open.get_mut(&ino) else { return };
        *count -= 1;
        if *count == 0 {
            open.remove(&ino);
            drop(open);
            let mut tree = self.tree.borrow_mut();
            if tree.inode(ino).is_ok_and(|inode| inode.nlink == 0) {
                tree.forget(ino);
            }
        }
    }

    fn read(&self, ino: Ino, _handle: u64, offset: u64, buf: &mut [u8]) -> Result<usize> {
        self.tree.borrow().read(ino, offset, buf)
    }

    fn accessed(&self, cx: &Context<'_>, ino: Ino) {
        const DAY_NANOS: u64 = 24 * 60 * 60 * 1_000_000_000;
        let mut tree = self.tree.borrow_mut();
        let Ok(inode) = tree.inode(ino) else { return };
        let old = inode.atime;
        if old <= inode.mtime || old <= inode.ctime || cx.now.nanos_since(old) >= DAY_NANOS {
            // It was there a moment ago.
            let _ = tree.set_atime(ino, cx.now);
        }
    }

    fn write(
        &self,
        cx: &Context<'_>,
        ino: Ino,
        _handle: u64,
        offset: Option<u64>,
        bytes: &[u8],
    ) -> Result<u64> {
        self.change(|tree| {
            let mode = mode_after_write(cx, ino, tree.inode(ino)?);
            let size_max = cx.file_bytes_max.min(limits::FILE_BYTES_MAX);
            let pages_left = self.pages_left(tree);
            let end = tree.write(ino, offset, bytes, pages_left, size_max, cx.now)?;
            if mode.is_some() && !bytes.is_empty() {
                tree.set_attributes(ino, &SetAttributes { mode, ..SetAttributes::default() }, cx.now)?;
            }
            Ok(end)
        })
    }

    fn create(
        &self,
        cx: &Context<'_>,
        dir: Ino,
        name: &[u8],
        node: NewNode<'_>,
        attributes: NewAttributes,
    ) -> Result<Ino> {
        self.change(|tree| {
            self.room_for_name(tree)?;
            if matches!(node, NewNode::Symlink(_)) && self.pages_left(tree) == 0 {
                return Err(Errno::ENOSPC);
            }
            tree.create(dir, name, node, attributes, cx.now)
        })
    }

    fn link(&self, cx: &Context<'_>, ino: Ino, dir: Ino, name: &[u8]) -> Result<()> {
        self.change(|tree| {
            self.room_for_name(tree)?;
            tree.link(ino, dir, name, cx.now)
        })
    }

    fn unlink(&self, cx: &Context<'_>, dir: Ino, name: &[u8]) -> Result<()> {
        self.change(|tree| {
            let ino = tree.unlink(dir, name, cx.now)?;
            self.forget_unless_open(tree, ino);
            Ok(())
        })
    }

    fn rmdir(&self, cx: &Context<'_>, dir: Ino, name: &[u8]) -> Result<()> {
        self.change(|tree| {
            let ino = tree.rmdir(dir, name, cx.now)?;
            self.forget_unless_open(tree, ino);
            Ok(())
        })
    }

    fn rename(&self, cx: &Context<'_>, from: Ino, from_name: &[u8], to: Ino, to_name: &[u8]) -> Result<()> {
        self.change(|tree| {
            if let Some(replaced) = tree.rename(from, from_name, to, to_name, cx.now)? {
                self.forget_unless_open(tree, replaced);
            }
            Ok(())
        })
    }

    fn set_attributes(&self, cx: &Context<'_>, ino: Ino, change: &SetAttributes) -> Result<()> {
        self.change(|tree| {
            let mut change = *change;
            if let Some(size_bytes) = change.size_bytes {
                if size_bytes > cx.file_bytes_max.min(limits::FILE_BYTES_MAX) {
                    return Err(Errno::EFBIG);
                }
                change.mode = change.mode.or(mode_after_write(cx, ino, tree.inode(ino)?));
            }
            tree.set_attributes(ino, &change, cx.now)
        })
    }
}

#[cfg(test)]
impl MemoryFs {
    /// The state with the inodes that live only because they are open.
    pub(super) fn snapshot_with_open(&self) -> Tree {
        self.tree.borrow().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::abi::{Credentials, Time};
    use std::rc::Rc;

    fn small(bytes_max: u64, inodes_max: u64) -> MemoryFs {
        MemoryFs::from_tree("tmpfs", Tree::default(), MemoryLimits { bytes_max, inodes_max })
    }

    fn with_context<R>(run: impl FnOnce(&Context<'_>) -> R) -> R {
        let credentials = Credentials::root();
        run(&Context {
            credentials: &credentials,
            pid: 1,
            umask: Mode::new(0),
            file_bytes_max: 1 << 30,
            now: Time::from_secs(1_000_000),
        })
    }

    const PLAIN: NewAttributes = NewAttributes { mode: Mode::new(0o644), uid: 0, gid: 0 };

    #[test]
    fn keeps_the_contract() {
        crate::vfs::contract::check(|| Rc::new(small(1 << 30, 10_000)));
    }

    #[test]
    fn bytes_have_a_limit() {
        with_context(|cx| {
            let fs = small(3 * 4096, 100);
            let file = fs.create(cx, ROOT, b"f", NewNode::File, PLAIN).unwrap();
            assert_eq!(fs.write(cx, file, 0, None, &[1; 20_000]), Ok(3 * 4096));
            assert_eq!(fs.write(cx, file, 0, None, b"x"), Err(Errno::ENOSPC));
            assert_eq!(fs.write(cx, file, 0, Some(5), b"x"), Ok(6));
            let long = NewNode::Symlink(&[b'x'; 60]);
            assert_eq!(fs.create(cx, ROOT, b"l", long, PLAIN), Err(Errno::ENOSPC));
            assert_eq!(fs.statfs().bytes_used, 3 * 4096);
            fs.unlink(cx, ROOT, b"f").unwrap();
            assert_eq!(fs.statfs().bytes_used, 0);
        });
    }

    #[test]
    fn names_have_a_limit() {
        with_context(|cx| {
            let fs = small(1 << 20, 3);
            let file = fs.create(cx, ROOT, b"f", NewNode::File, PLAIN).unwrap();
            fs.link(cx, file, ROOT, b"g").unwrap();
            assert_eq!(fs.link(cx, file, ROOT, b"h"), Err(Errno::ENOSPC));
            assert_eq!(fs.create(cx, ROOT, b"h", NewNode::Fifo, PLAIN), Err(Errno::ENOSPC));
            fs.unlink(cx, ROOT, b"g").unwrap();
            assert!(fs.create(cx, ROOT, b"h", NewNode::Directory, PLAIN).is_ok());
        });
    }

    /// A snapshot of 100,000 files copies nothing, and a write after it only the way to what it touches.
    #[test]
    fn a_snapshot_is_constant_work() {
        with_context(|cx| {
            let fs = small(1 << 30, 200_000);
            let mut last = 0;
            for i in 0..100_000 {
                last = fs.create(cx, ROOT, format!("file{i}").as_bytes(), NewNode::File, PLAIN).unwrap();
            }
            let snapshot = fs.snapshot();
            assert_eq!(fs.snapshot_with_open().branches_not_in(&snapshot), 0);
            fs.write(cx, last - 50_000, 0, None, b"x").unwrap();
            // Five branches of sixteen reach 100,000 inodes.
            assert_eq!(fs.snapshot_with_open().branches_not_in(&snapshot), 5);
            fs.create(cx, ROOT, b"one more", NewNode::File, PLAIN).unwrap();
            let copied = fs.snapshot_with_open().branches_not_in(&snapshot);
            assert!(copied <= 5 + 5 + 5 + 5 + 6, "{copied}");
            assert_eq!(snapshot.inode_count(), 100_001);
            assert_eq!(snapshot.lookup(ROOT, b"one more"), Err(Errno::ENOENT));
            fs.restore(snapshot);
            assert_eq!(fs.lookup(cx, ROOT, b"one more"), Err(Errno::ENOENT));
            assert_eq!(fs.statfs().bytes_used, 0);
        });
    }

    #[test]
    fn a_snapshot_has_no_file_without_a_name() {
        with_context(|cx| {
            let fs = small(1 << 20, 100);
            let file = fs.create(cx, ROOT, b"f", NewNode::File, PLAIN).unwrap();
            fs.write(cx, file, 0, None, b"x").unwrap();
            fs.open(cx, file).unwrap();
            fs.unlink(cx, ROOT, b"f").unwrap();
            let snapshot = fs.snapshot();
            assert_eq!((snapshot.inode_count(), snapshot.bytes_used()), (1, 0));
            assert_eq!(fs.statfs().bytes_used, 4096);
        });
    }

    #[test]
    fn trees_go_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Tree>();
    }
}
