//! The machine's program table: the shell and the commands.

use crate::commands;
use crate::kernel::{Process, ProgramFuture, Programs};
use crate::shell;
use std::rc::Rc;

/// Names under which the shell is found.
pub(crate) const SHELLS: [&str; 2] = ["bash", "sh"];

/// All programs of the machine.
pub(crate) struct MachinePrograms;

impl Programs for MachinePrograms {
    fn find(&self, name: &[u8]) -> Option<Rc<dyn Fn(Process) -> ProgramFuture>> {
        if SHELLS.iter().any(|shell| shell.as_bytes() == name) {
            return Some(Rc::new(|process| Box::pin(shell::main(process))));
        }
        commands::CommandPrograms.find(name)
    }
}
