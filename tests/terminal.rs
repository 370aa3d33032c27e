//! The program on a terminal, where it draws how far it is while threads read: it ends, the bar goes away, and the tables are as
//! wide as the terminal says.
#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a step of a test that fails fails the test")]

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

/// How long any of these runs may take.
const LONGEST: Duration = Duration::from_secs(120);

/// Runs the program on a terminal of so many columns; gives how it ended and what the terminal got.
fn on_terminal(columns: u16, args: &[&str]) -> (ExitStatus, String) {
    let own_side = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&own_side).unwrap();
    unlockpt(&own_side).unwrap();
    tcsetwinsize(&own_side, Winsize { ws_row: 30, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
    let name = PathBuf::from(ptsname(&own_side, Vec::new()).unwrap().into_string().unwrap());
    let terminal = || Stdio::from(File::options().read(true).write(true).open(&name).unwrap());
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("thoatngheo"));
    command.args(args).current_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).env("TERM", "xterm").env("LANG", "vi_VN.UTF-8");
    command.stdin(Stdio::null()).stdout(terminal()).stderr(terminal());
    let mut child = command.spawn().unwrap();
    // It keeps the other side of the terminal open, and reading would not end.
    drop(command);
    let reader = std::thread::spawn(move || {
        let (mut own_side, mut got) = (File::from(own_side), Vec::new());
        // A terminal whose last user is gone answers with an error.
        let _ = own_side.read_to_end(&mut got);
        String::from_utf8_lossy(&got).into_owned()
    });
    let since = Instant::now();
    let ended = loop {
        if let Some(ended) = child.try_wait().unwrap() {
            break ended;
        }
        if since.elapsed() > LONGEST {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("{args:?} does not end on a terminal");
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    (ended, reader.join().unwrap())
}

#[test]
fn reading_many_files_ends_and_leaves_no_bar_behind() {
    let (ended, got) = on_terminal(100, &["rates", "--households", "sample-data/ho-dan-2022", "--color", "never"]);
    assert!(ended.success(), "{got}");
    // A bar is taken back by the order that empties its line.
    let last = got.rsplit("\u{1b}[2K").next().unwrap();
    assert!(last.contains("19.284") && !last.contains(['█', '░']), "{got}");
}

#[test]
fn quiet_draws_nothing() {
    let (ended, got) = on_terminal(100, &["rates", "--households", "sample-data/ho-dan-2022", "--quiet", "--color", "never"]);
    assert!(ended.success() && got.contains("19.284"), "{got}");
    assert!(!got.contains(['█', '░', '\u{1b}']), "{got}");
}

#[test]
fn a_terminal_without_columns_is_as_wide_as_none() {
    let rates = ["rates", "--households", "sample-data/ho-dan-2022", "--quiet", "--color", "never"];
    let longest = |columns| on_terminal(columns, &rates).1.lines().map(|line| line.trim_end().chars().count()).max();
    assert_eq!((longest(0), longest(90)), (Some(120), Some(90)));
}
