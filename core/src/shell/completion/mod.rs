//! Completion: what could stand at a place of a command line. `generate` makes candidates from a specification of
//! `complete`, `actions` those of its `-A`; `tab` answers the line editor.

mod actions;
mod generate;
mod tab;

pub(super) use generate::Generation;
