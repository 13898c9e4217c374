//! `rev`: reverses the characters of each line.

use crate::abi::{ExitStatus, Result};
use crate::program::{Category, Command, Context, Example, Input, boxed};
use bstr::ByteSlice;

/// The command.
pub static COMMAND: Command = Command {
    name: "rev",
    aliases: &[],
    summary: "reverse lines characterwise",
    usage: &["[FILE]..."],
    description: "Print each line with its characters in reverse. With no FILE, read standard input.",
    options: &[],
    examples: &[Example { script: "echo hello | rev", output: "olleh\n" }],
    standard: "https://man7.org/linux/man-pages/man1/rev.1.html",
    category: Category::Text,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let mut operands = parsed.operands;
    if operands.is_empty() {
        operands.push(b"-".to_vec());
    }
    for operand in &operands {
        let mut input = match cx.open_input(operand).await {
            Ok(input) => input,
            Err(errno) => {
                cx.error(&[b"cannot open ", &operand[..], b": ", errno.message().as_bytes()].concat()).await;
                continue;
            }
        };
        if let Err(errno) = copy(&mut cx, &mut input).await {
            if cx.out.ready().await.is_err() {
                break;
            }
            cx.failed(operand, errno).await;
        }
        cx.close(&input);
    }
    cx.finish().await
}

async fn copy(cx: &mut Context, input: &mut Input) -> Result<()> {
    loop {
        let records = input.fill_records(b'\n').await?;
        if records.is_empty() {
            return Ok(());
        }
        let count = records.len();
        for line in records.split_inclusive(|&byte| byte == b'\n') {
            let (text, end) = line.strip_suffix(b"\n").map_or((line, false), |text| (text, true));
            // A byte that belongs to no character is one.
            for (start, stop, _) in text.char_indices().rev() {
                cx.out.put(text.get(start..stop).unwrap_or_default());
            }
            if end {
                cx.out.push(b'\n');
            }
        }
        input.consume(count);
        cx.process.step(u32::try_from(count / 16).unwrap_or(u32::MAX)).await;
        cx.out.ready().await?;
    }
}
