//! Bytes that every match of an expression contains: searching them first is many times faster.

use memchr::memmem::Finder;

use super::parse::{Kind, Node};

/// What every match contains.
pub(super) struct Literal {
    pub(super) finder: Finder<'static>,
    /// Whether the match is these bytes and nothing more.
    pub(super) whole: bool,
}

impl Literal {
    /// The longest literal that the expression requires, if there is one.
    pub(super) fn of(node: &Node) -> Option<Literal> {
        let mut best = Vec::new();
        let mut run = Vec::new();
        let whole = collect(node, &mut run, &mut best) && !run.is_empty();
        keep(&mut run, &mut best);
        (!best.is_empty()).then(|| Literal { finder: Finder::new(&best).into_owned(), whole })
    }

    pub(super) fn len(&self) -> usize {
        self.finder.needle().len()
    }
}

/// Ends a run of literal bytes, and keeps it when it is the longest.
fn keep(run: &mut Vec<u8>, best: &mut Vec<u8>) {
    if run.len() > best.len() {
        core::mem::swap(run, best);
    }
    run.clear();
}

/// Adds what `node` requires to the run before it, and says whether it matches just that.
fn collect(node: &Node, run: &mut Vec<u8>, best: &mut Vec<u8>) -> bool {
    match &node.kind {
        Kind::Byte(byte) => {
            run.push(*byte);
            true
        }
        Kind::Empty => true,
        Kind::Group(_, inner) => collect(inner, run, best),
        Kind::Concatenation(nodes) => {
            let inexact = nodes.iter().filter(|node| !collect(node, run, best));
            inexact.count() == 0
        }
        // A condition consumes nothing: what is beside it stays together.
        Kind::Look(_) => false,
        Kind::Repeat(inner, min, max) => {
            if *min == 0 {
                keep(run, best);
                return false;
            }
            let exact = collect(inner, run, best);
            if !exact || *max != Some(1) {
                keep(run, best);
            }
            false
        }
        Kind::Set(_) | Kind::BackReference(_) | Kind::Not(_) | Kind::Alternation(_) => {
            keep(run, best);
            false
        }
    }
}

/// Whether no match can start but at the start of the text.
pub(super) fn is_pinned(node: &Node) -> bool {
    use super::parse::Look;
    match &node.kind {
        Kind::Look(look) => *look == Look::TextStart,
        Kind::Group(_, inner) => is_pinned(inner),
        Kind::Concatenation(nodes) => nodes.first().is_some_and(is_pinned),
        Kind::Alternation(nodes) => nodes.iter().all(is_pinned),
        Kind::Repeat(inner, min, _) => *min > 0 && is_pinned(inner),
        _ => false,
    }
}
