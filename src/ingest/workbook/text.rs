//! Bytes of a text file to Unicode: byte order mark, then strict UTF-8, then UTF-16 by its zeros, then windows-1258.

use std::borrow::Cow;

/// A decoded text.
pub(super) struct Decoded<'a> {
    /// The text, without a byte order mark.
    pub(super) text: Cow<'a, str>,
    /// What it was written in.
    pub(super) encoding: &'static str,
}

/// Decodes a text file; never fails, since what is no text at all is told apart before.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some((encoding, mark)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        return Decoded { text, encoding: encoding.name() };
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !looks_utf16(bytes, 1)
        && !looks_utf16(bytes, 0)
    {
        return Decoded { text: Cow::Borrowed(text), encoding: "UTF-8" };
    }
    for (zeros, encoding) in [(1, encoding_rs::UTF_16LE), (0, encoding_rs::UTF_16BE)] {
        if looks_utf16(bytes, zeros) {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            return Decoded { text, encoding: encoding.name() };
        }
    }
    let (text, _) = encoding_rs::WINDOWS_1258.decode_without_bom_handling(bytes);
    Decoded { text, encoding: "windows-1258" }
}

/// Whether the even (0) or odd (1) bytes of the start are zero far more often than the others, as in UTF-16 of Western letters.
pub(super) fn looks_utf16(bytes: &[u8], zeros: usize) -> bool {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let count = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let pairs = head.len() / 2;
    pairs >= 4 && count(zeros) * 10 >= pairs * 3 && count(1 - zeros) * 20 < pairs
}
