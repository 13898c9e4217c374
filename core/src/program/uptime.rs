//! How long the machine has been up, as `uptime`, `top` and `w` say it.

use crate::abi::Time;
use crate::calendar::{Zone, format_time};
use crate::kernel::{ProcessInfo, SystemInfo};

/// ` 10:02:03 up  1:30,  1 user,  load average: 0.00, 0.01, 0.05`.
#[must_use]
pub fn uptime_line(info: &SystemInfo, processes: &[ProcessInfo], now: Time, zone: &Zone) -> String {
    let mut clock = Vec::new();
    format_time(b" %H:%M:%S", now, zone, &mut clock);
    let minutes = info.uptime_nanos / 60_000_000_000;
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let days = match days {
        0 => String::new(),
        1 => "1 day, ".to_owned(),
        days => format!("{days} days, "),
    };
    let span = if hours > 0 { format!("{hours:2}:{minutes:02}") } else { format!("{minutes} min") };
    let is_session =
        |row: &&ProcessInfo| row.pid == row.session && row.terminal.is_some() && row.state != b'Z';
    let users = processes.iter().filter(is_session).count();
    let [one, five, fifteen] = info.load;
    format!(
        "{} up {days}{span}, {users:2} user{},  load average: {one:.2}, {five:.2}, {fifteen:.2}",
        String::from_utf8_lossy(&clock),
        if users > 1 { "s" } else { "" },
    )
}
