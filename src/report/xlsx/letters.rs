//! How wide words are in Times New Roman, so that a row is as high as its words need. Programs differ in whether they make
//! room for wrapped words by themselves, and in how wide they draw a letter: there is some slack.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What programs may need more than the font says, in percent.
const SLACK: u64 = 4;
/// The height in points of a line of 12 points.
pub(super) const LINE: f64 = 16.5;
/// The most lines that a row has room for: Excel knows no row higher than 409 points.
const MOST_LINES: u32 = 24;

/// How many lines a text takes in a width of so many pixels when it breaks at spaces, and at line ends of its own. `points`
/// is the size of the letters.
pub(super) fn lines(text: &str, pixels: u32, points: u32) -> u32 {
    text.lines().map(|line| lines_of_one(line, pixels, points)).fold(0, u32::saturating_add).max(1)
}

/// The height in points of so many lines of 12 points.
pub(super) fn height(lines: u32) -> f64 {
    LINE * f64::from(lines.clamp(1, MOST_LINES))
}

/// The width in pixels of a text on one line.
pub(super) fn pixels(text: &str, points: u32) -> u32 {
    u32::try_from(thousandths(text, points).div_ceil(1_000)).unwrap_or(u32::MAX / 2)
}

/// The same in thousandths of a pixel, of which the words of a text never make more than the whole text.
fn thousandths(text: &str, points: u32) -> u64 {
    let letters: u64 = text.chars().map(|letter| u64::from(of_letter(letter))).sum();
    // A point is four thirds of a pixel.
    letters * u64::from(points) * 4 * (100 + SLACK) / 300
}

/// The width of a letter with its marks, which take no room. Those of the tables of Latin letters are taken apart once.
fn of_letter(letter: char) -> u32 {
    static KNOWN: LazyLock<Vec<u32>> = LazyLock::new(|| ('\0'..'\u{2000}').map(apart).collect());
    KNOWN.get(letter as usize).copied().unwrap_or_else(|| apart(letter))
}

fn apart(letter: char) -> u32 {
    std::iter::once(letter).nfd().filter(|part| !is_combining_mark(*part)).map(width).sum()
}

fn lines_of_one(text: &str, room: u32, points: u32) -> u32 {
    let room = u64::from(room.max(1)) * 1_000;
    let space = thousandths(" ", points);
    let (mut lines, mut used) = (1_u64, 0);
    for word in text.split(' ').map(|word| thousandths(word, points)) {
        if used > 0 && used + space + word > room {
            lines += 1;
            used = 0;
        }
        used += word + if used > 0 { space } else { 0 };
        // A word that is wider than the column breaks wherever it has to.
        lines += used.saturating_sub(1) / room;
        used = if used > room { used % room } else { used };
    }
    u32::try_from(lines).unwrap_or(u32::MAX)
}

/// The width of a letter in thousandths of its size; letters are taken by kinds that are about equally wide.
const fn width(letter: char) -> u32 {
    match letter {
        ' ' | ',' | '.' => 250,
        'i' | 'j' | 'l' | 't' | '/' | ':' | ';' | '\'' => 278,
        'f' | 'r' | 'I' | '(' | ')' | '[' | ']' | '-' | '!' => 333,
        'a' | 'c' | 'e' | 's' | 'z' | 'J' | '“' | '”' | '?' => 444,
        'E' | 'F' | 'L' | 'P' | 'S' | 'T' | 'Z' => 611,
        'm' | 'M' | 'W' | '%' => 889,
        'A'..='Z' | 'Đ' | 'w' => 722,
        '…' | '—' | '―' => 1_000,
        _ => 500,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_are_wider_than_small_letters_and_marks_take_no_room() {
        assert_eq!(pixels("hộ nghèo", 12), pixels("ho ngheo", 12));
        assert!(pixels("HỘ NGHÈO", 12) > pixels("hộ nghèo", 12) * 13 / 10);
        assert!(pixels("hộ", 14) > pixels("hộ", 12));
    }

    #[test]
    fn a_text_breaks_at_spaces_at_its_own_line_ends_and_inside_a_word_that_is_too_long() {
        assert_eq!(lines("", 100, 12), 1);
        assert_eq!(lines("hộ nghèo", 100, 12), 1);
        assert_eq!(lines("hộ nghèo", 50, 12), 2);
        assert_eq!(lines("hộ\nnghèo", 100, 12), 2);
        let text = "Buôn Dơng Kriêng, thị trấn Liên Sơn";
        assert_eq!((lines(text, pixels(text, 12), 12), lines(text, pixels(text, 12) - 1, 12)), (1, 2));
        assert_eq!(lines(&"0".repeat(64), 140, 12), 4);
        assert!(height(lines(&"chữ ".repeat(9_000), 100, 12)) <= 409.0);
    }
}
