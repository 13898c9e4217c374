//! `hostname`: prints or sets the machine's name.

use crate::abi::{Errno, ExitStatus};
use crate::program::Takes::{Argument, Nothing};
use crate::program::{Category, Command, Context, boxed, option, read_file};

/// The command.
pub static COMMAND: Command = Command {
    name: "hostname",
    aliases: &[],
    summary: "show or set the system's host name",
    usage: &["[-d|-f|-i|-I|-s]", "NAME", "-F FILE"],
    description: "Print the host name, or set it to NAME or to the first line of FILE.",
    options: &[
        option('d', "domain", Nothing, "the name of the DNS domain: what follows the first dot"),
        option('f', "fqdn", Nothing, "the long name"),
        option('f', "long", Nothing, ""),
        option('F', "file", Argument("FILE"), "read the name from FILE"),
        option('i', "ip-address", Nothing, "the addresses of the name"),
        option('I', "all-ip-addresses", Nothing, "all addresses of the host"),
        option('s', "short", Nothing, "the short name: up to the first dot"),
    ],
    examples: &[],
    standard: "https://man7.org/linux/man-pages/man1/hostname.1.html",
    category: Category::System,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(255).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let new = match parsed.value('F') {
        None => parsed.operands.first().cloned(),
        Some(path) => match read_file(&cx.process, path).await {
            Ok(text) => {
                let mut lines = text.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
                lines.find(|line| !line.is_empty() && !line.starts_with(b"#")).map(<[u8]>::to_vec)
            }
            Err(errno) => {
                cx.error(errno.message().as_bytes()).await;
                return cx.finish().await;
            }
        },
    };
    if let Some(name) = new {
        set(&mut cx, &name).await;
        return cx.finish().await;
    }
    let name = cx.process.hostname();
    let (short, domain) = match name.iter().position(|&byte| byte == b'.') {
        Some(at) => (&name[..at], &name[at + 1..]),
        None => (&name[..], &b""[..]),
    };
    let shown: &[u8] = match parsed.last_of(&['d', 'f', 'i', 'I', 's']) {
        Some('s') => short,
        Some('d') => domain,
        Some('i' | 'I') => b"127.0.0.1",
        _ => &name,
    };
    let shown = shown.to_vec();
    if !(shown.is_empty() && parsed.has('d')) {
        cx.out.put(&shown);
        cx.out.push(b'\n');
    }
    cx.finish().await
}

async fn set(cx: &mut Context, name: &[u8]) {
    let is_valid = !name.is_empty()
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(byte))
        && !matches!(name.first(), Some(b'-' | b'.'))
        && !matches!(name.last(), Some(b'-' | b'.'));
    if !is_valid {
        return cx.error(b"the specified hostname is invalid").await;
    }
    match cx.process.set_hostname(name) {
        Ok(()) => {}
        Err(Errno::EPERM) => cx.error(b"you must be root to change the host name").await,
        Err(Errno::EINVAL) => cx.error(b"name too long").await,
        Err(errno) => cx.error(errno.message().as_bytes()).await,
    }
}
