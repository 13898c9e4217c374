//! `cut`: prints selected parts of lines.

use crate::abi::{ExitStatus, Result};
use crate::program::Takes::{Argument, Nothing};
use crate::program::{Category, Choice, Command, Context, Example, Input, Parsed, boxed, option, quote_locale};

/// The command.
pub static COMMAND: Command = Command {
    name: "cut",
    aliases: &[],
    summary: "print selected parts of lines",
    usage: &["OPTION... [FILE]..."],
    description: "Print selected parts of lines from each FILE to standard output.\n\n\
                  With no FILE, or when FILE is -, read standard input.\n\n\
                  Use one, and only one of -b, -c or -f. Each LIST is made up of one range, or many ranges separated \
                  by commas: N the N'th byte, character or field, counted from 1; N- from it to the end of line; \
                  N-M from one to the other; -M up to it. Selected input is written in the order that it is read.",
    options: &[
        option('b', "bytes", Argument("LIST"), "select only these bytes"),
        option('c', "characters", Argument("LIST"), "select only these characters (which are bytes, as in GNU cut)"),
        option('d', "delimiter", Argument("DELIM"), "use DELIM instead of TAB for field delimiter"),
        option('f', "fields", Argument("LIST"), "select only these fields; also print any line that contains no delimiter character, unless the -s option is specified"),
        option('n', "", Nothing, "(ignored)"),
        Choice::long('C', "complement", Nothing, "complement the set of selected bytes, characters or fields"),
        option('s', "only-delimited", Nothing, "do not print lines not containing delimiters"),
        Choice::long('o', "output-delimiter", Argument("STRING"), "use STRING as the output delimiter; the default is to use the input delimiter"),
        option('z', "zero-terminated", Nothing, "line delimiter is NUL, not newline"),
    ],
    examples: &[
        Example { script: "echo root:x:0 | cut -d : -f 1,3", output: "root:0\n" },
        Example { script: "echo abcdef | cut -c 2-4", output: "bcd\n" },
    ],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/cut.html",
    category: Category::Text,
    run: |cx| boxed(run(cx)),
};

/// What is cut.
struct Cut {
    /// First and last, from 1, sorted, apart.
    ranges: Vec<(usize, usize)>,
    fields: bool,
    delimiter: u8,
    /// Between the parts that are printed.
    between: Option<Vec<u8>>,
    only_delimited: bool,
    line_end: u8,
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let cut = match Cut::of(&parsed) {
        Ok(cut) => cut,
        Err(message) => return cx.usage_error(1, &message).await,
    };
    let mut operands = parsed.operands;
    if operands.is_empty() {
        operands.push(b"-".to_vec());
    }
    for operand in &operands {
        let Some(mut input) = cx.open_operand(operand).await else { continue };
        if let Err(errno) = cut.copy(&mut cx, &mut input).await {
            if cx.out.ready().await.is_err() {
                break;
            }
            cx.failed(operand, errno).await;
        }
        cx.close(&input);
    }
    cx.finish().await
}

impl Cut {
    fn of(parsed: &Parsed) -> Result<Cut, Vec<u8>> {
        let lists: Vec<_> = parsed.options.iter().filter(|(id, _)| matches!(id, 'b' | 'c' | 'f')).collect();
        let (kind, list) = match lists.as_slice() {
            [] => return Err(b"you must specify a list of bytes, characters, or fields".to_vec()),
            [(kind, list)] => (*kind, list.as_deref().unwrap_or_default()),
            _ => return Err(b"only one list may be specified".to_vec()),
        };
        let fields = kind == 'f';
        let delimiter = match parsed.value('d') {
            None => b'\t',
            Some([]) => 0,
            Some([byte]) => *byte,
            Some(_) => return Err(b"the delimiter must be a single character".to_vec()),
        };
        if !fields && parsed.has('d') {
            return Err(b"an input delimiter may be specified only when operating on fields".to_vec());
        }
        if !fields && parsed.has('s') {
            return Err(b"suppressing non-delimited lines makes sense\n\tonly when operating on fields".to_vec());
        }
        let mut ranges = parse_list(list, fields)?;
        if parsed.has('C') {
            ranges = complement(&ranges);
        }
        let between = match parsed.value('o') {
            Some([]) => Some(vec![0]),
            Some(text) => Some(text.to_vec()),
            None if fields => Some(vec![delimiter]),
            None => None,
        };
        let line_end = if parsed.has('z') { 0 } else { b'\n' };
        Ok(Cut { ranges, fields, delimiter, between, only_delimited: parsed.has('s'), line_end })
    }

    async fn copy(&self, cx: &mut Context, input: &mut Input) -> Result<()> {
        if self.fields && self.delimiter == self.line_end {
            return self.copy_lines(cx, input).await;
        }
        loop {
            let records = input.fill_records(self.line_end).await?;
            if records.is_empty() {
                return Ok(());
            }
            let count = records.len();
            let mut rest = records;
            while !rest.is_empty() {
                let end = memchr::memchr(self.line_end, rest).unwrap_or(rest.len());
                let (line, after) = rest.split_at(end);
                rest = after.get(1..).unwrap_or_default();
                if self.fields {
                    self.put_fields(line, cx.out.buffer());
                } else {
                    self.put_bytes(line, cx.out.buffer());
                }
            }
            input.consume(count);
            cx.process.step(u32::try_from(count / 64).unwrap_or(u32::MAX)).await;
            cx.out.ready().await?;
        }
    }

    fn put_bytes(&self, line: &[u8], out: &mut Vec<u8>) {
        let mut is_first = true;
        for &(from, to) in &self.ranges {
            let Some(part) = line.get(from - 1..to.min(line.len())).filter(|part| !part.is_empty()) else { break };
            if let Some(between) = self.between.as_ref().filter(|_| !is_first) {
                out.extend_from_slice(between);
            }
            out.extend_from_slice(part);
            is_first = false;
        }
        out.push(self.line_end);
    }

    fn put_fields(&self, line: &[u8], out: &mut Vec<u8>) {
        let mut ends = memchr::memchr_iter(self.delimiter, line).chain([line.len()]);
        let (mut number, mut start) = (1, 0);
        let Some(mut end) = ends.next() else { return };
        if end == line.len() {
            if !self.only_delimited {
                out.extend_from_slice(line);
                out.push(self.line_end);
            }
            return;
        }
        let between = self.between.as_deref().unwrap_or_default();
        let mut is_first = true;
        'ranges: for &(from, to) in &self.ranges {
            while number <= to {
                if number >= from {
                    if !is_first {
                        out.extend_from_slice(between);
                    }
                    out.extend_from_slice(line.get(start..end).unwrap_or_default());
                    is_first = false;
                }
                let Some(next) = ends.next() else { break 'ranges };
                (start, end) = (end + 1, next);
                number += 1;
            }
        }
        out.push(self.line_end);
    }

    /// When the line's end is the delimiter, each line is a field of the whole input.
    async fn copy_lines(&self, cx: &mut Context, input: &mut Input) -> Result<()> {
        let between = self.between.as_deref().unwrap_or_default();
        let (mut number, mut is_first) = (0, true);
        let mut line = Vec::new();
        while input.read_until(self.line_end, &mut line).await? {
            number += 1;
            let text = line.strip_suffix(&[self.line_end]).unwrap_or(&line);
            if self.ranges.iter().any(|&(from, to)| (from..=to).contains(&number)) {
                if !is_first {
                    cx.out.put(between);
                }
                cx.out.put(text);
                is_first = false;
            }
            line.clear();
            cx.out.ready().await?;
        }
        if number > 0 {
            cx.out.push(self.line_end);
        }
        Ok(())
    }
}

/// Reads a list of ranges; the error is the message.
fn parse_list(list: &[u8], fields: bool) -> Result<Vec<(usize, usize)>, Vec<u8>> {
    let from_one = || -> Vec<u8> {
        if fields { b"fields are numbered from 1".to_vec() } else { b"byte/character positions are numbered from 1".to_vec() }
    };
    let mut ranges = Vec::new();
    for item in list.split(|byte| matches!(byte, b',' | b' ' | b'\t')) {
        let dash = memchr::memchr(b'-', item);
        let (first, last) = item.split_at(dash.unwrap_or(item.len()));
        let first = parse_number(first, fields)?;
        let (from, to) = match last.strip_prefix(b"-") {
            None => {
                let number = first.filter(|&number| number > 0).ok_or_else(from_one)?;
                (number, number)
            }
            Some(last) if last.contains(&b'-') => {
                let kind: &[u8] = if fields { b"invalid field range" } else { b"invalid byte or character range" };
                return Err(kind.to_vec());
            }
            Some(last) => {
                let last = parse_number(last, fields)?;
                if first == Some(0) {
                    return Err(from_one());
                }
                match (first, last) {
                    (None, None) => return Err(b"invalid range with no endpoint: -".to_vec()),
                    (first, last) => (first.unwrap_or(1), last.unwrap_or(usize::MAX)),
                }
            }
        };
        if to < from {
            return Err(b"invalid decreasing range".to_vec());
        }
        ranges.push((from, to));
    }
    ranges.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for (from, to) in ranges {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    Ok(merged)
}

/// A number, or `None` where there is none.
fn parse_number(text: &[u8], fields: bool) -> Result<Option<usize>, Vec<u8>> {
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = text.iter().position(|byte| !byte.is_ascii_digit());
    if let Some(wrong) = wrong {
        let kind: &[u8] = if fields { b"invalid field value " } else { b"invalid byte/character position " };
        return Err([kind, &quote_locale(text.get(wrong..).unwrap_or_default())].concat());
    }
    let number = std::str::from_utf8(text).ok().and_then(|text| text.parse().ok()).filter(|&number| number < usize::MAX);
    number.map(Some).ok_or_else(|| {
        let kind: &[u8] = if fields { b"field number " } else { b"byte/character offset " };
        [kind, &quote_locale(text), b" is too large"].concat()
    })
}

/// What lies between the ranges.
fn complement(ranges: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut others = Vec::new();
    let mut next = 1;
    for &(from, to) in ranges {
        if from > next {
            others.push((next, from - 1));
        }
        next = to.saturating_add(1);
    }
    if next < usize::MAX {
        others.push((next, usize::MAX));
    }
    others
}
