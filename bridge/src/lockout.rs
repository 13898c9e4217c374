//! Who failed to log in too often: a bounded table of addresses.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Addresses remembered at a time; with more the one that was quiet longest is forgotten.
const ADDRESSES_MAX: usize = 4096;

/// Counts failed logins of each address and locks it out after too many in a row.
pub struct Lockout {
    attempts_max: Option<u32>,
    duration: Duration,
    addresses: Mutex<BTreeMap<IpAddr, Record>>,
}

struct Record {
    failures: u32,
    last: Instant,
    locked_until: Option<Instant>,
}

impl Lockout {
    /// Locks an address out for `duration` after `attempts_max` failures; `None` is never.
    pub fn new(attempts_max: Option<u32>, duration: Duration) -> Lockout {
        Lockout { attempts_max, duration, addresses: Mutex::new(BTreeMap::new()) }
    }

    /// How long this address is still locked out; `None` when it is not.
    pub fn locked_for(&self, address: IpAddr, now: Instant) -> Option<Duration> {
        let addresses = self.addresses();
        let until = addresses.get(&address.to_canonical())?.locked_until?;
        until.checked_duration_since(now).filter(|left| !left.is_zero())
    }

    /// Counts a failure. Gives the duration when this one locks the address out.
    pub fn failed(&self, address: IpAddr, now: Instant) -> Option<Duration> {
        let attempts_max = self.attempts_max?;
        let mut addresses = self.addresses();
        let address = address.to_canonical();
        if !addresses.contains_key(&address) && addresses.len() >= ADDRESSES_MAX {
            let quietest = addresses.iter().min_by_key(|(_, record)| record.last).map(|(key, _)| *key);
            quietest.and_then(|key| addresses.remove(&key));
        }
        let fresh = Record { failures: 0, last: now, locked_until: None };
        let record = addresses.entry(address).or_insert(fresh);
        // A lockout that is over, or failures as long ago as one lasts, count no more.
        let over = record.locked_until.is_some_and(|until| until <= now);
        if over || now.saturating_duration_since(record.last) > self.duration {
            record.failures = 0;
            record.locked_until = None;
        }
        record.last = now;
        record.failures += 1;
        if record.failures < attempts_max || record.locked_until.is_some() {
            return None;
        }
        record.locked_until = Some(now + self.duration);
        Some(self.duration)
    }

    /// Forgets the failures of an address, as after a login, and ends its lockout.
    pub fn clear(&self, address: IpAddr) {
        self.addresses().remove(&address.to_canonical());
    }

    fn addresses(&self) -> MutexGuard<'_, BTreeMap<IpAddr, Record>> {
        self.addresses.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn address(last: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, last])
    }

    #[test]
    fn the_nth_failure_locks_out_for_the_duration() {
        let (lockout, start) = (Lockout::new(Some(3), MINUTE), Instant::now());
        assert_eq!(lockout.failed(address(1), start), None);
        assert_eq!(lockout.failed(address(1), start), None);
        assert_eq!(lockout.locked_for(address(1), start), None);
        assert_eq!(lockout.failed(address(1), start), Some(MINUTE));
        assert_eq!(lockout.locked_for(address(1), start + MINUTE / 2), Some(MINUTE / 2));
        assert_eq!(lockout.locked_for(address(2), start), None, "only this address");
        assert_eq!(lockout.locked_for(address(1), start + MINUTE), None, "it ends");
        assert_eq!(lockout.failed(address(1), start + MINUTE), None, "and counting starts anew");
    }

    #[test]
    fn a_login_forgets_failures_and_old_ones_do_not_count() {
        let (lockout, start) = (Lockout::new(Some(2), MINUTE), Instant::now());
        lockout.failed(address(1), start);
        lockout.clear(address(1));
        assert_eq!(lockout.failed(address(1), start), None);
        assert_eq!(lockout.failed(address(1), start + MINUTE * 2), None);
    }

    #[test]
    fn a_mapped_address_is_the_same_client() {
        let (lockout, start) = (Lockout::new(Some(1), MINUTE), Instant::now());
        lockout.failed("::ffff:192.0.2.1".parse().expect("address"), start);
        assert!(lockout.locked_for(address(1), start).is_some());
    }

    #[test]
    fn without_a_limit_nobody_is_locked_out_and_the_table_is_bounded() {
        let (lockout, start) = (Lockout::new(None, MINUTE), Instant::now());
        assert!((0..100).all(|_| lockout.failed(address(1), start).is_none()));
        let lockout = Lockout::new(Some(5), MINUTE);
        for number in 0..ADDRESSES_MAX as u32 + 10 {
            lockout.failed(IpAddr::from(number.to_be_bytes()), start);
        }
        assert_eq!(lockout.addresses().len(), ADDRESSES_MAX);
    }
}
