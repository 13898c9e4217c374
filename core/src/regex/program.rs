//! The compiled form of an expression: instructions that each consume one character or decide.
//!
//! A part of the tree compiles to one stretch of instructions with one way in, its start, and one way
//! out, its end: so a part can be run alone, which is how sub-matches are found (see `captures`).

use crate::abi::SortedMap;
use std::rc::Rc;

use super::parse::{Kind, Look, Node};
use super::set::{Class, Set};
use super::utf8;

/// Numbers of states of a search, by what they are. All matchers share the type: it is paid for once.
pub(super) type Index = SortedMap<Rc<[u64]>, u32>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inst {
    /// Consumes this byte.
    Byte(u8),
    /// Consumes a character of the set with this number.
    Set(u32),
    /// Goes on only where the condition holds.
    Look(Look),
    /// Goes on at both.
    Split(u32, u32),
    Jump(u32),
    /// Notes the position in a slot; only in programs with back-references.
    Save(u32),
    /// Consumes what the group matched.
    BackReference(u32),
    /// Goes on here, past the instructions between, wherever those do not get to; only in shell patterns.
    Not(u32),
}

/// A program. It starts at 0 and has matched when it gets to its end.
pub(super) struct Program {
    pub(super) insts: Vec<Inst>,
    pub(super) sets: Vec<Set>,
    pub(super) utf8: bool,
    pub(super) back_references: bool,
}

impl Program {
    pub(super) fn new(root: &Node, sets: Vec<Set>, utf8: bool, back_references: bool) -> Program {
        let insts = Vec::with_capacity(root.size as usize);
        let mut program = Program { insts, sets, utf8, back_references };
        program.compile(root);
        program
    }

    pub(super) fn end(&self) -> u32 {
        self.insts.len() as u32
    }

    pub(super) fn inst(&self, at: u32) -> Option<Inst> {
        self.insts.get(at as usize).copied()
    }

    fn push(&mut self, inst: Inst) -> u32 {
        self.insts.push(inst);
        self.end() - 1
    }

    fn patch(&mut self, at: u32, inst: Inst) {
        if let Some(place) = self.insts.get_mut(at as usize) {
            *place = inst;
        }
    }

    fn compile(&mut self, node: &Node) {
        match &node.kind {
            Kind::Empty => {}
            Kind::Byte(byte) => _ = self.push(Inst::Byte(*byte)),
            Kind::Set(set) => _ = self.push(Inst::Set(*set)),
            Kind::Look(look) => _ = self.push(Inst::Look(*look)),
            Kind::BackReference(group) => _ = self.push(Inst::BackReference(*group)),
            Kind::Not(node) => {
                let not = self.push(Inst::Jump(0));
                self.compile(node);
                self.patch(not, Inst::Not(self.end()));
            }
            Kind::Group(group, node) => {
                if self.back_references {
                    self.push(Inst::Save(2 * group));
                }
                self.compile(node);
                if self.back_references {
                    self.push(Inst::Save(2 * group + 1));
                }
            }
            Kind::Concatenation(nodes) => nodes.iter().for_each(|node| self.compile(node)),
            Kind::Alternation(nodes) => {
                let mut jumps = Vec::new();
                for (i, node) in nodes.iter().enumerate() {
                    if i + 1 == nodes.len() {
                        self.compile(node);
                        break;
                    }
                    let split = self.push(Inst::Jump(0));
                    self.compile(node);
                    jumps.push(self.push(Inst::Jump(0)));
                    self.patch(split, Inst::Split(split + 1, self.end()));
                }
                for jump in jumps {
                    self.patch(jump, Inst::Jump(self.end()));
                }
            }
            Kind::Repeat(node, min, max) => {
                let mut last = self.end();
                for _ in 0..*min {
                    last = self.end();
                    self.compile(node);
                }
                match max {
                    Some(max) => {
                        let mut splits = Vec::new();
                        for _ in *min..*max {
                            splits.push(self.push(Inst::Jump(0)));
                            self.compile(node);
                        }
                        for split in splits {
                            self.patch(split, Inst::Split(split + 1, self.end()));
                        }
                    }
                    None if *min == 0 => {
                        let split = self.push(Inst::Jump(0));
                        self.compile(node);
                        self.push(Inst::Jump(split));
                        self.patch(split, Inst::Split(split + 1, self.end()));
                    }
                    None => {
                        let split = self.end();
                        self.push(Inst::Split(last, split + 1));
                    }
                }
            }
        }
    }

    /// Whether a condition holds at a place of the text.
    pub(super) fn holds(&self, look: Look, hay: &[u8], at: usize) -> bool {
        let before = || self.is_word(hay.get(..at).unwrap_or_default(), true);
        let after = || self.is_word(hay.get(at..).unwrap_or_default(), false);
        match look {
            Look::TextStart => at == 0,
            Look::TextEnd => at == hay.len(),
            Look::LineStart => at == 0 || hay.get(at - 1) == Some(&b'\n'),
            Look::LineEnd => hay.get(at).is_none_or(|&byte| byte == b'\n'),
            Look::WordEdge => before() != after(),
            Look::NotWordEdge => before() == after(),
            Look::WordStart => !before() && after(),
            Look::WordEnd => before() && !after(),
            Look::NotHidden => hay.get(at) != Some(&b'.') || at > 0 && hay.get(at - 1) != Some(&b'/'),
        }
    }

    /// Whether the text begins, or ends, with a character of a word.
    fn is_word(&self, text: &[u8], last: bool) -> bool {
        let byte = if last { text.last() } else { text.first() };
        match byte {
            Some(&byte) if byte < 0x80 => Class::WORD.has(char::from(byte)),
            Some(_) if self.utf8 => {
                let decoded = if last { utf8::decode_last(text) } else { utf8::decode(text) };
                decoded.and_then(|(code, _)| char::from_u32(code)).is_some_and(|c| Class::WORD.has(c))
            }
            _ => false,
        }
    }

    /// The length of what one instruction consumes at the start of `text`, if it does.
    pub(super) fn consume(&self, inst: Inst, text: &[u8]) -> Option<usize> {
        match inst {
            Inst::Byte(byte) => (text.first() == Some(&byte)).then_some(1),
            Inst::Set(set) => self.sets.get(set as usize)?.match_len(text),
            _ => None,
        }
    }
}
