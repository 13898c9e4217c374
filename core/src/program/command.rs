//! The description of a command: one static from which help, manual, completion, option parsing and tests come.

use super::context::Context;
use super::options::Choice;
use crate::abi::ExitStatus;
use std::future::Future;
use std::pin::Pin;

/// What a command runs: `|cx| boxed(run(cx))`.
pub type Main = fn(Context) -> Pin<Box<dyn Future<Output = ExitStatus>>>;

/// Where `help` lists a command.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Category {
    Files,
    Text,
    Archive,
    System,
    Users,
    Network,
    Screen,
    Shell,
}

/// An example that the manual shows and the tests run: a script and what it prints.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// What is typed.
    pub script: &'static str,
    /// Standard output.
    pub output: &'static str,
}

/// A command.
pub struct Command {
    /// What it is called by.
    pub name: &'static str,
    /// Other names, as `[` of `test`; they run the same program with that name as argument 0.
    pub aliases: &'static [&'static str],
    /// One line, as `whatis` gives it: lower case, no full stop.
    pub summary: &'static str,
    /// The forms of its command line, without the name: `[OPTION]... [FILE]...`.
    pub usage: &'static [&'static str],
    /// A paragraph or two for `--help` and the manual; may be empty.
    pub description: &'static str,
    /// Its options.
    pub options: &'static [Choice],
    /// Examples.
    pub examples: &'static [Example],
    /// The page of the standard or manual that it follows.
    pub standard: &'static str,
    /// Where it is listed.
    pub category: Category,
    /// What it runs.
    pub run: Main,
}

/// Boxes a command's future; for `run: |cx| boxed(run(cx))`. Gives the status that the command returns.
pub fn boxed(run: impl Future<Output = ExitStatus> + 'static) -> Pin<Box<dyn Future<Output = ExitStatus>>> {
    Box::pin(run)
}
