//! `ps`: lists processes.

mod columns;
mod options;

use crate::abi::{ExitStatus, STDOUT, Time};
use crate::calendar::Zone;
use crate::kernel::ProcessInfo;
use crate::program::Takes::{Argument, Nothing};
use crate::program::{Category, Choice, Command, Context, Example, Names, boxed, option};
use options::{Column, Own, Request, Selection};
use std::cmp::Ordering;

/// The command.
pub static COMMAND: Command = Command {
    name: "ps",
    aliases: &[],
    summary: "report a snapshot of the current processes",
    usage: &["[options]"],
    description: "Without options: the processes of this user on this terminal. Unix options have a dash\n\
                  (ps -ef), BSD's have none (ps aux). Those of BSD are a, g, h, j, k, l, o, p, r, t, T, u, U,\n\
                  w and x. FORMAT is a list of columns as pid,ppid,user,stat,etime,comm,args; a heading may\n\
                  follow (pid=NUMBER) or be empty (pid=), and a width (user:12).",
    options: &[
        option('A', "", Nothing, "all processes"),
        option('e', "", Nothing, "all processes"),
        option('a', "", Nothing, "all with a terminal, except session leaders"),
        option('d', "", Nothing, "all except session leaders"),
        option('N', "deselect", Nothing, "negate the selection"),
        option('p', "pid", Argument("PID"), "these processes"),
        Choice::long('P', "ppid", Argument("PID"), "the children of these"),
        option('C', "", Argument("NAME"), "those of these command names"),
        option('u', "user", Argument("USER"), "those of these effective users"),
        option('U', "User", Argument("USER"), "those of these real users"),
        option('G', "Group", Argument("GROUP"), "those of these groups"),
        option('s', "sid", Argument("SID"), "those of these sessions"),
        option('t', "tty", Argument("TTY"), "those of these terminals"),
        option('f', "", Nothing, "full format"),
        option('l', "", Nothing, "long format"),
        option('j', "", Nothing, "format of jobs"),
        option('o', "format", Argument("FORMAT"), "these columns"),
        Choice::long('k', "sort", Argument("KEY"), "sort by these columns; -KEY turns the order around"),
        Choice::long('c', "columns", Argument("N"), "lines of at most this width"),
        option('w', "", Nothing, "wider lines; twice: of any width"),
        Choice::long('h', "no-headers", Nothing, "no line of headings"),
    ],
    examples: &[
        Example { script: "ps -p 1 -o pid,ppid,comm", output: "    PID    PPID COMMAND\n      1       0 init\n" },
        Example { script: "ps -C init -o user=", output: "root\n" },
    ],
    standard: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/ps.html",
    category: Category::System,
    run: |cx| boxed(run(cx)),
};

/// What columns need besides the process.
struct Machine {
    names: Names,
    now: Time,
    zone: Zone,
    uptime_nanos: u64,
}

/// Columns that `w` gives on a terminal.
const WIDE_COLUMNS: usize = 132;

async fn run(mut cx: Context) -> ExitStatus {
    match cx.words.first().map(Vec::as_slice) {
        Some(b"--help") => return cx.help().await,
        Some(b"--version" | b"-V" | b"V") => return cx.version().await,
        _ => {}
    }
    let names = Names::read(&cx.process).await;
    let own = Own { euid: cx.process.credentials().euid, terminal: cx.process.controlling_terminal() };
    let request = match options::read(&cx.words, &names, own) {
        Ok(request) => request,
        Err(message) => {
            const USAGE: &[u8] = b"\n\nUsage:\n ps [options]\n\n Try 'ps --help <simple|list|output|threads|misc|all>'\n  or 'ps --help <s|l|o|t|m|a>'\n for additional help text.\n\nFor more details see ps(1).\n";
            cx.write_error(&[b"error: ", &message[..], USAGE].concat()).await;
            cx.status = 1;
            return cx.finish().await;
        }
    };
    let now = cx.process.now();
    let zone = Zone::in_force(&cx.process.env(b"TZ").unwrap_or_default(), now);
    let machine = Machine { names, now, zone, uptime_nanos: cx.process.uptime_nanos() };
    let mut rows: Vec<ProcessInfo> =
        cx.process.processes().into_iter().filter(|row| request.selects(row, own)).collect();
    rows.sort_by(|one, other| {
        let by_key = |ordering: Ordering, &(value, down): &(columns::Value, bool)| {
            ordering.then_with(|| {
                let ordering = columns::compare(value, one, other, &machine);
                if down { ordering.reverse() } else { ordering }
            })
        };
        request.sort.iter().fold(Ordering::Equal, by_key)
    });
    let columns_max = request.line_width(&cx);
    if request.headings && request.columns.iter().any(|column| !column.heading.is_empty()) {
        let headings = request.columns.iter().map(|column| column.heading.clone());
        let line = layout(&request.columns, headings, columns_max);
        cx.out.put(&line);
    }
    cx.status = u8::from(rows.is_empty());
    for row in &rows {
        let values = request.columns.iter().map(|column| columns::show(column.kind.value, row, &machine));
        let line = layout(&request.columns, values, columns_max);
        cx.out.put(&line);
        if cx.out.ready().await.is_err() {
            break;
        }
    }
    cx.finish().await
}

impl Request {
    /// Whether a process is listed.
    fn selects(&self, row: &ProcessInfo, own: Own) -> bool {
        let listed = self.pids.contains(&row.pid)
            || self.parents.contains(&row.parent)
            || self.sessions.contains(&row.session)
            || self.names.iter().any(|name| row.name.starts_with(name) && name.len() >= row.name.len().min(15))
            || self.euids.contains(&row.euid)
            || self.uids.contains(&row.uid)
            || self.gids.contains(&row.gid)
            || self.terminals.contains(&row.terminal);
        let leads = row.session == row.pid;
        let selected = match self.selection {
            Selection::Default | Selection::Bsd { every_user: false, every_terminal: false } if self.listed => false,
            Selection::Default => row.euid == own.euid && row.terminal == own.terminal,
            Selection::All => true,
            Selection::NoLeaders { with_terminal } => !leads && (row.terminal.is_some() || !with_terminal),
            Selection::Bsd { every_user, every_terminal } => {
                (every_user || row.euid == own.euid) && (every_terminal || row.terminal.is_some())
            }
        };
        (selected || listed) != self.negate && (!self.running_only || row.state == b'R')
    }

    /// Columns of a line; `None` for any number, as where the output is no terminal.
    fn line_width(&self, cx: &Context) -> Option<usize> {
        if self.wide >= 2 {
            return None;
        }
        let wide = if self.wide == 1 { WIDE_COLUMNS } else { 0 };
        let window = cx.process.window_size(STDOUT).ok().map(|window| usize::from(window.cols));
        let window = window.filter(|&cols| cols > 0).map(|cols| cols.max(wide));
        self.columns_max.or(window)
    }
}

/// A line of these values.
fn layout(columns: &[Column], values: impl Iterator<Item = Vec<u8>>, columns_max: Option<usize>) -> Vec<u8> {
    let mut line = String::new();
    let last = columns.len().saturating_sub(1);
    for (at, (column, value)) in columns.iter().zip(values).enumerate() {
        let text = String::from_utf8_lossy(&value);
        let width = column.width;
        if at > 0 {
            line.push(' ');
        }
        if !column.kind.left {
            line += &format!("{text:>width$}");
        } else if at == last {
            line += &text;
        } else if text.chars().count() > width && is_name(column.kind.value) {
            line.extend(text.chars().take(width.saturating_sub(1)));
            line.push('+');
        } else {
            line += &format!("{text:<width$.width$}");
        }
    }
    let mut line: String = line.chars().take(columns_max.unwrap_or(usize::MAX)).collect();
    line.push('\n');
    line.into_bytes()
}

/// Whether a plus stands for what a column cannot show.
fn is_name(value: columns::Value) -> bool {
    use columns::Value::{GroupName, RealUser, User};
    matches!(value, User | RealUser | GroupName)
}
