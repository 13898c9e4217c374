//! Sorting all lines, merging sorted inputs, checking an order.

use super::compare::Order;
use crate::abi::limits::INPUT_BYTES_HELD_MAX;
use crate::abi::{Errno, Result};
use crate::kernel::Process;
use crate::program::{Context, Input};
use std::cmp::Ordering;

/// Lines that are sorted at once, without giving way to other processes.
const RUN_LINES: usize = 4096;
/// Steps that a comparison costs, about.
const COMPARISON_STEPS: u32 = 2;

/// The text of all inputs.
pub struct Lines {
    text: Vec<u8>,
    line_end: u8,
}

/// A line of the text. Its place is what keeps equal lines in order.
#[derive(Clone, Copy)]
struct Line {
    /// See [`Order::prefix`].
    prefix: u64,
    start: u32,
    length: u32,
}

impl Lines {
    /// None yet.
    pub fn new(line_end: u8) -> Lines {
        Lines { text: Vec::new(), line_end }
    }

    /// Reads an input. ENOMEM when it is too much.
    pub async fn read(&mut self, input: &mut Input) -> Result<()> {
        input.read_to_end(&mut self.text).await?;
        if self.text.last().is_some_and(|&last| last != self.line_end) {
            self.text.push(self.line_end);
        }
        if self.text.len() > INPUT_BYTES_HELD_MAX { Err(Errno::ENOMEM) } else { Ok(()) }
    }

    fn get(&self, line: &Line) -> &[u8] {
        let start = line.start as usize;
        self.text.get(start..start + line.length as usize).unwrap_or_default()
    }

    /// Prints them in order; with `unique`, the first of those that are equal.
    pub async fn print(&self, cx: &mut Context, order: &Order, unique: bool) -> Result<()> {
        let lines = self.sorted(&cx.process, order).await;
        let mut last: Option<&Line> = None;
        for (count, line) in lines.iter().enumerate() {
            let text = self.get(line);
            if unique && last.is_some_and(|last| order.compare(self.get(last), text).is_eq()) {
                continue;
            }
            last = Some(line);
            cx.out.put(text);
            cx.out.push(self.line_end);
            if count % 64 == 0 {
                cx.out.ready().await?;
            }
        }
        cx.out.ready().await
    }

    /// Sorts short runs, then merges them two by two, and lets other processes run in between.
    async fn sorted(&self, process: &Process, order: &Order) -> Vec<Line> {
        let compare = |one: &Line, other: &Line| {
            let by_prefix = one.prefix.cmp(&other.prefix);
            let by_text = || order.compare(self.get(one), self.get(other));
            by_prefix.then_with(by_text).then_with(|| one.start.cmp(&other.start))
        };
        let mut lines = Vec::new();
        let mut start = 0;
        for end in memchr::memchr_iter(self.line_end, &self.text) {
            let text = self.text.get(start..end).unwrap_or_default();
            // Texts are shorter than INPUT_BYTES_HELD_MAX, which fits.
            lines.push(Line { prefix: order.prefix(text), start: start as u32, length: text.len() as u32 });
            start = end + 1;
            if lines.len() % RUN_LINES == 0 {
                process.step(RUN_LINES as u32).await;
            }
        }
        for run in lines.chunks_mut(RUN_LINES) {
            run.sort_unstable_by(compare);
            process.step(run.len() as u32 * run.len().ilog2() * COMPARISON_STEPS).await;
        }
        let mut run = RUN_LINES;
        let mut merged: Vec<Line> = Vec::with_capacity(if lines.len() > run { lines.len() } else { 0 });
        while run < lines.len() {
            merged.clear();
            for pair in lines.chunks(run * 2) {
                let (mut one, mut other) = pair.split_at(run.min(pair.len()));
                let mut since = 0;
                while let (Some(first), Some(second)) = (one.first(), other.first()) {
                    if compare(first, second).is_le() {
                        merged.push(*first);
                        one = one.get(1..).unwrap_or_default();
                    } else {
                        merged.push(*second);
                        other = other.get(1..).unwrap_or_default();
                    }
                    since += 1;
                    if since == RUN_LINES {
                        since = 0;
                        process.step(RUN_LINES as u32 * COMPARISON_STEPS).await;
                    }
                }
                merged.extend_from_slice(one);
                merged.extend_from_slice(other);
            }
            std::mem::swap(&mut lines, &mut merged);
            run *= 2;
        }
        lines
    }
}

/// An input of a merge, with its next line.
struct Source {
    input: Input,
    line: Vec<u8>,
    /// Which file, for messages.
    at: usize,
}

impl Source {
    /// Goes to the next line; false at the end.
    async fn advance(&mut self, line_end: u8) -> Result<bool> {
        self.line.clear();
        let more = self.input.read_until(line_end, &mut self.line).await?;
        if self.line.last() == Some(&line_end) {
            self.line.pop();
        }
        Ok(more)
    }
}

/// Merges sorted inputs. The error says which of them cannot be read; a closed output is no error here.
pub async fn merge(
    cx: &mut Context,
    inputs: Vec<Input>,
    order: &Order,
    line_end: u8,
    unique: bool,
) -> Result<(), (usize, Errno)> {
    let mut sources = Vec::new();
    for (at, input) in inputs.into_iter().enumerate() {
        let mut source = Source { input, line: Vec::new(), at };
        if source.advance(line_end).await.map_err(|errno| (at, errno))? {
            sources.push(source);
        }
    }
    let mut last: Option<Vec<u8>> = None;
    loop {
        let mut least = 0;
        let Some(mut first) = sources.first().map(|source| source.line.as_slice()) else { break };
        for (at, source) in sources.iter().enumerate().skip(1) {
            if order.compare(&source.line, first).is_lt() {
                (least, first) = (at, &source.line);
            }
        }
        let repeats = unique && last.as_ref().is_some_and(|last| order.compare(last, first).is_eq());
        if !repeats {
            cx.out.put(first);
            cx.out.push(line_end);
            if unique {
                last = Some(first.to_vec());
            }
        }
        if cx.out.ready().await.is_err() {
            break;
        }
        let comparisons = u32::try_from(sources.len()).unwrap_or(u32::MAX);
        cx.process.step(comparisons).await;
        if let Some(source) = sources.get_mut(least) {
            let at = source.at;
            if !source.advance(line_end).await.map_err(|errno| (at, errno))? {
                sources.remove(least);
            }
        }
    }
    Ok(())
}

/// The number, from 1, and the text of the first line that is out of order.
pub async fn disorder(
    process: &Process,
    input: &mut Input,
    order: &Order,
    line_end: u8,
    unique: bool,
) -> Result<Option<(u64, Vec<u8>)>> {
    let (mut before, mut line) = (Vec::new(), Vec::new());
    let mut number = 0;
    while input.read_until(line_end, &mut line).await? {
        number += 1;
        if line.last() == Some(&line_end) {
            line.pop();
        }
        if number > 1 {
            match order.compare(&before, &line) {
                Ordering::Less => {}
                Ordering::Equal if !unique => {}
                _ => return Ok(Some((number, line))),
            }
        }
        std::mem::swap(&mut before, &mut line);
        line.clear();
        process.step(1).await;
    }
    Ok(None)
}
