//! Layer 4: processes and all they share, behind the system calls.

mod line_discipline;

pub use line_discipline::{Effects, LineDiscipline, ReadOutcome};
