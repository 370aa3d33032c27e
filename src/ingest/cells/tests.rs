//! Tests of the cell readers: the forms of real lists, the faults, and laws on random input.

use super::*;
use crate::domain::household::Birth;
use crate::domain::ids::CitizenNumber;
use crate::domain::pledge::Days;
use crate::domain::rate::Hundredths;
use jiff::civil::date as day;
use proptest::prelude::*;

fn t(text: &str) -> Value<'_> {
    Value::Text(Cow::Borrowed(text))
}

fn n(number: f64) -> Value<'static> {
    Value::Number(number)
}

fn read_all<T: PartialEq + std::fmt::Debug>(reader: fn(Option<&Value<'_>>) -> Reading<T>, cases: &[(Value<'_>, Reading<T>)]) {
    for (value, expected) in cases {
        assert_eq!(&reader(Some(value)), expected, "{value:?}");
    }
    assert_eq!(reader(None), Reading::Blank);
    assert_eq!(reader(Some(&t(" \u{a0} "))), Reading::Blank);
    assert_eq!(reader(Some(&Value::Error("#REF!".into()))), Reading::Fault(Fault::ErrorValue));
    assert_eq!(reader(Some(&t("#N/A"))), Reading::Fault(Fault::ErrorValue));
    assert_eq!(reader(Some(&Value::MissingCache)), Reading::Fault(Fault::MissingCache));
}

#[test]
fn counts_are_whole_and_points_stand_between_thousands() {
    use Fault::{Fractional, Negative, NotANumber, Suspect, TooLarge};
    let fault = Reading::Fault;
    read_all(
        count,
        &[
            (t("19.284"), Reading::Value(19_284)),
            (t("1.019.284"), Reading::Value(1_019_284)),
            (t("19 284"), Reading::Value(19_284)),
            (t(" 4"), Reading::Value(4)),
            (t("'4"), Reading::Value(4)),
            (t("4,0"), Reading::Value(4)),
            (t("0"), Reading::Value(0)),
            (t("-"), Reading::Blank),
            (n(4.0), Reading::Value(4)),
            (n(-0.0), Reading::Value(0)),
            (n(19_284.0), Reading::Value(19_284)),
            (n(19.284), fault(Suspect)),
            (t("19,284"), fault(Suspect)),
            (n(3.7), fault(Fractional)),
            (t("3,7"), fault(Fractional)),
            (t("3.7"), fault(Fractional)),
            (n(-2.0), fault(Negative)),
            (t("-2"), fault(Negative)),
            (t("45 hộ"), fault(NotANumber)),
            (t("bốn"), fault(NotANumber)),
            (t("1.2.3"), fault(NotANumber)),
            (n(1e300), fault(TooLarge)),
            (t("99999999999999999999999"), fault(TooLarge)),
            (Value::Bool(true), fault(NotANumber)),
            (Value::Date { serial: 4.0, is_1904: false }, fault(NotANumber)),
        ],
    );
}

#[test]
fn days_come_in_halves() {
    read_all(
        half_days,
        &[
            (t("0,5"), Reading::Value(Days::halves(1))),
            (t("1.5"), Reading::Value(Days::halves(3))),
            (n(2.0), Reading::Value(Days::halves(4))),
            (n(0.25), Reading::Fault(Fault::Fractional)),
            (n(0.3), Reading::Fault(Fault::Fractional)),
            (n(-1.0), Reading::Fault(Fault::Negative)),
            (t("một ngày"), Reading::Fault(Fault::NotANumber)),
        ],
    );
}

#[test]
fn coefficients_and_money_are_exact() {
    let hundredths = |value| Reading::Value(Hundredths::new(value));
    read_all(
        coefficient,
        &[
            (t("3,66"), hundredths(366)),
            (t("3.66"), hundredths(366)),
            (n(3.66), hundredths(366)),
            (n(2.34 + 0.33), hundredths(267)),
            (n(4.0), hundredths(400)),
            (t("3,665"), Reading::Fault(Fault::Fractional)),
        ],
    );
    read_all(
        |cell| money(cell, 0),
        &[
            (t("1.490.000đ"), Reading::Value(1_490_000)),
            (t("1,490,000 đồng"), Reading::Value(1_490_000)),
            (t("500.000 VNĐ"), Reading::Value(500_000)),
            (n(1_490_000.0), Reading::Value(1_490_000)),
            (n(0.5), Reading::Fault(Fault::Fractional)),
            (t("500 nghìn"), Reading::Value(500_000)),
            (t("1,5 triệu đồng"), Reading::Value(1_500_000)),
            (t("1.500 ngàn"), Reading::Value(1_500_000)),
            (t("200K"), Reading::Value(200_000)),
            (t("0,0005 triệu"), Reading::Value(500)),
            (t("0,0000001 triệu"), Reading::Fault(Fault::Fractional)),
            (t("khoảng 500 nghìn"), Reading::Fault(Fault::NotANumber)),
            (t("nghìn"), Reading::Fault(Fault::NotANumber)),
        ],
    );
}

#[test]
fn rates_are_read_on_the_scale_of_their_column() {
    let read = |value: &Value<'_>, scale| percent(Some(value), scale).value().map(Hundredths::get);
    for (value, expected) in [(t("25,24"), 2524), (t("25,24%"), 2524), (t("25.24 %"), 2524), (n(25.24), 2524), (n(0.5), 50)] {
        assert_eq!(read(&value, PercentScale::Percent), Some(expected), "{value:?}");
    }
    for (value, expected) in
        [(n(0.2524), 2524), (n(4868.0 / 19284.0), 2524), (n(1.0), 10_000), (t("0,5%"), 50), (t("25,24%"), 2524)]
    {
        assert_eq!(read(&value, PercentScale::Fraction), Some(expected), "{value:?}");
    }
    assert_eq!(percent_scale(&[n(0.25), n(1.0), t("x")]), PercentScale::Fraction);
    assert_eq!(percent_scale(&[n(0.25), n(18.21)]), PercentScale::Percent);
    assert_eq!(percent(Some(&t("nhiều")), PercentScale::Percent), Reading::Fault(Fault::NotANumber));
}

#[test]
fn marks_are_yes_no_or_unknown() {
    let mut cases: Vec<(Value<'_>, Reading<bool>)> = Vec::new();
    cases.extend(
        ["x", "X", "x.", "х", "+", "v", "V", "✓", "1", "có", "Có", " x ", "ü", "þ"].map(|text| (t(text), Reading::Value(true))),
    );
    cases.extend(["-", "0", "Không"].map(|text| (t(text), Reading::Value(false))));
    cases.extend(["?", "2", "xx", "chưa rõ", "u", "y", "Ý kiến"].map(|text| (t(text), Reading::Fault(Fault::UnknownWord))));
    cases.push((n(1.0), Reading::Value(true)));
    cases.push((n(3.0), Reading::Fault(Fault::UnknownWord)));
    cases.push((Value::Bool(false), Reading::Value(false)));
    read_all(mark, &cases);
}

#[test]
fn a_class_is_a_whole_word() {
    let mut cases: Vec<(Value<'_>, Reading<Class>)> = Vec::new();
    cases.extend(["Hộ nghèo", "nghèo", "N", "HỘ  NGHÈO", "Tái nghèo"].map(|text| (t(text), Reading::Value(Class::Poor))));
    cases.extend(["cận nghèo", "Hộ cận nghèo", "CN", "ho can ngheo"].map(|text| (t(text), Reading::Value(Class::NearPoor))));
    let other = ["Không nghèo", "hộ không nghèo", "Không", "KN", "bình thường", "Hộ có mức sống trung bình", "trung bình"];
    cases.extend(other.map(|text| (t(text), Reading::Value(Class::Other))));
    let poor = ["Hộ nghèo DTTS", "HN-KCKNLĐ", "H.nghèo", "Hộ nghèo (N2)", "Hộ nghèo, DTTS, BTXH", "Hộ nghèo phát sinh mới"];
    cases.extend(poor.map(|text| (t(text), Reading::Value(Class::Poor))));
    cases.push((t("Hộ cận nghèo không có khả năng lao động"), Reading::Value(Class::NearPoor)));
    let above = ["Khác", "Không thuộc diện", "Hộ không thuộc diện hộ nghèo, hộ cận nghèo", "Hộ mới thoát nghèo"];
    cases.extend(above.map(|text| (t(text), Reading::Value(Class::Other))));
    let unknown = [
        "nghèo?",
        "Hộ khá",
        "Thoát nghèo",
        "nghèo/cận nghèo",
        "hộ",
        "1",
        "Hộ nghèo xuống cận nghèo",
        "Hộ nghèo đầu năm",
        "H\u{FFFD} nghèo",
    ];
    cases.extend(unknown.map(|text| (t(text), Reading::Fault(Fault::UnknownWord))));
    read_all(class, &cases);
}

#[test]
fn sex_is_told_by_word_or_number() {
    read_all(
        sex,
        &[
            (t("Nam"), Reading::Value(Sex::Male)),
            (t("NỮ"), Reading::Value(Sex::Female)),
            (n(1.0), Reading::Value(Sex::Male)),
            (t("0"), Reading::Value(Sex::Female)),
            (t("Nam?"), Reading::Fault(Fault::UnknownWord)),
            (t("Nam/Nữ"), Reading::Fault(Fault::UnknownWord)),
        ],
    );
}

#[test]
fn dates_keep_their_precision() {
    let full = |year, month, of_month| Reading::Value(Birth::Day(day(year, month, of_month)));
    let month = Reading::Value(Birth::Month { year: 1965, month: 3 });
    let year = Reading::Value(Birth::Year(1965));
    let fault = Reading::Fault;
    read_all(
        date,
        &[
            (t("26/01/1969"), full(1969, 1, 26)),
            (t("6/1/1969"), full(1969, 1, 6)),
            (t("6-1-1969"), full(1969, 1, 6)),
            (t("06.01.1969"), full(1969, 1, 6)),
            (t("1969-01-06"), full(1969, 1, 6)),
            (t("1969-01-06 00:00:00"), full(1969, 1, 6)),
            (t("1969-01-06T00:00:00"), full(1969, 1, 6)),
            (t("ngày 06 tháng 01 năm 1969"), full(1969, 1, 6)),
            (Value::DateText("1969-01-06".into()), full(1969, 1, 6)),
            (t("3/1965"), month),
            (t("00/03/1965"), month),
            (t("1965"), year),
            (t("00/00/1965"), year),
            (t("/1965"), year),
            (t(".../.../1965"), year),
            (n(1965.0), year),
            (n(25_209.0), full(1969, 1, 6)),
            (Value::Date { serial: 25_209.0, is_1904: false }, full(1969, 1, 6)),
            (Value::Date { serial: 25_209.0 - 1_462.0, is_1904: true }, full(1969, 1, 6)),
            (Value::Date { serial: 1.0, is_1904: false }, full(1900, 1, 1)),
            (Value::Date { serial: 61.0, is_1904: false }, full(1900, 3, 1)),
            (Value::Date { serial: 60.0, is_1904: false }, fault(Fault::ImpossibleDate)),
            (Value::Date { serial: -5.0, is_1904: false }, fault(Fault::ImpossibleDate)),
            (Value::Date { serial: 99_999_999.0, is_1904: false }, fault(Fault::ImpossibleDate)),
            (Value::Date { serial: 1969.0, is_1904: false }, fault(Fault::Suspect)),
            (t("31/02/1969"), fault(Fault::ImpossibleDate)),
            (t("01/25/1969"), fault(Fault::ImpossibleDate)),
            (t("05/00/1969"), fault(Fault::ImpossibleDate)),
            (t("0/0/0000"), fault(Fault::ImpossibleDate)),
            (t("06/01/69"), fault(Fault::NotADate)),
            (t("không nhớ"), fault(Fault::NotADate)),
            (n(3.1965), fault(Fault::NotADate)),
            (n(69.0), fault(Fault::NotADate)),
        ],
    );
}

#[test]
fn identity_numbers_are_whole_restored_or_faulty() {
    let whole = CitizenNumber::parse("066169609101").unwrap();
    let is = Reading::Value;
    read_all(
        identity,
        &[
            (t("066169609101"), is(Identity::Citizen(whole))),
            (t("066 169 609 101"), is(Identity::Citizen(whole))),
            (t("'066.169.609.101"), is(Identity::Citizen(whole))),
            (n(66_169_609_101.0), is(Identity::Restored(whole))),
            (t("66169609101"), is(Identity::WrongLength(11))),
            (n(99_169_609_101.0), is(Identity::WrongLength(11))),
            (n(66_969_609_101.0), is(Identity::WrongLength(11))),
            (n(123_000_000_000.0), is(Identity::DigitsLost)),
            (t("123000000000"), is(Identity::DigitsLost)),
            (n(66_169_000_000.0), is(Identity::DigitsLost)),
            (t("1,23E+11"), is(Identity::DigitsLost)),
            (t("240123456"), is(Identity::Old)),
            (t("0661696091"), is(Identity::WrongLength(10))),
            (t("06616960910A"), is(Identity::NotDigits)),
            (n(66.5), is(Identity::NotDigits)),
            (t("-"), Reading::Blank),
        ],
    );
}

#[test]
fn names_are_kept_as_written() {
    read_all(
        text,
        &[
            (t("  H’Gro  Rơ Yam "), Reading::Value("H’Gro Rơ Yam".to_owned())),
            (n(1.0), Reading::Value("1".to_owned())),
            (Value::Bool(true), Reading::Fault(Fault::UnknownWord)),
        ],
    );
}

fn grouped(mut number: u64) -> String {
    let mut groups = Vec::new();
    while number >= 1000 {
        groups.push(format!("{:03}", number % 1000));
        number /= 1000;
    }
    groups.push(number.to_string());
    groups.reverse();
    groups.join(".")
}

proptest! {
    #[test]
    fn a_printed_count_reads_back(number in any::<u64>()) {
        prop_assert_eq!(count(Some(&t(&number.to_string()))), Reading::Value(number));
        prop_assert_eq!(count(Some(&t(&grouped(number)))), Reading::Value(number));
        prop_assert_eq!(money(Some(&t(&format!("{} đ", grouped(number)))), 3), Reading::Value(number));
    }

    #[test]
    fn a_stored_count_reads_back(number in 0u32..) {
        prop_assert_eq!(count(Some(&n(f64::from(number)))), Reading::Value(u64::from(number)));
    }

    #[test]
    fn printed_hundredths_read_back(value in prop_oneof![0u32..2_000, 0u32..10_000_000]) {
        let hundredths = Hundredths::new(i64::from(value));
        let vietnamese = hundredths.to_string().replace('.', ",");
        let stored = f64::from(value) / 100.0;
        // No coefficient is above 13.00.
        let of_salary = if value > 1_300 { Reading::Fault(Fault::TooLarge) } else { Reading::Value(hundredths) };
        for value in [t(&hundredths.to_string()), t(&vietnamese), n(stored)] {
            prop_assert_eq!(coefficient(Some(&value)), of_salary);
            prop_assert_eq!(percent(Some(&value), PercentScale::Percent), Reading::Value(hundredths));
        }
    }

    #[test]
    fn printed_days_read_back(halves in 0u64..100_000) {
        let days = Days::halves(halves);
        prop_assert_eq!(half_days(Some(&t(&days.to_string().replace('.', ",")))), Reading::Value(days));
    }

    #[test]
    fn a_printed_date_reads_back(year in 1000i16..=9999, month in 1i8..=12, of_month in 1i8..=28) {
        let expected = Birth::Day(day(year, month, of_month));
        for text in [format!("{of_month:02}/{month:02}/{year}"), format!("{of_month}.{month}.{year}"), expected.to_string()] {
            prop_assert_eq!(date(Some(&t(&text))), Reading::Value(expected));
        }
        for less in [Birth::Year(year), Birth::Month { year, month }] {
            prop_assert_eq!(date(Some(&t(&less.to_string()))), Reading::Value(less));
        }
    }

    #[test]
    fn a_printed_citizen_number_reads_back(province in 1u64..=96, rest in 0u64..400_000_000) {
        let number = province * 1_000_000_000 + rest;
        prop_assume!(!number.is_multiple_of(1_000_000));
        let citizen = CitizenNumber::parse(&format!("{number:012}")).unwrap();
        prop_assert_eq!(identity(Some(&t(&citizen.to_string()))), Reading::Value(Identity::Citizen(citizen)));
    }

    #[test]
    fn a_stored_date_reads_back_in_both_epochs(serial in 2_101i32..=73_000) {
        let day = day(1899, 12, 30).checked_add(jiff::Span::new().days(serial)).unwrap();
        let expected = Reading::Value(Birth::Day(day));
        prop_assert_eq!(date(Some(&Value::Date { serial: f64::from(serial), is_1904: false })), expected);
        // A time of day says nothing about a birth.
        prop_assert_eq!(date(Some(&Value::Date { serial: f64::from(serial) + 0.75, is_1904: false })), expected);
        let later = serial - 1_462;
        if !(1_800..=2_100).contains(&later) {
            prop_assert_eq!(date(Some(&Value::Date { serial: f64::from(later), is_1904: true })), expected);
        }
    }

    #[test]
    fn a_date_that_no_calendar_has_is_a_fault_and_no_other_date(year in 1900i16..=2100, month in 0i8..=40, of_month in 0i8..=99) {
        let read = date(Some(&t(&format!("{of_month:02}/{month:02}/{year}"))));
        match jiff::civil::Date::new(year, month, of_month) {
            Ok(day) => prop_assert_eq!(read, Reading::Value(Birth::Day(day))),
            Err(_) if of_month == 0 && month == 0 => prop_assert_eq!(read, Reading::Value(Birth::Year(year))),
            Err(_) if of_month == 0 && month <= 12 => prop_assert_eq!(read, Reading::Value(Birth::Month { year, month })),
            Err(_) => prop_assert_eq!(read, Reading::Fault(Fault::ImpossibleDate)),
        }
    }

    #[test]
    fn a_citizen_number_that_lost_its_first_zero_is_restored_to_what_it_was(
        province in 10u64..=96, century in 0u64..=3, rest in 1u64..100_000_000,
    ) {
        let number = province * 1_000_000_000 + century * 100_000_000 + rest;
        prop_assume!(!number.is_multiple_of(1_000_000));
        let citizen = CitizenNumber::parse(&format!("{number:012}")).unwrap();
        let stored = n(number.to_string().parse().unwrap());
        prop_assert_eq!(identity(Some(&stored)), Reading::Value(Identity::Restored(citizen)));
        // As text nobody knows which digit is missing.
        prop_assert_eq!(identity(Some(&t(&number.to_string()))), Reading::Value(Identity::WrongLength(11)));
        let parts = citizen.to_string();
        let parted = format!("{} {} {} {}", &parts[..3], &parts[3..6], &parts[6..9], &parts[9..]);
        prop_assert_eq!(identity(Some(&t(&parted))), Reading::Value(Identity::Citizen(citizen)));
    }

    #[test]
    fn a_class_a_sex_and_a_mark_are_known_in_any_case_and_between_any_spaces(
        upper in proptest::collection::vec(any::<bool>(), 24), before in "[ \u{a0}]{0,3}", after in "[ \n]{0,3}",
    ) {
        let cased = |word: &str| -> String {
            let mixed = |(c, upper): (char, &bool)| if *upper { c.to_uppercase().to_string() } else { c.to_lowercase().to_string() };
            format!("{before}{}{after}", word.chars().zip(upper.iter().cycle()).map(mixed).collect::<String>())
        };
        for (word, expected) in [
            ("Hộ nghèo", Class::Poor),
            ("Hộ cận nghèo", Class::NearPoor),
            ("C. nghèo", Class::NearPoor),
            ("Hộ không nghèo", Class::Other),
            ("K.nghèo", Class::Other),
            ("TB", Class::Other),
        ] {
            prop_assert_eq!(class(Some(&t(&cased(word)))), Reading::Value(expected));
        }
        for (word, expected) in [("Nam", Sex::Male), ("Nữ", Sex::Female)] {
            prop_assert_eq!(sex(Some(&t(&cased(word)))), Reading::Value(expected));
        }
        for (word, expected) in [("x", true), ("Có", true), ("không", false)] {
            prop_assert_eq!(mark(Some(&t(&cased(word)))), Reading::Value(expected));
        }
    }

    #[test]
    fn stored_money_and_days_read_back(dong in 0u64..1 << 53, halves in 0u32..1_000_000) {
        prop_assert_eq!(money(Some(&n(dong.to_string().parse().unwrap())), 0), Reading::Value(dong));
        prop_assert_eq!(half_days(Some(&n(f64::from(halves) / 2.0))), Reading::Value(Days::halves(u64::from(halves))));
    }

    #[test]
    fn less_than_nothing_is_never_a_value(number in 1u64..1_000_000_000) {
        for value in [t(&format!("-{number}")), t(&format!("−{}", grouped(number)))] {
            let faults = [count(Some(&value)).fault(), money(Some(&value), 0).fault(), half_days(Some(&value)).fault()];
            prop_assert_eq!(faults, [Some(Fault::Negative); 3]);
        }
    }

    #[test]
    fn no_value_panics(text in any::<String>(), number in any::<f64>(), is_1904 in any::<bool>()) {
        for value in [t(&text), n(number), Value::Date { serial: number, is_1904 }, Value::DateText(text.as_str().into())] {
            let cell = Some(&value);
            let _ = (count(cell), half_days(cell), coefficient(cell), money(cell, 0), percent(cell, PercentScale::Fraction));
            let _ = (mark(cell), class(cell), sex(cell), date(cell), identity(cell), super::text(cell));
        }
    }
}
