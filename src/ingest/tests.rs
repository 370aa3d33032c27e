//! The sentences of "what the reader copes with", each on a small sheet built from rows of texts.

use super::account::Ingested;
use super::batch::Batch;
use super::context::Places;
use super::encoding::Script;
use super::kind::Kind;
use super::merge::merge;
use super::settings::{KnownOrganisation, Settings};
use super::sheet::SheetReader;
use super::workbook::{Cell, Row, TakeRows, Value};
use crate::domain::household::{Birth, Class, Household, Sex};
use crate::domain::ids::Key;
use crate::domain::issue::{Code, Severity};
use crate::domain::member::Standing;

mod addresses;
mod amounts;
mod doubles;
mod layouts;
mod pairs;
mod pledge_lists;
mod receivers;
mod registers;
mod rosters;
mod sections;
mod tables;
mod twinning;
mod wordings;

/// A file of sheets in memory.
struct Book {
    file: &'static str,
    sheets: Vec<(&'static str, Vec<Vec<Value<'static>>>)>,
}

/// A text cell; a whole number where it is written as `=4`, an error value as `#REF!`.
fn value(text: &str) -> Value<'static> {
    if let Some(number) = text.strip_prefix('=') {
        return number.parse().map_or(Value::MissingCache, Value::Number);
    }
    if text.starts_with('#') { Value::Error(text.to_owned().into()) } else { Value::Text(text.to_owned().into()) }
}

fn book(file: &'static str) -> Book {
    Book { file, sheets: Vec::new() }
}

impl Book {
    /// Adds a sheet: a row a line, cells between bars.
    fn sheet(mut self, name: &'static str, rows: &str) -> Self {
        let rows = rows.trim_matches('\n').lines().map(|line| line.split('|').map(|text| value(text.trim())).collect()).collect();
        self.sheets.push((name, rows));
        self
    }
}

fn read_book(settings: &Settings, places: &Places, book: Book) -> Batch {
    let mut batch = Batch::new(book.file.into());
    for (name, rows) in book.sheets {
        let mut reader = SheetReader::new(settings, places, &mut batch, name);
        for (row, values) in (0_u32..).zip(rows) {
            let cells: Vec<Cell<'static>> = (0_u32..)
                .zip(values)
                .filter(|(_, value)| !matches!(value, Value::Text(text) if text.is_empty()))
                .map(|(col, value)| Cell { col, value, script: Script::Unicode, formula: false })
                .collect();
            if !cells.is_empty() {
                reader.row(&Row { row, cells: &cells });
            }
        }
        reader.finish();
    }
    batch
}

fn read_with(settings: &Settings, books: Vec<Book>) -> Ingested {
    let settings = &Settings { listing: true, ..settings.clone() };
    let places = Places::new(settings);
    let batches = books.into_iter().map(|book| read_book(settings, &places, book));
    let ingested = merge(batches.collect(), settings, &places);
    for sheet in ingested.files.iter().flat_map(|file| &file.sheets) {
        assert_eq!(sheet.read, sheet.used + sheet.rejected + sheet.skipped, "{sheet:?}");
        let listed: u64 = sheet.skipped_rows.iter().map(|row| row.rows).sum();
        assert_eq!(listed, if sheet.why_skipped.is_none() { sheet.skipped } else { 0 }, "{sheet:?}");
    }
    ingested
}

fn read(book: Book) -> Ingested {
    read_with(&Settings::default(), vec![book])
}

fn all(ingested: &Ingested) -> Vec<&Household> {
    ingested.surveys.values().flat_map(|survey| survey.all.iter().chain(&survey.poor_only)).collect()
}

fn issues(ingested: &Ingested) -> Vec<String> {
    ingested
        .issues
        .iter()
        .map(|issue| format!("{} {}", issue.code, issue.cell.map(|cell| cell.to_string()).unwrap_or_default()).trim().to_owned())
        .collect()
}

const NONE: [&str; 0] = [];

#[test]
fn three_heading_rows_banners_sums_spacers_and_signatures_surround_the_records() {
    let ingested = read(book("2022/a.xlsx").sheet(
        "Biểu 01",
        "
UBND HUYỆN LẮK
DANH SÁCH HỘ DÂN CƯ NĂM 2022
STT|Chủ hộ||Số khẩu|Kết quả rà soát||
|Họ và tên|Năm sinh||Phân loại||
|||  |Hộ nghèo|Hộ cận nghèo|Hộ không nghèo
1|2|3|4|5|6|7
XÃ YANG TAO
I|BUÔN CUÔR
=1|Y Blơk Cil|1971|=3|x||
=2|H'Wing Srŭk|1960|=5||х|

|Cộng Buôn Cuôr||8|1|1|0
II|BUÔN DRUNG
=1|Y Kră Cil|1950|=2|||X
|Cộng||=3|0|0|1
XÃ NAM KA
I|THÔN 1
=1|Vũ Ngọc Yến|1939|=4|+||
|Tổng cộng: 4 hộ||=14|=2|=1|=1
..., ngày    tháng    năm
|NGƯỜI LẬP BIỂU
",
    ));
    let found: Vec<(String, String, u32, Class)> = all(&ingested)
        .iter()
        .map(|h| (h.place.commune.name().to_owned(), h.place.village.as_ref().unwrap().name().to_owned(), h.persons, h.class))
        .collect();
    let row = |commune: &str, village: &str, persons, class| (commune.to_owned(), village.to_owned(), persons, class);
    assert_eq!(
        found,
        [
            row("Xã Yang Tao", "Buôn Cuôr", 3, Class::Poor),
            row("Xã Yang Tao", "Buôn Cuôr", 5, Class::NearPoor),
            row("Xã Yang Tao", "Buôn Drung", 2, Class::Other),
            row("Xã Nam Ka", "Thôn 1", 4, Class::Poor),
        ]
    );
    assert_eq!(issues(&ingested), ["sum-unlike D15"], "the subtotal of 3 is wrong, all others are right");
}

#[test]
fn a_column_beats_the_sheet_name_and_that_the_title_and_contradictions_are_named() {
    let ingested = read(book("xa-nam-ka.xlsx").sheet(
        "Buôn Mạ",
        "
UBND XÃ BÔNG KRANG
DANH SÁCH HỘ DÂN NĂM 2022 - BUÔN MẠ
TT|Họ tên chủ hộ|Thôn|Nhân khẩu|Phân loại
1|Y Bang|Buôn Thái|3|KN
2|Y Nêh||2|N
",
    ));
    let villages: Vec<&str> = all(&ingested).iter().map(|h| h.place.village.as_ref().unwrap().name()).collect();
    assert_eq!(villages, ["Buôn Thái", "Buôn Mạ"]);
    assert!(all(&ingested).iter().all(|h| h.place.commune.name() == "Xã Bông Krang"), "a title beats a file name");
    assert_eq!(issues(&ingested), ["place-contradicts", "place-contradicts C4"]);
}

#[test]
fn marks_words_and_letters_tell_the_class() {
    for (headings, cells) in
        [("Phân loại hộ", ["Hộ nghèo", "cận nghèo", "không nghèo"]), ("Phân loại (N/CN/KN)", ["N", "CN", "KN"])]
    {
        let rows = format!(
            "STT|Họ và tên chủ hộ|Xã|Số khẩu|{headings}\n1|A B|Xã Nam Ka|1|{}\n2|C D|Xã Nam Ka|1|{}\n3|E F|Xã Nam Ka|1|{}",
            cells[0], cells[1], cells[2]
        );
        let ingested = read(book("2022.csv").sheet("s", &rows));
        assert_eq!(all(&ingested).iter().map(|h| h.class).collect::<Vec<_>>(), Class::ALL);
    }
}

#[test]
fn a_row_a_person_makes_households_of_their_rows() {
    let ingested = read(book("2022/danh-sach.xlsx").sheet(
        "DS",
        "
DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO SAU KHI RÀ SOÁT
STT hộ|Họ và tên chủ hộ|Họ và tên thành viên|Quan hệ với chủ hộ|Ngày sinh|Xã|Phân loại hộ|Số nhân khẩu
=1|Y Bang|Y Bang|Chủ hộ|1/2/1950|Xã Nam Ka|Hộ nghèo|=2
||H Lan|Vợ/chồng|1955|Xã Nam Ka||
=2|Y Nêh|Y Nêh|Chủ hộ|1960|Xã Nam Ka|Hộ cận nghèo|=3
||H Nga|Con|3/1990|Xã Nam Ka||
=3|Y Suă|Y Suă|Chủ hộ|1960|Xã Nam Ka||=1
||H Yên|Con|2001|Xã Nam Ka||
",
    ));
    let households = all(&ingested);
    assert_eq!(households.iter().map(|h| (h.persons, h.others.len())).collect::<Vec<_>>(), [(2, 1), (3, 1)]);
    assert_eq!(households[1].others[0].birth, Some(Birth::Month { year: 1990, month: 3 }));
    assert_eq!(issues(&ingested), ["persons-rows H5", "class-missing G7"]);
    let sheet = &ingested.files[0].sheets[0];
    assert_eq!((sheet.used, sheet.rejected, sheet.skipped), (4, 2, 2), "a rejected head takes its persons along");
    assert!(ingested.surveys[&Some(2022)].all.is_empty(), "a list of the poor alone holds no denominator");
}

#[test]
fn missing_and_doubled_headings_are_told_all_at_once() {
    let ingested =
        read(book("2022.csv").sheet("s", "STT|Họ và tên chủ hộ|Xã|Dân tộc|Dân tộc|Nhân khẩ\n1|A B|Xã Nam Ka|Kinh|Kinh|3"));
    let mut codes = issues(&ingested);
    codes.sort();
    assert_eq!(codes.iter().filter(|code| code.starts_with("heading-missing")).count(), 2, "{codes:?}");
    assert!(codes.contains(&"heading-doubled E1".to_owned()), "{codes:?}");
    assert!(all(&ingested).is_empty());
    assert_eq!(ingested.issues[0].severity, Severity::Error);
}

#[test]
fn the_programme_file_settles_a_column() {
    let mut settings = Settings::default();
    let told = [("people".to_owned(), "Dân tộc 2".to_owned()), ("persons".to_owned(), "Tổng người".to_owned())];
    settings.columns.insert(Kind::Households, told.into_iter().collect());
    let rows = "STT|Họ và tên chủ hộ|Xã|Dân tộc|Dân tộc 2|Tổng người|Phân loại hộ\n1|A B|Xã Nam Ka|Kinh|Tày|3|Hộ nghèo";
    let ingested = read_with(&settings, vec![book("2022.csv").sheet("s", rows)]);
    assert_eq!(all(&ingested)[0].people.unwrap().name(), "Tày");
    assert_eq!(all(&ingested)[0].persons, 3);
}

#[test]
fn of_two_doubles_the_later_is_left_out_and_names_the_first() {
    let rows = "STT|Họ và tên chủ hộ|Số CCCD|Năm sinh|Xã|Số khẩu|Phân loại hộ\n1|A B|066060000001|1960|Xã Nam Ka|3|Hộ nghèo\n2|C D|066060000001|1960|Xã Nam Ka|2|Hộ không nghèo";
    let twice = || vec![book("2022/a.csv").sheet("a", rows.split("\n2").next().unwrap()), book("2022/b.csv").sheet("b", rows)];
    let ingested = read_with(&Settings::default(), twice());
    assert_eq!(
        ingested.issues.iter().filter(|issue| issue.code == Code::CitizenTwice).count(),
        1,
        "two kinds of list are not compared"
    );
    let years = vec![book("2022/a.csv").sheet("a", rows), book("2023/a.csv").sheet("a", rows)];
    let ingested = read_with(&Settings::default(), years);
    assert_eq!(
        ingested.issues.iter().filter(|issue| issue.code == Code::CitizenTwice).count(),
        2,
        "one in each year, none between them"
    );
    let issue = ingested.issues.iter().find(|issue| issue.code == Code::CitizenTwice).unwrap();
    let cell = crate::domain::source::CellRef::new(1, 2);
    assert_eq!(issue.hint, crate::domain::issue::Hint::Row { file: "2022/a.csv".into(), sheet: "a".to_owned(), cell });
    assert_eq!(ingested.rejected(), 2);
}

#[test]
fn rows_without_a_number_get_the_same_keys_in_any_order() {
    let head = "STT|Họ và tên chủ hộ|Năm sinh|Thôn|Xã|Số khẩu|Phân loại hộ";
    let rows =
        ["1|Y Bang|1960|Buôn Jun|Xã Nam Ka|3|N", "2|Y Bang|1960|Buôn Jun|Xã Nam Ka|4|KN", "3|Y Nêh|1970|Buôn Jun|Xã Nam Ka|4|KN"];
    let keys = |order: [usize; 3]| {
        let text = std::iter::once(head).chain(order.map(|at| rows[at])).collect::<Vec<_>>().join("\n");
        let ingested = read(book("2022.csv").sheet("s", &text));
        let mut keys: Vec<(u32, Key)> = all(&ingested).iter().map(|h| (h.persons, h.key.clone())).collect();
        keys.sort();
        keys
    };
    assert_eq!(keys([0, 1, 2]), keys([2, 1, 0]));
    assert!(keys([0, 1, 2]).iter().any(|(_, key)| key.to_string() == "y bang.1960.buon jun.xa nam ka#2"));
}

#[test]
fn an_unknown_commune_is_one_warning_with_a_count_and_an_error_where_communes_are_listed() {
    let rows = "STT|Họ và tên chủ hộ|Xã|Số khẩu|Phân loại hộ\n1|A B|Xã Nam Kaa|3|KN\n2|C D|Xã Nam Kaa|2|KN";
    let ingested = read(book("2022.csv").sheet("s", rows));
    assert_eq!(
        (issues(&ingested), ingested.issues[0].count, all(&ingested).len()),
        (vec!["commune-unknown C2".to_owned()], 2, 2)
    );
    let listed = Settings { communes_listed: true, ..Settings::default() };
    let ingested = read_with(&listed, vec![book("2022.csv").sheet("s", rows)]);
    assert_eq!((ingested.issues[0].severity, ingested.rejected(), all(&ingested).len()), (Severity::Error, 2, 0));
}

#[test]
fn the_committee_of_a_commune_that_no_list_knows_is_that_of_the_households() {
    let households =
        "STT|Họ và tên chủ hộ|Xã|Số khẩu|Phân loại hộ\n1|A B|Xã Ea Thử|3|KN\n2|C D|xã Ea Thử|2|KN\n3|E G|XÃ EA THỬ|2|KN";
    let roster = "STT|Họ và tên|Tổ chức cơ sở đảng|Số thẻ đảng\n1|G H|Đảng bộ xã Ea Thử|1\n2|I K|ĐẢNG BỘ XÃ EA THỬ|2\n3|L M|Đảng ủy Công an huyện|3";
    let books = || vec![book("ho-2023.csv").sheet("s", households), book("dang-vien-2023.csv").sheet("s", roster)];
    let ingested = read_with(&Settings::default(), books());
    let home = &all(&ingested)[0].place.commune;
    assert!(all(&ingested).iter().all(|household| household.place.commune == *home));
    let committees: Vec<_> = ingested.roster.members.iter().map(|member| member.organisation.committee_of()).collect();
    assert_eq!(committees, [Some(home), Some(home), None]);
    let unknown: Vec<_> = ingested.issues.iter().map(|issue| (issue.code, issue.found.as_str(), issue.count)).collect();
    let names = ["Xã Ea Thử", "xã Ea Thử", "XÃ EA THỬ", "Đảng bộ xã Ea Thử", "ĐẢNG BỘ XÃ EA THỬ"];
    let expected = names.map(|name| (Code::CommuneUnknown, name, 1));
    assert!(expected.iter().all(|one| unknown.contains(one)) && unknown.len() == 5, "{unknown:?}");
    // Where somebody listed the communes, a name alone makes none.
    let listed = Settings { communes_listed: true, ..Settings::default() };
    let ingested = read_with(&listed, books());
    assert!(ingested.roster.members.iter().all(|member| member.organisation.committee_of().is_none()));
}

#[test]
fn a_remark_is_no_signature_where_its_row_has_facts() {
    let rows = "
Họ và tên chủ hộ|Xã|Số khẩu|Phân loại hộ|Ghi chú
A B|Xã Nam Ka|3|KN|Cán bộ hưu trí
C D|Xã Nam Ka|2|N|Xác nhận của thôn
||||Nam Ka, ngày 5 tháng 3 năm 2023
Người lập biểu||||Chủ tịch
E G||||H I
";
    let ingested = read(book("2022.csv").sheet("s", rows));
    assert_eq!((all(&ingested).len(), issues(&ingested)), (2, Vec::new()));
}

#[test]
fn a_household_may_live_in_an_area_and_a_corporation_may_give() {
    let rows = "Thôn|Họ và tên chủ hộ|Xã|Số khẩu|Phân loại hộ\nKhu vực 1|A B|Xã Nam Ka|3|KN\nKhu vực 2|C D|Xã Nam Ka|2|N";
    let ingested = read(book("2022.csv").sheet("s", rows));
    assert_eq!((all(&ingested).len(), issues(&ingested)), (2, Vec::new()));
    let ledger = "Đơn vị, cá nhân|Số tiền đã thực hiện\nTổng công ty Cà phê|5000000\nCông ty Điện lực|1000000\nTổng cộng|6000000";
    let ingested = read(book("ung-ho-2023.csv").sheet("s", ledger));
    assert_eq!((ingested.roster.pledges.len(), issues(&ingested)), (2, Vec::new()));
}

#[test]
fn the_programme_file_says_that_an_organisation_is_no_committee_although_its_name_looks_like_one() {
    let roster = "STT|Họ và tên|Tổ chức cơ sở đảng|Số thẻ đảng\n1|G H|Đảng bộ xã Nam Ka|1\n2|I K|Đảng bộ xã Yang Tao|2";
    let organisation = |name: &str, committee_of: Option<&str>| KnownOrganisation {
        name: name.to_owned(),
        cells: Vec::new(),
        aliases: Vec::new(),
        committee_of: committee_of.map(str::to_owned),
    };
    let organisations = vec![organisation("Đảng bộ xã Nam Ka", Some("none")), organisation("Đảng bộ xã Yang Tao", None)];
    let ingested =
        read_with(&Settings { organisations, ..Settings::default() }, vec![book("dang-vien-2023.csv").sheet("s", roster)]);
    let committees = ingested.roster.members.iter().map(|member| member.organisation.committee_of().map(|of| of.name()));
    assert_eq!(committees.collect::<Vec<_>>(), [None, Some("Xã Yang Tao")]);
}

#[test]
fn a_summary_sheet_is_compared_and_adds_nothing() {
    let list =
        "DANH SÁCH HỘ DÂN NĂM 2022 - BUÔN MẠ\nTT|Họ tên chủ hộ|Nhân khẩu|Phân loại\n1|Y Bang|3|KN\n2|Y Nêh|2|N\n|Tổng số: 3 hộ|5";
    let summary = "Thôn/Buôn|Tổng số hộ|Hộ nghèo|Hộ cận nghèo\nBuôn Mạ|=2|=2|=0\nTổng cộng|=2|=2|=0";
    let ingested = read(book("2022/xa-bong-krang.xlsx").sheet("Buôn Mạ", list).sheet("Tong hop", summary));
    assert!(ingested.surveys[&Some(2022)].totals.is_empty());
    assert_eq!(issues(&ingested), ["sum-unlike B5", "sum-unlike C2"]);
}

#[test]
fn a_totals_table_is_checked_against_itself() {
    let ingested = read(book("2022/tong-hop.xlsx").sheet(
        "Biểu 1",
        "
TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO NĂM 2022
STT|Phường/Xã|Tổng số hộ dân cư|Tổng số nhân khẩu|Hộ nghèo||Hộ cận nghèo|
||||Số hộ|Tỷ lệ %|Số hộ|Tỷ lệ %
1|Thị trấn Liên Sơn|1.710|6813|385|22,51|279|16,32
2|Xã Yang Tao|2299|9382|649|28,32|495|0,2153
3|Xã Nam Ka|=1.091|4441|293|26,86|214|19,62
|TỔNG CỘNG|4.009|16.195|1034|25,79|774|18,31
",
    ));
    assert_eq!(ingested.surveys[&Some(2022)].totals.len(), 2);
    let found = issues(&ingested);
    assert!(found.contains(&"number-suspect C6".to_owned()) && found.contains(&"rate-unlike F5".to_owned()), "{found:?}");
    assert!(found.contains(&"rate-unlike H7".to_owned()) && !found.contains(&"rate-unlike F7".to_owned()), "{found:?}");
}

#[test]
fn a_totals_table_may_name_its_communes_by_code_alone() {
    let table = "Biểu tổng hợp năm 2022\nSTT|Mã xã|Tổng số hộ|Số hộ nghèo\n1|24580|100|10\n2|99999|10|1\n|Tổng cộng|110|11";
    let ingested = read(book("tong-hop.csv").sheet("s", table));
    let totals = &ingested.surveys[&Some(2022)].totals;
    assert_eq!(totals.iter().map(|of| (of.place.commune.name(), of.poor)).collect::<Vec<_>>(), [("Thị trấn Liên Sơn", Some(10))]);
    assert_eq!(issues(&ingested), ["commune-none B4"]);
}

#[test]
fn rosters_of_every_layout_are_read() {
    let clean = "
STT|ID|Họ và tên *|Giới tính *|Sinh ngày * (dd/mm/yyyy)|Dân tộc *|Số định danh cá nhân *|Số thẻ Đảng* (12 số theo HD38-HD/BTCTW)|Tổ chức Đảng đang sinh hoạt *|Quê quán|||Ngày vào Đảng*|Ngày vào Đảng chính thức*|Trạng thái hoạt động|Ngày rời khỏi/Ngày mất/Ngày miễn sinh hoạt Đảng
|||||||||Quốc gia|Tỉnh|Chi tiết||||
1|7|Y Bang|Nam|01/02/1950|Ê Đê|066050000001|380000000001|Đảng bộ xã Nam Ka|VN|Đắk Lắk|x|03/02/1980|03/02/1981|Miễn sinh hoạt|01/03/2022
";
    let ingested = read(book("roster.xlsx").sheet("File nhập liệu 4.0", clean));
    let member = &ingested.roster.members[0];
    assert_eq!(issues(&ingested), NONE);
    assert_eq!(member.organisation.committee_of().unwrap().name(), "Xã Nam Ka");
    assert_eq!(member.standing, Standing::Exempt { since: Some(jiff::civil::date(2022, 3, 1)) });
    assert_eq!(member.card.as_deref(), Some("380000000001"));
    let local = "
ĐẢNG BỘ XÃ YANG TAO
CHI BỘ BUÔN CUÔR
TRÍCH NGANG ĐẢNG VIÊN
STT|Họ và tên|Năm sinh||Dân tộc|Ngày vào Đảng|Ghi chú
||Nam|Nữ|||
1|H Lan||1960|M’Nông|03/02/1990|Miễn SH
2|Y Nêh|1950||Mnông|03/02/1990|Hưu trí
";
    let ingested = read(book("roster.xlsx").sheet("1", local));
    let members = &ingested.roster.members;
    assert_eq!(issues(&ingested), NONE);
    assert_eq!((members[0].sex, members[1].sex), (Some(Sex::Female), Some(Sex::Male)));
    assert_eq!((members[0].standing, members[1].standing), (Standing::Exempt { since: None }, Standing::Official));
    assert_eq!(members[0].organisation.name(), "Đảng bộ xã Yang Tao");
    assert_eq!(members[0].cell.as_ref().unwrap().village.as_ref().unwrap().folded(), "buon cuor");
}

#[test]
fn the_state_roster_with_several_facts_in_a_cell_is_read() {
    let settings = Settings::default();
    let places = Places::new(&settings);
    let mut batch = Batch::new("so.xlsx".into());
    let mut reader = SheetReader::new(&settings, &places, &mut batch, "7-HSĐV");
    let rows: [&[&str]; 3] = [
        &["CHI BỘ PHÒNG NỘI VỤ"],
        &[
            "Số TT",
            "Họ và tên, họ tên khai sinh",
            "Nam/nữ, dân tộc, tôn giáo",
            "Ngày vào Đảng, ngày chính thức",
            "Số thẻ, số lý lịch, số Huy hiệu",
            "Ngày từ trần, lý do",
        ],
        &["1", "Y Bang", "Nam\nÊ Đê\nKhông", "03/02/1990\n03/02/1991", "38.000001\n123", ""],
    ];
    for (row, texts) in (0_u32..).zip(rows) {
        let cells: Vec<Cell<'_>> = (0_u32..)
            .zip(texts)
            .filter(|(_, text)| !text.is_empty())
            .map(|(col, text)| Cell { col, value: Value::Text((*text).into()), script: Script::Unicode, formula: false })
            .collect();
        reader.row(&Row { row, cells: &cells });
    }
    reader.finish();
    let ingested = merge(vec![batch], &settings, &places);
    assert_eq!(issues(&ingested), NONE);
    let member = &ingested.roster.members[0];
    assert_eq!((member.sex, member.people.unwrap().name()), (Some(Sex::Male), "Ê Đê"));
    assert_eq!(member.official, Some(jiff::civil::date(1991, 2, 3)));
    assert_eq!(member.card.as_deref(), Some("38.000001"));
}

#[test]
fn pledges_of_members_and_donors_and_supports_are_read() {
    let ledger = "STT|Đơn vị, cá nhân|Số tiền đã thực hiện|Nội dung sử dụng|Hộ được hỗ trợ\n1|Công ty Điện lực|5.000.000đ|Bò giống|Y Bang\n2|Ông A|-5|Gà|Y Nêh";
    let ingested = read(book("so-dong-gop.csv").sheet("s", ledger));
    assert_eq!(ingested.roster.pledges[0].delivered.as_ref().unwrap().money_dong, Some(5_000_000));
    assert_eq!(issues(&ingested), ["amount-wrong C3"]);
    let register = "STT|Họ và tên chủ hộ|Số CCCD|Loại hỗ trợ|Có nhu cầu|Đã được hỗ trợ\n1|Y Bang|066050000001|Vay vốn|x|x\n2|H Lan||Đào tạo nghề|x|";
    let ingested = read(book("ho-tro.csv").sheet("s", register));
    assert_eq!(
        ingested.supports.iter().map(|s| (s.needed, s.received)).collect::<Vec<_>>(),
        [(Some(true), Some(true)), (Some(true), Some(false))]
    );
    let twice = format!("{register}\n3|Y Bang|066050000001|vay vốn||\n4|Y Bang|066050000001|Vay vốn, làm nhà||x");
    assert_eq!(issues(&read(book("ho-tro.csv").sheet("s", &twice))), ["support-twice C4"]);
    let trainees = "STT|Họ và tên chủ hộ|Số CCCD|Loại hỗ trợ|Số người đã được hỗ trợ|Đã được hỗ trợ\n1|Y Bang|066050000001|Học nghề|1|x\n2|Y Bang|066050000001|Học nghề|1|x";
    let trained = read(book("hoc-nghe.csv").sheet("s", trainees));
    assert_eq!((issues(&trained), trained.supports.len()), (Vec::new(), 2), "two persons of one household");
}

#[test]
fn an_assignment_reads_back_and_decisions_are_whole_or_refused() {
    let pairs = "commune,village,household,head,status,member,name,organisation,cell,reasons\nXã Nam Ka,Thôn 1,066050000001,Y Bang,poor,066060000002,A B,Đảng bộ xã Nam Ka,,same_village";
    let ingested = read(book("assign.csv").sheet("s", &pairs.replace(',', "|")));
    assert_eq!((ingested.previous.len(), issues(&ingested)), (1, vec![]));
    let decisions = "code|file|sheet|cell|found|other|decision|value|initials|note\npersons-wrong|a.csv|s|D2|bốn||value|4|TH|\nclass-unknown|a.csv|s|E2|?||value||TH|\nclass-unknown|a.csv|s|E3|?|||||";
    let ingested = read(book("quyet-dinh.csv").sheet("s", decisions));
    assert_eq!((ingested.decisions.len(), issues(&ingested)), (1, vec!["decision-half H3".to_owned()]));
    let settings = Settings { decisions: ingested.decisions, year: Some(2022), ..Settings::default() };
    let rows = "STT|Họ và tên chủ hộ|Xã|Số khẩu|Phân loại hộ\n1|A B|Xã Nam Ka|bốn|KN";
    let ingested = read_with(&settings, vec![book("x/a.csv").sheet("s", rows)]);
    assert_eq!((all(&ingested)[0].persons, issues(&ingested)), (4, vec![]));
}

#[test]
fn a_decision_is_read_whoever_made_it_and_whatever_the_remark_says() {
    let head = "code|file|sheet|cell|found|other|decision|value|initials|note";
    let rows = [
        "persons-wrong|a.csv|s|D2|bốn||value|4|Cán bộ A|",
        "persons-wrong|a.csv|s|D3|ba||value|3|TH|Xác nhận với thôn, ngày 5 tháng 3 năm 2023",
        "persons-wrong|a.csv|s|D4|hai||value|2|Chủ tịch xã|tổng cộng",
    ];
    let signed = "NGƯỜI LẬP||||||TRƯỞNG PHÒNG|||";
    let text = format!("{head}\n{}\n{signed}", rows.join("\n"));
    let ingested = read(book("quyet-dinh.csv").sheet("s", &text));
    assert_eq!((ingested.decisions.len(), issues(&ingested)), (3, Vec::new()));
}

#[test]
fn the_workbook_of_an_assignment_reads_back_as_its_pairs_and_nothing_else() {
    let pairs = "Xã, thị trấn|Thôn, buôn|Chủ hộ|Phân loại|Số định danh chủ hộ|Đảng viên giúp đỡ|Số định danh đảng viên|Tổ chức cơ sở đảng|Chi bộ|Căn cứ\nXã Nam Ka|Thôn 1|Y Bang|Hộ nghèo|066050000001|A B|066060000002|Đảng bộ xã Nam Ka||cùng dân tộc";
    let english = "Commune|Village|Head of household|Class|Citizen number of the head|Helper|Citizen number of the member|Organisation|Cell|Reasons\nXã Nam Ka|Thôn 1|Y Nêh|Poor|066050000003|A B|066060000002|Đảng bộ xã Nam Ka||same people";
    let written = book("phan-cong.xlsx")
        .sheet("Phân công theo xã", "Xã, thị trấn|Hộ nghèo, cận nghèo|Đảng viên|Lượt phân công\nXã Nam Ka|574|267|574")
        .sheet("Danh sách phân công", pairs)
        .sheet("List of pairs", english)
        .sheet(
            "Hộ chưa có người giúp",
            "Xã, thị trấn|Thôn, buôn|Chủ hộ|Số định danh chủ hộ|Lý do\nXã Nam Ka|Thôn 1|Y Lan|066050000009|x",
        )
        .sheet("Chưa có hộ", "Họ và tên|Số định danh đảng viên|Tổ chức cơ sở đảng|Lý do\nA B|066060000002|Đảng bộ xã Nam Ka|x")
        .sheet("Không còn", "Số định danh chủ hộ|Số định danh đảng viên|Lý do\n066050000007|066060000008|x")
        .sheet("Ended", "Citizen number of the head|Citizen number of the member|Why\n066050000007|066060000008|x");
    let ingested = read(written);
    let kinds: Vec<Option<Kind>> = ingested.files[0].sheets.iter().map(|sheet| sheet.kind).collect();
    assert_eq!(kinds, [None, Some(Kind::Assignment), Some(Kind::Assignment), None, None, None, None]);
    assert_eq!((ingested.previous.len(), issues(&ingested)), (2, vec![]));
}

#[test]
fn error_values_and_empty_formulas_are_missing_and_an_issue() {
    let rows = "STT|Họ và tên chủ hộ|Xã|Số khẩu|Phân loại hộ|Điểm B1\n1|A B|Xã Nam Ka|#REF!|KN|=200\n2|=|Xã Nam Ka|=2|KN|=200\n3|C D|Xã Nam Ka|=2|KN|#N/A";
    let ingested = read(book("2022.csv").sheet("s", rows));
    assert_eq!(issues(&ingested), ["error-value D2", "formula-empty B3", "cell-unreadable F4"]);
    assert_eq!(all(&ingested).len(), 1);
}

#[test]
fn a_restored_number_is_proven_by_its_row() {
    let rows = "STT|Họ và tên chủ hộ|Số CCCD|Giới tính|Năm sinh|Xã|Số khẩu|Phân loại hộ\n1|H Lan|=66139599501|Nữ|1939|Xã Nam Ka|2|KN\n2|Y Lan|=66139599501|Nam|1950|Xã Nam Ka|2|KN";
    let ingested = read(book("2022.csv").sheet("s", rows));
    assert_eq!(issues(&ingested), ["citizen-restored C2", "citizen-length C3"]);
    assert_eq!(all(&ingested).iter().filter(|h| h.citizen().is_some()).count(), 1);
}

#[test]
fn a_sheet_of_no_known_kind_is_skipped_and_named() {
    let ingested = read(book("2022.csv").sheet("Bìa", "Kính gửi: Ủy ban nhân dân huyện\nN|Hộ nghèo\nCN|Hộ cận nghèo"));
    let sheet = &ingested.files[0].sheets[0];
    assert_eq!((sheet.kind, sheet.why_skipped, sheet.skipped), (None, Some(super::WhySkipped::NoTable), 3));
    assert_eq!(issues(&ingested), NONE);
}

#[test]
fn persons_that_ingest_wrote_go_back_to_their_households() {
    let households = "key|year|coverage|commune|village|head|persons|class|no_labour\n066050000001|2022|poor_only|Xã Nam Ka|Thôn 1|Y Bang|2|poor|'-";
    let persons = "household_key|year|name|birth|sex|citizen|relation\n066050000001|2022|H Lan|1955|female||Vợ/chồng";
    let books =
        vec![book("clean/households.csv").sheet("households", households), book("clean/persons.csv").sheet("persons", persons)];
    let ingested = read_with(&Settings::default(), books);
    let household = all(&ingested)[0];
    assert_eq!((household.others.len(), household.no_labour, issues(&ingested)), (1, Some(false), vec![]));
    assert_eq!(household.others[0].sex, Some(Sex::Female));
}

#[test]
fn a_roster_with_pledges_and_days_of_admission_is_no_ledger() {
    let rows = "STT|Họ và tên|Ngày vào Đảng|Tổ chức cơ sở đảng|Ngày lương đăng ký\n=1|Y Thử Liêng|01/02/2001|Đảng bộ Thử|=1";
    let ingested = read(book("a.xlsx").sheet("a", rows));
    assert_eq!(ingested.roster.members.len(), 1, "{:?}", ingested.issues);
}

#[test]
fn a_mistyped_organisation_of_a_twinning_table_is_told_with_the_name_that_was_meant() {
    let roster = "STT|Họ và tên|Ngày vào Đảng|Tổ chức cơ sở đảng|Chi bộ\n1|A B|01/02/2001|Chi bộ Ngân hàng|\n2|C D|01/02/2001|Đảng bộ Công an huyện|Tổ 1\n3|E G|01/02/2001|Chi bộ Tòa án|";
    let twinning = "Tổ chức cơ sở đảng|Chi bộ|Xã kết nghĩa|Thôn/Buôn kết nghĩa\nChi bộ Ngân hag||Xã Nam Ka|Thôn 1\nĐảng bộ Công an huyện|Tổ l|Xã Nam Ka|Thôn 1\nChi bộ Tòa án||Xã Nam Ka|Thôn 1\nChi bộ Kho bạc||Xã Nam Ka|Thôn 1";
    let ingested = read_with(&Settings::default(), vec![book("dv.csv").sheet("s", roster), book("kn.csv").sheet("s", twinning)]);
    let told: Vec<String> = ingested.issues.iter().map(|issue| format!("{} {:?}", issue.found, issue.hint)).collect();
    assert_eq!(told, ["Chi bộ Ngân hag Nearest(\"Chi bộ Ngân hàng\")", "Tổ l Nearest(\"Tổ 1\")"]);
}
