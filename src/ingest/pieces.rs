//! A long list in pieces: it grows without moving what it has, so that no half-empty copy of it is left behind.

use std::ops::Range;

/// Values of a full piece.
const PIECE: usize = 1 << 14;

/// A list.
#[derive(Debug)]
pub(crate) struct Pieces<T> {
    /// All but the last are full.
    pieces: Vec<Vec<T>>,
}

impl<T> Default for Pieces<T> {
    fn default() -> Self {
        Self { pieces: Vec::new() }
    }
}

impl<T> Pieces<T> {
    /// Adds a value.
    pub(crate) fn push(&mut self, value: T) {
        match self.pieces.last_mut() {
            Some(piece) if piece.len() < PIECE => piece.push(value),
            // A short list grows as any other.
            None => self.pieces.push(vec![value]),
            Some(_) => {
                let mut piece = Vec::with_capacity(PIECE);
                piece.push(value);
                self.pieces.push(piece);
            }
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.pieces.last().map_or(0, |last| (self.pieces.len() - 1) * PIECE + last.len())
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// A value by its place.
    pub(crate) fn get(&self, at: usize) -> Option<&T> {
        self.pieces.get(at / PIECE)?.get(at % PIECE)
    }

    /// All values.
    pub(crate) fn iter(&self) -> std::iter::Flatten<std::slice::Iter<'_, Vec<T>>> {
        self.pieces.iter().flatten()
    }

    /// Some of them, by their places.
    pub(crate) fn range(&self, range: Range<usize>) -> impl Iterator<Item = &T> {
        self.iter().skip(range.start).take(range.len())
    }

    /// The list in as many parts as there are threads; a short one in one part.
    pub(crate) fn shares(&self) -> Vec<Range<usize>> {
        let share = self.len().div_ceil(rayon::current_num_threads()).max(PIECE);
        (0..self.len()).step_by(share).map(|from| from..self.len().min(from + share)).collect()
    }

    /// Forgets all but the first.
    pub(crate) fn truncate(&mut self, length: usize) {
        if length >= self.len() {
            return;
        }
        self.pieces.truncate(length.div_ceil(PIECE));
        let full = self.pieces.len().saturating_sub(1) * PIECE;
        self.pieces.last_mut().into_iter().for_each(|last| last.truncate(length - full));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_in_pieces_is_as_a_list() {
        let lengths = [0, 1, 2, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 7];
        for length in lengths {
            let (mut ours, mut plain) = (Pieces::default(), Vec::new());
            (0..length).for_each(|value| ours.push(value));
            plain.extend(0..length);
            for cut in lengths.into_iter().rev() {
                ours.truncate(cut);
                plain.truncate(cut);
                assert_eq!((ours.len(), ours.is_empty()), (plain.len(), plain.is_empty()), "{length} cut to {cut}");
                assert!(ours.iter().eq(&plain), "{length} cut to {cut}");
                assert!(ours.shares().into_iter().flat_map(|share| ours.range(share)).eq(&plain), "{length} cut to {cut}");
                for at in [0, cut.saturating_sub(1), cut, cut + 1, PIECE, 2 * PIECE - 1] {
                    assert_eq!(ours.get(at), plain.get(at), "{length} cut to {cut} at {at}");
                }
            }
            ours.push(9);
            assert_eq!((ours.len(), ours.get(0)), (1, Some(&9)));
        }
    }
}
