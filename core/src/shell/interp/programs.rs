//! Programs: found by PATH, run in a process of their own or in the place of the shell.

use super::variables::known;
use super::{Interp, PipeStatus, Stop, TrapSignal};
use crate::abi::{Access, Errno, FileType, Signal};
use crate::kernel::{Disposition, Process, ProgramFuture};
use crate::shell::code::Symbol;
use crate::shell::expand::quoting;
use std::rc::Rc;

impl Interp {
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
            let name = args.first().cloned().unwrap_or_default();
            let status = self.become_program(&name, &path, args, environment).await;
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
    fn default_signals(&self, child: &Process) {
        if !self.shell.options.interactive || self.is_subshell {
            return;
        }
        for signal in [Signal::TERM, Signal::QUIT, Signal::TSTP, Signal::TTIN, Signal::TTOU] {
            if self.shell.traps.get(TrapSignal::Signal(signal)).is_none() {
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
            && self.shell.traps.get(TrapSignal::Exit).is_none()
            && self.jobs.list().is_empty()
    }

    /// Replaces this process by a program, which messages call `name`; the status when that fails.
    pub(crate) async fn become_program(
        &mut self,
        name: &[u8],
        path: &[u8],
        args: Vec<Vec<u8>>,
        environment: Rc<[Vec<u8>]>,
    ) -> u8 {
        match self.process.exec(path, args.clone(), Rc::clone(&environment)).await {
            Ok(never) => match never {},
            Err(Errno::ENOEXEC) if self.is_script(path) => {
                let args = script_args(path, args);
                match self.process.exec(b"/bin/bash", args, environment).await {
                    Ok(never) => match never {},
                    Err(errno) => self.exec_failed(name, path, errno),
                }
            }
            Err(errno) => self.exec_failed(name, path, errno),
        }
    }

    /// Loads a program into a child; `Err` is the status.
    fn load(
        &mut self,
        child: &Process,
        path: &[u8],
        args: Vec<Vec<u8>>,
        environment: Rc<[Vec<u8>]>,
    ) -> Result<ProgramFuture, u8> {
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
}

/// A script's arguments for the shell that runs it.
fn script_args(path: &[u8], args: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
    let mut list = vec![b"bash".to_vec(), path.to_vec()];
    list.extend(args.into_iter().skip(1));
    list
}
