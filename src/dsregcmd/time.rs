//! Times as `dsregcmd` prints them, and as a person gives them.
//!
//! Seconds in UTC are all that ages need. Nothing here asks a clock.

use core::fmt;
use core::str::FromStr;

/// A time in UTC, to the second, from year 1 to year 9999.
///
/// It reads what `dsregcmd` prints (`2024-05-01 09:30:00.000 UTC`) and RFC 3339 in UTC (`2024-05-01T09:30:00Z`), with
/// or without seconds, fractions of which are dropped; a date alone is its midnight. It prints as RFC 3339.
///
/// ```
/// use hexplain::dsregcmd::Time;
///
/// let time: Time = "2019-01-31 09:16:43.000 UTC".parse().unwrap();
/// assert_eq!(time.to_string(), "2019-01-31T09:16:43Z");
/// assert_eq!(time.unix_seconds(), 1_548_926_203);
/// let error = "yesterday".parse::<Time>().unwrap_err();
/// assert_eq!(error.to_string(), "This is no time in UTC; write it as 2024-05-01T09:30:00Z.");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(i64);

/// The error of reading a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NoTime(());

impl fmt::Display for NoTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("This is no time in UTC; write it as 2024-05-01T09:30:00Z.")
    }
}

impl core::error::Error for NoTime {}

const DAY: i64 = 86_400;
/// The years that have four digits.
const RANGE: core::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

impl Time {
    /// The time so many seconds after 1970 began; `None` outside the years 1 to 9999.
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        RANGE.contains(&seconds).then_some(Self(seconds))
    }

    /// Seconds since 1970 began.
    pub fn unix_seconds(self) -> i64 {
        self.0
    }

    /// Seconds from another time to this one.
    pub(super) fn seconds_since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (date, rest) = text.split_at_checked(10)?;
        let mut parts = date.split('-');
        let (year, month, day) = (digits(parts.next()?, 4)?, digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
        let rest = rest.strip_prefix(['T', 't', ' ']).map_or(rest, str::trim_start);
        let rest = rest.strip_suffix("UTC").or_else(|| rest.strip_suffix(['Z', 'z'])).unwrap_or(rest).trim_end();
        let (mut hour, mut minute, mut second) = (0, 0, 0);
        if !rest.is_empty() {
            let (clock, fraction) = rest.split_once('.').unwrap_or((rest, "0"));
            digits(fraction, fraction.len())?;
            let mut parts = clock.split(':');
            (hour, minute) = (digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
            second = parts.next().map_or(Some(0), |second| digits(second, 2))?;
            if parts.next().is_some() {
                return None;
            }
        }
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 => 28 + i64::from(is_leap),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let is_time = (1..=12).contains(&month) && (1..=days).contains(&day) && hour < 24 && minute < 60 && second < 60;
        let seconds = days_before(year, month, day) * DAY + hour * 3600 + minute * 60 + second;
        Self::from_unix_seconds(seconds).filter(|_| is_time)
    }
}

/// A number of exactly so many decimal digits.
fn digits(text: &str, count: usize) -> Option<i64> {
    (text.len() == count && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

/// Days from the first of 1970 to a date, in the Gregorian calendar; the year is taken to begin in March.
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leaps + (153 * month + 2) / 5 + day - 1 - 719_468
}

impl FromStr for Time {
    type Err = NoTime;

    fn from_str(text: &str) -> Result<Self, NoTime> {
        Self::read(text).ok_or(NoTime(()))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (days, seconds) = (self.0.div_euclid(DAY), self.0.rem_euclid(DAY));
        // The greatest year and month that begin no later; the search begins with a year that certainly does.
        let mut year = 1970 + days.div_euclid(if days < 0 { 365 } else { 366 });
        while days_before(year + 1, 1, 1) <= days {
            year += 1;
        }
        let month = (1..=12).rev().find(|&month| days_before(year, month, 1) <= days).unwrap_or(1);
        let day = days - days_before(year, month, 1) + 1;
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}
