//! Patterns with groups: a program whose threads run together, each place of the text once.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;
use std::rc::Rc;

use super::PatternOptions;
use super::parse::Item;
use crate::abi::limits::PATTERN_MEMO_MAX;
use crate::regex::parse::{Kind, Look, Node};
use crate::regex::program::{Index, Inst, Program};
use crate::regex::set::Set;
use crate::regex::utf8;

pub(super) struct Groups {
    program: Program,
    /// Nothing but itself matches a `/`.
    path: bool,
}

impl Groups {
    pub(super) fn new(items: Vec<Item>, options: PatternOptions) -> Groups {
        let mut builder = Builder { sets: Vec::new(), options };
        let root = builder.sequence(items);
        let program = Program::new(&root, builder.sets, options.utf8, false);
        Groups { program, path: options.path }
    }

    /// All ends of matches that start at `from`, in order.
    pub(super) fn ends(&self, hay: &[u8], from: usize) -> Rc<[usize]> {
        if self.program.utf8 && !utf8::is_boundary(hay, from) {
            return Rc::default();
        }
        let mut memo = Memo::default();
        self.ends_of(0..self.program.end(), hay, from, &mut memo)
    }

    pub(super) fn matches_from(&self, hay: &[u8], from: usize) -> bool {
        self.ends(hay, from).last() == Some(&hay.len())
    }

    fn ends_of(&self, code: Range<u32>, hay: &[u8], from: usize, memo: &mut Memo) -> Rc<[usize]> {
        let mut ends = Vec::new();
        // Threads by the place where they wait, the first on top; and for each instruction the place,
        // plus one, where it was seen last.
        let mut waiting = BinaryHeap::from([Reverse((from, code.start))]);
        let mut seen = vec![0; (code.end - code.start) as usize + 1];
        let mut stack = Vec::new();
        while let Some(Reverse((at, pc))) = waiting.pop() {
            stack.push(pc);
            while let Some(pc) = stack.pop() {
                let Some(mark) = seen.get_mut((pc - code.start) as usize) else { continue };
                if core::mem::replace(mark, at + 1) == at + 1 {
                    continue;
                }
                if pc == code.end {
                    ends.push(at);
                    continue;
                }
                match self.program.inst(pc) {
                    Some(Inst::Split(a, b)) => stack.extend([b, a]),
                    Some(Inst::Jump(a)) => stack.push(a),
                    Some(Inst::Look(look)) if self.program.holds(look, hay, at) => stack.push(pc + 1),
                    Some(Inst::Not(after)) => {
                        let taken = memo.get(pc, at).unwrap_or_else(|| {
                            let taken = self.ends_of(pc + 1..after, hay, at, memo);
                            memo.keep(pc, at, &taken);
                            taken
                        });
                        for end in self.not(&taken, hay, at) {
                            waiting.push(Reverse((end, after)));
                        }
                    }
                    Some(inst) => {
                        let text = hay.get(at..).unwrap_or_default();
                        if let Some(len) = self.program.consume(inst, text) {
                            waiting.push(Reverse((at + len, pc + 1)));
                        }
                    }
                    None => {}
                }
            }
        }
        ends.into()
    }

    /// The places from `at` on that are not taken.
    fn not(&self, taken: &[usize], hay: &[u8], at: usize) -> impl Iterator<Item = usize> {
        let rest = hay.get(at..).unwrap_or_default();
        let slash = if self.path { memchr::memchr(b'/', rest) } else { None };
        let to = slash.map_or(hay.len(), |slash| at + slash);
        (at..=to).filter(move |end| {
            taken.binary_search(end).is_err() && (!self.program.utf8 || utf8::is_boundary(hay, *end))
        })
    }
}

/// What `!(…)` gave at a place, so that nested ones ask once. Bounded: past that they ask again.
#[derive(Default)]
struct Memo {
    known: Index,
    ends: Vec<Rc<[usize]>>,
    size: usize,
}

impl Memo {
    fn get(&self, pc: u32, at: usize) -> Option<Rc<[usize]>> {
        let number = self.known.get(&[pc.into(), at as u64][..])?;
        self.ends.get(*number as usize).cloned()
    }

    fn keep(&mut self, pc: u32, at: usize, ends: &Rc<[usize]>) {
        if self.size < PATTERN_MEMO_MAX {
            self.size += ends.len() + 8;
            self.known.insert([pc.into(), at as u64].into(), self.ends.len() as u32);
            self.ends.push(Rc::clone(ends));
        }
    }
}

/// Makes the tree that `Program` compiles.
struct Builder {
    sets: Vec<Set>,
    options: PatternOptions,
}

impl Builder {
    fn sequence(&mut self, items: Vec<Item>) -> Node {
        let mut nodes = Vec::new();
        for item in items {
            match item {
                Item::Literal(text) => {
                    nodes.extend(text.into_iter().map(|byte| Node::new(Kind::Byte(byte))));
                }
                Item::One(set) => {
                    self.not_hidden(&mut nodes);
                    nodes.push(self.set(set));
                }
                Item::Star => {
                    self.not_hidden(&mut nodes);
                    let mut any = Set::any(self.options.utf8);
                    if self.options.path {
                        any.remove_byte(b'/');
                    }
                    let any = self.set(any.with_strays());
                    nodes.push(Node::new(Kind::Repeat(Box::new(any), 0, None)));
                }
                Item::Group(sign, alternatives) => {
                    let mut branches: Vec<Node> =
                        alternatives.into_iter().map(|items| self.sequence(items)).collect();
                    let inner = match branches.pop() {
                        Some(only) if branches.is_empty() => only,
                        last => {
                            branches.extend(last);
                            Node::new(Kind::Alternation(branches))
                        }
                    };
                    let inner = Box::new(inner);
                    if sign == b'!' {
                        self.not_hidden(&mut nodes);
                    }
                    nodes.push(match sign {
                        b'?' => Node::new(Kind::Repeat(inner, 0, Some(1))),
                        b'*' => Node::new(Kind::Repeat(inner, 0, None)),
                        b'+' => Node::new(Kind::Repeat(inner, 1, None)),
                        b'!' => Node::new(Kind::Not(inner)),
                        _ => *inner,
                    });
                }
            }
        }
        Node::new(Kind::Concatenation(nodes))
    }

    fn set(&mut self, set: Set) -> Node {
        self.sets.push(set);
        Node::new(Kind::Set(self.sets.len() as u32 - 1))
    }

    fn not_hidden(&self, nodes: &mut Vec<Node>) {
        if self.options.hidden {
            nodes.push(Node::new(Kind::Look(Look::NotHidden)));
        }
    }
}
