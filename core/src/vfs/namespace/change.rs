//! Making, removing, moving and changing files by path.

use super::walk::{Found, LinksLeft, Target};
use super::{Location, Namespace};
use crate::abi::limits::PATH_BYTES_MAX;
use crate::abi::{Access, Errno, FileType, Gid, Mode, Result, Time, Uid};
use crate::vfs::permission::{mode_without_set_ids, owns};
use crate::vfs::{Context, NewNode, SetAttributes};

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

impl SetTime {
    fn value(self, cx: &Context<'_>) -> Option<Time> {
        match self {
            SetTime::Omit => None,
            SetTime::Now => Some(cx.now),
            SetTime::At(time) => Some(time),
        }
    }
}

impl Namespace {
    /// Makes a directory. `mode` is before the creation mask.
    pub fn mkdir(&self, cx: &Context<'_>, cwd: Location, path: &[u8], mode: Mode) -> Result<()> {
        let target = self.new_target(cx, cwd, path, true)?;
        self.create(cx, &target.dir, target.name, NewNode::Directory, mode).map(drop)
    }

    /// Makes a file of another kind than a directory (EPERM). Only root makes devices: EPERM.
    pub fn mknod(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &[u8],
        node: NewNode<'_>,
        mode: Mode,
    ) -> Result<()> {
        if node == NewNode::Directory {
            return Err(Errno::EPERM);
        }
        let target = self.new_target(cx, cwd, path, false)?;
        self.create(cx, &target.dir, target.name, node, mode).map(drop)
    }

    /// Makes a symbolic link. ENOENT for an empty target.
    pub fn symlink(&self, cx: &Context<'_>, target: &[u8], cwd: Location, path: &[u8]) -> Result<()> {
        match target.len() {
            0 => return Err(Errno::ENOENT),
            len if len >= PATH_BYTES_MAX => return Err(Errno::ENAMETOOLONG),
            _ => {}
        }
        self.mknod(cx, cwd, path, NewNode::Symlink(target), Mode::new(0o777))
    }

    /// Gives a file another name. With `follow`, a symbolic link at the end of `from` stands for its target.
    /// EPERM for a directory, EXDEV on another mount, EMLINK.
    pub fn link(
        &self,
        cx: &Context<'_>,
        from_cwd: Location,
        from: &[u8],
        to_cwd: Location,
        to: &[u8],
        follow: bool,
    ) -> Result<()> {
        let source = self.find(cx, from_cwd, from, follow)?;
        let target = self.new_target(cx, to_cwd, to, false)?;
        let Location { mount, ino } = target.dir.location;
        if source.location.mount != mount {
            return Err(Errno::EXDEV);
        }
        self.may_link(cx, &source)?;
        self.may_create(cx, &target.dir)?;
        if source.is_directory() {
            return Err(Errno::EPERM);
        }
        self.file_system(mount)?.link(cx, source.location.ino, ino, target.name)
    }

    /// Removes a name of anything but a directory (EISDIR).
    pub fn unlink(&self, cx: &Context<'_>, cwd: Location, path: &[u8]) -> Result<()> {
        let target = self.target(cx, cwd, path, &mut LinksLeft::new())?;
        if !target.is_name() {
            return Err(Errno::EISDIR);
        }
        let Location { mount, ino } = target.dir.location;
        self.writable(mount)?;
        let victim = self.look_up(cx, &target.dir, target.name)?.ok_or(Errno::ENOENT)?;
        if target.slash {
            return Err(if victim.is_directory() { Errno::EISDIR } else { Errno::ENOTDIR });
        }
        self.may_delete(cx, &target.dir, &victim, false)?;
        if self.is_mount_point(victim.location) {
            return Err(Errno::EBUSY);
        }
        self.file_system(mount)?.unlink(cx, ino, target.name)
    }

    /// Removes an empty directory. EINVAL for `.`, ENOTEMPTY for `..`, EBUSY for `/` and mount points.
    pub fn rmdir(&self, cx: &Context<'_>, cwd: Location, path: &[u8]) -> Result<()> {
        let target = self.target(cx, cwd, path, &mut LinksLeft::new())?;
        match target.name {
            b"" => return Err(Errno::EBUSY),
            b"." => return Err(Errno::EINVAL),
            b".." => return Err(Errno::ENOTEMPTY),
            _ => {}
        }
        let Location { mount, ino } = target.dir.location;
        self.writable(mount)?;
        let victim = self.look_up(cx, &target.dir, target.name)?.ok_or(Errno::ENOENT)?;
        self.may_delete(cx, &target.dir, &victim, true)?;
        if self.is_mount_point(victim.location) {
            return Err(Errno::EBUSY);
        }
        self.file_system(mount)?.rmdir(cx, ino, target.name)
    }

    /// Moves a name, over an existing one of the same kind. Two names of one file: nothing happens. EXDEV
    /// between mounts; EINVAL under itself; EBUSY for `.`, `..`, `/` and mount points.
    pub fn rename(
        &self,
        cx: &Context<'_>,
        from_cwd: Location,
        from: &[u8],
        to_cwd: Location,
        to: &[u8],
    ) -> Result<()> {
        let from = self.target(cx, from_cwd, from, &mut LinksLeft::new())?;
        let to = self.target(cx, to_cwd, to, &mut LinksLeft::new())?;
        let mount = from.dir.location.mount;
        if to.dir.location.mount != mount {
            return Err(Errno::EXDEV);
        }
        if !from.is_name() || !to.is_name() {
            return Err(Errno::EBUSY);
        }
        self.writable(mount)?;
        let source = self.look_up(cx, &from.dir, from.name)?.ok_or(Errno::ENOENT)?;
        let replaced = self.look_up(cx, &to.dir, to.name)?;
        if !source.is_directory() && (from.slash || to.slash) {
            return Err(Errno::ENOTDIR);
        }
        let fs = self.file_system(mount)?;
        if source.is_directory() && self.is_under(to.dir.location, source.location)? {
            return Err(Errno::EINVAL);
        }
        if let Some(replaced) = &replaced {
            if replaced.is_directory() && self.is_under(from.dir.location, replaced.location)? {
                return Err(Errno::ENOTEMPTY);
            }
            if replaced.location == source.location {
                return Ok(());
            }
        }
        self.may_delete(cx, &from.dir, &source, source.is_directory())?;
        match &replaced {
            Some(replaced) => self.may_delete(cx, &to.dir, replaced, source.is_directory())?,
            None => self.may_create(cx, &to.dir)?,
        }
        if source.is_directory() && from.dir.location != to.dir.location {
            // Its `..` is rewritten.
            self.allows(cx, &source, Access::WRITE)?;
        }
        if self.is_mount_point(source.location)
            || replaced.is_some_and(|replaced| self.is_mount_point(replaced.location))
        {
            return Err(Errno::EBUSY);
        }
        fs.rename(cx, from.dir.location.ino, from.name, to.dir.location.ino, to.name)
    }

    /// Sets permission bits. Only the owner may: EPERM. EOPNOTSUPP for a symbolic link itself.
    pub fn chmod(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &[u8],
        mode: Mode,
        follow: bool,
    ) -> Result<()> {
        self.chmod_found(cx, &self.find(cx, cwd, path, follow)?, mode)
    }

    /// As [`Namespace::chmod`], of an open file (`fchmod`).
    pub fn chmod_at(&self, cx: &Context<'_>, location: Location, mode: Mode) -> Result<()> {
        self.chmod_found(cx, &self.found(location)?, mode)
    }

    /// Sets owner and group. Root sets any; an owner sets the group to one of the caller's: else EPERM. Set-id
    /// bits go, except a directory's.
    pub fn chown(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &[u8],
        uid: Option<Uid>,
        gid: Option<Gid>,
        follow: bool,
    ) -> Result<()> {
        self.chown_found(cx, &self.find(cx, cwd, path, follow)?, uid, gid)
    }

    /// As [`Namespace::chown`], of an open file (`fchown`).
    pub fn chown_at(
        &self,
        cx: &Context<'_>,
        location: Location,
        uid: Option<Uid>,
        gid: Option<Gid>,
    ) -> Result<()> {
        self.chown_found(cx, &self.found(location)?, uid, gid)
    }

    /// Sets the times of the last read and the last change. The owner sets any (else EPERM); who may write sets
    /// both to now (else EACCES).
    pub fn utimes(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &[u8],
        atime: SetTime,
        mtime: SetTime,
        follow: bool,
    ) -> Result<()> {
        self.utimes_found(cx, &self.find(cx, cwd, path, follow)?, atime, mtime)
    }

    /// As [`Namespace::utimes`], of an open file (`futimens`).
    pub fn utimes_at(
        &self,
        cx: &Context<'_>,
        location: Location,
        atime: SetTime,
        mtime: SetTime,
    ) -> Result<()> {
        self.utimes_found(cx, &self.found(location)?, atime, mtime)
    }

    /// Sets the length of a regular file. EISDIR, EINVAL for other kinds, EFBIG.
    pub fn truncate(&self, cx: &Context<'_>, cwd: Location, path: &[u8], size_bytes: u64) -> Result<()> {
        let found = self.find(cx, cwd, path, true)?;
        match found.stat.file_type {
            FileType::Regular => {}
            FileType::Directory => return Err(Errno::EISDIR),
            _ => return Err(Errno::EINVAL),
        }
        self.allows(cx, &found, Access::WRITE)?;
        self.truncate_at(cx, found.location, size_bytes)
    }

    /// Sets the length of a file that the caller has open for writing (`ftruncate`).
    pub fn truncate_at(&self, cx: &Context<'_>, location: Location, size_bytes: u64) -> Result<()> {
        let change = SetAttributes { size_bytes: Some(size_bytes), ..SetAttributes::default() };
        self.set_attributes(cx, location, &change)
    }

    fn found(&self, location: Location) -> Result<Found> {
        Ok(Found { location, stat: self.stat_at(location)? })
    }

    /// The place of a name that is to be made. EEXIST when it is there; ENOENT when slashes follow and it is
    /// not to be a directory.
    fn new_target<'a>(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &'a [u8],
        is_directory: bool,
    ) -> Result<Target<'a>> {
        let target = self.target(cx, cwd, path, &mut LinksLeft::new())?;
        if !target.is_name() || self.look_up(cx, &target.dir, target.name)?.is_some() {
            return Err(Errno::EEXIST);
        }
        if target.slash && !is_directory {
            return Err(Errno::ENOENT);
        }
        self.writable(target.dir.location.mount)?;
        Ok(target)
    }

    /// Whether a directory is `above` or under it, on one file system.
    fn is_under(&self, dir: Location, above: Location) -> Result<bool> {
        let table = self.table();
        let mount = table.get(dir.mount)?;
        let mut at = dir.ino;
        while at != above.ino {
            let parent = mount.fs.parent(at)?;
            if parent == at {
                return Ok(false);
            }
            at = parent;
        }
        Ok(true)
    }

    fn chmod_found(&self, cx: &Context<'_>, found: &Found, mode: Mode) -> Result<()> {
        self.writable(found.location.mount)?;
        if found.stat.file_type == FileType::Symlink {
            return Err(Errno::EOPNOTSUPP);
        }
        if !owns(cx, &found.stat) {
            return Err(Errno::EPERM);
        }
        let mut bits = mode.bits();
        if !cx.credentials.is_root() && !cx.credentials.in_group(found.stat.gid) {
            bits &= !Mode::SET_GID;
        }
        let change = SetAttributes { mode: Some(Mode::new(bits)), ..SetAttributes::default() };
        self.set_attributes(cx, found.location, &change)
    }

    fn chown_found(&self, cx: &Context<'_>, found: &Found, uid: Option<Uid>, gid: Option<Gid>) -> Result<()> {
        self.writable(found.location.mount)?;
        let stat = &found.stat;
        let mode = mode_without_set_ids(cx, stat);
        if !cx.credentials.is_root() {
            let is_owner = cx.credentials.euid == stat.uid;
            let keeps_owner = uid.is_none_or(|uid| uid == stat.uid);
            let has_group = gid.is_none_or(|gid| gid == stat.gid || cx.credentials.in_group(gid));
            let changes = uid.is_some() || gid.is_some() || mode.is_some();
            if changes && !(is_owner && keeps_owner && has_group) {
                return Err(Errno::EPERM);
            }
        }
        let change = SetAttributes { mode, uid, gid, ..SetAttributes::default() };
        self.set_attributes(cx, found.location, &change)
    }

    fn utimes_found(&self, cx: &Context<'_>, found: &Found, atime: SetTime, mtime: SetTime) -> Result<()> {
        if atime == SetTime::Omit && mtime == SetTime::Omit {
            return Ok(());
        }
        self.writable(found.location.mount)?;
        if !owns(cx, &found.stat) {
            if atime != SetTime::Now || mtime != SetTime::Now {
                return Err(Errno::EPERM);
            }
            self.allows(cx, found, Access::WRITE)?;
        }
        let change =
            SetAttributes { atime: atime.value(cx), mtime: mtime.value(cx), ..SetAttributes::default() };
        self.set_attributes(cx, found.location, &change)
    }

    fn set_attributes(&self, cx: &Context<'_>, location: Location, change: &SetAttributes) -> Result<()> {
        self.file_system(location.mount)?.set_attributes(cx, location.ino, change)
    }
}
