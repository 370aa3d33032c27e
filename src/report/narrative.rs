//! The yearly report as prose: the shape between what a view writes and the Word document.

use jiff::civil::Date;

use super::table::{Annex, Table};

/// A stretch of a report that is read as prose and carried in Word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Passage {
    /// A numbered or plain heading.
    Heading(String),
    /// A sentence or a few.
    Paragraph(String),
    /// An item of a list.
    Item(String),
    /// A small table.
    Table(Box<Table>),
}

/// The yearly report as prose: letterhead, passages, signature. Number, date and signatory stay blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrative {
    /// Letterhead and signature.
    pub annex: Annex,
    /// The subject under the title.
    pub subject: String,
    /// The place in "place, date"; empty leaves it to be filled.
    pub place: String,
    /// Whom it is sent to.
    pub recipients: Vec<String>,
    /// The text in order.
    pub passages: Vec<Passage>,
    /// The day that the file carries as its date of creation.
    pub as_of: Option<Date>,
}
