//! The figures of `/proc/meminfo`.

/// The kilobytes behind `name:` in the text of `/proc/meminfo`; 0 when it is not there.
#[must_use]
pub fn kilobytes(text: &[u8], name: &str) -> u64 {
    let text = String::from_utf8_lossy(text);
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
