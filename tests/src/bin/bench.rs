//! `bench`: the machine beside the shells of this computer in one run, and what a machine costs.
//!
//! Everything is the median of several runs that take turns, so that a busy computer disturbs all alike. The
//! figures to compare are the ratios. An argument selects the rows whose name contains it.

use bivalve_core::host::SimHost;
use bivalve_core::machine::{Config, Exec, ExecCommand, Machine, Stream};
use std::process::{Command, ExitCode, Stdio};
use std::rc::Rc;
use std::time::{Duration, Instant};

type Result<T = ()> = std::result::Result<T, String>;

/// How often everything is measured.
const RUNS: usize = 5;

/// A script for all shells.
struct Script {
    name: &'static str,
    code: &'static str,
    /// How often it is started for one figure.
    repeat: u32,
}

const SCRIPTS: &[Script] = &[
    Script { name: "start: `sh -c true`", code: "true", repeat: 20 },
    Script {
        name: "`while` loop of 1,000,000 with `[ ]` and `$(( ))`",
        code: "i=0; while [ $i -lt 1000000 ]; do i=$((i+1)); done; echo $i",
        repeat: 1,
    },
    Script {
        name: "10,000 × `$(echo x)`",
        code: "i=0; while [ $i -lt 10000 ]; do x=$(echo x); i=$((i+1)); done; echo $x",
        repeat: 1,
    },
    Script {
        name: "10,000 × `echo x \\| cat >/dev/null`",
        code: "i=0; while [ $i -lt 10000 ]; do echo x | cat >/dev/null; i=$((i+1)); done; echo $i",
        repeat: 1,
    },
    Script { name: "`seq 1000000 \\| wc -l`", code: "seq 1000000 | wc -l", repeat: 1 },
    Script {
        name: "`head -c 1G /dev/zero \\| wc -c`",
        code: "head -c 1073741824 /dev/zero | wc -c",
        repeat: 1,
    },
    Script {
        name: "recursive function: fib 22",
        code: "fib() { if [ $1 -lt 2 ]; then r=$1; else fib $(($1-1)); local a=$r; fib $(($1-2)); r=$((r+a)); fi; }; \
               fib 22; echo $r",
        repeat: 1,
    },
];

/// What a machine costs, measured within this process.
struct Cost {
    name: &'static str,
    aim: &'static str,
    measure: fn() -> Result<String>,
}

const COSTS: &[Cost] = &[
    Cost { name: "boot of a machine", aim: "", measure: boot },
    Cost { name: "`echo hi` in a booted machine", aim: "5 µs", measure: echo },
    Cost { name: "memory of 1,000 machines beyond one", aim: "40 MB", measure: memory },
];

/// A shell that takes `-c SCRIPT`; this project's is the first.
struct Shell {
    name: &'static str,
    command: Vec<String>,
}

fn main() -> ExitCode {
    let filter = std::env::args().nth(1).unwrap_or_default();
    match bench(&filter) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn bench(filter: &str) -> Result {
    println!("{}\n", computer());
    let shells = shells()?;
    let titles: Vec<_> = shells.iter().skip(1).map(|shell| format!("{} takes", shell.name)).collect();
    println!("| | bivalve | {} |", titles.join(" | "));
    println!("|---|--:|{}", "--:|".repeat(titles.len()));
    for script in SCRIPTS.iter().filter(|script| script.name.contains(filter)) {
        println!("{}", row(script, &shells)?);
    }
    println!("\n| | measured | aim |\n|---|--:|--:|");
    for cost in COSTS.iter().filter(|cost| cost.name.contains(filter)) {
        println!("| {} | {} | {} |", cost.name, (cost.measure)()?, cost.aim);
    }
    Ok(())
}

/// What this computer is, for whoever reads the figures.
fn computer() -> String {
    let read = |path| std::fs::read_to_string(path).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let kernel = read("/proc/sys/kernel/osrelease");
    format!(
        "{}, {cores} cores, Linux {}",
        model.map_or("unknown processor", |(_, model)| model),
        kernel.trim()
    )
}

fn shells() -> Result<Vec<Shell>> {
    let bivalve = std::env::var("BIVALVE")
        .map_err(|_| "the variable BIVALVE has to name the binary `bivalve` (`cargo xtask bench` sets it)")?;
    let shell =
        |name, command: &[&str]| Shell { name, command: command.iter().map(ToString::to_string).collect() };
    let shells = vec![
        shell("bivalve", &[&bivalve, "sh"]),
        shell("bash", &["bash"]),
        shell("dash", &["dash"]),
        shell("busybox", &["busybox", "sh"]),
    ];
    for shell in &shells {
        output(shell, "true")?;
    }
    Ok(shells)
}

/// What a script prints.
fn output(shell: &Shell, code: &str) -> Result<Vec<u8>> {
    let output = command(shell, code)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cannot start {}: {error}", shell.command[0]))?;
    if output.status.success() {
        Ok(output.stdout)
    } else {
        Err(format!("{}: {}", shell.name, output.status))
    }
}

fn command(shell: &Shell, code: &str) -> Command {
    let mut command = Command::new(&shell.command[0]);
    command.args(&shell.command[1..]).args(["-c", code]).stdin(Stdio::null()).stdout(Stdio::piped());
    command
}

/// One row: our time, and how many times as long the others take.
fn row(script: &Script, shells: &[Shell]) -> Result<String> {
    let expected = output(&shells[1], script.code)?;
    let mut times = vec![Vec::new(); shells.len()];
    for _ in 0..RUNS {
        for (shell, times) in shells.iter().zip(&mut times) {
            let start = Instant::now();
            for _ in 0..script.repeat {
                if output(shell, script.code)? != expected {
                    return Err(format!("{} does not print what bash prints: {}", shell.name, script.code));
                }
            }
            times.push(start.elapsed() / script.repeat);
        }
    }
    let times: Vec<Duration> = times.into_iter().map(median).collect();
    let ratio = |time: &Duration| format!("{:.2} ×", time.as_secs_f64() / times[0].as_secs_f64());
    let others: Vec<String> = times[1..].iter().map(ratio).collect();
    Ok(format!("| {} | {} | {} |", script.name, in_words(times[0]), others.join(" | ")))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// A time with three digits and its unit.
fn in_words(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    let (value, unit) = match seconds {
        s if s >= 1.0 => (s, "s"),
        s if s >= 1e-3 => (s * 1e3, "ms"),
        s => (s * 1e6, "µs"),
    };
    let digits = if value >= 100.0 {
        0
    } else if value >= 10.0 {
        1
    } else {
        2
    };
    format!("{value:.digits$} {unit}")
}

fn booted() -> Result<Machine> {
    Machine::boot(Config::default(), Rc::new(SimHost::new(1))).map_err(|error| error.to_string())
}

/// Runs a command line on a booted machine to its end and checks what it prints.
fn run(machine: &Machine, line: &str, expected: &[u8]) -> Result {
    let exec = Exec {
        user: b"root".to_vec(),
        command: ExecCommand::Shell(line.as_bytes().to_vec()),
        env: Vec::new(),
        cwd: None,
        pty: None,
        remote: None,
    };
    let session = machine.exec(&exec).map_err(|errno| format!("cannot start: {errno}"))?;
    session.close_stdin();
    machine.run(u64::MAX);
    let mut printed = Vec::new();
    session.read(Stream::Stdout, &mut printed, usize::MAX);
    if printed == expected { Ok(()) } else { Err(format!("the machine does not run {line}")) }
}

/// The median of the time of one call, measured over several rounds of many.
fn time_of(count: u32, mut call: impl FnMut() -> Result) -> Result<String> {
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        for _ in 0..count {
            call()?;
        }
        times.push(start.elapsed() / count);
    }
    Ok(in_words(median(times)))
}

fn boot() -> Result<String> {
    time_of(1000, || booted().map(drop))
}

fn echo() -> Result<String> {
    let machine = booted()?;
    time_of(10_000, || run(&machine, "echo hi", b"hi\n"))
}

/// Resident memory of 1,000 machines, in each of which a command has run, beyond that of the first.
fn memory() -> Result<String> {
    let machine = || -> Result<Machine> {
        let machine = booted()?;
        run(&machine, "echo hi", b"hi\n")?;
        Ok(machine)
    };
    let mut machines = vec![machine()?];
    let one = resident_bytes()?;
    for _ in 1..1000 {
        machines.push(machine()?);
    }
    let all = resident_bytes()?;
    drop(machines);
    Ok(format!("{:.1} MB", all.saturating_sub(one) as f64 / 1e6))
}

fn resident_bytes() -> Result<usize> {
    let statm = std::fs::read_to_string("/proc/self/statm").map_err(|error| error.to_string())?;
    let pages = statm.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok());
    Ok(pages.ok_or("/proc/self/statm is not as expected")? * rustix::param::page_size())
}
