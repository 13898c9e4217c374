//! How many columns of a terminal a character takes.
//!
//! Every part that places text on a screen (the line discipline, the line editor, `ls`, `column`) asks
//! here, so that they agree. The tables hold what the `unicode-width` crate 0.2.3 (Unicode 17) says for
//! each character by itself, except that the soft hyphen and two Khmer vowels take one column, as they do
//! in terminals. Ranges that only unassigned characters part are joined. Each table is sorted; an entry
//! is the first character of a range, then twice the number of further characters, plus one if the range
//! is wide and not zero-width. They take 1.7 kB.

use bstr::ByteSlice;

/// Columns of one character: 0, 1 or 2. A combining mark takes none, a CJK character or an emoji two. A
/// control character takes none here; whoever shows it as `^X` counts that.
#[must_use]
pub fn char_width(c: char) -> usize {
    let code = u32::from(c);
    match code {
        0x20..0x7f | 0xa0..0x300 => 1,
        0..0xa0 => 0,
        0x4e00..0xa000 | 0xac00..0xd7a4 => 2,
        0x300..0x1_0000 => table_width(&BASIC, code as u16),
        0x1_0000..0x2_0000 => table_width(&SUPPLEMENTARY, (code & 0xffff) as u16),
        0x2_0000..0x2_fffe | 0x3_0000..0x3_fffe => 2,
        0xe_0000..0xe_1000 => 0,
        _ => 1,
    }
}

/// Columns of text in UTF-8; what is not UTF-8 counts one column for each replacement character that
/// would be shown for it. Control characters count nothing.
#[must_use]
pub fn text_width(text: &[u8]) -> usize {
    if text.is_ascii() {
        return text.iter().filter(|byte| !byte.is_ascii_control()).count();
    }
    text.chars().map(char_width).sum()
}

fn table_width(table: &[(u16, u16)], code: u16) -> usize {
    let after = table.partition_point(|&(first, _)| first <= code);
    match after.checked_sub(1).and_then(|index| table.get(index)) {
        Some(&(first, rest)) if code - first <= rest >> 1 => usize::from(rest & 1) * 2,
        _ => 1,
    }
}

/// Ranges below U+10000.
#[rustfmt::skip]
static BASIC: [(u16, u16); 261] = [
    (0x0300, 222), (0x0483, 12), (0x0591, 88), (0x05bf, 0), (0x05c1, 2), (0x05c4, 2), (0x05c7, 4),
    (0x0605, 0), (0x0610, 20), (0x061c, 0), (0x064b, 40), (0x0670, 0), (0x06d6, 12), (0x06df, 10),
    (0x06e7, 2), (0x06ea, 6), (0x070f, 0), (0x0711, 0), (0x0730, 52), (0x07a6, 20), (0x07eb, 16),
    (0x07fd, 0), (0x0816, 6), (0x081b, 16), (0x0825, 4), (0x0829, 8), (0x0859, 4), (0x0890, 30),
    (0x08ca, 112), (0x093a, 0), (0x093c, 0), (0x0941, 14), (0x094d, 0), (0x0951, 12), (0x0962, 2),
    (0x0981, 0), (0x09bc, 0), (0x09be, 0), (0x09c1, 6), (0x09cd, 0), (0x09d7, 0), (0x09e2, 2), (0x09fe, 8),
    (0x0a3c, 0), (0x0a41, 32), (0x0a70, 2), (0x0a75, 0), (0x0a81, 2), (0x0abc, 0), (0x0ac1, 14),
    (0x0acd, 0), (0x0ae2, 2), (0x0afa, 14), (0x0b3c, 0), (0x0b3e, 2), (0x0b41, 6), (0x0b4d, 20),
    (0x0b62, 2), (0x0b82, 0), (0x0bbe, 0), (0x0bc0, 0), (0x0bcd, 0), (0x0bd7, 0), (0x0c00, 0), (0x0c04, 0),
    (0x0c3c, 0), (0x0c3e, 4), (0x0c46, 32), (0x0c62, 2), (0x0c81, 0), (0x0cbc, 0), (0x0cbf, 2), (0x0cc2, 0),
    (0x0cc6, 32), (0x0ce2, 2), (0x0d00, 2), (0x0d3b, 2), (0x0d3e, 0), (0x0d41, 6), (0x0d4d, 2), (0x0d57, 0),
    (0x0d62, 2), (0x0d81, 0), (0x0dca, 10), (0x0dd2, 8), (0x0ddf, 0), (0x0e31, 0), (0x0e34, 12),
    (0x0e47, 14), (0x0eb1, 0), (0x0eb4, 16), (0x0ec8, 12), (0x0f18, 2), (0x0f35, 0), (0x0f37, 0),
    (0x0f39, 0), (0x0f71, 26), (0x0f80, 8), (0x0f86, 2), (0x0f8d, 94), (0x0fc6, 0), (0x102d, 6),
    (0x1032, 10), (0x1039, 2), (0x103d, 2), (0x1058, 2), (0x105e, 4), (0x1071, 6), (0x1082, 0), (0x1085, 2),
    (0x108d, 0), (0x109d, 0), (0x1100, 191), (0x1160, 318), (0x135d, 4), (0x1712, 6), (0x1732, 4),
    (0x1752, 2), (0x1772, 2), (0x17b4, 2), (0x17b7, 12), (0x17c6, 0), (0x17c9, 20), (0x17dd, 0),
    (0x180b, 8), (0x1885, 2), (0x18a9, 0), (0x1920, 4), (0x1927, 2), (0x1932, 0), (0x1939, 4), (0x1a17, 2),
    (0x1a1b, 0), (0x1a56, 0), (0x1a58, 16), (0x1a62, 0), (0x1a65, 14), (0x1a73, 24), (0x1ab0, 166),
    (0x1b34, 18), (0x1b42, 4), (0x1b6b, 16), (0x1b80, 2), (0x1ba2, 6), (0x1ba8, 10), (0x1be6, 0),
    (0x1be8, 2), (0x1bed, 0), (0x1bef, 8), (0x1c2c, 14), (0x1c36, 2), (0x1cd0, 4), (0x1cd4, 24),
    (0x1ce2, 12), (0x1ced, 0), (0x1cf4, 0), (0x1cf8, 2), (0x1dc0, 126), (0x200b, 8), (0x202a, 8),
    (0x2060, 30), (0x20d0, 64), (0x231a, 3), (0x2329, 3), (0x23e9, 7), (0x23f0, 1), (0x23f3, 1),
    (0x25fd, 3), (0x2614, 3), (0x2630, 15), (0x2648, 23), (0x267f, 1), (0x268a, 11), (0x2693, 1),
    (0x26a1, 1), (0x26aa, 3), (0x26bd, 3), (0x26c4, 3), (0x26ce, 1), (0x26d4, 1), (0x26ea, 1), (0x26f2, 3),
    (0x26f5, 1), (0x26fa, 1), (0x26fd, 1), (0x2705, 1), (0x270a, 3), (0x2728, 1), (0x274c, 1), (0x274e, 1),
    (0x2753, 5), (0x2757, 1), (0x2795, 5), (0x27b0, 1), (0x27bf, 1), (0x2b1b, 3), (0x2b50, 1), (0x2b55, 1),
    (0x2cef, 4), (0x2de0, 62), (0x2e80, 851), (0x302a, 10), (0x3030, 29), (0x3041, 171), (0x3099, 2),
    (0x309b, 401), (0x3164, 0), (0x3165, 453), (0x3250, 58605), (0xa66f, 6), (0xa674, 18), (0xa69e, 2),
    (0xa6f0, 2), (0xa802, 0), (0xa806, 0), (0xa80b, 0), (0xa825, 2), (0xa82c, 0), (0xa8c4, 2), (0xa8e0, 34),
    (0xa8fa, 0), (0xa8ff, 0), (0xa926, 14), (0xa947, 20), (0xa953, 0), (0xa960, 57), (0xa980, 4),
    (0xa9b3, 0), (0xa9b6, 6), (0xa9bc, 2), (0xa9c0, 0), (0xa9e5, 0), (0xaa29, 10), (0xaa31, 2), (0xaa35, 2),
    (0xaa43, 0), (0xaa4c, 0), (0xaa7c, 0), (0xaab0, 0), (0xaab2, 4), (0xaab7, 2), (0xaabe, 2), (0xaac1, 0),
    (0xaaec, 2), (0xaaf6, 0), (0xabe5, 0), (0xabe8, 0), (0xabed, 0), (0xac00, 22343), (0xd7b0, 150),
    (0xf900, 1023), (0xfb1e, 0), (0xfe00, 30), (0xfe10, 19), (0xfe20, 30), (0xfe30, 119), (0xfeff, 0),
    (0xff01, 191), (0xffa0, 0), (0xffe0, 13), (0xfff0, 16),
];

/// Ranges of U+10000 to U+1FFFF, less 0x10000.
#[rustfmt::skip]
static SUPPLEMENTARY: [(u16, u16); 170] = [
    (0x01fd, 0), (0x02e0, 0), (0x0376, 8), (0x0a01, 28), (0x0a38, 14), (0x0ae5, 2), (0x0d24, 6),
    (0x0d69, 8), (0x0eab, 2), (0x0ecb, 104), (0x0f46, 20), (0x0f82, 6), (0x1001, 0), (0x1038, 28),
    (0x1070, 0), (0x1073, 2), (0x107f, 4), (0x10b3, 6), (0x10b9, 2), (0x10c2, 0), (0x1100, 4), (0x1127, 8),
    (0x112d, 14), (0x1173, 0), (0x1180, 2), (0x11b6, 16), (0x11c0, 0), (0x11c2, 2), (0x11c9, 6),
    (0x11cf, 0), (0x122f, 4), (0x1234, 6), (0x123e, 6), (0x12df, 0), (0x12e3, 14), (0x1300, 2), (0x133b, 2),
    (0x133e, 0), (0x1340, 0), (0x134d, 0), (0x1357, 0), (0x1366, 28), (0x13b8, 84), (0x1438, 14),
    (0x1442, 4), (0x1446, 0), (0x145e, 0), (0x14b0, 0), (0x14b3, 10), (0x14ba, 0), (0x14bd, 0), (0x14bf, 2),
    (0x14c2, 2), (0x15af, 0), (0x15b2, 6), (0x15bc, 2), (0x15bf, 2), (0x15dc, 2), (0x1633, 14), (0x163d, 0),
    (0x163f, 2), (0x16ab, 0), (0x16ad, 0), (0x16b0, 14), (0x171d, 0), (0x171f, 0), (0x1722, 6), (0x1727, 8),
    (0x182f, 16), (0x1839, 2), (0x1930, 0), (0x193b, 8), (0x1941, 0), (0x1943, 0), (0x19d4, 14),
    (0x19e0, 0), (0x1a01, 18), (0x1a33, 10), (0x1a3b, 6), (0x1a47, 0), (0x1a51, 10), (0x1a59, 4),
    (0x1a84, 36), (0x1a98, 2), (0x1b60, 12), (0x1c30, 26), (0x1c3f, 0), (0x1c92, 42), (0x1caa, 12),
    (0x1cb2, 2), (0x1cb5, 2), (0x1d31, 44), (0x1d90, 2), (0x1d95, 0), (0x1d97, 0), (0x1df0, 0), (0x1ef3, 2),
    (0x1f00, 180), (0x3440, 42), (0x611e, 34), (0x6af0, 8), (0x6b30, 12), (0x6f4f, 0), (0x6f8f, 6),
    (0x6fe0, 7), (0x6fe4, 26), (0x6ff2, 14941), (0x8d80, 2213), (0xaff0, 1559), (0xbc9d, 2), (0xbca0, 6),
    (0xcf00, 140), (0xd127, 2), (0xd165, 8), (0xd16d, 42), (0xd185, 12), (0xd1aa, 6), (0xd242, 4),
    (0xd250, 98), (0xd300, 237), (0xda00, 108), (0xda3b, 98), (0xda75, 0), (0xda84, 0), (0xda9b, 40),
    (0xe000, 84), (0xe08f, 0), (0xe130, 12), (0xe2ae, 0), (0xe2ec, 6), (0xe4ec, 6), (0xe5ee, 2),
    (0xe6e3, 36), (0xe8d0, 12), (0xe944, 12), (0xf004, 1), (0xf0cf, 1), (0xf18e, 1), (0xf191, 19),
    (0xf1ae, 1), (0xf200, 203), (0xf300, 65), (0xf32d, 17), (0xf337, 139), (0xf37e, 43), (0xf3a0, 85),
    (0xf3cf, 9), (0xf3e0, 33), (0xf3f4, 1), (0xf3f8, 141), (0xf440, 1), (0xf442, 373), (0xf4ff, 125),
    (0xf54b, 7), (0xf550, 47), (0xf57a, 1), (0xf595, 3), (0xf5a4, 1), (0xf5fb, 169), (0xf680, 139),
    (0xf6cc, 1), (0xf6d0, 5), (0xf6d5, 21), (0xf6eb, 3), (0xf6f4, 17), (0xf7da, 45), (0xf90c, 93),
    (0xf93c, 19), (0xf947, 369), (0xfa70, 277),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, columns: usize) {
        assert_eq!(text_width(text.as_bytes()), columns, "{text:?}");
    }

    #[test]
    fn widths() {
        check("", 0);
        check("plain ~", 7);
        check("\x1b\x07\u{9b}", 0);
        check("é", 1);
        check("e\u{301}", 1);
        check("\u{ad}", 1);
        check("αЖא", 3);
        check("漢字", 4);
        check("한글", 4);
        check("\u{1100}\u{1161}\u{11a8}", 2);
        check("ｱ", 1);
        check("Ａ", 2);
        check("😀", 2);
        check("👍🏽", 4);
        check("❤\u{fe0f}", 1);
        check("\u{200b}\u{200d}\u{2060}", 0);
        check("⌚⌛", 4);
        check("☎", 1);
        check("𠀀\u{3fffd}", 4);
        check("\u{e0100}", 0);
        check("\u{10ffff}", 1);
        check("\u{1fae8}", 2);
        check("\u{1f9ff}", 2);
        check("\u{fffd}", 1);
    }

    #[test]
    fn what_is_not_utf8_counts_as_it_is_shown() {
        assert_eq!(text_width(b"a\xffb\xe6\xbc"), 4);
    }

    #[test]
    fn tables_are_sorted_and_apart() {
        for table in [&BASIC[..], &SUPPLEMENTARY[..]] {
            for pair in table.windows(2) {
                assert!(pair[0].0 + (pair[0].1 >> 1) < pair[1].0, "{pair:x?}");
            }
        }
    }

    /// Totals over all characters, from the same source as the tables.
    #[test]
    fn totals() {
        let count = |width| ('\u{a0}'..=char::MAX).filter(|&c| char_width(c) == width).count();
        assert_eq!((count(0), count(2)), (6640, 184_120));
    }
}
