//! What `stat` and `statvfs` tell.

use super::{FileType, Gid, Mode, Time, Uid};

/// An inode number, unique within one file system.
pub type Ino = u64;

/// A device number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct Device {
    /// Which driver.
    pub major: u32,
    /// Which of its devices.
    pub minor: u32,
}

/// An inode's attributes (POSIX.1-2024 `<sys/stat.h>`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stat {
    /// The file system it is on; filled in by the mount table.
    pub dev: u64,
    /// Its number there.
    pub ino: Ino,
    /// What kind.
    pub file_type: FileType,
    /// Permission bits.
    pub mode: Mode,
    /// Number of directory entries that name it.
    pub nlink: u32,
    /// Owner.
    pub uid: Uid,
    /// Owning group.
    pub gid: Gid,
    /// The device that a device node names.
    pub rdev: Device,
    /// Length in bytes; of a symbolic link, of its target.
    pub size_bytes: u64,
    /// Allocated 512-byte blocks.
    pub blocks: u64,
    /// Last read.
    pub atime: Time,
    /// Last change of the content.
    pub mtime: Time,
    /// Last change of the inode.
    pub ctime: Time,
    /// When it was made, where the file system knows it.
    pub birth: Option<Time>,
}

/// A file system's totals.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FsStat {
    /// What `df -T` and `/proc/mounts` call it.
    pub kind: &'static str,
    /// Capacity; 0 where it has none of its own.
    pub bytes_total: u64,
    /// Used of it.
    pub bytes_used: u64,
    /// Inodes it may have; 0 where there is no such limit.
    pub inodes_total: u64,
    /// Inodes in use.
    pub inodes_used: u64,
}
