//! Errors as JavaScript throws them.

use bivalve_core::abi::Errno;
use wasm_bindgen::JsError;

/// The error of a system call: `ENOENT: No such file or directory`, as node words it.
pub fn thrown(errno: Errno) -> JsError {
    JsError::new(&format!("{}: {}", errno.name(), errno.message()))
}

/// Any other error, by its own words.
pub fn failure(error: impl std::fmt::Display) -> JsError {
    JsError::new(&error.to_string())
}
