//! `ln`: makes links.

use crate::abi::{Errno, ExitStatus, FileType};
use crate::program::Takes::{Argument, MaybeArgument, Nothing};
use crate::program::path::{MustExist, dir_name, real_path, relative_to};
use crate::program::{
    Backup, BackupKind, Category, Choice, Clobber, Command, Context, Destination, Example, Overwrite, Questions,
    boxed, option, quote,
};

/// The command.
pub static COMMAND: Command = Command {
    name: "ln",
    aliases: &[],
    summary: "make links between files",
    usage: &[
        "[OPTION]... [-T] TARGET LINK_NAME",
        "[OPTION]... TARGET",
        "[OPTION]... TARGET... DIRECTORY",
        "[OPTION]... -t DIRECTORY TARGET...",
    ],
    description: "In the 1st form, create a link to TARGET with the name LINK_NAME.\n\
                  In the 2nd form, create a link to TARGET in the current directory.\n\
                  In the 3rd and 4th forms, create links to each TARGET in DIRECTORY.\n\
                  Create hard links by default, symbolic links with --symbolic.",
    options: &[
        Choice { id: 'b', short: '\0', long: "backup", takes: MaybeArgument("CONTROL"), help: "make a backup of each existing destination file" },
        option('b', "", Nothing, "like --backup but does not accept an argument"),
        option('d', "directory", Nothing, "(no effect: directories have one name)"),
        Choice { id: 'd', short: 'F', long: "", takes: Nothing, help: "" },
        option('f', "force", Nothing, "remove existing destination files"),
        option('i', "interactive", Nothing, "prompt whether to remove destinations"),
        option('L', "logical", Nothing, "dereference TARGETs that are symbolic links"),
        option('n', "no-dereference", Nothing, "treat LINK_NAME as a normal file if it is a symbolic link to a directory"),
        option('P', "physical", Nothing, "make hard links directly to symbolic links"),
        option('r', "relative", Nothing, "with -s, create links relative to link location"),
        option('s', "symbolic", Nothing, "make symbolic links instead of hard links"),
        option('S', "suffix", Argument("SUFFIX"), "override the usual backup suffix"),
        option('t', "target-directory", Argument("DIRECTORY"), "specify the DIRECTORY in which to create the links"),
        option('T', "no-target-directory", Nothing, "treat LINK_NAME as a normal file always"),
        option('v', "verbose", Nothing, "print name of each linked file"),
    ],
    examples: &[Example { script: "ln -sv target name", output: "'name' -> 'target'\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/ln.html",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

/// What the options ask for.
struct Wish {
    symbolic: bool,
    relative: bool,
    /// A hard link to a symbolic link is one to what that leads to.
    logical: bool,
    force: bool,
    overwrite: Overwrite,
    verbose: bool,
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
    let wish = Wish {
        symbolic: parsed.has('s'),
        relative: parsed.has('r'),
        logical: parsed.last_of(&['L', 'P']) == Some('L'),
        force: parsed.has('f') || parsed.has('i'),
        overwrite: Overwrite {
            when: if parsed.last_of(&['f', 'i']) == Some('i') { Clobber::Ask } else { Clobber::Always },
            update: false,
            backup,
        },
        verbose: parsed.has('v'),
    };
    if wish.relative && !wish.symbolic {
        cx.error(b"cannot do --relative without --symbolic").await;
        return cx.finish().await;
    }
    let is_lone = parsed.operands.len() == 1 && !parsed.has('t') && !parsed.has('T');
    let destination = if is_lone {
        Destination { sources: parsed.operands.clone(), target: b".".to_vec(), is_directory: true }
    } else {
        match Destination::of(&mut cx, &parsed, parsed.has('n')).await {
            Ok(destination) => destination,
            Err(status) => return status,
        }
    };
    let mut questions = Questions::default();
    for source in &destination.sources {
        let link = destination.path_for(source);
        make(&mut cx, source, &link, &wish, &mut questions).await;
    }
    cx.finish().await
}

async fn make(cx: &mut Context, source: &[u8], link: &[u8], wish: &Wish, questions: &mut Questions) {
    let mut stat = None;
    if !wish.symbolic {
        let found = if wish.logical { cx.process.stat(source).await } else { cx.process.lstat(source).await };
        match found {
            Ok(found) if found.file_type == FileType::Directory => {
                return cx.error(&[source, b": hard link not allowed for directory"].concat()).await;
            }
            Ok(found) => stat = Some(found),
            Err(errno) => return cx.cannot("failed to access", source, errno).await,
        }
    }
    let target = if wish.relative { relative(cx, source, link).await } else { source.to_vec() };
    let mut backup = None;
    let keeps = wish.overwrite.backup.kind != BackupKind::None;
    if (wish.force || keeps) && let Ok(there) = cx.process.lstat(link).await {
        if there.file_type == FileType::Directory {
            return cx.error(&[link, b": cannot overwrite directory"].concat()).await;
        }
        if let Some(stat) = &stat
            && (stat.dev, stat.ino) == (there.dev, there.ino)
            && (stat.nlink == 1 || is_same_name(cx, source, link).await)
        {
            let text = [&quote(source)[..], b" and ", &quote(link), b" are the same file"].concat();
            return cx.error(&text).await;
        }
        if wish.overwrite.when == Clobber::Ask {
            let text = [b"replace ", &quote(link)[..], b"?"].concat();
            if !questions.ask(cx, &text).await {
                cx.status = 1;
                return;
            }
        }
        if keeps {
            match wish.overwrite.make_backup(cx, link).await {
                Ok(kept) => backup = kept,
                Err(()) => return,
            }
        } else if let Err(errno) = cx.process.unlink(link).await {
            return cx.cannot("cannot remove", link, errno).await;
        }
    }
    let made = if wish.symbolic {
        cx.process.symlink(&target, link).await
    } else {
        cx.process.link(source, link, wish.logical).await
    };
    let (shown, sign) = (quote(link), if wish.symbolic { " -> " } else { " => " });
    if let Err(errno) = made {
        let kind: &[u8] = if wish.symbolic { b"symbolic" } else { b"hard" };
        let mut text = [b"failed to create ", kind, b" link ", &shown[..]].concat();
        let tells_both =
            if wish.symbolic { target.is_empty() || errno == Errno::ENAMETOOLONG } else { errno != Errno::EEXIST };
        if tells_both {
            text.extend_from_slice(&[sign.as_bytes(), &quote(&target)].concat());
        }
        text.extend_from_slice(&[b": ", errno.message().as_bytes()].concat());
        cx.error(&text).await;
    } else if wish.verbose {
        let backup = backup.map(|backup| [&quote(&backup)[..], b" ~ "].concat()).unwrap_or_default();
        cx.out.put(&[&backup[..], &shown, sign.as_bytes(), &quote(&target), b"\n"].concat());
        // A failing write is told at the end.
        let _ = cx.out.ready().await;
    }
}

/// Whether two paths are one name of one directory.
async fn is_same_name(cx: &Context, one: &[u8], other: &[u8]) -> bool {
    let real = |path: Vec<u8>| async move {
        let dir = real_path(&cx.process, dir_name(&path), MustExist::All).await.ok()?;
        Some((dir, crate::program::path::base_name(&path).to_vec()))
    };
    let (one, other) = (real(one.to_vec()).await, real(other.to_vec()).await);
    one.is_some() && one == other
}

/// The way from a link's directory to its target.
async fn relative(cx: &Context, source: &[u8], link: &[u8]) -> Vec<u8> {
    let real_dir = real_path(&cx.process, dir_name(link), MustExist::Nothing).await;
    let real_source = real_path(&cx.process, source, MustExist::Nothing).await;
    match (real_dir, real_source) {
        (Ok(dir), Ok(target)) => relative_to(&target, &dir),
        _ => source.to_vec(),
    }
}
