//! Words in the cells of registers of support: whether it is needed, whether it was received, whether the use of a loan was checked.

use super::fields::Field;
use crate::domain::spelling::{self, fold};

/// Words of what was done for a household.
const DONE: [&str; 24] = [
    "nhan",
    "ho tro",
    "cap",
    "vay",
    "giai ngan",
    "thuc hien",
    "hoan thanh",
    "xong",
    "xay",
    "sua",
    "lam",
    "huong",
    "duoc",
    "chi tra",
    "trao",
    "giao",
    "tang",
    "tham gia",
    "dao tao",
    "hoc",
    "dua vao su dung",
    "khoi cong",
    "co",
    "nghiem thu",
];
/// Words of what comes before it, or of something else.
const NOT_YET: [&str; 15] = [
    "dang ky",
    "de nghi",
    "de xuat",
    "nhu cau",
    "ho so",
    "xet",
    "tham dinh",
    "phe duyet",
    "thong bao",
    "khao sat",
    "ke hoach",
    "khoi cong",
    "thoat ngheo",
    "mat",
    "chuyen",
];
/// Whole cells that say that it was done.
const ALL_DONE: [&str; 5] = ["dat", "xong", "roi", "hoan thanh", "du"];
/// Words of a need.
const NEEDS: [&str; 6] = ["nhu cau", "dang ky", "can", "de nghi", "nguyen vong", "mong muon"];

/// Whether words say yes or no in a column of what is needed, of what was received or of whether its use was checked; `None` where
/// they say neither: "đang làm", "không rõ".
pub(super) fn answer(field: Field, text: &str) -> Option<bool> {
    let folded = fold(text);
    let words: Vec<&str> = spelling::words(&folded).collect();
    let said = format!(" {} ", words.join(" "));
    let says = |any: &[&str]| any.iter().any(|word| said.contains(&format!(" {word} ")));
    let denied = matches!(words.first(), Some(&("khong" | "chua" | "ko")));
    if field == Field::Needed {
        return says(&NEEDS).then_some(!denied);
    }
    if field == Field::UseChecked {
        // Money that went elsewhere was looked at too.
        return says(&["kiem tra"]).then_some(!denied).or(says(&["muc dich"]).then_some(true));
    }
    if denied {
        return says(&DONE).then_some(false);
    }
    let begun = matches!(words.first(), Some(&("da" | "duoc"))) && says(&DONE) && !says(&NOT_YET);
    (begun || ALL_DONE.contains(&words.join(" ").as_str())).then_some(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_what_became_of_support() {
        for yes in [
            "Đã hỗ trợ",
            "đã nhận đủ",
            "Đã giải ngân",
            "Đã hoàn thành",
            "Đã xây xong",
            "Đã được vay",
            "Được hỗ trợ",
            "Đạt",
            "Xong.",
            "Rồi",
            "Đã có thẻ",
            "Đã bàn giao, đưa vào sử dụng",
        ] {
            assert_eq!(answer(Field::Received, yes), Some(true), "{yes}");
        }
        for no in ["Chưa hỗ trợ", "không nhận", "Chưa giải ngân", "Chưa thực hiện", "Chưa khởi công", "Không được vay", "Chưa có"]
        {
            assert_eq!(answer(Field::Received, no), Some(false), "{no}");
        }
        for neither in [
            "Đang làm",
            "Đang thực hiện",
            "Không rõ",
            "Chưa xác định",
            "Đã đăng ký",
            "Đã nộp hồ sơ vay",
            "Đã khởi công",
            "Đã mất",
            "Đã chuyển đi",
            "Đã được phê duyệt",
            "Đã thoát nghèo",
            "Vắng mặt",
            "",
        ] {
            assert_eq!(answer(Field::Received, neither), None, "{neither}");
        }
    }

    #[test]
    fn words_say_what_is_needed_and_what_was_checked() {
        for (text, said) in [
            ("Có nhu cầu", Some(true)),
            ("Không có nhu cầu", Some(false)),
            ("Đã đăng ký", Some(true)),
            ("Chưa đăng ký", Some(false)),
            ("Cần", Some(true)),
            ("Không cần", Some(false)),
            ("Hộ nghèo", None),
        ] {
            assert_eq!(answer(Field::Needed, text), said, "{text}");
        }
        for (text, said) in [
            ("Đã kiểm tra", Some(true)),
            ("Đúng mục đích", Some(true)),
            ("Sai mục đích", Some(true)),
            ("Sử dụng không đúng mục đích", Some(true)),
            ("Chưa kiểm tra", Some(false)),
            ("Mua bò", None),
        ] {
            assert_eq!(answer(Field::UseChecked, text), said, "{text}");
        }
    }
}
