//! What crosses the boundary, and how it is checked: pointers, lengths, texts, buffers, panics.
//!
//! All `unsafe` of the project stands here, and in `lib.rs` where a function passes on what its caller vouches for. The
//! invariants: a pointer is read or written only if it is neither NULL nor misaligned, a length only if it can be that of an object; no panic leaves;
//! out-parameters are written last, and only on success, but for the size that a buffer would need.

use std::borrow::Cow;
use std::ffi::c_char;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::hexplain_status::{
    self, HEXPLAIN_BAD_LENGTH, HEXPLAIN_BUFFER_TOO_SMALL, HEXPLAIN_MISALIGNED_POINTER, HEXPLAIN_NULL_POINTER,
    HEXPLAIN_OK, HEXPLAIN_PANIC,
};

/// A text: UTF-8 in static memory, `len` bytes from `ptr` on, not terminated. It need not be freed and never changes, as
/// long as the library is loaded.
/// A text that there is not has `ptr` NULL and `len` 0.
#[allow(non_camel_case_types)]
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct hexplain_str {
    /// The first byte, or NULL.
    pub ptr: *const c_char,
    /// How many bytes.
    pub len: usize,
}

impl hexplain_str {
    /// No text.
    pub(crate) const NONE: Self = Self { ptr: std::ptr::null(), len: 0 };
}

impl From<&'static str> for hexplain_str {
    fn from(text: &'static str) -> Self {
        Self { ptr: text.as_ptr().cast(), len: text.len() }
    }
}

impl From<Option<&'static str>> for hexplain_str {
    fn from(text: Option<&'static str>) -> Self {
        text.map_or(Self::NONE, Self::from)
    }
}

/// Runs the body of a function of the boundary; a panic becomes a status. The library has no state that one could break.
#[inline]
pub(crate) fn guarded(body: impl FnOnce() -> Result<(), hexplain_status>) -> hexplain_status {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => HEXPLAIN_OK,
        Ok(Err(status)) => status,
        Err(_) => HEXPLAIN_PANIC,
    }
}

/// Elements that a caller gives. Without any the pointer may be NULL, as it is for empty lists of many languages.
///
/// # Safety
///
/// `len` elements can be read from `ptr` on, unless it is NULL.
unsafe fn slice<'a, T>(ptr: *const T, len: usize) -> Result<&'a [T], hexplain_status> {
    match (ptr.is_null(), len) {
        (_, 0) => return Ok(&[]),
        (true, _) => return Err(HEXPLAIN_NULL_POINTER),
        _ if !ptr.is_aligned() => return Err(HEXPLAIN_MISALIGNED_POINTER),
        _ => check_length(ptr, len)?,
    }
    // SAFETY: it is neither NULL nor misaligned, the length is possible, and the caller vouches for the rest.
    Ok(unsafe { std::slice::from_raw_parts(ptr, len) })
}

/// No object is larger than half the memory, and no address beyond the last can be one's.
fn check_length<T>(ptr: *const T, len: usize) -> Result<(), hexplain_status> {
    let bytes = len.checked_mul(size_of::<T>()).filter(|&bytes| isize::try_from(bytes).is_ok());
    let end = bytes.and_then(|bytes| (ptr as usize).checked_add(bytes));
    end.map(|_| ()).ok_or(HEXPLAIN_BAD_LENGTH)
}

/// Bytes that a caller gives.
///
/// # Safety
///
/// As for [`slice`].
pub(crate) unsafe fn bytes<'a>(ptr: *const c_char, len: usize) -> Result<&'a [u8], hexplain_status> {
    // SAFETY: the caller vouches for it.
    unsafe { slice(ptr.cast(), len) }
}

/// A text that a caller gives; what is no UTF-8 in it becomes U+FFFD.
///
/// # Safety
///
/// As for [`bytes`].
pub(crate) unsafe fn text<'a>(ptr: *const c_char, len: usize) -> Result<Cow<'a, str>, hexplain_status> {
    // SAFETY: the caller vouches for it.
    unsafe { bytes(ptr, len) }.map(String::from_utf8_lossy)
}

/// A list of numbers that a caller gives.
///
/// # Safety
///
/// As for [`slice`].
pub(crate) unsafe fn numbers<'a>(ptr: *const u32, len: usize) -> Result<&'a [u32], hexplain_status> {
    // SAFETY: the caller vouches for it.
    unsafe { slice(ptr, len) }
}

/// Where a result goes.
pub(crate) struct Out<T>(*mut T);

impl<T> Out<T> {
    /// # Safety
    ///
    /// A `T` can be written where the pointer leads, unless it is NULL or misaligned.
    #[inline]
    pub(crate) unsafe fn new(ptr: *mut T) -> Self {
        Self(ptr)
    }

    /// Checks the pointer, before anything is done in vain.
    #[inline]
    pub(crate) fn check(&self) -> Result<(), hexplain_status> {
        match self.0 {
            ptr if ptr.is_null() => Err(HEXPLAIN_NULL_POINTER),
            ptr if !ptr.is_aligned() => Err(HEXPLAIN_MISALIGNED_POINTER),
            _ => Ok(()),
        }
    }

    /// Writes the result.
    #[inline]
    pub(crate) fn write(self, value: T) -> Result<(), hexplain_status> {
        self.check()?;
        // SAFETY: it is neither NULL nor misaligned, and who made this vouches for the rest.
        unsafe { self.0.write(value) };
        Ok(())
    }
}

/// Where JSON goes, and its size.
pub(crate) struct Buffer {
    start: *mut c_char,
    capacity: usize,
    needed: Out<usize>,
}

impl Buffer {
    /// # Safety
    ///
    /// `capacity` bytes can be written from `start` on, unless it is NULL, and a number where `needed` leads, unless that
    /// is NULL or misaligned.
    pub(crate) unsafe fn new(start: *mut c_char, capacity: usize, needed: *mut usize) -> Self {
        // SAFETY: the caller vouches for it.
        Self { start, capacity, needed: unsafe { Out::new(needed) } }
    }

    /// Checks the pointers, before anything is done in vain. Without capacity the buffer may be NULL: then its size is
    /// asked for.
    pub(crate) fn check(&self) -> Result<(), hexplain_status> {
        match (self.capacity, self.start.is_null()) {
            (0, _) => {}
            (_, true) => return Err(HEXPLAIN_NULL_POINTER),
            _ => check_length(self.start, self.capacity)?,
        }
        self.needed.check()
    }

    /// Copies a text, whole or not at all, and tells its size in either case.
    pub(crate) fn fill(self, text: &[u8]) -> Result<(), hexplain_status> {
        self.check()?;
        self.needed.write(text.len())?;
        if text.len() > self.capacity {
            return Err(HEXPLAIN_BUFFER_TOO_SMALL);
        }
        // SAFETY: either nothing is copied, or `check` has seen to NULL; who made this vouches for the room, and a text of
        // ours lies elsewhere.
        unsafe { std::ptr::copy_nonoverlapping(text.as_ptr(), self.start.cast(), text.len()) };
        Ok(())
    }
}
