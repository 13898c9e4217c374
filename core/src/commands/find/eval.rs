//! What the tests and actions of `find` do with a file.

use super::Find;
use super::parse::Op;
use super::primary::{Bits, Compare, Exec, Primary, nanos, time_of};
use crate::abi::limits::PATH_BYTES_MAX;
use crate::abi::{Errno, ExitStatus, FileType, Stat};
use crate::program::path::{base_name, without_trailing_slashes};
use crate::program::spawn::{ChildInput, Spawn, start, wait};
use crate::program::{Questions, Visited, question_marks, quote_locale};
use bstr::ByteSlice;

/// How the search goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Outcome {
    Go,
    /// Not into this directory.
    Prune,
    Quit,
}

/// Bytes of a command that `-exec … +` builds.
const COMMAND_BYTES_MAX: usize = 128 * 1024;

impl Find {
    /// Runs the expression for a file.
    pub(super) async fn evaluate(&mut self, program: &mut [Op], found: &Visited, stat: &Stat) -> Outcome {
        let mut outcome = Outcome::Go;
        let (mut at, mut value) = (0, true);
        while let Some(op) = program.get_mut(at) {
            at += 1;
            match op {
                Op::Not => value = !value,
                Op::IfFalse(to) if !value => at = *to,
                Op::IfTrue(to) if value => at = *to,
                Op::IfFalse(_) | Op::IfTrue(_) => {}
                Op::Do(Primary::Prune) => (value, outcome) = (true, Outcome::Prune),
                Op::Do(Primary::Quit) => return Outcome::Quit,
                Op::Do(primary) => {
                    value = self.holds(primary, found, stat).await;
                    // Nobody reads any more.
                    if self.cx.out.ready().await.is_err() {
                        return Outcome::Quit;
                    }
                }
            }
        }
        outcome
    }

    async fn holds(&mut self, primary: &mut Primary, found: &Visited, stat: &Stat) -> bool {
        let path = found.path.as_slice();
        match primary {
            Primary::Truth(value) => *value,
            Primary::Name(pattern) => pattern.matches(match without_trailing_slashes(path) {
                b"" => b"/",
                path => base_name(path),
            }),
            Primary::Path(pattern) => pattern.matches(path),
            Primary::LinkName(pattern) => {
                stat.file_type == FileType::Symlink
                    && self.cx.process.read_link(path).await.is_ok_and(|target| pattern.matches(&target))
            }
            Primary::Regex(regex) => {
                let is_whole = matches!(regex.find_at(path, 0), Ok(Some((0, end))) if end == path.len());
                let steps = u32::try_from(regex.take_steps()).unwrap_or(u32::MAX);
                self.cx.process.step(steps).await;
                is_whole
            }
            Primary::Type(types) => types.contains(&stat.file_type),
            Primary::TargetType(types) => types.contains(&self.other_type(found, stat).await),
            Primary::Size(compare, count, unit) => compare.holds(stat.size_bytes.div_ceil(*unit), *count),
            Primary::Time(field, compare, moment, span) => {
                let time = nanos(time_of(stat, *field));
                match compare {
                    Compare::More => time < *moment,
                    Compare::Less => time > *moment,
                    Compare::Equal => time > *moment && time <= *moment + *span,
                }
            }
            Primary::Newer(field, than) => nanos(time_of(stat, *field)) > nanos(*than),
            Primary::Empty => self.is_empty(path, stat).await,
            Primary::Perm(bits, of_file, of_directory) => {
                let is_directory = stat.file_type == FileType::Directory;
                let wanted = if is_directory { of_directory.bits() } else { of_file.bits() };
                let given = stat.mode.bits();
                match bits {
                    Bits::Exactly => given == wanted,
                    Bits::All => given & wanted == wanted,
                    Bits::Any => given & wanted != 0,
                }
            }
            Primary::Uid(compare, id) => compare.holds(u64::from(stat.uid), *id),
            Primary::Gid(compare, id) => compare.holds(u64::from(stat.gid), *id),
            Primary::NoUser => self.names.accounts().user_name(stat.uid).is_none(),
            Primary::NoGroup => self.names.accounts().group_name(stat.gid).is_none(),
            Primary::Links(compare, count) => compare.holds(u64::from(stat.nlink), *count),
            Primary::Inode(compare, ino) => compare.holds(stat.ino, *ino),
            Primary::Same(dev, ino) => (stat.dev, stat.ino) == (*dev, *ino),
            Primary::May(access) => self.cx.process.access_now(path, *access).is_ok(),
            Primary::FileSystem(kind) => {
                self.cx.process.statfs(path).await.is_ok_and(|fs| fs.kind.as_bytes() == kind.as_slice())
            }
            Primary::Print(file, end) => {
                let shown = self.to_terminal && file.is_none() && *end == b'\n';
                let mut line = if shown { question_marks(path) } else { path.to_vec() };
                line.push(*end);
                self.put(*file, &line).await
            }
            Primary::Printf(file, format) => {
                let text = self.formatted(format, found, stat).await;
                self.put(*file, &text).await
            }
            Primary::List(file) => {
                let line = self.listed(found, stat).await;
                self.put(*file, &line).await
            }
            Primary::Delete => self.delete(path, stat).await,
            Primary::Exec(exec) => self.exec(exec, path).await,
            Primary::Prune | Primary::Quit => true,
        }
    }

    async fn put(&mut self, file: Option<usize>, text: &[u8]) -> bool {
        match file.and_then(|at| self.files.get_mut(at)) {
            Some(file) => {
                file.put(text);
                // The failure is told at the end.
                let _ = file.ready().await;
            }
            None => self.cx.out.put(text),
        }
        true
    }

    async fn is_empty(&mut self, path: &[u8], stat: &Stat) -> bool {
        match stat.file_type {
            FileType::Regular => stat.size_bytes == 0,
            FileType::Directory => match self.cx.process.list_dir(path).await {
                Ok(entries) => entries.is_empty(),
                Err(errno) => {
                    self.cx.failed(&quote_locale(path), errno).await;
                    false
                }
            },
            _ => false,
        }
    }

    async fn delete(&mut self, path: &[u8], stat: &Stat) -> bool {
        if path == b"." {
            return true;
        }
        let mut deleted = Err(Errno::ENOTDIR);
        if stat.file_type == FileType::Directory {
            deleted = self.cx.process.rmdir(path).await;
        }
        // A link to a directory is no directory.
        if deleted == Err(Errno::ENOTDIR) {
            deleted = self.cx.process.unlink(path).await;
        }
        if let Err(errno) = deleted {
            self.cx.failed(&[b"cannot delete ", &quote_locale(path)[..]].concat(), errno).await;
        }
        deleted.is_ok()
    }

    async fn exec(&mut self, exec: &mut Exec, path: &[u8]) -> bool {
        let (directory, name) = if exec.in_directory { place(path) } else { (Vec::new(), path.to_vec()) };
        if let Some((names, of)) = &mut exec.collected {
            let bytes: usize = exec.argv.iter().chain(names.iter()).map(|word| word.len() + 1).sum();
            let is_full = bytes + PATH_BYTES_MAX > COMMAND_BYTES_MAX || *of != directory;
            let due = if is_full && !names.is_empty() { Some(std::mem::take(names)) } else { None };
            let old = std::mem::replace(of, directory);
            names.push(name);
            if let Some(names) = due {
                self.run_many(&exec.argv, names, &old).await;
            }
            return true;
        }
        if exec.ask {
            let program = exec.argv.first().map_or(&b""[..], Vec::as_slice);
            let question = [b"< ", program, b" ... ", path, b" > ? "].concat();
            if !Questions::default().ask_as_is(&mut self.cx, &question).await {
                return false;
            }
        }
        let argv: Vec<Vec<u8>> = exec.argv.iter().map(|word| word.replace("{}", &name)).collect();
        let stdin = exec.ask.then_some(ChildInput::Null);
        self.run_command(&argv, &directory, stdin).await == Some(ExitStatus::SUCCESS)
    }

    async fn run_many(&mut self, argv: &[Vec<u8>], names: Vec<Vec<u8>>, directory: &[u8]) {
        let argv: Vec<Vec<u8>> = argv.iter().cloned().chain(names).collect();
        if self.run_command(&argv, directory, None).await != Some(ExitStatus::SUCCESS) {
            self.cx.status = 1;
        }
    }

    /// Runs a command to its end; `None`, and a message, when it cannot be run.
    async fn run_command(
        &mut self,
        argv: &[Vec<u8>],
        directory: &[u8],
        stdin: Option<ChildInput>,
    ) -> Option<ExitStatus> {
        // A failing write is told at the end.
        let _ = self.cx.out.flush().await;
        let process = &self.cx.process;
        let spawn = Spawn { directory: (!directory.is_empty()).then_some(directory), stdin, stdout: None };
        let run = match start(process, argv, process.environment(), spawn).await {
            Ok(pid) => wait(process, pid).await,
            Err(errno) => Err(errno),
        };
        match run {
            Ok(status) => Some(status),
            Err(errno) => {
                let name = argv.first().map_or(&b""[..], Vec::as_slice);
                let status = self.cx.status;
                self.cx.failed(&quote_locale(name), errno).await;
                self.cx.status = status;
                None
            }
        }
    }

    /// Runs the commands of `-exec … +` with what is left for them.
    pub(super) async fn run_collected(&mut self, program: &mut [Op]) {
        for op in program {
            let Op::Do(Primary::Exec(Exec { argv, collected: Some((names, directory)), .. })) = op else {
                continue;
            };
            let names = std::mem::take(names);
            if !names.is_empty() {
                self.run_many(argv, names, directory).await;
            }
        }
    }
}

/// The directory of a path, and the path from there.
fn place(path: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let path = without_trailing_slashes(path);
    match path.iter().rposition(|&byte| byte == b'/') {
        _ if path.is_empty() || path == b"/" => (b"/".to_vec(), b"/".to_vec()),
        Some(0) => (b"/".to_vec(), [b"./", path.get(1..).unwrap_or_default()].concat()),
        Some(at) => {
            let (directory, name) = path.split_at(at);
            (directory.to_vec(), [b".", name].concat())
        }
        None => (b".".to_vec(), [b"./", path].concat()),
    }
}
