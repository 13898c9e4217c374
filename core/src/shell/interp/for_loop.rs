//! `for`: its items, one after another.

use super::variables::Attributes;
use super::{Interp, Stop};
use crate::shell::code::{Op, Symbol};

/// The items of a `for`.
pub(super) struct ForList {
    items: std::vec::IntoIter<Vec<u8>>,
    pub(super) menu: Vec<Vec<u8>>,
}

impl Interp {
    pub(super) fn for_start(&mut self) {
        let base = self.arg_bases.pop().map_or(0, |base| base.at);
        let items = self.args.to_vec(base);
        self.args.truncate(base);
        self.push_list(items);
    }

    pub(super) fn for_positional(&mut self) {
        let items = self.shell.positional.to_vec();
        self.push_list(items);
    }

    fn push_list(&mut self, items: Vec<Vec<u8>>) {
        // Only `select` and `set -x` need the items again.
        let is_menu = self
            .code
            .ops
            .get(self.pc..self.pc + 4)
            .unwrap_or_default()
            .iter()
            .any(|op| matches!(op, Op::SelectNext { .. }));
        let menu = if is_menu || self.shell.options.xtrace { items.clone() } else { Vec::new() };
        self.lists.push(ForList { items: items.into_iter(), menu });
    }

    pub(super) fn for_next(&mut self, name: Symbol, end: usize) -> Result<(), Stop> {
        match self.lists.last_mut().and_then(|list| list.items.next()) {
            Some(item) => {
                if self.shell.options.xtrace {
                    let mut line = b"for ".to_vec();
                    line.extend_from_slice(&self.name(name));
                    line.extend_from_slice(b" in");
                    self.trace_for(&line, &item);
                }
                match self.assign_item(name, item) {
                    Err(Stop::Refused) => {
                        self.end_for(end);
                        Ok(())
                    }
                    result => result,
                }
            }
            None => {
                self.pc = end;
                Ok(())
            }
        }
    }

    /// Assigns an item to the variable of a `for`; a nameref comes to refer to what the item names.
    fn assign_item(&mut self, name: Symbol, item: Vec<u8>) -> Result<(), Stop> {
        let text = self.name(name);
        if !super::is_name(&text) {
            self.complain(&[b"`", &text[..], b"': not a valid identifier"].concat());
            return Err(Stop::Refused);
        }
        if self.shell.var(name).attributes.has(Attributes::NAMEREF) {
            self.shell.set_text(name, &item);
            return Ok(());
        }
        self.assign_text(name, item, false)
    }

    /// A `for` or `select` cannot go on: it has failed.
    pub(super) fn end_for(&mut self, end: usize) {
        self.shell.status = 1;
        if let Some(scope) = self.scopes.last_mut() {
            scope.loop_status = 1;
        }
        self.pc = end;
    }
}
