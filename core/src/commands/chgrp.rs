//! `chgrp`: changes files' groups.

use crate::abi::ExitStatus;
use crate::program::Takes::{Argument, Nothing};
use crate::program::{
    Category, Choice, Command, Context, Example, Names, OwnerChange, boxed, change_owners, option, quote_locale,
};

/// The command.
pub static COMMAND: Command = Command {
    name: "chgrp",
    aliases: &[],
    summary: "change group ownership",
    usage: &["[OPTION]... GROUP FILE...", "[OPTION]... --reference=RFILE FILE..."],
    description: "Change the group of each FILE to GROUP.",
    options: &[
        option('c', "changes", Nothing, "like verbose but report only when a change is made"),
        option('f', "silent", Nothing, "suppress most error messages"),
        Choice::long('f', "quiet", Nothing, "the same as -f"),
        option('v', "verbose", Nothing, "output a diagnostic for every file processed"),
        Choice::long('D', "dereference", Nothing, "affect the referent of each symbolic link (the default)"),
        option('h', "no-dereference", Nothing, "affect symbolic links instead of any referenced file"),
        Choice::long('n', "no-preserve-root", Nothing, "do not treat '/' specially (the default)"),
        Choice::long('p', "preserve-root", Nothing, "fail to operate recursively on '/'"),
        Choice::long('r', "reference", Argument("RFILE"), "use RFILE's group rather than specifying a GROUP value"),
        option('R', "recursive", Nothing, "operate on files and directories recursively"),
        option('H', "", Nothing, "with -R, traverse a symbolic link to a directory that is an argument"),
        option('L', "", Nothing, "with -R, traverse every symbolic link to a directory encountered"),
        option('P', "", Nothing, "with -R, do not traverse any symbolic links (default)"),
    ],
    examples: &[Example { script: "touch f && chgrp user f && ls -l f | cut -d ' ' -f 4", output: "user\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/chgrp.html",
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
        OwnerChange { uid: None, gid: None, from_uid: None, from_gid: None, texts: (Vec::new(), Vec::new()), group_only: true };
    if let Some(file) = parsed.value('r') {
        match cx.process.stat(file).await {
            Ok(stat) => {
 change.gid = Some(stat.gid);
 change.texts.1 = names.group(stat.gid);
 },
            Err(errno) => {
                cx.cannot("failed to get attributes of", file, errno).await;
                return cx.finish().await;
            }
        }
    }
    if let Some(spec) = spec.filter(|spec| !spec.is_empty()) {
        change.gid = names.find_group(spec);
        change.texts.1.clone_from(spec);
        if change.gid.is_none() {
            cx.error(&[b"invalid group: ", &quote_locale(spec)[..]].concat()).await;
            return cx.finish().await;
        }
    }
    change_owners(&mut cx, &parsed, operands, &change, &names).await;
    cx.finish().await
}
