//! `history` and `fc`: the lines that were typed.

use crate::abi::{Mode, OpenFlags, STDERR};
use crate::calendar::{Zone, format_time};
use crate::shell::editor::{Expanded, History, expand};
use crate::shell::expand::quoting;
use crate::shell::interp::{Args, Interp, Stop};

fn number_of(text: &[u8]) -> Option<i64> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

pub(super) async fn history(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "cd:anrwps") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    let has = |letter: u8| options.iter().any(|(own, _)| *own == letter);
    let files: Vec<u8> = options.iter().map(|row| row.0).filter(|letter| b"anrw".contains(letter)).collect();
    if files.iter().any(|letter| *letter != files[0]) {
        interp.builtin_error(args, b"cannot use more than one of -anrw");
        return Ok(1);
    }
    if has(b'c') {
        interp.change_history(History::clear);
        if options.len() == 1 {
            return Ok(0);
        }
    }
    let words: Vec<&[u8]> = (at..args.len()).map(|index| args.get(index)).collect();
    if has(b's') || has(b'p') {
        if interp.remembers_itself() && !words.is_empty() {
            forget_last(interp);
        }
        if has(b'p') {
            return Ok(show_expanded(interp, args, &words));
        }
        if !words.is_empty() {
            interp.remember(&words.join(&b' '));
        }
        return Ok(0);
    }
    if let Some((_, value)) = options.iter().find(|(letter, _)| *letter == b'd') {
        return Ok(match delete(interp, value) {
            Ok(()) => 0,
            Err(what) => {
                interp.builtin_error(args, &[what, b": history position out of range"].concat());
                1
            }
        });
    }
    if let Some(letter) = files.first() {
        return Ok(with_file(interp, *letter, words.first().copied()).await);
    }
    let count = match words.first().map(|word| (word, number_of(word))) {
        None => u64::MAX,
        Some((_, Some(count))) => count.unsigned_abs(),
        Some((word, None)) => {
            interp.builtin_error(args, &[word, &b": numeric argument required"[..]].concat());
            return Ok(1);
        }
    };
    if words.len() > 1 {
        interp.builtin_error(args, b"too many arguments");
        return Err(Stop::Discard(1));
    }
    list(interp, usize::try_from(count).unwrap_or(usize::MAX));
    Ok(0)
}

/// The last lines with their numbers, and when they were typed in the form of HISTTIMEFORMAT.
fn list(interp: &mut Interp, count: usize) {
    let Some(history) = interp.history() else { return };
    let format = interp.shell.text_of(b"HISTTIMEFORMAT").filter(|format| !format.is_empty());
    let zone = Zone::from_tz(&interp.shell.text_of(b"TZ").unwrap_or_default());
    let now = interp.process.now().secs;
    for (number, line, time) in history.timed().skip(history.len().saturating_sub(count)) {
        interp.out.extend_from_slice(format!("{number:5}  ").as_bytes());
        if let Some(format) = &format {
            let time = crate::abi::Time { secs: time.unwrap_or(now), nanos: 0 };
            format_time(format, time, &zone, &mut interp.out);
        }
        interp.out.extend_from_slice(line);
        interp.out.push(b'\n');
    }
}

/// `-p`: words after history expansion, none of which is remembered.
fn show_expanded(interp: &mut Interp, args: Args<'_>, words: &[&[u8]]) -> u8 {
    let empty = History::new(0);
    let mut status = 0;
    for word in words {
        let history = interp.history();
        let text = match expand(word, history.as_deref().unwrap_or(&empty)) {
            Expanded::Unchanged => word.to_vec(),
            Expanded::Run(text) | Expanded::Print(text) => text,
            Expanded::Wrong(_) => {
                interp.builtin_error(args, &[word, &b": history expansion failed"[..]].concat());
                status = 1;
                continue;
            }
        };
        interp.out.extend_from_slice(&text);
        interp.out.push(b'\n');
    }
    status
}

fn forget_last(interp: &mut Interp) {
    interp.change_history(|history| {
        let last = history.next_number().saturating_sub(1);
        history.remove(last);
    });
}

/// `-d`: takes one line out, or those from one to another; counted from the end when negative. `Err` is the
/// position that there is not.
fn delete<'a>(interp: &mut Interp, range: &'a [u8]) -> Result<(), &'a [u8]> {
    let dash = range.iter().skip(1).position(|byte| *byte == b'-').map(|at| at + 1);
    let (from, to) = match dash {
        Some(dash) => (range.get(..dash).unwrap_or_default(), range.get(dash + 1..).unwrap_or_default()),
        None => (range, range),
    };
    interp.change_history(|history| {
        let place = |text: &'a [u8]| {
            let offset = number_of(text).ok_or(text)?;
            let number = match offset < 0 {
                true => history.next_number().checked_sub(offset.unsigned_abs()),
                false => Some(offset.unsigned_abs()),
            };
            number.filter(|number| history.get(*number).is_some()).ok_or(text)
        };
        let (first, last) = (place(from)?, place(to)?);
        if first > last {
            return Err(from);
        }
        for _ in first..=last {
            history.remove(first);
        }
        Ok(())
    })
}

/// `-a`, `-n`, `-r`, `-w`
async fn with_file(interp: &mut Interp, letter: u8, path: Option<&[u8]>) -> u8 {
    let path = match path {
        Some(path) => path.to_vec(),
        None => match interp.shell.text_of(b"HISTFILE") {
            Some(path) => path,
            None => return 0,
        },
    };
    let result = match letter {
        b'a' => {
            let is_new = interp.history().is_some_and(|history| history.unsaved().next().is_some());
            if is_new { interp.write_history(&path, true).await } else { Ok(()) }
        }
        b'w' => interp.write_history(&path, false).await,
        b'r' => interp.read_history(&path, 0).await.map(|count| interp.history_file_lines = count),
        _ => {
            let known = interp.history_file_lines;
            interp.read_history(&path, known).await.map(|count| interp.history_file_lines = count)
        }
    };
    u8::from(result.is_err())
}

pub(super) async fn fc(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let Some(request) = FcRequest::read(interp, args) else { return Ok(2) };
    let Some(history) = interp.history().filter(|history| !history.is_empty()) else {
        if request.lists {
            return Ok(0);
        }
        interp.builtin_error(args, b"no command found");
        return Ok(1);
    };
    let own = u64::from(interp.remembers_itself());
    let last = history.next_number().saturating_sub(1 + own).max(history.first_number());
    let words: Vec<&[u8]> = (request.operands..args.len()).map(|index| args.get(index)).collect();
    if request.repeats {
        return repeat(interp, args, &history, last, &words).await;
    }
    let find = |word: &[u8]| event(&history, last, word);
    let range = match words.as_slice() {
        [] if request.lists => Some((last.saturating_sub(15).max(history.first_number()), last)),
        [] => Some((last, last)),
        // A first line that is not there yet is the oldest.
        [one] if number_of(one).is_some_and(|number| number > last as i64) => {
            Some((history.first_number(), last))
        }
        [one] if request.lists => find(one).map(|first| (first, last)),
        [one] => find(one).map(|first| (first, first)),
        [first, second, ..] => find(first).zip(find(second)),
    };
    let Some((first, last)) = range else {
        interp.builtin_error(args, b"no command found");
        return Ok(1);
    };
    let is_reversed = request.reversed != (first > last);
    let mut lines: Vec<(u64, Vec<u8>)> = (first.min(last)..=first.max(last))
        .filter_map(|number| Some((number, history.get(number)?.to_vec())))
        .collect();
    if is_reversed {
        lines.reverse();
    }
    if !request.lists {
        let text: Vec<Vec<u8>> = lines.into_iter().map(|(_, line)| [&line[..], b"\n"].concat()).collect();
        return edit(interp, args, request.editor, &text.concat()).await;
    }
    for (number, line) in lines {
        if request.numbered {
            interp.out.extend_from_slice(number.to_string().as_bytes());
        }
        interp.out.extend_from_slice(&[b"\t ", &line[..], b"\n"].concat());
    }
    Ok(0)
}

/// The options of `fc`.
struct FcRequest {
    lists: bool,
    numbered: bool,
    reversed: bool,
    repeats: bool,
    editor: Option<Vec<u8>>,
    operands: usize,
}

impl FcRequest {
    /// A negative number is an operand. `None` when they are wrong, which has been said.
    fn read(interp: &mut Interp, args: Args<'_>) -> Option<FcRequest> {
        let end = (1..args.len()).find(|&at| number_of(args.get(at)).is_some_and(|number| number < 0));
        let mut request = FcRequest {
            lists: false,
            numbered: true,
            reversed: false,
            repeats: false,
            editor: None,
            operands: args.len(),
        };
        let (options, at) = interp.options(args.first(end.unwrap_or(args.len())), "e:lnrs").ok()?;
        request.operands = at;
        for (letter, value) in options {
            match letter {
                b'l' => request.lists = true,
                b'n' => request.numbered = false,
                b'r' => request.reversed = true,
                b's' => request.repeats = true,
                _ => request.editor = Some(value.to_vec()),
            }
        }
        request.repeats |= request.editor.as_deref() == Some(b"-");
        Some(request)
    }
}

/// The number of a line: itself, counted back from the last, or the newest that begins with a text.
fn event(history: &History, last: u64, word: &[u8]) -> Option<u64> {
    let number = match number_of(word) {
        Some(number) if number > 0 => number.unsigned_abs(),
        Some(back) => (last + 1).saturating_sub(back.unsigned_abs().max(1)),
        None => {
            return history
                .iter()
                .rev()
                .find(|(at, line)| *at <= last && line.starts_with(word))
                .map(|row| row.0);
        }
    };
    Some(number.clamp(history.first_number(), last))
}

/// `fc -s [old=new] [command]`: the line again, with a replacement. It takes the place of the `fc` itself.
async fn repeat(
    interp: &mut Interp,
    args: Args<'_>,
    history: &History,
    last: u64,
    words: &[&[u8]],
) -> Result<u8, Stop> {
    let mut changes = Vec::new();
    let mut words = words.iter();
    let mut which = words.next();
    while let Some((old, new)) = which.and_then(|word| word.split_at_checked(memchr::memchr(b'=', word)?)) {
        changes.push((old, new.get(1..).unwrap_or_default()));
        which = words.next();
    }
    let found =
        which.map_or(Some(last), |word| event(history, last, word)).and_then(|number| history.get(number));
    let Some(found) = found else {
        interp.builtin_error(args, b"no command found");
        return Ok(1);
    };
    let mut line = found.to_vec();
    for (old, new) in changes {
        line = bstr::ByteSlice::replace(&line[..], old, new);
    }
    let shown = [&line[..], b"\n"].concat();
    let _ = interp.process.write_all(STDERR, &shown).await;
    forget_last(interp);
    interp.remember(&line);
    interp.eval_within(line).await
}

/// Lets an editor change lines, then shows, remembers and runs them.
async fn edit(interp: &mut Interp, args: Args<'_>, editor: Option<Vec<u8>>, text: &[u8]) -> Result<u8, Stop> {
    let dir = interp.shell.text_of(b"TMPDIR").unwrap_or_else(|| b"/tmp".to_vec());
    let path = [&dir[..], format!("/bash-fc.{}", interp.process.pid()).as_bytes()].concat();
    let flags = OpenFlags::OUTPUT;
    let written = match interp.process.open(&path, flags, Mode::new(0o600)).await {
        Ok(fd) => {
            let written = interp.process.write_all(fd, text).await;
            let _ = interp.process.close(fd);
            written
        }
        Err(errno) => Err(errno),
    };
    if let Err(errno) = written {
        interp.builtin_error(
            args,
            &[&path[..], b": cannot open temp file: ", errno.message().as_bytes()].concat(),
        );
        return Ok(1);
    }
    let chosen = editor
        .or_else(|| interp.shell.text_of(b"FCEDIT"))
        .or_else(|| interp.shell.text_of(b"EDITOR"))
        .filter(|editor| !editor.is_empty())
        .unwrap_or_else(|| b"vi".to_vec());
    let status = interp.eval_within([&chosen[..], b" ", &quoting::if_needed(&path)].concat()).await;
    let edited = interp.read_script(&path).await.unwrap_or_default();
    let _ = interp.process.unlink(&path).await;
    forget_last(interp);
    if status? != 0 {
        return Ok(1);
    }
    for line in edited.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
        interp.remember(line);
    }
    let _ = interp.process.write_all(STDERR, &edited).await;
    interp.eval_within(edited).await
}
