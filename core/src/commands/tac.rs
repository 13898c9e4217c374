//! `tac`: prints records in reverse.

use crate::abi::{ExitStatus, Result};
use crate::program::Takes::{Argument, Nothing};
use crate::program::{Category, Command, Context, Example, boxed, option, quote};
use crate::regex::{Regex, RegexError, Syntax};

/// The command.
pub static COMMAND: Command = Command {
    name: "tac",
    aliases: &[],
    summary: "concatenate and print files in reverse",
    usage: &["[OPTION]... [FILE]..."],
    description: "Write each FILE to standard output, last line first.\n\n\
                  With no FILE, or when FILE is -, read standard input.",
    options: &[
        option('b', "before", Nothing, "attach the separator before instead of after"),
        option('r', "regex", Nothing, "interpret the separator as a regular expression"),
        option('s', "separator", Argument("STRING"), "use STRING as the separator instead of newline"),
    ],
    examples: &[Example { script: "seq 3 | tac", output: "3\n2\n1\n" }],
    standard: "https://www.gnu.org/software/coreutils/manual/html_node/tac-invocation.html",
    category: Category::Text,
    run: |cx| boxed(run(cx)),
};

/// Records that are put before the output is written.
const RECORDS_AT_ONCE: usize = 256;

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let separator = parsed.value('s').unwrap_or(b"\n").to_vec();
    let regex = if parsed.has('r') {
        match Regex::new(&separator, Syntax::basic()) {
            Ok(regex) => Some(regex),
            Err(error) => {
                cx.error(error.message().as_bytes()).await;
                return cx.finish().await;
            }
        }
    } else {
        None
    };
    // An empty string stands for NUL.
    let separator = if separator.is_empty() { vec![0] } else { separator };
    let mut operands = parsed.operands.clone();
    if operands.is_empty() {
        operands.push(b"-".to_vec());
    }
    for operand in &operands {
        let mut input = match cx.open_input(operand).await {
            Ok(input) => input,
            Err(errno) => {
                let reason = errno.message().as_bytes();
                cx.error(&[b"failed to open ", &quote(operand)[..], b" for reading: ", reason].concat()).await;
                continue;
            }
        };
        let mut text = Vec::new();
        if let Err(errno) = input.read_to_end(&mut text).await {
            let name: &[u8] = if operand == b"-" { b"standard input" } else { operand };
            cx.error(&[name, b": read error: ", errno.message().as_bytes()].concat()).await;
            cx.close(&input);
            continue;
        }
        cx.close(&input);
        let found = match &regex {
            None => Ok(literals(&text, &separator)),
            Some(regex) => matches(&text, regex),
        };
        let separators = match found {
            Ok(separators) => separators,
            Err(error) => {
                cx.error(error.message().as_bytes()).await;
                continue;
            }
        };
        if put_reversed(&mut cx, &text, &separators, parsed.has('b')).await.is_err() {
            break;
        }
    }
    cx.finish().await
}

/// Where a separator starts and ends.
type Span = (usize, usize);

fn literals(text: &[u8], separator: &[u8]) -> Vec<Span> {
    memchr::memmem::find_iter(text, separator).map(|at| (at, at + separator.len())).collect()
}

fn matches(text: &[u8], regex: &Regex) -> Result<Vec<Span>, RegexError> {
    let mut spans = Vec::new();
    let mut from = 0;
    while let Some((start, end)) = regex.find_at(text, from)? {
        if start < end {
            spans.push((start, end));
        }
        from = end.max(start + 1);
    }
    Ok(spans)
}

async fn put_reversed(cx: &mut Context, text: &[u8], separators: &[Span], before: bool) -> Result<()> {
    let mut end = text.len();
    for (count, &(from, to)) in separators.iter().rev().enumerate() {
        let cut = if before { from } else { to };
        cx.out.put(text.get(cut..end).unwrap_or_default());
        end = cut;
        if count % RECORDS_AT_ONCE == 0 {
            cx.out.ready().await?;
        }
    }
    cx.out.put(text.get(..end).unwrap_or_default());
    cx.out.ready().await
}
