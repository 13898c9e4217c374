//! A Rust file as tokens: without comments, literals and what is compiled only for tests.

use std::collections::BTreeSet;

/// A file of core.
pub struct Source {
    /// The file, from the top of the project.
    pub path: String,
    /// Its module, from the crate's root; empty for `lib.rs`.
    pub module: Vec<String>,
    /// Its words and punctuation.
    pub tokens: Vec<Token>,
}

/// A word or a punctuation mark; `::` is one mark.
#[derive(Clone, PartialEq, Debug)]
pub struct Token {
    /// Its text; raw identifiers without `r#`.
    pub text: String,
    /// Its line, from 1.
    pub line: usize,
}

const CORE: &str = "core/src/";

/// The files of core that are not only for tests.
pub fn of_core(files: &[(String, String)]) -> Vec<Source> {
    let mut tests = BTreeSet::new();
    let mut sources = Vec::new();
    for (path, text) in files {
        let Some(inner) = path.strip_prefix(CORE).and_then(|inner| inner.strip_suffix(".rs")) else {
            continue;
        };
        let mut module: Vec<String> = inner.split('/').map(String::from).collect();
        module.pop_if(|last| last == "mod" || inner == "lib");
        let tokens = without_tests(tokens(text), &module, &mut tests);
        sources.push(Source { path: path.clone(), module, tokens });
    }
    sources.retain(|source| (1..=source.module.len()).all(|depth| !tests.contains(&source.module[..depth])));
    sources
}

/// Splits a text into words and marks.
fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let (mut tokens, mut index, mut line) = (Vec::new(), 0, 1);
    while index < chars.len() {
        let start = index;
        match at(index) {
            '/' if at(index + 1) == '/' => {
                while index < chars.len() && at(index) != '\n' {
                    index += 1;
                }
            }
            '/' if at(index + 1) == '*' => {
                let mut depth = 0;
                loop {
                    match (at(index), at(index + 1)) {
                        ('/', '*') => (depth, index) = (depth + 1, index + 2),
                        ('*', '/') => (depth, index) = (depth - 1, index + 2),
                        _ => index += 1,
                    }
                    if depth == 0 || index >= chars.len() {
                        break;
                    }
                }
            }
            '"' => index = string_end(&chars, index + 1),
            'b' | 'c' if at(index + 1) == '"' => index = string_end(&chars, index + 2),
            'r' | 'b' | 'c' if raw_string(&chars, index).is_some() => {
                index = raw_string(&chars, index).unwrap_or(chars.len());
            }
            'b' if at(index + 1) == '\'' => index = char_end(&chars, index + 2),
            // A lifetime has no quote after its first character.
            '\'' if at(index + 1) == '\\' || at(index + 2) == '\'' => index = char_end(&chars, index + 1),
            'r' if at(index + 1) == '#' && is_word(at(index + 2)) => index += 2,
            c if is_word(c) => {
                while is_word(at(index)) {
                    index += 1;
                }
                tokens.push(Token { text: chars[start..index].iter().collect(), line });
            }
            ':' if at(index + 1) == ':' => {
                index += 2;
                tokens.push(Token { text: "::".to_string(), line });
            }
            c => {
                index += 1;
                if !c.is_whitespace() {
                    tokens.push(Token { text: c.to_string(), line });
                }
            }
        }
        line += chars[start..index.min(chars.len())].iter().filter(|c| **c == '\n').count();
    }
    tokens
}

fn string_end(chars: &[char], mut index: usize) -> usize {
    while index < chars.len() && chars[index] != '"' {
        index += if chars[index] == '\\' { 2 } else { 1 };
    }
    index + 1
}

fn char_end(chars: &[char], mut index: usize) -> usize {
    while index < chars.len() && chars[index] != '\'' {
        index += if chars[index] == '\\' { 2 } else { 1 };
    }
    index + 1
}

/// Where the raw string that begins here ends.
fn raw_string(chars: &[char], start: usize) -> Option<usize> {
    let prefix = chars[start..].iter().take_while(|c| matches!(c, 'r' | 'b' | 'c')).count();
    if !chars[start..start + prefix].contains(&'r') {
        return None;
    }
    let hashes = chars[start + prefix..].iter().take_while(|c| **c == '#').count();
    let open = start + prefix + hashes;
    if chars.get(open) != Some(&'"') {
        return None;
    }
    let is_end = |index: &usize| {
        chars[*index] == '"' && chars[index + 1..].iter().take_while(|c| **c == '#').count() >= hashes
    };
    (open + 1..chars.len()).find(is_end).map(|quote| quote + 1 + hashes)
}

/// Drops items under `#[cfg(test)]`. A module of tests in a file of its own goes into `tests`.
fn without_tests(tokens: Vec<Token>, module: &[String], tests: &mut BTreeSet<Vec<String>>) -> Vec<Token> {
    let text = |index: usize| tokens.get(index).map_or("", |token| token.text.as_str());
    let mut kept = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let is_test =
            ["#", "[", "cfg", "(", "test", ")", "]"].iter().enumerate().all(|(n, t)| text(index + n) == *t);
        if !is_test {
            kept.push(tokens[index].clone());
            index += 1;
            continue;
        }
        // The item ends at a semicolon or with its braces.
        let (mut depth, start) = (0, index);
        while index < tokens.len() {
            match text(index) {
                "{" | "(" | "[" => depth += 1,
                "}" | ")" | "]" => depth -= 1,
                ";" if depth == 0 => {
                    if text(index - 2) == "mod" {
                        tests.insert([module, &[text(index - 1).to_string()]].concat());
                    }
                    break;
                }
                _ => {}
            }
            if depth == 0 && text(index) == "}" && index > start {
                break;
            }
            index += 1;
        }
        index += 1;
    }
    kept
}
