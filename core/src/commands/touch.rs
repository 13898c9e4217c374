//! `touch`: sets files' times, and makes files that are not there.

use crate::abi::{Errno, ExitStatus, Mode, OpenFlags, Result, STDOUT};
use crate::calendar::{Zone, parse_date, parse_stamp};
use crate::program::Takes::{Argument, Nothing};
use crate::program::{
    Category, Choice, Command, Context, Example, Parsed, boxed, match_word, option, quote_locale,
};
use crate::vfs::SetTime;

/// The command.
pub static COMMAND: Command = Command {
    name: "touch",
    aliases: &[],
    summary: "change file timestamps",
    usage: &["[OPTION]... FILE..."],
    description: "Update the access and modification times of each FILE to the current time.\n\n\
                  A FILE argument that does not exist is created empty, unless -c or -h is supplied.",
    options: &[
        option('a', "", Nothing, "change only the access time"),
        option('c', "no-create", Nothing, "do not create any files"),
        option('d', "date", Argument("STRING"), "parse STRING and use it instead of current time"),
        option('f', "", Nothing, "(ignored)"),
        option('h', "no-dereference", Nothing, "affect each symbolic link instead of any referenced file"),
        option('m', "", Nothing, "change only the modification time"),
        option('r', "reference", Argument("FILE"), "use this file's times instead of current time"),
        option('t', "", Argument("STAMP"), "use [[CC]YY]MMDDhhmm[.ss] instead of current time"),
        Choice::long('T', "time", Argument("WORD"), "change the specified time: access, atime, use (like -a), modify, mtime (like -m)"),
    ],
    examples: &[Example {
        script: "touch -d '2020-01-02 03:04' f && ls -l --time-style=long-iso f | cut -d ' ' -f 6,7",
        output: "2020-01-02 03:04\n",
    }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/touch.html",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

const TIMES: [(&str, char); 5] =
    [("atime", 'a'), ("access", 'a'), ("use", 'a'), ("mtime", 'm'), ("modify", 'm')];

/// The times to set.
#[derive(Clone, Copy)]
struct Times {
    atime: SetTime,
    mtime: SetTime,
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let (mut access, mut modify) = (parsed.has('a'), parsed.has('m'));
    for word in parsed.values('T') {
        match match_word(word, "--time", &TIMES) {
            Ok('a') => access = true,
            Ok(_) => modify = true,
            Err(message) => return cx.usage_error(1, &message).await,
        }
    }
    let mut times = match source(&mut cx, &parsed).await {
        Ok(times) => times,
        Err(status) => return status,
    };
    if access != modify {
        if access {
            times.mtime = SetTime::Omit;
        } else {
            times.atime = SetTime::Omit;
        }
    }
    if parsed.operands.is_empty() {
        return cx.usage_error(1, b"missing file operand").await;
    }
    let (follow, create) = (!parsed.has('h'), !parsed.has('c') && !parsed.has('h'));
    for operand in &parsed.operands {
        if operand == b"-" {
            if let Err(errno) = cx.process.futimes(STDOUT, times.atime, times.mtime) {
                cx.cannot("setting times of", operand, errno).await;
            }
            continue;
        }
        match touch(&cx, operand, times, follow, create).await {
            Ok(()) => {}
            Err((_, Errno::ENOENT)) if parsed.has('c') => {}
            Err((deed, errno)) => cx.cannot(deed, operand, errno).await,
        }
    }
    cx.finish().await
}

/// Where the times come from: `-t`, `-r`, `-d` or the clock.
async fn source(cx: &mut Context, parsed: &Parsed) -> Result<Times, ExitStatus> {
    let zone = Zone::from_tz(&cx.process.env(b"TZ").unwrap_or_default());
    let now = cx.process.now();
    let mut times = Times { atime: SetTime::Now, mtime: SetTime::Now };
    let given = ['t', 'r', 'd'].iter().filter(|&&id| parsed.has(id)).count();
    if parsed.has('t') && given > 1 {
        return Err(cx.usage_error(1, b"cannot specify times from more than one source").await);
    }
    if let Some(stamp) = parsed.value('t') {
        let Some(time) = parse_stamp(stamp, now, &zone) else {
            cx.error(&[b"invalid date format ", &quote_locale(stamp)[..]].concat()).await;
            return Err(cx.finish().await);
        };
        return Ok(Times { atime: SetTime::At(time), mtime: SetTime::At(time) });
    }
    let mut base = (now, now);
    if let Some(file) = parsed.value('r') {
        let found =
            if parsed.has('h') { cx.process.lstat(file).await } else { cx.process.stat(file).await };
        match found {
            Ok(stat) => base = (stat.atime, stat.mtime),
            Err(errno) => {
                cx.cannot("failed to get attributes of", file, errno).await;
                return Err(cx.finish().await);
            }
        }
        times = Times { atime: SetTime::At(base.0), mtime: SetTime::At(base.1) };
    }
    if let Some(text) = parsed.value('d') {
        let (Some(atime), Some(mtime)) = (parse_date(text, base.0, &zone), parse_date(text, base.1, &zone)) else {
            cx.error(&[b"invalid date format ", &quote_locale(text)[..]].concat()).await;
            return Err(cx.finish().await);
        };
        times = Times { atime: SetTime::At(atime), mtime: SetTime::At(mtime) };
    }
    Ok(times)
}

/// Sets a file's times, after making it if it is not there. The error says what failed.
async fn touch(
    cx: &Context,
    path: &[u8],
    times: Times,
    follow: bool,
    create: bool,
) -> Result<(), (&'static str, Errno)> {
    match cx.process.utimes(path, times.atime, times.mtime, follow).await {
        Err(Errno::ENOENT) if create => {}
        Err(Errno::EPERM | Errno::EACCES) if create && cx.process.stat(path).await.is_err() => {
            return Err(("cannot touch", Errno::EACCES));
        }
        Ok(()) => return Ok(()),
        Err(errno @ (Errno::ENOENT | Errno::ENOTDIR)) if create => return Err(("cannot touch", errno)),
        Err(Errno::EACCES) => return Err(("cannot touch", Errno::EACCES)),
        Err(errno) => return Err(("setting times of", errno)),
    }
    let flags = OpenFlags::WRITE | OpenFlags::CREATE | OpenFlags::NON_BLOCK | OpenFlags::NO_CTTY;
    let fd = cx.process.open(path, flags, Mode::new(0o666)).await.map_err(|errno| ("cannot touch", errno))?;
    let set = cx.process.futimes(fd, times.atime, times.mtime);
    let closed = cx.process.close(fd);
    set.and(closed).map_err(|errno| ("setting times of", errno))
}
