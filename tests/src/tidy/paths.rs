//! The paths that a file names: `use` trees and paths in code, resolved to the crate's root or to `std`.

use super::source::{Source, Token};

/// A path as written, resolved: `["crate", "vfs", "Tree"]` or `["std", "rc", "Rc"]`.
pub struct Named {
    /// Its parts.
    pub parts: Vec<String>,
    /// The line of its last part.
    pub line: usize,
}

/// Every path in the file that starts with `crate`, `self`, `super`, `std` or `core`.
pub fn named(source: &Source) -> Vec<Named> {
    let mut found = Vec::new();
    // The inline modules that are open, each with the depth of braces around it.
    let mut inline: Vec<(usize, String)> = Vec::new();
    let mut depth = 0;
    let mut index = 0;
    while let Some(token) = source.tokens.get(index) {
        let text = |offset: usize| source.tokens.get(index + offset).map_or("", |token| token.text.as_str());
        match token.text.as_str() {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                inline.pop_if(|(around, _)| *around == depth);
            }
            "mod" if text(2) == "{" => inline.push((depth, text(1).to_string())),
            first @ ("crate" | "self" | "super" | "std" | "core")
                if text(1) == "::" && !after_path(source, index) =>
            {
                let here: Vec<String> =
                    source.module.iter().chain(inline.iter().map(|(_, name)| name)).cloned().collect();
                let prefix = match first {
                    "std" | "core" => vec!["std".to_string()],
                    "crate" => vec!["crate".to_string()],
                    "self" => [vec!["crate".to_string()], here].concat(),
                    _ => [vec!["crate".to_string()], up(here)].concat(),
                };
                index = tree(&source.tokens, index + 2, prefix, &mut found);
                continue;
            }
            _ => {}
        }
        index += 1;
    }
    found
}

fn after_path(source: &Source, index: usize) -> bool {
    index > 0 && source.tokens[index - 1].text == "::"
}

fn up(mut module: Vec<String>) -> Vec<String> {
    module.pop();
    module
}

/// Reads what follows `prefix::`; returns the index after it. Braces of a group are consumed here.
fn tree(tokens: &[Token], mut index: usize, mut prefix: Vec<String>, found: &mut Vec<Named>) -> usize {
    let text = |index: usize| tokens.get(index).map_or("", |token| token.text.as_str());
    loop {
        let line = tokens.get(index).map_or(0, |token| token.line);
        match text(index) {
            "{" => {
                index += 1;
                while index < tokens.len() && text(index) != "}" {
                    index = if text(index) == "," {
                        index + 1
                    } else {
                        tree(tokens, index, prefix.clone(), found)
                    };
                }
                return index + 1;
            }
            "super" => prefix.truncate(prefix.len().saturating_sub(1).max(1)),
            "self" => {}
            word if word.starts_with(|c: char| c.is_alphabetic() || c == '_') => {
                prefix.push(word.to_string())
            }
            // `*`, or the `<` of a turbofish: the path ends before it.
            _ => {
                found.push(Named { parts: prefix, line });
                return index + 1;
            }
        }
        if text(index + 1) != "::" {
            found.push(Named { parts: prefix, line });
            index += 1;
            // `use a::b as c`
            return if text(index) == "as" { index + 2 } else { index };
        }
        index += 2;
    }
}
