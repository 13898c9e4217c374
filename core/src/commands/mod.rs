//! Layer 6: the commands. One file each; a command never uses another one.
//!
//! A command is a static [`Command`] with its name, help, options, examples and `run`. The list below is the
//! only other place that names it.

#[cfg(test)]
mod examples;

use crate::kernel::{Process, ProgramFuture, Programs};
use crate::program::{Command, Context};
use std::rc::Rc;

/// Declares the files and lists their commands.
macro_rules! commands {
    ($($file:ident),* $(,)?) => {
        $(mod $file;)*

        /// Every command, in order of name.
        pub static COMMANDS: &[&Command] = &[$(&$file::COMMAND),*];
    };
}

commands! {
    awk,
    basename,
    cat,
    chgrp,
    chmod,
    chown,
    clear,
    comm,
    cp,
    cut,
    date,
    dirname,
    du,
    echo,
    env,
    r#false,
    find,
    fold,
    free,
    grep,
    head,
    hostname,
    id,
    kill,
    ln,
    ls,
    man,
    mkdir,
    mktemp,
    mv,
    nice,
    nohup,
    nproc,
    paste,
    printf,
    ps,
    pwd,
    readlink,
    realpath,
    reset,
    rev,
    rm,
    rmdir,
    sed,
    seq,
    sleep,
    sort,
    stat,
    stty,
    tac,
    tail,
    tee,
    test,
    timeout,
    top,
    touch,
    tr,
    r#true,
    truncate,
    tty,
    uname,
    uniq,
    uptime,
    wc,
    which,
    who,
    whoami,
    xargs,
    yes,
}

/// The command of a name or alias.
#[must_use]
pub fn find(name: &[u8]) -> Option<&'static Command> {
    let named = |command: &&&Command| {
        command.name.as_bytes() == name || command.aliases.iter().any(|alias| alias.as_bytes() == name)
    };
    COMMANDS.iter().find(named).copied()
}

/// The commands as the kernel's program table.
pub struct CommandPrograms;

impl Programs for CommandPrograms {
    fn find(&self, name: &[u8]) -> Option<Rc<dyn Fn(Process) -> ProgramFuture>> {
        let command = find(name)?;
        Some(Rc::new(move |process| (command.run)(Context::new(process, command))))
    }
}
