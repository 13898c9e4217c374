//! Exec: from a path to a program. A file is executable when its first bytes say so.
//!
//! The machine's own programs are small files that begin with [`EXECUTABLE_MAGIC`] and name an entry of the
//! program table; copying or linking one works as with any binary. `#!` lines name an interpreter. Anything
//! else is ENOEXEC: the shell then reads it as a script.

use super::Kernel;
use super::process::ProgramFuture;
use super::sys::Process;
use crate::abi::limits::{SCRIPT_LINE_BYTES_MAX, SCRIPT_NESTING_MAX};
use crate::abi::{Access, Credentials, Errno, FileType, Mode, OpenFlags, Result};
use bstr::ByteSlice;
use std::rc::Rc;

/// What the machine's executables begin with; the program's name and a newline follow.
pub const EXECUTABLE_MAGIC: &[u8] = b"\x7fBVL\x01";

/// The program table, filled from above.
pub trait Programs {
    /// The program of a name.
    fn find(&self, name: &[u8]) -> Option<Rc<dyn Fn(Process) -> ProgramFuture>>;
}

/// What exec has found.
pub(crate) struct Loaded {
    pub(crate) main: Rc<dyn Fn(Process) -> ProgramFuture>,
    /// The command name: the last component of the path that was executed.
    pub(crate) name: Rc<[u8]>,
    /// The path of the program that runs: a script's interpreter.
    pub(crate) path: Rc<[u8]>,
    pub(crate) args: Rc<[Vec<u8>]>,
    /// The new credentials of a set-id program.
    pub(crate) credentials: Option<Credentials>,
}

impl Process {
    /// Finds what `path` is: one of the machine's programs, or a script's interpreter.
    pub(crate) fn find_program(&self, path: &[u8], mut args: Vec<Vec<u8>>) -> Result<Loaded> {
        let mut path = path.to_vec();
        let name = Rc::from(base_name(&path));
        for depth in 0..=SCRIPT_NESTING_MAX {
            let (head, credentials) = self.read_head(&path)?;
            if let Some(rest) = head.strip_prefix(EXECUTABLE_MAGIC) {
                let program = rest.split(|&byte| byte == b'\n').next().unwrap_or_default();
                let main = self.kernel.programs.find(program).ok_or(Errno::ENOEXEC)?;
                return Ok(Loaded { main, name, path: Rc::from(path), args: Rc::from(args), credentials });
            }
            let line = head.strip_prefix(b"#!").ok_or(Errno::ENOEXEC)?;
            let line = line
                .split(|&byte| byte == b'\n')
                .next()
                .unwrap_or_default()
                .trim_with(|c| c == ' ' || c == '\t');
            let (interpreter, argument) = match line.find_byteset(b" \t") {
                Some(at) => (&line[..at], Some(line[at..].trim_with(|c| c == ' ' || c == '\t'))),
                None => (line, None),
            };
            if interpreter.is_empty() {
                return Err(Errno::ENOEXEC);
            }
            if depth == SCRIPT_NESTING_MAX {
                break;
            }
            let script = std::mem::replace(&mut path, interpreter.to_vec());
            let front = [Some(interpreter), argument, Some(&script)];
            let old = std::mem::take(&mut args).into_iter().skip(1);
            args = front.into_iter().flatten().map(<[u8]>::to_vec).chain(old).collect();
        }
        Err(Errno::ELOOP)
    }

    /// The first bytes of an executable file, and the credentials it gives.
    fn read_head(&self, path: &[u8]) -> Result<(Vec<u8>, Option<Credentials>)> {
        let own = self.credentials();
        let files = &self.kernel.files;
        let cx = self.kernel.file_context(&self.proc, &own);
        files.access(&cx, self.cwd(), path, Access::EXECUTE, true)?;
        // Reading it needs no permission of the caller: the kernel does it.
        let root = Credentials::root();
        let as_kernel = self.kernel.file_context(&self.proc, &root);
        let node = files.open(&as_kernel, self.cwd(), path, OpenFlags::READ, Mode::default())?;
        if node.stat.file_type != FileType::Regular {
            return Err(Errno::EACCES);
        }
        let mut head = vec![0; SCRIPT_LINE_BYTES_MAX + 1];
        let count = node.read(&as_kernel, 0, &mut head)?;
        head.truncate(count);
        let stat = &node.stat;
        let set_id = stat.mode.bits() & (Mode::SET_UID | Mode::SET_GID) != 0;
        let credentials = set_id.then(|| {
            let mut new = Credentials::clone(&own);
            if stat.mode.has(Mode::SET_UID) {
                (new.euid, new.suid) = (stat.uid, stat.uid);
            }
            if stat.mode.has(Mode::SET_GID) {
                (new.egid, new.sgid) = (stat.gid, stat.gid);
            }
            new
        });
        Ok((head, credentials))
    }
}

/// What stands behind the last slash.
fn base_name(path: &[u8]) -> &[u8] {
    path.rsplit(|&byte| byte == b'/').next().unwrap_or(path)
}

impl Kernel {
    /// The bytes of an executable file for a program of the table.
    #[must_use]
    pub fn executable(name: &str) -> Vec<u8> {
        [EXECUTABLE_MAGIC, name.as_bytes(), b"\n"].concat()
    }
}
