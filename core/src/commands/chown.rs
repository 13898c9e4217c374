//! `chown`: changes files' owners and groups.

use crate::program::{Category, Command, Example, OWNER_OPTIONS, boxed, run_ownership};

/// The command.
pub static COMMAND: Command = Command {
    name: "chown",
    aliases: &[],
    summary: "change file owner and group",
    usage: &["[OPTION]... [OWNER][:[GROUP]] FILE...", "[OPTION]... --reference=RFILE FILE..."],
    description: "Change the owner and/or group of each FILE to OWNER and/or GROUP.\n\n\
                  Owner is unchanged if missing. Group is unchanged if missing, but changed to login group if \
                  implied by a ':' following a symbolic OWNER.",
    options: OWNER_OPTIONS,
    examples: &[Example { script: "touch f && chown user:user f && ls -l f | cut -d ' ' -f 3,4", output: "user user\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/chown.html",
    category: Category::Files,
    run: |cx| boxed(run_ownership(cx, false)),
};
