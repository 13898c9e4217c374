//! The machine for JavaScript.
