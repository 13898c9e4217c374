//! What the tests share.

pub mod bridge;
pub mod spec;
pub mod tidy;
