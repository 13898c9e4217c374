//! `chmod`: changes permission bits.

use crate::abi::{Errno, ExitStatus, FileType, Mode};
use crate::program::Takes::{Argument, Nothing};
use crate::program::{
    Category, Choice, Command, Context, Example, Follow, ModeChange, Visit, Visited, Walk, boxed, mode_text,
    option, quote, quote_locale,
};

/// The command.
pub static COMMAND: Command = Command {
    name: "chmod",
    aliases: &[],
    summary: "change file mode bits",
    usage: &["[OPTION]... MODE[,MODE]... FILE...", "[OPTION]... OCTAL-MODE FILE...", "[OPTION]... --reference=RFILE FILE..."],
    description: "Change the mode of each FILE to MODE.\nWith --reference, change the mode of each FILE to that of RFILE.\n\n\
                  Each MODE is of the form '[ugoa]*([-+=]([rwxXst]*|[ugo]))+|[-+=][0-7]+'.",
    options: &[
        option('c', "changes", Nothing, "like verbose but report only when a change is made"),
        option('f', "silent", Nothing, "suppress most error messages"),
        Choice::long('f', "quiet", Nothing, "the same as -f"),
        option('v', "verbose", Nothing, "output a diagnostic for every file processed"),
        Choice::long('n', "no-preserve-root", Nothing, "do not treat '/' specially (the default)"),
        Choice::long('p', "preserve-root", Nothing, "fail to operate recursively on '/'"),
        Choice::long('r', "reference", Argument("RFILE"), "use RFILE's mode instead of MODE values"),
        option('R', "recursive", Nothing, "change files and directories recursively"),
    ],
    examples: &[Example { script: "touch f && chmod u=rw,go= f && ls -l f | cut -c 1-10", output: "-rw-------\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/chmod.html",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

/// Which files are told about on standard output.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Report {
    None,
    Changes,
    All,
}

/// What the options ask for.
struct Wish {
    change: ModeChange,
    /// The mode was written like an option: a person may not expect that the creation mask counts.
    is_surprising: bool,
    report: Report,
    silent: bool,
    umask: Mode,
}

async fn run(mut cx: Context) -> ExitStatus {
    let dashed = take_dashed_modes(&mut cx.words);
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let mut operands = parsed.operands.as_slice();
    let mut last = None;
    let mut mode = (!dashed.is_empty()).then_some(dashed);
    let is_surprising = mode.is_some();
    if mode.is_none() && !parsed.has('r') && let [first, rest @ ..] = operands {
        mode = Some(first.clone());
        last = Some(first.clone());
        operands = rest;
    }
    if operands.is_empty() {
        let message = match last.or(mode.filter(|_| is_surprising && !parsed.has('r'))) {
            Some(word) if !is_surprising => [b"missing operand after ", &quote_locale(&word)[..]].concat(),
            _ => b"missing operand".to_vec(),
        };
        return cx.usage_error(1, &message).await;
    }
    let change = match parsed.value('r') {
        Some(file) => match cx.process.stat(file).await {
            Ok(stat) => ModeChange::exactly(stat.mode),
            Err(errno) => {
                cx.cannot("failed to get attributes of", file, errno).await;
                return cx.finish().await;
            }
        },
        None => {
            let mode = mode.unwrap_or_default();
            match ModeChange::parse(&mode) {
                Some(change) => change,
                None => {
                    let message = [b"invalid mode: ", &quote_locale(&mode)[..]].concat();
                    return cx.usage_error(1, &message).await;
                }
            }
        }
    };
    let report = match parsed.last_of(&['c', 'v']) {
        Some('c') => Report::Changes,
        Some(_) => Report::All,
        None => Report::None,
    };
    let umask = cx.process.umask();
    let wish = Wish { change, is_surprising, report, silent: parsed.has('f'), umask };
    let preserve_root = parsed.last_of(&['n', 'p']) == Some('p');
    for operand in operands {
        if !parsed.has('R') {
            let visit = Visit::File;
            let stat = cx.process.stat(operand).await;
            let (visit, stat) = match stat {
                Ok(stat) => (visit, Some(stat)),
                Err(errno) => (Visit::Missing(errno), None),
            };
            let file = Visited { path: operand.clone(), operand_len: operand.len(), depth: 0, visit, stat };
            change_file(&mut cx, &file, &wish).await;
        } else if preserve_root && operand.iter().all(|&byte| byte == b'/') {
            cx.error(b"it is dangerous to operate recursively on '/'").await;
            cx.error(b"use --no-preserve-root to override this failsafe").await;
        } else {
            let mut walk = Walk::new(operand, Follow::Operands);
            while let Some(file) = walk.next(&cx.process).await {
                change_file(&mut cx, &file, &wish).await;
            }
        }
    }
    cx.finish().await
}

/// Takes words such as `-x` and `-w,u+r` out: modes that look like options.
fn take_dashed_modes(words: &mut Vec<Vec<u8>>) -> Vec<u8> {
    let mut modes = Vec::new();
    let mut ended = false;
    words.retain(|word| {
        ended |= word == b"--";
        let is_mode =
            !ended && word.starts_with(b"-") && word.get(1).is_some_and(|byte| b"rwxXstugoa,+=01234567".contains(byte));
        if is_mode {
            if !modes.is_empty() {
                modes.push(b',');
            }
            modes.extend_from_slice(word);
        }
        !is_mode
    });
    modes
}

async fn change_file(cx: &mut Context, file: &Visited, wish: &Wish) {
    let path = &file.path;
    let stat = match (file.visit, &file.stat) {
        (Visit::File | Visit::Before, Some(stat)) => stat,
        (Visit::After, _) => return,
        (Visit::Unreadable(errno), _) => return complain(cx, wish, "cannot read directory", path, errno).await,
        (Visit::Missing(errno), _) => {
            if cx.process.lstat(path).await.is_ok() {
                complain_of_dangling(cx, path, wish).await;
            } else {
                complain(cx, wish, "cannot access", path, errno).await;
            }
            return say_unreachable(cx, path, wish).await;
        }
        _ => return,
    };
    if stat.file_type == FileType::Symlink {
        if file.depth == 0 {
            complain_of_dangling(cx, path, wish).await;
            say_unreachable(cx, path, wish).await;
        } else if wish.report == Report::All {
            let text =
                [b"neither symbolic link ", &quote(path)[..], b" nor referent has been changed\n"].concat();
            cx.out.put(&text);
        }
        return;
    }
    let is_directory = stat.file_type == FileType::Directory;
    let mode = wish.change.apply(stat.mode, is_directory, wish.umask);
    let changed = cx.process.chmod(path, mode).await;
    report(cx, path, stat.mode, mode, changed.is_ok(), wish).await;
    if let Err(errno) = changed {
        complain(cx, wish, "changing permissions of", path, errno).await;
    } else if wish.is_surprising {
        let naive = wish.change.apply(stat.mode, is_directory, Mode::default());
        if mode.bits() & !naive.bits() != 0 {
            let texts = [mode, naive].map(|mode| mode_text(FileType::Regular, mode));
            let [now, wanted] = texts.each_ref().map(|text| text.get(1..).unwrap_or_default());
            let message = format!(": new permissions are {now}, not {wanted}");
            cx.error(&[path, message.as_bytes()].concat()).await;
        }
    }
}

async fn complain(cx: &mut Context, wish: &Wish, deed: &str, path: &[u8], errno: Errno) {
    cx.status = 1;
    if !wish.silent {
        cx.cannot(deed, path, errno).await;
    }
}

async fn complain_of_dangling(cx: &mut Context, path: &[u8], wish: &Wish) {
    cx.status = 1;
    if !wish.silent {
        cx.error(&[b"cannot operate on dangling symlink ", &quote(path)[..]].concat()).await;
    }
}

async fn say_unreachable(cx: &mut Context, path: &[u8], wish: &Wish) {
    if wish.report == Report::All {
        cx.out.put(&[&quote(path)[..], b" could not be accessed\n"].concat());
    }
}

async fn report(cx: &mut Context, path: &[u8], before: Mode, after: Mode, done: bool, wish: &Wish) {
    let changes = before != after;
    if wish.report == Report::None || (wish.report == Report::Changes && !(changes && done)) {
        return;
    }
    let show = |mode: Mode| {
        let text = mode_text(FileType::Regular, mode);
        format!("{:04o} ({})", mode.bits(), text.get(1..).unwrap_or_default())
    };
    let path = quote(path);
    let (lead, rest) = match (done, changes) {
        (false, _) => ("failed to change mode of ", format!(" from {} to {}\n", show(before), show(after))),
        (true, true) => ("mode of ", format!(" changed from {} to {}\n", show(before), show(after))),
        (true, false) => ("mode of ", format!(" retained as {}\n", show(before))),
    };
    cx.out.put(&[lead.as_bytes(), &path, rest.as_bytes()].concat());
    // A failing write is told at the end.
    let _ = cx.out.ready().await;
}
