//! `cargo xtask`: build, serve, test, bench. The only glue of the project; it replaces shell scripts.

mod bench;
mod build;
mod paths;
mod report;
mod serve;
mod test;
mod tools;
mod wasm_std;

use std::process::ExitCode;

/// What can go wrong here is told to a person: a sentence is enough.
type Result<T = ()> = std::result::Result<T, String>;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  serve [ARG]…   build everything and run the machine behind SSH and HTTP; ARGs go to `bivalve serve`
  test           set up, then check and test everything, real clients and a real browser included
  bench [ARG]…   measure against the bash, dash and busybox of this system
  build          build the wasm bundle and the page, print their sizes
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next();
    let rest: Vec<String> = arguments.collect();
    let outcome = match (command.as_deref(), rest.is_empty()) {
        (Some("serve"), _) => serve::run(&rest),
        (Some("test"), true) => test::run(),
        (Some("bench"), _) => bench::run(&rest),
        (Some("build"), true) => build::run(),
        (Some("help" | "--help" | "-h"), _) => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error}");
            ExitCode::FAILURE
        }
    }
}
