//! `echo`: prints its words.

use crate::abi::ExitStatus;
use crate::program::{Category, Command, Context, Example, Takes::Nothing, boxed, echo, option};

/// The command.
pub static COMMAND: Command = Command {
    name: "echo",
    aliases: &[],
    summary: "display a line of text",
    usage: &["[SHORT-OPTION]... [STRING]...", "LONG-OPTION"],
    description: "Echo the STRING(s) to standard output.\n\n\
                  If -e is in effect, these sequences are recognized:\n\n  \
                  \\\\ backslash, \\a alert, \\b backspace, \\c produce no further output, \\e escape,\n  \
                  \\f form feed, \\n new line, \\r carriage return, \\t tab, \\v vertical tab,\n  \
                  \\0NNN byte with octal value NNN, \\xHH byte with hexadecimal value HH",
    options: &[
        option('n', "", Nothing, "do not output the trailing newline"),
        option('e', "", Nothing, "enable interpretation of backslash escapes"),
        option('E', "", Nothing, "disable interpretation of backslash escapes (default)"),
    ],
    examples: &[Example { script: "/bin/echo -e 'a\\tb'", output: "a\tb\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/echo.html",
    category: Category::Shell,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    let asks = |option: &[u8]| cx.words.len() == 1 && cx.words.first().is_some_and(|word| word == option);
    if asks(b"--help") || asks(b"--version") {
        return match cx.parse(1).await {
            Ok(_) => cx.finish().await,
            Err(status) => status,
        };
    }
    let words: Vec<&[u8]> = cx.words.iter().map(Vec::as_slice).collect();
    echo::render_gnu(&words, cx.out.buffer());
    cx.finish().await
}
