//! Households of a made-up nation, each a function of its number.
//!
//! Of 1,000 rows one is a household listed a second time (it must not be counted), of 2,000 rows one has a part of a
//! person (it must not be counted), of 500 rows one has a B2 unlike its marks (a warning; it counts).

use super::chance::Chance;
use super::written::{Field, Sheet};

/// The headings of the thirty columns.
pub(crate) const HEADINGS: [&str; 30] = [
    "STT",
    "Xã",
    "Thôn/Buôn",
    "Họ và tên chủ hộ",
    "Ngày sinh",
    "Giới tính",
    "Dân tộc",
    "Số CCCD",
    "Số nhân khẩu",
    "Phân loại hộ",
    "B1",
    "B2",
    "CS1",
    "CS2",
    "CS3",
    "CS4",
    "CS5",
    "CS6",
    "CS7",
    "CS8",
    "CS9",
    "CS10",
    "CS11",
    "CS12",
    "Không có khả năng lao động",
    "Người có công",
    "Hỗ trợ y tế",
    "Hỗ trợ giáo dục",
    "Hỗ trợ vay vốn",
    "Ghi chú",
];

const CLASSES: [&str; 3] = ["Hộ nghèo", "Hộ cận nghèo", "Hộ không nghèo"];
const SEXES: [&str; 2] = ["Nam", "Nữ"];
const PEOPLES: [&str; 8] = ["Kinh", "M'Nông", "Ê Đê", "Tày", "Nùng", "Thái", "Hmông", "Dao"];
const NOTES: [&str; 2] = ["Mới chuyển đến", "Vắng mặt lúc rà soát, người thân trả lời"];
const MARK: &str = "x";
const FAMILIES: [&str; 24] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Đinh", "Trịnh", "Mai",
    "Cao", "Võ", "Nông", "Lò", "Giàng", "Niê", "Ƀing", "Bdap",
];
const MIDDLES: [&str; 16] =
    ["Văn", "Thị", "Hữu", "Đức", "Công", "Quang", "Minh", "Xuân", "Đình", "Thanh", "Ngọc", "Bá", "Trọng", "Thu", "Kim", "Bích"];
const GIVEN: [&str; 48] = [
    "Hùng",
    "Dũng",
    "Cường",
    "Tuấn",
    "Sơn",
    "Hải",
    "Nam",
    "Long",
    "Thắng",
    "Khánh",
    "Việt",
    "Quân",
    "Phúc",
    "Đạt",
    "Bình",
    "Hòa",
    "Lâm",
    "Toàn",
    "Tiến",
    "Thành",
    "Vinh",
    "Nghĩa",
    "Chiến",
    "Tài",
    "Hoa",
    "Hương",
    "Lan",
    "Mai",
    "Nga",
    "Yến",
    "Thủy",
    "Hạnh",
    "Dung",
    "Loan",
    "Oanh",
    "Phượng",
    "Trang",
    "Thảo",
    "Hà",
    "Chi",
    "Hồng",
    "Liên",
    "Nhung",
    "Tuyết",
    "Vân",
    "Hiền",
    "Cúc",
    "Bhĭ",
];

/// So many households in so many communes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Nation {
    /// All rows, those included that must not be counted.
    pub(crate) rows: u64,
    /// Communes.
    pub(crate) communes: u64,
    /// Villages of a commune.
    pub(crate) villages: u64,
}

/// What the rows of an area add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// Households that count.
    pub(crate) households: u64,
    /// Their persons.
    pub(crate) persons: u64,
    /// Poor ones among them.
    pub(crate) poor: u64,
    /// Near-poor ones.
    pub(crate) near_poor: u64,
    /// Persons of the poor ones.
    pub(crate) poor_persons: u64,
    /// Rows that must not be counted.
    pub(crate) rejected: u64,
}

/// A household.
#[derive(Clone, Debug)]
pub(crate) struct Household {
    /// Its commune, from 0.
    pub(crate) commune: u64,
    village: u64,
    name: u64,
    year: u64,
    month: u64,
    day: u64,
    woman: bool,
    people: u64,
    citizen: u64,
    /// Its persons; a faulty row has seven tenths of a person more.
    pub(crate) persons: u64,
    /// 0 poor, 1 near-poor, 2 neither.
    pub(crate) class: u64,
    b1: u64,
    b2: u64,
    marks: u64,
    others: u64,
    note: u64,
}

impl Nation {
    /// A district, a province, a region or the nation, by the number of rows.
    #[must_use]
    pub(crate) fn of(rows: u64) -> Self {
        let communes = match rows {
            0..1_000 => 3,
            1_000..100_000 => 11,
            100_000..1_000_000 => 180,
            1_000_000..10_000_000 => 700,
            _ => 3_321,
        };
        Self { rows, communes, villages: (rows / communes / 250).max(8) }
    }

    /// The name of a commune.
    #[must_use]
    pub(crate) fn commune(self, commune: u64) -> String {
        let first = ["Ea Tul", "Krông Bông", "Cư Pui", "Ia Rsai", "Đắk Wer", "Tân Lập", "Hòa Tiến"];
        let at = usize::try_from(commune).unwrap_or(0) % first.len();
        format!("Xã {} {}", first[at], commune + 1)
    }

    /// Whether a row repeats an earlier household.
    #[must_use]
    pub(crate) fn is_double(row: u64) -> bool {
        row % 1_000 == 999
    }

    /// Whether a row has a part of a person.
    #[must_use]
    pub(crate) fn is_faulty(row: u64) -> bool {
        row % 2_000 == 1_234
    }

    /// The household of a row, from 0.
    #[must_use]
    pub(crate) fn household(self, row: u64) -> Household {
        let row = if Self::is_double(row) { row - 450 } else { row };
        let mut chance = Chance::of(row);
        let mut below = |n: u64| chance.next() % n;
        let commune = row * self.communes / self.rows;
        let first = (commune * self.rows).div_ceil(self.communes);
        let next = ((commune + 1) * self.rows).div_ceil(self.communes);
        let village = (row - first) * self.villages / (next - first);
        let (poor, near) = (5 + commune * 7 % 30, 5 + commune * 5 % 15);
        let dice = below(100);
        let class = if dice < poor { 0 } else { u64::from(dice >= poor + near) + 1 };
        // A family is poor with three marks and more, nearly poor with fewer; others earn more than the line.
        let (b1, count) = match class {
            0 => (60 + 5 * below(16), 3 + below(5)),
            1 => (60 + 5 * below(16), below(3)),
            _ => (180 + 5 * below(30), below(4)),
        };
        let shift = below(12);
        let marks = (0..count).map(|at| 1 << ((shift + at * 5) % 12)).sum();
        // The number of a citizen tells province, sex, century and year of birth; the rest counts up and is shuffled.
        let (woman, year) = (below(10) < 3, 1930 + row % 64);
        let serial = (row / 64 * 7_919) % 1_000_000;
        let citizen = 66 * 1_000_000_000 + u64::from(woman) * 100_000_000 + (year - 1900) * 1_000_000 + serial;
        Household {
            commune,
            village,
            name: below(24 * 16 * 48),
            year,
            month: 1 + below(12),
            day: 1 + below(28),
            woman,
            people: if below(2) == 0 { 0 } else { below(8) },
            citizen,
            persons: 1 + below(7),
            class,
            b1,
            b2: 10 * count + if row % 500 == 250 { 10 } else { 0 },
            marks,
            others: below(1 << 10) & below(1 << 10),
            note: below(50),
        }
    }

    /// What the counted rows add up to, by commune.
    #[must_use]
    pub(crate) fn known(self) -> Vec<Known> {
        let mut known = vec![Known::default(); usize::try_from(self.communes).unwrap_or(0)];
        for row in 0..self.rows {
            let household = self.household(row);
            let Some(sum) = known.get_mut(usize::try_from(household.commune).unwrap_or(0)) else { continue };
            if Self::is_double(row) || Self::is_faulty(row) {
                sum.rejected += 1;
                continue;
            }
            sum.households += 1;
            sum.persons += household.persons;
            match household.class {
                0 => {
                    sum.poor += 1;
                    sum.poor_persons += household.persons;
                }
                1 => sum.near_poor += 1,
                _ => {}
            }
        }
        known
    }

    /// The rows of a file as a sheet.
    #[must_use]
    pub(crate) fn sheet(self) -> Sheet {
        let mut words = Sheet::new("Danh sach ho", &HEADINGS);
        let classes = words.add(CLASSES.iter().map(ToString::to_string));
        let sexes = words.add(SEXES.iter().map(ToString::to_string));
        let peoples = words.add(PEOPLES.iter().map(ToString::to_string));
        let notes = words.add(NOTES.iter().map(ToString::to_string));
        let mark = words.add([MARK.to_owned()]);
        let communes = words.add((0..self.communes).map(|commune| self.commune(commune)));
        let villages = words.add((1..=self.villages).map(|village| format!("Buôn {village}")));
        let names = words.add(GIVEN.iter().flat_map(|given| {
            MIDDLES.iter().flat_map(move |middle| FAMILIES.iter().map(move |family| format!("{family} {middle} {given}")))
        }));
        words.rows = Box::new(move |row, out| {
            let house = self.household(row);
            out.push(Field::Number(row + 1));
            out.push(Field::Word(communes + house.commune));
            out.push(Field::Word(villages + house.village));
            out.push(Field::Word(names + house.name));
            out.push(Field::Day { year: house.year, month: house.month, day: house.day });
            out.push(Field::Word(sexes + u64::from(house.woman)));
            out.push(Field::Word(peoples + house.people));
            out.push(Field::Digits(house.citizen));
            out.push(if Self::is_faulty(row) { Field::Tenths(house.persons * 10 + 7) } else { Field::Number(house.persons) });
            out.push(Field::Word(classes + house.class));
            out.push(Field::Number(house.b1));
            out.push(Field::Number(house.b2));
            let mut marked = |set: bool| out.push(if set { Field::Mark(mark) } else { Field::Blank });
            (0..12).for_each(|at| marked(house.marks >> at & 1 == 1));
            (0..5).for_each(|at| marked(house.others >> (2 * at) & 3 == 3));
            out.push(if house.note < 2 { Field::Word(notes + house.note) } else { Field::Blank });
        });
        words
    }
}
