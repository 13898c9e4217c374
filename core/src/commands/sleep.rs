//! `sleep`: waits.

use crate::abi::{Errno, ExitStatus};
use crate::program::{Category, Command, Context, Example, boxed, parse_interval, quote_locale};

/// The command.
pub static COMMAND: Command = Command {
    name: "sleep",
    aliases: &[],
    summary: "delay for a specified amount of time",
    usage: &["NUMBER[SUFFIX]...", "OPTION"],
    description: "Pause for NUMBER seconds. SUFFIX may be 's' for seconds (the default), 'm' for minutes,\n\
                  'h' for hours or 'd' for days. NUMBER may be a fraction. Given two or more arguments,\n\
                  pause for the amount of time specified by the sum of their values.",
    options: &[],
    examples: &[Example { script: "sleep 0.1 && echo later", output: "later\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/sleep.html",
    category: Category::Shell,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    let operands = match cx.parse(1).await {
        Ok(parsed) => parsed.operands,
        Err(status) => return status,
    };
    if operands.is_empty() {
        return cx.usage_error(1, b"missing operand").await;
    }
    let mut nanos = 0_u64;
    let mut wrong: Option<Vec<u8>> = None;
    for operand in &operands {
        match parse_interval(operand) {
            Some(more) => nanos = nanos.saturating_add(more),
            None => {
                let message = [b"invalid time interval ", &quote_locale(operand)[..]].concat();
                if let Some(before) = wrong.replace(message) {
                    cx.error(&before).await;
                }
            }
        }
    }
    if let Some(message) = wrong {
        return cx.usage_error(1, &message).await;
    }
    // A caught signal has no handler here: sleep on for what is left.
    let end = cx.process.uptime_nanos().saturating_add(nanos);
    while let Err(Errno::EINTR) = cx.process.sleep(end.saturating_sub(cx.process.uptime_nanos())).await {}
    cx.finish().await
}
