//! `/dev` as a file system: the devices that the kernel has, and the pseudo-terminals as they come and go.

use super::Kernel;
use super::device::numbers;
use crate::abi::{Device, Errno, FileType, FsStat, Ino, Mode, Result, Stat, Time};
use crate::vfs::{Context, DirEntry, FileSystem};
use std::rc::{Rc, Weak};

/// One fixed entry of `/dev`.
struct Entry {
    name: &'static str,
    what: What,
}

enum What {
    Device(Device, u32),
    Link(&'static str),
    Directory(u32),
}

const fn device(name: &'static str, number: Device, mode: u32) -> Entry {
    Entry { name, what: What::Device(number, mode) }
}

const fn link(name: &'static str, target: &'static str) -> Entry {
    Entry { name, what: What::Link(target) }
}

/// In order of name; an entry's inode is its place here and 2.
const ENTRIES: [Entry; 14] = [
    link("fd", "/proc/self/fd"),
    device("full", numbers::FULL, 0o666),
    device("null", numbers::NULL, 0o666),
    device("ptmx", numbers::PTMX, 0o666),
    Entry { name: "pts", what: What::Directory(0o755) },
    device("random", numbers::RANDOM, 0o666),
    Entry { name: "shm", what: What::Directory(0o1777) },
    link("stderr", "/proc/self/fd/2"),
    link("stdin", "/proc/self/fd/0"),
    link("stdout", "/proc/self/fd/1"),
    device("tty", numbers::TTY, 0o666),
    device("urandom", numbers::URANDOM, 0o666),
    device("zero", numbers::ZERO, 0o666),
    link("core", "/proc/kcore"),
];

const ROOT: Ino = 1;
const FIRST: Ino = 2;
const PTS: Ino = FIRST + 4;
/// Inodes of terminals: this and their number.
const FIRST_TTY: Ino = 1000;

/// The file system of `/dev`.
pub struct DevFs {
    kernel: Weak<Kernel>,
    mounted_at: Time,
}

impl DevFs {
    /// That shows this kernel's devices.
    #[must_use]
    pub fn new(kernel: &Rc<Kernel>) -> DevFs {
        DevFs { kernel: Rc::downgrade(kernel), mounted_at: kernel.boot_time }
    }

    fn entry(ino: Ino) -> Option<&'static Entry> {
        ENTRIES.get(usize::try_from(ino.checked_sub(FIRST)?).ok()?)
    }

    fn terminals(&self) -> Vec<u32> {
        match self.kernel.upgrade() {
            Some(kernel) => kernel.ttys.borrow().iter().map(|tty| tty.number).collect(),
            None => Vec::new(),
        }
    }
}

impl FileSystem for DevFs {
    fn root(&self) -> Ino {
        ROOT
    }

    fn statfs(&self) -> FsStat {
        FsStat { kind: "devtmpfs", bytes_total: 0, bytes_used: 0, inodes_total: 0, inodes_used: 0 }
    }

    fn lookup(&self, _cx: &Context<'_>, dir: Ino, name: &[u8]) -> Result<Ino> {
        if dir == ROOT {
            let at = ENTRIES.iter().position(|entry| entry.name.as_bytes() == name);
            return at.map(|at| FIRST + at as Ino).ok_or(Errno::ENOENT);
        }
        if dir == PTS {
            let number: u32 =
                std::str::from_utf8(name).ok().and_then(|n| n.parse().ok()).ok_or(Errno::ENOENT)?;
            let known = self.terminals().contains(&number);
            return if known { Ok(FIRST_TTY + Ino::from(number)) } else { Err(Errno::ENOENT) };
        }
        Err(Errno::ENOENT)
    }

    fn parent(&self, _dir: Ino) -> Result<Ino> {
        Ok(ROOT)
    }

    fn name_of(&self, dir: Ino) -> Result<Vec<u8>> {
        Ok(DevFs::entry(dir).ok_or(Errno::ENOENT)?.name.as_bytes().to_vec())
    }

    fn stat(&self, ino: Ino) -> Result<Stat> {
        let (file_type, mode, rdev, size_bytes) = match DevFs::entry(ino).map(|entry| &entry.what) {
            _ if ino == ROOT => (FileType::Directory, 0o755, Device::default(), 0),
            Some(What::Device(number, mode)) => (FileType::CharDevice, *mode, *number, 0),
            Some(What::Link(target)) => (FileType::Symlink, 0o777, Device::default(), target.len() as u64),
            Some(What::Directory(mode)) => (FileType::Directory, *mode, Device::default(), 0),
            None => {
                let minor = u32::try_from(ino.saturating_sub(FIRST_TTY)).map_err(|_| Errno::ENOENT)?;
                (FileType::CharDevice, 0o620, Device { major: numbers::PTS_MAJOR, minor }, 0)
            }
        };
        let (mut uid, mut gid) = (0, 0);
        if ino >= FIRST_TTY {
            gid = 5;
            let kernel = self.kernel.upgrade();
            let owner = kernel.and_then(|kernel| {
                let tty = kernel.ttys.borrow().get(rdev.minor)?;
                let leader = kernel.find(tty.session.get())?;
                let uid = leader.credentials.borrow().uid;
                Some(uid)
            });
            uid = owner.unwrap_or(0);
        }
        let times = self.mounted_at;
        Ok(Stat {
            dev: 0,
            ino,
            file_type,
            mode: Mode::new(mode),
            nlink: if file_type == FileType::Directory { 2 } else { 1 },
            uid,
            gid,
            rdev,
            size_bytes,
            blocks: 0,
            atime: times,
            mtime: times,
            ctime: times,
            birth: Some(times),
        })
    }

    fn read_link(&self, _cx: &Context<'_>, ino: Ino) -> Result<Vec<u8>> {
        match DevFs::entry(ino).map(|entry| &entry.what) {
            Some(What::Link(target)) => Ok(target.as_bytes().to_vec()),
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
        if dir == ROOT {
            for (at, entry) in ENTRIES.iter().enumerate().skip(from as usize).take(max) {
                let file_type = match entry.what {
                    What::Device(..) => FileType::CharDevice,
                    What::Link(_) => FileType::Symlink,
                    What::Directory(_) => FileType::Directory,
                };
                let name = entry.name.as_bytes().to_vec();
                out.push(DirEntry { name, ino: FIRST + at as Ino, file_type, next: at as u64 + 1 });
            }
        } else if dir == PTS {
            for number in self.terminals().into_iter().filter(|&n| u64::from(n) >= from).take(max) {
                let name = number.to_string().into_bytes();
                let (ino, next) = (FIRST_TTY + Ino::from(number), u64::from(number) + 1);
                out.push(DirEntry { name, ino, file_type: FileType::CharDevice, next });
            }
        }
        Ok(())
    }

    fn open(&self, _cx: &Context<'_>, _ino: Ino) -> Result<u64> {
        Ok(0)
    }

    fn close(&self, _ino: Ino, _handle: u64) {}

    fn read(&self, _ino: Ino, _handle: u64, _offset: u64, _buf: &mut [u8]) -> Result<usize> {
        Err(Errno::EISDIR)
    }
}
