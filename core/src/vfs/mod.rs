//! Layer 2: files. Inodes, directories, mounts, path walk, access checks, copy-on-write trees.

mod content;
#[cfg(test)]
pub(crate) mod contract;
mod directory;
mod file_system;
mod memory;
mod namespace;
mod permission;
mod radix;
#[cfg(test)]
mod simulation;
mod tree;

pub use content::{Content, PAGE_BYTES};
pub use directory::{Directory, Entry};
pub use file_system::{Context, DirEntry, FileSystem, NewAttributes, NewNode, SetAttributes};
pub use memory::{MemoryFs, MemoryLimits};
pub use namespace::{Location, MountId, MountInfo, MountOptions, Namespace, OpenNode, SetTime};
pub use permission::permits;
pub use radix::Radix;
pub use tree::{Inode, Node, ROOT, Times, Tree};
