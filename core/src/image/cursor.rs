//! Checked reads from the bytes of an image.

use super::{ImageError, Problem};

/// A place in an image. Every read is checked and every error tells its offset.
#[derive(Clone)]
pub struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub const fn new(bytes: &'a [u8]) -> Cursor<'a> {
        Cursor { bytes, at: 0 }
    }

    /// Offset from the beginning of the image.
    pub const fn offset(&self) -> u64 {
        self.at as u64
    }

    /// An error at this place.
    pub const fn error(&self, problem: Problem) -> ImageError {
        ImageError { offset: self.offset(), problem }
    }

    /// How many bytes are left.
    pub const fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    /// All bytes before this place.
    pub fn before(&self) -> &'a [u8] {
        self.bytes.get(..self.at).unwrap_or_default()
    }

    /// All bytes from this place on.
    pub fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// The same place in an image that ends `len` bytes from here.
    pub fn limited(&self, len: u64) -> Result<Cursor<'a>, ImageError> {
        let end = usize::try_from(len).ok().filter(|len| *len <= self.left());
        let end = end.ok_or(self.error(Problem::TooShort))? + self.at;
        Ok(Cursor { bytes: self.bytes.get(..end).unwrap_or_default(), at: self.at })
    }

    /// The next `len` bytes.
    pub fn take(&mut self, len: u64) -> Result<&'a [u8], ImageError> {
        let end = self.limited(len)?.bytes.len();
        let taken = self.bytes.get(self.at..end).unwrap_or_default();
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ImageError> {
        let error = self.error(Problem::TooShort);
        <[u8; N]>::try_from(self.take(N as u64)?).map_err(|_| error)
    }

    pub fn u8(&mut self) -> Result<u8, ImageError> {
        let [byte] = self.array()?;
        Ok(byte)
    }

    pub fn u16(&mut self) -> Result<u16, ImageError> {
        self.array().map(u16::from_le_bytes)
    }

    pub fn u32(&mut self) -> Result<u32, ImageError> {
        self.array().map(u32::from_le_bytes)
    }

    pub fn u64(&mut self) -> Result<u64, ImageError> {
        self.array().map(u64::from_le_bytes)
    }

    pub fn i64(&mut self) -> Result<i64, ImageError> {
        self.array().map(i64::from_le_bytes)
    }

    pub fn f64_big_endian(&mut self) -> Result<f64, ImageError> {
        self.array().map(f64::from_be_bytes)
    }

    /// A name of this length that a directory may have.
    pub fn name(&mut self, len: u64) -> Result<&'a [u8], ImageError> {
        let error = self.error(Problem::BadName);
        let name = self.take(len)?;
        let is_bad = matches!(name, b"" | b"." | b"..") || memchr::memchr2(b'/', 0, name).is_some();
        if is_bad { Err(error) } else { Ok(name) }
    }

    /// Nothing may follow.
    pub fn end(&self) -> Result<(), ImageError> {
        if self.left() == 0 { Ok(()) } else { Err(self.error(Problem::TrailingBytes)) }
    }
}
