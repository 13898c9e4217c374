//! `cat`: prints files one after another.

use crate::abi::{ExitStatus, FileType, STDOUT};
use crate::program::Takes::Nothing;
use crate::program::{Category, Command, Context, Example, Input, Parsed, boxed, option};

/// The command.
pub static COMMAND: Command = Command {
    name: "cat",
    aliases: &[],
    summary: "concatenate files and print on the standard output",
    usage: &["[OPTION]... [FILE]..."],
    description: "Concatenate FILE(s) to standard output.\n\n\
                  With no FILE, or when FILE is -, read standard input.",
    options: &[
        option('b', "number-nonblank", Nothing, "number nonempty output lines, overrides -n"),
        option('n', "number", Nothing, "number all output lines"),
        option('s', "squeeze-blank", Nothing, "suppress repeated empty output lines"),
        option('v', "show-nonprinting", Nothing, "use ^ and M- notation, except for LFD and TAB"),
        option('E', "show-ends", Nothing, "display $ at end of each line"),
        option('T', "show-tabs", Nothing, "display TAB characters as ^I"),
        option('A', "show-all", Nothing, "equivalent to -vET"),
        option('e', "", Nothing, "equivalent to -vE"),
        option('t', "", Nothing, "equivalent to -vT"),
        option('u', "", Nothing, "(ignored)"),
    ],
    examples: &[Example { script: "printf 'a\\n\\n\\nb\\n' | cat -ns", output: "     1\ta\n     2\t\n     3\tb\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/cat.html",
    category: Category::Text,
    run: |cx| boxed(run(cx)),
};

/// What is done to the bytes, and where the output stands.
struct Style {
    number: bool,
    number_nonblank: bool,
    squeeze: bool,
    ends: bool,
    tabs: bool,
    nonprinting: bool,
    line: u64,
    at_line_start: bool,
    blank_lines: u32,
    /// A carriage return that is shown as `^M` if a newline follows (with -E).
    held_return: bool,
}

impl Style {
    fn of(parsed: &Parsed) -> Style {
        let any = |ids: &[char]| ids.iter().any(|&id| parsed.has(id));
        Style {
            number: any(&['n', 'b']),
            number_nonblank: any(&['b']),
            squeeze: any(&['s']),
            ends: any(&['A', 'e', 'E']),
            tabs: any(&['A', 't', 'T']),
            nonprinting: any(&['A', 'e', 't', 'v']),
            line: 0,
            at_line_start: true,
            blank_lines: 0,
            held_return: false,
        }
    }

    fn is_plain(&self) -> bool {
        !(self.number || self.squeeze || self.ends || self.tabs || self.nonprinting)
    }

    fn put(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        for &byte in bytes {
            if std::mem::take(&mut self.held_return) {
                out.extend_from_slice(if byte == b'\n' { b"^M" } else { b"\r" });
            }
            if self.at_line_start {
                if byte == b'\n' {
                    self.blank_lines += 1;
                    if self.squeeze && self.blank_lines > 1 {
                        continue;
                    }
                } else {
                    self.blank_lines = 0;
                }
                if self.number && !(self.number_nonblank && byte == b'\n') {
                    self.line += 1;
                    out.extend_from_slice(format!("{:>6}\t", self.line).as_bytes());
                }
            }
            self.at_line_start = byte == b'\n';
            match byte {
                b'\n' => out.extend_from_slice(if self.ends { b"$\n" } else { b"\n" }),
                b'\t' if self.tabs => out.extend_from_slice(b"^I"),
                b'\t' => out.push(b'\t'),
                b'\r' if self.ends && !self.nonprinting => self.held_return = true,
                _ if self.nonprinting => visible(byte, out),
                _ => out.push(byte),
            }
        }
    }
}

/// A byte in ^ and M- notation.
fn visible(byte: u8, out: &mut Vec<u8>) {
    let low = byte & 0x7f;
    if byte >= 0x80 {
        out.extend_from_slice(b"M-");
    }
    match low {
        0..=31 => out.extend_from_slice(&[b'^', low + 64]),
        127 => out.extend_from_slice(b"^?"),
        _ => out.push(low),
    }
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    if let Err(errno) = cx.process.fstat(STDOUT) {
        cx.failed(b"standard output", errno).await;
        return cx.finish().await;
    }
    let mut style = Style::of(&parsed);
    let mut operands = parsed.operands;
    if operands.is_empty() {
        operands.push(b"-".to_vec());
    }
    for operand in &operands {
        let Some(mut input) = cx.open_operand(operand).await else { continue };
        if is_own_output(&cx, &input) {
            cx.error(&[operand, &b": input file is output file"[..]].concat()).await;
        } else if !copy(&mut cx, operand, &mut input, &mut style).await {
            break;
        }
        cx.close(&input);
    }
    if style.held_return {
        cx.out.push(b'\r');
    }
    cx.finish().await
}

/// Reading the file that is being written would never end.
fn is_own_output(cx: &Context, input: &Input) -> bool {
    let (Ok(from), Ok(to)) = (cx.process.fstat(input.fd()), cx.process.fstat(STDOUT)) else { return false };
    from.file_type == FileType::Regular
        && (from.dev, from.ino) == (to.dev, to.ino)
        && cx.process.seek(STDOUT, 0, crate::kernel::Whence::Current).is_ok_and(|at| at < from.size_bytes || from.size_bytes > 0)
}

/// Copies one input; false when nobody takes the output any more.
async fn copy(cx: &mut Context, operand: &[u8], input: &mut Input, style: &mut Style) -> bool {
    loop {
        let bytes = match input.fill().await {
            Ok([]) => return true,
            Ok(bytes) => bytes,
            Err(errno) => {
                cx.failed(operand, errno).await;
                return true;
            }
        };
        let count = bytes.len();
        let written = if style.is_plain() {
            cx.process.write_all(STDOUT, bytes).await
        } else {
            style.put(bytes, cx.out.buffer());
            cx.out.flush().await
        };
        if let Err(errno) = written {
            cx.failed(b"write error", errno).await;
            return false;
        }
        input.consume(count);
    }
}
