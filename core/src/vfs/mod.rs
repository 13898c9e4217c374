//! Layer 2: files. Inodes, directories, mounts, path walk, access checks, copy-on-write trees.

mod file_system;

pub use file_system::{Context, DirEntry, FileSystem, NewAttributes, NewNode, SetAttributes};
