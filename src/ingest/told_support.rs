//! What the title of a register tells of all its rows: the kind of support, and whether it is needed or was received.

use super::asked::Asked;
use super::columns::Columns;
use super::fields::Field;
use super::headings::{Heading, TextRow};
use super::kind::Kind;
use super::reading::{Reading, missing};
use super::settings::Settings;
use super::support_words::answer;
use crate::domain::spelling::{self, fold};
use crate::domain::support::{kind_in, kinds_named};

/// What lines above a register tell of the support that its rows are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ToldSupport {
    /// The kind.
    pub kind: Option<&'static str>,
    /// Whether the households need it.
    pub needed: Option<bool>,
    /// Whether they received it.
    pub received: Option<bool>,
}

/// Words of a title by which its households have yet to get what it names: "đăng ký nhu cầu", "đề nghị được vay vốn".
const WANTED: [&str; 15] = [
    "nhu cau",
    "dang ky",
    "de nghi",
    "de xuat",
    "can ho tro",
    "can duoc",
    "can xoa",
    "can sua",
    "can xay",
    "can vay",
    "nguyen vong",
    "du kien ho tro",
    "ke hoach ho tro",
    "du dieu kien",
    "thuoc dien duoc",
];
/// Words by which they do not need it.
const UNWANTED: [&str; 3] = ["khong co nhu cau", "khong dang ky", "khong de nghi"];
/// Words by which they did not get it.
const LEFT_OUT: [&str; 8] =
    ["chua duoc", "khong duoc", "chua tiep can", "khong tiep can", "chua vay", "khong vay", "chua nhan", "khong nhan"];
/// The same right before what it is.
const WITHOUT: [&str; 3] = ["thieu", "chua co", "khong co"];
/// Words by which they got it. "Nhận" and "nhân" fold alike, so it needs what was given.
const GOT: [&str; 40] = [
    "duoc ho tro",
    "da ho tro",
    "nhan ho tro",
    "huong ho tro",
    "ket qua ho tro",
    "duoc nhan",
    "da nhan",
    "ho nhan",
    "nhan bo",
    "nhan nha",
    "nhan qua",
    "nhan tien",
    "nhan con giong",
    "nhan cay giong",
    "nhan giong",
    "duoc cap",
    "da cap",
    "duoc tang",
    "duoc trao",
    "ban giao nha",
    "duoc vay",
    "da vay",
    "dang vay",
    "cho vay",
    "ho vay",
    "ngheo vay",
    "khach hang vay",
    "to vien to tiet kiem",
    "giai ngan",
    "du no",
    "thu huong",
    "huong loi",
    "duoc huong",
    "tham gia",
    "hoc vien",
    "hoc nghe",
    "di lam viec o nuoc ngoai",
    "di xuat khau lao dong",
    "co the bhyt",
    "co the bao hiem",
];
/// The same right before what was given: "chi trả tiền điện", "trao bò giống". Elsewhere they say other things: "ban chỉ đạo cấp
/// huyện", "giao chỉ tiêu".
const GAVE: [&str; 14] = [
    "duoc",
    "da",
    "nhan",
    "cap",
    "cap phat",
    "cap the",
    "chi tra",
    "tang",
    "trao",
    "giao",
    "mien",
    "mien giam",
    "mien, giam",
    "hoan thanh",
];
/// Words of titles of those who give.
const GIVERS: [&str; 12] = [
    "dang vien",
    "dang bo",
    "chi bo",
    "ung ho",
    "dong gop",
    "quyen gop",
    "hao tam",
    "doanh nghiep",
    "ca nhan ho tro",
    "ca nhan da ho tro",
    "don vi ho tro",
    "don vi da ho tro",
];
/// Words by which a list is made for what it names and is not of who got it: "làm căn cứ cấp thẻ bảo hiểm y tế".
const PURPOSES: [&str; 6] = ["lam co so", "lam can cu", "phuc vu", " de cap ", " de ho tro ", " de lam "];
/// Where what is said of the support ends: whence it comes, for when, by what decision.
const ENDS: [&str; 9] =
    [" thuoc ", " theo ", " tu nguon ", " chuong trinh ", " du an ", " ngan hang ", " nam 20", " quy ", " kem theo "];
/// What names a loan in a title and alone is no kind of support.
const LOANS: [&str; 4] = ["cho vay", "du no", "khach hang vay", "to tiet kiem"];

impl ToldSupport {
    /// What lines above a table tell.
    pub(crate) fn of<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let lines: Vec<&str> = lines.into_iter().collect();
        let folded = lines.iter().map(|line| fold(line)).filter(|line| !line.trim_start_matches('(').starts_with("kem theo"));
        let title = folded.collect::<Vec<_>>().join(" ");
        // What members of the Party give is told by rosters and ledgers.
        if GIVERS.iter().chain(&PURPOSES).any(|word| title.contains(word)) {
            return Self::default();
        }
        let first = |words: &[&str]| words.iter().filter_map(|word| title.find(word)).min();
        let (wanted, unwanted) = (first(&WANTED), first(&UNWANTED));
        let left_out = first(&LEFT_OUT).or_else(|| before_a_kind(&title, &WITHOUT));
        let got = first(&GOT).or_else(|| before_a_kind(&title, &GAVE));
        let (needed, received) = match (wanted, left_out, got) {
            (Some(_), ..) if unwanted.is_some() => (Some(false), None),
            (Some(_), None, _) => (Some(true), None),
            (None, Some(_), _) => (None, Some(false)),
            (None, None, Some(_)) => (None, Some(true)),
            // What is both asked for and said not to have been got tells less than either.
            (Some(_), Some(_), _) | (None, None, None) => (None, None),
        };
        let from = wanted.or(left_out).or(got).unwrap_or(0);
        let said = title.get(from..).unwrap_or_default();
        let end = ENDS.iter().filter_map(|end| said.find(end)).min().unwrap_or(said.len());
        let (said, rest) = said.split_at(end);
        let kind = kind_in(said).or_else(|| kind_in(title.get(..from).unwrap_or_default()));
        let of_loan = || LOANS.iter().any(|word| title.contains(word)).then_some("Vay vốn tín dụng");
        let of_animal = || lines.iter().any(|line| gives_an_animal(line)).then_some("Giống vật nuôi");
        // "Tham gia dự án chăn nuôi bò sinh sản": the project alone tells what of.
        let of_project = || kind_in(rest.split(" theo ").next()?).filter(|_| kinds_named(said).next().is_none());
        Self { kind: kind.or_else(of_loan).or_else(of_project).or_else(of_animal), needed, received }
    }

    /// What lines between the rows tell: a title of their own, or whether it was received in a word or two.
    pub(crate) fn of_section(lines: &[String]) -> Self {
        let told = Self::of(lines.iter().map(String::as_str));
        if told.tells() {
            return told;
        }
        let received = lines.iter().find_map(|line| {
            let (first, rest) = line.split_once(' ').unwrap_or(("", line));
            answer(Field::Received, if first.ends_with(['.', ')', '/', '-']) { rest } else { line })
        });
        Self { received, ..told }
    }

    /// The same, where another text that tells no more than a kind may name it: the sheet.
    pub(crate) fn or_kind_in(self, text: &str) -> Self {
        Self { kind: self.kind.or_else(|| kind_in(text)), ..self }
    }

    /// What of it no column tells.
    pub(crate) fn beyond(self, columns: &Columns) -> Self {
        let by_kinds = columns.has_kinds();
        Self {
            kind: self.kind.filter(|_| !by_kinds && !columns.has(Field::SupportKind)),
            needed: self.needed.filter(|_| !by_kinds && !columns.has(Field::Needed)),
            received: self.received.filter(|_| !by_kinds && !columns.has(Field::Received)),
        }
    }

    /// Whether it tells both the kind and what became of it.
    const fn is_whole(self) -> bool {
        self.kind.is_some() && self.tells()
    }

    /// Whether it tells what became of the support.
    pub(crate) const fn tells(self) -> bool {
        self.needed.is_some() || self.received.is_some()
    }
}

/// Whether a line says that an animal is given. Folded, their names would be those of many other things: "hỗ trợ bổ sung".
fn gives_an_animal(line: &str) -> bool {
    const GIVEN: [&str; 7] = ["trợ", "nhận", "cấp", "trao", "tặng", "giao", "được"];
    const ANIMALS: [&str; 7] = ["bò", "trâu", "heo", "lợn", "dê", "gà", "vịt"];
    let lower = line.to_lowercase();
    let words: Vec<&str> = spelling::words(&lower).collect();
    words.windows(2).any(|pair| matches!(pair, [given, animal] if GIVEN.contains(given) && ANIMALS.contains(animal)))
}

/// Where some words stand right before the first name of a kind of support that has any of them before it.
fn before_a_kind(folded: &str, words: &[&str]) -> Option<usize> {
    let before = |(at, ..): (usize, &str, usize)| {
        let before = folded.get(..at)?.trim_end();
        let ends = |word: &&&str| before.strip_suffix(**word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric));
        words.iter().filter(ends).map(|word| before.len() - word.len()).min()
    };
    kinds_named(folded).find_map(before)
}

/// What only lists of members of the Party and of donors have. A standing may be that of a house or of a loan.
const OF_GIVERS: [Field; 10] = [
    Field::Donor,
    Field::Member,
    Field::Organisation,
    Field::Cell,
    Field::Admitted,
    Field::Official,
    Field::AdmittedOfficial,
    Field::Card,
    Field::Salaried,
    Field::Coefficient,
];
/// What names the households of a register.
const NAMING: [Field; 3] = [Field::Household, Field::Citizen, Field::Head];

/// Whether the titles among the first rows of a sheet name both a kind of support and what became of it.
pub(crate) fn is_told(rows: &[TextRow]) -> bool {
    let alone = rows.iter().filter(|row| row.cells.len() == 1).flat_map(|row| &row.cells);
    let told = ToldSupport::of(alone.map(|(_, text)| text.as_str()));
    told.is_whole()
}

/// Whether a row between others says of what kind of support the rows below are: "II. Vay vốn tín dụng".
fn heads_a_kind(row: &TextRow) -> bool {
    let words = row.cells.iter().filter(|(_, text)| text.chars().filter(|c| c.is_alphabetic()).count() > 3);
    row.cells.len() <= 2 && words.filter(|(_, text)| kind_in(text).is_some()).count() == 1
}

/// Whether a row between others says what became of the support below: "I. Đã được hỗ trợ".
fn heads_an_answer(row: &TextRow) -> bool {
    row.cells.len() <= 2 && row.cells.iter().any(|(_, text)| ToldSupport::of_section(std::slice::from_ref(text)).tells())
}

/// Whether a table could be a survey: it has all columns of one, or all but that of the class, which titles may tell.
pub(crate) fn may_be_survey(reading: &Reading) -> bool {
    match reading {
        Reading::Is(kind, _) => *kind == Kind::Households,
        Reading::Nearly(kind, columns) => *kind == Kind::Households && missing(*kind, columns) == [Field::Class],
        Reading::Either(..) | Reading::Nothing => false,
    }
}

/// Takes headings for those of a register where its title or the sections below tell what no column does. A title that names both
/// the kind of support and what became of it makes a register even of columns that a survey could have, or a ledger: a list of the
/// poor who got a loan is none of all the poor, and the sums beside them are no gifts of theirs.
pub(crate) fn register(
    reading: Reading,
    headings: &[Heading],
    below: &[TextRow],
    told: ToldSupport,
    settings: &Settings,
) -> Reading {
    let of_title = settings.kind.is_none() && told.is_whole();
    let may_be = match &reading {
        Reading::Is(Kind::Households, _) => of_title,
        Reading::Is(Kind::Pledges, others) => (of_title || told.received.is_some()) && !others.has_any(&OF_GIVERS),
        Reading::Is(Kind::Members, others) => !others.has_any(&OF_GIVERS),
        Reading::Is(..) => false,
        Reading::Nearly(..) | Reading::Either(..) | Reading::Nothing => settings.kind.is_none_or(|only| only == Kind::Support),
    };
    if !may_be {
        return reading;
    }
    let year = reading.year();
    let asked: Vec<Asked<'_>> = Asked::all(headings);
    let mut columns = Columns::new(Kind::Support, &asked, settings.columns.get(&Kind::Support)).telling(told);
    // The kind of support stands beside no member of the Party.
    if matches!(reading, Reading::Is(Kind::Members, _)) && !of_title && !columns.has(Field::SupportKind) {
        return reading;
    }
    let is_state =
        |heading: &&Heading| heading.parts.last().is_some_and(|last| matches!(&*fold(last), "tinh trang" | "trang thai"));
    if columns.has(Field::SupportKind)
        && !columns.has(Field::Received)
        && let Some(state) = headings.iter().find(is_state)
    {
        columns = columns.with(Field::Received, state.col);
    }
    let kinds =
        || columns.has(Field::SupportKind) || columns.has_kinds() || told.kind.is_some() || below.iter().any(heads_a_kind);
    let became = columns.has_any(&[Field::Needed, Field::Received])
        || columns.has_kinds()
        || told.tells()
        || below.iter().any(heads_an_answer);
    let is_register = columns.has_any(&NAMING) && columns.doubled.is_empty() && became && kinds();
    if is_register {
        return Reading::Is(Kind::Support, columns.of_year(year));
    }
    // What such a list lacks is the kind of support, and not what a survey has.
    let lacks_kind = told.tells() && columns.has_any(&NAMING) && settings.kind.is_none() && !may_be_survey(&reading);
    let is_other = matches!(reading, Reading::Nearly(Kind::Households, _) | Reading::Is(Kind::Pledges, _));
    if is_other && lacks_kind { Reading::Nearly(Kind::Support, columns) } else { reading }
}
