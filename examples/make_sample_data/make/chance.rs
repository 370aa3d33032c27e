//! A seeded stream of numbers (SplitMix64), so that the sample is the same on any machine.

/// A stream of pseudo-random numbers. Each topic has a stream of its own, so that a change in one
/// topic leaves the others as they were.
pub(crate) struct Chance(u64);

impl Chance {
    /// Starts the stream of a topic.
    pub(crate) fn of(topic: u64) -> Self {
        Self(0x1A_4B00_2023 ^ topic.wrapping_mul(0xD6E8_FEB8_6659_FD93))
    }

    /// The next 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        let width = u64::from(high.saturating_sub(low)) + 1;
        low + u32::try_from(self.next() % width).unwrap_or(0)
    }

    /// True in `percent` of a hundred cases.
    pub(crate) fn percent(&mut self, percent: u32) -> bool {
        self.between(1, 100) <= percent
    }

    /// An index below `len`, or 0 when there is nothing to choose from.
    pub(crate) fn index(&mut self, len: usize) -> usize {
        let len = u32::try_from(len).unwrap_or(u32::MAX);
        usize::try_from(self.between(0, len.saturating_sub(1))).unwrap_or(0)
    }

    /// One of the words of a list.
    pub(crate) fn word(&mut self, words: &[&'static str]) -> &'static str {
        words.get(self.index(words.len())).copied().unwrap_or("")
    }

    /// Puts a list into a random order (Fisher–Yates).
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = self.index(last + 1);
            items.swap(last, other);
        }
    }
}

/// Shares a whole over parts in proportion to weights, by largest remainder; the parts add up.
pub(crate) fn share(total: u32, weights: &[u32]) -> Vec<u32> {
    let sum: u64 = weights.iter().copied().map(u64::from).sum::<u64>().max(1);
    let exact: Vec<u64> = weights.iter().map(|&w| u64::from(total) * u64::from(w)).collect();
    let mut parts: Vec<u32> = exact.iter().map(|e| u32::try_from(e / sum).unwrap_or(0)).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(exact[i] % sum), i));
    let left = total - parts.iter().sum::<u32>();
    for (&i, _) in order.iter().zip(0..left) {
        parts[i] += 1;
    }
    parts
}
