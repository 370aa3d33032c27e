//! What comes in and what goes out: no crate that talks to a network, and nothing big or foreign in the package.

#![expect(clippy::unwrap_used, reason = "a test that cannot ask cargo fails")]
#![expect(clippy::print_stderr, reason = "a test that shows nothing here says so")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Names, or beginnings of names, of crates that open connections.
const NETWORK: &[&str] = &[
    "reqwest",
    "hyper",
    "ureq",
    "curl",
    "isahc",
    "tokio",
    "rustls",
    "openssl",
    "native-tls",
    "socket2",
    "mio",
    "async-std",
    "smol",
    "quinn",
    "h2",
    "h3",
    "tungstenite",
    "attohttpc",
    "minreq",
    "surf",
    "trust-dns",
    "hickory",
    "libssh2",
    "git2",
    "sentry",
    "opentelemetry",
    "webbrowser",
    "zbus",
    "actix",
    "axum",
    "tonic",
    "lettre",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn no_crate_in_the_dependency_tree_talks_to_a_network() {
    let lock: toml::Table = fs::read_to_string(root().join("Cargo.lock")).unwrap().parse().unwrap();
    let packages = lock["package"].as_array().unwrap();
    assert!(packages.len() > 50, "the lock file lists the tree");
    let names = packages.iter().map(|package| package["name"].as_str().unwrap());
    let found: Vec<&str> =
        names.filter(|name| NETWORK.iter().any(|network| name == network || name.starts_with(&format!("{network}-")))).collect();
    assert!(found.is_empty(), "{found:?} can open connections");
}

#[test]
fn our_own_code_opens_no_connection() {
    fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut texts = Vec::new();
    sources(&root().join("src"), &mut texts);
    for (name, text) in texts {
        assert!(!text.contains("std::net") && !text.contains("TcpStream"), "{name} names the network");
    }
}

#[test]
fn everything_that_deny_toml_forbids_is_looked_for_here_too() {
    let deny: toml::Table = fs::read_to_string(root().join("deny.toml")).unwrap().parse().unwrap();
    for entry in deny["bans"]["deny"].as_array().unwrap() {
        let name = entry["crate"].as_str().unwrap();
        assert!(NETWORK.contains(&name), "{name}");
    }
}

#[test]
fn the_package_holds_what_it_needs_and_nothing_big() {
    let list = Command::new(env!("CARGO")).args(["package", "--list", "--allow-dirty", "--offline"]).current_dir(root()).output();
    let list = list.unwrap();
    assert!(list.status.success(), "{}", String::from_utf8_lossy(&list.stderr));
    let names: Vec<String> = String::from_utf8(list.stdout).unwrap().lines().map(str::to_owned).collect();
    for needed in ["src/main.rs", "src/programme/template.toml", "sample-data/thoatngheo.toml", "LICENSE-MIT", "LICENSE-APACHE"] {
        assert!(names.iter().any(|name| name == needed), "the package lacks {needed}");
    }
    let mut total = 0;
    for name in &names {
        let size = fs::metadata(root().join(name)).map_or(0, |file| file.len());
        assert!(size < 512 * 1024, "{name} has {size} bytes");
        total += size;
    }
    // The registry takes ten megabytes packed; the sample district, which `init --sample` writes, is most of ours.
    assert!(total < 9 * 1024 * 1024, "the package has {total} bytes");
    for foreign in [".png", ".github/", ".ci/", "target/"] {
        assert!(!names.iter().any(|name| name.contains(foreign)), "the package holds {foreign}");
    }
}

/// What cargo knows of every package of the tree; `None` where some package is not on this machine and there is no network.
fn metadata() -> Option<Value> {
    let ask = |offline: &[&str]| {
        let mut run = Command::new(env!("CARGO"));
        run.args(["metadata", "--locked", "--format-version", "1"]).args(offline);
        let run = run.current_dir(root()).output().unwrap();
        run.status.success().then(|| serde_json::from_slice(&run.stdout).unwrap())
    };
    ask(&["--offline"]).or_else(|| ask(&[]))
}

/// The packages that become part of the program or build it, on any system; the others of the tree serve tests alone.
fn in_the_program(metadata: &Value) -> BTreeSet<&str> {
    let nodes = metadata["resolve"]["nodes"].as_array().unwrap();
    let nodes: BTreeMap<&str, &Value> = nodes.iter().map(|node| (node["id"].as_str().unwrap(), node)).collect();
    let mut open = vec![metadata["resolve"]["root"].as_str().unwrap()];
    let mut found = BTreeSet::new();
    while let Some(id) = open.pop() {
        if found.insert(id) {
            let all = nodes[id]["deps"].as_array().unwrap();
            let used = all.iter().filter(|dep| dep["dep_kinds"].as_array().unwrap().iter().any(|kind| kind["kind"] != "dev"));
            open.extend(used.map(|dep| dep["pkg"].as_str().unwrap()));
        }
    }
    found
}

#[test]
fn the_list_of_licences_names_every_package_of_the_tree() {
    let Some(metadata) = metadata() else {
        eprintln!("SKIPPED: some package of another system is not on this machine; `cargo fetch` brings it");
        return;
    };
    let program = in_the_program(&metadata);
    let mut rows = BTreeSet::new();
    for package in metadata["packages"].as_array().unwrap() {
        let text = |key: &str| package[key].as_str().unwrap_or_default();
        assert!(!text("license").is_empty(), "{} tells no licence", text("name"));
        let part = if program.contains(text("id")) { "program" } else { "tests" };
        let row = format!("| {} | {} | {} | {part} | {} |", text("name"), text("version"), text("license"), text("repository"));
        rows.extend((text("name") != env!("CARGO_PKG_NAME")).then_some(row));
    }
    let mut list = String::from(
        "# Licences of all packages that come in\n\n\
         For every system together. `program`: part of the program or needed to build it; `tests`: tests and benchmarks alone.\n\
         The texts of the licences lie in the folder `licences` of each release. Made by\n\
         `UPDATE_LICENCES=1 cargo test --test packaging` and held against `cargo metadata` by the same test.\n\n\
         | package | version | licence | part of | from |\n|---|---|---|---|---|\n",
    );
    for row in rows {
        let _ = writeln!(list, "{row}");
    }
    let file = root().join("docs/licences.md");
    if std::env::var_os("UPDATE_LICENCES").is_some() {
        fs::write(&file, &list).unwrap();
    }
    let there = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(there == list, "docs/licences.md is not what cargo tells; make it again with UPDATE_LICENCES=1");
}

#[test]
fn no_package_binds_a_library_of_the_system_or_builds_one_in_another_language() {
    let Some(metadata) = metadata() else {
        eprintln!("SKIPPED: some package of another system is not on this machine; `cargo fetch` brings it");
        return;
    };
    let names = |wanted: &dyn Fn(&Value) -> bool| -> Vec<String> {
        let all = metadata["packages"].as_array().unwrap().iter();
        all.filter(|package| wanted(package)).map(|package| package["name"].as_str().unwrap().to_owned()).collect()
    };
    // Two packages of Rust alone use the key only to forbid a second version of themselves.
    let binds = names(&|package| !package["links"].is_null());
    assert!(binds.iter().all(|name| ["rayon-core", "wasm-bindgen-shared"].contains(&name.as_str())), "{binds:?}");
    let compilers = ["cc", "cmake", "bindgen", "pkg-config", "vcpkg", "nasm-rs", "autotools", "meson"];
    let compilers = names(&|package| compilers.contains(&package["name"].as_str().unwrap()));
    assert!(compilers.is_empty(), "{compilers:?} build code of other languages");
}
