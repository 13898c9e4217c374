//! `uniq`: reports or leaves out lines that repeat the line before.

use crate::abi::{ExitStatus, Mode, OpenFlags, Result, STDOUT};
use crate::program::Takes::{Argument, MaybeArgument, Nothing};
use crate::program::{
    Category, Choice, Command, Context, CountError, Example, Input, Parsed, boxed, match_word, option, parse_count,
    quote, quote_locale,
};

/// The command.
pub static COMMAND: Command = Command {
    name: "uniq",
    aliases: &[],
    summary: "report or omit repeated lines",
    usage: &["[OPTION]... [INPUT [OUTPUT]]"],
    description: "Filter adjacent matching lines from INPUT (or standard input), writing to OUTPUT (or standard \
                  output).\n\n\
                  With no options, matching lines are merged to the first occurrence. A field is a run of blanks, \
                  then non-blank characters. Fields are skipped before chars.",
    options: &[
        option('c', "count", Nothing, "prefix lines by the number of occurrences"),
        option('d', "repeated", Nothing, "only print duplicate lines, one for each group"),
        option('D', "", Nothing, "print all duplicate lines"),
        Choice::long('A', "all-repeated", MaybeArgument("METHOD"), "like -D, but allow separating groups with an empty line; METHOD={none(default),prepend,separate}"),
        option('f', "skip-fields", Argument("N"), "avoid comparing the first N fields"),
        Choice::long('g', "group", MaybeArgument("METHOD"), "show all items, separating groups with an empty line; METHOD={separate(default),prepend,append,both}"),
        option('i', "ignore-case", Nothing, "ignore differences in case when comparing"),
        option('s', "skip-chars", Argument("N"), "avoid comparing the first N characters"),
        option('u', "unique", Nothing, "only print unique lines"),
        option('z', "zero-terminated", Nothing, "line delimiter is NUL, not newline"),
        option('w', "check-chars", Argument("N"), "compare no more than N characters in lines"),
        // `-N` is an old form of `-f N`.
        Choice::DIGITS,
    ],
    examples: &[
        Example { script: "printf 'a\\na\\nb\\n' | uniq", output: "a\nb\n" },
        Example { script: "printf 'a\\na\\nb\\n' | uniq -c", output: "      2 a\n      1 b\n" },
    ],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/uniq.html",
    category: Category::Text,
    run: |cx| boxed(run(cx)),
};

/// Where empty lines stand between groups.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gaps {
    None,
    Prepend,
    Append,
    Separate,
    Both,
}

/// What is compared, and what is printed.
struct Settings {
    count: bool,
    /// Groups of one line.
    singles: bool,
    /// Groups of several lines: none of them, the first, or all.
    repeated: bool,
    all_repeated: bool,
    gaps: Gaps,
    grouped: bool,
    skip_fields: usize,
    skip_bytes: usize,
    compare_bytes: usize,
    ignore_case: bool,
    line_end: u8,
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let mut operands = parsed.operands.clone();
    let mut settings = match Settings::of(&parsed) {
        Ok(settings) => settings,
        Err((message, true)) => return cx.usage_error(1, &message).await,
        Err((message, false)) => {
            cx.error(&message).await;
            return cx.finish().await;
        }
    };
    // `+N` is an old form of `-s N`.
    if let Some(count) = operands.first().and_then(|first| first.strip_prefix(b"+"))
        && let Ok(count) = parse_count(count, b"")
    {
        settings.skip_bytes = usize::try_from(count).unwrap_or(usize::MAX);
        operands.remove(0);
    }
    if let Some(extra) = operands.get(2) {
        let message = [b"extra operand ", &quote_locale(extra)[..]].concat();
        return cx.usage_error(1, &message).await;
    }
    let name = operands.first().map_or(&b"-"[..], Vec::as_slice);
    let Some(mut input) = cx.open_operand(name).await else { return cx.finish().await };
    if let Some(output) = operands.get(1).filter(|output| *output != b"-") {
        let opened = cx.process.open(output, OpenFlags::OUTPUT, Mode::new(0o666)).await;
        if let Err(errno) = opened.and_then(|fd| cx.process.dup2(fd, STDOUT)) {
            cx.failed(output, errno).await;
            return cx.finish().await;
        }
    }
    if settings.copy(&mut cx, &mut input).await.is_err() && cx.out.ready().await.is_ok() {
        let quoted = quote(name);
        cx.error(&[b"error reading ", &quoted[..]].concat()).await;
    }
    cx.finish().await
}

impl Settings {
    /// The error is a message and whether it is about usage.
    fn of(parsed: &Parsed) -> Result<Settings, (Vec<u8>, bool)> {
        let mut settings = Settings {
            count: parsed.has('c'),
            singles: true,
            repeated: true,
            all_repeated: false,
            gaps: Gaps::None,
            grouped: false,
            skip_fields: 0,
            skip_bytes: 0,
            compare_bytes: usize::MAX,
            ignore_case: parsed.has('i'),
            line_end: if parsed.has('z') { 0 } else { b'\n' },
        };
        let mut old_fields: Option<usize> = None;
        for (id, value) in &parsed.options {
            let value = value.as_deref();
            let number = |what: &str| {
                let text = value.unwrap_or_default();
                match parse_count(text, b"") {
                    Ok(count) => Ok(usize::try_from(count).unwrap_or(usize::MAX)),
                    Err(CountError::TooLarge) => Ok(usize::MAX),
                    Err(_) => Err(([text, b": invalid number of ", what.as_bytes()].concat(), false)),
                }
            };
            match id {
                'd' => settings.singles = false,
                'u' => settings.repeated = false,
                'D' | 'A' => {
                    let table = [("none", Gaps::None), ("prepend", Gaps::Prepend), ("separate", Gaps::Separate)];
                    settings.singles = false;
                    settings.all_repeated = true;
                    if let Some(word) = value {
                        settings.gaps =
                            match_word(word, "--all-repeated", &table).map_err(|message| (message, true))?;
                    }
                }
                'g' => {
                    let table = [
                        ("prepend", Gaps::Prepend),
                        ("append", Gaps::Append),
                        ("separate", Gaps::Separate),
                        ("both", Gaps::Both),
                    ];
                    settings.grouped = true;
                    settings.gaps = match value {
                        None => Gaps::Separate,
                        Some(word) => match_word(word, "--group", &table).map_err(|message| (message, true))?,
                    };
                }
                'f' => settings.skip_fields = number("fields to skip")?,
                's' => settings.skip_bytes = number("bytes to skip")?,
                'w' => settings.compare_bytes = number("bytes to compare")?,
                digit => {
                    if let Some(digit) = digit.to_digit(10) {
                        let before = old_fields.unwrap_or(0);
                        old_fields = Some(before.saturating_mul(10).saturating_add(digit as usize));
                    }
                }
            }
        }
        settings.skip_fields = old_fields.unwrap_or(settings.skip_fields);
        let chosen = settings.count || !settings.singles || !settings.repeated;
        if settings.grouped && chosen {
            return Err((b"--group is mutually exclusive with -c/-d/-D/-u".to_vec(), true));
        }
        if settings.count && settings.all_repeated {
            let message = b"printing all duplicated lines and repeat counts is meaningless";
            return Err((message.to_vec(), true));
        }
        Ok(settings)
    }

    /// The part of a line that is compared.
    fn key<'a>(&self, line: &'a [u8]) -> &'a [u8] {
        let mut rest = line;
        for _ in 0..self.skip_fields {
            if rest.is_empty() {
                break;
            }
            let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n');
            let start = rest.iter().position(|byte| !blank(byte)).unwrap_or(rest.len());
            let length = rest.get(start..).and_then(|word| word.iter().position(blank));
            rest = length.and_then(|length| rest.get(start + length..)).unwrap_or_default();
        }
        let rest = rest.get(self.skip_bytes..).unwrap_or_default();
        rest.get(..self.compare_bytes).unwrap_or(rest)
    }

    fn same(&self, one: &[u8], other: &[u8]) -> bool {
        let (one, other) = (self.key(one), self.key(other));
        if self.ignore_case { one.eq_ignore_ascii_case(other) } else { one == other }
    }

    async fn copy(&self, cx: &mut Context, input: &mut Input) -> Result<()> {
        let mut printer = Printer { settings: self, first: Vec::new(), lines: 0, groups: 0 };
        loop {
            let records = input.fill_records(self.line_end).await?;
            if records.is_empty() {
                break;
            }
            let count = records.len();
            let mut rest = records;
            while !rest.is_empty() {
                let end = memchr::memchr(self.line_end, rest).unwrap_or(rest.len());
                let (line, after) = rest.split_at(end);
                rest = after.get(1..).unwrap_or_default();
                printer.line(line, cx.out.buffer());
            }
            input.consume(count);
            cx.process.step(u32::try_from(count / 64).unwrap_or(u32::MAX)).await;
            cx.out.ready().await?;
        }
        printer.end_group(cx.out.buffer());
        if printer.groups > 0 && matches!(self.gaps, Gaps::Append | Gaps::Both) {
            cx.out.push(self.line_end);
        }
        Ok(())
    }
}

/// The group that is being read.
struct Printer<'a> {
    settings: &'a Settings,
    first: Vec<u8>,
    /// Lines of the group so far.
    lines: u64,
    /// Groups that were printed with all their lines.
    groups: u64,
}

impl Printer<'_> {
    fn line(&mut self, line: &[u8], out: &mut Vec<u8>) {
        let settings = self.settings;
        if self.lines > 0 && settings.same(&self.first, line) {
            self.lines += 1;
            if settings.all_repeated && self.lines == 2 {
                self.begin_group(out);
                if settings.repeated {
                    self.put(&self.first, out);
                }
            }
            if settings.all_repeated || settings.grouped {
                self.put(line, out);
            }
            return;
        }
        self.end_group(out);
        self.first.clear();
        self.first.extend_from_slice(line);
        self.lines = 1;
        if settings.grouped {
            self.begin_group(out);
            self.put(line, out);
        }
    }

    /// The empty line before a group.
    fn begin_group(&mut self, out: &mut Vec<u8>) {
        let gap = match self.settings.gaps {
            Gaps::None => false,
            Gaps::Prepend | Gaps::Both => true,
            Gaps::Append | Gaps::Separate => self.groups > 0,
        };
        if gap {
            out.push(self.settings.line_end);
        }
        self.groups += 1;
    }

    fn end_group(&mut self, out: &mut Vec<u8>) {
        let settings = self.settings;
        if self.lines == 0 || settings.all_repeated || settings.grouped {
            return;
        }
        if (self.lines == 1 && settings.singles) || (self.lines > 1 && settings.repeated) {
            if settings.count {
                out.extend_from_slice(format!("{:>7} ", self.lines).as_bytes());
            }
            self.put(&self.first, out);
        }
    }

    fn put(&self, line: &[u8], out: &mut Vec<u8>) {
        out.extend_from_slice(line);
        out.push(self.settings.line_end);
    }
}
