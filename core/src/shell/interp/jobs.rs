//! Jobs: the pipelines that the shell waits for or has put into the background.

use super::{Interp, Stop, TrapSignal};
use crate::abi::{Errno, ExitStatus, Pid, STDERR, Signal, SortedMap, Termios, WaitStatus};
use crate::kernel::{WaitFor, Waited};

/// What a job does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum JobState {
    Running,
    Stopped(Signal),
    Done(ExitStatus),
}

/// A pipeline.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub(crate) number: usize,
    /// Its process group; 0 when it is in the shell's.
    pub(crate) group: Pid,
    /// Its processes and how each has ended.
    pub(crate) processes: Vec<(Pid, Option<ExitStatus>)>,
    pub(crate) text: Vec<u8>,
    pub(crate) foreground: bool,
    pub(crate) stopped: Option<Signal>,
    /// Its last change has been told.
    pub(crate) notified: bool,
    /// `disown -h`
    pub(crate) no_hang_up: bool,
    pub(crate) termios: Option<Termios>,
}

impl Job {
    pub(crate) fn new(group: Pid, pids: Vec<Pid>, text: &[u8], foreground: bool) -> Job {
        Job {
            number: 0,
            group,
            processes: pids.into_iter().map(|pid| (pid, None)).collect(),
            text: text.to_vec(),
            foreground,
            stopped: None,
            notified: false,
            no_hang_up: false,
            termios: None,
        }
    }

    pub(crate) fn state(&self) -> JobState {
        let all_ended = self.processes.iter().all(|(_, status)| status.is_some());
        match (all_ended, self.stopped, self.processes.last()) {
            (true, _, Some((_, Some(status)))) => JobState::Done(*status),
            (_, Some(signal), _) => JobState::Stopped(signal),
            _ => JobState::Running,
        }
    }

    /// The process that stands for it in `$!` and messages.
    pub(crate) fn pid(&self) -> Pid {
        self.processes.last().map_or(0, |(pid, _)| *pid)
    }
}

/// The shell's jobs.
#[derive(Default)]
pub(crate) struct Jobs {
    list: Vec<Job>,
    /// Numbers, the most recent last: `%+` and `%-`.
    recent: Vec<usize>,
    /// Ended background processes whose statuses `wait` may still ask for.
    ended: SortedMap<Pid, u8>,
    /// Children that are no jobs (process substitutions).
    unlisted: Vec<Pid>,
    /// In a substitution: the jobs of the parent, which `jobs -p` still lists.
    inherited: Vec<Job>,
}

/// Statuses of ended processes that are kept for `wait`.
const ENDED_MAX: usize = 1024;

impl Jobs {
    /// What a subshell knows of its parent's jobs: it may list them, not wait for them.
    pub(super) fn for_subshell(&self) -> Jobs {
        let inherited = if self.list.is_empty() { self.inherited.clone() } else { self.list.clone() };
        Jobs { inherited, ..Jobs::default() }
    }

    pub(crate) fn list(&self) -> &[Job] {
        &self.list
    }

    /// The parent's jobs, while there are none of its own.
    pub(crate) fn inherited(&self) -> &[Job] {
        if self.list.is_empty() { &self.inherited } else { &[] }
    }

    pub(crate) fn get_mut(&mut self, number: usize) -> Option<&mut Job> {
        self.list.iter_mut().find(|job| job.number == number)
    }

    pub(crate) fn get(&self, number: usize) -> Option<&Job> {
        self.list.iter().find(|job| job.number == number)
    }

    pub(crate) fn add(&mut self, mut job: Job) -> usize {
        job.number = self.list.iter().map(|job| job.number).max().unwrap_or(0) + 1;
        let number = job.number;
        self.list.push(job);
        self.touch(number);
        number
    }

    pub(super) fn add_unlisted(&mut self, pid: Pid) {
        self.unlisted.push(pid);
    }

    /// Makes a job the current one.
    pub(crate) fn touch(&mut self, number: usize) {
        self.recent.retain(|&other| other != number);
        self.recent.push(number);
    }

    pub(crate) fn remove(&mut self, number: usize) {
        self.list.retain(|job| job.number != number);
        self.recent.retain(|&other| other != number);
    }

    /// `%+`: the last one that was stopped, else the last that was begun.
    pub(crate) fn current(&self) -> Option<usize> {
        self.by_recency().first().copied()
    }

    /// `%-`
    pub(crate) fn previous(&self) -> Option<usize> {
        let order = self.by_recency();
        order.get(1).or(order.first()).copied()
    }

    fn by_recency(&self) -> Vec<usize> {
        let stopped =
            |number: &&usize| matches!(self.get(**number).map(Job::state), Some(JobState::Stopped(_)));
        let mut order: Vec<usize> = self.recent.iter().rev().filter(stopped).copied().collect();
        order.extend(self.recent.iter().rev().filter(|number| !stopped(number)));
        order
    }

    pub(crate) fn by_pid(&self, pid: Pid) -> Option<&Job> {
        self.list.iter().find(|job| job.processes.iter().any(|(own, _)| *own == pid))
    }

    /// The status of a process that has ended and has been told of.
    pub(crate) fn ended_status(&mut self, pid: Pid) -> Option<u8> {
        self.ended.get(&pid).copied()
    }

    pub(crate) fn has_running(&self) -> bool {
        self.list.iter().any(|job| job.state() == JobState::Running)
    }

    /// Notes a child's change of state.
    pub(crate) fn note(&mut self, waited: Waited) {
        self.unlisted.retain(|&pid| pid != waited.pid);
        let Some(job) =
            self.list.iter_mut().find(|job| job.processes.iter().any(|(pid, _)| *pid == waited.pid))
        else {
            if let WaitStatus::Ended(status) = waited.status {
                self.keep_status(waited.pid, status.code());
            }
            return;
        };
        job.notified = false;
        match waited.status {
            WaitStatus::Ended(status) => {
                for (pid, own) in &mut job.processes {
                    if *pid == waited.pid {
                        *own = Some(status);
                    }
                }
            }
            WaitStatus::Stopped(signal) => job.stopped = Some(signal),
            WaitStatus::Continued => job.stopped = None,
        }
    }

    fn keep_status(&mut self, pid: Pid, status: u8) {
        self.ended.insert(pid, status);
        while self.ended.len() > ENDED_MAX {
            self.ended.pop_first();
        }
    }

    /// Takes a job that has ended off the list; its processes' statuses stay for `wait`.
    pub(crate) fn retire(&mut self, number: usize) {
        if let Some(job) = self.get(number).cloned() {
            for (pid, status) in &job.processes {
                if let Some(status) = status {
                    self.keep_status(*pid, status.code());
                }
            }
        }
        self.remove(number);
    }
}

impl Interp {
    /// Waits for a pipeline in the foreground; sets the status and PIPESTATUS.
    pub(super) async fn wait_foreground(
        &mut self,
        group: Pid,
        pids: Vec<Pid>,
        text: &[u8],
    ) -> Result<(), Stop> {
        let mut job = Job::new(group, pids, text, true);
        self.give_terminal(group).await;
        self.wait_job(&mut job).await;
        if group != 0 {
            self.take_terminal(&mut job).await;
        }
        self.foreground_ended(job)
    }

    /// A foreground job has ended or stopped.
    pub(crate) fn foreground_ended(&mut self, job: Job) -> Result<(), Stop> {
        match job.state() {
            JobState::Stopped(signal) => {
                self.shell.status = 128 + signal.number();
                self.shell.pipe_status = super::PipeStatus::Simple(self.shell.status);
                let number = match job.number {
                    0 => self.jobs.add(job),
                    number => {
                        self.jobs.touch(number);
                        number
                    }
                };
                if let Some(job) = self.jobs.get_mut(number) {
                    job.foreground = false;
                    job.notified = true;
                }
                let line = self.job_line(number, false);
                self.err.push(b'\n');
                self.err.extend_from_slice(&line);
            }
            _ => {
                let statuses: Vec<u8> =
                    job.processes.iter().map(|(_, s)| s.map_or(0, ExitStatus::code)).collect();
                let last = statuses.last().copied().unwrap_or(0);
                self.shell.status = if self.shell.options.pipefail {
                    statuses.iter().rev().copied().find(|&status| status != 0).unwrap_or(0)
                } else {
                    last
                };
                self.shell.pipe_status = super::PipeStatus::Pipeline(std::rc::Rc::from(statuses));
                self.report_death(&job);
                if job.number != 0 {
                    self.jobs.remove(job.number);
                }
                // The keyboard's interrupt of a command is the script's, too.
                if let JobState::Done(ExitStatus::Signaled(Signal::INT)) = job.state() {
                    return self.interrupted();
                }
            }
        }
        Ok(())
    }

    /// A foreground command died of SIGINT: a script dies too, an interactive shell starts a new line.
    fn interrupted(&mut self) -> Result<(), Stop> {
        if self.shell.options.interactive && !self.is_subshell {
            if !self.process.is_terminal(STDERR) {
                return Ok(());
            }
            self.err.push(b'\n');
            return Err(Stop::Discard(130));
        }
        Ok(())
    }

    /// Says that a job died of a signal, unless it is SIGINT or SIGPIPE: in a script with the place and the
    /// command, but for a termination that was asked for or a signal with a trap.
    fn report_death(&mut self, job: &Job) {
        let Some((pid, Some(ExitStatus::Signaled(signal)))) = job.processes.last().copied() else { return };
        if signal == Signal::INT || signal == Signal::PIPE {
            return;
        }
        let description = signal.description();
        let expected = signal == Signal::TERM || self.shell.traps.get(TrapSignal::Signal(signal)).is_some();
        if (self.shell.options.interactive && !self.is_subshell) || expected {
            if job.foreground {
                self.err.extend_from_slice(format!("{description}\n").as_bytes());
            }
            return;
        }
        let mut line = self.message_prefix();
        line.extend_from_slice(format!("{pid:>5} {description:<23} ").as_bytes());
        line.extend_from_slice(&job.text);
        line.push(b'\n');
        self.err.extend_from_slice(&line);
    }

    /// Waits until a job has ended or stopped.
    pub(crate) async fn wait_job(&mut self, job: &mut Job) {
        while job.state() == JobState::Running {
            let waited = self.process.wait(WaitFor::Any, self.shell.options.monitor, false).await;
            match waited {
                Ok(waited) => self.note_for(job, waited),
                Err(Errno::EINTR) => {
                    self.note_signals();
                }
                Err(_) => {
                    for (_, status) in &mut job.processes {
                        status.get_or_insert(ExitStatus::Exited(127));
                    }
                }
            }
        }
    }

    fn note_for(&mut self, job: &mut Job, waited: Waited) {
        match job.processes.iter_mut().find(|(pid, _)| *pid == waited.pid) {
            Some((_, status)) => match waited.status {
                WaitStatus::Ended(ended) => *status = Some(ended),
                WaitStatus::Stopped(signal) => job.stopped = Some(signal),
                WaitStatus::Continued => job.stopped = None,
            },
            None => {
                self.jobs.note(waited);
                let is_told = self.shell.options.monitor && !self.shell.options.interactive;
                if is_told && matches!(waited.status, WaitStatus::Stopped(_)) {
                    self.tell_of_stopped(waited.pid);
                }
            }
        }
    }

    /// A script with job control tells of a job that stops while another one is waited for.
    fn tell_of_stopped(&mut self, pid: Pid) {
        if let Some(job) = self.jobs.by_pid(pid).cloned() {
            self.tell_of(&job);
        }
    }

    /// Puts a group into the foreground of the terminal.
    pub(crate) async fn give_terminal(&mut self, group: Pid) {
        if group != 0 && self.shell.options.monitor && !self.is_subshell {
            let _ = self.process.set_terminal_group(self.terminal_fd(), group).await;
        }
    }

    /// Takes the terminal back. A stopped job's settings are kept for it.
    pub(crate) async fn take_terminal(&mut self, job: &mut Job) {
        if !self.shell.options.monitor || self.is_subshell {
            return;
        }
        let fd = self.terminal_fd();
        let _ = self.process.set_terminal_group(fd, self.process.group()).await;
        match job.state() {
            JobState::Stopped(_) => {
                job.termios = self.process.termios(fd).ok();
                self.restore_terminal().await;
            }
            JobState::Done(ExitStatus::Signaled(_)) => self.restore_terminal().await,
            _ => self.saved_termios = self.process.termios(fd).ok(),
        }
    }

    /// The terminal's settings are the ones to come back to.
    pub(crate) fn keep_terminal_settings(&mut self) {
        self.saved_termios = self.process.termios(self.terminal_fd()).ok();
    }

    async fn restore_terminal(&mut self) {
        if let Some(termios) = self.saved_termios.clone() {
            let fd = self.terminal_fd();
            let _ = self.process.set_termios(fd, termios, false).await;
        }
    }

    /// The descriptor of the shell's terminal.
    pub(crate) fn terminal_fd(&self) -> crate::abi::Fd {
        self.terminal.unwrap_or(STDERR)
    }

    /// Takes note of what children have done, without waiting.
    pub(crate) fn reap(&mut self) {
        while let Ok(Some(waited)) = self.process.wait_now(WaitFor::Any, self.shell.options.monitor, true) {
            self.jobs.note(waited);
        }
    }

    /// A job as `jobs` lists it.
    pub(crate) fn job_line(&self, number: usize, long: bool) -> Vec<u8> {
        let Some(job) = self.jobs.get(number) else { return Vec::new() };
        let mark = if self.jobs.current() == Some(number) {
            '+'
        } else if self.jobs.previous() == Some(number) {
            '-'
        } else {
            ' '
        };
        let (state, running) = match job.state() {
            JobState::Running => ("Running".to_string(), true),
            JobState::Stopped(Signal::TSTP | Signal::STOP) => ("Stopped".to_string(), false),
            JobState::Stopped(signal) => (signal.description().to_string(), false),
            JobState::Done(ExitStatus::Exited(0)) => ("Done".to_string(), false),
            JobState::Done(ExitStatus::Exited(code)) => (format!("Exit {code}"), false),
            JobState::Done(ExitStatus::Signaled(signal)) => (signal.description().to_string(), false),
        };
        let pid = if long { format!("{} ", job.processes.first().map_or(0, |p| p.0)) } else { String::new() };
        let mut line = format!("[{number}]{mark}  {pid}{state:<24}").into_bytes();
        line.extend_from_slice(&job.text);
        if running && !job.foreground {
            line.extend_from_slice(b" &");
        }
        line.push(b'\n');
        line
    }

    /// Before a prompt: tells of jobs that have ended or stopped, and forgets those that have ended.
    pub(crate) fn notify_jobs(&mut self) {
        self.reap();
        let numbers: Vec<usize> = self.jobs.list().iter().map(|job| job.number).collect();
        for number in numbers {
            let Some(job) = self.jobs.get(number).cloned() else { continue };
            let state = job.state();
            if !job.notified {
                self.tell_of(&job);
            }
            if let Some(job) = self.jobs.get_mut(number) {
                job.notified = true;
            }
            if let JobState::Done(_) = state {
                self.jobs.retire(number);
            }
        }
    }

    /// Tells of a background job that has ended or stopped: with job control its line, else how it died.
    pub(crate) fn tell_of(&mut self, job: &Job) {
        let (interactive, monitor) = (self.shell.options.interactive, self.shell.options.monitor);
        match job.state() {
            JobState::Running => {}
            _ if self.is_subshell => {}
            state if interactive || monitor => {
                if matches!(state, JobState::Stopped(_)) && !interactive {
                    self.err.push(b'\n');
                }
                let line = self.job_line(job.number, false);
                self.err.extend_from_slice(&line);
            }
            JobState::Done(_) => self.report_death(job),
            JobState::Stopped(_) => {}
        }
    }

    /// The job that a specification names: `%1`, `%+`, `%name`, `%?text`; `Err` is the message.
    pub(crate) fn find_job(&self, spec: &[u8]) -> Result<usize, Vec<u8>> {
        let none = || [spec, b": no such job"].concat();
        let body = spec.strip_prefix(b"%").unwrap_or(spec);
        let found = match body {
            b"" | b"+" | b"%" => self.jobs.current(),
            b"-" => self.jobs.previous(),
            digits if digits.iter().all(u8::is_ascii_digit) => std::str::from_utf8(digits)
                .ok()
                .and_then(|text| text.parse().ok())
                .filter(|&number| self.jobs.get(number).is_some()),
            text => {
                let fits = |job: &&Job| match text.strip_prefix(b"?") {
                    Some(part) => memchr::memmem::find(&job.text, part).is_some(),
                    None => job.text.starts_with(text),
                };
                let mut all = self.jobs.list().iter().filter(fits).map(|job| job.number);
                let first = all.next();
                if first.is_some() && all.next().is_some() {
                    return Err([text, b": ambiguous job spec"].concat());
                }
                first
            }
        };
        found.ok_or_else(none)
    }
}
