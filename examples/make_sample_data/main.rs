//! Writes the sample district: `cargo run --release --example make_sample_data -- sample-data`.
//!
//! Everyone in it is invented. The generator shares no code with the library, so that what it
//! writes is an independent check of what the library reads. The same bytes come out on any machine.

mod make;

use anyhow::{Context, Result};
use std::path::PathBuf;

fn main() -> Result<()> {
    let folder: PathBuf = std::env::args_os().nth(1).context("name the folder to write, for example: sample-data")?.into();
    for file in make::all_files()? {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).with_context(|| format!("cannot make the folder {}", parent.display()))?;
        }
        std::fs::write(&path, &file.bytes).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}
