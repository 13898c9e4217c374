//! Layer 7: the machine as its owner sees it.

pub mod base;
