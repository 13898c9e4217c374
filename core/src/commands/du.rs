//! `du`: tells how much space files take up.

use crate::abi::{ExitStatus, FileType, Stat, Time};
use crate::calendar::{Zone, format_time};
use crate::program::Takes::{Argument, MaybeArgument, Nothing};
use crate::program::{
    ALL_UNITS, Category, Choice, Command, Context, Example, Follow, Parsed, SizeStyle, Visit, Visited, Walk, boxed,
    match_word, option, parse_count, quote, quote_locale, read_file,
};
use crate::regex::pattern::{Pattern, PatternOptions};
use bstr::ByteSlice;
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
        option('B', "", Argument("SIZE"), "the same as --block-size"),
        Choice::long('Z', "block-size", Argument("SIZE"), "scale sizes by SIZE before printing them"),
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
        option('t', "threshold", Argument("SIZE"), "exclude entries smaller than SIZE if positive, or greater if negative"),
        option('x', "one-file-system", Nothing, "skip directories on different file systems"),
        option('X', "exclude-from", Argument("FILE"), "exclude files that match any pattern in FILE"),
        Choice::long('e', "exclude", Argument("PATTERN"), "exclude files that match PATTERN"),
        Choice::long('F', "files0-from", Argument("F"), "summarize the NUL-terminated file names of F, or of standard input if F is -"),
        Choice::long('N', "inodes", Nothing, "list inode usage information instead of block usage"),
        Choice::long('T', "time", MaybeArgument("WORD"), "show the last modification of any file in the directory, or its atime, access, use, ctime or status"),
        Choice::long('Y', "time-style", Argument("STYLE"), "show times as full-iso, long-iso, iso or +FORMAT"),
    ],
    examples: &[Example { script: "printf abc > f; du -b f", output: "3\tf\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/du.html",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

/// What is counted and shown.
struct Wish {
    size: SizeStyle,
    counts: Counts,
    all: bool,
    separate: bool,
    counts_links: bool,
    depth_max: usize,
    follow: Follow,
    one_file_system: bool,
    excluded: Vec<Pattern>,
    /// Entries below this, or if negative above, are not shown.
    threshold: i128,
    time: Option<TimeShown>,
    end: u8,
}

/// What is counted of a file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counts {
    Usage,
    ApparentSize,
    Inodes,
}

/// Which time is shown, and how.
struct TimeShown {
    of: fn(&Stat) -> Time,
    format: Vec<u8>,
    zone: Zone,
}

/// A sum over files.
#[derive(Clone, Copy, Default)]
struct Amount {
    count: u64,
    latest: Time,
}

impl Amount {
    fn add(&mut self, other: Amount) {
        self.count = self.count.saturating_add(other.count);
        self.latest = self.latest.max(other.latest);
    }
}

/// The value of a `--block-size`. The error is GNU's message.
fn block_size(option: &str, text: &[u8]) -> Result<SizeStyle, Vec<u8>> {
    SizeStyle::parse(text).ok_or_else(|| {
        let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let fault = if digits > 0 && digits < text.len() { "invalid suffix in" } else { "invalid" };
        [fault.as_bytes(), b" ", option.as_bytes(), b" argument '", text, b"'"].concat()
    })
}

impl Wish {
    /// Errors are told; `Err` is the status.
    async fn of(cx: &mut Context, parsed: &Parsed) -> Result<Wish, ExitStatus> {
        let mut size = SizeStyle::Blocks(1024, None);
        for (id, value) in &parsed.options {
            let chosen = match (id, value) {
                ('b', _) => Ok(SizeStyle::Blocks(1, None)),
                ('k', _) => Ok(SizeStyle::Blocks(1 << 10, None)),
                ('m', _) => Ok(SizeStyle::Blocks(1 << 20, None)),
                ('h', _) => Ok(SizeStyle::Human),
                ('i', _) => Ok(SizeStyle::Si),
                ('B', Some(text)) => block_size("-B", text),
                ('Z', Some(text)) => block_size("--block-size", text),
                _ => Ok(size),
            };
            size = refuse(cx, chosen).await?;
        }
        let counts = match parsed.last_of(&['N']) {
            Some(_) => Counts::Inodes,
            None if parsed.has('A') || parsed.has('b') => Counts::ApparentSize,
            None => Counts::Usage,
        };
        if counts == Counts::Inodes && (parsed.has('A') || parsed.has('b')) {
            let name = cx.name.clone();
            let text = b": warning: options --apparent-size and -b are ineffective with --inodes\n";
            cx.write_error(&[&name[..], text].concat()).await;
        }
        let (depth_max, time) = (depth_max(cx, parsed).await?, time_shown(cx, parsed).await?);
        let excluded = refuse(cx, excluded(cx, parsed).await).await?;
        Ok(Wish {
            size: if counts == Counts::Inodes && matches!(size, SizeStyle::Blocks(..)) { SizeStyle::Blocks(1, None) } else { size },
            counts,
            all: parsed.has('a'),
            separate: parsed.has('S'),
            counts_links: parsed.has('l'),
            depth_max,
            follow: match parsed.last_of(&['D', 'H', 'L', 'P']) {
                Some('L') => Follow::Always,
                Some('D' | 'H') => Follow::Operands,
                _ => Follow::Never,
            },
            one_file_system: parsed.has('x'),
            excluded,
            threshold: refuse(cx, threshold(parsed)).await?,
            time,
            end: if parsed.has('0') { 0 } else { b'\n' },
        })
    }

    fn amount(&self, stat: &Stat) -> Amount {
        let count = match (self.counts, stat.file_type) {
            (Counts::Inodes, _) => 1,
            (Counts::Usage, _) => stat.blocks.saturating_mul(512),
            (_, FileType::Regular | FileType::Symlink | FileType::Directory) => stat.size_bytes,
            _ => 0,
        };
        Amount { count, latest: self.time.as_ref().map_or(Time::EPOCH, |time| (time.of)(stat)) }
    }

    fn is_excluded(&self, path: &[u8]) -> bool {
        let fits = |pattern: &Pattern| {
            let mut ends = memchr::memchr_iter(b'/', path).filter_map(|slash| path.get(slash + 1..));
            pattern.matches(path) || ends.any(|end| pattern.matches(end))
        };
        self.excluded.iter().any(fits)
    }

    fn put(&self, cx: &mut Context, amount: Amount, path: &[u8]) {
        let count = i128::from(amount.count);
        if (self.threshold > 0 && count < self.threshold) || (self.threshold < 0 && count > -self.threshold) {
            return;
        }
        cx.out.put(self.size.format(amount.count).as_bytes());
        cx.out.push(b'\t');
        if let Some(time) = &self.time {
            format_time(&time.format, amount.latest, &time.zone, cx.out.buffer());
            cx.out.push(b'\t');
        }
        cx.out.put(path);
        cx.out.push(self.end);
    }
}

/// Tells of a wrong value, and ends.
async fn refuse<T>(cx: &mut Context, value: Result<T, Vec<u8>>) -> Result<T, ExitStatus> {
    match value {
        Ok(value) => Ok(value),
        Err(message) => {
            cx.error(&message).await;
            Err(cx.finish().await)
        }
    }
}

/// How deep entries are shown.
async fn depth_max(cx: &mut Context, parsed: &Parsed) -> Result<usize, ExitStatus> {
    let mut depth = None;
    if let Some(text) = parsed.value('d') {
        depth = std::str::from_utf8(text).ok().and_then(|text| text.parse::<usize>().ok());
        if depth.is_none() {
            let message = [b"invalid maximum depth ", &quote_locale(text)[..]].concat();
            return Err(cx.usage_error(1, &message).await);
        }
    }
    if !parsed.has('s') {
        return Ok(depth.unwrap_or(usize::MAX));
    }
    if parsed.has('a') {
        return Err(cx.usage_error(1, b"cannot both summarize and show all entries").await);
    }
    match depth {
        None => {}
        Some(0) => {
            let line = [&cx.name[..], b": warning: summarizing is the same as using --max-depth=0\n"].concat();
            cx.write_error(&line).await;
        }
        Some(depth) => {
            let message = format!("warning: summarizing conflicts with --max-depth={depth}");
            return Err(cx.usage_error(1, message.as_bytes()).await);
        }
    }
    Ok(0)
}

async fn time_shown(cx: &mut Context, parsed: &Parsed) -> Result<Option<TimeShown>, ExitStatus> {
    let words = [("atime", 'u'), ("access", 'u'), ("use", 'u'), ("ctime", 'c'), ("status", 'c')];
    let styles = [
        ("full-iso", "%Y-%m-%d %H:%M:%S.%N %z"),
        ("long-iso", "%Y-%m-%d %H:%M"),
        ("iso", "%Y-%m-%d"),
    ];
    if !parsed.has('T') {
        return Ok(None);
    }
    let which = parsed.value('T').map_or(Ok('m'), |word| match_word(word, "--time", &words));
    let style = match parsed.value('Y').map(<[u8]>::to_vec).or_else(|| cx.process.env(b"TIME_STYLE")) {
        None => Ok(b"%Y-%m-%d %H:%M".to_vec()),
        Some(style) => match style.strip_prefix(b"+") {
            Some(format) => Ok(format.to_vec()),
            None => match_word(&style, "time style", &styles).map(|format| format.as_bytes().to_vec()),
        },
    };
    match (which, style) {
        (Err(message), _) | (_, Err(message)) => Err(cx.usage_error(1, &message).await),
        (Ok(which), Ok(format)) => Ok(Some(TimeShown {
            of: match which {
                'u' => |stat| stat.atime,
                'c' => |stat| stat.ctime,
                _ => |stat| stat.mtime,
            },
            format,
            zone: Zone::from_tz(&cx.process.env(b"TZ").unwrap_or_default()),
        })),
    }
}

fn threshold(parsed: &Parsed) -> Result<i128, Vec<u8>> {
    let Some(text) = parsed.value('t') else { return Ok(0) };
    let (sign, number) = text.strip_prefix(b"-").map_or((1, text), |number| (-1, number));
    match parse_count(number, ALL_UNITS) {
        Ok(count) if sign > 0 || count > 0 => Ok(sign * i128::from(count)),
        Ok(_) => Err([b"invalid --threshold argument '", text, b"'"].concat()),
        Err(_) => Err([b"invalid -t argument '", text, b"'"].concat()),
    }
}

/// The patterns of `--exclude` and `-X`.
async fn excluded(cx: &Context, parsed: &Parsed) -> Result<Vec<Pattern>, Vec<u8>> {
    let mut patterns = Vec::new();
    let options = || PatternOptions { extended: false, ..PatternOptions::new() };
    for (id, value) in &parsed.options {
        match (id, value) {
            ('e', Some(text)) => patterns.push(Pattern::new(text, options())),
            ('X', Some(file)) => {
                let text = read_file(&cx.process, file).await;
                let text = text.map_err(|errno| [file, &b": "[..], errno.message().as_bytes()].concat())?;
                patterns.extend(text.lines().map(|line| Pattern::new(line, options())));
            }
            _ => {}
        }
    }
    Ok(patterns)
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let wish = match Wish::of(&mut cx, &parsed).await {
        Ok(wish) => wish,
        Err(status) => return status,
    };
    let mut operands = parsed.operands.clone();
    if let Some(list) = parsed.value('F') {
        if let Some(extra) = operands.first() {
            let message =
                [b"extra operand ", &quote_locale(extra)[..], b"\nfile operands cannot be combined with --files0-from"];
            return cx.usage_error(1, &message.concat()).await;
        }
        let mut names = Vec::new();
        let read = match cx.open_input(list).await {
            Ok(mut input) => input.read_to_end(&mut names).await,
            Err(errno) => Err(errno),
        };
        if let Err(errno) = read {
            let reason = errno.message().as_bytes();
            cx.error(&[b"cannot open ", &quote(list)[..], b" for reading: ", reason].concat()).await;
            return cx.finish().await;
        }
        operands = names.split(|&byte| byte == 0).filter(|name| !name.is_empty()).map(<[u8]>::to_vec).collect();
    } else if operands.is_empty() {
        operands.push(b".".to_vec());
    }
    let mut seen = BTreeSet::new();
    let mut total = Amount::default();
    for operand in &operands {
        total.add(count(&mut cx, &wish, operand, &mut seen).await);
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
    own: Amount,
    /// What is below its directories.
    below: Amount,
}

/// Shows one operand; what it takes. Files in `seen` count nothing; new ones are added.
async fn count(cx: &mut Context, wish: &Wish, operand: &[u8], seen: &mut BTreeSet<(u64, u64)>) -> Amount {
    let mut walk = Walk::new(operand, wish.follow).one_file_system(wish.one_file_system);
    let mut sums: Vec<Sum> = Vec::new();
    let mut total = Amount::default();
    while let Some(visited) = walk.next(&cx.process).await {
        let Visited { path, depth, visit, stat, .. } = visited;
        let amount = stat.as_ref().map_or(Amount::default(), |stat| wish.amount(stat));
        let is_new = |seen: &mut BTreeSet<(u64, u64)>, always: bool| {
            stat.as_ref().is_some_and(|stat| always || seen.insert((stat.dev, stat.ino)))
        };
        if matches!(visit, Visit::File | Visit::Before) && wish.is_excluded(&path) {
            walk.skip();
            continue;
        }
        match visit {
            Visit::Missing(errno) => cx.cannot("cannot access", &path, errno).await,
            Visit::Unreadable(errno) => cx.cannot("cannot read directory", &path, errno).await,
            Visit::Loop => {}
            Visit::File if wish.follow != Follow::Never && is_dangling(stat.as_ref(), depth, wish) => {
                cx.error(&[b"cannot access ", &quote(&path)[..]].concat()).await;
            }
            Visit::File => {
                if !is_new(seen, wish.counts_links) {
                    continue;
                }
                match sums.last_mut() {
                    Some(sum) => sum.own.add(amount),
                    None => total = amount,
                }
                if depth == 0 || (wish.all && depth <= wish.depth_max) {
                    wish.put(cx, amount, &path);
                }
            }
            Visit::Before => {
                if is_new(seen, false) {
                    sums.push(Sum { own: amount, ..Sum::default() });
                } else {
                    walk.skip();
                }
            }
            Visit::After => {
                let Some(sum) = sums.pop() else { continue };
                let mut all = sum.own;
                all.add(sum.below);
                match sums.last_mut() {
                    Some(parent) => parent.below.add(all),
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

/// A link that should have been followed leads nowhere.
fn is_dangling(stat: Option<&Stat>, depth: usize, wish: &Wish) -> bool {
    let followed = wish.follow == Follow::Always || depth == 0;
    followed && stat.is_some_and(|stat| stat.file_type == FileType::Symlink)
}
