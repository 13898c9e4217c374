//! The text of spec files: parsed with errors that name file and line, printed in one canonical form.

use bstr::ByteSlice;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// One spec file.
#[derive(Clone, PartialEq, Debug)]
pub struct SpecFile {
    /// Where it was read from.
    pub path: PathBuf,
    /// The lines above the first case, as they are.
    pub header: String,
    /// The name under which the shell is started: `bash` or `sh`.
    pub shell: String,
    /// Programs besides bash and coreutils that the real side needs.
    pub needs: Vec<String>,
    /// The cases in their order.
    pub cases: Vec<Case>,
}

/// One case of a spec file.
#[derive(Clone, PartialEq, Debug)]
pub struct Case {
    /// What the case shows; unique in its file.
    pub name: String,
    /// The line of the file on which it begins, from 1.
    pub line: usize,
    /// The script.
    pub code: String,
    /// What the script reads on its standard input.
    pub stdin: Vec<u8>,
    /// What the real shell does; `None` until it has been recorded.
    pub expected: Option<Expectation>,
    /// Why and how this project differs on purpose.
    pub differs: Option<Difference>,
}

/// What a case has to do.
#[derive(Clone, PartialEq, Debug)]
pub struct Expectation {
    /// The exit status; 128 and the number for a signal.
    pub status: u8,
    /// All of the standard output.
    pub stdout: Vec<u8>,
    /// The standard error.
    pub stderr: Stderr,
}

/// What is expected on the standard error.
#[derive(Clone, PartialEq, Debug)]
pub enum Stderr {
    /// These bytes.
    Exactly(Vec<u8>),
    /// At least one byte.
    Some,
}

/// A deliberate difference from the real shell.
#[derive(Clone, PartialEq, Debug)]
pub struct Difference {
    /// Why.
    pub reason: String,
    /// What this project does instead.
    pub ours: Expectation,
}

/// The directives of one case as they were read, before they are judged.
#[derive(Default)]
struct Directives {
    found: BTreeMap<String, (usize, Vec<u8>)>,
}

const CASE_MARK: &str = "#### ";
const DIRECTIVE_MARK: &str = "## ";
const END_MARK: &str = "## END";

impl SpecFile {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// `path:line: what is wrong`.
    pub fn parse(path: &Path, text: &str) -> Result<SpecFile, String> {
        let at = |line: usize, what: &str| format!("{}:{line}: {what}", path.display());
        let mut file = SpecFile {
            path: path.to_path_buf(),
            header: String::new(),
            shell: "bash".to_string(),
            needs: Vec::new(),
            cases: Vec::new(),
        };
        let mut lines = text.lines().enumerate().map(|(index, line)| (index + 1, line)).peekable();
        while let Some((number, line)) = lines.next_if(|(_, line)| !line.starts_with(CASE_MARK)) {
            file.header_line(line).map_err(|what| at(number, &what))?;
        }
        while let Some((number, line)) = lines.next() {
            let mut body = Vec::new();
            while let Some((_, line)) = lines.next_if(|(_, line)| !line.starts_with(CASE_MARK)) {
                body.push(line);
            }
            let name = line[CASE_MARK.len()..].trim();
            let case = parse_case(name, number, &body).map_err(|(line, what)| at(line, &what))?;
            if let Some(first) = file.cases.iter().find(|first| first.name == case.name) {
                return Err(at(
                    number,
                    &format!("a second case '{name}', the first is on line {}", first.line),
                ));
            }
            file.cases.push(case);
        }
        if file.cases.is_empty() {
            return Err(at(1, "no case in this file"));
        }
        Ok(file)
    }

    fn header_line(&mut self, line: &str) -> Result<(), String> {
        if let Some(directive) = line.strip_prefix(DIRECTIVE_MARK) {
            match directive.split_once(": ") {
                Some(("shell", shell @ ("bash" | "sh"))) => self.shell = shell.to_string(),
                Some(("shell", other)) => return Err(format!("the shell is bash or sh, not '{other}'")),
                Some(("needs", program)) => self.needs.push(program.to_string()),
                _ => return Err(format!("'{line}' cannot stand in a file's header")),
            }
        } else if !line.is_empty() && !line.starts_with("# ") && line != "#" {
            return Err("code before the first case".to_string());
        }
        self.header.push_str(line);
        self.header.push('\n');
        Ok(())
    }

    /// The canonical text of the file.
    #[must_use]
    pub fn print(&self) -> String {
        let mut text = String::new();
        let header = self.header.trim_end();
        if !header.is_empty() {
            text.push_str(header);
            text.push_str("\n\n");
        }
        for (index, case) in self.cases.iter().enumerate() {
            if index > 0 {
                text.push('\n');
            }
            case.print(&mut text);
        }
        text
    }
}

impl Case {
    /// What this project has to do: the same as the real shell unless the case says otherwise.
    #[must_use]
    pub fn expected_of_ours(&self) -> Option<&Expectation> {
        self.differs.as_ref().map(|difference| &difference.ours).or(self.expected.as_ref())
    }

    fn print(&self, text: &mut String) {
        let _ = writeln!(text, "{CASE_MARK}{}\n{}", self.name, self.code);
        if !self.stdin.is_empty() {
            print_bytes(text, "stdin", &self.stdin);
        }
        let Some(expected) = &self.expected else { return };
        print_expectation(text, "", expected);
        if let Some(difference) = &self.differs {
            let _ = writeln!(text, "## differs: {}", difference.reason);
            print_expectation(text, "our ", &difference.ours);
        }
    }
}

fn print_expectation(text: &mut String, prefix: &str, expected: &Expectation) {
    if expected.status != 0 || expected.stdout.is_empty() {
        let _ = writeln!(text, "## {prefix}status: {}", expected.status);
    }
    if !expected.stdout.is_empty() || !prefix.is_empty() {
        print_bytes(text, &format!("{prefix}stdout"), &expected.stdout);
    }
    match &expected.stderr {
        Stderr::Some => {
            let _ = writeln!(text, "## {prefix}stderr-some");
        }
        Stderr::Exactly(bytes) if bytes.is_empty() => {}
        Stderr::Exactly(bytes) => print_bytes(text, &format!("{prefix}stderr"), bytes),
    }
}

/// Prints bytes in the plainest of the three forms that shows all of them.
fn print_bytes(text: &mut String, key: &str, bytes: &[u8]) {
    let plain = bytes.to_str().ok().and_then(|plain| plain.strip_suffix('\n')).filter(|plain| {
        plain.split('\n').all(|line| line.trim_end() == line && line != END_MARK)
            && !plain.contains(|c: char| c.is_control() && c != '\n' && c != '\t')
    });
    match plain {
        Some(line) if !line.contains('\n') && line.trim() == line && !line.is_empty() => {
            let _ = writeln!(text, "## {key}: {line}");
        }
        Some(block) => {
            let _ = writeln!(text, "## {}:\n{block}\n{END_MARK}", key.to_uppercase());
        }
        None => {
            let _ = writeln!(text, "## {key}-json: {}", quote(bytes));
        }
    }
}

/// A JSON string; a byte that is not UTF-8 becomes `\xHH`, which is not JSON's.
fn quote(bytes: &[u8]) -> String {
    let mut text = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '"' => text.push_str("\\\""),
                '\\' => text.push_str("\\\\"),
                '\n' => text.push_str("\\n"),
                '\r' => text.push_str("\\r"),
                '\t' => text.push_str("\\t"),
                c if c.is_control() => {
                    let _ = write!(text, "\\u{:04x}", u32::from(c));
                }
                c => text.push(c),
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(text, "\\x{byte:02x}");
        }
    }
    text.push('"');
    text
}

fn unquote(text: &str) -> Result<Vec<u8>, String> {
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let inner = inner.ok_or("a string in double quotes is needed")?;
    let mut bytes = Vec::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        if c == '"' {
            return Err("a quote inside the string needs a backslash".to_string());
        }
        if c != '\\' {
            bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            continue;
        }
        match chars.next() {
            Some(c @ ('"' | '\\' | '/')) => bytes.push(c as u8),
            Some('n') => bytes.push(b'\n'),
            Some('r') => bytes.push(b'\r'),
            Some('t') => bytes.push(b'\t'),
            Some('b') => bytes.push(8),
            Some('f') => bytes.push(12),
            Some('x') => {
                let code = hex(&mut chars, 2)?;
                bytes.push(u8::try_from(code).unwrap_or(u8::MAX));
            }
            Some('u') => {
                let code = hex(&mut chars, 4)?;
                let c = char::from_u32(code).ok_or("half of a surrogate pair")?;
                bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            }
            _ => return Err("unknown escape in the string".to_string()),
        }
    }
    Ok(bytes)
}

fn hex(chars: &mut std::str::Chars, digits: usize) -> Result<u32, String> {
    let code: String = chars.by_ref().take(digits).collect();
    if code.len() != digits {
        return Err("the string ends within an escape".to_string());
    }
    u32::from_str_radix(&code, 16).map_err(|_| format!("'{code}' is not hexadecimal"))
}

/// Reads the lines of a case: code, then directives. Errors carry their line.
fn parse_case(name: &str, line: usize, body: &[&str]) -> Result<Case, (usize, String)> {
    let split = body.iter().position(|line| line.starts_with(DIRECTIVE_MARK)).unwrap_or(body.len());
    let (code, directives) = body.split_at(split);
    let code = code.join("\n").trim_end_matches('\n').to_string();
    if name.is_empty() {
        return Err((line, "a case without a name".to_string()));
    }
    if code.trim().is_empty() {
        return Err((line, format!("case '{name}' has no code")));
    }
    let mut found = Directives::read(line + 1 + split, directives)?;
    let stdin = found.bytes("stdin").unwrap_or_default();
    let expected = found.expectation("", None)?;
    let reason = found.bytes("differs").map(|reason| reason.trim_ascii_end().to_str_lossy().into_owned());
    let ours = found.expectation("our ", expected.as_ref())?;
    if let Some((key, (line, _))) = found.found.into_iter().next() {
        return Err((line, format!("unknown directive '{}'", key.trim())));
    }
    let differs = match (reason, ours) {
        (Some(reason), Some(ours)) => Some(Difference { reason, ours }),
        (None, None) => None,
        (Some(_), None) => {
            return Err((line, format!("case '{name}' differs, but does not say how (## our …)")));
        }
        (None, Some(_)) => {
            return Err((line, format!("case '{name}' has '## our …' without '## differs: REASON'")));
        }
    };
    Ok(Case { name: name.to_string(), line, code, stdin, expected, differs })
}

impl Directives {
    fn read(first_line: usize, lines: &[&str]) -> Result<Directives, (usize, String)> {
        let mut read = Directives::default();
        let mut lines = lines.iter().enumerate().map(|(index, line)| (first_line + index, *line));
        while let Some((number, line)) = lines.next() {
            if line.is_empty() {
                continue;
            }
            let directive = line
                .strip_prefix(DIRECTIVE_MARK)
                .ok_or_else(|| (number, "code after the case's first directive".to_string()))?;
            let (key, value) = if let Some((key, value)) = directive.split_once(": ") {
                match key.strip_suffix("-json") {
                    Some(key) => (key.to_string(), unquote(value.trim()).map_err(|what| (number, what))?),
                    None => (key.to_string(), format!("{value}\n").into_bytes()),
                }
            } else if let Some(key) = directive.strip_suffix(':') {
                let mut block = Vec::new();
                loop {
                    match lines.next() {
                        Some((_, END_MARK)) => break,
                        Some((_, line)) => block.extend_from_slice(format!("{line}\n").as_bytes()),
                        None => return Err((number, format!("'{line}' has no '{END_MARK}'"))),
                    }
                }
                (key.to_lowercase(), block)
            } else {
                (directive.to_string(), Vec::new())
            };
            if read.found.insert(key.clone(), (number, value)).is_some() {
                return Err((number, format!("a second '{key}' in this case")));
            }
        }
        Ok(read)
    }

    fn bytes(&mut self, key: &str) -> Option<Vec<u8>> {
        self.found.remove(key).map(|(_, bytes)| bytes)
    }

    /// The expectation under a prefix. What is not written is `base`'s, or status 0 and silence.
    fn expectation(
        &mut self,
        prefix: &str,
        base: Option<&Expectation>,
    ) -> Result<Option<Expectation>, (usize, String)> {
        let status = match self.found.remove(&format!("{prefix}status")) {
            None => None,
            Some((line, text)) => {
                let text = text.trim_ascii().to_str_lossy();
                let status = text.parse::<u8>();
                Some(status.map_err(|_| (line, format!("'{text}' is not a status from 0 to 255")))?)
            }
        };
        let stdout = self.bytes(&format!("{prefix}stdout"));
        let some = self.bytes(&format!("{prefix}stderr-some"));
        let stderr =
            self.bytes(&format!("{prefix}stderr")).map(Stderr::Exactly).or(some.map(|_| Stderr::Some));
        if status.is_none() && stdout.is_none() && stderr.is_none() {
            return Ok(None);
        }
        Ok(Some(Expectation {
            status: status.or(base.map(|base| base.status)).unwrap_or(0),
            stdout: stdout.or_else(|| base.map(|base| base.stdout.clone())).unwrap_or_default(),
            stderr: stderr
                .or_else(|| base.map(|base| base.stderr.clone()))
                .unwrap_or(Stderr::Exactly(Vec::new())),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<SpecFile, String> {
        SpecFile::parse(Path::new("x.test.sh"), text)
    }

    /// The canonical text of a file is itself.
    fn check_round_trip(text: &str) {
        assert_eq!(parse(text).unwrap().print(), text);
    }

    fn check_error(text: &str, error: &str) {
        assert_eq!(parse(text).unwrap_err(), format!("x.test.sh:{error}"));
    }

    #[test]
    fn canonical_text_is_printed_as_it_was_read() {
        check_round_trip("#### one\necho a\n## stdout: a\n");
        check_round_trip("## shell: sh\n## needs: grep\n# about\n\n#### one\ntrue\n## status: 0\n");
        check_round_trip("#### a\nx\n## STDOUT:\na\nb\n## END\n\n#### b\ny\n## stdin: in\n## stdout: c\n");
        check_round_trip("#### a\nx\n## STDOUT:\n\n## END\n");
        check_round_trip("#### a\nx\n## STDOUT:\n  indented\n## END\n");
        check_round_trip("#### a\nx\n## stdout-json: \"no newline\"\n## stderr: oh\n");
        check_round_trip("#### a\nx\n## stdout-json: \"\\xff\\u0000\\\\\\\"é\\r\\n\"\n");
        check_round_trip("#### a\nx\n## status: 1\n## STDERR:\na\nb\n## END\n");
        check_round_trip("#### a\nx\n## status: 2\n## stderr-some\n");
        check_round_trip("#### a\nx\n## stdout: b\n## differs: a reason\n## our stdout: c\n");
    }

    #[test]
    fn a_difference_takes_the_rest_from_the_real_expectation() {
        let file =
            parse("#### a\nx\n## status: 3\n## stdout: b\n## differs: why\n## our stdout: c\n").unwrap();
        let ours = file.cases[0].expected_of_ours().unwrap();
        assert_eq!((ours.status, ours.stdout.as_slice()), (3, &b"c\n"[..]));
    }

    #[test]
    fn a_case_that_was_never_recorded_has_no_expectation() {
        assert_eq!(parse("#### a\nx\n## stdin: y\n").unwrap().cases[0].expected, None);
    }

    #[test]
    fn errors_name_their_line() {
        check_error("", "1: no case in this file");
        check_error("# only a comment\n", "1: no case in this file");
        check_error("echo\n#### a\nx\n", "1: code before the first case");
        check_error("## shell: zsh\n#### a\nx\n", "1: the shell is bash or sh, not 'zsh'");
        check_error("#### a\nx\n#### a\ny\n", "3: a second case 'a', the first is on line 1");
        check_error("#### a\n\n#### b\ny\n", "1: case 'a' has no code");
        check_error("#### a\nx\n## status: 256\n", "3: '256' is not a status from 0 to 255");
        check_error("#### a\nx\n## stdot: y\n", "3: unknown directive 'stdot'");
        check_error("#### a\nx\n## STDOUT:\ny\n", "3: '## STDOUT:' has no '## END'");
        check_error("#### a\nx\n## status: 1\ny\n", "4: code after the case's first directive");
        check_error("#### a\nx\n## stdout: 1\n## STDOUT:\n1\n## END\n", "4: a second 'stdout' in this case");
        check_error("#### a\nx\n## stdout-json: y\n", "3: a string in double quotes is needed");
        check_error(
            "#### a\nx\n## our status: 1\n",
            "1: case 'a' has '## our …' without '## differs: REASON'",
        );
        check_error("#### a\nx\n## differs: y\n", "1: case 'a' differs, but does not say how (## our …)");
    }
}
