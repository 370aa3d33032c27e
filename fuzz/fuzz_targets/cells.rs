//! A cell of any content under every reader of cells: no panic, and what is printed reads back as it was.
#![no_main]

use std::borrow::Cow;

use libfuzzer_sys::fuzz_target;
use thoatngheo::domain::household::Birth;
use thoatngheo::ingest::cells::{self, Identity, Reading};
use thoatngheo::ingest::workbook::Value;

fn readers(value: &Value<'_>) {
    let cell = Some(value);
    let count = cells::count(cell);
    let _ = (cells::half_days(cell), cells::money(cell), cells::coefficient(cell), cells::mark(cell), cells::class(cell));
    let _ = (cells::sex(cell), cells::text(cell));
    for scale in [cells::PercentScale::Percent, cells::PercentScale::Fraction] {
        let _ = cells::percent(cell, scale);
    }
    if let Reading::Value(number) = count {
        let plain = Value::Text(Cow::Owned(number.to_string()));
        assert!(cells::count(Some(&plain)) == Reading::Value(number), "{number} does not read back");
    }
    if let Reading::Value(Birth::Day(day)) = cells::date(cell) {
        let printed = Value::Text(Cow::Owned(format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())));
        assert!(cells::date(Some(&printed)) == Reading::Value(Birth::Day(day)), "{day} does not read back");
    }
    if let Reading::Value(Identity::Citizen(number) | Identity::Restored(number)) = cells::identity(cell) {
        let printed = Value::Text(Cow::Owned(number.to_string()));
        let again = cells::identity(Some(&printed));
        assert!(again == Reading::Value(Identity::Citizen(number)), "{number:?} does not read back");
    }
}

fuzz_target!(|data: &[u8]| {
    if let Some((bits, rest)) = data.split_first_chunk::<8>() {
        let number = f64::from_le_bytes(*bits);
        // The reader of workbooks hands on finite numbers only.
        if number.is_finite() {
            readers(&Value::Number(number));
            readers(&Value::Date { serial: number, is_1904: rest.len() % 2 == 1 });
        }
    }
    let text = String::from_utf8_lossy(data);
    readers(&Value::Text(text.clone()));
    readers(&Value::DateText(text));
});
