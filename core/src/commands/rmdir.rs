//! `rmdir`: removes empty directories.

use crate::abi::{Errno, ExitStatus};
use crate::program::Takes::Nothing;
use crate::program::path::{dir_name, without_trailing_slashes};
use crate::program::{Category, Choice, Command, Context, Example, boxed, option, quote};

/// The command.
pub static COMMAND: Command = Command {
    name: "rmdir",
    aliases: &[],
    summary: "remove empty directories",
    usage: &["[OPTION]... DIRECTORY..."],
    description: "Remove the DIRECTORY(ies), if they are empty.",
    options: &[
        Choice::long(
            'i',
            "ignore-fail-on-non-empty",
            Nothing,
            "ignore each failure that is solely because a directory is non-empty",
        ),
        option('p', "parents", Nothing, "remove DIRECTORY and its ancestors; e.g., 'rmdir -p a/b' is like 'rmdir a/b a'"),
        option('v', "verbose", Nothing, "output a diagnostic for every directory processed"),
    ],
    examples: &[Example { script: "mkdir -p a/b && rmdir -p a/b && ls", output: "" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/rmdir.html",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    if parsed.operands.is_empty() {
        return cx.usage_error(1, b"missing operand").await;
    }
    let (ignore, verbose) = (parsed.has('i'), parsed.has('v'));
    for operand in &parsed.operands {
        if !remove(&mut cx, operand, b"failed to remove ", ignore, verbose).await || !parsed.has('p') {
            continue;
        }
        let mut path = without_trailing_slashes(operand);
        loop {
            let parent = dir_name(path);
            if parent == b"/" || !path.contains(&b'/') {
                break;
            }
            path = parent;
            if !remove(&mut cx, path, b"failed to remove directory ", ignore, verbose).await {
                break;
            }
        }
    }
    cx.finish().await
}

/// Removes one directory; whether it is gone.
async fn remove(
    cx: &mut Context,
    path: &[u8],
    failed: &[u8],
    ignore_non_empty: bool,
    verbose: bool,
) -> bool {
    if verbose {
        cx.out.put(&[&cx.name[..], b": removing directory, ", &quote(path), b"\n"].concat());
        // A failing write is told at the end.
        let _ = cx.out.ready().await;
    }
    match cx.process.rmdir(path).await {
        Ok(()) => true,
        Err(Errno::ENOTEMPTY | Errno::EEXIST) if ignore_non_empty => false,
        Err(errno) => {
            cx.error(&[failed, &quote(path), b": ", errno.message().as_bytes()].concat()).await;
            false
        }
    }
}
