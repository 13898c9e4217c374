//! The automaton: sets of a program's threads as states, made when a search first needs them, so that
//! searching costs one table look-up per byte.
//!
//! It reads bytes; a thread in the middle of a character remembers the bytes so far (`Set::advance`). A
//! transition depends on the byte after a place as much as on what is before it, so conditions such as
//! `$` and `\>` cost nothing; the price is that a match is known one byte late, and that the end of the
//! text counts as one more kind of byte.

use std::rc::Rc;

use super::error::RegexError;
use super::parse::Look;
use super::program::{Index, Inst, Program};
use super::set::{Beyond, Class};
use super::steps::Steps;
use super::utf8::Advance;
use crate::abi::limits::REGEX_AUTOMATON_ENTRIES_MAX;

/// A state, as the index of its row in the table, or one of the words below; in the table with bits.
type State = u32;

/// Bit of an entry: a match ended just before the byte that led there.
const MATCHED: State = 1 << 31;
/// Bit of an entry: it leads to a state where no match has begun.
const IDLE: State = 1 << 30;
/// Entry: not made yet.
const UNKNOWN: State = State::MAX;
/// Entry: no match any more.
const DEAD: State = State::MAX - 1;
/// Entry: the automaton cannot tell (a word's edge beside a character beyond ASCII).
const LOST: State = State::MAX - 2;

/// What a state is, as the first number of its key: a match may start anywhere later; what was before.
const FLOATING: u64 = 1;
const TEXT_START: u64 = 2;
const LINE_START: u64 = 4;
const AFTER_WORD: u64 = 8;

/// What a scan found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scan {
    /// A match ends here.
    End(usize),
    NoMatch,
    /// At this byte the automaton got lost: the answer has to come from elsewhere.
    Lost(usize),
}

/// Which end a scan looks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    /// The first place where any match ends.
    Earliest,
    /// The last place where a match ends that starts where the scan does.
    Longest,
}

/// Whether skipping to the first bytes of matches is faster than reading on.
#[derive(Default)]
struct Skips {
    worthwhile: bool,
    skips: usize,
    skipped: usize,
}

impl Skips {
    /// Counts a skip, and says whether to go on with them: once they are short they stay so.
    fn count(&mut self, bytes: usize) -> bool {
        self.skips += 1;
        self.skipped += bytes;
        if self.skips == 64 {
            self.worthwhile = self.skipped > 12 * self.skips;
            (self.skips, self.skipped) = (0, 0);
        }
        self.worthwhile
    }
}

pub(super) struct Dfa {
    /// For each byte its class: bytes that no instruction tells apart share one.
    classes: [u8; 256],
    /// A byte of each class.
    samples: Vec<u8>,
    /// Entries per state: one for each class and one for the end of the text.
    stride: usize,
    table: Vec<State>,
    /// The key of each state: what it is, then its threads, sorted: instruction << 32 | pending.
    keys: Vec<Rc<[u64]>>,
    index: Index,
    /// Numbers in all keys.
    key_len: usize,
    /// Which of the bits before a place matter.
    context: u64,
    words: bool,
    /// No match can start but at the text's start.
    pinned: bool,
    /// The bytes that a match can start with; none when it can be empty.
    firsts: Vec<u8>,
    skips: Skips,
    /// The states at the starts of scans, by what they are.
    starts: [State; 16],
    seen: Vec<u64>,
    round: u64,
    stack: Vec<u32>,
}

impl Dfa {
    pub(super) fn new(program: &Program, pinned: bool) -> Dfa {
        let mut edges = [false; 257];
        let mut edge = |at: usize| edges.get_mut(at).map_or((), |edge| *edge = true);
        let (mut context, mut words) = (0, false);
        for inst in &program.insts {
            match *inst {
                Inst::Byte(byte) => {
                    edge(byte.into());
                    edge(usize::from(byte) + 1);
                }
                Inst::Look(Look::TextStart) => context |= TEXT_START,
                Inst::Look(Look::TextEnd) => {}
                Inst::Look(Look::LineStart | Look::LineEnd) => {
                    context |= LINE_START;
                    edge(b'\n'.into());
                    edge(usize::from(b'\n') + 1);
                }
                Inst::Look(_) => {
                    context |= AFTER_WORD;
                    words = true;
                }
                _ => {}
            }
        }
        let is_word = |byte: u8| Class::WORD.has(char::from(byte)) && byte < 0x80;
        for byte in 1..=255u8 {
            let differs = |set: &super::set::Set| set.has_byte(byte) != set.has_byte(byte - 1);
            if words && is_word(byte) != is_word(byte - 1) || program.sets.iter().any(differs) {
                edge(byte.into());
            }
        }
        edge(0x80);
        for set in &program.sets {
            match set.beyond() {
                Beyond::None => {}
                Beyond::Some => (0x80..0x100).for_each(&mut edge),
                Beyond::All => {
                    [0x90, 0xA0, 0xC0, 0xC2, 0xE0, 0xE1, 0xED, 0xEE, 0xF0, 0xF1, 0xF4, 0xF5]
                        .into_iter()
                        .for_each(&mut edge);
                }
            }
        }
        let mut classes = [0; 256];
        let mut samples = Vec::new();
        for (byte, class) in (0..=255u8).zip(classes.iter_mut()) {
            if byte == 0 || edges.get(usize::from(byte)) == Some(&true) {
                samples.push(byte);
            }
            *class = (samples.len() - 1) as u8;
        }
        let mut dfa = Dfa {
            classes,
            stride: samples.len() + 1,
            samples,
            table: Vec::new(),
            keys: Vec::new(),
            index: Index::new(),
            key_len: 0,
            context,
            words: words && program.utf8,
            pinned,
            firsts: Vec::new(),
            skips: Skips::default(),
            starts: [UNKNOWN; 16],
            seen: vec![0; program.insts.len() + 1],
            round: 0,
            stack: Vec::new(),
        };
        dfa.firsts = dfa.first_bytes(program).unwrap_or_default();
        dfa.skips.worthwhile = (1..=3).contains(&dfa.firsts.len());
        dfa
    }

    /// The bytes that a match can start with, conditions aside.
    fn first_bytes(&mut self, program: &Program) -> Option<Vec<u8>> {
        let mut firsts = [false; 256];
        self.round = 1;
        self.stack.push(0);
        while let Some(pc) = self.stack.pop() {
            let mark = self.seen.get_mut(pc as usize)?;
            if core::mem::replace(mark, 1) == 1 {
                continue;
            }
            match program.inst(pc)? {
                Inst::Byte(byte) => firsts[usize::from(byte)] = true,
                Inst::Set(set) => {
                    let set = program.sets.get(set as usize)?;
                    for byte in 0..=255u8 {
                        let starts = !matches!(set.advance(0, byte), Advance::Invalid);
                        firsts[usize::from(byte)] |= starts;
                    }
                }
                Inst::Split(a, b) => self.stack.extend([a, b]),
                Inst::Jump(a) => self.stack.push(a),
                Inst::Look(_) | Inst::Save(_) => self.stack.push(pc + 1),
                Inst::BackReference(_) | Inst::Not(_) => return None,
            }
        }
        Some((0..=255).filter(|&byte| firsts[usize::from(byte)]).collect())
    }

    /// The first place at or after `at` where a match can start, or the end.
    pub(super) fn next_start(&self, hay: &[u8], at: usize) -> usize {
        let Some(rest) = hay.get(at..) else { return at };
        let skipped = match *self.firsts {
            [] => Some(0),
            [a] => memchr::memchr(a, rest),
            [a, b] => memchr::memchr2(a, b, rest),
            [a, b, c] => memchr::memchr3(a, b, c, rest),
            _ => rest.iter().position(|byte| self.firsts.binary_search(byte).is_ok()),
        };
        skipped.map_or(hay.len(), |skipped| at + skipped)
    }

    /// Runs over the text from `start`.
    pub(super) fn scan(
        &mut self,
        program: &Program,
        hay: &[u8],
        start: usize,
        want: Want,
        steps: &mut Steps,
    ) -> Result<Scan, RegexError> {
        let Some(mut state) = self.start_state(hay, start, want) else { return Ok(Scan::Lost(start)) };
        let mut idle = want == Want::Earliest && self.skips.worthwhile;
        let mut found = Scan::NoMatch;
        let mut at = start;
        loop {
            if idle {
                // Between matches a search for their first bytes is faster, as long as they are rare.
                let next = self.next_start(hay, at);
                let worthwhile = self.skips.count(next - at);
                if !worthwhile {
                    self.clear();
                }
                if next > at || !worthwhile {
                    at = next;
                    match self.start_state(hay, at, want) {
                        Some(start) => state = start,
                        None => return Ok(Scan::Lost(at)),
                    }
                }
            }
            // Two loops, as few instructions in each as can be: here the time goes.
            let rest = hay.get(at..).unwrap_or_default();
            match want {
                Want::Earliest => {
                    for &byte in rest {
                        let class = usize::from(self.classes[usize::from(byte)]);
                        match self.table.get(state as usize + class) {
                            Some(&next) if next < IDLE => state = next,
                            _ => break,
                        }
                        at += 1;
                    }
                }
                Want::Longest => {
                    for &byte in rest {
                        let class = usize::from(self.classes[usize::from(byte)]);
                        match self.table.get(state as usize + class) {
                            Some(&next) if next < LOST => {
                                if next & MATCHED != 0 {
                                    found = Scan::End(at);
                                }
                                state = next & !MATCHED;
                            }
                            _ => break,
                        }
                        at += 1;
                    }
                }
            }
            let class = match hay.get(at) {
                Some(&byte) => self.classes[usize::from(byte)].into(),
                None => self.samples.len(),
            };
            let mut next = self.table.get(state as usize + class).copied().unwrap_or(UNKNOWN);
            if next == UNKNOWN {
                next = self.step(program, state, class, steps)?;
            }
            match next {
                DEAD => break,
                LOST => return Ok(Scan::Lost(at)),
                _ => {}
            }
            if next & MATCHED != 0 {
                found = Scan::End(at);
                if want == Want::Earliest {
                    break;
                }
            }
            if at == hay.len() {
                break;
            }
            idle = next & IDLE != 0;
            state = next & (IDLE - 1);
            at += 1;
        }
        steps.take((at - start) as u64 / 16 + 1)?;
        Ok(found)
    }

    fn start_state(&mut self, hay: &[u8], start: usize, want: Want) -> Option<State> {
        let mut what = if want == Want::Earliest { FLOATING } else { 0 };
        match start.checked_sub(1).and_then(|before| hay.get(before)) {
            None => what |= TEXT_START | LINE_START,
            Some(b'\n') => what |= LINE_START,
            Some(0x80..) if self.words => return None,
            Some(&byte) if is_word(byte) => what |= AFTER_WORD,
            Some(_) => {}
        }
        what &= self.context | FLOATING;
        let known = self.starts[what as usize & 15];
        if known != UNKNOWN {
            return Some(known);
        }
        let state = self.intern(&[what, 0]);
        self.starts[what as usize & 15] = state;
        Some(state)
    }

    /// Makes the transition of a state by a class of bytes.
    fn step(
        &mut self,
        program: &Program,
        state: State,
        class: usize,
        steps: &mut Steps,
    ) -> Result<State, RegexError> {
        let Some(key) = self.keys.get(state as usize / self.stride).cloned() else {
            return Ok(DEAD);
        };
        let byte = self.samples.get(class).copied();
        let entry = if self.words && byte.is_some_and(|byte| byte >= 0x80) {
            LOST
        } else {
            self.follow(program, &key, byte, steps)?
        };
        // The table may have been begun anew; then the state that this belongs to is gone.
        if self.keys.get(state as usize / self.stride).is_some_and(|now| Rc::ptr_eq(now, &key))
            && let Some(place) = self.table.get_mut(state as usize + class)
        {
            *place = entry;
        }
        Ok(entry)
    }

    fn follow(
        &mut self,
        program: &Program,
        key: &[u64],
        byte: Option<u8>,
        steps: &mut Steps,
    ) -> Result<State, RegexError> {
        let what = key.first().copied().unwrap_or_default();
        let mut matched = false;
        let mut next = vec![0];
        self.round += 1;
        steps.take(key.len() as u64)?;
        for &thread in key.iter().skip(1) {
            let (pc, pending) = ((thread >> 32) as u32, thread as u32);
            if pending != 0 {
                if let Some(Inst::Set(set)) = program.inst(pc)
                    && let Some(thread) = consume(program, set, pc, pending, byte)
                {
                    insert(&mut next, thread, steps)?;
                }
                continue;
            }
            self.stack.push(pc);
            while let Some(pc) = self.stack.pop() {
                let Some(mark) = self.seen.get_mut(pc as usize) else { continue };
                if core::mem::replace(mark, self.round) == self.round {
                    continue;
                }
                steps.take(1)?;
                let moved = match program.inst(pc) {
                    None => {
                        matched = true;
                        None
                    }
                    Some(Inst::Split(a, b)) => {
                        self.stack.extend([b, a]);
                        None
                    }
                    Some(Inst::Jump(a)) => {
                        self.stack.push(a);
                        None
                    }
                    // Anything: with these the automaton only says where a match can be at all.
                    Some(Inst::BackReference(_)) => {
                        self.stack.push(pc + 1);
                        Some(u64::from(pc) << 32)
                    }
                    Some(Inst::Look(look)) if !holds(look, what, byte) => None,
                    Some(Inst::Look(_) | Inst::Save(_)) => {
                        self.stack.push(pc + 1);
                        None
                    }
                    Some(Inst::Byte(wanted)) => (Some(wanted) == byte).then_some(u64::from(pc + 1) << 32),
                    Some(Inst::Set(set)) => consume(program, set, pc, 0, byte),
                    Some(Inst::Not(_)) => None,
                };
                if let Some(thread) = moved {
                    insert(&mut next, thread, steps)?;
                }
            }
        }
        let floating = what & FLOATING != 0 && !self.pinned;
        if floating {
            insert(&mut next, 0, steps)?;
        }
        if next.len() == 1 && !matched {
            return Ok(DEAD);
        }
        if let Some(what) = next.first_mut() {
            let line_start = if byte == Some(b'\n') { LINE_START } else { 0 };
            let after_word = if byte.is_some_and(is_word) { AFTER_WORD } else { 0 };
            *what = (line_start | after_word) & self.context | if floating { FLOATING } else { 0 };
        }
        let idle = floating && next.len() == 2 && self.skips.worthwhile;
        let bits = if matched { MATCHED } else { 0 } | if idle { IDLE } else { 0 };
        Ok(self.intern(&next) | bits)
    }

    fn clear(&mut self) {
        self.table.clear();
        self.keys.clear();
        self.index.clear();
        self.starts = [UNKNOWN; 16];
        self.key_len = 0;
    }

    /// The state with this key. Throws the table away first when it is full.
    fn intern(&mut self, key: &[u64]) -> State {
        if let Some(&state) = self.index.get(key) {
            return state;
        }
        if self.table.len() + self.stride > REGEX_AUTOMATON_ENTRIES_MAX
            || self.key_len > REGEX_AUTOMATON_ENTRIES_MAX
        {
            self.clear();
        }
        let state = self.table.len() as State;
        let key: Rc<[u64]> = key.into();
        self.key_len += key.len();
        self.keys.push(Rc::clone(&key));
        self.index.insert(key, state);
        self.table.resize(self.table.len() + self.stride, UNKNOWN);
        state
    }
}

/// Adds a thread to the key of a state, in order and once.
fn insert(key: &mut Vec<u64>, thread: u64, steps: &mut Steps) -> Result<(), RegexError> {
    if let Err(at) = key.get(1..).unwrap_or_default().binary_search(&thread) {
        steps.take(1 + (key.len() - at) as u64 / 64)?;
        key.insert(at + 1, thread);
    }
    Ok(())
}

/// Where a thread at a set is after one more byte.
fn consume(program: &Program, set: u32, pc: u32, pending: u32, byte: Option<u8>) -> Option<u64> {
    match program.sets.get(set as usize)?.advance(pending, byte?) {
        Advance::Done(_) => Some(u64::from(pc + 1) << 32),
        Advance::Pending(pending) => Some(u64::from(pc) << 32 | u64::from(pending)),
        Advance::Invalid => None,
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether a condition holds after what a state knows and before this byte.
fn holds(look: Look, what: u64, next: Option<u8>) -> bool {
    let before = what & AFTER_WORD != 0;
    let after = next.is_some_and(is_word);
    match look {
        Look::TextStart => what & TEXT_START != 0,
        Look::TextEnd => next.is_none(),
        Look::LineStart => what & (LINE_START | TEXT_START) != 0,
        Look::LineEnd => next.is_none_or(|byte| byte == b'\n'),
        Look::WordEdge => before != after,
        Look::NotWordEdge => before == after,
        Look::WordStart => !before && after,
        Look::WordEnd => before && !after,
        Look::NotHidden => false,
    }
}
