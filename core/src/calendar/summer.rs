//! The rule for summer time of a `TZ` value (POSIX.1-2024 XBD 8.3): `EST5EDT,M3.2.0,M11.1.0`.

use super::DAY_SECS;
use super::civil::{Civil, days_in_month, is_leap_year};
use super::zone::{posix_offset, split_name};
use crate::abi::Time;

/// What glibc takes where the value names a summer time and no rule: that of the United States.
const DEFAULT_RULE: &str = ",M3.2.0,M11.1.0";
/// When a day's change happens where the rule does not say.
const CHANGE_SECS: i32 = 2 * 3600;

/// Summer time.
pub(super) struct Summer {
    /// Seconds east of UTC.
    pub(super) offset_secs: i32,
    /// What `%Z` prints.
    pub(super) name: String,
    start: Change,
    end: Change,
}

/// When the clocks change, by the clock in force before.
struct Change {
    day: Day,
    secs: i32,
}

/// A day of each year.
enum Day {
    /// `Jn`: 1 to 365; 29 February is never counted.
    Julian(i64),
    /// `n`: 0 to 365.
    Ordinal(i64),
    /// `Mm.w.d`: the w-th (5: the last) weekday of a month.
    Weekday { month: u8, week: i64, weekday: i64 },
}

impl Summer {
    /// That of a value of `TZ`, if it has one.
    pub(super) fn of_tz(value: &[u8], winter_secs: i32) -> Option<Summer> {
        let text = core::str::from_utf8(value).ok()?;
        let (_, rest) = split_name(text.strip_prefix(':').unwrap_or(text));
        let (_, rest) = posix_offset(rest)?;
        let (name, rest) = split_name(rest);
        if name.len() < 3 || name.len() > 32 {
            return None;
        }
        let own = !rest.is_empty() && !rest.starts_with(',');
        let (offset_secs, rest) = if own { posix_offset(rest)? } else { (winter_secs + 3600, rest) };
        let rule = if rest.is_empty() { DEFAULT_RULE } else { rest };
        let mut changes = rule.strip_prefix(',')?.split(',').map(Change::read);
        let (start, end) = (changes.next()??, changes.next()??);
        Some(Summer { offset_secs, name: name.to_owned(), start, end })
    }

    /// Whether it is in force.
    pub(super) fn has(&self, time: Time, winter_secs: i32) -> bool {
        let year = Civil::from_time(time, winter_secs).year;
        let start = self.start.secs_of(year) - i64::from(winter_secs);
        let end = self.end.secs_of(year) - i64::from(self.offset_secs);
        if start < end { (start..end).contains(&time.secs) } else { !(end..start).contains(&time.secs) }
    }
}

impl Change {
    fn read(text: &str) -> Option<Change> {
        let (day, secs) = match text.split_once('/') {
            // The sign of an offset is west, that of a time of day is not.
            Some((day, time)) => (day, -posix_offset(time)?.0),
            None => (text, CHANGE_SECS),
        };
        let number = |text: &str| text.parse::<i64>().ok().filter(|number| (0..=366).contains(number));
        let day = match (day.strip_prefix('M'), day.strip_prefix('J')) {
            (Some(rule), _) => {
                let mut parts = rule.split('.').map(number);
                let (month, week, weekday) = (parts.next()??, parts.next()??, parts.next()??);
                let valid = (1..=12).contains(&month) && (1..=5).contains(&week) && weekday <= 6;
                valid.then_some(Day::Weekday { month: month as u8, week, weekday })?
            }
            (None, Some(day)) => Day::Julian(number(day)?),
            (None, None) => Day::Ordinal(number(day)?),
        };
        Some(Change { day, secs })
    }

    /// Seconds from 1970 by the clock on the wall.
    fn secs_of(&self, year: i64) -> i64 {
        let first = |month| Civil { year, month, day: 1, hour: 0, minute: 0, second: 0, nanos: 0 };
        let day = match self.day {
            Day::Julian(day) => first(1).days() + day - 1 + i64::from(day >= 60 && is_leap_year(year)),
            Day::Ordinal(day) => first(1).days() + day,
            Day::Weekday { month, week, weekday } => {
                let first = first(month);
                let nth = (weekday - i64::from(first.weekday())).rem_euclid(7) + (week - 1) * 7;
                let beyond = nth >= i64::from(days_in_month(year, month));
                first.days() + if beyond { nth - 7 } else { nth }
            }
        };
        day * DAY_SECS + i64::from(self.secs)
    }
}
