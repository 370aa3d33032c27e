//! The looks of cells: Times New Roman 12 and 13 as Decree 30/2020/NĐ-CP and the Party's guidance ask, thin borders, and
//! number formats that Excel shows in the reader's own style.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::domain::pledge::Days;
use crate::report::table::{Align, Datum, RowKind};
use crate::report::wording::Lang;

const FONT: &str = "Times New Roman";

/// Formats that do not depend on a cell's value.
pub(super) struct Formats {
    pub(super) title: Format,
    pub(super) subtitle: Format,
    pub(super) group: Format,
    pub(super) no_group: Format,
    pub(super) heading: Format,
    pub(super) under_group: Format,
    pub(super) note: Format,
    pub(super) annex: Format,
    pub(super) letterhead: Format,
    pub(super) letterhead_bold: Format,
    pub(super) italic: Format,
    body: Vec<(Look, Format)>,
}

/// What decides the format of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Look {
    kind: Kind,
    align: Align,
    total: bool,
    /// Whether words and numbers stand away from the edge of the cell.
    roomy: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Words,
    /// Words that would be a formula when somebody edits the cell.
    Quoted,
    /// "No data" and "not published".
    Absent,
    Whole,
    Half,
    Percent,
    Points,
    Decimal,
    Date,
}

const KINDS: [Kind; 9] =
    [Kind::Words, Kind::Quoted, Kind::Absent, Kind::Whole, Kind::Half, Kind::Percent, Kind::Points, Kind::Decimal, Kind::Date];

pub(super) fn plain(size: u8) -> Format {
    Format::new().set_font_name(FONT).set_font_size(size).set_align(FormatAlign::VerticalCenter)
}

impl Formats {
    pub(super) fn new(lang: Lang) -> Self {
        let head = plain(12).set_bold().set_text_wrap().set_align(FormatAlign::Center).set_background_color("#E7EEF4");
        let boxed = head.clone().set_border(FormatBorder::Thin);
        let sides = head.clone().set_border_left(FormatBorder::Thin).set_border_right(FormatBorder::Thin);
        let body = KINDS.into_iter().flat_map(|kind| {
            [Align::Left, Align::Right, Align::Centre]
                .into_iter()
                .flat_map(move |align| [(false, false), (false, true), (true, false), (true, true)].map(move |of| (align, of)))
                .map(move |(align, (total, roomy))| Look { kind, align, total, roomy })
        });
        Self {
            title: plain(14).set_bold().set_text_wrap(),
            subtitle: plain(12).set_text_wrap(),
            group: boxed.clone(),
            no_group: sides.clone().set_border_top(FormatBorder::Thin),
            heading: sides.set_border_bottom(FormatBorder::Thin),
            under_group: boxed,
            note: plain(12).set_italic().set_text_wrap().set_align(FormatAlign::Top),
            annex: plain(14).set_bold().set_align(FormatAlign::Center),
            letterhead: plain(13).set_align(FormatAlign::Center).set_text_wrap(),
            letterhead_bold: plain(13).set_bold().set_align(FormatAlign::Center).set_text_wrap(),
            italic: plain(13).set_italic().set_align(FormatAlign::Center),
            body: body.map(|look| (look, look.format(lang))).collect(),
        }
    }

    /// The format of a value in a column.
    pub(super) fn of(&self, datum: &Datum, align: Align, (row, roomy): (RowKind, bool)) -> &Format {
        let look = Look { kind: Kind::of(datum), align, total: row == RowKind::Total, roomy };
        self.body.iter().find(|(known, _)| *known == look).map_or(&self.subtitle, |(_, format)| format)
    }
}

impl Kind {
    fn of(datum: &Datum) -> Self {
        match datum {
            Datum::Missing | Datum::Hidden => Self::Absent,
            Datum::Text(text) if crate::report::csv::guarded(text) != *text => Self::Quoted,
            Datum::Text(_) => Self::Words,
            Datum::Count(_) | Datum::Money(_) => Self::Whole,
            Datum::Days(days) if !is_whole(*days) => Self::Half,
            Datum::Days(_) => Self::Whole,
            Datum::Percent(_) => Self::Percent,
            Datum::Points(_) => Self::Points,
            Datum::Decimal(_) => Self::Decimal,
            Datum::Date(_) => Self::Date,
        }
    }
}

fn is_whole(days: Days) -> bool {
    days.in_halves().is_multiple_of(2)
}

impl Look {
    fn format(self, lang: Lang) -> Format {
        let format = plain(12).set_border(FormatBorder::Thin);
        let format = match self.align {
            Align::Left => format.set_align(FormatAlign::Left),
            Align::Right => format.set_align(FormatAlign::Right),
            Align::Centre => format.set_align(FormatAlign::Center),
        };
        let format = if self.roomy && self.align != Align::Centre { format.set_indent(1) } else { format };
        let format = if self.total { format.set_bold().set_background_color("#F4F1E8") } else { format };
        match self.kind {
            Kind::Words => format.set_text_wrap().set_num_format("@"),
            Kind::Quoted => format.set_text_wrap().set_num_format("@").set_quote_prefix(),
            Kind::Absent => format.set_text_wrap().set_italic().set_font_color("#666666"),
            Kind::Whole => format.set_num_format("#,##0"),
            Kind::Half => format.set_num_format("#,##0.0"),
            Kind::Percent => format.set_num_format("0.00%"),
            Kind::Points => format.set_num_format("+0.00;-0.00;0.00"),
            Kind::Decimal => format.set_num_format("0.00"),
            Kind::Date => format.set_num_format(match lang {
                Lang::Vi => "dd/mm/yyyy",
                Lang::En => "d mmmm yyyy",
            }),
        }
    }
}
