//! `mkdir`: makes directories.

use crate::abi::{Errno, ExitStatus, FileType, Mode, Result};
use crate::program::Takes::{Argument, MaybeArgument, Nothing};
use crate::program::path::without_trailing_slashes;
use crate::program::{
    Category, Choice, Command, Context, Example, ModeChange, boxed, option, quote, quote_locale,
};

/// The command.
pub static COMMAND: Command = Command {
    name: "mkdir",
    aliases: &[],
    summary: "make directories",
    usage: &["[OPTION]... DIRECTORY..."],
    description: "Create the DIRECTORY(ies), if they do not already exist.",
    options: &[
        option('m', "mode", Argument("MODE"), "set file mode (as in chmod), not a=rwx - umask"),
        option('p', "parents", Nothing, "no error if existing, make parent directories as needed"),
        option('v', "verbose", Nothing, "print a message for each created directory"),
        option('Z', "", Nothing, "(ignored)"),
        Choice::long('Z', "context", MaybeArgument("CTX"), "(ignored)"),
    ],
    examples: &[Example { script: "mkdir -p a/b && ls a", output: "b\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/mkdir.html",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

/// What the options ask for.
struct Wish {
    /// The new directory's mode, by `-m`.
    mode: Option<Mode>,
    parents: bool,
    verbose: bool,
}

/// A new directory's mode with -m. The creation mask does not count, but for bits that are not spoken of when
/// the mode has one of the special bits.
fn first_mode(change: &ModeChange, umask: Mode) -> Mode {
    let of = |mode: u32| change.apply(Mode::new(mode), true, umask).bits();
    let mode = of(0o777);
    let unspoken = if mode & 0o7000 == 0 { 0 } else { of(0) ^ of(0o7777) };
    Mode::new(mode & !(umask.bits() & unspoken))
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    if parsed.operands.is_empty() {
        return cx.usage_error(1, b"missing operand").await;
    }
    let mut mode = None;
    if let Some(text) = parsed.value('m') {
        let Some(change) = ModeChange::parse(text) else {
            cx.error(&[b"invalid mode ", &quote_locale(text)[..]].concat()).await;
            return cx.finish().await;
        };
        mode = Some(first_mode(&change, cx.process.umask()));
    }
    let wish = Wish { mode, parents: parsed.has('p'), verbose: parsed.has('v') };
    for operand in &parsed.operands {
        let made = if wish.parents {
            make_with_parents(&mut cx, operand, &wish).await
        } else {
            make_last(&mut cx, operand, &wish).await.map_err(|errno| (operand.clone(), errno))
        };
        if let Err((path, errno)) = made {
            let path = quote_locale(&path);
            let reason = errno.message().as_bytes();
            cx.error(&[&b"cannot create directory "[..], &path, b": ", reason].concat()).await;
        }
    }
    cx.finish().await
}

async fn make_last(cx: &mut Context, path: &[u8], wish: &Wish) -> Result<()> {
    cx.process.mkdir(path, wish.mode.unwrap_or(Mode::new(0o777))).await?;
    if let Some(mode) = wish.mode {
        // The creation mask does not count for a mode that was asked for; a set-group-ID that the parent
        // gives stays.
        let inherited = cx.process.lstat(path).await?.mode.bits() & Mode::SET_GID;
        cx.process.chmod(path, Mode::new(mode.bits() | inherited)).await?;
    }
    say(cx, path, wish).await;
    Ok(())
}

async fn say(cx: &mut Context, path: &[u8], wish: &Wish) {
    if wish.verbose {
        cx.out.put(&[&cx.name[..], b": created directory ", &quote(path), b"\n"].concat());
        // A failing write is told at the end.
        let _ = cx.out.ready().await;
    }
}

/// Makes what is missing of a path. Its parents get the default mode, and can be searched and written by the
/// owner whatever the creation mask says.
async fn make_with_parents(cx: &mut Context, path: &[u8], wish: &Wish) -> Result<(), (Vec<u8>, Errno)> {
    let trimmed = without_trailing_slashes(path);
    let ends = trimmed.iter().enumerate().filter(|&(at, &byte)| {
        byte == b'/' && at > 0 && trimmed.get(at - 1) != Some(&b'/')
    });
    for (end, _) in ends {
        let parent = &trimmed[..end];
        match cx.process.stat(parent).await {
            Ok(stat) if stat.file_type == FileType::Directory => {}
            Ok(_) => return Err((parent.to_vec(), Errno::ENOTDIR)),
            Err(_) => {
                let fail = |errno| (parent.to_vec(), errno);
                cx.process.mkdir(parent, Mode::new(0o777)).await.map_err(fail)?;
                let made = cx.process.stat(parent).await.map_err(fail)?;
                if !made.mode.has(0o300) {
                    let mode = Mode::new(made.mode.bits() | 0o300);
                    cx.process.chmod(parent, mode).await.map_err(fail)?;
                }
                say(cx, parent, wish).await;
            }
        }
    }
    let is_there = matches!(cx.process.stat(path).await, Ok(stat) if stat.file_type == FileType::Directory);
    if is_there {
        return Ok(());
    }
    make_last(cx, path, wish).await.map_err(|errno| (path.to_vec(), errno))
}
