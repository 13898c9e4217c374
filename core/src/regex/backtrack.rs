//! The matcher for back-references: tries one way after another, and remembers where it has been.
//!
//! With back-references no linear way is known (matching is NP-complete), so this one counts its steps
//! and gives up at the limit of a search.

use super::captures::Captures;
use super::error::RegexError;
use super::program::{Index, Inst, Program};
use super::set::other_cases;
use super::steps::Steps;
use super::utf8;

/// Places remembered before the memory is begun anew.
const SEEN_MAX: usize = 100_000;

/// A slot that is not set.
const UNSET: usize = usize::MAX;

/// What is left to try, or to undo on the way back.
enum Job {
    Try(u32, usize),
    Restore(usize, usize),
}

pub(super) struct Backtracker<'a> {
    pub(super) program: &'a Program,
    pub(super) hay: &'a [u8],
    pub(super) ignore_case: bool,
    pub(super) steps: &'a mut Steps,
}

impl Backtracker<'_> {
    /// The leftmost match from `start` on, of those the longest; of equally long ones the first found,
    /// where each repetition first tries to go on.
    pub(super) fn find(
        &mut self,
        start: usize,
        groups: u32,
        captures: &mut Captures,
    ) -> Result<bool, RegexError> {
        let mut slots = vec![UNSET; 2 * groups as usize + 2];
        let mut jobs = Vec::new();
        for at in start..=self.hay.len() {
            if self.program.utf8 && !utf8::is_boundary(self.hay, at) {
                continue;
            }
            if let Some(slots) = self.longest_at(at, &mut slots, &mut jobs)? {
                captures.reset(groups);
                for (group, span) in slots.chunks_exact(2).enumerate() {
                    if let &[from, to] = span
                        && from != UNSET
                        && to != UNSET
                    {
                        captures.set(group, (from, to));
                    }
                }
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The slots of the longest match that starts here.
    fn longest_at(
        &mut self,
        start: usize,
        slots: &mut [usize],
        jobs: &mut Vec<Job>,
    ) -> Result<Option<Vec<usize>>, RegexError> {
        slots.fill(UNSET);
        jobs.clear();
        jobs.push(Job::Try(0, start));
        let mut best: Option<(usize, Vec<usize>)> = None;
        let mut seen = Index::new();
        while let Some(job) = jobs.pop() {
            let (mut pc, mut at) = match job {
                Job::Try(pc, at) => (pc, at),
                Job::Restore(slot, value) => {
                    if let Some(place) = slots.get_mut(slot) {
                        *place = value;
                    }
                    continue;
                }
            };
            loop {
                self.steps.take(1)?;
                let Some(inst) = self.program.inst(pc) else {
                    if best.as_ref().is_none_or(|(end, _)| at > *end) {
                        best = Some((at, slots.to_vec()));
                    }
                    break;
                };
                let text = self.hay.get(at..).unwrap_or_default();
                pc += 1;
                match inst {
                    Inst::Byte(_) | Inst::Set(_) => match self.program.consume(inst, text) {
                        Some(len) => at += len,
                        None => break,
                    },
                    Inst::Look(look) if self.program.holds(look, self.hay, at) => {}
                    Inst::Look(_) | Inst::Not(_) => break,
                    Inst::Jump(to) => pc = to,
                    Inst::Split(a, b) => {
                        self.steps.take(8 + slots.len() as u64)?;
                        if seen.len() >= SEEN_MAX {
                            seen.clear();
                        }
                        // Where everything is as it was, everything has been tried.
                        let place = [u64::from(pc), at as u64].into_iter();
                        let key = place.chain(slots.iter().map(|&slot| slot as u64)).collect();
                        if seen.insert(key, 0).is_some() {
                            break;
                        }
                        jobs.push(Job::Try(b, at));
                        pc = a;
                    }
                    Inst::Save(slot) => {
                        if let Some(place) = slots.get_mut(slot as usize) {
                            jobs.push(Job::Restore(slot as usize, *place));
                            *place = at;
                        }
                    }
                    Inst::BackReference(group) => match self.repeated(slots, group, text) {
                        Some(len) => at += len,
                        None => break,
                    },
                }
            }
            if best.as_ref().is_some_and(|(end, _)| *end == self.hay.len()) {
                break;
            }
        }
        Ok(best.map(|(end, mut slots)| {
            slots.splice(..2, [start, end]);
            slots
        }))
    }

    /// How much of `text` repeats what a group matched.
    fn repeated(&self, slots: &[usize], group: u32, text: &[u8]) -> Option<usize> {
        let group = group as usize;
        let said = self.hay.get(*slots.get(2 * group)?..*slots.get(2 * group + 1)?)?;
        if text.starts_with(said) {
            return Some(said.len());
        }
        if !self.ignore_case {
            return None;
        }
        let (mut said, mut at) = (said, 0);
        while !said.is_empty() {
            let (a, a_len) = self.char(said)?;
            let (b, b_len) = self.char(text.get(at..)?)?;
            if a != b && !other_cases(a).contains(&b) {
                return None;
            }
            said = said.get(a_len..)?;
            at += b_len;
        }
        Some(at)
    }

    fn char(&self, text: &[u8]) -> Option<(u32, usize)> {
        match utf8::decode(text) {
            Some(decoded) if self.program.utf8 => Some(decoded),
            _ => text.first().map(|&byte| (byte.into(), 1)),
        }
    }
}
