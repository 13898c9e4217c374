//! `timeout`: runs a command with a limit of time.

use crate::abi::{Errno, ExitStatus, Pid, STDERR, Signal, WaitStatus};
use crate::kernel::{Disposition, Process, WaitFor};
use crate::program::Takes::{Argument, Nothing};
use crate::program::{
    Category, Choice, Command, Context, Example, boxed, exec_by_name, option, parse_interval,
    quote_locale,
};

/// The command.
pub static COMMAND: Command = Command {
    name: "timeout",
    aliases: &[],
    summary: "run a command with a time limit",
    usage: &["[OPTION] DURATION COMMAND [ARG]...", "[OPTION]"],
    description: "Start COMMAND, and kill it if still running after DURATION: a number with an optional\n\
                  suffix s (the default), m, h or d; 0 disables the timeout.\n\n\
                  Status 124 if COMMAND times out, 125 if timeout itself fails, 126 if COMMAND cannot be\n\
                  invoked, 127 if it cannot be found, 137 if it is sent KILL, its own otherwise.",
    options: &[
        Choice::long('p', "preserve-status", Nothing, "exit with the status of COMMAND even when it times out"),
        Choice::long('f', "foreground", Nothing, "allow COMMAND to read from the terminal"),
        option('k', "kill-after", Argument("DURATION"), "also send KILL if it still runs this long after"),
        option('s', "signal", Argument("SIGNAL"), "the signal to be sent on timeout"),
        option('v', "verbose", Nothing, "diagnose to stderr any signal sent upon timeout"),
    ],
    examples: &[
        Example { script: "timeout 0.5 sleep 10; echo $?", output: "124\n" },
        Example { script: "timeout 5 echo in time", output: "in time\n" },
    ],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/timeout.html",
    category: Category::Shell,
    run: |cx| boxed(run(cx)),
};

/// Status of a failure of its own.
const FAILED: u8 = 125;
const TIMED_OUT: u8 = 124;

/// Signals that are passed on to the command.
const PASSED_ON: [Signal; 4] = [Signal::INT, Signal::QUIT, Signal::HUP, Signal::TERM];

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse_as(FAILED, true).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let Some((duration, command)) = parsed.operands.split_first().filter(|(_, command)| !command.is_empty()) else {
        let hint = [b"Try '", &cx.name[..], b" --help' for more information.\n"].concat();
        cx.write_error(&hint).await;
        cx.status = FAILED;
        return cx.finish().await;
    };
    let signal = parsed.value('s').map_or(Some(Signal::TERM), Signal::from_name);
    let Some(signal) = signal else {
        let name = quote_locale(parsed.value('s').unwrap_or_default());
        return cx.usage_error(FAILED, &[&name[..], b": invalid signal"].concat()).await;
    };
    let kill_after = parsed.value('k');
    for text in kill_after.into_iter().chain([duration.as_slice()]) {
        if parse_interval(text).is_none() {
            return cx.usage_error(FAILED, &[b"invalid time interval ", &quote_locale(text)[..]].concat()).await;
        }
    }
    let process = cx.process.clone();
    let foreground = parsed.has('f');
    if !foreground {
        // Its own group, so that the children of the command can be reached.
        let _ = process.set_group(0, 0);
    }
    for signal in PASSED_ON.into_iter().chain([Signal::CHLD]) {
        let _ = process.set_disposition(signal, Disposition::Catch);
    }
    let child = match process.fork() {
        Ok(child) => child,
        Err(errno) => {
            cx.error(format!("fork system call failed: {}", errno.message()).as_bytes()).await;
            cx.status = FAILED;
            return cx.finish().await;
        }
    };
    let Some(handle) = child.handle() else { return cx.finish().await };
    let pid = child.start(Box::pin(start(handle, cx.name.clone(), command.to_vec())));
    let watch = Watch { process, pid, foreground, verbose: parsed.has('v'), name: &cx.name, command };
    let mut limits = vec![(signal, parse_interval(duration).unwrap_or(0))];
    limits.extend(kill_after.and_then(parse_interval).map(|nanos| (Signal::KILL, nanos)));
    let (status, last_sent) = watch.run(&limits).await;
    cx.status = match (last_sent, status) {
        (None, status) => status.code(),
        (Some(Signal::KILL), _) => 128 + Signal::KILL.number(),
        (Some(_), status) if parsed.has('p') => status.code(),
        (Some(_), _) => TIMED_OUT,
    };
    cx.finish().await
}

/// The child: becomes the command.
async fn start(process: Process, name: Vec<u8>, command: Vec<Vec<u8>>) -> ExitStatus {
    for signal in PASSED_ON.into_iter().chain([Signal::CHLD]) {
        let _ = process.set_disposition(signal, Disposition::Default);
    }
    let program = quote_locale(command.first().map_or(&b""[..], Vec::as_slice));
    let errno = exec_by_name(&process, command, process.environment()).await;
    let reason = errno.message().as_bytes();
    let _ = process.write_all(STDERR, &[&name[..], b": failed to run command ", &program, b": ", reason, b"\n"].concat()).await;
    ExitStatus::Exited(if errno == Errno::ENOENT { 127 } else { 126 })
}

/// The parent's watch over the command.
struct Watch<'a> {
    process: Process,
    pid: Pid,
    foreground: bool,
    verbose: bool,
    name: &'a [u8],
    command: &'a [Vec<u8>],
}

impl Watch<'_> {
    /// Waits for the end; after each limit sends its signal. Gives the status and what was sent last.
    async fn run(&self, limits: &[(Signal, u64)]) -> (ExitStatus, Option<Signal>) {
        let mut limits = limits.iter().filter(|(_, nanos)| *nanos > 0);
        let mut limit = limits.next();
        let mut end = self.process.uptime_nanos().saturating_add(limit.map_or(0, |(_, nanos)| *nanos));
        let mut last_sent = None;
        loop {
            match self.process.wait_now(WaitFor::Pid(self.pid), false, false) {
                Ok(Some(waited)) => {
                    if let WaitStatus::Ended(status) = waited.status {
                        return (status, last_sent);
                    }
                }
                Ok(None) => {}
                Err(_) => return (ExitStatus::Exited(FAILED), last_sent),
            }
            let left = limit.map_or(u64::MAX / 2, |_| end.saturating_sub(self.process.uptime_nanos()));
            if let (Some((signal, _)), 0) = (limit, left) {
                self.send(*signal).await;
                last_sent = Some(*signal);
                limit = limits.next();
                end = self.process.uptime_nanos().saturating_add(limit.map_or(0, |(_, nanos)| *nanos));
                continue;
            }
            let _ = self.process.sleep(left).await;
            while let Some(signal) = self.process.take_signal() {
                if signal != Signal::CHLD {
                    let _ = self.process.kill(i64::from(self.pid), Some(signal)).await;
                }
            }
        }
    }

    async fn send(&self, signal: Signal) {
        if self.verbose {
            let command = quote_locale(self.command.first().map_or(&b""[..], Vec::as_slice));
            let text = format!(": sending signal {} to command ", signal.name());
            let line = [self.name, text.as_bytes(), &command, b"\n"].concat();
            let _ = self.process.write_all(STDERR, &line).await;
        }
        let _ = self.process.kill(i64::from(self.pid), Some(signal)).await;
        if !self.foreground && signal != Signal::KILL {
            let _ = self.process.set_disposition(signal, Disposition::Ignore);
            let _ = self.process.kill(0, Some(signal)).await;
            let _ = self.process.kill(i64::from(self.pid), Some(Signal::CONT)).await;
        }
    }
}
