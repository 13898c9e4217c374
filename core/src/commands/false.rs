//! `false`: does nothing, unsuccessfully.

use crate::abi::ExitStatus;
use crate::program::{Category, Command, boxed};

/// The command.
pub static COMMAND: Command = Command {
    name: "false",
    aliases: &[],
    summary: "do nothing, unsuccessfully",
    usage: &["[ignored command line arguments]"],
    description: "Exit with a status code indicating failure.",
    options: &[],
    examples: &[],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/false.html",
    category: Category::Shell,
    run: |_| boxed(async { ExitStatus::Exited(1) }),
};
