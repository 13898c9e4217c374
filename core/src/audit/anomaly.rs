//! What looks wrong in the counts of a log.

use super::Stats;

/// Above which counts something is reported.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Thresholds {
    /// Failures among the attempts to log in, in percent.
    pub auth_failure_percent: u64,
    /// Failures to log in.
    pub auth_failures: u64,
    /// Commands.
    pub commands: u64,
    /// Files written.
    pub file_writes: u64,
}

impl Default for Thresholds {
    fn default() -> Thresholds {
        Thresholds { auth_failure_percent: 50, auth_failures: 10, commands: 1000, file_writes: 500 }
    }
}

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Severity {
    Low,
    Medium,
    High,
}

impl Severity {
    /// `low`, `medium` or `high`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Low => "low",
            Severity::Medium => "medium",
            Severity::High => "high",
        }
    }
}

/// Something that looks wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Anomaly {
    /// Which, as `excessive_auth_failures`.
    pub kind: &'static str,
    /// How bad.
    pub severity: Severity,
    /// A sentence with the figures.
    pub message: String,
}

/// What these counts show.
#[must_use]
pub fn anomalies(stats: &Stats, thresholds: &Thresholds) -> Vec<Anomaly> {
    let Stats { auth_attempts, auth_failures, commands, file_writes, .. } = *stats;
    let mut found = Vec::new();
    let mut report = |is_found, kind, severity, message| {
        if is_found {
            found.push(Anomaly { kind, severity, message });
        }
    };
    report(
        auth_failures.saturating_mul(100) > auth_attempts.saturating_mul(thresholds.auth_failure_percent),
        "high_auth_failure_rate",
        Severity::Medium,
        format!("{auth_failures} of {auth_attempts} attempts to log in failed"),
    );
    report(
        auth_failures > thresholds.auth_failures,
        "excessive_auth_failures",
        Severity::High,
        format!("{auth_failures} attempts to log in failed"),
    );
    report(
        commands > thresholds.commands,
        "high_command_volume",
        Severity::Low,
        format!("{commands} commands were run"),
    );
    report(
        file_writes > thresholds.file_writes,
        "high_write_volume",
        Severity::Medium,
        format!("{file_writes} files were written"),
    );
    found
}
