//! File types and permission bits.

/// What kind of file an inode is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[allow(missing_docs, reason = "the names say it")]
pub enum FileType {
    Regular,
    Directory,
    Symlink,
    Fifo,
    CharDevice,
    BlockDevice,
    Socket,
}

impl FileType {
    /// The letter that `ls -l` prints first.
    #[must_use]
    pub const fn letter(self) -> u8 {
        match self {
            FileType::Regular => b'-',
            FileType::Directory => b'd',
            FileType::Symlink => b'l',
            FileType::Fifo => b'p',
            FileType::CharDevice => b'c',
            FileType::BlockDevice => b'b',
            FileType::Socket => b's',
        }
    }

    /// The `S_IFMT` bits of `st_mode`.
    #[must_use]
    pub const fn bits(self) -> u32 {
        match self {
            FileType::Regular => 0o100_000,
            FileType::Directory => 0o040_000,
            FileType::Symlink => 0o120_000,
            FileType::Fifo => 0o010_000,
            FileType::CharDevice => 0o020_000,
            FileType::BlockDevice => 0o060_000,
            FileType::Socket => 0o140_000,
        }
    }
}

/// The twelve permission bits: set-user-ID, set-group-ID, sticky, rwxrwxrwx. No file type.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Mode(u16);

impl Mode {
    /// Set-user-ID.
    pub const SET_UID: u32 = 0o4000;
    /// Set-group-ID.
    pub const SET_GID: u32 = 0o2000;
    /// Sticky: only owners remove entries of such a directory.
    pub const STICKY: u32 = 0o1000;

    /// Of the low twelve bits of `bits`; the others are dropped.
    #[must_use]
    pub const fn new(bits: u32) -> Mode {
        Mode((bits & 0o7777) as u16)
    }

    /// The bits.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0 as u32
    }

    /// Whether all of `bits` are set.
    #[must_use]
    pub const fn has(self, bits: u32) -> bool {
        self.0 as u32 & bits == bits
    }

    /// What a creation mask leaves of it.
    #[must_use]
    pub const fn masked(self, umask: Mode) -> Mode {
        Mode(self.0 & !umask.0)
    }
}

impl core::fmt::Debug for Mode {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{:04o}", self.0)
    }
}
