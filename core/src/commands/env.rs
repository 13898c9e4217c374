//! `env`: runs a program with other variables.

mod split;

use crate::abi::{Errno, ExitStatus};
use crate::program::Takes::{Argument, Nothing};
use crate::program::{Category, Command, Context, Example, boxed, exec_by_name, option, quote, quote_locale};
use std::rc::Rc;

/// The command.
pub static COMMAND: Command = Command {
    name: "env",
    aliases: &[],
    summary: "run a program in a modified environment",
    usage: &["[OPTION]... [-] [NAME=VALUE]... [COMMAND [ARG]...]"],
    description: "Set each NAME to VALUE in the environment and run COMMAND.\n\n\
                  A mere - implies -i. If no COMMAND, print the resulting environment.",
    options: &[
        option('i', "ignore-environment", Nothing, "start with an empty environment"),
        option('0', "null", Nothing, "end each output line with NUL, not newline"),
        option('u', "unset", Argument("NAME"), "remove variable from the environment"),
        option('C', "chdir", Argument("DIR"), "change working directory to DIR"),
        option('S', "split-string", Argument("S"), "process and split S into separate arguments"),
        option('v', "debug", Nothing, "print verbose information for each processing step"),
    ],
    examples: &[
        Example { script: "env -i A=1 B=2 env", output: "A=1\nB=2\n" },
        Example { script: "env -S 'printf %s\\n a \"b c\"'", output: "a\nb c\n" },
    ],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/env.html",
    category: Category::Shell,
    run: |cx| boxed(run(cx)),
};

/// `env` itself failed.
const FAILED: u8 = 125;

async fn run(mut cx: Context) -> ExitStatus {
    let environment = cx.process.environment();
    match split::expand(&cx.words, COMMAND.options, &environment) {
        Ok(words) => cx.words = words,
        Err(message) => {
            cx.error(&message).await;
            cx.status = FAILED;
            return cx.finish().await;
        }
    }
    let parsed = match cx.parse_as(FAILED, true).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let mut operands = parsed.operands.as_slice();
    let mut is_empty = parsed.has('i');
    if let [dash, rest @ ..] = operands
        && dash == b"-"
    {
        (is_empty, operands) = (true, rest);
    }
    let mut variables: Vec<Vec<u8>> = if is_empty { Vec::new() } else { environment.to_vec() };
    for name in parsed.values('u') {
        if name.is_empty() || name.contains(&b'=') {
            let quoted = quote_locale(name);
            let reason = Errno::EINVAL.message().as_bytes();
            cx.error(&[b"cannot unset ", &quoted[..], b": ", reason].concat()).await;
            cx.status = FAILED;
            return cx.finish().await;
        }
        variables.retain(|variable| !is_of(variable, name));
    }
    let assigned = operands;
    while let [assignment, rest @ ..] = operands {
        let Some(at) = assignment.iter().position(|&byte| byte == b'=') else { break };
        let name = assignment.get(..at).unwrap_or_default();
        match variables.iter_mut().find(|variable| is_of(variable, name)) {
            Some(variable) => variable.clone_from(assignment),
            None => variables.push(assignment.clone()),
        }
        operands = rest;
    }
    if operands.is_empty() {
        return print(cx, &variables, parsed.has('0'), parsed.value('C').is_some()).await;
    }
    if parsed.has('0') {
        return cx.usage_error(FAILED, b"cannot specify --null (-0) with command").await;
    }
    if let Some(dir) = parsed.value('C')
        && let Err(errno) = cx.process.chdir(dir)
    {
        let message = [b"cannot change directory to ", &quote(dir)[..], b": ", errno.message().as_bytes()];
        cx.error(&message.concat()).await;
        cx.status = FAILED;
        return cx.finish().await;
    }
    if parsed.has('v') {
        let assigned = assigned.get(..assigned.len() - operands.len()).unwrap_or_default();
        explain(&mut cx, is_empty, assigned, operands).await;
    }
    let errno = exec_by_name(&cx.process, operands.to_vec(), Rc::from(variables)).await;
    let program = operands.first().map_or(&b""[..], Vec::as_slice);
    cx.error(&[&quote_locale(program)[..], b": ", errno.message().as_bytes()].concat()).await;
    if errno == Errno::ENOENT && program.iter().any(u8::is_ascii_whitespace) {
        cx.error(b"use -[v]S to pass options in shebang lines").await;
    }
    cx.status = if errno == Errno::ENOENT { 127 } else { 126 };
    cx.finish().await
}

/// Whether a variable has this name.
fn is_of(variable: &[u8], name: &[u8]) -> bool {
    variable.strip_prefix(name).is_some_and(|rest| rest.starts_with(b"="))
}

async fn print(mut cx: Context, variables: &[Vec<u8>], with_nul: bool, has_dir: bool) -> ExitStatus {
    if has_dir {
        return cx.usage_error(FAILED, b"must specify command with --chdir (-C)").await;
    }
    for variable in variables {
        cx.out.put(variable);
        cx.out.push(if with_nul { 0 } else { b'\n' });
        if cx.out.ready().await.is_err() {
            break;
        }
    }
    cx.finish().await
}

/// What `-v` tells.
async fn explain(cx: &mut Context, is_empty: bool, assigned: &[Vec<u8>], command: &[Vec<u8>]) {
    let mut text = if is_empty { b"cleaning environ\n".to_vec() } else { Vec::new() };
    for assignment in assigned {
        text.extend_from_slice(&[b"setenv:   ", &assignment[..], b"\n"].concat());
    }
    let program = command.first().map_or(&b""[..], Vec::as_slice);
    text.extend_from_slice(&[b"executing: ", program, b"\n"].concat());
    for (at, word) in command.iter().enumerate() {
        text.extend_from_slice(&[format!("   arg[{at}]= ").as_bytes(), &quote_locale(word), b"\n"].concat());
    }
    cx.write_error(&text).await;
}
