//! Parts of a script that run in processes of their own: subshells, pipelines, background, substitutions.

use super::state::PipeStatus;
use super::{Element, FrameKind, Interp, Job, Stop};
use crate::abi::{Errno, ExitStatus, Fd, Mode, OpenFlags, Pid, STDIN, STDOUT, Signal, WaitStatus};
use crate::kernel::{Disposition, Embryo, WaitFor};
use crate::shell::code::Code;
use crate::shell::expand::operations::trim_newlines;
use std::rc::Rc;

/// A process substitution: the shell's end of its pipe, open until its command has ended.
pub(super) struct ProcessSub {
    fd: Fd,
    /// How many frames were active.
    frames: usize,
}

/// Descriptors of process substitutions and coprocesses are taken from here downwards.
const LAST_OWN: Fd = 63;

impl Interp {
    /// A child that will run a piece of code with a copy of this shell.
    fn fork_shell(&mut self, code: &Rc<Code>, errexit_ignored: bool) -> Result<(Embryo, Interp), Stop> {
        let child = match self.process.fork() {
            Ok(child) => child,
            Err(errno) => {
                self.complain(&[b"fork: ", errno.message().as_bytes()].concat());
                return Err(Stop::Discard(254));
            }
        };
        let Some(handle) = child.handle() else { return Err(Stop::Discard(254)) };
        let mut interp = Interp::new(handle, self.shell.for_subshell());
        interp.is_subshell = true;
        interp.shell.options.monitor = false;
        interp.jobs = self.jobs.for_subshell();
        // Where messages come from, and what `return` and `local` need to know, are the caller's frames.
        interp.inherit_frames(self);
        interp.push_frame(FrameKind::Body, Rc::clone(code), errexit_ignored || self.is_errexit_ignored())?;
        interp.reset_traps_for_child();
        Ok((child, interp))
    }

    fn is_errexit_ignored(&self) -> bool {
        self.frames().last().is_some_and(|frame| frame.errexit_ignored)
    }

    /// Whether `set -e` looks at the command that ends at the next instruction.
    fn next_is_check(&self) -> bool {
        use crate::shell::code::Op;
        matches!(self.code.ops.get(self.pc), Some(Op::Check))
    }

    fn start(child: Embryo, mut interp: Interp) -> Pid {
        child.start(Box::pin(async move { ExitStatus::Exited(interp.run().await) }))
    }

    /// Puts a child of a job into its process group, and the terminal in its hands.
    fn enter_group(&mut self, child: &Embryo, group: &mut Pid, foreground: bool) {
        let pid = child.pid();
        if !self.shell.options.monitor {
            return;
        }
        if *group == 0 {
            *group = pid;
        }
        let _ = self.process.set_group(pid, *group);
        let _ = foreground;
        for signal in [Signal::INT, Signal::QUIT, Signal::TSTP, Signal::TTIN, Signal::TTOU] {
            let _ = child.set_disposition(signal, Disposition::Default);
        }
    }

    pub(super) async fn subshell(&mut self, index: u32) -> Result<(), Stop> {
        let Some(code) = self.code.codes.get(index as usize).cloned() else { return Ok(()) };
        let ignored = !self.next_is_check();
        let (child, interp) = self.fork_shell(&code, ignored)?;
        let mut group = 0;
        self.enter_group(&child, &mut group, true);
        let pid = Interp::start(child, interp);
        self.wait_foreground(group, vec![pid], &code.text).await
    }

    pub(super) async fn pipeline(&mut self, index: u32) -> Result<(), Stop> {
        let code = Rc::clone(&self.code);
        let Some(pipeline) = code.pipelines.get(index as usize) else { return Ok(()) };
        let ignored = !self.next_is_check();
        let mut pids = Vec::new();
        let mut group = 0;
        let mut input: Option<Fd> = None;
        let count = pipeline.stages.len();
        let mut result = Ok(());
        for (at, stage) in pipeline.stages.iter().enumerate() {
            let last = at + 1 == count;
            if last && self.shell.shopt.lastpipe && !self.shell.options.monitor && !pids.is_empty() {
                return self.last_stage(stage, pids, input, &pipeline.text, ignored);
            }
            let pipe = if last { None } else { self.process.pipe().ok() };
            if !last && pipe.is_none() {
                self.complain(b"pipe error: Too many open files");
                result = Err(Stop::Discard(1));
                break;
            }
            let (child, interp) = match self.fork_shell(stage, ignored) {
                Ok(forked) => forked,
                Err(stop) => {
                    if let Some((reader, writer)) = pipe {
                        let _ = self.process.close(reader);
                        let _ = self.process.close(writer);
                    }
                    result = Err(stop);
                    break;
                }
            };
            if let Some(input) = input.take() {
                let _ = child.dup2(input, STDIN);
                let _ = child.close(input);
                let _ = self.process.close(input);
            }
            if let Some((reader, writer)) = pipe {
                let _ = child.dup2(writer, STDOUT);
                let _ = child.close(writer);
                let _ = child.close(reader);
                let _ = self.process.close(writer);
                input = Some(reader);
            }
            self.enter_group(&child, &mut group, true);
            pids.push(Interp::start(child, interp));
        }
        if let Some(input) = input {
            let _ = self.process.close(input);
        }
        if pids.is_empty() {
            return result;
        }
        self.wait_foreground(group, pids, &pipeline.text).await?;
        result
    }

    pub(super) async fn background(&mut self, index: u32) -> Result<(), Stop> {
        let Some(code) = self.code.codes.get(index as usize).cloned() else { return Ok(()) };
        let (child, interp) = self.fork_shell(&code, false)?;
        let mut group = 0;
        self.enter_group(&child, &mut group, false);
        if !self.shell.options.monitor {
            // POSIX XCU 2.9.3.1 and 2.12: no keyboard signals, no input that others read.
            for signal in [Signal::INT, Signal::QUIT] {
                let _ = child.set_disposition(signal, Disposition::Ignore);
            }
            if let Ok(null) = child.open(b"/dev/null", OpenFlags::READ, Mode::default()).await {
                let _ = child.dup2(null, STDIN);
                if null != STDIN {
                    let _ = child.close(null);
                }
            }
        }
        let pid = Interp::start(child, interp);
        self.shell.last_background = Some(pid);
        let job = Job::new(group, vec![pid], &code.text, false);
        let number = self.jobs.add(job);
        if self.shell.options.interactive && !self.is_subshell {
            self.err.extend_from_slice(format!("[{number}] {pid}\n").as_bytes());
        }
        self.shell.status = 0;
        Ok(())
    }

    /// The last command of a pipeline runs in the shell itself (`shopt -s lastpipe`).
    fn last_stage(
        &mut self,
        stage: &Rc<Code>,
        pids: Vec<Pid>,
        input: Option<Fd>,
        text: &[u8],
        errexit_ignored: bool,
    ) -> Result<(), Stop> {
        let saved_fds = self.saved_fds.len();
        if let Some(input) = input {
            self.save_fd(STDIN);
            let _ = self.process.dup2(input, STDIN);
            let _ = self.process.close(input);
        }
        let kind = FrameKind::LastStage { pids, saved_fds, text: text.into() };
        self.push_frame(kind, Rc::clone(stage), errexit_ignored)
    }

    /// The last command has ended: its status is the last one of the pipeline.
    pub(super) async fn end_last_stage(&mut self, pids: Vec<Pid>, saved_fds: usize, text: &[u8]) {
        self.restore_fds(saved_fds);
        let own = self.shell.status;
        // What interrupted the others has interrupted the last one, too.
        let _ = self.wait_foreground(0, pids, text).await;
        let others = self.shell.status;
        let mut statuses = self.shell.pipe_status.statuses().to_vec();
        statuses.push(own);
        self.shell.pipe_status = PipeStatus::Pipeline(Rc::from(statuses));
        self.shell.status = if self.shell.options.pipefail && own == 0 { others } else { own };
    }

    pub(super) async fn coproc(&mut self, index: u32, name: u32) -> Result<(), Stop> {
        let Some(code) = self.code.codes.get(index as usize).cloned() else { return Ok(()) };
        let name = self.text(name);
        let (Ok((output, its_output)), Ok((its_input, input))) = (self.process.pipe(), self.process.pipe())
        else {
            return Err(self.discard(b"cannot make pipe for coproc"));
        };
        let (child, interp) = self.fork_shell(&code, false)?;
        let _ = child.dup2(its_input, STDIN);
        let _ = child.dup2(its_output, STDOUT);
        for fd in [output, its_output, its_input, input] {
            if fd != STDIN && fd != STDOUT {
                let _ = child.close(fd);
            }
        }
        let mut group = 0;
        self.enter_group(&child, &mut group, false);
        let _ = self.process.close(its_input);
        let _ = self.process.close(its_output);
        let fds = [self.move_high(output, true), self.move_high(input, true)];
        let pid = Interp::start(child, interp);
        self.shell.last_background = Some(pid);
        self.jobs.add(Job::new(group, vec![pid], &code.text, false));
        let element = |fd: Fd| Element { key: None, append: false, value: fd.to_string().into_bytes() };
        let array = self.symbol(&name);
        self.assign_array(array, fds.map(element).into(), false)?;
        let pid_name = self.symbol(&[&name[..], b"_PID"].concat());
        self.assign_text(pid_name, pid.to_string().into_bytes(), false)?;
        self.shell.status = 0;
        Ok(())
    }

    /// Moves one of the shell's own descriptors out of the way of the script's.
    fn move_high(&mut self, fd: Fd, close_on_exec: bool) -> Fd {
        let free = (10..=LAST_OWN).rev().find(|&fd| !self.process.is_open(fd));
        let Some(moved) = free.and_then(|free| self.process.dup(fd, free, close_on_exec).ok()) else {
            return fd;
        };
        let _ = self.process.close(fd);
        moved
    }

    // ---- substitutions ----

    pub(super) async fn command_sub(&mut self, index: u32, quoted: bool, pure: bool) -> Result<(), Stop> {
        let Some(code) = self.code.codes.get(index as usize).cloned() else { return Ok(()) };
        if code.is_empty() {
            self.substitution_status = Some(0);
            self.shell.status = 0;
            self.word().value(b"", quoted);
            return Ok(());
        }
        if pure && self.runs_within(&code) {
            let own = self.shell.for_subshell();
            let shell = Box::new(std::mem::replace(&mut self.shell, own));
            self.shell.trace_level += 1;
            let kind = FrameKind::Substitution { printed: Vec::new(), shell, quoted };
            return self.push_frame(kind, code, true);
        }
        let (reader, writer) = match self.process.pipe() {
            Ok(pipe) => pipe,
            Err(errno) => {
                let text =
                    [b"cannot make pipe for command substitution: ", errno.message().as_bytes()].concat();
                return Err(self.discard(&text));
            }
        };
        let forked = self.fork_shell(&code, false);
        let (child, mut interp) = match forked {
            Ok(forked) => forked,
            Err(stop) => {
                let _ = self.process.close(reader);
                let _ = self.process.close(writer);
                return Err(stop);
            }
        };
        interp.shell.trace_level += 1;
        if !self.shell.shopt.inherit_errexit && !self.shell.options.posix {
            interp.shell.options.errexit = false;
        }
        let _ = child.dup2(writer, STDOUT);
        if writer != STDOUT {
            let _ = child.close(writer);
        }
        let _ = child.close(reader);
        let _ = self.process.close(writer);
        let pid = Interp::start(child, interp);
        let mut output = Vec::new();
        let read = self.read_all(reader, &mut output).await;
        let _ = self.process.close(reader);
        let status = self.wait_for_process(pid).await;
        if let Err(errno) = read {
            return Err(self.discard(&[b"command substitution: ", errno.message().as_bytes()].concat()));
        }
        self.shell.status = status;
        self.substitution_status = Some(status);
        self.clean_output(&mut output);
        self.word().value(&output, quoted);
        Ok(())
    }

    /// Removes trailing newlines of a substitution's output, and null bytes, which no value can hold.
    pub(super) fn clean_output(&mut self, output: &mut Vec<u8>) {
        trim_newlines(output);
        if output.contains(&0) {
            output.retain(|&byte| byte != 0);
            self.complain(b"warning: command substitution: ignored null byte in input");
        }
    }

    /// Whether nothing could make a difference between a process and running within the shell.
    fn runs_within(&self, code: &Rc<Code>) -> bool {
        use crate::shell::code::Op;
        if self.shell.options.xtrace || self.shell.options.errexit || self.shell.traps.has_debug() {
            return false;
        }
        code.ops.iter().all(|op| match op {
            Op::CommandName { name, .. } => {
                self.shell.builtin(*name).is_some()
                    && !self.shell.functions.get(name.index()).is_some_and(Option::is_some)
            }
            _ => true,
        })
    }

    async fn read_all(&mut self, fd: Fd, output: &mut Vec<u8>) -> Result<(), Errno> {
        let mut block = vec![0; 16 * 1024];
        loop {
            match self.process.read(fd, &mut block).await {
                Ok(0) => return Ok(()),
                Ok(count) => output.extend_from_slice(&block[..count]),
                // A trap waits until the command has ended.
                Err(Errno::EINTR) => {
                    self.note_signals();
                }
                Err(errno) => return Err(errno),
            }
            if output.len() > crate::abi::limits::SHELL_VALUE_BYTES_MAX {
                return Err(Errno::ENOMEM);
            }
        }
    }

    /// Waits for one child that is no job; its status.
    pub(super) async fn wait_for_process(&mut self, pid: Pid) -> u8 {
        loop {
            match self.process.wait(WaitFor::Pid(pid), false, false).await {
                Ok(waited) => {
                    if let WaitStatus::Ended(status) = waited.status {
                        return status.code();
                    }
                }
                Err(Errno::EINTR) => {
                    self.note_signals();
                }
                Err(_) => return 127,
            }
        }
    }

    pub(super) async fn file_sub(&mut self, quoted: bool) -> Result<(), Stop> {
        let path = self.strings.pop().unwrap_or_default();
        match self.read_script(&path).await {
            Ok(mut text) => {
                trim_newlines(&mut text);
                text.retain(|&byte| byte != 0);
                self.substitution_status = Some(0);
                self.word().value(&text, quoted);
                Ok(())
            }
            Err(errno) => {
                self.complain(&[&path, &b": "[..], errno.message().as_bytes()].concat());
                self.substitution_status = Some(1);
                self.word().value(b"", quoted);
                Ok(())
            }
        }
    }

    pub(super) async fn process_sub(&mut self, index: u32, read: bool) -> Result<(), Stop> {
        let Some(code) = self.code.codes.get(index as usize).cloned() else { return Ok(()) };
        let Ok((reader, writer)) = self.process.pipe() else {
            return Err(self.discard(b"cannot make pipe for process substitution"));
        };
        let (child, interp) = self.fork_shell(&code, false)?;
        let (mine, its, to) = if read { (reader, writer, STDOUT) } else { (writer, reader, STDIN) };
        let _ = child.dup2(its, to);
        if its != to {
            let _ = child.close(its);
        }
        let _ = child.close(mine);
        let _ = self.process.close(its);
        let pid = Interp::start(child, interp);
        self.shell.last_background = Some(pid);
        self.jobs.add_unlisted(pid);
        let fd = self.move_high(mine, false);
        self.process_subs.push(ProcessSub { fd, frames: self.frames().len() });
        let path = format!("/dev/fd/{fd}").into_bytes();
        self.word().quoted(&path);
        Ok(())
    }

    /// Closes the pipes of process substitutions whose command has ended.
    pub(super) fn close_process_subs(&mut self) {
        let depth = self.frames().len();
        while let Some(last) = self.process_subs.last() {
            if last.frames < depth {
                break;
            }
            let fd = last.fd;
            self.process_subs.pop();
            let _ = self.process.close(fd);
        }
    }
}
