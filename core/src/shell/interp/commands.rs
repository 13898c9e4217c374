//! Simple commands: functions, builtins, programs.

use super::builtin::{Builtin, Run};
use super::frames::Call;
use super::variables::{Attributes, Value, Var, known};
use super::{Args, FrameKind, Function, Interp, PipeStatus, Stop};
use crate::abi::{Access, Errno, FileType, STDOUT};
use crate::shell::code::{Symbol, compile_function};
use crate::shell::expand::quoting;
use crate::shell::syntax::ast::TimeFormat;
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

    /// Assignments before a command that expanded to nothing.
    fn assign_prefix(&mut self) -> Result<(), Stop> {
        for (name, _, value) in std::mem::take(&mut self.prefix) {
            self.assign_text(name, value, false)?;
        }
        self.shell.status = self.substitution_status.take().unwrap_or(0);
        Ok(())
    }

    /// Begins a function's frame.
    pub(super) fn call(&mut self, function: Rc<Function>, base: usize) -> Result<(), Stop> {
        let name = Rc::from(self.args.get(base));
        if !matches!(self.shell.var(known::FUNCNEST).value, Value::Unset) {
            self.limit_nesting(&name)?;
        }
        let positional = self.args.to_vec(base + 1);
        self.args.truncate(base);
        let ignored = !self.is_checked();
        let call = Call {
            name,
            source: Rc::clone(&function.source),
            positional: std::mem::replace(&mut self.shell.positional, Rc::new(positional)),
            line: self.line(),
            options: None,
            hidden_traps: self.hide_traps(),
        };
        let prefix = std::mem::take(&mut self.prefix);
        self.shell.depth += 1;
        self.push_frame(FrameKind::Function(Box::new(call)), Rc::clone(&function.code), ignored)?;
        // Assignments before the call are the function's variables while it runs.
        for (name, _, value) in prefix {
            if self.is_refused(name) {
                continue;
            }
            self.localize(name);
            self.shell.var_mut(name).attributes.set(Attributes::EXPORT, true);
            self.assign_text(name, value, false)?;
        }
        Ok(())
    }

    /// FUNCNEST limits how deep functions call each other.
    fn limit_nesting(&mut self, name: &[u8]) -> Result<(), Stop> {
        let limit = self.shell.text(known::FUNCNEST).unwrap_or_default();
        match std::str::from_utf8(&limit).ok().and_then(|text| text.parse::<u64>().ok()) {
            Some(limit) if limit > 0 && self.shell.depth as u64 >= limit => Err(self.too_deep(name, limit)),
            _ => Ok(()),
        }
    }

    /// Whether `set -e` looks at the command that is being run.
    pub(crate) fn is_checked(&self) -> bool {
        use crate::shell::code::Op;
        let behind = self.code.ops.get(self.pc..).unwrap_or_default().iter();
        matches!(behind.clone().find(|op| !matches!(op, Op::RedirectEnd)), Some(Op::Check))
    }

    /// Whether an assignment before a command is to a readonly variable, which is said; the command runs.
    fn is_refused(&mut self, name: Symbol) -> bool {
        let refused = self.shell.var(self.shell.follow(name)).attributes.has(Attributes::READONLY);
        if refused {
            let name = self.name(name);
            let _ = self.refuse(&name);
        }
        refused
    }

    /// Puts a variable aside until the innermost function ends.
    pub(crate) fn localize(&mut self, name: Symbol) {
        let fresh = Var { value: Value::Unset, attributes: self.shell.var(name).attributes.kept_for_local() };
        let old = std::mem::replace(self.shell.var_mut(name), fresh);
        let attributes = old.attributes;
        if let Some(frame) = self.function_frame() {
            frame.saved.push((name, old));
        }
        self.shell.changed(name, attributes);
    }

    /// Whether a variable is local to the innermost function.
    pub(crate) fn is_local(&mut self, name: Symbol) -> bool {
        self.function_frame().is_some_and(|frame| frame.saved.iter().any(|(saved, _)| *saved == name))
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

    // ---- programs ----

    /// Runs a program by its name, in a process of its own or (at the tail of one) in this one.
    pub(crate) async fn run_program(&mut self, args: Vec<Vec<u8>>, tail: bool) -> Result<(), Stop> {
        let prefix = std::mem::take(&mut self.prefix);
        let name = args.first().cloned().unwrap_or_default();
        let environment = self.environment_with(prefix);
        let Some(path) = self.find_program(&name) else {
            self.not_found(&name).await;
            self.shell.status = 127;
            self.shell.pipe_status = PipeStatus::Simple(127);
            return Ok(());
        };
        if tail && self.may_become_program() {
            let status = self.become_program(&path, args, environment).await;
            self.shell.status = status;
            return Ok(());
        }
        let text = self.command_text();
        let child = match self.process.fork() {
            Ok(child) => child,
            Err(errno) => {
                self.complain(&[b"fork: ", errno.message().as_bytes()].concat());
                return Err(Stop::Discard(254));
            }
        };
        let mut group = 0;
        if self.shell.options.monitor && !self.is_subshell {
            group = child.pid();
            let _ = self.process.set_group(group, group);
        }
        self.default_signals(&child);
        match self.load(&child, &path, args, environment) {
            Ok(program) => {
                let pid = child.start(program);
                self.wait_foreground(group, vec![pid], &text).await
            }
            Err(status) => {
                self.shell.status = status;
                self.shell.pipe_status = PipeStatus::Simple(status);
                Ok(())
            }
        }
    }

    /// Signals that the shell handles for itself are default in a program.
    fn default_signals(&self, child: &crate::kernel::Process) {
        use crate::abi::Signal;
        use crate::kernel::Disposition;
        if !self.shell.options.interactive || self.is_subshell {
            return;
        }
        for signal in [Signal::TERM, Signal::QUIT, Signal::TSTP, Signal::TTIN, Signal::TTOU] {
            if self.shell.traps.get(super::TrapSignal::Signal(signal)).is_none() {
                let _ = child.set_disposition(signal, Disposition::Default);
            }
        }
    }

    /// The environment of one command, with the assignments before it.
    fn environment_with(&mut self, prefix: Vec<(Symbol, bool, Vec<u8>)>) -> Rc<[Vec<u8>]> {
        let environment = self.shell.exported();
        if prefix.is_empty() {
            return environment;
        }
        let mut list = environment.to_vec();
        for (name, _, value) in prefix {
            if self.is_refused(name) {
                continue;
            }
            let start = [&self.name(name)[..], b"="].concat();
            list.retain(|entry| !entry.starts_with(&start));
            list.push([start, value].concat());
        }
        Rc::from(list)
    }

    /// Whether nothing of this process is needed behind the program.
    fn may_become_program(&self) -> bool {
        self.is_subshell
            && self.frames().len() == 1
            && self.process_subs.is_empty()
            && self.shell.traps.get(super::TrapSignal::Exit).is_none()
            && self.jobs.list().is_empty()
    }

    /// Replaces this process by a program; the status when that fails.
    pub(crate) async fn become_program(
        &mut self,
        path: &[u8],
        args: Vec<Vec<u8>>,
        environment: Rc<[Vec<u8>]>,
    ) -> u8 {
        let name = args.first().cloned().unwrap_or_default();
        match self.process.exec(path, args.clone(), Rc::clone(&environment)).await {
            Ok(never) => match never {},
            Err(Errno::ENOEXEC) if self.is_script(path) => {
                let args = script_args(path, args);
                match self.process.exec(b"/bin/bash", args, environment).await {
                    Ok(never) => match never {},
                    Err(errno) => self.exec_failed(&name, path, errno),
                }
            }
            Err(errno) => self.exec_failed(&name, path, errno),
        }
    }

    /// Loads a program into a child; `Err` is the status.
    fn load(
        &mut self,
        child: &crate::kernel::Process,
        path: &[u8],
        args: Vec<Vec<u8>>,
        environment: Rc<[Vec<u8>]>,
    ) -> Result<crate::kernel::ProgramFuture, u8> {
        let name = args.first().cloned().unwrap_or_default();
        match child.load(path, args.clone(), Rc::clone(&environment)) {
            Err(Errno::ENOEXEC) if self.is_script(path) => {
                let loaded = child.load(b"/bin/bash", script_args(path, args), environment);
                loaded.map_err(|errno| self.exec_failed(&name, path, errno))
            }
            loaded => loaded.map_err(|errno| self.exec_failed(&name, path, errno)),
        }
    }

    /// Whether a file that exec does not know is text, which the shell then runs itself.
    fn is_script(&self, path: &[u8]) -> bool {
        let head = self.process.read_small_file(path).unwrap_or_default();
        let line = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
        !line.iter().take(80).any(|&byte| byte == 0)
    }

    /// Says why a program cannot be run; the status.
    pub(crate) fn exec_failed(&mut self, name: &[u8], path: &[u8], errno: Errno) -> u8 {
        let is_dir = self.process.stat_now(path).is_ok_and(|stat| stat.file_type == FileType::Directory);
        let (reason, status): (&[u8], u8) = match errno {
            Errno::EACCES if is_dir => (b"Is a directory", 126),
            Errno::ENOEXEC => (b"cannot execute binary file: Exec format error", 126),
            Errno::ENOENT if self.process.stat_now(path).is_ok() => {
                (b"cannot execute: required file not found", 127)
            }
            Errno::ENOENT => (errno.message().as_bytes(), 127),
            errno => (errno.message().as_bytes(), 126),
        };
        self.complain(&[name, b": ", reason].concat());
        status
    }

    async fn not_found(&mut self, name: &[u8]) {
        let name = &quoting::printable(name)[..];
        let path_is_empty = self.shell.text(known::PATH).is_none_or(|path| path.is_empty());
        if path_is_empty || name.contains(&b'/') {
            self.complain(&[name, b": No such file or directory"].concat());
        } else {
            self.complain(&[name, b": command not found"].concat());
        }
    }

    /// The path of a program: as it stands when it has a slash, else by PATH, remembered.
    pub(crate) fn find_program(&mut self, name: &[u8]) -> Option<Vec<u8>> {
        if name.contains(&b'/') {
            return Some(name.to_vec());
        }
        if name.is_empty() {
            return None;
        }
        if let Some((path, _)) = self.shell.command_paths.get(name)
            && self.process.access_now(path, Access::EXECUTE).is_ok()
        {
            let path = path.clone();
            if let Some((_, hits)) = Rc::make_mut(&mut self.shell.command_paths).get_mut(name) {
                *hits += 1;
            }
            return Some(path);
        }
        let found = self.search_path(name, false).into_iter().next()?;
        if self.shell.options.hashall {
            Rc::make_mut(&mut self.shell.command_paths).insert(name.to_vec(), (found.clone(), 1));
        }
        Some(found)
    }

    /// The files in PATH that a name means: executable ones, else (for the message) one that is not.
    pub(crate) fn search_path(&mut self, name: &[u8], all: bool) -> Vec<Vec<u8>> {
        let path = self.shell.text(known::PATH).unwrap_or_default();
        let mut found = Vec::new();
        let mut fallback = None;
        for dir in path.split(|&byte| byte == b':') {
            let candidate = match dir {
                b"" => [b"./", name].concat(),
                dir if dir.ends_with(b"/") => [dir, name].concat(),
                dir => [dir, b"/", name].concat(),
            };
            let Ok(stat) = self.process.stat_now(&candidate) else { continue };
            if stat.file_type == FileType::Directory {
                continue;
            }
            if self.process.access_now(&candidate, Access::EXECUTE).is_ok() {
                found.push(candidate);
                if !all {
                    return found;
                }
            } else {
                fallback.get_or_insert(candidate);
            }
        }
        if found.is_empty() && !all {
            found.extend(fallback);
        }
        found
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

    pub(super) fn define_function(&mut self, index: u32) -> Result<(), Stop> {
        let code = Rc::clone(&self.code);
        let Some((symbol, definition)) = code.functions.get(index as usize) else { return Ok(()) };
        if self.shell.options.posix {
            let name = self.name(*symbol);
            if !super::is_name(&name) {
                return Err(self.fatal(&[b"`", &name[..], b"': not a valid identifier"].concat(), 2));
            }
            if self.shell.builtin(*symbol).is_some_and(|builtin| builtin.special) {
                return Err(self.fatal(&[b"`", &name[..], b"': is a special builtin"].concat(), 2));
            }
        }
        if let Some(Some(old)) = self.shell.functions.get(symbol.index())
            && old.readonly
        {
            let name = self.name(*symbol);
            self.complain(&[&name[..], b": readonly function"].concat());
            return Err(Stop::Failed(1));
        }
        let function = Function {
            definition: Rc::clone(definition),
            code: compile_function(definition, &self.shell.names),
            source: self.source_name(),
            exported: false,
            readonly: false,
        };
        self.shell.set_function(*symbol, Some(Rc::new(function)));
        self.shell.status = 0;
        Ok(())
    }

    /// The file that is being read, for BASH_SOURCE.
    fn source_name(&self) -> Rc<[u8]> {
        for frame in self.frames().iter().rev() {
            if let FrameKind::Feeder(feeder) = &frame.kind
                && feeder.kind == super::FeederKind::Source
            {
                return Rc::clone(&feeder.name);
            }
        }
        let is_script = !self.shell.options.command_string && !self.shell.options.interactive;
        if is_script { Rc::clone(&self.shell.name) } else { Rc::from(&b"environment"[..]) }
    }

    // ---- time ----

    pub(super) fn time_start(&mut self) {
        let (own, children) = self.process.cpu_nanos();
        self.timers.push((self.process.uptime_nanos(), own, children));
    }

    pub(super) async fn time_end(&mut self, format: TimeFormat) {
        let Some((start, own_start, children_start)) = self.timers.pop() else { return };
        let (own, children) = self.process.cpu_nanos();
        let real = self.process.uptime_nanos().saturating_sub(start);
        let user = (own + children).saturating_sub(own_start + children_start);
        let text = match format {
            TimeFormat::Posix => {
                let seconds =
                    |nanos: u64| format!("{}.{:02}", nanos / 1_000_000_000, nanos / 10_000_000 % 100);
                format!("real {}\nuser {}\nsys 0.00\n", seconds(real), seconds(user)).into_bytes()
            }
            TimeFormat::Default => match self.shell.text(known::TIMEFORMAT) {
                Some(format) if format.is_empty() => Vec::new(),
                Some(format) => time_format(&format, real, user),
                None => time_format(b"\nreal\t%3lR\nuser\t%3lU\nsys\t%3lS", real, user),
            },
        };
        let _ = self.process.write_all(crate::abi::STDERR, &text).await;
    }
}

/// A builtin that could not assign a variable, or that an expression means nothing to, has failed.
fn settled(result: Result<u8, Stop>) -> Result<u8, Stop> {
    match result {
        Err(Stop::Refused) => Ok(1),
        result => result,
    }
}

/// A script's arguments for the shell that runs it.
fn script_args(path: &[u8], args: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let mut list = vec![b"bash".to_vec(), path.to_vec()];
    list.extend(args.into_iter().skip(1));
    list
}

/// TIMEFORMAT: `%[p][l]R`, `U`, `S`, `%P`, `%%`.
fn time_format(format: &[u8], real: u64, user: u64) -> Vec<u8> {
    let mut out = Vec::new();
    let mut bytes = format.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let mut precision = 3;
        if let Some(digit) = bytes.next_if(u8::is_ascii_digit) {
            precision = usize::from(digit - b'0').min(3);
        }
        let long = bytes.next_if_eq(&b'l').is_some();
        let nanos = match bytes.next() {
            Some(b'%') => {
                out.push(b'%');
                continue;
            }
            Some(b'P') => {
                let percent = if real == 0 { 0.0 } else { user as f64 * 100.0 / real as f64 };
                out.extend_from_slice(format!("{percent:.precision$}").as_bytes());
                continue;
            }
            Some(b'R') => real,
            Some(b'U') => user,
            Some(b'S') => 0,
            Some(other) => {
                out.extend_from_slice(&[b'%', other]);
                continue;
            }
            None => {
                out.push(b'%');
                continue;
            }
        };
        let millis = nanos / 1_000_000;
        let (seconds, fraction) = (millis / 1000, millis % 1000);
        let fraction = &format!("{fraction:03}")[..precision];
        let point = if precision > 0 { "." } else { "" };
        let text = if long {
            format!("{}m{}{point}{fraction}s", seconds / 60, seconds % 60)
        } else {
            format!("{seconds}{point}{fraction}")
        };
        out.extend_from_slice(text.as_bytes());
    }
    out.push(b'\n');
    out
}
