//! Members of a made-up Party roster with their pledges, each a function of its number.

use super::chance::Chance;
use super::nation::Nation;
use super::written::{Field, Sheet};

const HEADINGS: [&str; 16] = [
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Dân tộc",
    "Số CCCD",
    "Số thẻ đảng",
    "Tổ chức cơ sở đảng",
    "Chi bộ",
    "Ngày vào Đảng",
    "Trạng thái",
    "Hưởng lương NSNN",
    "Ngày lương đăng ký",
    "Ngày công đăng ký",
    "Số cây giống đăng ký",
    "Ghi chú",
];

/// A roster: one member for six households of the nation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Roster {
    nation: Nation,
    /// Its rows, all of them members that count.
    pub(crate) members: u64,
}

/// What a roster adds up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct KnownMembers {
    /// Members.
    pub(crate) total: u64,
    /// Women.
    pub(crate) women: u64,
    /// Members of minority peoples.
    pub(crate) minority: u64,
    /// Exempt members.
    pub(crate) exempt: u64,
    /// Members on the state's payroll.
    pub(crate) salaried: u64,
    /// Days of salary that eligible members pledge.
    pub(crate) salary_days: u64,
    /// Days of labour.
    pub(crate) labour_days: u64,
    /// Seedlings.
    pub(crate) seedlings: u64,
    /// Eligible members who pledge anything.
    pub(crate) taking_part: u64,
}

struct Member {
    commune: u64,
    cell: u64,
    name: u64,
    year: u64,
    woman: bool,
    people: u64,
    exempt: bool,
    salaried: bool,
    salary_days: u64,
    labour_days: u64,
    seedlings: u64,
}

impl Roster {
    /// The roster that belongs to a nation.
    #[must_use]
    pub(crate) fn of(nation: Nation) -> Self {
        Self { nation, members: nation.rows / 6 }
    }

    fn member(self, row: u64) -> Member {
        let mut chance = Chance::of(row ^ (1 << 40));
        let mut below = |n: u64| chance.next() % n;
        let exempt = below(20) == 0;
        let salaried = below(3) == 0;
        let idle = exempt || below(10) == 0;
        let mut given = |more: u64, when: bool| if idle || !when { 0 } else { 1 + below(more) };
        let (salary_days, labour_days, seedlings) = (given(2, salaried), given(5, !salaried), given(15, row.is_multiple_of(7)));
        Member {
            commune: row * self.nation.communes / self.members,
            cell: below(self.nation.villages),
            name: below(8 * 6),
            year: 1950 + row % 50,
            woman: below(3) == 0,
            people: if below(2) == 0 { 0 } else { 1 + below(4) },
            exempt,
            salaried,
            salary_days,
            labour_days,
            seedlings,
        }
    }

    /// What the roster adds up to.
    #[must_use]
    pub(crate) fn known(self) -> KnownMembers {
        let mut sum = KnownMembers::default();
        for member in (0..self.members).map(|row| self.member(row)) {
            sum.total += 1;
            sum.women += u64::from(member.woman);
            sum.minority += u64::from(member.people > 0);
            sum.exempt += u64::from(member.exempt);
            sum.salaried += u64::from(member.salaried);
            sum.salary_days += member.salary_days;
            sum.labour_days += member.labour_days;
            sum.seedlings += member.seedlings;
            sum.taking_part += u64::from(member.salary_days + member.labour_days + member.seedlings > 0);
        }
        sum
    }

    /// The rows of the roster as a sheet.
    #[must_use]
    pub(crate) fn sheet(self) -> Sheet {
        let mut words = Sheet::new("Danh sach dang vien", &HEADINGS);
        let owned = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        let sexes = words.add(owned(&["Nam", "Nữ"]));
        let peoples = words.add(owned(&["Kinh", "M'Nông", "Ê Đê", "Tày", "Nùng"]));
        let standings = words.add(owned(&["Chính thức", "Miễn sinh hoạt"]));
        let paid = words.add(owned(&["Không", "Có"]));
        let organisations = words.add((0..self.nation.communes).map(|commune| {
            let name = self.nation.commune(commune);
            format!("Đảng bộ xã {}", name.trim_start_matches("Xã "))
        }));
        let cells = words.add((1..=self.nation.villages).map(|village| format!("Chi bộ Buôn {village}")));
        let given = ["Hùng", "Sơn", "Hải", "Long", "Hoa", "Lan", "Mai", "Yến"];
        let names = words.add(given.iter().flat_map(|given| {
            ["Nguyễn Văn", "Trần Thị", "Y Bhĭ", "Lê Ngọc", "Phạm Thu", "Nông Minh"]
                .iter()
                .map(move |first| format!("{first} {given}"))
        }));
        words.rows = Box::new(move |row, out| {
            let member = self.member(row);
            let some = |amount: u64| if amount == 0 { Field::Blank } else { Field::Number(amount) };
            let serial = row / 50 * 7_919 % 1_000_000;
            out.push(Field::Number(row + 1));
            out.push(Field::Word(names + member.name));
            out.push(Field::Day { year: member.year, month: 1 + row % 12, day: 1 + row % 28 });
            out.push(Field::Word(sexes + u64::from(member.woman)));
            out.push(Field::Word(peoples + member.people));
            let born = u64::from(member.woman) * 100_000_000 + (member.year - 1900) * 1_000_000;
            out.push(Field::Digits(67 * 1_000_000_000 + born + serial));
            out.push(Field::Digits(380_000_000_000 + row));
            out.push(Field::Word(organisations + member.commune));
            out.push(Field::Word(cells + member.cell));
            out.push(Field::Day { year: member.year + 22, month: 1 + row % 12, day: 1 + row % 28 });
            out.push(Field::Word(standings + u64::from(member.exempt)));
            out.push(Field::Word(paid + u64::from(member.salaried)));
            out.push(some(member.salary_days));
            out.push(some(member.labour_days));
            out.push(some(member.seedlings));
            out.push(Field::Blank);
        });
        words
    }
}
