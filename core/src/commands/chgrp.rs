//! `chgrp`: changes files' groups.

use crate::program::{Category, Command, Example, GROUP_OPTIONS, boxed, run_ownership};

/// The command.
pub static COMMAND: Command = Command {
    name: "chgrp",
    aliases: &[],
    summary: "change group ownership",
    usage: &["[OPTION]... GROUP FILE...", "[OPTION]... --reference=RFILE FILE..."],
    description: "Change the group of each FILE to GROUP.",
    options: GROUP_OPTIONS,
    examples: &[Example { script: "touch f && chgrp user f && ls -l f | cut -d ' ' -f 4", output: "user\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/chgrp.html",
    category: Category::Files,
    run: |cx| boxed(run_ownership(cx, true)),
};
