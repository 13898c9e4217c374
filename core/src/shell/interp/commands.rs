//! Simple commands: what a name means, and the running of builtins.

use super::builtin::{Builtin, Run};
use super::variables::{Attributes, Value, known};
use super::{Args, Function, Interp, PipeStatus, Stop};
use crate::abi::{Access, STDOUT};
use crate::shell::code::Symbol;
use std::rc::Rc;

/// What a command's name means.
pub(crate) enum Meaning {
    Function(Rc<Function>),
    Builtin(&'static Builtin),
    /// A program's path.
    Program(Vec<u8>),
}

impl Interp {
    /// Runs the command that the arguments make, when it is a builtin that never waits and nothing else is to
    /// be done about it: the way of most commands in a loop. `None` when it is not so simple.
    pub(super) fn exec_now(&mut self) -> Option<Result<(), Stop>> {
        let name = self.arg_bases.last()?.name?;
        let builtin = self.shell.builtin(name)?;
        let Run::Sync(run) = builtin.run else { return None };
        let plain = self.prefix.is_empty()
            && self.process_subs.is_empty()
            && !self.shell.options.xtrace
            && !self.process.has_signal()
            && !self.has_held_signals()
            && !self.shell.traps.has_debug();
        if !plain || self.shell.functions.get(name.index()).is_some_and(Option::is_some) {
            return None;
        }
        let base = self.arg_bases.pop().map_or(0, |base| base.at);
        let stack = std::mem::take(&mut self.args);
        let result = settled(run(self, Args::new(&stack, base)));
        self.set_underscore(stack.get(stack.len() - 1));
        self.args = stack;
        self.args.truncate(base);
        self.output_of = builtin.name;
        Some(match result {
            Ok(status) => {
                self.shell.status = status;
                self.shell.pipe_status = PipeStatus::Simple(status);
                Ok(())
            }
            Err(Stop::Moved) => {
                let heights = self.heights();
                self.settle_frame(heights, Vec::new());
                Err(Stop::Moved)
            }
            Err(stop) => Err(stop),
        })
    }

    /// Writes what the builtin that has just run has printed; a failing write is its failure.
    pub(super) async fn flush_builtin(&mut self) {
        if !self.err.is_empty() {
            self.write_errors().await;
        }
        if let Err(failed) = self.flush_out(self.output_of.as_bytes()).await
            && self.shell.status == 0
        {
            self.shell.status = failed;
        }
    }

    /// Runs the command that the arguments make.
    pub(super) async fn exec(&mut self, tail: bool) -> Result<(), Stop> {
        let base = self.arg_bases.pop().map_or(0, |base| base.at);
        let count = self.args.len() - base;
        if count == 0 {
            return self.assign_prefix();
        }
        if !std::mem::take(&mut self.is_traced) && self.shell.options.xtrace {
            self.expand_ps4().await;
            self.trace_command(base);
            self.write_errors().await;
        }
        let name = self.args.get(base);
        let function =
            if self.shell.functions.is_empty() { None } else { self.shell.function(name).cloned() };
        if let Some(function) = function
            && !(self.shell.options.posix
                && self.shell.find_builtin(name).is_some_and(|builtin| builtin.special))
        {
            return self.call(function, base);
        }
        let builtin = match self.shell.find_builtin(name) {
            Some(builtin)
                if self.shell.disabled_builtins.is_empty()
                    || !self.shell.disabled_builtins.contains(&builtin.name) =>
            {
                Some(builtin)
            }
            _ => None,
        };
        let last = self.args.get(base + count - 1).to_vec();
        let result = match builtin {
            Some(builtin) => self.exec_builtin(builtin, base).await,
            None => {
                let args = self.args.to_vec(base);
                self.args.truncate(base);
                self.run_program(args, tail).await
            }
        };
        self.set_underscore(&last);
        if !self.process_subs.is_empty() {
            self.close_process_subs();
        }
        result
    }

    /// `$_` is the last argument of the command before.
    fn set_underscore(&mut self, last: &[u8]) {
        let var = self.shell.var_mut(known::UNDERSCORE);
        match &mut var.value {
            Value::Text(text) if Rc::strong_count(text) == 1 => {
                let text = Rc::make_mut(text);
                text.clear();
                text.extend_from_slice(last);
            }
            value => *value = Value::Text(Rc::new(last.to_vec())),
        }
    }

    /// Assignments before a command that expanded to nothing.
    fn assign_prefix(&mut self) -> Result<(), Stop> {
        for (name, _, value) in std::mem::take(&mut self.prefix) {
            self.assign_text(name, value, false)?;
        }
        self.shell.status = self.substitution_status.take().unwrap_or(0);
        Ok(())
    }

    /// Whether `set -e` looks at the command that is being run.
    pub(crate) fn is_checked(&self) -> bool {
        use crate::shell::code::Op;
        let behind = self.code.ops.get(self.pc..).unwrap_or_default().iter();
        matches!(behind.clone().find(|op| !matches!(op, Op::RedirectEnd)), Some(Op::Check))
    }

    /// Whether an assignment before a command is to a readonly variable, which is said; the command runs.
    pub(super) fn is_refused(&mut self, name: Symbol) -> bool {
        let refused = self.shell.var(self.shell.follow(name)).attributes.has(Attributes::READONLY);
        if refused {
            let name = self.name(name);
            let _ = self.refuse(&name);
        }
        refused
    }

    async fn exec_builtin(&mut self, builtin: &'static Builtin, base: usize) -> Result<(), Stop> {
        let prefix = std::mem::take(&mut self.prefix);
        let keeps = self.shell.options.posix && builtin.special;
        let mut saved = Vec::new();
        for (name, _, value) in prefix {
            if self.is_refused(name) {
                continue;
            }
            if !keeps {
                saved.push((name, self.shell.var(name).clone()));
                self.shell.var_mut(name).attributes.set(Attributes::EXPORT, true);
                self.shell.environment = None;
            }
            self.assign_text(name, value, false)?;
        }
        // The arguments are lent to the builtin; meanwhile others may come on top of an empty stack.
        let stack = std::mem::take(&mut self.args);
        let result = self.run_builtin(builtin, Args::new(&stack, base)).await;
        self.args = stack;
        self.args.truncate(base);
        if let Err(Stop::Moved) = result {
            let heights = self.heights();
            self.settle_frame(heights, saved);
            return Err(Stop::Moved);
        }
        if !saved.is_empty() {
            self.restore_saved(saved);
        }
        self.shell.status = result?;
        self.shell.pipe_status = PipeStatus::Simple(self.shell.status);
        Ok(())
    }

    /// Runs a builtin and writes what it has printed.
    pub(crate) async fn run_builtin(
        &mut self,
        builtin: &'static Builtin,
        args: Args<'_>,
    ) -> Result<u8, Stop> {
        let result = settled(match builtin.run {
            Run::Sync(run) => run(self, args),
            Run::Async(run) => run(self, args).await,
        });
        if !self.err.is_empty() {
            self.write_errors().await;
        }
        match self.flush_out(args.get(0)).await {
            Ok(()) => result,
            Err(failed) => result.map(|status| if status == 0 { failed } else { status }),
        }
    }

    /// Writes what a builtin has printed: to the substitution that runs within the shell, or to descriptor 1.
    pub(crate) async fn flush_out(&mut self, name: &[u8]) -> Result<(), u8> {
        if self.out.is_empty() {
            return Ok(());
        }
        let out = std::mem::take(&mut self.out);
        if let Some(printed) = self.innermost_substitution() {
            printed.extend_from_slice(&out);
            self.out = out;
            self.out.clear();
            return Ok(());
        }
        let result = self.process.write_all(STDOUT, &out).await;
        self.out = out;
        self.out.clear();
        match result {
            Ok(()) => Ok(()),
            Err(errno) => {
                self.complain(&[name, b": write error: ", errno.message().as_bytes()].concat());
                self.write_errors().await;
                Err(1)
            }
        }
    }

    /// What a name means as a command.
    pub(crate) fn meaning(&mut self, name: &[u8]) -> Option<Meaning> {
        if let Some(function) = self.shell.function(name) {
            return Some(Meaning::Function(Rc::clone(function)));
        }
        if let Some(builtin) = self.shell.find_builtin(name)
            && !self.shell.disabled_builtins.contains(&builtin.name)
        {
            return Some(Meaning::Builtin(builtin));
        }
        if name.contains(&b'/') {
            let runs = self.process.access_now(name, Access::EXECUTE).is_ok();
            return runs.then(|| Meaning::Program(name.to_vec()));
        }
        self.search_path(name, false).into_iter().next().map(Meaning::Program)
    }
}

/// A builtin that could not assign a variable, or that an expression means nothing to, has failed.
fn settled(result: Result<u8, Stop>) -> Result<u8, Stop> {
    match result {
        Err(Stop::Refused) => Ok(1),
        result => result,
    }
}
