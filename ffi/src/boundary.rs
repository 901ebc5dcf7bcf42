//! What crosses the boundary, and how it is checked: pointers, lengths, texts, buffers, panics.
//!
//! All `unsafe` of the project stands here and in the signatures of `lib.rs`. The invariants: a pointer is read or
//! written only if it is neither NULL nor misaligned, a length only if it can be that of an object; no panic leaves;
//! out-parameters are written last, and only on success, but for the size that a buffer would need.

use std::borrow::Cow;
use std::ffi::c_char;
use std::panic::{UnwindSafe, catch_unwind};

use crate::hexplain_status::{
    self, HEXPLAIN_BAD_LENGTH, HEXPLAIN_BUFFER_TOO_SMALL, HEXPLAIN_MISALIGNED_POINTER, HEXPLAIN_NULL_POINTER,
    HEXPLAIN_OK, HEXPLAIN_PANIC,
};

/// A text: UTF-8 in static memory, `len` bytes from `ptr` on, not terminated. It need not be freed and never changes.
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

/// Runs the body of a function of the boundary; a panic becomes a status.
#[inline]
pub(crate) fn guarded(body: impl FnOnce() -> Result<(), hexplain_status> + UnwindSafe) -> hexplain_status {
    match catch_unwind(body) {
        Ok(Ok(())) => HEXPLAIN_OK,
        Ok(Err(status)) => status,
        Err(_) => HEXPLAIN_PANIC,
    }
}

/// Bytes that a caller gives.
///
/// # Safety
///
/// `len` bytes can be read from `ptr` on, unless it is NULL.
pub(crate) unsafe fn bytes<'a>(ptr: *const c_char, len: usize) -> Result<&'a [u8], hexplain_status> {
    if ptr.is_null() {
        return Err(HEXPLAIN_NULL_POINTER);
    }
    // No object is larger, and no address beyond the last can be one's.
    if len > isize::MAX as usize || (ptr as usize).checked_add(len).is_none() {
        return Err(HEXPLAIN_BAD_LENGTH);
    }
    // SAFETY: it is not NULL, bytes have no alignment, the length is possible, and the caller vouches for the rest.
    Ok(unsafe { std::slice::from_raw_parts(ptr.cast(), len) })
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

/// A list of numbers that a caller gives, which may be empty and NULL then.
///
/// # Safety
///
/// `len` numbers can be read from `ptr` on, unless it is NULL.
pub(crate) unsafe fn numbers<'a>(ptr: *const u32, len: usize) -> Result<&'a [u32], hexplain_status> {
    match (ptr.is_null(), len) {
        (_, 0) => return Ok(&[]),
        (true, _) => return Err(HEXPLAIN_NULL_POINTER),
        _ if !ptr.is_aligned() => return Err(HEXPLAIN_MISALIGNED_POINTER),
        _ if len > isize::MAX as usize / size_of::<u32>() => return Err(HEXPLAIN_BAD_LENGTH),
        _ if (ptr as usize).checked_add(len * size_of::<u32>()).is_none() => return Err(HEXPLAIN_BAD_LENGTH),
        _ => {}
    }
    // SAFETY: it is neither NULL nor misaligned, the length is possible, and the caller vouches for the rest.
    Ok(unsafe { std::slice::from_raw_parts(ptr, len) })
}

/// Where a result goes.
pub(crate) struct Out<T>(*mut T);

impl<T> Out<T> {
    /// Checks a pointer before anything is done, so that nothing is done in vain.
    pub(crate) fn new(ptr: *mut T) -> Result<Self, hexplain_status> {
        if ptr.is_null() {
            Err(HEXPLAIN_NULL_POINTER)
        } else if ptr.is_aligned() {
            Ok(Self(ptr))
        } else {
            Err(HEXPLAIN_MISALIGNED_POINTER)
        }
    }

    /// Writes the result.
    ///
    /// # Safety
    ///
    /// A `T` can be written where the pointer leads.
    pub(crate) unsafe fn write(self, value: T) {
        // SAFETY: it is neither NULL nor misaligned, and the caller vouches for the rest.
        unsafe { self.0.write(value) }
    }
}

/// Copies a text into a caller's buffer, whole or not at all, and tells its size in either case.
///
/// # Safety
///
/// `capacity` bytes can be written from `buffer` on, unless that is 0, and a number where `needed` leads.
pub(crate) unsafe fn fill(
    text: &[u8],
    buffer: *mut c_char,
    capacity: usize,
    needed: Out<usize>,
) -> Result<(), hexplain_status> {
    // SAFETY: the caller vouches for it.
    unsafe { needed.write(text.len()) };
    if text.len() > capacity {
        return Err(HEXPLAIN_BUFFER_TOO_SMALL);
    }
    // SAFETY: `check_buffer` has seen to NULL; the caller vouches for the rest, and a text of ours lies elsewhere.
    unsafe { std::ptr::copy_nonoverlapping(text.as_ptr(), buffer.cast(), text.len()) };
    Ok(())
}

/// Checks a buffer before anything is done. Without capacity it may be NULL: then its size is asked for.
pub(crate) fn check_buffer(buffer: *mut c_char, capacity: usize) -> Result<(), hexplain_status> {
    if capacity == 0 {
        return Ok(());
    }
    if buffer.is_null() {
        return Err(HEXPLAIN_NULL_POINTER);
    }
    if capacity > isize::MAX as usize || (buffer as usize).checked_add(capacity).is_none() {
        return Err(HEXPLAIN_BAD_LENGTH);
    }
    Ok(())
}
