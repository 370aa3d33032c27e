//! Remarks beside households that speak against counting them as they stand: who left, died, is listed twice or rose above
//! poverty.

use super::convert;
use crate::domain::household::Class;
use crate::domain::spelling::{fold, words};

/// Words of leaving.
const GONE: [&str; 17] = [
    "chuyen di",
    "da chuyen ve",
    "da chuyen vao",
    "da chuyen ra",
    "da chuyen sang xa",
    "da chuyen sang tinh",
    "da chuyen noi khac",
    "chuyen noi khac",
    "chuyen khau",
    "chuyen ho khau",
    "cat khau",
    "khong con o dia phuong",
    "khong con cu tru",
    "khong con sinh song",
    "khong o dia phuong",
    "di khoi dia phuong",
    "roi khoi dia phuong",
];
/// Words of dying.
const DEAD: [&str; 4] = ["da chet", "da mat", "tu tran", "qua doi"];
/// Words of a row that stands twice, has gone into another, or is not to count.
const NO_ROW: [&str; 16] = [
    "trung lap",
    "bi trung",
    "ghi trung",
    "ke khai trung",
    "ghi hai lan",
    "ghi 2 lan",
    "nhap vao ho",
    "nhap ho voi",
    "gop vao ho",
    "gop ho voi",
    "xoa khoi danh sach",
    "dua ra khoi danh sach",
    "loai khoi danh sach",
    "rut khoi danh sach",
    "khong duoc cong nhan",
    "khong cong nhan",
];
/// Words that take back, put off or ask for what follows.
const NOT: [&str; 16] =
    ["khong", "chua", "xin", "se", "de", "nghi", "phan", "dau", "ky", "kien", "nang", "muon", "hoach", "chi", "tieu", "nguy"];
/// Those whose death leaves a household, and what else is said to die.
const OTHERS: [&str; 22] = [
    "vo", "chong", "bo", "cha", "me", "con", "anh", "chi", "em", "than", "ong", "ba", "chau", "trau", "heo", "lon", "ga", "vit",
    "de", "suc", "cam", "cay",
];

/// Whether a remark speaks against counting a household in its class.
pub(super) fn contradicts(remark: &str, class: Class) -> bool {
    let said = Said::of(remark);
    said.is_of_no_row() || is_twice(remark) || said.is_of_another(remark, class)
}

/// Whether a remark speaks against counting a household, in one class or in any.
pub(super) fn may_contradict(remark: &str) -> bool {
    let said = Said::of(remark);
    let of_another = || Class::ALL.into_iter().any(|class| said.is_of_another(remark, class));
    said.is_of_no_row() || is_twice(remark) || of_another()
}

/// A remark that is a class and nothing more.
fn other_class(remark: &str, class: Class) -> bool {
    convert::class(remark).is_some_and(|told| told != class)
}

/// Whether a remark says that the row stands twice. Without its mark the word is one of schools and means.
fn is_twice(remark: &str) -> bool {
    let small = remark.to_lowercase();
    let mut before = "";
    let mut words = words(&small).peekable();
    while let Some(word) = words.next() {
        let with = ["lặp", "tên", "hộ", "số", "với", "danh", "cccd", "cmnd", "stt", "dòng", "khẩu", "tổ", "thôn", "buôn"];
        if word == "trùng" && !matches!(before, "không" | "chưa") && words.peek().is_none_or(|next| with.contains(next)) {
            return true;
        }
        before = word;
    }
    false
}

/// The words of a remark, folded, with a space around each.
struct Said(String);

impl Said {
    fn of(remark: &str) -> Self {
        let folded = fold(remark);
        let mut said = String::with_capacity(folded.len() + 2);
        said.push(' ');
        words(&folded).for_each(|word| said.extend([word, " "]));
        Self(said)
    }

    /// Where a phrase stands.
    fn find(&self, phrase: &str) -> Option<usize> {
        let found = |(at, _): (usize, &str)| {
            let ends = self.0.get(at + phrase.len()..).is_some_and(|rest| rest.starts_with(' '));
            (ends && self.0.get(..at).is_some_and(|before| before.ends_with(' '))).then_some(at)
        };
        self.0.match_indices(phrase).find_map(found)
    }

    /// Whether a phrase stands there with none of some words among the last before it.
    fn says(&self, phrase: &str, most: usize, but: &[&str]) -> bool {
        let before = |at: usize| self.0.get(..at).unwrap_or_default().split_whitespace().rev().take(most);
        self.find(phrase).is_some_and(|at| !before(at).any(|word| but.contains(&word)))
    }

    fn is_of_no_row(&self) -> bool {
        // Who came from elsewhere left that place.
        let came = ["moi den", "chuyen den tu", "tiep nhan"].iter().any(|words| self.find(words).is_some());
        let says = |phrase: &str| self.says(phrase, 2, &NOT);
        (!came && GONE.iter().any(|phrase| says(phrase)))
            || DEAD.iter().any(|phrase| says(phrase) && self.says(phrase, 3, &OTHERS))
            || NO_ROW.iter().any(|phrase| says(phrase))
    }

    /// Whether a household came to another class than this, or is said to be of one.
    fn is_of_another(&self, remark: &str, class: Class) -> bool {
        let rose: &[&str] = match class {
            Class::Poor => &["thoat ngheo", "thoat can ngheo"],
            Class::NearPoor => &["thoat can ngheo", "tai ngheo"],
            Class::Other => &["tai ngheo", "tai can ngheo"],
        };
        rose.iter().any(|phrase| self.rose(phrase)) || other_class(remark, class)
    }

    /// Whether a household came to another class. What is planned or feared has not come.
    fn rose(&self, phrase: &str) -> bool {
        self.says(phrase, 3, &NOT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_that_left_or_stands_twice_is_doubtful_in_any_class() {
        for remark in [
            "Đã chuyển đi",
            "chuyển đi xã Nam Ka năm 2023",
            "Cả hộ chuyển đi Bình Dương",
            "Đã chuyển về quê",
            "Đã cắt khẩu",
            "Không còn ở địa phương",
            "Chủ hộ đã chết",
            "Đã mất tháng 5/2023",
            "Trùng",
            "Trùng hộ số 12",
            "Bị trùng với STT 15",
            "TRÙNG TÊN",
            "ghi 2 lần",
            "Đã nhập vào hộ ông Thử",
            "Đưa ra khỏi danh sách",
            "Không được công nhận",
            "da chuyen di",
        ] {
            assert!(Class::ALL.into_iter().all(|class| contradicts(remark, class)), "{remark}");
        }
    }

    #[test]
    fn what_is_denied_planned_or_said_of_others_is_not() {
        for remark in [
            "Chưa chuyển đi",
            "Xin chuyển đi",
            "Mới chuyển đến",
            "Mới đến, chuyển đi từ xã Nam Ka",
            "Chuyển đến từ xã Nam Ka, đã cắt khẩu nơi cũ",
            "Chồng đã chết",
            "Vợ mới qua đời",
            "Bò đã chết do dịch",
            "Vắng mặt lúc rà soát, người thân trả lời",
            "Thu nhập trung bình",
            "Con học trung học phổ thông",
            "Hộ ông Trung",
            "Không trùng",
            "Nhà trùng tu năm 2020",
            "Đã chuyển đổi nghề",
            "Đã chuyển hồ sơ lên huyện",
            "Chưa thoát nghèo",
            "Đăng ký thoát nghèo năm 2024",
            "Phấn đấu thoát nghèo",
            "Dự kiến thoát nghèo",
            "Có khả năng thoát nghèo",
            "Nguy cơ tái nghèo",
            "Hộ nghèo nhiều năm, neo đơn",
            "Không có đất sản xuất",
            "",
        ] {
            assert!(!may_contradict(remark), "{remark}");
        }
    }

    #[test]
    fn a_remark_of_another_class_is_held_against_the_declared_one() {
        for (remark, poor, near, other) in [
            ("Thoát nghèo năm 2023", true, false, false),
            ("Hộ thoát cận nghèo", true, true, false),
            ("Tái nghèo", false, true, true),
            ("Hộ tái nghèo năm 2023", false, true, true),
            ("Cận nghèo", true, false, true),
            ("Hộ nghèo", false, true, true),
            ("Không nghèo", true, true, false),
        ] {
            let told = Class::ALL.map(|class| contradicts(remark, class));
            assert_eq!(told, [poor, near, other], "{remark}");
        }
    }
}
