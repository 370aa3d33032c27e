//! The roster as the district sends it: one sheet with pledge and delivery columns.

use super::faults::Planted;
use super::grid::{Book, Cell, Sheet, address};
use super::names::Day;
use super::papers::owned;
use super::roster::Member;

/// The roster with pledge columns under two heading rows.
pub(crate) fn sheet_of(members: &[Member], file: &str, planted: &mut Vec<Planted>) -> Book {
    let mut sheet = Sheet::new("Danh sach dang vien");
    sheet.line(&["ĐẢNG BỘ TỈNH ĐẮK LẮK", "", "", "", "", "", "", "ĐẢNG CỘNG SẢN VIỆT NAM"]);
    sheet.line(&["HUYỆN ỦY LẮK"]);
    sheet.line(&[]);
    sheet.line(&["DANH SÁCH ĐẢNG VIÊN VÀ ĐĂNG KÝ GIÚP ĐỠ HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2023"]);
    sheet.line(&[]);
    let top = [
        "STT",
        "Họ và tên",
        "Ngày sinh",
        "Giới tính",
        "Dân tộc",
        "Số CCCD",
        "Số thẻ đảng",
        "Tổ chức cơ sở đảng",
        "Chi bộ",
        "Ngày vào Đảng",
        "Ngày chính thức",
        "Trạng thái",
        "Hưởng lương NSNN",
        "Hệ số lương",
        "Đăng ký giúp đỡ",
        "",
        "",
        "",
        "Đã thực hiện",
        "",
        "",
    ];
    let below = [
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "Ngày lương",
        "Ngày công",
        "Cây giống (cây)",
        "Loại cây",
        "Ngày lương",
        "Ngày công",
        "Cây giống (cây)",
    ];
    sheet.headings(&owned(&[&top, &below]), true);
    sheet.widths = vec![6, 22, 12, 8, 10, 15, 15, 32, 28, 12, 12, 24, 10, 8, 8, 8, 8, 12, 8, 8, 8];
    let first = sheet.rows.len();
    for (member, serial) in members.iter().zip(1_u32..) {
        sheet.rows.push(roster_row(member, serial));
    }
    plant_in_roster(&mut sheet, first, members, file, planted);
    let mut total = vec![Cell::Blank; top.len()];
    total[1] = Cell::text("Tổng cộng");
    total[14] = halves(members.iter().map(|m| m.pledged.salary_halves).sum());
    total[15] = halves(members.iter().map(|m| m.pledged.labour_halves).sum());
    total[16] = Cell::count(members.iter().map(|m| m.pledged.seedlings).sum());
    total[18] = halves(members.iter().map(|m| m.delivered.salary_halves).sum());
    total[19] = halves(members.iter().map(|m| m.delivered.labour_halves).sum());
    total[20] = Cell::count(members.iter().map(|m| m.delivered.seedlings).sum());
    sheet.rows.push(total);
    Book::of(vec![sheet])
}

/// Days as a number, half days as a text with a comma, nothing as a blank.
fn halves(halves: u32) -> Cell {
    match (halves / 2, halves % 2) {
        (0, 0) => Cell::Blank,
        (days, 0) => Cell::count(days),
        (days, _) => Cell::text(format!("{days},5")),
    }
}

fn roster_row(member: &Member, serial: u32) -> Vec<Cell> {
    let person = &member.person;
    let trees = |n: u32| if n == 0 { Cell::Blank } else { Cell::count(n) };
    vec![
        Cell::count(serial),
        Cell::text(person.name.as_str()),
        Cell::text(person.birth.long()),
        Cell::text(person.sex()),
        Cell::text(person.people),
        Cell::text(person.number.as_str()),
        Cell::text(format!("{}", 380_000_000_000_u64 + u64::from(serial))),
        Cell::text(member.organisation.as_str()),
        Cell::text(member.cell.as_str()),
        Cell::text(member.admitted.long()),
        Cell::text(member.official.map(Day::long).unwrap_or_default()),
        Cell::text(member.standing.as_str()),
        Cell::text(if member.salaried { "Có" } else { "Không" }),
        Cell::text(member.coefficient),
        halves(member.pledged.salary_halves),
        halves(member.pledged.labour_halves),
        trees(member.pledged.seedlings),
        Cell::text(member.species),
        halves(member.delivered.salary_halves),
        halves(member.delivered.labour_halves),
        trees(member.delivered.seedlings),
    ]
}

fn plant_in_roster(sheet: &mut Sheet, first: usize, members: &[Member], file: &str, planted: &mut Vec<Planted>) {
    let kinh = |m: &Member| m.person.people == "Kinh" && m.official.is_some();
    let nth = |n: usize| (0..members.len()).filter(|&i| kinh(&members[i])).nth(n);
    let faults = [
        (120, 10, "01/02/1970", "official before admission"),
        (480, 9, "30/02/1998", "a day that no calendar has"),
        (900, 2, "12/05/2041", "birth in the future"),
    ];
    for (n, column, text, what) in faults {
        let Some(i) = nth(n) else { continue };
        sheet.rows[first + i][column] = Cell::text(text);
        planted.push(Planted {
            file: file.to_owned(),
            sheet: sheet.name.clone(),
            cell: address(first + i, column),
            found: text.to_owned(),
            what,
        });
    }
}
