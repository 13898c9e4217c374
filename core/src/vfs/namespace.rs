//! The mount table and every operation on paths, with all of POSIX's permission checks.

use super::{Context, DirEntry, FileSystem, NewNode};
use crate::abi::{Access, Errno, FsStat, Gid, Ino, Mode, OpenFlags, Result, Stat, Time, Uid};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// A mount's number in the mount table. Numbers are never used again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MountId(u32);

/// An inode of a mounted file system: how working and root directories are held. It keeps nothing alive;
/// one that is gone answers ENOENT.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Location {
    /// Which mount.
    pub mount: MountId,
    /// Which inode there.
    pub ino: Ino,
}

/// How a file system is mounted.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct MountOptions {
    /// What `/proc/mounts` shows first: a device, or the file system's name.
    pub source: Vec<u8>,
    /// Whether changes give EROFS.
    pub read_only: bool,
}

/// A line of `/proc/mounts`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MountInfo {
    /// The mount.
    pub id: MountId,
    /// Where it is mounted, as an absolute path.
    pub path: Vec<u8>,
    /// How it is mounted.
    pub options: MountOptions,
    /// The file system's totals and kind.
    pub stat: FsStat,
}

/// A time that [`Namespace::utimes`] sets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SetTime {
    /// It stays (`UTIME_OMIT`).
    Omit,
    /// The current time (`UTIME_NOW`).
    Now,
    /// This time.
    At(Time),
}

/// An open inode; closed when dropped. What is behind a fifo or a device is the kernel's to add.
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
    opened: Rc<Cell<u32>>,
}

impl OpenNode {
    /// Reads at `offset`; 0 is the end. Moves the access time as `relatime` does. EISDIR.
    pub fn read(&self, _cx: &Context<'_>, _offset: u64, _buf: &mut [u8]) -> Result<usize> {
        Err(Errno::ENOSYS)
    }

    /// Writes at `offset` (`None`: at the end, as `O_APPEND`); gives the offset after what was written,
    /// which may be less than all. EFBIG, ENOSPC, EDQUOT.
    pub fn write(&self, _cx: &Context<'_>, _offset: Option<u64>, _bytes: &[u8]) -> Result<u64> {
        Err(Errno::ENOSYS)
    }
}

impl Drop for OpenNode {
    fn drop(&mut self) {
        self.fs.close(self.ino, self.handle);
        self.opened.set(self.opened.get().saturating_sub(1));
    }
}

/// Whether a file with these attributes lets the caller's effective ids do all of `access` (POSIX.1-2024
/// XBD 4.7). Root may do everything, but executes only what has an x bit.
#[must_use]
pub fn permits(cx: &Context<'_>, _stat: &Stat, _access: Access) -> bool {
    cx.credentials.is_root()
}

struct Mount {
    _fs: Rc<dyn FileSystem>,
}

/// The tree of mounted file systems that a machine's processes see.
///
/// Paths are walked from `cwd`, or from the root when they begin with `/`. Errors are Linux's. A path walk
/// allocates nothing unless it meets a symbolic link.
pub struct Namespace {
    mounts: RefCell<Vec<Option<Mount>>>,
}

#[allow(unused_variables, missing_docs)]
impl Namespace {
    /// With this file system at `/`.
    #[must_use]
    pub fn new(root: Rc<dyn FileSystem>, options: MountOptions) -> Namespace {
        Namespace { mounts: RefCell::new(vec![Some(Mount { _fs: root })]) }
    }

    /// The directory `/`.
    #[must_use]
    pub fn root(&self) -> Location {
        Location { mount: MountId(0), ino: 0 }
    }

    /// Mounts a file system over a directory. Only root may: EPERM. ENOTDIR.
    pub fn mount(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &[u8],
        fs: Rc<dyn FileSystem>,
        options: MountOptions,
    ) -> Result<Location> {
        Err(Errno::ENOSYS)
    }

    /// Unmounts what is mounted at `path`. EBUSY while files are open on it or something is mounted in
    /// it (working directories are the caller's to check); EINVAL when it is no mount's root.
    pub fn umount(&self, cx: &Context<'_>, cwd: Location, path: &[u8]) -> Result<()> {
        Err(Errno::ENOSYS)
    }

    /// All mounts in the order they were made.
    #[must_use]
    pub fn mounts(&self) -> Vec<MountInfo> {
        Vec::new()
    }

    /// A number that grows with every change of any mounted file system or of the mount table.
    #[must_use]
    pub fn generation(&self) -> u64 {
        0
    }

    /// Where a path leads.
    pub fn resolve(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &[u8],
        follow_last: bool,
    ) -> Result<Location> {
        Err(Errno::ENOSYS)
    }

    /// The directory that holds a path's last component, and that component (which may be `.` or `..`; empty
    /// for `/`). The component need not exist.
    pub fn resolve_parent<'a>(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &'a [u8],
    ) -> Result<(Location, &'a [u8])> {
        Err(Errno::ENOSYS)
    }

    pub fn stat(&self, cx: &Context<'_>, cwd: Location, path: &[u8], follow: bool) -> Result<Stat> {
        Err(Errno::ENOSYS)
    }

    pub fn stat_at(&self, location: Location) -> Result<Stat> {
        Err(Errno::ENOSYS)
    }

    /// Whether the caller may do all of `access`, by its effective ids or by its real ones (as `access`
    /// and `test` want). EACCES, EROFS.
    pub fn access(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &[u8],
        access: Access,
        effective: bool,
    ) -> Result<()> {
        Err(Errno::ENOSYS)
    }

    /// Opens, and with `CREATE` makes, a file. `mode` is that of a new file, before the creation mask.
    pub fn open(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &[u8],
        flags: OpenFlags,
        mode: Mode,
    ) -> Result<OpenNode> {
        Err(Errno::ENOSYS)
    }

    pub fn mkdir(&self, cx: &Context<'_>, cwd: Location, path: &[u8], mode: Mode) -> Result<()> {
        Err(Errno::ENOSYS)
    }

    pub fn mknod(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &[u8],
        node: NewNode<'_>,
        mode: Mode,
    ) -> Result<()> {
        Err(Errno::ENOSYS)
    }

    pub fn symlink(&self, cx: &Context<'_>, target: &[u8], cwd: Location, path: &[u8]) -> Result<()> {
        Err(Errno::ENOSYS)
    }

    pub fn link(
        &self,
        cx: &Context<'_>,
        from_cwd: Location,
        from: &[u8],
        to_cwd: Location,
        to: &[u8],
        follow: bool,
    ) -> Result<()> {
        Err(Errno::ENOSYS)
    }

    pub fn unlink(&self, cx: &Context<'_>, cwd: Location, path: &[u8]) -> Result<()> {
        Err(Errno::ENOSYS)
    }

    pub fn rmdir(&self, cx: &Context<'_>, cwd: Location, path: &[u8]) -> Result<()> {
        Err(Errno::ENOSYS)
    }

    pub fn rename(
        &self,
        cx: &Context<'_>,
        from_cwd: Location,
        from: &[u8],
        to_cwd: Location,
        to: &[u8],
    ) -> Result<()> {
        Err(Errno::ENOSYS)
    }

    pub fn read_link(&self, cx: &Context<'_>, cwd: Location, path: &[u8]) -> Result<Vec<u8>> {
        Err(Errno::ENOSYS)
    }

    pub fn chmod(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &[u8],
        mode: Mode,
        follow: bool,
    ) -> Result<()> {
        Err(Errno::ENOSYS)
    }

    pub fn chmod_at(&self, cx: &Context<'_>, location: Location, mode: Mode) -> Result<()> {
        Err(Errno::ENOSYS)
    }

    pub fn chown(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &[u8],
        uid: Option<Uid>,
        gid: Option<Gid>,
        follow: bool,
    ) -> Result<()> {
        Err(Errno::ENOSYS)
    }

    pub fn chown_at(
        &self,
        cx: &Context<'_>,
        location: Location,
        uid: Option<Uid>,
        gid: Option<Gid>,
    ) -> Result<()> {
        Err(Errno::ENOSYS)
    }

    pub fn utimes(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &[u8],
        atime: SetTime,
        mtime: SetTime,
        follow: bool,
    ) -> Result<()> {
        Err(Errno::ENOSYS)
    }

    pub fn utimes_at(
        &self,
        cx: &Context<'_>,
        location: Location,
        atime: SetTime,
        mtime: SetTime,
    ) -> Result<()> {
        Err(Errno::ENOSYS)
    }

    pub fn truncate(&self, cx: &Context<'_>, cwd: Location, path: &[u8], size_bytes: u64) -> Result<()> {
        Err(Errno::ENOSYS)
    }

    /// Sets the length of a file that the caller has open for writing (`ftruncate`).
    pub fn truncate_at(&self, cx: &Context<'_>, location: Location, size_bytes: u64) -> Result<()> {
        Err(Errno::ENOSYS)
    }

    /// The absolute path of a directory (`getcwd`). ENOENT when it has been removed.
    pub fn path_of(&self, location: Location) -> Result<Vec<u8>> {
        Err(Errno::ENOSYS)
    }

    pub fn statfs(&self, cx: &Context<'_>, cwd: Location, path: &[u8]) -> Result<FsStat> {
        Err(Errno::ENOSYS)
    }

    /// Appends at most `max` entries of an open directory to `out` from position `from` (0 is the start),
    /// `.` and `..` first. Nothing appended means the end.
    pub fn read_dir(
        &self,
        cx: &Context<'_>,
        node: &OpenNode,
        from: u64,
        max: usize,
        out: &mut Vec<DirEntry>,
    ) -> Result<()> {
        Err(Errno::ENOSYS)
    }
}
