//! `break`, `continue`, `return`, `exit`, `logout`, `shift`, `caller`.

use crate::shell::interp::{Args, FeederKind, FrameKind, Interp, JobState, Stop};
use std::rc::Rc;

/// The number that an operand is: `Err` is the stop that a wrong one gives.
fn number(interp: &mut Interp, args: Args<'_>) -> Result<Option<i64>, ()> {
    let at = if args.get(1) == b"--" { 2 } else { 1 };
    if args.len() <= at {
        return Ok(None);
    }
    let text = args.get(at);
    match std::str::from_utf8(text).ok().and_then(|text| text.trim().parse::<i64>().ok()) {
        Some(number) => Ok(Some(number)),
        None => {
            interp.builtin_error(args, &[text, b": numeric argument required"].concat());
            Err(())
        }
    }
}

fn loops(interp: &mut Interp, args: Args<'_>, stop: fn(u32) -> Stop) -> Result<u8, Stop> {
    if interp.loop_depth() == 0 {
        interp.builtin_error(args, b"only meaningful in a `for', `while', or `until' loop");
        return Ok(0);
    }
    if args.len() > 2 && args.get(1) != b"--" {
        interp.builtin_error(args, b"too many arguments");
        return Err(Stop::Exit(1));
    }
    match number(interp, args) {
        Err(()) => Err(Stop::Exit(128)),
        Ok(Some(count)) if count < 1 => {
            let text = args.get(1).to_vec();
            interp.builtin_error(args, &[&text[..], b": loop count out of range"].concat());
            interp.shell.status = 1;
            Err(Stop::Break(u32::MAX))
        }
        Ok(count) => {
            interp.shell.status = 0;
            Err(stop(u32::try_from(count.unwrap_or(1)).unwrap_or(u32::MAX)))
        }
    }
}

pub(super) fn break_loop(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    loops(interp, args, Stop::Break)
}

pub(super) fn continue_loop(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    loops(interp, args, Stop::Continue)
}

pub(super) fn return_(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let may = interp.inherited_functions > 0
        || interp.frames().iter().any(|frame| match &frame.kind {
            FrameKind::Function(_) => true,
            FrameKind::Feeder(feeder) => feeder.kind == FeederKind::Source,
            _ => false,
        });
    if !may {
        interp.builtin_error(args, b"can only `return' from a function or sourced script");
        return Ok(2);
    }
    match number(interp, args) {
        Err(()) => Err(Stop::Return(2)),
        Ok(Some(_)) if args.len() > 2 && args.get(1) != b"--" => {
            interp.builtin_error(args, b"too many arguments");
            Err(Stop::Discard(1))
        }
        Ok(Some(status)) => Err(Stop::Return(status as u8)),
        Ok(None) => Err(Stop::Return(interp.shell.status)),
    }
}

pub(super) fn exit(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    if interp.shell.options.interactive && !interp.is_subshell {
        if interp.shell.options.login {
            interp.err.extend_from_slice(b"logout\n");
        } else {
            interp.err.extend_from_slice(b"exit\n");
        }
        let stopped = interp.jobs.list().iter().any(|job| matches!(job.state(), JobState::Stopped(_)));
        if stopped && !interp.unwarned_stopped_jobs {
            interp.unwarned_stopped_jobs = true;
            interp.err.extend_from_slice(b"There are stopped jobs.\n");
            return Ok(1);
        }
    }
    match number(interp, args) {
        Err(()) => Err(Stop::Exit(2)),
        Ok(Some(_)) if args.len() > 2 && args.get(1) != b"--" => {
            interp.builtin_error(args, b"too many arguments");
            Err(Stop::Discard(1))
        }
        Ok(Some(status)) => Err(Stop::Exit(status as u8)),
        Ok(None) => Err(Stop::Exit(interp.shell.status)),
    }
}

pub(super) fn logout(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    if !interp.shell.options.login {
        interp.builtin_error(args, b"not login shell: use `exit'");
        return Ok(1);
    }
    exit(interp, args)
}

pub(super) fn shift(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    if args.len() > 2 && args.get(1) != b"--" {
        interp.builtin_error(args, b"too many arguments");
        return Err(Stop::Discard(1));
    }
    let count = match number(interp, args) {
        Err(()) => return Ok(1),
        Ok(count) => count.unwrap_or(1),
    };
    if count < 0 {
        let text = args.get(1).to_vec();
        interp.builtin_error(args, &[&text[..], b": shift count out of range"].concat());
        return Ok(1);
    }
    let positional = &mut interp.shell.positional;
    if count as usize > positional.len() {
        if interp.shell.shopt.shift_verbose || interp.shell.options.posix {
            let text = args.get(1).to_vec();
            interp.builtin_error(args, &[&text[..], b": shift count out of range"].concat());
        }
        return Ok(1);
    }
    Rc::make_mut(positional).drain(..count as usize);
    Ok(0)
}

pub(super) fn caller(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let frames = interp.call_frames();
    if frames.is_empty() {
        return Ok(1);
    }
    let level = match number(interp, args) {
        Err(()) => return Ok(2),
        Ok(level) => level,
    };
    let Ok(index) = usize::try_from(level.unwrap_or(0)) else { return Ok(1) };
    let Some((line, _, _)) = frames.get(index) else { return Ok(1) };
    // Around the outermost call is the script; a command string has no name.
    let is_script = !interp.shell.options.command_string && !interp.shell.options.interactive;
    let around = match frames.get(index + 1) {
        Some((_, name, source)) => Some((&name[..], &source[..])),
        None => is_script.then_some((&b"main"[..], &interp.shell.name[..])),
    };
    let line = line.to_string();
    let text = match (level, around) {
        (None, around) => {
            [line.as_bytes(), b" ", around.map_or(b"NULL", |(_, source)| source), b"\n"].concat()
        }
        (Some(_), Some((name, source))) => [line.as_bytes(), b" ", name, b" ", source, b"\n"].concat(),
        (Some(_), None) => return Ok(1),
    };
    interp.out.extend_from_slice(&text);
    Ok(0)
}
