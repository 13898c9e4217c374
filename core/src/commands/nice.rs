//! `nice`: runs a command with another scheduling priority.

use crate::abi::{Errno, ExitStatus};
use crate::program::Takes::Argument;
use crate::program::{Category, Command, Context, Example, boxed, exec_by_name, option, quote_locale};

/// The command.
pub static COMMAND: Command = Command {
    name: "nice",
    aliases: &[],
    summary: "run a program with modified scheduling priority",
    usage: &["[OPTION] [COMMAND [ARG]...]"],
    description: "Run COMMAND with an adjusted niceness. With no COMMAND, print the current niceness.\n\
                  Niceness values range from -20 (most favorable) to 19 (least favorable).",
    options: &[option('n', "adjustment", Argument("N"), "add integer N to the niceness (default 10)")],
    examples: &[Example { script: "nice -n 5 nice", output: "5\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/nice.html",
    category: Category::System,
    run: |cx| boxed(run(cx)),
};

/// Status of a failure of its own.
const FAILED: u8 = 125;

async fn run(mut cx: Context) -> ExitStatus {
    // The old form: `nice -5`.
    if let Some(word) = cx.words.first_mut()
        && let Some(number) = word.strip_prefix(b"-")
        && number.strip_prefix(b"-").unwrap_or(number).iter().all(u8::is_ascii_digit)
        && number.iter().any(u8::is_ascii_digit)
    {
        *word = [b"-n", number].concat();
    }
    let parsed = match cx.parse_as(FAILED, true).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let current = i64::from(cx.process.nice());
    let mut adjustment = 10;
    if let Some(text) = parsed.value('n') {
        let number = std::str::from_utf8(text).ok().and_then(|text| text.parse::<i64>().ok());
        let Some(number) = number else {
            cx.error(&[b"invalid adjustment ", &quote_locale(text)[..]].concat()).await;
            cx.status = FAILED;
            return cx.finish().await;
        };
        adjustment = number.clamp(-39, 39);
    }
    if parsed.operands.is_empty() {
        if parsed.has('n') {
            return cx.usage_error(FAILED, b"a command must be given with an adjustment").await;
        }
        cx.out.put(format!("{current}\n").as_bytes());
        return cx.finish().await;
    }
    if let Err(errno) = cx.process.set_nice((current + adjustment).clamp(-20, 19) as i8) {
        cx.error(format!("cannot set niceness: {}", errno.message()).as_bytes()).await;
        cx.status = 0;
    }
    let program = parsed.operands.first().cloned().unwrap_or_default();
    let errno = exec_by_name(&cx.process, parsed.operands, cx.process.environment()).await;
    cx.failed(&quote_locale(&program), errno).await;
    cx.status = if errno == Errno::ENOENT { 127 } else { 126 };
    cx.finish().await
}
