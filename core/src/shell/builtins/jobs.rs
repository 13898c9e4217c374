//! `jobs`, `fg`, `bg`, `wait`, `kill`, `disown`, `suspend`.

use super::traps::signal_table;
use crate::abi::{Errno, ExitStatus, Pid, Signal};
use crate::kernel::WaitFor;
use crate::shell::expand::quoting;
use crate::shell::interp::{Args, Interp, JobState, Stop, is_name};

/// The job that an operand names, or the current one.
fn job_of(interp: &mut Interp, args: Args<'_>, at: usize) -> Option<usize> {
    if at >= args.len() {
        let current = interp.jobs.current();
        if current.is_none() {
            interp.builtin_error(args, b"current: no such job");
        }
        return current;
    }
    match interp.find_job(args.get(at)) {
        Ok(number) => Some(number),
        Err(message) => {
            interp.builtin_error(args, &message);
            None
        }
    }
}

/// `jobs -x`: a command whose arguments that name jobs are their process groups.
async fn run_with_pids(interp: &mut Interp, args: Args<'_>, at: usize) -> Result<u8, Stop> {
    let mut words = Vec::new();
    for index in at..args.len() {
        let word = args.get(index);
        let job = word.starts_with(b"%").then(|| interp.find_job(word).ok()).flatten();
        words.push(match job.and_then(|number| interp.jobs.get(number)) {
            Some(job) => job.pid().to_string().into_bytes(),
            None => quoting::single(word),
        });
    }
    interp.eval_within(words.join(&b' ')).await
}

pub(super) async fn jobs(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "lnprsx") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    let has = |letter: u8| options.iter().any(|(own, _)| *own == letter);
    if has(b'x') {
        return run_with_pids(interp, args, at).await;
    }
    interp.reap();
    let mut numbers: Vec<usize> = Vec::new();
    let mut status = 0;
    if at < args.len() {
        for index in at..args.len() {
            match interp.find_job(args.get(index)) {
                Ok(number) => numbers.push(number),
                Err(message) => {
                    interp.builtin_error(args, &message);
                    status = 1;
                }
            }
        }
    } else {
        numbers = interp.jobs.list().iter().map(|job| job.number).collect();
    }
    if has(b'p') {
        let pids: Vec<Pid> = interp.jobs.inherited().iter().map(crate::shell::interp::Job::pid).collect();
        for pid in pids {
            interp.out.extend_from_slice(format!("{pid}\n").as_bytes());
        }
    }
    for number in numbers {
        let Some(job) = interp.jobs.get(number) else { continue };
        let state = job.state();
        if (has(b'r') && state != JobState::Running) || (has(b's') && !matches!(state, JobState::Stopped(_)))
        {
            continue;
        }
        if has(b'p') {
            let pid = job.processes.first().map_or(0, |process| process.0);
            interp.out.extend_from_slice(format!("{pid}\n").as_bytes());
        } else {
            let line = interp.job_line(number, has(b'l'));
            interp.out.extend_from_slice(&line);
        }
        if let Some(job) = interp.jobs.get_mut(number) {
            job.notified = true;
        }
        if let JobState::Done(_) = state {
            interp.jobs.retire(number);
        }
    }
    Ok(status)
}

pub(super) async fn fg(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    if !interp.shell.options.monitor || interp.is_subshell {
        interp.builtin_error(args, b"no job control");
        return Ok(1);
    }
    let Some(number) = job_of(interp, args, 1) else { return Ok(1) };
    let Some(mut job) = interp.jobs.get(number).cloned() else { return Ok(1) };
    let line = [&job.text[..], b"\n"].concat();
    interp.out.extend_from_slice(&line);
    let _ = interp.flush_out(b"fg").await;
    job.foreground = true;
    job.stopped = None;
    interp.give_terminal(job.group).await;
    if let Some(termios) = job.termios.take() {
        let fd = interp.terminal_fd();
        let _ = interp.process.set_termios(fd, termios, false).await;
    }
    let _ = interp.process.kill(-i64::from(job.group), Some(Signal::CONT)).await;
    interp.wait_job(&mut job).await;
    interp.take_terminal(&mut job).await;
    interp.jobs.remove(number);
    let is_stopped = matches!(job.state(), JobState::Stopped(_));
    if is_stopped {
        job.number = 0;
    }
    interp.foreground_ended(job)?;
    Ok(interp.shell.status)
}

pub(super) async fn bg(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    if !interp.shell.options.monitor || interp.is_subshell {
        interp.builtin_error(args, b"no job control");
        return Ok(1);
    }
    let mut status = 0;
    for at in 1..args.len().max(2) {
        let Some(number) = job_of(interp, args, at) else {
            status = 1;
            continue;
        };
        let Some(job) = interp.jobs.get_mut(number) else { continue };
        if job.state() == JobState::Running {
            interp.builtin_error(args, format!("job {number} already in background").as_bytes());
            continue;
        }
        job.stopped = None;
        job.foreground = false;
        job.notified = true;
        let (group, text) = (job.group, job.text.clone());
        interp.jobs.touch(number);
        let _ = interp.process.kill(-i64::from(group), Some(Signal::CONT)).await;
        let mark = if interp.jobs.current() == Some(number) { '+' } else { '-' };
        let line = [format!("[{number}]{mark} ").as_bytes(), &text, b" &\n"].concat();
        interp.out.extend_from_slice(&line);
    }
    Ok(status)
}

pub(super) fn disown(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "har") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    let has = |letter: u8| options.iter().any(|(own, _)| *own == letter);
    let mut numbers: Vec<usize> = Vec::new();
    if at < args.len() {
        for index in at..args.len() {
            let word = args.get(index);
            let by_pid = std::str::from_utf8(word)
                .ok()
                .and_then(|text| text.parse().ok())
                .and_then(|pid| interp.jobs.by_pid(pid));
            match by_pid.map(|job| job.number).map_or_else(|| interp.find_job(word), Ok) {
                Ok(number) => numbers.push(number),
                Err(message) => {
                    interp.builtin_error(args, &message);
                    return Ok(1);
                }
            }
        }
    } else if has(b'a') || has(b'r') {
        let running = |job: &&crate::shell::interp::Job| !has(b'r') || job.state() == JobState::Running;
        numbers = interp.jobs.list().iter().filter(running).map(|job| job.number).collect();
    } else {
        numbers.extend(job_of(interp, args, at));
        if numbers.is_empty() {
            return Ok(1);
        }
    }
    for number in numbers {
        if has(b'h') {
            if let Some(job) = interp.jobs.get_mut(number) {
                job.no_hang_up = true;
            }
        } else {
            interp.jobs.remove(number);
        }
    }
    Ok(0)
}

pub(super) async fn wait(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "fnp:") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    let next = options.iter().any(|(letter, _)| *letter == b'n');
    let variable = options.iter().find(|(letter, _)| *letter == b'p').map(|(_, name)| name.to_vec());
    if let Some(name) = &variable {
        if !is_name(name) {
            interp.builtin_error(args, &[b"`", &name[..], b"': not a valid identifier"].concat());
            return Ok(1);
        }
        let symbol = interp.symbol(name);
        interp.shell.unset_var(symbol)?;
    }
    if next {
        return wait_next(interp, args, at, variable).await;
    }
    if at >= args.len() {
        // Everything that runs.
        loop {
            interp.reap();
            if !interp.jobs.has_running() {
                break;
            }
            match interp.process.wait(WaitFor::Any, false, false).await {
                Ok(waited) => interp.jobs.note(waited),
                Err(Errno::EINTR) => {
                    if let Some(status) = interrupted(interp) {
                        return Ok(status);
                    }
                }
                Err(_) => break,
            }
        }
        interp.notify_jobs();
        return Ok(0);
    }
    let mut status = 0;
    for index in at..args.len() {
        let word = args.get(index);
        let pid: Option<Pid> = if word.starts_with(b"%") {
            match interp.find_job(word) {
                Ok(number) => interp.jobs.get(number).map(crate::shell::interp::Job::pid),
                Err(message) => {
                    interp.builtin_error(args, &message);
                    status = 127;
                    continue;
                }
            }
        } else {
            std::str::from_utf8(word).ok().and_then(|text| text.parse().ok())
        };
        let Some(pid) = pid else {
            interp.builtin_error(args, &[b"`", word, b"': not a pid or valid job spec"].concat());
            status = 1;
            continue;
        };
        match wait_pid(interp, pid).await {
            Ok(Some(ended)) => {
                status = ended;
                if let Some(name) = &variable {
                    let symbol = interp.symbol(name);
                    interp.assign_text(symbol, pid.to_string().into_bytes(), false)?;
                }
            }
            Ok(None) => {
                interp.builtin_error(args, format!("pid {pid} is not a child of this shell").as_bytes());
                status = 127;
            }
            Err(status) => return Ok(status),
        }
    }
    Ok(status)
}

/// The status of a wait that a signal has ended: 128 and its number. None: it goes on.
fn interrupted(interp: &mut Interp) -> Option<u8> {
    interp.take_interruption().map(|signal| 128 + signal.number())
}

/// The status of a child; `None` when it is none, `Err` when a signal came.
async fn wait_pid(interp: &mut Interp, pid: Pid) -> Result<Option<u8>, u8> {
    loop {
        interp.reap();
        if let Some(job) = interp.jobs.by_pid(pid) {
            let number = job.number;
            let own = job.processes.iter().find(|(own, _)| *own == pid).and_then(|(_, status)| *status);
            if let Some(status) = own {
                if let JobState::Done(_) = job.state() {
                    let job = job.clone();
                    interp.tell_of(&job);
                    interp.jobs.retire(number);
                }
                return Ok(Some(status.code()));
            }
        } else if let Some(status) = interp.jobs.ended_status(pid) {
            return Ok(Some(status));
        }
        match interp.process.wait(WaitFor::Pid(pid), false, false).await {
            Ok(waited) => interp.jobs.note(waited),
            Err(Errno::EINTR) => {
                if let Some(status) = interrupted(interp) {
                    return Err(status);
                }
            }
            Err(_) => return Ok(None),
        }
    }
}

async fn wait_next(
    interp: &mut Interp,
    args: Args<'_>,
    at: usize,
    variable: Option<Vec<u8>>,
) -> Result<u8, Stop> {
    let wanted: Vec<Pid> = (at..args.len())
        .filter_map(|index| {
            let word = args.get(index);
            match word.starts_with(b"%") {
                true => interp
                    .find_job(word)
                    .ok()
                    .and_then(|number| interp.jobs.get(number))
                    .map(crate::shell::interp::Job::pid),
                false => std::str::from_utf8(word).ok()?.parse().ok(),
            }
        })
        .collect();
    loop {
        interp.reap();
        let done = interp.jobs.list().iter().find_map(|job| match job.state() {
            JobState::Done(status) if wanted.is_empty() || wanted.contains(&job.pid()) => {
                Some((job.number, job.pid(), status))
            }
            _ => None,
        });
        if let Some((number, pid, status)) = done {
            interp.jobs.retire(number);
            if let Some(name) = variable {
                let symbol = interp.symbol(&name);
                interp.assign_text(symbol, pid.to_string().into_bytes(), false)?;
            }
            return Ok(ExitStatus::code(status));
        }
        match interp.process.wait(WaitFor::Any, false, false).await {
            Ok(waited) => interp.jobs.note(waited),
            Err(Errno::EINTR) => {
                if let Some(status) = interrupted(interp) {
                    return Ok(status);
                }
            }
            Err(_) => return Ok(127),
        }
    }
}

pub(super) async fn kill(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let mut signal = Some(Signal::TERM);
    let mut at = 1;
    match args.get(1) {
        b"" if args.len() < 2 => return Ok(interp.usage(args)),
        b"-l" | b"-L" => return Ok(list(interp, args)),
        b"-s" | b"-n" => {
            if args.len() < 3 {
                interp.builtin_error(args, &[args.get(1), b": option requires an argument"].concat());
                return Ok(1);
            }
            match parse_signal(args.get(2)) {
                Some(parsed) => signal = parsed,
                None => return Ok(bad_signal(interp, args, args.get(2))),
            }
            at = 3;
        }
        b"--" => at = 2,
        [b'-', rest @ ..] if !rest.is_empty() => {
            match parse_signal(rest) {
                Some(parsed) => signal = parsed,
                None => return Ok(bad_signal(interp, args, rest)),
            }
            at = 2;
        }
        _ => {}
    }
    if args.get(at) == b"--" {
        at += 1;
    }
    if at >= args.len() {
        return Ok(interp.usage(args));
    }
    let mut status = 0;
    for index in at..args.len() {
        let word = args.get(index);
        let target: i64 = if word.starts_with(b"%") {
            match interp.find_job(word) {
                Ok(number) => {
                    let job = interp.jobs.get(number);
                    job.map_or(
                        0,
                        |job| if job.group != 0 { -i64::from(job.group) } else { i64::from(job.pid()) },
                    )
                }
                Err(message) => {
                    interp.builtin_error(args, &message);
                    status = 1;
                    continue;
                }
            }
        } else {
            match std::str::from_utf8(word).ok().and_then(|text| text.parse().ok()) {
                Some(pid) => pid,
                None => {
                    interp.builtin_error(args, &[word, b": arguments must be process or job IDs"].concat());
                    status = 1;
                    continue;
                }
            }
        };
        if let Err(errno) = interp.process.kill(target, signal).await {
            let line = format!("({target}) - {errno}");
            interp.builtin_error(args, line.as_bytes());
            status = 1;
        }
    }
    Ok(status)
}

fn bad_signal(interp: &mut Interp, args: Args<'_>, word: &[u8]) -> u8 {
    interp.builtin_error(args, &[word, b": invalid signal specification"].concat());
    1
}

/// A signal by name or number; 0 is no signal.
fn parse_signal(text: &[u8]) -> Option<Option<Signal>> {
    if let Ok(number) = std::str::from_utf8(text).unwrap_or_default().parse::<u8>() {
        return if number == 0 { Some(None) } else { Signal::from_number(number).map(Some) };
    }
    if text.eq_ignore_ascii_case(b"EXIT") {
        return Some(None);
    }
    Signal::from_name(text).map(Some)
}

fn list(interp: &mut Interp, args: Args<'_>) -> u8 {
    if args.len() == 2 {
        let names = || Signal::all().map(Signal::name).collect::<Vec<_>>().join(" ") + "\n";
        let text = if interp.shell.options.posix { names() } else { signal_table() };
        interp.out.extend_from_slice(text.as_bytes());
        return 0;
    }
    let mut status = 0;
    for index in 2..args.len() {
        let word = args.get(index);
        let number = std::str::from_utf8(word).ok().and_then(|text| text.parse::<u8>().ok());
        let text = match number {
            Some(0) => Some("EXIT".to_string()),
            None if word.eq_ignore_ascii_case(b"EXIT") => Some("0".to_string()),
            Some(number) => Signal::from_number(if number > 128 { number - 128 } else { number })
                .map(|s| s.name().to_string()),
            None => Signal::from_name(word).map(|signal| signal.number().to_string()),
        };
        match text {
            Some(text) => interp.out.extend_from_slice(format!("{text}\n").as_bytes()),
            None => {
                interp.builtin_error(args, &[word, b": invalid signal specification"].concat());
                status = 1;
            }
        }
    }
    status
}

pub(super) async fn suspend(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    if !interp.shell.options.monitor {
        interp.builtin_error(args, b"cannot suspend: no job control");
        return Ok(1);
    }
    if interp.shell.options.login && args.get(1) != b"-f" {
        interp.builtin_error(args, b"cannot suspend a login shell");
        return Ok(1);
    }
    let pid = i64::from(interp.process.pid());
    let _ = interp.process.kill(pid, Some(Signal::STOP)).await;
    Ok(0)
}
