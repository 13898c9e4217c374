//! Scopes: the loops, redirections and expressions that are open in a frame.

use super::Interp;
use super::frames::Heights;

/// A loop or a set of redirections that is open.
pub(super) struct Scope {
    pub(super) kind: ScopeKind,
    pub(super) heights: Heights,
    pub(super) loop_status: u8,
}

/// What a scope is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ScopeKind {
    Loop {
        end: usize,
        next: usize,
    },
    /// Redirections, from this place of the saved descriptors on; where a failure goes.
    Redirects {
        saved: usize,
        fail: usize,
        /// Operands are still being expanded.
        expanding: bool,
    },
    /// An expression that is a command; where a failure goes.
    Arith {
        end: usize,
    },
}

impl Interp {
    pub(super) fn loop_start(&mut self, end: usize, next: usize) {
        let scope = Scope { kind: ScopeKind::Loop { end, next }, heights: self.heights(), loop_status: 0 };
        self.scopes.push(scope);
    }

    pub(super) fn loop_end(&mut self) {
        self.scopes.pop();
    }

    /// How many loops are open in the current frame.
    pub(crate) fn loop_depth(&self) -> usize {
        let base = self.frames.last().map_or(0, |frame| frame.scopes);
        let open = self.scopes.get(base..).unwrap_or_default();
        open.iter().filter(|scope| matches!(scope.kind, ScopeKind::Loop { .. })).count()
    }

    pub(super) fn arith_command(&mut self, end: usize) {
        let scope = Scope { kind: ScopeKind::Arith { end }, heights: self.heights(), loop_status: 0 };
        self.scopes.push(scope);
    }

    /// Whether what runs is an expression that is a command.
    pub(super) fn is_arith_command(&self) -> bool {
        let base = self.frames.last().map_or(0, |frame| frame.scopes);
        self.scopes.len() > base
            && matches!(self.scopes.last(), Some(Scope { kind: ScopeKind::Arith { .. }, .. }))
    }

    pub(super) fn redirect_start(&mut self, fail: usize) {
        let kind = ScopeKind::Redirects { saved: self.saved_fds.len(), fail, expanding: true };
        let scope = Scope { kind, heights: self.heights(), loop_status: 0 };
        self.scopes.push(scope);
    }

    /// All operands of the innermost redirections have been expanded.
    pub(super) fn redirects_expanded(&mut self) {
        if let Some(Scope { kind: ScopeKind::Redirects { expanding, .. }, .. }) = self.scopes.last_mut() {
            *expanding = false;
        }
    }

    /// Whether the operand of a redirection is being expanded: what fails then fails only the command.
    pub(super) fn is_expanding_redirect(&self) -> bool {
        let base = self.frames.last().map_or(0, |frame| frame.scopes);
        let scope = self.scopes.get(base..).and_then(<[Scope]>::last);
        matches!(scope, Some(Scope { kind: ScopeKind::Redirects { expanding: true, .. }, .. }))
    }

    /// The redirections of the command that runs stay (`exec`).
    pub(crate) fn keep_redirects(&mut self) {
        if let Some(Scope { kind: ScopeKind::Redirects { saved, .. }, .. }) = self.scopes.last() {
            let saved = *saved;
            self.forget_saved_fds(saved);
        }
    }

    /// Ends the innermost scope.
    pub(super) fn pop_scope(&mut self) {
        let Some(scope) = self.scopes.pop() else { return };
        if let ScopeKind::Redirects { saved, .. } = scope.kind {
            self.restore_fds(saved);
        }
    }
}
