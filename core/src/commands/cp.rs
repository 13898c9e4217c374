//! `cp`: copies files and trees of files.

use crate::abi::{ExitStatus, FileType};
use crate::program::Takes::{Argument, MaybeArgument, Nothing};
use crate::program::path::{join, without_trailing_slashes};
use crate::program::{
    Backup, Category, Choice, Clobber, Command, Context, Copier, CopyOptions, Destination, Example, Follow,
    Overwrite, Parsed, Preserve, Way, boxed, match_word, option,
};

/// The command.
pub static COMMAND: Command = Command {
    name: "cp",
    aliases: &[],
    summary: "copy files and directories",
    usage: &["[OPTION]... [-T] SOURCE DEST", "[OPTION]... SOURCE... DIRECTORY", "[OPTION]... -t DIRECTORY SOURCE..."],
    description: "Copy SOURCE to DEST, or multiple SOURCE(s) to DIRECTORY.",
    options: &[
        option('a', "archive", Nothing, "same as -dR --preserve=all"),
        Choice::long('A', "attributes-only", Nothing, "don't copy the file data, just the attributes"),
        Choice { id: 'b', short: '\0', long: "backup", takes: MaybeArgument("CONTROL"), help: "make a backup of each existing destination file" },
        option('b', "", Nothing, "like --backup but does not accept an argument"),
        option('d', "", Nothing, "same as --no-dereference --preserve=links"),
        option('f', "force", Nothing, "if an existing destination file cannot be opened, remove it and try again"),
        option('i', "interactive", Nothing, "prompt before overwrite (overrides a previous -n option)"),
        option('H', "", Nothing, "follow command-line symbolic links in SOURCE"),
        option('l', "link", Nothing, "hard link files instead of copying"),
        option('L', "dereference", Nothing, "always follow symbolic links in SOURCE"),
        option('n', "no-clobber", Nothing, "do not overwrite an existing file (overrides a previous -i option)"),
        option('P', "no-dereference", Nothing, "never follow symbolic links in SOURCE"),
        option('p', "", Nothing, "same as --preserve=mode,ownership,timestamps"),
        Choice::long('k', "preserve", MaybeArgument("ATTR_LIST"), "preserve the specified attributes: mode, ownership, timestamps, links, all"),
        Choice::long('K', "no-preserve", Argument("ATTR_LIST"), "don't preserve the specified attributes"),
        Choice::long('e', "parents", Nothing, "use full source file name under DIRECTORY"),
        option('R', "recursive", Nothing, "copy directories recursively"),
        Choice { id: 'R', short: 'r', long: "", takes: Nothing, help: "the same as -R" },
        Choice::long('c', "reflink", MaybeArgument("WHEN"), "(ignored: copies share what they can)"),
        Choice::long('m', "remove-destination", Nothing, "remove each existing destination file before attempting to open it"),
        Choice::long('c', "sparse", Argument("WHEN"), "(ignored: holes stay holes)"),
        Choice::long('z', "strip-trailing-slashes", Nothing, "remove any trailing slashes from each SOURCE argument"),
        option('s', "symbolic-link", Nothing, "make symbolic links instead of copying"),
        option('S', "suffix", Argument("SUFFIX"), "override the usual backup suffix"),
        option('t', "target-directory", Argument("DIRECTORY"), "copy all SOURCE arguments into DIRECTORY"),
        option('T', "no-target-directory", Nothing, "treat DEST as a normal file"),
        option('u', "update", Nothing, "copy only when the SOURCE file is newer than the destination file or when it is missing"),
        option('v', "verbose", Nothing, "explain what is being done"),
        option('x', "one-file-system", Nothing, "stay on this file system"),
        Choice { id: 'c', short: 'Z', long: "", takes: Nothing, help: "(ignored)" },
        Choice::long('c', "context", MaybeArgument("CTX"), "(ignored)"),
    ],
    examples: &[Example { script: "echo hi > a && cp -v a b && cat b", output: "'a' -> 'b'\nhi\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/cp.html",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Attribute {
    Mode,
    Timestamps,
    Ownership,
    Links,
    Context,
    Extended,
    All,
}

const ATTRIBUTES: [(&str, Attribute); 7] = [
    ("mode", Attribute::Mode),
    ("timestamps", Attribute::Timestamps),
    ("ownership", Attribute::Ownership),
    ("links", Attribute::Links),
    ("context", Attribute::Context),
    ("xattr", Attribute::Extended),
    ("all", Attribute::All),
];

/// Reads a list of attributes, and marks them.
fn mark(preserve: &mut Preserve, list: &[u8], option: &str, on: bool) -> Result<(), Vec<u8>> {
    for word in list.split(|&byte| byte == b',') {
        let attribute = match_word(word, option, &ATTRIBUTES)?;
        let is = |which| attribute == which || attribute == Attribute::All;
        if is(Attribute::Mode) {
            preserve.mode = on;
            preserve.default_mode = !on;
        }
        if is(Attribute::Timestamps) {
            preserve.timestamps = on;
        }
        if is(Attribute::Ownership) {
            preserve.ownership = on;
        }
        if is(Attribute::Links) {
            preserve.links = on;
        }
    }
    Ok(())
}

/// What the options ask for.
fn options(cx: &Context, parsed: &Parsed) -> Result<CopyOptions, Vec<u8>> {
    let mut preserve = Preserve::default();
    let mut follow = None;
    for (id, value) in &parsed.options {
        match id {
            'a' => {
                mark(&mut preserve, b"all", "--preserve", true)?;
                follow = Some(Follow::Never);
            }
            'd' => {
                preserve.links = true;
                follow = Some(Follow::Never);
            }
            'p' => mark(&mut preserve, b"mode,ownership,timestamps", "--preserve", true)?,
            'k' => {
                let list = value.as_deref().unwrap_or(b"mode,ownership,timestamps");
                mark(&mut preserve, list, "--preserve", true)?;
            }
            'K' => mark(&mut preserve, value.as_deref().unwrap_or_default(), "--no-preserve", false)?,
            'P' => follow = Some(Follow::Never),
            'L' => follow = Some(Follow::Always),
            'H' => follow = Some(Follow::Operands),
            _ => {}
        }
    }
    let recursive = parsed.has('R') || parsed.has('a');
    let way = match parsed.last_of(&['l', 's', 'A']) {
        Some('l') => Way::HardLink,
        Some('s') => Way::SymbolicLink,
        Some(_) => Way::AttributesOnly,
        None => Way::Copy,
    };
    let when = match parsed.last_of(&['i', 'n']) {
        Some('i') => Clobber::Ask,
        Some(_) => Clobber::Never,
        None => Clobber::Always,
    };
    let default = if recursive || way == Way::HardLink { Follow::Never } else { Follow::Always };
    Ok(CopyOptions {
        way,
        recursive,
        follow: follow.unwrap_or(default),
        preserve,
        overwrite: Overwrite { when, update: parsed.has('u'), backup: Backup::of(cx, parsed)? },
        force: parsed.has('f'),
        remove_destination: parsed.has('m'),
        one_file_system: parsed.has('x'),
        verbose: parsed.has('v').then_some(""),
    })
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    if parsed.has('l') && parsed.has('s') {
        return cx.usage_error(1, b"cannot make both hard and symbolic links").await;
    }
    let options = match options(&cx, &parsed) {
        Ok(options) => options,
        Err(message) => return cx.usage_error(1, &message).await,
    };
    let destination = match Destination::of(&mut cx, &parsed, false).await {
        Ok(destination) => destination,
        Err(status) => return status,
    };
    if parsed.has('e') && !destination.is_directory {
        return cx.usage_error(1, b"with --parents, the destination must be a directory").await;
    }
    let strip = parsed.has('z');
    let mut copier = Copier::new(options);
    for source in &destination.sources {
        let source = if strip { without_trailing_slashes(source) } else { source };
        let target = if parsed.has('e') {
            if !copier.make_parents(&mut cx, &destination.target, source).await {
                continue;
            }
            let source = without_trailing_slashes(source);
            join(&destination.target, source.strip_prefix(b"/").unwrap_or(source))
        } else {
            destination.path_for(source)
        };
        let is_new_with_slash = target.ends_with(b"/")
            && cx.process.lstat(&target).await.is_err()
            && matches!(cx.process.stat(source).await, Ok(stat) if stat.file_type != FileType::Directory);
        if is_new_with_slash {
            cx.cannot("cannot create regular file", &target, crate::abi::Errno::ENOTDIR).await;
            continue;
        }
        copier.copy(&mut cx, source, &target).await;
    }
    cx.finish().await
}
