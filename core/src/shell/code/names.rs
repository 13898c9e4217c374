//! Names of variables and functions as small numbers, so that code finds a variable without hashing.

use std::collections::HashMap;
use std::rc::Rc;

/// A name's number. All shells that forked from one share the numbering.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) struct Symbol(pub(super) u32);

impl Symbol {
    /// As an index into the table of variables.
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// The numbering. Numbers are never given back: there are as many as there were different names.
#[derive(Default)]
pub(crate) struct Names {
    numbers: HashMap<Rc<[u8]>, Symbol>,
    names: Vec<Rc<[u8]>>,
}

impl Symbol {
    /// The symbol of a place in the numbering that is known.
    pub(crate) const fn fixed(at: u32) -> Symbol {
        Symbol(at)
    }
}

impl Names {
    /// The number of a name, a new one if need be.
    pub(crate) fn intern(&mut self, name: &[u8]) -> Symbol {
        if let Some(&symbol) = self.numbers.get(name) {
            return symbol;
        }
        let symbol = Symbol(self.names.len() as u32);
        let name: Rc<[u8]> = Rc::from(name);
        self.names.push(Rc::clone(&name));
        self.numbers.insert(name, symbol);
        symbol
    }

    /// The number of a name that has one.
    pub(crate) fn find(&self, name: &[u8]) -> Option<Symbol> {
        self.numbers.get(name).copied()
    }

    /// The name of a number.
    pub(crate) fn name(&self, symbol: Symbol) -> Rc<[u8]> {
        self.names.get(symbol.index()).cloned().unwrap_or_else(|| Rc::from(&b""[..]))
    }

    /// All names with their numbers, in order of name.
    pub(crate) fn sorted(&self) -> Vec<(Rc<[u8]>, Symbol)> {
        let mut all: Vec<_> =
            self.names.iter().enumerate().map(|(at, name)| (Rc::clone(name), Symbol(at as u32))).collect();
        all.sort_unstable();
        all
    }
}
