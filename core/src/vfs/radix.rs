//! A persistent radix tree from u64: cloning is constant work, and a write copies only the path to its key.

use std::sync::Arc;

/// Bits of the key that one branch decides.
const BITS: u32 = 4;
const MASK: u64 = (1 << BITS) - 1;

/// An ordered map from `u64` to `T` whose clones share what neither has changed.
///
/// Runs of keys that nothing distinguishes take no branches, so dense keys (pages, inode numbers) and
/// scattered ones (hashes) both give trees of about log16(n) levels. Recursion is at most 16 deep.
#[derive(Clone)]
pub struct Radix<T> {
    root: Option<Slot<T>>,
    len: usize,
}

#[derive(Clone)]
enum Slot<T> {
    Leaf(u64, T),
    Branch(Arc<Branch<T>>),
}

/// Two to sixteen slots whose keys agree above `shift + BITS`.
#[derive(Clone)]
struct Branch<T> {
    /// The bits that all keys below share; the others are 0.
    prefix: u64,
    shift: u32,
    /// Which of the sixteen slots are there.
    bitmap: u16,
    slots: Vec<Slot<T>>,
}

impl<T> Default for Radix<T> {
    fn default() -> Radix<T> {
        Radix { root: None, len: 0 }
    }
}

impl<T> Radix<T> {
    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The value of `key`.
    #[must_use]
    pub fn get(&self, key: u64) -> Option<&T> {
        let mut slot = self.root.as_ref()?;
        loop {
            match slot {
                Slot::Leaf(found, value) => return (*found == key).then_some(value),
                Slot::Branch(branch) => slot = branch.slot(key)?,
            }
        }
    }

    /// The smallest key from `key` on, and its value.
    #[must_use]
    pub fn at_or_after(&self, key: u64) -> Option<(u64, &T)> {
        self.root.as_ref()?.at_or_after(key)
    }

    /// The greatest key and its value.
    #[must_use]
    pub fn last(&self) -> Option<(u64, &T)> {
        let mut slot = self.root.as_ref()?;
        loop {
            match slot {
                Slot::Leaf(key, value) => return Some((*key, value)),
                Slot::Branch(branch) => slot = branch.slots.last()?,
            }
        }
    }

    /// All keys and values in the order of the keys.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &T)> {
        let mut from = Some(0);
        std::iter::from_fn(move || {
            let (key, value) = self.at_or_after(from?)?;
            from = key.checked_add(1);
            Some((key, value))
        })
    }
}

impl<T: Clone> Radix<T> {
    /// The value of `key`, to be changed. Copies what is shared on the way to it.
    pub fn get_mut(&mut self, key: u64) -> Option<&mut T> {
        // Looked for first: a miss must not copy the path.
        self.get(key)?;
        let mut slot = self.root.as_mut()?;
        loop {
            match slot {
                Slot::Leaf(_, value) => return Some(value),
                Slot::Branch(branch) => {
                    let branch = Arc::make_mut(branch);
                    let position = branch.position(key);
                    slot = branch.slots.get_mut(position)?;
                }
            }
        }
    }

    /// Sets the value of `key` and gives the old one.
    pub fn insert(&mut self, key: u64, value: T) -> Option<T> {
        let old = match &mut self.root {
            None => {
                self.root = Some(Slot::Leaf(key, value));
                None
            }
            Some(slot) => slot.insert(key, value),
        };
        self.len += usize::from(old.is_none());
        old
    }

    /// Removes `key` and gives its value.
    pub fn remove(&mut self, key: u64) -> Option<T> {
        self.get(key)?;
        let removed = if let Some(Slot::Branch(_)) = self.root {
            self.root.as_mut()?.remove_below(key)
        } else {
            self.root.take().and_then(Slot::into_leaf)
        };
        self.len -= usize::from(removed.is_some());
        removed
    }

    /// Removes `key` and all greater ones.
    pub fn remove_from(&mut self, key: u64) {
        if key == 0 {
            *self = Radix::default();
        } else if self.at_or_after(key).is_some() {
            let mut removed = 0;
            self.root = self.root.take().and_then(|slot| slot.without_from(key, &mut removed));
            self.len -= removed;
        }
    }
}

impl<T> Branch<T> {
    fn covers(&self, key: u64) -> bool {
        (key ^ self.prefix) >> self.shift >> BITS == 0
    }

    fn bit(&self, key: u64) -> u16 {
        1 << ((key >> self.shift) & MASK)
    }

    /// Where the slot of `key` is, or would be.
    fn position(&self, key: u64) -> usize {
        (self.bitmap & (self.bit(key) - 1)).count_ones() as usize
    }

    fn slot(&self, key: u64) -> Option<&Slot<T>> {
        if self.covers(key) && self.bitmap & self.bit(key) != 0 {
            self.slots.get(self.position(key))
        } else {
            None
        }
    }
}

impl<T> Slot<T> {
    /// The smallest key that may stand here.
    fn prefix(&self) -> u64 {
        match self {
            Slot::Leaf(key, _) => *key,
            Slot::Branch(branch) => branch.prefix,
        }
    }

    fn into_leaf(self) -> Option<T> {
        match self {
            Slot::Leaf(_, value) => Some(value),
            Slot::Branch(_) => None,
        }
    }

    fn at_or_after(&self, key: u64) -> Option<(u64, &T)> {
        match self {
            Slot::Leaf(found, value) => (*found >= key).then_some((*found, value)),
            Slot::Branch(branch) => {
                let first = if key <= branch.prefix {
                    0
                } else if branch.covers(key) {
                    branch.position(key)
                } else {
                    return None;
                };
                branch.slots.get(first..)?.iter().find_map(|slot| slot.at_or_after(key))
            }
        }
    }

    fn count(&self) -> usize {
        match self {
            Slot::Leaf(..) => 1,
            Slot::Branch(branch) => branch.slots.iter().map(Slot::count).sum(),
        }
    }
}

impl<T: Clone> Slot<T> {
    fn insert(&mut self, key: u64, value: T) -> Option<T> {
        match self {
            Slot::Leaf(found, old) if *found == key => return Some(std::mem::replace(old, value)),
            Slot::Branch(branch) if branch.covers(key) => {
                let branch = Arc::make_mut(branch);
                let position = branch.position(key);
                let bit = branch.bit(key);
                if branch.bitmap & bit != 0 {
                    return branch.slots.get_mut(position)?.insert(key, value);
                }
                branch.bitmap |= bit;
                branch.slots.insert(position, Slot::Leaf(key, value));
                return None;
            }
            _ => {}
        }
        self.split(key, value);
        None
    }

    /// Puts a branch here that holds what stood here and a leaf, at the highest bits in which they differ.
    fn split(&mut self, key: u64, value: T) {
        let prefix = self.prefix();
        let highest = 63 - (key ^ prefix).leading_zeros().min(63);
        let shift = highest / BITS * BITS;
        let shared = key >> shift >> BITS << BITS << shift;
        let mut branch = Branch { prefix: shared, shift, bitmap: 0, slots: Vec::with_capacity(2) };
        branch.bitmap = branch.bit(key) | branch.bit(prefix);
        let old = std::mem::replace(self, Slot::Leaf(key, value));
        let new = std::mem::replace(self, Slot::Branch(Arc::new(branch)));
        if let Slot::Branch(branch) = self
            && let Some(branch) = Arc::get_mut(branch)
        {
            branch.slots.extend(if key < prefix { [new, old] } else { [old, new] });
        }
    }

    /// Removes a key that is below this branch. A branch left with one slot gives way to it.
    fn remove_below(&mut self, key: u64) -> Option<T> {
        let Slot::Branch(branch) = self else { return None };
        let branch = Arc::make_mut(branch);
        let position = branch.position(key);
        let removed = match branch.slots.get_mut(position)? {
            slot @ Slot::Branch(_) => slot.remove_below(key),
            Slot::Leaf(..) => {
                branch.bitmap &= !branch.bit(key);
                branch.slots.remove(position).into_leaf()
            }
        };
        if branch.slots.len() == 1
            && let Some(only) = branch.slots.pop()
        {
            *self = only;
        }
        removed
    }

    /// What is left without `key` and all greater ones; adds how many go.
    fn without_from(self, key: u64, removed: &mut usize) -> Option<Slot<T>> {
        if self.prefix() >= key {
            *removed += self.count();
            return None;
        }
        let Slot::Branch(mut arc) = self else { return Some(self) };
        if !arc.covers(key) {
            return Some(Slot::Branch(arc));
        }
        let branch = Arc::make_mut(&mut arc);
        let kept = branch.bit(key) - 1;
        let slots = std::mem::take(&mut branch.slots);
        let mut bits = branch.bitmap;
        for slot in slots {
            let bit = bits & bits.wrapping_neg();
            bits &= !bit;
            let left = if bit & kept != 0 { Some(slot) } else { slot.without_from(key, removed) };
            match left {
                Some(slot) => branch.slots.push(slot),
                None => branch.bitmap &= !bit,
            }
        }
        match branch.slots.len() {
            0 | 1 => branch.slots.pop(),
            _ => Some(Slot::Branch(arc)),
        }
    }
}

#[cfg(test)]
impl<T> Radix<T> {
    /// How many branches of `self` are not also `other`'s.
    pub(crate) fn branches_not_in(&self, other: &Radix<T>) -> usize {
        fn all<T>(slot: &Slot<T>, found: &mut std::collections::BTreeSet<usize>) {
            if let Slot::Branch(branch) = slot {
                found.insert(Arc::as_ptr(branch).addr());
                branch.slots.iter().for_each(|slot| all(slot, found));
            }
        }
        let [mut ours, mut theirs] = [const { std::collections::BTreeSet::new() }; 2];
        self.root.iter().for_each(|slot| all(slot, &mut ours));
        other.root.iter().for_each(|slot| all(slot, &mut theirs));
        ours.difference(&theirs).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn check(radix: &Radix<u32>, model: &BTreeMap<u64, u32>) {
        assert_eq!(radix.len(), model.len());
        assert!(radix.iter().eq(model.iter().map(|(key, value)| (*key, value))));
        assert_eq!(radix.last(), model.iter().next_back().map(|(key, value)| (*key, value)));
        fn shape(slot: &Slot<u32>) {
            if let Slot::Branch(branch) = slot {
                assert!(branch.slots.len() >= 2, "a branch with one slot");
                assert_eq!(branch.slots.len(), branch.bitmap.count_ones() as usize);
                for slot in &branch.slots {
                    assert!(branch.covers(slot.prefix()));
                    if let Slot::Branch(below) = slot {
                        assert!(below.shift < branch.shift);
                    }
                    shape(slot);
                }
            }
        }
        radix.root.iter().for_each(shape);
    }

    /// Random operations beside a `BTreeMap`; clones taken on the way keep what they held.
    #[test]
    fn agrees_with_a_model() {
        for seed in 0..20u64 {
            let mut state = seed;
            let mut random = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                state >> 20
            };
            let mut radix = Radix::default();
            let mut model = BTreeMap::new();
            let mut kept = Vec::new();
            for step in 0..600u32 {
                let word = random();
                let key = match word % 4 {
                    0 => random() % 8,
                    1 => random() % 1000,
                    2 => u64::MAX - random() % 40,
                    _ => random().wrapping_mul(0x9e37_79b9_7f4a_7c15),
                };
                match random() % 16 {
                    0..8 => assert_eq!(radix.insert(key, step), model.insert(key, step)),
                    8..13 => assert_eq!(radix.remove(key), model.remove(&key)),
                    13 => {
                        let keep = |(found, value): (&u64, &u32)| (*found, *value);
                        assert_eq!(
                            radix.at_or_after(key).map(|(found, value)| (found, *value)),
                            model.range(key..).next().map(keep)
                        );
                    }
                    14 => {
                        if let Some(value) = radix.get_mut(key) {
                            *value += 1;
                        }
                        model.entry(key).and_modify(|value| *value += 1);
                    }
                    _ if word % 5 == 0 => {
                        radix.remove_from(key);
                        model.retain(|found, _| *found < key);
                    }
                    _ => kept.push((radix.clone(), model.clone())),
                }
                assert_eq!(radix.get(key), model.get(&key));
                check(&radix, &model);
            }
            kept.iter().for_each(|(radix, model)| check(radix, model));
        }
    }

    #[test]
    fn a_write_after_a_clone_copies_one_path() {
        let mut radix = Radix::default();
        (0..100_000).for_each(|key| {
            radix.insert(key, key);
        });
        let clone = radix.clone();
        assert_eq!(radix.branches_not_in(&clone), 0);
        radix.insert(54_321, 0);
        assert_eq!(radix.branches_not_in(&clone), 5);
        assert_eq!(clone.get(54_321), Some(&54_321));
    }

    #[test]
    fn slots_are_small() {
        assert_eq!(size_of::<Slot<Arc<u8>>>(), 16);
        assert_eq!(size_of::<Radix<Arc<u8>>>(), 32);
    }
}
