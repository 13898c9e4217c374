//! `printf`: prints its words by a format.

use crate::abi::ExitStatus;
use crate::program::{Category, Command, Context, Example, boxed, printf, QuotingStyle};

/// The command.
pub static COMMAND: Command = Command {
    name: "printf",
    aliases: &[],
    summary: "format and print data",
    usage: &["FORMAT [ARGUMENT]...", "OPTION"],
    description: "Print ARGUMENT(s) according to FORMAT, as the C function printf does. FORMAT is used again\n\
                  as long as there are arguments.\n\n\
                  In FORMAT, \\\" \\\\ \\a \\b \\c \\e \\f \\n \\r \\t \\v, \\NNN (octal), \\xHH, \\uHHHH and \
                  \\UHHHHHHHH are\ninterpreted; the conversions are those of C for d i o u x X f F e E g G a A \
                  c s, and\n  %%      a single %\n  %b      ARGUMENT as a string with '\\' escapes interpreted\n  \
                  %q      ARGUMENT in a form that can be reused as shell input",
    options: &[],
    examples: &[Example { script: "/usr/bin/printf '%03d|%s\\n' 7 a 8 b", output: "007|a\n008|b\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/printf.html",
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
    let words = std::mem::take(&mut cx.words);
    let mut words: Vec<&[u8]> = words.iter().map(Vec::as_slice).collect();
    if words.first() == Some(&&b"--"[..]) {
        words.remove(0);
    }
    let Some((format, args)) = words.split_first() else {
        return cx.usage_error(1, b"missing operand").await;
    };
    let printed = printf::format_gnu(format, args, &|text| QuotingStyle::ShellEscape.quote(text), cx.out.buffer());
    for message in &printed.messages {
        cx.error(message).await;
    }
    cx.status = printed.status;
    cx.finish().await
}
