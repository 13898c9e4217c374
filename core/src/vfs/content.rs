//! The content of a regular file: 4 KiB pages that copies share, with holes.

use super::radix::Radix;
use std::sync::Arc;

/// Bytes of a page.
pub const PAGE_BYTES: usize = 4096;

/// A page's bytes up to its last written one; zeros follow. So a small file is one short page.
type Page = Arc<Vec<u8>>;

/// A file's bytes. Cloning is constant work; a write to a clone copies the pages it touches.
#[derive(Clone, Default)]
pub struct Content {
    size_bytes: u64,
    pages: Radix<Page>,
}

/// The page that holds `offset`, and where in it.
const fn place(offset: u64) -> (u64, usize) {
    (offset / PAGE_BYTES as u64, (offset % PAGE_BYTES as u64) as usize)
}

impl Content {
    /// With these bytes.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Content {
        let mut content = Content::default();
        content.write(0, bytes, u64::MAX);
        content
    }

    /// Length, holes counted.
    #[must_use]
    pub const fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// How many pages are allocated; holes are not.
    #[must_use]
    pub fn page_count(&self) -> u64 {
        self.pages.len() as u64
    }

    /// Reads at `offset`; 0 is the end.
    pub fn read(&self, offset: u64, buf: &mut [u8]) -> usize {
        let left = self.size_bytes.saturating_sub(offset);
        let wanted = buf.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let mut rest = buf.get_mut(..wanted).unwrap_or_default();
        let mut at = offset;
        while !rest.is_empty() {
            let (key, start) = place(at);
            let (chunk, next) = rest.split_at_mut(rest.len().min(PAGE_BYTES - start));
            let stored = self.pages.get(key).and_then(|page| page.get(start..)).unwrap_or_default();
            let stored = &stored[..stored.len().min(chunk.len())];
            let (copied, zeros) = chunk.split_at_mut(stored.len());
            copied.copy_from_slice(stored);
            zeros.fill(0);
            at += chunk.len() as u64;
            rest = next;
        }
        wanted
    }

    /// Writes at `offset` and gives how many bytes were taken: fewer than all when more than
    /// `pages_max` new pages would be needed, or when the end of what a file can be is reached.
    pub fn write(&mut self, offset: u64, bytes: &[u8], pages_max: u64) -> usize {
        let mut pages_left = pages_max;
        let mut rest = bytes;
        let mut at = offset;
        while !rest.is_empty() {
            let (key, start) = place(at);
            let (chunk, next) = rest.split_at(rest.len().min(PAGE_BYTES - start));
            let Some(end) = at.checked_add(chunk.len() as u64) else { break };
            if let Some(page) = self.pages.get_mut(key) {
                put(Arc::make_mut(page), start, chunk);
            } else if pages_left == 0 {
                break;
            } else {
                pages_left -= 1;
                let mut page = Vec::with_capacity(start + chunk.len());
                put(&mut page, start, chunk);
                self.pages.insert(key, Arc::new(page));
            }
            at = end;
            rest = next;
        }
        let taken = bytes.len() - rest.len();
        if taken > 0 {
            self.size_bytes = self.size_bytes.max(at);
        }
        taken
    }

    /// Sets the length. What is cut off is gone; what is added is a hole.
    pub fn truncate(&mut self, size_bytes: u64) {
        if size_bytes < self.size_bytes {
            let (key, kept) = place(size_bytes);
            self.pages.remove_from(if kept == 0 { key } else { key + 1 });
            if kept > 0
                && let Some(page) = self.pages.get_mut(key)
                && page.len() > kept
            {
                Arc::make_mut(page).truncate(kept);
            }
        }
        self.size_bytes = size_bytes;
    }

    /// The allocated pages in order: offset and bytes. What is not told is zeros.
    pub fn extents(&self) -> impl Iterator<Item = (u64, &[u8])> {
        self.pages.iter().map(|(key, page)| (key * PAGE_BYTES as u64, page.as_slice()))
    }

    /// All bytes, as long as there are at most `max`.
    #[must_use]
    pub fn to_vec(&self, max: usize) -> Option<Vec<u8>> {
        let size = usize::try_from(self.size_bytes).ok().filter(|size| *size <= max)?;
        let mut bytes = vec![0; size];
        self.read(0, &mut bytes);
        Some(bytes)
    }
}

/// Writes into a page, which grows as needed. `start + bytes` is within a page.
fn put(page: &mut Vec<u8>, start: usize, bytes: &[u8]) {
    if page.len() <= start {
        page.resize(start, 0);
        page.extend_from_slice(bytes);
        return;
    }
    let (over, beyond) = bytes.split_at(bytes.len().min(page.len() - start));
    if let Some(target) = page.get_mut(start..start + over.len()) {
        target.copy_from_slice(over);
    }
    page.extend_from_slice(beyond);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Random writes, truncations and reads beside a plain vector.
    #[test]
    fn agrees_with_a_vector() {
        for seed in 0..30u64 {
            let mut state = seed + 1;
            let mut random = |below: u64| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state % below
            };
            let mut content = Content::default();
            let mut model = Vec::<u8>::new();
            let mut kept = Vec::new();
            for step in 0..200u64 {
                let offset = random(20_000) as usize;
                let len = random(if step % 7 == 0 { 10_000 } else { 40 }) as usize;
                match random(8) {
                    0 => {
                        content.truncate(offset as u64);
                        model.resize(offset, 0);
                    }
                    1 => kept.push((content.clone(), model.clone())),
                    choice => {
                        let offset = if choice < 4 { model.len() } else { offset };
                        let bytes: Vec<u8> = (0..len).map(|i| (i as u64 * 7 + step) as u8).collect();
                        assert_eq!(content.write(offset as u64, &bytes, u64::MAX), len);
                        if len > 0 {
                            model.resize(model.len().max(offset + len), 0);
                            model[offset..offset + len].copy_from_slice(&bytes);
                        }
                    }
                }
                let mut buf = vec![0xaa; len];
                let got = content.read(offset as u64, &mut buf);
                assert_eq!(
                    &buf[..got],
                    model.get(offset..(offset + len).min(model.len())).unwrap_or_default()
                );
            }
            kept.push((content, model));
            for (content, model) in kept {
                assert_eq!(content.to_vec(usize::MAX), Some(model));
            }
        }
    }

    #[test]
    fn holes_cost_nothing_and_read_as_zeros() {
        let mut content = Content::default();
        content.truncate(1 << 40);
        content.write(1 << 39, b"x", u64::MAX);
        assert_eq!(content.page_count(), 1);
        let mut buf = [9; 3];
        assert_eq!(content.read((1 << 39) - 1, &mut buf), 3);
        assert_eq!(buf, [0, b'x', 0]);
        content.truncate(1 << 39);
        assert_eq!(content.page_count(), 0);
    }

    #[test]
    fn cut_bytes_never_come_back() {
        let mut content = Content::new(b"secret");
        content.truncate(2);
        content.truncate(6);
        assert_eq!(content.to_vec(6), Some(b"se\0\0\0\0".to_vec()));
    }

    #[test]
    fn a_write_stops_where_pages_end() {
        let mut content = Content::new(&[1; 100]);
        assert_eq!(content.write(50, &[2; 10_000], 1), 2 * PAGE_BYTES - 50);
        assert_eq!(content.size_bytes(), 2 * PAGE_BYTES as u64);
        assert_eq!(content.write(3 * PAGE_BYTES as u64, b"x", 0), 0);
        assert_eq!(content.size_bytes(), 2 * PAGE_BYTES as u64);
        assert_eq!(content.write(u64::MAX, b"xy", 9), 0);
    }
}
