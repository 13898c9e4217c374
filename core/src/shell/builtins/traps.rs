//! `trap`.

use crate::abi::Signal;
use crate::shell::expand::quoting;
use crate::shell::interp::{Args, Interp, Stop, TrapAction, TrapSignal};
use std::rc::Rc;

pub(super) fn trap(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "lpP") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    if options.iter().any(|(letter, _)| *letter == b'l') {
        let text = signal_table();
        interp.out.extend_from_slice(text.as_bytes());
        return Ok(0);
    }
    if at >= args.len() || !options.is_empty() {
        return Ok(print(interp, args, at));
    }
    let action = args.get(at);
    // A lone signal, or a number first, resets.
    let only = at + 1 == args.len();
    let resets = action == b"-"
        || (only && TrapSignal::parse(action).is_some())
        || action.first().is_some_and(u8::is_ascii_digit);
    if only && !resets {
        return Ok(interp.usage(args));
    }
    let first = if resets && action != b"-" { at } else { at + 1 };
    let action = match action {
        _ if resets => None,
        b"" => Some(TrapAction::Ignore),
        text => Some(TrapAction::Run(Rc::from(text))),
    };
    let mut status = 0;
    for index in first..args.len() {
        match TrapSignal::parse(args.get(index)) {
            Some(signal) => interp.set_trap(signal, action.clone()),
            None => {
                interp.builtin_error(args, &[args.get(index), b": invalid signal specification"].concat());
                status = 1;
            }
        }
    }
    Ok(status)
}

fn print(interp: &mut Interp, args: Args<'_>, at: usize) -> u8 {
    let mut status = 0;
    let wanted: Vec<Option<TrapSignal>> =
        (at..args.len()).map(|index| TrapSignal::parse(args.get(index))).collect();
    for (offset, signal) in wanted.iter().enumerate() {
        if signal.is_none() {
            interp.builtin_error(args, &[args.get(at + offset), b": invalid signal specification"].concat());
            status = 1;
        }
    }
    let posix = interp.shell.options.posix;
    let lines: Vec<Vec<u8>> = interp
        .shell
        .traps
        .shown()
        .filter(|(signal, _)| wanted.is_empty() || wanted.contains(&Some(*signal)))
        .map(|(signal, action)| {
            let text: &[u8] = match action {
                TrapAction::Ignore => b"",
                TrapAction::Run(text) => text,
            };
            [b"trap -- ", &quoting::single(text)[..], b" ", shown_name(signal, posix).as_bytes(), b"\n"]
                .concat()
        })
        .collect();
    interp.out.extend_from_slice(&lines.concat());
    status
}

/// A signal's name as `trap` shows it: in POSIX mode without SIG.
fn shown_name(signal: TrapSignal, posix: bool) -> String {
    match signal {
        TrapSignal::Signal(signal) if posix => signal.name().to_string(),
        signal => signal.name(),
    }
}

/// The signals as `kill -l` and `trap -l` list them.
pub(super) fn signal_table() -> String {
    let mut text = String::new();
    for (index, signal) in Signal::all().enumerate() {
        let end = if index % 5 == 4 { '\n' } else { '\t' };
        text += &format!("{:>2}) SIG{}{end}", signal.number(), signal.name());
    }
    text.push('\n');
    text
}
