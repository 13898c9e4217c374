//! Signals: numbers, names, default actions, sets.

/// What happens when a signal with the default disposition is delivered (POSIX.1-2024 XSH 2.4.3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DefaultAction {
    /// The process ends.
    Terminate,
    /// The process ends and is marked as having dumped core; this machine writes no core file.
    Core,
    /// Nothing happens.
    Ignore,
    /// The process stops until SIGCONT.
    Stop,
    /// A stopped process goes on.
    Continue,
}

/// A signal, by Linux's number on x86-64.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Signal(u8);

#[allow(missing_docs, reason = "the names are POSIX's")]
impl Signal {
    pub const HUP: Signal = Signal(1);
    pub const INT: Signal = Signal(2);
    pub const QUIT: Signal = Signal(3);
    pub const ILL: Signal = Signal(4);
    pub const TRAP: Signal = Signal(5);
    pub const ABRT: Signal = Signal(6);
    pub const BUS: Signal = Signal(7);
    pub const FPE: Signal = Signal(8);
    pub const KILL: Signal = Signal(9);
    pub const USR1: Signal = Signal(10);
    pub const SEGV: Signal = Signal(11);
    pub const USR2: Signal = Signal(12);
    pub const PIPE: Signal = Signal(13);
    pub const ALRM: Signal = Signal(14);
    pub const TERM: Signal = Signal(15);
    pub const STKFLT: Signal = Signal(16);
    pub const CHLD: Signal = Signal(17);
    pub const CONT: Signal = Signal(18);
    pub const STOP: Signal = Signal(19);
    pub const TSTP: Signal = Signal(20);
    pub const TTIN: Signal = Signal(21);
    pub const TTOU: Signal = Signal(22);
    pub const URG: Signal = Signal(23);
    pub const XCPU: Signal = Signal(24);
    pub const XFSZ: Signal = Signal(25);
    pub const VTALRM: Signal = Signal(26);
    pub const PROF: Signal = Signal(27);
    pub const WINCH: Signal = Signal(28);
    pub const IO: Signal = Signal(29);
    pub const PWR: Signal = Signal(30);
    pub const SYS: Signal = Signal(31);
}

/// One row a signal: name without `SIG`, default action, what `strsignal` says.
const TABLE: [(&str, DefaultAction, &str); 31] = [
    ("HUP", DefaultAction::Terminate, "Hangup"),
    ("INT", DefaultAction::Terminate, "Interrupt"),
    ("QUIT", DefaultAction::Core, "Quit"),
    ("ILL", DefaultAction::Core, "Illegal instruction"),
    ("TRAP", DefaultAction::Core, "Trace/breakpoint trap"),
    ("ABRT", DefaultAction::Core, "Aborted"),
    ("BUS", DefaultAction::Core, "Bus error"),
    ("FPE", DefaultAction::Core, "Floating point exception"),
    ("KILL", DefaultAction::Terminate, "Killed"),
    ("USR1", DefaultAction::Terminate, "User defined signal 1"),
    ("SEGV", DefaultAction::Core, "Segmentation fault"),
    ("USR2", DefaultAction::Terminate, "User defined signal 2"),
    ("PIPE", DefaultAction::Terminate, "Broken pipe"),
    ("ALRM", DefaultAction::Terminate, "Alarm clock"),
    ("TERM", DefaultAction::Terminate, "Terminated"),
    ("STKFLT", DefaultAction::Terminate, "Stack fault"),
    ("CHLD", DefaultAction::Ignore, "Child exited"),
    ("CONT", DefaultAction::Continue, "Continued"),
    ("STOP", DefaultAction::Stop, "Stopped (signal)"),
    ("TSTP", DefaultAction::Stop, "Stopped"),
    ("TTIN", DefaultAction::Stop, "Stopped (tty input)"),
    ("TTOU", DefaultAction::Stop, "Stopped (tty output)"),
    ("URG", DefaultAction::Ignore, "Urgent I/O condition"),
    ("XCPU", DefaultAction::Core, "CPU time limit exceeded"),
    ("XFSZ", DefaultAction::Core, "File size limit exceeded"),
    ("VTALRM", DefaultAction::Terminate, "Virtual timer expired"),
    ("PROF", DefaultAction::Terminate, "Profiling timer expired"),
    ("WINCH", DefaultAction::Ignore, "Window changed"),
    ("IO", DefaultAction::Terminate, "I/O possible"),
    ("PWR", DefaultAction::Terminate, "Power failure"),
    ("SYS", DefaultAction::Core, "Bad system call"),
];

/// The names of the real-time signals, from [`Signal::RTMIN`] on. They end a process by default, and are not queued
/// here: one that is pending is pending once.
const REAL_TIME: [&str; 31] = [
    "RTMIN", "RTMIN+1", "RTMIN+2", "RTMIN+3", "RTMIN+4", "RTMIN+5", "RTMIN+6", "RTMIN+7", "RTMIN+8",
    "RTMIN+9", "RTMIN+10", "RTMIN+11", "RTMIN+12", "RTMIN+13", "RTMIN+14", "RTMIN+15", "RTMAX-14",
    "RTMAX-13", "RTMAX-12", "RTMAX-11", "RTMAX-10", "RTMAX-9", "RTMAX-8", "RTMAX-7", "RTMAX-6", "RTMAX-5",
    "RTMAX-4", "RTMAX-3", "RTMAX-2", "RTMAX-1", "RTMAX",
];

/// What `strsignal` says of them.
const REAL_TIME_DESCRIPTIONS: [&str; 31] = [
    "Real-time signal 0",
    "Real-time signal 1",
    "Real-time signal 2",
    "Real-time signal 3",
    "Real-time signal 4",
    "Real-time signal 5",
    "Real-time signal 6",
    "Real-time signal 7",
    "Real-time signal 8",
    "Real-time signal 9",
    "Real-time signal 10",
    "Real-time signal 11",
    "Real-time signal 12",
    "Real-time signal 13",
    "Real-time signal 14",
    "Real-time signal 15",
    "Real-time signal 16",
    "Real-time signal 17",
    "Real-time signal 18",
    "Real-time signal 19",
    "Real-time signal 20",
    "Real-time signal 21",
    "Real-time signal 22",
    "Real-time signal 23",
    "Real-time signal 24",
    "Real-time signal 25",
    "Real-time signal 26",
    "Real-time signal 27",
    "Real-time signal 28",
    "Real-time signal 29",
    "Real-time signal 30",
];

impl Signal {
    /// The lowest real-time signal; the C library keeps 32 and 33 for itself.
    pub const RTMIN: Signal = Signal(34);
    /// The signal of the highest number.
    pub const RTMAX: Signal = Signal(64);

    /// The signal of a number: 1 to 31, and 34 to 64.
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Signal> {
        match number {
            1..=31 | 34..=64 => Some(Signal(number)),
            _ => None,
        }
    }

    /// The place among the real-time signals.
    const fn real_time(self) -> Option<usize> {
        if self.0 >= Signal::RTMIN.0 { Some((self.0 - Signal::RTMIN.0) as usize) } else { None }
    }

    /// The signal of a name, in any case, with or without `SIG`.
    #[must_use]
    pub fn from_name(name: &[u8]) -> Option<Signal> {
        let upper = name.to_ascii_uppercase();
        let bare = upper.strip_prefix(b"SIG").unwrap_or(&upper);
        let at = match bare {
            b"POLL" => return Some(Signal::IO),
            b"IOT" => return Some(Signal::ABRT),
            b"CLD" => return Some(Signal::CHLD),
            _ if bare.starts_with(b"RTM") => return Signal::real_time_from_name(bare),
            _ => TABLE.iter().position(|row| row.0.as_bytes() == bare)?,
        };
        Signal::from_number(at as u8 + 1)
    }

    /// `RTMIN`, `RTMIN+n`, `RTMAX`, `RTMAX-n`.
    fn real_time_from_name(name: &[u8]) -> Option<Signal> {
        let offset = |digits: &[u8]| core::str::from_utf8(digits).ok()?.parse::<u8>().ok();
        let number = match name {
            b"RTMIN" => Signal::RTMIN.0,
            b"RTMAX" => Signal::RTMAX.0,
            [b'R', b'T', b'M', b'I', b'N', b'+', digits @ ..] => {
                Signal::RTMIN.0.checked_add(offset(digits)?)?
            }
            [b'R', b'T', b'M', b'A', b'X', b'-', digits @ ..] => {
                Signal::RTMAX.0.checked_sub(offset(digits)?)?
            }
            _ => return None,
        };
        Signal::from_number(number).filter(|signal| signal.real_time().is_some())
    }

    /// All signals in order.
    pub fn all() -> impl Iterator<Item = Signal> {
        Signal::standard().chain((Signal::RTMIN.0..=Signal::RTMAX.0).map(Signal))
    }

    /// Those that are not real-time signals.
    pub fn standard() -> impl Iterator<Item = Signal> {
        (1..=TABLE.len() as u8).map(Signal)
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The name without `SIG`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.real_time() {
            Some(at) => REAL_TIME[at],
            None => TABLE[self.0 as usize - 1].0,
        }
    }

    /// What `strsignal` says, as a shell prints it of a job.
    #[must_use]
    pub fn description(self) -> &'static str {
        match self.real_time() {
            Some(at) => REAL_TIME_DESCRIPTIONS[at],
            None => TABLE[self.0 as usize - 1].2,
        }
    }

    /// What happens by default.
    #[must_use]
    pub fn default_action(self) -> DefaultAction {
        match self.real_time() {
            Some(_) => DefaultAction::Terminate,
            None => TABLE[self.0 as usize - 1].1,
        }
    }
}

impl core::fmt::Debug for Signal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "SIG{}", self.name())
    }
}

/// A set of signals: pending ones or a mask.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct SigSet(u64);

impl SigSet {
    /// No signal.
    pub const EMPTY: SigSet = SigSet(0);

    /// Adds one.
    pub fn insert(&mut self, signal: Signal) {
        self.0 |= 1 << (signal.0 - 1);
    }

    /// Takes one out.
    pub fn remove(&mut self, signal: Signal) {
        self.0 &= !(1 << (signal.0 - 1));
    }

    /// Whether it holds this one.
    #[must_use]
    pub const fn contains(self, signal: Signal) -> bool {
        self.0 & (1 << (signal.0 - 1)) != 0
    }

    /// Whether it holds none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those in `self` that are not in `mask`.
    #[must_use]
    pub const fn without(self, mask: SigSet) -> SigSet {
        SigSet(self.0 & !mask.0)
    }

    /// Those in either.
    #[must_use]
    pub const fn union(self, other: SigSet) -> SigSet {
        SigSet(self.0 | other.0)
    }

    /// The lowest-numbered one.
    #[must_use]
    pub fn first(self) -> Option<Signal> {
        if self.0 == 0 { None } else { Signal::from_number(self.0.trailing_zeros() as u8 + 1) }
    }

    /// Bit `n - 1` is signal `n`, as in `/proc/PID/status`.
    #[must_use]
    pub const fn to_proc_mask(self) -> u64 {
        self.0
    }
}
