//! Ledgers and lists of pledges beside rosters: whose the pledges are.

use super::*;
use crate::domain::ids::Key;

const ROSTER: &str = "DANH SÁCH ĐẢNG VIÊN NĂM 2023
STT|Họ và tên|Ngày sinh|Tổ chức đảng|Chi bộ|Số thẻ đảng|Ngày vào Đảng
1|Thử Văn Hòa|01/02/1970|Đảng bộ xã Yang Tao|Chi bộ Buôn Cuôr|66.000001|01/01/2000
2|Y Thử Liêng|01/02/1971|Đảng bộ xã Yang Tao|Chi bộ Buôn Jun|66.000002|01/01/2000
3|Thử Văn Hải|01/02/1974|Đảng bộ xã Nam Ka|Chi bộ Buôn Tu Sria|66.000003|01/01/2000
4|Thử Văn Hải|01/02/1980|Đảng bộ xã Yang Tao|Chi bộ Buôn Jun|66.000004|01/01/2000";

/// How many members a roster and a list make, the places on the roster of those whose pledges the list has, and the issues.
fn beside(list: &str) -> (usize, Vec<Option<usize>>, Vec<String>) {
    let books = vec![book("a-dang-vien.xlsx").sheet("1", ROSTER), book("b-dang-ky.xlsx").sheet("1", list)];
    let ingested = read_with(&Settings::default(), books);
    let members = &ingested.roster.members;
    let at = |key: &Key| members.iter().position(|member| member.key == *key);
    let own = (0..).zip(members).filter(|(at, member)| *at < 4 && member.pledged.is_some()).map(|(at, _)| Some(at));
    let givers = ingested.roster.pledges.iter().map(|pledge| pledge.giver.member().and_then(at));
    (members.len(), own.chain(givers).collect(), issues(&ingested))
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

#[test]
fn what_a_roster_or_another_list_says_already_is_not_added_to() {
    let roster = "DANH SÁCH ĐẢNG VIÊN NĂM 2023\nĐảng bộ xã Yang Tao\nSTT|Họ và tên|Ngày sinh|Ngày vào Đảng|Số ngày lương đăng ký
1|Thử Văn Hòa|01/02/1970|01/01/2000|1\n2|Y Thử Liêng|01/02/1971|01/01/2000|";
    let list = |name: &str, days: u32| {
        format!("{TITLE}\nĐảng bộ xã Yang Tao\nSTT|Họ và tên|Năm sinh|Số ngày lương đăng ký\n1|{name}||{days}")
    };
    let sum = |lists: &[String]| {
        let lists = lists.iter().zip(["b.xlsx", "c.xlsx"]).map(|(list, name)| book(name).sheet("1", list));
        let books = std::iter::once(book("a.xlsx").sheet("1", roster)).chain(lists).collect();
        let roster = read_with(&Settings::default(), books).roster;
        let rules = crate::domain::duty::DutyRules::default();
        let sums = crate::domain::pledges::pledge_sums(&roster, jiff::civil::date(2023, 12, 31), &rules, None, &[]);
        (sums.total.members, sums.total.pledged.salary_days.to_string(), sums.told_twice.len())
    };
    assert_eq!(sum(&[]), (2, "1".to_owned(), 0));
    assert_eq!(sum(&[list("Y Thử Liêng", 1)]), (2, "2".to_owned(), 0));
    assert_eq!(sum(&[list("Thử Văn Hòa", 1)]), (2, "1".to_owned(), 1), "the ledger counts");
    assert_eq!(sum(&[list("Y Thử Liêng", 1), list("Y Thử Liêng", 1)]), (2, "2".to_owned(), 1), "the ledger counts");
}

#[test]
fn the_same_pledge_on_two_sheets_is_told() {
    let list = |rows: &str| format!("{TITLE}\nSTT|Họ và tên|Chi bộ|Số ngày lương đăng ký\n{rows}");
    let first = list("1|Thử Văn Hòa|Chi bộ Buôn Cuôr|1\n2|Y Thử Liêng|Chi bộ Buôn Jun|1\n3|Thử Văn Hòa|Chi bộ Buôn Cuôr|1");
    let second = list("1|Thử Văn Hòa|Buôn Cuôr|1\n2|Y Thử Liêng|Buôn Jun|2\n3|Thử Thị Lạ||0");
    let books = vec![book("a.xlsx").sheet("1", ROSTER), book("b.xlsx").sheet("1", &first), book("c.xlsx").sheet("1", &second)];
    let ingested = read_with(&Settings::default(), books);
    assert_eq!(ingested.roster.pledges.len(), 6, "all count until somebody looks");
    assert_eq!(issues(&ingested), ["pledge-twice B3", "pledge-member B5"]);
}

#[test]
fn of_lists_of_two_years_those_of_the_year_count() {
    let roster = |year: u32, rows: &str| {
        format!("DANH SÁCH ĐẢNG VIÊN NĂM {year}\nĐảng bộ xã Yang Tao\nSTT|Họ và tên|Ngày sinh|Ngày vào Đảng\n{rows}")
    };
    let (one, two) = ("1|Thử Văn Hòa|01/02/1970|01/01/2000", "2|Y Thử Liêng|01/02/1971|01/01/2000");
    let other = "DANH SÁCH ĐẢNG VIÊN NĂM 2022\nĐảng bộ xã Nam Ka\nSTT|Họ và tên|Ngày sinh|Ngày vào Đảng\n1|Thử Văn Hải|01/02/1974|01/01/2000";
    let list = |year: u32| format!("DANH SÁCH ỦNG HỘ NĂM {year}\nSTT|Họ và tên|Chi bộ|Số ngày lương đăng ký\n1|Thử Văn Hòa||1");
    let books = || {
        let rosters = [roster(2022, &format!("{one}\n{two}")), roster(2023, one), other.to_owned()];
        let lists = [list(2022), list(2023)];
        let names = ["a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx", "e.xlsx"];
        names.iter().zip(rosters.iter().chain(&lists)).map(|(name, rows)| book(name).sheet("1", rows)).collect::<Vec<_>>()
    };
    let read = |asked: Option<i16>, one_year: bool| {
        let ingested = read_with(&Settings { asked, one_year, ..Settings::default() }, books());
        let mut names: Vec<String> = ingested.roster.members.iter().map(|member| member.name.to_string()).collect();
        names.sort();
        let twice =
            ingested.issues.iter().filter(|issue| issue.code.word() == "other-year").map(|issue| issue.count).sum::<u64>();
        (names, ingested.roster.pledges.len(), twice)
    };
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>();
    // An organisation that has sent a roster of one year only has that one.
    assert_eq!(read(Some(2023), true), (names(&["Thử Văn Hòa", "Thử Văn Hải"]), 1, 3));
    assert_eq!(read(None, true), (names(&["Thử Văn Hòa", "Thử Văn Hải"]), 1, 3), "the last year, where none is asked for");
    assert_eq!(read(Some(2022), true), (names(&["Thử Văn Hòa", "Thử Văn Hải", "Y Thử Liêng"]), 1, 2));
    assert_eq!(read(Some(2025), true), (names(&["Thử Văn Hòa", "Thử Văn Hải"]), 1, 3), "the last before it");
    let all = names(&["Thử Văn Hòa", "Thử Văn Hòa", "Thử Văn Hải", "Y Thử Liêng"]);
    assert_eq!(read(None, false), (all, 2, 0), "who lists all that is there");
}

#[test]
fn a_member_of_a_roster_of_another_year_who_is_on_one_of_the_year_is_one() {
    let before = "DANH SÁCH ĐẢNG VIÊN NĂM 2022\nĐảng bộ xã Yang Tao\nSTT|Họ và tên|Ngày sinh|Ngày vào Đảng
1|Thử Văn Hòa|01/02/1970|01/01/2000\n2|Y Thử Liêng|01/02/1971|01/01/2000";
    let now = "DANH SÁCH ĐẢNG VIÊN NĂM 2023\nĐảng bộ xã Yang Tao\nSTT|Họ và tên|Ngày sinh|Chi bộ|Ngày vào Đảng
1|Thử Văn Hòa|01/02/1970|Chi bộ Buôn Cuôr|01/01/2000";
    let books = || vec![book("a.xlsx").sheet("1", before), book("b.xlsx").sheet("1", now)];
    let members = |one_year| read_with(&Settings { one_year, ..Settings::default() }, books()).roster.members.len();
    assert_eq!((members(true), members(false)), (2, 3), "the list of the year has one cell alone");
}
