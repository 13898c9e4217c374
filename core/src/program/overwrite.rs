//! Whether a file that is already there may be replaced, and what is kept of it: `cp`, `mv`, `ln`, `install`.

use super::{Backup, Context, Questions, mode_text, quote};
use crate::abi::{Access, FileType, Result, STDIN, Stat};

/// What becomes of a file that is already there.
#[derive(Clone, Debug)]
pub struct Overwrite {
    /// Ask, never, or just do it.
    pub when: Clobber,
    /// Only when the source is newer.
    pub update: bool,
    /// What was there is kept under another name.
    pub backup: Backup,
}

/// Whether a file may be overwritten.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Clobber {
    /// Yes.
    Always,
    /// When the answer to a question is yes.
    Ask,
    /// No, silently.
    Never,
    /// When the answer is yes, but ask only about what cannot be written, and when a person is there.
    AskIfProtected,
}

impl Overwrite {
    /// Whether `target`, which is there, may be overwritten by a source with these attributes.
    pub async fn allows(
        &self,
        cx: &mut Context,
        questions: &mut Questions,
        source: &Stat,
        target: &[u8],
        there: &Stat,
    ) -> bool {
        if self.when == Clobber::Never || (self.update && there.mtime >= source.mtime) {
            return false;
        }
        let is_protected =
            there.file_type != FileType::Symlink && cx.process.access_now(target, Access::WRITE).is_err();
        let ask = match self.when {
            Clobber::Ask => true,
            Clobber::AskIfProtected => is_protected && cx.process.is_terminal(STDIN),
            Clobber::Always | Clobber::Never => false,
        };
        if !ask {
            return true;
        }
        let mut text = b"overwrite ".to_vec();
        text.extend(quote(target));
        if is_protected {
            let letters = mode_text(there.file_type, there.mode);
            let letters = letters.get(1..).unwrap_or_default();
            text = [b"replace ", &quote(target)[..]].concat();
            text.extend_from_slice(
                format!(", overriding mode {:04o} ({letters})", there.mode.bits()).as_bytes(),
            );
        }
        text.push(b'?');
        questions.ask(cx, &text).await
    }

    /// Moves what is at `target` out of the way; where to. The error is told.
    pub async fn make_backup(&self, cx: &mut Context, target: &[u8]) -> Result<Option<Vec<u8>>, ()> {
        let Some(backup) = self.backup.path_for(cx, target).await else { return Ok(None) };
        match cx.process.rename(target, &backup).await {
            Ok(()) => Ok(Some(backup)),
            Err(errno) => {
                cx.cannot("cannot backup", target, errno).await;
                Err(())
            }
        }
    }
}
