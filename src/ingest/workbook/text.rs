//! Tells UTF-16 by its zeros where the first bytes of a file are looked at.

/// Whether the even (0) or odd (1) bytes of the start are zero far more often than the others, as in UTF-16 of Western letters.
pub(super) fn looks_utf16(bytes: &[u8], zeros: usize) -> bool {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let count = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let pairs = head.len() / 2;
    pairs >= 4 && count(zeros) * 10 >= pairs * 3 && count(1 - zeros) * 20 < pairs
}
