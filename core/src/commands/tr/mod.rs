//! `tr`: replaces, squeezes or deletes characters, which are bytes.

mod set;

use crate::abi::{ExitStatus, Result, STDIN};
use crate::program::Takes::Nothing;
use crate::program::{Category, Choice, Command, Context, Example, Input, boxed, option, quote_locale};
use set::{Set, Wanted};

/// The command.
pub static COMMAND: Command = Command {
    name: "tr",
    aliases: &[],
    summary: "translate or delete characters",
    usage: &["[OPTION]... STRING1 [STRING2]"],
    description: "Translate, squeeze, and/or delete characters from standard input, writing to standard output. \
                  STRING1 and STRING2 specify arrays of characters ARRAY1 and ARRAY2 that control the action.\n\n\
                  Most characters represent themselves. Interpreted sequences are: \\NNN the octal value, \\\\ \\a \\b \
                  \\f \\n \\r \\t \\v, CHAR1-CHAR2 all characters from one to the other, [CHAR*] in ARRAY2 copies of \
                  CHAR until the length of ARRAY1, [CHAR*REPEAT] so many copies, [:alnum:] [:alpha:] [:blank:] \
                  [:cntrl:] [:digit:] [:graph:] [:lower:] [:print:] [:punct:] [:space:] [:upper:] [:xdigit:], \
                  [=CHAR=].",
    options: &[
        option('c', "complement", Nothing, "use the complement of ARRAY1"),
        Choice { id: 'c', short: 'C', long: "", takes: Nothing, help: "same as -c" },
        option('d', "delete", Nothing, "delete characters in ARRAY1, do not translate"),
        option('s', "squeeze-repeats", Nothing, "replace each sequence of a repeated character that is listed in the last specified ARRAY, with a single occurrence of that character"),
        option('t', "truncate-set1", Nothing, "first truncate ARRAY1 to length of ARRAY2"),
    ],
    examples: &[
        Example { script: "echo hello | tr a-y b-z", output: "ifmmp\n" },
        Example { script: "echo 'a  b' | tr -s ' '", output: "a b\n" },
        Example { script: "echo 'a1b2' | tr -d '[:digit:]'", output: "ab\n" },
    ],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/tr.html",
    category: Category::Text,
    run: |cx| boxed(run(cx)),
};

/// What is done with each byte, in this order. A byte is always within the tables.
struct Work {
    deleted: [bool; 256],
    mapped: [u8; 256],
    squeezed: [bool; 256],
    /// What was written last.
    last: Option<u8>,
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse_as(1, true).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let (delete, squeeze) = (parsed.has('d'), parsed.has('s'));
    let operands = &parsed.operands;
    let least = if delete == squeeze { 2 } else { 1 };
    let most = if delete && !squeeze { 1 } else { 2 };
    if operands.len() < least {
        let message = match operands.first() {
            None => b"missing operand".to_vec(),
            Some(first) => {
                let when: &[u8] =
                    if squeeze { b"both deleting and squeezing repeats." } else { b"translating." };
                [b"missing operand after ", &quote_locale(first)[..], b"\nTwo strings must be given when ", when].concat()
            }
        };
        return cx.usage_error(1, &message).await;
    }
    if let Some(extra) = operands.get(most) {
        let mut message = [b"extra operand ", &quote_locale(extra)[..]].concat();
        if operands.len() == 2 {
            message.extend_from_slice(
                b"\nOnly one string may be given when deleting without squeezing repeats.",
            );
        }
        return cx.usage_error(1, &message).await;
    }
    let wanted = Wanted {
        complement: parsed.has('c'),
        translate: operands.len() == 2 && !delete,
        truncate: parsed.has('t'),
    };
    let mut warnings = Vec::new();
    let made = Set::pair(operands, wanted, &mut warnings);
    for warning in &warnings {
        let line = [&cx.name[..], b": warning: ", warning, b"\n"].concat();
        cx.write_error(&line).await;
    }
    let (first, second) = match made {
        Ok(sets) => sets,
        Err(message) => {
            cx.error(&message).await;
            return cx.finish().await;
        }
    };
    let mut work = Work::new();
    if delete {
        work.deleted = members(&first);
    }
    if wanted.translate {
        for (&from, &to) in first.iter().zip(&second) {
            work.mapped[usize::from(from)] = to;
        }
    }
    if squeeze {
        work.squeezed = members(if operands.len() == 2 { &second } else { &first });
    }
    let mut input = Input::new(&cx.process, STDIN);
    if let Err(errno) = work.copy(&mut cx, &mut input, delete, squeeze).await
        && cx.out.ready().await.is_ok()
    {
        cx.failed(b"read error", errno).await;
    }
    cx.finish().await
}

fn members(bytes: &[u8]) -> [bool; 256] {
    let mut members = [false; 256];
    for &byte in bytes {
        members[usize::from(byte)] = true;
    }
    members
}

impl Work {
    fn new() -> Work {
        let mapped = std::array::from_fn(|byte| u8::try_from(byte).unwrap_or_default());
        Work { deleted: [false; 256], mapped, squeezed: [false; 256], last: None }
    }

    async fn copy(&mut self, cx: &mut Context, input: &mut Input, delete: bool, squeeze: bool) -> Result<()> {
        loop {
            let bytes = input.fill().await?;
            if bytes.is_empty() {
                return Ok(());
            }
            let count = bytes.len();
            let out = cx.out.buffer();
            if squeeze {
                self.squeeze(bytes, out);
            } else if delete {
                self.delete(bytes, out);
            } else {
                out.extend(bytes.iter().map(|&byte| self.mapped[usize::from(byte)]));
            }
            input.consume(count);
            cx.process.step(u32::try_from(count / 64).unwrap_or(u32::MAX)).await;
            cx.out.ready().await?;
        }
    }

    fn squeeze(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        for &byte in bytes.iter().filter(|&&byte| !self.deleted[usize::from(byte)]) {
            let to = self.mapped[usize::from(byte)];
            if self.last == Some(to) && self.squeezed[usize::from(to)] {
                continue;
            }
            self.last = Some(to);
            out.push(to);
        }
    }

    /// Writes each byte and goes on behind it only where it stays: no branch that the data decides.
    fn delete(&self, bytes: &[u8], out: &mut Vec<u8>) {
        let mut end = out.len();
        out.resize(end + bytes.len(), 0);
        for &byte in bytes {
            if let Some(slot) = out.get_mut(end) {
                *slot = byte;
            }
            end += usize::from(!self.deleted[usize::from(byte)]);
        }
        out.truncate(end);
    }
}
