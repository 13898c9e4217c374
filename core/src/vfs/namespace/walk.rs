//! From a path to an inode (POSIX.1-2024 XBD 4.16).

use super::{Location, MountTable, Namespace};
use crate::abi::limits::{NAME_BYTES_MAX, PATH_BYTES_MAX, SYMLINKS_FOLLOWED_MAX};
use crate::abi::{Access, Errno, FileType, Result, Stat};
use crate::vfs::{Context, permits};

/// Where a path led.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub location: Location,
    pub stat: Stat,
}

impl Found {
    pub fn is_directory(&self) -> bool {
        self.stat.file_type == FileType::Directory
    }
}

/// A path whose last component is for the operation itself to look up.
pub(super) struct Target<'a> {
    /// The directory that holds it.
    pub dir: Found,
    /// The last component.
    pub name: &'a [u8],
    /// Whether slashes follow it.
    pub slash: bool,
}

impl Target<'_> {
    /// Whether it is a name, and not `.`, `..` or the root.
    pub fn is_name(&self) -> bool {
        !matches!(self.name, b"" | b"." | b"..")
    }
}

/// Splits a path before its last component: directory, name, whether slashes follow. The name of `/` is
/// empty.
pub(super) fn split_last(path: &[u8]) -> (&[u8], &[u8], bool) {
    let end = path.iter().rposition(|byte| *byte != b'/').map_or(0, |last| last + 1);
    let start = path.get(..end).and_then(|path| path.iter().rposition(|byte| *byte == b'/'));
    let (before, slashes) = path.split_at(end);
    let (dir, name) = before.split_at(start.map_or(0, |slash| slash + 1));
    match name.is_empty() {
        true => (path, name, false),
        false => (dir, name, !slashes.is_empty()),
    }
}

/// Splits off the first component: the name, then what follows it with its slashes.
fn split_first(path: &[u8]) -> (&[u8], &[u8]) {
    let start = path.iter().position(|byte| *byte != b'/').unwrap_or(path.len());
    let path = path.get(start..).unwrap_or_default();
    path.split_at(memchr::memchr(b'/', path).unwrap_or(path.len()))
}

/// ENOENT for an empty path, ENAMETOOLONG for one that does not fit with its NUL.
fn check_length(path: &[u8]) -> Result<()> {
    match path.len() {
        0 => Err(Errno::ENOENT),
        len if len >= PATH_BYTES_MAX => Err(Errno::ENAMETOOLONG),
        _ => Ok(()),
    }
}

/// Symbolic links that one operation may still follow.
pub(super) struct LinksLeft(u32);

impl LinksLeft {
    pub const fn new() -> LinksLeft {
        LinksLeft(SYMLINKS_FOLLOWED_MAX)
    }

    pub fn take_one(&mut self) -> Result<()> {
        self.0 = self.0.checked_sub(1).ok_or(Errno::ELOOP)?;
        Ok(())
    }
}

impl MountTable {
    fn found(&self, location: Location) -> Result<Found> {
        Ok(Found { location, stat: self.stat(location)? })
    }

    /// ENOTDIR unless it is a directory, EACCES unless the caller may search it.
    fn searchable(&self, cx: &Context<'_>, dir: &Found) -> Result<()> {
        if !dir.is_directory() {
            return Err(Errno::ENOTDIR);
        }
        match permits(cx, &dir.stat, Access::EXECUTE) {
            true => Ok(()),
            false => Err(Errno::EACCES),
        }
    }

    /// The inode that a name in a directory names, on that directory's file system.
    fn entry(&self, cx: &Context<'_>, dir: &Found, name: &[u8]) -> Result<Location> {
        self.searchable(cx, dir)?;
        if name.len() > NAME_BYTES_MAX {
            return Err(Errno::ENAMETOOLONG);
        }
        let Location { mount, ino } = dir.location;
        Ok(Location { mount, ino: self.get(mount)?.fs.lookup(cx, ino, name)? })
    }

    /// The directory above.
    fn above(&self, dir: Location) -> Result<Location> {
        let mut at = dir;
        loop {
            let mount = self.get(at.mount)?;
            if at.ino != mount.root {
                at.ino = mount.fs.parent(at.ino)?;
                return Ok(self.seen_at(at));
            }
            match mount.on {
                Some(on) => at = on,
                None => return Ok(self.seen_at(at)),
            }
        }
    }

    /// Where a component leads from a directory.
    fn step(&self, cx: &Context<'_>, dir: &Found, name: &[u8]) -> Result<Found> {
        match name {
            b"." => self.searchable(cx, dir).map(|()| dir.clone()),
            b".." => {
                self.searchable(cx, dir)?;
                self.found(self.above(dir.location)?)
            }
            _ => self.found(self.seen_at(self.entry(cx, dir, name)?)),
        }
    }

    fn read_link(&self, cx: &Context<'_>, link: Location) -> Result<Vec<u8>> {
        self.get(link.mount)?.fs.read_link(cx, link.ino)
    }
}

impl Namespace {
    /// Where a path leads.
    pub fn resolve(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &[u8],
        follow_last: bool,
    ) -> Result<Location> {
        Ok(self.find(cx, cwd, path, follow_last)?.location)
    }

    /// The directory that holds a path's last component, and that component (which may be `.` or `..`, and is
    /// empty for `/`). The component need not exist.
    pub fn resolve_parent<'a>(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &'a [u8],
    ) -> Result<(Location, &'a [u8])> {
        let target = self.target(cx, cwd, path, &mut LinksLeft::new())?;
        Ok((target.dir.location, target.name))
    }

    /// The attributes of what a path names; of the link itself when its last component is a symbolic
    /// link and `follow` is false.
    pub fn stat(&self, cx: &Context<'_>, cwd: Location, path: &[u8], follow: bool) -> Result<Stat> {
        Ok(self.find(cx, cwd, path, follow)?.stat)
    }

    /// A symbolic link's target. EINVAL when it is something else.
    pub fn read_link(&self, cx: &Context<'_>, cwd: Location, path: &[u8]) -> Result<Vec<u8>> {
        let found = self.find(cx, cwd, path, false)?;
        match found.stat.file_type {
            FileType::Symlink => self.table().read_link(cx, found.location),
            _ => Err(Errno::EINVAL),
        }
    }

    /// Where a path leads, with its attributes.
    pub(super) fn find(&self, cx: &Context<'_>, cwd: Location, path: &[u8], follow: bool) -> Result<Found> {
        self.walk(cx, cwd, path, follow, &mut LinksLeft::new())
    }

    /// As [`Namespace::find`], within the links that are left.
    pub(super) fn walk(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &[u8],
        follow_last: bool,
        links: &mut LinksLeft,
    ) -> Result<Found> {
        check_length(path)?;
        let table = self.table();
        let start = |path: &[u8]| if path.first() == Some(&b'/') { table.seen_at(self.root) } else { cwd };
        let mut at = table.found(start(path))?;
        // The path from here on once a link has been followed: its target and what came after it.
        let mut spliced: Vec<u8>;
        let mut left = path;
        loop {
            let (name, rest) = split_first(left);
            if name.is_empty() {
                return Ok(at);
            }
            let next = table.step(cx, &at, name)?;
            let is_last = rest.is_empty();
            if next.stat.file_type == FileType::Symlink && (!is_last || follow_last) {
                links.take_one()?;
                let mut target = table.read_link(cx, next.location)?;
                check_length(&target)?;
                if target.first() == Some(&b'/') {
                    at = table.found(table.seen_at(self.root))?;
                }
                target.extend_from_slice(rest);
                spliced = target;
                left = &spliced;
                continue;
            }
            if !is_last && !next.is_directory() {
                return Err(Errno::ENOTDIR);
            }
            at = next;
            left = rest;
        }
    }

    /// The directory of a path's last component, and that component.
    pub(super) fn target<'a>(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &'a [u8],
        links: &mut LinksLeft,
    ) -> Result<Target<'a>> {
        check_length(path)?;
        let (dir, name, slash) = split_last(path);
        let dir = match dir {
            b"" => self.table().found(cwd)?,
            _ => self.walk(cx, cwd, dir, true, links)?,
        };
        Ok(Target { dir, name, slash })
    }

    /// What a name (not `.` or `..`) names in a directory: the inode there, even where something is
    /// mounted over it; `None` when there is nothing.
    pub(super) fn look_up(&self, cx: &Context<'_>, dir: &Found, name: &[u8]) -> Result<Option<Found>> {
        let table = self.table();
        match table.entry(cx, dir, name) {
            Ok(location) => table.found(location).map(Some),
            Err(Errno::ENOENT) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What is seen at a place: the root of what is mounted there, or itself.
    pub(super) fn seen_at(&self, found: Found) -> Result<Found> {
        let table = self.table();
        match table.seen_at(found.location) {
            location if location == found.location => Ok(found),
            location => table.found(location),
        }
    }

    /// Where a component leads: also `.`, `..`, and the empty name of `/`.
    pub(super) fn step(&self, cx: &Context<'_>, dir: &Found, name: &[u8]) -> Result<Found> {
        match name {
            b"" => Ok(dir.clone()),
            _ => self.table().step(cx, dir, name),
        }
    }

    pub(super) fn link_target(&self, cx: &Context<'_>, link: Location) -> Result<Vec<u8>> {
        let target = self.table().read_link(cx, link)?;
        check_length(&target).map(|()| target)
    }

    /// The directory above a directory, seen from the root.
    pub(super) fn above(&self, dir: Location) -> Result<Location> {
        self.table().above(dir)
    }

    /// Whether something is mounted over it.
    pub(super) fn is_mount_point(&self, location: Location) -> bool {
        self.table().covered.contains_key(&location)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits() {
        let check = |path: &str, dir: &str, name: &str, slash| {
            assert_eq!(split_last(path.as_bytes()), (dir.as_bytes(), name.as_bytes(), slash), "{path}");
        };
        check("a", "", "a", false);
        check("a/", "", "a", true);
        check("/a", "/", "a", false);
        check("a//b//", "a//", "b", true);
        check("/", "/", "", false);
        check("//", "//", "", false);
        check("a/.", "a/", ".", false);
        check("", "", "", false);
    }
}
