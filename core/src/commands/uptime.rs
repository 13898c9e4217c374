//! `uptime`: tells how long the machine has been running.

use crate::abi::ExitStatus;
use crate::calendar::{Zone, format_time};
use crate::program::Takes::Nothing;
use crate::program::{Category, Command, Context, Example, boxed, option, uptime_line};

/// The command.
pub static COMMAND: Command = Command {
    name: "uptime",
    aliases: &[],
    summary: "tell how long the system has been running",
    usage: &["[options]"],
    description: "",
    options: &[
        option('p', "pretty", Nothing, "show uptime in pretty format"),
        option('s', "since", Nothing, "system up since"),
    ],
    examples: &[Example { script: "uptime -p", output: "up 0 minutes\n" }],
    standard: "https://manpages.debian.org/bookworm/procps/uptime.1.en.html",
    category: Category::System,
    run: |cx| boxed(run(cx)),
};

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let info = cx.process.system_info();
    let now = cx.process.now();
    let zone = Zone::in_force(&cx.process.env(b"TZ").unwrap_or_default(), now);
    if parsed.has('s') {
        let mut line = Vec::new();
        format_time(b"%Y-%m-%d %H:%M:%S\n", info.boot_time, &zone, &mut line);
        cx.out.put(&line);
    } else if parsed.has('p') {
        let line = format!("up {}\n", pretty(info.uptime_nanos / 60_000_000_000));
        cx.out.put(line.as_bytes());
    } else {
        let line = uptime_line(&info, &cx.process.processes(), now, &zone) + "\n";
        cx.out.put(line.as_bytes());
    }
    cx.finish().await
}

/// `2 hours, 17 minutes`.
fn pretty(minutes: u64) -> String {
    let parts = [
        (minutes / 10_080, "week"),
        (minutes / 1440 % 7, "day"),
        (minutes / 60 % 24, "hour"),
        (minutes % 60, "minute"),
    ];
    let shown: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, unit)| format!("{count} {unit}{}", if *count == 1 { "" } else { "s" }))
        .collect();
    if shown.is_empty() { "0 minutes".to_owned() } else { shown.join(", ") }
}
