//! `rm`: removes files and trees of files.

use crate::abi::{Access, Errno, ExitStatus, FileType, STDIN, SortedMap, Stat};
use crate::program::Takes::{MaybeArgument, Nothing};
use crate::program::path::base_name;
use crate::program::{
    Category, Choice, Command, Context, Example, Follow, Options, Parsed, Questions, Visit, Visited, Walk, boxed,
    kind_name, match_word, option, quote,
};

/// The command.
pub static COMMAND: Command = Command {
    name: "rm",
    aliases: &[],
    summary: "remove files or directories",
    usage: &["[OPTION]... [FILE]..."],
    description: "Remove (unlink) the FILE(s).\n\n\
                  By default, rm does not remove directories. Use -r to remove each listed directory, too, \
                  along with all of its contents.",
    options: &[
        option('f', "force", Nothing, "ignore nonexistent files and arguments, never prompt"),
        option('i', "", Nothing, "prompt before every removal"),
        option('I', "", Nothing, "prompt once before removing more than three files, or when removing recursively"),
        Choice::long('w', "interactive", MaybeArgument("WHEN"), "prompt according to WHEN: never, once (-I), or always (-i)"),
        Choice::long('x', "one-file-system", Nothing, "skip any directory that is on another file system"),
        Choice::long('N', "no-preserve-root", Nothing, "do not treat '/' specially"),
        Choice::long('P', "preserve-root", MaybeArgument("all"), "do not remove '/' (default)"),
        option('r', "recursive", Nothing, "remove directories and their contents recursively"),
        Choice { id: 'r', short: 'R', long: "", takes: Nothing, help: "the same as -r" },
        option('d', "dir", Nothing, "remove empty directories"),
        option('v', "verbose", Nothing, "explain what is being done"),
    ],
    examples: &[Example { script: "touch a b && rm -v a b", output: "removed 'a'\nremoved 'b'\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/rm.html",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Prompt {
    /// Only before removing what is write-protected, when a person is there.
    Protected,
    Never,
    Once,
    Always,
}

/// What the options ask for.
struct Wish {
    prompt: Prompt,
    /// What is not there is no error.
    force: bool,
    recursive: bool,
    directories: bool,
    verbose: bool,
    one_file_system: bool,
    preserve_root: bool,
    has_person: bool,
}

const WHEN: [(&str, Prompt); 6] = [
    ("never", Prompt::Never),
    ("no", Prompt::Never),
    ("none", Prompt::Never),
    ("once", Prompt::Once),
    ("always", Prompt::Always),
    ("yes", Prompt::Always),
];

impl Wish {
    fn of(cx: &Context, parsed: &Parsed) -> Result<Wish, Vec<u8>> {
        let mut prompt = Prompt::Protected;
        let mut force = false;
        for (id, value) in &parsed.options {
            prompt = match (id, value) {
                ('f', _) => {
                    force = true;
                    Prompt::Never
                }
                ('i', _) | ('w', None) => Prompt::Always,
                ('I', _) => Prompt::Once,
                ('w', Some(word)) => match_word(word, "--interactive", &WHEN)?,
                _ => continue,
            };
            if matches!(id, 'i' | 'I') {
                force = false;
            }
        }
        Ok(Wish {
            prompt,
            force,
            recursive: parsed.has('r'),
            directories: parsed.has('d'),
            verbose: parsed.has('v'),
            one_file_system: parsed.has('x'),
            preserve_root: parsed.last_of(&['N', 'P']) != Some('N'),
            has_person: cx.process.is_terminal(STDIN),
        })
    }
}

async fn run(mut cx: Context) -> ExitStatus {
    let options = Options { choices: COMMAND.options, stop_at_operand: false };
    if let Err(message) = options.parse(&cx.words)
        && let Some(word) = dashed_file(&cx)
    {
        let hint = [b"\nTry '", &cx.name[..], b" ./", &word, b"' to remove the file ", &quote(&word), b"."].concat();
        return cx.usage_error(1, &[message, hint].concat()).await;
    }
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let mut wish = match Wish::of(&cx, &parsed) {
        Ok(wish) => wish,
        Err(message) => return cx.usage_error(1, &message).await,
    };
    let operands = parsed.operands;
    if operands.is_empty() {
        if wish.force {
            return cx.finish().await;
        }
        return cx.usage_error(1, b"missing operand").await;
    }
    let mut questions = Questions::default();
    if wish.prompt == Prompt::Once {
        wish.prompt = Prompt::Never;
        let count = operands.len();
        if wish.recursive || count > 3 {
            let plural = if count == 1 { "" } else { "s" };
            let how = if wish.recursive { " recursively" } else { "" };
            let text = format!("remove {count} argument{plural}{how}?");
            if !questions.ask(&mut cx, text.as_bytes()).await {
                return cx.finish().await;
            }
        }
    }
    for operand in &operands {
        remove(&mut cx, operand, &wish, &mut questions).await;
    }
    cx.finish().await
}

/// A word that looks like an option, and is a file.
fn dashed_file(cx: &Context) -> Option<Vec<u8>> {
    let mut words = cx.words.iter().take_while(|word| *word != b"--");
    words.find(|word| word.starts_with(b"-") && word.len() > 1 && cx.process.lstat_now(word).is_ok()).cloned()
}

/// Removes an operand with what is in it.
async fn remove(cx: &mut Context, operand: &[u8], wish: &Wish, questions: &mut Questions) {
    if wish.recursive {
        if matches!(base_name(operand), b"." | b"..") {
            let text = [b"refusing to remove '.' or '..' directory: skipping ", &quote(operand)[..]].concat();
            return cx.error(&text).await;
        }
        if wish.preserve_root && is_root(cx, operand).await {
            let same = if operand == b"/" { Vec::new() } else { b" (same as '/')".to_vec() };
            let text = [b"it is dangerous to operate recursively on ", &quote(operand)[..], &same].concat();
            cx.error(&text).await;
            return cx.error(b"use --no-preserve-root to override this failsafe").await;
        }
    }
    let mut walk = Walk::new(operand, Follow::Never).one_file_system(wish.one_file_system);
    // Directories in which something stays.
    let mut kept = SortedMap::new();
    let keep = |kept: &mut SortedMap<Vec<u8>, ()>, path: &[u8]| {
        if let Some(slash) = path.iter().rposition(|&byte| byte == b'/') {
            kept.insert(path[..slash].to_vec(), ());
        }
    };
    while let Some(found) = walk.next(&cx.process).await {
        let Visited { path, visit, stat, depth, .. } = found;
        let gone = match (visit, stat) {
            (Visit::Missing(Errno::ENOENT | Errno::ENOTDIR), _) if wish.force => true,
            (Visit::Missing(errno), _) => {
                cx.cannot("cannot remove", &path, errno).await;
                false
            }
            (Visit::Unreadable(errno), _) => {
                cx.cannot("cannot remove", &path, errno).await;
                kept.insert(path, ());
                continue;
            }
            (Visit::Before, Some(stat)) if wish.recursive => {
                let is_empty = matches!(cx.process.list_dir(&path).await, Ok(entries) if entries.is_empty());
                if is_empty || may(cx, "descend into", &path, &stat, wish, questions).await {
                    continue;
                }
                walk.skip();
                false
            }
            (Visit::Before, Some(stat)) => {
                walk.skip();
                remove_lone_directory(cx, &path, &stat, wish, questions).await
            }
            (Visit::After, Some(stat)) if kept.remove(&path).is_none() => {
                may(cx, "remove", &path, &stat, wish, questions).await && remove_directory(cx, &path, wish).await
            }
            (Visit::File, Some(stat)) => {
                may(cx, "remove", &path, &stat, wish, questions).await && remove_file(cx, &path, wish).await
            }
            _ => false,
        };
        if !gone && depth > 0 {
            keep(&mut kept, &path);
        }
    }
}

async fn is_root(cx: &Context, operand: &[u8]) -> bool {
    let (own, root) = (cx.process.lstat(operand).await, cx.process.lstat(b"/").await);
    matches!((own, root), (Ok(own), Ok(root)) if (own.dev, own.ino) == (root.dev, root.ino))
}

/// Without `-r`: only empty ones, and only with `-d`.
async fn remove_lone_directory(
    cx: &mut Context,
    path: &[u8],
    stat: &Stat,
    wish: &Wish,
    questions: &mut Questions,
) -> bool {
    if !wish.directories {
        cx.cannot("cannot remove", path, Errno::EISDIR).await;
        return false;
    }
    let is_empty = matches!(cx.process.list_dir(path).await, Ok(entries) if entries.is_empty());
    if !is_empty {
        cx.cannot("cannot remove", path, Errno::ENOTEMPTY).await;
        return false;
    }
    may(cx, "remove", path, stat, wish, questions).await && remove_directory(cx, path, wish).await
}

/// Asks where asking is due.
async fn may(
    cx: &mut Context,
    deed: &str,
    path: &[u8],
    stat: &Stat,
    wish: &Wish,
    questions: &mut Questions,
) -> bool {
    let is_protected = stat.file_type != FileType::Symlink
        && wish.prompt != Prompt::Never
        && cx.process.access_now(path, Access::WRITE).is_err();
    let ask = match wish.prompt {
        Prompt::Always => true,
        Prompt::Protected => is_protected && wish.has_person,
        Prompt::Never | Prompt::Once => false,
    };
    if !ask {
        return true;
    }
    let protected = if is_protected { "write-protected " } else { "" };
    let text = format!("{deed} {protected}{} ", kind_name(stat));
    questions.ask(cx, &[text.as_bytes(), &quote(path), b"?"].concat()).await
}

async fn remove_directory(cx: &mut Context, path: &[u8], wish: &Wish) -> bool {
    match cx.process.rmdir(path).await {
        Ok(()) => say(cx, "removed directory ", path, wish).await,
        Err(errno) => {
            cx.cannot("cannot remove", path, errno).await;
            return false;
        }
    }
    true
}

async fn remove_file(cx: &mut Context, path: &[u8], wish: &Wish) -> bool {
    match cx.process.unlink(path).await {
        Ok(()) => say(cx, "removed ", path, wish).await,
        Err(Errno::ENOENT) if wish.force => {}
        Err(errno) => {
            cx.cannot("cannot remove", path, errno).await;
            return false;
        }
    }
    true
}

async fn say(cx: &mut Context, what: &str, path: &[u8], wish: &Wish) {
    if wish.verbose {
        cx.out.put(&[what.as_bytes(), &quote(path), b"\n"].concat());
        // A failing write is told at the end.
        let _ = cx.out.ready().await;
    }
}
