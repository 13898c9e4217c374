//! What goes into the history, and the file that keeps it: HISTCONTROL, HISTIGNORE, HISTSIZE, HISTFILE,
//! HISTFILESIZE, HISTTIMEFORMAT.

use super::editor::History;
use super::interp::{Interp, known};
use crate::abi::limits::HISTORY_BYTES_MAX;
use crate::abi::{Mode, OpenFlags, Result};

/// HISTSIZE of a shell that has not been told.
const LINES_DEFAULT: &[u8] = b"500";

/// The variables of an interactive shell's history, where they are not set.
pub(super) fn set_defaults(interp: &mut Interp) {
    let home = interp.scalar(known::HOME).unwrap_or_default();
    let values: [(&[u8], Vec<u8>); 3] = [
        (b"HISTFILE", [&home[..], b"/.bash_history"].concat()),
        (b"HISTSIZE", LINES_DEFAULT.to_vec()),
        (b"HISTFILESIZE", LINES_DEFAULT.to_vec()),
    ];
    for (name, value) in values {
        if interp.shell.text_of(name).is_none() {
            let symbol = interp.symbol(name);
            interp.shell.set_text(symbol, &value);
        }
    }
}

impl Interp {
    /// A number of lines that a variable holds; `None` when it holds none, or a negative one: no limit.
    fn lines_of(&self, name: &[u8]) -> Option<usize> {
        std::str::from_utf8(&self.shell.text_of(name)?).ok()?.trim().parse().ok()
    }

    /// Puts a line into the history, as HISTCONTROL and HISTIGNORE say; whether it is there now.
    pub(super) fn remember(&mut self, line: &[u8]) -> bool {
        let control = self.shell.text_of(b"HISTCONTROL").unwrap_or_default();
        let has = |word: &[u8]| control.split(|&byte| byte == b':').any(|own| own == word);
        let both = has(b"ignoreboth");
        let last = |history: &History| {
            history.get(history.next_number().saturating_sub(1)).unwrap_or_default().to_vec()
        };
        let last = self.history().map(|history| last(&history)).unwrap_or_default();
        if ((both || has(b"ignorespace")) && line.starts_with(b" "))
            || ((both || has(b"ignoredups")) && last == line)
            || self.is_ignored(line, &last)
        {
            return false;
        }
        let erases = has(b"erasedups");
        let lines_max = self.lines_of(b"HISTSIZE").unwrap_or(usize::MAX);
        let time = self.process.now().secs;
        self.change_history(|history| {
            if erases {
                history.erase(line);
            }
            history.set_lines_max(lines_max);
            history.add_at(line.to_vec(), Some(time));
        });
        true
    }

    /// Whether a pattern of HISTIGNORE matches; `&` in it is the line before.
    fn is_ignored(&mut self, line: &[u8], last: &[u8]) -> bool {
        let ignore = self.shell.text_of(b"HISTIGNORE").unwrap_or_default();
        let patterns = ignore.split(|&byte| byte == b':').filter(|pattern| !pattern.is_empty());
        let texts: Vec<Vec<u8>> = patterns.map(|pattern| with_word(pattern, last)).collect();
        texts.iter().any(|text| self.pattern(text, false).matches(line))
    }

    /// Reads the history file of a shell that begins.
    pub(super) async fn load_history(&mut self) {
        if let Some(path) = self.shell.text_of(b"HISTFILE").filter(|path| !path.is_empty()) {
            let _ = self.read_history(&path, 0).await;
        }
    }

    /// Adds the lines of a file behind the first `skip` ones, as saved ones; gives how many lines the file has.
    pub(super) async fn read_history(&mut self, path: &[u8], skip: usize) -> Result<usize> {
        let text = self.read_script(path).await?;
        let lines_max = self.lines_of(b"HISTSIZE").unwrap_or(usize::MAX);
        let mut time = None;
        let mut count = 0;
        self.change_history(|history| {
            history.set_lines_max(lines_max);
            for line in text.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
                if let Some(stamp) = time_stamp(line) {
                    time = Some(stamp);
                    continue;
                }
                count += 1;
                if count > skip {
                    history.add_at(line.to_vec(), time.take());
                }
            }
            history.set_saved();
        });
        Ok(count)
    }

    /// Writes lines to a history file: the unsaved ones behind what is there, or all of them.
    pub(super) async fn write_history(&mut self, path: &[u8], appends: bool) -> Result<()> {
        let stamped = self.shell.text_of(b"HISTTIMEFORMAT").is_some();
        let Some(history) = self.history() else { return Ok(()) };
        let mut text = Vec::new();
        let mut put = |line: &[u8], time: Option<i64>| {
            if let Some(time) = time.filter(|_| stamped) {
                text.extend_from_slice(format!("#{time}\n").as_bytes());
            }
            text.extend_from_slice(line);
            text.push(b'\n');
        };
        if appends {
            history.unsaved().for_each(|(line, time)| put(line, time));
        } else {
            history.timed().for_each(|(_, line, time)| put(line, time));
        }
        let flags = if appends { OpenFlags::OUTPUT_APPEND } else { OpenFlags::OUTPUT };
        let fd = self.process.open(path, flags, Mode::new(0o600)).await?;
        let written = self.process.write_all(fd, &text).await;
        let _ = self.process.close(fd);
        written?;
        self.change_history(History::set_saved);
        Ok(())
    }

    /// The end of an interactive shell: what is new goes into the file, which is cut to HISTFILESIZE lines.
    pub(super) async fn save_history(&mut self) {
        let path = self.shell.text_of(b"HISTFILE").filter(|path| !path.is_empty());
        let is_new = self.history().is_some_and(|history| history.unsaved().next().is_some());
        let Some(path) = path.filter(|_| is_new) else { return };
        if self.write_history(&path, true).await.is_err() {
            return;
        }
        let lines_max = self.lines_of(b"HISTFILESIZE").unwrap_or(usize::MAX);
        let Ok(text) = self.read_script(&path).await else { return };
        let kept = last_lines(&text, lines_max);
        if kept.len() < text.len()
            && let Ok(fd) = self.process.open(&path, OpenFlags::OUTPUT, Mode::new(0o600)).await
        {
            let _ = self.process.write_all(fd, kept).await;
            let _ = self.process.close(fd);
        }
    }
}

/// A pattern in which `&` is a word, and `\&` an `&`.
pub(super) fn with_word(pattern: &[u8], word: &[u8]) -> Vec<u8> {
    let mut text = Vec::new();
    let mut bytes = pattern.iter().copied();
    while let Some(byte) = bytes.next() {
        match byte {
            b'&' => text.extend_from_slice(word),
            b'\\' => match bytes.next() {
                Some(b'&') => text.push(b'&'),
                next => {
                    text.push(b'\\');
                    text.extend(next);
                }
            },
            byte => text.push(byte),
        }
    }
    text
}

/// `#1700000000`: when the line behind it was typed.
fn time_stamp(line: &[u8]) -> Option<i64> {
    let digits = line.strip_prefix(b"#").filter(|digits| digits.iter().all(u8::is_ascii_digit))?;
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// The last entries of a history file, with their times, within the bytes that a history may have.
fn last_lines(text: &[u8], lines_max: usize) -> &[u8] {
    let mut start = text.len();
    let mut entries = 0;
    for line in text.split_inclusive(|&byte| byte == b'\n').rev() {
        let is_stamp = time_stamp(line.strip_suffix(b"\n").unwrap_or(line)).is_some();
        entries += usize::from(!is_stamp);
        if entries > lines_max || text.len() - start + line.len() > HISTORY_BYTES_MAX {
            break;
        }
        start -= line.len();
    }
    text.get(start..).unwrap_or_default()
}

/// What joins a command's line with the next one in its one entry: a blank where the grammar lets no `;` stand,
/// a newline within quotes and here-documents.
pub(super) fn joint(entry: &[u8]) -> &'static [u8] {
    let mut quote = None;
    let mut bytes = entry.iter();
    while let Some(&byte) = bytes.next() {
        match (byte, quote) {
            (b'\\', None | Some(b'"')) => {
                bytes.next();
            }
            (_, Some(end)) => quote = (byte != end).then_some(end),
            (b'\'' | b'"', None) => quote = Some(byte),
            _ => {}
        }
    }
    if quote.is_some() || bstr::ByteSlice::contains_str(entry, "<<") {
        return b"\n";
    }
    let trimmed = entry.trim_ascii_end();
    let last = trimmed.rsplit(|byte| byte.is_ascii_whitespace() || *byte == b';').next().unwrap_or_default();
    let opens =
        matches!(last, b"do" | b"then" | b"else" | b"elif" | b"if" | b"while" | b"until" | b"in" | b"!");
    if opens || trimmed.last().is_some_and(|byte| b";&|{(".contains(byte)) || trimmed.ends_with(b")") {
        return b" ";
    }
    b"; "
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joints() {
        let check = |entry: &[u8], expected: &[u8]| assert_eq!(joint(entry), expected);
        check(b"for i in 1 2", b"; ");
        check(b"for i in 1 2; do", b" ");
        check(b"echo 'a", b"\n");
        check(b"cat <<E", b"\n");
        check(b"a &&", b" ");
        check(b"f() {", b" ");
        check(b"case x in", b" ");
    }

    #[test]
    fn files_are_cut_at_their_start() {
        assert_eq!(last_lines(b"a\n#1\nb\nc\n", 2), b"#1\nb\nc\n");
        assert_eq!(last_lines(b"a\n", 0), b"");
        assert_eq!(last_lines(b"a\nb\n", 5), b"a\nb\n");
    }
}
