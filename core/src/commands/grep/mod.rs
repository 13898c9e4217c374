//! `grep`: prints lines that match patterns.

mod color;
mod matcher;
mod options;
mod search;

use crate::abi::{Errno, ExitStatus, FileType, STDIN, STDOUT};
use crate::program::{
    Category, Command, Context, Example, Follow, Input, Options, Visit, Walk, boxed,
};
use crate::regex::pattern::{Pattern, PatternOptions};
use options::{OPTIONS, Refusal, prepare};
use search::{Binary, Print, Search, Settings, Trouble};

/// The command.
pub static COMMAND: Command = Command {
    name: "grep",
    aliases: &["egrep", "fgrep"],
    summary: "print lines that match patterns",
    usage: &["[OPTION]... PATTERNS [FILE]..."],
    description: "Search for PATTERNS in each FILE. PATTERNS can contain multiple patterns separated by newlines.\n\n\
                  When FILE is '-', read standard input. With no FILE, read '.' if recursive, '-' otherwise. With \
                  fewer than two FILEs, assume -h. Exit status is 0 if any line is selected, 1 otherwise; if any \
                  error occurs and -q is not given, the exit status is 2.",
    options: OPTIONS,
    examples: &[
        Example { script: "printf 'one\\ntwo\\n' | grep -n w", output: "2:two\n" },
        Example { script: "printf 'a1\\nb\\n' | grep -Eo '[0-9]+'", output: "1\n" },
    ],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/grep.html",
    category: Category::Text,
    run: |cx| boxed(run(cx)),
};

/// What GNU grep ends with on an error.
const TROUBLE: u8 = 2;
const USAGE: &[u8] = b"\nUsage: grep [OPTION]... PATTERNS [FILE]...";
/// What standard input is called.
const STDIN_NAME: &[u8] = b"(standard input)";

/// What is done with directories.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Directories {
    Read,
    Recurse,
    Skip,
}

/// Which files are searched.
struct Choosing {
    directories: Directories,
    /// Links met on the way are followed.
    follow: bool,
    /// Devices and the like: `Some(true)` skips them, `None` only those met on the way.
    skip_devices: Option<bool>,
    /// Whether a match includes, with the pattern, in order.
    files: Vec<(bool, Glob)>,
    excluded_directories: Vec<Glob>,
    no_messages: bool,
    label: Vec<u8>,
}

/// A pattern of file names.
struct Glob {
    pattern: Pattern,
    has_slash: bool,
}

/// What has become of the whole run.
struct Run {
    settings: Settings,
    choosing: Choosing,
    /// A line was selected.
    any: bool,
    failed: bool,
    /// Something was printed, so that the next group gets a separator.
    separated: bool,
    /// Nothing more is to be found out, or nobody reads.
    done: bool,
}

async fn run(mut cx: Context) -> ExitStatus {
    let words = Options { choices: cx.command.options, stop_at_operand: false };
    let parsed = match words.parse(&cx.words) {
        Ok(parsed) if parsed.has('V') => {
            cx.words = vec![b"--version".to_vec()];
            return cx.parse(TROUBLE).await.map_or_else(|status| status, |_| ExitStatus::SUCCESS);
        }
        Ok(parsed) => parsed,
        Err(message) if message.ends_with(b"'--help'") || message.ends_with(b"'--version'") => {
            return cx.parse(TROUBLE).await.map_or_else(|status| status, |_| ExitStatus::SUCCESS);
        }
        Err(message) => return cx.usage_error(TROUBLE, &[&message, USAGE].concat()).await,
    };
    match prepare(&mut cx, parsed).await {
        Ok((mut run, operands)) => {
            run.all(&mut cx, &operands).await;
            if cx.out.flush().await.is_err() {
                let status = cx.finish().await;
                cx.status = TROUBLE;
                return if status == ExitStatus::SUCCESS { status } else { cx.finish().await };
            }
            let quiet = run.settings.print == Print::Nothing;
            let status = match (run.any, run.failed) {
                (true, true) if quiet => 0,
                (_, true) => TROUBLE,
                (any, false) => u8::from(!any),
            };
            cx.status = status;
            cx.finish().await
        }
        Err(Refusal::Message(message)) => {
            cx.error(&message).await;
            cx.status = TROUBLE;
            cx.finish().await
        }
        Err(Refusal::Word(message)) => cx.usage_error(1, &[&message, USAGE].concat()).await,
        Err(Refusal::Usage) => {
            let name = cx.name.clone();
            cx.write_error(&[USAGE.strip_prefix(b"\n").unwrap_or(USAGE), b"\nTry '", &name, b" --help' for more information.\n"].concat()).await;
            ExitStatus::Exited(TROUBLE)
        }
    }
}

fn strip_slashes(mut text: &[u8]) -> &[u8] {
    while text.len() > 1 && text.ends_with(b"/") {
        text = text.strip_suffix(b"/").unwrap_or(text);
    }
    text
}

impl Glob {
    fn new(text: &[u8]) -> Glob {
        let options = PatternOptions { extended: false, ..PatternOptions::new() };
        Glob { pattern: Pattern::new(text, options), has_slash: text.contains(&b'/') }
    }

    /// Whether a path fits: its last name, or its end behind some slash, or all of it.
    fn fits(&self, path: &[u8]) -> bool {
        if !self.has_slash {
            let name = path.rsplit(|&byte| byte == b'/').next().unwrap_or(path);
            return self.pattern.matches(name) || self.pattern.matches(path);
        }
        let mut ends = memchr::memchr_iter(b'/', path).filter_map(|slash| path.get(slash + 1..));
        self.pattern.matches(path) || ends.any(|end| self.pattern.matches(end))
    }
}

/// Whether the only operand is a directory whose files are searched.
async fn is_recursion_over_directory(cx: &Context, choosing: &Choosing, operands: &[Vec<u8>]) -> bool {
    if choosing.directories != Directories::Recurse {
        return false;
    }
    match operands.first() {
        None => true,
        Some(operand) => cx.process.stat(operand).await.is_ok_and(|stat| stat.file_type == FileType::Directory),
    }
}

impl Run {
    async fn all(&mut self, cx: &mut Context, operands: &[Vec<u8>]) {
        for operand in operands {
            if self.done {
                return;
            }
            if operand == b"-" {
                let input = Input::new(&cx.process, STDIN);
                let label = self.choosing.label.clone();
                self.search(cx, input, &label).await;
            } else if self.choosing.directories == Directories::Recurse {
                self.walk(cx, operand).await;
            } else {
                self.operand(cx, operand).await;
            }
        }
    }

    /// A file that was named.
    async fn operand(&mut self, cx: &mut Context, operand: &[u8]) {
        if self.choosing.skips_file(operand) {
            return;
        }
        let stat = match cx.process.stat(operand).await {
            Ok(stat) => stat,
            Err(errno) => return self.fail(cx, operand, errno).await,
        };
        match stat.file_type {
            FileType::Directory if self.choosing.directories == Directories::Skip => {}
            FileType::Directory => self.fail(cx, operand, Errno::EISDIR).await,
            FileType::Regular | FileType::Symlink => self.file(cx, operand, operand).await,
            _ if self.choosing.skip_devices == Some(true) => {}
            _ => self.file(cx, operand, operand).await,
        }
    }

    async fn file(&mut self, cx: &mut Context, path: &[u8], name: &[u8]) {
        match cx.open_input(path).await {
            Err(errno) => self.fail(cx, name, errno).await,
            Ok(input) => self.search(cx, input, name).await,
        }
    }

    /// All files below a directory, or one file. An empty operand is the current directory, unnamed.
    async fn walk(&mut self, cx: &mut Context, operand: &[u8]) {
        let (start, strip): (&[u8], usize) = if operand.is_empty() { (b".", 2) } else { (operand, 0) };
        let follow = if self.choosing.follow { Follow::Always } else { Follow::Operands };
        let mut walk = Walk::new(start, follow);
        while let Some(visited) = walk.next(&cx.process).await {
            if self.done {
                return;
            }
            let name = visited.path.get(strip..).unwrap_or(&visited.path).to_vec();
            match visited.visit {
                Visit::Before if self.choosing.skips_directory(&name, visited.depth) => walk.skip(),
                Visit::Before | Visit::After => {}
                Visit::Unreadable(errno) | Visit::Missing(errno) => {
                    self.fail(cx, &name, errno).await;
                }
                Visit::Loop => {
                    let message = [&name[..], b": warning: recursive directory loop"].concat();
                    self.tell(cx, &message).await;
                }
                Visit::File => {
                    let kind = visited.stat.as_ref().map(|stat| stat.file_type);
                    let is_met = visited.depth > 0;
                    let skipped = match kind {
                        Some(FileType::Regular) => false,
                        Some(FileType::Symlink) => is_met && !self.choosing.follow,
                        _ => self.choosing.skip_devices.unwrap_or(is_met),
                    };
                    if !skipped && !self.choosing.skips_file(&name) {
                        self.file(cx, &visited.path, &name).await;
                    }
                }
            }
        }
    }

    async fn search(&mut self, cx: &mut Context, mut input: Input, name: &[u8]) {
        if self.is_own_output(cx, &input) {
            let message = [name, b": input file is also the output"].concat();
            self.tell(cx, &message).await;
            self.failed = true;
            cx.close(&input);
            return;
        }
        let settings = &self.settings;
        let mut search = Search::new(settings, name);
        search.number_width = if settings.tab { number_width(cx, &input) } else { 0 };
        let result = search.run(&cx.process, &mut cx.out, &mut input, &mut self.separated).await;
        let (selected, withheld) = (search.selected, search.withheld);
        self.any |= selected > 0;
        cx.close(&input);
        match result {
            Ok(()) => {}
            Err(Trouble::Output) => {
                self.done = true;
                return;
            }
            Err(Trouble::Read(errno)) => {
                if errno == Errno::ENOMEM {
                    self.tell(cx, b"memory exhausted").await;
                    self.failed = true;
                    self.done = true;
                } else {
                    self.fail(cx, name, errno).await;
                }
                return;
            }
            Err(Trouble::Pattern(error)) => {
                self.tell(cx, error.message().as_bytes()).await;
                self.failed = true;
                self.done = true;
                return;
            }
        }
        let settings = &self.settings;
        let out = cx.out.buffer();
        match settings.print {
            Print::Count => settings.put_count(name, selected, out),
            Print::NamesWith if selected > 0 => self.put_listed(name, out),
            Print::NamesWithout if selected == 0 => self.put_listed(name, out),
            Print::Nothing => self.done = selected > 0,
            Print::Lines | Print::Matches if withheld && settings.binary == Binary::Tell => {
                cx.error(&[name, b": binary file matches"].concat()).await;
            }
            _ => {}
        }
        if cx.out.ready().await.is_err() {
            self.done = true;
        }
    }

    fn put_listed(&self, name: &[u8], out: &mut Vec<u8>) {
        self.settings.put_name(name, out);
        out.push(if self.settings.null { 0 } else { b'\n' });
    }

    /// Reading the file that is being written to would never end.
    fn is_own_output(&self, cx: &Context, input: &Input) -> bool {
        if !matches!(self.settings.print, Print::Lines | Print::Matches | Print::Count) || self.settings.lines_max <= 1 {
            return false;
        }
        let (Ok(from), Ok(to)) = (cx.process.fstat(input.fd()), cx.process.fstat(STDOUT)) else { return false };
        from.file_type == FileType::Regular && (from.dev, from.ino) == (to.dev, to.ino)
    }

    async fn fail(&mut self, cx: &mut Context, name: &[u8], errno: Errno) {
        self.failed = true;
        if !self.choosing.no_messages {
            cx.failed(name, errno).await;
        }
    }

    async fn tell(&self, cx: &mut Context, message: &[u8]) {
        cx.error(message).await;
    }
}

/// The digits of a file's size, which no number of a line or offset exceeds; of the largest size for what has none.
fn number_width(cx: &Context, input: &Input) -> usize {
    let stat = cx.process.fstat(input.fd()).ok().filter(|stat| stat.file_type == FileType::Regular);
    stat.map_or(i64::MAX as u64, |stat| stat.size_bytes).to_string().len()
}

impl Choosing {
    /// The last pattern that fits says; with none, files are left out if the first says what to include.
    fn skips_file(&self, name: &[u8]) -> bool {
        match self.files.iter().rev().find(|(_, glob)| glob.fits(name)) {
            Some((includes, _)) => !includes,
            None => self.files.first().is_some_and(|(includes, _)| *includes),
        }
    }

    fn skips_directory(&self, name: &[u8], depth: usize) -> bool {
        let name = strip_slashes(name);
        (depth > 0 || !name.is_empty()) && self.excluded_directories.iter().any(|glob| glob.fits(name))
    }
}
