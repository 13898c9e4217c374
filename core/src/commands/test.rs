//! `test` and `[`: decides a condition.

use crate::abi::ExitStatus;
use crate::program::{Category, Command, Context, Example, boxed, test};

/// The command.
pub static COMMAND: Command = Command {
    name: "test",
    aliases: &["["],
    summary: "check file types and compare values",
    usage: &["EXPRESSION", "", "[ EXPRESSION ]", "[ ]", "[ OPTION"],
    description: "Exit with the status determined by EXPRESSION.\n\n\
                  An omitted EXPRESSION is false. Otherwise it is one of:\n\n  \
                  ( EXPRESSION )   ! EXPRESSION   EXPRESSION -a EXPRESSION   EXPRESSION -o EXPRESSION\n  \
                  -n STRING, STRING   its length is nonzero\n  \
                  -z STRING           its length is zero\n  \
                  STRING = STRING, STRING != STRING\n  \
                  INTEGER -eq INTEGER, and -ne -lt -le -gt -ge\n  \
                  FILE -ef FILE       same device and inode number\n  \
                  FILE -nt FILE       newer (modification date); -ot: older\n  \
                  -b -c -d -f -h -L -p -S FILE   exists and is of that type\n  \
                  -e FILE   exists; -s: and has a size greater than zero\n  \
                  -g -k -u FILE   exists with set-group-ID, sticky bit, set-user-ID\n  \
                  -r -w -x FILE   exists and may be read, written, executed\n  \
                  -G -O FILE   is owned by the effective group, user; -N: modified since last read\n  \
                  -t FD   is opened on a terminal",
    options: &[],
    examples: &[Example { script: "/usr/bin/test 2 -lt 10 && echo less", output: "less\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/test.html",
    category: Category::Shell,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    let words = cx.words.clone();
    let mut args: Vec<&[u8]> = words.iter().map(Vec::as_slice).collect();
    if cx.name == b"[" {
        if matches!(args[..], [b"--help" | b"--version"]) {
            return match cx.parse(2).await {
                Ok(_) => cx.finish().await,
                Err(status) => status,
            };
        }
        if args.pop() != Some(b"]") {
            cx.error("missing ‘]’".as_bytes()).await;
            cx.status = 2;
            return cx.finish().await;
        }
    }
    match test::evaluate_gnu(&cx.process, &args) {
        Ok(value) => cx.status = u8::from(!value),
        Err(message) => {
            cx.error(&message).await;
            cx.status = 2;
        }
    }
    cx.finish().await
}
