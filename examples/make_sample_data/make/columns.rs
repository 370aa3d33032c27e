//! The columns of each layout, under the headings that communes give them.

use super::layouts::{Field, Layout};

/// A column: its heading (one text per heading row) and what it holds.
pub(crate) type Column = (&'static [&'static str], Field);

/// The columns of a layout, from left to right.
pub(crate) fn columns(layout: Layout) -> Vec<Column> {
    use Field as F;
    let list: &[Column] = match layout {
        Layout::Plain | Layout::Plain1904 => &[
            (&["STT"], F::Serial),
            (&["Xã/Thị trấn"], F::Commune),
            (&["Thôn/Buôn"], F::Village),
            (&["Họ và tên chủ hộ"], F::Name),
            (&["Ngày sinh"], F::Birth),
            (&["Giới tính"], F::Sex),
            (&["Số CCCD"], F::Number),
            (&["Dân tộc"], F::People),
            (&["Số nhân khẩu"], F::Persons),
            (&["Phân loại hộ"], F::Class),
            (&["Điểm B1"], F::B1),
            (&["Điểm B2"], F::B2),
            (&["Không có khả năng lao động"], F::NoLabour),
        ],
        Layout::Official => &[
            (&["STT", ""], F::Serial),
            (&["Họ và tên chủ hộ", ""], F::Name),
            (&["Năm sinh", "Nam"], F::BirthMan),
            (&["", "Nữ"], F::BirthWoman),
            (&["Số CCCD/ĐDCN", ""], F::Number),
            (&["Dân tộc", ""], F::People),
            (&["Số khẩu", ""], F::Persons),
            (&["Kết quả rà soát", "Hộ nghèo"], F::Poor),
            (&["", "Hộ cận nghèo"], F::NearPoor),
            (&["", "Hộ không nghèo"], F::Other),
            (&["Điểm", "B1"], F::B1),
            (&["", "B2"], F::B2),
            (&["Ghi chú", ""], F::Note),
        ],
        Layout::Three => &[
            (&["STT", "", ""], F::Serial),
            (&["Thôn, buôn", "", ""], F::Village),
            (&["Chủ hộ", "Họ và tên", ""], F::Name),
            (&["", "Năm sinh", "Nam"], F::BirthMan),
            (&["", "", "Nữ"], F::BirthWoman),
            (&["", "Số CCCD", ""], F::Number),
            (&["", "Dân tộc", ""], F::People),
            (&["Số nhân khẩu", "", ""], F::Persons),
            (&["Kết quả rà soát", "Phân loại hộ", "Hộ nghèo"], F::Poor),
            (&["", "", "Hộ cận nghèo"], F::NearPoor),
            (&["", "", "Hộ không nghèo"], F::Other),
            (&["", "Điểm", "B1"], F::B1),
            (&["", "", "B2"], F::B2),
            (&["Không có khả năng lao động", "", ""], F::NoLabour),
        ],
        Layout::Marks => &[
            (&["TT"], F::Serial),
            (&["Thôn/Buôn"], F::Village),
            (&["Họ và tên chủ hộ"], F::Name),
            (&["Năm sinh"], F::Birth),
            (&["Giới tính"], F::Sex),
            (&["Số CCCD"], F::Number),
            (&["Dân tộc"], F::People),
            (&["Số nhân khẩu"], F::Persons),
            (&["Hộ nghèo"], F::Poor),
            (&["Hộ cận nghèo"], F::NearPoor),
            (&["Hộ không nghèo"], F::Other),
            (&["Điểm B1"], F::B1),
            (&["Điểm B2"], F::B2),
            (&["Không có khả năng lao động"], F::NoLabour),
        ],
        Layout::Textual => &[
            (&[""], F::Margin),
            (&["STT"], F::Serial),
            (&["Thôn, buôn, TDP"], F::Village),
            (&["Chủ hộ"], F::Name),
            (&["Năm sinh"], F::Birth),
            (&["Giới"], F::Sex),
            (&["CCCD"], F::Number),
            (&["Dân tộc"], F::People),
            (&["Tổng số nhân khẩu"], F::Persons),
            (&["Loại hộ"], F::Class),
            (&["Tổng điểm B1"], F::B1),
            (&["Tổng điểm B2"], F::B2),
            (&["Hộ không có KNLĐ"], F::NoLabour),
        ],
        Layout::Tcvn3 | Layout::Vni => &[
            (&["STT"], F::Serial),
            (&["Họ và tên chủ hộ"], F::Name),
            (&["Năm sinh"], F::Birth),
            (&["Giới tính"], F::Sex),
            (&["Số CMND/CCCD"], F::Number),
            (&["Dân tộc"], F::People),
            (&["Thôn/Buôn"], F::Village),
            (&["Số nhân khẩu"], F::Persons),
            (&["Phân loại"], F::Class),
            (&["Điểm B1"], F::B1),
            (&["Điểm B2"], F::B2),
            (&["Không có KNLĐ"], F::NoLabour),
        ],
        Layout::CsvUtf8 | Layout::CsvUtf16 | Layout::Csv1258 => &[
            (&["Mã xã"], F::CommuneCode),
            (&["Tên xã"], F::Commune),
            (&["Thôn"], F::Village),
            (&["Họ tên chủ hộ"], F::Name),
            (&["Ngày sinh"], F::Birth),
            (&["Giới tính"], F::Sex),
            (&["CCCD"], F::Number),
            (&["Dân tộc"], F::People),
            (&["Nhân khẩu"], F::Persons),
            (&["Phân loại hộ"], F::Class),
            (&["B1"], F::B1),
            (&["B2"], F::B2),
            (&["KNLĐ"], F::NoLabour),
        ],
        Layout::Sheets | Layout::SheetsOds => return sheet_columns(),
    };
    list.to_vec()
}

/// The columns of a village's own sheet, with one for each indicator.
fn sheet_columns() -> Vec<Column> {
    use Field as F;
    let lacks: [&'static [&'static str]; 12] = [
        &["CS1"],
        &["CS2"],
        &["CS3"],
        &["CS4"],
        &["CS5"],
        &["CS6"],
        &["CS7"],
        &["CS8"],
        &["CS9"],
        &["CS10"],
        &["CS11"],
        &["CS12"],
    ];
    let mut list: Vec<Column> = vec![
        (&["TT"], F::Serial),
        (&["Họ tên chủ hộ"], F::Name),
        (&["Sinh ngày"], F::Birth),
        (&["Nam/Nữ"], F::Sex),
        (&["Số định danh cá nhân"], F::Number),
        (&["DT"], F::People),
        (&["Nhân khẩu"], F::Persons),
        (&["Phân loại (N/CN/KN)"], F::Class),
        (&["B1"], F::B1),
        (&["B2"], F::B2),
    ];
    list.extend((0..12).zip(lacks).map(|(i, head)| (head, F::Lacks(i))));
    list.push((&["Không có KNLĐ"], F::NoLabour));
    list
}
