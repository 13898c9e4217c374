//! Walking a tree of files: what `find`, `rm -r`, `chmod -R`, `cp -r` and `du` have in common.
//!
//! The walk keeps its own stack, so that no depth of directories can use up the native one.

use super::path::join;
use crate::abi::{Errno, FileType, Ino, Result, Stat};
use crate::kernel::Process;
use std::collections::VecDeque;

/// Which symbolic links stand for what they point to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Follow {
    /// None (`-P`).
    Never,
    /// Those that were named as operands (`-H`).
    Operands,
    /// All (`-L`).
    Always,
}

/// Why a file is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Visit {
    /// It is not a directory.
    File,
    /// A directory, before what is in it. [`Walk::skip`] leaves that out.
    Before,
    /// A directory, after what is in it.
    After,
    /// A directory whose entries cannot be read; it was told `Before` too, and is told `After` next.
    Unreadable(Errno),
    /// It has no attributes to be had: it is not there, or its directory cannot be searched.
    Missing(Errno),
    /// A directory that is one of those it is in (links are followed, or mounts loop).
    Loop,
}

/// A file of the tree.
#[derive(Clone, Debug)]
pub struct Visited {
    /// Its path: the operand, then the names below it.
    pub path: Vec<u8>,
    /// Where its path begins below the operand; the operand's own length for the operand.
    pub operand_len: usize,
    /// How far below the operand.
    pub depth: usize,
    /// Why it is told.
    pub visit: Visit,
    /// Its attributes, links followed as the walk does. `None` when it is missing.
    pub stat: Option<Stat>,
}

impl Visited {
    /// The path below the operand: empty for the operand, else with a slash in front.
    #[must_use]
    pub fn below(&self) -> &[u8] {
        let below = self.path.get(self.operand_len..).unwrap_or_default();
        below.strip_prefix(b"/").unwrap_or(below)
    }
}

/// A walk from one operand.
pub struct Walk {
    operand: Option<Vec<u8>>,
    operand_len: usize,
    follow: Follow,
    one_file_system: bool,
    dev: Option<u64>,
    sorted: bool,
    /// The directory that was told `Before` and is to be read next.
    pending: Option<(Vec<u8>, Stat)>,
    stack: Vec<Level>,
}

/// A directory that is being walked.
struct Level {
    path: Vec<u8>,
    stat: Stat,
    names: VecDeque<Vec<u8>>,
}

impl Walk {
    /// From this file or directory.
    #[must_use]
    pub fn new(operand: &[u8], follow: Follow) -> Walk {
        Walk {
            operand: Some(operand.to_vec()),
            operand_len: operand.len(),
            follow,
            one_file_system: false,
            dev: None,
            sorted: false,
            pending: None,
            stack: Vec::new(),
        }
    }

    /// Does not go into directories on other file systems than the operand's.
    #[must_use]
    pub fn one_file_system(mut self, on: bool) -> Walk {
        self.one_file_system = on;
        self
    }

    /// Entries in the order of their names, rather than the directory's.
    #[must_use]
    pub fn sorted(mut self) -> Walk {
        self.sorted = true;
        self
    }

    /// Leaves out what is in the directory that was told last, `Before`. It is not told `After` then.
    pub fn skip(&mut self) {
        self.pending = None;
    }

    /// The next file; `None` at the end.
    pub async fn next(&mut self, process: &Process) -> Option<Visited> {
        if let Some(operand) = self.operand.take() {
            let follow = self.follow != Follow::Never;
            return Some(self.arrive(process, operand, 0, follow).await);
        }
        if let Some((path, stat)) = self.pending.take() {
            let depth = self.stack.len();
            let listed = process.list_dir(&path).await;
            let failed = listed.as_ref().err().copied();
            let mut names: Vec<Vec<u8>> =
                listed.unwrap_or_default().into_iter().map(|entry| entry.name).collect();
            if self.sorted {
                names.sort_unstable();
            }
            self.stack.push(Level { path: path.clone(), stat: stat.clone(), names: names.into() });
            if let Some(errno) = failed {
                return Some(self.visited(path, depth, Visit::Unreadable(errno), Some(stat)));
            }
        }
        let depth = self.stack.len();
        let level = self.stack.last_mut()?;
        match level.names.pop_front() {
            Some(name) => {
                let path = join(&level.path, &name);
                let follow = self.follow == Follow::Always;
                Some(self.arrive(process, path, depth, follow).await)
            }
            None => {
                let level = self.stack.pop()?;
                Some(self.visited(level.path, depth - 1, Visit::After, Some(level.stat)))
            }
        }
    }

    async fn arrive(&mut self, process: &Process, path: Vec<u8>, depth: usize, follow: bool) -> Visited {
        let stat = match stat_of(process, &path, follow).await {
            Ok(stat) => stat,
            Err(errno) => return self.visited(path, depth, Visit::Missing(errno), None),
        };
        if stat.file_type != FileType::Directory {
            return self.visited(path, depth, Visit::File, Some(stat));
        }
        let is = |level: &Level, dev: u64, ino: Ino| level.stat.dev == dev && level.stat.ino == ino;
        if self.stack.iter().any(|level| is(level, stat.dev, stat.ino)) {
            return self.visited(path, depth, Visit::Loop, Some(stat));
        }
        let dev = *self.dev.get_or_insert(stat.dev);
        if !self.one_file_system || dev == stat.dev {
            self.pending = Some((path.clone(), stat.clone()));
        }
        self.visited(path, depth, Visit::Before, Some(stat))
    }

    /// Of the directories that are being walked, the path of the one with these ids.
    #[must_use]
    pub fn ancestor(&self, stat: &Stat) -> Option<&[u8]> {
        let level =
            self.stack.iter().find(|level| (level.stat.dev, level.stat.ino) == (stat.dev, stat.ino))?;
        Some(&level.path)
    }

    fn visited(&self, path: Vec<u8>, depth: usize, visit: Visit, stat: Option<Stat>) -> Visited {
        Visited { path, operand_len: self.operand_len, depth, visit, stat }
    }
}

/// The attributes of a path; with `follow`, those of a link's target if it has one.
pub async fn stat_of(process: &Process, path: &[u8], follow: bool) -> Result<Stat> {
    if follow {
        match process.stat(path).await {
            Err(Errno::ENOENT | Errno::ELOOP) => {}
            result => return result,
        }
    }
    process.lstat(path).await
}
