//! The bit fields of an HRESULT and of an NTSTATUS, with the name of the facility.
//!
//! The layouts are those of \[MS-ERREF\] 2.1 and 2.3; the names come from `data/signals/facilities.md`.

use crate::code::{Hresult, NtStatus};
use crate::generated::{COMMON, HRESULT_FACILITIES, NTSTATUS_FACILITIES};
use crate::vocabulary::Severity;

/// The fields of an HRESULT.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(clippy::struct_excessive_bools)] // They are bits.
pub struct HresultFields {
    /// S, bit 31: a failure.
    pub failure: bool,
    /// R, bit 30: reserved; with N it is the second severity bit of an NTSTATUS.
    pub reserved: bool,
    /// C, bit 29: defined by a customer, not by Microsoft.
    pub customer: bool,
    /// N, bit 28: the rest is an NTSTATUS.
    pub nt: bool,
    /// X, bit 27: reserved, used for message ids.
    pub x: bool,
    /// Bits 16 to 26.
    pub facility: u16,
    /// Bits 0 to 15.
    pub code: u16,
}

/// The fields of an NTSTATUS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct NtStatusFields {
    /// Bits 30 and 31.
    pub severity: Severity,
    /// C, bit 29: defined by a customer, not by Microsoft.
    pub customer: bool,
    /// N, bit 28: the status is mapped into an HRESULT.
    pub nt: bool,
    /// Bits 16 to 27.
    pub facility: u16,
    /// Bits 0 to 15.
    pub code: u16,
}

impl Hresult {
    /// The bit fields.
    ///
    /// ```
    /// let fields = hexplain::Hresult(0x801C_03F2).fields();
    /// assert!(fields.failure);
    /// assert_eq!((fields.facility, fields.code), (0x01C, 0x03F2));
    /// ```
    pub const fn fields(self) -> HresultFields {
        HresultFields {
            failure: self.0 >> 31 == 1,
            reserved: self.0 >> 30 & 1 == 1,
            customer: self.0 >> 29 & 1 == 1,
            nt: self.0 >> 28 & 1 == 1,
            x: self.0 >> 27 & 1 == 1,
            facility: (self.0 >> 16 & 0x7FF) as u16,
            code: self.0 as u16,
        }
    }
}

impl NtStatus {
    /// The bit fields.
    ///
    /// ```
    /// use hexplain::{NtStatus, Severity};
    /// let fields = NtStatus(0xC004_8442).fields();
    /// assert_eq!((fields.severity, fields.facility, fields.code), (Severity::Error, 4, 0x8442));
    /// ```
    pub const fn fields(self) -> NtStatusFields {
        NtStatusFields {
            severity: self.severity(),
            customer: self.0 >> 29 & 1 == 1,
            nt: self.0 >> 28 & 1 == 1,
            facility: (self.0 >> 16 & 0xFFF) as u16,
            code: self.0 as u16,
        }
    }
}

impl HresultFields {
    /// The name of the facility, such as `FACILITY_WIN32`.
    ///
    /// Components with a facility of 2,048 and more (`FACILITY_DXGI` is 2,170) take the X bit for their number, and
    /// so does the name.
    pub fn facility_name(self) -> Option<&'static str> {
        name(HRESULT_FACILITIES, self.facility | u16::from(self.x) << 11)
    }
}

impl NtStatusFields {
    /// The name of the facility, such as `FACILITY_NTWIN32`.
    pub fn facility_name(self) -> Option<&'static str> {
        name(NTSTATUS_FACILITIES, self.facility)
    }
}

fn name(facilities: &'static [(u16, u16)], number: u16) -> Option<&'static str> {
    let at = facilities.binary_search_by_key(&number, |&(number, _)| number).ok()?;
    Some(COMMON.text(facilities[at].1))
}
