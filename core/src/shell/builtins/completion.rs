//! `compgen`, `complete`, `compopt`.

use crate::shell::completion::Generation;
use crate::shell::interp::{ACTIONS, Args, Completed, CompletionSpec, Interp, OPTIONS, Stop};
use std::rc::Rc;

/// What the command lines of `compgen` and `complete` have in common.
#[derive(Default)]
struct Wanted {
    spec: CompletionSpec,
    /// Of `complete`: `-p`, `-r`, and the special names.
    prints: bool,
    removes: bool,
    special: Option<Completed>,
    /// The index of the first operand.
    operands: usize,
}

const LETTERS: &str = "abcdefgjksuvo:A:G:W:F:C:X:P:S:";

/// Reads the options; `Err` is the status.
fn wanted(interp: &mut Interp, args: Args<'_>, more: &str) -> Result<Wanted, u8> {
    let (options, operands) = interp.options(args, &[LETTERS, more].concat())?;
    let mut wanted = Wanted { operands, ..Wanted::default() };
    for (letter, value) in options {
        let spec = &mut wanted.spec;
        let text = Some(value.to_vec());
        match letter {
            b'o' => match OPTIONS.iter().position(|name| name.as_bytes() == value) {
                Some(index) => spec.options.set(index, true),
                None => {
                    interp.builtin_error(args, &[value, b": invalid option name"].concat());
                    return Err(2);
                }
            },
            b'A' => match ACTIONS.iter().position(|(name, _)| name.as_bytes() == value) {
                Some(index) => spec.actions.set(index, true),
                None => {
                    interp.builtin_error(args, &[value, b": invalid action name"].concat());
                    return Err(2);
                }
            },
            b'G' => spec.pattern = text,
            b'W' => spec.words = text,
            b'F' if value.iter().any(|byte| b" \t\n;&|<>()$`'\"\\".contains(byte)) => {
                interp.builtin_error(args, &[b"`", value, b"': not a valid identifier"].concat());
                return Err(2);
            }
            b'F' => spec.function = text,
            b'C' => spec.command = text,
            b'X' => spec.filter = text,
            b'P' => spec.prefix = text,
            b'S' => spec.suffix = text,
            b'p' => wanted.prints = true,
            b'r' => wanted.removes = true,
            b'D' | b'E' | b'I' => set_special(&mut wanted.special, letter),
            letter => {
                if let Some(index) = ACTIONS.iter().position(|(_, own)| *own == Some(letter)) {
                    spec.actions.set(index, true);
                }
            }
        }
    }
    Ok(wanted)
}

/// `-D` goes before `-E`, and that before `-I`.
fn set_special(special: &mut Option<Completed>, letter: u8) {
    let new = match letter {
        b'D' => Completed::Default,
        b'E' => Completed::Empty,
        _ => Completed::Initial,
    };
    if special.as_ref().is_none_or(|old| new < *old) {
        *special = Some(new);
    }
}

pub(super) async fn compgen(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let wanted = match wanted(interp, args, "") {
        Ok(wanted) => wanted,
        Err(status) => return Ok(status),
    };
    let spec = wanted.spec;
    if spec == CompletionSpec::default() {
        return Ok(0);
    }
    for (letter, value) in [("F", &spec.function), ("C", &spec.command)] {
        if value.is_some() {
            let text = format!("warning: -{letter} option may not work as you expect");
            interp.builtin_error(args, text.as_bytes());
        }
    }
    interp.write_errors().await;
    let at = Generation {
        command: b"compgen".to_vec(),
        word: args.get(wanted.operands).to_vec(),
        ..Generation::default()
    };
    let mut found = interp.generate(&spec, &at).await?.unwrap_or_default();
    let has = |option| spec.options.has_option(option);
    if found.is_empty()
        && has("bashdefault")
        && let Some(name) = at.word.strip_prefix(b"$")
    {
        let names = interp.action_candidates("variable", name).await;
        found = names.into_iter().map(|name| [b"$", &name[..]].concat()).collect();
    }
    if found.is_empty() && has("default") {
        found = interp.action_candidates("file", &at.word).await;
    }
    for candidate in &found {
        interp.out.extend_from_slice(candidate);
        interp.out.push(b'\n');
    }
    Ok(u8::from(found.is_empty()))
}

pub(super) fn complete(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let wanted = match wanted(interp, args, "prDEI") {
        Ok(wanted) => wanted,
        Err(status) => return Ok(status),
    };
    let names = completed(args, wanted.special, wanted.operands);
    if wanted.removes {
        if names.is_empty() {
            interp.shell.completions = Rc::default();
        }
        return Ok(for_each_known(interp, args, names, |interp, of, _| {
            Rc::make_mut(&mut interp.shell.completions).remove(of);
        }));
    }
    let print = |interp: &mut Interp, of: &Completed, spec: &CompletionSpec| {
        let line = spec.command_line(of);
        interp.out.extend_from_slice(&line);
        interp.out.push(b'\n');
    };
    let nothing = wanted.spec == CompletionSpec::default();
    if names.is_empty() && (wanted.prints || nothing) {
        for (of, spec) in Rc::clone(&interp.shell.completions).iter() {
            print(interp, of, spec);
        }
        return Ok(0);
    }
    if wanted.prints {
        return Ok(for_each_known(interp, args, names, print));
    }
    if names.is_empty() {
        return Ok(interp.usage(args));
    }
    let spec = Rc::new(wanted.spec);
    for of in names {
        Rc::make_mut(&mut interp.shell.completions).insert(of, Rc::clone(&spec));
    }
    Ok(0)
}

/// The special name, or the operands.
fn completed(args: Args<'_>, special: Option<Completed>, from: usize) -> Vec<Completed> {
    match special {
        Some(special) => vec![special],
        None => (from..args.len()).map(|index| Completed::Command(args.get(index).to_vec())).collect(),
    }
}

/// Does something with each specification; those that are not there are an error.
fn for_each_known(
    interp: &mut Interp,
    args: Args<'_>,
    names: Vec<Completed>,
    act: impl Fn(&mut Interp, &Completed, &CompletionSpec),
) -> u8 {
    let mut status = 0;
    for of in names {
        match interp.shell.completions.get(&of).map(Rc::clone) {
            Some(spec) => act(interp, &of, &spec),
            None => {
                let message = [of.message_name(), b": no completion specification"].concat();
                interp.builtin_error(args, &message);
                status = 1;
            }
        }
    }
    status
}

pub(super) fn compopt(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let mut changes: Vec<(usize, bool)> = Vec::new();
    let mut special = None;
    let mut at = 1;
    while at < args.len() {
        let word = args.get(at);
        let (on, letters) = match word {
            b"--" => {
                at += 1;
                break;
            }
            [b'-', letters @ ..] if !letters.is_empty() => (true, letters),
            [b'+', letters @ ..] if !letters.is_empty() => (false, letters),
            _ => break,
        };
        at += 1;
        for (place, &letter) in letters.iter().enumerate() {
            match letter {
                b'D' | b'E' | b'I' if on => set_special(&mut special, letter),
                b'o' => {
                    let rest = letters.get(place + 1..).unwrap_or_default();
                    let name = if rest.is_empty() {
                        at += 1;
                        args.get(at - 1)
                    } else {
                        rest
                    };
                    if rest.is_empty() && at > args.len() {
                        let sign = if on { b"-o" } else { b"+o" };
                        interp.builtin_error(args, &[&sign[..], b": option requires an argument"].concat());
                        return Ok(interp.usage(args));
                    }
                    let Some(index) = OPTIONS.iter().position(|own| own.as_bytes() == name) else {
                        interp.builtin_error(args, &[name, b": invalid option name"].concat());
                        return Ok(2);
                    };
                    changes.push((index, on));
                    break;
                }
                letter => {
                    let sign = if on { b'-' } else { b'+' };
                    return Ok(interp.invalid_option(args, &[sign, letter]));
                }
            }
        }
    }
    let names = completed(args, special, at);
    if names.is_empty() {
        let Some((of, mut options)) = interp.completing.clone() else {
            interp.builtin_error(args, b"not currently executing completion function");
            return Ok(1);
        };
        changes.iter().for_each(|(index, on)| options.set(*index, *on));
        if changes.is_empty() {
            print_options(interp, &of, options);
        }
        interp.completing = Some((of, options));
        return Ok(0);
    }
    Ok(for_each_known(interp, args, names, |interp, of, spec| {
        if changes.is_empty() {
            return print_options(interp, of, spec.options);
        }
        let mut spec = spec.clone();
        changes.iter().for_each(|(index, on)| spec.options.set(*index, *on));
        Rc::make_mut(&mut interp.shell.completions).insert(of.clone(), Rc::new(spec));
    }))
}

fn print_options(interp: &mut Interp, of: &Completed, options: crate::shell::interp::NameSet) {
    let mut line = b"compopt".to_vec();
    for (index, name) in OPTIONS.iter().enumerate() {
        let sign = if options.at(index) { '-' } else { '+' };
        line.extend_from_slice(format!(" {sign}o {name}").as_bytes());
    }
    line.extend_from_slice(&[b" ", &of.operand()[..], b"\n"].concat());
    interp.out.extend_from_slice(&line);
}
