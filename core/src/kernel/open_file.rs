//! Open file descriptions: what descriptors share after dup and fork (offset, flags, the object behind).

use super::device::CharDevice;
use super::file_lock::HeldLock;
use super::pipe::PipeEnd;
use super::tty::{MasterEnd, TtyEnd};
use crate::abi::OpenFlags;
use crate::vfs::OpenNode;
use std::cell::{Cell, RefCell};

/// What a description stands on.
pub(crate) enum Object {
    /// A regular file or a directory of a file system.
    Node,
    /// A pipe's or fifo's end.
    Pipe(PipeEnd),
    /// A device without state: null, zero, full, random.
    Device(CharDevice),
    /// The side of a terminal that programs hold.
    Tty(TtyEnd),
    /// The side of a pseudo-terminal that stands for the screen and the keyboard.
    Master(MasterEnd),
}

/// An open file description (POSIX.1-2024 XBD 3.240).
pub struct OpenFile {
    pub(crate) object: Object,
    /// The inode it was opened by; none for pipes.
    pub(crate) node: Option<OpenNode>,
    pub(crate) flags: Cell<OpenFlags>,
    /// Byte offset of the next read or write; of a directory, the position in it.
    pub(crate) offset: Cell<u64>,
    /// The path it was opened by, made absolute.
    pub(crate) path: Option<Box<[u8]>>,
    /// Something was written through it.
    pub(crate) written: Cell<bool>,
    /// Number of a pipe, for `/proc/PID/fd`.
    pub(crate) serial: u64,
    /// Its part in a lock of the file (`flock`).
    pub(crate) lock: RefCell<Option<HeldLock>>,
}

impl OpenFile {
    /// A pipe's end, or with an inode and a path what an `open` gives.
    pub(crate) fn new(
        object: Object,
        opened: Option<(OpenNode, Vec<u8>)>,
        flags: OpenFlags,
        serial: u64,
    ) -> OpenFile {
        let (node, path) = opened.map(|(node, path)| (node, path.into_boxed_slice())).unzip();
        OpenFile {
            object,
            node,
            flags: Cell::new(flags),
            offset: Cell::new(0),
            path,
            written: Cell::new(false),
            serial,
            lock: RefCell::default(),
        }
    }

    pub(crate) fn can_read(&self) -> bool {
        self.flags.get().has(OpenFlags::READ)
    }

    pub(crate) fn can_write(&self) -> bool {
        self.flags.get().has(OpenFlags::WRITE)
    }

    pub(crate) fn is_non_blocking(&self) -> bool {
        self.flags.get().has(OpenFlags::NON_BLOCK)
    }
}
