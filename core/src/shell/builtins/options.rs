//! `set`, `shopt`.

use super::declare::print_plain;
use crate::shell::interp::{Args, Interp, Stop};
use std::rc::Rc;

pub(super) fn set(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    if args.len() == 1 {
        let names = interp.shell.names.borrow().sorted();
        for (_, symbol) in names {
            print_plain(interp, symbol);
        }
        return Ok(0);
    }
    let mut at = 1;
    while at < args.len() {
        let word = args.get(at);
        let (on, letters) = match word {
            b"--" => {
                set_positional(interp, args, at + 1);
                return Ok(0);
            }
            b"-" => {
                interp.shell.options.xtrace = false;
                interp.shell.options.verbose = false;
                if at + 1 < args.len() {
                    set_positional(interp, args, at + 1);
                }
                return Ok(0);
            }
            [b'-', letters @ ..] => (true, letters),
            [b'+', letters @ ..] => (false, letters),
            _ => {
                set_positional(interp, args, at);
                return Ok(0);
            }
        };
        for &letter in letters {
            if letter == b'o' {
                at += 1;
                if at >= args.len() {
                    print_options(interp, on);
                    return Ok(0);
                }
                let name = args.get(at);
                if !set_option(interp, name, on) {
                    interp.builtin_error(args, &[name, b": invalid option name"].concat());
                    return Ok(2);
                }
            } else if !set_letter(interp, letter, on) {
                return Ok(interp.invalid_option(args, &[word[0], letter]));
            }
        }
        at += 1;
    }
    Ok(0)
}

fn set_positional(interp: &mut Interp, args: Args<'_>, from: usize) {
    let list = (from..args.len()).map(|index| args.get(index).to_vec()).collect();
    interp.shell.positional = Rc::new(list);
}

/// Sets the option of a letter; false when there is none.
pub(crate) fn set_letter(interp: &mut Interp, letter: u8, on: bool) -> bool {
    let mut options = interp.shell.options;
    let found = options
        .table()
        .into_iter()
        .find(|row| row.1 == letter && letter != 0)
        .map(|row| *row.2 = on)
        .is_some();
    interp.shell.options = options;
    found
}

/// Sets the option of a name; false when there is none.
pub(crate) fn set_option(interp: &mut Interp, name: &[u8], on: bool) -> bool {
    let mut options = interp.shell.options;
    let found =
        options.table().into_iter().find(|row| row.0.as_bytes() == name).map(|row| *row.2 = on).is_some();
    interp.shell.options = options;
    if found && on {
        match name {
            b"vi" => interp.shell.options.emacs = false,
            b"emacs" => interp.shell.options.vi = false,
            _ => {}
        }
    }
    found
}

fn print_options(interp: &mut Interp, as_table: bool) {
    let mut options = interp.shell.options;
    for (name, _, on) in options.table() {
        let line = match (as_table, *on) {
            (true, on) => format!("{name:<15}\t{}\n", if on { "on" } else { "off" }),
            (false, on) => format!("set {}o {name}\n", if on { '-' } else { '+' }),
        };
        interp.out.extend_from_slice(line.as_bytes());
    }
}

pub(super) fn shopt(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "pqsuo") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    let has = |letter: u8| options.iter().any(|(own, _)| *own == letter);
    if has(b's') && has(b'u') {
        interp.builtin_error(args, b"cannot set and unset shell options simultaneously");
        return Ok(1);
    }
    let change = if has(b's') {
        Some(true)
    } else if has(b'u') {
        Some(false)
    } else {
        None
    };
    let names: Vec<&[u8]> = (at..args.len()).map(|index| args.get(index)).collect();
    if names.is_empty() {
        for (name, on) in all(interp, has(b'o')) {
            if change.is_none_or(|wanted| wanted == on) && !has(b'q') {
                print(interp, name, on, has(b'p'), has(b'o'));
            }
        }
        return Ok(0);
    }
    let mut status = 0;
    for name in names {
        if has(b'o') {
            let known = all(interp, true).into_iter().find(|(own, _)| own.as_bytes() == name);
            match (known, change) {
                (None, _) => {
                    interp.builtin_error(args, &[name, b": invalid option name"].concat());
                    status = 1;
                }
                (Some(_), Some(on)) => {
                    set_option(interp, name, on);
                }
                (Some((own, on)), None) => {
                    status |= u8::from(!on);
                    if !has(b'q') {
                        print(interp, own, on, has(b'p'), true);
                    }
                }
            }
            continue;
        }
        let known = all(interp, false).into_iter().find(|(own, _)| own.as_bytes() == name);
        match (known, change) {
            (None, _) => {
                interp.builtin_error(args, &[name, b": invalid shell option name"].concat());
                status = 1;
            }
            (Some(_), Some(on)) => {
                let mut shopt = interp.shell.shopt;
                if let Some((_, value)) = shopt.table().into_iter().find(|row| row.0.as_bytes() == name) {
                    *value = on;
                }
                interp.shell.shopt = shopt;
            }
            (Some((own, on)), None) => {
                status |= u8::from(!on);
                if !has(b'q') {
                    print(interp, own, on, has(b'p'), false);
                }
            }
        }
    }
    Ok(status)
}

/// Options with their values in order of name.
fn all(interp: &Interp, of_set: bool) -> Vec<(&'static str, bool)> {
    if of_set {
        let mut options = interp.shell.options;
        return options.table().into_iter().map(|row| (row.0, *row.2)).collect();
    }
    interp.shell.all_shopt()
}

fn print(interp: &mut Interp, name: &str, on: bool, reusable: bool, of_set: bool) {
    let line = match (reusable, of_set) {
        (true, true) => format!("set {}o {name}\n", if on { '-' } else { '+' }),
        (true, false) => format!("shopt -{} {name}\n", if on { 's' } else { 'u' }),
        (false, _) => format!("{name:<15}\t{}\n", if on { "on" } else { "off" }),
    };
    interp.out.extend_from_slice(line.as_bytes());
}
