//! `alias`, `unalias`, `hash`, `type`.

use crate::shell::expand::quoting;
use crate::shell::interp::{Args, Interp, Meaning, Stop};
use crate::shell::syntax::RESERVED_WORDS;
use std::rc::Rc;

pub(super) fn alias(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "p") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    if at >= args.len() || !options.is_empty() {
        let all: Vec<Vec<u8>> = interp.shell.aliases.iter().map(|(name, text)| line(name, text)).collect();
        interp.out.extend_from_slice(&all.concat());
    }
    let mut status = 0;
    for index in at..args.len() {
        let word = args.get(index);
        match memchr::memchr(b'=', word) {
            Some(equal) if equal > 0 => {
                let name = word[..equal].to_vec();
                if name.iter().any(|byte| b"/$`\"'\\<>|&;() \t\n".contains(byte)) {
                    interp.builtin_error(args, &[b"`", &name[..], b"': invalid alias name"].concat());
                    status = 1;
                    continue;
                }
                Rc::make_mut(&mut interp.shell.aliases).insert(name, word[equal + 1..].to_vec());
            }
            _ => match interp.shell.aliases.get(word) {
                Some(text) => {
                    let line = line(word, text);
                    interp.out.extend_from_slice(&line);
                }
                None => {
                    interp.builtin_error(args, &[word, b": not found"].concat());
                    status = 1;
                }
            },
        }
    }
    Ok(status)
}

fn line(name: &[u8], text: &[u8]) -> Vec<u8> {
    [b"alias ", name, b"=", &quoting::single(text), b"\n"].concat()
}

pub(super) fn unalias(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "a") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    if !options.is_empty() {
        interp.shell.aliases = Rc::default();
        return Ok(0);
    }
    if at >= args.len() {
        return Ok(interp.usage(args));
    }
    let mut status = 0;
    for index in at..args.len() {
        if Rc::make_mut(&mut interp.shell.aliases).remove(args.get(index)).is_none() {
            interp.builtin_error(args, &[args.get(index), b": not found"].concat());
            status = 1;
        }
    }
    Ok(status)
}

pub(super) fn hash(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "lrp:dt") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    let option = |letter: u8| options.iter().find(|(own, _)| *own == letter).map(|(_, value)| *value);
    if !interp.shell.options.hashall {
        interp.builtin_error(args, b"hashing disabled");
        return Ok(1);
    }
    if option(b'r').is_some() {
        interp.shell.command_paths = Rc::default();
    }
    if at >= args.len() {
        if option(b'r').is_some() {
            return Ok(0);
        }
        if interp.shell.command_paths.is_empty() {
            interp.out.extend_from_slice(b"hash: hash table empty\n");
            return Ok(0);
        }
        let mut text = Vec::new();
        if option(b'l').is_none() {
            text.extend_from_slice(b"hits\tcommand\n");
        }
        for (name, (path, hits)) in interp.shell.command_paths.iter() {
            if option(b'l').is_some() {
                text.extend_from_slice(&[b"builtin hash -p ", &path[..], b" ", name, b"\n"].concat());
            } else {
                text.extend_from_slice(format!("{hits:>4}\t").as_bytes());
                text.extend_from_slice(&[&path[..], b"\n"].concat());
            }
        }
        interp.out.extend_from_slice(&text);
        return Ok(0);
    }
    let mut status = 0;
    for index in at..args.len() {
        let name = args.get(index);
        if let Some(path) = option(b'p') {
            Rc::make_mut(&mut interp.shell.command_paths).insert(name.to_vec(), (path.to_vec(), 0));
            continue;
        }
        if option(b'd').is_some() {
            if Rc::make_mut(&mut interp.shell.command_paths).remove(name).is_none() {
                interp.builtin_error(args, &[name, b": not found"].concat());
                status = 1;
            }
            continue;
        }
        if option(b't').is_some() {
            match interp.shell.command_paths.get(name) {
                Some((path, _)) => {
                    let line = match (option(b'l').is_some(), args.len() - at > 1) {
                        (true, _) => [b"builtin hash -p ", &path[..], b" ", name, b"\n"].concat(),
                        (false, true) => [name, b"\t", &path[..], b"\n"].concat(),
                        (false, false) => [&path[..], b"\n"].concat(),
                    };
                    interp.out.extend_from_slice(&line);
                }
                None => {
                    interp.builtin_error(args, &[name, b": not found"].concat());
                    status = 1;
                }
            }
            continue;
        }
        if name.contains(&b'/')
            || interp.shell.function(name).is_some()
            || interp.shell.find_builtin(name).is_some()
        {
            continue;
        }
        match interp.search_path(name, false).into_iter().next() {
            Some(path) => {
                Rc::make_mut(&mut interp.shell.command_paths).insert(name.to_vec(), (path, 0));
            }
            None => {
                interp.builtin_error(args, &[name, b": not found"].concat());
                status = 1;
            }
        }
    }
    Ok(status)
}

/// `command -v` and `-V`; false when the name means nothing.
pub(super) fn describe(interp: &mut Interp, name: &[u8], verbose: bool) -> bool {
    let say = |interp: &mut Interp, short: &[u8], long: &[u8]| {
        let text = if verbose { long } else { short };
        interp.out.extend_from_slice(text);
        interp.out.push(b'\n');
    };
    if interp.shell.shopt.expand_aliases
        && let Some(text) = interp.shell.aliases.get(name).cloned()
    {
        let short = line(name, &text);
        let short = short.strip_suffix(b"\n").unwrap_or(&short).to_vec();
        say(interp, &short, &[name, b" is aliased to `", &text, b"'"].concat());
        return true;
    }
    if RESERVED_WORDS.iter().any(|word| word.as_bytes() == name) {
        say(interp, name, &[name, b" is a shell keyword"].concat());
        return true;
    }
    match interp.meaning(name) {
        None => false,
        Some(Meaning::Function(function)) => {
            let text = crate::shell::syntax::function_text(&function.definition);
            say(interp, name, &[name, b" is a function\n", &text[..]].concat());
            true
        }
        Some(Meaning::Builtin(builtin)) => {
            let kind: &[u8] = if builtin.special && interp.shell.options.posix {
                b" is a special shell builtin"
            } else {
                b" is a shell builtin"
            };
            say(interp, name, &[name, kind].concat());
            true
        }
        Some(Meaning::Program(path)) => {
            let hashed = interp.shell.command_paths.contains_key(name);
            let long = if hashed {
                [name, b" is hashed (", &path, b")"].concat()
            } else {
                [name, b" is ", &path[..]].concat()
            };
            say(interp, &path, &long);
            true
        }
    }
}

pub(super) fn type_(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "afptP") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    let has = |letter: u8| options.iter().any(|(own, _)| *own == letter);
    let mut status = 0;
    for index in at..args.len() {
        let name = args.get(index);
        if !type_one(interp, name, &has) {
            status = 1;
            if !has(b't') && !has(b'p') && !has(b'P') {
                interp.builtin_error(args, &[name, b": not found"].concat());
            }
        }
    }
    Ok(status)
}

fn type_one(interp: &mut Interp, name: &[u8], has: &dyn Fn(u8) -> bool) -> bool {
    let (all, only_path, word) = (has(b'a'), has(b'P'), has(b't'));
    let mut found = false;
    let mut say = |interp: &mut Interp, short: &str, long: Vec<u8>, path: Option<&[u8]>| {
        found = true;
        let text = match path {
            _ if word => short.as_bytes().to_vec(),
            Some(path) if has(b'p') || only_path => path.to_vec(),
            None if has(b'p') => return,
            _ => long,
        };
        interp.out.extend_from_slice(&text);
        interp.out.push(b'\n');
    };
    if !only_path {
        if interp.shell.shopt.expand_aliases
            && let Some(text) = interp.shell.aliases.get(name).cloned()
        {
            say(interp, "alias", [name, b" is aliased to `", &text, b"'"].concat(), None);
            if !all {
                return true;
            }
        }
        if RESERVED_WORDS.iter().any(|keyword| keyword.as_bytes() == name) {
            say(interp, "keyword", [name, b" is a shell keyword"].concat(), None);
            if !all {
                return true;
            }
        }
        if !has(b'f')
            && let Some(function) = interp.shell.function(name).cloned()
        {
            let text = crate::shell::syntax::function_text(&function.definition);
            say(interp, "function", [name, b" is a function\n", &text[..]].concat(), None);
            if !all {
                return true;
            }
        }
        if let Some(builtin) = interp
            .shell
            .find_builtin(name)
            .filter(|builtin| !interp.shell.disabled_builtins.contains(&builtin.name))
        {
            let kind: &[u8] = if builtin.special && interp.shell.options.posix {
                b" is a special shell builtin"
            } else {
                b" is a shell builtin"
            };
            say(interp, "builtin", [name, kind].concat(), None);
            if !all {
                return true;
            }
        }
    }
    let hashed = (!all).then(|| interp.shell.command_paths.get(name).map(|(path, _)| path.clone())).flatten();
    if let Some(path) = hashed {
        say(interp, "file", [name, b" is hashed (", &path, b")"].concat(), Some(&path));
        return true;
    }
    let paths = if name.contains(&b'/') {
        let runs = interp.process.access_now(name, crate::abi::Access::EXECUTE).is_ok();
        if runs { vec![name.to_vec()] } else { Vec::new() }
    } else {
        interp.search_path(name, all)
    };
    for path in paths {
        say(interp, "file", [name, b" is ", &path[..]].concat(), Some(&path));
    }
    found
}
