//! All threads of a program at once, a character at a time: linear whatever the program, and it knows
//! where each thread began. Slower than the automaton of `dfa`, which is asked first.

use core::ops::Range;

use super::captures::Alive;
use super::error::RegexError;
use super::parse::Look;
use super::program::{Inst, Program};
use super::steps::Steps;
use super::utf8;

/// A program, or a stretch of it, over a stretch of text.
pub(super) struct Run<'a> {
    pub(super) program: &'a Program,
    pub(super) code: Range<u32>,
    pub(super) hay: &'a [u8],
    /// Where the match starts, or may start at the earliest.
    pub(super) from: usize,
    /// Where it must have ended.
    pub(super) to: usize,
    /// Whether it may start later than `from`.
    pub(super) floating: bool,
    /// Threads that are known to lead somewhere; all others are left out.
    pub(super) alive: Option<&'a Alive>,
}

/// The memory of a simulation, kept between runs.
#[derive(Default)]
pub(super) struct Threads {
    /// Threads (instruction, start) by the position they wait at, modulo the longest character.
    waiting: [Vec<(u32, usize)>; 4],
    /// In which round an instruction was seen last, and from which start; each position of each run is
    /// a round.
    seen: Vec<(u64, usize)>,
    round: u64,
    stack: Vec<u32>,
}

impl Run<'_> {
    /// The leftmost match, of those the longest.
    pub(super) fn find(
        &self,
        threads: &mut Threads,
        steps: &mut Steps,
    ) -> Result<Option<(usize, usize)>, RegexError> {
        let Threads { waiting, seen, round, stack } = threads;
        waiting.iter_mut().for_each(Vec::clear);
        seen.resize(self.program.insts.len() + 1, (0, 0));
        let mut found: Option<(usize, usize)> = None;
        let mut at = self.from;
        while at <= self.to {
            let mut ready = core::mem::take(&mut waiting[at % 4]);
            let starts = if self.floating { found.is_none() && self.may_start(at) } else { at == self.from };
            if starts {
                ready.push((self.code.start, at));
            }
            let text = self.hay.get(at..self.to).unwrap_or_default();
            steps.take(1 + ready.len() as u64)?;
            *round += 1;
            for &(pc, start) in &ready {
                if found.is_some_and(|(best, _)| best < start) {
                    continue;
                }
                stack.push(pc);
                while let Some(pc) = stack.pop() {
                    let Some(mark) = seen.get_mut(pc as usize) else { continue };
                    // Of two threads at one instruction the one that began earlier goes on.
                    let seen = mark.0 == *round && mark.1 <= start;
                    if seen || self.alive.is_some_and(|alive| !alive.has(pc, at)) {
                        continue;
                    }
                    *mark = (*round, start);
                    steps.take(1)?;
                    if pc == self.code.end {
                        if found.is_none_or(|(best, _)| start <= best) {
                            found = Some((start, at));
                        }
                        continue;
                    }
                    match self.program.inst(pc) {
                        Some(Inst::Split(a, b)) => stack.extend([b, a]),
                        Some(Inst::Jump(a)) => stack.push(a),
                        Some(Inst::Look(look)) if self.holds(look, at) => stack.push(pc + 1),
                        Some(inst @ (Inst::Byte(_) | Inst::Set(_))) => {
                            if let Some(len) = self.program.consume(inst, text) {
                                waiting[(at + len) % 4].push((pc + 1, start));
                            }
                        }
                        _ => {}
                    }
                }
            }
            ready.clear();
            // A character of four bytes has put threads into the list just read.
            ready.append(&mut waiting[at % 4]);
            waiting[at % 4] = ready;
            at += 1;
            if (found.is_some() || !self.floating) && waiting.iter().all(Vec::is_empty) {
                break;
            }
        }
        Ok(found)
    }

    fn may_start(&self, at: usize) -> bool {
        !self.program.utf8 || utf8::is_boundary(self.hay, at)
    }

    fn holds(&self, look: Look, at: usize) -> bool {
        self.program.holds(look, self.hay, at)
    }
}
