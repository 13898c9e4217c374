//! Compiling `[[ ]]`.

use super::compile::Compiler;
use super::{CondOp, Op};
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
        let operator = match binary.operator {
            CondOperator::Matches | CondOperator::MatchesPosix => CondOp::Matches,
            CondOperator::Differs => CondOp::Differs,
            CondOperator::Regex => CondOp::Regex,
            CondOperator::Before => CondOp::Before,
            CondOperator::After => CondOp::After,
            CondOperator::Equal => CondOp::Equal,
            CondOperator::NotEqual => CondOp::NotEqual,
            CondOperator::Less => CondOp::Less,
            CondOperator::LessEqual => CondOp::LessEqual,
            CondOperator::Greater => CondOp::Greater,
            CondOperator::GreaterEqual => CondOp::GreaterEqual,
            CondOperator::Newer => CondOp::Newer,
            CondOperator::Older => CondOp::Older,
            CondOperator::SameFile => CondOp::SameFile,
        };
        match operator {
            CondOp::Matches | CondOp::Differs => self.pattern_word(&binary.right),
            CondOp::Regex => self.regex_word(&binary.right),
            _ => self.string_word(&binary.right),
        }
        self.emit(Op::CondBinary(operator));
    }
}
