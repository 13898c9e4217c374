//! gzip (RFC 1952) with the DEFLATE data in it (RFC 1951), of whole slices. What writes is linked
//! only into programs that write.

use super::crc32::Crc32;
use super::cursor::Cursor;
use super::{ImageError, Problem};

/// The first two bytes.
pub const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Bits of the header's flags (RFC 1952 section 2.3.1).
const HEADER_CRC: u8 = 2;
const EXTRA: u8 = 4;
const NAME: u8 = 8;
const COMMENT: u8 = 16;
const RESERVED: u8 = 0xe0;

/// Of the length symbols 257 to 285: the shortest length and how many more bits tell the rest.
const LENGTHS: [(u16, u8); 29] = {
    let mut table = [(0, 0); 29];
    let mut index = 0;
    let mut base = 3;
    while index < 28 {
        let extra = if index < 8 { 0 } else { index as u8 / 4 - 1 };
        table[index] = (base, extra);
        base += 1 << extra;
        index += 1;
    }
    table[28] = (258, 0);
    table
};

/// Of the distance symbols: the shortest distance and how many more bits tell the rest.
const DISTANCES: [(u16, u8); 30] = {
    let mut table = [(0, 0); 30];
    let mut index = 0;
    let mut base: u32 = 1;
    while index < 30 {
        let extra = if index < 4 { 0 } else { index as u8 / 2 - 1 };
        table[index] = (base as u16, extra);
        base += 1 << extra;
        index += 1;
    }
    table
};

/// The order in which the lengths of the code for code lengths stand (RFC 1951 section 3.2.7).
const LENGTH_ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

const BROKEN: Problem = Problem::Malformed("not gzip data");

/// The content of all members together, of at most `max` bytes. Zeros may follow, as tapes have them. Offsets
/// of errors are in `bytes`.
pub fn gunzip(bytes: &[u8], max: usize) -> Result<Vec<u8>, ImageError> {
    let mut out = Vec::new();
    let mut cursor = Cursor::new(bytes);
    loop {
        read_header(&mut cursor)?;
        let start = out.len();
        let mut bits = Bits::new(cursor.rest());
        let inflated = inflate(&mut bits, &mut out, start, max);
        cursor.take(bits.offset() as u64)?;
        inflated.map_err(|problem| cursor.error(problem))?;
        let written = out.get(start..).unwrap_or_default();
        let at = cursor.clone();
        if cursor.u32()? != Crc32::of(written) || cursor.u32()? != written.len() as u32 {
            return Err(at.error(Problem::BadChecksum));
        }
        if cursor.rest().iter().all(|byte| *byte == 0) {
            return Ok(out);
        }
    }
}

/// Reads a member's header (RFC 1952 section 2.3).
fn read_header(cursor: &mut Cursor<'_>) -> Result<(), ImageError> {
    let broken = cursor.error(BROKEN);
    let [one, two] = MAGIC;
    if (cursor.u8()?, cursor.u8()?, cursor.u8()?) != (one, two, 8) {
        return Err(broken);
    }
    let flags = cursor.u8()?;
    if flags & RESERVED != 0 {
        return Err(broken);
    }
    cursor.take(6)?;
    if flags & EXTRA != 0 {
        let len = cursor.u16()?;
        cursor.take(u64::from(len))?;
    }
    for flag in [NAME, COMMENT] {
        if flags & flag != 0 {
            while cursor.u8()? != 0 {}
        }
    }
    if flags & HEADER_CRC != 0 {
        cursor.u16()?;
    }
    Ok(())
}

/// Bits of bytes, the lowest first.
struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    held: u64,
    count: u32,
}

impl<'a> Bits<'a> {
    fn new(bytes: &'a [u8]) -> Bits<'a> {
        Bits { bytes, at: 0, held: 0, count: 0 }
    }

    /// Bytes of which at least one bit has been taken.
    fn offset(&self) -> usize {
        self.at - self.count as usize / 8
    }

    /// Holds at least 56 bits unless the end is nearer.
    fn refill(&mut self) {
        while self.count <= 56 {
            let Some(byte) = self.bytes.get(self.at) else { return };
            self.held |= u64::from(*byte) << self.count;
            self.at += 1;
            self.count += 8;
        }
    }

    fn drop_bits(&mut self, count: u32) {
        self.held >>= count;
        self.count -= count;
    }

    /// The next bits, at most 16 of them.
    fn take(&mut self, count: u32) -> Result<u32, Problem> {
        if self.count < count {
            self.refill();
        }
        if self.count < count {
            return Err(Problem::TooShort);
        }
        let value = self.held as u32 & ((1 << count) - 1);
        self.drop_bits(count);
        Ok(value)
    }

    fn symbol(&mut self, code: &Code) -> Result<usize, Problem> {
        if self.count < code.bits {
            self.refill();
        }
        let place = self.held as usize & ((1 << code.bits) - 1);
        let (symbol, len) = code.table.get(place).copied().unwrap_or_default();
        let len = u32::from(len);
        if len > self.count {
            return Err(Problem::TooShort);
        }
        if len == 0 {
            return Err(BROKEN);
        }
        self.drop_bits(len);
        Ok(usize::from(symbol))
    }

    /// Bytes from the next whole one on.
    fn take_bytes(&mut self, len: usize) -> Result<&'a [u8], Problem> {
        let start = self.offset();
        let taken = self.bytes.get(start..).and_then(|rest| rest.get(..len)).ok_or(Problem::TooShort)?;
        (self.at, self.held, self.count) = (start + len, 0, 0);
        Ok(taken)
    }
}

/// A Huffman code: what each row of its longest code's bits begins with, symbol and length; length 0 is none.
struct Code {
    bits: u32,
    table: Vec<(u16, u8)>,
}

impl Code {
    /// The code with these lengths by symbol, each at most 15 (RFC 1951 section 3.2.2). One that is not
    /// complete has at most one symbol.
    fn new(lengths: &[u8]) -> Result<Code, Problem> {
        let mut counts = [0u32; 16];
        for len in lengths {
            counts[usize::from(*len & 15)] += 1;
        }
        counts[0] = 0;
        let mut next = [0u32; 16];
        let mut code = 0;
        for len in 1..16 {
            code = (code + counts[len - 1]) << 1;
            next[len] = code;
            if code + counts[len] > 1 << len {
                return Err(BROKEN);
            }
        }
        if code + counts[15] < 1 << 15 && counts.iter().sum::<u32>() > 1 {
            return Err(BROKEN);
        }
        let bits = (1..16).rev().find(|len| counts[*len] > 0).unwrap_or(1);
        let mut table = vec![(0, 0); 1 << bits];
        for (symbol, len) in lengths.iter().enumerate().filter(|(_, len)| **len > 0) {
            let next = &mut next[usize::from(*len & 15)];
            let first = next.reverse_bits() >> (32 - u32::from(*len));
            *next += 1;
            for place in table.iter_mut().skip(first as usize).step_by(1 << len) {
                *place = (symbol as u16, *len);
            }
        }
        Ok(Code { bits: bits as u32, table })
    }

    /// The two codes of a block with fixed codes (RFC 1951 section 3.2.6).
    fn fixed() -> Result<(Code, Code), Problem> {
        let lengths: Vec<u8> = (0..288).map(fixed_length).collect();
        Ok((Code::new(&lengths)?, Code::new(&[5; 32])?))
    }

    /// The two codes at the beginning of a block that tells them (RFC 1951 section 3.2.7).
    fn read(bits: &mut Bits<'_>) -> Result<(Code, Code), Problem> {
        let literals = bits.take(5)? as usize + 257;
        let distances = bits.take(5)? as usize + 1;
        let count = bits.take(4)? as usize + 4;
        let mut lengths = [0; 19];
        for symbol in LENGTH_ORDER.iter().take(count) {
            lengths[*symbol] = bits.take(3)? as u8;
        }
        let code = Code::new(&lengths)?;
        let mut lengths: Vec<u8> = Vec::with_capacity(320);
        while lengths.len() < literals + distances {
            let symbol = bits.symbol(&code)?;
            let (value, times) = match symbol {
                0..=15 => (symbol as u8, 1),
                16 => (*lengths.last().ok_or(BROKEN)?, 3 + bits.take(2)?),
                17 => (0, 3 + bits.take(3)?),
                _ => (0, 11 + bits.take(7)?),
            };
            lengths.resize(lengths.len() + times as usize, value);
        }
        if lengths.len() > literals + distances {
            return Err(BROKEN);
        }
        let (literals, distances) = lengths.split_at(literals);
        Ok((Code::new(literals)?, Code::new(distances)?))
    }
}

/// How many bits a symbol has in the fixed code of literals and lengths.
fn fixed_length(symbol: u16) -> u8 {
    match symbol {
        0..=143 => 8,
        144..=255 => 9,
        256..=279 => 7,
        _ => 8,
    }
}

/// Appends what DEFLATE data gives; nothing before `start` belongs to it.
fn inflate(bits: &mut Bits<'_>, out: &mut Vec<u8>, start: usize, max: usize) -> Result<(), Problem> {
    loop {
        let is_last = bits.take(1)? == 1;
        let codes = match bits.take(2)? {
            0 => {
                bits.drop_bits(bits.count % 8);
                let (len, check) = (bits.take(16)?, bits.take(16)?);
                if len != !check & 0xffff {
                    return Err(BROKEN);
                }
                let bytes = bits.take_bytes(len as usize)?;
                if bytes.len() > max.saturating_sub(out.len()) {
                    return Err(Problem::TooLarge);
                }
                out.extend_from_slice(bytes);
                None
            }
            1 => Some(Code::fixed()?),
            2 => Some(Code::read(bits)?),
            _ => return Err(BROKEN),
        };
        if let Some(codes) = codes {
            inflate_block(bits, &codes, out, start, max)?;
        }
        if is_last {
            return Ok(());
        }
    }
}

fn inflate_block(
    bits: &mut Bits<'_>,
    (literals, distances): &(Code, Code),
    out: &mut Vec<u8>,
    start: usize,
    max: usize,
) -> Result<(), Problem> {
    loop {
        let symbol = bits.symbol(literals)?;
        let room = max.saturating_sub(out.len());
        if symbol < 256 {
            if room == 0 {
                return Err(Problem::TooLarge);
            }
            out.push(symbol as u8);
            continue;
        }
        if symbol == 256 {
            return Ok(());
        }
        let (base, extra) = *LENGTHS.get(symbol - 257).ok_or(BROKEN)?;
        let mut left = usize::from(base) + bits.take(u32::from(extra))? as usize;
        let (base, extra) = *DISTANCES.get(bits.symbol(distances)?).ok_or(BROKEN)?;
        let distance = usize::from(base) + bits.take(u32::from(extra))? as usize;
        if left > room {
            return Err(Problem::TooLarge);
        }
        let from = out.len().checked_sub(distance).filter(|from| *from >= start).ok_or(BROKEN)?;
        while left > 0 {
            // What has just been copied repeats.
            let len = left.min(out.len() - from);
            out.extend_from_within(from..from + len);
            left -= len;
        }
    }
}

/// Compresses: matches that a hash of four bytes finds, in one block with fixed codes. The same bytes give the
/// same result.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let [one, two] = MAGIC;
    // Deflate, no flags, no time, an unknown system.
    let mut bits = BitWriter { out: vec![one, two, 8, 0, 0, 0, 0, 0, 0, 255], held: 0, count: 0 };
    // The last block, with fixed codes.
    bits.put(0b011, 3);
    let mut heads = vec![usize::MAX; 1 << HASH_BITS];
    let mut at = 0;
    while let Some(first) = bytes.get(at) {
        let (mut len, mut distance) = (0, 0);
        if let Some(word) = bytes.get(at..).and_then(|rest| rest.first_chunk::<4>()) {
            let hash = u32::from_le_bytes(*word).wrapping_mul(0x9e37_79b1) >> (32 - HASH_BITS);
            let from = heads.get_mut(hash as usize).map_or(usize::MAX, |head| std::mem::replace(head, at));
            if from < at && at - from <= DISTANCE_MAX {
                let one = bytes.get(from..).unwrap_or_default();
                let other = bytes.get(at..).unwrap_or_default();
                let same = one.iter().zip(other).take(LENGTH_MAX).take_while(|(one, other)| one == other);
                (len, distance) = (same.count(), at - from);
            }
        }
        if len >= 4 {
            bits.put_match(len, distance);
            at += len;
        } else {
            bits.put_symbol(u16::from(*first));
            at += 1;
        }
    }
    bits.put_symbol(256);
    bits.put(0, bits.count.next_multiple_of(8) - bits.count);
    let mut out = bits.out;
    out.extend_from_slice(&Crc32::of(bytes).to_le_bytes());
    out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
    out
}

/// Of the table of places by the hash of their four bytes.
const HASH_BITS: u32 = 15;
/// The longest match, and the greatest distance of one (RFC 1951 section 2).
const LENGTH_MAX: usize = 258;
const DISTANCE_MAX: usize = 32_768;

/// Bits to bytes, the lowest first.
struct BitWriter {
    out: Vec<u8>,
    held: u64,
    count: u32,
}

impl BitWriter {
    /// Puts at most 16 bits.
    fn put(&mut self, value: u32, count: u32) {
        self.held |= u64::from(value) << self.count;
        self.count += count;
        while self.count >= 8 {
            self.out.push(self.held as u8);
            self.held >>= 8;
            self.count -= 8;
        }
    }

    /// Puts a symbol of the fixed code of literals and lengths (RFC 1951 section 3.2.6).
    fn put_symbol(&mut self, symbol: u16) {
        let code = match symbol {
            0..=143 => 0x30 + symbol,
            144..=255 => 0x190 + symbol - 144,
            256..=279 => symbol - 256,
            _ => 0xc0 + symbol - 280,
        };
        let len = u32::from(fixed_length(symbol));
        self.put(u32::from(code).reverse_bits() >> (32 - len), len);
    }

    fn put_match(&mut self, len: usize, distance: usize) {
        let index = |table: &[(u16, u8)], value: usize| {
            let index = table.iter().rposition(|(base, _)| usize::from(*base) <= value).unwrap_or(0);
            let (base, extra) = table.get(index).copied().unwrap_or_default();
            (index, value - usize::from(base), u32::from(extra))
        };
        let (symbol, rest, extra) = index(&LENGTHS, len);
        self.put_symbol(symbol as u16 + 257);
        self.put(rest as u32, extra);
        let (symbol, rest, extra) = index(&DISTANCES, distance);
        self.put((symbol as u32).reverse_bits() >> 27, 5);
        self.put(rest as u32, extra);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Python's `gzip.compress(data, mtime=0)` gave.
    const SHORT: &str = "1f8b0800000000000203cb48cdc9c95728cf2fca49e102002d3b08af0c000000";

    fn bytes(hex: &str) -> Vec<u8> {
        let digit = |byte: &u8| char::from(*byte).to_digit(16).unwrap() as u8;
        hex.as_bytes().chunks(2).map(|pair| digit(&pair[0]) << 4 | digit(&pair[1])).collect()
    }

    #[test]
    fn reads_members() {
        let one = bytes(SHORT);
        assert_eq!(gunzip(&one, 12).unwrap(), b"hello world\n");
        assert_eq!(gunzip(&one, 11).unwrap_err().problem, Problem::TooLarge);
        let two = [&one[..], &one, &[0; 5]].concat();
        assert_eq!(gunzip(&two, 100).unwrap(), b"hello world\nhello world\n");
        assert_eq!(gunzip(&[&one[..], b"xyz"].concat(), 100).unwrap_err().offset, one.len() as u64);
    }

    #[test]
    fn what_is_written_is_read() {
        let mut noise = 1u32;
        let mut contents = vec![Vec::new(), b"a".to_vec(), vec![7; 100_000]];
        for range in [3, 200, 256] {
            let next = |_| {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                ((noise >> 16) % range) as u8
            };
            contents.push((0..100_000).map(next).collect());
        }
        for content in contents {
            assert!(gunzip(&gzip(&content), content.len()).unwrap() == content);
        }
        assert!(gzip(&[7; 100_000]).len() < 1500);
    }

    #[test]
    fn every_truncation_and_change_is_refused_or_survived() {
        let one = bytes(SHORT);
        for end in 0..one.len() {
            assert_eq!(gunzip(&one[..end], 100).unwrap_err().problem, Problem::TooShort, "{end}");
        }
        for at in 0..one.len() {
            for byte in 0..=255 {
                let mut changed = one.clone();
                changed[at] = byte;
                if let Ok(out) = gunzip(&changed, 100) {
                    assert_eq!(out, b"hello world\n", "{at} {byte}");
                }
            }
        }
    }
}
