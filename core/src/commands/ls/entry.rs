//! An entry of a listing: a name, its attributes, and how it is written.

use super::wish::{Dereference, Wish};
use crate::abi::width::text_width;
use crate::abi::{Errno, FileType, Result, Stat};
use crate::program::path::join;
use crate::program::{Context, question_marks};

/// A file that is listed.
pub(super) struct Entry {
    /// What is listed: a name, or an operand.
    pub(super) name: Vec<u8>,
    /// Where it is.
    pub(super) path: Vec<u8>,
    /// Its attributes; none when they cannot be had.
    pub(super) stat: Option<Stat>,
    /// Where it leads, of a symbolic link.
    pub(super) link: Option<Vec<u8>>,
    /// The attributes of what it leads to.
    pub(super) target: Option<Stat>,
    /// The name as it is written.
    pub(super) shown: Vec<u8>,
    /// A blank stands before it, because others are quoted.
    pub(super) is_shifted: bool,
}

impl Entry {
    /// Whether it is a directory (as it was looked at, links followed or not).
    pub(super) fn is_directory(&self) -> bool {
        self.stat.as_ref().is_some_and(|stat| stat.file_type == FileType::Directory)
    }

    /// Whether it is or leads to a directory.
    pub(super) fn leads_to_directory(&self) -> bool {
        self.is_directory() || self.target.as_ref().is_some_and(|stat| stat.file_type == FileType::Directory)
    }

    /// The type and whether somebody may execute it.
    pub(super) fn kind(&self) -> Option<(FileType, bool)> {
        self.stat.as_ref().map(|stat| (stat.file_type, stat.mode.bits() & 0o111 != 0))
    }

    /// Columns of the written name.
    pub(super) fn width(&self) -> usize {
        text_width(&self.shown) + usize::from(self.is_shifted)
    }
}

/// An operand.
pub(super) async fn of_operand(cx: &Context, operand: &[u8], wish: &Wish) -> Result<Entry> {
    let stat = match wish.dereference {
        Dereference::Never => cx.process.lstat(operand).await,
        Dereference::Operands | Dereference::Always => cx.process.stat(operand).await,
        Dereference::OperandsToDirectories => match cx.process.stat(operand).await {
            Ok(stat) if stat.file_type == FileType::Directory => Ok(stat),
            _ => cx.process.lstat(operand).await,
        },
    };
    Ok(with_link(cx, operand.to_vec(), operand.to_vec(), Some(stat?)).await)
}

/// An entry of a directory; with it, why its attributes cannot be had.
pub(super) async fn of_directory(
    cx: &Context,
    directory: &[u8],
    name: Vec<u8>,
    wish: &Wish,
) -> (Entry, Option<Errno>) {
    let path = join(directory, &name);
    let stat = match wish.dereference {
        Dereference::Always => cx.process.stat(&path).await,
        _ => cx.process.lstat(&path).await,
    };
    let failure = stat.as_ref().err().copied();
    (with_link(cx, name, path, stat.ok()).await, failure)
}

async fn with_link(cx: &Context, name: Vec<u8>, path: Vec<u8>, stat: Option<Stat>) -> Entry {
    let is_link = stat.as_ref().is_some_and(|stat| stat.file_type == FileType::Symlink);
    let link = if is_link { cx.process.read_link(&path).await.ok() } else { None };
    let target = if is_link { cx.process.stat(&path).await.ok() } else { None };
    Entry { name, path, stat, link, target, shown: Vec::new(), is_shifted: false }
}

/// A name as the options want it written.
pub(super) fn written(name: &[u8], wish: &Wish) -> Vec<u8> {
    let quoted = wish.quoting.quote(name);
    if wish.question_marks { question_marks(&quoted) } else { quoted }
}

/// Writes all names; those that are not quoted make room for the quotes of the others.
pub(super) fn prepare(entries: &mut [Entry], wish: &Wish) {
    for entry in entries.iter_mut() {
        entry.shown = written(&entry.name, wish);
    }
    let is_quoted = |entry: &Entry| entry.shown != entry.name && entry.shown.starts_with(b"'")
        || entry.shown != entry.name && entry.shown.starts_with(b"\"");
    if wish.align_quotes && entries.iter().any(is_quoted) {
        for entry in entries.iter_mut() {
            entry.is_shifted = !is_quoted(entry);
        }
    }
}
