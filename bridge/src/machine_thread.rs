//! A machine on its own thread, and the ends by which the network's tasks hold its sessions.
//!
//! A machine is not `Send`: it is booted, run and dropped on one thread. That thread sleeps until the
//! machine's next timer or until its bell rings. Back-pressure goes both ways: what the network does not
//! take is not read from the session, so programs sleep in `write`; what a session does not take stays in
//! its input queue, whose length the network's side watches ([`Input::room`]).

use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use bivalve_core::abi::{Errno, ExitStatus, Signal, WindowSize};
use bivalve_core::host::Host as _;
use tokio::sync::mpsc::error::{TryRecvError, TrySendError};
use tokio::sync::{Notify, mpsc, oneshot};

use crate::errors::{Failure, Outcome};
use crate::host::NativeHost;
use bivalve_core::machine::{Config, Exec, Login, Machine, Progress, Session, Stream};

/// Steps of the machine between two looks at the network.
const TURN_STEPS: u64 = 200_000;
/// Requests to the machine that wait at a time.
const REQUESTS_MAX: usize = 64;
/// Chunks of output of a session that wait for the network.
const OUTPUT_CHUNKS_MAX: usize = 4;
/// Bytes of a chunk of output; also what SSH takes in a packet.
const OUTPUT_CHUNK_BYTES: usize = 32 * 1024;
/// Bytes of input that may wait for a session's program before the network's side should pause.
pub const INPUT_BYTES_MAX: usize = 256 * 1024;
/// Window changes and signals that wait for a session; more are dropped.
const CONTROLS_MAX: usize = 64;
/// How long programs may go on after their sessions are hung up, when the machine stops.
const STOP_GRACE: Duration = Duration::from_millis(500);

/// What to start on the machine.
pub enum Start {
    /// A login shell on a new pty.
    Login(Login),
    /// A command.
    Exec(Exec),
}

/// What comes out of a session, in order.
pub enum Output {
    /// Bytes of standard output, or of the pty.
    Stdout(Vec<u8>),
    /// Bytes of standard error.
    Stderr(Vec<u8>),
    /// The first process ended, and all its output came before this.
    Ended(ExitStatus),
}

enum Control {
    Resize(WindowSize),
    Signal(Signal),
}

enum InputItem {
    Data(Vec<u8>),
    Eof,
}

type Call = Box<dyn FnOnce(&Machine) + Send>;

enum Request {
    Call(Call),
    Start(Box<Start>, oneshot::Sender<Result<Attached, Errno>>),
    Stop(oneshot::Sender<()>),
}

/// The machine is gone: its thread has ended.
#[derive(Debug)]
pub struct Gone;

/// Wakes the machine's thread.
#[derive(Clone)]
struct Bell(Thread);

impl Bell {
    fn ring(&self) {
        self.0.unpark();
    }
}

/// A machine on another thread.
#[derive(Clone)]
pub struct MachineHandle {
    requests: mpsc::Sender<Request>,
    bell: Bell,
    generation: Arc<AtomicU64>,
}

impl MachineHandle {
    /// Boots a machine on a thread of its own.
    pub fn boot(config: Config) -> Outcome<MachineHandle> {
        let (sender, receiver) = mpsc::channel(REQUESTS_MAX);
        let (booted_sender, booted) = std::sync::mpsc::channel();
        let generation = Arc::new(AtomicU64::new(0));
        let published = generation.clone();
        let thread = thread::Builder::new()
            .name(String::from("machine"))
            .spawn(move || {
                let machine = NativeHost::new().and_then(|host| {
                    let host = Rc::new(host);
                    let machine = Machine::boot(config, host.clone());
                    machine.map(|machine| (machine, host)).map_err(|error| Failure::new(error.to_string()))
                });
                match machine {
                    Ok((machine, host)) => {
                        let _ = booted_sender.send(Ok(()));
                        Turn {
                            machine,
                            host,
                            requests: receiver,
                            sessions: Vec::new(),
                            generation: published,
                        }
                        .run();
                    }
                    Err(failure) => {
                        let _ = booted_sender.send(Err(failure));
                    }
                }
            })
            .map_err(|error| Failure::new(format!("cannot start the machine's thread: {error}")))?;
        booted.recv().map_err(|_| Failure::new("the machine's thread ended while booting"))??;
        let bell = Bell(thread.thread().clone());
        Ok(MachineHandle { requests: sender, bell, generation })
    }

    /// Runs `call` on the machine's thread, between two turns. It must be quick.
    pub async fn call<T: Send + 'static>(
        &self,
        call: impl FnOnce(&Machine) -> T + Send + 'static,
    ) -> Result<T, Gone> {
        let (reply, answer) = oneshot::channel();
        let call = Box::new(move |machine: &Machine| {
            let _ = reply.send(call(machine));
        });
        self.request(Request::Call(call)).await?;
        answer.await.map_err(|_| Gone)
    }

    /// Starts a login or a command.
    pub async fn start(&self, start: Start) -> Result<Result<Attached, Errno>, Gone> {
        let (reply, answer) = oneshot::channel();
        self.request(Request::Start(Box::new(start), reply)).await?;
        answer.await.map_err(|_| Gone)
    }

    /// Hangs up all sessions, lets programs say good-bye and ends the thread once no handle is left; calls
    /// still work, sessions can no longer be started.
    pub async fn stop(&self) -> Result<(), Gone> {
        let (reply, answer) = oneshot::channel();
        self.request(Request::Stop(reply)).await?;
        answer.await.map_err(|_| Gone)
    }

    /// Grows with every change of a file on the machine.
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Relaxed)
    }

    async fn request(&self, request: Request) -> Result<(), Gone> {
        self.requests.send(request).await.map_err(|_| Gone)?;
        self.bell.ring();
        Ok(())
    }
}

/// The network's ends of a session.
pub struct Attached {
    /// What goes in. Dropping it hangs the session up.
    pub input: Input,
    /// What comes out.
    pub output: OutputEnd,
}

/// The network's end of a session's input. Dropping it hangs the session up.
pub struct Input {
    items: mpsc::UnboundedSender<InputItem>,
    controls: mpsc::Sender<Control>,
    gauge: Arc<Gauge>,
    bell: Bell,
}

/// How many bytes wait in an input queue.
#[derive(Default)]
struct Gauge {
    bytes: AtomicUsize,
    drained: Notify,
}

impl Gauge {
    fn took(&self, bytes: usize) {
        self.bytes.fetch_sub(bytes, Ordering::AcqRel);
        self.drained.notify_waiters();
    }
}

impl Input {
    /// Queues bytes for the session's program; when it has ended they are dropped. The queue itself has no
    /// end: whoever writes waits for [`Input::room`] before it takes more from the network.
    pub fn write(&self, bytes: Vec<u8>) {
        self.gauge.bytes.fetch_add(bytes.len(), Ordering::AcqRel);
        let _ = self.items.send(InputItem::Data(bytes));
        self.bell.ring();
    }

    /// Bytes that wait for the program.
    pub fn queued_bytes(&self) -> usize {
        if self.items.is_closed() { 0 } else { self.gauge.bytes.load(Ordering::Acquire) }
    }

    /// Waits until less than [`INPUT_BYTES_MAX`] bytes wait, or the session has ended.
    pub async fn room(&self) {
        loop {
            let drained = self.gauge.drained.notified();
            tokio::pin!(drained);
            drained.as_mut().enable();
            if self.queued_bytes() < INPUT_BYTES_MAX {
                return;
            }
            tokio::select! {
                () = drained => {}
                () = self.items.closed() => return,
            }
        }
    }

    /// No more input comes.
    pub fn close(&self) {
        let _ = self.items.send(InputItem::Eof);
        self.bell.ring();
    }

    /// The window has another size.
    pub fn resize(&self, window: WindowSize) {
        let _ = self.controls.try_send(Control::Resize(window));
        self.bell.ring();
    }

    /// Sends a signal to the foreground process group.
    pub fn signal(&self, signal: Signal) {
        let _ = self.controls.try_send(Control::Signal(signal));
        self.bell.ring();
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        // The queue must be closed before the bell rings, or nobody would notice.
        self.items = mpsc::unbounded_channel().0;
        self.bell.ring();
    }
}

/// The network's end of a session's output.
pub struct OutputEnd {
    chunks: mpsc::Receiver<Output>,
    stalled: Arc<AtomicBool>,
    bell: Bell,
}

impl OutputEnd {
    /// The next piece; `None` when the session was hung up or the machine is gone.
    pub async fn next(&mut self) -> Option<Output> {
        let output = self.chunks.recv().await;
        if self.stalled.swap(false, Ordering::AcqRel) {
            self.bell.ring();
        }
        output
    }
}

/// The machine's side: its sessions and the loop that turns it.
struct Turn {
    machine: Machine,
    host: Rc<NativeHost>,
    requests: mpsc::Receiver<Request>,
    sessions: Vec<Live>,
    generation: Arc<AtomicU64>,
}

/// The machine's side of one session.
struct Live {
    session: Session,
    items: mpsc::UnboundedReceiver<InputItem>,
    controls: mpsc::Receiver<Control>,
    gauge: Arc<Gauge>,
    /// Bytes that the session has not taken yet, before those in `items`.
    pending: VecDeque<u8>,
    chunks: mpsc::Sender<Output>,
    stalled: Arc<AtomicBool>,
}

/// What became of a session in a turn.
#[derive(PartialEq, Eq)]
enum Pumped {
    /// Nothing moved.
    Still,
    /// Output was read, so a program that waits for room can go on.
    Moved,
    /// It is over.
    Over,
}

impl Turn {
    /// Turns the machine until all its handles are dropped.
    fn run(mut self) {
        loop {
            if self.serve_requests().is_break() {
                return;
            }
            for live in &mut self.sessions {
                live.pump_input();
            }
            let progress = self.machine.run(TURN_STEPS);
            self.generation.store(self.machine.generation(), Ordering::Relaxed);
            let mut moved = false;
            self.sessions.retain_mut(|live| {
                let pumped = live.pump_output();
                moved |= pumped != Pumped::Still;
                pumped != Pumped::Over
            });
            // Programs that have emptied their input have room for what is left of it.
            if moved || self.sessions.iter_mut().any(Live::pump_input) {
                continue;
            }
            match progress {
                Progress::Ready => {}
                Progress::Idle => thread::park(),
                Progress::Until(at) => {
                    let now = self.host.monotonic_nanos();
                    thread::park_timeout(Duration::from_nanos(at.saturating_sub(now)));
                }
            }
        }
    }

    /// Breaks when nobody can ask any more.
    fn serve_requests(&mut self) -> std::ops::ControlFlow<()> {
        loop {
            match self.requests.try_recv() {
                Ok(Request::Call(call)) => call(&self.machine),
                Ok(Request::Start(start, reply)) => {
                    let _ = reply.send(self.start(&start));
                }
                Ok(Request::Stop(reply)) => {
                    self.hang_up_all();
                    let _ = reply.send(());
                }
                Err(TryRecvError::Empty) => return std::ops::ControlFlow::Continue(()),
                Err(TryRecvError::Disconnected) => return std::ops::ControlFlow::Break(()),
            }
        }
    }

    fn start(&mut self, start: &Start) -> Result<Attached, Errno> {
        let session = match start {
            Start::Login(login) => self.machine.login(login),
            Start::Exec(exec) => self.machine.exec(exec),
        }?;
        let (item_sender, items) = mpsc::unbounded_channel();
        let (control_sender, controls) = mpsc::channel(CONTROLS_MAX);
        let (chunks, chunk_receiver) = mpsc::channel(OUTPUT_CHUNKS_MAX);
        let gauge = Arc::new(Gauge::default());
        let stalled = Arc::new(AtomicBool::new(false));
        let bell = Bell(thread::current());
        let attached = Attached {
            input: Input {
                items: item_sender,
                controls: control_sender,
                gauge: gauge.clone(),
                bell: bell.clone(),
            },
            output: OutputEnd { chunks: chunk_receiver, stalled: stalled.clone(), bell },
        };
        let pending = VecDeque::new();
        self.sessions.push(Live { session, items, controls, gauge, pending, chunks, stalled });
        Ok(attached)
    }

    fn hang_up_all(&mut self) {
        for live in self.sessions.drain(..) {
            live.session.hang_up();
        }
        let deadline = Instant::now() + STOP_GRACE;
        while Instant::now() < deadline && matches!(self.machine.run(TURN_STEPS), Progress::Ready) {}
    }
}

impl Live {
    /// Hands the session what came from the network, as far as it takes it. Whether it took anything.
    fn pump_input(&mut self) -> bool {
        let mut moved = false;
        while let Ok(control) = self.controls.try_recv() {
            moved = true;
            match control {
                Control::Resize(window) => self.session.resize(window),
                Control::Signal(signal) => self.session.signal(signal),
            }
        }
        loop {
            while !self.pending.is_empty() {
                let taken = self.session.write(self.pending.as_slices().0);
                if taken == 0 {
                    return moved;
                }
                moved = true;
                self.pending.drain(..taken);
                self.gauge.took(taken);
            }
            match self.items.try_recv() {
                Ok(InputItem::Data(bytes)) => self.pending = VecDeque::from(bytes),
                Ok(InputItem::Eof) => {
                    moved = true;
                    self.session.close_stdin();
                }
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => return moved,
            }
        }
    }

    /// Passes on what the session wrote, as far as the network takes it.
    fn pump_output(&mut self) -> Pumped {
        if self.items.is_closed() || self.chunks.is_closed() {
            self.session.hang_up();
            return Pumped::Over;
        }
        let mut moved = false;
        loop {
            let mut permit = self.chunks.try_reserve();
            if matches!(permit, Err(TrySendError::Full(()))) {
                // The other end rings when it takes one. It may have done so since: look again.
                self.stalled.store(true, Ordering::Release);
                permit = self.chunks.try_reserve();
            }
            let Ok(permit) = permit else { break };
            let mut bytes = Vec::new();
            if self.session.read(Stream::Stdout, &mut bytes, OUTPUT_CHUNK_BYTES) > 0 {
                permit.send(Output::Stdout(bytes));
            } else if self.session.read(Stream::Stderr, &mut bytes, OUTPUT_CHUNK_BYTES) > 0 {
                permit.send(Output::Stderr(bytes));
            } else if let Some(status) = self.session.status()
                && self.session.is_finished()
            {
                permit.send(Output::Ended(status));
                return Pumped::Over;
            } else {
                break;
            }
            moved = true;
        }
        if moved { Pumped::Moved } else { Pumped::Still }
    }
}
