//! `read`, `mapfile`, `getopts`.

use crate::abi::{Errno, Fd};
use crate::kernel::{PollFd, Whence};
use crate::shell::expand::quoting;
use crate::shell::interp::{Args, Element, Interp, Stop, is_name, known};

/// How a line ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    Delimiter,
    Count,
    End,
    TimedOut,
    Failed(Errno),
    Interrupted,
}

/// What `read` is to take.
struct Wanted {
    fd: Fd,
    delimiter: u8,
    raw: bool,
    /// At most so many characters; with `exactly`, the delimiter does not end them.
    count: Option<usize>,
    exactly: bool,
    deadline: Option<u64>,
}

impl Interp {
    /// Reads bytes up to a delimiter. Escaped bytes come behind a backslash unless `raw`.
    async fn read_record(&mut self, wanted: &Wanted, record: &mut Vec<u8>) -> Ended {
        let seekable = self.process.seek(wanted.fd, 0, Whence::Current).is_ok();
        if wanted.count == Some(0) {
            return Ended::Count;
        }
        let mut block = [0; 4096];
        let mut escaped = false;
        let mut taken = 0;
        loop {
            if let Some(deadline) = wanted.deadline {
                let left = deadline.saturating_sub(self.process.uptime_nanos());
                let mut polls = [PollFd::reading(wanted.fd)];
                match self.process.poll(&mut polls, Some(left)).await {
                    Ok(0) => return Ended::TimedOut,
                    Ok(_) => {}
                    Err(Errno::EINTR) => return Ended::Interrupted,
                    Err(errno) => return Ended::Failed(errno),
                }
            }
            // What cannot be given back is read byte by byte.
            let size = if seekable { block.len() } else { 1 };
            let count = match self.process.read(wanted.fd, &mut block[..size]).await {
                Ok(0) => return Ended::End,
                Ok(count) => count,
                Err(Errno::EINTR) => return Ended::Interrupted,
                Err(errno) => return Ended::Failed(errno),
            };
            for (at, &byte) in block[..count].iter().enumerate() {
                let mut ended = None;
                if escaped {
                    escaped = false;
                    if byte == b'\n' {
                        // A line that goes on.
                        record.pop();
                    } else {
                        record.push(byte);
                        taken += 1;
                    }
                } else if byte == wanted.delimiter && !wanted.exactly {
                    ended = Some(Ended::Delimiter);
                } else if byte == b'\\' && !wanted.raw {
                    escaped = true;
                    record.push(byte);
                } else if byte != 0 {
                    record.push(byte);
                    // Bytes that go on a character are not counted.
                    taken += usize::from(byte & 0xc0 != 0x80);
                }
                if ended.is_none()
                    && !escaped
                    && wanted.count.is_some_and(|max| taken >= max && !self.is_partial(record))
                {
                    ended = Some(Ended::Count);
                }
                if let Some(ended) = ended {
                    let back = count - at - 1;
                    if back > 0 {
                        let _ = self.process.seek(wanted.fd, -(back as i64), Whence::Current);
                    }
                    return ended;
                }
            }
        }
    }

    /// Whether a record ends within a UTF-8 character.
    fn is_partial(&self, record: &[u8]) -> bool {
        let start = record.iter().rposition(|byte| byte & 0xc0 != 0x80).unwrap_or(0);
        let tail = record.get(start..).unwrap_or_default();
        let length = match tail.first() {
            Some(0xc2..=0xdf) => 2,
            Some(0xe0..=0xef) => 3,
            Some(0xf0..=0xf4) => 4,
            _ => 1,
        };
        tail.len() < length
    }
}

pub(super) async fn read(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "ersa:d:i:n:N:p:t:u:") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    let mut wanted =
        Wanted { fd: 0, delimiter: b'\n', raw: false, count: None, exactly: false, deadline: None };
    let (mut array, mut prompt, mut silent, mut poll_only) = (None, None, false, false);
    for (letter, value) in options {
        let number = std::str::from_utf8(value).ok().and_then(|text| text.parse::<usize>().ok());
        match letter {
            b'r' => wanted.raw = true,
            b's' => silent = true,
            b'a' => array = Some(value.to_vec()),
            b'd' => wanted.delimiter = value.first().copied().unwrap_or(0),
            b'n' | b'N' => match number {
                Some(count) => {
                    wanted.count = Some(count);
                    wanted.exactly = letter == b'N';
                }
                None => {
                    interp.builtin_error(args, &[value, b": invalid number"].concat());
                    return Ok(1);
                }
            },
            b'p' => prompt = Some(value.to_vec()),
            b't' => match std::str::from_utf8(value).ok().and_then(|text| text.parse::<f64>().ok()) {
                Some(seconds) if seconds >= 0.0 => {
                    poll_only = seconds == 0.0;
                    wanted.deadline =
                        Some(interp.process.uptime_nanos().saturating_add((seconds * 1e9) as u64));
                }
                _ => {
                    interp.builtin_error(args, &[value, b": invalid timeout specification"].concat());
                    return Ok(1);
                }
            },
            b'u' => match number {
                Some(fd) if interp.process.is_open(fd as Fd) => wanted.fd = fd as Fd,
                Some(_) => {
                    interp.builtin_error(
                        args,
                        &[value, b": invalid file descriptor: Bad file descriptor"].concat(),
                    );
                    return Ok(1);
                }
                None => {
                    interp.builtin_error(args, &[value, b": invalid file descriptor specification"].concat());
                    return Ok(1);
                }
            },
            _ => {}
        }
    }
    for index in at..args.len() {
        let name = args.get(index);
        if !is_name(name.split(|&byte| byte == b'[').next().unwrap_or(name)) {
            interp.builtin_error(args, &[b"`", name, b"': not a valid identifier"].concat());
            return Ok(1);
        }
    }
    if poll_only {
        let mut polls = [PollFd::reading(wanted.fd)];
        let ready = interp.process.poll(&mut polls, Some(0)).await.unwrap_or(0);
        return Ok(u8::from(ready == 0));
    }
    let is_terminal = interp.process.is_terminal(wanted.fd);
    if let Some(prompt) = prompt.filter(|_| is_terminal) {
        let _ = interp.process.write_all(crate::abi::STDERR, &prompt).await;
    }
    let mut before = None;
    if is_terminal
        && (silent || wanted.count.is_some() || wanted.delimiter != b'\n')
        && let Ok(termios) = interp.process.termios(wanted.fd)
    {
        let mut own = termios.clone();
        own.local.echo = own.local.echo && !silent;
        if wanted.count.is_some() || wanted.delimiter != b'\n' {
            own.local.icanon = false;
        }
        let _ = interp.process.set_termios(wanted.fd, own, false).await;
        before = Some(termios);
    }
    let mut record = Vec::new();
    let ended = interp.read_record(&wanted, &mut record).await;
    if let Some(termios) = before {
        let _ = interp.process.set_termios(wanted.fd, termios, false).await;
    }
    let status = match ended {
        Ended::Delimiter | Ended::Count => 0,
        Ended::End => 1,
        Ended::TimedOut => 142,
        Ended::Interrupted => {
            return Ok(130);
        }
        Ended::Failed(errno) => {
            let fd = wanted.fd;
            interp.builtin_error(args, format!("{fd}: read error: {errno}").as_bytes());
            1
        }
    };
    let names: Vec<Vec<u8>> = (at..args.len()).map(|index| args.get(index).to_vec()).collect();
    store(interp, &wanted, record, array, &names)?;
    Ok(status)
}

/// Splits what was read and assigns it.
fn store(
    interp: &mut Interp,
    wanted: &Wanted,
    record: Vec<u8>,
    array: Option<Vec<u8>>,
    names: &[Vec<u8>],
) -> Result<(), Stop> {
    // Each byte with whether a backslash stood before it.
    let mut bytes: Vec<(u8, bool)> = Vec::with_capacity(record.len());
    let mut source = record.iter().copied();
    while let Some(byte) = source.next() {
        match (byte, wanted.raw) {
            (b'\\', false) => bytes.extend(source.next().map(|byte| (byte, true))),
            (byte, _) => bytes.push((byte, false)),
        }
    }
    let text = |bytes: &[(u8, bool)]| bytes.iter().map(|(byte, _)| *byte).collect::<Vec<u8>>();
    let ifs = std::rc::Rc::clone(&interp.shell.ifs);
    if let Some(name) = array {
        let mut fields = Vec::new();
        let mut rest = trim(&bytes, &ifs);
        while !rest.is_empty() {
            let (field, after) = next_field(rest, &ifs);
            fields.push(Element { key: None, append: false, value: text(field) });
            rest = after;
        }
        let symbol = interp.symbol(&name);
        return interp.assign_array(symbol, fields, false);
    }
    if names.is_empty() {
        return interp.assign_text(known::REPLY, text(&bytes), false);
    }
    if wanted.exactly {
        for (at, name) in names.iter().enumerate() {
            let value = if at == 0 { text(&bytes) } else { Vec::new() };
            assign(interp, name, value)?;
        }
        return Ok(());
    }
    let mut rest = trim_start(&bytes, &ifs);
    for (at, name) in names.iter().enumerate() {
        let value = if at + 1 == names.len() {
            last_field(rest, &ifs)
        } else {
            let (field, after) = next_field(rest, &ifs);
            rest = after;
            field
        };
        assign(interp, name, text(value))?;
    }
    Ok(())
}

fn assign(interp: &mut Interp, name: &[u8], value: Vec<u8>) -> Result<(), Stop> {
    match memchr::memchr(b'[', name) {
        Some(open) if name.ends_with(b"]") => {
            let symbol = interp.symbol(&name[..open]);
            let key = name.get(open + 1..name.len() - 1).unwrap_or_default().to_vec();
            interp.assign_element(symbol, &key, value, false)
        }
        _ => {
            let symbol = interp.symbol(name);
            interp.assign_text(symbol, value, false)
        }
    }
}

type Marked = (u8, bool);

fn is_ifs(marked: &Marked, ifs: &[u8]) -> bool {
    !marked.1 && ifs.contains(&marked.0)
}

fn is_blank(marked: &Marked, ifs: &[u8]) -> bool {
    is_ifs(marked, ifs) && matches!(marked.0, b' ' | b'\t' | b'\n')
}

fn trim_start<'a>(bytes: &'a [Marked], ifs: &[u8]) -> &'a [Marked] {
    let start = bytes.iter().position(|marked| !is_blank(marked, ifs)).unwrap_or(bytes.len());
    bytes.get(start..).unwrap_or_default()
}

fn trim_end<'a>(bytes: &'a [Marked], ifs: &[u8]) -> &'a [Marked] {
    let end = bytes.iter().rposition(|marked| !is_blank(marked, ifs)).map_or(0, |at| at + 1);
    bytes.get(..end).unwrap_or_default()
}

fn trim<'a>(bytes: &'a [Marked], ifs: &[u8]) -> &'a [Marked] {
    trim_end(trim_start(bytes, ifs), ifs)
}

/// The first field and what is behind its delimiter.
fn next_field<'a>(bytes: &'a [Marked], ifs: &[u8]) -> (&'a [Marked], &'a [Marked]) {
    let end = bytes.iter().position(|marked| is_ifs(marked, ifs)).unwrap_or(bytes.len());
    let (field, after) = bytes.split_at(end);
    let mut rest = trim_start(after, ifs);
    if rest.first().is_some_and(|marked| is_ifs(marked, ifs)) {
        rest = trim_start(rest.get(1..).unwrap_or_default(), ifs);
    }
    (field, rest)
}

/// What the last variable gets: everything, but one delimiter that only ends it.
fn last_field<'a>(bytes: &'a [Marked], ifs: &[u8]) -> &'a [Marked] {
    let bytes = trim_end(bytes, ifs);
    let (field, rest) = next_field(bytes, ifs);
    if rest.is_empty() { field } else { bytes }
}

/// Lines between two calls of `mapfile -C` when `-c` gives no number.
const CALLBACK_LINES: usize = 5000;

pub(super) async fn mapfile(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "d:n:O:s:tu:C:c:") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    let (mut fd, mut delimiter, mut max, mut origin, mut skip, mut trim) =
        (0, b'\n', 0usize, None, 0usize, false);
    let (mut callback, mut quantum) = (None, CALLBACK_LINES);
    for (letter, value) in options {
        let number = std::str::from_utf8(value).ok().and_then(|text| text.parse::<usize>().ok());
        match (letter, number) {
            (b'd', _) => delimiter = value.first().copied().unwrap_or(0),
            (b't', _) => trim = true,
            (b'n', Some(number)) => max = number,
            (b'O', Some(number)) => origin = Some(number),
            (b's', Some(number)) => skip = number,
            (b'u', Some(number)) => fd = number as Fd,
            (b'C', _) => callback = Some(value),
            (b'c', Some(number)) if number > 0 => quantum = number,
            (letter, _) => {
                let what: &[u8] = match letter {
                    b'c' => b": invalid callback quantum",
                    b'O' => b": invalid array origin",
                    b'u' => b": invalid file descriptor specification",
                    _ => b": invalid line count",
                };
                interp.builtin_error(args, &[value, what].concat());
                return Ok(1);
            }
        }
    }
    let name = if at < args.len() { args.get(at).to_vec() } else { b"MAPFILE".to_vec() };
    if !is_name(&name) {
        interp.builtin_error(args, &[b"`", &name[..], b"': not a valid identifier"].concat());
        return Ok(1);
    }
    let symbol = interp.symbol(&name);
    if !interp.process.is_open(fd) {
        interp.builtin_error(args, format!("{fd}: invalid file descriptor: Bad file descriptor").as_bytes());
        return Ok(1);
    }
    let wanted = Wanted { fd, delimiter, raw: true, count: None, exactly: false, deadline: None };
    let mut elements = Vec::new();
    // Elements that the callback finds already assigned.
    let mut assigned = 0;
    loop {
        if max > 0 && assigned + elements.len() >= max {
            break;
        }
        let mut record = Vec::new();
        let ended = interp.read_record(&wanted, &mut record).await;
        let found = ended == Ended::Delimiter;
        if !found && record.is_empty() {
            break;
        }
        if found && !trim {
            record.push(delimiter);
        }
        if skip > 0 {
            skip -= 1;
        } else {
            let index = origin.unwrap_or(0) + assigned + elements.len();
            let count = assigned + elements.len() + 1;
            if let Some(callback) = callback.filter(|_| count % quantum == 0) {
                let keeps = origin.is_some() || assigned > 0;
                assigned += elements.len();
                interp.assign_array(symbol, std::mem::take(&mut elements), keeps)?;
                let index = index.to_string().into_bytes();
                let command = [callback, b" ", &index, b" ", &quoting::single(&record)].concat();
                interp.eval_within(command).await?;
            }
            let key = (origin.is_some() || assigned > 0).then(|| index.to_string().into_bytes());
            elements.push(Element { key, append: false, value: record });
        }
        if !found {
            break;
        }
    }
    interp.assign_array(symbol, elements, origin.is_some() || assigned > 0)?;
    Ok(0)
}

pub(super) fn getopts(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    if args.len() < 3 {
        return Ok(interp.usage(args));
    }
    let (optstring, name) = (args.get(1).to_vec(), args.get(2).to_vec());
    if !is_name(&name) {
        interp.builtin_error(args, &[b"`", &name[..], b"': not a valid identifier"].concat());
        return Ok(1);
    }
    let words: Vec<Vec<u8>> = if args.len() > 3 {
        (3..args.len()).map(|index| args.get(index).to_vec()).collect()
    } else {
        interp.shell.positional.to_vec()
    };
    let silent = optstring.starts_with(b":");
    let quiet = silent || interp.shell.text(known::OPTERR).as_deref() == Some(b"0");
    let index =
        interp.shell.text(known::OPTIND).and_then(|text| std::str::from_utf8(&text).ok()?.parse().ok());
    let mut index: usize = index.filter(|&index| index > 0).unwrap_or(1);
    let symbol = interp.symbol(&name);
    let mut position = interp.shell.getopts_position;
    if position == 0 {
        let word = words.get(index - 1);
        let is_option = word.is_some_and(|word| word.len() > 1 && word.starts_with(b"-"));
        if !is_option || word.is_some_and(|word| word == b"--") {
            if word.is_some_and(|word| word == b"--") {
                index += 1;
            }
            interp.assign_text(known::OPTIND, index.to_string().into_bytes(), false)?;
            interp.shell.unset_var(known::OPTARG)?;
            interp.assign_text(symbol, b"?".to_vec(), false)?;
            return Ok(1);
        }
        position = 1;
    }
    let word = words.get(index - 1).cloned().unwrap_or_default();
    let letter = word.get(position).copied().unwrap_or(b'?');
    let place = optstring.iter().position(|&own| own == letter && own != b':');
    let takes = place.is_some_and(|place| optstring.get(place + 1) == Some(&b':'));
    position += 1;
    let at_end = position >= word.len();
    let (value, argument): (u8, Option<Vec<u8>>) = match place {
        None => {
            if !quiet {
                interp.complain_plainly(&[b"illegal option -- ", &[letter][..]].concat());
            }
            (b'?', silent.then(|| vec![letter]))
        }
        Some(_) if !takes => (letter, None),
        Some(_) => {
            let rest = if at_end { None } else { word.get(position..).map(<[u8]>::to_vec) };
            match rest.or_else(|| {
                index += 1;
                words.get(index - 1).cloned()
            }) {
                Some(argument) => {
                    position = usize::MAX;
                    (letter, Some(argument))
                }
                None => {
                    if !quiet {
                        interp
                            .complain_plainly(&[b"option requires an argument -- ", &[letter][..]].concat());
                    }
                    position = usize::MAX;
                    (if silent { b':' } else { b'?' }, silent.then(|| vec![letter]))
                }
            }
        }
    };
    let finished = at_end || position == usize::MAX;
    if finished {
        index = (index + 1).min(words.len() + 1);
    }
    interp.assign_text(known::OPTIND, index.to_string().into_bytes(), false)?;
    // The assignment to OPTIND began a new word; within one, keep the place.
    interp.shell.getopts_position = if finished { 0 } else { position };
    match argument {
        Some(argument) => interp.assign_text(known::OPTARG, argument, false)?,
        None => interp.shell.unset_var(known::OPTARG)?,
    }
    interp.assign_text(symbol, vec![value], false)?;
    Ok(0)
}

impl Interp {
    /// A message that begins with the shell's name only, as `getopts` gives it.
    fn complain_plainly(&mut self, message: &[u8]) {
        let line = [&self.shell.name[..], b": ", message, b"\n"].concat();
        self.err.extend_from_slice(&line);
    }
}
