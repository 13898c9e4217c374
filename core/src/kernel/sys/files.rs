//! System calls on paths: open, stat, directories, links, attributes.
//!
//! Those with `_now` never wait; they are for the interpreter's own loops.

use super::Process;
use crate::abi::{Access, Device, Errno, Fd, FileType, FsStat, Gid, Mode, OpenFlags, Result, Stat, Uid};
use crate::audit::{Classes, Event, Text};
use crate::kernel::device::{CharDevice, numbers};
use crate::kernel::open_file::{Object, OpenFile};
use crate::kernel::pipe::{Pipe, PipeEnd};
use crate::kernel::process::WorkingDirectory;
use crate::vfs::{DirEntry, Location, MountInfo, NewNode, OpenNode, SetTime};
use std::rc::Rc;

impl Process {
    /// Opens a file; the lowest free descriptor. `mode` is a new file's, before the creation mask. Waits at
    /// a fifo for the other end.
    pub async fn open(&self, path: &[u8], flags: OpenFlags, mode: Mode) -> Result<Fd> {
        self.step(2).await;
        if let Some(fd) = self.open_descriptor_path(path)? {
            return Ok(fd);
        }
        let node = self.with_files(|cx| self.kernel.files.open(cx, self.cwd(), path, flags, mode))?;
        let absolute = self.absolute(path);
        self.record_open(&node, &absolute, flags);
        let close_on_exec = flags.has(OpenFlags::CLOSE_ON_EXEC);
        let object = self.object_of(&node, flags).await?;
        let serial = self.kernel.next_serial();
        self.install(OpenFile::new(object, Some((node, absolute)), flags, serial), 0, close_on_exec)
    }

    fn record_open(&self, node: &OpenNode, absolute: &[u8], flags: OpenFlags) {
        let OpenNode { stat, created, .. } = node;
        if *created {
            let event = || Event::FileCreate { path: Text::new(absolute), mode: stat.mode };
            self.kernel.record(&self.proc, Classes::FILE_CHANGES, event);
        } else if flags.has(OpenFlags::READ) && stat.file_type == FileType::Regular {
            let event = || Event::FileRead { path: Text::new(absolute), size_bytes: stat.size_bytes };
            self.kernel.record(&self.proc, Classes::FILE_READS, event);
        }
    }

    /// `/dev/fd/N`, `/dev/stdin` and their like name what the process has open: a new descriptor for it.
    fn open_descriptor_path(&self, path: &[u8]) -> Result<Option<Fd>> {
        match descriptor_of(path).map(|number| self.dup(number, 0, false)) {
            Some(Err(Errno::EBADF)) => Err(Errno::ENOENT),
            opened => opened.transpose(),
        }
    }

    /// What stands behind an opened inode.
    async fn object_of(&self, node: &OpenNode, flags: OpenFlags) -> Result<Object> {
        match node.stat.file_type {
            FileType::Regular | FileType::Directory => Ok(Object::Node),
            FileType::Fifo => self.open_fifo(node, flags).await.map(Object::Pipe),
            FileType::CharDevice => self.open_device(node.stat.rdev, flags),
            FileType::BlockDevice | FileType::Socket => Err(Errno::ENXIO),
            FileType::Symlink => Err(Errno::ELOOP),
        }
    }

    fn open_device(&self, device: Device, flags: OpenFlags) -> Result<Object> {
        match device {
            numbers::TTY => {
                let tty = self.kernel.tty_of_session(self.proc.session.get()).ok_or(Errno::ENXIO)?;
                self.kernel.open_tty(&tty).map(Object::Tty)
            }
            numbers::PTMX => {
                self.kernel.new_tty(crate::abi::WindowSize { cols: 0, rows: 0 }).map(Object::Master)
            }
            Device { major: numbers::PTS_MAJOR, minor } => {
                let tty = self.kernel.ttys.borrow().get(minor).ok_or(Errno::ENXIO)?;
                let end = self.kernel.open_tty(&tty)?;
                if !flags.has(OpenFlags::NO_CTTY) {
                    self.adopt_terminal(&tty);
                }
                Ok(Object::Tty(end))
            }
            _ => CharDevice::of(device).map(Object::Device),
        }
    }

    /// POSIX `open`: reading waits for a writer, writing for a reader; non-blocking writing fails with ENXIO.
    async fn open_fifo(&self, node: &OpenNode, flags: OpenFlags) -> Result<PipeEnd> {
        let key = (node.stat.dev, node.ino);
        let pipe = {
            let mut fifos = self.kernel.fifos.borrow_mut();
            fifos.retain(|_, pipe| pipe.strong_count() > 0);
            match fifos.get(&key).and_then(std::rc::Weak::upgrade) {
                Some(pipe) => pipe,
                None => {
                    let pipe = Pipe::new(&self.kernel.scheduler);
                    fifos.insert(key, Rc::downgrade(&pipe));
                    pipe
                }
            }
        };
        let (reads, writes) = (flags.has(OpenFlags::READ), flags.has(OpenFlags::WRITE));
        if flags.has(OpenFlags::NON_BLOCK) {
            if writes && !reads && !pipe.has_reader() {
                return Err(Errno::ENXIO);
            }
            return Ok(pipe.open(reads, writes));
        }
        let (reader_opens, writer_opens) = (pipe.reader_opens(), pipe.writer_opens());
        let end = pipe.open(reads, writes);
        while (reads && !writes && !pipe.has_writer() && pipe.writer_opens() == writer_opens)
            || (writes && !reads && !pipe.has_reader() && pipe.reader_opens() == reader_opens)
        {
            self.sleep_in(&[&pipe.readable, &pipe.writable]).await?;
        }
        Ok(end)
    }

    /// The attributes of a path, links followed.
    pub async fn stat(&self, path: &[u8]) -> Result<Stat> {
        self.step(1).await;
        self.stat_now(path)
    }

    /// The attributes of a path; of a symbolic link, its own.
    pub async fn lstat(&self, path: &[u8]) -> Result<Stat> {
        self.step(1).await;
        self.lstat_now(path)
    }

    /// As `stat`.
    pub fn stat_now(&self, path: &[u8]) -> Result<Stat> {
        if let Some(fd) = descriptor_of(path) {
            return self.fstat(fd).map_err(|_| Errno::ENOENT);
        }
        self.with_files(|cx| self.kernel.files.stat(cx, self.cwd(), path, true))
    }

    /// As `lstat`.
    pub fn lstat_now(&self, path: &[u8]) -> Result<Stat> {
        self.with_files(|cx| self.kernel.files.stat(cx, self.cwd(), path, false))
    }

    /// Whether the effective ids may do all of `access` with a path.
    pub fn access_now(&self, path: &[u8], access: Access) -> Result<()> {
        self.with_files(|cx| self.kernel.files.access(cx, self.cwd(), path, access, true))
    }

    /// Appends at most `max` entries of an open directory, `.` and `..` first; nothing appended is the end.
    pub async fn read_dir(&self, fd: Fd, max: usize, out: &mut Vec<DirEntry>) -> Result<()> {
        let file = self.file(fd)?;
        let node = file.node.as_ref().ok_or(Errno::ENOTDIR)?;
        let before = out.len();
        self.with_files(|cx| self.kernel.files.read_dir(cx, node, file.offset.get(), max, out))?;
        if let Some(last) = out.get(before..).and_then(<[DirEntry]>::last) {
            file.offset.set(last.next);
        }
        self.step((out.len() - before) as u32 + 1).await;
        Ok(())
    }

    /// All names of a directory but `.` and `..`, in no particular order.
    pub async fn list_dir(&self, path: &[u8]) -> Result<Vec<DirEntry>> {
        let fd = self.open(path, OpenFlags::READ | OpenFlags::DIRECTORY, Mode::default()).await?;
        let mut entries = Vec::new();
        let result = loop {
            let before = entries.len();
            match self.read_dir(fd, 256, &mut entries).await {
                Ok(()) if entries.len() > before => {}
                other => break other,
            }
        };
        self.close(fd)?;
        entries.retain(|entry| entry.name != b"." && entry.name != b"..");
        result.map(|()| entries)
    }

    /// The first 64 KiB of a regular file, read at once: for the shell's look at small system files.
    pub fn read_small_file(&self, path: &[u8]) -> Result<Vec<u8>> {
        self.with_files(|cx| {
            let node = self.kernel.files.open(cx, self.cwd(), path, OpenFlags::READ, Mode::default())?;
            if node.stat.file_type != FileType::Regular {
                return Err(Errno::EINVAL);
            }
            let mut bytes = vec![0; 64 * 1024];
            let count = node.read(cx, 0, &mut bytes)?;
            bytes.truncate(count);
            Ok(bytes)
        })
    }

    /// The names in a directory but `.` and `..`, read at once: for completion. Nothing when it cannot be read.
    #[must_use]
    pub fn names_in(&self, path: &[u8]) -> Vec<Vec<u8>> {
        let mut entries: Vec<DirEntry> = Vec::new();
        self.with_files(|cx| {
            let files = &self.kernel.files;
            let flags = OpenFlags::READ | OpenFlags::DIRECTORY;
            let Ok(node) = files.open(cx, self.cwd(), path, flags, Mode::default()) else { return };
            let mut from = 0;
            while files.read_dir(cx, &node, from, 256, &mut entries).is_ok() {
                match entries.last() {
                    Some(last) if last.next != from => from = last.next,
                    _ => break,
                }
            }
        });
        entries.into_iter().map(|entry| entry.name).filter(|name| name != b"." && name != b"..").collect()
    }

    /// Makes a directory.
    pub async fn mkdir(&self, path: &[u8], mode: Mode) -> Result<()> {
        self.step(1).await;
        self.with_files(|cx| self.kernel.files.mkdir(cx, self.cwd(), path, mode))?;
        self.record_path(path, |path| Event::DirCreate { path, mode });
        Ok(())
    }

    /// Makes a fifo, a device (root only) or an empty file.
    pub async fn mknod(&self, path: &[u8], node: NewNode<'_>, mode: Mode) -> Result<()> {
        self.step(1).await;
        self.with_files(|cx| self.kernel.files.mknod(cx, self.cwd(), path, node, mode))?;
        self.record_path(path, |path| Event::FileCreate { path, mode });
        Ok(())
    }

    /// Makes a symbolic link.
    pub async fn symlink(&self, target: &[u8], path: &[u8]) -> Result<()> {
        self.step(1).await;
        self.with_files(|cx| self.kernel.files.symlink(cx, target, self.cwd(), path))?;
        self.record_path(path, |link| Event::SymlinkCreate { link, target: Text::new(target) });
        Ok(())
    }

    /// Names an inode once more; with `follow`, that of a symbolic link's target.
    pub async fn link(&self, from: &[u8], to: &[u8], follow: bool) -> Result<()> {
        self.step(1).await;
        let cwd = self.cwd();
        self.with_files(|cx| self.kernel.files.link(cx, cwd, from, cwd, to, follow))?;
        self.record_path(to, |link| Event::NodeLink { target: Text::new(&self.absolute(from)), link });
        Ok(())
    }

    /// Removes a name of anything but a directory.
    pub async fn unlink(&self, path: &[u8]) -> Result<()> {
        self.step(1).await;
        self.with_files(|cx| self.kernel.files.unlink(cx, self.cwd(), path))?;
        self.record_path(path, |path| Event::NodeRemove { path });
        Ok(())
    }

    /// Removes an empty directory.
    pub async fn rmdir(&self, path: &[u8]) -> Result<()> {
        self.step(1).await;
        self.with_files(|cx| self.kernel.files.rmdir(cx, self.cwd(), path))?;
        self.record_path(path, |path| Event::NodeRemove { path });
        Ok(())
    }

    /// Moves a name.
    pub async fn rename(&self, from: &[u8], to: &[u8]) -> Result<()> {
        self.step(1).await;
        let cwd = self.cwd();
        self.with_files(|cx| self.kernel.files.rename(cx, cwd, from, cwd, to))?;
        self.record_path(to, |to| Event::NodeRename { from: Text::new(&self.absolute(from)), to });
        Ok(())
    }

    /// A symbolic link's target. EINVAL when it is none.
    pub async fn read_link(&self, path: &[u8]) -> Result<Vec<u8>> {
        self.step(1).await;
        self.with_files(|cx| self.kernel.files.read_link(cx, self.cwd(), path))
    }

    /// Sets permission bits, links followed.
    pub async fn chmod(&self, path: &[u8], mode: Mode) -> Result<()> {
        self.step(1).await;
        self.with_files(|cx| self.kernel.files.chmod(cx, self.cwd(), path, mode, true))?;
        self.record_path(path, |path| Event::NodeChmod { path, mode });
        Ok(())
    }

    /// Sets owner and group; `None` leaves one as it is.
    pub async fn chown(&self, path: &[u8], uid: Option<Uid>, gid: Option<Gid>, follow: bool) -> Result<()> {
        self.step(1).await;
        self.with_files(|cx| self.kernel.files.chown(cx, self.cwd(), path, uid, gid, follow))?;
        self.record_path(path, |path| Event::NodeChown {
            path,
            uid: uid.unwrap_or(Uid::MAX),
            gid: gid.unwrap_or(Gid::MAX),
        });
        Ok(())
    }

    /// Sets the times of the last read and the last change.
    pub async fn utimes(&self, path: &[u8], atime: SetTime, mtime: SetTime, follow: bool) -> Result<()> {
        self.step(1).await;
        self.with_files(|cx| self.kernel.files.utimes(cx, self.cwd(), path, atime, mtime, follow))
    }

    /// Sets the times of an open file.
    pub fn futimes(&self, fd: Fd, atime: SetTime, mtime: SetTime) -> Result<()> {
        let file = self.file(fd)?;
        let node = file.node.as_ref().ok_or(Errno::EBADF)?;
        self.with_files(|cx| self.kernel.files.utimes_at(cx, node.location, atime, mtime))
    }

    /// Sets a file's length.
    pub async fn truncate(&self, path: &[u8], size_bytes: u64) -> Result<()> {
        self.step(1).await;
        self.with_files(|cx| self.kernel.files.truncate(cx, self.cwd(), path, size_bytes))
    }

    /// Totals of the file system that a path is on.
    pub async fn statfs(&self, path: &[u8]) -> Result<FsStat> {
        self.step(1).await;
        self.with_files(|cx| self.kernel.files.statfs(cx, self.cwd(), path))
    }

    /// What is mounted, in order.
    #[must_use]
    pub fn mounts(&self) -> Vec<MountInfo> {
        self.kernel.files.mounts()
    }

    /// Changes the working directory.
    pub fn chdir(&self, path: &[u8]) -> Result<()> {
        let files = &self.kernel.files;
        let node = self.with_files(|cx| {
            let to = files.resolve(cx, self.cwd(), path, true)?;
            let stat = files.stat_at(to)?;
            if stat.file_type != FileType::Directory {
                return Err(Errno::ENOTDIR);
            }
            if !crate::vfs::permits(cx, &stat, Access::EXECUTE) {
                return Err(Errno::EACCES);
            }
            files.hold(cx, to)
        })?;
        let path = files.path_of(node.location).unwrap_or_default().into_boxed_slice();
        let before = self.proc.cwd.replace(Some(Rc::new(WorkingDirectory { node, path })));
        drop(before);
        Ok(())
    }

    /// The working directory.
    pub(crate) fn cwd(&self) -> Location {
        self.kernel.cwd_of(&self.proc)
    }

    /// The working directory's absolute path. ENOENT when it has been removed.
    pub fn getcwd(&self) -> Result<Vec<u8>> {
        self.kernel.files.path_of(self.cwd())
    }

    /// Sets the file creation mask; gives the one before.
    pub fn set_umask(&self, umask: Mode) -> Mode {
        self.proc.umask.replace(Mode::new(umask.bits() & 0o777))
    }

    /// The file creation mask.
    #[must_use]
    pub fn umask(&self) -> Mode {
        self.proc.umask.get()
    }

    /// Records a change of a file.
    fn record_path(&self, path: &[u8], event: impl FnOnce(Text) -> Event) {
        self.kernel.record(&self.proc, Classes::FILE_CHANGES, || event(Text::new(&self.absolute(path))));
    }

    /// A path as the audit log shows it: absolute, not resolved.
    fn absolute(&self, path: &[u8]) -> Vec<u8> {
        if path.starts_with(b"/") {
            return path.to_vec();
        }
        let mut absolute = self.getcwd().unwrap_or_default();
        if !absolute.ends_with(b"/") {
            absolute.push(b'/');
        }
        absolute.extend_from_slice(path);
        absolute
    }
}

/// The descriptor that a path like `/dev/fd/N` or `/dev/stdin` names.
fn descriptor_of(path: &[u8]) -> Option<Fd> {
    match path {
        b"/dev/stdin" => Some(0),
        b"/dev/stdout" => Some(1),
        b"/dev/stderr" => Some(2),
        _ => {
            let digits = path.strip_prefix(b"/dev/fd/").or_else(|| path.strip_prefix(b"/proc/self/fd/"))?;
            std::str::from_utf8(digits).ok()?.parse().ok()
        }
    }
}
