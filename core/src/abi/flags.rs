//! How a file is opened and what a path is tested for.

/// Flags of `open` (POSIX.1-2024 `<fcntl.h>`). Combine with `|`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OpenFlags(u32);

impl OpenFlags {
    /// For reading.
    pub const READ: OpenFlags = OpenFlags(1);
    /// For writing.
    pub const WRITE: OpenFlags = OpenFlags(2);
    /// For both.
    pub const READ_WRITE: OpenFlags = OpenFlags(3);
    /// Create it when it is not there.
    pub const CREATE: OpenFlags = OpenFlags(4);
    /// With `CREATE`: fail when it is there.
    pub const EXCLUSIVE: OpenFlags = OpenFlags(8);
    /// Cut it to nothing.
    pub const TRUNCATE: OpenFlags = OpenFlags(16);
    /// Every write goes to the end.
    pub const APPEND: OpenFlags = OpenFlags(32);
    /// Fail unless it is a directory.
    pub const DIRECTORY: OpenFlags = OpenFlags(64);
    /// Fail when the last component is a symbolic link.
    pub const NO_FOLLOW: OpenFlags = OpenFlags(128);
    /// Do not make it the controlling terminal.
    pub const NO_CTTY: OpenFlags = OpenFlags(256);
    /// Reads and writes never sleep: EAGAIN.
    pub const NON_BLOCK: OpenFlags = OpenFlags(512);
    /// The descriptor is closed by exec.
    pub const CLOSE_ON_EXEC: OpenFlags = OpenFlags(1024);
    /// `>`: write, create, truncate.
    pub const OUTPUT: OpenFlags = OpenFlags(2 | 4 | 16);
    /// `>>`: write, create, append.
    pub const OUTPUT_APPEND: OpenFlags = OpenFlags(2 | 4 | 32);

    /// Whether all of `other`'s bits are set.
    #[must_use]
    pub const fn has(self, other: OpenFlags) -> bool {
        self.0 & other.0 == other.0
    }

    /// Without `other`'s bits.
    #[must_use]
    pub const fn without(self, other: OpenFlags) -> OpenFlags {
        OpenFlags(self.0 & !other.0)
    }
}

impl core::ops::BitOr for OpenFlags {
    type Output = OpenFlags;
    fn bitor(self, other: OpenFlags) -> OpenFlags {
        OpenFlags(self.0 | other.0)
    }
}

/// What `access` asks: any of read, write, execute; none asks only whether it exists.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Access(u8);

impl Access {
    /// It exists.
    pub const EXISTS: Access = Access(0);
    /// It can be executed, or a directory searched.
    pub const EXECUTE: Access = Access(1);
    /// It can be written.
    pub const WRITE: Access = Access(2);
    /// It can be read.
    pub const READ: Access = Access(4);

    /// The three bits as in a mode's `other` part.
    #[must_use]
    pub const fn bits(self) -> u32 {
        self.0 as u32
    }
}

impl core::ops::BitOr for Access {
    type Output = Access;
    fn bitor(self, other: Access) -> Access {
        Access(self.0 | other.0)
    }
}
