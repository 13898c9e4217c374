//! `date`: prints the time of day, or another time.

use crate::abi::{Errno, ExitStatus, Time};
use crate::calendar::{Zone, format_time, parse_date, parse_stamp};
use crate::program::Takes::{Argument, MaybeArgument, Nothing};
use crate::program::{Category, Choice, Command, Context, Example, Parsed, boxed, match_word, option, quote_locale};

/// The command.
pub static COMMAND: Command = Command {
    name: "date",
    aliases: &[],
    summary: "print or set the system date and time",
    usage: &["[OPTION]... [+FORMAT]", "[-u|--utc|--universal] [MMDDhhmm[[CC]YY][.ss]]"],
    description: "Display date and time in the given FORMAT. The zone is the value of TZ, as in TZ=EST5EDT.\n\
                  The clock is the host's: setting it is refused.",
    options: &[
        option('d', "date", Argument("STRING"), "display time described by STRING, not 'now'"),
        option('f', "file", Argument("DATEFILE"), "like --date; once for each line of DATEFILE"),
        option('I', "iso-8601", MaybeArgument("FMT"), "ISO 8601 format: date, hours, minutes, seconds or ns"),
        Choice::long('Q', "resolution", Nothing, "output the available resolution of timestamps"),
        option('R', "rfc-email", Nothing, "output date and time in RFC 5322 format"),
        option('R', "rfc-822", Nothing, ""),
        option('R', "rfc-2822", Nothing, ""),
        Choice::long('3', "rfc-3339", Argument("FMT"), "RFC 3339 format: date, seconds or ns"),
        option('r', "reference", Argument("FILE"), "display the last modification time of FILE"),
        option('s', "set", Argument("STRING"), "set time described by STRING"),
        option('u', "utc", Nothing, "print or set Coordinated Universal Time (UTC)"),
        option('u', "universal", Nothing, ""),
        option('u', "uct", Nothing, ""),
    ],
    examples: &[
        Example { script: "date -u -d '2024-02-28 +2 days' '+%F, a %A'", output: "2024-03-01, a Friday\n" },
        Example { script: "date -u -d @1000000000 -Iseconds", output: "2001-09-09T01:46:40+00:00\n" },
        Example { script: "TZ=EST5EDT date -d '2024-07-01 12:00 UTC' +%R", output: "08:00\n" },
    ],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/date.html",
    category: Category::System,
    run: |cx| boxed(run(cx)),
};

/// What is printed when nothing else is asked for, in the C locale.
const DEFAULT_FORMAT: &[u8] = b"%a %b %e %H:%M:%S %Z %Y";

const ISO_FORMATS: [(&str, &[u8]); 5] = [
    ("hours", b"%Y-%m-%dT%H%:z"),
    ("minutes", b"%Y-%m-%dT%H:%M%:z"),
    ("date", b"%Y-%m-%d"),
    ("seconds", b"%Y-%m-%dT%H:%M:%S%:z"),
    ("ns", b"%Y-%m-%dT%H:%M:%S,%N%:z"),
];

const RFC_3339_FORMATS: [(&str, &[u8]); 3] =
    [("date", b"%Y-%m-%d"), ("seconds", b"%Y-%m-%d %H:%M:%S%:z"), ("ns", b"%Y-%m-%d %H:%M:%S.%N%:z")];

/// The clock of whoever asks.
struct Clock {
    now: Time,
    /// The value of `TZ`.
    tz: Vec<u8>,
}

impl Clock {
    /// The time that a text describes.
    fn parse(&self, text: &[u8]) -> Option<Time> {
        self.settle(|zone| parse_date(text, self.now, zone))
    }

    /// The time that an operand `MMDDhhmm[[CC]YY][.ss]` sets.
    fn parse_operand(&self, text: &[u8]) -> Option<Time> {
        let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (date, seconds) = text.split_at(digits);
        let (day, year) = date.split_at_checked(8)?;
        let stamp = [year, day, seconds].concat();
        self.settle(|zone| parse_stamp(&stamp, self.now, zone))
    }

    /// Reads a time by the zone of now, and again by that which is in force at the time found.
    fn settle(&self, read: impl Fn(&Zone) -> Option<Time>) -> Option<Time> {
        let zone = Zone::in_force(&self.tz, self.now);
        let found = read(&zone)?;
        let then = Zone::in_force(&self.tz, found);
        if then == zone { Some(found) } else { read(&then) }
    }

    fn put(&self, time: Time, format: &[u8], out: &mut Vec<u8>) {
        format_time(format, time, &Zone::in_force(&self.tz, time), out);
        out.push(b'\n');
    }
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let mut format = match option_format(&parsed) {
        Ok(format) => format,
        Err(Refusal::Usage(message)) => return cx.usage_error(1, &message).await,
        Err(Refusal::Plain(message)) => return refuse(cx, message).await,
    };
    let sources = ['d', 'f', 'r', 'Q'].into_iter().filter(|&id| parsed.has(id)).count();
    if sources > 1 {
        return cx.usage_error(1, b"the options to specify dates for printing are mutually exclusive").await;
    }
    if sources > 0 && parsed.has('s') {
        return cx.usage_error(1, b"the options to print and set the time may not be used together").await;
    }
    if let Some(extra) = parsed.operands.get(1) {
        return cx.usage_error(1, &[b"extra operand ", &quote_locale(extra)[..]].concat()).await;
    }
    let mut stamp = None;
    match parsed.operands.first().map(|operand| (operand, operand.strip_prefix(b"+"))) {
        Some((_, Some(_))) if format.is_some() => return refuse(cx, MULTIPLE_FORMATS).await,
        Some((_, Some(own))) => format = Some(own.to_vec()),
        Some((operand, None)) if sources > 0 || parsed.has('s') => {
            let message = [
                b"the argument ",
                &quote_locale(operand)[..],
                b" lacks a leading '+';\nwhen using an option to specify date(s), any non-option\n\
                  argument must be a format string beginning with '+'",
            ];
            return cx.usage_error(1, &message.concat()).await;
        }
        Some((operand, None)) => stamp = Some(operand.clone()),
        None => {}
    }
    let default = if parsed.has('Q') { &b"%s.%N"[..] } else { DEFAULT_FORMAT };
    let format = format.unwrap_or_else(|| default.to_vec());
    let tz = if parsed.has('u') { b"UTC0".to_vec() } else { cx.process.env(b"TZ").unwrap_or_default().to_vec() };
    let clock = Clock { now: cx.process.now(), tz };
    if let Some(file) = parsed.value('f') {
        each_line(&mut cx, &clock, file, &format).await;
        return cx.finish().await;
    }
    let time = match source(&mut cx, &parsed, stamp.as_deref(), &clock).await {
        Ok(time) => time,
        Err(message) => return refuse(cx, message).await,
    };
    if parsed.has('s') || stamp.is_some() {
        let message = format!("cannot set date: {}", Errno::EPERM.message());
        cx.error(message.as_bytes()).await;
    }
    let mut line = Vec::new();
    clock.put(time, &format, &mut line);
    cx.out.put(&line);
    cx.finish().await
}

/// Ends with a message alone.
async fn refuse(mut cx: Context, message: impl AsRef<[u8]>) -> ExitStatus {
    cx.error(message.as_ref()).await;
    cx.finish().await
}

const MULTIPLE_FORMATS: &str = "multiple output formats specified";

/// Why options are refused, with or without a hint at the help.
enum Refusal {
    Usage(Vec<u8>),
    Plain(&'static str),
}

/// The format that the options name.
fn option_format(parsed: &Parsed) -> Result<Option<Vec<u8>>, Refusal> {
    let mut format = None;
    for (id, value) in &parsed.options {
        let word = value.as_deref().unwrap_or(b"date");
        let named = match id {
            'I' => match_word(word, "--iso-8601", &ISO_FORMATS).map_err(Refusal::Usage)?,
            '3' => match_word(word, "--rfc-3339", &RFC_3339_FORMATS).map_err(Refusal::Usage)?,
            'R' => b"%a, %d %b %Y %H:%M:%S %z",
            _ => continue,
        };
        if format.replace(named.to_vec()).is_some() {
            return Err(Refusal::Plain(MULTIPLE_FORMATS));
        }
    }
    Ok(format)
}

/// The time to be printed, or what is wrong.
async fn source(cx: &mut Context, parsed: &Parsed, stamp: Option<&[u8]>, clock: &Clock) -> Result<Time, Vec<u8>> {
    let invalid = |text: &[u8]| [b"invalid date ", &quote_locale(text)[..]].concat();
    if let Some(stamp) = stamp {
        return clock.parse_operand(stamp).ok_or_else(|| invalid(stamp));
    }
    if let Some(text) = parsed.value('s').or_else(|| parsed.value('d')) {
        return clock.parse(text).ok_or_else(|| invalid(text));
    }
    if let Some(file) = parsed.value('r') {
        let stat = cx.process.stat(file).await;
        return stat
            .map(|stat| stat.mtime)
            .map_err(|errno| [&quote_file(file)[..], b": ", errno.message().as_bytes()].concat());
    }
    if parsed.has('Q') {
        return Ok(Time { secs: 0, nanos: 1 });
    }
    Ok(clock.now)
}

/// A name as the messages of an open or stat show it: in quotes only where it needs them.
fn quote_file(name: &[u8]) -> Vec<u8> {
    crate::program::QuotingStyle::ShellEscape.quote(name)
}

/// `-f`: prints the time of each line.
async fn each_line(cx: &mut Context, clock: &Clock, file: &[u8], format: &[u8]) {
    let mut input = match cx.open_input(file).await {
        Ok(input) => input,
        Err(errno) => return cx.failed(&quote_file(file), errno).await,
    };
    let mut line = Vec::new();
    loop {
        match input.read_line(&mut line).await {
            Ok(Some(_)) => {}
            Ok(None) => break,
            Err(errno) => {
                cx.failed(&quote_file(file), errno).await;
                break;
            }
        }
        match clock.parse(&line) {
            Some(time) => {
                let mut text = Vec::new();
                clock.put(time, format, &mut text);
                cx.out.put(&text);
            }
            None => cx.error(&[b"invalid date ", &quote_locale(&line)[..]].concat()).await,
        }
        if cx.out.ready().await.is_err() {
            break;
        }
    }
    cx.close(&input);
}
