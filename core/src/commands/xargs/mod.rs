//! `xargs`: runs a command with arguments that it reads.

mod words;

use crate::abi::limits::{PROCESSES_MAX, XARGS_COMMAND_BYTES_DEFAULT};
use crate::abi::limits::ARGS_BYTES_MAX;
use crate::abi::{Errno, ExitStatus, Mode, OpenFlags, Pid, STDIN, WaitStatus};
use crate::kernel::WaitFor;
use crate::program::Takes::{Argument, MaybeArgument, Nothing};
use crate::program::spawn::{ChildInput, Spawn, start};
use crate::program::{
    Category, Choice, Command, Context, Example, Input, Parsed, QuotingStyle, boxed, option, quote_locale,
};
use bstr::ByteSlice;
use std::rc::Rc;
use words::{Division, Word, WordError, Words};

/// The command.
pub static COMMAND: Command = Command {
    name: "xargs",
    aliases: &[],
    summary: "build and run commands from standard input",
    usage: &["[OPTION]... [COMMAND [INITIAL-ARGUMENT]...]"],
    description: "Run COMMAND (by default echo) with INITIAL-ARGUMENTS and more arguments read from input.\n\n\
                  Blanks and newlines separate the arguments; quotes and backslashes protect them.",
    options: &[
        option('0', "null", Nothing, "items are separated by a null, not whitespace"),
        option('a', "arg-file", Argument("FILE"), "read arguments from FILE, not standard input"),
        option('d', "delimiter", Argument("CHARACTER"), "items are separated by CHARACTER; quotes are not special"),
        option('E', "", Argument("END"), "an item END ends the input"),
        Choice { id: 'E', short: 'e', long: "eof", takes: MaybeArgument("END"), help: "as -E END, or none" },
        option('I', "", Argument("R"), "replace R in the initial arguments by each line read"),
        Choice { id: 'i', short: 'i', long: "replace", takes: MaybeArgument("R"), help: "as -I R; R is {} by default" },
        option('L', "", Argument("N"), "use at most N non-blank input lines per command"),
        Choice { id: 'l', short: 'l', long: "max-lines", takes: MaybeArgument("N"), help: "as -L N; N is 1 by default" },
        option('n', "max-args", Argument("N"), "use at most N arguments per command"),
        option('o', "open-tty", Nothing, "the command's standard input is the terminal"),
        option('P', "max-procs", Argument("N"), "run at most N commands at a time"),
        option('p', "interactive", Nothing, "ask before each command"),
        Choice::long('V', "process-slot-var", Argument("NAME"), "set NAME to the command's place among those at a time"),
        option('r', "no-run-if-empty", Nothing, "do not run the command if there are no arguments"),
        option('s', "max-chars", Argument("N"), "limit the length of a command to N bytes"),
        option('t', "verbose", Nothing, "print commands before running them"),
        option('x', "exit", Nothing, "exit if the size (see -s) is exceeded"),
    ],
    examples: &[
        Example { script: "seq 5 | xargs -n 2", output: "1 2\n3 4\n5\n" },
        Example { script: "printf 'a b\\nc\\n' | xargs -I {} echo '<{}>'", output: "<a b>\n<c>\n" },
    ],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/xargs.html",
    category: Category::Shell,
    run: |cx| boxed(run(cx)),
};

/// What POSIX leaves free for the command to change its environment.
const HEADROOM_BYTES: usize = 2048;

/// A command failed.
const COMMAND_FAILED: u8 = 123;

/// Why `xargs` ends early: its status; the message is written.
struct Stop(u8);

/// What the options ask for.
struct Wish {
    division: Division,
    end: Option<Vec<u8>>,
    replace: Option<Vec<u8>>,
    lines_max: Option<usize>,
    args_max: Option<usize>,
    at_a_time: usize,
    bytes_max: usize,
    exact: bool,
}

/// The commands that are run.
struct Runner {
    environment: Rc<[Vec<u8>]>,
    slot_variable: Option<Vec<u8>>,
    /// The running ones.
    slots: Vec<Option<(Pid, Vec<u8>)>>,
    stdin: ChildInput,
    verbose: bool,
    ask: bool,
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse_as(1, true).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let initial = if parsed.operands.is_empty() { vec![b"echo".to_vec()] } else { parsed.operands.clone() };
    let wish = match wish_of(&mut cx, &parsed).await {
        Ok(wish) => wish,
        Err(status) => return status,
    };
    let input = match parsed.value('a').filter(|file| *file != b"-") {
        None => Input::new(&cx.process, STDIN),
        Some(file) => match cx.process.open(file, OpenFlags::READ | OpenFlags::CLOSE_ON_EXEC, Mode::default()).await {
            Ok(fd) => Input::new(&cx.process, fd),
            Err(errno) => {
                cx.failed(&[b"Cannot open input file ", &quote_locale(file)[..]].concat(), errno).await;
                return cx.finish().await;
            }
        },
    };
    let from_file = input.fd() != STDIN;
    let stdin = match (parsed.has('o'), from_file) {
        (true, _) => ChildInput::Terminal,
        (false, true) => ChildInput::Descriptor(STDIN),
        (false, false) => ChildInput::Null,
    };
    let mut runner = Runner {
        environment: cx.process.environment(),
        slot_variable: parsed.value('V').map(<[u8]>::to_vec),
        slots: vec![None; wish.at_a_time],
        stdin,
        verbose: parsed.has('t') || parsed.has('p'),
        ask: parsed.has('p'),
    };
    let mut words = Words::new(input, wish.division.clone(), wish.end.clone(), wish.bytes_max);
    let result = match &wish.replace {
        Some(replace) => replacing(&mut cx, &mut runner, &mut words, &wish, &initial, replace).await,
        None => appending(&mut cx, &mut runner, &mut words, &wish, &initial, !parsed.has('r')).await,
    };
    let mut ended = result;
    while runner.running() > 0 {
        let waited = runner.wait(&mut cx).await;
        ended = ended.and(waited);
    }
    if let Err(Stop(status)) = ended {
        cx.status = status;
    }
    cx.finish().await
}

/// Adds the words behind the initial arguments, as many as fit.
async fn appending(
    cx: &mut Context,
    runner: &mut Runner,
    words: &mut Words,
    wish: &Wish,
    initial: &[Vec<u8>],
    even_if_empty: bool,
) -> Result<(), Stop> {
    let initial_bytes = bytes_of(initial);
    if initial_bytes >= wish.bytes_max {
        return stop(cx, b"cannot fit single argument within argument list size limit").await;
    }
    let mut argv = initial.to_vec();
    let (mut bytes, mut lines, mut ran) = (initial_bytes, 0, false);
    while let Some(Word { bytes: word, ends_line }) = next(cx, words).await? {
        if initial_bytes + word.len() + 1 > wish.bytes_max {
            return stop(cx, b"argument line too long").await;
        }
        if bytes + word.len() + 1 > wish.bytes_max {
            if wish.exact || wish.lines_max.is_some() {
                return stop(cx, b"argument list too long").await;
            }
            runner.start(cx, std::mem::replace(&mut argv, initial.to_vec())).await?;
            (bytes, ran) = (initial_bytes, true);
        }
        bytes += word.len() + 1;
        argv.push(word);
        lines += usize::from(ends_line);
        let is_full = wish.args_max.is_some_and(|max| argv.len() - initial.len() >= max)
            || wish.lines_max.is_some_and(|max| lines >= max);
        if is_full {
            runner.start(cx, std::mem::replace(&mut argv, initial.to_vec())).await?;
            (bytes, lines, ran) = (initial_bytes, 0, true);
        }
        cx.process.step(1).await;
    }
    if argv.len() > initial.len() || (even_if_empty && !ran) {
        runner.start(cx, argv).await?;
    }
    Ok(())
}

/// Runs a command for each word, which stands where `replace` stood.
async fn replacing(
    cx: &mut Context,
    runner: &mut Runner,
    words: &mut Words,
    wish: &Wish,
    initial: &[Vec<u8>],
    replace: &[u8],
) -> Result<(), Stop> {
    if replace.is_empty() {
        return stop(cx, b"command too long").await;
    }
    while let Some(word) = next(cx, words).await? {
        // The command's own name stays as it is.
        let mut argv: Vec<Vec<u8>> = initial.get(..1).unwrap_or_default().to_vec();
        let mut bytes = bytes_of(&argv);
        for argument in initial.iter().skip(1) {
            let count = argument.find_iter(replace).count();
            bytes += argument.len() + 1 + count.saturating_mul(word.bytes.len());
            bytes = bytes.saturating_sub(count.saturating_mul(replace.len()));
            if bytes > wish.bytes_max {
                return stop(cx, b"argument list too long").await;
            }
            argv.push(argument.replace(replace, &word.bytes));
        }
        runner.start(cx, argv).await?;
    }
    Ok(())
}

fn bytes_of(argv: &[Vec<u8>]) -> usize {
    argv.iter().map(|word| word.len() + 1).sum()
}

async fn stop<T>(cx: &mut Context, message: &[u8]) -> Result<T, Stop> {
    cx.error(message).await;
    Err(Stop(1))
}

async fn next(cx: &mut Context, words: &mut Words) -> Result<Option<Word>, Stop> {
    let had_nul = words.met_nul;
    let word = words.next().await;
    if words.met_nul && !had_nul {
        let warning = b": WARNING: a NUL character occurred in the input.  \
                        It cannot be passed through in the argument list.  \
                        Did you mean to use the --null option?\n";
        cx.write_error(&[&cx.name[..], warning].concat()).await;
    }
    match word {
        Ok(word) => Ok(word),
        Err(WordError::TooLong) => stop(cx, b"argument line too long").await,
        Err(WordError::Read(errno)) => stop(cx, errno.message().as_bytes()).await,
        Err(WordError::Unmatched(quote)) => {
            let kind = if quote == b'"' { "double" } else { "single" };
            let message = format!(
                "unmatched {kind} quote; by default quotes are special to xargs unless you use the -0 option"
            );
            stop(cx, message.as_bytes()).await
        }
    }
}

impl Runner {
    fn running(&self) -> usize {
        self.slots.iter().flatten().count()
    }

    /// Starts a command, after waiting for a free slot.
    async fn start(&mut self, cx: &mut Context, argv: Vec<Vec<u8>>) -> Result<(), Stop> {
        if self.verbose && !self.show(cx, &argv).await? {
            return Ok(());
        }
        loop {
            let free = self.slots.iter().position(Option::is_none);
            let Some(free) = free else {
                self.wait(cx).await?;
                continue;
            };
            let environment = self.environment_of(free);
            let spawn = Spawn { stdin: Some(self.stdin), ..Spawn::default() };
            let name = argv.first().cloned().unwrap_or_default();
            match start(&cx.process, &argv, environment, spawn).await {
                Ok(pid) => {
                    if let Some(slot) = self.slots.get_mut(free) {
                        *slot = Some((pid, name));
                    }
                    return Ok(());
                }
                Err(Errno::EAGAIN) if self.running() > 0 => self.wait(cx).await?,
                Err(errno) => {
                    cx.failed(&name, errno).await;
                    return Err(Stop(if errno == Errno::ENOENT { 127 } else { 126 }));
                }
            }
        }
    }

    fn environment_of(&self, slot: usize) -> Rc<[Vec<u8>]> {
        let Some(name) = &self.slot_variable else { return Rc::clone(&self.environment) };
        let front = [&name[..], b"="].concat();
        let others = self.environment.iter().filter(|variable| !variable.starts_with(&front)).cloned();
        let own = [&front[..], slot.to_string().as_bytes()].concat();
        others.chain(std::iter::once(own)).collect()
    }

    /// Writes the command as `-t` and `-p` do; whether it may be run.
    async fn show(&self, cx: &mut Context, argv: &[Vec<u8>]) -> Result<bool, Stop> {
        let quoted: Vec<Vec<u8>> = argv.iter().map(|word| QuotingStyle::ShellEscape.quote(word)).collect();
        let mut line = quoted.join(&b' ');
        if !self.ask {
            line.push(b'\n');
            cx.write_error(&line).await;
            return Ok(true);
        }
        cx.write_error(&line).await;
        let terminal = cx.process.open(b"/dev/tty", OpenFlags::READ, Mode::default()).await;
        let fd = match terminal {
            Ok(fd) => fd,
            Err(errno) => {
                cx.failed(b"failed to open /dev/tty for reading", errno).await;
                return Err(Stop(1));
            }
        };
        cx.write_error(b"?...").await;
        let mut answer = Vec::new();
        let read = Input::new(&cx.process, fd).read_line(&mut answer).await;
        let _ = cx.process.close(fd);
        Ok(read.is_ok() && matches!(answer.first(), Some(b'y' | b'Y')))
    }

    /// Waits for one command to end.
    async fn wait(&mut self, cx: &mut Context) -> Result<(), Stop> {
        let waited = match cx.process.wait(WaitFor::Any, false, false).await {
            Ok(waited) => waited,
            Err(Errno::EINTR) => return Ok(()),
            Err(errno) => {
                self.slots.fill(None);
                return stop(cx, errno.message().as_bytes()).await;
            }
        };
        let WaitStatus::Ended(status) = waited.status else { return Ok(()) };
        let is_it = |slot: &&mut Option<(Pid, Vec<u8>)>| slot.as_ref().is_some_and(|(pid, _)| *pid == waited.pid);
        let Some((_, name)) = self.slots.iter_mut().find(is_it).and_then(Option::take) else { return Ok(()) };
        match status {
            ExitStatus::Exited(0) => Ok(()),
            ExitStatus::Exited(255) => {
                cx.error(&[&name[..], b": exited with status 255; aborting"].concat()).await;
                Err(Stop(124))
            }
            ExitStatus::Exited(_) => {
                cx.status = COMMAND_FAILED;
                Ok(())
            }
            killed => {
                let signal = killed.code().saturating_sub(128);
                let text = format!(": terminated by signal {signal}");
                cx.error(&[&name[..], text.as_bytes()].concat()).await;
                Err(Stop(125))
            }
        }
    }
}

async fn wish_of(cx: &mut Context, parsed: &Parsed) -> Result<Wish, ExitStatus> {
    let (mut replace, mut lines_max, mut args_max) = (None, None, None);
    let (mut delimiter, mut at_a_time, mut size) = (None, 1, None);
    for (id, value) in &parsed.options {
        let text = value.as_deref().unwrap_or_default();
        match id {
            '0' => delimiter = Some(0),
            'd' => match parse_delimiter(text) {
                Ok(byte) => delimiter = Some(byte),
                Err(message) => {
                    cx.error(&message).await;
                    return Err(cx.finish().await);
                }
            },
            'I' | 'i' => {
                let ignored = [(lines_max.take(), "--max-lines"), (args_max.take(), "--max-args")];
                for (_, name) in ignored.iter().filter(|(old, _): &&(Option<usize>, &str)| old.is_some()) {
                    warn_exclusive(cx, name, "--replace/-I/-i").await;
                }
                replace = Some(value.clone().unwrap_or_else(|| b"{}".to_vec()));
            }
            'L' | 'l' => {
                let count = if value.is_none() { 1 } else { number(cx, 'L', text, 1).await? };
                if args_max.take().is_some() {
                    warn_exclusive(cx, "--max-args", if *id == 'L' { "-L" } else { "--max-lines/-l" }).await;
                }
                if replace.take().is_some() {
                    warn_exclusive(cx, "--replace", if *id == 'L' { "-L" } else { "--max-lines/-l" }).await;
                }
                lines_max = Some(count);
            }
            'n' => {
                let count = number(cx, 'n', text, 1).await?;
                if lines_max.take().is_some() {
                    warn_exclusive(cx, "--max-lines", "--max-args/-n").await;
                }
                // `-n 1` says nothing that `-I` does not.
                if replace.is_some() && count != 1 {
                    replace = None;
                    warn_exclusive(cx, "--replace", "--max-args/-n").await;
                }
                if replace.is_none() {
                    args_max = Some(count);
                }
            }
            'P' => at_a_time = number(cx, 'P', text, 0).await?,
            's' => size = Some(size_of(cx, text).await?),
            _ => {}
        }
    }
    let end = parsed.options.iter().rev().find(|(id, _)| *id == 'E').and_then(|(_, value)| value.clone());
    let division = match (delimiter, &replace) {
        (Some(byte), _) => Division::At(byte),
        (None, Some(_)) => Division::Lines,
        (None, None) => Division::Words,
    };
    Ok(Wish {
        end: end.filter(|end| delimiter.is_none() && !end.is_empty()),
        division,
        replace,
        lines_max,
        args_max,
        at_a_time: if at_a_time == 0 { PROCESSES_MAX } else { at_a_time.min(PROCESSES_MAX) },
        bytes_max: size.unwrap_or(XARGS_COMMAND_BYTES_DEFAULT),
        exact: parsed.has('x'),
    })
}

async fn warn_exclusive(cx: &mut Context, old: &str, new: &str) {
    let text = format!(
        ": warning: options {old} and {new} are mutually exclusive, ignoring previous {old} value\n"
    );
    cx.write_error(&[&cx.name[..], text.as_bytes()].concat()).await;
}

fn parse_number(text: &[u8]) -> Option<i64> {
    std::str::from_utf8(text).ok()?.trim_ascii_start().parse().ok()
}

async fn number(cx: &mut Context, id: char, text: &[u8], min: i64) -> Result<usize, ExitStatus> {
    let message = match parse_number(text) {
        None => [b"invalid number \"", text, format!("\" for -{id} option").as_bytes()].concat(),
        Some(value) if value < min => format!("value {value} for -{id} option should be >= {min}").into_bytes(),
        Some(value) => return Ok(usize::try_from(value).unwrap_or(usize::MAX)),
    };
    Err(cx.usage_error(1, &message).await)
}

/// The value of `-s`; one that is out of bounds is told, and moved to the nearest that is not.
async fn size_of(cx: &mut Context, text: &[u8]) -> Result<usize, ExitStatus> {
    let most = ARGS_BYTES_MAX.saturating_sub(HEADROOM_BYTES + bytes_of(&cx.process.environment()));
    let Some(value) = parse_number(text) else {
        let message = [b"invalid number \"", text, b"\" for -s option"].concat();
        return Err(cx.usage_error(1, &message).await);
    };
    let (bound, size) = match usize::try_from(value) {
        Ok(size) if (1..=most).contains(&size) => return Ok(size),
        Ok(size) if size > most => (format!("<= {most}"), most),
        _ => (">= 1".to_owned(), 1),
    };
    let status = cx.status;
    cx.error(format!("value {value} for -s option should be {bound}").as_bytes()).await;
    cx.status = status;
    Ok(size)
}

/// The byte of `-d`: itself, or a backslash and what C has there.
fn parse_delimiter(text: &[u8]) -> Result<u8, Vec<u8>> {
    let unknown = || [b"Invalid escape sequence ", text, b" in input delimiter specification."].concat();
    let digits = |digits: &[u8], radix: u32| {
        let text = std::str::from_utf8(digits).ok()?;
        u8::from_str_radix(text, radix).ok()
    };
    match text {
        [byte] => Ok(*byte),
        [b'\\', letter] if letters(*letter).is_some() => letters(*letter).ok_or_else(unknown),
        [b'\\', b'x', rest @ ..] => digits(rest, 16).ok_or_else(unknown),
        [b'\\', rest @ ..] if rest.first().is_some_and(u8::is_ascii_digit) => digits(rest, 8).ok_or_else(unknown),
        [b'\\', ..] => Err(unknown()),
        _ => Err([
            b"Invalid input delimiter specification ",
            text,
            b": the delimiter must be either a single character or an escape sequence starting with \\.",
        ]
        .concat()),
    }
}

fn letters(letter: u8) -> Option<u8> {
    Some(match letter {
        b'a' => 7,
        b'b' => 8,
        b'f' => 12,
        b'n' => 10,
        b'r' => 13,
        b't' => 9,
        b'v' => 11,
        b'\\' => b'\\',
        b'0' => 0,
        _ => return None,
    })
}
