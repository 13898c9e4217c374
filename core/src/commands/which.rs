//! `which`: prints the files that command names stand for.

use crate::abi::{Access, ExitStatus, FileType};
use crate::program::Takes::Nothing;
use crate::program::{Category, Command, Context, Example, boxed, option};

/// The command.
pub static COMMAND: Command = Command {
    name: "which",
    aliases: &[],
    summary: "locate a command",
    usage: &["[-as] NAME..."],
    description: "Print the file that each NAME stands for, as PATH says.",
    options: &[
        option('a', "", Nothing, "print all matching files of each argument"),
        option('s', "", Nothing, "print nothing, only return an exit status"),
    ],
    examples: &[Example { script: "which which", output: "/usr/bin/which\n" }],
    standard: "https://manpages.debian.org/bookworm/debianutils/which.1.en.html",
    category: Category::Shell,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(2).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    cx.status = u8::from(parsed.operands.is_empty());
    let path = cx.process.env(b"PATH").unwrap_or_default();
    for name in &parsed.operands {
        let candidates: Vec<Vec<u8>> = if name.contains(&b'/') {
            vec![name.clone()]
        } else {
            let dirs = path.split(|&byte| byte == b':');
            dirs.map(|dir| [if dir.is_empty() { b"." } else { dir }, b"/", name].concat()).collect()
        };
        let is_program = |candidate: &&Vec<u8>| {
            cx.process.stat_now(candidate).is_ok_and(|stat| stat.file_type == FileType::Regular)
                && cx.process.access_now(candidate, Access::EXECUTE).is_ok()
        };
        let count_max = if parsed.has('a') { usize::MAX } else { 1 };
        let found: Vec<&Vec<u8>> = candidates.iter().filter(is_program).take(count_max).collect();
        if found.is_empty() {
            cx.status = 1;
        }
        for file in found.into_iter().filter(|_| !parsed.has('s')) {
            cx.out.put(file);
            cx.out.push(b'\n');
        }
    }
    cx.finish().await
}
