//! What comes in and what goes out: no crate that talks to a network, and nothing big or foreign in the package.

use std::fs;
use std::path::Path;
use std::process::Command;

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
