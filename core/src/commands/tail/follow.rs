//! Waiting for files to grow, by looking at them again and again.

use super::header;
use crate::abi::{Errno, Fd, FileType, Mode, OpenFlags, Result, STDIN};
use crate::kernel::{Process, Whence};
use crate::program::{Context, quote};

/// How often files are looked at when `-s` does not say.
const INTERVAL_NANOS: u64 = 100_000_000;

/// How files are followed.
#[derive(Default)]
pub struct Following {
    /// Whether at all.
    pub on: bool,
    /// What has the name, rather than the file that had it first.
    pub by_name: bool,
    /// Files that are not there are waited for.
    pub retry: bool,
    /// The process with whose death it ends.
    pub pid: Option<i64>,
    /// Between two looks.
    pub interval_nanos: Option<u64>,
}

/// A file that is followed.
pub struct Followed {
    operand: Vec<u8>,
    /// What messages call it.
    name: Vec<u8>,
    fd: Option<Fd>,
    /// Device and inode.
    identity: (u64, u64),
}

impl Followed {
    /// A file, open or to be waited for.
    pub fn new(process: &Process, operand: Vec<u8>, name: Vec<u8>, fd: Option<Fd>) -> Followed {
        let mut file = Followed { operand, name, fd: None, identity: (0, 0) };
        file.take(process, fd);
        file
    }

    fn take(&mut self, process: &Process, fd: Option<Fd>) {
        if let Some(old) = self.fd.filter(|&old| old != STDIN) {
            let _ = process.close(old);
        }
        self.fd = fd;
        if let Some(stat) = fd.and_then(|fd| process.fstat(fd).ok()) {
            self.identity = (stat.dev, stat.ino);
            if stat.file_type != FileType::Regular
                && let Some(fd) = fd
            {
                // What may never end must not keep the others waiting.
                let _ = process.set_non_blocking(fd, true);
            }
        }
    }
}

/// Prints what is added to the files until none is left, the process is dead, or nobody reads.
pub async fn follow(cx: &mut Context, mut files: Vec<Followed>, following: &Following, headers: bool) {
    // Whose part was printed last.
    let mut last = files.len().checked_sub(1);
    loop {
        // Asked before the last look, so that what the process wrote before it died is printed.
        let is_dead = match following.pid {
            Some(pid) if pid > 0 => cx.process.kill(pid, None).await == Err(Errno::ESRCH),
            _ => false,
        };
        for (at, file) in files.iter_mut().enumerate() {
            if following.by_name || file.fd.is_none() {
                look_up(cx, file, following).await;
            }
            let mut lead = (headers && last != Some(at)).then(|| header(&file.name, true));
            match copy_new(cx, file, &mut lead).await {
                Ok(true) => last = Some(at),
                Ok(false) => {}
                Err(_) if cx.out.ready().await.is_err() => return,
                Err(errno) => {
                    let name = file.name.clone();
                    cx.cannot("error reading", &name, errno).await;
                    file.take(&cx.process, None);
                }
            }
        }
        if cx.out.flush().await.is_err() {
            return;
        }
        if !following.retry {
            files.retain(|file| file.fd.is_some());
        }
        if files.is_empty() {
            cx.error(b"no files remaining").await;
            return;
        }
        if is_dead || cx.process.sleep(following.interval_nanos.unwrap_or(INTERVAL_NANOS)).await.is_err() {
            return;
        }
    }
}

/// Copies what is new; whether there was any.
async fn copy_new(cx: &mut Context, file: &Followed, lead: &mut Option<Vec<u8>>) -> Result<bool> {
    let Some(fd) = file.fd else { return Ok(false) };
    let stat = cx.process.fstat(fd)?;
    if stat.file_type == FileType::Regular
        && cx.process.seek(fd, 0, Whence::Current).is_ok_and(|offset| stat.size_bytes < offset)
    {
        let status = cx.status;
        cx.error(&[&file.name[..], b": file truncated"].concat()).await;
        cx.status = status;
        cx.process.seek(fd, 0, Whence::Start)?;
    }
    let mut block = vec![0; 64 * 1024];
    let mut any = false;
    loop {
        let count = match cx.process.read(fd, &mut block).await {
            Ok(0) | Err(Errno::EAGAIN) => return Ok(any),
            Ok(count) => count,
            Err(errno) => return Err(errno),
        };
        if let Some(lead) = lead.take() {
            cx.out.put(&lead);
        }
        any = true;
        cx.out.put(block.get(..count).unwrap_or_default());
        cx.out.ready().await?;
    }
}

/// Looks whether the name stands for another file now.
async fn look_up(cx: &mut Context, file: &mut Followed, following: &Following) {
    let quoted = quote(&file.name);
    let stat = cx.process.stat(&file.operand).await;
    let identity = stat.as_ref().ok().map(|stat| (stat.dev, stat.ino));
    if file.fd.is_some() && identity == Some(file.identity) {
        return;
    }
    let opened = match stat {
        Ok(_) => cx.process.open(&file.operand, OpenFlags::READ, Mode::default()).await,
        Err(errno) => Err(errno),
    };
    let status = cx.status;
    match (opened, file.fd) {
        (Ok(fd), before) => {
            let what: &[u8] = if before.is_some() { b"replaced" } else { b"appeared" };
            let has = if before.is_some() { &b" has been "[..] } else { b" has " };
            cx.error(&[&quoted[..], has, what, b";  following new file"].concat()).await;
            file.take(&cx.process, Some(fd));
        }
        (Err(errno), Some(_)) => {
            cx.error(&[&quoted[..], b" has become inaccessible: ", errno.message().as_bytes()].concat()).await;
            file.take(&cx.process, None);
        }
        (Err(_), None) => {}
    }
    if following.retry || file.fd.is_some() {
        cx.status = status;
    }
}
