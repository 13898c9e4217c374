//! `who`: lists who is logged in: the sessions that have a terminal.

use crate::abi::{ExitStatus, STDIN, Time};
use crate::calendar::{Zone, format_time};
use crate::kernel::ProcessInfo;
use crate::program::Takes::Nothing;
use crate::program::{Category, Choice, Command, Context, Example, Names, Parsed, boxed, option, quote_locale};

/// The command.
pub static COMMAND: Command = Command {
    name: "who",
    aliases: &[],
    summary: "show who is logged on",
    usage: &["[OPTION]... [ ARG1 ARG2 ]"],
    description: "Print the sessions that have a terminal. If ARG1 ARG2 given, -m presumed: 'am i' is usual.",
    options: &[
        option('a', "all", Nothing, "same as -b -T -u"),
        option('b', "boot", Nothing, "time of last system boot"),
        option('H', "heading", Nothing, "print line of column headings"),
        option('m', "", Nothing, "only the session of the terminal of standard input"),
        option('q', "count", Nothing, "all login names and number of users logged on"),
        option('s', "short", Nothing, "print only name, line, and time (default)"),
        option('T', "mesg", Nothing, "add user's message status as +, - or ?"),
        option('w', "", Nothing, ""),
        Choice::long('T', "message", Nothing, ""),
        Choice::long('T', "writable", Nothing, ""),
        option('u', "users", Nothing, "add process ids"),
    ],
    examples: &[Example { script: "who | wc -l", output: "0\n" }],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/who.html",
    category: Category::Users,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    if let Some(extra) = parsed.operands.get(2) {
        return cx.usage_error(1, &[b"extra operand ", &quote_locale(extra)[..]].concat()).await;
    }
    let names = Names::read(&cx.process).await;
    let zone = Zone::from_tz(&cx.process.env(b"TZ").unwrap_or_default());
    let mut sessions: Vec<ProcessInfo> = cx.process.processes();
    sessions.retain(|row| row.pid == row.session && row.terminal.is_some() && row.state != b'Z');
    sessions.sort_by_key(|row| row.terminal);
    if parsed.has('m') || parsed.operands.len() == 2 {
        let own = cx.process.terminal_name(STDIN).ok();
        sessions.retain(|row| own.as_deref() == row.terminal.map(device).as_deref().map(str::as_bytes));
    }
    if parsed.has('q') {
        let users: Vec<Vec<u8>> = sessions.iter().map(|row| names.user(row.uid)).collect();
        let count = format!("\n# users={}\n", users.len());
        cx.out.put(&users.join(&b' '));
        cx.out.put(count.as_bytes());
        return cx.finish().await;
    }
    let table = Table { parsed: &parsed, zone };
    if parsed.has('H') {
        let (idle, pid) = if table.is_long() { (" IDLE  ", "        PID") } else { ("", "") };
        let line = table.line(b"NAME", ' ', "LINE", "TIME", &format!("{idle}{pid}"), "COMMENT");
        cx.out.put(&line);
    }
    let boot_only = parsed.has('b') && !parsed.has('a') && !parsed.has('u') && !parsed.has('T');
    if parsed.has('b') || parsed.has('a') {
        let boot = table.stamp(cx.process.system_info().boot_time);
        let line = table.line(b"", ' ', "system boot", &boot, "", "");
        cx.out.put(&line);
    }
    for row in sessions.iter().filter(|_| !boot_only) {
        let terminal = row.terminal.map(|number| format!("pts/{number}")).unwrap_or_default();
        let extra = if table.is_long() { format!("   .    {:>10}", row.pid) } else { String::new() };
        let line = table.line(&names.user(row.uid), '+', &terminal, &table.stamp(row.started_at), &extra, "");
        cx.out.put(&line);
    }
    cx.finish().await
}

fn device(number: u32) -> String {
    format!("/dev/pts/{number}")
}

/// How lines are laid out.
struct Table<'a> {
    parsed: &'a Parsed,
    zone: Zone,
}

impl Table<'_> {
    fn is_long(&self) -> bool {
        self.parsed.has('u') || self.parsed.has('a')
    }

    fn stamp(&self, time: Time) -> String {
        let mut text = Vec::new();
        format_time(b"%Y-%m-%d %H:%M", time, &self.zone, &mut text);
        String::from_utf8_lossy(&text).into_owned()
    }

    fn line(&self, user: &[u8], message: char, terminal: &str, time: &str, extra: &str, comment: &str) -> Vec<u8> {
        let mut line = user.to_vec();
        line.resize(line.len().max(8), b' ');
        if ['T', 'w', 'a'].into_iter().any(|id| self.parsed.has(id)) {
            line.extend_from_slice(format!(" {message}").as_bytes());
        }
        line.extend_from_slice(format!(" {terminal:<12} {time:<16}{extra} {comment}").as_bytes());
        let end = line.iter().rposition(|&byte| byte != b' ').map_or(0, |last| last + 1);
        line.truncate(end);
        line.push(b'\n');
        line
    }
}
