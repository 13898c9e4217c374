//! The answer to Tab: the word at the cursor, its specification, its candidates as the line needs them.

use super::actions::split_path;
use super::generate::Generation;
use crate::abi::{Access, FileType};
use crate::shell::editor::{Candidate, CompleteRequest, Completion};
use crate::shell::expand::quoting;
use crate::shell::interp::{Completed, CompletionSpec, Interp, NameSet, Stop};
use std::rc::Rc;

/// How often a completion function may have its specification looked up again.
const RETRIES_MAX: usize = 8;
const TAB: u8 = 9;
/// The status of what SIGINT has ended.
const INTERRUPTED: u8 = 130;

/// The command at the cursor.
#[derive(Debug)]
struct CommandLine {
    /// Where the words begin and end in the line.
    words: Vec<std::ops::Range<usize>>,
    /// The word that is completed, and where it begins.
    current: usize,
    start: usize,
}

impl Interp {
    /// Candidates for the word at the cursor: what the command's specification gives, else names of commands
    /// where one stands, else paths; `$` variables, `~` users. `None` when `^C` has ended it.
    pub(in crate::shell) async fn complete(&mut self, request: &CompleteRequest) -> Option<Completion> {
        let before = request.line.get(..request.cursor).unwrap_or(&request.line);
        let breaks = self.shell.text_of(b"COMP_WORDBREAKS");
        let breaks = breaks.as_deref().unwrap_or(WORD_BREAKS);
        let start = word_start(before);
        let command = CommandLine::at(&request.line, before.len(), breaks);
        let status = (self.shell.status, self.shell.pipe_status.clone());
        let from_spec = self.complete_by_spec(&request.line, before, &command).await;
        (self.shell.status, self.shell.pipe_status) = status;
        match from_spec {
            Ok(Some(completion)) => Some(completion),
            Ok(None) => Some(self.complete_simply(before, start).await),
            Err(Stop::Discard(INTERRUPTED)) => None,
            Err(_) => Some(Completion { start, candidates: Vec::new() }),
        }
    }

    /// By a specification of `complete`; `None` when there is none, or it leaves it to the usual completion.
    async fn complete_by_spec(
        &mut self,
        line: &[u8],
        before: &[u8],
        at: &CommandLine,
    ) -> Result<Option<Completion>, Stop> {
        if self.shell.completions.is_empty() {
            return Ok(None);
        }
        let text = |range: &std::ops::Range<usize>| line.get(range.clone()).unwrap_or_default().to_vec();
        let words: Vec<Vec<u8>> = at.words.iter().map(text).collect();
        let from = at.words.first().map_or(at.start, |first| first.start);
        let name = words.first().cloned().unwrap_or_default();
        let generation = Generation {
            command: name.clone(),
            word: before.get(at.start..).unwrap_or_default().to_vec(),
            previous: at
                .current
                .checked_sub(1)
                .and_then(|before| words.get(before))
                .cloned()
                .unwrap_or_default(),
            line: line.get(from..).unwrap_or_default().to_vec(),
            point: before.len().saturating_sub(from),
            key: TAB,
            current: Some(at.current),
            words,
        };
        for _ in 0..RETRIES_MAX {
            let Some((of, spec)) = self.spec_for(&name, at.current) else { return Ok(None) };
            let outer = self.completing.replace((of, spec.options));
            let monitor = std::mem::replace(&mut self.shell.options.monitor, false);
            let given = self.generate(&spec, &generation).await;
            self.shell.options.monitor = monitor;
            let options = std::mem::replace(&mut self.completing, outer).map_or(spec.options, |own| own.1);
            let Some(found) = given? else { continue };
            if found.is_empty() && (options.has_option("default") || options.has_option("bashdefault")) {
                return Ok(None);
            }
            let candidates = self.fitted(found, options);
            return Ok(Some(Completion { start: at.start, candidates }));
        }
        Ok(None)
    }

    /// The specification for a word of a command.
    fn spec_for(&self, name: &[u8], current: usize) -> Option<(Completed, Rc<CompletionSpec>)> {
        let base = split_path(name).1;
        let wanted = match (current, name) {
            (0, b"") => vec![Completed::Empty],
            (0, _) => vec![Completed::Initial],
            _ => {
                vec![Completed::Command(name.to_vec()), Completed::Command(base.to_vec()), Completed::Default]
            }
        };
        wanted.into_iter().find_map(|of| {
            let spec = self.shell.completions.get(&of).map(Rc::clone)?;
            Some((of, spec))
        })
    }

    /// Generated candidates in order, as the line and the list need them.
    fn fitted(&mut self, mut found: Vec<Vec<u8>>, options: NameSet) -> Vec<Candidate> {
        if !options.has_option("nosort") {
            found.sort();
        }
        found.dedup();
        let suffix: &[u8] = if options.has_option("nospace") { b"" } else { b" " };
        let candidate = |name: Vec<u8>| {
            if !options.has_option("filenames") {
                return Candidate { text: name.clone(), suffix: suffix.to_vec(), shown: name };
            }
            let (dir, base) = split_path(name.strip_suffix(b"/").unwrap_or(&name));
            let path = self.listed_dir(&name);
            let is_dir = self.process.stat_now(&path).is_ok_and(|stat| stat.file_type == FileType::Directory);
            let plain = [dir, base].concat();
            let text = if options.has_option("noquote") { plain } else { quoting::backslash(&plain) };
            let mark: &[u8] = if is_dir { b"/" } else { b"" };
            let suffix = if is_dir { mark } else { suffix };
            Candidate { text, suffix: suffix.to_vec(), shown: [base, mark].concat() }
        };
        found.into_iter().map(candidate).collect()
    }

    /// Without a specification.
    async fn complete_simply(&mut self, before: &[u8], start: usize) -> Completion {
        let word = before.get(start..).unwrap_or_default();
        let ahead = before.get(..start).unwrap_or_default();
        let is_name = |text: &[u8]| text.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
        let plain = |text: Vec<u8>, shown| Candidate { text, suffix: b" ".to_vec(), shown };
        if let Some(at) = memchr::memrchr(b'$', word)
            && let Some(name) = word.get(at + 1..).filter(|name| is_name(name))
        {
            let names = self.names_with_prefix(name).into_iter();
            let candidates = names.map(|name| plain([b"$", &name[..]].concat(), name)).collect();
            return Completion { start: start + at, candidates };
        }
        if let Some(name) = word.strip_prefix(b"~").filter(|name| !name.contains(&b'/')) {
            let users = self.action_candidates("user", name).await.into_iter();
            let tilde = |name: Vec<u8>| {
                let shown = [b"~", &name[..]].concat();
                Candidate { text: shown.clone(), suffix: b"/".to_vec(), shown }
            };
            return Completion { start, candidates: users.map(tilde).collect() };
        }
        let is_command = in_command_position(ahead) && !word.contains(&b'/');
        let mut candidates = Vec::new();
        if is_command {
            let mut names = self.command_names();
            names.retain(|name| name.starts_with(word));
            names.sort();
            names.dedup();
            candidates.extend(names.into_iter().map(|name| plain(name.clone(), name)));
        }
        if !is_command || candidates.is_empty() {
            candidates = self.path_candidates(word, in_command_position(ahead)).await;
        }
        Completion { start, candidates }
    }

    async fn path_candidates(&mut self, word: &[u8], only_executable: bool) -> Vec<Candidate> {
        let plain = unquote(word);
        let (dir, prefix) = split_path(&plain);
        let listed = self.listed_dir(dir);
        let Ok(mut entries) = self.process.list_dir(&listed).await else { return Vec::new() };
        entries.retain(|entry| {
            entry.name.starts_with(prefix) && (prefix.starts_with(b".") || !entry.name.starts_with(b"."))
        });
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        let mut candidates = Vec::new();
        for entry in entries {
            let path = [&listed[..], b"/", &entry.name].concat();
            let is_dir = self.process.stat_now(&path).is_ok_and(|stat| stat.file_type == FileType::Directory);
            if only_executable && !is_dir && self.process.access_now(&path, Access::EXECUTE).is_err() {
                continue;
            }
            let kept = if dir.starts_with(b"~") { dir.to_vec() } else { quote(dir) };
            let text = [&kept[..], &quote(&entry.name)].concat();
            let suffix: &[u8] = if is_dir { b"/" } else { b" " };
            let shown = if is_dir { [&entry.name[..], b"/"].concat() } else { entry.name };
            candidates.push(Candidate { text, suffix: suffix.to_vec(), shown });
        }
        candidates
    }
}

/// COMP_WORDBREAKS when it is not set.
const WORD_BREAKS: &[u8] = b" \t\n\"'@><=;|&(:";

impl CommandLine {
    /// Cuts the command in which the cursor is into words, as COMP_WORDS has them.
    fn at(line: &[u8], cursor: usize, breaks: &[u8]) -> CommandLine {
        let mut words: Vec<std::ops::Range<usize>> = Vec::new();
        let mut at = 0;
        while at < line.len() {
            let byte = line.get(at).copied().unwrap_or(0);
            if byte.is_ascii_whitespace() && byte != b'\n' {
                at += 1;
                continue;
            }
            let end = at + word_len(line.get(at..).unwrap_or_default(), breaks);
            let is_end = matches!(byte, b';' | b'|' | b'&' | b'(' | b')' | b'\n');
            if is_end && end <= cursor {
                // Another command begins.
                words.clear();
            } else if is_end || (at > cursor && is_command_end(line, at)) {
                break;
            } else if words.is_empty() && is_assignment(line, at..end) && end < cursor {
                let value = line.get(end..).unwrap_or_default();
                at = end + value.iter().take_while(|byte| !byte.is_ascii_whitespace()).count();
                continue;
            } else {
                words.push(at..end);
            }
            at = end;
        }
        let reached = |word: &std::ops::Range<usize>| word.start <= cursor && cursor <= word.end;
        match words.iter().rposition(reached) {
            Some(current) => {
                let word = words.get(current).cloned().unwrap_or(cursor..cursor);
                let breaks_at = |place: usize| {
                    line.get(place).is_some_and(|byte| breaks.contains(byte) && !matches!(byte, b'"' | b'\''))
                };
                let start = if breaks_at(word.start) { cursor } else { word.start };
                CommandLine { words, current, start }
            }
            None => {
                let current = words.iter().filter(|word| word.end < cursor).count();
                words.insert(current, cursor..cursor);
                CommandLine { words, current, start: cursor }
            }
        }
    }
}

fn is_command_end(line: &[u8], at: usize) -> bool {
    line.get(at).is_some_and(|byte| b";|&()\n".contains(byte))
}

/// Whether an assignment begins here, whose name is this long.
fn is_assignment(line: &[u8], name: std::ops::Range<usize>) -> bool {
    line.get(name.end) == Some(&b'=') && line.get(name).is_some_and(crate::shell::interp::is_name)
}

/// Bytes of the word at the start of a text: up to an unquoted blank or breaking character, or a run of these.
fn word_len(text: &[u8], breaks: &[u8]) -> usize {
    let is_break = |byte: u8| breaks.contains(&byte) && !matches!(byte, b'"' | b'\'');
    let operators = text.iter().take_while(|byte| is_break(**byte) && !byte.is_ascii_whitespace()).count();
    if operators > 0 {
        return operators;
    }
    let mut quote = None;
    let mut bytes = text.iter().enumerate();
    while let Some((at, &byte)) = bytes.next() {
        match (quote, byte) {
            (None | Some(b'"'), b'\\') => {
                bytes.next();
            }
            (None, b'\'' | b'"') => quote = Some(byte),
            (Some(open), byte) if byte == open => quote = None,
            (None, byte) if at > 0 && (byte.is_ascii_whitespace() || is_break(byte)) => return at,
            _ => {}
        }
    }
    text.len()
}

/// Where the word at the end of a text begins.
fn word_start(text: &[u8]) -> usize {
    let mut start = 0;
    let mut quote = None;
    let mut bytes = text.iter().enumerate();
    while let Some((at, &byte)) = bytes.next() {
        match (quote, byte) {
            (None, b'\\') => {
                bytes.next();
            }
            (None, b'\'' | b'"') => quote = Some(byte),
            (Some(open), byte) if byte == open => quote = None,
            (None, b' ' | b'\t' | b'\n' | b';' | b'|' | b'&' | b'(' | b')' | b'<' | b'>' | b'=') => {
                start = at + 1
            }
            _ => {}
        }
    }
    start
}

/// Whether the next word behind a text is a command's name.
fn in_command_position(ahead: &[u8]) -> bool {
    let trimmed = ahead.iter().rposition(|byte| !matches!(byte, b' ' | b'\t')).map(|at| &ahead[..=at]);
    let Some(trimmed) = trimmed else { return true };
    if trimmed.ends_with(b";")
        || trimmed.ends_with(b"|")
        || trimmed.ends_with(b"&")
        || trimmed.ends_with(b"(")
    {
        return true;
    }
    let last = trimmed
        .rsplit(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b';' | b'|' | b'&' | b'('))
        .next()
        .unwrap_or_default();
    matches!(
        last,
        b"if"
            | b"then"
            | b"else"
            | b"elif"
            | b"do"
            | b"while"
            | b"until"
            | b"!"
            | b"{"
            | b"time"
            | b"sudo"
            | b"exec"
            | b"command"
    )
}

/// A word without its quotes.
fn unquote(word: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut bytes = word.iter().copied();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => out.extend(bytes.next()),
            b'\'' | b'"' => {}
            byte => out.push(byte),
        }
    }
    out
}

/// A name with backslashes where the shell needs them.
fn quote(name: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for &byte in name {
        if b" \t\n\\'\"`$&|;()<>*?[]!{}#~".contains(&byte) {
            out.push(b'\\');
        }
        out.push(byte);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of the command at `^`, the current one in brackets.
    #[track_caller]
    fn check(line: &str, expected: &str) {
        let cursor = line.find('^').unwrap_or(line.len());
        let line = line.replace('^', "");
        let found = CommandLine::at(line.as_bytes(), cursor, WORD_BREAKS);
        let words = found.words.iter().enumerate().map(|(index, word)| match &line[word.clone()] {
            word if index == found.current => format!("[{word}]"),
            word => word.to_string(),
        });
        let words: Vec<String> = words.collect();
        assert_eq!(format!("{} @{}", words.join(" "), found.start), expected, "{line}");
    }

    #[test]
    fn command_lines() {
        check("git ch^", "git [ch] @4");
        check("git ^", "git [] @4");
        check("^", "[] @0");
        check("git add ^ b", "git add [] b @8");
        check("cd x; git --pretty=^", "git --pretty [=] @19");
        check("git --pretty=sh^", "git --pretty = [sh] @13");
        check("a | b 'c d^", "b ['c d] @6");
        check("ls x^y | wc", "ls [xy] @3");
        check("x=1 git a^", "git [a] @8");
        check("scp host:^", "scp host [:] @9");
    }
}
