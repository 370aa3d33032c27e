//! Parse, run, outcome to exit code.

use std::process::ExitCode;
use thoatngheo::ingest::workbook;

fn main() -> ExitCode {
    if let Some(code) = workbook::serve_child(std::env::args_os()) {
        return code;
    }
    ExitCode::SUCCESS
}
