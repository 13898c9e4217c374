//! Time zones without daylight saving: a distance from UTC and a name.

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
        let (name, rest) = match text.strip_prefix('<').and_then(|quoted| quoted.split_once('>')) {
            Some(parts) => parts,
            None => text.split_at(text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len())),
        };
        if text.is_empty() {
            return Zone::UTC;
        }
        if name.len() < 3 || name.len() > 32 {
            return Zone { offset_secs: 0, name: Cow::Borrowed("") };
        }
        let offset_secs = posix_offset(rest).unwrap_or(0);
        Zone { offset_secs, name: Cow::Owned(name.to_owned()) }
    }
}

/// `[+-]hh[:mm[:ss]]`, west of UTC when positive.
fn posix_offset(text: &str) -> Option<i32> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => (1, text),
        None => (-1, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(text.len());
    let mut secs = 0;
    let mut unit = 3600;
    for part in text.get(..end)?.split(':').take(3) {
        let number: i32 = part.parse().ok().filter(|&number| number < 60)?;
        secs += number * unit;
        unit /= 60;
    }
    (secs <= 24 * 3600 + 3599).then_some(sign * secs)
}

#[cfg(test)]
mod tests {
    use super::*;

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
