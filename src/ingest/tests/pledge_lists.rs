//! Ledgers and lists of pledges beside rosters: whose the pledges are.

use super::*;
use crate::domain::ids::Key;
use crate::domain::pledge::Giver;

const ROSTER: &str = "DANH SÁCH ĐẢNG VIÊN NĂM 2023
STT|Họ và tên|Ngày sinh|Tổ chức đảng|Chi bộ|Số thẻ đảng|Ngày vào Đảng
1|Thử Văn Hòa|01/02/1970|Đảng bộ xã Yang Tao|Chi bộ Buôn Cuôr|66.000001|01/01/2000
2|Y Thử Liêng|01/02/1971|Đảng bộ xã Yang Tao|Chi bộ Buôn Jun|66.000002|01/01/2000
3|Thử Văn Hải|01/02/1974|Đảng bộ xã Nam Ka|Chi bộ Buôn Tu Sria|66.000003|01/01/2000
4|Thử Văn Hải|01/02/1980|Đảng bộ xã Yang Tao|Chi bộ Buôn Jun|66.000004|01/01/2000";

/// The members that a roster and a list make, the places on the roster of those whose pledges the list has, and the issues.
fn beside(list: &str) -> (usize, Vec<Option<usize>>, Vec<String>) {
    let books = vec![book("a-dang-vien.xlsx").sheet("1", ROSTER), book("b-dang-ky.xlsx").sheet("1", list)];
    let ingested = read_with(&Settings::default(), books);
    let members = &ingested.roster.members;
    let at = |key: &Key| members.iter().position(|member| member.key == *key);
    let givers = ingested.roster.pledges.iter().map(|pledge| match &pledge.giver {
        Giver::Member(key) => at(key),
        Giver::Donor(_) => None,
    });
    (members.len(), givers.collect(), issues(&ingested))
}

const TITLE: &str = "DANH SÁCH ĐẢNG VIÊN ĐĂNG KÝ ỦNG HỘ NĂM 2023";

#[test]
fn a_list_of_pledges_beside_the_roster_makes_nobody_twice() {
    for (title, heads, rows) in [
        ("Đảng bộ xã Yang Tao", "Năm sinh", ["1970", "1971"]),
        ("Đảng bộ xã Yang Tao", "Ngày sinh", ["01/02/1970", "01/02/1971"]),
        ("Đảng bộ xã Yang Tao", "Số thẻ đảng", ["66000001", "66.000002"]),
        ("Đảng bộ xã Yang Tao", "Số CCCD", ["066070000001", "066071000002"]),
        ("Đảng bộ xã Yang Tao", "Hệ số lương", ["3,66", "3,33"]),
        ("Ban Vận động", "Năm sinh", ["1970", "1971"]),
    ] {
        let list = format!(
            "{TITLE}\n{title}\nSTT|Họ và tên|{heads}|Số ngày lương đăng ký\n1|Thử Văn Hoà|{}|1\n2|Y Thử Liêng (Ama Lan)|{}|1",
            rows[0], rows[1]
        );
        assert_eq!(beside(&list), (4, vec![Some(0), Some(1)], Vec::new()), "{title} {heads}");
    }
}

#[test]
fn a_salary_coefficient_of_the_list_is_that_of_the_member() {
    let list = format!("{TITLE}\nĐảng bộ xã Yang Tao\nSTT|Họ và tên|Hệ số lương|Số ngày lương đăng ký\n1|Thử Văn Hòa|3,66|1");
    let books = vec![book("a.xlsx").sheet("1", ROSTER), book("b.xlsx").sheet("1", &list)];
    let members = read_with(&Settings::default(), books).roster.members;
    assert_eq!(members[0].coefficient.map(|of| of.get()), Some(366));
}

#[test]
fn whom_the_roster_of_their_organisation_has_not_is_told_and_an_organisation_without_a_roster_is_its_list() {
    let of = |organisation: &str| {
        format!("{TITLE}\n{organisation}\nSTT|Họ và tên|Năm sinh|Số ngày lương đăng ký\n1|Thử Thị Lạ|1990|1")
    };
    assert_eq!(beside(&of("Đảng bộ xã Yang Tao")), (4, vec![None], vec!["pledge-member B4".to_owned()]));
    assert_eq!(beside(&of("Đảng bộ xã Krông Nô")), (5, Vec::new(), Vec::new()));
}

#[test]
fn of_two_members_of_a_name_the_ledger_means_the_one_of_its_organisation() {
    for (heads, told, giver) in [
        ("Chi bộ", "Chi bộ Buôn Jun", Some(3)),
        ("Chi bộ", "Buôn Tu Sria", Some(2)),
        ("Đơn vị", "UBND xã Nam Ka", Some(2)),
        ("Năm sinh", "1980", Some(3)),
        ("Đơn vị", "", None),
    ] {
        let list = format!("{TITLE}\nSTT|Họ và tên|{heads}|Số ngày lương đăng ký\n1|Thử Văn Hải|{told}|1");
        let unknown = if giver.is_none() { vec!["pledge-member B3".to_owned()] } else { Vec::new() };
        assert_eq!(beside(&list), (4, vec![giver], unknown), "{told}");
    }
    let list = format!("{TITLE}\nSTT|Họ và tên|Đơn vị|Số ngày lương đăng ký\n1|Thử Văn Hòa|Phòng Nội vụ|1");
    assert_eq!(beside(&list), (4, vec![Some(0)], vec!["pledge-elsewhere C3".to_owned()]));
}

#[test]
fn a_number_beside_the_name_of_another_is_told() {
    let roster = "DANH SÁCH ĐẢNG VIÊN NĂM 2023\nĐảng bộ xã Yang Tao\nSTT|Họ và tên|Ngày sinh|Số CCCD|Ngày vào Đảng
1|Thử Văn Hòa|01/02/1970|066070000001|01/01/2000";
    for (name, told) in [("Thử Văn Hoà", None), ("Thử Văn Hoa", None), ("", None), ("Thử Thị Lạ", Some("number-name C3"))]
    {
        let list = format!("{TITLE}\nSTT|Họ và tên|Số CCCD|Số ngày lương đăng ký\n1|{name}|066070000001|1");
        let books = vec![book("a.xlsx").sheet("1", roster), book("b.xlsx").sheet("1", &list)];
        let ingested = read_with(&Settings::default(), books);
        assert_eq!(issues(&ingested), told.into_iter().collect::<Vec<_>>(), "{name}");
        assert_eq!(ingested.roster.pledges[0].giver.member(), Some(&ingested.roster.members[0].key));
    }
}
