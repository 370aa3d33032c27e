//! What can be typed: subcommands, flags and their help. Every command's help begins with an example.

mod judged;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use super::completions::CompletionsArgs;
use super::init::InitArgs;
use super::man::ManArgs;
use super::schema::SchemaArgs;
use super::template::TemplateArgs;
use super::verify::VerifyArgs;
pub use judged::{ChangesArgs, CoverageArgs, QuotasArgs, ScorecardArgs};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "thoatngheo",
    version,
    about = "Counts poor and near-poor households, shares them out to Party members and reports the year, from the workbooks that communes really send.",
    after_help = "First steps:\n  thoatngheo init --sample lak     a sample district to try everything on\n  thoatngheo check FOLDER          what is in these workbooks, and what is wrong with them\n  thoatngheo report                the yearly workbook and web page, from thoatngheo.toml in this folder\n\nEvery command explains itself: thoatngheo rates --help",
    disable_help_subcommand = true,
    propagate_version = true
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// What each sheet is, which rows are read, and everything that is wrong, with its cell.
    Check(CheckArgs),
    /// The clean tables of all workbooks, with file, sheet and row of every record.
    Ingest(IngestArgs),
    /// Poverty rates and goals, by district, commune, village and group.
    Rates(RatesArgs),
    /// The Party roster in numbers.
    Members(MembersArgs),
    /// Who helps which household: a fair, exact assignment for each commune.
    Assign(AssignArgs),
    /// What is pledged and delivered, and who is short of the minimum.
    Pledges(PledgesArgs),
    /// Who left poverty, who fell back, who is new: movement from one survey to another.
    Changes(ChangesArgs),
    /// Each commune's share of a reduction of poor households.
    Quotas(QuotasArgs),
    /// How far support reaches those who need it, and who is left out.
    Coverage(CoverageArgs),
    /// What organisations and members gave and achieved.
    Scorecard(ScorecardArgs),
    /// The yearly workbook and web page.
    Report(ReportArgs),
    /// A folder to start from: a programme file and a place for the lists; with --sample the whole sample district.
    Init(InitArgs),
    /// An empty workbook of a kind, with drop-downs and explanations, for communes to fill in.
    Template(TemplateArgs),
    /// Whether inputs and outputs of a report are still what its manifest says.
    Verify(VerifyArgs),
    /// The JSON Schema of a command's result, or of the programme file.
    Schema(SchemaArgs),
    /// What a shell needs to complete commands and flags.
    Completions(CompletionsArgs),
    /// Manual pages.
    Man(ManArgs),
}

impl Command {
    /// Whether nothing is to be said on the side.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        match self {
            Self::Check(args) => args.output.quiet,
            Self::Ingest(args) => args.quiet,
            Self::Rates(args) => args.output.quiet,
            Self::Members(args) => args.output.quiet,
            Self::Assign(args) => args.output.quiet,
            Self::Pledges(args) => args.output.quiet,
            Self::Changes(args) => args.output.quiet,
            Self::Quotas(args) => args.output.quiet,
            Self::Coverage(args) => args.output.quiet,
            Self::Scorecard(args) => args.output.quiet,
            Self::Report(args) => args.quiet,
            Self::Template(args) => args.quiet,
            Self::Verify(args) => args.quiet,
            Self::Init(_) | Self::Schema(_) | Self::Completions(_) | Self::Man(_) => false,
        }
    }
}

/// Which files to read, and how to understand them.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Inputs")]
pub struct InputArgs {
    /// Household surveys and state lists: files or folders.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub households: Vec<PathBuf>,
    /// Party rosters, with or without pledge columns.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub members: Vec<PathBuf>,
    /// Tables of all households and persons per commune or village.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub totals: Vec<PathBuf>,
    /// Pledge ledgers outside the roster, donors among them.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub pledges: Vec<PathBuf>,
    /// Which organisation is twinned with which villages.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub twinning: Vec<PathBuf>,
    /// Registers of support needed and received.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub support: Vec<PathBuf>,
    /// Last year's assignment, in any format that `assign` writes.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub previous: Vec<PathBuf>,
    /// Decisions on doubtful rows, as `check --corrections` writes them (.xlsx or .csv) and a person fills them in.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub corrections: Vec<PathBuf>,
    /// The programme file [default: thoatngheo.toml in this folder, if there is one].
    #[arg(long, value_name = "FILE")]
    pub programme: Option<PathBuf>,
    /// The year to work on [default: the latest of the programme file or of the inputs].
    #[arg(long)]
    pub year: Option<i16>,
    /// The day on which exemptions and pledges are judged [default: 31 December of the year].
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Read every sheet as this kind of table, for this run.
    #[arg(long, value_enum)]
    pub kind: Option<KindArg>,
    /// Read only sheets of this name, for this run.
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
}

/// Kinds of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum KindArg {
    /// Survey or state list.
    Households,
    /// Households and persons per area.
    Totals,
    /// Party roster.
    Members,
    /// Pledge ledger.
    Pledges,
    /// Organisations and their villages.
    Twinning,
    /// Support register.
    Support,
    /// Last year's pairs.
    Assignment,
    /// Decisions.
    Corrections,
}

/// Where and how to show the result.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// The format [default: table, or what the extension of --output says].
    #[arg(long, value_enum)]
    pub format: Option<FormatArg>,
    /// Write to this file instead of the screen; it is replaced whole.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Language of headings and messages [default: the programme file's, then the locale's, then vi].
    #[arg(long, value_enum)]
    pub lang: Option<LangArg>,
    /// Who will read it: `internal` shows all; `posted` names, villages and classes; `public` no person at all.
    #[arg(long, value_enum, default_value_t = AudienceArg::Internal)]
    pub audience: AudienceArg,
    /// No messages on the side, only the result.
    #[arg(short, long)]
    pub quiet: bool,
    /// Timings of each step on the side.
    #[arg(short, long)]
    pub verbose: bool,
    /// Colours.
    #[arg(long, value_enum, default_value_t = ColorArg::Auto)]
    pub color: ColorArg,
}

/// Output formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    /// Tables for the screen.
    Table,
    /// One JSON document for scripts.
    Json,
    /// Comma-separated text with English keys as headings.
    Csv,
    /// A workbook.
    Xlsx,
    /// A web page in one file.
    Html,
}

/// Languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    /// Tiếng Việt.
    Vi,
    /// English.
    En,
}

/// Audiences.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum AudienceArg {
    /// The office: everything.
    #[default]
    Internal,
    /// The village board: names, villages, classes; no identity numbers, birth dates or scores.
    Posted,
    /// Everybody: no persons at all, and small counts hidden.
    Public,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorArg {
    /// On a terminal that wants them.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// `check`.
#[derive(Debug, Args)]
#[command(
    before_help = "Example:\n  thoatngheo check households-2022/            every sheet and every issue of a folder\n  thoatngheo check xa-yang-tao.xlsx --format json\n  thoatngheo check households-2022/ --annotate tra-lai/   marked-up copies to send back\n  thoatngheo check households-2022/ --corrections decide.xlsx   doubtful rows for a person to decide; other commands then take the file"
)]
pub struct CheckArgs {
    /// Files or folders of any kind; without one, all inputs of the programme file.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Show which column was understood as which field.
    #[arg(long)]
    pub columns: bool,
    /// List the rows that were skipped, and what each was taken for: title, heading, sum, banner, signature, note.
    #[arg(long)]
    pub skipped: bool,
    /// Write a copy of each workbook into this folder, with the cells coloured, a note on each and a list of them in front.
    #[arg(long, value_name = "DIR")]
    pub annotate: Option<PathBuf>,
    /// What to read.
    #[command(flatten)]
    pub inputs: InputArgs,
    /// Where to show it.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `ingest`.
#[derive(Debug, Args)]
#[command(before_help = "Example:\n  thoatngheo ingest households-2022/ members.xlsx -o clean/")]
pub struct IngestArgs {
    /// Files or folders of any kind; without one, all inputs of the programme file.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The folder for the clean tables and the manifest.
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// Csv files or one workbook.
    #[arg(long = "as", value_enum, default_value_t = IngestFormat::Csv)]
    pub format: IngestFormat,
    /// What to read.
    #[command(flatten)]
    pub inputs: InputArgs,
    /// Print the manifest as JSON on standard output too.
    #[arg(long, value_enum)]
    pub print: Option<FormatArg>,
    /// Language of messages.
    #[arg(long, value_enum)]
    pub lang: Option<LangArg>,
    /// No messages on the side.
    #[arg(short, long)]
    pub quiet: bool,
}

/// Formats of clean tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum IngestFormat {
    /// One csv file for each kind.
    Csv,
    /// One workbook with a sheet for each kind.
    Xlsx,
}

/// `rates`.
#[derive(Debug, Args)]
#[command(
    before_help = "Example:\n  thoatngheo rates --households households-2022/ --by commune\n  thoatngheo rates --households danh-sach.xlsx --totals tong-hop.xlsx --by commune --by minority --format json\n  thoatngheo rates --year 2022 --units 2025       an earlier year in the communes of 2025"
)]
pub struct RatesArgs {
    /// Rows beside the district's own; may be given several times.
    #[arg(long, value_enum, value_name = "WHAT", num_args = 1.., value_delimiter = ',')]
    pub by: Vec<ByArg>,
    /// In the communes of this year's end or of this day, whatever the lists name: 2022, 2025 or 2025-06-30.
    #[arg(long, value_name = "YEAR|DATE")]
    pub units: Option<UnitsArg>,
    /// The series over all years of the programme file, with sources, pace and projection.
    #[arg(long)]
    pub history: bool,
    /// End with code 1 when a goal whose year has come is missed.
    #[arg(long)]
    pub require_goals: bool,
    /// What to read.
    #[command(flatten)]
    pub inputs: InputArgs,
    /// Where to show it.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// The day whose communes are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitsArg(pub Date);

impl std::str::FromStr for UnitsArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let year = text.parse::<i16>().ok().and_then(crate::domain::survey::end_of);
        let day = year.or_else(|| text.parse().ok());
        day.map(Self).ok_or_else(|| format!("{text} is neither a year nor a day; write 2025 or 2025-06-30"))
    }
}

/// Groupings of rates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum ByArg {
    /// The whole district.
    District,
    /// Each commune.
    Commune,
    /// Each village.
    Village,
    /// Each people.
    Ethnicity,
    /// Kinh and minority peoples.
    Minority,
    /// Sex of the head.
    Sex,
    /// Households with and without anybody able to work.
    #[value(name = "no-labour", alias = "no_labour")]
    NoLabour,
    /// One person of 60 or more alone, and all others.
    #[value(name = "old-alone", alias = "old_alone")]
    OldAlone,
}

/// `members`.
#[derive(Debug, Args)]
#[command(before_help = "Example:\n  thoatngheo members --members members.xlsx")]
pub struct MembersArgs {
    /// What to read.
    #[command(flatten)]
    pub inputs: InputArgs,
    /// Where to show it.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `pledges`.
#[derive(Debug, Args)]
#[command(before_help = "Example:\n  thoatngheo pledges --members members.xlsx --format json")]
pub struct PledgesArgs {
    /// What to read.
    #[command(flatten)]
    pub inputs: InputArgs,
    /// Where to show it.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// `assign`.
#[derive(Debug, Args)]
#[command(
    before_help = "Example:\n  thoatngheo assign --households households-2022/ --members members.xlsx --twinning twinning.xlsx\n  thoatngheo assign --previous phan-cong-2022.csv -o phan-cong-2023.xlsx\n  thoatngheo assign --previous phan-cong-2023.xlsx --add dang-vien-moi.xlsx   what changes when these join"
)]
pub struct AssignArgs {
    /// Who helps: all, commune committees only, or twinned organisations only.
    #[arg(long, value_enum)]
    pub pool: Option<PoolArg>,
    /// At most this many households for a member.
    #[arg(long, value_name = "N")]
    pub cap: Option<u32>,
    /// At least this many helpers for a household, where there are members enough.
    #[arg(long, value_name = "N")]
    pub min_helpers: Option<u32>,
    /// At most this many pairs that were not there last year.
    #[arg(long, value_name = "N")]
    pub max_changes: Option<u32>,
    /// Changes only what must change in the plan of --previous, whatever loads that leaves: after a member left the roster, or a household the survey.
    #[arg(long)]
    pub least_changes: bool,
    /// Tells of one household or member why its pairs are there, who came next, or why it has none.
    #[arg(long, value_name = "KEY")]
    pub explain: Option<String>,
    /// Who else could help this household, best first.
    #[arg(long, value_name = "HOUSEHOLD", conflicts_with = "explain")]
    pub suggest: Option<String>,
    /// What each level of the objective costs: the plan beside that in which the level comes last (solved once more for each).
    #[arg(long, conflicts_with_all = ["explain", "suggest"])]
    pub prices: bool,
    /// Takes members out and changes only what must change in the plan, or in that of --previous.
    #[arg(long, value_name = "MEMBER", num_args = 1..)]
    pub without: Vec<String>,
    /// Brings members in: a roster of those who join; or, in the place of PATH, the name of one who is exempt, or "NAME, ORGANISATION, CELL". They take over what even loads give them; nothing else changes in the plan, or in that of --previous.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub add: Vec<String>,
    /// What to read.
    #[command(flatten)]
    pub inputs: InputArgs,
    /// Where to show it.
    #[command(flatten)]
    pub output: OutputArgs,
}

/// Pools of helpers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PoolArg {
    /// Commune committees and twinned organisations.
    All,
    /// Commune committees.
    Commune,
    /// Twinned organisations.
    Twinned,
}

/// `report`.
#[derive(Debug, Clone, Args)]
#[command(
    before_help = "Example:\n  thoatngheo report --programme sample-data/thoatngheo.toml\n  thoatngheo report --year 2023 --per-commune --docx -o bao-cao/"
)]
pub struct ReportArgs {
    /// The folder for the workbook and the web page.
    #[arg(short, long, value_name = "DIR", default_value = "bao-cao")]
    pub output: PathBuf,
    /// Every year of the programme file, each into a folder of its own; a year that fails is said and the others are made.
    #[arg(long, conflicts_with = "year")]
    pub all_years: bool,
    /// Also one workbook for each commune, made from its own rows only.
    #[arg(long)]
    pub per_commune: bool,
    /// Also the report in words, as a Word document to be numbered, signed and sent with the annexes.
    #[arg(long)]
    pub docx: bool,
    /// Rates, movement and deprivations in the communes of this year's end or of this day; what was pledged and shared out
    /// stays in those of the lists.
    #[arg(long, value_name = "YEAR|DATE", conflicts_with = "per_commune")]
    pub units: Option<UnitsArg>,
    /// What to read.
    #[command(flatten)]
    pub inputs: InputArgs,
    /// Language [default: the programme file's, then the locale's, then vi].
    #[arg(long, value_enum)]
    pub lang: Option<LangArg>,
    /// Who will read it.
    #[arg(long, value_enum, default_value_t = AudienceArg::Internal)]
    pub audience: AudienceArg,
    /// No messages on the side.
    #[arg(short, long)]
    pub quiet: bool,
    /// Timings of each step on the side.
    #[arg(short, long)]
    pub verbose: bool,
}
