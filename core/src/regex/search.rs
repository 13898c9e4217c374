//! Which matcher answers what: the fast ones first, the ones that always know last.

use super::backtrack::Backtracker;
use super::captures::Captures;
use super::dfa::{Scan, Want};
use super::error::RegexError;
use super::simulate::Run;
use super::{Memory, Regex, utf8};

/// Where a match ends, and where it starts if it is known to be the leftmost, and the longest there.
type First = Option<(Option<usize>, usize)>;

impl Regex {
    /// Any match, by the fastest way.
    pub(super) fn first(
        &self,
        memory: &mut Memory,
        hay: &[u8],
        mut start: usize,
    ) -> Result<First, RegexError> {
        if let Some(literal) = &self.literal {
            let (mut tried, first) = (0, start);
            while tried < 16 || start - first > 128 * tried {
                let found = literal.finder.find(hay.get(start..).unwrap_or_default());
                let Some(at) = found.map(|at| start + at) else {
                    memory.steps.take((hay.len() - start) as u64 / 64)?;
                    return Ok(None);
                };
                memory.steps.take((at - start) as u64 / 64)?;
                if literal.whole {
                    return Ok(Some((Some(at), at + literal.len())));
                }
                if !self.lines {
                    break;
                }
                // Only the line with the literal can match. Where nearly all have it, this is given up.
                let (from, line) = line_around(hay, start, at);
                let first = self.scan(memory, line, from)?;
                if first.is_some() {
                    return Ok(first);
                }
                tried += 1;
                start = line.len() + 1;
                if start > hay.len() {
                    return Ok(None);
                }
            }
        }
        self.scan(memory, hay, start)
    }

    /// The automaton, and where it cannot tell, the matcher that can.
    fn scan(&self, memory: &mut Memory, hay: &[u8], mut start: usize) -> Result<First, RegexError> {
        while start <= hay.len() {
            let Memory { dfa, steps, .. } = memory;
            let (from, text) = match dfa.scan(&self.program, hay, start, Want::Earliest, steps)? {
                Scan::NoMatch => return Ok(None),
                Scan::End(at) if !self.program.back_references => return Ok(Some((None, at))),
                Scan::End(at) | Scan::Lost(at) if self.lines => line_around(hay, start, at),
                _ => (start, hay),
            };
            if let Some((from, end)) = self.leftmost(memory, text, from)? {
                return Ok(Some((Some(from), end)));
            }
            start = text.len() + 1;
        }
        Ok(None)
    }

    /// The leftmost match, of those the longest.
    pub(super) fn find(
        &self,
        memory: &mut Memory,
        hay: &[u8],
        start: usize,
    ) -> Result<Option<(usize, usize)>, RegexError> {
        let first_end = match self.first(memory, hay, start)? {
            None => return Ok(None),
            Some((Some(from), end)) => return Ok(Some((from, end))),
            Some((None, end)) => end,
        };
        // No line before has a match, so the leftmost one is in this line.
        let (start, hay) = if self.lines { line_around(hay, start, first_end) } else { (start, hay) };
        // It starts at or before the first end. Each place is tried, unless that turns out to read the
        // text again and again.
        let Memory { dfa, steps, .. } = memory;
        let enough = steps.search + 64 + (first_end - start) as u64;
        let mut at = dfa.next_start(hay, start);
        while at <= hay.len() {
            if !self.program.utf8 || utf8::is_boundary(hay, at) {
                match dfa.scan(&self.program, hay, at, Want::Longest, steps)? {
                    Scan::End(end) => return Ok(Some((at, end))),
                    Scan::NoMatch if steps.search < enough => {}
                    _ => break,
                }
            }
            at = dfa.next_start(hay, at + 1);
        }
        self.leftmost(memory, hay, start)
    }

    /// The same from the matcher that always knows.
    fn leftmost(
        &self,
        memory: &mut Memory,
        hay: &[u8],
        start: usize,
    ) -> Result<Option<(usize, usize)>, RegexError> {
        if self.program.back_references {
            let mut captures = Captures::new();
            let found = self.backtracker(memory, hay).find(start, self.groups, &mut captures)?;
            return Ok(captures.get(0).filter(|_| found));
        }
        let run = Run {
            program: &self.program,
            code: 0..self.program.end(),
            hay,
            from: start,
            to: hay.len(),
            floating: true,
            alive: None,
        };
        run.find(&mut memory.threads, &mut memory.steps)
    }

    pub(super) fn backtracker<'a>(&'a self, memory: &'a mut Memory, hay: &'a [u8]) -> Backtracker<'a> {
        Backtracker { program: &self.program, hay, ignore_case: self.ignore_case, steps: &mut memory.steps }
    }
}

/// The line around a place: where it starts, but not before `start`, and the text up to its end.
fn line_around(hay: &[u8], start: usize, at: usize) -> (usize, &[u8]) {
    let before = hay.get(start..at).unwrap_or_default();
    let from = memchr::memrchr(b'\n', before).map_or(start, |newline| start + newline + 1);
    let rest = hay.get(at..).unwrap_or_default();
    let to = memchr::memchr(b'\n', rest).map_or(hay.len(), |newline| at + newline);
    (from, hay.get(..to).unwrap_or(hay))
}
