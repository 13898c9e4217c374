//! The layers: a module uses only what stands below it.

use super::paths::named;
use super::{Finding, Source};

/// The modules of core, each line above the ones before it. Those of one line do not know each other.
const LAYERS: &[&[&str]] = &[
    &["abi"],
    &["base64", "calendar", "host"],
    &["regex", "vfs"],
    &["image", "users", "audit", "net"],
    &["kernel"],
    &["program"],
    &["shell", "sftp"],
    &["commands"],
    &["machine"],
];

/// The same within the shell. Its `mod.rs` may use all of them.
const SHELL_LAYERS: &[&[&str]] =
    &[&["syntax", "editor"], &["expand"], &["code"], &["interp"], &["completion"], &["builtins"]];

/// The imports of a file that do not look down.
pub fn check(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(own) = source.module.first() else { return findings };
    let mut tell =
        |line: usize, what: String| findings.push(Finding { path: source.path.clone(), line, what });
    if layer(LAYERS, own).is_none() {
        tell(1, format!("the layer of '{own}' is not known"));
        return findings;
    }
    for path in named(source) {
        let [start, top, rest @ ..] = path.parts.as_slice() else { continue };
        if start != "crate" {
            continue;
        }
        if top != own {
            match layer(LAYERS, top) {
                None => tell(path.line, format!("the layer of '{top}' is not known")),
                Some(other) if Some(other) >= layer(LAYERS, own) => {
                    tell(path.line, format!("'{own}' must not use '{top}': it is not below"));
                }
                Some(_) => {}
            }
        } else if own == "shell"
            && let (Some(inner), Some(other)) = (source.module.get(1), rest.first())
            && inner != other
            && let (Some(rank), Some(other_rank)) = (layer(SHELL_LAYERS, inner), layer(SHELL_LAYERS, other))
            && other_rank >= rank
        {
            tell(path.line, format!("'shell::{inner}' must not use 'shell::{other}': it is not below"));
        } else if own == "commands"
            && let (Some(inner), Some(other)) = (source.module.get(1), rest.first())
            && inner != other
            && rest.len() > 1
        {
            tell(path.line, format!("a command must not use another one: '{other}'"));
        }
    }
    findings
}

fn layer(layers: &[&[&str]], module: &str) -> Option<usize> {
    layers.iter().position(|layer| layer.contains(&module))
}
