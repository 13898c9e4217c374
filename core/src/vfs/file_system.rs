//! The trait behind which every file system stands. Its operations are primitive and unchecked: names
//! are single components, permissions and path walking are the [`Namespace`](super::Namespace)'s work.

use crate::abi::{Credentials, Device, FileType, FsStat, Gid, Ino, Mode, Pid, Result, Stat, Time, Uid};
use std::any::Any;

/// Who asks, and when.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The caller's credentials.
    pub credentials: &'a Credentials,
    /// The calling process (for `/proc/self`); 0 is the machine's owner.
    pub pid: Pid,
    /// The caller's file creation mask.
    pub umask: Mode,
    /// The caller's limit on a file's size in bytes (`ulimit -f`); beyond it EFBIG.
    pub file_bytes_max: u64,
    /// The time that changes are stamped with.
    pub now: Time,
}

/// What a new inode is to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NewNode<'a> {
    /// An empty regular file.
    File,
    /// An empty directory.
    Directory,
    /// A symbolic link to this target.
    Symlink(&'a [u8]),
    /// A named pipe.
    Fifo,
    /// A character device.
    CharDevice(Device),
    /// A block device.
    BlockDevice(Device),
    /// A socket's name.
    Socket,
}

/// Attributes of a new inode. The mode is final: the creation mask has been applied.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NewAttributes {
    /// Permission bits.
    pub mode: Mode,
    /// Owner.
    pub uid: Uid,
    /// Group.
    pub gid: Gid,
}

/// A change of attributes; what is `None` stays.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct SetAttributes {
    /// Permission bits.
    pub mode: Option<Mode>,
    /// Owner.
    pub uid: Option<Uid>,
    /// Group.
    pub gid: Option<Gid>,
    /// Length in bytes; longer than now leaves a hole.
    pub size_bytes: Option<u64>,
    /// Last read.
    pub atime: Option<Time>,
    /// Last change of the content.
    pub mtime: Option<Time>,
}

/// One entry of a directory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DirEntry {
    /// Its name, one component.
    pub name: Vec<u8>,
    /// The inode it names.
    pub ino: Ino,
    /// That inode's type.
    pub file_type: FileType,
    /// Where to go on reading after this entry.
    pub next: u64,
}

/// A file system. Every method that a read-only or a generated one does not have answers EROFS, EPERM or
/// ENOSYS by default. An inode stays readable while it is open ([`FileSystem::open`] to
/// [`FileSystem::close`]) even when its last name is gone.
pub trait FileSystem: Any {
    /// The root directory's inode.
    fn root(&self) -> Ino;

    /// Its totals and its type's name.
    fn statfs(&self) -> FsStat;

    /// A number that grows with every change, for whoever follows changes.
    fn generation(&self) -> u64 {
        0
    }

    /// The inode that `name` (never `.` or `..`) names in `dir`. ENOENT when there is none.
    fn lookup(&self, cx: &Context<'_>, dir: Ino, name: &[u8]) -> Result<Ino>;

    /// The directory above `dir`; the root's is the root.
    fn parent(&self, dir: Ino) -> Result<Ino>;

    /// The name of directory `dir` in its parent, for `getcwd`. ENOENT when it has been removed.
    fn name_of(&self, dir: Ino) -> Result<Vec<u8>>;

    /// An inode's attributes. `dev` is left 0.
    fn stat(&self, ino: Ino) -> Result<Stat>;

    /// A symbolic link's target.
    fn read_link(&self, cx: &Context<'_>, ino: Ino) -> Result<Vec<u8>>;

    /// Appends at most `max` entries to `out`, from position `from` (0 is the start), without `.` and
    /// `..`. An entry that is there from the first to the last call is told exactly once, whatever
    /// changes between the calls. Nothing appended means the end.
    fn read_dir(
        &self,
        cx: &Context<'_>,
        dir: Ino,
        from: u64,
        max: usize,
        out: &mut Vec<DirEntry>,
    ) -> Result<()>;

    /// Says that the inode is open once more. Generated files make their content here. Returns a handle that
    /// `read`, `write` and `close` take.
    fn open(&self, cx: &Context<'_>, ino: Ino) -> Result<u64>;

    /// Says that it is open once less.
    fn close(&self, ino: Ino, handle: u64);

    /// Reads at `offset`; 0 is the end.
    fn read(&self, ino: Ino, handle: u64, offset: u64, buf: &mut [u8]) -> Result<usize>;

    /// Says that it was read, so that the access time may move (`relatime`).
    fn accessed(&self, _cx: &Context<'_>, _ino: Ino) {}

    /// Writes at `offset` (`None`: at the end, as `O_APPEND`); gives the offset after it. EFBIG, ENOSPC,
    /// EDQUOT.
    fn write(
        &self,
        _cx: &Context<'_>,
        _ino: Ino,
        _handle: u64,
        _offset: Option<u64>,
        _bytes: &[u8],
    ) -> Result<u64> {
        Err(crate::abi::Errno::EROFS)
    }

    /// Makes a new inode and names it. EEXIST.
    fn create(
        &self,
        _cx: &Context<'_>,
        _dir: Ino,
        _name: &[u8],
        _node: NewNode<'_>,
        _attributes: NewAttributes,
    ) -> Result<Ino> {
        Err(crate::abi::Errno::EROFS)
    }

    /// Names an inode once more. EEXIST, EMLINK.
    fn link(&self, _cx: &Context<'_>, _ino: Ino, _dir: Ino, _name: &[u8]) -> Result<()> {
        Err(crate::abi::Errno::EROFS)
    }

    /// Removes a name of anything but a directory.
    fn unlink(&self, _cx: &Context<'_>, _dir: Ino, _name: &[u8]) -> Result<()> {
        Err(crate::abi::Errno::EROFS)
    }

    /// Removes an empty directory. ENOTEMPTY.
    fn rmdir(&self, _cx: &Context<'_>, _dir: Ino, _name: &[u8]) -> Result<()> {
        Err(crate::abi::Errno::EROFS)
    }

    /// Moves a name, over an existing one of the same kind if there is one (its directory must be empty).
    /// A directory never goes under itself: EINVAL. Two names of one inode: nothing happens.
    fn rename(
        &self,
        _cx: &Context<'_>,
        _from: Ino,
        _from_name: &[u8],
        _to: Ino,
        _to_name: &[u8],
    ) -> Result<()> {
        Err(crate::abi::Errno::EROFS)
    }

    /// Changes attributes; sets the change time.
    fn set_attributes(&self, _cx: &Context<'_>, _ino: Ino, _change: &SetAttributes) -> Result<()> {
        Err(crate::abi::Errno::EROFS)
    }
}
