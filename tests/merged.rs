//! Cells that are merged over several rows, and marks that repeat the row above, say the same as cells of which each is written.

#![expect(clippy::unwrap_used, reason = "a workbook that cannot be written is a failure")]

use std::path::Path;

use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use tempfile::TempDir;
use thoatngheo::domain::source::CellRef;
use thoatngheo::domain::tally::Tallies;
use thoatngheo::ingest::{Counting, Ingested, Kind, Settings, read_paths};

/// How cells are written that say the same as the one above.
#[derive(Clone, Copy, PartialEq)]
enum Same {
    /// As one cell with it.
    Merged,
    /// With a mark.
    Ditto,
    /// Once more.
    Plain,
}

/// The columns of a list, and of each row the cells that are written.
struct List {
    title: &'static str,
    heads: &'static [&'static str],
    /// The columns whose neighbours of one value are one merged cell.
    merged: &'static [usize],
    rows: Vec<Vec<String>>,
}

impl List {
    /// Writes the list.
    fn write(&self, path: &Path, same: Same) {
        let mut book = Workbook::new();
        let plain = Format::new();
        let page = book.add_worksheet();
        page.write_string(0, 0, self.title).unwrap();
        // Headings of two rows: merged cells among them say nothing of the rows below.
        for (col, head) in self.heads.iter().enumerate() {
            page.merge_range(2, column(col), 3, column(col), head, &plain).unwrap();
        }
        for col in 0..self.heads.len() {
            if same != Same::Plain && self.merged.contains(&col) {
                self.blocks(page, col, same, &plain);
            } else {
                (4..).zip(&self.rows).for_each(|(row, cells)| cell(page, row, col, &cells[col]));
            }
        }
        book.save(path).unwrap();
    }

    fn blocks(&self, page: &mut Worksheet, col: usize, same: Same, plain: &Format) {
        let mut row = 4;
        for block in self.rows.chunk_by(|one, next| one[col] == next[col]) {
            let last = row + u32::try_from(block.len()).unwrap() - 1;
            if same == Same::Ditto && !block[0][col].is_empty() {
                cell(page, row, col, &block[0][col]);
                (row + 1..=last).for_each(|row| cell(page, row, col, ["\"", "nt", "-nt-", "Như trên"][row as usize % 4]));
            } else if last > row && !block[0][col].is_empty() {
                page.merge_range(row, column(col), last, column(col), &block[0][col], plain).unwrap();
            } else {
                cell(page, row, col, &block[0][col]);
            }
            row = last + 1;
        }
    }

    /// Reads the list as merged, with marks and as written out.
    fn all(&self, counting: Counting) -> [Ingested; 3] {
        self.all_by(&Settings { counting, ..Settings::default() })
    }

    fn all_by(&self, settings: &Settings) -> [Ingested; 3] {
        [Same::Merged, Same::Ditto, Same::Plain].map(|same| {
            let folder = TempDir::new().unwrap();
            let path = folder.path().join("danh-sach-2023.xlsx");
            self.write(&path, same);
            read_paths(&[path], settings, &|_, _| {})
        })
    }
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap()
}

fn cell(page: &mut Worksheet, row: u32, col: usize, text: &str) {
    match text.parse::<f64>() {
        Ok(number) if !text.starts_with('0') => page.write_number(row, column(col), number).map(|_| ()).unwrap(),
        _ if text.is_empty() => {}
        _ => page.write_string(row, column(col), text).map(|_| ()).unwrap(),
    }
}

/// All that was read, but for the files' hashes and places. A cell of a row that may be merged with those above is told by the first
/// of them.
fn said(list: &List, all: &Ingested) -> String {
    let first = |at: CellRef| {
        let (row, col) = (usize::try_from(at.row).unwrap(), usize::try_from(at.col).unwrap());
        let cells = row.checked_sub(4).filter(|_| list.merged.contains(&col)).map_or(&[][..], |row| &list.rows[..=row]);
        let same = cells.iter().rev().take_while(|of| of[col] == cells[cells.len() - 1][col] && !of[col].is_empty()).count();
        CellRef::new(u32::try_from(row - same.saturating_sub(1)).unwrap(), at.col)
    };
    let issues: Vec<String> = all
        .issues
        .iter()
        .map(|issue| format!("{} {:?} {:?} {} {:?}", issue.code, issue.cell.map(first), issue.field, issue.found, issue.hint))
        .collect();
    let households: Vec<String> = all
        .surveys
        .values()
        .flat_map(|survey| survey.households())
        .map(|of| format!("{:?} {:?} {:?} {:?} {} {:?}", of.key, of.place, of.people, of.class, of.persons, of.head))
        .collect();
    let members: Vec<String> = all
        .roster
        .members
        .iter()
        .map(|of| format!("{:?} {:?} {:?} {:?} {:?} {:?}", of.key, of.name, of.people, of.organisation, of.cell, of.standing))
        .collect();
    let supports: Vec<String> =
        all.supports.iter().map(|of| format!("{:?} {:?} {:?} {:?}", of.household, of.place, of.kind, of.received)).collect();
    let pledges: Vec<String> = all.roster.pledges.iter().map(|of| format!("{:?} {:?}", of.giver, of.pledged)).collect();
    let sheets: Vec<String> =
        all.files.iter().flat_map(|file| &file.sheets).map(|of| format!("{} {} {}", of.used, of.rejected, of.skipped)).collect();
    format!("{issues:#?}{households:#?}{members:#?}{supports:#?}{pledges:#?}{sheets:?}")
}

/// Rows of a list, each with a word of each of these columns; neighbours often have the same.
fn rows(words: &'static [&'static [&'static str]]) -> impl Strategy<Value = Vec<Vec<usize>>> {
    let row: Vec<std::ops::Range<usize>> = words.iter().map(|words| 0..words.len()).collect();
    let run = (row, 1_usize..5, prop::collection::vec(0..words.len(), 0..3));
    prop::collection::vec(run, 1..6).prop_map(move |runs| {
        let mut rows: Vec<Vec<usize>> = Vec::new();
        for (row, times, changing) in runs {
            for nth in 0..times {
                let mut row = row.clone();
                // Some columns change within the run.
                changing.iter().filter(|_| nth > 0).for_each(|col| row[*col] = (row[*col] + nth) % words[*col].len());
                rows.push(row);
            }
        }
        rows
    })
}

const PLACES: [&[&str]; 5] = [
    &["Xã Yang Tao", "Xã Nam Ka", "Xã Lạ"],
    &["Buôn Jun", "Thôn 1", ""],
    &["Ê Đê", "Kinh", "Lạ"],
    &["Hộ nghèo", "Hộ cận nghèo", "Hộ không nghèo", "Lạ"],
    &["4", "2", "x"],
];
const ROSTER: [&[&str]; 4] = [
    &["Đảng bộ xã Yang Tao", "Chi bộ Công an huyện", "Đảng bộ xã Lạ"],
    &["Chi bộ Buôn Jun", "Chi bộ 2", ""],
    &["Kinh", "M'Nông"],
    &["", "Miễn sinh hoạt", "Chuyển đi"],
];
const PAIRS: [&[&str]; 4] =
    [&["Thử Văn A", "Thử Thị B"], &["Chi bộ Buôn Jun", "Chi bộ Cơ quan"], &["Y Thử Liêng", "H'Thử Byă"], &["Buôn Jun", ""]];
const LEDGER: [&[&str]; 3] = [&["Chi bộ Công an huyện", "Đảng bộ xã Yang Tao"], &["Mắc ca", "Sầu riêng"], &["10", "5", "1,5"]];
const REGISTER: [&[&str]; 4] =
    [&["Xã Yang Tao", "Xã Nam Ka"], &["Buôn Jun", "Thôn 1"], &["Nhà ở", "Y tế", "Vay vốn tín dụng"], &["x", ""]];

/// A row of a list: its number, a name and a citizen number that no other row has, and its words.
fn written(words: &[&[&str]], rows: &[Vec<usize>]) -> Vec<Vec<String>> {
    let cells = |(nth, row): (usize, &Vec<usize>)| {
        let own = [nth.to_string(), format!("Y Thử {nth}"), format!("0661700{nth:05}")];
        let words = words.iter().zip(row).map(|(words, at)| words[*at].to_owned());
        own.into_iter().chain(words).collect()
    };
    (1..).zip(rows).map(cells).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn households_share_places_peoples_and_classes(rows in rows(&PLACES)) {
        let list = List {
            title: "DANH SÁCH HỘ DÂN CƯ NĂM 2023",
            heads: &["STT", "Họ và tên chủ hộ", "Số CCCD", "Xã", "Thôn, buôn", "Dân tộc", "Phân loại hộ", "Số khẩu"],
            merged: &[3, 4, 5, 6],
            rows: written(&PLACES, &rows),
        };
        let [merged, ditto, plain] = list.all(Counting::Nothing);
        prop_assert_eq!(said(&list, &merged), said(&list, &plain));
        prop_assert_eq!(said(&list, &ditto), said(&list, &plain));
        let [counted, counted_ditto, plain] = list.all(Counting::Households);
        prop_assert_eq!(said(&list, &counted), said(&list, &plain));
        prop_assert_eq!(said(&list, &counted_ditto), said(&list, &plain));
        let sums = |all: &Ingested| format!("{:?}", all.surveys.iter().map(|(year, of)| Tallies::of(year.unwrap(), of)).collect::<Vec<_>>());
        prop_assert_eq!(sums(&counted), sums(&merged));
        prop_assert_eq!(sums(&counted_ditto), sums(&merged));
    }

    #[test]
    fn members_share_organisations_and_cells(rows in rows(&ROSTER)) {
        let list = List {
            title: "DANH SÁCH ĐẢNG VIÊN NĂM 2023",
            heads: &["STT", "Họ và tên", "Số CCCD", "Đảng bộ", "Chi bộ", "Dân tộc", "Ghi chú"],
            merged: &[3, 4, 5, 6],
            rows: written(&ROSTER, &rows),
        };
        let [merged, ditto, plain] = list.all(Counting::Nothing);
        prop_assert_eq!(said(&list, &merged), said(&list, &plain));
        prop_assert_eq!(said(&list, &ditto), said(&list, &plain));
        prop_assert_eq!(merged.roster.members.len(), rows.len());
    }

    #[test]
    fn households_of_a_register_share_places_and_kinds_of_support(rows in rows(&REGISTER)) {
        let list = List {
            title: "DANH SÁCH HỘ NGHÈO ĐƯỢC HỖ TRỢ NĂM 2023",
            heads: &["STT", "Họ và tên chủ hộ", "Số CCCD", "Xã", "Thôn, buôn", "Loại hỗ trợ", "Đã nhận"],
            merged: &[3, 4, 5],
            rows: written(&REGISTER, &rows),
        };
        let [merged, ditto, plain] = list.all(Counting::Nothing);
        prop_assert_eq!(said(&list, &merged), said(&list, &plain));
        prop_assert_eq!(said(&list, &ditto), said(&list, &plain));
        prop_assert_eq!(merged.supports.len(), rows.len());
    }

    #[test]
    fn pairs_share_members_households_and_places(rows in rows(&PAIRS)) {
        let list = List {
            title: "PHÂN CÔNG ĐẢNG VIÊN GIÚP ĐỠ HỘ NGHÈO NĂM 2022",
            heads: &["STT", "Người lập", "Số văn bản", "Họ và tên đảng viên", "Chi bộ", "Họ và tên chủ hộ", "Thôn, buôn"],
            merged: &[3, 4, 5, 6],
            rows: written(&PAIRS, &rows),
        };
        let settings = Settings { kind: Some(Kind::Assignment), ..Settings::default() };
        let pairs = list.all_by(&settings).map(|all| {
            let told = |row: &thoatngheo::domain::previous::PreviousRow| {
                format!("{:?} {:?} {:?} {:?}", row.member.name, row.member.places, row.household.name, row.household.places)
            };
            all.previous.iter().map(told).collect::<Vec<_>>()
        });
        prop_assert_eq!(&pairs[0], &pairs[2]);
        prop_assert_eq!(&pairs[1], &pairs[2]);
        prop_assert_eq!(pairs[0].len(), rows.len());
    }

    #[test]
    fn givers_of_a_ledger_share_organisations_and_species(rows in rows(&LEDGER)) {
        let list = List {
            title: "SỔ ĐĂNG KÝ ỦNG HỘ NĂM 2023",
            heads: &["STT", "Họ và tên", "Số CCCD", "Đảng bộ", "Cam kết: loài cây", "Cam kết: số cây"],
            merged: &[3, 4],
            rows: written(&LEDGER, &rows),
        };
        let [merged, ditto, plain] = list.all(Counting::Nothing);
        prop_assert_eq!(said(&list, &merged), said(&list, &plain));
        prop_assert_eq!(said(&list, &ditto), said(&list, &plain));
    }
}

#[test]
fn a_member_merged_over_several_households_helps_each_of_them() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("phan-cong-2022.xlsx");
    let mut book = Workbook::new();
    let (page, plain) = (book.add_worksheet(), Format::new());
    let heads = ["STT", "Họ và tên đảng viên", "Hộ được giúp đỡ"];
    heads.iter().enumerate().for_each(|(col, head)| cell(page, 0, col, head));
    // The running number is merged as the name is, so that the second row has no more than a household.
    page.merge_range(1, 0, 2, 0, "1", &plain).unwrap();
    page.merge_range(1, 1, 2, 1, "Thử Văn A", &plain).unwrap();
    let households = ["Y Thử Liêng", "H'Thử Byă", "Y Thử Cil"];
    (1..).zip(households).for_each(|(row, head)| cell(page, row, 2, head));
    cell(page, 3, 0, "2");
    cell(page, 3, 1, "Thử Thị B");
    book.save(&path).unwrap();
    let settings = Settings { kind: Some(Kind::Assignment), ..Settings::default() };
    let all = read_paths(&[path], &settings, &|_, _| {});
    let pairs: Vec<String> = all
        .previous
        .iter()
        .map(|row| format!("{} – {}", row.member.name.as_deref().unwrap(), row.household.name.as_deref().unwrap()))
        .collect();
    assert_eq!(pairs, ["Thử Văn A – Y Thử Liêng", "Thử Văn A – H'Thử Byă", "Thử Thị B – Y Thử Cil"]);
    assert!(all.issues.is_empty(), "{:?}", all.issues);
}
