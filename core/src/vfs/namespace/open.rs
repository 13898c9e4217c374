//! Opening, and what can be done with an open inode.

use super::walk::{Found, LinksLeft};
use super::{Location, Namespace};
use crate::abi::{Access, Errno, FileType, Ino, Mode, OpenFlags, Result, Stat};
use crate::vfs::{Context, DirEntry, FileSystem, NewAttributes, NewNode, SetAttributes};
use std::cell::Cell;
use std::rc::Rc;

/// An open inode, closed when dropped. What is behind a fifo or a device is the kernel's to add.
pub struct OpenNode {
    /// Where it is.
    pub location: Location,
    /// Its file system.
    pub fs: Rc<dyn FileSystem>,
    /// Its number there.
    pub ino: Ino,
    /// What [`FileSystem::open`] gave.
    pub handle: u64,
    /// Its attributes when it was opened.
    pub stat: Stat,
    /// Whether opening made it.
    pub created: bool,
    /// Counts what is open on the mount.
    opened: Rc<Cell<u32>>,
}

impl OpenNode {
    /// Reads at `offset`; 0 is the end. Moves the access time as `relatime` does. EISDIR.
    pub fn read(&self, cx: &Context<'_>, offset: u64, buf: &mut [u8]) -> Result<usize> {
        let count = self.fs.read(self.ino, self.handle, offset, buf)?;
        if count > 0 {
            self.fs.accessed(cx, self.ino);
        }
        Ok(count)
    }

    /// Writes at `offset` (`None`: at the end, as `O_APPEND`) and gives the offset after what was written,
    /// which may be less than all. EFBIG, ENOSPC, EDQUOT.
    pub fn write(&self, cx: &Context<'_>, offset: Option<u64>, bytes: &[u8]) -> Result<u64> {
        self.fs.write(cx, self.ino, self.handle, offset, bytes)
    }
}

impl Drop for OpenNode {
    fn drop(&mut self) {
        self.fs.close(self.ino, self.handle);
        self.opened.set(self.opened.get().saturating_sub(1));
    }
}

impl Namespace {
    /// Opens, and with `CREATE` makes, a file. `mode` is that of a new file before the creation mask.
    ///
    /// A fifo, device or symbolic link (the latter never: ELOOP) is opened as a node; waiting for the
    /// other end is the kernel's. ENXIO for a socket.
    pub fn open(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &[u8],
        flags: OpenFlags,
        mode: Mode,
    ) -> Result<OpenNode> {
        let creates = flags.has(OpenFlags::CREATE);
        if creates && flags.has(OpenFlags::DIRECTORY) {
            return Err(Errno::EINVAL);
        }
        if !creates {
            let found = self.find(cx, cwd, path, !flags.has(OpenFlags::NO_FOLLOW))?;
            return self.open_found(cx, &found, flags);
        }
        let follow = !flags.has(OpenFlags::NO_FOLLOW) && !flags.has(OpenFlags::EXCLUSIVE);
        match self.find_or_create(cx, cwd, path, follow, mode)? {
            (found, true) => {
                let mut node = self.hold_found(cx, found)?;
                node.created = true;
                Ok(node)
            }
            (_, false) if flags.has(OpenFlags::EXCLUSIVE) => Err(Errno::EEXIST),
            (found, false) if found.is_directory() => Err(Errno::EISDIR),
            (found, false) => self.open_found(cx, &found, flags),
        }
    }

    /// Keeps an inode alive and its mount from being unmounted, without a check: for working
    /// and root directories.
    pub fn hold(&self, cx: &Context<'_>, location: Location) -> Result<OpenNode> {
        let stat = self.stat_at(location)?;
        self.hold_found(cx, Found { location, stat })
    }

    /// Appends at most `max` entries of an open directory to `out` from position `from` (0 is the start):
    /// `.` and `..` first, then in the file system's order. Nothing appended means the end; one that
    /// has been removed has no entries, not even these. ENOTDIR.
    pub fn read_dir(
        &self,
        cx: &Context<'_>,
        node: &OpenNode,
        from: u64,
        max: usize,
        out: &mut Vec<DirEntry>,
    ) -> Result<()> {
        if node.stat.file_type != FileType::Directory {
            return Err(Errno::ENOTDIR);
        }
        if self.stat_at(node.location)?.nlink == 0 {
            return Ok(());
        }
        let end = out.len() + max;
        let mut dot = |name: &[u8], ino, next| {
            if from < next && out.len() < end {
                out.push(DirEntry { name: name.to_vec(), ino, file_type: FileType::Directory, next });
            }
        };
        dot(b".", node.ino, 1);
        dot(b"..", self.above(node.location)?.ino, 2);
        let start = out.len();
        node.fs.read_dir(cx, node.ino, from.saturating_sub(2), end - start, out)?;
        for entry in out.iter_mut().skip(start) {
            entry.next = entry.next.saturating_add(2);
        }
        if from == 0 {
            node.fs.accessed(cx, node.ino);
        }
        Ok(())
    }

    /// What a path names, made as an empty file when there is nothing; and whether it was made.
    fn find_or_create(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &[u8],
        follow: bool,
        mode: Mode,
    ) -> Result<(Found, bool)> {
        let mut links = LinksLeft::new();
        // A link's target is looked up from the directory that holds the link.
        let mut cwd = cwd;
        let mut spliced: Vec<u8>;
        let mut path = path;
        loop {
            let target = self.target(cx, cwd, path, &mut links)?;
            if !target.is_name() {
                return Ok((self.step(cx, &target.dir, target.name)?, false));
            }
            if target.slash {
                return Err(Errno::EISDIR);
            }
            let Some(found) = self.look_up(cx, &target.dir, target.name)? else {
                let location = self.create(cx, &target.dir, target.name, NewNode::File, mode)?;
                return Ok((Found { location, stat: self.stat_at(location)? }, true));
            };
            if found.stat.file_type != FileType::Symlink || !follow {
                return Ok((self.seen_at(found)?, false));
            }
            links.take_one()?;
            let next = self.link_target(cx, found.location)?;
            cwd = target.dir.location;
            spliced = next;
            path = &spliced;
        }
    }

    /// Opens what is there, with all checks.
    fn open_found(&self, cx: &Context<'_>, found: &Found, flags: OpenFlags) -> Result<OpenNode> {
        let file_type = found.stat.file_type;
        let truncates = flags.has(OpenFlags::TRUNCATE);
        let writes = flags.has(OpenFlags::WRITE) || truncates;
        match file_type {
            FileType::Directory if writes => return Err(Errno::EISDIR),
            FileType::Directory => {}
            _ if flags.has(OpenFlags::DIRECTORY) => return Err(Errno::ENOTDIR),
            FileType::Symlink => return Err(Errno::ELOOP),
            _ => {}
        }
        let mut access = Access::EXISTS;
        if flags.has(OpenFlags::READ) {
            access = access | Access::READ;
        }
        if writes {
            access = access | Access::WRITE;
        }
        self.allows(cx, found, access)?;
        if file_type == FileType::Socket {
            return Err(Errno::ENXIO);
        }
        let mut node = self.hold_found(cx, found.clone())?;
        if truncates && file_type == FileType::Regular {
            node.fs.set_attributes(
                cx,
                node.ino,
                &SetAttributes { size_bytes: Some(0), ..Default::default() },
            )?;
            node.stat = self.stat_at(node.location)?;
        }
        Ok(node)
    }

    fn hold_found(&self, cx: &Context<'_>, found: Found) -> Result<OpenNode> {
        let Found { location, stat } = found;
        let (fs, opened) = {
            let table = self.table();
            let mount = table.get(location.mount)?;
            (Rc::clone(&mount.fs), Rc::clone(&mount.opened))
        };
        let handle = fs.open(cx, location.ino)?;
        opened.set(opened.get() + 1);
        Ok(OpenNode { location, fs, ino: location.ino, handle, stat, created: false, opened })
    }

    /// Makes an inode in a directory: owner, group and mode as POSIX and the creation mask want them.
    pub(super) fn create(
        &self,
        cx: &Context<'_>,
        dir: &Found,
        name: &[u8],
        node: NewNode<'_>,
        mode: Mode,
    ) -> Result<Location> {
        self.may_create(cx, dir)?;
        if matches!(node, NewNode::CharDevice(_) | NewNode::BlockDevice(_)) && !cx.credentials.is_root() {
            return Err(Errno::EPERM);
        }
        let mut bits = mode.bits();
        let mut gid = cx.credentials.egid;
        let inherits = dir.stat.mode.has(Mode::SET_GID);
        if inherits {
            gid = dir.stat.gid;
        }
        match node {
            NewNode::Directory => bits &= !(Mode::SET_UID | Mode::SET_GID),
            _ if inherits
                && bits & 0o010 != 0
                && !cx.credentials.is_root()
                && !cx.credentials.in_group(gid) =>
            {
                bits &= !Mode::SET_GID;
            }
            _ => {}
        }
        let mut mode = match node {
            NewNode::Symlink(_) => Mode::new(0o777),
            _ => Mode::new(bits).masked(cx.umask),
        };
        if inherits && node == NewNode::Directory {
            mode = Mode::new(mode.bits() | Mode::SET_GID);
        }
        let Location { mount, ino } = dir.location;
        let fs = self.file_system(mount)?;
        let attributes = NewAttributes { mode, uid: cx.credentials.euid, gid };
        Ok(Location { mount, ino: fs.create(cx, ino, name, node, attributes)? })
    }
}
