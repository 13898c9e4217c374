//! `cd`, `pwd`, `pushd`, `popd`, `dirs`.

use crate::abi::{Errno, FileType};
use crate::shell::interp::{Args, Attributes, Interp, Stop, known};
use std::rc::Rc;

/// A path without `.`, `..` and repeated slashes, by its text alone.
fn normalize(path: &[u8]) -> Vec<u8> {
    let mut parts: Vec<&[u8]> = Vec::new();
    for part in path.split(|&byte| byte == b'/') {
        match part {
            b"" | b"." => {}
            b".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    // POSIX lets two slashes at the start mean something; bash keeps them.
    let lead: &[u8] = if path.starts_with(b"//") && !path.starts_with(b"///") { b"//" } else { b"/" };
    [lead, &parts.join(&b'/')].concat()
}

impl Interp {
    /// Changes the working directory; PWD and OLDPWD follow.
    fn change_directory(&mut self, path: &[u8], physical: bool) -> Result<(), Errno> {
        let absolute = match &self.shell.cwd[..] {
            _ if path.starts_with(b"/") => path.to_vec(),
            cwd if cwd.ends_with(b"/") => [cwd, path].concat(),
            cwd => [cwd, b"/", path].concat(),
        };
        if physical {
            self.process.chdir(path)?;
        } else {
            let logical = normalize(&absolute);
            // Each `..` must follow a directory that is there.
            if self.process.stat_now(path).is_err()
                && self.process.stat_now(&logical).is_ok()
                && path.starts_with(b"/")
            {
                return Err(Errno::ENOENT);
            }
            match self.process.chdir(&logical) {
                Ok(()) => {
                    self.directory_changed(logical);
                    return Ok(());
                }
                Err(errno) => self.process.chdir(path).map_err(|_| errno)?,
            }
        }
        let cwd = self.process.getcwd().unwrap_or_else(|errno| {
            // The directory has been removed: its name is what leads to it.
            let reason = "cd: error retrieving current directory: getcwd: cannot access parent directories";
            self.err.extend_from_slice(format!("{reason}: {errno}\n").as_bytes());
            absolute
        });
        self.directory_changed(cwd);
        Ok(())
    }

    fn directory_changed(&mut self, cwd: Vec<u8>) {
        let old = self.shell.text(known::PWD).unwrap_or_else(|| self.shell.cwd.to_vec());
        self.shell.set_text(known::OLDPWD, &old);
        self.shell.set_text(known::PWD, &cwd);
        for name in [known::OLDPWD, known::PWD] {
            self.shell.var_mut(name).attributes.set(Attributes::EXPORT, true);
        }
        self.shell.environment = None;
        self.shell.cwd = Rc::from(cwd);
    }
}

pub(super) fn cd(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "LPe@") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    let mut physical = interp.shell.options.physical;
    for (letter, _) in options {
        match letter {
            b'L' => physical = false,
            b'P' => physical = true,
            _ => {}
        }
    }
    if args.len() > at + 1 {
        interp.builtin_error(args, b"too many arguments");
        return Ok(1);
    }
    let mut print = false;
    let target = match (at < args.len()).then(|| args.get(at)) {
        None => match interp.scalar(known::HOME) {
            Some(home) => home,
            None => {
                interp.builtin_error(args, b"HOME not set");
                return Ok(1);
            }
        },
        Some(b"-") => match interp.scalar(known::OLDPWD) {
            Some(old) => {
                print = true;
                old
            }
            None => {
                interp.builtin_error(args, b"OLDPWD not set");
                return Ok(1);
            }
        },
        Some(target) => target.to_vec(),
    };
    if target.is_empty() {
        return Ok(0);
    }
    // CDPATH is for names that do not say where they are.
    let relative = !target.starts_with(b"/")
        && !target.starts_with(b"./")
        && !target.starts_with(b"../")
        && target != b"."
        && target != b"..";
    if relative && let Some(cdpath) = interp.scalar(known::CDPATH) {
        for dir in cdpath.split(|&byte| byte == b':') {
            let candidate = if dir.is_empty() { target.clone() } else { [dir, b"/", &target].concat() };
            let is_dir =
                interp.process.stat_now(&candidate).is_ok_and(|stat| stat.file_type == FileType::Directory);
            if is_dir && interp.change_directory(&candidate, physical).is_ok() {
                if !dir.is_empty() {
                    let cwd = interp.shell.cwd.to_vec();
                    interp.out.extend_from_slice(&[&cwd[..], b"\n"].concat());
                }
                return Ok(0);
            }
        }
    }
    match interp.change_directory(&target, physical) {
        Ok(()) => {
            if print {
                let cwd = interp.shell.cwd.to_vec();
                interp.out.extend_from_slice(&[&cwd[..], b"\n"].concat());
            }
            Ok(0)
        }
        Err(errno) => {
            interp.builtin_error(args, &[&target[..], b": ", errno.message().as_bytes()].concat());
            Ok(1)
        }
    }
}

pub(super) fn pwd(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, _) = match interp.options(args, "LP") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    let physical = options.last().map_or(interp.shell.options.physical, |(letter, _)| *letter == b'P');
    let cwd = if physical {
        match interp.process.getcwd() {
            Ok(cwd) => cwd,
            Err(errno) => {
                let message =
                    b"error retrieving current directory: getcwd: cannot access parent directories: ";
                interp.builtin_error(args, &[&message[..], errno.message().as_bytes()].concat());
                return Ok(1);
            }
        }
    } else {
        interp.shell.cwd.to_vec()
    };
    interp.out.extend_from_slice(&cwd);
    interp.out.push(b'\n');
    Ok(0)
}

/// A directory with the home directory as `~`.
fn short(interp: &mut Interp, path: &[u8]) -> Vec<u8> {
    let home = interp.scalar(known::HOME).unwrap_or_default();
    match path.strip_prefix(&home[..]) {
        Some(rest) if !home.is_empty() && (rest.is_empty() || rest.starts_with(b"/")) => {
            [b"~", rest].concat()
        }
        _ => path.to_vec(),
    }
}

fn stack(interp: &Interp) -> Vec<Vec<u8>> {
    let mut list = vec![interp.shell.cwd.to_vec()];
    list.extend(interp.shell.directory_stack.iter().cloned());
    list
}

fn print_stack(interp: &mut Interp) {
    let list = stack(interp);
    let shown: Vec<Vec<u8>> = list.iter().map(|path| short(interp, path)).collect();
    interp.out.extend_from_slice(&shown.join(&b' '));
    interp.out.push(b'\n');
}

/// `+N` and `-N` as an index of the stack.
fn index_of(word: &[u8], count: usize) -> Option<Result<usize, ()>> {
    let (left, digits) = match word {
        [b'+', digits @ ..] => (true, digits),
        [b'-', digits @ ..] => (false, digits),
        _ => return None,
    };
    let number: usize = std::str::from_utf8(digits).ok()?.parse().ok()?;
    let index = if left { Some(number) } else { (count - 1).checked_sub(number) };
    Some(index.filter(|&index| index < count).ok_or(()))
}

fn invalid_number(interp: &mut Interp, args: Args<'_>, word: &[u8]) -> u8 {
    interp.builtin_error(args, &[word, b": invalid number"].concat());
    interp.usage(args)
}

pub(super) fn dirs(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (mut long, mut lines, mut numbers) = (false, false, false);
    let list = stack(interp);
    for word in args.operands() {
        match word {
            b"-c" => {
                interp.shell.directory_stack = Rc::default();
                return Ok(0);
            }
            b"-l" => long = true,
            b"-p" => lines = true,
            b"-v" => (lines, numbers) = (true, true),
            word => match index_of(word, list.len()) {
                Some(Ok(index)) => {
                    let path = list.get(index).cloned().unwrap_or_default();
                    let path = if long { path } else { short(interp, &path) };
                    interp.out.extend_from_slice(&[&path[..], b"\n"].concat());
                    return Ok(0);
                }
                Some(Err(())) => {
                    interp.builtin_error(args, &[word, b": directory stack index out of range"].concat());
                    return Ok(1);
                }
                None => return Ok(invalid_number(interp, args, word)),
            },
        }
    }
    for (index, path) in list.iter().enumerate() {
        let path = if long { path.clone() } else { short(interp, path) };
        if numbers {
            interp.out.extend_from_slice(format!("{index:>2}  ").as_bytes());
        }
        interp.out.extend_from_slice(&path);
        let last = index + 1 == list.len();
        interp.out.push(if lines || last { b'\n' } else { b' ' });
    }
    Ok(0)
}

pub(super) fn pushd(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let mut list = stack(interp);
    let (stay, word) = match (args.get(1), args.get(2)) {
        (b"-n", word) => (true, word),
        (word, _) => (false, word),
    };
    if word.is_empty() {
        if list.len() < 2 {
            interp.builtin_error(args, b"no other directory");
            return Ok(1);
        }
        list.swap(0, 1);
    } else {
        match index_of(word, list.len()) {
            Some(Ok(index)) => list.rotate_left(index),
            Some(Err(())) => {
                interp.builtin_error(args, &[word, b": directory stack index out of range"].concat());
                return Ok(1);
            }
            None if matches!(word, [b'+' | b'-', _, ..]) => return Ok(invalid_number(interp, args, word)),
            None => {
                let at = if stay { 1 } else { 0 };
                list.insert(at, word.to_vec());
            }
        }
    }
    if !stay {
        let target = list.first().cloned().unwrap_or_default();
        if let Err(errno) = interp.change_directory(&target, false) {
            interp.builtin_error(args, &[&target[..], b": ", errno.message().as_bytes()].concat());
            return Ok(1);
        }
    }
    interp.shell.directory_stack = Rc::new(list.split_off(1));
    print_stack(interp);
    Ok(0)
}

pub(super) fn popd(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let mut list = stack(interp);
    if list.len() < 2 {
        interp.builtin_error(args, b"directory stack empty");
        return Ok(1);
    }
    let (stay, word) = match (args.get(1), args.get(2)) {
        (b"-n", word) => (true, word),
        (word, _) => (false, word),
    };
    let index = match word {
        b"" => usize::from(stay),
        word => match index_of(word, list.len()) {
            Some(Ok(index)) => index,
            _ => {
                interp.builtin_error(args, &[word, b": directory stack index out of range"].concat());
                return Ok(1);
            }
        },
    };
    list.remove(index);
    if index == 0 {
        let target = list.first().cloned().unwrap_or_default();
        if let Err(errno) = interp.change_directory(&target, false) {
            interp.builtin_error(args, &[&target[..], b": ", errno.message().as_bytes()].concat());
            return Ok(1);
        }
    }
    interp.shell.directory_stack = Rc::new(list.split_off(1));
    print_stack(interp);
    Ok(0)
}
