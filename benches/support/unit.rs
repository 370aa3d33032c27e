//! The poor and near-poor households of one commune and the members of its committee, as two lists.

use std::io::{Result, Write};

use super::chance::Chance;

const PEOPLES: [&str; 5] = ["Kinh", "Ê Đê", "M'Nông", "Tày", "Nùng"];

/// A commune of some size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unit {
    pub(crate) households: u64,
    pub(crate) members: u64,
    pub(crate) villages: u64,
}

impl Unit {
    /// Writes the households. Peoples live together: each village has a main one.
    pub(crate) fn households(self, mut out: impl Write) -> Result<()> {
        writeln!(out, "STT,Xã,Thôn/Buôn,Họ và tên chủ hộ,Ngày sinh,Giới tính,Dân tộc,Số CCCD,Số nhân khẩu,Phân loại hộ,B1,B2")?;
        for row in 0..self.households {
            let mut chance = Chance::of(row);
            let mut below = |n: u64| chance.next() % n;
            let village = row * self.villages / self.households;
            let people = if below(4) == 0 { below(5) } else { village % 5 };
            let (class, b2) = if below(5) < 3 { ("Hộ nghèo", 40) } else { ("Hộ cận nghèo", 10) };
            let (sex, born, citizen) = person(row, below(2) == 1, 1930);
            let (people, persons) = (PEOPLES[usize::try_from(people).unwrap_or(0)], 1 + below(6));
            let place = format!("Xã Ea Thử,Buôn {}", village + 1);
            writeln!(out, "{},{place},Y Thử {row},{born},{sex},{people},{citizen},{persons},{class},100,{b2}", row + 1)?;
        }
        out.flush()
    }

    /// Writes the members, each of the cell of a village.
    pub(crate) fn members(self, mut out: impl Write) -> Result<()> {
        writeln!(out, "STT,Họ và tên,Ngày sinh,Giới tính,Dân tộc,Số CCCD,Số thẻ đảng,Tổ chức cơ sở đảng,Chi bộ")?;
        for row in 0..self.members {
            let mut chance = Chance::of(row ^ (1 << 40));
            let mut below = |n: u64| chance.next() % n;
            let (sex, born, citizen) = person(row, below(2) == 1, 1950);
            let (people, cell) = (PEOPLES[usize::try_from(below(5)).unwrap_or(0)], 1 + below(self.villages));
            let party = format!("{row:012},Đảng bộ xã Ea Thử,Chi bộ Buôn {cell}");
            writeln!(out, "{},H Thử {row},{born},{sex},{people},{citizen},{party}", row + 1)?;
        }
        out.flush()
    }
}

/// Sex, birth and number of a person.
fn person(row: u64, woman: bool, first_year: u64) -> (&'static str, String, String) {
    let year = first_year + row % 50;
    let citizen = format!("066{}{:02}{:06}", u64::from(woman), year - 1900, row / 50 + 1);
    (if woman { "Nữ" } else { "Nam" }, format!("01/01/{year}"), citizen)
}
