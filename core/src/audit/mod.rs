//! Layer 3: the record of what happened. The closed list of events, the bounded log with its counts, and
//! what looks wrong in them. It does not know who emits: system calls and the machine's owner do.

mod anomaly;
mod event;
mod json;
mod log;

pub use anomaly::{Anomaly, Severity, Thresholds, anomalies};
pub use event::{AuthMethod, AuthReason, Classes, Event, Face, Text};
pub use log::{Entry, Log, Stats};

#[cfg(test)]
mod tests;
