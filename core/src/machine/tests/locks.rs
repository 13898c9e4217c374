//! Advisory locks between processes.

use super::Rig;
use crate::abi::{Credentials, Errno, ExitStatus, Fd, Mode, OpenFlags, Result};
use crate::kernel::{LockKind, Outside, Process};
use std::cell::RefCell;
use std::rc::Rc;

type Diary = Rc<RefCell<Vec<String>>>;

/// Starts a program that is written here.
fn start<F>(rig: &Rig, program: impl FnOnce(Process) -> F) -> Outside
where
    F: Future<Output = Result<()>> + 'static,
{
    let (process, outside) = rig.machine.kernel.new_pipe_session(Credentials::root()).expect("starts");
    let program = program(process);
    outside.start(Box::pin(async move { ExitStatus::Exited(u8::from(program.await.is_err())) }));
    outside
}

async fn open(process: &Process) -> Result<Fd> {
    process.open(b"/tmp/file", OpenFlags::READ_WRITE | OpenFlags::CREATE, Mode::new(0o600)).await
}

/// Locks, tells of it, sleeps for some seconds and ends.
fn holder(rig: &Rig, diary: &Diary, name: &str, kind: LockKind, secs: u64) -> Outside {
    let (diary, name) = (Rc::clone(diary), name.to_string());
    start(rig, move |process| async move {
        let fd = open(&process).await?;
        process.lock(fd, kind, true).await?;
        diary.borrow_mut().push(format!("{name} has it"));
        process.sleep(secs * 1_000_000_000).await?;
        diary.borrow_mut().push(format!("{name} goes"));
        Ok(())
    })
}

#[test]
fn one_alone_or_many_together() {
    let (rig, diary) = (Rig::new(1), Diary::default());
    let held = [
        holder(&rig, &diary, "first", LockKind::Shared, 1),
        holder(&rig, &diary, "second", LockKind::Shared, 2),
        holder(&rig, &diary, "alone", LockKind::Exclusive, 3),
        holder(&rig, &diary, "last", LockKind::Shared, 4),
    ];
    rig.settle();
    assert!(held.iter().all(|outside| outside.status() == Some(ExitStatus::SUCCESS)));
    let expected = [
        "first has it",
        "second has it",
        "last has it",
        "first goes",
        "second goes",
        "last goes",
        "alone has it",
        "alone goes",
    ];
    assert_eq!(*diary.borrow(), expected);
}

#[test]
fn a_lock_belongs_to_the_description() {
    let rig = Rig::new(1);
    let outside = start(&rig, |process| async move {
        let (one, other) = (open(&process).await?, open(&process).await?);
        process.lock(one, LockKind::Exclusive, false).await?;
        assert_eq!(process.lock(other, LockKind::Shared, false).await, Err(Errno::EAGAIN));
        let copy = process.dup(one, 0, false)?;
        process.lock(copy, LockKind::Shared, false).await?;
        process.lock(other, LockKind::Shared, false).await?;
        assert_eq!(process.lock(other, LockKind::Exclusive, false).await, Err(Errno::EAGAIN));
        process.close(one)?;
        process.unlock(copy)?;
        process.lock(other, LockKind::Exclusive, false).await?;
        process.close(other)?;
        process.lock(copy, LockKind::Exclusive, false).await?;
        let (pipe, _) = process.pipe()?;
        assert_eq!(process.lock(pipe, LockKind::Shared, false).await, Err(Errno::EBADF));
        Ok(())
    });
    rig.settle();
    assert_eq!(outside.status(), Some(ExitStatus::SUCCESS));
}
