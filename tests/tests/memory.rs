//! What machines and streams cost in memory, counted by the allocator of this program.
//!
//! Each thread has its own counts, and a machine stays on its thread: the tests do not disturb one another, and
//! the figures are the same in every run.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on stops here")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::rc::Rc;

use bivalve_core::abi::ExitStatus;
use bivalve_core::host::SimHost;
use bivalve_core::machine::{Config, Exec, ExecCommand, Machine, Progress, Stream};

/// The system's allocator, counting the bytes that each thread holds.
struct Counting;

thread_local! {
    /// Bytes that this thread has now, and the most since it was last asked.
    static HELD: Cell<(isize, isize)> = const { Cell::new((0, 0)) };
}

fn count(bytes: isize) {
    HELD.set({
        let (now, most) = HELD.get();
        (now + bytes, most.max(now + bytes))
    });
}

// SAFETY: every call is passed on as it is; counting allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size as isize - layout.size() as isize);
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What a call gives, the bytes that it left behind and the most that it held on the way.
fn cost<R>(call: impl FnOnce() -> R) -> (R, usize, usize) {
    let (before, _) = HELD.get();
    HELD.set((before, before));
    let result = call();
    let (after, most) = HELD.get();
    (result, (after - before).max(0) as usize, (most - before) as usize)
}

fn booted() -> Machine {
    Machine::boot(Config::default(), Rc::new(SimHost::new(1))).expect("boots")
}

/// Runs a command line to its end; what it prints.
fn run(machine: &Machine, line: &str) -> Vec<u8> {
    let command = ExecCommand::Shell(line.as_bytes().to_vec());
    let exec = Exec { user: b"root".to_vec(), command, env: Vec::new(), cwd: None, pty: None, remote: None };
    let session = machine.exec(&exec).expect("starts");
    session.close_stdin();
    while machine.run(1 << 40) == Progress::Ready {}
    let mut printed = Vec::new();
    session.read(Stream::Stdout, &mut printed, usize::MAX);
    assert_eq!(session.status(), Some(ExitStatus::SUCCESS), "{line}");
    printed
}

#[test]
fn a_thousand_machines_share_what_they_have_in_common() {
    let first = booted();
    assert_eq!(run(&first, "echo hi"), b"hi\n");
    let (machines, kept, _) = cost(|| {
        let machine = |_| {
            let machine = booted();
            assert_eq!(run(&machine, "echo hi"), b"hi\n");
            machine
        };
        (1..1000).map(machine).collect::<Vec<_>>()
    });
    println!("{} bytes a machine", kept / machines.len());
    assert!(kept <= 40_000_000, "{kept} bytes for {} machines beyond the first", machines.len());
    let ((), left, _) = cost(|| drop(machines));
    assert_eq!(left, 0);
}

#[test]
fn a_machine_that_is_dropped_leaves_nothing() {
    // What the machines of a thread share is made by the first one.
    run(&booted(), "true");
    let ((), kept, _) = cost(|| {
        let machine = booted();
        run(&machine, "for i in 1 2 3; do echo $i | cat >/tmp/$i & done; wait; ls /tmp | sort; sleep 0 &");
    });
    assert_eq!(kept, 0, "bytes are held by nobody");
}

#[test]
fn a_gigabyte_goes_through_a_pipe_in_constant_memory() {
    let machine = booted();
    run(&machine, "head -c 1M /dev/zero | wc -c");
    let (printed, _, most) = cost(|| run(&machine, "head -c 1G /dev/zero | wc -c"));
    assert_eq!(printed, b"1073741824\n");
    assert!(most <= 1_000_000, "{most} bytes were held at a time");
}
