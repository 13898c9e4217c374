//! Character devices without state, and the numbers of all devices.

use crate::abi::{Device, Errno, Result};
use crate::host::Host;

/// Linux's device numbers of what is in `/dev`.
pub mod numbers {
    use crate::abi::Device;

    /// `/dev/null`.
    pub const NULL: Device = Device { major: 1, minor: 3 };
    /// `/dev/zero`.
    pub const ZERO: Device = Device { major: 1, minor: 5 };
    /// `/dev/full`.
    pub const FULL: Device = Device { major: 1, minor: 7 };
    /// `/dev/random`.
    pub const RANDOM: Device = Device { major: 1, minor: 8 };
    /// `/dev/urandom`.
    pub const URANDOM: Device = Device { major: 1, minor: 9 };
    /// `/dev/tty`: the controlling terminal.
    pub const TTY: Device = Device { major: 5, minor: 0 };
    /// `/dev/ptmx`: opens a new pseudo-terminal.
    pub const PTMX: Device = Device { major: 5, minor: 2 };
    /// The major number of `/dev/pts/N`; the minor is N.
    pub const PTS_MAJOR: u32 = 136;
}

/// A device without state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum CharDevice {
    Null,
    Zero,
    Full,
    Random,
}

impl CharDevice {
    /// The driver of a number. ENXIO.
    pub(crate) fn of(device: Device) -> Result<CharDevice> {
        match device {
            numbers::NULL => Ok(CharDevice::Null),
            numbers::ZERO => Ok(CharDevice::Zero),
            numbers::FULL => Ok(CharDevice::Full),
            numbers::RANDOM | numbers::URANDOM => Ok(CharDevice::Random),
            _ => Err(Errno::ENXIO),
        }
    }

    pub(crate) fn read(self, host: &dyn Host, buf: &mut [u8]) -> usize {
        match self {
            CharDevice::Null => 0,
            CharDevice::Zero | CharDevice::Full => {
                buf.fill(0);
                buf.len()
            }
            CharDevice::Random => {
                host.random(buf);
                buf.len()
            }
        }
    }

    pub(crate) fn write(self, bytes: &[u8]) -> Result<usize> {
        if self == CharDevice::Full && !bytes.is_empty() { Err(Errno::ENOSPC) } else { Ok(bytes.len()) }
    }
}
