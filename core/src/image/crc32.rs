//! The CRC-32 of gzip, zip and our images (RFC 1952 section 8), eight bytes at a step.

use std::sync::LazyLock;

/// The tables for the last byte of one, two … eight. Made when first used: 8 kB that do not compress would
/// be a part of every download.
static TABLES: LazyLock<[[u32; 256]; 8]> = LazyLock::new(|| {
    let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    let one: [u32; 256] = std::array::from_fn(|byte| (0..8).fold(byte as u32, step));
    let mut tables = [one; 8];
    for table in 1..8 {
        tables[table] = tables[table - 1].map(|before| before >> 8 ^ one[(before & 0xff) as usize]);
    }
    tables
});

/// A running checksum.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Crc32(u32);

impl Crc32 {
    /// Of no bytes.
    pub const fn new() -> Crc32 {
        Crc32(!0)
    }

    /// Of one slice.
    pub fn of(bytes: &[u8]) -> u32 {
        let mut crc = Crc32::new();
        crc.update(bytes);
        crc.value()
    }

    /// Goes on over these bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        let tables = &*TABLES;
        let (words, rest) = bytes.as_chunks::<8>();
        for [a, b, c, d, e, f, g, h] in words {
            let low = self.0 ^ u32::from_le_bytes([*a, *b, *c, *d]);
            let byte = |shift: u32| (low >> shift & 0xff) as usize;
            self.0 = tables[7][byte(0)]
                ^ tables[6][byte(8)]
                ^ tables[5][byte(16)]
                ^ tables[4][byte(24)]
                ^ tables[3][usize::from(*e)]
                ^ tables[2][usize::from(*f)]
                ^ tables[1][usize::from(*g)]
                ^ tables[0][usize::from(*h)];
        }
        for byte in rest {
            self.0 = self.0 >> 8 ^ tables[0][usize::from(self.0 as u8 ^ byte)];
        }
    }

    /// The checksum so far.
    pub const fn value(self) -> u32 {
        !self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values from Python's `zlib.crc32`.
    #[test]
    fn known_values() {
        assert_eq!(Crc32::of(b""), 0);
        assert_eq!(Crc32::of(b"123456789"), 0xcbf4_3926);
        assert_eq!(Crc32::of(&(0..=255).collect::<Vec<u8>>()), 0x2905_8c73);
        assert_eq!(Crc32::of(b"The quick brown fox jumps over the lazy dog"), 0x414f_a339);
    }

    #[test]
    fn parts_give_the_same_as_the_whole() {
        let bytes: Vec<u8> = (0..100).collect();
        for cut in 0..bytes.len() {
            let mut crc = Crc32::new();
            crc.update(&bytes[..cut]);
            crc.update(&bytes[cut..]);
            assert_eq!(crc.value(), Crc32::of(&bytes));
        }
    }
}
