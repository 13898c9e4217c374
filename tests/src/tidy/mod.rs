//! The rules of the source tree that the compiler does not check: layers, no host calls, one list of
//! commands, a first line of documentation, short files, no paths of somebody's computer.

mod layers;
mod paths;
mod rules;
mod source;

pub use source::Source;

use std::fmt;

/// A broken rule.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Finding {
    /// The file, from the top of the project.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}

/// Checks a whole tree, given as paths from the top of the project and texts.
#[must_use]
pub fn check(files: &[(String, String)]) -> Vec<Finding> {
    let mut findings: Vec<Finding> = files.iter().flat_map(|(path, text)| rules::text(path, text)).collect();
    let sources = source::of_core(files);
    for source in &sources {
        findings.extend(layers::check(source));
        findings.extend(rules::code(source));
    }
    findings.extend(rules::commands(files, &sources));
    findings.sort();
    findings.dedup();
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The findings of one file of core, without its path.
    fn findings(path: &str, text: &str) -> Vec<String> {
        let files = [(format!("core/src/{path}"), format!("//! About.\n{text}"))];
        check(&files).into_iter().map(|finding| format!("{}: {}", finding.line, finding.what)).collect()
    }

    #[track_caller]
    fn check_fine(path: &str, text: &str) {
        assert_eq!(findings(path, text), Vec::<String>::new());
    }

    #[track_caller]
    fn check_found(path: &str, text: &str, found: &[&str]) {
        assert_eq!(findings(path, text), found);
    }

    #[test]
    fn a_module_imports_only_from_below() {
        check_fine("vfs/mod.rs", "use crate::abi::Errno;\nuse crate::{abi::{Mode, Stat}, host};");
        check_fine("machine/boot.rs", "use crate::commands; use crate::kernel::sys;");
        check_fine("lib.rs", "pub use machine::Machine; pub use crate::vfs::Tree;");
        check_found("abi/mod.rs", "use crate::vfs::Tree;", &["2: 'abi' must not use 'vfs': it is not below"]);
        check_found(
            "vfs/walk.rs",
            "fn f() {\n    let x = crate::kernel::Kernel::new();\n}",
            &["3: 'vfs' must not use 'kernel': it is not below"],
        );
        check_found(
            "kernel/tty.rs",
            "use crate::{abi::Errno, vfs,\n    shell::{self}};",
            &["3: 'kernel' must not use 'shell': it is not below"],
        );
        check_found(
            "users/mod.rs",
            "use crate::audit::Log;",
            &["2: 'users' must not use 'audit': it is not below"],
        );
        check_found(
            "commands/ls.rs",
            "use crate::machine;",
            &["2: 'commands' must not use 'machine': it is not below"],
        );
        check_found("misc.rs", "", &["1: the layer of 'misc' is not known"]);
        check_found("vfs/mod.rs", "use crate::misc::x;", &["2: the layer of 'misc' is not known"]);
    }

    #[test]
    fn super_is_followed() {
        check_fine("vfs/tree.rs", "use super::Node;");
        check_fine("vfs/tree.rs", "mod inner { use super::super::Node; }");
        check_found(
            "vfs/mod.rs",
            "use super::kernel::K;",
            &["2: 'vfs' must not use 'kernel': it is not below"],
        );
        check_found(
            "vfs/a/b.rs",
            "use super::super::super::net;",
            &["2: 'vfs' must not use 'net': it is not below"],
        );
    }

    #[test]
    fn the_shell_has_layers_of_its_own() {
        check_fine("shell/interp/run.rs", "use crate::shell::{code::Op, expand, syntax};");
        check_fine("shell/mod.rs", "use self::{syntax, builtins};");
        check_found(
            "shell/syntax/mod.rs",
            "use crate::shell::code::Op;",
            &["2: 'shell::syntax' must not use 'shell::code': it is not below"],
        );
        check_found(
            "shell/expand/mod.rs",
            "use super::interp::Frame;",
            &["2: 'shell::expand' must not use 'shell::interp': it is not below"],
        );
        check_found(
            "shell/editor/mod.rs",
            "use crate::shell::interp;",
            &["2: 'shell::editor' must not use 'shell::interp': it is not below"],
        );
    }

    #[test]
    fn a_command_does_not_use_another() {
        let list = ("core/src/commands/mod.rs".to_string(), "//! A.\ncommands! { ls, cat }".to_string());
        let ls = ("core/src/commands/ls.rs".to_string(), "//! A.\nuse super::cat::run;".to_string());
        let cat = ("core/src/commands/cat.rs".to_string(), "//! A.\nuse super::find;".to_string());
        let told: Vec<String> = check(&[list, ls, cat]).iter().map(ToString::to_string).collect();
        assert_eq!(told, ["core/src/commands/ls.rs:2: a command must not use another one: 'cat'"]);
    }

    #[test]
    fn host_calls_are_found() {
        check_fine(
            "kernel/mod.rs",
            "use std::rc::Rc; // std::fs\nlet x = \"std::fs\"; let y = r#\"std::env\"#;",
        );
        check_fine("kernel/mod.rs", "#[cfg(test)]\nmod tests { use std::fs; fn f() { println!(); } }");
        check_fine("kernel/mod.rs", "use std::{net::IpAddr, time::Duration};");
        check_found("kernel/mod.rs", "use std::fs::File;", &["2: core makes no host calls: 'std::fs'"]);
        check_found(
            "kernel/mod.rs",
            "use std::{rc::Rc,\nthread};",
            &["3: core makes no host calls: 'std::thread'"],
        );
        check_found(
            "kernel/mod.rs",
            "let t = std::time::Instant::now();",
            &["2: core makes no host calls: 'std::time'"],
        );
        check_found("kernel/mod.rs", "println!();", &["2: core makes no host calls: 'println!'"]);
    }

    #[test]
    fn modules_of_tests_may_do_everything() {
        let module = ("core/src/vfs/mod.rs".to_string(), "//! A.\n#[cfg(test)]\nmod contract;".to_string());
        let contract = ("core/src/vfs/contract.rs".to_string(), "//! A.\nuse std::fs;".to_string());
        assert_eq!(check(&[module, contract]), []);
    }

    #[test]
    fn unsafe_code_is_found() {
        check_fine("kernel/mod.rs", "// unsafe\n#![forbid(unsafe_code)]");
        check_found("kernel/mod.rs", "unsafe { f() }", &["2: no unsafe code in core"]);
    }

    #[test]
    fn the_list_of_commands_is_that_of_the_files() {
        let tell = |list: &str, names: &[&str]| -> Vec<String> {
            let mut files = vec![("core/src/commands/mod.rs".to_string(), format!("//! A.\n{list}"))];
            files
                .extend(names.iter().map(|name| (format!("core/src/commands/{name}"), "//! A.".to_string())));
            check(&files).into_iter().map(|finding| finding.what).collect()
        };
        assert_eq!(
            tell("commands! {\n    cat,\n    r#true,\n}", &["cat.rs", "true.rs"]),
            Vec::<String>::new()
        );
        assert_eq!(tell("commands! { awk }", &["awk/mod.rs", "awk/lexer.rs"]), Vec::<String>::new());
        assert_eq!(tell("commands! { cat }", &["cat.rs", "ls.rs"]), ["the command 'ls' is not in the list"]);
        assert_eq!(tell("commands! { cat, ls }", &["cat.rs"]), ["the list has 'ls', which has no file"]);
        assert_eq!(tell("static X: u8 = 1;", &["cat.rs"]), ["there is no list of commands"]);
    }

    #[test]
    fn every_file_says_what_it_is_for() {
        let check = |text: &str| check(&[("wasm/src/lib.rs".to_string(), text.to_string())]).len();
        assert_eq!((check("//! About.\n"), check("use x;\n"), check("")), (0, 1, 1));
    }

    #[test]
    fn files_are_short() {
        check_found("vfs/mod.rs", &"\n".repeat(1300), &["1: 1301 lines: split it (at most 1200)"]);
    }

    #[test]
    fn paths_of_a_computer_are_found() {
        let here = ["/wo", "rk/x"].concat();
        check_found("vfs/mod.rs", &format!("// see {here}"), &["2: the path of somebody's computer"]);
        let text = [("README.md".to_string(), format!("run {here}\n"))];
        assert_eq!(check(&text)[0].to_string(), "README.md:1: the path of somebody's computer");
    }
}
