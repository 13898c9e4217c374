//! What the tests share.

pub mod spec;
pub mod tidy;
