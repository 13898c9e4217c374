//! The candidates of `complete -A`.

use crate::abi::{Access, FileType, Signal};
use crate::shell::editor::ACTION_NAMES;
use crate::shell::interp::{Attributes, Interp, JobState, known};
use crate::shell::syntax::RESERVED_WORDS;

impl Interp {
    /// What an action knows that begins with a word, in the action's own order.
    pub(in crate::shell) async fn action_candidates(&mut self, action: &str, word: &[u8]) -> Vec<Vec<u8>> {
        let mut names = match action {
            "file" => return self.path_names(word, false).await,
            "directory" => return self.path_names(word, true).await,
            "command" if word.contains(&b'/') => {
                let mut paths = self.path_names(word, false).await;
                paths.retain(|path| self.process.access_now(path, Access::EXECUTE).is_ok());
                return paths;
            }
            "command" => self.command_names(),
            "alias" => self.shell.aliases.keys().cloned().collect(),
            "arrayvar" => self.variable_names(|var| var.is_array() || var.is_assoc()),
            "variable" => self.variable_names(|_| true),
            "export" => self.variable_names(|var| var.attributes.has(Attributes::EXPORT)),
            "binding" => texts(ACTION_NAMES.iter().map(|row| row.0)),
            "builtin" => texts(self.shell.builtins.iter().map(|builtin| builtin.name)),
            "disabled" => texts(self.shell.disabled_builtins.iter().copied()),
            "enabled" => {
                let disabled = &self.shell.disabled_builtins;
                texts(
                    self.shell
                        .builtins
                        .iter()
                        .map(|builtin| builtin.name)
                        .filter(|name| !disabled.contains(name)),
                )
            }
            "function" => self.function_names(),
            "helptopic" => texts(self.shell.builtins.iter().map(|builtin| builtin.name)),
            "hostname" => self.table_column(b"/etc/hosts", true),
            "service" => self.table_column(b"/etc/services", false),
            "user" => self.account_names(b"/etc/passwd"),
            "group" => self.account_names(b"/etc/group"),
            "job" => self.job_names(|_| true),
            "running" => self.job_names(|state| state == JobState::Running),
            "stopped" => self.job_names(|state| matches!(state, JobState::Stopped(_))),
            "keyword" => texts(RESERVED_WORDS.iter().copied()),
            "setopt" => {
                let mut options = self.shell.options;
                texts(options.table().iter().map(|row| row.0))
            }
            "shopt" => texts(self.shell.all_shopt().into_iter().map(|row| row.0)),
            "signal" => signal_names(),
            _ => Vec::new(),
        };
        names.retain(|name| name.starts_with(word));
        names
    }

    /// Everything that can be run by its name alone.
    pub(super) fn command_names(&mut self) -> Vec<Vec<u8>> {
        let mut names: Vec<Vec<u8>> = self.shell.aliases.keys().cloned().collect();
        names.extend(texts(RESERVED_WORDS.iter().copied()));
        names.extend(self.function_names());
        names.extend(texts(self.shell.builtins.iter().map(|builtin| builtin.name)));
        let path = self.shell.text(known::PATH).unwrap_or_default();
        for dir in path.split(|&byte| byte == b':').filter(|dir| !dir.is_empty()) {
            let mut files = self.process.names_in(dir);
            files.sort();
            names.extend(files);
        }
        names
    }

    fn function_names(&self) -> Vec<Vec<u8>> {
        let sorted = self.shell.names.borrow().sorted();
        let functions = sorted.into_iter().filter(|(name, _)| self.shell.function(name).is_some());
        functions.map(|(name, _)| name.to_vec()).collect()
    }

    fn variable_names(&self, is_wanted: impl Fn(&crate::shell::interp::Var) -> bool) -> Vec<Vec<u8>> {
        let sorted = self.shell.names.borrow().sorted();
        let wanted = sorted.into_iter().filter(|(_, symbol)| {
            let var = self.shell.var(*symbol);
            (var.is_set() || var.attributes.has(Attributes::SPECIAL)) && is_wanted(var)
        });
        wanted.map(|(name, _)| name.to_vec()).collect()
    }

    /// The first words of the command lines of jobs.
    fn job_names(&self, is_wanted: impl Fn(JobState) -> bool) -> Vec<Vec<u8>> {
        let jobs = self.jobs.list().iter().filter(|job| is_wanted(job.state()));
        jobs.map(|job| job.text.split(|&byte| byte == b' ').next().unwrap_or_default().to_vec()).collect()
    }

    /// The names in a table of `/etc`: the first word of each line, or all of them behind the first.
    fn table_column(&self, path: &[u8], behind_first: bool) -> Vec<Vec<u8>> {
        let text = self.process.read_small_file(path).unwrap_or_default();
        let mut names: Vec<Vec<u8>> = Vec::new();
        for line in text.split(|&byte| byte == b'\n') {
            let line = line.split(|&byte| byte == b'#').next().unwrap_or_default();
            let words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
            let wanted: Vec<&[u8]> =
                if behind_first { words.skip(1).collect() } else { words.take(1).collect() };
            for word in wanted {
                if !names.iter().any(|name| name == word) {
                    names.push(word.to_vec());
                }
            }
        }
        names
    }

    fn account_names(&self, path: &[u8]) -> Vec<Vec<u8>> {
        let text = self.process.read_small_file(path).unwrap_or_default();
        let lines = text.split(|&byte| byte == b'\n').filter(|line| !line.is_empty());
        lines.map(|line| line.split(|&byte| byte == b':').next().unwrap_or_default().to_vec()).collect()
    }

    /// The paths that begin with a word, as the word begins them.
    async fn path_names(&mut self, word: &[u8], only_dirs: bool) -> Vec<Vec<u8>> {
        let (dir, prefix) = split_path(word);
        let listed = self.listed_dir(dir);
        let Ok(mut entries) = self.process.list_dir(&listed).await else { return Vec::new() };
        entries.retain(|entry| entry.name.starts_with(prefix));
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        let mut paths = Vec::new();
        for entry in entries {
            let path = [&listed[..], b"/", &entry.name].concat();
            let is_dir =
                || self.process.stat_now(&path).is_ok_and(|stat| stat.file_type == FileType::Directory);
            if !only_dirs || is_dir() {
                paths.push([dir, &entry.name].concat());
            }
        }
        paths
    }

    /// The directory that is meant by the part of a path up to its last slash; `~` is expanded.
    pub(super) fn listed_dir(&mut self, dir: &[u8]) -> Vec<u8> {
        if dir.is_empty() {
            return b".".to_vec();
        }
        if let Some(rest) = dir.strip_prefix(b"~")
            && let Some(slash) = memchr::memchr(b'/', rest)
        {
            let (user, below) = rest.split_at(slash);
            let home = if user.is_empty() { self.scalar(known::HOME) } else { self.home_of(Some(user)) };
            if let Some(home) = home {
                return [&home[..], below].concat();
            }
        }
        dir.to_vec()
    }
}

/// A path's directory with its slash, and what is behind it.
pub(super) fn split_path(path: &[u8]) -> (&[u8], &[u8]) {
    path.split_at(memchr::memrchr(b'/', path).map_or(0, |at| at + 1))
}

fn texts<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Vec<u8>> {
    names.map(|name| name.as_bytes().to_vec()).collect()
}

fn signal_names() -> Vec<Vec<u8>> {
    let mut names = vec![b"EXIT".to_vec()];
    names.extend(Signal::all().map(|signal| format!("SIG{}", signal.name()).into_bytes()));
    names.extend(texts(["DEBUG", "ERR", "RETURN"].into_iter()));
    names
}
