//! `tee`: copies its input to its output and to files.

use crate::abi::{Errno, ExitStatus, Fd, Mode, OpenFlags, STDIN, STDOUT, Signal};
use crate::kernel::Disposition;
use crate::program::Takes::{MaybeArgument, Nothing};
use crate::program::{Category, Choice, Command, Context, Example, QuotingStyle, boxed, match_word, option};

/// The command.
pub static COMMAND: Command = Command {
    name: "tee",
    aliases: &[],
    summary: "read from standard input and write to standard output and files",
    usage: &["[OPTION]... [FILE]..."],
    description: "Copy standard input to each FILE, and also to standard output.\n\n\
                  MODE says what is done when an output cannot be written: warn, warn-nopipe (the same, but \
                  without\na word about pipes; the default of -p and --output-error), exit or exit-nopipe. \
                  Without either\noption, a pipe without a reader ends the command and other failures are told.",
    options: &[
        option('a', "append", Nothing, "append to the given FILEs, do not overwrite"),
        option('i', "ignore-interrupts", Nothing, "ignore interrupt signals"),
        option('p', "", Nothing, "diagnose errors writing to non pipes"),
        Choice::long('E', "output-error", MaybeArgument("MODE"), "set behavior on write error"),
    ],
    examples: &[Example { script: "echo hi | tee a b; cat a b", output: "hi\nhi\nhi\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/tee.html",
    category: Category::Text,
    run: |cx| boxed(run(cx)),
};

/// Bytes that are read at once.
const CHUNK_BYTES: usize = 16 * 1024;

/// What is done when an output cannot be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct OnError {
    /// The command ends.
    exits: bool,
    /// A pipe that nobody reads is only left out.
    spares_pipes: bool,
}

const MODES: [(&str, OnError); 4] = [
    ("warn", OnError { exits: false, spares_pipes: false }),
    ("warn-nopipe", OnError { exits: false, spares_pipes: true }),
    ("exit", OnError { exits: true, spares_pipes: false }),
    ("exit-nopipe", OnError { exits: true, spares_pipes: true }),
];

/// Where the input goes.
struct Target {
    fd: Fd,
    name: Vec<u8>,
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let mut on_error = OnError { exits: false, spares_pipes: true };
    for (id, value) in &parsed.options {
        match (id, value) {
            ('E', Some(word)) => match match_word(word, "--output-error", &MODES) {
                Ok(mode) => on_error = mode,
                Err(message) => return cx.usage_error(1, &message).await,
            },
            ('E' | 'p', _) => on_error = OnError { exits: false, spares_pipes: true },
            _ => {}
        }
    }
    if parsed.has('p') || parsed.has('E') {
        let _ = cx.process.set_disposition(Signal::PIPE, Disposition::Ignore);
    }
    if parsed.has('i') {
        let _ = cx.process.set_disposition(Signal::INT, Disposition::Ignore);
    }
    let flags = if parsed.has('a') { OpenFlags::OUTPUT_APPEND } else { OpenFlags::OUTPUT };
    let mut targets = Vec::new();
    if cx.process.is_open(STDOUT) {
        targets.push(Target { fd: STDOUT, name: b"'standard output'".to_vec() });
    } else {
        // A file may get its descriptor; the output is still missing.
        cx.failed(b"'standard output'", Errno::EBADF).await;
    }
    for operand in &parsed.operands {
        let name = QuotingStyle::ShellEscape.quote(operand);
        match cx.process.open(operand, flags, Mode::new(0o666)).await {
            Ok(fd) => targets.push(Target { fd, name }),
            Err(errno) => {
                cx.failed(&name, errno).await;
                if on_error.exits {
                    return cx.finish().await;
                }
            }
        }
    }
    copy(&mut cx, targets, on_error).await;
    cx.finish().await
}

/// Copies until the input ends or nothing is left to write to.
async fn copy(cx: &mut Context, mut targets: Vec<Target>, on_error: OnError) {
    let mut buffer = vec![0; CHUNK_BYTES];
    while !targets.is_empty() {
        let bytes = match cx.process.read(STDIN, &mut buffer).await {
            Ok(0) => return,
            Ok(count) => buffer.get(..count).unwrap_or_default(),
            Err(errno) => return cx.failed(b"read error", errno).await,
        };
        let mut left = Vec::with_capacity(targets.len());
        for target in targets {
            match cx.process.write_all(target.fd, bytes).await {
                Ok(()) => left.push(target),
                Err(Errno::EPIPE) if on_error.spares_pipes => {}
                Err(errno) => {
                    cx.failed(&target.name, errno).await;
                    if on_error.exits {
                        return;
                    }
                }
            }
        }
        targets = left;
    }
}
