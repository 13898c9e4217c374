//! `paste`: puts lines of files side by side.

use crate::abi::{ExitStatus, STDIN};
use crate::program::Takes::{Argument, Nothing};
use crate::program::{Category, Command, Context, Example, Input, boxed, option};

/// The command.
pub static COMMAND: Command = Command {
    name: "paste",
    aliases: &[],
    summary: "merge lines of files",
    usage: &["[OPTION]... [FILE]..."],
    description: "Write lines consisting of the sequentially corresponding lines from each FILE, separated by TABs, \
                  to standard output.\n\nWith no FILE, or when FILE is -, read standard input.",
    options: &[
        option('d', "delimiters", Argument("LIST"), "reuse characters from LIST instead of TABs"),
        option('s', "serial", Nothing, "paste one file at a time instead of in parallel"),
        option('z', "zero-terminated", Nothing, "line delimiter is NUL, not newline"),
    ],
    examples: &[
        Example { script: "seq 4 | paste - -", output: "1\t2\n3\t4\n" },
        Example { script: "seq 3 | paste -sd+", output: "1+2+3\n" },
    ],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/paste.html",
    category: Category::Text,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let list = parsed.value('d').unwrap_or(b"\t");
    let Some(delimiters) = parse_delimiters(list) else {
        let message = [b"delimiter list ends with an unescaped backslash: ", list].concat();
        cx.error(&message).await;
        return cx.finish().await;
    };
    let line_end = if parsed.has('z') { 0 } else { b'\n' };
    let mut operands = parsed.operands.clone();
    if operands.is_empty() {
        operands.push(b"-".to_vec());
    }
    if parsed.has('s') {
        serial(&mut cx, &operands, &delimiters, line_end).await;
    } else {
        parallel(&mut cx, &operands, &delimiters, line_end).await;
    }
    cx.finish().await
}

/// The delimiters in order; `None` for none at that place (`\0`). Not even one when the list ends in a backslash.
fn parse_delimiters(list: &[u8]) -> Option<Vec<Option<u8>>> {
    let mut delimiters = Vec::new();
    let mut rest = list.iter();
    while let Some(&byte) = rest.next() {
        if byte != b'\\' {
            delimiters.push(Some(byte));
            continue;
        }
        delimiters.push(match rest.next()? {
            b'0' => None,
            b'b' => Some(8),
            b'f' => Some(12),
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'v' => Some(11),
            &other => Some(other),
        });
    }
    if delimiters.is_empty() {
        delimiters.push(None);
    }
    Some(delimiters)
}

async fn serial(cx: &mut Context, operands: &[Vec<u8>], delimiters: &[Option<u8>], line_end: u8) {
    for operand in operands {
        let Some(mut input) = cx.open_operand(operand).await else { continue };
        let mut delimiter = delimiters.iter().cycle();
        let mut line = Vec::new();
        let mut is_first = true;
        loop {
            line.clear();
            match input.read_until(line_end, &mut line).await {
                Ok(true) => {}
                Ok(false) => break,
                Err(errno) => {
                    cx.out.push(line_end);
                    is_first = true;
                    cx.failed(operand, errno).await;
                    break;
                }
            }
            if !std::mem::take(&mut is_first)
                && let Some(Some(byte)) = delimiter.next()
            {
                cx.out.push(*byte);
            }
            cx.out.put(line.strip_suffix(&[line_end]).unwrap_or(&line));
            if cx.out.ready().await.is_err() {
                return;
            }
        }
        cx.close(&input);
        if !is_first || line.is_empty() {
            cx.out.push(line_end);
        }
    }
}

async fn parallel(cx: &mut Context, operands: &[Vec<u8>], delimiters: &[Option<u8>], line_end: u8) {
    // Standard input is one, however often it is named.
    let mut stdin = Input::new(&cx.process, STDIN);
    let mut inputs = Vec::new();
    for operand in operands {
        if operand == b"-" {
            inputs.push((None, true));
            continue;
        }
        match cx.open_operand(operand).await {
            Some(input) => inputs.push((Some(input), true)),
            None => return,
        }
    }
    let mut row = Vec::new();
    loop {
        row.clear();
        let mut any = false;
        let mut delimiter = delimiters.iter().cycle();
        let mut faults = Vec::new();
        for (at, (input, is_open)) in inputs.iter_mut().enumerate() {
            if at > 0
                && let Some(Some(byte)) = delimiter.next()
            {
                row.push(*byte);
            }
            if !*is_open {
                continue;
            }
            let before = row.len();
            match input.as_mut().unwrap_or(&mut stdin).read_until(line_end, &mut row).await {
                Ok(true) => any = true,
                Ok(false) => *is_open = false,
                Err(errno) => {
                    *is_open = false;
                    faults.push((at, errno));
                }
            }
            if row.len() > before && row.last() == Some(&line_end) {
                row.pop();
            }
        }
        for (at, errno) in faults {
            let name = operands.get(at).cloned().unwrap_or_default();
            cx.failed(&name, errno).await;
        }
        if !any {
            return;
        }
        cx.out.put(&row);
        cx.out.push(line_end);
        if cx.out.ready().await.is_err() {
            return;
        }
    }
}
