//! Layer 5: the shell. `syntax` turns text into a tree and back; what stands above it gives the tree meaning.

pub mod syntax;
