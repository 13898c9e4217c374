//! `eval`, `source`, `exec`, `command`, `builtin`.

use crate::abi::{Access, Errno, FileType};
use crate::shell::interp::{Args, Builtin, Feeder, FeederKind, Interp, Run, Stop, known};
use std::rc::Rc;

pub(super) fn eval(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let at = match interp.options(args, "") {
        Ok((_, at)) => at,
        Err(status) => return Ok(status),
    };
    let words: Vec<&[u8]> = (at..args.len()).map(|index| args.get(index)).collect();
    let text = words.join(&b' ');
    if text.iter().all(u8::is_ascii_whitespace) {
        return Ok(0);
    }
    let line = interp.line();
    let feeder = Feeder::new(FeederKind::Eval, text, Rc::from(&b"eval"[..]), line);
    let ignored = !interp.is_checked();
    interp.run_text(feeder, ignored).map(|()| 0)
}

pub(super) async fn source(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let at = if args.get(1) == b"--" { 2 } else { 1 };
    if args.len() <= at {
        interp.builtin_error(args, b"filename argument required");
        return Ok(interp.usage(args));
    }
    let name = args.get(at);
    let mut path = name.to_vec();
    if !name.contains(&b'/') {
        let found = if interp.shell.shopt.sourcepath { interp.search_path_readable(name) } else { None };
        match found {
            Some(found) => path = found,
            None if interp.shell.options.posix || interp.process.stat_now(name).is_err() => {
                let exits = interp.shell.options.posix && !interp.shell.options.interactive;
                if interp.shell.options.posix {
                    interp.builtin_error(args, &[name, b": file not found"].concat());
                } else {
                    interp.complain(&[name, b": No such file or directory"].concat());
                }
                return if exits { Err(Stop::Exit(1)) } else { Ok(1) };
            }
            None => {}
        }
    }
    if interp.process.stat_now(&path).is_ok_and(|stat| stat.file_type == FileType::Directory) {
        interp.builtin_error(args, &[name, b": is a directory"].concat());
        return Ok(1);
    }
    let text = match interp.read_script(&path).await {
        Ok(text) => text,
        Err(errno) => {
            let message = [name, b": ", errno.message().as_bytes()].concat();
            if interp.shell.options.posix {
                return Err(interp.fatal(&message, 1));
            }
            interp.complain(&message);
            return Ok(1);
        }
    };
    let mut feeder = Feeder::new(FeederKind::Source, text, Rc::from(path), 1);
    if args.len() > at + 1 {
        let positional = (at + 1..args.len()).map(|index| args.get(index).to_vec()).collect();
        feeder.positional = Some(std::mem::replace(&mut interp.shell.positional, Rc::new(positional)));
    }
    let ignored = !interp.is_checked();
    interp.run_text(feeder, ignored).map(|()| 0)
}

pub(super) async fn exec(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "cla:") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    if at >= args.len() {
        interp.keep_redirects();
        return Ok(0);
    }
    let mut list: Vec<Vec<u8>> = (at..args.len()).map(|index| args.get(index).to_vec()).collect();
    let name = args.get(at).to_vec();
    let mut environment = interp.shell.exported();
    for (letter, value) in options {
        match letter {
            b'c' => environment = Rc::from([]),
            b'l' => list[0] = [b"-", &list[0][..]].concat(),
            _ => list[0] = value.to_vec(),
        }
    }
    let status = match interp.find_program(&name) {
        Some(path) => {
            // A program that takes the shell's place is told of by its whole path.
            let path = interp.whole_path(path);
            let status = interp.become_program(&path, &path, list, environment).await;
            let is_dir =
                interp.process.stat_now(&path).is_ok_and(|stat| stat.file_type == FileType::Directory);
            if is_dir || interp.process.access_now(&path, Access::EXECUTE) == Err(Errno::EACCES) {
                let reason: &[u8] = if is_dir { b"Is a directory" } else { b"Permission denied" };
                interp.complain(&[b"exec: ", &path[..], b": cannot execute: ", reason].concat());
            }
            status
        }
        None => {
            interp.complain(&[b"exec: ", &name[..], b": not found"].concat());
            127
        }
    };
    if interp.shell.shopt.execfail || (interp.shell.options.interactive && !interp.is_subshell) {
        return Ok(status);
    }
    Err(Stop::Exit(status))
}

pub(super) async fn builtin(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let at = if args.get(1) == b"--" { 2 } else { 1 };
    if args.len() <= at {
        return Ok(0);
    }
    let Some(found) = interp.shell.find_builtin(args.get(at)) else {
        interp.builtin_error(args, &[args.get(at), b": not a shell builtin"].concat());
        return Ok(1);
    };
    run_found(interp, found, args.skip(at)).await
}

async fn run_found(interp: &mut Interp, found: &'static Builtin, args: Args<'_>) -> Result<u8, Stop> {
    match found.run {
        Run::Sync(run) => run(interp, args),
        Run::Async(run) => run(interp, args).await,
    }
}

pub(super) async fn command(interp: &mut Interp, args: Args<'_>) -> Result<u8, Stop> {
    let (options, at) = match interp.options(args, "pVv") {
        Ok(parsed) => parsed,
        Err(status) => return Ok(status),
    };
    let has = |letter: u8| options.iter().any(|(own, _)| *own == letter);
    if has(b'v') || has(b'V') {
        // One name that means something is enough.
        let mut is_any = at >= args.len();
        for index in at..args.len() {
            let name = args.get(index);
            if super::names::describe(interp, name, has(b'V')) {
                is_any = true;
            } else if has(b'V') {
                interp.builtin_error(args, &[name, b": not found"].concat());
            }
        }
        return Ok(u8::from(!is_any));
    }
    if at >= args.len() {
        return Ok(0);
    }
    let rest = args.skip(at);
    if let Some(found) = interp.shell.find_builtin(rest.get(0)) {
        return run_found(interp, found, rest).await;
    }
    let saved_path = has(b'p').then(|| interp.shell.text(known::PATH));
    if saved_path.is_some() {
        interp.shell.set_text(known::PATH, b"/usr/bin:/bin:/usr/sbin:/sbin");
    }
    let list: Vec<Vec<u8>> = (0..rest.len()).map(|index| rest.get(index).to_vec()).collect();
    let result = interp.run_program(list, false).await;
    if let Some(path) = saved_path {
        interp.shell.set_text(known::PATH, &path.unwrap_or_default());
    }
    result.map(|()| interp.shell.status)
}

impl Interp {
    /// A path from the root on, as the working directory is known.
    fn whole_path(&self, path: Vec<u8>) -> Vec<u8> {
        if path.starts_with(b"/") {
            return path;
        }
        let end: &[u8] = if self.shell.cwd.ends_with(b"/") { b"" } else { b"/" };
        [&self.shell.cwd[..], end, path.strip_prefix(b"./").unwrap_or(&path)].concat()
    }

    /// The first readable file of a name in PATH, for `source`.
    fn search_path_readable(&mut self, name: &[u8]) -> Option<Vec<u8>> {
        let path = self.shell.text(known::PATH).unwrap_or_default();
        let candidates = path.split(|&byte| byte == b':').map(|dir| {
            let dir: &[u8] = if dir.is_empty() { b"." } else { dir };
            [dir, b"/", name].concat()
        });
        candidates.into_iter().find(|path| {
            self.process.stat_now(path).is_ok_and(|stat| stat.file_type == FileType::Regular)
                && self.process.access_now(path, crate::abi::Access::READ).is_ok()
        })
    }
}
