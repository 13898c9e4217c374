//! Compiling `[[ ]]`.

use super::Op;
use super::compile::Compiler;
use crate::shell::syntax::ast::{CondBinary, CondExpr, CondOperator};

impl Compiler {
    pub(super) fn cond(&mut self, expression: &CondExpr) {
        match expression {
            CondExpr::Not(inner) => {
                self.cond(inner);
                self.emit(Op::Negate);
            }
            CondExpr::And(all) => {
                let mut jumps = Vec::new();
                for (at, inner) in all.iter().enumerate() {
                    self.cond(inner);
                    if at + 1 < all.len() {
                        jumps.push(self.emit(Op::JumpFailure(0)));
                    }
                }
                jumps.into_iter().for_each(|jump| self.land(jump));
            }
            CondExpr::Or(all) => {
                let mut jumps = Vec::new();
                for (at, inner) in all.iter().enumerate() {
                    self.cond(inner);
                    if at + 1 < all.len() {
                        jumps.push(self.emit(Op::JumpSuccess(0)));
                    }
                }
                jumps.into_iter().for_each(|jump| self.land(jump));
            }
            CondExpr::Group(inner) => self.cond(inner),
            CondExpr::Word(word) => {
                self.string_word(word);
                self.emit(Op::CondWord);
            }
            CondExpr::Unary(operator, word) => {
                self.string_word(word);
                self.emit(Op::CondUnary(*operator));
            }
            CondExpr::Binary(binary) => self.cond_binary(binary),
        }
    }

    fn cond_binary(&mut self, binary: &CondBinary) {
        self.string_word(&binary.left);
        match binary.operator {
            CondOperator::Matches | CondOperator::MatchesPosix | CondOperator::Differs => {
                self.pattern_word(&binary.right)
            }
            CondOperator::Regex => self.regex_word(&binary.right),
            _ => self.string_word(&binary.right),
        }
        self.emit(Op::CondBinary(binary.operator));
    }
}
