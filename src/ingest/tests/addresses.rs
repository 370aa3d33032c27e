//! Lists that say in one cell where a household lives.

use super::sections::households;
use super::*;

const HEADS: &str = "STT|Họ và tên chủ hộ|Địa chỉ|Số khẩu|Phân loại hộ";

fn list(title: &str, addresses: &[&str]) -> Ingested {
    let rows: Vec<String> =
        (1..).zip(addresses).map(|(number, address)| format!("{number}|Y Thử {number}|{address}|4|Hộ nghèo")).collect();
    read(book("danh-sach.xlsx").sheet("1", &format!("{title}\n{HEADS}\n{}", rows.join("\n"))))
}

#[test]
fn an_address_tells_commune_and_village() {
    let ingested = list(
        "DANH SÁCH HỘ NGHÈO NĂM 2023",
        &[
            "Buôn Jun, xã Yang Tao",
            "Buôn Cuôr, xã Yang Tao, huyện Lắk, tỉnh Đắk Lắk",
            "xã Nam Ka",
            "Số 12 Nguyễn Thử, TDP 3, TT Liên Sơn",
            "Thôn 1 xã Lạ Lùng",
            "Huyện Lắk",
        ],
    );
    let expected = [
        "Xã Yang Tao / Buôn Jun / Y Thử 1 / poor",
        "Xã Yang Tao / Buôn Cuôr / Y Thử 2 / poor",
        "Xã Nam Ka /  / Y Thử 3 / poor",
        "Thị trấn Liên Sơn / TDP 3 / Y Thử 4 / poor",
        "Xã Lạ Lùng / Thôn 1 / Y Thử 5 / poor",
    ];
    assert_eq!(households(&ingested), expected);
    assert_eq!(issues(&ingested), ["commune-unknown C7", "commune-none B8"]);
}

#[test]
fn an_address_is_held_against_the_title_and_tells_the_village() {
    let ingested = list("DANH SÁCH HỘ NGHÈO XÃ YANG TAO NĂM 2023", &["Buôn Jun", "Đường Nguyễn Thử", "", "Buôn Jun, xã Nam Ka"]);
    let expected = [
        "Xã Yang Tao / Buôn Jun / Y Thử 1 / poor",
        "Xã Yang Tao /  / Y Thử 2 / poor",
        "Xã Yang Tao /  / Y Thử 3 / poor",
        "Xã Nam Ka / Buôn Jun / Y Thử 4 / poor",
    ];
    assert_eq!(households(&ingested), expected);
    assert_eq!(issues(&ingested), ["place-contradicts C6"]);
}

#[test]
fn columns_of_places_go_before_an_address() {
    let rows = "STT|Xã|Thôn|Họ và tên chủ hộ|Nơi ở hiện nay|Số khẩu|Phân loại hộ
1|Xã Yang Tao|Buôn Jun|Y Thử 1|Buôn Cuôr, xã Nam Ka|4|Hộ nghèo
2|Xã Yang Tao||Y Thử 2|Buôn Cuôr, xã Nam Ka|4|Hộ nghèo";
    let ingested = read(book("danh-sach-2023.xlsx").sheet("1", rows));
    assert_eq!(households(&ingested), ["Xã Yang Tao / Buôn Jun / Y Thử 1 / poor", "Xã Yang Tao /  / Y Thử 2 / poor"]);
    assert_eq!(issues(&ingested), ["village-missing C3"]);
}

#[test]
fn a_register_of_support_takes_a_place_from_an_address_that_names_a_commune() {
    let rows = "STT|Họ và tên chủ hộ|Địa chỉ|Nội dung hỗ trợ|Đã hỗ trợ
1|Y Thử Một|Buôn Jun, xã Yang Tao|Y tế|x
2|Y Thử Hai|Buôn Jun|Y tế|x";
    let ingested = read(book("ho-tro-2023.xlsx").sheet("1", rows));
    let places: Vec<Option<&str>> =
        ingested.supports.iter().map(|support| support.place.as_ref().map(|place| place.commune.name())).collect();
    assert_eq!((places, issues(&ingested)), (vec![Some("Xã Yang Tao"), None], Vec::new()));
}

#[test]
fn a_column_of_villages_may_name_the_commune_too() {
    let rows = "STT|Họ và tên chủ hộ|Thôn|Số khẩu|Phân loại hộ
1|Y Thử 1|Buôn Jun, xã Yang Tao|4|Hộ nghèo
2|Y Thử 2|Buôn Jun (xã Yang Tao)|4|Hộ nghèo
3|Y Thử 3|Buôn Cuôr-A, xã Nam Ka|4|Hộ nghèo
4|Y Thử 4|Buôn Cuôr-A|4|Hộ nghèo";
    let titled = read(book("a.xlsx").sheet("1", &format!("DANH SÁCH HỘ NGHÈO XÃ YANG TAO NĂM 2023\n{rows}")));
    let expected = [
        "Xã Yang Tao / Buôn Jun / Y Thử 1 / poor",
        "Xã Yang Tao / Buôn Jun / Y Thử 2 / poor",
        "Xã Nam Ka / Buôn Cuôr-A / Y Thử 3 / poor",
        "Xã Yang Tao / Buôn Cuôr-A / Y Thử 4 / poor",
    ];
    assert_eq!(households(&titled), expected);
    assert_eq!(issues(&titled), ["place-contradicts C5"]);
    let untitled = read(book("a.xlsx").sheet("1", &format!("DANH SÁCH HỘ NGHÈO NĂM 2023\n{rows}")));
    assert_eq!(households(&untitled), expected[..3]);
    assert_eq!(issues(&untitled), ["commune-none B6"]);
}
