//! An empty table to be filled in by hand: headings, drop-down lists, what may be typed, and a sheet that explains it all.

use super::RenderError;

/// An empty workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Name of the sheet to fill in.
    pub sheet: String,
    /// Title over the table.
    pub title: String,
    /// The line under the title.
    pub hint: String,
    /// The columns in their order.
    pub columns: Vec<Column>,
    /// The explanations.
    pub guide: Guide,
    /// Name of the sheet of the long lists.
    pub lists: String,
    /// What stands before the name of a list, so that no reader takes it for the heading of a table.
    pub list: String,
}

/// The sheet that explains the columns, each with an example. The example runs down the sheet, beside the explanations: no
/// reader can take it for a record, and nobody has to delete it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guide {
    /// Name of the sheet.
    pub sheet: String,
    /// Its title.
    pub title: String,
    /// What to know before the first row is typed.
    pub lines: Vec<String>,
    /// Headings: column, needed, how, example.
    pub headings: [String; 4],
    /// The word for a column that must be filled.
    pub needed: String,
}

/// A column to fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The heading.
    pub heading: String,
    /// Whether a row without it does not count.
    pub needed: bool,
    /// Width in characters.
    pub width: u16,
    /// How its cells look.
    pub look: Look,
    /// What may be typed.
    pub rule: Rule,
    /// How to fill it in, at most 255 signs; shown beside the cell and on the sheet that explains.
    pub how: String,
    /// An invented example.
    pub example: String,
}

/// How cells look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Text, on the left.
    Words,
    /// Text of digits or marks, in the middle.
    Code,
    /// A whole number.
    Whole,
    /// A number with decimals where it has them.
    Decimal,
    /// A date.
    Day,
}

/// What may be typed. A text is never refused for good where the reader can cope with it: then the cell only asks back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Anything.
    Free,
    /// So many digits; asks back.
    Digits(u8),
    /// A whole number of at least so many.
    Whole(u32),
    /// A multiple of ten up to so many.
    Tens(u32),
    /// Halves of at least nothing.
    Halves,
    /// A number of at least nothing.
    Number,
    /// A date of this or the last century; asks back.
    Day,
    /// A word of a list; `others` asks back where another is typed.
    OneOf {
        /// Name of the list, where it needs a place of its own.
        name: String,
        /// The words.
        words: Vec<String>,
        /// Whether other words may stand too.
        others: bool,
    },
    /// A word of the list that belongs to the word in another column; asks back.
    Within {
        /// The other column, by its place.
        column: usize,
        /// Names of the two columns of the list.
        names: [String; 2],
        /// Word of the other column and word of this one, those of one word together.
        pairs: Vec<(String, String)>,
    },
}

/// Prints an empty table as a workbook.
///
/// # Errors
/// When the library refuses a name or an explanation that is too long.
pub fn render(form: &Form) -> Result<Vec<u8>, RenderError> {
    super::xlsx::form::render(form)
}
