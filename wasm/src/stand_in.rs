//! A few words of a shell in place of the machine, until there is one.
#![allow(clippy::all)]
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::expect_used)]

use bivalve_core::abi::{Errno, ExitStatus, Signal, WindowSize};
use bivalve_core::host::Host;
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

pub type Tree = BTreeMap<Vec<u8>, Vec<u8>>;
pub mod vfsb {
    use super::Tree;
    pub fn write(tree: &Tree) -> Vec<u8> {
        let mut out = Vec::new();
        for (name, body) in tree {
            for part in [name, body] {
                out.extend((part.len() as u32).to_le_bytes());
                out.extend(part);
            }
        }
        out
    }
    pub fn read(mut bytes: &[u8]) -> Result<Tree, String> {
        let mut parts = Vec::new();
        while !bytes.is_empty() {
            let (len, rest) = bytes.split_first_chunk::<4>().ok_or("truncated")?;
            let (part, rest) = rest.split_at_checked(u32::from_le_bytes(*len) as usize).ok_or("truncated")?;
            parts.push(part.to_vec());
            bytes = rest;
        }
        Ok(parts.chunks(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect())
    }
}
#[derive(Default)]
pub struct Config {
    pub hostname: String,
    pub image: Option<Tree>,
    pub boot_seed: u64,
}
pub enum Progress {
    Idle,
    Ready,
    Until(u64),
}
pub enum Stream {
    Stdout,
    Stderr,
}
pub struct Login {
    pub user: Vec<u8>,
    pub window: WindowSize,
    pub term: Vec<u8>,
    pub env: Vec<(Vec<u8>, Vec<u8>)>,
    pub remote: Option<String>,
}
pub enum ExecCommand {
    Shell(Vec<u8>),
}
pub struct Exec {
    pub user: Vec<u8>,
    pub command: ExecCommand,
    pub env: Vec<(Vec<u8>, Vec<u8>)>,
    pub cwd: Option<Vec<u8>>,
    pub pty: Option<(WindowSize, Vec<u8>)>,
    pub remote: Option<String>,
}
pub struct Account {
    pub home: Vec<u8>,
}
#[derive(Default)]
enum Job {
    #[default]
    Shell,
    Loop,
    Yes,
    Sleep(u64),
}
#[derive(Default)]
struct State {
    files: Tree,
    line: Vec<u8>,
    input: VecDeque<u8>,
    out: VecDeque<u8>,
    job: Job,
    window: (u16, u16),
}
pub struct Machine(Rc<RefCell<State>>, Rc<dyn Host>);
pub struct Session(Rc<RefCell<State>>);

impl Machine {
    pub fn boot(config: Config, host: Rc<dyn Host>) -> Result<Machine, String> {
        let state = State { files: config.image.unwrap_or_default(), ..State::default() };
        let _ = (config.hostname, config.boot_seed);
        Ok(Machine(Rc::new(RefCell::new(state)), host))
    }
    pub fn run(&self, steps: u64) -> Progress {
        let mut state = self.0.borrow_mut();
        let mut sum = 0u64;
        for step in 0..steps * 10 {
            match state.job {
                Job::Loop => {
                    sum = std::hint::black_box(sum + step);
                }
                Job::Yes if state.out.len() < 16_000 => state.out.extend(b"y\r\n"),
                Job::Yes => {
                    return if state.input.is_empty() {
                        Progress::Idle
                    } else {
                        state.interrupt();
                        Progress::Ready
                    };
                }
                Job::Sleep(until) if self.1.monotonic_nanos() < until && state.input.is_empty() => {
                    return Progress::Until(until);
                }
                Job::Sleep(_) if state.input.is_empty() => {
                    state.job = Job::Shell;
                    state.prompt();
                }
                Job::Sleep(_) | Job::Shell => match state.input.pop_front() {
                    Some(byte) => state.key(byte, self.1.monotonic_nanos()),
                    None => return Progress::Idle,
                },
            }
        }
        if matches!(state.job, Job::Loop | Job::Yes) && !state.input.is_empty() {
            state.interrupt();
        }
        Progress::Ready
    }
    pub fn login(&self, login: &Login) -> Result<Session, Errno> {
        let mut state = self.0.borrow_mut();
        state.window = (login.window.cols, login.window.rows);
        state.prompt();
        Ok(Session(self.0.clone()))
    }
    pub fn exec(&self, _: &Exec) -> Result<Session, Errno> {
        Err(Errno::ENOSYS)
    }
    pub fn account(&self, _: &[u8]) -> Option<Account> {
        Some(Account { home: b"/root".to_vec() })
    }
    pub fn read_file(&self, _: &[u8], path: &[u8]) -> Result<Vec<u8>, Errno> {
        self.0.borrow().files.get(path.strip_prefix(b"/root/").unwrap_or(path)).cloned().ok_or(Errno::ENOENT)
    }
    pub fn write_file(&self, _: &[u8], path: &[u8], bytes: &[u8]) -> Result<(), Errno> {
        self.0
            .borrow_mut()
            .files
            .insert(path.strip_prefix(b"/root/").unwrap_or(path).to_vec(), bytes.to_vec());
        Ok(())
    }
    pub fn snapshot(&self) -> Tree {
        self.0.borrow().files.clone()
    }
}

impl State {
    fn prompt(&mut self) {
        self.out.extend(b"root@bivalve:~# ");
    }
    fn interrupt(&mut self) {
        self.input.clear();
        self.job = Job::Shell;
        self.out.extend(b"^C\r\n");
        self.prompt();
    }
    fn key(&mut self, byte: u8, now: u64) {
        match byte {
            3 => {
                self.line.clear();
                self.interrupt();
            }
            127 if self.line.pop().is_some() => self.out.extend(b"\x08 \x08"),
            9 => {
                if self.line.ends_with(b"/ho") {
                    self.line.extend(b"me/");
                    self.out.extend(b"me/");
                }
            }
            b'\r' => {
                self.out.extend(b"\r\n");
                let line = String::from_utf8_lossy(&std::mem::take(&mut self.line)).into_owned();
                self.command(&line, now);
                if matches!(self.job, Job::Shell) {
                    self.prompt();
                }
            }
            0x20.. => {
                self.line.push(byte);
                self.out.push_back(byte);
            }
            _ => {}
        }
    }
    fn command(&mut self, line: &str, now: u64) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let text = match words.as_slice() {
            ["while", ..] => {
                self.job = Job::Loop;
                String::new()
            }
            ["yes"] => {
                self.job = Job::Yes;
                String::new()
            }
            ["sleep", n] => {
                self.job = Job::Sleep(now + n.parse::<u64>().unwrap_or(1) * 1_000_000_000);
                String::new()
            }
            ["panic"] => {
                let none: Option<u8> = std::hint::black_box(None);
                none.expect("asked to").to_string()
            }
            ["stty", "size"] => format!("{} {}\r\n", self.window.1, self.window.0),
            ["cat", name] => self
                .files
                .get(name.as_bytes())
                .map_or("no such file\r\n".into(), |b| String::from_utf8_lossy(b).replace('\n', "\r\n")),
            ["echo", text @ .., ">", name] => {
                self.files.insert(name.as_bytes().to_vec(), format!("{}\n", text.join(" ")).into_bytes());
                String::new()
            }
            ["printf", "download", name] => format!("\x1b]5379;download;/root/{name}\x07"),
            ["echo", text @ ..] => format!("{}\r\n", text.join(" ")),
            ["ls"] => self.files.keys().map(|k| format!("{}\r\n", String::from_utf8_lossy(k))).collect(),
            [] => String::new(),
            [name, ..] => format!("bash: {name}: command not found\r\n"),
        };
        self.out.extend(text.bytes());
    }
}

impl Session {
    pub fn write(&self, bytes: &[u8]) -> usize {
        let mut state = self.0.borrow_mut();
        let taken = bytes.len().min(4096 - state.input.len());
        state.input.extend(&bytes[..taken]);
        taken
    }
    pub fn close_stdin(&self) {}
    pub fn read(&self, stream: Stream, buf: &mut Vec<u8>, max: usize) -> usize {
        if matches!(stream, Stream::Stderr) {
            return 0;
        }
        let mut state = self.0.borrow_mut();
        let count = max.min(state.out.len());
        buf.extend(state.out.drain(..count));
        count
    }
    pub fn resize(&self, window: WindowSize) {
        self.0.borrow_mut().window = (window.cols, window.rows);
    }
    pub fn signal(&self, _: Signal) {
        self.0.borrow_mut().interrupt();
    }
    pub fn hang_up(&self) {}
    pub fn status(&self) -> Option<ExitStatus> {
        None
    }
    pub fn is_finished(&self) -> bool {
        false
    }
}
