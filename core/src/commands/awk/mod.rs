//! `awk`: scans records for patterns and acts on them.

mod code;
mod format;
mod lex;
mod parse;
mod record;
mod run;
mod streams;
mod text;
mod value;

use crate::abi::ExitStatus;
use crate::program::Takes::Argument;
use crate::program::{Category, Command, Context, Example, boxed, is_utf8, option, read_file};
use run::Machine;

/// The command.
pub static COMMAND: Command = Command {
    name: "awk",
    aliases: &["gawk", "mawk", "nawk"],
    summary: "pattern scanning and text processing language",
    usage: &["[-F fs] [-v var=value] 'program' [file ...]", "[-F fs] [-v var=value] -f progfile [file ...]"],
    description: "Run the actions of the program for the records of the files (or of standard input) that fit its \
                  patterns. The language is that of POSIX.",
    options: &[
        option('F', "field-separator", Argument("fs"), "use fs as the input field separator"),
        option('f', "file", Argument("progfile"), "read the program from progfile"),
        option('v', "assign", Argument("var=value"), "assign value to var before the program begins"),
    ],
    examples: &[
        Example { script: "printf 'a 1\\nb 2\\n' | awk '{ sum += $2 } END { print sum }'", output: "3\n" },
        Example { script: "echo a:b:c | awk -F: '{ print $3, NF }'", output: "c 3\n" },
    ],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/awk.html",
    category: Category::Text,
    run: |cx| boxed(run(cx)),
};

/// What it ends with when the program or its use is wrong.
const TROUBLE: u8 = 2;

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse_as(TROUBLE, true).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let mut operands = parsed.operands.clone();
    let mut text = Vec::new();
    for name in parsed.values('f') {
        let file = if name == b"-" { b"/dev/stdin" } else { name };
        match read_file(&cx.process, file).await {
            Ok(piece) => {
                text.extend_from_slice(&piece);
                text.push(b'\n');
            }
            Err(errno) => {
                cx.cannot("couldn't open file", name, errno).await;
                cx.status = TROUBLE;
                return cx.finish().await;
            }
        }
    }
    if !parsed.has('f') {
        if operands.is_empty() {
            let usage = cx.command.help_text(&cx.name);
            cx.write_error(&usage).await;
            return ExitStatus::Exited(TROUBLE);
        }
        text = operands.remove(0);
    }
    let utf8 = is_utf8(&cx.process);
    let program = match parse::compile(&text, utf8) {
        Ok(program) => program,
        Err(message) => {
            cx.error(message.as_bytes()).await;
            cx.status = TROUBLE;
            return cx.finish().await;
        }
    };
    let mut machine = Machine::new(program, &cx, operands, utf8);
    if let Some(separator) = parsed.value('F') {
        machine.assign_text(b"FS", separator);
    }
    for assignment in parsed.values('v') {
        let at = memchr::memchr(b'=', assignment).filter(|at| text::is_name(assignment.get(..*at).unwrap_or_default()));
        let Some(at) = at else {
            cx.error(&[b"improper assignment: -v ", assignment].concat()).await;
            cx.status = TROUBLE;
            return cx.finish().await;
        };
        machine.assign_text(assignment.get(..at).unwrap_or_default(), assignment.get(at + 1..).unwrap_or_default());
    }
    machine.all(&mut cx).await;
    cx.finish().await
}
