//! The national multidimensional poverty standards: what "poor" means in a year, as data.
//!
//! A class means something under a standard only. Rates under two standards are never compared or drawn as one line.

/// A poverty standard (chuẩn nghèo đa chiều), named by the decree or decision that set it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standard {
    /// Decision 59/2015/QĐ-TTg, for 2016 to 2021.
    Nd59_2015,
    /// Decree 07/2021/NĐ-CP, for 2022 to 2025 and by Decree 351/2025/NĐ-CP still for 2026.
    Nd07_2021,
    /// Decree 351/2025/NĐ-CP, from 2027 on.
    Nd351_2025,
}

/// How the survey sheet B turns into a class: poor ⇔ B1 ≤ line and B2 ≥ `poor_from_b2`; near-poor ⇔ B1 ≤ line and
/// B2 < `poor_from_b2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scores {
    /// Line of B1 in communes (xã).
    pub rural_line: u32,
    /// Line of B1 in wards and towns (phường, thị trấn).
    pub urban_line: u32,
    /// The least B2 of a poor household.
    pub poor_from_b2: u32,
}

impl Scores {
    /// The line of B1 that holds in a commune.
    #[must_use]
    pub fn line(self, urban: bool) -> u32 {
        if urban { self.urban_line } else { self.rural_line }
    }
}

/// A basic social service (dịch vụ xã hội cơ bản) whose lack the indicators measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// Work.
    Work,
    /// Health.
    Health,
    /// Education.
    Education,
    /// Housing.
    Housing,
    /// Water and sanitation, under the newest standard with the environment.
    Water,
    /// Information.
    Information,
}

/// One indicator of deprivation (chỉ số thiếu hụt).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// The name as the decree prints it.
    pub name: &'static str,
    /// The service that it belongs to.
    pub service: Service,
}

const fn indicator(name: &'static str, service: Service) -> Indicator {
    Indicator { name, service }
}

use Service::{Education, Health, Housing, Information, Water, Work};

/// The ten indicators of Decision 59/2015/QĐ-TTg, article 1.
const OF_59: [Indicator; 10] = [
    indicator("Tiếp cận các dịch vụ y tế", Health),
    indicator("Bảo hiểm y tế", Health),
    indicator("Trình độ giáo dục của người lớn", Education),
    indicator("Tình trạng đi học của trẻ em", Education),
    indicator("Chất lượng nhà ở", Housing),
    indicator("Diện tích nhà ở bình quân đầu người", Housing),
    indicator("Nguồn nước sinh hoạt", Water),
    indicator("Hố xí/nhà tiêu hợp vệ sinh", Water),
    indicator("Sử dụng dịch vụ viễn thông", Information),
    indicator("Tài sản phục vụ tiếp cận thông tin", Information),
];

/// The twelve indicators of Decree 07/2021/NĐ-CP, article 3, in the order of its annex and of the forms.
const OF_07: [Indicator; 12] = [
    indicator("Việc làm", Work),
    indicator("Người phụ thuộc trong hộ gia đình", Work),
    indicator("Dinh dưỡng", Health),
    indicator("Bảo hiểm y tế", Health),
    indicator("Trình độ giáo dục của người lớn", Education),
    indicator("Tình trạng đi học của trẻ em", Education),
    indicator("Chất lượng nhà ở", Housing),
    indicator("Diện tích nhà ở bình quân đầu người", Housing),
    indicator("Nguồn nước sinh hoạt", Water),
    indicator("Nhà tiêu hợp vệ sinh", Water),
    indicator("Sử dụng dịch vụ viễn thông", Information),
    indicator("Phương tiện phục vụ tiếp cận thông tin", Information),
];

/// The twelve indicators of Decree 351/2025/NĐ-CP: household waste comes in and the means of information go out. The
/// wording and the order follow the published drafts.
const OF_351: [Indicator; 12] = [
    OF_07[0],
    OF_07[1],
    OF_07[2],
    OF_07[3],
    OF_07[4],
    OF_07[5],
    OF_07[6],
    OF_07[7],
    OF_07[8],
    OF_07[9],
    indicator("Xử lý rác thải sinh hoạt", Water),
    OF_07[10],
];

impl Standard {
    /// All standards, oldest first.
    pub const ALL: [Self; 3] = [Self::Nd59_2015, Self::Nd07_2021, Self::Nd351_2025];

    /// The stable id that files and scripts use.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Nd59_2015 => "ND59-2015",
            Self::Nd07_2021 => "ND07-2021",
            Self::Nd351_2025 => "ND351-2025",
        }
    }

    /// The standard of an id, in any case.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standard| standard.id().eq_ignore_ascii_case(id))
    }

    /// The legal text as it is quoted in a report.
    #[must_use]
    pub fn decree(self) -> &'static str {
        match self {
            Self::Nd59_2015 => "Quyết định số 59/2015/QĐ-TTg",
            Self::Nd07_2021 => "Nghị định số 07/2021/NĐ-CP",
            Self::Nd351_2025 => "Nghị định số 351/2025/NĐ-CP",
        }
    }

    /// The standard of a year's survey, where the programme file does not say otherwise. 2026 keeps the standard of
    /// 2022 to 2025 (Decree 351/2025/NĐ-CP).
    #[must_use]
    pub fn of_year(year: i16) -> Self {
        match year {
            ..=2021 => Self::Nd59_2015,
            2022..=2026 => Self::Nd07_2021,
            2027.. => Self::Nd351_2025,
        }
    }

    /// How scores make a class (Circular 07/2021/TT-BLĐTBXH, sheet B). `None` where this tool has no confirmed
    /// scores: then classes are counted and not checked.
    #[must_use]
    pub fn scores(self) -> Option<Scores> {
        match self {
            Self::Nd07_2021 => Some(Scores { rural_line: 140, urban_line: 175, poor_from_b2: 30 }),
            Self::Nd59_2015 | Self::Nd351_2025 => None,
        }
    }

    /// The indicators in the order of the form; bit `i` of a household's deprivations is the `i`-th.
    #[must_use]
    pub fn indicators(self) -> &'static [Indicator] {
        match self {
            Self::Nd59_2015 => &OF_59,
            Self::Nd07_2021 => &OF_07,
            Self::Nd351_2025 => &OF_351,
        }
    }

    /// The name of a service under this standard, as the decree prints it.
    #[must_use]
    pub fn service_name(self, service: Service) -> &'static str {
        match (service, self) {
            (Service::Work, _) => "Việc làm",
            (Service::Health, _) => "Y tế",
            (Service::Education, _) => "Giáo dục",
            (Service::Housing, _) => "Nhà ở",
            (Service::Water, Self::Nd59_2015) => "Nước sạch và vệ sinh",
            (Service::Water, Self::Nd07_2021) => "Nước sinh hoạt và vệ sinh",
            (Service::Water, Self::Nd351_2025) => "Nước sinh hoạt, vệ sinh và môi trường",
            (Service::Information, _) => "Thông tin",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::household::Deprivations;
    use std::collections::BTreeSet;

    #[test]
    fn the_year_tells_the_standard_and_2026_keeps_the_old_one() {
        let ids = [2015, 2021, 2022, 2025, 2026, 2027, 2030].map(|year| Standard::of_year(year).id());
        assert_eq!(ids, ["ND59-2015", "ND59-2015", "ND07-2021", "ND07-2021", "ND07-2021", "ND351-2025", "ND351-2025"]);
    }

    #[test]
    fn an_id_reads_back() {
        for standard in Standard::ALL {
            assert_eq!(Standard::parse(standard.id()), Some(standard));
            assert_eq!(Standard::parse(&standard.id().to_lowercase()), Some(standard));
        }
        assert_eq!(Standard::parse("ND-07"), None);
    }

    #[test]
    fn indicators_are_distinct_and_fit_the_marks_of_a_household() {
        for standard in Standard::ALL {
            let indicators = standard.indicators();
            let names: BTreeSet<&str> = indicators.iter().map(|indicator| indicator.name).collect();
            assert_eq!(names.len(), indicators.len(), "{}", standard.id());
            assert!(indicators.len() <= Deprivations::INDICATORS);
        }
        assert_eq!(Standard::Nd07_2021.indicators().len(), 12);
    }

    #[test]
    fn a_service_stands_together_in_the_order_of_the_form() {
        for standard in Standard::ALL {
            let mut services: Vec<Service> = standard.indicators().iter().map(|indicator| indicator.service).collect();
            services.dedup();
            let distinct: BTreeSet<Service> = services.iter().copied().collect();
            assert_eq!(distinct.len(), services.len(), "{}", standard.id());
        }
    }

    #[test]
    fn the_line_is_higher_in_towns() {
        let scores = Standard::Nd07_2021.scores().unwrap();
        assert_eq!((scores.line(false), scores.line(true), scores.poor_from_b2), (140, 175, 30));
    }
}
