//! The number that C calls `long double` on x86: 64 bits of mantissa, 15 of exponent. bash's and GNU's
//! `printf` and `seq` calculate with it, and its roundings show in what they print.

use std::cmp::Ordering;

/// The lowest exponent: the last bit of the smallest number is 2 to this power.
const EXPONENT_MIN: i32 = -16_445;
/// The highest exponent of the mantissa's last bit.
const EXPONENT_MAX: i32 = 16_320;
/// Digits that are looked at; what follows can only break a tie.
const DIGITS_MAX: usize = 5_000;
/// Decimal exponents beyond this are infinite or zero, whatever the digits.
const DECIMAL_EXPONENT_MAX: i64 = 5_000;

/// A number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Extended {
    /// Below zero; zero and NaN have a sign too.
    pub negative: bool,
    /// What is behind the sign.
    pub magnitude: Magnitude,
}

/// A number without its sign.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Magnitude {
    /// `mantissa` times 2 to the power of `exponent`. The highest bit is set, but for zero and the smallest.
    Finite {
        /// The digits.
        mantissa: u64,
        /// Of the mantissa's last bit.
        exponent: i32,
    },
    /// Infinity.
    Infinite,
    /// Not a number.
    Nan,
}

/// What [`Extended::parse`] read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ParsedNumber {
    /// The value; 0 when there was none.
    pub value: Extended,
    /// Bytes of the text that belong to it; 0 when there was none.
    pub length: usize,
    /// It was too large or too small, and is infinite, or 0 or has fewer digits (ERANGE).
    pub out_of_range: bool,
}

impl Extended {
    /// 0.
    pub const ZERO: Extended =
        Extended { negative: false, magnitude: Magnitude::Finite { mantissa: 0, exponent: 0 } };

    /// Of an integer; exact.
    #[must_use]
    pub fn from_integer(value: i128) -> Extended {
        rounded(value < 0, value.unsigned_abs(), 0, false)
    }

    /// Of a double; exact.
    #[must_use]
    pub fn from_f64(value: f64) -> Extended {
        let (bits, negative) = (value.to_bits(), value.is_sign_negative());
        let (field, fraction) = ((bits >> 52 & 0x7ff) as i32, bits & ((1 << 52) - 1));
        match (field, fraction) {
            (0x7ff, 0) => Extended { negative, magnitude: Magnitude::Infinite },
            (0x7ff, _) => Extended { negative, magnitude: Magnitude::Nan },
            (0, _) => rounded(negative, u128::from(fraction), -1074, false),
            _ => rounded(negative, u128::from(fraction | 1 << 52), field - 1075, false),
        }
    }

    /// Whether it is neither infinite nor NaN.
    #[must_use]
    pub fn is_finite(self) -> bool {
        matches!(self.magnitude, Magnitude::Finite { .. })
    }

    /// Whether it is 0 or -0.
    #[must_use]
    pub fn is_zero(self) -> bool {
        matches!(self.magnitude, Magnitude::Finite { mantissa: 0, .. })
    }

    /// The nearest sum.
    #[must_use]
    pub fn plus(self, other: Extended) -> Extended {
        let (
            Magnitude::Finite { mantissa: a, exponent: ea },
            Magnitude::Finite { mantissa: b, exponent: eb },
        ) = (self.magnitude, other.magnitude)
        else {
            return match (self.magnitude, other.magnitude) {
                (Magnitude::Nan, _) => self,
                (_, Magnitude::Nan) => other,
                (Magnitude::Infinite, Magnitude::Infinite) if self.negative != other.negative => {
                    Extended { negative: true, magnitude: Magnitude::Nan }
                }
                (Magnitude::Infinite, _) => self,
                _ => other,
            };
        };
        if a == 0 || b == 0 {
            return if a == 0 { other } else { self };
        }
        let ((high, eh, nh), (low, el, nl)) = if ea >= eb {
            ((a, ea, self.negative), (b, eb, other.negative))
        } else {
            ((b, eb, other.negative), (a, ea, self.negative))
        };
        // With 62 bits to spare below the higher number, what is shifted out is less than half a unit.
        let distance = (eh - el) as u32;
        let shift = distance.min(62);
        let high = u128::from(high) << shift;
        let lost = distance - shift;
        let low = u128::from(low);
        let (kept, sticky) =
            if lost >= 128 { (0, true) } else { (low >> lost, low & ((1_u128 << lost) - 1) != 0) };
        let exponent = eh - shift as i32;
        if nh == nl {
            rounded(nh, high + kept, exponent, sticky)
        } else if high >= kept + u128::from(sticky) {
            // What was shifted out is borrowed: one less, and something above it.
            rounded(nh, high - kept - u128::from(sticky), exponent, sticky)
        } else {
            rounded(nl, kept - high, exponent, sticky)
        }
    }

    /// The nearest product.
    #[must_use]
    pub fn times(self, other: Extended) -> Extended {
        let negative = self.negative != other.negative;
        match (self.magnitude, other.magnitude) {
            (
                Magnitude::Finite { mantissa: a, exponent: ea },
                Magnitude::Finite { mantissa: b, exponent: eb },
            ) => rounded(negative, u128::from(a) * u128::from(b), ea + eb, false),
            (Magnitude::Nan, _) => self,
            (_, Magnitude::Nan) => other,
            _ if self.is_zero() || other.is_zero() => Extended { negative: true, magnitude: Magnitude::Nan },
            _ => Extended { negative, magnitude: Magnitude::Infinite },
        }
    }

    /// With the other sign.
    #[must_use]
    pub fn negated(self) -> Extended {
        Extended { negative: !self.negative, ..self }
    }

    /// Which is larger; `None` with a NaN.
    #[must_use]
    pub fn compare(self, other: Extended) -> Option<Ordering> {
        if self.is_zero() && other.is_zero() {
            return Some(Ordering::Equal);
        }
        let magnitudes = match (self.magnitude, other.magnitude) {
            (Magnitude::Nan, _) | (_, Magnitude::Nan) => return None,
            (Magnitude::Infinite, Magnitude::Infinite) => Ordering::Equal,
            (Magnitude::Infinite, _) => Ordering::Greater,
            (_, Magnitude::Infinite) => Ordering::Less,
            (
                Magnitude::Finite { mantissa: a, exponent: ea },
                Magnitude::Finite { mantissa: b, exponent: eb },
            ) => match (a, b) {
                (0, _) => Ordering::Less,
                (_, 0) => Ordering::Greater,
                _ => (ea, a).cmp(&(eb, b)),
            },
        };
        Some(match (self.negative, other.negative) {
            (false, false) => magnitudes,
            (true, true) => magnitudes.reverse(),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        })
    }

    /// Reads a number at the start of a text, as C's `strtold` does: blanks, a sign, decimal or (after `0x`)
    /// hexadecimal digits with an exponent, `inf`, `infinity`, `nan`, `nan(…)`.
    #[must_use]
    pub fn parse(text: &[u8]) -> ParsedNumber {
        let blanks = text.iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == 11).count();
        let rest = text.get(blanks..).unwrap_or_default();
        let (negative, sign) = match rest.first() {
            Some(b'-') => (true, 1),
            Some(b'+') => (false, 1),
            _ => (false, 0),
        };
        let rest = rest.get(sign..).unwrap_or_default();
        let skipped = blanks + sign;
        let named = |name: &[u8]| rest.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name));
        let special = |magnitude, length| ParsedNumber {
            value: Extended { negative, magnitude },
            length: skipped + length,
            out_of_range: false,
        };
        if named(b"infinity") {
            return special(Magnitude::Infinite, 8);
        }
        if named(b"inf") {
            return special(Magnitude::Infinite, 3);
        }
        if named(b"nan") {
            let word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
            let payload = rest.get(4..).unwrap_or_default().iter().take_while(|byte| word(byte)).count();
            let closed = rest.get(3) == Some(&b'(') && rest.get(4 + payload) == Some(&b')');
            return special(Magnitude::Nan, if closed { 5 + payload } else { 3 });
        }
        let read = Digits::read(rest);
        let Some((digits, length)) = read else {
            return ParsedNumber { value: Extended::ZERO, length: 0, out_of_range: false };
        };
        let value = digits.value(negative);
        let nothing = digits.digits.iter().all(|&digit| digit == 0);
        let is_full = matches!(value.magnitude, Magnitude::Finite { mantissa, .. } if mantissa >> 63 == 1);
        let out_of_range = !is_full && !nothing;
        ParsedNumber { value, length: skipped + length, out_of_range }
    }
}

/// The digits of a number: an integer of them times the base (2 for hexadecimal ones) to an exponent.
struct Digits {
    digits: Vec<u8>,
    is_hex: bool,
    exponent: i64,
    /// Digits other than 0 were left out at the end.
    sticky: bool,
}

impl Digits {
    /// Reads digits at the start of a text, and how many bytes they are.
    fn read(text: &[u8]) -> Option<(Digits, usize)> {
        let hex_digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_hexdigit);
        let is_hex = matches!(text, [b'0', b'x' | b'X', ..])
            && (hex_digit(2) || (text.get(2) == Some(&b'.') && hex_digit(3)));
        let base = if is_hex { 16 } else { 10 };
        let mut at = if is_hex { 2 } else { 0 };
        let mut read = Digits { digits: Vec::new(), is_hex, exponent: 0, sticky: false };
        let (mut any, mut in_fraction) = (false, false);
        while let Some(&byte) = text.get(at) {
            if byte == b'.' && !in_fraction {
                in_fraction = true;
            } else if let Some(digit) = char::from(byte).to_digit(base) {
                any = true;
                let has_room = read.digits.len() < DIGITS_MAX;
                if has_room && !(digit == 0 && read.digits.is_empty()) {
                    read.digits.push(digit as u8);
                }
                read.sticky |= !has_room && digit != 0;
                read.exponent += i64::from(!has_room) - i64::from(in_fraction);
            } else {
                break;
            }
            at += 1;
        }
        if !any {
            return None;
        }
        if is_hex {
            read.exponent *= 4;
        }
        let letter = if is_hex { b'p' } else { b'e' };
        if text.get(at).is_some_and(|byte| byte.eq_ignore_ascii_case(&letter)) {
            let sign = usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
            let digits = text.get(at + 1 + sign..).unwrap_or_default();
            let count = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if count > 0 {
                let power = digits
                    .iter()
                    .take(count)
                    .fold(0_i64, |power, digit| (power * 10 + i64::from(digit - b'0')).min(1 << 40));
                read.exponent += if text.get(at + 1) == Some(&b'-') { -power } else { power };
                at += 1 + sign + count;
            }
        }
        Some((read, at))
    }

    fn value(&self, negative: bool) -> Extended {
        let zero = Extended { negative, ..Extended::ZERO };
        if self.digits.is_empty() {
            return zero;
        }
        let length = self.digits.len() as i64;
        if self.is_hex {
            let mut mantissa = 0_u128;
            let mut sticky = self.sticky;
            for (at, &digit) in self.digits.iter().enumerate() {
                if at < 30 {
                    mantissa = mantissa << 4 | u128::from(digit);
                } else {
                    sticky |= digit != 0;
                }
            }
            let exponent = self.exponent + 4 * (length - 30).max(0);
            return rounded(negative, mantissa, exponent.clamp(-100_000, 100_000) as i32, sticky);
        }
        let size = self.exponent.saturating_add(length);
        if size > DECIMAL_EXPONENT_MAX {
            return Extended { negative, magnitude: Magnitude::Infinite };
        }
        if size < -DECIMAL_EXPONENT_MAX {
            return zero;
        }
        // numerator / denominator, shifted so that the quotient has 66 bits or more.
        let mut numerator = Bits::from_digits(&self.digits);
        let mut denominator = Bits(vec![1]);
        let scaled = if self.exponent >= 0 { &mut numerator } else { &mut denominator };
        for _ in 0..self.exponent.unsigned_abs() / 9 {
            scaled.multiply_add(1_000_000_000, 0);
        }
        scaled.multiply_add(10_u32.pow((self.exponent.unsigned_abs() % 9) as u32), 0);
        // Both get the same length; the quotient is then between 1/2 and 2.
        let shift = denominator.len_bits() as i32 - numerator.len_bits() as i32;
        if shift > 0 {
            numerator.shift_left(shift as u32)
        } else {
            denominator.shift_left(-shift as u32)
        }
        let mut quotient = 0_u128;
        const QUOTIENT_BITS: i32 = 68;
        for place in 0..QUOTIENT_BITS {
            if place > 0 {
                numerator.shift_left(1);
            }
            quotient <<= 1;
            if numerator.compare(&denominator) != Ordering::Less {
                numerator.subtract(&denominator);
                quotient |= 1;
            }
        }
        let sticky = self.sticky || !numerator.is_zero();
        rounded(negative, quotient, 1 - QUOTIENT_BITS - shift, sticky)
    }
}

/// The nearest number to `mantissa` times 2 to `exponent`, to even when two are equally near. `sticky`: a
/// little more than that.
fn rounded(negative: bool, mantissa: u128, exponent: i32, sticky: bool) -> Extended {
    if mantissa == 0 {
        return Extended { negative, ..Extended::ZERO };
    }
    let length = 128 - mantissa.leading_zeros() as i32;
    // Bits that have to go, or (negative) that may be gained.
    let cut = (length - 64).max(EXPONENT_MIN - exponent);
    let (mut mantissa, mut exponent) = if cut > 0 {
        let cut_bits = cut.min(129) as u32;
        let kept = mantissa.checked_shr(cut_bits).unwrap_or(0);
        let half = 1_u128.checked_shl(cut_bits - 1).unwrap_or(0);
        let is_half_set = half != 0 && mantissa & half != 0;
        let below = mantissa & half.wrapping_sub(1) != 0 || sticky || half == 0;
        let up = is_half_set && (below || kept & 1 == 1);
        (kept + u128::from(up), exponent + cut)
    } else {
        (mantissa << -cut, exponent + cut)
    };
    if mantissa >> 64 != 0 {
        mantissa >>= 1;
        exponent += 1;
    }
    if mantissa == 0 {
        return Extended { negative, ..Extended::ZERO };
    }
    let magnitude = if exponent > EXPONENT_MAX {
        Magnitude::Infinite
    } else {
        Magnitude::Finite { mantissa: mantissa as u64, exponent }
    };
    Extended { negative, magnitude }
}

/// A natural number of any size, the lowest 32 bits first, without zeros at the end.
struct Bits(Vec<u32>);

impl Bits {
    fn from_digits(digits: &[u8]) -> Bits {
        let mut bits = Bits(Vec::new());
        for group in digits.chunks(9) {
            let value = group.iter().fold(0, |value, &digit| value * 10 + u32::from(digit));
            bits.multiply_add(10_u32.pow(group.len() as u32), value);
        }
        bits
    }

    fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    fn len_bits(&self) -> usize {
        self.0.last().map_or(0, |last| self.0.len() * 32 - last.leading_zeros() as usize)
    }

    fn multiply_add(&mut self, factor: u32, summand: u32) {
        let mut carry = u64::from(summand);
        for limb in &mut self.0 {
            carry += u64::from(*limb) * u64::from(factor);
            *limb = carry as u32;
            carry >>= 32;
        }
        if carry != 0 {
            self.0.push(carry as u32);
        }
    }

    fn shift_left(&mut self, count: u32) {
        let mut carry = 0;
        if !count.is_multiple_of(32) {
            for limb in &mut self.0 {
                let wide = u64::from(*limb) << (count % 32) | carry;
                *limb = wide as u32;
                carry = wide >> 32;
            }
            if carry != 0 {
                self.0.push(carry as u32);
            }
        }
        if count >= 32 && !self.is_zero() {
            self.0.splice(0..0, std::iter::repeat_n(0, (count / 32) as usize));
        }
    }

    fn compare(&self, other: &Bits) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    /// Takes a smaller one away.
    fn subtract(&mut self, other: &Bits) {
        let mut borrow = 0_i64;
        for (at, limb) in self.0.iter_mut().enumerate() {
            let difference = i64::from(*limb) - i64::from(other.0.get(at).copied().unwrap_or(0)) + borrow;
            *limb = difference as u32;
            borrow = difference >> 32;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }
}

/// The exact decimal digits of `mantissa` times 2 to `exponent`, without zeros in front, and how many of
/// them stand before the point (a negative number: zeros between the point and the first digit).
pub(super) fn decimal(mantissa: u64, exponent: i32) -> (Vec<u8>, i32) {
    // Nine digits each, the lowest first.
    let mut limbs: Vec<u32> = Vec::new();
    let mut rest = mantissa;
    while rest > 0 {
        limbs.push((rest % 1_000_000_000) as u32);
        rest /= 1_000_000_000;
    }
    let mut multiply = |factor: u32| {
        let mut carry = 0_u64;
        for limb in &mut limbs {
            carry += u64::from(*limb) * u64::from(factor);
            *limb = (carry % 1_000_000_000) as u32;
            carry /= 1_000_000_000;
        }
        while carry > 0 {
            limbs.push((carry % 1_000_000_000) as u32);
            carry /= 1_000_000_000;
        }
    };
    // m / 2^k is m * 5^k / 10^k.
    let (base, step) = if exponent >= 0 { (2_u32, 29) } else { (5, 12) };
    for _ in 0..exponent.unsigned_abs() / step {
        multiply(base.pow(step));
    }
    multiply(base.pow(exponent.unsigned_abs() % step));
    let mut digits = Vec::with_capacity(limbs.len() * 9);
    for limb in limbs.iter().rev() {
        let mut divisor = 100_000_000;
        while divisor > 0 {
            let digit = (limb / divisor % 10) as u8;
            if digit != 0 || !digits.is_empty() {
                digits.push(digit);
            }
            divisor /= 10;
        }
    }
    let point = digits.len() as i32 + exponent.min(0);
    (digits, point)
}
