//! From a finished word to arguments: field splitting and pathname expansion.

use super::variables::known;
use super::{Interp, Stop};
use crate::abi::FileType;
use crate::regex::pattern::{Pattern, PatternOptions};
use crate::shell::expand::Field;

impl Interp {
    /// Ends the word on top: its fields become arguments.
    pub(super) async fn word_fields(&mut self) -> Result<(), Stop> {
        let word = self.take_word();
        if let Some(plain) = word.plain() {
            self.args.push(plain);
            self.give_back(word);
            return Ok(());
        }
        let mut fields = Vec::new();
        let ifs = std::rc::Rc::clone(&self.shell.ifs);
        word.fields(&ifs, &mut fields);
        self.give_back(word);
        for field in fields {
            self.push_field(field).await?;
        }
        Ok(())
    }

    async fn push_field(&mut self, field: Field) -> Result<(), Stop> {
        let Some(pattern) = field.pattern.filter(|_| !self.shell.options.noglob && !self.is_expanding_text())
        else {
            self.args.push(&field.text);
            return Ok(());
        };
        if Pattern::new(&pattern, PatternOptions::default()).is_literal().is_some() {
            // Everything special in it is escaped: it names no files.
            self.args.push(&field.text);
            return Ok(());
        }
        let names = self.glob(&pattern).await;
        if names.is_empty() {
            if self.shell.shopt.failglob {
                return Err(self.discard(&[b"no match: ", &field.text[..]].concat()));
            }
            if !self.shell.shopt.nullglob {
                self.args.push(&field.text);
            }
            return Ok(());
        }
        for name in names {
            self.args.push(&name);
        }
        Ok(())
    }

    /// The paths that a pattern names, sorted.
    pub(crate) async fn glob(&mut self, pattern: &[u8]) -> Vec<Vec<u8>> {
        let (mut paths, rest) = match pattern.iter().position(|&byte| byte != b'/') {
            Some(slashes) => (vec![pattern[..slashes].to_vec()], &pattern[slashes..]),
            None => return vec![pattern.to_vec()],
        };
        let ignore = self.shell.text(known::GLOBIGNORE).filter(|text| !text.is_empty());
        let dotglob = self.shell.shopt.dotglob || ignore.is_some();
        let components = split_components(rest);
        for (component, slashes) in components {
            let mut next = Vec::new();
            if component == b"**" && self.shell.shopt.globstar {
                for path in paths {
                    self.descend(&path, slashes.is_empty(), dotglob, &mut next).await;
                }
            } else {
                let options = PatternOptions {
                    extended: self.shell.shopt.extglob,
                    ignore_case: self.shell.shopt.nocaseglob,
                    hidden: !dotglob,
                    utf8: self.shell.utf8,
                    ..PatternOptions::default()
                };
                let compiled = Pattern::new(component, options);
                for path in paths {
                    self.match_component(&path, component, &compiled, slashes, &mut next).await;
                }
            }
            paths = next;
            if paths.is_empty() {
                break;
            }
        }
        if let Some(ignore) = ignore {
            let patterns: Vec<_> =
                ignore.split(|&byte| byte == b':').map(|text| self.pattern(text, false)).collect();
            paths.retain(|path| !patterns.iter().any(|pattern| pattern.matches(path)));
        }
        paths.sort();
        paths
    }

    /// Appends what in one directory matches one component, with the slashes behind it.
    async fn match_component(
        &mut self,
        dir: &[u8],
        component: &[u8],
        pattern: &Pattern,
        slashes: &[u8],
        out: &mut Vec<Vec<u8>>,
    ) {
        if component.is_empty() {
            // A slash at the end: only directories, and the slash stays.
            if self.process.stat_now(dir).is_ok_and(|stat| stat.file_type == FileType::Directory) {
                out.push(dir.to_vec());
            }
            return;
        }
        if let Some(literal) = pattern.is_literal() {
            let path = [dir, literal].concat();
            if self.process.lstat_now(&path).is_ok() {
                out.push([&path[..], slashes].concat());
            }
            return;
        }
        let listed: &[u8] = if dir.is_empty() { b"." } else { dir };
        let Ok(entries) = self.process.list_dir(listed).await else { return };
        for entry in entries {
            if !pattern.matches(&entry.name) {
                continue;
            }
            let path = [dir, &entry.name].concat();
            if slashes.is_empty() {
                out.push(path);
            } else if entry.file_type == FileType::Directory
                || (entry.file_type == FileType::Symlink
                    && self.process.stat_now(&path).is_ok_and(|stat| stat.file_type == FileType::Directory))
            {
                out.push([&path[..], slashes].concat());
            }
        }
    }

    /// `**`: a directory and all directories below it; at the end of a pattern, everything below it.
    async fn descend(&mut self, dir: &[u8], last: bool, dotglob: bool, out: &mut Vec<Vec<u8>>) {
        let mut waiting = vec![dir.to_vec()];
        if !last || !dir.is_empty() {
            out.push(dir.to_vec());
        }
        while let Some(dir) = waiting.pop() {
            let listed: &[u8] = if dir.is_empty() { b"." } else { &dir };
            let Ok(entries) = self.process.list_dir(listed).await else { continue };
            for entry in entries {
                if entry.name.starts_with(b".") && !dotglob {
                    continue;
                }
                let path = [&dir[..], &entry.name].concat();
                let is_dir = entry.file_type == FileType::Directory;
                if is_dir {
                    let below = [&path[..], b"/"].concat();
                    if !last {
                        out.push(below.clone());
                    }
                    waiting.push(below);
                }
                if last {
                    out.push(path);
                }
            }
        }
    }
}

/// The parts of a pattern between its slashes, each with the slashes behind it; the last has none. A slash in
/// brackets or escaped divides too, as in bash.
fn split_components(pattern: &[u8]) -> Vec<(&[u8], &[u8])> {
    let mut parts = Vec::new();
    let mut rest = pattern;
    while let Some(end) = memchr::memchr(b'/', rest) {
        let (component, behind) = rest.split_at(end);
        let count = behind.iter().take_while(|byte| **byte == b'/').count();
        let (slashes, after) = behind.split_at(count);
        parts.push((component, slashes));
        rest = after;
    }
    parts.push((rest, &b""[..]));
    parts
}
