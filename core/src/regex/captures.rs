//! Sub-matches by the rules of POSIX, in time linear in the text.
//!
//! The whole match is known. A part of the expression that matched a known stretch of text is divided
//! among its own parts, from left to right, each taking as much as lets the rest still match (XBD 9.1:
//! "each subpattern, from left to right, shall match the longest possible string"). To know what lets
//! the rest match, the part's instructions are run once backwards over the stretch (`Alive`); then each
//! piece runs forwards among the threads that are alive, so it stops exactly where its longest match
//! ends. Each level of nesting reads its stretch twice.
//!
//! The C library of GNU differs here and there: it often takes the first alternative that fits instead of
//! the longest (`(a|ab)(c|bcd)(d*)` on `abcd`), and reports groups of an earlier turn of a loop
//! (`((a)|b)*` on `ab`). This follows the standard.

use core::ops::Range;

use super::error::RegexError;
use super::parse::{Kind, Node};
use super::program::{Inst, Program};
use super::simulate::{Run, Threads};
use super::steps::Steps;
use crate::abi::limits::REGEX_CAPTURE_BITS_MAX;

/// The stretches that the whole expression (0) and its groups (from 1) matched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captures {
    spans: Vec<Option<(usize, usize)>>,
}

impl Captures {
    /// None yet.
    pub fn new() -> Captures {
        Captures::default()
    }

    /// Start and end of what a group matched, if it took part in the match.
    pub fn get(&self, group: usize) -> Option<(usize, usize)> {
        self.spans.get(group).copied().flatten()
    }

    /// The number of groups and one for the whole.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether no search has filled it.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    pub(super) fn reset(&mut self, groups: u32) {
        self.spans.clear();
        self.spans.resize(groups as usize + 1, None);
    }

    pub(super) fn set(&mut self, group: usize, span: (usize, usize)) {
        if let Some(place) = self.spans.get_mut(group) {
            *place = Some(span);
        }
    }
}

/// From which instructions, at which positions, a stretch of a program can still get to its end at the
/// end of a stretch of text.
pub(super) struct Alive {
    from: usize,
    first: u32,
    words: usize,
    bits: Vec<u64>,
}

impl Alive {
    fn new(
        program: &Program,
        code: Range<u32>,
        hay: &[u8],
        span: (usize, usize),
        steps: &mut Steps,
    ) -> Result<Alive, RegexError> {
        let (from, to) = span;
        let places = (code.end - code.start) as usize + 1;
        let words = places.div_ceil(64);
        let rows = to - from + 1;
        if words.saturating_mul(rows) > REGEX_CAPTURE_BITS_MAX / 64 {
            return Err(Steps::exhausted());
        }
        let mut alive = Alive { from, first: code.start, words, bits: vec![0; words * rows] };
        alive.set(code.end, to);
        for at in (from..=to).rev() {
            let text = hay.get(at..to).unwrap_or_default();
            // Loops lead backwards: again, until nothing is new.
            let mut news = true;
            while core::mem::take(&mut news) {
                steps.take(places as u64)?;
                for pc in code.clone().rev() {
                    let Some(inst) = program.inst(pc) else { continue };
                    let leads = match inst {
                        Inst::Byte(_) | Inst::Set(_) => {
                            let len = program.consume(inst, text);
                            len.is_some_and(|len| alive.has(pc + 1, at + len))
                        }
                        Inst::Look(look) => alive.has(pc + 1, at) && program.holds(look, hay, at),
                        Inst::Split(a, b) => alive.has(a, at) || alive.has(b, at),
                        Inst::Jump(a) => alive.has(a, at),
                        Inst::Save(_) | Inst::BackReference(_) | Inst::Not(_) => false,
                    };
                    if leads && !alive.has(pc, at) {
                        alive.set(pc, at);
                        news = true;
                    }
                }
            }
        }
        Ok(alive)
    }

    fn place(&self, pc: u32, at: usize) -> Option<(usize, u32)> {
        let bit = pc.checked_sub(self.first)?;
        let row = at.checked_sub(self.from)?;
        Some((row * self.words + bit as usize / 64, bit % 64))
    }

    pub(super) fn has(&self, pc: u32, at: usize) -> bool {
        self.place(pc, at)
            .and_then(|(word, bit)| self.bits.get(word).map(|word| word >> bit & 1 != 0))
            .unwrap_or(false)
    }

    fn set(&mut self, pc: u32, at: usize) {
        if let Some((word, bit)) = self.place(pc, at)
            && let Some(word) = self.bits.get_mut(word)
        {
            *word |= 1 << bit;
        }
    }
}

/// Divides a match among the groups.
pub(super) struct Divider<'a> {
    pub(super) program: &'a Program,
    pub(super) hay: &'a [u8],
    pub(super) threads: &'a mut Threads,
    pub(super) steps: &'a mut Steps,
    pub(super) captures: &'a mut Captures,
}

impl Divider<'_> {
    /// `node`, whose code starts at `start`, matched exactly this stretch.
    pub(super) fn divide(&mut self, node: &Node, start: u32, span: (usize, usize)) -> Result<(), RegexError> {
        if !node.grouped {
            return Ok(());
        }
        let (from, to) = span;
        match &node.kind {
            Kind::Group(group, inner) => {
                self.captures.set(*group as usize, span);
                self.divide(inner, start, span)
            }
            Kind::Alternation(nodes) => {
                let mut start = start;
                for (i, node) in nodes.iter().enumerate() {
                    let code = start + u32::from(i + 1 < nodes.len());
                    if self.longest(node, code, span, None)? == Some(to) {
                        return self.divide(node, code, span);
                    }
                    start += node.size + 2;
                }
                Ok(())
            }
            Kind::Concatenation(nodes) => {
                let alive = self.alive(node, start, span)?;
                let (mut start, mut at) = (start, from);
                for node in nodes {
                    let end = self.longest(node, start, (at, to), Some(&alive))?.unwrap_or(to);
                    self.divide(node, start, (at, end))?;
                    start += node.size;
                    at = end;
                }
                Ok(())
            }
            Kind::Repeat(inner, min, max) => {
                let alive = self.alive(node, start, span)?;
                // The last turn of the loop is the one that counts.
                let (mut last, mut at, mut turn) = (None, from, 0);
                while at < to || turn < *min || turn == 0 {
                    let code = match max {
                        Some(_) => start + turn * inner.size + (turn + 1).saturating_sub(*min),
                        None if *min == 0 => start + 1,
                        None => start + turn.min(min - 1) * inner.size,
                    };
                    if max.is_some_and(|max| turn >= max) {
                        break;
                    }
                    let Some(end) = self.longest(inner, code, (at, to), Some(&alive))? else { break };
                    last = Some((code, (at, end)));
                    turn += 1;
                    if end == at && turn >= *min && max.is_none() {
                        break;
                    }
                    at = end;
                }
                match last {
                    Some((code, span)) => self.divide(inner, code, span),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    fn alive(&mut self, node: &Node, start: u32, span: (usize, usize)) -> Result<Alive, RegexError> {
        Alive::new(self.program, start..start + node.size, self.hay, span, self.steps)
    }

    /// Where the longest match of `node` ends that starts at the start of the stretch.
    fn longest(
        &mut self,
        node: &Node,
        start: u32,
        span: (usize, usize),
        alive: Option<&Alive>,
    ) -> Result<Option<usize>, RegexError> {
        let run = Run {
            program: self.program,
            code: start..start + node.size,
            hay: self.hay,
            from: span.0,
            to: span.1,
            floating: false,
            alive,
        };
        Ok(run.find(self.threads, self.steps)?.map(|(_, end)| end))
    }
}
