//! Time zones: a distance from UTC and a name, and which of a zone's two is in force at a time.

use super::summer::Summer;
use crate::abi::Time;
use std::borrow::Cow;

/// A fixed zone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Zone {
    /// Seconds east of UTC.
    pub offset_secs: i32,
    /// What `%Z` prints.
    pub name: Cow<'static, str>,
}

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Zone = Zone { offset_secs: 0, name: Cow::Borrowed("UTC") };

    /// The zone that a value of `TZ` names in POSIX's form (XBD 8.3), as `EST5` or `<+0330>-3:30`; what
    /// follows, the rule for summer, is not looked at. Anything else is UTC, as in glibc when there is no
    /// zone file of that name: under the letters that the value starts with, if there are three.
    #[must_use]
    pub fn from_tz(value: &[u8]) -> Zone {
        let Ok(text) = core::str::from_utf8(value) else { return Zone::UTC };
        let text = text.strip_prefix(':').unwrap_or(text);
        let (name, rest) = split_name(text);
        if text.is_empty() {
            return Zone::UTC;
        }
        if name.len() < 3 || name.len() > 32 {
            return Zone { offset_secs: 0, name: Cow::Borrowed("") };
        }
        let offset_secs = posix_offset(rest).map_or(0, |(secs, _)| secs);
        Zone { offset_secs, name: Cow::Owned(name.to_owned()) }
    }

    /// As [`Zone::from_tz`], but what is in force at a time: summer time where the value has a rule for it,
    /// as `CET-1CEST,M3.5.0,M10.5.0/3` has.
    #[must_use]
    pub fn in_force(value: &[u8], time: Time) -> Zone {
        let winter = Zone::from_tz(value);
        match Summer::of_tz(value, winter.offset_secs) {
            Some(summer) if summer.has(time, winter.offset_secs) => {
                Zone { offset_secs: summer.offset_secs, name: Cow::Owned(summer.name) }
            }
            _ => winter,
        }
    }
}

/// The name that a value begins with, bare or in angle brackets, and what follows.
pub(super) fn split_name(text: &str) -> (&str, &str) {
    match text.strip_prefix('<').and_then(|quoted| quoted.split_once('>')) {
        Some(parts) => parts,
        None => text.split_at(text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len())),
    }
}

/// `[+-]hh[:mm[:ss]]`, west of UTC when positive, as seconds east, and what follows.
pub(super) fn posix_offset(text: &str) -> Option<(i32, &str)> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => (1, text),
        None => (-1, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let mut secs = 0;
    let mut unit = 3600;
    for part in digits.split(':').take(3) {
        let number: i32 = part.parse().ok().filter(|&number| number < 168)?;
        secs += number * unit;
        unit /= 60;
    }
    (secs <= 167 * 3600 + 3599).then_some((sign * secs, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    // `TZ=… date -d @SECS '+%z %Z'`.
    #[test]
    fn summer_time() {
        for (tz, secs, offset_secs, name) in [
            ("CET-1CEST,M3.5.0,M10.5.0/3", 1_711_846_799, 3600, "CET"),
            ("CET-1CEST,M3.5.0,M10.5.0/3", 1_711_846_800, 7200, "CEST"),
            ("CET-1CEST,M3.5.0,M10.5.0/3", 1_729_990_799, 7200, "CEST"),
            ("CET-1CEST,M3.5.0,M10.5.0/3", 1_729_990_800, 3600, "CET"),
            ("EST5EDT", 1_720_000_000, -14_400, "EDT"),
            ("EST5EDT", 1_704_067_200, -18_000, "EST"),
            ("AEST-10AEDT,M10.1.0,M4.1.0/3", 1_704_067_200, 39_600, "AEDT"),
            ("AEST-10AEDT,M10.1.0,M4.1.0/3", 1_720_000_000, 36_000, "AEST"),
            ("A5", 0, 0, ""),
            ("ABC1DEF3,J60,J300/1", 1_709_261_999, -3600, "ABC"),
            ("ABC1DEF3,J60,J300/1", 1_709_262_000, -10_800, "DEF"),
            ("UTC", 1_720_000_000, 0, "UTC"),
        ] {
            let zone = Zone::in_force(tz.as_bytes(), Time::from_secs(secs));
            assert_eq!((zone.offset_secs, zone.name.as_ref()), (offset_secs, name), "{tz} {secs}");
        }
    }

    // `TZ=… date +'%z %Z'`.
    #[test]
    fn posix_zones() {
        for (tz, offset_secs, name) in [
            ("EST5", -18_000, "EST"),
            ("EST5EDT", -18_000, "EST"),
            ("UTC0", 0, "UTC"),
            ("JST-9", 32_400, "JST"),
            ("<+0330>-3:30", 12_600, "+0330"),
            ("ABC+1:02:03", -3723, "ABC"),
            (":EST5", -18_000, "EST"),
            ("Nowhere", 0, "Nowhere"),
            ("Europe/Nowhere", 0, "Europe"),
            ("", 0, "UTC"),
            ("A5", 0, ""),
            (":UTC", 0, "UTC"),
        ] {
            let zone = Zone::from_tz(tz.as_bytes());
            assert_eq!((zone.offset_secs, zone.name.as_ref()), (offset_secs, name), "{tz}");
        }
    }
}
