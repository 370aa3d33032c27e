//! What can be typed after `changes`, `quotas`, `coverage` and `scorecard`.

use std::path::PathBuf;

use clap::Args;

use super::{InputArgs, OutputArgs, UnitsArg};

/// `changes`.
#[derive(Debug, Args)]
#[command(
    before_help = "Example:\n  thoatngheo changes --from households-2022/ --to households-2023/\n  thoatngheo changes --from-year 2022 --to-year 2023 -o dien-bien.xlsx\n  thoatngheo changes --from ho-2022/ --to ho-2023/ --households ho-2021/   with a year before, who fell back\n  thoatngheo changes --units 2025                 in the communes since the merger"
)]
pub struct ChangesArgs {
    /// The earlier survey: files or folders.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub from: Vec<PathBuf>,
    /// The later survey: files or folders.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub to: Vec<PathBuf>,
    /// The earlier year [default: the nearest before the later one, or what the lists tell].
    #[arg(long, value_name = "YEAR")]
    pub from_year: Option<i16>,
    /// The later year [default: the latest, or what the lists tell].
    #[arg(long, value_name = "YEAR")]
    pub to_year: Option<i16>,
    /// In the communes of this year's end or of this day, whatever the lists name: 2022, 2025 or 2025-06-30.
    #[arg(long, value_name = "YEAR|DATE")]
    pub units: Option<UnitsArg>,
    /// What to read.
    #[command(flatten)]
    pub inputs: InputArgs,
    /// Where to show it.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `quotas`.
#[derive(Debug, Args)]
#[command(
    before_help = "Example:\n  thoatngheo quotas --households households-2022/ --reduction 500\n  thoatngheo quotas --to-goal 2025 -o chi-tieu.xlsx"
)]
pub struct QuotasArgs {
    /// So many poor households are to be brought out [default: the programme file's for the year].
    #[arg(long, value_name = "N", conflicts_with = "to_goal")]
    pub reduction: Option<u64>,
    /// As many as are missing to the goal of this year.
    #[arg(long, value_name = "YEAR")]
    pub to_goal: Option<i16>,
    /// What to read.
    #[command(flatten)]
    pub inputs: InputArgs,
    /// Where to show it.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `coverage`.
#[derive(Debug, Args)]
#[command(
    before_help = "Example:\n  thoatngheo coverage --households households-2022/ --support support.xlsx\n  thoatngheo coverage -o ho-tro.xlsx          with the list of who is left out"
)]
pub struct CoverageArgs {
    /// In the communes of this year's end or of this day, whatever the lists name: 2022, 2025 or 2025-06-30.
    #[arg(long, value_name = "YEAR|DATE")]
    pub units: Option<UnitsArg>,
    /// What to read.
    #[command(flatten)]
    pub inputs: InputArgs,
    /// Where to show it.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `scorecard`.
#[derive(Debug, Args)]
#[command(
    before_help = "Example:\n  thoatngheo scorecard --previous phan-cong-2022.csv     who helped whom, and what came of it\n  thoatngheo scorecard -o xep-loai.xlsx                  organisations and members"
)]
pub struct ScorecardArgs {
    /// What to read.
    #[command(flatten)]
    pub inputs: InputArgs,
    /// Where to show it.
    #[command(flatten)]
    pub output: OutputArgs,
}
