//! `kill`: sends signals to processes, as the one of procps does.

use crate::abi::{ExitStatus, Signal};
use crate::program::Takes::{Argument, MaybeArgument, Nothing};
use crate::program::{Category, Choice, Command, Context, Example, boxed, option};

/// The command.
pub static COMMAND: Command = Command {
    name: "kill",
    aliases: &[],
    summary: "send a signal to a process",
    usage: &["[OPTION]... PID..."],
    description: "Send a signal (SIGTERM unless another is given) to every PID listed: a process, 0 for the\n\
                  own process group, -1 for all processes, -N for process group N.",
    options: &[
        option('s', "signal", Argument("SIGNAL"), "the signal to be sent; also -SIGNAL"),
        option('q', "queue", Argument("VALUE"), "integer value to be sent with the signal (ignored)"),
        option('l', "list", MaybeArgument("SIGNAL"), "list all signal names, or convert one to a name"),
        option('L', "table", Nothing, "list all signal names in a nice table"),
        Choice { id: 'h', short: 'h', long: "help", takes: Nothing, help: "" },
        Choice { id: 'V', short: 'V', long: "version", takes: Nothing, help: "" },
    ],
    examples: &[Example { script: "/bin/kill -l 9", output: "KILL\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/kill.html",
    category: Category::System,
    run: |cx| boxed(run(cx)),
};

/// What the words ask for.
#[derive(Default)]
struct Request {
    /// As it was written.
    signal: Option<Vec<u8>>,
    pids: Vec<Vec<u8>>,
}

async fn run(mut cx: Context) -> ExitStatus {
    let words = std::mem::take(&mut cx.words);
    let mut request = Request::default();
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        let Some(option) = word.strip_prefix(b"-").filter(|_| request.pids.is_empty()) else {
            request.pids.push(word.clone());
            continue;
        };
        let (name, attached) = match option.iter().position(|&byte| byte == b'=') {
            Some(at) => (&option[..at], Some(option[at + 1..].to_vec())),
            None => (option, None),
        };
        match name {
            b"-" => {
                request.pids.extend(rest.by_ref().cloned());
                break;
            }
            b"-help" | b"h" => return show_help(cx).await,
            b"-version" | b"V" => {
                cx.words = vec![b"--version".to_vec()];
                return match cx.parse(1).await {
                    Ok(_) => cx.finish().await,
                    Err(status) => status,
                };
            }
            b"l" | b"-list" => return list(cx, attached.as_deref().or(rest.next().map(Vec::as_slice))).await,
            b"L" | b"-table" => {
                put_table(cx.out.buffer());
                return cx.finish().await;
            }
            b"s" | b"-signal" | b"q" | b"-queue" => {
                let Some(value) = attached.or_else(|| rest.next().cloned()) else {
                    return invalid(cx, name).await;
                };
                if matches!(name, b"s" | b"-signal") {
                    request.signal = Some(value);
                }
            }
            [b's', attached @ ..] if Signal::from_name(name).is_none() => {
                request.signal = Some(attached.to_vec());
            }
            _ if signal_of(name).is_some() => request.signal = Some(name.to_vec()),
            // `kill -TERM -5`: a group.
            _ if request.signal.is_some() && name.iter().all(u8::is_ascii_digit) => {
                request.pids.push(word.clone());
            }
            _ => return invalid(cx, name).await,
        }
    }
    if request.pids.is_empty() {
        cx.status = 1;
        return show_help(cx).await;
    }
    send(cx, &request).await
}

/// A signal by name or number; 0 (`Some(None)`) only asks whether the process is there.
fn signal_of(text: &[u8]) -> Option<Option<Signal>> {
    match std::str::from_utf8(text).ok()?.parse::<u8>() {
        Ok(0) => Some(None),
        Ok(number) => Signal::from_number(number).map(Some),
        Err(_) => Signal::from_name(text).map(Some),
    }
}

async fn send(mut cx: Context, request: &Request) -> ExitStatus {
    for word in &request.pids {
        let number = std::str::from_utf8(word).ok().and_then(|text| text.parse::<i64>().ok());
        let Some(pid) = number else {
            let reason: &[u8] = if word.is_empty() { b": No such file or directory" } else { b"" };
            cx.error(&[b"failed to parse argument: '", &word[..], b"'", reason].concat()).await;
            return cx.finish().await;
        };
        let signal = match &request.signal {
            None => Ok(Some(Signal::TERM)),
            Some(text) => signal_of(text).ok_or(crate::abi::Errno::EINVAL),
        };
        let result = match signal {
            Ok(signal) => cx.process.kill(pid, signal).await,
            // The process is looked for first.
            Err(errno) => cx.process.kill(pid, None).await.and(Err(errno)),
        };
        if let Err(errno) = result {
            cx.error(format!("({pid}): {}", errno.message()).as_bytes()).await;
        }
    }
    cx.finish().await
}

async fn invalid(mut cx: Context, name: &[u8]) -> ExitStatus {
    cx.error(&[b"invalid argument ", name].concat()).await;
    show_help(cx).await
}

/// The help, to standard error after a mistake.
async fn show_help(mut cx: Context) -> ExitStatus {
    let text = cx.command.help_text(&cx.name);
    if cx.status == 0 {
        cx.out.put(&text);
    } else {
        cx.write_error(&text).await;
    }
    cx.finish().await
}

/// `-l`: all names, the name of a number or status, or the number of a name.
async fn list(mut cx: Context, what: Option<&[u8]>) -> ExitStatus {
    let Some(what) = what.filter(|what| !what.starts_with(b"-")) else {
        let names: Vec<&str> = Signal::standard().map(listed_name).collect();
        for line in names.chunks(16) {
            cx.out.put(line.join(" ").as_bytes());
            cx.out.push(b'\n');
        }
        return cx.finish().await;
    };
    match signal_of(what) {
        Some(Some(signal)) if what.iter().all(u8::is_ascii_digit) => cx.out.put(listed_name(signal).as_bytes()),
        Some(signal) => cx.out.put(signal.map_or(0, Signal::number).to_string().as_bytes()),
        None => {
            cx.error(&[b"unknown signal name ", what].concat()).await;
            cx.status = 0;
            return cx.finish().await;
        }
    }
    cx.out.push(b'\n');
    cx.finish().await
}

/// The kernel knows signal 29 by two names; this command by the other one.
fn listed_name(signal: Signal) -> &'static str {
    if signal == Signal::IO { "POLL" } else { signal.name() }
}

/// `-L`: seven to a line.
fn put_table(out: &mut Vec<u8>) {
    for signal in Signal::standard() {
        let name = listed_name(signal);
        let number = signal.number();
        out.extend_from_slice(format!("{number:2} ").as_bytes());
        match number % 7 {
            0 => out.extend_from_slice(format!("{name}\n").as_bytes()),
            _ => out.extend_from_slice(format!("{name:<8}").as_bytes()),
        }
    }
    out.push(b'\n');
}
