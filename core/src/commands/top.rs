//! `top`: shows the machine's processes again and again.

use crate::abi::{Errno, ExitStatus, STDIN, STDOUT, SortedMap, Termios};
use crate::calendar::Zone;
use crate::kernel::{PollFd, ProcessInfo};
use crate::program::Takes::{Argument, Nothing};
use crate::program::{
    Category, Command, Context, Example, Names, boxed, kilobytes, option, parse_seconds, read_file, uptime_line,
};
use std::fmt::Write as _;

/// The command.
pub static COMMAND: Command = Command {
    name: "top",
    aliases: &[],
    summary: "display processes",
    usage: &["[-b] [-d SECS] [-n NUMBER]"],
    description: "Show totals of the machine and its processes, the busiest first, every 3 seconds. On a\n\
                  terminal, q ends it and a blank refreshes it at once.",
    options: &[
        option('b', "batch-mode", Nothing, "plain text, for a file or pipe"),
        option('d', "delay", Argument("SECS"), "seconds between refreshes"),
        option('n', "iterations", Argument("NUMBER"), "end after so many"),
    ],
    examples: &[Example { script: "top -b -n 1 | head -n 2 | tail -n 1 | cut -d : -f 1", output: "Tasks\n" }],
    standard: "https://manpages.debian.org/bookworm/procps/top.1.en.html",
    category: Category::System,
    run: |cx| boxed(run(cx)),
};

/// Processor times of the last look.
#[derive(Default)]
struct Before {
    uptime_nanos: u64,
    busy_nanos: u64,
    cpu_nanos: SortedMap<u32, u64>,
}

async fn run(mut cx: Context) -> ExitStatus {
    let parsed = match cx.parse(1).await {
        Ok(parsed) => parsed,
        Err(status) => return status,
    };
    let delay = parsed.value('d').map_or(Some(3_000_000_000), parse_seconds);
    let Some(delay) = delay else {
        let value = parsed.value('d').unwrap_or_default();
        cx.error(&[b"bad delay interval '", value, b"'"].concat()).await;
        return cx.finish().await;
    };
    let count = parsed.value('n').map(|text| std::str::from_utf8(text).ok()?.parse::<u64>().ok().filter(|&n| n > 0));
    let Some(mut left) = count.unwrap_or(Some(u64::MAX)) else {
        let value = parsed.value('n').unwrap_or_default();
        cx.error(&[b"bad iterations argument '", value, b"'"].concat()).await;
        return cx.finish().await;
    };
    let batch = parsed.has('b');
    let settings = if batch { None } else { cx.process.termios(STDIN).ok() };
    if !batch && (settings.is_none() || !cx.process.is_terminal(STDOUT)) {
        cx.error(b"failed tty get").await;
        return cx.finish().await;
    }
    if let Some(settings) = &settings {
        enter(&mut cx, settings).await;
    }
    let names = Names::read(&cx.process).await;
    let mut before = Before::default();
    loop {
        let text = page(&cx, &names, &mut before, settings.is_some()).await;
        cx.out.put(text.as_bytes());
        if cx.out.flush().await.is_err() {
            break;
        }
        left -= 1;
        if left == 0 || !pause(&cx, delay, settings.is_some()).await {
            break;
        }
        if batch {
            cx.out.push(b'\n');
        }
    }
    if let Some(settings) = settings {
        cx.out.put(b"\x1b[?25h\r\n");
        let _ = cx.out.flush().await;
        let _ = cx.process.set_termios(STDIN, settings, false).await;
    }
    cx.finish().await
}

/// The terminal gives each key at once; signals stay.
async fn enter(cx: &mut Context, settings: &Termios) {
    let mut raw = settings.clone();
    raw.local.icanon = false;
    raw.local.echo = false;
    raw.local.isig = false;
    let _ = cx.process.set_termios(STDIN, raw, false).await;
    cx.out.put(b"\x1b[?25l\x1b[H\x1b[2J");
}

/// Waits for the next look; false to end.
async fn pause(cx: &Context, delay: u64, interactive: bool) -> bool {
    if !interactive {
        while let Err(Errno::EINTR) = cx.process.sleep(delay).await {}
        return true;
    }
    let mut fds = [PollFd::reading(STDIN)];
    match cx.process.poll(&mut fds, Some(delay)).await {
        Ok(0) | Err(_) => true,
        Ok(_) => {
            let mut key = [0];
            let count = cx.process.read(STDIN, &mut key).await.unwrap_or(0);
            // q, ^C, or the end of the input.
            count > 0 && !matches!(key, [b'q' | 3])
        }
    }
}

/// One look: for a screen each line is cut and erased to its end.
async fn page(cx: &Context, names: &Names, before: &mut Before, on_screen: bool) -> String {
    let info = cx.process.system_info();
    let mut rows = cx.process.processes();
    let now = cx.process.now();
    let zone = Zone::in_force(&cx.process.env(b"TZ").unwrap_or_default(), now);
    let states = |state: u8| rows.iter().filter(|row| row.state == state).count();
    let span = info.uptime_nanos.saturating_sub(before.uptime_nanos).max(1) as f64;
    let busy = (info.busy_nanos.saturating_sub(before.busy_nanos) as f64 * 100.0 / span).min(100.0);
    let memory = read_file(&cx.process, b"/proc/meminfo").await.unwrap_or_default();
    let memory = |name: &str| kilobytes(&memory, name) as f64 / 1024.0;
    let (total, free, cached) = (memory("MemTotal"), memory("MemFree"), memory("Cached"));
    let mut text = format!("top -{}\n", uptime_line(&info, &rows, now, &zone));
    let _ = writeln!(
        text,
        "Tasks: {:3} total, {:3} running, {:3} sleeping, {:3} stopped, {:3} zombie",
        rows.len(),
        states(b'R'),
        states(b'S'),
        states(b'T'),
        states(b'Z')
    );
    let _ = writeln!(
        text,
        "%Cpu(s): {busy:4.1} us,  0.0 sy,  0.0 ni, {:4.1} id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st ",
        100.0 - busy
    );
    let used = (total - free - cached).max(0.0);
    let _ = writeln!(text, "MiB Mem : {total:8.1} total, {free:8.1} free, {used:8.1} used, {cached:8.1} buff/cache     ");
    let available = memory("MemAvailable");
    let _ = writeln!(text, "MiB Swap:      0.0 total,      0.0 free,      0.0 used. {available:8.1} avail Mem \n");
    let _ = writeln!(text, "    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND");
    let share = |row: &ProcessInfo| {
        let last = before.cpu_nanos.get(&row.pid).copied().unwrap_or(0);
        (row.cpu_nanos.saturating_sub(last) as f64 * 100.0 / span).min(100.0)
    };
    rows.sort_by(|one, other| share(other).total_cmp(&share(one)).then(one.pid.cmp(&other.pid)));
    for row in &rows {
        let hundredths = row.cpu_nanos / 10_000_000;
        let user: String = String::from_utf8_lossy(&names.user(row.euid)).chars().take(8).collect();
        let _ = writeln!(
            text,
            "{:7} {user:<8} {:3} {:3} {:7} {:6} {:6} {} {:5.1} {:5.1} {:>9} {}",
            row.pid,
            20 + i32::from(row.nice),
            row.nice,
            0,
            0,
            0,
            char::from(row.state),
            share(row),
            0.0,
            format!("{}:{:02}.{:02}", hundredths / 6000, hundredths / 100 % 60, hundredths % 100),
            String::from_utf8_lossy(&crate::program::question_marks(&row.name))
        );
    }
    *before = Before {
        uptime_nanos: info.uptime_nanos,
        busy_nanos: info.busy_nanos,
        cpu_nanos: rows.iter().map(|row| (row.pid, row.cpu_nanos)).collect(),
    };
    if !on_screen {
        return text;
    }
    let window = cx.process.window_size(STDOUT).unwrap_or_default();
    let lines = text.lines().take(usize::from(window.rows.max(2)) - 1);
    let lines: Vec<String> = lines.map(|line| line.chars().take(usize::from(window.cols)).collect()).collect();
    format!("\x1b[H{}\x1b[K\x1b[J", lines.join("\x1b[K\r\n"))
}
