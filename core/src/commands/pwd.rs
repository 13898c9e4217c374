//! `pwd`: prints the path of the working directory.

use crate::abi::ExitStatus;
use crate::program::Takes::Nothing;
use crate::program::{Category, Command, Context, Example, boxed, option};

/// The command.
pub static COMMAND: Command = Command {
    name: "pwd",
    aliases: &[],
    summary: "print name of current/working directory",
    usage: &["[OPTION]..."],
    description: "Print the full filename of the current working directory.\n\n\
                  If no option is specified, -P is assumed.",
    options: &[
        option('L', "logical", Nothing, "use PWD from environment, even if it contains symlinks"),
        option('P', "physical", Nothing, "avoid all symlinks"),
    ],
    examples: &[Example { script: "cd /usr/bin; pwd", output: "/usr/bin\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pwd.html",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    if !parsed.operands.is_empty() {
        let line = [&cx.name[..], b": ignoring non-option arguments\n"].concat();
        cx.write_error(&line).await;
    }
    let logical = match parsed.last_of(&['L', 'P']) {
        Some(last) => last == 'L',
        None => cx.process.env(b"POSIXLY_CORRECT").is_some(),
    };
    let path = if logical { logical_path(&cx).await } else { None };
    match path.map_or_else(|| cx.process.getcwd(), Ok) {
        Ok(path) => {
            cx.out.put(&path);
            cx.out.push(b'\n');
        }
        Err(_) => cx.error("couldn't find directory entry in ‘..’ with matching i-node".as_bytes()).await,
    }
    cx.finish().await
}

/// The value of `PWD`, where it is an absolute path of the working directory without `.` and `..`.
async fn logical_path(cx: &Context) -> Option<Vec<u8>> {
    let path = cx.process.env(b"PWD")?;
    let is_plain = path.starts_with(b"/") && !path.split(|&byte| byte == b'/').any(|part| part == b"." || part == b"..");
    if !is_plain {
        return None;
    }
    let (named, here) = (cx.process.stat(&path).await.ok()?, cx.process.stat(b".").await.ok()?);
    ((named.dev, named.ino) == (here.dev, here.ino)).then_some(path)
}
