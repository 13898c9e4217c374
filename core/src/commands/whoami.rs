//! `whoami`: prints the effective user's name.

use crate::abi::ExitStatus;
use crate::program::{Category, Command, Context, Example, Names, boxed, quote_locale};

/// The command.
pub static COMMAND: Command = Command {
    name: "whoami",
    aliases: &[],
    summary: "print effective user name",
    usage: &["[OPTION]..."],
    description: "Print the user name associated with the current effective user ID. Same as id -un.",
    options: &[],
    examples: &[Example { script: "whoami", output: "root\n" }],
    standard: "https://www.gnu.org/software/coreutils/manual/html_node/whoami-invocation.html",
    category: Category::Users,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    let operands = match cx.parse(1).await {
        Ok(parsed) => parsed.operands,
        Err(status) => return status,
    };
    if let Some(extra) = operands.first() {
        return cx.usage_error(1, &[b"extra operand ", &quote_locale(extra)[..]].concat()).await;
    }
    let uid = cx.process.credentials().euid;
    match Names::read(&cx.process).await.accounts().user_name(uid) {
        Some(name) => cx.out.put(&[name, b"\n"].concat()),
        None => cx.error(format!("cannot find name for user ID {uid}").as_bytes()).await,
    }
    cx.finish().await
}
