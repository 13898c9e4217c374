//! The dates that GNU `date -d` and `touch -d` understand (coreutils manual, "Date input formats"): items
//! in any order, each kind at most once, relative ones as often as wanted. And the stamps of `touch -t`.
//! Of the military zones of one letter only `Z` is known.

use super::civil::{date_of_day, day_of_date};
use super::words::{Word, word};
use super::{Civil, Zone, days_in_month};
use crate::abi::Time;
use crate::abi::limits::DATE_TEXT_BYTES_MAX;

const NANOS: i128 = 1_000_000_000;

/// Reads a date; `now` is where relative ones start, `zone` where the clock hangs. `None` when it is
/// none, or beyond what [`Time`] can hold.
#[must_use]
pub fn parse_date(text: &[u8], now: Time, zone: &Zone) -> Option<Time> {
    if text.len() > DATE_TEXT_BYTES_MAX {
        return None;
    }
    if let Some((named, rest)) = zone_prefix(text) {
        return parse_date(rest, now, &Zone::from_tz(named)).filter(|_| zone_prefix(rest).is_none());
    }
    let tokens = tokens(text)?;
    if let [Token::At, number] = tokens.as_slice() {
        return match number {
            Token::Number(number) => i64::try_from(number.nanos.div_euclid(NANOS))
                .ok()
                .map(|secs| Time { secs, nanos: number.nanos.rem_euclid(NANOS) as u32 }),
            _ => None,
        };
    }
    let mut items = Items::default();
    let mut rest = tokens.as_slice();
    while !rest.is_empty() {
        rest = items.take(rest)?;
    }
    items.resolve(now, zone)
}

/// Reads `[[CC]YY]MMDDhhmm[.ss]`, as `touch -t` takes it. Years from 69 to 99 are of the last century.
#[must_use]
pub fn parse_stamp(text: &[u8], now: Time, zone: &Zone) -> Option<Time> {
    let (digits, second) = match text.iter().position(|&byte| byte == b'.') {
        Some(at) => (text.get(..at)?, two_digits(text.get(at + 1..)?)?),
        None => (text, 0),
    };
    let mut pairs = digits.chunks(2).map(two_digits).collect::<Option<Vec<u8>>>()?;
    let year = match pairs.len() {
        4 => Civil::from_time(now, zone.offset_secs).year,
        5 => year_of(i64::from(pairs.remove(0)), 2),
        6 => i64::from(pairs.remove(0)) * 100 + i64::from(pairs.remove(0)),
        _ => return None,
    };
    let &[month, day, hour, minute] = pairs.as_slice() else { return None };
    // A leap second is taken for the one after it.
    let is_leap = second == 60;
    let civil = Civil { year, month, day, hour, minute, second: second - u8::from(is_leap), nanos: 0 };
    let time = is_valid(&civil).then(|| civil.to_time(zone.offset_secs))?;
    Some(Time { secs: time.secs + i64::from(is_leap), nanos: 0 })
}

fn two_digits(text: &[u8]) -> Option<u8> {
    match text {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => Some((tens - b'0') * 10 + (ones - b'0')),
        _ => None,
    }
}

/// `TZ="…"` in front, and what follows it.
fn zone_prefix(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let text = text.trim_ascii_start().strip_prefix(b"TZ=\"")?;
    let end = text.iter().position(|&byte| byte == b'"')?;
    Some((text.get(..end)?, text.get(end + 1..)?))
}

fn is_valid(civil: &Civil) -> bool {
    (1..=12).contains(&civil.month)
        && (1..=days_in_month(civil.year, civil.month)).contains(&civil.day)
        && civil.hour < 24
        && civil.minute < 60
        && civil.second < 60
}

/// A year of two digits is of this century up to 68.
const fn year_of(number: i64, digits: usize) -> i64 {
    match number {
        _ if digits > 2 => number,
        0..=68 => number + 2000,
        69..=99 => number + 1900,
        _ => number,
    }
}

#[derive(Clone, Copy, Debug)]
enum Token {
    Number(Number),
    Word(Word),
    Colon,
    Slash,
    Comma,
    At,
}

/// A number as it was written.
#[derive(Clone, Copy, Debug)]
struct Number {
    /// In billionths, so that fractions are whole.
    nanos: i128,
    digits: usize,
    is_signed: bool,
    is_negative: bool,
    is_fraction: bool,
}

impl Number {
    /// Its whole value without the sign; `None` for a fraction.
    fn whole(&self) -> Option<i64> {
        if self.is_fraction { None } else { i64::try_from((self.nanos / NANOS).abs()).ok() }
    }

    /// The same, small enough for a part of a date.
    fn small(&self) -> Option<u8> {
        self.whole().and_then(|value| u8::try_from(value).ok())
    }
}

fn tokens(text: &[u8]) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some((&byte, after)) = rest.split_first() {
        rest = match byte {
            b':' => push(&mut tokens, Token::Colon, after),
            b'/' => push(&mut tokens, Token::Slash, after),
            b',' => push(&mut tokens, Token::Comma, after),
            b'@' => push(&mut tokens, Token::At, after),
            b'(' => skip_comment(after),
            b'+' | b'-' => {
                let digits = after.trim_ascii_start();
                match digits.first() {
                    Some(b'0'..=b'9') => number(digits, Some(byte), &mut tokens)?,
                    _ => after,
                }
            }
            b'0'..=b'9' => number(rest, None, &mut tokens)?,
            _ if byte.is_ascii_whitespace() => after,
            _ if byte.is_ascii_alphabetic() => {
                let end = rest.iter().position(|byte| !byte.is_ascii_alphabetic() && *byte != b'.');
                let (letters, after) = rest.split_at(end.unwrap_or(rest.len()));
                push(&mut tokens, Token::Word(word(letters)?), after)
            }
            _ => return None,
        };
    }
    Some(tokens)
}

fn push<'a>(tokens: &mut Vec<Token>, token: Token, rest: &'a [u8]) -> &'a [u8] {
    tokens.push(token);
    rest
}

/// What follows a comment, whose parentheses nest; one that is never closed takes the rest.
fn skip_comment(text: &[u8]) -> &[u8] {
    let mut depth = 1;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return text.get(at + 1..).unwrap_or_default();
        }
    }
    b""
}

fn number<'a>(text: &'a [u8], sign: Option<u8>, tokens: &mut Vec<Token>) -> Option<&'a [u8]> {
    let count = |text: &[u8]| text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, mut rest) = text.split_at(count(text));
    let whole = core::str::from_utf8(digits).ok()?.parse::<u64>().ok()?;
    let mut nanos = i128::from(whole) * NANOS;
    let mut is_fraction = false;
    if let [b'.' | b',', after @ ..] = rest
        && count(after) > 0
    {
        let (fraction, after) = after.split_at(count(after));
        let digits = fraction.iter().chain([b'0'; 9].iter()).take(9);
        nanos += digits.fold(0, |value, byte| value * 10 + i128::from(byte - b'0'));
        is_fraction = true;
        rest = after;
    }
    let is_negative = sign == Some(b'-');
    tokens.push(Token::Number(Number {
        nanos: if is_negative { -nanos } else { nanos },
        digits: digits.len(),
        is_signed: sign.is_some(),
        is_negative,
        is_fraction,
    }));
    Some(rest)
}

/// What has been read so far.
#[derive(Default)]
struct Items {
    /// Year with its digits when given, month, day.
    date: Option<(Option<i64>, u8, u8)>,
    time: Option<(u8, u8, u8, u32)>,
    zone: Option<i32>,
    /// 0 for Sunday, and the how many-th.
    weekday: Option<(i64, u8)>,
    is_relative: bool,
    years: i64,
    months: i64,
    days: i64,
    nanos: i128,
}

impl Items {
    /// Takes one item off the front.
    fn take<'a>(&mut self, tokens: &'a [Token]) -> Option<&'a [Token]> {
        match tokens {
            [Token::Number(first), rest @ ..] if !first.is_signed => self.take_unsigned(first, rest),
            // A signed number counts a unit.
            [Token::Number(count), Token::Word(Word::Unit(unit)), rest @ ..] => {
                self.take_relative(count.nanos, unit, rest)
            }
            [Token::Word(Word::Ordinal(ordinal)), Token::Word(Word::Unit(unit)), rest @ ..] => {
                self.take_relative(i128::from(*ordinal) * NANOS, unit, rest)
            }
            [Token::Word(Word::Ordinal(ordinal)), Token::Word(Word::Weekday(day)), rest @ ..] => {
                self.set_weekday(*ordinal, *day, rest)
            }
            [Token::Word(Word::Weekday(day)), Token::Comma, rest @ ..]
            | [Token::Word(Word::Weekday(day)), rest @ ..] => self.set_weekday(0, *day, rest),
            [Token::Word(Word::Unit(unit)), rest @ ..] => self.take_relative(NANOS, unit, rest),
            [Token::Word(Word::DayShift(days)), rest @ ..] => {
                self.is_relative = true;
                self.days = self.days.checked_add(*days)?;
                Some(rest)
            }
            [Token::Word(Word::Month(month)), Token::Number(day), rest @ ..] if !day.is_signed => {
                match rest {
                    [Token::Comma, Token::Number(year), rest @ ..] if !year.is_signed => {
                        self.set_date(Some(year), *month, day, rest)
                    }
                    _ => self.set_date(None, *month, day, rest),
                }
            }
            [Token::Word(Word::Zone(offset)), rest @ ..] => self.set_zone(*offset, rest),
            _ => None,
        }
    }

    fn take_unsigned<'a>(&mut self, first: &Number, rest: &'a [Token]) -> Option<&'a [Token]> {
        match rest {
            [Token::Colon, Token::Number(minute), rest @ ..] if !minute.is_signed => {
                self.take_time(first, minute, rest)
            }
            [Token::Word(Word::Meridian(is_pm)), rest @ ..] => {
                let hour = hour_24(first.small()?, *is_pm)?;
                self.set_time(hour, 0, 0, 0, rest)
            }
            // 2026/1/31 or 1/31/2026 or 1/31
            [Token::Slash, Token::Number(second), Token::Slash, Token::Number(third), rest @ ..]
                if !second.is_signed && !third.is_signed =>
            {
                if first.digits >= 4 {
                    self.set_date(Some(first), second.small()?, third, rest)
                } else {
                    self.set_date(Some(third), first.small()?, second, rest)
                }
            }
            [Token::Slash, Token::Number(day), rest @ ..] if !day.is_signed => {
                self.set_date(None, first.small()?, day, rest)
            }
            // 2026-01-31, perhaps with T before its time
            [Token::Number(month), Token::Number(day), rest @ ..] if month.is_negative && day.is_negative => {
                let rest = match rest {
                    [Token::Word(Word::T), rest @ ..] if matches!(rest, [Token::Number(hour), Token::Colon, ..] if !hour.is_signed) => {
                        rest
                    }
                    _ => rest,
                };
                self.set_date(Some(first), month.small()?, day, rest)
            }
            // 31 Jan, 31 Jan 2026, 31-Jan-2026
            [Token::Word(Word::Month(month)), Token::Number(year), rest @ ..]
                if !matches!(rest, [Token::Colon, ..]) && (year.is_negative || !year.is_signed) =>
            {
                self.set_date(Some(year), *month, first, rest)
            }
            [Token::Word(Word::Month(month)), rest @ ..] => self.set_date(None, *month, first, rest),
            [Token::Word(Word::Unit(unit)), rest @ ..] => self.take_relative(first.nanos, unit, rest),
            [Token::Word(Word::Weekday(day)), rest @ ..] => self.set_weekday(first.whole()?, *day, rest),
            _ => self.take_bare(first, rest),
        }
    }

    /// A number by itself: the year of a date that has none, `[YY]YYMMDD`, or `hh[mm]`.
    fn take_bare<'a>(&mut self, number: &Number, rest: &'a [Token]) -> Option<&'a [Token]> {
        let value = number.whole()?;
        if let Some((year @ None, _, _)) = &mut self.date
            && !self.is_relative
            && (self.time.is_some() || number.digits > 2)
        {
            *year = Some(year_of(value, number.digits));
            return Some(rest);
        }
        if number.digits > 4 {
            let (month, day) = ((value / 100 % 100) as u8, (value % 100) as u8);
            let year = year_of(value / 10_000, number.digits - 4);
            return self.put_date(Some(year), month, day, rest);
        }
        let (hour, minute) = if number.digits <= 2 { (value, 0) } else { (value / 100, value % 100) };
        self.set_time(hour as u8, minute as u8, 0, 0, rest)
    }

    /// What follows `hh:`: `mm[:ss[.fraction]]`, then am or pm or a distance from UTC.
    fn take_time<'a>(&mut self, hour: &Number, minute: &Number, rest: &'a [Token]) -> Option<&'a [Token]> {
        let (hour, minute) = (hour.small()?, minute.small()?);
        let (second, nanos, rest) = match rest {
            [Token::Colon, Token::Number(second), rest @ ..] if !second.is_signed => {
                (u8::try_from(second.nanos / NANOS).ok()?, (second.nanos % NANOS) as u32, rest)
            }
            _ => (0, 0, rest),
        };
        match rest {
            [Token::Word(Word::Meridian(is_pm)), rest @ ..] => {
                self.set_time(hour_24(hour, *is_pm)?, minute, second, nanos, rest)
            }
            [Token::Number(offset), rest @ ..] if offset.is_signed => {
                let (offset, rest) = zone_offset(offset, rest)?;
                let rest = self.set_zone(offset, rest)?;
                self.set_time(hour, minute, second, nanos, rest)
            }
            _ => self.set_time(hour, minute, second, nanos, rest),
        }
    }

    fn take_relative<'a>(
        &mut self,
        count_nanos: i128,
        unit: &Unit,
        rest: &'a [Token],
    ) -> Option<&'a [Token]> {
        let (sign, rest) = match rest {
            [Token::Word(Word::Ago), rest @ ..] => (-1, rest),
            _ => (1, rest),
        };
        let nanos = count_nanos.checked_mul(sign)?;
        self.is_relative = true;
        if let Unit::Seconds(1) = unit {
            self.nanos = self.nanos.checked_add(nanos)?;
            return Some(rest);
        }
        if nanos % NANOS != 0 {
            return None;
        }
        let count = i64::try_from(nanos / NANOS).ok()?;
        match *unit {
            Unit::Seconds(secs) => {
                self.nanos = self.nanos.checked_add(nanos.checked_mul(i128::from(secs))?)?;
            }
            Unit::Days(days) => self.days = self.days.checked_add(count.checked_mul(days)?)?,
            Unit::Months(months) => self.months = self.months.checked_add(count.checked_mul(months)?)?,
            Unit::Years => self.years = self.years.checked_add(count)?,
        }
        Some(rest)
    }

    fn set_date<'a>(
        &mut self,
        year: Option<&Number>,
        month: u8,
        day: &Number,
        rest: &'a [Token],
    ) -> Option<&'a [Token]> {
        let year = match year {
            Some(number) => Some(year_of(number.whole()?, number.digits)),
            None => None,
        };
        self.put_date(year, month, day.small()?, rest)
    }

    fn put_date<'a>(
        &mut self,
        year: Option<i64>,
        month: u8,
        day: u8,
        rest: &'a [Token],
    ) -> Option<&'a [Token]> {
        self.date.replace((year, month, day)).is_none().then_some(rest)
    }

    fn set_time<'a>(
        &mut self,
        hour: u8,
        minute: u8,
        second: u8,
        nanos: u32,
        rest: &'a [Token],
    ) -> Option<&'a [Token]> {
        self.time.replace((hour, minute, second, nanos)).is_none().then_some(rest)
    }

    /// A zone's name; a signed number after it is a distance from it.
    fn set_zone<'a>(&mut self, offset_secs: i32, rest: &'a [Token]) -> Option<&'a [Token]> {
        let (more, rest) = match rest {
            [Token::Number(_), Token::Word(Word::Unit(_)), ..] => (0, rest),
            [Token::Number(number), rest @ ..] if number.is_signed => zone_offset(number, rest)?,
            _ => (0, rest),
        };
        self.zone.replace(offset_secs + more).is_none().then_some(rest)
    }

    fn set_weekday<'a>(&mut self, ordinal: i64, day: u8, rest: &'a [Token]) -> Option<&'a [Token]> {
        self.weekday.replace((ordinal, day)).is_none().then_some(rest)
    }

    fn resolve(self, now: Time, zone: &Zone) -> Option<Time> {
        let offset_secs = self.zone.unwrap_or(zone.offset_secs);
        let mut civil = Civil::from_time(now, zone.offset_secs);
        let keeps_time = self.is_relative && self.date.is_none() && self.weekday.is_none();
        if let Some((year, month, day)) = self.date {
            civil = Civil { year: year.unwrap_or(civil.year), month, day, ..civil };
        }
        match self.time {
            Some((hour, minute, second, nanos)) => {
                civil = Civil { hour, minute, second, nanos, ..civil };
            }
            None if keeps_time => {}
            None => civil = Civil { hour: 0, minute: 0, second: 0, nanos: 0, ..civil },
        }
        if !is_valid(&civil) || civil.year.unsigned_abs() > YEAR_MAX {
            return None;
        }
        if let (Some((ordinal, weekday)), None) = (self.weekday, self.date) {
            let ahead = i64::from((weekday + 7 - civil.weekday()) % 7);
            let weeks = ordinal.checked_sub(i64::from(ordinal > 0 && ahead != 0))?;
            let days = civil.days().checked_add(weeks.checked_mul(7)?)?.checked_add(ahead)?;
            (civil.year, civil.month, civil.day) = date_of_day(days);
        }
        let year = civil.year.checked_add(self.years)?;
        let month = i64::from(civil.month).checked_add(self.months)?;
        let day = i64::from(civil.day).checked_add(self.days)?;
        if [year, month, day].iter().any(|value| value.unsigned_abs() > YEAR_MAX * 366) {
            return None;
        }
        (civil.year, civil.month, civil.day) = date_of_day(day_of_date(year, month, day));
        if civil.year.unsigned_abs() > YEAR_MAX {
            return None;
        }
        let nanos = civil.to_time(offset_secs).as_nanos().checked_add(self.nanos)?;
        let secs = i64::try_from(nanos.div_euclid(NANOS)).ok()?;
        Some(Time { secs, nanos: nanos.rem_euclid(NANOS) as u32 })
    }
}

/// Years that a C `struct tm` can hold.
const YEAR_MAX: u64 = 2_147_485_547;

/// What a word for a span of time counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unit {
    /// That many seconds.
    Seconds(i64),
    /// That many days.
    Days(i64),
    /// That many months.
    Months(i64),
    /// Years.
    Years,
}

/// `+hh`, `+hhmm` or `+hh:mm`, in seconds.
fn zone_offset<'a>(number: &Number, rest: &'a [Token]) -> Option<(i32, &'a [Token])> {
    let value = i32::try_from(number.whole()?).ok()?;
    let (minutes, rest) = match rest {
        [Token::Colon, Token::Number(minute), rest @ ..] if !minute.is_signed => {
            (value.checked_mul(60)?.checked_add(i32::from(minute.small()?))?, rest)
        }
        _ if number.digits <= 2 => (value.checked_mul(60)?, rest),
        _ => (value / 100 * 60 + value % 100, rest),
    };
    let secs = if number.is_negative { -minutes.checked_mul(60)? } else { minutes.checked_mul(60)? };
    (secs.abs() <= 24 * 3600).then_some((secs, rest))
}

fn hour_24(hour: u8, is_pm: bool) -> Option<u8> {
    match hour {
        12 => Some(if is_pm { 12 } else { 0 }),
        1..=11 => Some(if is_pm { hour + 12 } else { hour }),
        _ => None,
    }
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
