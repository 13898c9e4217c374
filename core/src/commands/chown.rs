//! `chown`: changes files' owners and groups.

use crate::abi::ExitStatus;
use crate::program::Takes::{Argument, Nothing};
use crate::program::{
    Category, Choice, Command, Context, Example, Names, OwnerChange, boxed, change_owners, option, quote_locale,
};

/// The command.
pub static COMMAND: Command = Command {
    name: "chown",
    aliases: &[],
    summary: "change file owner and group",
    usage: &["[OPTION]... [OWNER][:[GROUP]] FILE...", "[OPTION]... --reference=RFILE FILE..."],
    description: "Change the owner and/or group of each FILE to OWNER and/or GROUP.\n\n\
                  Owner is unchanged if missing. Group is unchanged if missing, but changed to login group if \
                  implied by a ':' following a symbolic OWNER.",
    options: &[
        option('c', "changes", Nothing, "like verbose but report only when a change is made"),
        option('f', "silent", Nothing, "suppress most error messages"),
        Choice::long('f', "quiet", Nothing, "the same as -f"),
        option('v', "verbose", Nothing, "output a diagnostic for every file processed"),
        Choice::long('D', "dereference", Nothing, "affect the referent of each symbolic link (the default)"),
        option('h', "no-dereference", Nothing, "affect symbolic links instead of any referenced file"),
        Choice::long('F', "from", Argument("CURRENT_OWNER:CURRENT_GROUP"), "change only files of this owner and group"),
        Choice::long('n', "no-preserve-root", Nothing, "do not treat '/' specially (the default)"),
        Choice::long('p', "preserve-root", Nothing, "fail to operate recursively on '/'"),
        Choice::long('r', "reference", Argument("RFILE"), "use RFILE's owner and group"),
        option('R', "recursive", Nothing, "operate on files and directories recursively"),
        option('H', "", Nothing, "with -R, traverse a symbolic link to a directory that is an argument"),
        option('L', "", Nothing, "with -R, traverse every symbolic link to a directory encountered"),
        option('P', "", Nothing, "with -R, do not traverse any symbolic links (default)"),
    ],
    examples: &[Example { script: "touch f && chown user:user f && ls -l f | cut -d ' ' -f 3,4", output: "user user\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/chown.html",
    category: Category::Files,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let names = Names::read(&cx.process).await;
    let (spec, operands) = match parsed.operands.as_slice() {
        operands if parsed.has('r') => (None, operands),
        [spec, operands @ ..] => (Some(spec), operands),
        [] => (None, &[][..]),
    };
    if operands.is_empty() {
        let message = match spec {
            Some(spec) => [b"missing operand after ", &quote_locale(spec)[..]].concat(),
            None => b"missing operand".to_vec(),
        };
        return cx.usage_error(1, &message).await;
    }
    let mut change =
        OwnerChange { uid: None, gid: None, from_uid: None, from_gid: None, texts: (Vec::new(), Vec::new()), group_only: false };
    if let Some(file) = parsed.value('r') {
        match cx.process.stat(file).await {
            Ok(stat) => {
                (change.uid, change.gid) = (Some(stat.uid), Some(stat.gid));
                change.texts = (names.user(stat.uid), names.group(stat.gid));
            },
            Err(errno) => {
                cx.cannot("failed to get attributes of", file, errno).await;
                return cx.finish().await;
            }
        }
    }
    if let Some(from) = parsed.value('F') {
        match names.parse_owner(from) {
            Ok((uid, gid)) => (change.from_uid, change.from_gid) = (uid, gid),
            Err(message) => {
                cx.error(&message).await;
                return cx.finish().await;
            }
        }
    }
    if let Some(spec) = spec {
        match names.parse_owner(spec) {
            Ok((uid, gid)) => {
                (change.uid, change.gid) = (uid, gid);
                let mut parts = spec.splitn(2, |&byte| byte == b':').map(<[u8]>::to_vec);
                let (user, group) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
                let login_group = gid.filter(|_| group.is_empty()).map(|gid| names.group(gid));
                change.texts = (user, login_group.unwrap_or(group));
            }
            Err(message) => {
                cx.error(&message).await;
                return cx.finish().await;
            }
        }
    }
    change_owners(&mut cx, &parsed, operands, &change, &names).await;
    cx.finish().await
}
