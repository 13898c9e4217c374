//! Compiling redirections.

use super::compile::Compiler;
use super::{Op, Pc, RedirectCode, RedirectOp, RedirectTarget};
use crate::shell::syntax::ast::{Redirect, RedirectFd, RedirectKind};
use crate::shell::syntax::word_text;

impl Compiler {
    /// Emits redirections; gives the instruction that knows where a failure goes.
    pub(super) fn redirects(&mut self, redirects: &[Redirect]) -> Pc {
        let start = self.emit(Op::RedirectStart { fail: 0 });
        for (at, redirect) in redirects.iter().enumerate() {
            let last = at + 1 == redirects.len();
            let fd = match &redirect.fd {
                RedirectFd::Default => RedirectTarget::Default,
                RedirectFd::Number(number) => RedirectTarget::Number(*number),
                RedirectFd::Variable(name) => RedirectTarget::Variable(self.symbol(name)),
            };
            let (kind, word) = match &redirect.kind {
                RedirectKind::Input(word) => (RedirectOp::Input, word),
                RedirectKind::Output(word) => (RedirectOp::Output, word),
                RedirectKind::Clobber(word) => (RedirectOp::Clobber, word),
                RedirectKind::Append(word) => (RedirectOp::Append, word),
                RedirectKind::ReadWrite(word) => (RedirectOp::ReadWrite, word),
                RedirectKind::DuplicateInput(word) => (RedirectOp::DuplicateInput, word),
                RedirectKind::DuplicateOutput(word) => (RedirectOp::DuplicateOutput, word),
                RedirectKind::OutputBoth(word) => (RedirectOp::OutputBoth, word),
                RedirectKind::AppendBoth(word) => (RedirectOp::AppendBoth, word),
                RedirectKind::HereDoc(document) => {
                    self.here_document(document);
                    self.push_redirect(RedirectCode {
                        fd,
                        kind: RedirectOp::Text,
                        text: Box::default(),
                        last,
                    });
                    continue;
                }
                RedirectKind::HereString(word) => {
                    self.here_string(word);
                    self.push_redirect(RedirectCode {
                        fd,
                        kind: RedirectOp::Text,
                        text: Box::default(),
                        last,
                    });
                    continue;
                }
            };
            let text = word_text(word);
            // The operand's fields are arguments of their own, so that more than one is noticed.
            self.emit(Op::CommandStart);
            self.argument(word);
            self.push_redirect(RedirectCode { fd, kind, text: text.into(), last });
        }
        start
    }

    fn push_redirect(&mut self, redirect: RedirectCode) {
        self.code.redirects.push(redirect);
        let index = self.code.redirects.len() as u32 - 1;
        self.emit(Op::Redirect(index));
    }
}
