//! Numbers by address.

/// The numbers of what lies at addresses. A table with room to spare: the comparisons of a search tree were a tenth of a run
/// that has as many locks as tasks.
#[derive(Default)]
pub(super) struct Addresses {
    /// As many as a power of two, at least twice as many as are taken.
    slots: Vec<Option<(usize, u32)>>,
    taken: usize,
}

impl Addresses {
    pub fn get(&self, address: usize) -> Option<u32> {
        self.slots.get(self.slot(address)?)?.map(|(_, number)| number)
    }

    pub fn insert(&mut self, address: usize, number: u32) {
        if self.slots.len() < 2 * (self.taken + 1) {
            let room = (2 * self.slots.len()).max(8);
            let before = std::mem::replace(&mut self.slots, vec![None; room]);
            before.into_iter().flatten().for_each(|(address, number)| self.put(address, number));
        }
        self.taken += usize::from(self.get(address).is_none());
        self.put(address, number);
    }

    fn put(&mut self, address: usize, number: u32) {
        if let Some(slot) = self.slot(address).and_then(|slot| self.slots.get_mut(slot)) {
            *slot = Some((address, number));
        }
    }

    /// Where an address is, or would be.
    fn slot(&self, address: usize) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        // What is allocated lies at multiples of some power of two: the factor spreads it, and its upper bits count.
        let spread = (address >> 3).wrapping_mul(0x9E37_79B1);
        let first = spread ^ (spread >> 16);
        let free =
            |slot: &usize| self.slots.get(*slot).is_none_or(|held| held.is_none_or(|(known, _)| known == address));
        (0..self.slots.len()).map(|step| first.wrapping_add(step) & mask).find(free)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_keeps_its_last_number_however_many_there_are() {
        let mut addresses = Addresses::default();
        assert_eq!(addresses.get(8), None);
        let all = || (0..5000_u32).map(|number| (usize::try_from(number).unwrap_or_default() * 8192 + 16, number));
        for (address, number) in all() {
            addresses.insert(address, number + 1);
            addresses.insert(address, number);
        }
        assert!(all().all(|(address, number)| addresses.get(address) == Some(number)));
        assert_eq!(addresses.get(17), None);
        assert_eq!(addresses.taken, 5000);
    }
}
