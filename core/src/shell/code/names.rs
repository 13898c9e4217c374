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

/// The names that every shell knows from its start, numbered from 0: made once, shared by all shells.
#[derive(Default)]
pub(crate) struct FirstNames {
    numbers: HashMap<Rc<[u8]>, Symbol>,
    names: Vec<Rc<[u8]>>,
}

impl FirstNames {
    /// Numbers these names in their order.
    pub(crate) fn new<'a>(all: impl Iterator<Item = &'a str>) -> FirstNames {
        let names: Vec<Rc<[u8]>> = all.map(|name| Rc::from(name.as_bytes())).collect();
        let numbers =
            names.iter().enumerate().map(|(at, name)| (Rc::clone(name), Symbol(at as u32))).collect();
        FirstNames { numbers, names }
    }
}

/// The numbering of a shell. Numbers are never given back: there are as many as there were different names.
#[derive(Default)]
pub(crate) struct Names {
    first: Rc<FirstNames>,
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
    /// A numbering that goes on behind these names.
    pub(crate) fn behind(first: Rc<FirstNames>) -> Names {
        Names { first, ..Names::default() }
    }

    /// The number of a name, a new one if need be.
    pub(crate) fn intern(&mut self, name: &[u8]) -> Symbol {
        if let Some(symbol) = self.find(name) {
            return symbol;
        }
        let symbol = Symbol((self.first.names.len() + self.names.len()) as u32);
        let name: Rc<[u8]> = Rc::from(name);
        self.names.push(Rc::clone(&name));
        self.numbers.insert(name, symbol);
        symbol
    }

    /// The number of a name that has one.
    pub(crate) fn find(&self, name: &[u8]) -> Option<Symbol> {
        self.numbers.get(name).or_else(|| self.first.numbers.get(name)).copied()
    }

    /// The name of a number.
    pub(crate) fn name(&self, symbol: Symbol) -> Rc<[u8]> {
        let own = || self.names.get(symbol.index().checked_sub(self.first.names.len())?);
        self.first.names.get(symbol.index()).or_else(own).cloned().unwrap_or_else(|| Rc::from(&b""[..]))
    }

    /// All names with their numbers, in order of name.
    pub(crate) fn sorted(&self) -> Vec<(Rc<[u8]>, Symbol)> {
        let names = self.first.names.iter().chain(&self.names);
        let mut all: Vec<_> =
            names.enumerate().map(|(at, name)| (Rc::clone(name), Symbol(at as u32))).collect();
        all.sort_unstable();
        all
    }
}
