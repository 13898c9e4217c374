//! `fold`: breaks long lines.

use crate::abi::{ExitStatus, Result};
use crate::program::Takes::{Argument, Nothing};
use crate::program::{Category, Choice, Command, Context, CountError, Example, Input, boxed, option, parse_count, quote_locale};

/// The command.
pub static COMMAND: Command = Command {
    name: "fold",
    aliases: &[],
    summary: "wrap each input line to fit in specified width",
    usage: &["[OPTION]... [FILE]..."],
    description: "Wrap input lines in each FILE, writing to standard output.\n\n\
                  With no FILE, or when FILE is -, read standard input. A column is a byte, as in GNU fold.",
    options: &[
        option('b', "bytes", Nothing, "count bytes rather than columns"),
        option('s', "spaces", Nothing, "break at spaces"),
        option('w', "width", Argument("WIDTH"), "use WIDTH columns instead of 80"),
        // -WIDTH is an old form.
        Choice::DIGITS,
    ],
    examples: &[Example { script: "echo 'one two three' | fold -s -w 8", output: "one two \nthree\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/fold.html",
    category: Category::Text,
    run: |cx| boxed(run(cx)),
};

/// How lines are broken, and the line that is being read.
struct Folder {
    width: usize,
    bytes: bool,
    spaces: bool,
    /// What is not printed yet.
    line: Vec<u8>,
    column: usize,
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let mut text: Vec<u8> = Vec::new();
    for (id, value) in &parsed.options {
        match (id, value) {
            ('w', Some(value)) => text.clone_from(value),
            ('0'..='9', _) => text.extend(u8::try_from(*id)),
            _ => {}
        }
    }
    let width = match parse_count(&text, b"") {
        _ if text.is_empty() && !parsed.has('w') => 80,
        Ok(width) if width > 0 => usize::try_from(width).unwrap_or(usize::MAX),
        fault => {
            let range: &[u8] = match fault {
                Err(CountError::Invalid) => b"",
                Ok(_) => b": Numerical result out of range",
                Err(CountError::TooLarge) => b": Value too large for defined data type",
            };
            cx.error(&[b"invalid number of columns: ", &quote_locale(&text)[..], range].concat()).await;
            return cx.finish().await;
        }
    };
    let mut folder =
        Folder { width, bytes: parsed.has('b'), spaces: parsed.has('s'), line: Vec::new(), column: 0 };
    let mut operands = parsed.operands;
    if operands.is_empty() {
        operands.push(b"-".to_vec());
    }
    for operand in &operands {
        let Some(mut input) = cx.open_operand(operand).await else { continue };
        let copied = folder.copy(&mut cx, &mut input).await;
        cx.close(&input);
        if let Err(errno) = copied {
            if cx.out.ready().await.is_err() {
                break;
            }
            cx.failed(operand, errno).await;
        }
    }
    cx.finish().await
}

impl Folder {
    async fn copy(&mut self, cx: &mut Context, input: &mut Input) -> Result<()> {
        loop {
            let bytes = input.fill().await?;
            if bytes.is_empty() {
                cx.out.put(&self.line);
                self.line.clear();
                self.column = 0;
                return Ok(());
            }
            let count = bytes.len();
            for &byte in bytes {
                self.byte(byte, cx.out.buffer());
            }
            input.consume(count);
            cx.process.step(u32::try_from(count / 64).unwrap_or(u32::MAX)).await;
            cx.out.ready().await?;
        }
    }

    fn byte(&mut self, byte: u8, out: &mut Vec<u8>) {
        if byte == b'\n' {
            self.line.push(byte);
            out.append(&mut self.line);
            self.column = 0;
            return;
        }
        let next = self.after(self.column, byte);
        if next > self.width && !self.line.is_empty() {
            self.cut(out);
        }
        self.column = self.after(self.column, byte);
        self.line.push(byte);
    }

    /// Prints what fits, up to the last blank with -s.
    fn cut(&mut self, out: &mut Vec<u8>) {
        let blank = self.line.iter().rposition(|byte| matches!(byte, b' ' | b'\t')).filter(|_| self.spaces);
        let rest = match blank {
            Some(at) => self.line.split_off(at + 1),
            None => Vec::new(),
        };
        out.append(&mut self.line);
        out.push(b'\n');
        self.column = rest.iter().fold(0, |column, &byte| self.after(column, byte));
        self.line = rest;
    }

    /// The column behind a byte.
    fn after(&self, column: usize, byte: u8) -> usize {
        match byte {
            _ if self.bytes => column + 1,
            8 => column.saturating_sub(1),
            b'\r' => 0,
            b'\t' => column + 8 - column % 8,
            _ => column + 1,
        }
    }
}
