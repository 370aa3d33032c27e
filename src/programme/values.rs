//! Single values of the programme file: years, dates, percentages, half days, one or many.
//!
//! Each reads strictly and says in its schema what it takes, so that the checker and an editor agree. There are no
//! floats: 11.5 % is the text `"11.5"`.

use std::borrow::Cow;
use std::fmt;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::domain::pledge::Days;
use crate::domain::rate::Hundredths;

/// The pattern of a year as a key. The checker knows it by this text.
pub(super) const YEAR_PATTERN: &str = "^(19|20|21)[0-9][0-9]$";

/// A year of the programme, 1900 to 2199.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Year(i16);

impl Year {
    /// The year, where it lies between 1900 and 2199.
    #[must_use]
    pub fn new(year: i16) -> Option<Self> {
        (1900..2200).contains(&year).then_some(Self(year))
    }

    /// Reads four digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|_| digits).and_then(Self::new)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> i16 {
        self.0
    }
}

impl TryFrom<String> for Year {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` is no year from 1900 to 2199"))
    }
}

impl From<Year> for String {
    fn from(year: Year) -> Self {
        year.0.to_string()
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl JsonSchema for Year {
    fn schema_name() -> Cow<'static, str> {
        "Year".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "year", "pattern": YEAR_PATTERN })
    }
}

/// Text or an integer, before it is known what it means.
#[derive(Deserialize)]
#[serde(untagged)]
enum TextOrInteger {
    Text(String),
    Whole(i64),
}

impl TextOrInteger {
    fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Whole(number) => number.to_string(),
        }
    }
}

/// Percent or percentage points from 0 to 100 with at most two decimals: `20`, `"29.11"`, `"29,11"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percent(Hundredths);

impl Percent {
    /// Reads text such as `29.11`; `None` outside 0 to 100 or with more than two decimals.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Hundredths::parse(text).filter(|value| (0..=10_000).contains(&value.get())).map(Self)
    }

    /// A value that the program itself sets.
    pub(super) const fn of(value: Hundredths) -> Self {
        Self(value)
    }

    /// The value in hundredths of a percent.
    #[must_use]
    pub const fn hundredths(self) -> Hundredths {
        self.0
    }
}

impl fmt::Display for Percent {
    /// As short as can be: `20`, `29.11`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        f.write_str(text.strip_suffix(".00").unwrap_or(&text))
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = TextOrInteger::deserialize(deserializer)?.into_text();
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is no percentage from 0 to 100")))
    }
}

impl Serialize for Percent {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Percent {
    fn schema_name() -> Cow<'static, str> {
        "Percent".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Percent or percentage points, 0 to 100, as an integer or as text with at most two decimals",
            "type": ["string", "integer"], "format": "percent", "pattern": "^[0-9]+([.,][0-9]{1,2})?$", "minimum": 0, "maximum": 100
        })
    }
}

/// A number of days in halves: `1`, `"0.5"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct HalfDays(Days);

impl HalfDays {
    /// Whole days.
    #[must_use]
    pub fn whole(days: u32) -> Self {
        Self(Days::halves(u64::from(days) * 2))
    }

    /// Reads `1`, `0.5`, `1,5`; `None` for anything that is no number of half days.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let value = Hundredths::parse(text)?.get();
        let halves = u64::try_from(value).ok().filter(|value| value % 50 == 0)? / 50;
        Some(Self(Days::halves(halves)))
    }

    /// The days as the ledgers count them.
    #[must_use]
    pub const fn days(self) -> Days {
        self.0
    }
}

impl<'de> Deserialize<'de> for HalfDays {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = TextOrInteger::deserialize(deserializer)?.into_text();
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is no number of days or half days")))
    }
}

impl Serialize for HalfDays {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl JsonSchema for HalfDays {
    fn schema_name() -> Cow<'static, str> {
        "HalfDays".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A number of days, as an integer or as text; halves are allowed (\"0.5\")",
            "type": ["string", "integer"], "format": "half-days", "pattern": "^[0-9]+([.,](0|5))?$", "minimum": 0
        })
    }
}

/// A calendar day, as a TOML date or as text in ISO order: `2023-07-01`, `"2023-07-01"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub Date);

impl Day {
    /// Reads ISO text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let iso = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        text.parse().ok().filter(|_| iso).map(Self)
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum DateOrText {
    Date(toml::value::Datetime),
    Text(String),
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match DateOrText::deserialize(deserializer)? {
            DateOrText::Date(date) => date.to_string(),
            DateOrText::Text(text) => text,
        };
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("`{text}` is no date like 2023-12-31")))
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl JsonSchema for Day {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

/// One text or a list of texts: `households = "a"` and `households = ["a", "b"]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "OneOrMany", into = "Vec<String>")]
#[schemars(with = "OneOrMany", inline)]
pub struct Texts(pub Vec<String>);

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl From<OneOrMany> for Texts {
    fn from(texts: OneOrMany) -> Self {
        match texts {
            OneOrMany::One(text) => Self(vec![text]),
            OneOrMany::Many(texts) => Self(texts),
        }
    }
}

impl From<Texts> for Vec<String> {
    fn from(texts: Texts) -> Self {
        texts.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_are_text_or_integers_with_two_decimals() {
        for (text, shown) in [("20", "20"), ("29.11", "29.11"), ("16,6", "16.60"), ("100", "100"), ("0", "0")] {
            assert_eq!(Percent::parse(text).unwrap().to_string(), shown);
        }
        for text in ["", "-1", "100.01", "20 %", "1e1", "3.875", ".5"] {
            assert_eq!(Percent::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_come_in_halves() {
        assert_eq!(HalfDays::parse("1"), Some(HalfDays::whole(1)));
        assert_eq!(HalfDays::parse("0,5").unwrap().days(), Days::halves(1));
        for text in ["0.25", "-1", "one", ""] {
            assert_eq!(HalfDays::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_of_the_calendar_are_in_iso_order_and_exist() {
        assert_eq!(Day::parse("2023-07-01").unwrap().0, jiff::civil::date(2023, 7, 1));
        for text in ["2023-02-30", "01/07/2023", "2023-07", "2023-07-01T00:00:00"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn years_have_four_digits() {
        assert_eq!(Year::parse("2022").unwrap().get(), 2022);
        for text in ["22", "02022", "2200", "1899", "+022"] {
            assert_eq!(Year::parse(text), None, "{text}");
        }
    }
}
