//! `wc`: counts lines, words, bytes.

use crate::abi::width::char_width;
use crate::abi::{ExitStatus, FileType, Result, STDIN};
use crate::kernel::{Process, Whence};
use crate::program::Takes::{Argument, Nothing};
use crate::program::{Category, Choice, Command, Context, Example, Input, boxed, is_utf8, option, quote};

/// The command.
pub static COMMAND: Command = Command {
    name: "wc",
    aliases: &[],
    summary: "print newline, word, and byte counts for each file",
    usage: &["[OPTION]... [FILE]...", "[OPTION]... --files0-from=F"],
    description: "Print newline, word, and byte counts for each FILE, and a total line if more than one FILE is \
                  specified. A word is a non-zero-length sequence of printable characters delimited by white space.\n\n\
                  With no FILE, or when FILE is -, read standard input.\n\n\
                  The options select which counts are printed, always in the order: newline, word, character, byte, \
                  maximum line length.",
    options: &[
        option('c', "bytes", Nothing, "print the byte counts"),
        option('m', "chars", Nothing, "print the character counts"),
        option('l', "lines", Nothing, "print the newline counts"),
        Choice::long('0', "files0-from", Argument("F"), "read input from the files specified by NUL-terminated names in file F; if F is - then read names from standard input"),
        option('L', "max-line-length", Nothing, "print the maximum display width"),
        option('w', "words", Nothing, "print the word counts"),
    ],
    examples: &[
        Example { script: "printf 'one two\\nthree\\n' | wc", output: "      2       3      14\n" },
        Example { script: "seq 10 | wc -l", output: "10\n" },
    ],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/wc.html",
    category: Category::Text,
    run: |cx| boxed(run(cx)),
};

/// Which counts are asked for.
#[derive(Clone, Copy)]
struct Asked {
    lines: bool,
    words: bool,
    chars: bool,
    bytes: bool,
    width: bool,
    utf8: bool,
}

/// The counts of a file, or of all.
#[derive(Clone, Copy, Default)]
struct Counts {
    lines: u64,
    words: u64,
    chars: u64,
    bytes: u64,
    /// Columns of the widest line.
    width: u64,
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let mut asked = Asked {
        lines: parsed.has('l'),
        words: parsed.has('w'),
        chars: parsed.has('m'),
        bytes: parsed.has('c'),
        width: parsed.has('L'),
        utf8: is_utf8(&cx.process),
    };
    let kinds = [asked.lines, asked.words, asked.chars, asked.bytes, asked.width];
    let kinds = kinds.iter().filter(|&&kind| kind).count();
    if kinds == 0 {
        (asked.lines, asked.words, asked.bytes) = (true, true, true);
    }
    if let Some(list) = parsed.value('0') {
        if let Some(extra) = parsed.operands.first() {
            let message = [b"extra operand ", &quote(extra)[..], b"\nfile operands cannot be combined with --files0-from"];
            return cx.usage_error(1, &message.concat()).await;
        }
        let list = list.to_vec();
        return count_listed(cx, &list, asked, kinds).await;
    }
    let width = column_width(&cx.process, &parsed.operands, kinds).await;
    let mut total = Counts::default();
    if parsed.operands.is_empty() {
        count_file(&mut cx, None, asked, width, &mut total).await;
    }
    for operand in &parsed.operands {
        count_file(&mut cx, Some(operand), asked, width, &mut total).await;
    }
    if parsed.operands.len() > 1 {
        total.put(&mut cx, asked, width, Some(b"total"));
    }
    cx.finish().await
}

/// Counts the files whose names are in a file.
async fn count_listed(mut cx: Context, list: &[u8], asked: Asked, kinds: usize) -> ExitStatus {
    let mut input = match cx.open_input(list).await {
        Ok(input) => input,
        Err(errno) => {
            let quoted = quote(list);
            let reason = errno.message().as_bytes();
            cx.error(&[b"cannot open ", &quoted[..], b" for reading: ", reason].concat()).await;
            return cx.finish().await;
        }
    };
    let mut total = Counts::default();
    // The names of a regular file are all known before the first count, so that the columns can fit.
    let is_regular = cx.process.fstat(input.fd()).is_ok_and(|stat| stat.file_type == FileType::Regular);
    let mut known: Vec<Vec<u8>> = Vec::new();
    let mut width = 1;
    if is_regular {
        let mut name = Vec::new();
        while let Ok(true) = input.read_until(0, &mut name).await {
            known.push(std::mem::take(&mut name));
        }
        let names: Vec<Vec<u8>> = known.iter().map(|name| name.strip_suffix(b"\0").unwrap_or(name).to_vec()).collect();
        width = column_width(&cx.process, &names, kinds).await;
    }
    let mut known = known.into_iter();
    let mut number = 0;
    loop {
        let mut name = known.next().unwrap_or_default();
        if name.is_empty() {
            match input.read_until(0, &mut name).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(errno) => {
                    cx.error(&[list, b": read error: ", errno.message().as_bytes()].concat()).await;
                    break;
                }
            }
        }
        if name.last() == Some(&0) {
            name.pop();
        }
        number += 1;
        if name.is_empty() {
            let place = format!(":{number}: invalid zero-length file name");
            let list = if list == b"-" { b"-" } else { list };
            cx.error(&[list, place.as_bytes()].concat()).await;
        } else if name == b"-" && list == b"-" {
            cx.error(b"when reading file names from stdin, no file name of '-' allowed").await;
        } else {
            count_file(&mut cx, Some(&name), asked, width, &mut total).await;
        }
    }
    if number > 1 {
        total.put(&mut cx, asked, width, Some(b"total"));
    }
    cx.finish().await
}

/// Counts one file (`None`: standard input without a name) and prints its line.
async fn count_file(cx: &mut Context, operand: Option<&[u8]>, asked: Asked, width: usize, total: &mut Counts) {
    let name = operand.unwrap_or(b"-");
    let Some(mut input) = cx.open_operand(name).await else { return };
    let mut counter = Counter::new(asked);
    if let Err(errno) = counter.count(&cx.process, &mut input).await {
        cx.failed(name, errno).await;
    }
    cx.close(&input);
    counter.counts.put(cx, asked, width, operand);
    total.add(&counter.counts);
    // A reader that is gone is told of at the end.
    let _ = cx.out.ready().await;
}

/// The digits of the sum of the sizes; 7 where a size is not known, 1 for a single count.
async fn column_width(process: &Process, operands: &[Vec<u8>], kinds: usize) -> usize {
    if operands.len() <= 1 && kinds == 1 {
        return 1;
    }
    let mut total = 0_u64;
    let mut least = 1;
    let mut inputs: Vec<&[u8]> = operands.iter().map(Vec::as_slice).collect();
    if inputs.is_empty() {
        inputs.push(b"-");
    }
    for name in inputs {
        let stat = if name == b"-" { process.fstat(STDIN) } else { process.stat(name).await };
        match stat {
            Ok(stat) if stat.file_type == FileType::Regular => total = total.saturating_add(stat.size_bytes),
            Ok(_) => least = 7,
            Err(_) => {}
        }
    }
    total.to_string().len().max(least)
}

impl Counts {
    fn add(&mut self, other: &Counts) {
        self.lines += other.lines;
        self.words += other.words;
        self.chars += other.chars;
        self.bytes += other.bytes;
        self.width = self.width.max(other.width);
    }

    fn put(&self, cx: &mut Context, asked: Asked, width: usize, name: Option<&[u8]>) {
        let columns = [
            (asked.lines, self.lines),
            (asked.words, self.words),
            (asked.chars, self.chars),
            (asked.bytes, self.bytes),
            (asked.width, self.width),
        ];
        let mut lead = "";
        for (_, count) in columns.iter().filter(|(asked, _)| *asked) {
            cx.out.write_fmt(format_args!("{lead}{count:>width$}"));
            lead = " ";
        }
        if let Some(name) = name {
            // A newline would break the line in two.
            let shown = if name.contains(&b'\n') { quote(name) } else { name.to_vec() };
            cx.out.put(b" ");
            cx.out.put(&shown);
        }
        cx.out.push(b'\n');
    }
}

/// Counting one file.
struct Counter {
    asked: Asked,
    counts: Counts,
    in_word: bool,
    /// Columns of the line so far.
    column: u64,
    /// The start of a character whose rest is in the next block.
    partial: Vec<u8>,
}

impl Counter {
    fn new(asked: Asked) -> Counter {
        Counter { asked, counts: Counts::default(), in_word: false, column: 0, partial: Vec::new() }
    }

    async fn count(&mut self, process: &Process, input: &mut Input) -> Result<()> {
        let Asked { lines, words, chars, width, .. } = self.asked;
        if !(lines || words || chars || width)
            && let Some(bytes) = size_left(process, input)
        {
            self.counts.bytes = bytes;
            return Ok(());
        }
        loop {
            let bytes = input.fill().await?;
            if bytes.is_empty() {
                break;
            }
            let count = bytes.len();
            self.counts.bytes += count as u64;
            if words || width {
                self.characters(bytes);
                process.step(u32::try_from(count / 64).unwrap_or(u32::MAX)).await;
            } else {
                if lines {
                    self.counts.lines += memchr::memchr_iter(b'\n', bytes).count() as u64;
                }
                if chars && (!self.asked.utf8 || (self.partial.is_empty() && bytes.is_ascii())) {
                    self.counts.chars += count as u64;
                } else if chars {
                    let before = self.counts.lines;
                    self.characters(bytes);
                    self.counts.lines = before;
                }
            }
            input.consume(count);
        }
        self.counts.words += u64::from(std::mem::take(&mut self.in_word));
        self.counts.width = self.counts.width.max(self.column);
        Ok(())
    }

    fn characters(&mut self, bytes: &[u8]) {
        if self.partial.is_empty() {
            return self.whole_characters(bytes);
        }
        let mut joined = std::mem::take(&mut self.partial);
        joined.extend_from_slice(bytes);
        self.whole_characters(&joined);
    }

    fn whole_characters(&mut self, mut bytes: &[u8]) {
        loop {
            let ascii = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(bytes.len());
            let (plain, rest) = bytes.split_at(ascii);
            for &byte in plain {
                self.ascii(byte);
            }
            self.counts.chars += ascii as u64;
            if rest.is_empty() {
                return;
            }
            let end = rest.iter().position(u8::is_ascii).unwrap_or(rest.len());
            let (wide, after) = rest.split_at(end);
            bytes = after;
            if !self.asked.utf8 {
                self.counts.chars += end as u64;
                continue;
            }
            self.wide_characters(wide, after.is_empty());
        }
    }

    /// Bytes of which none is ASCII.
    fn wide_characters(&mut self, mut wide: &[u8], at_end: bool) {
        while !wide.is_empty() {
            let (valid, fault) = match std::str::from_utf8(wide) {
                Ok(text) => (text, None),
                Err(error) => {
                    let valid = wide.get(..error.valid_up_to()).unwrap_or_default();
                    (std::str::from_utf8(valid).unwrap_or_default(), Some(error))
                }
            };
            for character in valid.chars() {
                self.counts.chars += 1;
                self.wide(character);
            }
            let rest = wide.get(valid.len()..).unwrap_or_default();
            match fault {
                None => return,
                Some(error) if error.error_len().is_none() && at_end => {
                    self.partial.extend_from_slice(rest);
                    return;
                }
                // A byte that belongs to no character is none.
                Some(_) => wide = rest.get(1..).unwrap_or_default(),
            }
        }
    }

    fn ascii(&mut self, byte: u8) {
        match byte {
            b'!'..=b'~' => {
                self.column += 1;
                self.in_word = true;
            }
            b' ' => {
                self.column += 1;
                self.end_word();
            }
            b'\n' => {
                self.counts.lines += 1;
                self.end_line();
            }
            b'\r' | 12 => self.end_line(),
            b'\t' => {
                self.column += 8 - self.column % 8;
                self.end_word();
            }
            11 => self.end_word(),
            _ => {}
        }
    }

    fn wide(&mut self, character: char) {
        if character.is_control() {
            return;
        }
        self.column += char_width(character) as u64;
        let is_space = matches!(character, '\u{a0}' | '\u{2060}') || character.is_whitespace();
        if is_space {
            self.end_word();
        } else {
            self.in_word = true;
        }
    }

    fn end_word(&mut self) {
        self.counts.words += u64::from(std::mem::take(&mut self.in_word));
    }

    fn end_line(&mut self) {
        self.end_word();
        self.counts.width = self.counts.width.max(self.column);
        self.column = 0;
    }
}

/// The bytes from the offset to the end of a regular file, without reading them. A size of 0 is not believed:
/// files of /proc have it.
fn size_left(process: &Process, input: &Input) -> Option<u64> {
    let stat = process.fstat(input.fd()).ok()?;
    let offset = process.seek(input.fd(), 0, Whence::Current).ok()?;
    if stat.file_type != FileType::Regular || stat.size_bytes == 0 {
        return None;
    }
    let left = stat.size_bytes.saturating_sub(offset);
    let _ = process.seek(input.fd(), 0, Whence::End);
    Some(left)
}
