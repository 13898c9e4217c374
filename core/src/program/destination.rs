//! The last operand of `cp`, `mv` and `ln`: a directory to put things into, or a new name.

use super::path::{base_name, join, without_trailing_slashes};
use super::{Context, Parsed, quote};
use crate::abi::{Errno, ExitStatus, FileType};

/// Sources, and where each goes.
#[derive(Debug)]
pub struct Destination {
    /// What is to be copied, moved or linked.
    pub sources: Vec<Vec<u8>>,
    /// Where to: a directory, or a single source's new name.
    pub target: Vec<u8>,
    /// Whether `target` is a directory to put the sources into.
    pub is_directory: bool,
}

impl Destination {
    /// Reads operands with the options `t` (`--target-directory`) and `T` (`--no-target-directory`). A link
    /// to a directory counts as one unless `no_follow`. `Err` is the status to end with.
    pub async fn of(cx: &mut Context, parsed: &Parsed, no_follow: bool) -> Result<Destination, ExitStatus> {
        let mut sources = parsed.operands.clone();
        let exact = parsed.has('T');
        if sources.is_empty() {
            return Err(cx.usage_error(1, b"missing file operand").await);
        }
        if let Some(directory) = parsed.value('t') {
            if exact {
                let message = b"cannot combine --target-directory (-t) and --no-target-directory (-T)";
                cx.error(message).await;
                return Err(cx.finish().await);
            }
            if let Err(errno) = is_directory(cx, directory, false).await {
                cx.cannot("target directory", directory, errno).await;
                return Err(cx.finish().await);
            }
            return Ok(Destination { sources, target: directory.to_vec(), is_directory: true });
        }
        let first = sources.first().cloned().unwrap_or_default();
        let target = match sources.len() {
            1 => {
                let message = [b"missing destination file operand after ", &quote(&first)[..]].concat();
                return Err(cx.usage_error(1, &message).await);
            }
            _ => sources.pop().unwrap_or_default(),
        };
        if exact {
            if sources.len() > 1 {
                let message = [b"extra operand ", &quote(&target)[..]].concat();
                return Err(cx.usage_error(1, &message).await);
            }
            return Ok(Destination { sources, target, is_directory: false });
        }
        match is_directory(cx, &target, no_follow).await {
            Ok(()) => Ok(Destination { sources, target, is_directory: true }),
            Err(errno) if sources.len() > 1 => {
                cx.cannot("target", &target, errno).await;
                Err(cx.finish().await)
            }
            Err(_) => Ok(Destination { sources, target, is_directory: false }),
        }
    }

    /// Where a source goes.
    #[must_use]
    pub fn path_for(&self, source: &[u8]) -> Vec<u8> {
        if !self.is_directory {
            return self.target.clone();
        }
        match base_name(without_trailing_slashes(source)) {
            b"/" => self.target.clone(),
            // Into the directory itself, as its `..` or `.` would be.
            b".." => self.target.clone(),
            name => join(&self.target, name),
        }
    }
}

/// Whether a path is a directory; the reason why not.
async fn is_directory(cx: &Context, path: &[u8], no_follow: bool) -> Result<(), Errno> {
    let stat = if no_follow { cx.process.lstat(path).await } else { cx.process.stat(path).await };
    match stat {
        Ok(stat) if stat.file_type == FileType::Directory => Ok(()),
        Ok(_) => Err(Errno::ENOTDIR),
        Err(errno) => Err(errno),
    }
}
