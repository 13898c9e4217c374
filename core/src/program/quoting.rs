//! The ways in which GNU programs write file names: `ls --quoting-style`, and the quotes of messages.

use bstr::ByteSlice;

/// A value of `--quoting-style`. `locale` and `clocale` are the same in a UTF-8 locale.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum QuotingStyle {
    /// As it is.
    Literal,
    /// In single quotes where a shell would take it apart.
    Shell,
    /// Always in single quotes.
    ShellAlways,
    /// As `Shell`, with `$'\n'` for what does not print.
    ShellEscape,
    /// As `ShellAlways`, with `$'\n'` for what does not print.
    ShellEscapeAlways,
    /// As a string of C.
    C,
    /// With the backslashes of C, without its quotes.
    Escape,
    /// As `C`, in the quotes of the language.
    Locale,
}

impl QuotingStyle {
    /// The words of the option, with what each means.
    pub const WORDS: [(&'static str, QuotingStyle); 9] = [
        ("literal", QuotingStyle::Literal),
        ("shell", QuotingStyle::Shell),
        ("shell-always", QuotingStyle::ShellAlways),
        ("shell-escape", QuotingStyle::ShellEscape),
        ("shell-escape-always", QuotingStyle::ShellEscapeAlways),
        ("c", QuotingStyle::C),
        ("escape", QuotingStyle::Escape),
        ("locale", QuotingStyle::Locale),
        ("clocale", QuotingStyle::Locale),
    ];

    /// A name in this style.
    #[must_use]
    pub fn quote(self, name: &[u8]) -> Vec<u8> {
        match self {
            QuotingStyle::Literal => name.to_vec(),
            QuotingStyle::Shell if !is_special(name) => name.to_vec(),
            QuotingStyle::Shell | QuotingStyle::ShellAlways => shell_quote(name),
            QuotingStyle::ShellEscape if !is_special(name) && is_printable(name) => name.to_vec(),
            QuotingStyle::ShellEscape | QuotingStyle::ShellEscapeAlways => quote(name),
            QuotingStyle::C => [b"\"", &backslashed(name, b"\"")[..], b"\""].concat(),
            QuotingStyle::Escape => backslashed(name, b" "),
            QuotingStyle::Locale => quote_locale(name),
        }
    }
}

/// A word in the curved quotes of messages: `‘x’`.
#[must_use]
pub fn quote_locale(word: &[u8]) -> Vec<u8> {
    ["‘".as_bytes(), &backslashed(word, b""), "’".as_bytes()].concat()
}

/// A name in the quotes of GNU's messages (the C locale's): `'x'`, and as a shell would take it where it
/// holds quotes or bytes that do not print.
#[must_use]
pub fn quote(name: &[u8]) -> Vec<u8> {
    let printable = is_printable(name);
    if printable && !name.contains(&b'\'') {
        return [b"'", name, b"'"].concat();
    }
    if printable && !name.iter().any(|byte| b"\"`$\\!".contains(byte)) {
        return [b"\"", name, b"\""].concat();
    }
    let mut quoted = vec![b'\''];
    let mut escaping = false;
    let plain = |quoted: &mut Vec<u8>, escaping: &mut bool| {
        if std::mem::take(escaping) {
            quoted.extend_from_slice(b"''");
        }
    };
    for chunk in name.utf8_chunks() {
        for character in chunk.valid().chars() {
            if character.is_control() {
                let mut utf8 = [0; 4];
                for &byte in character.encode_utf8(&mut utf8).as_bytes() {
                    escape(&mut quoted, &mut escaping, byte);
                }
            } else if character == '\'' {
                plain(&mut quoted, &mut escaping);
                quoted.extend_from_slice(b"'\\''");
            } else {
                plain(&mut quoted, &mut escaping);
                let mut utf8 = [0; 4];
                quoted.extend_from_slice(character.encode_utf8(&mut utf8).as_bytes());
            }
        }
        for &byte in chunk.invalid() {
            escape(&mut quoted, &mut escaping, byte);
        }
    }
    quoted.push(b'\'');
    quoted
}

/// A byte as `'$'\n''` shows it.
fn escape(quoted: &mut Vec<u8>, escaping: &mut bool, byte: u8) {
    if !std::mem::replace(escaping, true) {
        quoted.extend_from_slice(b"'$'");
    }
    put_escape(quoted, byte);
}

/// A byte that does not print as an escape of C.
fn put_escape(shown: &mut Vec<u8>, byte: u8) {
    let letter = match byte {
        7 => b'a',
        8 => b'b',
        9 => b't',
        10 => b'n',
        11 => b'v',
        12 => b'f',
        13 => b'r',
        _ => return shown.extend_from_slice(format!("\\{byte:03o}").as_bytes()),
    };
    shown.extend_from_slice(&[b'\\', letter]);
}

/// Whether every character prints. What is not UTF-8 does not.
#[must_use]
pub fn is_printable(name: &[u8]) -> bool {
    name.utf8_chunks().all(|chunk| chunk.invalid().is_empty() && !chunk.valid().chars().any(char::is_control))
}

/// A name with `?` for every character that does not print.
#[must_use]
pub fn question_marks(name: &[u8]) -> Vec<u8> {
    let mut shown = Vec::with_capacity(name.len());
    for chunk in name.utf8_chunks() {
        for character in chunk.valid().chars() {
            let character = if character.is_control() { '?' } else { character };
            shown.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
        shown.extend(chunk.invalid().iter().map(|_| b'?'));
    }
    shown
}

/// Whether a shell would not take the name as one plain word.
fn is_special(name: &[u8]) -> bool {
    match name {
        [] | [b'#' | b'~', ..] | [b'{' | b'}'] => true,
        _ => name.iter().any(|byte| b"\t\n !\"$&'()*;<=>?[\\^`|".contains(byte)),
    }
}

fn shell_quote(name: &[u8]) -> Vec<u8> {
    if name.contains(&b'\'') && !name.iter().any(|byte| b"\"`$\\!".contains(byte)) {
        return [b"\"", name, b"\""].concat();
    }
    [b"'", &name.replace("'", "'\\''")[..], b"'"].concat()
}

/// With the backslashes of C before `further` and backslashes, and for what does not print.
fn backslashed(name: &[u8], further: &[u8]) -> Vec<u8> {
    let mut shown = Vec::with_capacity(name.len());
    for chunk in name.utf8_chunks() {
        for character in chunk.valid().chars() {
            let mut utf8 = [0; 4];
            let bytes = character.encode_utf8(&mut utf8).as_bytes();
            if character.is_control() {
                bytes.iter().for_each(|&byte| put_escape(&mut shown, byte));
                continue;
            }
            if character == '\\' || bytes.iter().all(|byte| further.contains(byte)) {
                shown.push(b'\\');
            }
            shown.extend_from_slice(bytes);
        }
        chunk.invalid().iter().for_each(|&byte| put_escape(&mut shown, byte));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name in the styles of `ls`, in the order of `QuotingStyle::WORDS`, apart by ` | `.
    fn check(name: &[u8], expected: &str) {
        let shown: Vec<String> = QuotingStyle::WORDS
            .iter()
            .map(|(_, style)| String::from_utf8_lossy(&style.quote(name)).into_owned())
            .collect();
        assert_eq!(shown.join(" | "), expected);
    }

    #[test]
    fn names_are_quoted_as_ls_does() {
        check(b"a", "a | a | 'a' | a | 'a' | \"a\" | a | ‘a’ | ‘a’");
        check(b"a b", "a b | 'a b' | 'a b' | 'a b' | 'a b' | \"a b\" | a\\ b | ‘a b’ | ‘a b’");
        check(
            b"a'b c",
            "a'b c | \"a'b c\" | \"a'b c\" | \"a'b c\" | \"a'b c\" | \"a'b c\" | a'b\\ c | ‘a'b c’ | ‘a'b c’",
        );
        check(
            b"it's $x",
            "it's $x | 'it'\\''s $x' | 'it'\\''s $x' | 'it'\\''s $x' | 'it'\\''s $x' | \"it's $x\" | it's\\ $x | \
             ‘it's $x’ | ‘it's $x’",
        );
        check(
            b"a\n1",
            "a\n1 | 'a\n1' | 'a\n1' | 'a'$'\\n''1' | 'a'$'\\n''1' | \"a\\n1\" | a\\n1 | ‘a\\n1’ | ‘a\\n1’",
        );
        check(
            b"\x01x",
            "\x01x | \x01x | '\x01x' | ''$'\\001''x' | ''$'\\001''x' | \"\\001x\" | \\001x | ‘\\001x’ | ‘\\001x’",
        );
        check(b"#", "# | '#' | '#' | '#' | '#' | \"#\" | # | ‘#’ | ‘#’");
        check(b"a#", "a# | a# | 'a#' | a# | 'a#' | \"a#\" | a# | ‘a#’ | ‘a#’");
        check(b"{", "{ | '{' | '{' | '{' | '{' | \"{\" | { | ‘{’ | ‘{’");
        check(b"\\", "\\ | '\\' | '\\' | '\\' | '\\' | \"\\\\\" | \\\\ | ‘\\\\’ | ‘\\\\’");
    }

    #[test]
    fn what_does_not_print_is_a_question_mark() {
        assert_eq!(question_marks(b"t\tb\xc3\xa9\xff"), "t?bé?".as_bytes());
    }
}
