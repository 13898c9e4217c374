//! `head`: prints the first part of files.

use crate::abi::limits::INPUT_BYTES_HELD_MAX;
use crate::abi::{Errno, ExitStatus, Result};
use crate::program::Takes::{Argument, Nothing};
use crate::program::{
    ALL_UNITS, Category, Choice, Command, Context, CountError, Example, Input, boxed, option, parse_count, quote,
    quote_locale,
};

/// The command.
pub static COMMAND: Command = Command {
    name: "head",
    aliases: &[],
    summary: "output the first part of files",
    usage: &["[OPTION]... [FILE]..."],
    description: "Print the first 10 lines of each FILE to standard output.\n\
                  With more than one FILE, precede each with a header giving the file name.\n\n\
                  With no FILE, or when FILE is -, read standard input.\n\n\
                  NUM may have a multiplier suffix: b 512, kB 1000, K 1024, MB 1000*1000, M 1024*1024, and so on \
                  for G, T, P, E, Z, Y.",
    options: &[
        option('c', "bytes", Argument("[-]NUM"), "print the first NUM bytes of each file; with the leading '-', all but the last NUM"),
        option('n', "lines", Argument("[-]NUM"), "print the first NUM lines instead of the first 10; with the leading '-', all but the last NUM"),
        option('q', "quiet", Nothing, "never print headers giving file names"),
        Choice::long('q', "silent", Nothing, ""),
        option('v', "verbose", Nothing, "always print headers giving file names"),
        option('z', "zero-terminated", Nothing, "line delimiter is NUL, not newline"),
        // A digit is the old form in the wrong place.
        Choice::DIGITS,
    ],
    examples: &[
        Example { script: "seq 5 | head -n 2", output: "1\n2\n" },
        Example { script: "seq 5 | head -n -3", output: "1\n2\n" },
        Example { script: "printf abcdef | head -c 3", output: "abc" },
    ],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/head.html",
    category: Category::Text,
    run: |cx| boxed(run(cx)),
};

/// How much of each file.
struct Part {
    count: u64,
    /// Bytes instead of lines.
    bytes: bool,
    /// All but the last so many.
    all_but: bool,
    delimiter: u8,
}

async fn run(mut cx: Context) -> ExitStatus {
    let mut part = Part { count: 10, bytes: false, all_but: false, delimiter: b'\n' };
    let mut headers = None;
    if let Err(message) = old_form(&mut cx, &mut part, &mut headers) {
        return cx.usage_error(1, &message).await;
    }
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    for (id, value) in &parsed.options {
        match (id, value) {
            ('c' | 'n', Some(value)) => {
                part.bytes = *id == 'c';
                if let Err(message) = part.set_count(value) {
                    cx.error(&message).await;
                    return cx.finish().await;
                }
            }
            ('q', _) => headers = Some(false),
            ('v', _) => headers = Some(true),
            ('z', _) => part.delimiter = 0,
            (digit, _) => return cx.usage_error(1, format!("invalid trailing option -- {digit}").as_bytes()).await,

        }
    }
    let mut operands = parsed.operands;
    if operands.is_empty() {
        operands.push(b"-".to_vec());
    }
    let headers = headers.unwrap_or(operands.len() > 1);
    let mut printed = false;
    for operand in &operands {
        let Some(mut input) = open(&mut cx, operand).await else { continue };
        let name: &[u8] = if operand == b"-" { b"standard input" } else { operand };
        if headers {
            let lead = if printed { "\n==> " } else { "==> " };
            cx.out.put(&[lead.as_bytes(), name, b" <==\n"].concat());
            printed = true;
        }
        if let Err(errno) = part.copy(&mut cx, &mut input).await {
            if cx.out.ready().await.is_err() {
                break;
            }
            cx.cannot("error reading", name, errno).await;
        }
        cx.close(&input);
    }
    cx.finish().await
}

async fn open(cx: &mut Context, operand: &[u8]) -> Option<Input> {
    match cx.open_input(operand).await {
        Ok(input) => Some(input),
        Err(errno) => {
            let quoted = quote(operand);
            cx.error(&[b"cannot open ", &quoted[..], b" for reading: ", errno.message().as_bytes()].concat()).await;
            None
        }
    }
}

/// Reads and takes away a first word like `-5`, `-20c` or `-3qv`.
fn old_form(cx: &mut Context, part: &mut Part, headers: &mut Option<bool>) -> Result<(), Vec<u8>> {
    if let Some(first) = cx.words.first().and_then(|word| word.strip_prefix(b"-"))
        && first.first().is_some_and(u8::is_ascii_digit)
    {
        let digits = first.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (number, letters) = first.split_at(digits);
        let mut count = number.to_vec();
        for &letter in letters {
            match letter {
                b'c' => part.bytes = true,
                b'b' | b'k' | b'm' => {
                    part.bytes = true;
                    count.push(letter);
                }
                b'l' => part.bytes = false,
                b'q' => *headers = Some(false),
                b'v' => *headers = Some(true),
                b'z' => part.delimiter = 0,
                _ => return Err([b"invalid trailing option -- ", &[letter][..]].concat()),
            }
        }
        part.set_count(&count)?;
        cx.words.remove(0);
    }
    Ok(())
}

impl Part {
    /// Sets the count from an option's argument; the error is the message.
    fn set_count(&mut self, text: &[u8]) -> Result<(), Vec<u8>> {
        let number = text.strip_prefix(b"-");
        self.all_but = number.is_some();
        let number = number.unwrap_or(text);
        let what: &[u8] = if self.bytes { b"bytes: " } else { b"lines: " };
        self.count = parse_count(number, ALL_UNITS).map_err(|error| {
            let reason: &[u8] = if error == CountError::TooLarge { b": Value too large for defined data type" } else { b"" };
            [b"invalid number of ", what, &quote_locale(number), reason].concat()
        })?;
        Ok(())
    }

    async fn copy(&self, cx: &mut Context, input: &mut Input) -> Result<()> {
        match (self.all_but, self.bytes) {
            (true, _) => self.all_but_last(cx, input).await,
            (false, true) => self.first_bytes(cx, input).await,
            (false, false) => self.first_lines(cx, input).await,
        }
    }

    async fn first_bytes(&self, cx: &mut Context, input: &mut Input) -> Result<()> {
        let mut left = self.count;
        while left > 0 {
            let bytes = input.fill().await?;
            if bytes.is_empty() {
                return Ok(());
            }
            let count = bytes.len().min(usize::try_from(left).unwrap_or(usize::MAX));
            cx.out.put(bytes.get(..count).unwrap_or_default());
            input.consume(count);
            left -= count as u64;
            cx.out.ready().await?;
        }
        input.give_back();
        Ok(())
    }

    async fn first_lines(&self, cx: &mut Context, input: &mut Input) -> Result<()> {
        let mut left = self.count;
        while left > 0 {
            let bytes = input.fill().await?;
            if bytes.is_empty() {
                return Ok(());
            }
            let mut count = bytes.len();
            for at in memchr::memchr_iter(self.delimiter, bytes) {
                left -= 1;
                if left == 0 {
                    count = at + 1;
                    break;
                }
            }
            cx.out.put(bytes.get(..count).unwrap_or_default());
            input.consume(count);
            cx.out.ready().await?;
        }
        input.give_back();
        Ok(())
    }

    /// Holds back what may still be among the last ones.
    async fn all_but_last(&self, cx: &mut Context, input: &mut Input) -> Result<()> {
        let mut held: Vec<u8> = Vec::new();
        let (mut start, mut lines) = (0, 0_u64);
        loop {
            let bytes = input.fill().await?;
            if bytes.is_empty() {
                return Ok(());
            }
            lines += memchr::memchr_iter(self.delimiter, bytes).count() as u64;
            held.extend_from_slice(bytes);
            let count = bytes.len();
            input.consume(count);
            let unsure = held.get(start..).unwrap_or_default();
            let sure = if self.bytes {
                unsure.len() - unsure.len().min(usize::try_from(self.count).unwrap_or(usize::MAX))
            } else {
                // A last line without its delimiter is a line too.
                let open = u64::from(unsure.last() != Some(&self.delimiter));
                match (lines + open).saturating_sub(self.count) {
                    0 => 0,
                    // Only with a count of 0 can the open line itself be sure.
                    surplus if surplus > lines => unsure.len(),
                    surplus => {
                        lines -= surplus;
                        let mut ends = memchr::memchr_iter(self.delimiter, unsure);
                        ends.nth(usize::try_from(surplus - 1).unwrap_or(usize::MAX)).map_or(0, |at| at + 1)
                    }
                }
            };
            if !self.bytes && sure == unsure.len() {
                lines = 0;
            }
            cx.out.put(unsure.get(..sure).unwrap_or_default());
            start += sure;
            if start * 2 > held.len() {
                held.drain(..start);
                start = 0;
            }
            if held.len() > INPUT_BYTES_HELD_MAX {
                return Err(Errno::ENOMEM);
            }
            cx.out.ready().await?;
        }
    }
}
