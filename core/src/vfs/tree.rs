//! A whole memory file system as one value. Cloning it is constant work and is what a snapshot is.

use super::content::{Content, PAGE_BYTES};
use super::directory::Directory;
use super::radix::Radix;
use super::{NewAttributes, NewNode, SetAttributes};
use crate::abi::{Device, Errno, FileType, Gid, Ino, Mode, Result, Stat, Time, Uid, limits};
use std::sync::Arc;

/// The root directory's inode number.
pub const ROOT: Ino = 1;

/// What an inode is, with what belongs to that kind.
#[derive(Clone)]
pub enum Node {
    /// A regular file.
    File(Content),
    /// A directory.
    Directory(Box<Directory>),
    /// A symbolic link and its target.
    Symlink(Arc<[u8]>),
    /// A named pipe.
    Fifo,
    /// A character device.
    CharDevice(Device),
    /// A block device.
    BlockDevice(Device),
    /// A socket's name.
    Socket,
}

impl Node {
    /// What kind it is.
    #[must_use]
    pub const fn file_type(&self) -> FileType {
        match self {
            Node::File(_) => FileType::Regular,
            Node::Directory(_) => FileType::Directory,
            Node::Symlink(_) => FileType::Symlink,
            Node::Fifo => FileType::Fifo,
            Node::CharDevice(_) => FileType::CharDevice,
            Node::BlockDevice(_) => FileType::BlockDevice,
            Node::Socket => FileType::Socket,
        }
    }

    /// How many pages it takes of the file system's capacity. A short link's target is in the inode.
    #[must_use]
    fn page_count(&self) -> u64 {
        match self {
            Node::File(content) => content.page_count(),
            Node::Symlink(target) => u64::from(target.len() >= 60),
            _ => 0,
        }
    }
}

/// The four times of an inode.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Times {
    /// Last read.
    pub atime: Time,
    /// Last change of the content.
    pub mtime: Time,
    /// Last change of the inode.
    pub ctime: Time,
    /// When it was made.
    pub birth: Time,
}

/// One file of any kind.
#[derive(Clone)]
pub struct Inode {
    /// What it is.
    pub node: Node,
    /// Permission bits.
    pub mode: Mode,
    /// Owner.
    pub uid: Uid,
    /// Group.
    pub gid: Gid,
    /// How many names it has; of a directory, 2 and its subdirectories.
    pub nlink: u32,
    /// Last read.
    pub atime: Time,
    /// Last change of the content.
    pub mtime: Time,
    /// Last change of the inode.
    pub ctime: Time,
    /// When it was made.
    pub birth: Time,
}

impl Inode {
    fn new(node: Node, attributes: NewAttributes, now: Time) -> Inode {
        let NewAttributes { mode, uid, gid } = attributes;
        Inode { node, mode, uid, gid, nlink: 0, atime: now, mtime: now, ctime: now, birth: now }
    }

    /// The directory that it is. ENOTDIR.
    pub fn directory(&self) -> Result<&Directory> {
        match &self.node {
            Node::Directory(directory) => Ok(directory),
            _ => Err(Errno::ENOTDIR),
        }
    }

    fn directory_mut(&mut self) -> Result<&mut Directory> {
        match &mut self.node {
            Node::Directory(directory) => Ok(directory),
            _ => Err(Errno::ENOTDIR),
        }
    }

    fn changed(&mut self, now: Time) {
        self.mtime = now;
        self.ctime = now;
    }

    /// Its attributes. `dev` is 0.
    #[must_use]
    pub fn stat(&self, ino: Ino) -> Stat {
        let (size_bytes, pages) = match &self.node {
            Node::File(content) => (content.size_bytes(), content.page_count()),
            Node::Directory(_) => (PAGE_BYTES as u64, 1),
            Node::Symlink(target) => (target.len() as u64, self.node.page_count()),
            _ => (0, 0),
        };
        let rdev = match self.node {
            Node::CharDevice(device) | Node::BlockDevice(device) => device,
            _ => Device::default(),
        };
        Stat {
            dev: 0,
            ino,
            file_type: self.node.file_type(),
            mode: self.mode,
            nlink: self.nlink,
            uid: self.uid,
            gid: self.gid,
            rdev,
            size_bytes,
            blocks: pages * (PAGE_BYTES as u64 / 512),
            atime: self.atime,
            mtime: self.mtime,
            ctime: self.ctime,
            birth: Some(self.birth),
        }
    }
}

/// The inodes of a file system and its totals.
///
/// The operations keep the structure whole (names, link counts, totals, times); permissions and limits are
/// their callers'. Clones share all that neither has changed since, also between threads.
#[derive(Clone)]
pub struct Tree {
    inodes: Radix<Arc<Inode>>,
    next_ino: Ino,
    pages: u64,
    names: u64,
}

impl Default for Tree {
    /// An empty root directory of root's, mode 0755, from 1970.
    fn default() -> Tree {
        Tree::new(NewAttributes { mode: Mode::new(0o755), uid: 0, gid: 0 }, Time::EPOCH)
    }
}

impl Tree {
    /// An empty root directory with these attributes.
    #[must_use]
    pub fn new(root: NewAttributes, now: Time) -> Tree {
        let mut inode = Inode::new(Node::Directory(Box::new(Directory::new(ROOT, 0))), root, now);
        inode.nlink = 2;
        let mut inodes = Radix::default();
        inodes.insert(ROOT, Arc::new(inode));
        Tree { inodes, next_ino: ROOT + 1, pages: 0, names: 1 }
    }

    /// How many inodes there are.
    #[must_use]
    pub fn inode_count(&self) -> u64 {
        self.inodes.len() as u64
    }

    /// How many names there are, the root's among them.
    #[must_use]
    pub fn name_count(&self) -> u64 {
        self.names
    }

    /// Bytes of all allocated pages.
    #[must_use]
    pub fn bytes_used(&self) -> u64 {
        self.pages * PAGE_BYTES as u64
    }

    /// Allocated pages.
    #[must_use]
    pub fn page_count(&self) -> u64 {
        self.pages
    }

    /// One inode. ENOENT.
    pub fn inode(&self, ino: Ino) -> Result<&Inode> {
        self.inodes.get(ino).map(Arc::as_ref).ok_or(Errno::ENOENT)
    }

    /// All inodes in the order of their numbers.
    pub fn inodes(&self) -> impl Iterator<Item = (Ino, &Inode)> {
        self.inodes.iter().map(|(ino, inode)| (ino, inode.as_ref()))
    }

    /// The inode that `name` names in `dir`.
    pub fn lookup(&self, dir: Ino, name: &[u8]) -> Result<Ino> {
        let (_, entry) = self.inode(dir)?.directory()?.find(name).ok_or(Errno::ENOENT)?;
        Ok(entry.ino)
    }

    /// The name of a directory in its parent; empty for the root. ENOENT when it has been removed.
    pub fn name_of(&self, dir: Ino) -> Result<&[u8]> {
        let inode = self.inode(dir)?;
        let directory = inode.directory()?;
        if dir == ROOT {
            return Ok(b"");
        }
        if inode.nlink == 0 {
            return Err(Errno::ENOENT);
        }
        let parent = self.inode(directory.parent)?.directory()?;
        parent.at(directory.position).map(|entry| entry.name.as_ref()).ok_or(Errno::ENOENT)
    }

    /// Makes an inode named `name` in `dir`. EEXIST; ENOENT when `dir` has been removed.
    pub fn create(
        &mut self,
        dir: Ino,
        name: &[u8],
        node: NewNode<'_>,
        attributes: NewAttributes,
        now: Time,
    ) -> Result<Ino> {
        let parent = self.inode(dir)?;
        let node = match node {
            NewNode::File => Node::File(Content::default()),
            NewNode::Directory => {
                let position = parent.directory()?.next_position();
                Node::Directory(Box::new(Directory::new(dir, position)))
            }
            NewNode::Symlink(target) => Node::Symlink(Arc::from(target)),
            NewNode::Fifo => Node::Fifo,
            NewNode::CharDevice(device) => Node::CharDevice(device),
            NewNode::BlockDevice(device) => Node::BlockDevice(device),
            NewNode::Socket => Node::Socket,
        };
        let ino = self.next_ino;
        let file_type = node.file_type();
        self.add_name(dir, name, ino, file_type, now)?;
        let mut inode = Inode::new(node, attributes, now);
        inode.nlink = if file_type == FileType::Directory { 2 } else { 1 };
        self.next_ino += 1;
        self.pages += inode.node.page_count();
        self.inodes.insert(ino, Arc::new(inode));
        Ok(ino)
    }

    /// Names an inode once more. EEXIST, EMLINK; EPERM for a directory; ENOENT when it has no name left.
    pub fn link(&mut self, ino: Ino, dir: Ino, name: &[u8], now: Time) -> Result<()> {
        let inode = self.inode(ino)?;
        let file_type = inode.node.file_type();
        if file_type == FileType::Directory {
            return Err(Errno::EPERM);
        }
        if inode.nlink == 0 {
            return Err(Errno::ENOENT);
        }
        if inode.nlink >= limits::LINKS_MAX {
            return Err(Errno::EMLINK);
        }
        self.add_name(dir, name, ino, file_type, now)?;
        let inode = self.inode_mut(ino)?;
        inode.nlink += 1;
        inode.ctime = now;
        Ok(())
    }

    /// Removes a name of anything but a directory (EISDIR) and gives its inode's number. An inode without a
    /// name stays until [`Tree::forget`].
    pub fn unlink(&mut self, dir: Ino, name: &[u8], now: Time) -> Result<Ino> {
        let ino = self.lookup(dir, name)?;
        if self.inode(ino)?.node.file_type() == FileType::Directory {
            return Err(Errno::EISDIR);
        }
        self.remove_name(dir, name, now)?;
        self.drop_link(ino, now)?;
        Ok(ino)
    }

    /// Removes an empty directory and gives its inode's number, which stays until [`Tree::forget`].
    /// ENOTEMPTY, ENOTDIR.
    pub fn rmdir(&mut self, dir: Ino, name: &[u8], now: Time) -> Result<Ino> {
        let ino = self.lookup(dir, name)?;
        if !self.inode(ino)?.directory()?.is_empty() {
            return Err(Errno::ENOTEMPTY);
        }
        self.remove_name(dir, name, now)?;
        self.drop_link(ino, now)?;
        Ok(ino)
    }

    /// Moves a name, over an existing one of the same kind if there is one, and gives the number of the inode
    /// that lost its name by that. EISDIR, ENOTDIR, ENOTEMPTY; EINVAL when a directory would go under itself.
    pub fn rename(
        &mut self,
        from: Ino,
        from_name: &[u8],
        to: Ino,
        to_name: &[u8],
        now: Time,
    ) -> Result<Option<Ino>> {
        let ino = self.lookup(from, from_name)?;
        let file_type = self.inode(ino)?.node.file_type();
        let is_directory = file_type == FileType::Directory;
        if is_directory && self.is_below(to, ino)? {
            return Err(Errno::EINVAL);
        }
        let replaced = match self.inode(to)?.directory()?.find(to_name) {
            None => None,
            Some((_, entry)) if entry.ino == ino => return Ok(None),
            Some((position, entry)) => {
                match &self.inode(entry.ino)?.node {
                    Node::Directory(_) if !is_directory => return Err(Errno::EISDIR),
                    Node::Directory(directory) if !directory.is_empty() => return Err(Errno::ENOTEMPTY),
                    Node::Directory(_) => {}
                    _ if is_directory => return Err(Errno::ENOTDIR),
                    _ => {}
                }
                Some((position, entry.ino))
            }
        };
        let position = match replaced {
            None => self.add_name(to, to_name, ino, file_type, now)?,
            Some((position, old)) => {
                // Both are directories or neither is, so the link count of `to` stays.
                let parent = self.inode_mut(to)?;
                parent.directory_mut()?.set(position, ino, file_type);
                parent.changed(now);
                self.drop_link(old, now)?;
                position
            }
        };
        self.remove_name(from, from_name, now)?;
        let inode = self.inode_mut(ino)?;
        inode.ctime = now;
        if let Node::Directory(directory) = &mut inode.node {
            directory.parent = to;
            directory.position = position;
        }
        Ok(replaced.map(|(_, old)| old))
    }

    /// Removes an inode that has no name and gives back its pages.
    pub fn forget(&mut self, ino: Ino) {
        if self.inode(ino).is_ok_and(|inode| inode.nlink == 0)
            && let Some(inode) = self.inodes.remove(ino)
        {
            self.pages -= inode.node.page_count();
        }
    }

    /// Reads a regular file at `offset`; 0 is the end. EISDIR; EINVAL for other kinds.
    pub fn read(&self, ino: Ino, offset: u64, buf: &mut [u8]) -> Result<usize> {
        match &self.inode(ino)?.node {
            Node::File(content) => Ok(content.read(offset, buf)),
            Node::Directory(_) => Err(Errno::EISDIR),
            _ => Err(Errno::EINVAL),
        }
    }

    /// Writes a regular file at `offset` (`None`: at its end), with at most `pages_max` new pages and never
    /// beyond `size_bytes_max`. Gives the offset after what was written, which may be less than all.
    /// ENOSPC or EFBIG when that is nothing.
    pub fn write(
        &mut self,
        ino: Ino,
        offset: Option<u64>,
        bytes: &[u8],
        pages_max: u64,
        size_bytes_max: u64,
        now: Time,
    ) -> Result<u64> {
        let inode = self.inode_mut(ino)?;
        let content = match &mut inode.node {
            Node::File(content) => content,
            Node::Directory(_) => return Err(Errno::EISDIR),
            _ => return Err(Errno::EINVAL),
        };
        let offset = offset.unwrap_or(content.size_bytes());
        if bytes.is_empty() {
            return Ok(offset);
        }
        let room = usize::try_from(size_bytes_max.saturating_sub(offset)).unwrap_or(usize::MAX);
        let bytes = bytes.get(..room).unwrap_or(bytes);
        if bytes.is_empty() {
            return Err(Errno::EFBIG);
        }
        let before = content.page_count();
        let taken = content.write(offset, bytes, pages_max);
        let added = content.page_count() - before;
        if taken == 0 {
            return Err(Errno::ENOSPC);
        }
        inode.changed(now);
        self.pages += added;
        Ok(offset + taken as u64)
    }

    /// Changes attributes and the change time; a new length is a change of the content too. EISDIR, EINVAL.
    pub fn set_attributes(&mut self, ino: Ino, change: &SetAttributes, now: Time) -> Result<()> {
        let inode = self.inode_mut(ino)?;
        if let Some(size_bytes) = change.size_bytes {
            let content = match &mut inode.node {
                Node::File(content) => content,
                Node::Directory(_) => return Err(Errno::EISDIR),
                _ => return Err(Errno::EINVAL),
            };
            let before = content.page_count();
            content.truncate(size_bytes);
            let cut = before - content.page_count();
            inode.mtime = now;
            self.pages -= cut;
        }
        let inode = self.inode_mut(ino)?;
        inode.mode = change.mode.unwrap_or(inode.mode);
        inode.uid = change.uid.unwrap_or(inode.uid);
        inode.gid = change.gid.unwrap_or(inode.gid);
        inode.atime = change.atime.unwrap_or(inode.atime);
        inode.mtime = change.mtime.unwrap_or(inode.mtime);
        inode.ctime = now;
        Ok(())
    }

    /// Sets the four times and nothing else, as an image tells them.
    pub fn set_times(&mut self, ino: Ino, times: Times) -> Result<()> {
        let inode = self.inode_mut(ino)?;
        let Times { atime, mtime, ctime, birth } = times;
        (inode.atime, inode.mtime, inode.ctime, inode.birth) = (atime, mtime, ctime, birth);
        Ok(())
    }

    /// Moves the time of the last read.
    pub fn set_atime(&mut self, ino: Ino, atime: Time) -> Result<()> {
        self.inode_mut(ino)?.atime = atime;
        Ok(())
    }

    /// Gives a regular file this content, which may be another file's: then they share its pages.
    pub fn set_content(&mut self, ino: Ino, content: Content) -> Result<()> {
        let Node::File(old) = &mut self.inode_mut(ino)?.node else { return Err(Errno::EINVAL) };
        let (before, after) = (old.page_count(), content.page_count());
        *old = content;
        self.pages = self.pages - before + after;
        Ok(())
    }

    fn inode_mut(&mut self, ino: Ino) -> Result<&mut Inode> {
        self.inodes.get_mut(ino).map(Arc::make_mut).ok_or(Errno::ENOENT)
    }

    /// Whether `dir` is `above` or under it.
    fn is_below(&self, dir: Ino, above: Ino) -> Result<bool> {
        let mut at = dir;
        while at != above {
            let parent = self.inode(at)?.directory()?.parent;
            if parent == at {
                return Ok(false);
            }
            at = parent;
        }
        Ok(true)
    }

    fn add_name(&mut self, dir: Ino, name: &[u8], ino: Ino, file_type: FileType, now: Time) -> Result<u64> {
        let parent = self.inode(dir)?;
        if parent.directory()?.find(name).is_some() {
            return Err(Errno::EEXIST);
        }
        if parent.nlink == 0 {
            return Err(Errno::ENOENT);
        }
        let parent = self.inode_mut(dir)?;
        let position = parent.directory_mut()?.insert(name, ino, file_type)?;
        parent.nlink += u32::from(file_type == FileType::Directory);
        parent.changed(now);
        self.names += 1;
        Ok(position)
    }

    fn remove_name(&mut self, dir: Ino, name: &[u8], now: Time) -> Result<()> {
        let parent = self.inode_mut(dir)?;
        let entry = parent.directory_mut()?.remove(name).ok_or(Errno::ENOENT)?;
        parent.nlink -= u32::from(entry.file_type == FileType::Directory);
        parent.changed(now);
        self.names -= 1;
        Ok(())
    }

    /// Counts one name less of an inode; a directory has only one.
    fn drop_link(&mut self, ino: Ino, now: Time) -> Result<()> {
        let inode = self.inode_mut(ino)?;
        let is_directory = matches!(inode.node, Node::Directory(_));
        inode.nlink = if is_directory { 0 } else { inode.nlink.saturating_sub(1) };
        inode.ctime = now;
        Ok(())
    }
}

#[cfg(test)]
impl Tree {
    /// How many branches of all its radix trees are not also `other`'s.
    pub(super) fn branches_not_in(&self, other: &Tree) -> usize {
        let inodes = self.inodes.branches_not_in(&other.inodes);
        let below = |ino, inode: &Inode| match (&inode.node, other.inode(ino).map(|inode| &inode.node)) {
            (Node::Directory(ours), Ok(Node::Directory(theirs))) => ours.branches_not_in(theirs),
            _ => 0,
        };
        inodes + self.inodes().map(|(ino, inode)| below(ino, inode)).sum::<usize>()
    }
}
