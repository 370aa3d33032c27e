//! Digits of a text as a number, eight at a time: a loop that ends after another number of digits in each cell is what a
//! processor guesses wrong, and a file has millions of cells.

/// The same byte eight times.
pub(crate) const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// A number of digits and of nothing else, of at most eighteen.
pub(crate) fn digits(text: &[u8]) -> Option<u64> {
    if text.is_empty() || text.len() > 18 {
        return None;
    }
    text.iter().try_fold(0_u64, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u64::from(byte - b'0')))
}

/// The number that eight digits are.
pub(crate) fn eight(text: [u8; 8]) -> Option<u64> {
    sum(u64::from_le_bytes(text) ^ each(b'0'))
}

/// The number of one to seven digits before a mark, and how many they are.
pub(crate) fn before(text: [u8; 8], mark: u8) -> Option<(usize, u64)> {
    let word = u64::from_le_bytes(text);
    let other = word ^ each(mark);
    // The highest bit of the first byte that is the mark; bytes behind it may be taken for it wrongly.
    let marks = other.wrapping_sub(each(1)) & !other & each(0x80);
    let length = marks.trailing_zeros() / 8;
    if length == 0 || length == 8 {
        return None;
    }
    Some((length as usize, sum((word ^ each(b'0')) << (64 - 8 * length))?))
}

/// The number of eight bytes that are digits without their `0x30`, the first in the lowest byte; `None` where one is no digit.
fn sum(digits: u64) -> Option<u64> {
    if (digits.wrapping_add(each(6)) | digits) & each(0xF0) != 0 {
        return None;
    }
    // Every second byte becomes a number of two digits, of which two and two more are weighed by one product.
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    let first = (pairs & 0x0000_00FF_0000_00FF).wrapping_mul(100 + (1_000_000 << 32));
    let second = (pairs >> 16 & 0x0000_00FF_0000_00FF).wrapping_mul(1 + (10_000 << 32));
    Some(first.wrapping_add(second) >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn eight_digits_are_what_they_are_one_by_one(text in "[0-9]{8}|[0-9/:; a]{8}") {
            prop_assert_eq!(eight(text.as_bytes().try_into().unwrap()), digits(text.as_bytes()));
        }

        #[test]
        fn any_bytes_are_a_number_only_where_they_are_digits(text in prop::array::uniform8(prop::num::u8::ANY)) {
            prop_assert_eq!(eight(text), digits(&text));
        }

        #[test]
        fn digits_before_a_mark_are_what_they_are_one_by_one(text in "[0-9]{0,9}[<0-9/:;= a]{0,3}", behind in "[<0-9=;]{8}") {
            let all = text + "<" + &behind;
            let number = all.split('<').next().unwrap();
            let expected = digits(number.as_bytes()).filter(|_| number.len() < 8).map(|whole| (number.len(), whole));
            prop_assert_eq!(before(*all.as_bytes().first_chunk().unwrap(), b'<'), expected);
        }
    }
}
