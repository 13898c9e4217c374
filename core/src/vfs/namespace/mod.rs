//! The tree of mounted file systems: the mount table, and every operation on paths in the files beside.

mod change;
mod open;
mod permission;
#[cfg(test)]
mod tests;
mod walk;

pub use change::SetTime;
pub use open::OpenNode;

use super::{Context, FileSystem};
use crate::abi::{Errno, FileType, FsStat, Ino, Result, SortedMap, Stat};
use std::cell::{Cell, Ref, RefCell};
use std::rc::Rc;

/// A mount's number in the mount table. Numbers are never used again.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct MountId(u32);

impl MountId {
    /// The number, from 0 on in the order of mounting.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }
}

/// An inode of a mounted file system. It keeps nothing alive ([`Namespace::hold`] does); one that is gone
/// answers ENOENT.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Location {
    /// Which mount.
    pub mount: MountId,
    /// Which inode there.
    pub ino: Ino,
}

/// How a file system is mounted.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct MountOptions {
    /// What `/proc/mounts` shows first: a device, or the file system's name.
    pub source: Vec<u8>,
    /// Whether changes give EROFS.
    pub read_only: bool,
}

/// A line of `/proc/mounts`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MountInfo {
    /// The mount.
    pub id: MountId,
    /// The mount that holds the directory it covers; `None` for `/`.
    pub parent: Option<MountId>,
    /// What `stat` tells as `st_dev`.
    pub dev: u64,
    /// Where it is mounted, as an absolute path.
    pub path: Vec<u8>,
    /// How it is mounted.
    pub options: MountOptions,
    /// The file system's totals and kind.
    pub stat: FsStat,
}

/// One mounted file system.
struct Mount {
    fs: Rc<dyn FileSystem>,
    root: Ino,
    /// The directory that it covers; `None` for `/`.
    on: Option<Location>,
    /// What `stat` tells as `st_dev`.
    dev: u64,
    options: MountOptions,
    /// How many [`OpenNode`]s are on it.
    opened: Rc<Cell<u32>>,
}

/// All mounts; a number's place stays empty when it is unmounted.
struct MountTable {
    mounts: Vec<Option<Mount>>,
    covered: SortedMap<Location, MountId>,
    /// Changes of the table, and of the file systems that are no longer mounted.
    generation: u64,
}

impl MountTable {
    fn get(&self, id: MountId) -> Result<&Mount> {
        self.mounts.get(id.0 as usize).and_then(Option::as_ref).ok_or(Errno::ENOENT)
    }

    /// What is seen at a location: the root of what is mounted there last, or itself.
    fn seen_at(&self, mut location: Location) -> Location {
        while let Some(mount) = self.covered.get(&location).and_then(|id| Some((*id, self.get(*id).ok()?))) {
            location = Location { mount: mount.0, ino: mount.1.root };
        }
        location
    }

    fn stat(&self, location: Location) -> Result<Stat> {
        let mount = self.get(location.mount)?;
        let mut stat = mount.fs.stat(location.ino)?;
        stat.dev = mount.dev;
        Ok(stat)
    }

    fn add(&mut self, fs: Rc<dyn FileSystem>, on: Option<Location>, options: MountOptions) -> Location {
        let same = |mount: &&Mount| Rc::ptr_eq(&mount.fs, &fs);
        let id = MountId(u32::try_from(self.mounts.len()).unwrap_or(u32::MAX));
        let dev = match self.mounts.iter().flatten().find(same) {
            Some(mount) => mount.dev,
            None => u64::from(id.0) + 1,
        };
        let root = fs.root();
        self.mounts.push(Some(Mount { fs, root, on, dev, options, opened: Rc::default() }));
        if let Some(on) = on {
            self.covered.insert(on, id);
        }
        self.generation += 1;
        Location { mount: id, ino: root }
    }

    fn path_of(&self, location: Location) -> Result<Vec<u8>> {
        let mut names = Vec::new();
        let mut at = location;
        loop {
            let mount = self.get(at.mount)?;
            if at.ino == mount.root {
                match mount.on {
                    Some(on) => at = on,
                    None => break,
                }
            } else {
                names.push(mount.fs.name_of(at.ino)?);
                at.ino = mount.fs.parent(at.ino)?;
            }
        }
        let mut path = Vec::new();
        for name in names.iter().rev() {
            path.push(b'/');
            path.extend_from_slice(name);
        }
        if path.is_empty() {
            path.push(b'/');
        }
        Ok(path)
    }
}

/// The tree of mounted file systems that a machine's processes see.
///
/// Every operation on paths checks what POSIX asks of it with the caller's effective ids, and answers with
/// Linux's errors. Paths are walked from `cwd`, or from the root when they begin with `/`; a walk allocates
/// nothing unless it meets a symbolic link.
pub struct Namespace {
    table: RefCell<MountTable>,
    root: Location,
}

impl Namespace {
    /// With this file system at `/`.
    #[must_use]
    pub fn new(root: Rc<dyn FileSystem>, options: MountOptions) -> Namespace {
        let mut table = MountTable { mounts: Vec::new(), covered: SortedMap::new(), generation: 0 };
        let root = table.add(root, None, options);
        Namespace { table: RefCell::new(table), root }
    }

    /// The directory `/`, or what is mounted over it.
    #[must_use]
    pub fn root(&self) -> Location {
        self.table().seen_at(self.root)
    }

    /// Mounts a file system over a directory and gives its root. Only root may: EPERM. ENOTDIR.
    pub fn mount(
        &self,
        cx: &Context<'_>,
        cwd: Location,
        path: &[u8],
        fs: Rc<dyn FileSystem>,
        options: MountOptions,
    ) -> Result<Location> {
        let on = self.find(cx, cwd, path, true)?;
        if !cx.credentials.is_root() {
            return Err(Errno::EPERM);
        }
        if on.stat.file_type != FileType::Directory {
            return Err(Errno::ENOTDIR);
        }
        Ok(self.table.borrow_mut().add(fs, Some(on.location), options))
    }

    /// Changes the options of what is mounted at `path`. Only root may: EPERM. EINVAL when it is no
    /// mount's root.
    pub fn remount(&self, cx: &Context<'_>, cwd: Location, path: &[u8], read_only: bool) -> Result<()> {
        let id = self.mount_at(cx, cwd, path)?;
        let mut table = self.table.borrow_mut();
        if let Some(Some(mount)) = table.mounts.get_mut(id.0 as usize) {
            mount.options.read_only = read_only;
        }
        table.generation += 1;
        Ok(())
    }

    /// Unmounts what is mounted at `path`. Only root may: EPERM. EBUSY while something is open or held on
    /// it, or mounted in it, and for `/`; EINVAL when it is no mount's root.
    pub fn umount(&self, cx: &Context<'_>, cwd: Location, path: &[u8]) -> Result<()> {
        let id = self.mount_at(cx, cwd, path)?;
        let mut table = self.table.borrow_mut();
        let mount = table.get(id)?;
        let generation = mount.fs.generation();
        let Some(on) = mount.on else { return Err(Errno::EBUSY) };
        if mount.opened.get() > 0 || table.covered.keys().any(|covered| covered.mount == id) {
            return Err(Errno::EBUSY);
        }
        table.covered.remove(&on);
        table.generation += generation + 1;
        if let Some(place) = table.mounts.get_mut(id.0 as usize) {
            *place = None;
        }
        Ok(())
    }

    /// All mounts in the order they were made.
    #[must_use]
    pub fn mounts(&self) -> Vec<MountInfo> {
        let table = self.table();
        let mut infos = Vec::new();
        for (index, mount) in table.mounts.iter().enumerate() {
            let Some(mount) = mount else { continue };
            let id = MountId(u32::try_from(index).unwrap_or(u32::MAX));
            // A covered directory that has been removed has no path any more.
            let path = table.path_of(Location { mount: id, ino: mount.root }).unwrap_or_default();
            let (parent, dev) = (mount.on.map(|on| on.mount), mount.dev);
            infos.push(MountInfo {
                id,
                parent,
                dev,
                path,
                options: mount.options.clone(),
                stat: mount.fs.statfs(),
            });
        }
        infos
    }

    /// A number that grows with every change of any mounted file system and of the mount table.
    #[must_use]
    pub fn generation(&self) -> u64 {
        let table = self.table();
        table.generation + table.mounts.iter().flatten().map(|mount| mount.fs.generation()).sum::<u64>()
    }

    /// The file system of a mount.
    pub fn file_system(&self, mount: MountId) -> Result<Rc<dyn FileSystem>> {
        Ok(Rc::clone(&self.table().get(mount)?.fs))
    }

    /// The attributes of an inode.
    pub fn stat_at(&self, location: Location) -> Result<Stat> {
        self.table().stat(location)
    }

    /// The absolute path of a directory (`getcwd`). ENOENT when it has been removed.
    pub fn path_of(&self, location: Location) -> Result<Vec<u8>> {
        self.table().path_of(location)
    }

    /// The totals of the file system that holds `path`.
    pub fn statfs(&self, cx: &Context<'_>, cwd: Location, path: &[u8]) -> Result<FsStat> {
        let found = self.find(cx, cwd, path, true)?;
        Ok(self.table().get(found.location.mount)?.fs.statfs())
    }

    fn table(&self) -> Ref<'_, MountTable> {
        self.table.borrow()
    }

    /// The mount whose root `path` is. EINVAL when there is none.
    fn mount_at(&self, cx: &Context<'_>, cwd: Location, path: &[u8]) -> Result<MountId> {
        let found = self.find(cx, cwd, path, true)?.location;
        if !cx.credentials.is_root() {
            return Err(Errno::EPERM);
        }
        match self.table().get(found.mount)?.root == found.ino {
            true => Ok(found.mount),
            false => Err(Errno::EINVAL),
        }
    }

    /// EROFS when a mount is read-only.
    fn writable(&self, mount: MountId) -> Result<()> {
        match self.table().get(mount)?.options.read_only {
            true => Err(Errno::EROFS),
            false => Ok(()),
        }
    }
}
