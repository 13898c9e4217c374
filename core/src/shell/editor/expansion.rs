//! History expansion: `!!`, `!$`, `!ls:s/a/b/` and their kin in a line that was typed.
//! <https://www.gnu.org/software/bash/manual/html_node/History-Interaction.html>

use bstr::ByteSlice;

use super::History;
use super::words;
use crate::abi::limits::EDITOR_LINE_BYTES_MAX;

/// What has become of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Expanded {
    /// There was nothing to expand.
    Unchanged,
    /// To be shown and run.
    Run(Vec<u8>),
    /// To be shown and remembered (`:p`).
    Print(Vec<u8>),
    /// What is wrong, for a message.
    Wrong(Vec<u8>),
}

/// Expands the designators of a line from the history.
#[must_use]
pub fn expand(line: &[u8], history: &History) -> Expanded {
    let mut expansion = Expansion { line, at: 0, out: Vec::new(), only_print: false, history };
    let is_changed = match line.strip_prefix(b"^") {
        Some(rest) => expansion.quick_substitution(rest).map(|()| true),
        None => expansion.whole_line(),
    };
    match is_changed {
        Err(message) => Expanded::Wrong(message),
        Ok(false) => Expanded::Unchanged,
        Ok(true) if expansion.out.len() > EDITOR_LINE_BYTES_MAX => Expanded::Wrong(b"line too long".to_vec()),
        Ok(true) if expansion.only_print => Expanded::Print(expansion.out),
        Ok(true) => Expanded::Run(expansion.out),
    }
}

struct Expansion<'a> {
    line: &'a [u8],
    at: usize,
    out: Vec<u8>,
    only_print: bool,
    history: &'a History,
}

/// What follows an exclamation mark that means itself.
const PLAIN_BEFORE: &[u8] = b" \t\n\r=";
/// What ends the name of an event.
const EVENT_END: &[u8] = b" \t\n:;&()|<>^$*-";

impl<'a> Expansion<'a> {
    fn rest(&self) -> &'a [u8] {
        self.line.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.rest().first().copied()
    }

    fn take_if(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    /// `^old^new^`: the line before, with one replacement.
    fn quick_substitution(&mut self, rest: &[u8]) -> Result<(), Vec<u8>> {
        let mut parts = rest.splitn(3, |&byte| byte == b'^');
        let [old, new, after] = [(); 3].map(|()| parts.next().unwrap_or_default());
        let line = self.event(self.history.next_number().checked_sub(1), b"^")?;
        let Some(at) = line.find(old).filter(|_| !old.is_empty()) else {
            let shown = self.line.strip_suffix(b"^").unwrap_or(self.line);
            return Err([b":s", shown, b": substitution failed"].concat());
        };
        let (before, behind) = line.split_at(at);
        self.out = [before, new, behind.get(old.len()..).unwrap_or_default(), after].concat();
        Ok(())
    }

    /// Copies the line with its designators expanded; whether there were any.
    fn whole_line(&mut self) -> Result<bool, Vec<u8>> {
        let mut is_changed = false;
        let mut is_quoted = false;
        let mut before = 0;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'\\' => {
                    self.out.push(byte);
                    self.out.extend(self.peek());
                    self.at += 1;
                }
                b'\'' if !is_quoted => {
                    let len = self.rest().find_byte(b'\'').map_or(self.rest().len(), |end| end + 1);
                    self.out.push(byte);
                    self.out.extend_from_slice(self.rest().get(..len).unwrap_or_default());
                    self.at += len;
                }
                b'!' if self.is_designator(before, is_quoted) => {
                    let words = self.designator(is_quoted)?;
                    self.out.extend_from_slice(&words);
                    is_changed = true;
                }
                _ => {
                    is_quoted ^= byte == b'"';
                    self.out.push(byte);
                }
            }
            before = byte;
        }
        Ok(is_changed)
    }

    /// Whether the exclamation mark before the place means history: not so `! cmd`, `a!=b`, `$!`, `${!v}`, `[!a]`.
    fn is_designator(&self, before: u8, is_quoted: bool) -> bool {
        let Some(next) = self.peek() else { return false };
        let is_in_brackets = before == b'[' && self.rest().contains(&b']');
        let is_parameter = before == b'$' || (before == b'{' && self.out.ends_with(b"${"));
        !PLAIN_BEFORE.contains(&next)
            && !(is_quoted && next == b'"')
            && !is_in_brackets
            && !is_parameter
            && next != b'('
    }

    /// What stands for the designator at the place, which is behind its exclamation mark.
    fn designator(&mut self, is_quoted: bool) -> Result<Vec<u8>, Vec<u8>> {
        let start = self.at - 1;
        let line = self.designated_line(start, is_quoted)?;
        let mut text = self.words_of(line)?;
        while self.peek() == Some(b':') && self.rest().get(1).is_some_and(|byte| b"htrepsg".contains(byte)) {
            self.at += 1;
            text = self.modified(text)?;
        }
        Ok(text)
    }

    /// The line that the event part means.
    fn designated_line(&mut self, start: usize, is_quoted: bool) -> Result<Vec<u8>, Vec<u8>> {
        let last = self.history.next_number().checked_sub(1);
        if self.take_if(b'!') || self.peek().is_some_and(|byte| b":^$*".contains(&byte)) {
            return self.event(last, b"!!");
        }
        if self.take_if(b'#') {
            return Ok(self.out.clone());
        }
        let is_backward = self.take_if(b'-');
        let digits = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits > 0 {
            let number = self.rest().get(..digits).and_then(|text| text.to_str().ok()?.parse::<u64>().ok());
            self.at += digits;
            let shown = self.line.get(start..self.at).unwrap_or_default();
            let number = if is_backward {
                number.and_then(|back| self.history.next_number().checked_sub(back))
            } else {
                number
            };
            return self.event(number, shown);
        }
        if is_backward {
            self.at -= 1;
        }
        let anywhere = self.take_if(b'?');
        let is_end = |byte: u8| match anywhere {
            true => byte == b'?' || byte == b'\n',
            false => EVENT_END.contains(&byte) || (is_quoted && byte == b'"'),
        };
        let len = self.rest().iter().position(|&byte| is_end(byte)).unwrap_or(self.rest().len());
        let name = self.rest().get(..len).unwrap_or_default();
        self.at += len;
        if anywhere {
            self.take_if(b'?');
        }
        let shown = self.line.get(start..self.at).unwrap_or_default();
        let mut entries = self.history.iter().rev();
        let found = entries.find(|(_, line)| match anywhere {
            true => line.contains_str(name),
            false => !name.is_empty() && line.starts_with(name),
        });
        self.event(found.map(|(number, _)| number), shown)
    }

    fn event(&self, number: Option<u64>, shown: &[u8]) -> Result<Vec<u8>, Vec<u8>> {
        let line = number.and_then(|number| self.history.get(number));
        line.map(<[u8]>::to_vec).ok_or_else(|| [shown, b": event not found"].concat())
    }

    /// Those words of a line that the designator asks for; all of it when it asks for none.
    fn words_of(&mut self, line: Vec<u8>) -> Result<Vec<u8>, Vec<u8>> {
        let start = self.at;
        let is_word = |byte: &u8| byte.is_ascii_digit() || b"^$*-".contains(byte);
        match self.rest() {
            [b':', next, ..] if is_word(next) => self.at += 1,
            [b'^' | b'$' | b'*', ..] => {}
            _ => return Ok(line),
        }
        let words = words::split(&line);
        let last = words.len().saturating_sub(1);
        if self.take_if(b'*') {
            return Ok(words.get(1..).unwrap_or_default().join(&b' '));
        }
        let first = if self.peek() == Some(b'-') { 0 } else { self.word_number(last).unwrap_or(0) };
        let end = if self.take_if(b'*') {
            last
        } else if self.take_if(b'-') {
            self.word_number(last).unwrap_or(last.saturating_sub(1))
        } else {
            first
        };
        let wanted = words.get(first..end + 1).or((first == last + 1 && end == last).then_some(&[][..]));
        match wanted {
            Some(words) => Ok(words.join(&b' ')),
            None => {
                let shown = self.line.get(start..self.at).unwrap_or_default();
                Err([shown, b": bad word specifier"].concat())
            }
        }
    }

    fn word_number(&mut self, last: usize) -> Option<usize> {
        if self.take_if(b'^') {
            return Some(1);
        }
        if self.take_if(b'$') {
            return Some(last);
        }
        let digits = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number = self.rest().get(..digits)?.to_str().ok()?.parse().ok();
        self.at += digits;
        // A number that is too large for us is too large for any line.
        if digits > 0 { Some(number.unwrap_or(EDITOR_LINE_BYTES_MAX)) } else { None }
    }

    /// Applies the modifier at the place, which is behind its colon.
    fn modified(&mut self, text: Vec<u8>) -> Result<Vec<u8>, Vec<u8>> {
        let start = self.at - 1;
        let is_global = self.take_if(b'g');
        let letter = self.peek();
        self.at += 1;
        let slash = text.rfind_byte(b'/');
        let dot = text.rfind_byte(b'.').filter(|dot| slash.is_none_or(|slash| slash < *dot));
        Ok(match letter {
            Some(b'h') => slash.and_then(|at| text.get(..at)).unwrap_or(&text).to_vec(),
            Some(b't') => slash.and_then(|at| text.get(at + 1..)).unwrap_or(&text).to_vec(),
            Some(b'r') => dot.and_then(|at| text.get(..at)).unwrap_or(&text).to_vec(),
            Some(b'e') => dot.and_then(|at| text.get(at..)).unwrap_or_default().to_vec(),
            Some(b'p') => {
                self.only_print = true;
                text
            }
            Some(b's') => {
                let delimiter = self.peek().unwrap_or(b'/');
                self.at += 1;
                let old = self.part(delimiter);
                let new = self.part(delimiter);
                if old.is_empty() || !text.contains_str(old) {
                    let shown = self.line.get(start..self.at.min(self.line.len())).unwrap_or_default();
                    let shown = shown.strip_suffix(&[delimiter]).unwrap_or(shown);
                    return Err([shown, b": substitution failed"].concat());
                }
                if is_global { text.replace(old, new) } else { text.replacen(old, new, 1) }
            }
            _ => {
                let shown = self.line.get(start + 1..self.at.min(self.line.len())).unwrap_or_default();
                return Err([shown, b": unrecognized history modifier"].concat());
            }
        })
    }

    /// Text up to a delimiter, which is passed.
    fn part(&mut self, delimiter: u8) -> &'a [u8] {
        let rest = self.rest();
        let len = rest.iter().position(|&byte| byte == delimiter || byte == b'\n').unwrap_or(rest.len());
        self.at += len;
        self.take_if(delimiter);
        rest.get(..len).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The expectations are what bash 5.2 shows with these three lines in its history.
    #[track_caller]
    fn check(line: &str, expected: &str) {
        let mut history = History::new(10);
        for line in ["echo 1 2 3", "echo hi there", "ls /usr/share/doc.gz"] {
            history.add(line.into());
        }
        let (kind, text) = match expand(line.as_bytes(), &history) {
            Expanded::Unchanged => ("", line.as_bytes().to_vec()),
            Expanded::Run(text) => ("run ", text),
            Expanded::Print(text) => ("print ", text),
            Expanded::Wrong(text) => ("wrong ", text),
        };
        assert_eq!(format!("{kind}{}", text.as_bstr()), expected, "{line}");
    }

    #[test]
    fn events() {
        check("sudo !!", "run sudo ls /usr/share/doc.gz");
        check("!1", "run echo 1 2 3");
        check("!-2 x", "run echo hi there x");
        check("!echo;", "run echo hi there;");
        check("!?1 2?", "run echo 1 2 3");
        check("\"it's !echo\"", "run \"it's echo hi there\"");
        check("echo a b !#", "run echo a b echo a b ");
        check("!nosuch x", "wrong !nosuch: event not found");
        check("!99", "wrong !99: event not found");
        check("!?zzz?", "wrong !?zzz?: event not found");
    }

    #[test]
    fn plain_exclamation_marks() {
        for line in ["echo a!", "! true", "a!=b", "echo '!!'", "\"a!\"", "\\!x", "$!", "${!v}", "[!a]", ""] {
            check(line, line);
        }
    }

    #[test]
    fn words_and_modifiers() {
        check("x !$", "run x /usr/share/doc.gz");
        check("x !1^ !1* !1:$", "run x 1 1 2 3 3");
        check("x !1:2 !1:1-2 !1:2* !1:1- !1:-1", "run x 2 1 2 2 3 1 2 echo 1");
        check("x !!:9", "wrong :9: bad word specifier");
        check("x !$:h !$:t !$:r !$:e", "run x /usr/share doc.gz /usr/share/doc .gz");
        check("!1:p", "print echo 1 2 3");
        check("!2:s/hi/ho/", "run echo ho there");
        check("!2:gs/h/H", "run ecHo Hi tHere");
        check("!2:s/zz/y/", "wrong :s/zz/y: substitution failed");
        check("^doc^DOC", "run ls /usr/share/DOC.gz");
        check("^doc^DOC^ x", "run ls /usr/share/DOC.gz x");
        check("^nope^x", "wrong :s^nope^x: substitution failed");
    }
}
