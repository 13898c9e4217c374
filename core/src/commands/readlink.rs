//! `readlink`: prints the target of a symbolic link, or the real path of a file.

use crate::abi::ExitStatus;
use crate::program::Takes::Nothing;
use crate::program::path::{MustExist, real_path};
use crate::program::{Category, Command, Context, Example, QuotingStyle, boxed, option};

/// The command.
pub static COMMAND: Command = Command {
    name: "readlink",
    aliases: &[],
    summary: "print resolved symbolic links or canonical file names",
    usage: &["[OPTION]... FILE..."],
    description: "Print value of a symbolic link or canonical file name.",
    options: &[
        option('f', "canonicalize", Nothing, "follow every link; all but the last component must exist"),
        option('e', "canonicalize-existing", Nothing, "follow every link; all components must exist"),
        option('m', "canonicalize-missing", Nothing, "follow every link; nothing needs to exist"),
        option('n', "no-newline", Nothing, "do not output the trailing delimiter"),
        option('q', "quiet", Nothing, "suppress most error messages (on by default)"),
        option('s', "silent", Nothing, "the same as -q"),
        option('v', "verbose", Nothing, "report error messages"),
        option('z', "zero", Nothing, "end each output line with NUL, not newline"),
    ],
    examples: &[Example { script: "ln -s /etc/passwd l; readlink l", output: "/etc/passwd\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/readlink.html",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let must = parsed.last_of(&['f', 'e', 'm']).map(|id| match id {
        'f' => MustExist::AllButLast,
        'e' => MustExist::All,
        _ => MustExist::Nothing,
    });
    if parsed.operands.is_empty() {
        return cx.usage_error(1, b"missing operand").await;
    }
    let one = parsed.operands.len() == 1;
    if parsed.has('n') && !one {
        let line = [&cx.name[..], b": ignoring --no-newline with multiple arguments\n"].concat();
        cx.write_error(&line).await;
    }
    for operand in &parsed.operands {
        let path = match must {
            Some(must) => real_path(&cx.process, operand, must).await,
            None => cx.process.read_link(operand).await,
        };
        match path {
            Ok(path) => {
                cx.out.put(&path);
                if !(parsed.has('n') && one) {
                    cx.out.push(if parsed.has('z') { 0 } else { b'\n' });
                }
            }
            Err(_) if parsed.last_of(&['q', 's', 'v']) != Some('v') => cx.status = 1,
            Err(errno) => cx.failed(&QuotingStyle::ShellEscape.quote(operand), errno).await,
        }
        if cx.out.ready().await.is_err() {
            break;
        }
    }
    cx.finish().await
}
