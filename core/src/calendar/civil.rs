//! Dates of the Gregorian calendar, before its introduction too, and their numbers of days.

use super::DAY_SECS;
use crate::abi::Time;

/// A date and a time of day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Civil {
    /// The year; 0 is 1 BC.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
    /// 0 to 999,999,999.
    pub nanos: u32,
}

/// Days of 400 years: after them the calendar repeats.
const CYCLE_DAYS: i64 = 146_097;
/// From 0000-03-01 to 1970-01-01.
const EPOCH_DAYS: i64 = 719_468;

impl Civil {
    /// What a clock shows at this time, `offset_secs` east of UTC.
    #[must_use]
    pub fn from_time(time: Time, offset_secs: i32) -> Civil {
        let secs = time.secs.saturating_add(i64::from(offset_secs));
        let (year, month, day) = date_of_day(secs.div_euclid(DAY_SECS));
        let of_day = secs.rem_euclid(DAY_SECS) as u32;
        Civil {
            year,
            month,
            day,
            hour: (of_day / 3600) as u8,
            minute: (of_day / 60 % 60) as u8,
            second: (of_day % 60) as u8,
            nanos: time.nanos,
        }
    }

    /// The time at which such a clock shows this. Fields beyond their range carry over, as in `mktime`.
    #[must_use]
    pub fn to_time(&self, offset_secs: i32) -> Time {
        let days = day_of_date(self.year, i64::from(self.month), i64::from(self.day));
        let of_day = i64::from(self.hour) * 3600 + i64::from(self.minute) * 60 + i64::from(self.second);
        let secs = days.saturating_mul(DAY_SECS).saturating_add(of_day - i64::from(offset_secs));
        Time { secs, nanos: self.nanos }
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn days(&self) -> i64 {
        day_of_date(self.year, i64::from(self.month), i64::from(self.day))
    }

    /// 0 for Sunday to 6.
    #[must_use]
    pub fn weekday(&self) -> u8 {
        (self.days() + 4).rem_euclid(7) as u8
    }

    /// 1 to 366.
    #[must_use]
    pub fn day_of_year(&self) -> u16 {
        (self.days() - day_of_date(self.year, 1, 1) + 1) as u16
    }

    /// The year and week (1 to 53) of ISO 8601: weeks start on Monday and belong to the year of their
    /// Thursday.
    #[must_use]
    pub fn iso_week(&self) -> (i64, u8) {
        let monday_based = (i64::from(self.weekday()) + 6) % 7;
        let thursday = self.days() - monday_based + 3;
        let (year, _, _) = date_of_day(thursday);
        (year, ((thursday - day_of_date(year, 1, 1)) / 7 + 1) as u8)
    }
}

/// Days since 1970-01-01 of a date; months and days beyond their range carry over.
pub(super) fn day_of_date(year: i64, month: i64, day: i64) -> i64 {
    // Years are counted from March, so that the leap day is the last of its year.
    let months = month - 3;
    let year = year.saturating_add(months.div_euclid(12));
    let of_year = (months.rem_euclid(12) * 153 + 2) / 5 + day - 1;
    let of_cycle = year.rem_euclid(400);
    let days = of_cycle * 365 + of_cycle / 4 - of_cycle / 100 + of_year - EPOCH_DAYS;
    year.div_euclid(400).saturating_mul(CYCLE_DAYS).saturating_add(days)
}

/// The date of a number of days since 1970-01-01.
pub(super) fn date_of_day(days: i64) -> (i64, u8, u8) {
    let days = days.saturating_add(EPOCH_DAYS);
    let cycle = days.div_euclid(CYCLE_DAYS);
    let of_cycle = days.rem_euclid(CYCLE_DAYS);
    let year = (of_cycle - of_cycle / 1460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
    let of_year = of_cycle - (365 * year + year / 4 - year / 100);
    let months = (5 * of_year + 2) / 153;
    let day = of_year - (153 * months + 2) / 5 + 1;
    let month = if months < 10 { months + 3 } else { months - 9 };
    (cycle * 400 + year + i64::from(month <= 2), month as u8, day as u8)
}

/// Whether a year has 366 days.
#[must_use]
pub const fn is_leap_year(year: i64) -> bool {
    year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0)
}

/// Days of a month from 1 to 12.
#[must_use]
pub const fn days_in_month(year: i64, month: u8) -> u8 {
    match month {
        2 => 28 + is_leap_year(year) as u8,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Writes a time in UTC as JavaScript's `toISOString` does: `2026-01-31T12:00:00.000Z`.
pub fn write_iso_millis(time: Time, out: &mut Vec<u8>) {
    let civil = Civil::from_time(time, 0);
    let Civil { year, month, day, hour, minute, second, nanos } = civil;
    let millis = nanos / 1_000_000;
    let text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z");
    out.extend(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_two_cycles_goes_there_and_back() {
        let (mut year, mut month, mut day) = (1599, 12, 31);
        for number in day_of_date(1600, 1, 1)..day_of_date(2401, 1, 1) {
            day += 1;
            if day > days_in_month(year, month) {
                (month, day) = (month + 1, 1);
            }
            if month > 12 {
                (year, month) = (year + 1, 1);
            }
            assert_eq!(date_of_day(number), (year, month, day));
            assert_eq!(day_of_date(year, i64::from(month), i64::from(day)), number);
        }
        assert_eq!((year, month, day), (2400, 12, 31));
    }

    #[test]
    fn extremes_do_not_panic() {
        for secs in [i64::MIN, i64::MAX, -62_135_596_801, 0] {
            for offset in [i32::MIN, 0, i32::MAX] {
                let civil = Civil::from_time(Time::from_secs(secs), offset);
                let _ = (civil.weekday(), civil.day_of_year(), civil.iso_week(), civil.to_time(offset));
            }
        }
        let last =
            Civil { year: i64::MAX, month: 255, day: 255, hour: 255, minute: 255, second: 255, nanos: 0 };
        let _ = (last.to_time(i32::MIN), last.weekday(), last.days());
    }

    #[test]
    fn iso_text() {
        let mut out = Vec::new();
        write_iso_millis(Time { secs: 1_795_212_619, nanos: 11_999_999 }, &mut out);
        assert_eq!(out, b"2026-11-20T22:10:19.011Z".as_slice());
    }
}
