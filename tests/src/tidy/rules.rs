//! The rules that look at one file, and the list of commands.

use super::paths::named;
use super::{Finding, Source};
use std::collections::BTreeSet;

const LINES_MAX: usize = 1200;

/// What the machine must do without: it touches nothing of its host.
const HOST_MODULES: &[&str] = &["env", "fs", "net", "os", "process", "thread", "time"];
/// Pure values that live in those modules.
const HOST_VALUES: &[&str] = &["Duration", "IpAddr", "Ipv4Addr", "Ipv6Addr"];
const HOST_MACROS: &[&str] = &["print", "println", "eprint", "eprintln"];

/// Absolute paths that exist only on the computer where something was written, in two parts so that this
/// file does not contain them.
const COMPUTER_PATHS: &[(&str, &str)] = &[("/wo", "rk/"), ("/root", "/wt")];

const COMMANDS: &str = "core/src/commands/";

/// The rules about a file's text.
pub fn text(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut tell = |line: usize, what: String| findings.push(Finding { path: path.to_string(), line, what });
    if path.ends_with(".rs") {
        if !text.starts_with("//! ") {
            tell(1, "the first line says what the file is for: //! …".to_string());
        }
        let lines = text.lines().count();
        if lines > LINES_MAX {
            tell(1, format!("{lines} lines: split it (at most {LINES_MAX})"));
        }
    }
    for (index, line) in text.lines().enumerate() {
        if COMPUTER_PATHS.iter().any(|(start, end)| line.contains(&format!("{start}{end}"))) {
            tell(index + 1, "the path of somebody's computer".to_string());
        }
    }
    findings
}

/// The rules about the code of a file of core.
pub fn code(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut tell =
        |line: usize, what: String| findings.push(Finding { path: source.path.clone(), line, what });
    for path in named(source) {
        if let [start, module, item @ ..] = path.parts.as_slice()
            && start == "std"
            && HOST_MODULES.contains(&module.as_str())
            && !item.first().is_some_and(|item| HOST_VALUES.contains(&item.as_str()))
        {
            tell(path.line, format!("core makes no host calls: 'std::{module}'"));
        }
    }
    for (token, next) in source.tokens.iter().zip(source.tokens.iter().skip(1)) {
        if token.text == "unsafe" {
            tell(token.line, "no unsafe code in core".to_string());
        }
        if HOST_MACROS.contains(&token.text.as_str()) && next.text == "!" {
            tell(token.line, format!("core makes no host calls: '{}!'", token.text));
        }
    }
    findings
}

/// Compares the list in `commands/mod.rs` (`commands! { cat, cd, … }`) with the files beside it.
pub fn commands(files: &[(String, String)], sources: &[Source]) -> Vec<Finding> {
    let list_path = format!("{COMMANDS}mod.rs");
    let Some(list) = sources.iter().find(|source| source.path == list_path) else { return Vec::new() };
    let tell = |line: usize, what: String| Finding { path: list_path.clone(), line, what };
    let starts = |window: &[super::source::Token]| {
        window[0].text == "commands" && window[1].text == "!" && window[2].text == "{"
    };
    let Some(start) = list.tokens.windows(3).position(starts) else {
        return vec![tell(1, "there is no list of commands".to_string())];
    };
    let listed = list.tokens[start + 3..].iter().take_while(|token| token.text != "}");
    let listed: Vec<_> = listed.filter(|token| token.text != ",").collect();
    let present: BTreeSet<&str> = files
        .iter()
        .filter_map(|(path, _)| path.strip_prefix(COMMANDS))
        .filter(|inner| *inner != "mod.rs" && sources.iter().any(|source| source.path.ends_with(inner)))
        .filter_map(|inner| inner.split(['/', '.']).next())
        .collect();
    let unlisted = present.iter().filter(|name| listed.iter().all(|token| token.text != **name));
    let missing = listed.iter().filter(|token| !present.contains(token.text.as_str()));
    unlisted
        .map(|name| tell(1, format!("the command '{name}' is not in the list")))
        .chain(
            missing
                .map(|token| tell(token.line, format!("the list has '{}', which has no file", token.text))),
        )
        .collect()
}
