//! `sleep`: waits.

use crate::abi::{Errno, ExitStatus};
use crate::program::{Category, Command, Context, Example, Extended, Layout, boxed, format_float, quote_locale};

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
        match interval(operand) {
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

/// Nanoseconds of `1.5h`; the largest number for what is longer than that.
fn interval(text: &[u8]) -> Option<u64> {
    let parsed = Extended::parse(text);
    let seconds = match text.get(parsed.length..)? {
        b"" | b"s" => 1,
        b"m" => 60,
        b"h" => 3600,
        b"d" => 86_400,
        _ => return None,
    };
    let number = parsed.value;
    let is_number = number.compare(Extended::ZERO)?.is_ge();
    if parsed.length == 0 || !is_number {
        return None;
    }
    let nanos = number.times(Extended::from_integer(seconds * 1_000_000_000));
    let mut digits = Vec::new();
    let layout = Layout { precision: Some(0), ..Layout::default() };
    format_float(nanos, b'f', &layout, &mut digits);
    Some(std::str::from_utf8(&digits).ok().and_then(|digits| digits.parse().ok()).unwrap_or(u64::MAX))
}
