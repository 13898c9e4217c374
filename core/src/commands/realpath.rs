//! `realpath`: prints absolute paths without symbolic links.

use crate::abi::{Errno, ExitStatus, FileType, Result};
use crate::program::Takes::{Argument, Nothing};
use crate::program::path::{MustExist, absolute_path, real_path, relative_to};
use crate::program::{Category, Choice, Command, Context, Example, QuotingStyle, boxed, option};

/// The command.
pub static COMMAND: Command = Command {
    name: "realpath",
    aliases: &[],
    summary: "print the resolved path",
    usage: &["[OPTION]... FILE..."],
    description: "Print the resolved absolute file name; all but the last component must exist.",
    options: &[
        option('e', "canonicalize-existing", Nothing, "all components of the path must exist"),
        option('m', "canonicalize-missing", Nothing, "no path components need exist or be a directory"),
        option('L', "logical", Nothing, "resolve '..' components before symlinks"),
        option('P', "physical", Nothing, "resolve symlinks as encountered (default)"),
        option('q', "quiet", Nothing, "suppress most error messages"),
        Choice::long('t', "relative-to", Argument("DIR"), "print the resolved path relative to DIR"),
        Choice::long('b', "relative-base", Argument("DIR"), "print absolute paths unless paths below DIR"),
        option('s', "strip", Nothing, "don't expand symlinks"),
        Choice::long('s', "no-symlinks", Nothing, "the same as -s"),
        option('z', "zero", Nothing, "end each output line with NUL, not newline"),
    ],
    examples: &[Example { script: "realpath /usr/../etc/./passwd", output: "/etc/passwd\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/realpath.html",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

/// How a path is resolved.
struct Resolution {
    must: MustExist,
    /// `..` goes before links are followed (`-L`, `-s`).
    logical: bool,
    /// Links are followed at all.
    follows: bool,
}

impl Resolution {
    async fn resolve(&self, cx: &Context, path: &[u8]) -> Result<Vec<u8>> {
        if !self.logical {
            return real_path(&cx.process, path, self.must).await;
        }
        let path = absolute_path(&cx.process, path, self.must).await?;
        if self.follows { real_path(&cx.process, &path, self.must).await } else { Ok(path) }
    }

    /// As `resolve`, of what must be a directory if `-e` is given.
    async fn resolve_dir(&self, cx: &Context, path: &[u8]) -> Result<Vec<u8>> {
        let dir = self.resolve(cx, path).await?;
        if self.must == MustExist::All && cx.process.stat(&dir).await?.file_type != FileType::Directory {
            return Err(Errno::ENOTDIR);
        }
        Ok(dir)
    }
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    if parsed.operands.is_empty() {
        return cx.usage_error(1, b"missing operand").await;
    }
    let last = parsed.last_of(&['L', 'P', 's']);
    let resolution = Resolution {
        must: match parsed.last_of(&['e', 'm']) {
            Some('e') => MustExist::All,
            Some(_) => MustExist::Nothing,
            None => MustExist::AllButLast,
        },
        logical: matches!(last, Some('L' | 's')),
        follows: last != Some('s'),
    };
    let mut dirs = [None, None];
    for (dir, id) in dirs.iter_mut().zip(['t', 'b']) {
        let Some(path) = parsed.value(id) else { continue };
        match resolution.resolve_dir(&cx, path).await {
            Ok(path) => *dir = Some(path),
            Err(errno) => {
                cx.failed(&QuotingStyle::ShellEscape.quote(path), errno).await;
                return cx.finish().await;
            }
        }
    }
    let [to, base] = dirs;
    // Paths are only shown relative to a directory that is itself below the base.
    let to = to.or_else(|| base.clone());
    let to = to.filter(|to| base.as_ref().is_none_or(|base| is_below(to, base)));
    for operand in &parsed.operands {
        match resolution.resolve(&cx, operand).await {
            Ok(path) => {
                let is_relative = base.as_ref().is_none_or(|base| is_below(&path, base));
                match &to {
                    Some(to) if is_relative => cx.out.put(&relative_to(&path, to)),
                    _ => cx.out.put(&path),
                }
                cx.out.push(if parsed.has('z') { 0 } else { b'\n' });
            }
            Err(_) if parsed.has('q') => cx.status = 1,
            Err(errno) => cx.failed(&QuotingStyle::ShellEscape.quote(operand), errno).await,
        }
        if cx.out.ready().await.is_err() {
            break;
        }
    }
    cx.finish().await
}

/// Whether a path is a directory or below it.
fn is_below(path: &[u8], dir: &[u8]) -> bool {
    path.strip_prefix(dir).is_some_and(|rest| rest.is_empty() || rest.starts_with(b"/") || dir == b"/")
}
