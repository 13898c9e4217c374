//! What a machine is booted with.

use super::base;
use crate::abi::limits::{INODES_MAX, MACHINE_FILE_BYTES_MAX};
use crate::kernel::KernelLimits;
use crate::vfs::Tree;

/// How a machine is to be. The default is a small Debian-like one.
#[derive(Clone)]
pub struct Config {
    /// Its name.
    pub hostname: String,
    /// Its files: a snapshot or an imported image. Without one, the base image, which all machines share.
    pub image: Option<Tree>,
    /// Picks the next process to run by this seed instead of in turn, to show that nothing depends on it.
    pub shuffle_seed: Option<u64>,
    /// What its processes may use.
    pub limits: KernelLimits,
    /// Bytes that its files may take.
    pub file_bytes_max: u64,
    /// Inodes that it may have.
    pub inodes_max: u64,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            hostname: base::HOSTNAME.to_string(),
            image: None,
            shuffle_seed: None,
            limits: KernelLimits::default(),
            file_bytes_max: MACHINE_FILE_BYTES_MAX,
            inodes_max: INODES_MAX,
        }
    }
}

/// Why a machine does not boot.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BootError {
    /// What was being done.
    pub step: &'static str,
    /// What went wrong.
    pub errno: crate::abi::Errno,
}

impl core::fmt::Display for BootError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "the machine does not boot: {}: {}", self.step, self.errno)
    }
}

impl core::error::Error for BootError {}
