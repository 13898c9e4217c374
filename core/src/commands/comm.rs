//! `comm`: compares two sorted files line by line.

use crate::abi::{ExitStatus, Result};
use crate::program::Takes::{Argument, Nothing};
use crate::program::{Category, Choice, Command, Context, Example, Input, boxed, option, quote_locale};
use std::cmp::Ordering;

/// The command.
pub static COMMAND: Command = Command {
    name: "comm",
    aliases: &[],
    summary: "compare two sorted files line by line",
    usage: &["[OPTION]... FILE1 FILE2"],
    description: "Compare sorted files FILE1 and FILE2 line by line. When FILE1 or FILE2 (not both) is -, read \
                  standard input.\n\n\
                  With no options, produce three-column output. Column one contains lines unique to FILE1, column \
                  two contains lines unique to FILE2, and column three contains lines common to both files.",
    options: &[
        option('1', "", Nothing, "suppress column 1 (lines unique to FILE1)"),
        option('2', "", Nothing, "suppress column 2 (lines unique to FILE2)"),
        option('3', "", Nothing, "suppress column 3 (lines that appear in both files)"),
        Choice::long('c', "check-order", Nothing, "check that the input is correctly sorted, even if all input lines are pairable"),
        Choice::long('n', "nocheck-order", Nothing, "do not check that the input is correctly sorted"),
        Choice::long('o', "output-delimiter", Argument("STR"), "separate columns with STR"),
        Choice::long('t', "total", Nothing, "output a summary"),
        option('z', "zero-terminated", Nothing, "line delimiter is NUL, not newline"),
    ],
    examples: &[Example {
        script: "printf 'a\\nb\\n' > x; printf 'b\\nc\\n' > y; comm x y",
        output: "a\n\t\tb\n\tc\n",
    }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/comm.html",
    category: Category::Text,
    run: |cx| boxed(run(cx)),
};

/// When disorder is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Check {
    Never,
    /// Once there was a line that is not in both.
    Unpaired,
    Always,
}

/// One of the two files.
struct Side {
    input: Input,
    line: Vec<u8>,
    before: Vec<u8>,
    is_open: bool,
    told: bool,
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let delimiters: Vec<&[u8]> = parsed.values('o').collect();
    if delimiters.windows(2).any(|pair| pair.first() != pair.last()) {
        cx.error(b"multiple output delimiters specified").await;
        return cx.finish().await;
    }
    let delimiter: &[u8] = match delimiters.last() {
        None => b"\t",
        Some([]) => b"\0",
        Some(text) => text,
    };
    match parsed.operands.as_slice() {
        [] => return cx.usage_error(1, b"missing operand").await,
        [only] => return cx.usage_error(1, &[b"missing operand after ", &quote_locale(only)[..]].concat()).await,
        [_, _] => {}
        [_, _, extra, ..] => {
            return cx.usage_error(1, &[b"extra operand ", &quote_locale(extra)[..]].concat()).await;
        }
    }
    let check = match parsed.last_of(&['c', 'n']) {
        Some('c') => Check::Always,
        Some(_) => Check::Never,
        None => Check::Unpaired,
    };
    let mut sides = Vec::new();
    for operand in &parsed.operands {
        let Some(input) = cx.open_operand(operand).await else { return cx.finish().await };
        let side =
            Side { input, line: Vec::new(), before: Vec::new(), is_open: true, told: false };
        sides.push(side);
    }
    let shown = [!parsed.has('1'), !parsed.has('2'), !parsed.has('3')];
    let columns = Columns { shown, delimiter, line_end: if parsed.has('z') { 0 } else { b'\n' } };
    if let [one, other] = sides.as_mut_slice() {
        let compared = columns.compare(&mut cx, one, other, check, parsed.has('t')).await;
        if let Err((at, message)) = compared {
            if cx.out.ready().await.is_ok() {
                let name = parsed.operands.get(at).cloned().unwrap_or_default();
                cx.error(&[&name[..], b": ", &message].concat()).await;
            }
        } else if one.told || other.told {
            cx.error(b"input is not in sorted order").await;
        }
    }
    cx.finish().await
}

/// What is printed.
struct Columns<'a> {
    shown: [bool; 3],
    delimiter: &'a [u8],
    line_end: u8,
}

impl Columns<'_> {
    /// The error is a file and a reason.
    async fn compare(
        &self,
        cx: &mut Context,
        one: &mut Side,
        other: &mut Side,
        check: Check,
        total: bool,
    ) -> Result<(), (usize, Vec<u8>)> {
        let mut counts = [0_u64; 3];
        let mut unpaired = false;
        one.advance(self.line_end).await.map_err(|reason| (0, reason))?;
        other.advance(self.line_end).await.map_err(|reason| (1, reason))?;
        while one.is_open || other.is_open {
            let order = match (one.is_open, other.is_open) {
                (true, true) => one.line.cmp(&other.line),
                (true, false) => Ordering::Less,
                _ => Ordering::Greater,
            };
            unpaired |= order.is_ne();
            let (column, line) = match order {
                Ordering::Less => (0, &one.line),
                Ordering::Greater => (1, &other.line),
                Ordering::Equal => (2, &one.line),
            };
            if let Some(count) = counts.get_mut(column) {
                *count += 1;
            }
            if self.shown.get(column) == Some(&true) {
                let indent = self.shown.iter().take(column).filter(|&&shown| shown).count();
                for _ in 0..indent {
                    cx.out.put(self.delimiter);
                }
                cx.out.put(line);
                cx.out.push(self.line_end);
            }
            cx.process.step(1).await;
            if cx.out.ready().await.is_err() {
                return Ok(());
            }
            for (number, side, is_due) in [(1, &mut *one, order.is_le()), (2, &mut *other, order.is_ge())] {
                if !is_due {
                    continue;
                }
                side.advance(self.line_end).await.map_err(|reason| (number - 1, reason))?;
                let is_checked = check == Check::Always || (check == Check::Unpaired && unpaired);
                if is_checked && !side.told && side.is_open && side.line < side.before {
                    side.told = true;
                    cx.error(format!("file {number} is not in sorted order").as_bytes()).await;
                    if check == Check::Always {
                        side.told = false;
                        return Ok(());
                    }
                }
            }
        }
        if total {
            for count in counts {
                cx.out.write_fmt(format_args!("{count}"));
                cx.out.put(self.delimiter);
            }
            cx.out.put(b"total");
            cx.out.push(self.line_end);
        }
        Ok(())
    }
}

impl Side {
    async fn advance(&mut self, line_end: u8) -> Result<(), Vec<u8>> {
        std::mem::swap(&mut self.line, &mut self.before);
        self.line.clear();
        let read = self.input.read_until(line_end, &mut self.line).await;
        self.is_open = read.map_err(|errno| errno.message().as_bytes().to_vec())?;
        if self.line.last() == Some(&line_end) {
            self.line.pop();
        }
        Ok(())
    }
}
