//! `true`: does nothing, successfully.

use crate::abi::ExitStatus;
use crate::program::{Category, Command, boxed};

/// The command.
pub static COMMAND: Command = Command {
    name: "true",
    aliases: &[],
    summary: "do nothing, successfully",
    usage: &["[ignored command line arguments]"],
    description: "Exit with a status code indicating success.",
    options: &[],
    examples: &[],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/true.html",
    category: Category::Shell,
    run: |_| boxed(async { ExitStatus::SUCCESS }),
};
