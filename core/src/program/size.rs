//! Sizes as `ls`, `du` and `df` print them: in blocks, or for people (`-h`, `--si`).

/// How sizes are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SizeStyle {
    /// In units of so many bytes, rounded up; the letters follow when the unit was given as letters.
    Blocks(u64, Option<&'static str>),
    /// `1.5K`, powers of 1024.
    Human,
    /// `1.5k`, powers of 1000.
    Si,
}

const LETTERS: &[u8; 9] = b" KMGTPEZY";

impl SizeStyle {
    /// A value of `--block-size`, `BLOCK_SIZE` and their like. `None` when it is none.
    #[must_use]
    pub fn parse(text: &[u8]) -> Option<SizeStyle> {
        match text {
            b"human-readable" => return Some(SizeStyle::Human),
            b"si" => return Some(SizeStyle::Si),
            _ => {}
        }
        let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (number, unit) = text.split_at(digits);
        let count: u64 = match number {
            [] if unit.is_empty() => return None,
            [] => 1,
            number => std::str::from_utf8(number).ok()?.parse().ok()?,
        };
        const UNITS: [(&str, u64); 21] = [
            ("", 1),
            ("B", 1),
            ("K", 1 << 10),
            ("k", 1 << 10),
            ("KiB", 1 << 10),
            ("KB", 1000),
            ("kB", 1000),
            ("M", 1 << 20),
            ("MiB", 1 << 20),
            ("MB", 1_000_000),
            ("G", 1 << 30),
            ("GiB", 1 << 30),
            ("GB", 1_000_000_000),
            ("T", 1 << 40),
            ("TiB", 1 << 40),
            ("TB", 1_000_000_000_000),
            ("P", 1 << 50),
            ("PiB", 1 << 50),
            ("PB", 1_000_000_000_000_000),
            ("E", 1 << 60),
            ("EiB", 1 << 60),
        ];
        let (name, bytes) = UNITS.iter().find(|(name, _)| name.as_bytes() == unit)?;
        let bytes = count.checked_mul(*bytes).filter(|&bytes| bytes > 0)?;
        let shown = match *name {
            "k" | "kB" | "KB" if number.is_empty() => {
                if *name == "k" {
                    "K"
                } else {
                    "kB"
                }
            }
            name => name,
        };
        Some(SizeStyle::Blocks(bytes, (number.is_empty() && !unit.is_empty()).then_some(shown)))
    }

    /// So many bytes.
    #[must_use]
    pub fn format(self, bytes: u64) -> String {
        match self {
            SizeStyle::Blocks(unit, letters) => {
                let count = bytes.div_ceil(unit.max(1));
                format!("{count}{}", letters.unwrap_or_default())
            }
            SizeStyle::Human => human(bytes, 1024),
            SizeStyle::Si => human(bytes, 1000),
        }
    }
}

/// Rounded up to two digits, or to whole units from ten on.
fn human(bytes: u64, base: u128) -> String {
    let bytes = u128::from(bytes);
    let (mut unit, mut power) = (1_u128, 0);
    while bytes >= unit * base && power + 1 < LETTERS.len() {
        unit *= base;
        power += 1;
    }
    loop {
        let letter = match LETTERS.get(power) {
            Some(b'K') if base == 1000 => "k".to_owned(),
            Some(b' ') | None => String::new(),
            Some(&letter) => char::from(letter).to_string(),
        };
        let tenths = (bytes * 10).div_ceil(unit);
        if power > 0 && tenths < 100 {
            return format!("{}.{}{letter}", tenths / 10, tenths % 10);
        }
        let whole = bytes.div_ceil(unit);
        if whole < base || power + 1 >= LETTERS.len() {
            return format!("{whole}{letter}");
        }
        // Rounding up reached the next unit.
        unit *= base;
        power += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(style: &str, bytes: u64, expected: &str) {
        let style = SizeStyle::parse(style.as_bytes()).map(|style| style.format(bytes));
        assert_eq!(style.as_deref(), Some(expected));
    }

    #[test]
    fn sizes_are_rounded_up() {
        for (bytes, human, si) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1000, "1000", "1.0k"),
            (1023, "1023", "1.1k"),
            (1024, "1.0K", "1.1k"),
            (1025, "1.1K", "1.1k"),
            (10_239, "10K", "11k"),
            (10_240, "10K", "11k"),
            (10_241, "11K", "11k"),
            (1_048_575, "1.0M", "1.1M"),
            (1_048_576, "1.0M", "1.1M"),
            (999_999, "977K", "1.0M"),
            (1 << 40, "1.0T", "1.1T"),
        ] {
            check("human-readable", bytes, human);
            check("si", bytes, si);
        }
        check("1", 5, "5");
        check("K", 1025, "2K");
        check("1K", 1025, "2");
        check("KB", 1025, "2kB");
        check("512", 513, "2");
        assert_eq!(SizeStyle::parse(b"0"), None);
        assert_eq!(SizeStyle::parse(b"x"), None);
    }
}
