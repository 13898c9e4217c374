//! Layer 5: the shell. `syntax` turns text into a tree and back; what stands above it gives the tree meaning.

pub mod editor;
pub mod syntax;

/// The shell as a program.
pub async fn main(_process: crate::kernel::Process) -> crate::abi::ExitStatus {
    crate::abi::ExitStatus::Exited(127)
}
