//! `yes`: prints a line again and again.

use crate::abi::ExitStatus;
use crate::program::{Category, Command, Context, Example, boxed};

/// The command.
pub static COMMAND: Command = Command {
    name: "yes",
    aliases: &[],
    summary: "output a string repeatedly until killed",
    usage: &["[STRING]...", "OPTION"],
    description: "Repeatedly output a line with all specified STRING(s), or 'y'.",
    options: &[],
    examples: &[Example { script: "yes no | head -n 2", output: "no\nno\n" }],
    standard: "https://www.gnu.org/software/coreutils/manual/html_node/yes-invocation.html",
    category: Category::Shell,
    run: |cx| boxed(run(cx)),
};

/// Bytes of one write: many lines at once.
const BLOCK_BYTES: usize = 16 * 1024;

async fn run(mut cx: Context) -> ExitStatus {
    let operands = match cx.parse(1).await {
        Ok(parsed) => parsed.operands,
        Err(status) => return status,
    };
    let mut line = if operands.is_empty() { b"y".to_vec() } else { operands.join(&b' ') };
    line.push(b'\n');
    let block = line.repeat((BLOCK_BYTES / line.len()).max(1));
    loop {
        cx.out.put(&block);
        if cx.out.flush().await.is_err() {
            return cx.finish().await;
        }
    }
}
