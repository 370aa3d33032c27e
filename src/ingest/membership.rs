//! Who on a list is no member of the Party: lists of a staff name colleagues who are none, and rosters those who may join.

use super::convert::{self, Take};
use super::fields::Field;
use super::line::Line;
use super::standings::{behind_number, said};
use crate::domain::spelling::fold;

/// Words for those who are no members, or not yet.
const OUTSIDE: [&str; 14] = [
    "quan chung",
    "qc",
    "ngoai dang",
    "chua vao dang",
    "chua ket nap",
    "chua duoc ket nap",
    "chua la dang vien",
    "chua phai dang vien",
    "khong phai dang vien",
    "khong phai la dang vien",
    "khong la dang vien",
    "doi tuong dang",
    "doi tuong ket nap",
    "cam tinh dang",
];
/// Words of lists of all who work somewhere.
const STAFF: [&str; 7] = ["can bo", "cong chuc", "vien chuc", "giao vien", "nhan vien", "nguoi lao dong", "nhan su"];
/// What only members have.
const OF_MEMBERS: [Field; 5] = [Field::Admitted, Field::Official, Field::AdmittedOfficial, Field::Card, Field::CardLines];

/// Whether a text says of somebody, or of those below it, that they are no members: "Quần chúng", "II. Chưa vào Đảng".
pub(super) fn is_outside(text: &str) -> bool {
    let said = said(text);
    let bare = behind_number(&said);
    let begins = |start: &str| bare.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    // A service of the army, "quân chủng", folds as the masses do.
    OUTSIDE.into_iter().any(begins) && !text.to_lowercase().contains("quân chủng")
}

/// Whether the heading of a section is of members and says nothing else of them.
pub(super) fn is_inside(text: &str) -> bool {
    matches!(behind_number(&said(text)), "dang vien" | "dv")
}

/// Whether a title is that of a list of all who work somewhere.
fn is_of_staff(title: &str) -> bool {
    let folded = fold(title);
    STAFF.iter().any(|word| folded.contains(word)) && !folded.contains("dang vien")
}

/// What says that somebody is no member: a cell in words, the column that marks members, the section, or on a list of a staff that
/// no day and no card stand beside the name. A day or a card says more than any of them.
pub(super) fn no_member(line: &Line<'_>, titles: [&str; 2], outside: bool) -> Option<Field> {
    let is_numbered = |field: &Field| line.text(*field).is_some_and(|text| text.bytes().any(|byte| byte.is_ascii_digit()));
    if OF_MEMBERS.iter().any(is_numbered) {
        return None;
    }
    let says = |field: &Field| line.text(*field).is_some_and(|text| is_outside(&text));
    let in_words = [Field::Membership, Field::Standing, Field::Admitted, Field::AdmittedOfficial, Field::Note];
    let denied = || {
        let denies = |field: &Field| line.text(*field).is_some_and(|text| matches!(&*fold(&text), "chua" | "khong" | "ko"));
        [Field::Admitted, Field::AdmittedOfficial].into_iter().find(denies)
    };
    if let Some(field) = in_words.into_iter().find(|field| says(field)).or_else(denied) {
        return Some(field);
    }
    if line.columns.has(Field::Membership) {
        let is_named = || line.text(Field::Membership).is_some_and(|text| is_inside(&text));
        let is_marked = line.take(Field::Membership, convert::mark) == Take::Is(true);
        return (!is_marked && !is_named()).then_some(Field::Membership);
    }
    let asked = OF_MEMBERS.into_iter().find(|field| line.columns.has(*field))?;
    let blank = line.text(Field::Standing).is_none() && titles.into_iter().any(is_of_staff);
    (outside || blank).then_some(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_outside_the_party_are_known_by_their_words() {
        for text in [
            "Quần chúng",
            "II. QUẦN CHÚNG",
            "QC",
            "Chưa vào Đảng",
            "Không phải đảng viên",
            "Đối tượng kết nạp Đảng",
            "Cảm tình Đảng",
        ] {
            assert!(is_outside(text), "{text}");
        }
        for text in
            ["", "Đảng viên", "Quân chủng Phòng không", "Chưa chuyển sinh hoạt", "Đảng viên từ quần chúng", "Dự bị", "QCVN"]
        {
            assert!(!is_outside(text), "{text}");
        }
        assert!(is_inside("I. ĐẢNG VIÊN") && !is_inside("I. Đảng viên dự bị"));
    }

    #[test]
    fn a_list_of_a_staff_is_known_by_its_title() {
        assert!(is_of_staff("DANH SÁCH CÁN BỘ, CÔNG CHỨC XÃ YANG TAO") && is_of_staff("Danh sách giáo viên"));
        assert!(!is_of_staff("DANH SÁCH CÁN BỘ, ĐẢNG VIÊN XÃ YANG TAO") && !is_of_staff("Chi bộ Buôn Jun"));
    }
}
