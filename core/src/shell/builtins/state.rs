//! `umask`, `ulimit`, `times`, `enable`, `help`.

use super::BUILTINS;
use crate::abi::Mode;
use crate::kernel::{Limit, ResourceLimits};
use crate::shell::interp::{Args, Interp, Stop};
use std::rc::Rc;

pub(super) fn umask(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "pS") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    let has = |letter: u8| options.iter().any(|(own, _)| *own == letter);
    let mask = interp.process.umask().bits();
    if at >= args.len() {
        let text = if has(b'S') { symbolic(mask) } else { format!("{mask:04o}") };
        let lead = match (has(b'p'), has(b'S')) {
            (true, true) => "umask -S ",
            (true, false) => "umask ",
            _ => "",
        };
        interp.out.extend_from_slice(format!("{lead}{text}\n").as_bytes());
        return Ok(0);
    }
    let word = args.get(at);
    let new = if word.first().is_some_and(u8::is_ascii_digit) {
        match std::str::from_utf8(word)
            .ok()
            .and_then(|text| u32::from_str_radix(text, 8).ok())
            .filter(|&m| m <= 0o7777)
        {
            Some(mask) => mask,
            None => {
                interp.builtin_error(args, &[word, b": octal number out of range"].concat());
                return Ok(1);
            }
        }
    } else {
        match parse_symbolic(word, mask) {
            Ok(mask) => mask,
            Err((byte, what)) => {
                let what = format!("': invalid symbolic mode {what}");
                let message = [b"`", &[byte][..], what.as_bytes()].concat();
                interp.builtin_error(args, &message);
                return Ok(1);
            }
        }
    };
    interp.process.set_umask(Mode::new(new));
    if has(b'S') {
        interp.out.extend_from_slice(format!("{}\n", symbolic(new)).as_bytes());
    }
    Ok(0)
}

/// `u=rwx,g=rx,o=rx`: what the mask lets through.
fn symbolic(mask: u32) -> String {
    let class = |shift: u32| {
        let bits = !(mask >> shift) & 7;
        [(4, 'r'), (2, 'w'), (1, 'x')]
            .iter()
            .filter(|(bit, _)| bits & bit != 0)
            .map(|(_, letter)| *letter)
            .collect::<String>()
    };
    format!("u={},g={},o={}", class(6), class(3), class(0))
}

/// The mask that a symbolic mode makes of one; `Err` is the byte that is wrong, and what it should be.
fn parse_symbolic(text: &[u8], mask: u32) -> Result<u32, (u8, &'static str)> {
    let mut allowed = !mask & 0o777;
    for clause in text.split(|&byte| byte == b',') {
        let mut who = 0;
        let mut rest = clause;
        while let Some((&byte, after)) = rest.split_first() {
            who |= match byte {
                b'u' => 0o700,
                b'g' => 0o070,
                b'o' => 0o007,
                b'a' => 0o777,
                _ => break,
            };
            rest = after;
        }
        if who == 0 {
            who = 0o777;
        }
        while let Some((&operator, after)) = rest.split_first() {
            if !b"+-=".contains(&operator) {
                return Err((operator, "operator"));
            }
            rest = after;
            let mut bits = 0;
            while let Some((&byte, after)) = rest.split_first() {
                bits |= match byte {
                    b'r' => 0o444,
                    b'w' => 0o222,
                    b'x' => 0o111,
                    b'+' | b'-' | b'=' => break,
                    byte => return Err((byte, "character")),
                };
                rest = after;
            }
            match operator {
                b'+' => allowed |= bits & who,
                b'-' => allowed &= !(bits & who),
                _ => allowed = (allowed & !who) | (bits & who),
            }
        }
    }
    Ok(!allowed & 0o777)
}

/// One row of `ulimit -a`: letter, description, unit, factor.
const LIMITS: [(u8, &str, &str, u64); 4] = [
    (b'f', "file size", "blocks", 1024),
    (b'n', "open files", "", 1),
    (b't', "cpu time", "seconds", 1),
    (b'u', "max user processes", "", 1),
];

fn limit_of(limits: &mut ResourceLimits, letter: u8) -> &mut Limit {
    match letter {
        b'n' => &mut limits.fds,
        b't' => &mut limits.cpu_seconds,
        b'u' => &mut limits.processes,
        _ => &mut limits.file_bytes,
    }
}

pub(super) fn ulimit(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "SHabcdefiklmnpqrstuvxPRT") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    let has = |letter: u8| options.iter().any(|(own, _)| *own == letter);
    let (soft, hard) = (has(b'S') || !has(b'H'), has(b'H') || !has(b'S'));
    let mut limits = interp.process.resource_limits();
    let show = |limit: Limit, factor: u64| {
        let value = if has(b'H') && !has(b'S') { limit.hard } else { limit.soft };
        if value == u64::MAX { "unlimited".to_string() } else { (value / factor).to_string() }
    };
    if has(b'a') {
        for (letter, description, unit, factor) in LIMITS {
            let value = show(*limit_of(&mut limits, letter), factor);
            let unit = if unit.is_empty() {
                format!("(-{})", letter as char)
            } else {
                format!("({unit}, -{})", letter as char)
            };
            interp.out.extend_from_slice(format!("{description:<20}{unit:>20} {value}\n").as_bytes());
        }
        return Ok(0);
    }
    let letter =
        options.iter().map(|(letter, _)| *letter).find(|letter| !b"SHa".contains(letter)).unwrap_or(b'f');
    let Some((_, _, _, factor)) = LIMITS.into_iter().find(|row| row.0 == letter) else {
        // What has no meaning in this machine has no limit in it.
        if at >= args.len() {
            interp.out.extend_from_slice(b"unlimited\n");
        }
        return Ok(0);
    };
    if at >= args.len() {
        let text = show(*limit_of(&mut limits, letter), factor);
        interp.out.extend_from_slice(format!("{text}\n").as_bytes());
        return Ok(0);
    }
    let word = args.get(at);
    let current = *limit_of(&mut limits, letter);
    let value = match word {
        b"unlimited" => u64::MAX,
        b"hard" => current.hard,
        b"soft" => current.soft,
        word => match std::str::from_utf8(word).ok().and_then(|text| text.parse::<u64>().ok()) {
            Some(number) => number.saturating_mul(factor),
            None => {
                interp.builtin_error(args, &[word, b": invalid number"].concat());
                return Ok(1);
            }
        },
    };
    let limit = limit_of(&mut limits, letter);
    if soft {
        limit.soft = value;
    }
    if hard {
        limit.hard = value;
    }
    if let Err(errno) = interp.process.set_resource_limits(limits) {
        let name = LIMITS.iter().find(|row| row.0 == letter).map_or("", |row| row.1);
        interp.builtin_error(args, format!("{name}: cannot modify limit: {errno}").as_bytes());
        return Ok(1);
    }
    Ok(0)
}

pub(super) fn times(interp: &mut Interp, _: Args<'_>) -> Result<u8, Stop> {
    let (own, children) = interp.process.cpu_nanos();
    let show = |nanos: u64| {
        let millis = nanos / 1_000_000;
        format!("{}m{}.{:03}s", millis / 60_000, millis / 1000 % 60, millis % 1000)
    };
    interp.out.extend_from_slice(format!("{} 0m0.000s\n{} 0m0.000s\n", show(own), show(children)).as_bytes());
    Ok(0)
}

pub(super) fn enable(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "adnpsf:") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    let has = |letter: u8| options.iter().any(|(own, _)| *own == letter);
    if has(b'f') || has(b'd') {
        interp.builtin_error(args, b"dynamic loading not available");
        return Ok(1);
    }
    if at >= args.len() {
        for builtin in BUILTINS {
            let disabled = interp.shell.disabled_builtins.contains(&builtin.name);
            if has(b's') && !builtin.special || (!has(b'a') && disabled != has(b'n')) {
                continue;
            }
            let lead = if disabled { "enable -n" } else { "enable" };
            interp.out.extend_from_slice(format!("{lead} {}\n", builtin.name).as_bytes());
        }
        return Ok(0);
    }
    let mut status = 0;
    for index in at..args.len() {
        let Some(builtin) = interp.shell.find_builtin(args.get(index)) else {
            interp.builtin_error(args, &[args.get(index), b": not a shell builtin"].concat());
            status = 1;
            continue;
        };
        let list = Rc::make_mut(&mut interp.shell.disabled_builtins);
        list.retain(|name| *name != builtin.name);
        if has(b'n') {
            list.push(builtin.name);
        }
    }
    Ok(status)
}

pub(super) fn help(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "dms") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    let has = |letter: u8| options.iter().any(|(own, _)| *own == letter);
    if at >= args.len() {
        interp.out.extend_from_slice(
            b"These commands are part of the shell. Type `help name' to find out more about one of them,\n\
              `man name' about a program, and `help -d name' for one line.\n\n",
        );
        for pair in BUILTINS.chunks(2) {
            let mut line = String::new();
            for builtin in pair {
                let text: String = format!("{} {}", builtin.name, builtin.usage).chars().take(37).collect();
                line += &format!(" {text:<38}");
            }
            interp.out.extend_from_slice(line.trim_end().as_bytes());
            interp.out.push(b'\n');
        }
        interp.programs_for_help();
        return Ok(0);
    }
    let mut status = 0;
    for index in at..args.len() {
        let pattern = interp.pattern(args.get(index), false);
        let mut found = false;
        for builtin in BUILTINS {
            let fits = pattern.matches(builtin.name.as_bytes())
                || (pattern.is_literal().is_some() && builtin.name.as_bytes() == args.get(index));
            if !fits {
                continue;
            }
            found = true;
            let text = if has(b'd') {
                format!("{} - {}\n", builtin.name, builtin.summary)
            } else {
                let usage = format!("{} {}", builtin.name, builtin.usage);
                let summary = if has(b's') { String::new() } else { format!("    {}.\n", builtin.summary) };
                format!("{}: {}\n{summary}", builtin.name, usage.trim_end())
            };
            interp.out.extend_from_slice(text.as_bytes());
        }
        if !found {
            let name = args.get(index);
            let text = [
                b"no help topics match `",
                name,
                b"'.  Try `help help' or `man -k ",
                name,
                b"' or `info ",
                name,
                b"'.",
            ]
            .concat();
            interp.builtin_error(args, &text);
            status = 1;
        }
    }
    Ok(status)
}

impl Interp {
    /// Where the programs are, for a newcomer.
    fn programs_for_help(&mut self) {
        self.out.extend_from_slice(
            b"\nPrograms are in /usr/bin: `ls /usr/bin' lists them, `NAME --help' tells how to use one.\n",
        );
    }
}
