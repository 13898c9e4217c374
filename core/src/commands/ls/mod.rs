//! `ls`: lists files and directories.

mod color;
mod entry;
mod layout;
mod long;
mod order;
mod wish;

use crate::abi::{Errno, ExitStatus, FileType, Ino, STDOUT};
use crate::program::Takes::{Argument, MaybeArgument, Nothing};
use crate::program::path::join;
use crate::program::{Category, Choice, Command, Context, Example, Names, boxed, option};
use entry::Entry;
use std::collections::VecDeque;
use wish::{Format, Wish};

/// The command.
pub static COMMAND: Command = Command {
    name: "ls",
    aliases: &["dir", "vdir"],
    summary: "list directory contents",
    usage: &["[OPTION]... [FILE]..."],
    description: "List information about the FILEs (the current directory by default).\n\
                  Sort entries alphabetically if none of -cftuvSUX nor --sort is specified.",
    options: &[
        option('a', "all", Nothing, "do not ignore entries starting with ."),
        option('A', "almost-all", Nothing, "do not list implied . and .."),
        Choice::long('W', "author", Nothing, "with -l, print the author of each file"),
        option('b', "escape", Nothing, "print C-style escapes for nongraphic characters"),
        Choice::long('K', "block-size", Argument("SIZE"), "with -l, scale sizes by SIZE when printing them"),
        option('B', "ignore-backups", Nothing, "do not list implied entries ending with ~"),
        option('c', "", Nothing, "sort by, and with -l show, the time of the last change of the inode"),
        option('C', "", Nothing, "list entries by columns"),
        Choice::long('O', "color", MaybeArgument("WHEN"), "color the output WHEN: always, auto or never"),
        option('d', "directory", Nothing, "list directories themselves, not their contents"),
        option('f', "", Nothing, "list all entries in directory order"),
        Choice { id: 'F', short: 'F', long: "classify", takes: MaybeArgument("WHEN"), help: "append indicator (one of */=>@|) to entries WHEN" },
        Choice::long('e', "file-type", Nothing, "likewise, except do not append '*'"),
        Choice::long('j', "format", Argument("WORD"), "across, commas, horizontal, long, single-column, verbose or vertical"),
        Choice::long('J', "full-time", Nothing, "like -l --time-style=full-iso"),
        option('g', "", Nothing, "like -l, but do not list owner"),
        Choice::long('D', "group-directories-first", Nothing, "group directories before files"),
        option('G', "no-group", Nothing, "in a long listing, don't print group names"),
        option('h', "human-readable", Nothing, "with -l and -s, print sizes like 1K 234M 2G etc."),
        Choice::long('y', "si", Nothing, "likewise, but use powers of 1000 not 1024"),
        option('H', "dereference-command-line", Nothing, "follow symbolic links listed on the command line"),
        Choice::long('E', "dereference-command-line-symlink-to-dir", Nothing, "follow each command line symbolic link that points to a directory"),
        Choice::long('P', "hide", Argument("PATTERN"), "do not list implied entries matching shell PATTERN"),
        Choice::long('Y', "indicator-style", Argument("WORD"), "append indicator with style WORD: none, slash, file-type or classify"),
        option('i', "inode", Nothing, "print the index number of each file"),
        option('I', "ignore", Argument("PATTERN"), "do not list implied entries matching shell PATTERN"),
        option('k', "kibibytes", Nothing, "default to 1024-byte blocks for file system usage"),
        option('l', "", Nothing, "use a long listing format"),
        option('L', "dereference", Nothing, "show information for the file a symbolic link references"),
        option('m', "", Nothing, "fill width with a comma separated list of entries"),
        option('n', "numeric-uid-gid", Nothing, "like -l, but list numeric user and group IDs"),
        option('N', "literal", Nothing, "print entry names without quoting"),
        option('o', "", Nothing, "like -l, but do not list group information"),
        option('p', "", Nothing, "append / indicator to directories"),
        option('q', "hide-control-chars", Nothing, "print ? instead of nongraphic characters"),
        Choice::long('V', "show-control-chars", Nothing, "show nongraphic characters as-is"),
        option('Q', "quote-name", Nothing, "enclose entry names in double quotes"),
        Choice::long('3', "quoting-style", Argument("WORD"), "literal, locale, shell, shell-always, shell-escape, shell-escape-always, c or escape"),
        option('r', "reverse", Nothing, "reverse order while sorting"),
        option('R', "recursive", Nothing, "list subdirectories recursively"),
        option('s', "size", Nothing, "print the allocated size of each file, in blocks"),
        option('S', "", Nothing, "sort by file size, largest first"),
        Choice::long('4', "sort", Argument("WORD"), "sort by WORD instead of name: none, size, time, version, extension, width"),
        Choice::long('5', "time", Argument("WORD"), "change the default of using modification times: atime, ctime"),
        Choice::long('6', "time-style", Argument("TIME_STYLE"), "full-iso, long-iso, iso, locale or +FORMAT"),
        option('t', "", Nothing, "sort by time, newest first"),
        option('T', "tabsize", Argument("COLS"), "assume tab stops at each COLS instead of 8"),
        option('u', "", Nothing, "sort by, and with -l show, access time"),
        option('U', "", Nothing, "do not sort; list entries in directory order"),
        option('v', "", Nothing, "natural sort of (version) numbers within text"),
        option('w', "width", Argument("COLS"), "set output width to COLS; 0 means no limit"),
        option('x', "", Nothing, "list entries by lines instead of by columns"),
        option('X', "", Nothing, "sort alphabetically by entry extension"),
        option('Z', "context", Nothing, "(ignored: there are no security contexts)"),
        Choice::long('0', "zero", Nothing, "end each output line with NUL, not newline"),
        option('1', "", Nothing, "list one file per line"),
    ],
    examples: &[Example { script: "touch b a && mkdir d && ls -F", output: "a\nb\nd/\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/ls.html",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

/// The status of a failing operand.
const TROUBLE: u8 = 2;

/// A run: what is asked for, and what it has learnt.
struct Ls {
    wish: Wish,
    names: Names,
    /// Something was printed already: a heading needs a blank line.
    printed: bool,
    color_begun: bool,
}

/// A directory that is to be listed.
struct Pending {
    path: Vec<u8>,
    /// It was named as an operand.
    is_operand: bool,
    /// The directories that it is in, when links are followed, to find loops.
    ancestors: Vec<(u64, Ino)>,
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(TROUBLE).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let wish = match Wish::of(&cx, &parsed) {
        Ok(wish) => wish,
        Err(wish::Wrong::Usage(message)) => return cx.usage_error(1, &message).await,
        Err(wish::Wrong::UsageTrouble(message)) => return cx.usage_error(TROUBLE, &message).await,
        Err(wish::Wrong::Trouble(message)) => {
            cx.error(&message).await;
            cx.status = TROUBLE;
            return cx.finish().await;
        }
    };
    let names = Names::read(&cx.process).await;
    let mut operands = parsed.operands;
    let is_lone = operands.len() <= 1;
    if operands.is_empty() {
        operands.push(b".".to_vec());
    }
    let mut ls = Ls { wish, names, printed: false, color_begun: false };
    ls.list_operands(&mut cx, &operands, is_lone).await;
    cx.finish().await
}

impl Ls {
    async fn list_operands(&mut self, cx: &mut Context, operands: &[Vec<u8>], is_lone: bool) {
        let mut files = Vec::new();
        let mut failed = false;
        for operand in operands {
            match entry::of_operand(cx, operand, &self.wish).await {
                Ok(entry) => files.push(entry),
                Err(errno) => {
                    cx.cannot("cannot access", operand, errno).await;
                    cx.status = TROUBLE;
                    failed = true;
                }
            }
        }
        order::sort(&mut files, &self.wish);
        let mut directories = VecDeque::new();
        if !self.wish.immediate {
            files.retain(|entry| {
                let is_directory = entry.is_directory();
                if is_directory {
                    let path = entry.path.clone();
                    directories.push_back(Pending { path, is_operand: true, ancestors: Vec::new() });
                }
                !is_directory
            });
        }
        if !files.is_empty() {
            self.print(cx, &mut files).await;
            self.printed = true;
        }
        let heading = self.wish.recursive || !is_lone || failed || !files.is_empty() || directories.len() > 1;
        while let Some(pending) = directories.pop_front() {
            self.list_directory(cx, pending, heading, &mut directories).await;
            if cx.out.ready().await.is_err() {
                return;
            }
        }
    }

    async fn list_directory(
        &mut self,
        cx: &mut Context,
        pending: Pending,
        heading: bool,
        directories: &mut VecDeque<Pending>,
    ) {
        let path = &pending.path;
        let mut ancestors = pending.ancestors.clone();
        if self.wish.recursive && let Ok(stat) = cx.process.stat(path).await {
            let key = (stat.dev, stat.ino);
            if ancestors.contains(&key) {
                let shown = crate::program::quote(path);
                cx.error(&[b"not listing already-listed directory: ", &shown[..]].concat()).await;
                cx.status = TROUBLE;
                return;
            }
            ancestors.push(key);
        }
        let listed = match cx.process.list_dir(path).await {
            Ok(listed) => listed,
            Err(errno) => return self.complain(cx, "cannot open directory", path, errno, pending.is_operand).await,
        };
        if heading {
            if self.printed {
                cx.out.push(self.wish.end);
            }
            let shown = self.wish.heading_style().quote(path);
            cx.out.put(&[&shown[..], b":", &[self.wish.end]].concat());
        }
        self.printed = true;
        let dots: &[&[u8]] = if self.wish.all { &[b".", b".."] } else { &[] };
        let names = dots.iter().map(|name| name.to_vec()).chain(listed.into_iter().map(|entry| entry.name));
        let mut entries = Vec::new();
        for name in names.filter(|name| self.wish.shows(name)) {
            let (entry, failure) = entry::of_directory(cx, path, name, &self.wish).await;
            if let Some(errno) = failure {
                self.complain(cx, "cannot access", &entry.path, errno, false).await;
            }
            entries.push(entry);
        }
        order::sort(&mut entries, &self.wish);
        if self.wish.shows_total() {
            let blocks = entries.iter().filter_map(|entry| entry.stat.as_ref()).map(|stat| stat.blocks * 512).sum();
            let total = self.wish.block_style.format(blocks);
            cx.out.put(format!("total {total}").as_bytes());
            cx.out.push(self.wish.end);
        }
        self.print(cx, &mut entries).await;
        if self.wish.recursive {
            let below = entries.iter().filter(|entry| {
                entry.name != b"." && entry.name != b".." && entry.is_directory()
            });
            for entry in below.rev() {
                directories.push_front(Pending {
                    path: join(path, &entry.name),
                    is_operand: false,
                    ancestors: ancestors.clone(),
                });
            }
        }
    }

    async fn complain(&self, cx: &mut Context, deed: &str, path: &[u8], errno: Errno, is_operand: bool) {
        let status = cx.status;
        cx.cannot(deed, path, errno).await;
        cx.status = if is_operand { TROUBLE } else { status.max(1) };
    }

    async fn print(&mut self, cx: &mut Context, entries: &mut [Entry]) {
        entry::prepare(entries, &self.wish);
        match self.wish.format {
            Format::Long => self.print_long(cx, entries).await,
            Format::Single => self.print_single(cx, entries).await,
            Format::Commas => self.print_commas(cx, entries).await,
            Format::Columns | Format::Across => self.print_columns(cx, entries).await,
        }
    }
}

/// The width of the screen: `-w`, `COLUMNS`, the terminal's, 80.
fn screen_width(cx: &Context) -> usize {
    let variable = cx.process.env(b"COLUMNS");
    let asked = variable.and_then(|text| std::str::from_utf8(&text).ok()?.parse().ok());
    let own = cx.process.window_size(STDOUT).ok().map(|window| usize::from(window.cols));
    asked.or(own.filter(|&cols| cols > 0)).unwrap_or(80)
}

/// What stands behind a name with `-F` and its like.
fn indicator(wish: &Wish, file_type: FileType, is_executable: bool) -> Option<u8> {
    use wish::Indicators;
    match (wish.indicators, file_type) {
        (Indicators::None, _) => None,
        (_, FileType::Directory) => Some(b'/'),
        (Indicators::Slash, _) => None,
        (_, FileType::Symlink) => Some(b'@'),
        (_, FileType::Fifo) => Some(b'|'),
        (_, FileType::Socket) => Some(b'='),
        (Indicators::Classify, FileType::Regular) if is_executable => Some(b'*'),
        _ => None,
    }
}
