//! Descriptor tables: small numbers that name open file descriptions, per process.

use super::open_file::OpenFile;
use crate::abi::{Errno, Fd, Result};
use std::rc::Rc;

/// One descriptor.
#[derive(Clone)]
pub(crate) struct FdEntry {
    pub(crate) file: Rc<OpenFile>,
    pub(crate) close_on_exec: bool,
}

/// A process's descriptors. Cloning it is what fork does: the open file descriptions are shared.
#[derive(Clone, Default)]
pub(crate) struct FdTable {
    entries: Vec<Option<FdEntry>>,
}

impl FdTable {
    pub(crate) fn get(&self, fd: Fd) -> Result<&Rc<OpenFile>> {
        match self.entries.get(fd as usize) {
            Some(Some(entry)) => Ok(&entry.file),
            _ => Err(Errno::EBADF),
        }
    }

    pub(crate) fn entry(&self, fd: Fd) -> Result<&FdEntry> {
        self.entries.get(fd as usize).and_then(Option::as_ref).ok_or(Errno::EBADF)
    }

    /// The lowest free number from `lowest` on gets the file. EMFILE.
    pub(crate) fn insert(
        &mut self,
        file: Rc<OpenFile>,
        lowest: Fd,
        close_on_exec: bool,
        fds_max: u32,
    ) -> Result<Fd> {
        let lowest = lowest as usize;
        let free = (lowest..self.entries.len()).find(|&fd| self.entries[fd].is_none());
        let fd = free.unwrap_or_else(|| self.entries.len().max(lowest));
        self.put(fd as Fd, FdEntry { file, close_on_exec }, fds_max)?;
        Ok(fd as Fd)
    }

    /// Puts a file at a number; gives back what was there. EBADF when the number is beyond the limit.
    pub(crate) fn put(&mut self, fd: Fd, entry: FdEntry, fds_max: u32) -> Result<Option<FdEntry>> {
        if fd >= fds_max {
            return Err(Errno::EMFILE);
        }
        let at = fd as usize;
        if at >= self.entries.len() {
            self.entries.resize_with(at + 1, || None);
        }
        Ok(self.entries[at].replace(entry))
    }

    pub(crate) fn set_close_on_exec(&mut self, fd: Fd, on: bool) -> Result<()> {
        let entry = self.entries.get_mut(fd as usize).and_then(Option::as_mut).ok_or(Errno::EBADF)?;
        entry.close_on_exec = on;
        Ok(())
    }

    pub(crate) fn remove(&mut self, fd: Fd) -> Result<FdEntry> {
        let entry = self.entries.get_mut(fd as usize).and_then(Option::take).ok_or(Errno::EBADF)?;
        while let Some(None) = self.entries.last() {
            self.entries.pop();
        }
        Ok(entry)
    }

    /// Takes out those that exec closes. The caller drops them outside of any borrow.
    pub(crate) fn take_close_on_exec(&mut self) -> Vec<FdEntry> {
        self.entries.iter_mut().filter_map(|slot| slot.take_if(|entry| entry.close_on_exec)).collect()
    }

    /// The open descriptors in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Fd, &FdEntry)> {
        self.entries.iter().enumerate().filter_map(|(fd, slot)| slot.as_ref().map(|entry| (fd as Fd, entry)))
    }
}
