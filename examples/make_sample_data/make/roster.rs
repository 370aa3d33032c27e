//! The Party roster: 51 organisations, 3,305 members, their standing, pledges and deliveries.

use super::chance::Chance;
use super::names::{Day, Person, Registry};
use super::places::COMMUNES;
use super::survey::{Class, Household};

/// Members, women and members of minority peoples, as published.
const MEMBERS: usize = 3305;
const WOMEN: usize = 1142;
const MINORITY: usize = 1419;

/// Committees beside those of the communes, with their members.
const COMMITTEES: [(&str, u32); 3] =
    [("Đảng bộ Công an huyện", 132), ("Đảng bộ Quân sự huyện", 104), ("Đảng bộ Cơ quan Đảng - Đoàn thể", 118)];

/// Cells directly under the district.
const CELLS: [&str; 37] = [
    "Chi bộ Phòng Tài chính - Kế hoạch",
    "Chi bộ Phòng Nội vụ",
    "Chi bộ Phòng Giáo dục và Đào tạo",
    "Chi bộ Phòng Tài nguyên và Môi trường",
    "Chi bộ Phòng Nông nghiệp và PTNT",
    "Chi bộ Phòng Lao động - TB và XH",
    "Chi bộ Phòng Dân tộc",
    "Chi bộ Phòng Tư pháp",
    "Chi bộ Phòng Văn hóa và Thông tin",
    "Chi bộ Phòng Kinh tế và Hạ tầng",
    "Chi bộ Thanh tra huyện",
    "Chi bộ Văn phòng HĐND và UBND",
    "Chi bộ Trung tâm Y tế",
    "Chi bộ Bảo hiểm xã hội",
    "Chi bộ Kho bạc Nhà nước",
    "Chi bộ Ngân hàng CSXH",
    "Chi bộ Ngân hàng Nông nghiệp",
    "Chi bộ Chi cục Thuế",
    "Chi bộ Hạt Kiểm lâm",
    "Chi bộ Tòa án nhân dân",
    "Chi bộ Viện Kiểm sát nhân dân",
    "Chi bộ Chi cục Thi hành án",
    "Chi bộ Chi cục Thống kê",
    "Chi bộ Trường THPT Lắk",
    "Chi bộ Trường THPT Hồ Lắk",
    "Chi bộ Trường Dân tộc nội trú",
    "Chi bộ Trung tâm GDNN - GDTX",
    "Chi bộ Trung tâm Chính trị",
    "Chi bộ Trạm Khuyến nông",
    "Chi bộ Trạm Thú y",
    "Chi bộ Điện lực Lắk",
    "Chi bộ Bưu điện huyện",
    "Chi bộ Viễn thông Lắk",
    "Chi bộ Công ty Lâm nghiệp Lắk",
    "Chi bộ Ban quản lý rừng",
    "Chi bộ Hội Chữ thập đỏ",
    "Chi bộ Trung tâm Truyền thông",
];

/// Species of seedlings that the resolution names.
pub(crate) const SPECIES: &[&str] = &["Sầu riêng", "Bơ", "Mít", "Chôm chôm", "Nhãn"];

/// Days in half days, and seedlings.
#[derive(Clone, Copy, Default)]
pub(crate) struct Amounts {
    pub(crate) salary_halves: u32,
    pub(crate) labour_halves: u32,
    pub(crate) seedlings: u32,
}

/// A member as the roster has it.
pub(crate) struct Member {
    pub(crate) person: Person,
    pub(crate) organisation: String,
    pub(crate) cell: String,
    pub(crate) admitted: Day,
    pub(crate) official: Option<Day>,
    pub(crate) standing: String,
    pub(crate) salaried: bool,
    pub(crate) coefficient: &'static str,
    pub(crate) pledged: Amounts,
    pub(crate) delivered: Amounts,
    pub(crate) species: &'static str,
    /// Class of the member's own household, where the member heads one of the survey.
    pub(crate) own_household: Option<Class>,
}

impl Member {
    /// Whether the programme asks anything of the member on 31 December 2023.
    pub(crate) fn eligible(&self) -> bool {
        let standing = self.standing.as_str();
        standing == "Chính thức" || standing == "Dự bị" || standing.ends_with("2024")
    }

    /// Whether anything is pledged.
    pub(crate) fn takes_part(&self) -> bool {
        self.pledged.salary_halves + self.pledged.labour_halves + self.pledged.seedlings > 0
    }

    /// Whether what is pledged is the least that the resolution asks.
    pub(crate) fn meets_minimum(&self) -> bool {
        let committees = ["Đảng bộ xã", "Đảng bộ thị trấn"];
        let in_commune = committees.iter().any(|c| self.organisation.starts_with(c));
        match (in_commune, self.salaried) {
            (true, false) => self.pledged.labour_halves >= 2,
            (true, true) => self.pledged.salary_halves >= 2,
            (false, _) => self.pledged.salary_halves >= 2 || self.pledged.seedlings >= 10,
        }
    }
}

/// An organisation and its cells; `commune` where it is a commune's committee.
pub(crate) struct Organisation {
    pub(crate) name: String,
    pub(crate) members: u32,
    pub(crate) cells: Vec<String>,
    pub(crate) commune: Option<usize>,
}

/// The 51 base organisations: 14 committees and 37 cells.
pub(crate) fn organisations() -> Vec<Organisation> {
    let mut all: Vec<Organisation> = Vec::new();
    for (index, commune) in COMMUNES.iter().enumerate() {
        let villages = commune.villages.iter().map(|(v, _)| format!("Chi bộ {v}"));
        let offices = ["Chi bộ Cơ quan", "Chi bộ Trường học"].map(str::to_owned);
        all.push(Organisation {
            name: commune.committee(),
            members: commune.members,
            cells: villages.chain(offices).collect(),
            commune: Some(index),
        });
    }
    for (name, members) in COMMITTEES {
        all.push(Organisation {
            name: name.to_owned(),
            members,
            cells: (1..=4).map(|n| format!("Chi bộ {n}")).collect(),
            commune: None,
        });
    }
    for (name, index) in CELLS.iter().zip(0_u32..) {
        // 28 on average: one more in a cell is one less in the next, and the last has 28.
        let spread = index / 2 % 6;
        let members = match (index, index % 2) {
            (36, _) => 28,
            (_, 0) => 28 + spread,
            _ => 28 - spread,
        };
        all.push(Organisation { name: (*name).to_owned(), members, cells: vec![(*name).to_owned()], commune: None });
    }
    all
}

/// The roster, in order of organisation.
pub(crate) fn roster(survey: &[Household], registry: &mut Registry) -> Vec<Member> {
    let mut chance = Chance::of(4);
    let mut seats = Vec::new();
    for organisation in organisations() {
        let mut heads = heads_by_cell(survey, &organisation, &mut chance);
        for seat in 0..organisation.members {
            let which = usize::try_from(seat).unwrap_or(0) % organisation.cells.len();
            let head = heads.get_mut(which).and_then(Vec::pop);
            // Nearly half of a commune's members head a household of the survey.
            let head = head.filter(|_| chance.percent(45));
            let cell = organisation.cells[which].clone();
            seats.push((organisation.name.clone(), cell, organisation.commune, head));
        }
    }
    let kinds = kinds(&seats.iter().map(|s| s.3).collect::<Vec<_>>(), &mut chance);
    seats
        .into_iter()
        .zip(kinds)
        .map(|((organisation, cell, commune, head), (woman, minority))| {
            let person = match head {
                Some(household) => household.head.clone(),
                None => newcomer(registry, &mut chance, woman, minority),
            };
            let own = head.map(|h| h.class);
            member(person, organisation, cell, commune.is_some(), own, &mut chance)
        })
        .collect()
}

/// Heads of households in the village of each cell, shuffled; men of middle age come last, which
/// is first to be taken.
fn heads_by_cell<'a>(survey: &'a [Household], organisation: &Organisation, chance: &mut Chance) -> Vec<Vec<&'a Household>> {
    let Some(commune) = organisation.commune else {
        return Vec::new();
    };
    let villages = COMMUNES[commune].villages;
    (0..villages.len())
        .map(|village| {
            let mut heads: Vec<&Household> = survey
                .iter()
                .filter(|h| h.commune == commune && h.village == village)
                .filter(|h| h.class == Class::Other || chance.percent(12))
                .filter(|h| h.head.birth.year > 1945 && !h.no_labour)
                .collect();
            chance.shuffle(&mut heads);
            heads
        })
        .collect()
}

/// Sex and minority of each member, so that the published numbers come out exactly.
fn kinds(heads: &[Option<&Household>], chance: &mut Chance) -> Vec<(bool, bool)> {
    let known: Vec<&Person> = heads.iter().flatten().map(|h| &h.head).collect();
    let women = WOMEN - known.iter().filter(|p| p.woman).count();
    let minority = MINORITY - known.iter().filter(|p| p.minority()).count();
    let others = MEMBERS - known.len();
    let mut sexes: Vec<bool> = (0..others).map(|i| i < women).collect();
    let mut peoples: Vec<bool> = (0..others).map(|i| i < minority).collect();
    chance.shuffle(&mut sexes);
    chance.shuffle(&mut peoples);
    let mut fresh = sexes.into_iter().zip(peoples);
    heads
        .iter()
        .map(|head| match head {
            Some(h) => (h.head.woman, h.head.minority()),
            None => fresh.next().unwrap_or((false, false)),
        })
        .collect()
}

fn newcomer(registry: &mut Registry, chance: &mut Chance, woman: bool, minority: bool) -> Person {
    let people = if minority { registry.minority_people() } else { "Kinh" };
    let year = chance.between(1952, 2003);
    registry.person(people, woman, year)
}

fn member(
    person: Person,
    organisation: String,
    cell: String,
    in_commune: bool,
    own_household: Option<Class>,
    chance: &mut Chance,
) -> Member {
    let age_joined = chance.between(19, 34);
    let latest = if person.birth.year > 1985 { 2022 } else { 2021 };
    let year = (person.birth.year + age_joined).min(latest);
    let admitted = Day::within(chance, year);
    let probation = year >= 2022 && chance.percent(85);
    let official = Day { year: year + 1, ..admitted };
    let salaried = if in_commune {
        cell.ends_with("Cơ quan") || cell.ends_with("Trường học") || chance.percent(18)
    } else {
        chance.percent(97)
    };
    let standing = standing(&person, probation, chance);
    let mut member = Member {
        person,
        organisation,
        cell,
        admitted,
        official: (!probation).then_some(official),
        standing,
        salaried,
        coefficient: "",
        pledged: Amounts::default(),
        delivered: Amounts::default(),
        species: "",
        own_household,
    };
    if salaried {
        member.coefficient = chance.word(&["2,34", "2,67", "3,0", "3,33", "3,66", "3,99", "4,4", "4,98"]);
    }
    pledge(&mut member, in_commune, chance);
    member
}

fn standing(person: &Person, probation: bool, chance: &mut Chance) -> String {
    if probation {
        return "Dự bị".to_owned();
    }
    let exempt = if person.birth.year <= 1960 { 45 } else { 2 };
    let text = match (chance.percent(exempt), chance.between(1, 600)) {
        // One in a hundred of the exemptions begins after the year, and does not hold yet.
        (true, 1..=6) => "Miễn sinh hoạt từ 01/02/2024",
        (true, 7..=200) => "Miễn sinh hoạt từ 01/03/2022",
        (true, 201..=400) => "Miễn sinh hoạt từ 15/08/2021",
        (true, 401..=560) => "Miễn sinh hoạt từ 01/07/2023",
        (true, _) => "Miễn SH",
        (false, 1..=2) => "Chuyển đi",
        (false, 3) => "Đình chỉ sinh hoạt",
        (false, 4) => "Từ trần",
        _ => "Chính thức",
    };
    text.to_owned()
}

fn pledge(member: &mut Member, in_commune: bool, chance: &mut Chance) {
    if !member.eligible() || chance.percent(8) {
        return;
    }
    let mut pledged = Amounts::default();
    match (in_commune, member.salaried) {
        (true, false) => pledged.labour_halves = *pick(chance, &[1, 2, 2, 4, 4, 6, 6, 10]),
        (true, true) => pledged.salary_halves = *pick(chance, &[1, 2, 2, 2, 2, 2, 2, 4]),
        (false, _) if chance.percent(55) => {
            pledged.salary_halves = *pick(chance, &[1, 2, 2, 2, 2, 2, 2, 2, 2, 4]);
        }
        (false, _) => {
            pledged.seedlings = *pick(chance, &[5, 10, 10, 10, 10, 10, 12, 15, 20]);
            member.species = chance.word(SPECIES);
        }
    }
    member.pledged = pledged;
    member.delivered = match chance.between(1, 100) {
        1..=74 => pledged,
        75..=88 => Amounts {
            salary_halves: pledged.salary_halves / 2,
            labour_halves: pledged.labour_halves / 2,
            seedlings: pledged.seedlings / 2,
        },
        _ => Amounts::default(),
    };
}

fn pick<'a>(chance: &mut Chance, from: &'a [u32]) -> &'a u32 {
    &from[chance.index(from.len())]
}
