//! The words of dates: months, weekdays, units, ordinals, zones.

use super::format::{MONTHS, WEEKDAYS};
use super::parse::Unit;

/// A word that means something in a date.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Word {
    /// 1 to 12.
    Month(u8),
    /// 0 for Sunday.
    Weekday(u8),
    Unit(Unit),
    /// `last`, `this`, `next`, `first`, `third` … `twelfth`. (`second` is a unit.)
    Ordinal(i64),
    /// `yesterday`, `today`, `now`, `tomorrow`.
    DayShift(i64),
    Ago,
    /// Whether it is `pm`.
    Meridian(bool),
    /// Seconds east of UTC.
    Zone(i32),
    /// Between an ISO date and its time.
    T,
}

const UNITS: &[(&str, Unit)] = &[
    ("year", Unit::Years),
    ("month", Unit::Months(1)),
    ("fortnight", Unit::Days(14)),
    ("week", Unit::Days(7)),
    ("day", Unit::Days(1)),
    ("hour", Unit::Seconds(3600)),
    ("minute", Unit::Seconds(60)),
    ("min", Unit::Seconds(60)),
    ("second", Unit::Seconds(1)),
    ("sec", Unit::Seconds(1)),
];

const ORDINALS: &[(&str, i64)] = &[
    ("last", -1),
    ("this", 0),
    ("next", 1),
    ("first", 1),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("eleventh", 11),
    ("twelfth", 12),
];

const DAY_SHIFTS: &[(&str, i64)] = &[("yesterday", -1), ("today", 0), ("now", 0), ("tomorrow", 1)];

/// Minutes east of UTC.
const ZONES: &[(&str, i32)] = &[
    ("z", 0),
    ("utc", 0),
    ("ut", 0),
    ("gmt", 0),
    ("wet", 0),
    ("west", 60),
    ("bst", 60),
    ("cet", 60),
    ("cest", 120),
    ("met", 60),
    ("mest", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("ist", 330),
    ("sgt", 480),
    ("jst", 540),
    ("nzst", 720),
    ("nzdt", 780),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("hst", -600),
];

/// What a word means, in any case, with dots at its end or in `a.m.` and `p.m.`.
pub(super) fn word(letters: &[u8]) -> Option<Word> {
    let lower = letters.to_ascii_lowercase();
    let lower = core::str::from_utf8(&lower).ok()?;
    match lower {
        "am" | "a.m." => return Some(Word::Meridian(false)),
        "pm" | "p.m." => return Some(Word::Meridian(true)),
        "ago" => return Some(Word::Ago),
        "t" => return Some(Word::T),
        _ => {}
    }
    let bare = lower.strip_suffix('.').unwrap_or(lower);
    match bare {
        "sept" => return Some(Word::Month(9)),
        "tues" => return Some(Word::Weekday(2)),
        "wednes" => return Some(Word::Weekday(3)),
        "thur" | "thurs" => return Some(Word::Weekday(4)),
        _ => {}
    }
    let index_in = |names: &[&str]| {
        let is_it = |name: &&str| name.eq_ignore_ascii_case(bare) || name[..3].eq_ignore_ascii_case(bare);
        names.iter().position(is_it).map(|at| at as u8)
    };
    if let Some(at) = index_in(&MONTHS) {
        return Some(Word::Month(at + 1));
    }
    if let Some(at) = index_in(&WEEKDAYS) {
        return Some(Word::Weekday(at));
    }
    let singular = |name: &str| lower == name || lower.strip_suffix('s') == Some(name);
    if let Some((_, unit)) = UNITS.iter().find(|(name, _)| singular(name)) {
        return Some(Word::Unit(*unit));
    }
    if let Some((_, ordinal)) = ORDINALS.iter().find(|(name, _)| *name == lower) {
        return Some(Word::Ordinal(*ordinal));
    }
    if let Some((_, days)) = DAY_SHIFTS.iter().find(|(name, _)| *name == lower) {
        return Some(Word::DayShift(*days));
    }
    ZONES.iter().find(|(name, _)| *name == lower).map(|(_, minutes)| Word::Zone(minutes * 60))
}
