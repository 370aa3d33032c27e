//! Invented people: names as each people writes them, birth dates and citizen numbers.

use super::chance::Chance;
use super::places::Settlers;
use std::collections::BTreeSet;

/// A calendar day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Day {
    pub(crate) year: u32,
    pub(crate) month: u32,
    pub(crate) day: u32,
}

impl Day {
    /// A day of the given year; only days that every month has.
    pub(crate) fn within(chance: &mut Chance, year: u32) -> Self {
        Self { year, month: chance.between(1, 12), day: chance.between(1, 28) }
    }

    /// `05/06/1979`.
    pub(crate) fn long(self) -> String {
        format!("{:02}/{:02}/{}", self.day, self.month, self.year)
    }

    /// `5/6/1979`.
    pub(crate) fn short(self) -> String {
        format!("{}/{}/{}", self.day, self.month, self.year)
    }

    /// The number a spreadsheet that counts from 1900 keeps for the day.
    pub(crate) fn serial(self) -> u32 {
        let (year, month) = if self.month > 2 { (self.year, self.month - 3) } else { (self.year - 1, self.month + 9) };
        let days = 365 * year + year / 4 - year / 100 + year / 400;
        days + (153 * month + 2) / 5 + self.day - 1 - 693_899
    }
}

/// A person of the sample.
#[derive(Clone)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) woman: bool,
    pub(crate) birth: Day,
    pub(crate) people: &'static str,
    pub(crate) number: String,
}

impl Person {
    /// `Nam` or `Nữ`.
    pub(crate) fn sex(&self) -> &'static str {
        if self.woman { "Nữ" } else { "Nam" }
    }

    /// Everybody who is not Kinh belongs to a minority people.
    pub(crate) fn minority(&self) -> bool {
        self.people != "Kinh"
    }
}

/// Makes people and keeps their citizen numbers apart.
pub(crate) struct Registry {
    chance: Chance,
    taken: BTreeSet<String>,
}

impl Registry {
    /// Starts with nobody in it.
    pub(crate) fn new(topic: u64) -> Self {
        Self { chance: Chance::of(topic), taken: BTreeSet::new() }
    }

    /// The head of a household in a village of these settlers.
    pub(crate) fn head(&mut self, settlers: Settlers) -> Person {
        let people = self.people_of(settlers);
        let woman = self.chance.percent(if local(people) { 44 } else { 27 });
        let year = self.chance.between(1939, 1999);
        self.person(people, woman, year)
    }

    /// A person of a given people, sex and year of birth.
    pub(crate) fn person(&mut self, people: &'static str, woman: bool, year: u32) -> Person {
        let birth = Day::within(&mut self.chance, year);
        Person { name: name(&mut self.chance, people, woman), woman, birth, people, number: self.number(woman, year) }
    }

    /// One of the minority peoples, as they are spread over the district.
    pub(crate) fn minority_people(&mut self) -> &'static str {
        let settlers = if self.chance.percent(70) { Settlers::Local } else { Settlers::Northern };
        loop {
            let people = self.people_of(settlers);
            if people != "Kinh" {
                return people;
            }
        }
    }

    fn people_of(&mut self, settlers: Settlers) -> &'static str {
        let dice = self.chance.between(1, 100);
        match settlers {
            Settlers::Local => match dice {
                1..=74 => "M'Nông",
                75..=89 => "Ê Đê",
                90 => "Gia Rai",
                _ => "Kinh",
            },
            Settlers::Lowland => match dice {
                1..=88 => "Kinh",
                89..=92 => "Tày",
                93..=95 => "Nùng",
                96..=97 => "Mường",
                98 => "M'Nông",
                _ => "Thái",
            },
            Settlers::Northern => match dice {
                1..=28 => "Tày",
                29..=52 => "Nùng",
                53..=68 => "Thái",
                69..=80 => "Hmông",
                81..=87 => "Dao",
                _ => "Kinh",
            },
        }
    }

    /// Twelve digits: province 066, sex and century, year, then six of chance.
    fn number(&mut self, woman: bool, year: u32) -> String {
        let century = if year >= 2000 { 2 } else { 0 };
        loop {
            let tail = self.chance.between(1, 999_999);
            let number = format!("066{}{:02}{tail:06}", century + u32::from(woman), year % 100);
            // Six zeros at the end would look like digits that a spreadsheet has lost.
            if !number.ends_with("000") && self.taken.insert(number.clone()) {
                return number;
            }
        }
    }
}

/// M'Nông, Ê Đê and Gia Rai name themselves Y (men) and H or H' (women).
fn local(people: &str) -> bool {
    matches!(people, "M'Nông" | "Ê Đê" | "Gia Rai")
}

const CLANS: &[&str] = &[
    "Liêng",
    "Rơ Yam",
    "Cil",
    "Bkrông",
    "Pang Ting",
    "Ông",
    "Triết",
    "Kmăn",
    "Du",
    "Hmok",
    "Kuan",
    "Bdap",
    "Srŭk",
    "Ƀing",
    "Lưk",
    "Jiê",
    "Long Dinh",
    "Teh",
    "Đrông",
    "Uông",
];
const CLANS_EDE: &[&str] = &["Niê", "Êban", "Byă", "Mlô", "Kbuôr", "Hđơk", "Ayŭn", "Niê Kdăm", "Êñuôl", "Buôn Yă", "Ksơr", "Kpă"];
const LOCAL_MEN: &[&str] = &[
    "Bang", "Krang", "Phơi", "Blơk", "Nêh", "Jony", "Dhăm", "Suă", "Wăn", "Thơn", "Lâm", "Gham", "Ngoan", "Bhĭ", "Kră", "Tik",
    "Đuk", "Mơ", "Tang", "Nhuôm", "Siu", "Khăm", "Chương", "Pôt",
];
const LOCAL_WOMEN: &[&str] = &[
    "Gro", "Blơi", "Yur", "Đuin", "Wing", "Nga", "Sa", "Rina", "Mai", "Lan", "Thu", "Nhao", "Bliăk", "Duyên", "Yên", "Juên",
    "Mrang", "Brông", "Nuên", "Liă", "Srai", "Chăm", "Ler", "Hoa",
];
const KINH: &[&str] = &[
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Đinh", "Trịnh", "Mai",
    "Cao", "Võ",
];
const MIDDLE_MEN: &[&str] = &["Văn", "Hữu", "Đức", "Công", "Quang", "Minh", "Xuân", "Đình", "Thanh", "Ngọc", "Bá", "Trọng"];
const MIDDLE_WOMEN: &[&str] = &["Thị", "Thị", "Thị", "Thu", "Ngọc", "Kim", "Thanh", "Bích", "Thúy"];
const GIVEN_MEN: &[&str] = &[
    "Hùng", "Dũng", "Cường", "Tuấn", "Sơn", "Hải", "Nam", "Long", "Thắng", "Khánh", "Việt", "Quân", "Phúc", "Đạt", "Bình", "Hòa",
    "Lâm", "Toàn", "Tiến", "Thành", "Vinh", "Nghĩa", "Chiến", "Tài",
];
const GIVEN_WOMEN: &[&str] = &[
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
    "Xuân",
    "Hiền",
    "Cúc",
];
const TAY: &[&str] = &["Nông", "Hoàng", "Lý", "Bế", "Lương", "Vi", "Hứa", "Triệu", "Ma", "Lục", "Đàm"];
const THAI: &[&str] = &["Lò", "Vi", "Cầm", "Quàng", "Hà", "Lương", "Lô", "Tòng"];
const HMONG: &[&str] = &["Giàng", "Vàng", "Sùng", "Thào", "Mùa", "Lầu", "Hờ", "Cư"];
const HMONG_MEN: &[&str] = &["Páo", "Dình", "Sử", "Chứ", "Lử", "Tủa", "Dơ", "Pó", "Sáu", "Của"];
const HMONG_WOMEN: &[&str] = &["Mỷ", "Dở", "Mai", "Sua", "Chá", "Dợ", "Pà", "Say"];
const DAO: &[&str] = &["Triệu", "Bàn", "Đặng", "Phùng", "Lý", "Chảo"];
const MUONG: &[&str] = &["Bùi", "Đinh", "Quách", "Hà", "Phạm", "Trương"];

/// A name as the people writes it. M'Nông and Ê Đê names have no family name in front.
fn name(chance: &mut Chance, people: &str, woman: bool) -> String {
    if local(people) {
        let clans = if people == "M'Nông" { CLANS } else { CLANS_EDE };
        let clan = chance.word(clans);
        if !woman {
            return format!("Y {} {clan}", chance.word(LOCAL_MEN));
        }
        let given = chance.word(LOCAL_WOMEN);
        return if chance.percent(55) { format!("H'{given} {clan}") } else { format!("H {given} {clan}") };
    }
    if people == "Hmông" {
        let family = chance.word(HMONG);
        return if woman {
            format!("{family} Thị {}", chance.word(HMONG_WOMEN))
        } else {
            format!("{family} A {}", chance.word(HMONG_MEN))
        };
    }
    let families = match people {
        "Tày" | "Nùng" => TAY,
        "Thái" => THAI,
        "Dao" => DAO,
        "Mường" => MUONG,
        _ => KINH,
    };
    let family = chance.word(families);
    let (middle, given) = if woman {
        (chance.word(MIDDLE_WOMEN), chance.word(GIVEN_WOMEN))
    } else {
        (chance.word(MIDDLE_MEN), chance.word(GIVEN_MEN))
    };
    format!("{family} {middle} {given}")
}
