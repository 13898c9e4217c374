//! `echo`, `printf`.

use crate::program::{echo as echo_engine, printf as printf_engine};
use crate::shell::expand::quoting;
use crate::shell::interp::{Args, Interp, Stop};

pub(super) fn echo(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let operands: Vec<&[u8]> = args.operands().collect();
    let interpret = interp.shell.shopt.xpg_echo;
    echo_engine::render(&operands, interpret, &mut interp.out);
    Ok(0)
}

pub(super) fn printf(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "v:") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    if at >= args.len() {
        return Ok(interp.usage(args));
    }
    let operands: Vec<&[u8]> = (at + 1..args.len()).map(|index| args.get(index)).collect();
    let mut text = Vec::new();
    let now = interp.process.now();
    let printed = printf_engine::format(args.get(at), &operands, now, &quoting::backslash, &mut text);
    for message in &printed.messages {
        interp.complain(message);
    }
    match options.last() {
        None => interp.out.extend_from_slice(&text),
        Some((_, target)) => {
            let (name, key) = match memchr::memchr(b'[', target) {
                Some(open) if target.ends_with(b"]") => {
                    (&target[..open], target.get(open + 1..target.len() - 1))
                }
                _ => (*target, None),
            };
            if !crate::shell::interp::is_name(name) {
                interp.builtin_error(args, &[b"`", *target, b"': not a valid identifier"].concat());
                return Ok(2);
            }
            let symbol = interp.symbol(name);
            match key {
                None => interp.assign_text(symbol, text, false)?,
                Some(key) => interp.assign_element(symbol, key, text, false)?,
            }
        }
    }
    Ok(printed.status)
}
