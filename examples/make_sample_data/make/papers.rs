//! The other papers: totals by commune, twinning, the state's list, support and donors.

use super::chance::Chance;
use super::faults::Planted;
use super::grid::{Book, Cell, Sheet, address};
use super::names::Registry;
use super::places::COMMUNES;
use super::roster::{SPECIES, organisations};
use super::survey::{Class, Household};

/// Heading rows as the grid takes them.
pub(crate) fn owned(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(|t| (*t).to_owned()).collect()).collect()
}

/// `25,24` for 4,868 of 19,284: rounded half up.
fn rate(part: u32, whole: u32) -> String {
    let (part, whole) = (u64::from(part), u64::from(whole).max(1));
    let hundredths = (part * 20_000 + whole) / (whole * 2);
    format!("{},{:02}", hundredths / 100, hundredths % 100)
}

/// `19.284`, as a clerk types a number.
fn dotted(number: u32) -> String {
    if number < 1000 {
        return number.to_string();
    }
    format!("{}.{:03}", number / 1000, number % 1000)
}

fn of(all: &[Household], commune: usize) -> impl Iterator<Item = &Household> {
    all.iter().filter(move |h| h.commune == commune)
}

fn number_of<'a>(households: impl Iterator<Item = &'a Household>) -> u32 {
    u32::try_from(households.count()).unwrap_or(0)
}

/// The official table of results by commune, with printed rates. In 2022 one of them is wrong.
pub(crate) fn totals(year: u32, all: &[Household], file: &str, planted: &mut Vec<Planted>) -> Book {
    let mut sheet = Sheet::new("Biểu 1");
    sheet.line(&[]);
    let title = "TỔNG HỢP KẾT QUẢ CHÍNH THỨC RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO NĂM";
    sheet.line(&[&format!("{title} {year}")]);
    sheet.line(&[]);
    let top = ["STT", "Phường/Xã", "Tổng số hộ dân cư", "Tổng số nhân khẩu", "Hộ nghèo", "", "Hộ cận nghèo", ""];
    let below = ["", "", "", "", "Số hộ", "Tỷ lệ %", "Số hộ", "Tỷ lệ %"];
    sheet.headings(&owned(&[&top, &below]), true);
    sheet.widths = vec![6, 24, 12, 12, 10, 10, 10, 10];
    for (index, commune) in COMMUNES.iter().enumerate() {
        let households = number_of(of(all, index));
        let class = |class| number_of(of(all, index).filter(|h| h.class == class));
        let (poor, near) = (class(Class::Poor), class(Class::NearPoor));
        let serial = u32::try_from(index + 1).unwrap_or(0);
        sheet.rows.push(vec![
            Cell::count(serial),
            Cell::text(commune.name),
            Cell::count(households),
            Cell::count(of(all, index).map(|h| h.persons).sum()),
            Cell::count(poor),
            Cell::text(rate(poor, households)),
            Cell::count(near),
            Cell::text(rate(near, households)),
        ]);
    }
    if year == 2022 {
        let (row, column) = (sheet.heading.1 + 4, 5);
        let wrong = Cell::text(rate(521, 2731));
        sheet.rows[row][column] = wrong.clone();
        planted.push(Planted {
            file: file.to_owned(),
            sheet: sheet.name.clone(),
            cell: address(row, column),
            found: wrong.shown(),
            what: "the printed rate is unlike its counts",
        });
    }
    let households = number_of(all.iter());
    let class = |class| number_of(all.iter().filter(|h| h.class == class));
    let (poor, near) = (class(Class::Poor), class(Class::NearPoor));
    sheet.rows.push(vec![
        Cell::Blank,
        Cell::text("TỔNG CỘNG"),
        Cell::text(dotted(households)),
        Cell::text(dotted(all.iter().map(|h| h.persons).sum())),
        Cell::count(poor),
        Cell::text(rate(poor, households)),
        Cell::count(near),
        Cell::text(rate(near, households)),
    ]);
    Book::of(vec![sheet])
}

/// Which organisations are twinned with which villages. One cell is not twinned, and one village
/// is written as no list knows it.
pub(crate) fn twinning(file: &str, planted: &mut Vec<Planted>) -> Book {
    let mut chance = Chance::of(5);
    let mut villages: Vec<(usize, &str)> =
        COMMUNES.iter().enumerate().flat_map(|(c, commune)| commune.villages.iter().map(move |(v, _)| (c, *v))).collect();
    chance.shuffle(&mut villages);
    let mut next = villages.into_iter().cycle();
    let mut sheet = Sheet::new("Ket nghia");
    sheet.line(&["PHÂN CÔNG KẾT NGHĨA GIỮA CÁC CHI BỘ, ĐẢNG BỘ VÀ THÔN, BUÔN NĂM 2023"]);
    sheet.line(&[]);
    let head = ["STT", "Tổ chức cơ sở đảng", "Xã/Thị trấn", "Thôn/Buôn kết nghĩa"];
    sheet.headings(&owned(&[&head]), true);
    sheet.widths = vec![6, 40, 22, 26];
    let mut serial = 0;
    let outside: Vec<_> = organisations().into_iter().filter(|o| o.commune.is_none()).collect();
    for (index, organisation) in outside.iter().enumerate() {
        if organisation.name == "Chi bộ Hội Chữ thập đỏ" {
            continue;
        }
        let several = 1 + u32::from(index % 2 == 0) + u32::from(organisation.members > 100);
        for (commune, village) in next.by_ref().take(usize::try_from(several).unwrap_or(1)) {
            serial += 1;
            sheet.rows.push(vec![
                Cell::count(serial),
                Cell::text(organisation.name.as_str()),
                Cell::text(COMMUNES[commune].name),
                Cell::text(village),
            ]);
        }
    }
    let row = sheet.rows.len();
    serial += 1;
    sheet.rows.push(vec![
        Cell::count(serial),
        Cell::text("Chi bộ Trạm Thú y"),
        Cell::text("Xã Yang Tao"),
        Cell::text("Buôn Cuôr Kăp"),
    ]);
    planted.push(Planted {
        file: file.to_owned(),
        sheet: sheet.name.clone(),
        cell: address(row, 3),
        found: "Buôn Cuôr Kăp".to_owned(),
        what: "twinned with an unknown village",
    });
    Book::of(vec![sheet])
}

/// The state's list of poor and near-poor households of one commune: a row for each person, the
/// household's facts on the head's row only.
pub(crate) fn official_list(all: &[Household], commune: usize, registry: &mut Registry) -> Book {
    let mut chance = Chance::of(6);
    let mut sheet = Sheet::new("DS HN, HCN");
    for _ in 0..3 {
        sheet.line(&[]);
    }
    sheet.line(&["DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO SAU KHI RÀ SOÁT NĂM 2022"]);
    sheet.line(&[]);
    sheet.line(&[]);
    let head = [
        "",
        "STT hộ",
        "Họ và tên chủ hộ",
        "Họ và tên thành viên",
        "Quan hệ với chủ hộ",
        "Ngày sinh",
        "Giới tính",
        "Số CCCD/định danh",
        "Tỉnh",
        "Huyện",
        "Mã huyện",
        "Xã",
        "Mã xã",
        "Thôn",
        "Dân tộc",
        "Phân loại hộ",
        "Số QĐ công nhận",
        "Ngày QĐ",
        "Điểm B1",
        "Điểm B2",
        "DTTS",
        "Không có KNLĐ",
        "Có thành viên là người có công",
        "Nguyên nhân nghèo",
    ];
    sheet.headings(&owned(&[&head]), true);
    sheet.widths = vec![3, 6, 20, 20, 12, 12, 8, 15, 9, 6, 6, 14, 8, 18, 10, 14, 14, 12, 6, 6, 6, 8, 10, 16];
    let listed = of(all, commune).filter(|h| h.class != Class::Other);
    for (household, serial) in listed.zip(1_u32..) {
        let place = household.place();
        let minority = household.head.minority();
        for member in 0..household.persons {
            let first = member == 0;
            let (person, relation) = if first {
                (household.head.clone(), "Chủ hộ")
            } else if member == 1 && household.persons > 2 {
                let head = &household.head;
                let year = head.birth.year + chance.between(0, 6);
                (registry.person(head.people, !head.woman, year), "Vợ/chồng")
            } else {
                let born = household.head.birth.year + chance.between(19, 40);
                let woman = chance.percent(50);
                let people = household.head.people;
                (registry.person(people, woman, born.min(2022)), "Con")
            };
            let only = |cell: Cell| if first { cell } else { Cell::Blank };
            let cause = chance.word(&["Thiếu vốn", "Thiếu đất sản xuất", "Thiếu lao động", "Ốm đau"]);
            let class = if household.class == Class::Poor { "Hộ nghèo" } else { "Hộ cận nghèo" };
            sheet.rows.push(vec![
                Cell::Blank,
                only(Cell::count(serial)),
                only(Cell::text(person.name.as_str())),
                Cell::text(person.name.as_str()),
                Cell::text(relation),
                Cell::text(person.birth.long()),
                Cell::text(person.sex()),
                Cell::text(person.number),
                Cell::text("Đắk Lắk"),
                Cell::text("Lắk"),
                Cell::text("656"),
                Cell::text(place.name),
                Cell::text(place.code.to_string()),
                Cell::text(household.village_name()),
                Cell::text(person.people),
                only(Cell::text(class)),
                only(Cell::text("12/QĐ-UBND")),
                only(Cell::text("14/12/2022")),
                only(Cell::count(household.b1)),
                only(Cell::count(household.b2())),
                only(Cell::mark(minority)),
                only(Cell::mark(household.no_labour)),
                Cell::Blank,
                only(Cell::text(cause)),
            ]);
        }
    }
    Book::of(vec![sheet])
}

const SUPPORTS: [(&str, u32, u32); 6] = [
    ("Vay vốn tín dụng", 70, 82),
    ("Đào tạo nghề", 25, 60),
    ("Cây giống, con giống", 55, 75),
    ("Bảo hiểm y tế", 100, 97),
    ("Nhà ở", 18, 45),
    ("Tập huấn kỹ thuật", 60, 80),
];

/// The register of support of some communes: household, kind, needed and received.
pub(crate) fn support(all: &[Household], communes: &[usize]) -> Book {
    let mut chance = Chance::of(7);
    let mut sheet = Sheet::new("Ho tro");
    sheet.line(&["THEO DÕI HỖ TRỢ HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2023"]);
    sheet.line(&[]);
    let head = [
        "STT",
        "Xã/Thị trấn",
        "Thôn/Buôn",
        "Họ và tên chủ hộ",
        "Số CCCD chủ hộ",
        "Loại hỗ trợ",
        "Nhu cầu",
        "Đã được hỗ trợ",
        "Số người có nhu cầu",
        "Số người đã được hỗ trợ",
        "Đã kiểm tra sử dụng vốn",
    ];
    sheet.headings(&owned(&[&head]), true);
    sheet.widths = vec![6, 18, 20, 22, 15, 22, 9, 9, 10, 10, 12];
    let listed = communes.iter().flat_map(|c| of(all, *c)).filter(|h| h.class != Class::Other);
    let mut serial = 0;
    for household in listed {
        for (kind, needs, gets) in SUPPORTS {
            if !chance.percent(needs) || (kind == "Đào tạo nghề" && household.no_labour) {
                continue;
            }
            serial += 1;
            let received = chance.percent(gets);
            let people = if kind == "Đào tạo nghề" { chance.between(1, household.persons.min(2)) } else { 0 };
            let persons = |n: u32| if people > 0 { Cell::count(n) } else { Cell::Blank };
            let checked = kind == "Vay vốn tín dụng" && received;
            sheet.rows.push(vec![
                Cell::count(serial),
                Cell::text(household.place().name),
                Cell::text(household.village_name()),
                Cell::text(household.head.name.as_str()),
                Cell::text(household.head.number.as_str()),
                Cell::text(kind),
                Cell::text("x"),
                Cell::mark(received),
                persons(people),
                persons(if received { people } else { 0 }),
                Cell::mark(checked && chance.percent(70)),
            ]);
        }
    }
    Book::of(vec![sheet])
}

/// Twinned units, businesses and people outside the district who help too.
pub(crate) fn donors(all: &[Household]) -> Book {
    const GIVERS: [(&str, &str, u32, u32, &str); 12] = [
        ("Công ty TNHH Cà phê Hồ Xanh", "Buôn Ma Thuột", 60, 0, "bò giống"),
        ("Hợp tác xã Lúa nước Đắk Liêng", "Huyện Lắk", 20, 0, "phân bón"),
        ("Chi bộ Khu phố 7, phường Tân Lợi", "Buôn Ma Thuột", 15, 100, "cây giống"),
        ("Công ty Giống cây trồng Cao Nguyên", "Huyện Cư M'gar", 0, 600, "cây giống"),
        ("Ngân hàng Thương mại Ánh Dương", "Buôn Ma Thuột", 120, 0, "sửa nhà"),
        ("Trường Cao đẳng Nghề Ban Mai", "Buôn Ma Thuột", 0, 200, "cây giống"),
        ("Hội đồng hương Thái Bình", "Thái Bình", 25, 0, "heo giống"),
        ("Bệnh viện Đa khoa Lộc Vừng", "Buôn Ma Thuột", 30, 0, "nông cụ"),
        ("Câu lạc bộ Thiện nguyện Hoa Ê Pul", "Buôn Ma Thuột", 18, 0, "dê giống"),
        ("Ông Đặng Trọng Vinh", "Hà Nội", 10, 0, "nông cụ"),
        ("Bà Cao Thị Tuyết", "TP. Hồ Chí Minh", 5, 50, "cây giống"),
        ("Đoàn Kinh tế - Quốc phòng Sông Krông", "Đắk Nông", 40, 300, "bò giống"),
    ];
    let mut chance = Chance::of(8);
    let mut sheet = Sheet::new("Ung ho");
    sheet.line(&["DANH SÁCH ĐƠN VỊ, CÁ NHÂN NGOÀI HUYỆN ỦNG HỘ HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2023"]);
    sheet.line(&[]);
    let top =
        ["STT", "Đơn vị/cá nhân ủng hộ", "Địa chỉ", "Đăng ký ủng hộ", "", "", "Đã thực hiện", "", "Đã mua", "Hộ được hỗ trợ"];
    let below = ["", "", "", "Số tiền (đồng)", "Cây giống (cây)", "Loại cây", "Số tiền (đồng)", "Cây giống (cây)", "", ""];
    sheet.headings(&owned(&[&top, &below]), true);
    sheet.widths = vec![6, 40, 18, 14, 10, 12, 14, 10, 16, 16];
    let poor: Vec<&Household> = all.iter().filter(|h| h.class == Class::Poor).collect();
    for ((name, place, millions, seedlings, bought), serial) in GIVERS.iter().zip(1_u32..) {
        let delivered = chance.between(1, 3) > 1;
        let dong = |n: u32| match n {
            0 => Cell::Blank,
            n => Cell::Money(u64::from(n) * 1_000_000),
        };
        let trees = |n: u32| if n == 0 { Cell::Blank } else { Cell::count(n) };
        let species = if *seedlings > 0 { chance.word(SPECIES) } else { "" };
        let helped = poor[chance.index(poor.len())].head.number.clone();
        sheet.rows.push(vec![
            Cell::count(serial),
            Cell::text(*name),
            Cell::text(*place),
            dong(*millions),
            trees(*seedlings),
            Cell::text(species),
            dong(if delivered { *millions } else { millions / 2 }),
            trees(if delivered { *seedlings } else { 0 }),
            Cell::text(*bought),
            Cell::text(if delivered { helped } else { String::new() }),
        ]);
    }
    Book::of(vec![sheet])
}
