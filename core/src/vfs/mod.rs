//! Layer 2: files. Inodes, directories, mounts, path walk, access checks, copy-on-write trees.

mod file_system;
mod namespace;

pub use file_system::{Context, DirEntry, FileSystem, NewAttributes, NewNode, SetAttributes};
pub use namespace::{Location, MountId, MountInfo, MountOptions, Namespace, OpenNode, SetTime, permits};
