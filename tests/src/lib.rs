//! What the tests share.

pub mod spec;
