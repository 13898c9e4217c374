//! Copying files and trees of files: `cp`, and `mv` between file systems.

use super::backup::BackupKind;
use super::path::{dir_name, join};
use super::{Context, Follow, Overwrite, Questions, Visit, Visited, Walk, quote};
use crate::abi::{Errno, Fd, FileType, Ino, Mode, OpenFlags, Result, Stat};
use crate::kernel::Whence;
use crate::vfs::{NewNode, SetTime};
use std::collections::{BTreeMap, BTreeSet};

/// Bytes that are copied at once.
const BLOCK_BYTES: usize = 64 * 1024;

/// What is made of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// A copy.
    Copy,
    /// Another name.
    HardLink,
    /// A symbolic link.
    SymbolicLink,
    /// A copy without the content.
    AttributesOnly,
}

/// Which attributes a copy gets from its source.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Preserve {
    /// Permission bits.
    pub mode: bool,
    /// Owner and group.
    pub ownership: bool,
    /// Times.
    pub timestamps: bool,
    /// Names of one file become names of one file.
    pub links: bool,
    /// New files get default permissions (`--no-preserve=mode`).
    pub default_mode: bool,
}

/// How to copy.
#[derive(Clone, Debug)]
pub struct CopyOptions {
    /// What is made of each file.
    pub way: Way,
    /// Directories are copied with what is in them, special files as such.
    pub recursive: bool,
    /// Which links are followed.
    pub follow: Follow,
    /// Attributes that are kept.
    pub preserve: Preserve,
    /// What becomes of existing files.
    pub overwrite: Overwrite,
    /// An existing file that cannot be opened is removed first.
    pub force: bool,
    /// Existing files are removed first.
    pub remove_destination: bool,
    /// Directories on other file systems are left out.
    pub one_file_system: bool,
    /// Each file is told, with this before it.
    pub verbose: Option<&'static str>,
}

/// A run of copies: it remembers what it made.
pub struct Copier {
    options: CopyOptions,
    /// What was copied, for hard links: its copy.
    copies: BTreeMap<(u64, Ino), Vec<u8>>,
    /// What this run made.
    made: BTreeSet<(u64, Ino)>,
    questions: Questions,
}

impl Copier {
    /// A run.
    #[must_use]
    pub fn new(options: CopyOptions) -> Copier {
        Copier { options, copies: BTreeMap::new(), made: BTreeSet::new(), questions: Questions::default() }
    }

    /// Copies a file or tree to exactly this name. False after a failure, which is told.
    pub async fn copy(&mut self, cx: &mut Context, source: &[u8], target: &[u8]) -> bool {
        let mut walk = Walk::new(source, self.options.follow).one_file_system(self.options.one_file_system);
        let mut fine = true;
        // Directories that were there before, or that could not be made to the last.
        let mut old = BTreeSet::new();
        while let Some(file) = walk.next(&cx.process).await {
            let to = if file.depth == 0 { target.to_vec() } else { join(target, file.below()) };
            fine &= match (file.visit, &file.stat) {
                (Visit::Missing(errno), _) => {
                    cx.cannot("cannot stat", &file.path, errno).await;
                    false
                }
                (Visit::Unreadable(errno), _) => {
                    cx.cannot("cannot access", &file.path, errno).await;
                    false
                }
                (Visit::Loop, _) => {
                    let text = [b"cannot copy cyclic symbolic link ", &quote(&file.path)[..]].concat();
                    cx.error(&text).await;
                    false
                }
                (Visit::Before, Some(stat)) => match self.enter(cx, &file, stat, &to, source, target).await {
                    Some(is_new) => {
                        if !is_new {
                            old.insert(to);
                        }
                        true
                    }
                    None => {
                        walk.skip();
                        false
                    }
                },
                (Visit::After, Some(stat)) => self.leave(cx, stat, &to, !old.remove(&to)).await,
                (Visit::File, Some(stat)) => self.copy_file(cx, &file.path, stat, &to).await,
                _ => true,
            };
        }
        fine
    }

    /// Makes the copy of a directory, or finds it there: whether it is new. `None` after a failure.
    async fn enter(
        &mut self,
        cx: &mut Context,
        file: &Visited,
        stat: &Stat,
        to: &[u8],
        source: &[u8],
        target: &[u8],
    ) -> Option<bool> {
        let from = &file.path;
        if !self.options.recursive {
            cx.error(&[b"-r not specified; omitting directory ", &quote(from)[..]].concat()).await;
            return None;
        }
        if file.depth > 0 && self.made.contains(&(stat.dev, stat.ino)) {
            let (source, target) = (quote(source), quote(target));
            let text = [b"cannot copy a directory, ", &source[..], b", into itself, ", &target].concat();
            cx.error(&text).await;
            return None;
        }
        match cx.process.lstat(to).await {
            Ok(there) if there.file_type != FileType::Directory => {
                let is_link_to_one = file.depth > 0
                    && matches!(cx.process.stat(to).await, Ok(stat) if stat.file_type == FileType::Directory);
                if is_link_to_one {
                    return Some(false);
                }
                let text =
                    [b"cannot overwrite non-directory ", &quote(to)[..], b" with directory ", &quote(from)];
                cx.error(&text.concat()).await;
                None
            }
            Ok(there) if (there.dev, there.ino) == (stat.dev, stat.ino) => {
                self.complain_of_same(cx, from, to).await;
                None
            }
            Ok(_) => Some(false),
            Err(_) => {
                // Until all is in it, its owner may write and nobody gets more than at the end.
                let mode = Mode::new(stat.mode.bits() & 0o777 | 0o700);
                if let Err(errno) = cx.process.mkdir(to, mode).await {
                    cx.cannot("cannot create directory", to, errno).await;
                    return None;
                }
                self.remember(cx, to).await;
                self.say(cx, from, to, None).await;
                Some(true)
            }
        }
    }

    /// Gives the copy of a directory its attributes.
    async fn leave(&self, cx: &mut Context, stat: &Stat, to: &[u8], is_new: bool) -> bool {
        let preserve = self.options.preserve;
        if is_new && !preserve.mode {
            let mode = if preserve.default_mode { 0o777 } else { stat.mode.bits() & 0o1777 };
            let mode = Mode::new(mode).masked(cx.process.umask());
            if let Ok(there) = cx.process.lstat(to).await
                && there.mode.bits() & 0o1777 != mode.bits()
            {
                let inherited = there.mode.bits() & Mode::SET_GID;
                // It is the copy's own; a failure changes nothing for the worse.
                let _ = cx.process.chmod(to, Mode::new(mode.bits() | inherited)).await;
            }
        }
        self.give_attributes(cx, stat, to).await
    }

    async fn remember(&mut self, cx: &Context, path: &[u8]) {
        if let Ok(stat) = cx.process.lstat(path).await {
            self.made.insert((stat.dev, stat.ino));
        }
    }

    async fn complain_of_same(&self, cx: &mut Context, from: &[u8], to: &[u8]) {
        let text = [&quote(from)[..], b" and ", &quote(to), b" are the same file"].concat();
        cx.error(&text).await;
    }

    async fn say(&self, cx: &mut Context, from: &[u8], to: &[u8], backup: Option<&[u8]>) {
        let Some(lead) = self.options.verbose else { return };
        let mut text = [lead.as_bytes(), &quote(from), b" -> ", &quote(to)].concat();
        if let Some(backup) = backup {
            text.extend_from_slice(b" (backup: ");
            text.extend(quote(backup));
            text.push(b')');
        }
        text.push(b'\n');
        cx.out.put(&text);
        // A failing write is told at the end.
        let _ = cx.out.ready().await;
    }

    /// Copies what is no directory.
    async fn copy_file(&mut self, cx: &mut Context, from: &[u8], stat: &Stat, to: &[u8]) -> bool {
        let mut there = cx.process.lstat(to).await.ok();
        let mut backup = None;
        if let Some(own) = &there {
            let behind = cx.process.stat(to).await;
            if self.options.way == Way::HardLink && (own.dev, own.ino) == (stat.dev, stat.ino) {
                return true;
            }
            if self.is_same(cx, from, stat, to, own, behind.as_ref().ok()).await {
                self.complain_of_same(cx, from, to).await;
                return false;
            }
            let is_directory = own.file_type == FileType::Directory
                || matches!(&behind, Ok(behind) if behind.file_type == FileType::Directory && !self.replaces(stat));
            if is_directory {
                let text = [b"cannot overwrite directory ", &quote(to)[..], b" with non-directory"].concat();
                cx.error(&text).await;
                return false;
            }
            let seen = behind.as_ref().unwrap_or(own).clone();
            let overwrite = self.options.overwrite.clone();
            if !overwrite.allows(cx, &mut self.questions, stat, to, &seen).await {
                return true;
            }
            let keeps = overwrite.backup.kind != BackupKind::None;
            if self.made.contains(&(own.dev, own.ino)) && !keeps {
                let text =
                    [b"will not overwrite just-created ", &quote(to)[..], b" with ", &quote(from)].concat();
                cx.error(&text).await;
                return false;
            }
            if keeps {
                backup = match overwrite.make_backup(cx, to).await {
                    Ok(backup) => backup,
                    Err(()) => return false,
                };
                there = None;
            } else if self.options.remove_destination
                || self.replaces(stat)
                || (self.options.force
                    && self.options.way != Way::Copy
                    && self.options.way != Way::AttributesOnly)
            {
                match cx.process.unlink(to).await {
                    Ok(()) | Err(Errno::ENOENT) => {}
                    Err(errno) => {
                        cx.cannot("cannot remove", to, errno).await;
                        return false;
                    }
                }
                if self.options.verbose.is_some() && self.options.remove_destination {
                    cx.out.put(&[b"removed ", &quote(to)[..], b"\n"].concat());
                }
                there = None;
            } else if own.file_type == FileType::Symlink && behind.is_err() && self.options.way == Way::Copy {
                let text = [b"not writing through dangling symlink ", &quote(to)[..]].concat();
                cx.error(&text).await;
                return false;
            }
        }
        self.say(cx, from, to, backup.as_deref()).await;
        let key = (stat.dev, stat.ino);
        let is_copied = self.options.preserve.links && stat.nlink > 1 && self.options.way == Way::Copy;
        if is_copied && let Some(copy) = self.copies.get(&key).cloned() {
            if there.is_some() {
                // It was asked for above; what is left in its place fails below.
                let _ = cx.process.unlink(to).await;
            }
            return self.link(cx, &copy, to).await;
        }
        let done = self.make(cx, from, stat, to, there.is_some()).await;
        if done {
            if is_copied {
                self.copies.insert(key, to.to_vec());
            }
            self.remember(cx, to).await;
        }
        done
    }

    /// Whether a copy takes the place of what is there rather than being written into it.
    fn replaces(&self, source: &Stat) -> bool {
        self.options.way == Way::Copy
            && match source.file_type {
                FileType::Regular => false,
                FileType::Symlink => true,
                _ => self.options.recursive,
            }
    }

    /// Whether source and target are one file, so that copying would lose it.
    async fn is_same(
        &self,
        cx: &Context,
        from: &[u8],
        stat: &Stat,
        to: &[u8],
        own: &Stat,
        behind: Option<&Stat>,
    ) -> bool {
        let key = |stat: &Stat| (stat.dev, stat.ino);
        let keeps = self.options.overwrite.backup.kind != BackupKind::None;
        if key(own) == key(stat) {
            let other_name = from != to && stat.nlink > 1;
            return !((self.options.remove_destination || keeps) && other_name);
        }
        if stat.file_type == FileType::Symlink && own.file_type == FileType::Symlink {
            return false;
        }
        let source = cx.process.stat(from).await.ok();
        let (Some(source), Some(behind)) = (source, behind) else { return false };
        if key(&source) != key(behind) {
            return false;
        }
        // A link to the source may be replaced by it.
        let replaced = self.options.remove_destination || keeps || self.options.way != Way::Copy;
        !(own.file_type == FileType::Symlink && replaced)
    }

    async fn link(&self, cx: &mut Context, from: &[u8], to: &[u8]) -> bool {
        let follow = self.options.follow != Follow::Never;
        match cx.process.link(from, to, follow).await {
            Ok(()) => true,
            Err(errno) => {
                let (to, from) = (quote(to), quote(from));
                let reason = errno.message().as_bytes();
                cx.error(&[b"cannot create hard link ", &to[..], b" to ", &from, b": ", reason].concat())
                    .await;
                false
            }
        }
    }

    async fn make(&self, cx: &mut Context, from: &[u8], stat: &Stat, to: &[u8], is_there: bool) -> bool {
        match self.options.way {
            Way::HardLink => return self.link(cx, from, to).await,
            Way::SymbolicLink => {
                if !from.starts_with(b"/") && !is_here(cx, dir_name(to)).await {
                    let text = [to, b": can make relative symbolic links only in current directory"].concat();
                    cx.error(&text).await;
                    return false;
                }
                return symlink(cx, from, to).await;
            }
            Way::Copy | Way::AttributesOnly => {}
        }
        let node = match stat.file_type {
            FileType::Symlink => {
                let target = match cx.process.read_link(from).await {
                    Ok(target) => target,
                    Err(errno) => {
                        cx.cannot("cannot read symbolic link", from, errno).await;
                        return false;
                    }
                };
                return symlink(cx, &target, to).await && self.give_link_attributes(cx, stat, to).await;
            }
            FileType::Fifo if self.options.recursive => Some(NewNode::Fifo),
            FileType::Socket if self.options.recursive => Some(NewNode::Socket),
            FileType::CharDevice if self.options.recursive => Some(NewNode::CharDevice(stat.rdev)),
            FileType::BlockDevice if self.options.recursive => Some(NewNode::BlockDevice(stat.rdev)),
            _ => None,
        };
        if let Some(node) = node {
            let kind =
                if node == NewNode::Fifo { "cannot create fifo" } else { "cannot create special file" };
            if let Err(errno) = cx.process.mknod(to, node, stat.mode).await {
                cx.cannot(kind, to, errno).await;
                return false;
            }
        } else if !self.copy_content(cx, from, stat, to, is_there).await {
            return false;
        }
        self.give_attributes(cx, stat, to).await
    }

    async fn copy_content(
        &self,
        cx: &mut Context,
        from: &[u8],
        stat: &Stat,
        to: &[u8],
        is_there: bool,
    ) -> bool {
        let source = match cx.process.open(from, OpenFlags::READ, Mode::default()).await {
            Ok(fd) => fd,
            Err(errno) => {
                let text = [&quote(from)[..], b" for reading: ", errno.message().as_bytes()].concat();
                cx.error(&[b"cannot open ", &text[..]].concat()).await;
                return false;
            }
        };
        let preserve = self.options.preserve;
        let mode = match (preserve.mode || preserve.ownership, preserve.default_mode) {
            (_, true) => 0o666,
            // Nobody else gets at it before it has its owner.
            (true, false) => stat.mode.bits() & 0o700,
            (false, false) => stat.mode.bits() & 0o777,
        };
        let truncate = if self.options.way == Way::Copy {
            OpenFlags::OUTPUT
        } else {
            OpenFlags::WRITE | OpenFlags::CREATE
        };
        let mut opened = cx.process.open(to, truncate, Mode::new(mode)).await;
        if opened.is_err() && is_there && self.options.force && cx.process.unlink(to).await.is_ok() {
            if self.options.verbose.is_some() {
                cx.out.put(&[b"removed ", &quote(to)[..], b"\n"].concat());
            }
            opened = cx.process.open(to, truncate, Mode::new(mode)).await;
        }
        let target = match opened {
            Ok(fd) => fd,
            Err(errno) => {
                let errno = if to.ends_with(b"/") && errno == Errno::EISDIR { Errno::ENOTDIR } else { errno };
                cx.cannot("cannot create regular file", to, errno).await;
                // It was opened above.
                let _ = cx.process.close(source);
                return false;
            }
        };
        let copied = match self.options.way {
            Way::Copy => transfer(cx, source, target, stat).await,
            _ => Ok(()),
        };
        let (_, _) = (cx.process.close(source), cx.process.close(target));
        match copied {
            Ok(()) => true,
            Err((deed, errno)) => {
                let path = if deed == "error reading" { from } else { to };
                cx.cannot(deed, path, errno).await;
                false
            }
        }
    }

    /// Gives a copy the attributes that are to be kept.
    async fn give_attributes(&self, cx: &mut Context, stat: &Stat, to: &[u8]) -> bool {
        let preserve = self.options.preserve;
        if preserve.timestamps {
            let (atime, mtime) = (SetTime::At(stat.atime), SetTime::At(stat.mtime));
            if let Err(errno) = cx.process.utimes(to, atime, mtime, true).await {
                cx.cannot("preserving times for", to, errno).await;
                return false;
            }
        }
        let mut mode = stat.mode;
        if preserve.ownership && !self.give_owner(cx, stat, to, true).await {
            // Set-id bits are not for another owner.
            mode = Mode::new(mode.bits() & 0o1777);
        }
        if preserve.mode
            && let Err(errno) = cx.process.chmod(to, mode).await
        {
            cx.cannot("preserving permissions for", to, errno).await;
            return false;
        }
        if preserve.ownership && !preserve.mode && preserve.default_mode {
            let mode = Mode::new(0o666).masked(cx.process.umask());
            return stat.file_type != FileType::Regular || cx.process.chmod(to, mode).await.is_ok();
        }
        true
    }

    /// Only root gives files away; for others this failure is none.
    async fn give_owner(&self, cx: &Context, stat: &Stat, to: &[u8], follow: bool) -> bool {
        if cx.process.chown(to, Some(stat.uid), Some(stat.gid), follow).await.is_ok() {
            return true;
        }
        // At least the group.
        let _ = cx.process.chown(to, None, Some(stat.gid), follow).await;
        false
    }

    async fn give_link_attributes(&self, cx: &mut Context, stat: &Stat, to: &[u8]) -> bool {
        if self.options.preserve.ownership {
            self.give_owner(cx, stat, to, false).await;
        }
        if self.options.preserve.timestamps {
            let (atime, mtime) = (SetTime::At(stat.atime), SetTime::At(stat.mtime));
            if let Err(errno) = cx.process.utimes(to, atime, mtime, false).await {
                cx.cannot("preserving times for", to, errno).await;
                return false;
            }
        }
        true
    }

    /// Makes the directories of `path` below `base`, each as the one of the source that it stands for
    /// (`--parents`).
    pub async fn make_parents(&mut self, cx: &mut Context, base: &[u8], source: &[u8]) -> bool {
        let parents = dir_name(source);
        let mut end = 0;
        while end < parents.len() && parents != b"." {
            end = parents
                .iter()
                .skip(end + 1)
                .position(|&byte| byte == b'/')
                .map_or(parents.len(), |at| end + 1 + at);
            let from = &parents[..end];
            let to = join(base, from.strip_prefix(b"/").unwrap_or(from));
            let is_there =
                matches!(cx.process.stat(&to).await, Ok(stat) if stat.file_type == FileType::Directory);
            if is_there || from.is_empty() {
                continue;
            }
            let stat = match cx.process.stat(from).await {
                Ok(stat) => stat,
                Err(errno) => {
                    cx.cannot("failed to get attributes of", from, errno).await;
                    return false;
                }
            };
            if let Err(errno) = cx.process.mkdir(&to, Mode::new(stat.mode.bits() & 0o777 | 0o700)).await {
                cx.cannot("cannot make directory", &to, errno).await;
                return false;
            }
            if self.options.verbose.is_some() {
                cx.out.put(&[from, b" -> ", &to[..], b"\n"].concat());
            }
            if !self.leave(cx, &stat, &to, true).await {
                return false;
            }
        }
        true
    }
}

async fn symlink(cx: &mut Context, target: &[u8], path: &[u8]) -> bool {
    match cx.process.symlink(target, path).await {
        Ok(()) => true,
        Err(errno) => {
            let (path, target) = (quote(path), quote(target));
            let reason = errno.message().as_bytes();
            let text = [b"cannot create symbolic link ", &path[..], b" to ", &target, b": ", reason].concat();
            cx.error(&text).await;
            false
        }
    }
}

/// Whether a directory is the working directory.
async fn is_here(cx: &Context, directory: &[u8]) -> bool {
    let (one, other) = (cx.process.stat(directory).await, cx.process.stat(b".").await);
    matches!((one, other), (Ok(one), Ok(other)) if (one.dev, one.ino) == (other.dev, other.ino))
}

/// Copies all bytes. Where the source has holes, blocks of zeros become holes.
async fn transfer(cx: &Context, source: Fd, target: Fd, stat: &Stat) -> Result<(), (&'static str, Errno)> {
    let has_holes = stat.file_type == FileType::Regular && stat.blocks.saturating_mul(512) < stat.size_bytes;
    let mut buffer = vec![0; BLOCK_BYTES];
    let mut hole_at_end = false;
    loop {
        let count = cx.process.read(source, &mut buffer).await.map_err(|errno| ("error reading", errno))?;
        let bytes = buffer.get(..count).unwrap_or_default();
        if bytes.is_empty() {
            break;
        }
        hole_at_end = has_holes && bytes.iter().all(|&byte| byte == 0);
        let written = if hole_at_end {
            cx.process.seek(target, i64::try_from(count).unwrap_or_default(), Whence::Current).map(drop)
        } else {
            cx.process.write_all(target, bytes).await
        };
        written.map_err(|errno| ("error writing", errno))?;
    }
    if hole_at_end {
        let end = cx.process.seek(target, 0, Whence::Current);
        end.and_then(|end| cx.process.ftruncate(target, end)).map_err(|errno| ("error writing", errno))?;
    }
    Ok(())
}
