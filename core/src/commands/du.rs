//! `du`: tells how much space files take up.

use crate::abi::{ExitStatus, FileType, Stat};
use crate::program::Takes::{Argument, Nothing};
use crate::program::{
    Category, Choice, Command, Context, Example, Follow, Parsed, SizeStyle, Visit, Visited, Walk, boxed,
    option, quote_locale,
};
use std::collections::BTreeSet;

/// The command.
pub static COMMAND: Command = Command {
    name: "du",
    aliases: &[],
    summary: "estimate file space usage",
    usage: &["[OPTION]... [FILE]..."],
    description: "Summarize device usage of the set of FILEs, recursively for directories.",
    options: &[
        option('0', "null", Nothing, "end each output line with NUL, not newline"),
        option('a', "all", Nothing, "write counts for all files, not just directories"),
        Choice::long('A', "apparent-size", Nothing, "print apparent sizes rather than device usage"),
        option('B', "block-size", Argument("SIZE"), "scale sizes by SIZE before printing them"),
        option('b', "bytes", Nothing, "equivalent to '--apparent-size --block-size=1'"),
        option('c', "total", Nothing, "produce a grand total"),
        option('D', "dereference-args", Nothing, "dereference only symlinks that are listed on the command line"),
        option('H', "", Nothing, "equivalent to -D"),
        option('d', "max-depth", Argument("N"), "print the total only of what is at most N levels below an operand"),
        option('h', "human-readable", Nothing, "print sizes in human readable format (e.g., 1K 234M 2G)"),
        option('k', "", Nothing, "like --block-size=1K"),
        option('L', "dereference", Nothing, "dereference all symbolic links"),
        option('l', "count-links", Nothing, "count sizes many times if hard linked"),
        option('m', "", Nothing, "like --block-size=1M"),
        option('P', "no-dereference", Nothing, "don't follow any symbolic links (this is the default)"),
        option('S', "separate-dirs", Nothing, "for directories do not include size of subdirectories"),
        Choice::long('i', "si", Nothing, "like -h, but use powers of 1000 not 1024"),
        option('s', "summarize", Nothing, "display only a total for each argument"),
        option('x', "one-file-system", Nothing, "skip directories on different file systems"),
    ],
    examples: &[Example { script: "printf abc > f; du -b f", output: "3\tf\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/du.html",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

/// What is counted and shown.
struct Wish {
    size: SizeStyle,
    apparent: bool,
    all: bool,
    separate: bool,
    counts_links: bool,
    depth_max: usize,
    follow: Follow,
    one_file_system: bool,
    end: u8,
}

impl Wish {
    /// The error is GNU's message.
    fn of(parsed: &Parsed) -> Result<Wish, Vec<u8>> {
        let mut size = SizeStyle::Blocks(1024, None);
        for (id, value) in &parsed.options {
            size = match (id, value) {
                ('b', _) => SizeStyle::Blocks(1, None),
                ('k', _) => SizeStyle::Blocks(1 << 10, None),
                ('m', _) => SizeStyle::Blocks(1 << 20, None),
                ('h', _) => SizeStyle::Human,
                ('i', _) => SizeStyle::Si,
                ('B', Some(text)) => SizeStyle::parse(text)
                    .ok_or_else(|| [b"invalid -B argument '", &text[..], b"'"].concat())?,
                _ => size,
            };
        }
        let depth = match parsed.value('d') {
            None => None,
            Some(text) => {
                let number = std::str::from_utf8(text).ok().and_then(|text| text.parse::<usize>().ok());
                Some(number.ok_or_else(|| [b"invalid maximum depth ", &quote_locale(text)[..]].concat())?)
            }
        };
        if parsed.has('s') && parsed.has('a') {
            return Err(b"cannot both summarize and show all entries".to_vec());
        }
        if let (true, Some(depth @ 1..)) = (parsed.has('s'), depth) {
            return Err(format!("warning: summarizing conflicts with --max-depth={depth}").into_bytes());
        }
        Ok(Wish {
            size,
            apparent: parsed.has('A') || parsed.has('b'),
            all: parsed.has('a'),
            separate: parsed.has('S'),
            counts_links: parsed.has('l'),
            depth_max: if parsed.has('s') { 0 } else { depth.unwrap_or(usize::MAX) },
            follow: match parsed.last_of(&['D', 'H', 'L', 'P']) {
                Some('L') => Follow::Always,
                Some('D' | 'H') => Follow::Operands,
                _ => Follow::Never,
            },
            one_file_system: parsed.has('x'),
            end: if parsed.has('0') { 0 } else { b'\n' },
        })
    }

    fn bytes(&self, stat: &Stat) -> u64 {
        match (self.apparent, stat.file_type) {
            (false, _) => stat.blocks.saturating_mul(512),
            (true, FileType::Regular | FileType::Symlink | FileType::Directory) => stat.size_bytes,
            (true, _) => 0,
        }
    }

    fn put(&self, cx: &mut Context, bytes: u64, path: &[u8]) {
        cx.out.put(self.size.format(bytes).as_bytes());
        cx.out.push(b'\t');
        cx.out.put(path);
        cx.out.push(self.end);
    }
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let wish = match Wish::of(&parsed) {
        Ok(wish) => wish,
        Err(message) => return cx.usage_error(1, &message).await,
    };
    let mut operands = parsed.operands.clone();
    if operands.is_empty() {
        operands.push(b".".to_vec());
    }
    let mut seen = BTreeSet::new();
    let mut total = 0_u64;
    for operand in &operands {
        total = total.saturating_add(count(&mut cx, &wish, operand, &mut seen).await);
    }
    if parsed.has('c') {
        wish.put(&mut cx, total, b"total");
    }
    cx.finish().await
}

/// What a directory that is being walked holds so far.
#[derive(Clone, Copy, Default)]
struct Sum {
    /// Itself and its files.
    own: u64,
    /// What is below its directories.
    below: u64,
}

/// Shows one operand; its bytes. Files in `seen` count nothing; new ones are added.
async fn count(cx: &mut Context, wish: &Wish, operand: &[u8], seen: &mut BTreeSet<(u64, u64)>) -> u64 {
    let mut walk = Walk::new(operand, wish.follow).one_file_system(wish.one_file_system);
    let mut sums: Vec<Sum> = Vec::new();
    let mut total = 0;
    let mut dev = None;
    while let Some(visited) = walk.next(&cx.process).await {
        let Visited { path, depth, visit, stat, .. } = visited;
        let bytes = stat.as_ref().map_or(0, |stat| wish.bytes(stat));
        let is_new = |seen: &mut BTreeSet<(u64, u64)>, always: bool| {
            stat.as_ref().is_some_and(|stat| always || seen.insert((stat.dev, stat.ino)))
        };
        match visit {
            Visit::Missing(errno) => cx.cannot("cannot access", &path, errno).await,
            Visit::Unreadable(errno) => cx.cannot("cannot read directory", &path, errno).await,
            Visit::Loop => {}
            Visit::File => {
                if !is_new(seen, wish.counts_links) {
                    continue;
                }
                match sums.last_mut() {
                    Some(sum) => sum.own = sum.own.saturating_add(bytes),
                    None => total = bytes,
                }
                if depth == 0 || (wish.all && depth <= wish.depth_max) {
                    wish.put(cx, bytes, &path);
                }
            }
            Visit::Before => {
                let here = stat.as_ref().map(|stat| stat.dev);
                let is_mount = wish.one_file_system && *dev.get_or_insert(here) != here;
                if !is_mount && is_new(seen, false) {
                    sums.push(Sum { own: bytes, below: 0 });
                } else {
                    walk.skip();
                }
            }
            Visit::After => {
                let Some(sum) = sums.pop() else { continue };
                let all = sum.own.saturating_add(sum.below);
                match sums.last_mut() {
                    Some(parent) => parent.below = parent.below.saturating_add(all),
                    None => total = all,
                }
                if depth <= wish.depth_max {
                    wish.put(cx, if wish.separate { sum.own } else { all }, &path);
                }
            }
        }
        if cx.out.ready().await.is_err() {
            break;
        }
    }
    total
}
