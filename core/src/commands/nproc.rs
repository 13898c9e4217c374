//! `nproc`: prints the number of processors.

use crate::abi::ExitStatus;
use crate::program::Takes::{Argument, Nothing};
use crate::program::{Category, Choice, Command, Context, Example, boxed, parse_count, quote_locale};

/// The command.
pub static COMMAND: Command = Command {
    name: "nproc",
    aliases: &[],
    summary: "print the number of processing units available",
    usage: &["[OPTION]..."],
    description: "Print the number of processing units available to the current process. A machine has one.",
    options: &[
        Choice::long('a', "all", Nothing, "print the number of installed processors"),
        Choice::long('i', "ignore", Argument("N"), "if possible, exclude N processing units"),
    ],
    examples: &[Example { script: "nproc", output: "1\n" }],
    standard: "https://www.gnu.org/software/coreutils/manual/html_node/nproc-invocation.html",
    category: Category::System,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    if let Some(number) = parsed.value('i').filter(|number| parse_count(number, b"").is_err()) {
        cx.error(&[b"invalid number: ", &quote_locale(number)[..]].concat()).await;
        return cx.finish().await;
    }
    if let Some(extra) = parsed.operands.first() {
        return cx.usage_error(1, &[b"extra operand ", &quote_locale(extra)[..]].concat()).await;
    }
    cx.out.put(b"1\n");
    cx.finish().await
}
