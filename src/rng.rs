//! A tiny seeded generator, so that what was drawn once, a session or a shuffle, can be drawn again from its seed.

/// `SplitMix64` (Steele, Lea and Flood, 2014): one 64-bit word of state, passes `BigCrush`, needs no warm-up.
///
/// Not for secrets. It is our own because the sequence is part of saved sessions and must never change under us.
#[derive(Debug, Clone)]
pub struct Rng {
    state: u64,
}

impl Rng {
    /// Makes the generator of a seed.
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// Makes the generator of one card of a session: it depends on the two alone, not on the card's position.
    pub fn for_card(seed: u64, card: &str) -> Self {
        // FNV-1a, for the same reason as above: `std`'s hasher may change between releases.
        let hash = card
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Self::new(seed ^ hash)
    }

    /// Draws 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.state;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// Draws a number from 0 up to, but not including, `bound`; 0 when `bound` is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        // Multiply-shift: the bias is below bound / 2^64, which nobody who draws so little will notice.
        let wide = u128::from(self.bits()) * (bound as u128);
        usize::try_from(wide >> 64).unwrap_or(0)
    }

    /// Shuffles a slice in place (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Rng;

    #[test]
    fn the_sequence_is_the_published_one() {
        // First outputs for seed 1234567 of the reference implementation in C.
        let mut rng = Rng::new(1_234_567);
        let drawn: Vec<u64> = (0..3).map(|_| rng.bits()).collect();
        assert_eq!(drawn, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn a_draw_stays_below_its_bound() {
        let mut rng = Rng::new(7);
        assert_eq!(rng.below(0), 0);
        assert_eq!(rng.below(1), 0);
        let mut seen = [false; 6];
        for _ in 0..200 {
            let drawn = rng.below(6);
            assert!(drawn < 6);
            if let Some(slot) = seen.get_mut(drawn) {
                *slot = true;
            }
        }
        assert_eq!(seen, [true; 6]);
    }

    #[test]
    fn a_shuffle_keeps_every_item() {
        let mut items: Vec<u32> = (0..40).collect();
        Rng::new(3).shuffle(&mut items);
        assert_ne!(items, (0..40).collect::<Vec<u32>>());
        items.sort_unstable();
        assert_eq!(items, (0..40).collect::<Vec<u32>>());
    }
}
