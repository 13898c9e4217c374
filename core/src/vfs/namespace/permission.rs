//! The checks of an operation on a path, beyond what one file's mode says.

use super::walk::Found;
use super::{Location, Namespace};
use crate::abi::{Access, Credentials, Errno, FileType, Mode, Result};
use crate::vfs::Context;
use crate::vfs::permission::{owns, permits};

impl Namespace {
    /// Whether the caller may do all of `access`: by its effective ids, or by its real ones (as POSIX's
    /// `access` and `test` want). EACCES; EROFS.
    pub fn access(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &[u8],
        access: Access,
        effective: bool,
    ) -> Result<()> {
        let real;
        let mut cx = *cx;
        if !effective {
            let Credentials { uid, gid, .. } = *cx.credentials;
            real = Credentials { euid: uid, egid: gid, ..cx.credentials.clone() };
            cx.credentials = &real;
        }
        let found = self.find(&cx, cwd, path, true)?;
        self.allows(&cx, &found, access)
    }

    /// EROFS where something is to be written on a read-only mount (devices and fifos excepted), EACCES where
    /// [`permits`] says no.
    pub(super) fn allows(&self, cx: &Context<'_>, found: &Found, access: Access) -> Result<()> {
        let is_stored =
            matches!(found.stat.file_type, FileType::Regular | FileType::Directory | FileType::Symlink);
        if is_stored && access.bits() & Access::WRITE.bits() != 0 {
            self.writable(found.location.mount)?;
        }
        match permits(cx, &found.stat, access) {
            true => Ok(()),
            false => Err(Errno::EACCES),
        }
    }

    /// Whether the caller may put a name into a directory. ENOENT when the directory has been removed.
    pub(super) fn may_create(&self, cx: &Context<'_>, dir: &Found) -> Result<()> {
        if dir.stat.nlink == 0 {
            return Err(Errno::ENOENT);
        }
        self.allows(cx, dir, Access::WRITE | Access::EXECUTE)
    }

    /// Whether the caller may take the name of `victim` out of a directory, as that of a directory or of
    /// another kind of file.
    pub(super) fn may_delete(
        &self,
        cx: &Context<'_>,
        dir: &Found,
        victim: &Found,
        as_directory: bool,
    ) -> Result<()> {
        self.allows(cx, dir, Access::WRITE | Access::EXECUTE)?;
        if dir.stat.mode.has(Mode::STICKY) && !owns(cx, &victim.stat) && !owns(cx, &dir.stat) {
            return Err(Errno::EPERM);
        }
        match (as_directory, victim.is_directory()) {
            (true, false) => Err(Errno::ENOTDIR),
            (false, true) => Err(Errno::EISDIR),
            _ => Ok(()),
        }
    }

    /// Whether the caller may give a file another name: its owner may, and others who may read and write
    /// it where it is a regular one without set-id bits (Linux's `protected_hardlinks`, on in Debian).
    pub(super) fn may_link(&self, cx: &Context<'_>, found: &Found) -> Result<()> {
        let stat = &found.stat;
        let is_set_id = stat.mode.has(Mode::SET_UID) || stat.mode.has(Mode::SET_GID | 0o010);
        let is_safe = stat.file_type == FileType::Regular
            && !is_set_id
            && permits(cx, stat, Access::READ | Access::WRITE);
        match is_safe || owns(cx, stat) {
            true => Ok(()),
            false => Err(Errno::EPERM),
        }
    }
}
