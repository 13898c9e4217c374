//! Redirections: performed on the shell's own descriptors, and taken back afterwards.

use super::{Interp, Stop};
use crate::abi::{Errno, Fd, FileType, Mode, OpenFlags};
use crate::shell::code::{RedirectOp, RedirectTarget};
use std::rc::Rc;

/// A descriptor as it was before a redirection.
pub(super) struct SavedFd {
    fd: Fd,
    /// Where it is kept; none when it was closed.
    copy: Option<Fd>,
}

/// The lowest descriptor for the shell's own purposes, and for `{name}>`.
const FIRST_OWN: Fd = 10;

impl Interp {
    /// Keeps a descriptor as it is, to come back.
    pub(super) fn save_fd(&mut self, fd: Fd) {
        let copy = self.process.dup(fd, FIRST_OWN, true).ok();
        self.saved_fds.push(SavedFd { fd, copy });
    }

    /// Puts back the descriptors that were saved from a place on.
    pub(super) fn restore_fds(&mut self, from: usize) {
        while self.saved_fds.len() > from {
            let Some(saved) = self.saved_fds.pop() else { return };
            match saved.copy {
                Some(copy) => {
                    let _ = self.process.dup2(copy, saved.fd);
                    let _ = self.process.close(copy);
                }
                None => {
                    let _ = self.process.close(saved.fd);
                }
            }
        }
    }

    /// Lets redirections stay.
    pub(super) fn forget_saved_fds(&mut self, from: usize) {
        while self.saved_fds.len() > from {
            let Some(saved) = self.saved_fds.pop() else { return };
            if let Some(copy) = saved.copy {
                let _ = self.process.close(copy);
            }
        }
    }

    pub(super) fn redirect_end(&mut self) {
        self.pop_scope();
    }

    pub(super) async fn redirect(&mut self, index: u32) -> Result<(), Stop> {
        let code = Rc::clone(&self.code);
        let Some(redirect) = code.redirects.get(index as usize) else { return Ok(()) };
        if redirect.last {
            self.redirects_expanded();
        }
        let operand = match redirect.kind {
            RedirectOp::Text => self.strings.pop().unwrap_or_default(),
            _ => {
                let base = self.arg_bases.pop().map_or(0, |base| base.at);
                let fields = self.args.len() - base;
                let operand = self.args.get(base).to_vec();
                self.args.truncate(base);
                if fields != 1 {
                    let mut shown = redirect.text.to_vec();
                    shown.extend_from_slice(b": ambiguous redirect");
                    self.complain(&shown);
                    return Err(Stop::Failed(1));
                }
                operand
            }
        };
        let default = match redirect.kind {
            RedirectOp::Input | RedirectOp::ReadWrite | RedirectOp::DuplicateInput | RedirectOp::Text => 0,
            _ => 1,
        };
        let (fd, variable) = match redirect.fd {
            RedirectTarget::Default => (default, None),
            RedirectTarget::Number(fd) => (fd, None),
            RedirectTarget::Variable(name) => (0, Some(name)),
        };
        match redirect.kind {
            RedirectOp::DuplicateInput | RedirectOp::DuplicateOutput => {
                let both =
                    redirect.kind == RedirectOp::DuplicateOutput && redirect.fd == RedirectTarget::Default;
                return self.redirect_duplicate(fd, variable, &operand, both).await;
            }
            RedirectOp::OutputBoth => return self.redirect_both(&operand, OpenFlags::OUTPUT).await,
            RedirectOp::AppendBoth => return self.redirect_both(&operand, OpenFlags::OUTPUT_APPEND).await,
            RedirectOp::Text => {
                let opened = self.text_file(operand).await;
                return self.place(opened, fd, variable, b"cannot create temp file for here-document");
            }
            _ => {}
        }
        let flags = match redirect.kind {
            RedirectOp::Input => OpenFlags::READ,
            RedirectOp::Append => OpenFlags::OUTPUT_APPEND,
            RedirectOp::ReadWrite => OpenFlags::READ_WRITE | OpenFlags::CREATE,
            _ => OpenFlags::OUTPUT,
        };
        let opened = self.open_redirect(&operand, flags, redirect.kind == RedirectOp::Output).await;
        self.place(opened, fd, variable, &operand)
    }

    async fn open_redirect(&mut self, path: &[u8], flags: OpenFlags, careful: bool) -> Result<Fd, Errno> {
        if careful && self.shell.options.noclobber {
            let regular = self.process.stat_now(path).map(|stat| stat.file_type == FileType::Regular);
            if regular == Ok(true) {
                return Err(Errno::EEXIST);
            }
        }
        self.process.open(path, flags, Mode::new(0o666)).await
    }

    /// Moves a descriptor that was just opened to where the redirection wants it.
    fn place(
        &mut self,
        opened: Result<Fd, Errno>,
        fd: Fd,
        variable: Option<crate::shell::code::Symbol>,
        what: &[u8],
    ) -> Result<(), Stop> {
        let opened = match opened {
            Ok(opened) => opened,
            Err(Errno::EINTR) => return Err(Stop::Failed(130)),
            Err(errno) => {
                let reason = match errno {
                    Errno::EEXIST => "cannot overwrite existing file",
                    errno => errno.message(),
                };
                self.complain(&[what, b": ", reason.as_bytes()].concat());
                return Err(Stop::Failed(1));
            }
        };
        if let Some(name) = variable {
            // It stays open after the command; the script closes it.
            let moved = self.process.dup(opened, FIRST_OWN, false);
            let _ = self.process.close(opened);
            return match moved {
                Ok(moved) => self.assign_text(name, moved.to_string().into_bytes(), false),
                Err(errno) => self.redirect_error(errno.message().as_bytes(), b""),
            };
        }
        if opened == fd {
            self.saved_fds.push(SavedFd { fd, copy: None });
            return Ok(());
        }
        self.save_fd(fd);
        let result = self.process.dup2(opened, fd);
        let _ = self.process.close(opened);
        match result {
            Ok(()) => Ok(()),
            Err(errno) => self.redirect_error(fd.to_string().as_bytes(), errno.message().as_bytes()),
        }
    }

    fn redirect_error(&mut self, what: &[u8], reason: &[u8]) -> Result<(), Stop> {
        if reason.is_empty() {
            self.complain(what);
        } else {
            self.complain(&[what, b": ", reason].concat());
        }
        Err(Stop::Failed(1))
    }

    async fn redirect_both(&mut self, path: &[u8], flags: OpenFlags) -> Result<(), Stop> {
        let opened = self.open_redirect(path, flags, flags == OpenFlags::OUTPUT).await;
        self.place(opened, 1, None, path)?;
        self.save_fd(2);
        match self.process.dup2(1, 2) {
            Ok(()) => Ok(()),
            Err(errno) => self.redirect_error(b"2", errno.message().as_bytes()),
        }
    }

    /// `<&word` and `>&word`: digits, digits and `-`, `-`, or (`>&` alone) a file for both outputs.
    async fn redirect_duplicate(
        &mut self,
        fd: Fd,
        variable: Option<crate::shell::code::Symbol>,
        word: &[u8],
        both: bool,
    ) -> Result<(), Stop> {
        if word == b"-" {
            let fd = match variable {
                Some(name) => {
                    let text = self.scalar(name).unwrap_or_default();
                    match std::str::from_utf8(&text).ok().and_then(|text| text.parse().ok()) {
                        Some(fd) => {
                            let _ = self.process.close(fd);
                            return Ok(());
                        }
                        None => {
                            let name = self.name(name);
                            return self.redirect_error(&name, b"Bad file descriptor");
                        }
                    }
                }
                None => fd,
            };
            self.save_fd(fd);
            let _ = self.process.close(fd);
            return Ok(());
        }
        let (digits, moves) = match word.strip_suffix(b"-") {
            Some(digits) if !digits.is_empty() => (digits, true),
            _ => (word, false),
        };
        let source: Option<Fd> = std::str::from_utf8(digits)
            .ok()
            .filter(|t| t.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|t| t.parse().ok());
        let Some(source) = source else {
            if both {
                return self.redirect_both(word, OpenFlags::OUTPUT).await;
            }
            return self.redirect_error(word, b"ambiguous redirect");
        };
        if !self.process.is_open(source) {
            return self.redirect_error(digits, b"Bad file descriptor");
        }
        if let Some(name) = variable {
            return match self.process.dup(source, FIRST_OWN, false) {
                Ok(copy) => self.assign_text(name, copy.to_string().into_bytes(), false),
                Err(errno) => self.redirect_error(digits, errno.message().as_bytes()),
            };
        }
        if source != fd {
            self.save_fd(fd);
            if let Err(errno) = self.process.dup2(source, fd) {
                return self.redirect_error(digits, errno.message().as_bytes());
            }
        }
        if moves {
            self.save_fd(source);
            let _ = self.process.close(source);
        }
        Ok(())
    }

    /// A descriptor from which a text can be read: a pipe when the text fits, else an unlinked file.
    async fn text_file(&mut self, text: Vec<u8>) -> Result<Fd, Errno> {
        if text.len() <= crate::abi::limits::PIPE_BUF_BYTES {
            let (reader, writer) = self.process.pipe()?;
            let written = self.process.write_all(writer, &text).await;
            self.process.close(writer)?;
            written?;
            return Ok(reader);
        }
        let path = format!("/tmp/sh-thd.{}.{}", self.process.pid(), self.saved_fds.len()).into_bytes();
        let flags = OpenFlags::READ_WRITE | OpenFlags::CREATE | OpenFlags::EXCLUSIVE;
        let fd = self.process.open(&path, flags, Mode::new(0o600)).await?;
        self.process.unlink(&path).await?;
        self.process.write_all(fd, &text).await?;
        self.process.seek(fd, 0, crate::kernel::Whence::Start)?;
        Ok(fd)
    }
}
