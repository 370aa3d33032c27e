//! What a row of a sheet is besides a record: a sum, a banner, a signature, a repeated heading, a note.

use super::context::is_village_name;
use super::fields::Field;
use super::headings::TextRow;
use super::households::class_of_section;
use super::line::Line;
use crate::domain::spelling::{self, fold};

/// What a row is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RowKind {
    /// A record or a part of one.
    Record,
    /// A total or subtotal, with its label.
    Total(u32, String),
    /// Names what the rows below are of.
    Banner(u32, String),
    /// The title of another table of the same sheet.
    Title(u32, String),
    /// The block of signatures under a table.
    Signature,
    /// A note under a table, or a section heading of no meaning to us.
    Note,
    /// None of these.
    Unknown(u32, String),
}

/// Fields of which one is filled on every record of some kind.
const FACTS: [Field; 31] = [
    Field::Citizen,
    Field::Persons,
    Field::Class,
    Field::ClassPoor,
    Field::ClassNearPoor,
    Field::ClassOther,
    Field::Birth,
    Field::BirthMale,
    Field::BirthFemale,
    Field::B1,
    Field::B2,
    Field::People,
    Field::Sex,
    Field::Relation,
    Field::Households,
    Field::AreaPersons,
    Field::Poor,
    Field::NearPoor,
    Field::Organisation,
    Field::Admitted,
    Field::Card,
    Field::PledgedSalary,
    Field::PledgedLabour,
    Field::PledgedSeedlings,
    Field::PledgedMoney,
    Field::SupportKind,
    Field::Household,
    Field::Member,
    Field::Code,
    Field::Decision,
    Field::Donor,
];

/// Whether the running number of a row is a number: then it is a record, whatever else is missing on it.
pub(crate) fn is_numbered(line: &Line<'_>) -> bool {
    let number = |field| line.text(field).is_some_and(|text| text.trim_end_matches('.').parse::<u32>().is_ok());
    (number(Field::Number) || number(Field::HouseholdNumber)) && line.row.cells.len() >= 2
}

/// Tells what a row is. `ended` says that the signatures began above.
pub(crate) fn classify(line: &Line<'_>, row: &TextRow, ended: bool) -> RowKind {
    // Whoever decided, and whatever the remark says, a decision is no signature: "Cán bộ A", "xác nhận với thôn".
    if line.text(Field::Code).is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')) {
        return RowKind::Record;
    }
    let facts = FACTS.iter().filter(|field| line.cell(**field).is_some()).count();
    let label = row.cells.iter().find(|(_, text)| !is_ordinal(text) && text.chars().any(char::is_alphabetic));
    let label = label.or_else(|| row.cells.iter().find(|(_, text)| text.chars().any(char::is_alphabetic)));
    if let Some((col, text)) = label
        && is_total(text)
        && line.cell(Field::Citizen).is_none()
    {
        return RowKind::Total(*col, text.clone());
    }
    if let Some((col, text)) = sum_of_areas(line) {
        return RowKind::Total(col, text);
    }
    if facts <= 2 && is_signed(line, row) {
        return RowKind::Signature;
    }
    if let Some((col, text)) = label
        && row.cells.len() <= 2
        && facts <= 1
        && is_title(text)
    {
        return RowKind::Title(*col, text.clone());
    }
    if ended && facts < 2 {
        return RowKind::Signature;
    }
    let Some((col, text)) = label else {
        return if facts > 0 { RowKind::Record } else { RowKind::Note };
    };
    // Sums of the towns and of the countryside. In a list of people it is where one of them lives.
    if fold(text).starts_with("khu vuc ") && !line.columns.has_any(&[Field::Head, Field::Name]) {
        return RowKind::Note;
    }
    if is_of_district(line) {
        return RowKind::Note;
    }
    if is_twinned(line) || is_supported(line) {
        return RowKind::Record;
    }
    // A banner that is merged over a column of facts stands in its first cell, which may be any column.
    // What stands beside it is its own number, and not an amount.
    let amount = |at: u32, text: &str| {
        let counted = line.columns.field_at(at).is_some_and(|field| !matches!(field, Field::Number | Field::HouseholdNumber));
        counted && is_numeral(text)
    };
    let ordinal = |at: u32, text: &str| is_ordinal(text) && !amount(at, text);
    let alone = row.cells.len() <= 2 && row.cells.iter().all(|(at, other)| at == col || ordinal(*at, other));
    let in_fact = is_of_facts(line, *col);
    if alone && (facts == 0 || in_fact) {
        // "* Buôn Jun" is none.
        let is_note = is_note(text) && !is_village_name(text.trim_start_matches(['*', ' ']));
        return if is_note { RowKind::Note } else { RowKind::Banner(*col, text.clone()) };
    }
    if heads_a_block(line, row, *col, text) {
        return RowKind::Banner(*col, text.clone());
    }
    if facts > 0 {
        return RowKind::Record;
    }
    let placed = line.cell(Field::Village).is_some() || line.cell(Field::Name).is_some() || line.cell(Field::Head).is_some();
    if placed && row.cells.len() > 2 { RowKind::Record } else { RowKind::Unknown(*col, text.clone()) }
}

/// The number of a section, A or II, where a row has such for its running number.
fn section_of(line: &Line<'_>) -> Option<String> {
    let number = line.text(Field::Number)?;
    let label = number.trim_end_matches(['.', ')', '/']);
    let roman = !label.is_empty() && label.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L'));
    (roman || matches!(label.as_bytes(), [b'A'..=b'Z'])).then(|| label.to_owned())
}

/// The number of the section that a row of a list of people or of those who give may head: it has that number, a name and nothing else
/// but numbers, and nothing in the name tells what it is: a record, where all of them are numbered so, or the sums of the rows below.
pub(crate) fn section_headed_by(line: &Line<'_>, row: &TextRow) -> Option<String> {
    let (section, number, (name, text)) = (section_of(line)?, line.columns.get(Field::Number)?, name_of(line)?);
    let plain = row.cells.iter().all(|(col, text)| *col == number || *col == name || is_numeral(text));
    let may = plain && row.cells.len() > 2 && !is_born(line) && !heads_a_block(line, row, name, &text);
    may.then_some(section)
}

/// Whether a row is of the section that the row above would head: it has a running number, or none at all, or begins a count of its own.
pub(crate) fn is_of_section(above: &str, line: &Line<'_>, row: &TextRow) -> bool {
    match section_of(line) {
        // The letter I stands behind H.
        Some(label) => matches!(label.as_str(), "A" | "I") && above != "H" && above != label,
        None => is_numbered(line) || classify(line, row, false) == RowKind::Record,
    }
}

/// The name that a row begins with, and its column.
pub(crate) fn name_of(line: &Line<'_>) -> Option<(u32, String)> {
    [Field::Head, Field::Name, Field::Donor].into_iter().find_map(|field| Some((line.columns.get(field)?, line.text(field)?)))
}

/// Whether a row names a side of a pair.
pub(crate) fn names_a_side(line: &Line<'_>) -> bool {
    [Field::Head, Field::Household, Field::Name, Field::Member].into_iter().any(|field| line.text(field).is_some())
}

/// Whether a row is of a twinning table, where merged cells leave no more of it than the village, to the right of the organisation
/// that stands above.
fn is_twinned(line: &Line<'_>) -> bool {
    let right = line.columns.get(Field::Organisation).zip(line.columns.get(Field::Village)).is_some_and(|(of, at)| of < at);
    let people = line.columns.has_any(&[Field::Head, Field::Name]);
    right && !people && line.text(Field::Village).is_some_and(|text| is_village_name(&text))
}

/// Whether a row of a register has a kind of support and says who needs or got it, which may be all that merged cells leave of it.
fn is_supported(line: &Line<'_>) -> bool {
    let marked = [Field::Needed, Field::Received].iter().any(|field| line.cell(*field).is_some());
    marked && line.cell(Field::SupportKind).is_some()
}

/// Whether a row of a list of people names a place, an organisation or a class where names of people stand, and has nothing else but
/// numbers: the sums of the rows below it. Nobody's name, who would have been born.
fn heads_a_block(line: &Line<'_>, row: &TextRow, col: u32, text: &str) -> bool {
    let of_names = [Field::Head, Field::Name, Field::Number].iter().any(|field| line.columns.get(*field) == Some(col));
    // Before the name it is the number of a section, behind it a mark.
    let ordinal = |at: u32, text: &str| at < col && is_ordinal(text) && !is_numeral(text);
    let numbers = row.cells.iter().all(|(at, other)| *at == col || ordinal(*at, other) || is_numeral(other));
    // Lang and Bon begin names of people too: beside them the number of the section tells.
    let section = row.cells.iter().any(|(at, other)| ordinal(*at, other));
    let names_a_block = || (section && is_village_name(text)) || class_of_section(text).is_some() || has_rank(text);
    of_names && numbers && lists_people(line) && !is_born(line) && names_a_block()
}

/// Whether a row of a table of areas is of a whole district or province, which adds up the communes below it.
fn is_of_district(line: &Line<'_>) -> bool {
    let folded = || line.text(Field::Commune).map(|text| fold(&text));
    lists_areas(line)
        && folded().is_some_and(|name| ["huyen ", "toan huyen", "tinh ", "toan tinh"].iter().any(|start| name.starts_with(start)))
}

/// Whether each row is of an area.
fn lists_areas(line: &Line<'_>) -> bool {
    line.columns.has_any(&[Field::Households, Field::Poor]) && !line.columns.has_any(&[Field::Head, Field::Name])
}

/// What a row of a table of areas has in the place of an area, where it is the sum of others: "Cộng xã", with a running number or
/// beside the name of the commune.
fn sum_of_areas(line: &Line<'_>) -> Option<(u32, String)> {
    let named = [Field::Commune, Field::Village].into_iter().filter(|_| lists_areas(line));
    named.filter_map(|field| Some((line.columns.get(field)?, line.text(field)?))).find(|(_, text)| is_sum_of_places(text))
}

/// "Cộng", "Cộng xã", "Tổng cộng": nothing that could be the name of a place, as "Cộng Hòa" is.
fn is_sum_of_places(text: &str) -> bool {
    const PLACES: [&str; 10] = ["xã", "thôn", "buôn", "tdp", "tổ", "huyện", "thị", "toàn", "phường", "tỉnh"];
    let lower = text.to_lowercase();
    let words: Vec<&str> = spelling::words(&lower).collect();
    match words.as_slice() {
        ["cộng" | "tổng"] | ["tổng", "cộng" | "số", ..] => true,
        ["cộng" | "tổng", place, ..] => PLACES.contains(place),
        _ => false,
    }
}

/// Whether a row may head a block although it has a running number, by the name that stands in it.
pub(crate) fn may_head_a_block(line: &Line<'_>) -> bool {
    if is_of_district(line) || sum_of_areas(line).is_some() {
        return true;
    }
    let name = || line.text(Field::Head).or_else(|| line.text(Field::Name));
    !is_born(line) && lists_people(line) && name().is_some_and(|name| has_rank(&name))
}

/// Whether each row is of a person; a ledger has organisations among those who give.
fn lists_people(line: &Line<'_>) -> bool {
    let roster = [Field::Admitted, Field::Official, Field::Card, Field::Birth, Field::BirthMale];
    let columns = line.columns;
    columns.has_any(&[Field::Head, Field::Name]) && (!columns.has_any(&Field::AMOUNTS) || columns.has_any(&roster))
}

/// Whether a row has what only a person has.
fn is_born(line: &Line<'_>) -> bool {
    [Field::Birth, Field::BirthMale, Field::BirthFemale, Field::Citizen].iter().any(|field| line.cell(*field).is_some())
}

/// Whether a text begins as the names of places and organisations do.
fn has_rank(text: &str) -> bool {
    let lower = text.to_lowercase();
    RANKS.iter().any(|rank| lower.len() > rank.len() && lower.starts_with(rank))
}

/// What the names of places and organisations begin with, and no name of a person.
const RANKS: [&str; 12] =
    ["buôn ", "buon ", "thôn ", "thon ", "tdp ", "tổ dân phố ", "khu phố ", "xã ", "phường ", "thị trấn ", "chi bộ ", "đảng bộ "];

/// "Cộng", "Tổng cộng", "Tổng số: 45 hộ", "Cộng Buôn Jun". With its marks, since Tống and Công are names of people.
fn is_total(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    match (words.next(), words.next(), words.next()) {
        // Corporations, departments and unions, which may give something.
        (Some("tổng"), Some("công"), Some("ty")) | (Some("tổng"), Some("cục" | "liên" | "hội" | "giám"), _) => {
            return false;
        }
        (Some("tổng" | "cộng"), ..) => return true,
        _ => {}
    }
    // Forms typed without marks are known as whole phrases only.
    let folded = fold(text);
    let plain = text.is_ascii();
    plain
        && (matches!(folded.trim_end_matches(':'), "tong" | "cong" | "tong so" | "tong cong" | "total")
            || ["tong cong", "tong so", "cong buon", "cong thon", "cong xa", "cong tdp"]
                .iter()
                .any(|start| folded.starts_with(start)))
}

/// Whether a column is one of facts.
fn is_of_facts(line: &Line<'_>, col: u32) -> bool {
    line.columns.field_at(col).is_some_and(|field| FACTS.contains(&field))
}

/// Whether a row is of the block of signatures. A remark of somebody whose row has facts is none, "Cán bộ hưu trí", nor is the
/// position of a person who is named beside it: "Bí thư".
pub(crate) fn is_signed(line: &Line<'_>, row: &TextRow) -> bool {
    let (signed, others): (Vec<_>, Vec<_>) = row.cells.iter().partition(|(_, text)| is_signature(text));
    let facts = |besides: Option<u32>| others.iter().any(|(col, _)| Some(*col) != besides && is_of_facts(line, *col));
    let remarks = || signed.iter().all(|(col, _)| line.columns.field_at(*col) == Some(Field::Note)) && facts(None);
    let name = name_of(line).map(|(name, _)| name).filter(|name| others.iter().any(|(col, _)| col == name));
    let position = || name.is_some() && signed.iter().all(|(col, _)| !is_of_facts(line, *col)) && facts(name);
    !(signed.is_empty() || remarks() || position())
}

/// Words of the block under a table.
fn is_signature(text: &str) -> bool {
    let folded = fold(text);
    let starts = [
        "nguoi lap",
        "tm. ",
        "tm ",
        "t/m ",
        "kt. ",
        "chu tich",
        "pho chu tich",
        "bi thu",
        "pho bi thu",
        "(ky",
        "ky ten",
        "(da ky)",
        "noi nhan",
        "thu truong",
        "can bo ",
        "nguoi tong hop",
        "xac nhan",
        "ke toan",
        "truong thon",
        "buon truong",
        "truong ban",
        "lap bang",
        "lap bieu",
        "nguoi kiem tra",
        "thu ky",
        "truong phong",
    ];
    starts.iter().any(|start| folded.starts_with(start)) || is_date_line(&folded)
}

/// "......, ngày      tháng      năm", "Lắk, ngày 14 tháng 12 năm 2022".
fn is_date_line(folded: &str) -> bool {
    // The year comes last: Nam Ka is a commune.
    let (day, month, year) = (folded.find("ngay"), folded.find("thang"), folded.rfind("nam"));
    matches!((day, month, year), (Some(day), Some(month), Some(year)) if day < month && month < year)
}

/// Words of remarks under or between tables.
fn is_note(text: &str) -> bool {
    let folded = fold(text);
    text.starts_with(['(', '*'])
        || [
            "ghi chu",
            "luu y",
            "danh sach nay",
            "nguon",
            "chu thich",
            "an dinh danh sach",
            "bang chu",
            "danh sach co",
            "don vi tinh",
            "dvt",
        ]
        .iter()
        .any(|start| folded.starts_with(start))
}

/// The title of a table: "DANH SÁCH HỘ NGHÈO BUÔN BHỐK NĂM 2023".
pub(crate) fn is_title(text: &str) -> bool {
    let folded = fold(text);
    ["danh sach ", "bieu so ", "bieu mau ", "bieu tong hop ", "bang tong hop ", "phu luc "]
        .iter()
        .any(|start| folded.starts_with(start))
        && !is_note(text)
}

/// Whether a row between others says of which class the rows below are, and nothing else.
pub(crate) fn is_section_of_class(row: &TextRow) -> bool {
    let mut texts = row.cells.iter().map(|(_, text)| text).filter(|text| !is_ordinal(text));
    texts.next().is_some_and(|text| class_of_section(text).is_some()) && texts.next().is_none()
}

/// Digits, with the signs of thousands and decimals: 45, 500.000, 1,5.
fn is_numeral(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
}

/// A number of a section: I, II, A, 1, 1.1.
pub(super) fn is_ordinal(text: &str) -> bool {
    let text = text.trim_end_matches(['.', ')', '/']);
    !text.is_empty()
        && (text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            || text.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L'))
            || text.len() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_are_told_from_names() {
        for text in ["Cộng", "TỔNG CỘNG", "Tổng số: 45 hộ", "Cộng Buôn Jun", "Tong cong", "Cong thon 1"] {
            assert!(is_total(text), "{text}");
        }
        for text in [
            "Tống Văn An",
            "Công Thị Bình",
            "Tong Van An",
            "Cong Thi Binh",
            "Y Tổng",
            "Tổng công ty Cà phê",
            "TỔNG CỤC THỐNG KÊ",
            "Tổng Liên đoàn Lao động",
        ] {
            assert!(!is_total(text), "{text}");
        }
    }

    #[test]
    fn signatures_are_told_from_names() {
        for text in [
            "NGƯỜI LẬP BIỂU",
            "TM. ỦY BAN NHÂN DÂN",
            "CHỦ TỊCH",
            "(Ký, ghi rõ họ tên)",
            "......, ngày      tháng      năm",
            "Nam Ka, ngày 5 tháng 3 năm 2023",
        ] {
            assert!(is_signature(text), "{text}");
        }
        for text in ["Y Bang Liêng", "Tạ Minh Năm", "Buôn Jun"] {
            assert!(!is_signature(text), "{text}");
        }
    }
}
