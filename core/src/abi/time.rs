//! Points in time.

/// A point in time: seconds and nanoseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Time {
    /// Whole seconds; negative before 1970.
    pub secs: i64,
    /// 0 to 999,999,999, always forward from `secs`.
    pub nanos: u32,
}

impl Time {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Time = Time { secs: 0, nanos: 0 };

    /// From whole seconds.
    #[must_use]
    pub const fn from_secs(secs: i64) -> Time {
        Time { secs, nanos: 0 }
    }

    /// From nanoseconds since the epoch.
    #[must_use]
    pub const fn from_nanos(nanos: i128) -> Time {
        Time { secs: nanos.div_euclid(1_000_000_000) as i64, nanos: nanos.rem_euclid(1_000_000_000) as u32 }
    }

    /// Nanoseconds since the epoch.
    #[must_use]
    pub const fn as_nanos(self) -> i128 {
        self.secs as i128 * 1_000_000_000 + self.nanos as i128
    }

    /// This many nanoseconds later.
    #[must_use]
    pub const fn plus_nanos(self, nanos: u64) -> Time {
        Time::from_nanos(self.as_nanos() + nanos as i128)
    }

    /// Nanoseconds from `earlier` to `self`; 0 when it is not earlier.
    #[must_use]
    pub fn nanos_since(self, earlier: Time) -> u64 {
        u64::try_from((self.as_nanos() - earlier.as_nanos()).max(0)).unwrap_or(u64::MAX)
    }
}
