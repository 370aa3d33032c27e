//! Does a row agree with itself: the declared class with the scores B1 and B2, and B2 with the marks.
//!
//! What is found is a warning. The declared class is what is counted; nothing is corrected here.

use super::household::{Class, Deprivations};
use super::issue::Code;
use super::standard::{Scores, Standard};

/// The score whose cell carries a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScoreCell {
    /// B1: assets and income.
    B1,
    /// B2: deprivations.
    B2,
}

/// A class that its scores contradict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassFinding {
    /// The cell to point at: B2 when B1 fits the class, else B1.
    pub cell: ScoreCell,
    /// The class that the scores give, where they are enough to tell it.
    pub scored: Option<Class>,
}

/// The class that scores give (Circular 07/2021/TT-BLĐTBXH): above the line of B1 neither poor nor near-poor, whatever
/// B2 is; at or below it poor from the given B2 on. `None` where a score that decides is missing.
#[must_use]
pub fn class_of_scores(b1: Option<u32>, b2: Option<u32>, urban: bool, scores: Scores) -> Option<Class> {
    if b1? > scores.line(urban) {
        return Some(Class::Other);
    }
    Some(if b2? >= scores.poor_from_b2 { Class::Poor } else { Class::NearPoor })
}

/// Checks a declared class against the scores at hand. A missing score contradicts nothing.
#[must_use]
pub fn class_against_scores(class: Class, b1: Option<u32>, b2: Option<u32>, urban: bool, scores: Scores) -> Option<ClassFinding> {
    let finding = |cell| Some(ClassFinding { cell, scored: class_of_scores(b1, b2, urban, scores) });
    let under_line = b1.map(|b1| b1 <= scores.line(urban));
    if under_line.is_some_and(|under_line| under_line != class.is_target()) {
        return finding(ScoreCell::B1);
    }
    let deprived = b2.map(|b2| b2 >= scores.poor_from_b2);
    let b2_fits = match class {
        Class::Poor => deprived != Some(false),
        Class::NearPoor => deprived != Some(true),
        Class::Other => true,
    };
    if b2_fits { None } else { finding(ScoreCell::B2) }
}

/// A B2 that cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum B2Finding {
    /// No multiple of ten, or more than ten for every indicator.
    Impossible,
    /// Unlike ten times the marks.
    UnlikeMarks {
        /// Ten times the number of marks.
        marks: u32,
    },
}

impl B2Finding {
    /// The code of the issue.
    #[must_use]
    pub fn code(self) -> Code {
        match self {
            Self::Impossible => Code::B2Wrong,
            Self::UnlikeMarks { .. } => Code::B2Marks,
        }
    }
}

/// Checks B2 by itself and against the marks, where the list has them: B2 is 10 × the number of indicators marked.
#[must_use]
pub fn b2_against_marks(b2: Option<u32>, marks: Option<Deprivations>, standard: Standard) -> Option<B2Finding> {
    let b2 = b2?;
    let most = standard.indicators().len() * 10;
    if !b2.is_multiple_of(10) || usize::try_from(b2).map_or(true, |b2| b2 > most) {
        return Some(B2Finding::Impossible);
    }
    let marks = marks?.count() * 10;
    (marks != b2).then_some(B2Finding::UnlikeMarks { marks })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SCORES: Scores = Scores { rural_line: 140, urban_line: 175, poor_from_b2: 30 };

    fn cell(class: Class, b1: u32, b2: u32, urban: bool) -> Option<ScoreCell> {
        class_against_scores(class, Some(b1), Some(b2), urban, SCORES).map(|finding| finding.cell)
    }

    #[test]
    fn the_line_itself_is_under_the_line() {
        assert_eq!(cell(Class::Poor, 140, 30, false), None);
        assert_eq!(cell(Class::Poor, 141, 30, false), Some(ScoreCell::B1));
        assert_eq!(cell(Class::Poor, 175, 30, true), None);
        assert_eq!(cell(Class::NearPoor, 140, 20, false), None);
    }

    #[test]
    fn the_cell_is_b2_when_b1_fits_and_b1_otherwise() {
        assert_eq!(cell(Class::Poor, 120, 20, false), Some(ScoreCell::B2));
        assert_eq!(cell(Class::NearPoor, 120, 30, false), Some(ScoreCell::B2));
        assert_eq!(cell(Class::NearPoor, 150, 30, false), Some(ScoreCell::B1), "both contradict; B1 comes first");
        assert_eq!(cell(Class::Other, 120, 10, false), Some(ScoreCell::B1));
        assert_eq!(cell(Class::Other, 160, 90, false), None, "above the line B2 decides nothing");
    }

    #[test]
    fn a_missing_score_contradicts_nothing() {
        assert_eq!(class_against_scores(Class::Poor, None, None, false, SCORES), None);
        assert_eq!(class_against_scores(Class::Poor, Some(100), None, false, SCORES), None);
        assert_eq!(class_against_scores(Class::Other, None, Some(50), false, SCORES), None);
        let finding = class_against_scores(Class::Poor, None, Some(20), false, SCORES).unwrap();
        assert_eq!((finding.cell, finding.scored), (ScoreCell::B2, None));
    }

    #[test]
    fn b2_is_ten_times_the_marks() {
        let marks = Deprivations::default().with(0).with(4).with(11);
        let check = |b2, marks| b2_against_marks(b2, marks, Standard::Nd07_2021);
        assert_eq!(check(Some(30), Some(marks)), None);
        assert_eq!(check(Some(40), Some(marks)), Some(B2Finding::UnlikeMarks { marks: 30 }));
        assert_eq!(check(Some(35), Some(marks)), Some(B2Finding::Impossible));
        assert_eq!(check(Some(130), None), Some(B2Finding::Impossible));
        assert_eq!(check(Some(0), Some(Deprivations::default())), None);
        assert_eq!(check(None, Some(marks)), None, "no B2 is not a B2 of zero");
    }

    fn classes() -> impl Strategy<Value = Class> {
        prop::sample::select(Class::ALL.to_vec())
    }

    proptest! {
        #[test]
        fn with_both_scores_exactly_one_class_agrees(b1 in 0u32..300, b2 in 0u32..13, urban: bool) {
            let agreeing: Vec<Class> = Class::ALL.into_iter().filter(|&class| cell(class, b1, b2 * 10, urban).is_none()).collect();
            prop_assert_eq!(agreeing, vec![class_of_scores(Some(b1), Some(b2 * 10), urban, SCORES).unwrap()]);
        }

        #[test]
        fn taking_a_score_away_never_adds_a_contradiction(class in classes(), b1 in 0u32..300, b2 in 0u32..130, urban: bool) {
            if cell(class, b1, b2, urban).is_none() {
                prop_assert_eq!(class_against_scores(class, None, Some(b2), urban, SCORES), None);
                prop_assert_eq!(class_against_scores(class, Some(b1), None, urban, SCORES), None);
            }
        }
    }

    #[test]
    fn all_indicators_may_be_lacking_and_no_more() {
        let of = |b2| b2_against_marks(Some(b2), None, Standard::Nd07_2021);
        assert_eq!((of(120), of(130), of(125)), (None, Some(B2Finding::Impossible), Some(B2Finding::Impossible)));
    }
}
