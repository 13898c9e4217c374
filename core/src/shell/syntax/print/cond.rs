//! The expressions of `[[ ]]` to text.

use super::Printer;
use crate::shell::syntax::ast::CondExpr;

impl Printer<'_> {
    pub(super) fn cond(&mut self, expression: &CondExpr) {
        match expression {
            CondExpr::Not(operand) => {
                self.text("! ");
                self.cond(operand);
            }
            CondExpr::And(operands) => self.cond_joined(" && ", operands),
            CondExpr::Or(operands) => self.cond_joined(" || ", operands),
            CondExpr::Group(inside) => {
                self.text("( ");
                self.cond(inside);
                self.text(" )");
            }
            CondExpr::Word(word) => {
                self.text("-n ");
                self.word(word);
            }
            CondExpr::Unary(letter, word) => {
                self.out.extend_from_slice(&[b'-', *letter, b' ']);
                self.word(word);
            }
            CondExpr::Binary(binary) => {
                self.word(&binary.left);
                self.out.push(b' ');
                self.text(binary.operator.text());
                self.out.push(b' ');
                self.word(&binary.right);
            }
        }
    }

    fn cond_joined(&mut self, operator: &str, operands: &[CondExpr]) {
        for (index, operand) in operands.iter().enumerate() {
            if index > 0 {
                self.text(operator);
            }
            self.cond(operand);
        }
    }
}
