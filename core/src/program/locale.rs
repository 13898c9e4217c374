//! What the locale variables say. There are two locales: `C`, where a character is a byte, and `C.UTF-8`; all
//! sort by bytes.

use crate::kernel::Process;

/// Whether text is UTF-8 (`LC_CTYPE`): the first of `LC_ALL`, `LC_CTYPE` and `LANG` that is not empty decides
/// (POSIX XBD 8.2).
#[must_use]
pub fn is_utf8(process: &Process) -> bool {
    is_utf8_of(VARIABLES.into_iter().filter_map(|name| process.env(name)))
}

/// The variables that decide, the first one first.
const VARIABLES: [&[u8]; 3] = [b"LC_ALL", b"LC_CTYPE", b"LANG"];

/// The same by the values of `LC_ALL`, `LC_CTYPE` and `LANG`, those that are set.
#[must_use]
pub fn is_utf8_of<T: AsRef<[u8]>>(values: impl IntoIterator<Item = T>) -> bool {
    let decisive = values.into_iter().find(|value| !value.as_ref().is_empty());
    let name = decisive.as_ref().map(AsRef::as_ref).unwrap_or_default();
    let charset = name.rsplit(|&byte| byte == b'.').next().unwrap_or_default().to_ascii_lowercase();
    charset == b"utf-8" || charset == b"utf8"
}
