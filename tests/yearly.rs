//! The script for schedulers, and every year in one run.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that cannot prepare its folder fails; a skipped one says so"
)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use thoatngheo::commands::init::SAMPLE;

const BINARY: &str = env!("CARGO_BIN_EXE_thoatngheo");

/// A folder with the sample district.
fn sample() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in SAMPLE {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn script(folder: &Path, program: &Path, year: Option<&str>) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/yearly-report.sh");
    Command::new("sh").arg(script).arg(folder).args(year).env("THOATNGHEO", program).output().unwrap()
}

/// Every file below a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    found
}

/// A program in the place of ours.
fn stand_in(folder: &Path, body: &str) -> PathBuf {
    let path = folder.join("stand-in.sh");
    fs::write(&path, format!("#!/bin/sh\n{body}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path
}

#[test]
fn the_script_makes_every_year_and_what_fails_later_leaves_the_last_reports() {
    let folder = sample();
    let run = script(folder.path(), Path::new(BINARY), None);
    let log = || fs::read_to_string(folder.path().join("nhat-ky.log")).unwrap();
    assert_eq!(run.status.code(), Some(0), "{}", log());
    let reports = folder.path().join("bao-cao");
    let made = files(&reports);
    for name in ["kiem-tra.json", "2021/manifest.json", "2022/bao-cao-2022.xlsx", "2023/bao-cao-2023.html"] {
        assert!(made.contains_key(&reports.join(name)), "{name}");
    }
    for step in ["check: exit 0", "report: exit 0", "2023/manifest.json: exit 0", "ends: exit 0"] {
        assert!(log().contains(step), "{step}: {}", log());
    }

    // Killed in the middle of a report: half a folder of it, and the shell that ran it gone too.
    let tools = tempfile::tempdir().unwrap();
    let half = "case $1 in report) mkdir -p bao-cao.moi/2023; echo half >bao-cao.moi/2023/bao-cao-2023.xlsx; kill -9 $PPID; exit 137 ;; esac";
    let killed = script(folder.path(), &stand_in(tools.path(), half), None);
    assert_eq!(killed.status.code(), None, "killed by a signal");
    assert!(files(&reports) == made, "the last reports are in place");

    // A program that fails, and one that says it made a report and did not.
    for (body, what) in [("exit 2", "failed: check"), ("exit 0", "no report was made"), ("exit 101", "exit 101")] {
        let failed = script(folder.path(), &stand_in(tools.path(), body), None);
        assert_eq!(failed.status.code(), Some(2), "{what}: {}", log());
        assert!(log().contains(what), "{what}: {}", log());
        assert!(files(&reports) == made && !folder.path().join("bao-cao.moi").exists(), "{what}");
    }
    assert!(log().contains("lock is taken over"), "{}", log());

    // One year again: the others keep their reports, and the same inputs make the same bytes.
    let again = script(folder.path(), Path::new(BINARY), Some("2022"));
    assert_eq!(again.status.code(), Some(0), "{}", log());
    assert!(log().contains("kept: 2023") && files(&reports).keys().eq(made.keys()));
    let page = reports.join("2022/bao-cao-2022.html");
    assert!(files(&reports)[&page] == made[&page]);
}

#[test]
fn an_error_in_a_list_ends_the_script_with_one_and_the_reports_are_made() {
    let folder = sample();
    fs::write(folder.path().join("ho-dan-2023/hong.xlsx"), "PK\x03\x04 and nothing after it").unwrap();
    let run = script(folder.path(), Path::new(BINARY), Some("2023"));
    assert_eq!(run.status.code(), Some(1));
    assert!(folder.path().join("bao-cao/2023/bao-cao-2023.xlsx").is_file());
}

#[test]
fn a_year_that_fails_is_said_and_the_others_are_made() {
    let folder = sample();
    let all_years = || {
        Command::new(BINARY).current_dir(folder.path()).args(["report", "--all-years", "--quiet", "-o", "ra"]).output().unwrap()
    };
    fs::remove_file(folder.path().join("dang-vien-2023.xlsx")).unwrap();
    let run = all_years();
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(1), "{said}");
    assert!(said.contains("2023"), "{said}");
    assert!(folder.path().join("ra/2022/manifest.json").is_file());
    fs::write(folder.path().join("thoatngheo.toml"), "[years.2022]\nhouseholds = \"gone\"\n").unwrap();
    assert_eq!(all_years().status.code(), Some(2), "not one year");
}

#[test]
fn a_run_that_is_killed_leaves_whole_reports_or_none_and_the_next_run_succeeds() {
    let folder = sample();
    let tools = tempfile::tempdir().unwrap();
    let reports = folder.path().join("bao-cao");
    let half = format!(
        "case $1 in report) mkdir -p bao-cao.moi/2022; echo half >bao-cao.moi/2022/bao-cao-2022.xlsx; kill -9 $PPID ;; \
         *) exec '{BINARY}' \"$@\" ;; esac"
    );
    let killed = script(folder.path(), &stand_in(tools.path(), &half), Some("2022"));
    assert_eq!(killed.status.code(), None, "killed by a signal");
    assert!(!reports.exists(), "no report was whole, so there is none");

    assert_eq!(script(folder.path(), Path::new(BINARY), Some("2022")).status.code(), Some(0));
    let made = files(&reports);
    assert!(made.len() > 3 && made[&reports.join("2022/bao-cao-2022.xlsx")].starts_with(b"PK"));
    assert!(!folder.path().join("bao-cao.moi").exists() && !folder.path().join("bao-cao.khoa").exists());

    // Killed between the two renames: the last reports lie aside, whole, and the next run puts them back before it begins.
    let mv = tools.path().join("mv");
    fs::write(&mv, "#!/bin/sh\ncase $1 in bao-cao.moi) kill -9 $PPID; exit 1 ;; esac\nexec /bin/mv \"$@\"\n").unwrap();
    fs::set_permissions(&mv, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", tools.path().display(), std::env::var("PATH").unwrap());
    let shell = |program: &Path, path: &str| {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/yearly-report.sh");
        Command::new("sh")
            .arg(script)
            .arg(folder.path())
            .arg("2022")
            .env("THOATNGHEO", program)
            .env("PATH", path)
            .output()
            .unwrap()
    };
    assert_eq!(shell(Path::new(BINARY), &path).status.code(), None, "killed by a signal");
    let aside = folder.path().join("bao-cao.truoc");
    assert!(!reports.exists() && files(&aside).len() == made.len());
    let failed = shell(&stand_in(tools.path(), "exit 2"), &std::env::var("PATH").unwrap());
    assert_eq!(failed.status.code(), Some(2));
    assert!(files(&reports) == made, "the last reports are back, and a run that fails leaves them");
}

/// The words of a script's calls of the program, in their order, without the signs of its language.
fn calls(text: &str, begins: &str) -> Vec<String> {
    let plain = |line: &str| {
        let words = line.split(|c: char| c.is_whitespace() || "'\"(),@|{}".contains(c)).filter(|word| !word.is_empty());
        words.map(|word| word.replace("$new", "bao-cao.moi").replace("$Year", "$year")).collect::<Vec<_>>().join(" ")
    };
    let lines = text.lines().map(str::trim).filter(|line| line.contains(begins) && line.contains("--quiet"));
    lines
        .map(|line| {
            let words = plain(line);
            let from =
                ["check --", "report --", "verify bao", "verify $manifest --"].iter().filter_map(|verb| words.find(verb)).min();
            words[from.unwrap()..].trim_end_matches(" Out-Null").to_owned()
        })
        .collect()
}

#[test]
fn the_script_for_windows_makes_the_same_calls_as_the_one_for_unix() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let unix = fs::read_to_string(folder.join("yearly-report.sh")).unwrap();
    let windows = fs::read_to_string(folder.join("yearly-report.ps1")).unwrap();
    let expected = calls(&unix, "step ");
    assert_eq!(expected.len(), 5, "{expected:?}");
    assert_eq!(calls(&windows, "Invoke-Step "), expected);
    // Windows PowerShell 5.1 reads a script without a byte order mark in the code page of the machine.
    assert!(windows.is_ascii());
}

#[test]
fn the_script_for_windows_runs_where_powershell_is_found() {
    if Command::new("pwsh").arg("-Version").output().is_err() {
        eprintln!("SKIPPED: no pwsh here, examples/yearly-report.ps1 was not run");
        return;
    }
    let folder = sample();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/yearly-report.ps1");
    let run = |program: &Path| {
        let mut command = Command::new("pwsh");
        command.args(["-NoProfile", "-File"]).arg(&script).arg("-Folder").arg(folder.path()).args(["-Year", "2022"]);
        command.env("THOATNGHEO", program).output().unwrap()
    };
    let made = run(Path::new(BINARY));
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    let reports = files(&folder.path().join("bao-cao"));
    assert!(reports.contains_key(&folder.path().join("bao-cao/2022/manifest.json")));
    let tools = tempfile::tempdir().unwrap();
    assert_eq!(run(&stand_in(tools.path(), "exit 2")).status.code(), Some(2));
    assert!(files(&folder.path().join("bao-cao")) == reports, "the last reports are in place");
}
