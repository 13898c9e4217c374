//! `tty`: prints the terminal's name.

use crate::abi::{ExitStatus, STDIN};
use crate::program::Takes::Nothing;
use crate::program::{Category, Command, Context, boxed, option, quote_locale};

/// The command.
pub static COMMAND: Command = Command {
    name: "tty",
    aliases: &[],
    summary: "print the file name of the terminal connected to standard input",
    usage: &["[OPTION]..."],
    description: "",
    options: &[
        option('s', "silent", Nothing, "print nothing, only return an exit status"),
        option('s', "quiet", Nothing, ""),
    ],
    examples: &[],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/tty.html",
    category: Category::Screen,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(2).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    if let Some(extra) = parsed.operands.first() {
        return cx.usage_error(2, &[b"extra operand ", &quote_locale(extra)[..]].concat()).await;
    }
    let name = cx.process.terminal_name(STDIN);
    cx.status = u8::from(name.is_err());
    if !parsed.has('s') {
        cx.out.put(name.as_deref().unwrap_or(b"not a tty"));
        cx.out.push(b'\n');
    }
    cx.finish().await
}
