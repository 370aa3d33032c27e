//! The sample district: every file as bytes, made from a seed.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a layout differs from the plain one in a few places; naming every other layout there would hide them"
)]

mod chance;
mod columns;
mod faults;
mod grid;
mod layouts;
mod legacy;
mod names;
mod notes;
mod ods;
mod papers;
mod places;
mod roster;
mod roster_sheet;
mod survey;
mod textual;
mod write;

use anyhow::Result;
use faults::Planted;
use layouts::Layout;
use places::COMMUNES;
use survey::Household;

/// A file of the sample.
pub(crate) struct File {
    /// Path inside the sample folder, with forward slashes.
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

/// How each commune sends its list in 2022 and in 2023.
const LAYOUTS: [(Layout, Layout); 11] = [
    (Layout::Plain, Layout::Official),
    (Layout::Official, Layout::Sheets),
    (Layout::Sheets, Layout::Textual),
    (Layout::Textual, Layout::Three),
    (Layout::Tcvn3, Layout::CsvUtf8),
    (Layout::Csv1258, Layout::Vni),
    (Layout::CsvUtf8, Layout::Marks),
    (Layout::Three, Layout::Plain1904),
    (Layout::SheetsOds, Layout::Official),
    (Layout::CsvUtf16, Layout::SheetsOds),
    (Layout::Marks, Layout::CsvUtf16),
];

/// Makes every file of the sample district.
pub(crate) fn all_files() -> Result<Vec<File>> {
    let mut surveys = survey::surveys();
    let mut planted = Vec::new();
    let mut files = Vec::new();
    for (year, households) in [(2022, &surveys.y2022), (2023, &surveys.y2023)] {
        for commune in 0..COMMUNES.len() {
            files.push(list(year, commune, households, &mut planted)?);
        }
    }
    let mut paper = |path: &str, book: grid::Book| -> Result<()> {
        files.push(File { path: path.to_owned(), bytes: write::xlsx(&book)? });
        Ok(())
    };
    for (year, households) in [(2022, &surveys.y2022), (2023, &surveys.y2023)] {
        let path = format!("tong-hop-{year}.xlsx");
        paper(&path, papers::totals(year, households, &path, &mut planted))?;
    }
    let members = roster::roster(&surveys.y2023, &mut surveys.registry);
    let path = "dang-vien-2023.xlsx";
    paper(path, roster_sheet::sheet_of(&members, path, &mut planted))?;
    let path = "ket-nghia.xlsx";
    paper(path, papers::twinning(path, &mut planted))?;
    paper("ung-ho-2023.xlsx", papers::donors(&surveys.y2023))?;
    // Đắk Phơi, the poorest, and Liên Sơn, the town, keep a register of support.
    paper("ho-tro-2023.xlsx", papers::support(&surveys.y2023, &[0, 6]))?;
    let list = papers::official_list(&surveys.y2022, 10, &mut surveys.registry);
    paper("chinh-thuc-2022/danh-sach-xa-ea-r-bin.xlsx", list)?;
    let text = notes::readme(&surveys.y2022, &surveys.y2023, &members, &planted);
    files.push(File { path: "README.md".to_owned(), bytes: text.into_bytes() });
    files.push(File { path: "thoatngheo.toml".to_owned(), bytes: notes::PROGRAMME.as_bytes().to_vec() });
    Ok(files)
}

/// A commune's list of a year in its layout.
fn list(year: u32, commune: usize, households: &[Household], planted: &mut Vec<Planted>) -> Result<File> {
    let here: Vec<&Household> = households.iter().filter(|h| h.commune == commune).collect();
    let (first, second) = LAYOUTS[commune];
    let layout = if year == 2022 { first } else { second };
    let name = COMMUNES[commune].file;
    let ending = match layout {
        Layout::SheetsOds => "ods",
        Layout::CsvUtf8 | Layout::CsvUtf16 | Layout::Csv1258 => "csv",
        _ => "xlsx",
    };
    let revised = if layout == Layout::Textual { " (ban cuoi sua 2)" } else { "" };
    let path = format!("ho-dan-{year}/{name}{revised}.{ending}");
    let mut laid = layouts::lay_out(layout, year, &here);
    faults::plant(&mut laid, year, commune, &path, &here, planted);
    if layout == Layout::Textual {
        faults::lose_zeros(&mut laid, &path, &here, planted);
    }
    if layout == Layout::Csv1258 {
        faults::lost_letters(&laid, &path, planted);
    }
    legacy::put_into_letters(&mut laid.book);
    let bytes = match layout {
        Layout::SheetsOds => ods::ods(&laid.book)?,
        Layout::CsvUtf8 => write::delimited(&laid.book, write::Encoding::Utf8)?,
        Layout::CsvUtf16 => write::delimited(&laid.book, write::Encoding::Utf16)?,
        Layout::Csv1258 => write::delimited(&laid.book, write::Encoding::Windows1258)?,
        _ => write::xlsx(&laid.book)?,
    };
    Ok(File { path, bytes })
}
