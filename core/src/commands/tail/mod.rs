//! `tail`: prints the last part of files, and waits for more.

mod follow;

use crate::abi::limits::INPUT_BYTES_HELD_MAX;
use crate::abi::{Errno, ExitStatus, Fd, FileType, Result};
use crate::kernel::{Process, Whence};
use crate::program::Takes::{Argument, MaybeArgument, Nothing};
use crate::program::{
    ALL_UNITS, Category, Choice, Command, Context, CountError, Example, Input, Parsed, boxed,
    match_word, option, parse_count, quote, quote_locale,
};
use follow::{Followed, Following};

/// The command.
pub static COMMAND: Command = Command {
    name: "tail",
    aliases: &[],
    summary: "output the last part of files",
    usage: &["[OPTION]... [FILE]..."],
    description: "Print the last 10 lines of each FILE to standard output.\n\
                  With more than one FILE, precede each with a header giving the file name.\n\n\
                  With no FILE, or when FILE is -, read standard input.\n\n\
                  NUM may have a multiplier suffix: b 512, kB 1000, K 1024, MB 1000*1000, M 1024*1024, and so on \
                  for G, T, P, E, Z, Y.",
    options: &[
        option('c', "bytes", Argument("[+]NUM"), "output the last NUM bytes; or use -c +NUM to output starting with byte NUM of each file"),
        option('f', "follow", MaybeArgument("{name|descriptor}"), "output appended data as the file grows"),
        option('F', "", Nothing, "same as --follow=name --retry"),
        option('n', "lines", Argument("[+]NUM"), "output the last NUM lines, instead of the last 10; or use -n +NUM to skip NUM-1 lines at the start"),
        Choice::long('U', "max-unchanged-stats", Argument("N"), "accepted; a changed name is noticed at once"),
        Choice::long('p', "pid", Argument("PID"), "with -f, terminate after process ID, PID dies"),
        option('q', "quiet", Nothing, "never output headers giving file names"),
        Choice::long('q', "silent", Nothing, ""),
        Choice::long('r', "retry", Nothing, "keep trying to open a file if it is inaccessible"),
        option('s', "sleep-interval", Argument("N"), "with -f, sleep for approximately N seconds between iterations"),
        option('v', "verbose", Nothing, "always output headers giving file names"),
        option('z', "zero-terminated", Nothing, "line delimiter is NUL, not newline"),
        Choice::long('D', "-disable-inotify", Nothing, ""),
        // A digit is the old form in the wrong place.
        Choice::DIGITS,
    ],
    examples: &[
        Example { script: "seq 5 | tail -n 2", output: "4\n5\n" },
        Example { script: "seq 5 | tail -n +4", output: "4\n5\n" },
    ],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/tail.html",
    category: Category::Text,
    run: |cx| boxed(run(cx)),
};

/// How much of each file.
struct Part {
    count: u64,
    bytes: bool,
    /// Begin with this line or byte, counted from 1.
    from_start: bool,
    delimiter: u8,
}

async fn run(mut cx: Context) -> ExitStatus {
    let mut part = Part { count: 10, bytes: false, from_start: false, delimiter: b'\n' };
    let old_follow = old_form(&mut cx, &mut part);
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let mut following = match settings(&parsed, &mut part) {
        Ok(following) => following,
        Err((message, true)) => return cx.usage_error(1, &message).await,
        Err((message, false)) => {
            cx.error(&message).await;
            return cx.finish().await;
        }
    };
    following.on |= old_follow;
    let warnings = [
        (parsed.has('r') && !following.on, "--retry ignored; --retry is useful only when following"),
        (parsed.has('r') && following.on && !following.by_name, "--retry only effective for the initial open"),
        (following.pid.is_some() && !following.on, "PID ignored; --pid=PID is useful only when following"),
    ];
    for (_, warning) in warnings.iter().filter(|(holds, _)| *holds) {
        let line = [&cx.name[..], b": warning: ", warning.as_bytes(), b"\n"].concat();
        cx.write_error(&line).await;
    }
    let mut operands = parsed.operands.clone();
    if operands.is_empty() {
        operands.push(b"-".to_vec());
    }
    if following.by_name && operands.iter().any(|operand| operand == b"-") {
        cx.error(b"cannot follow '-' by name").await;
        return cx.finish().await;
    }
    let headers = match parsed.last_of(&['q', 'v']) {
        Some('q') => false,
        Some(_) => true,
        None => operands.len() > 1,
    };
    let mut files = Vec::new();
    let mut printed = false;
    let mut only_pipes = true;
    for operand in operands {
        let name = if operand == b"-" { b"standard input".to_vec() } else { operand.clone() };
        let fd = match cx.open_input(&operand).await {
            Err(errno) => {
                let quoted = quote(&operand);
                let reason = errno.message().as_bytes();
                cx.error(&[b"cannot open ", &quoted[..], b" for reading: ", reason].concat()).await;
                only_pipes = false;
                None
            }
            Ok(mut input) => {
                if headers {
                    cx.out.put(&header(&name, printed));
                    printed = true;
                }
                let is_read = match part.copy(&mut cx, &mut input).await {
                    Ok(()) => true,
                    Err(_) if cx.out.ready().await.is_err() => return cx.finish().await,
                    Err(errno) => {
                        cx.cannot("error reading", &name, errno).await;
                        if following.on && errno == Errno::EISDIR {
                            cx.error(&[&name[..], b": cannot follow end of this type of file"].concat()).await;
                        }
                        false
                    }
                };
                // A pipe as standard input has no end to wait at.
                let is_pipe = operand == b"-"
                    && cx.process.fstat(input.fd()).is_ok_and(|stat| stat.file_type == FileType::Fifo);
                only_pipes &= is_pipe;
                if following.on && is_read && !is_pipe {
                    Some(input.fd())
                } else {
                    cx.close(&input);
                    if is_pipe || !following.retry {
                        continue;
                    }
                    None
                }
            }
        };
        if fd.is_some() || following.retry {
            files.push(Followed::new(&cx.process, operand, name, fd));
        }
    }
    if following.on && !only_pipes && cx.out.flush().await.is_ok() {
        follow::follow(&mut cx, files, &following, headers).await;
    }
    cx.finish().await
}

/// The line before a file's part.
fn header(name: &[u8], is_next: bool) -> Vec<u8> {
    [if is_next { &b"\n==> "[..] } else { b"==> " }, name, b" <==\n"].concat()
}

/// Reads and takes away a first word like `-5`, `+3`, `-20cf`; whether it says to follow. It is one only as the
/// first of at most two words.
fn old_form(cx: &mut Context, part: &mut Part) -> bool {
    let fits = match cx.words.as_slice() {
        [_] => true,
        [_, second] => !(second.starts_with(b"-") && second.len() > 1) || second == b"--",
        [_, dashes, _] => dashes == b"--",
        _ => false,
    };
    let Some((&sign, word)) = cx.words.first().and_then(|word| word.split_first()).filter(|_| fits) else {
        return false;
    };
    let digits = word.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (number, letters) = word.split_at(digits);
    let (kind, follow) = match letters {
        [rest @ .., b'f'] => (rest, true),
        rest => (rest, false),
    };
    let is_old = match sign {
        b'+' => !word.is_empty(),
        b'-' => digits > 0 || (matches!(kind, [b'b' | b'l']) && !follow),
        _ => false,
    };
    if !is_old || !matches!(kind, [] | [b'b' | b'c' | b'l']) {
        return false;
    }
    let mut count = if number.is_empty() { b"10".to_vec() } else { number.to_vec() };
    if kind == b"b" {
        count.push(b'b');
    }
    let Ok(count) = parse_count(&count, ALL_UNITS) else { return false };
    part.from_start = sign == b'+';
    part.count = count;
    part.bytes = matches!(kind, [b'b' | b'c']);
    cx.words.remove(0);
    follow
}

/// The options' values. The error is a message and whether it is about usage.
fn settings(parsed: &Parsed, part: &mut Part) -> Result<Following, (Vec<u8>, bool)> {
    let mut following = Following::default();
    for (id, value) in &parsed.options {
        let value = value.as_deref();
        match (id, value) {
            ('c' | 'n', Some(text)) => {
                part.bytes = *id == 'c';
                part.from_start = text.starts_with(b"+");
                let number = text.strip_prefix(b"-").unwrap_or(text);
                let what: &[u8] = if part.bytes { b"bytes: " } else { b"lines: " };
                part.count = parse_count(number, ALL_UNITS).map_err(|error| {
                    let large: &[u8] = b": Value too large for defined data type";
                    let reason = if error == CountError::TooLarge { large } else { b"" };
                    ([b"invalid number of ", what, &quote_locale(number), reason].concat(), false)
                })?;
            }
            ('f', value) => {
                following.on = true;
                let table = [("descriptor", false), ("name", true)];
                following.by_name = match value {
                    None => false,
                    Some(word) => match_word(word, "--follow", &table).map_err(|message| (message, true))?,
                };
            }
            ('F', _) => {
                following.on = true;
                following.by_name = true;
                following.retry = true;
            }
            ('r', _) => following.retry = true,
            ('z', _) => part.delimiter = 0,
            ('p', Some(text)) => {
                let pid = parse_count(text, b"").ok().and_then(|pid| i64::try_from(pid).ok());
                let invalid = || ([b"invalid PID: ", &quote_locale(text)[..]].concat(), false);
                following.pid = Some(pid.filter(|&pid| pid <= i64::from(i32::MAX)).ok_or_else(invalid)?);
            }
            ('s', Some(text)) => {
                let seconds = std::str::from_utf8(text).ok().and_then(|text| text.parse::<f64>().ok());
                let invalid = || ([b"invalid number of seconds: ", &quote_locale(text)[..]].concat(), false);
                let seconds = seconds.filter(|&seconds| seconds >= 0.0).ok_or_else(invalid)?;
                following.interval_nanos = Some((seconds * 1e9) as u64);
            }
            ('U', Some(text)) => {
                parse_count(text, b"").map_err(|_| {
                    let what = b"invalid maximum number of unchanged stats between opens: ";
                    ([&what[..], &quote_locale(text)].concat(), false)
                })?;
            }
            (digit @ '0'..='9', _) => {
                return Err((format!("option used in invalid context -- {digit}").into_bytes(), false));
            }
            _ => {}
        }
    }
    Ok(following)
}

impl Part {
    async fn copy(&self, cx: &mut Context, input: &mut Input) -> Result<()> {
        let process = cx.process.clone();
        if self.from_start {
            self.skip_first(input).await?;
        } else if let Some(start) = self.start_in_file(&process, input.fd()).await? {
            process.seek(input.fd(), i64::try_from(start).unwrap_or(i64::MAX), Whence::Start)?;
        } else {
            return self.last_of_stream(cx, input).await;
        }
        loop {
            let bytes = input.fill().await?;
            if bytes.is_empty() {
                return Ok(());
            }
            cx.out.put(bytes);
            let count = bytes.len();
            input.consume(count);
            cx.out.ready().await?;
        }
    }

    async fn skip_first(&self, input: &mut Input) -> Result<()> {
        let mut left = self.count.saturating_sub(1);
        while left > 0 {
            let bytes = input.fill().await?;
            if bytes.is_empty() {
                return Ok(());
            }
            let mut count = bytes.len();
            if self.bytes {
                count = count.min(usize::try_from(left).unwrap_or(usize::MAX));
                left -= count as u64;
            } else {
                for at in memchr::memchr_iter(self.delimiter, bytes) {
                    left -= 1;
                    if left == 0 {
                        count = at + 1;
                        break;
                    }
                }
            }
            input.consume(count);
        }
        Ok(())
    }

    /// Where the last part starts in a regular file, found from its end; `None` for what cannot seek.
    async fn start_in_file(&self, process: &Process, fd: Fd) -> Result<Option<u64>> {
        let stat = process.fstat(fd)?;
        let Ok(offset) = process.seek(fd, 0, Whence::Current) else { return Ok(None) };
        if stat.file_type != FileType::Regular || stat.size_bytes <= offset {
            return Ok(None);
        }
        if self.bytes {
            return Ok(Some(stat.size_bytes.saturating_sub(self.count).max(offset)));
        }
        if self.count == 0 {
            return Ok(Some(stat.size_bytes));
        }
        let mut block = vec![0; 64 * 1024];
        let mut left = self.count;
        let mut end = stat.size_bytes;
        while end > offset {
            let from = end.saturating_sub(block.len() as u64).max(offset);
            let room = block.get_mut(..(end - from) as usize).unwrap_or_default();
            let count = process.read_at(fd, room, from).await?;
            let mut bytes = room.get(..count).unwrap_or_default();
            if end == stat.size_bytes && bytes.last() == Some(&self.delimiter) {
                // The end of the last line begins no line.
                bytes = bytes.get(..count - 1).unwrap_or_default();
            }
            for at in memchr::memrchr_iter(self.delimiter, bytes) {
                left -= 1;
                if left == 0 {
                    return Ok(Some(from + at as u64 + 1));
                }
            }
            end = from;
        }
        Ok(Some(offset))
    }

    async fn last_of_stream(&self, cx: &mut Context, input: &mut Input) -> Result<()> {
        let mut held: Vec<u8> = Vec::new();
        let (mut start, mut ends) = (0, 0_u64);
        loop {
            let bytes = input.fill().await?;
            if bytes.is_empty() {
                break;
            }
            ends += memchr::memchr_iter(self.delimiter, bytes).count() as u64;
            held.extend_from_slice(bytes);
            let count = bytes.len();
            input.consume(count);
            let kept = held.get(start..).unwrap_or_default();
            if self.bytes {
                start += kept.len() - kept.len().min(usize::try_from(self.count).unwrap_or(usize::MAX));
            } else {
                let lines = ends + u64::from(kept.last() != Some(&self.delimiter));
                let surplus = lines.saturating_sub(self.count).min(ends);
                if surplus > 0 {
                    let nth = usize::try_from(surplus - 1).unwrap_or(usize::MAX);
                    start += memchr::memchr_iter(self.delimiter, kept).nth(nth).map_or(0, |at| at + 1);
                    ends -= surplus;
                }
            }
            if start * 2 > held.len() {
                held.drain(..start);
                start = 0;
            }
            if held.len() > INPUT_BYTES_HELD_MAX {
                return Err(Errno::ENOMEM);
            }
        }
        if self.count > 0 {
            cx.out.put(held.get(start..).unwrap_or_default());
        }
        cx.out.ready().await
    }
}
