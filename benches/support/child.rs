//! A program run as a child: its time, its memory, and the middle of several runs.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

/// What a run took.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Taken {
    /// Time of the processor: user and system, all threads and children.
    pub(crate) cpu: Duration,
    /// Time on the clock.
    pub(crate) wall: Duration,
    /// The most memory that was resident, in bytes.
    pub(crate) memory: u64,
}

impl Taken {
    /// Memory in MB of 1,000,000 bytes.
    #[must_use]
    pub(crate) fn megabytes(&self) -> u64 {
        self.memory / 1_000_000
    }
}

/// Runs a command once; its output is thrown away.
///
/// # Errors
/// When it cannot start, or ends with a code above 1 (1 says that there are faults in the lists).
pub(crate) fn once(command: &mut Command) -> std::io::Result<Taken> {
    let start = Instant::now();
    let done = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?.wait4()?;
    let wall = start.elapsed();
    if !matches!(done.status.code(), Some(0 | 1)) {
        return Err(std::io::Error::other(format!("{command:?} ended with {}", done.status)));
    }
    Ok(Taken { cpu: done.rusage.utime + done.rusage.stime, wall, memory: done.rusage.maxrss })
}

/// Runs commands in turn, several times over, so that what disturbs the machine disturbs them alike; the middle of each.
///
/// # Errors
/// As [`once`].
pub(crate) fn medians(commands: &mut [Command], runs: usize) -> std::io::Result<Vec<Taken>> {
    let mut all = vec![Vec::new(); commands.len()];
    for _ in 0..runs.max(1) {
        for (command, taken) in commands.iter_mut().zip(&mut all) {
            taken.push(once(command)?);
        }
    }
    Ok(all.iter_mut().map(|taken| middle(taken)).collect())
}

fn middle(taken: &mut [Taken]) -> Taken {
    let mut of = |key: fn(&Taken) -> u128| {
        taken.sort_by_key(key);
        taken[taken.len() / 2]
    };
    let cpu = of(|taken| taken.cpu.as_nanos()).cpu;
    let wall = of(|taken| taken.wall.as_nanos()).wall;
    let memory = of(|taken| u128::from(taken.memory)).memory;
    Taken { cpu, wall, memory }
}

/// This program again, as a child that does one of the limits.
///
/// # Errors
/// When the program does not know where it stands.
pub(crate) fn myself(what: &str, file: &Path) -> std::io::Result<Command> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("limit").arg(what).arg(file);
    Ok(command)
}
