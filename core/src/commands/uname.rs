//! `uname`: prints what the system is.

use crate::abi::ExitStatus;
use crate::kernel::uname;
use crate::program::Takes::Nothing;
use crate::program::{Category, Command, Context, Example, boxed, option, quote_locale};

/// The command.
pub static COMMAND: Command = Command {
    name: "uname",
    aliases: &[],
    summary: "print system information",
    usage: &["[OPTION]..."],
    description: "Print certain system information. With no OPTION, same as -s.",
    options: &[
        option('a', "all", Nothing, "print all information, except omit -p and -i if unknown"),
        option('s', "kernel-name", Nothing, "print the kernel name"),
        option('n', "nodename", Nothing, "print the network node hostname"),
        option('r', "kernel-release", Nothing, "print the kernel release"),
        option('v', "kernel-version", Nothing, "print the kernel version"),
        option('m', "machine", Nothing, "print the machine hardware name"),
        option('p', "processor", Nothing, "print the processor type (non-portable)"),
        option('i', "hardware-platform", Nothing, "print the hardware platform (non-portable)"),
        option('o', "operating-system", Nothing, "print the operating system"),
    ],
    examples: &[Example { script: "uname -sm", output: "Linux x86_64\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/uname.html",
    category: Category::System,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    if let Some(extra) = parsed.operands.first() {
        return cx.usage_error(1, &[b"extra operand ", &quote_locale(extra)[..]].concat()).await;
    }
    let hostname = cx.process.hostname();
    let parts: [(char, &[u8]); 8] = [
        ('s', uname::SYSTEM.as_bytes()),
        ('n', &hostname),
        ('r', uname::RELEASE.as_bytes()),
        ('v', uname::VERSION.as_bytes()),
        ('m', uname::MACHINE.as_bytes()),
        ('p', b"unknown"),
        ('i', b"unknown"),
        ('o', b"GNU/Linux"),
    ];
    let wanted = |id: char| match id {
        's' => parsed.options.is_empty() || parsed.has('s') || parsed.has('a'),
        'p' | 'i' => parsed.has(id),
        _ => parsed.has(id) || parsed.has('a'),
    };
    let shown: Vec<&[u8]> = parts.iter().filter(|(id, _)| wanted(*id)).map(|(_, text)| *text).collect();
    cx.out.put(&shown.join(&b' '));
    cx.out.push(b'\n');
    cx.finish().await
}
