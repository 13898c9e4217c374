//! Layer 0: calendar time. Seconds since 1970 to dates and back, at a fixed distance from UTC, as
//! `date`, `ls`, `stat`, `touch` and `find` need it. Pure; leap seconds do not exist (POSIX.1-2024 4.19).

mod civil;
mod format;
mod parse;
mod summer;
mod words;
mod zone;

pub use civil::{Civil, days_in_month, is_leap_year, write_iso_millis};
pub use format::format_time;
pub use parse::{parse_date, parse_stamp};
pub use zone::Zone;

/// Seconds of a day.
pub const DAY_SECS: i64 = 86_400;
