//! Reads workbooks in a child process of our own binary, so that a parser that runs wild costs one file and not the run.
//!
//! The child limits its own memory and processor time at its start; the parent limits how long it waits. On Windows, which has no
//! such limits, only the waiting is limited.

use super::limits::{CHILD_COMMAND, Limits, ReaderProcess};
use super::raw::Each;
use super::wire::{self, Message};
use super::{Opened, ReadError, RowSink, SheetEnd, Source};
use crate::ingest::workbook::OpenError;
use std::ffi::OsString;
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitCode, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::time::{Duration, Instant};

/// Batches that may wait between child and parent.
const IN_FLIGHT: usize = 4;

struct ChildSource {
    child: Child,
    orders: Option<ChildStdin>,
    frames: Receiver<(u8, Vec<u8>)>,
    left: Duration,
    limits: Limits,
}

impl Drop for ChildSource {
    fn drop(&mut self) {
        // Both fail only when the child is gone already, which is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Opens a file in a child process.
pub(super) fn open(program: &Path, path: &Path, limits: &Limits) -> Result<Opened, OpenError> {
    let io = |e: std::io::Error| OpenError::Io(e.to_string());
    let asked = serde_json::to_string(limits).map_err(|e| OpenError::Io(e.to_string()))?;
    let mut command = Command::new(program);
    command.arg(CHILD_COMMAND).arg(asked).arg(path).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(io)?;
    let orders = child.stdin.take();
    let (to, frames) = sync_channel(IN_FLIGHT);
    if let Some(output) = child.stdout.take() {
        std::thread::spawn(move || {
            let mut output = BufReader::with_capacity(1 << 16, output);
            while let Ok(frame) = wire::receive(&mut output) {
                if to.send(frame).is_err() {
                    break;
                }
            }
        });
    }
    let left = Duration::from_secs(limits.wall_seconds);
    let mut source = ChildSource { child, orders, frames, left, limits: limits.clone() };
    match source.next() {
        Ok((wire::MESSAGE, body)) => match serde_json::from_slice(&body) {
            Ok(Message::Opened(opened)) => opened.map(|(format, sheets)| -> Opened { (format, sheets, Box::new(source)) }),
            Ok(Message::End(_)) | Err(_) => Err(OpenError::Crashed("the reading process speaks out of turn".to_owned())),
        },
        Ok(_) => Err(OpenError::Crashed("the reading process speaks out of turn".to_owned())),
        Err(ReadError::Timeout { seconds }) => Err(OpenError::Timeout { seconds }),
        Err(error) => Err(OpenError::Crashed(match error {
            ReadError::Crashed(what) => what,
            other @ (ReadError::NoSuchSheet(_)
            | ReadError::NoCells
            | ReadError::Truncated(_)
            | ReadError::Damaged(_)
            | ReadError::TooManyCells { .. }
            | ReadError::UnclosedQuote { .. }
            | ReadError::Timeout { .. }) => other.to_string(),
        })),
    }
}

impl ChildSource {
    /// The next frame. Only the time spent waiting counts, not what the parent does with the rows.
    fn next(&mut self) -> Result<(u8, Vec<u8>), ReadError> {
        let before = Instant::now();
        let frame = self.frames.recv_timeout(self.left);
        self.left = self.left.saturating_sub(before.elapsed());
        match frame {
            Ok(frame) => Ok(frame),
            Err(RecvTimeoutError::Timeout) => Err(ReadError::Timeout { seconds: self.limits.wall_seconds }),
            Err(RecvTimeoutError::Disconnected) => Err(self.why_gone()),
        }
    }

    fn why_gone(&mut self) -> ReadError {
        match self.child.wait() {
            Ok(status) if out_of_time(status) => ReadError::Timeout { seconds: self.limits.cpu_seconds },
            Ok(status) if !status.success() => ReadError::Crashed(format!(
                "the reading process ended with {status}; it may use {} MiB",
                self.limits.address_space >> 20
            )),
            Ok(_) => ReadError::Crashed("the reading process ended early".to_owned()),
            Err(error) => ReadError::Crashed(error.to_string()),
        }
    }
}

#[cfg(unix)]
fn out_of_time(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    const SIGXCPU: i32 = 24;
    const SIGKILL: i32 = 9;
    matches!(status.signal(), Some(SIGXCPU | SIGKILL))
}

#[cfg(not(unix))]
fn out_of_time(_: ExitStatus) -> bool {
    false
}

impl Source for ChildSource {
    fn read(&mut self, sheet: usize, sink: RowSink<'_>, _: &Limits) -> Result<SheetEnd, ReadError> {
        let order = self.orders.as_mut().map(|orders| writeln!(orders, "{sheet}").and_then(|()| orders.flush()));
        if !matches!(order, Some(Ok(()))) {
            return Err(self.why_gone());
        }
        loop {
            let (tag, body) = self.next()?;
            let broken = || ReadError::Crashed("the reading process speaks out of turn".to_owned());
            if tag == wire::ROWS {
                wire::read_rows(&body, sink).ok_or_else(broken)?;
            } else {
                return match serde_json::from_slice(&body) {
                    Ok(Message::End(end)) => end,
                    Ok(Message::Opened(_)) | Err(_) => Err(broken()),
                };
            }
        }
    }
}

/// Serves as the reading child when the program was called as one: `main` calls this first, with all its arguments, and leaves
/// with the exit code it gets. `None` when the program was called for something else.
pub fn serve_child(args: impl IntoIterator<Item = OsString>) -> Option<ExitCode> {
    let mut args = args.into_iter().skip(1);
    if args.next()? != CHILD_COMMAND {
        return None;
    }
    let limits = args.next().and_then(|text| serde_json::from_str::<Limits>(&text.to_string_lossy()).ok());
    let (Some(limits), Some(path)) = (limits, args.next().map(PathBuf::from)) else { return Some(ExitCode::from(2)) };
    // A panic is told to the parent as an error; its text on standard error would only confuse.
    std::panic::set_hook(Box::new(|_| {}));
    Some(if restrict(&limits).and_then(|()| serve(&path, &limits)).is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[cfg(unix)]
fn restrict(limits: &Limits) -> std::io::Result<()> {
    use rlimit::Resource;
    Resource::CORE.set(0, 0)?;
    let lower = |resource: Resource, wanted: u64| {
        let (_, hard) = resource.get()?;
        resource.set(wanted.min(hard), wanted.min(hard))
    };
    // macOS refuses an address-space limit; the processor limit and the waiting of the parent remain.
    let memory = lower(Resource::AS, limits.address_space);
    if cfg!(target_os = "linux") {
        memory?;
    }
    lower(Resource::CPU, limits.cpu_seconds)
}

#[cfg(not(unix))]
fn restrict(_: &Limits) -> std::io::Result<()> {
    Ok(())
}

fn serve(path: &Path, limits: &Limits) -> std::io::Result<()> {
    let limits = Limits { process: ReaderProcess::InProcess, ..limits.clone() };
    let mut out = BufWriter::with_capacity(1 << 16, std::io::stdout().lock());
    let (format, sheets, mut source) = match super::open_unhashed(path, &limits) {
        Ok(opened) => opened,
        Err(error) => return wire::say(&mut out, &Message::Opened(Err(error))),
    };
    wire::say(&mut out, &Message::Opened(Ok((format, sheets))))?;
    for order in std::io::stdin().lines() {
        let Ok(sheet) = order?.trim().parse::<usize>() else { return Err(std::io::Error::other("an order that is no number")) };
        let mut batch = Vec::new();
        let mut sent = Ok(());
        let end = source.read(
            sheet,
            &mut Each(&mut |row| {
                wire::write_row(&mut batch, row);
                if batch.len() >= wire::BATCH && sent.is_ok() {
                    sent = wire::send(&mut out, wire::ROWS, &batch);
                    batch.clear();
                }
            }),
            &limits,
        );
        sent?;
        wire::send(&mut out, wire::ROWS, &batch)?;
        wire::say(&mut out, &Message::End(end))?;
    }
    Ok(())
}
