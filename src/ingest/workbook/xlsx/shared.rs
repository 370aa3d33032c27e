//! The part of shared texts, read in one pass into one piece of memory.

use super::markup::{Cursor, Stop, rich};
use super::quick;
use super::window::{Starved, Window};
use crate::ingest::workbook::strings::Strings;
use std::io::Read;

/// The shared texts, and which of them could not be decoded.
#[derive(Debug, Default)]
pub(super) struct Shared {
    pub(super) strings: Strings,
    /// Indices, ascending.
    pub(super) unreadable: Vec<u32>,
}

/// Why the part was not read.
pub(super) enum Unread {
    /// Unusual XML.
    Odd,
    /// Cut off, too long, or damaged.
    Failed(String),
}

/// Reads all texts. The count that the part claims is not looked at.
pub(super) fn read<R: Read>(window: &mut Window<R>) -> Result<Shared, Unread> {
    let mut shared = Shared::default();
    let mut text = String::new();
    let mut begun = false;
    loop {
        let mut cursor = Cursor::new(window.seen());
        let mut whole = 0;
        let stop = loop {
            if !begun {
                match begin(&mut cursor) {
                    Ok(closed) if closed => return Ok(shared),
                    Ok(_) => begun = true,
                    Err(stop) => break stop,
                }
            }
            match entry(&mut cursor, &mut shared, &mut text) {
                Ok(true) => whole = cursor.at,
                Ok(false) => return finish(window, shared),
                Err(stop) => break stop,
            }
        };
        // Before the first text nothing is consumed, so that the beginning is found again.
        if whole == 0 {
            begun = begun && shared.strings.len() > 0;
        }
        if stop == Stop::Odd {
            return Err(Unread::Odd);
        }
        window.consume(whole);
        window.more().map_err(|starved| starve(&starved))?;
    }
}

fn starve(starved: &Starved) -> Unread {
    Unread::Failed(match starved {
        Starved::End => "the list of its texts is not closed".to_owned(),
        Starved::TooLong => "one of its texts is longer than 64 MiB".to_owned(),
        Starved::Io(error) => error.to_string(),
    })
}

/// Reads to the end of the part, so that its checksum is looked at.
fn finish<R: Read>(window: &mut Window<R>, shared: Shared) -> Result<Shared, Unread> {
    loop {
        let length = window.seen().len();
        window.consume(length);
        match window.more() {
            Ok(()) => {}
            Err(Starved::End) => return Ok(shared),
            Err(other) => return Err(starve(&other)),
        }
    }
}

/// Passes everything up to behind `<sst …>`; true when it is empty.
fn begin(cursor: &mut Cursor<'_>) -> Result<bool, Stop> {
    loop {
        cursor.text()?;
        if cursor.starts_with(b"<?") {
            cursor.pass(b"?>")?;
            continue;
        }
        if cursor.tag()? != b"sst" {
            return Err(Stop::Odd);
        }
        return cursor.rest_of_tag();
    }
}

/// Takes one text; false at the end of the list.
fn entry(cursor: &mut Cursor<'_>, shared: &mut Shared, text: &mut String) -> Result<bool, Stop> {
    cursor.skip_space();
    if let Some((text, length)) = quick::shared_text(cursor.rest()) {
        cursor.at += length;
        return if shared.strings.push(text) { Ok(true) } else { Err(Stop::Odd) };
    }
    match cursor.tag()? {
        b"si" => {
            text.clear();
            let mut sound = true;
            let mut script = None;
            if !cursor.rest_of_tag()? {
                let found = rich(cursor, b"/si", text)?;
                (sound, script) = (found.sound, found.script);
            }
            if !sound {
                shared.unreadable.push(shared.strings.len());
            }
            if !shared.strings.push(text) {
                return Err(Stop::Odd);
            }
            if let Some(script) = script {
                shared.strings.mark_last(script);
            }
            Ok(true)
        }
        b"/sst" => Ok(false),
        b"extLst" => Ok(false),
        _ => Err(Stop::Odd),
    }
}
