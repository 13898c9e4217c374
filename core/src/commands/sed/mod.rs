//! `sed`: edits a stream of lines.

mod files;
mod parse;
mod run;
mod script;
mod substitute;
mod text;

use crate::abi::ExitStatus;
use crate::program::Takes::{Argument, MaybeArgument, Nothing};
use crate::program::{Category, Choice, Command, Context, Example, boxed, is_utf8, option, read_file};
use parse::{Manner, Parser, Source};
use run::Run;
use script::Script;

/// The command.
pub static COMMAND: Command = Command {
    name: "sed",
    aliases: &[],
    summary: "stream editor for filtering and transforming text",
    usage: &["[OPTION]... {script-only-if-no-other-script} [input-file]..."],
    description: "Apply the commands of the script to each line of the input, and print it.\n\n\
                  If no -e, --expression, -f, or --file option is given, then the first non-option argument is taken \
                  as the sed script to interpret. All remaining arguments are names of input files; if no input files \
                  are specified, then the standard input is read. The command e is not supported.",
    options: &[
        option('n', "quiet", Nothing, "suppress automatic printing of pattern space"),
        Choice::long('n', "silent", Nothing, ""),
        option('e', "expression", Argument("script"), "add the script to the commands to be executed"),
        option('f', "file", Argument("script-file"), "add the contents of script-file to the commands to be executed"),
        Choice::long('L', "follow-symlinks", Nothing, "follow symlinks when processing in place"),
        option('i', "in-place", MaybeArgument("SUFFIX"), "edit files in place (makes backup if SUFFIX supplied)"),
        option('l', "line-length", Argument("N"), "specify the desired line-wrap length for the `l' command"),
        Choice::long('p', "posix", Nothing, "disable all GNU extensions"),
        option('E', "regexp-extended", Nothing, "use extended regular expressions in the script"),
        option('r', "", Nothing, ""),
        option('s', "separate", Nothing, "consider files as separate rather than as a single continuous long stream"),
        Choice::long('x', "sandbox", Nothing, "operate in sandbox mode (disable e/r/w commands)"),
        option('u', "unbuffered", Nothing, "load minimal amounts of data and flush the output buffers more often"),
        option('z', "null-data", Nothing, "separate lines by NUL characters"),
        Choice::long('z', "zero-terminated", Nothing, ""),
        Choice::long('D', "debug", Nothing, ""),
    ],
    examples: &[
        Example { script: "echo hello world | sed 's/o/0/g'", output: "hell0 w0rld\n" },
        Example { script: "seq 5 | sed -n '2,4p'", output: "2\n3\n4\n" },
        Example { script: "seq 4 | sed '/2/d; $a end'", output: "1\n3\n4\nend\n" },
    ],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/sed.html",
    category: Category::Text,
    run: |cx| boxed(run(cx)),
};

/// What it ends with when a file cannot be read or written in the middle of the work.
const PANIC: u8 = 4;

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    cx.failure_status = PANIC;
    if parsed.has('D') {
        cx.error(b"--debug is not supported here").await;
        return cx.finish().await;
    }
    let mut operands = parsed.operands.clone();
    // The pieces of the script: the text, and the file's name.
    let mut pieces: Vec<(Vec<u8>, Option<Vec<u8>>)> = Vec::new();
    for (id, value) in &parsed.options {
        let Some(value) = value else { continue };
        match id {
            'e' => pieces.push((value.clone(), None)),
            'f' => {
                let text = match value.as_slice() {
                    b"-" => read_file(&cx.process, b"/dev/stdin").await,
                    name => read_file(&cx.process, name).await,
                };
                match text {
                    Ok(text) => pieces.push((text, Some(value.clone()))),
                    Err(errno) => {
                        cx.error(&[b"couldn't open file ", &value[..], b": ", errno.message().as_bytes()].concat()).await;
                        return cx.finish().await;
                    }
                }
            }
            'l' if !value.iter().all(u8::is_ascii_digit) || value.is_empty() => {
                return cx.usage_error(1, &[b"invalid line length: ", &value[..]].concat()).await;
            }
            _ => {}
        }
    }
    if pieces.is_empty() {
        if operands.is_empty() {
            let text = cx.command.help_text(&cx.name);
            cx.write_error(&text).await;
            return ExitStatus::Exited(1);
        }
        pieces.push((operands.remove(0), None));
    }
    let manner = Manner {
        extended: parsed.has('E') || parsed.has('r'),
        sandbox: parsed.has('x'),
        utf8: is_utf8(&cx.process),
        zero: parsed.has('z'),
    };
    let script = match compile(manner, &pieces) {
        Ok(script) => script,
        Err(message) => {
            let is_late = message.starts_with(b"can't find label");
            cx.error(&message).await;
            cx.status = if is_late { PANIC } else { 1 };
            return cx.finish().await;
        }
    };
    let mut run = Run::new(script, operands, &parsed, &cx);
    run.all(&mut cx).await;
    cx.finish().await
}

fn compile(manner: Manner, pieces: &[(Vec<u8>, Option<Vec<u8>>)]) -> Result<Script, Vec<u8>> {
    let mut parser = Parser::new(manner);
    let mut expressions = 0;
    for (text, file) in pieces {
        let source = match file {
            Some(name) => Source::File(name),
            None => {
                expressions += 1;
                Source::Expression(expressions)
            }
        };
        parser.read(source, text)?;
    }
    parser.finish()
}
