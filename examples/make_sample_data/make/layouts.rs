//! Lays a commune's households out in the ways in which communes really send them.

use super::columns::{Column, columns};
use super::grid::{Book, Cell, Letters, Sheet};
use super::survey::{Class, Household};
use std::collections::BTreeMap;

/// How a commune sends its list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// One sheet, headings on row 1.
    Plain,
    /// The same, in a workbook that counts days from 1904.
    Plain1904,
    /// The official form: two heading rows, village banners, subtotals, signatures.
    Official,
    /// A sheet for each village, with the twelve indicators.
    Sheets,
    /// The same as an OpenDocument workbook.
    SheetsOds,
    /// Everything typed as text, each people's name written in several ways.
    Textual,
    /// Three heading rows.
    Three,
    /// Marks other than x, another one in each village.
    Marks,
    /// TCVN3 letters.
    Tcvn3,
    /// VNI letters.
    Vni,
    /// UTF-8 with a byte order mark, semicolons.
    CsvUtf8,
    /// UTF-16, tabs.
    CsvUtf16,
    /// Windows-1258, commas.
    Csv1258,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    Serial,
    Margin,
    CommuneCode,
    Commune,
    Village,
    Name,
    Birth,
    BirthMan,
    BirthWoman,
    Sex,
    Number,
    People,
    Persons,
    Class,
    Poor,
    NearPoor,
    Other,
    B1,
    B2,
    Lacks(u16),
    NoLabour,
    Note,
}

/// A laid-out list, and where each household and field came to stand.
pub(crate) struct Laid {
    pub(crate) book: Book,
    /// Sheet and row of each household, in the order given.
    pub(crate) rows: Vec<(usize, usize)>,
    pub(crate) columns: BTreeMap<Field, usize>,
    /// Sheet and row of each subtotal.
    pub(crate) subtotals: Vec<(usize, usize)>,
}

/// Lays the households of one commune out.
pub(crate) fn lay_out(layout: Layout, year: u32, households: &[&Household]) -> Laid {
    let laid = Laid {
        book: Book::of(Vec::new()),
        rows: Vec::new(),
        columns: columns(layout).iter().enumerate().map(|(i, (_, field))| (*field, i)).collect(),
        subtotals: Vec::new(),
    };
    match layout {
        Layout::Official => official(laid, year, households),
        Layout::Sheets | Layout::SheetsOds => by_village(laid, layout, year, households),
        _ => one_list(laid, layout, year, households),
    }
}

fn headings(columns: &[Column]) -> Vec<Vec<String>> {
    let depth = columns.first().map_or(0, |(head, _)| head.len());
    (0..depth).map(|r| columns.iter().map(|(head, _)| head[r].to_owned()).collect()).collect()
}

/// One sheet with the village in a column.
fn one_list(mut laid: Laid, layout: Layout, year: u32, households: &[&Household]) -> Laid {
    let columns = columns(layout);
    let place = households[0].place();
    let upper = place.name.to_uppercase();
    let csv = matches!(layout, Layout::CsvUtf8 | Layout::CsvUtf16 | Layout::Csv1258);
    let mut sheet = Sheet::new(match layout {
        Layout::Textual => "Tổng hợp hộ",
        Layout::Tcvn3 | Layout::Vni => "DS ho",
        Layout::Three => "Biểu tổng hợp",
        _ => "Danh sach",
    });
    match layout {
        Layout::Textual => {
            sheet.line(&[]);
            sheet.line(&["", &format!("BIỂU TỔNG HỢP HỘ DÂN CƯ {upper} NĂM {year}")]);
            sheet.line(&[]);
        }
        Layout::Tcvn3 | Layout::Vni | Layout::Marks | Layout::Three => {
            sheet.line(&[&format!("ỦY BAN NHÂN DÂN {upper}")]);
            sheet.line(&[]);
            let title = "DANH SÁCH HỘ DÂN VÀ KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO NĂM";
            sheet.line(&["", &format!("{title} {year}")]);
            sheet.line(&[]);
        }
        _ => {}
    }
    sheet.headings(&headings(&columns), true);
    sheet.widths = columns.iter().map(|(_, field)| width(*field)).collect();
    for (i, household) in households.iter().enumerate() {
        laid.rows.push((0, sheet.rows.len()));
        let cells = columns.iter().map(|(_, field)| cell(layout, *field, i, household));
        sheet.rows.push(cells.collect());
    }
    if !csv && layout != Layout::Textual && !matches!(layout, Layout::Plain | Layout::Plain1904) {
        laid.subtotals.push((0, sheet.rows.len()));
        let label = laid.columns[&Field::Name];
        sheet.rows.push(total_row(&laid, label, "Tổng cộng", households));
    }
    laid.book = Book::of(vec![sheet]);
    laid.book.from_1904 = layout == Layout::Plain1904;
    laid.book.letters = match layout {
        Layout::Tcvn3 => Letters::Tcvn3,
        Layout::Vni => Letters::Vni,
        _ => Letters::Unicode,
    };
    laid
}

/// A row of sums: persons, and households of each class where there are mark columns.
fn total_row(laid: &Laid, label_at: usize, label: &str, households: &[&Household]) -> Vec<Cell> {
    let mut row = vec![Cell::Blank; laid.columns.len()];
    row[label_at] = Cell::text(label);
    let persons: u32 = households.iter().map(|h| h.persons).sum();
    row[laid.columns[&Field::Persons]] = Cell::count(persons);
    for (field, class) in MARKED {
        if let Some(&column) = laid.columns.get(&field) {
            row[column] = Cell::count(count(households, class));
        }
    }
    row
}

const MARKED: [(Field, Class); 3] =
    [(Field::Poor, Class::Poor), (Field::NearPoor, Class::NearPoor), (Field::Other, Class::Other)];

fn count(households: &[&Household], class: Class) -> u32 {
    let of_class = households.iter().filter(|h| h.class == class).count();
    u32::try_from(of_class).unwrap_or(0)
}

/// The households of each village, with the place of the first of them.
fn villages<'a, 'h>(households: &'a [&'h Household]) -> Vec<(usize, &'a [&'h Household])> {
    let mut start = 0;
    households
        .chunk_by(|a, b| a.village == b.village)
        .map(|chunk| {
            let first = start;
            start += chunk.len();
            (first, chunk)
        })
        .collect()
}

/// The official form with banners, subtotals and the place for signatures.
fn official(mut laid: Laid, year: u32, households: &[&Household]) -> Laid {
    let columns = columns(Layout::Official);
    let upper = households[0].place().name.to_uppercase();
    let mut sheet = Sheet::new("Biểu 01");
    let right = ["", "", "", "", "", "", ""];
    let mut line = |first: &str, last: &str| {
        let mut texts = vec![first];
        texts.extend(right);
        texts.push(last);
        sheet.line(&texts);
    };
    line("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    line(&upper, "Độc lập - Tự do - Hạnh phúc");
    sheet.line(&[]);
    let title = "DANH SÁCH HỘ DÂN CƯ VÀ KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO NĂM";
    sheet.line(&[&format!("{title} {year}")]);
    sheet.line(&["(Kèm theo Báo cáo số        /BC-UBND ngày      tháng      năm      )"]);
    sheet.line(&[]);
    sheet.merges = vec![(3, 0, 3, 12), (4, 0, 4, 12)];
    sheet.headings(&headings(&columns), true);
    sheet.widths = columns.iter().map(|(_, field)| width(*field)).collect();
    let numbering: Vec<String> = (1..=columns.len()).map(|n| format!("({n})")).collect();
    sheet.rows.push(numbering.into_iter().map(Cell::text).collect());
    let first_row = sheet.rows.len() + 1;
    for (v, (first, chunk)) in villages(households).into_iter().enumerate() {
        let name = chunk[0].village_name();
        let numeral = ROMAN.get(v).copied().unwrap_or("");
        sheet.line(&[numeral, &name.to_uppercase()]);
        for (i, household) in chunk.iter().enumerate() {
            laid.rows.push((0, sheet.rows.len()));
            let cells = columns.iter().map(|(_, field)| cell(Layout::Official, *field, first + i, household));
            sheet.rows.push(cells.collect());
        }
        laid.subtotals.push((0, sheet.rows.len()));
        sheet.rows.push(total_row(&laid, 1, &format!("Cộng {name}"), chunk));
    }
    let mut total = total_row(&laid, 1, "TỔNG CỘNG", households);
    if let (2022, Cell::Number(persons)) = (year, &total[6]) {
        // Every household is in its village's subtotal as well, hence the half.
        let formula = format!("SUM(G{first_row}:G{})/2", sheet.rows.len());
        total[6] = Cell::Formula(formula, *persons);
    }
    sheet.rows.push(total);
    signatures(&mut sheet);
    laid.book = Book::of(vec![sheet]);
    laid
}

const ROMAN: [&str; 16] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI"];

fn signatures(sheet: &mut Sheet) {
    let mut line = |left: &str, right: &str| {
        sheet.line(&["", left, "", "", "", "", "", "", "", right]);
    };
    line("", "");
    line("", "......, ngày      tháng      năm");
    line("NGƯỜI LẬP BIỂU", "TM. ỦY BAN NHÂN DÂN");
    line("(Ký, ghi rõ họ tên)", "CHỦ TỊCH");
}

/// A sheet for each village, a hidden one of codes, and one of sums.
fn by_village(mut laid: Laid, layout: Layout, year: u32, households: &[&Household]) -> Laid {
    let columns = columns(layout);
    let upper = households[0].place().name.to_uppercase();
    let mut sheets = Vec::new();
    let mut sums = Sheet::new("Tong hop");
    sums.widths = vec![24, 12, 12, 14];
    let head = ["Thôn/Buôn", "Tổng số hộ", "Hộ nghèo", "Hộ cận nghèo"];
    sums.headings(&[head.map(str::to_owned).to_vec()], true);
    for (s, (_, chunk)) in villages(households).into_iter().enumerate() {
        let name = chunk[0].village_name();
        let mut sheet = Sheet::new(name);
        sheet.line(&[&format!("UBND {upper}")]);
        sheet.line(&[]);
        let village = name.to_uppercase();
        sheet.line(&[&format!("DANH SÁCH HỘ DÂN NĂM {year} - {village}")]);
        sheet.line(&[]);
        sheet.headings(&headings(&columns), true);
        sheet.widths = columns.iter().map(|(_, field)| width(*field)).collect();
        for (i, household) in chunk.iter().enumerate() {
            laid.rows.push((s, sheet.rows.len()));
            let cells = columns.iter().map(|(_, field)| cell(layout, *field, i, household));
            sheet.rows.push(cells.collect());
        }
        laid.subtotals.push((s, sheet.rows.len()));
        let label = format!("Tổng số: {} hộ", chunk.len());
        sheet.rows.push(total_row(&laid, 1, &label, chunk));
        sums.rows.push(sum_row(name, chunk));
        sheets.push(sheet);
    }
    sums.rows.push(sum_row("Tổng cộng", households));
    let mut codes = Sheet::new("DM");
    codes.hidden = true;
    codes.line(&["N", "Hộ nghèo"]);
    codes.line(&["CN", "Hộ cận nghèo"]);
    codes.line(&["KN", "Hộ không nghèo"]);
    sheets.push(codes);
    sheets.push(sums);
    laid.book = Book::of(sheets);
    laid
}

fn sum_row(name: &str, households: &[&Household]) -> Vec<Cell> {
    let all = u32::try_from(households.len()).unwrap_or(0);
    vec![
        Cell::text(name),
        Cell::count(all),
        Cell::count(count(households, Class::Poor)),
        Cell::count(count(households, Class::NearPoor)),
    ]
}

fn width(field: Field) -> u32 {
    match field {
        Field::Margin => 3,
        Field::Serial | Field::B1 | Field::B2 | Field::Lacks(_) => 6,
        Field::Commune | Field::Village | Field::Name => 22,
        Field::Number => 15,
        Field::Class | Field::Note => 16,
        _ => 11,
    }
}

/// The cell of a field as this layout writes it; `index` is the household's place in the list.
fn cell(layout: Layout, field: Field, index: usize, household: &Household) -> Cell {
    let serial = u32::try_from(index + 1).unwrap_or(0);
    if layout == Layout::Textual {
        return super::textual::cell(field, serial, household);
    }
    let head = &household.head;
    let mark = match layout {
        Layout::Marks => ["+", "✓", "v", "có", "X", "1"][household.village % 6],
        Layout::Three => "X",
        _ => "x",
    };
    let marked = |set: bool| if set { Cell::text(mark) } else { Cell::Blank };
    let year_where = |here: bool| {
        if here { Cell::count(head.birth.year) } else { Cell::Blank }
    };
    match field {
        Field::Margin => Cell::Blank,
        Field::Serial => Cell::count(serial),
        Field::CommuneCode => Cell::count(household.place().code),
        Field::Commune => Cell::text(household.place().name),
        Field::Village => Cell::text(household.village_name()),
        Field::Name => Cell::text(head.name.as_str()),
        Field::Birth => match layout {
            Layout::Plain | Layout::Plain1904 => Cell::Date(head.birth),
            Layout::Tcvn3 | Layout::Vni | Layout::Marks => Cell::count(head.birth.year),
            _ => Cell::text(head.birth.long()),
        },
        Field::BirthMan => year_where(!head.woman),
        Field::BirthWoman => year_where(head.woman),
        Field::Sex => Cell::text(head.sex()),
        Field::Number => Cell::text(head.number.as_str()),
        Field::People => Cell::text(head.people),
        Field::Persons => Cell::count(household.persons),
        Field::Class => Cell::text(match (layout, household.class) {
            (Layout::Sheets | Layout::SheetsOds, Class::Poor) => "N",
            (Layout::Sheets | Layout::SheetsOds, Class::NearPoor) => "CN",
            (Layout::Sheets | Layout::SheetsOds, Class::Other) => "KN",
            (_, Class::Poor) => "Hộ nghèo",
            (_, Class::NearPoor) => "Hộ cận nghèo",
            (_, Class::Other) => "Hộ không nghèo",
        }),
        Field::Poor => marked(household.class == Class::Poor),
        Field::NearPoor => marked(household.class == Class::NearPoor),
        Field::Other => marked(household.class == Class::Other),
        Field::B1 => Cell::count(household.b1),
        Field::B2 => Cell::count(household.b2()),
        Field::Lacks(i) => Cell::mark(household.lacks & (1 << i) != 0),
        Field::NoLabour => marked(household.no_labour),
        Field::Note => Cell::text(if household.no_labour { "Không có khả năng lao động" } else { "" }),
    }
}
