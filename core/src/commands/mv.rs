//! `mv`: moves and renames files.

use crate::abi::{Errno, ExitStatus, FileType, SortedMap, Stat};
use crate::program::Takes::{Argument, MaybeArgument, Nothing};
use crate::program::path::without_trailing_slashes;
use crate::program::{
    Backup, BackupKind, Category, Choice, Clobber, Command, Context, Copier, CopyOptions, Destination, Example,
    Follow, Overwrite, Preserve, Questions, Visit, Walk, Way, boxed, option, quote,
};

/// The command.
pub static COMMAND: Command = Command {
    name: "mv",
    aliases: &[],
    summary: "move (rename) files",
    usage: &["[OPTION]... [-T] SOURCE DEST", "[OPTION]... SOURCE... DIRECTORY", "[OPTION]... -t DIRECTORY SOURCE..."],
    description: "Rename SOURCE to DEST, or move SOURCE(s) to DIRECTORY.\n\n\
                  If you specify more than one of -i, -f, -n, only the final one takes effect.",
    options: &[
        Choice { id: 'b', short: '\0', long: "backup", takes: MaybeArgument("CONTROL"), help: "make a backup of each existing destination file" },
        option('b', "", Nothing, "like --backup but does not accept an argument"),
        option('f', "force", Nothing, "do not prompt before overwriting"),
        option('i', "interactive", Nothing, "prompt before overwrite"),
        option('n', "no-clobber", Nothing, "do not overwrite an existing file"),
        Choice::long('z', "strip-trailing-slashes", Nothing, "remove any trailing slashes from each SOURCE argument"),
        option('S', "suffix", Argument("SUFFIX"), "override the usual backup suffix"),
        option('t', "target-directory", Argument("DIRECTORY"), "move all SOURCE arguments into DIRECTORY"),
        option('T', "no-target-directory", Nothing, "treat DEST as a normal file"),
        option('u', "update", Nothing, "move only when the SOURCE file is newer than the destination file or when it is missing"),
        option('v', "verbose", Nothing, "explain what is being done"),
        Choice { id: 'Z', short: 'Z', long: "context", takes: Nothing, help: "(ignored)" },
    ],
    examples: &[Example { script: "touch a && mv -v a b", output: "renamed 'a' -> 'b'\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/mv.html",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

/// A run of moves.
struct Mover {
    overwrite: Overwrite,
    verbose: bool,
    questions: Questions,
    /// What this run has put somewhere.
    moved: SortedMap<Vec<u8>, ()>,
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let backup = match Backup::of(&cx, &parsed) {
        Ok(backup) => backup,
        Err(message) => return cx.usage_error(1, &message).await,
    };
    let when = match parsed.last_of(&['f', 'i', 'n']) {
        Some('i') => Clobber::Ask,
        Some('n') => Clobber::Never,
        Some(_) => Clobber::Always,
        None => Clobber::AskIfProtected,
    };
    if when == Clobber::Never && backup.kind != BackupKind::None {
        return cx.usage_error(1, b"options --backup and --no-clobber are mutually exclusive").await;
    }
    let destination = match Destination::of(&mut cx, &parsed, false).await {
        Ok(destination) => destination,
        Err(status) => return status,
    };
    let mut mover = Mover {
        overwrite: Overwrite { when, update: parsed.has('u'), backup },
        verbose: parsed.has('v'),
        questions: Questions::default(),
        moved: SortedMap::new(),
    };
    for source in &destination.sources {
        let source = if parsed.has('z') { without_trailing_slashes(source) } else { source };
        mover.move_to(&mut cx, source, &destination.path_for(source)).await;
    }
    cx.finish().await
}

impl Mover {
    async fn move_to(&mut self, cx: &mut Context, source: &[u8], target: &[u8]) {
        let stat = match cx.process.lstat(source).await {
            Ok(stat) => stat,
            Err(errno) => return cx.cannot("cannot stat", source, errno).await,
        };
        let mut backup = None;
        if let Ok(there) = cx.process.lstat(target).await {
            match self.make_way(cx, source, &stat, target, &there).await {
                Some(kept) => backup = kept,
                None => return,
            }
        }
        match cx.process.rename(source, target).await {
            Ok(()) => {
                self.say(cx, "renamed ", source, target, backup.as_deref()).await;
                self.moved.insert(target.to_vec(), ());
            }
            Err(Errno::EXDEV) => self.copy_and_remove(cx, source, &stat, target).await,
            Err(Errno::EINVAL) if stat.file_type == FileType::Directory => {
                let (source, target) = (quote(source), quote(target));
                let text = [b"cannot move ", &source[..], b" to a subdirectory of itself, ", &target].concat();
                cx.error(&text).await;
            }
            Err(errno) => {
                let is_bad_end = target.ends_with(b"/") && errno == Errno::ENOENT;
                let errno = if is_bad_end && stat.file_type != FileType::Directory { Errno::ENOTDIR } else { errno };
                let (source, target) = (quote(source), quote(target));
                let reason = errno.message().as_bytes();
                cx.error(&[b"cannot move ", &source[..], b" to ", &target, b": ", reason].concat()).await;
            }
        }
    }

    /// Sees to what is at the target: `None` when nothing is to be moved there, else where it is kept.
    async fn make_way(
        &mut self,
        cx: &mut Context,
        source: &[u8],
        stat: &Stat,
        target: &[u8],
        there: &Stat,
    ) -> Option<Option<Vec<u8>>> {
        let key = |stat: &Stat| (stat.dev, stat.ino);
        let is_directory = |stat: &Stat| stat.file_type == FileType::Directory;
        // A link may replace anything but what it leads to.
        let leads_there = stat.file_type == FileType::Symlink
            && there.file_type != FileType::Symlink
            && matches!(cx.process.stat(source).await, Ok(behind) if key(&behind) == key(there));
        let keeps = self.overwrite.backup.kind != BackupKind::None;
        if (key(stat) == key(there) || leads_there) && !(keeps && source != target) {
            let text = [&quote(source)[..], b" and ", &quote(target), b" are the same file"].concat();
            cx.error(&text).await;
            return None;
        }
        if is_directory(stat) && !is_directory(there) {
            let text = [b"cannot overwrite non-directory ", &quote(target)[..], b" with directory ", &quote(source)];
            cx.error(&text.concat()).await;
            return None;
        }
        if !is_directory(stat) && is_directory(there) {
            let text = [b"cannot overwrite directory ", &quote(target)[..], b" with non-directory"].concat();
            cx.error(&text).await;
            return None;
        }
        if !self.overwrite.allows(cx, &mut self.questions, stat, target, there).await {
            return None;
        }
        if self.moved.contains_key(target) && !keeps {
            let text = [b"will not overwrite just-created ", &quote(target)[..], b" with ", &quote(source)].concat();
            cx.error(&text).await;
            return None;
        }
        self.overwrite.make_backup(cx, target).await.ok()
    }

    async fn say(&self, cx: &mut Context, what: &str, source: &[u8], target: &[u8], backup: Option<&[u8]>) {
        if !self.verbose {
            return;
        }
        let mut text = [what.as_bytes(), &quote(source), b" -> ", &quote(target)].concat();
        if let Some(backup) = backup {
            text.extend_from_slice(&[b" (backup: ", &quote(backup)[..], b")"].concat());
        }
        text.push(b'\n');
        cx.out.put(&text);
        // A failing write is told at the end.
        let _ = cx.out.ready().await;
    }

    /// Between file systems: a copy with all attributes, then the original goes.
    async fn copy_and_remove(&mut self, cx: &mut Context, source: &[u8], stat: &Stat, target: &[u8]) {
        if let Ok(there) = cx.process.lstat(target).await {
            let removed = match there.file_type {
                FileType::Directory => cx.process.rmdir(target).await,
                _ => cx.process.unlink(target).await,
            };
            if let Err(errno) = removed {
                let text = [&quote(source)[..], b" to ", &quote(target)].concat();
                let reason = errno.message().as_bytes();
                let text = [b"inter-device move failed: ", &text[..], b"; unable to remove target: ", reason];
                return cx.error(&text.concat()).await;
            }
        }
        let preserve =
            Preserve { mode: true, ownership: true, timestamps: true, links: true, default_mode: false };
        let backup = Backup::none();
        let options = CopyOptions {
            way: Way::Copy,
            recursive: true,
            follow: Follow::Never,
            preserve,
            overwrite: Overwrite { when: Clobber::Always, update: false, backup },
            force: true,
            remove_destination: false,
            one_file_system: false,
            verbose: self.verbose.then_some(if stat.file_type == FileType::Directory {
                "created directory "
            } else {
                "copied "
            }),
        };
        if Copier::new(options).copy(cx, source, target).await {
            self.moved.insert(target.to_vec(), ());
            self.remove(cx, source).await;
        }
    }

    async fn remove(&self, cx: &mut Context, source: &[u8]) {
        let mut walk = Walk::new(source, Follow::Never);
        while let Some(file) = walk.next(&cx.process).await {
            let (what, removed) = match file.visit {
                Visit::File => ("removed ", cx.process.unlink(&file.path).await),
                Visit::After => ("removed directory ", cx.process.rmdir(&file.path).await),
                Visit::Missing(errno) | Visit::Unreadable(errno) => ("", Err(errno)),
                Visit::Before | Visit::Loop => continue,
            };
            match removed {
                Ok(()) if self.verbose => {
                    cx.out.put(&[what.as_bytes(), &quote(&file.path), b"\n"].concat());
                    // A failing write is told at the end.
                    let _ = cx.out.ready().await;
                }
                Ok(()) => {}
                Err(errno) => cx.cannot("cannot remove", &file.path, errno).await,
            }
        }
    }
}
