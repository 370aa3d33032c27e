//! The order of points and the stretches between breaks of a line over years; the same in every format that draws one.

use std::collections::BTreeSet;

/// The labels of the rows and those of the goals: in the order of years where all are years, else the goals after the rows.
pub(super) fn in_order<'a>(labels: &[String], goals: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut points = labels.to_vec();
    for goal in goals {
        if !points.iter().any(|point| point == goal) {
            points.push(goal.to_owned());
        }
    }
    if points.iter().all(|point| point.parse::<i64>().is_ok()) {
        points.sort_by_key(|point| point.parse::<i64>().unwrap_or(0));
    }
    points
}

/// Half-open stretches of rows between the breaks.
pub(super) fn stretches(rows: usize, breaks: &[usize]) -> Vec<(usize, usize)> {
    let cuts: BTreeSet<usize> = breaks.iter().copied().filter(|&row| row > 0 && row < rows).chain([0, rows]).collect();
    let cuts: Vec<usize> = cuts.into_iter().collect();
    cuts.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_goals_stand_among_the_years_of_rows() {
        let rows = ["2021", "2022", "2027"].map(str::to_owned);
        assert_eq!(in_order(&rows, ["2025", "2022"].into_iter()), ["2021", "2022", "2025", "2027"]);
        let words = ["a".to_owned(), "2022".to_owned()];
        assert_eq!(in_order(&words, ["2021"].into_iter()), ["a", "2022", "2021"]);
    }

    #[test]
    fn stretches_cover_every_row_once() {
        assert_eq!(stretches(6, &[4]), [(0, 4), (4, 6)]);
        assert_eq!(stretches(3, &[0, 3, 9]), [(0, 3)]);
        assert_eq!(stretches(0, &[]), Vec::<(usize, usize)>::new().as_slice());
    }
}
