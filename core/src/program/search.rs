//! Programs by name: the search along `PATH` (POSIX.1-2024 XBD 8.3), as `execvp` does it.

use crate::abi::{Access, Errno, FileType};
use crate::kernel::Process;
use std::rc::Rc;

/// Where programs are looked for when `PATH` is not set.
const DEFAULT_PATH: &[u8] = b"/bin:/usr/bin";

/// The path of the program that a name stands for in these variables (`NAME=value` each). A name with a
/// slash is its own. ENOENT; EACCES when there are only files that may not be executed.
pub fn find_by_name(process: &Process, name: &[u8], environment: &[Vec<u8>]) -> Result<Vec<u8>, Errno> {
    if name.is_empty() {
        return Err(Errno::ENOENT);
    }
    if name.contains(&b'/') {
        return Ok(name.to_vec());
    }
    let path = environment.iter().find_map(|variable| variable.strip_prefix(b"PATH="));
    let mut failure = Errno::ENOENT;
    for dir in path.unwrap_or(DEFAULT_PATH).split(|&byte| byte == b':') {
        let candidate = if dir.is_empty() { name.to_vec() } else { [dir, b"/", name].concat() };
        match process.stat_now(&candidate) {
            Ok(stat) if stat.file_type == FileType::Directory => failure = Errno::EACCES,
            Ok(_) if process.access_now(&candidate, Access::EXECUTE).is_ok() => return Ok(candidate),
            Ok(_) | Err(Errno::EACCES) => failure = Errno::EACCES,
            Err(_) => {}
        }
    }
    Err(failure)
}

/// Runs a program in place of this one. A file that is none is read as a script by the shell. Returns only
/// when that fails, with the reason.
pub async fn exec_by_name(process: &Process, args: Vec<Vec<u8>>, environment: Rc<[Vec<u8>]>) -> Errno {
    let name = args.first().cloned().unwrap_or_default();
    let path = match find_by_name(process, &name, &environment) {
        Ok(path) => path,
        Err(errno) => return errno,
    };
    let errno = match process.exec(&path, args.clone(), Rc::clone(&environment)).await {
        Err(errno) => errno,
        Ok(never) => match never {},
    };
    if errno != Errno::ENOEXEC {
        return errno;
    }
    let script = [b"sh".to_vec(), path].into_iter().chain(args.into_iter().skip(1)).collect();
    match process.exec(b"/bin/sh", script, environment).await {
        Err(errno) => errno,
        Ok(never) => match never {},
    }
}
