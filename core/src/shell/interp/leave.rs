//! How execution leaves where it is: failures, `break`, `return`, errors of expansion, `exit`.

use super::frames::Heights;
use super::scopes::{Scope, ScopeKind};
use super::{FeederKind, FrameKind, Interp, Stop};
use crate::shell::code::Op;
use std::rc::Rc;

impl Interp {
    /// Execution leaves the current instruction; false when the shell has ended.
    pub(super) async fn stop(&mut self, stop: Stop) -> bool {
        let stop = match stop {
            Stop::Exit(status) | Stop::Discard(status) if self.is_expanding_redirect() => {
                Stop::Failed(status)
            }
            Stop::Refused if self.is_expanding_redirect() => Stop::Failed(1),
            stop => stop,
        };
        match stop {
            Stop::Moved => true,
            Stop::Failed(status) => {
                self.shell.status = status;
                self.after_failure();
                true
            }
            Stop::Break(levels) => {
                self.leave_loops(levels, true);
                true
            }
            Stop::Continue(levels) => {
                self.leave_loops(levels, false);
                true
            }
            Stop::Return(status) => self.leave_function(status).await,
            Stop::Exit(status) => {
                self.shell.status = status;
                self.exit_shell(status).await
            }
            Stop::Refused if self.leave_arith() => true,
            Stop::Refused => self.discard_command(1).await,
            Stop::Discard(status) => self.discard_command(status).await,
        }
    }

    /// The expression of the command that runs means nothing: go on behind it. False when there is none.
    fn leave_arith(&mut self) -> bool {
        if !self.is_arith_command() {
            return false;
        }
        if let Some(Scope { kind: ScopeKind::Arith { end }, heights, .. }) = self.scopes.pop() {
            self.go_back(heights);
            self.pc = end;
        }
        self.shell.status = 1;
        true
    }

    /// A redirection failed: go on where its command ends.
    fn after_failure(&mut self) {
        let base = self.frames.last().map_or(0, |frame| frame.scopes);
        if self.scopes.len() > base
            && let Some(Scope { kind: ScopeKind::Redirects { fail, .. }, heights, .. }) = self.scopes.last()
        {
            let (fail, heights) = (*fail, *heights);
            self.pop_scope();
            self.go_back(heights);
            // What had been put together for the command goes too.
            if let Some(base) = self.arg_bases.last().map(|base| base.at)
                && self.command_is_open(fail)
            {
                let name = self.symbol(self.args.get(base));
                let special = self.shell.builtin(name).is_some_and(|own| own.special);
                if special && self.shell.options.posix && !self.shell.options.interactive {
                    self.pending_exit = Some(self.shell.status);
                }
                self.args.truncate(base);
                self.arg_bases.pop();
            }
            self.prefix.clear();
            self.is_traced = false;
            self.pc = fail;
        }
    }

    /// Whether the redirections that fail to `fail` belong to a command whose arguments are on the stack.
    fn command_is_open(&self, fail: usize) -> bool {
        let before = |back: usize| fail.checked_sub(back).and_then(|at| self.code.ops.get(at));
        matches!((before(1), before(2)), (Some(Op::RedirectEnd), Some(Op::Exec { .. })))
    }

    fn leave_loops(&mut self, levels: u32, is_break: bool) {
        let base = self.frames.last().map_or(0, |frame| frame.scopes);
        let mut left = levels.max(1);
        while self.scopes.len() > base {
            let Some(scope) = self.scopes.last() else { return };
            let ScopeKind::Loop { end, next } = scope.kind else {
                self.pop_scope();
                continue;
            };
            let heights = scope.heights;
            left -= 1;
            let outermost = !self.scopes[base..self.scopes.len() - 1]
                .iter()
                .any(|scope| matches!(scope.kind, ScopeKind::Loop { .. }));
            if left == 0 || outermost {
                self.go_back(heights);
                self.pc = if is_break { end } else { next };
                return;
            }
            self.scopes.pop();
        }
    }

    /// `return`: ends the innermost function or sourced file.
    async fn leave_function(&mut self, status: u8) -> bool {
        loop {
            self.shell.status = status;
            if self.leaves_nested(Stop::Return(status)) {
                return true;
            }
            match self.frames.last().map(|frame| &frame.kind) {
                None => return self.leave_shell().await,
                Some(FrameKind::Function(_)) => {
                    self.pop_frame().await;
                    self.shell.status = status;
                    return if self.frames.is_empty() { self.leave_shell().await } else { true };
                }
                Some(FrameKind::Feeder(feeder)) if feeder.kind == FeederKind::Source => {
                    self.pop_frame().await;
                    self.shell.status = status;
                    return true;
                }
                Some(_) => self.pop_frame().await,
            }
            if self.frames.is_empty() {
                return self.leave_shell().await;
            }
        }
    }

    /// An expansion error: the nearest text that is being read goes on with its next command.
    async fn discard_command(&mut self, status: u8) -> bool {
        loop {
            if self.leaves_nested(Stop::Discard(status)) {
                return true;
            }
            match self.frames.last().map(|frame| &frame.kind) {
                None => return self.leave_shell().await,
                Some(FrameKind::Feeder(_)) => {
                    let (scopes, heights) =
                        self.frames.last().map_or((0, Heights::default()), |f| (f.scopes, f.heights));
                    while self.scopes.len() > scopes {
                        self.pop_scope();
                    }
                    self.go_back(heights);
                    self.code = Rc::default();
                    self.pc = 0;
                    self.shell.status = status;
                    return true;
                }
                Some(FrameKind::Substitution { .. }) => {
                    self.shell.status = status;
                    self.pop_frame().await;
                    return true;
                }
                Some(_) => {
                    self.pop_frame().await;
                    self.shell.status = status;
                }
            }
        }
    }

    /// `exit`: ends every frame. False when the shell has ended.
    async fn exit_shell(&mut self, status: u8) -> bool {
        // A substitution that runs within the shell ends alone.
        let base = self.nested_base();
        if self.frames.iter().skip(base).any(|frame| matches!(frame.kind, FrameKind::Substitution { .. })) {
            while let Some(frame) = self.frames.last() {
                let last = matches!(frame.kind, FrameKind::Substitution { .. });
                self.pop_frame().await;
                self.shell.status = status;
                if last {
                    return true;
                }
            }
        }
        while self.frames.len() > base {
            self.pop_frame().await;
            self.shell.status = status;
        }
        if self.leaves_nested(Stop::Exit(status)) {
            return true;
        }
        self.leaving = Some(status);
        while !self.frames.is_empty() {
            self.pop_frame().await;
        }
        self.shell.status = status;
        self.leave_shell().await
    }

    /// All frames have ended: the EXIT trap runs, once. False when the shell is at its end.
    pub(super) async fn leave_shell(&mut self) -> bool {
        if self.begin_exit_trap() {
            return true;
        }
        if let Some(status) = self.leaving {
            self.shell.status = status;
        }
        false
    }
}
