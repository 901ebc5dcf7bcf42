//! Codes inside codes: what the bits of an HRESULT or an NTSTATUS say that it carries.
//!
//! Each rule is a macro of the Windows headers, a habit of a component, or the map of `data/signals/ntstatus-to-win32.md`.

use core::fmt;

use crate::catalog::lookup;
use crate::code::{Code, FACILITY_NT_BIT, Hresult, HttpStatus, NtStatus, Win32Error};
use crate::generated::{NTSTATUS_TO_WIN32, NTSTATUS_TO_WIN32_OTHER};
use crate::vocabulary::{Basis, Family};

/// How one code carries another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Wrapper {
    /// `HRESULT_FROM_WIN32`: 0x8007, then a Win32 error.
    Win32,
    /// `HRESULT_FROM_NT`: bit 28, over an NTSTATUS.
    NtStatus,
    /// `NTSTATUS_FROM_WIN32`: 0xC007, then a Win32 error.
    NtStatusWin32,
    /// `FACILITY_HTTP`: 0x8019, then an HTTP status.
    Http,
    /// ADAL over its transport: 0xCAA8, then a WinINet or WinHTTP error.
    AdalTransport,
    /// ADAL over HTTP: 0xCAA3, then an HTTP status.
    AdalHttp,
    /// Intune over SyncML: 0x87D1, then a SyncML status.
    SyncMl,
    /// Intune over Apple's device management: 0x87D1, then an Apple error and 10,000.
    AppleMdm,
    /// Bit 29, the customer's, over a status or result of the system.
    Customer,
    /// `RtlNtStatusToDosError`: the Win32 error that Windows makes of an NTSTATUS.
    StatusMap,
    /// The same, where implementations differ.
    DisputedStatusMap,
    /// Windows Setup's extend code: the phase in the upper half, the operation in the lower.
    Extend,
}

impl fmt::Display for Wrapper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Win32 => "An HRESULT of facility 7 (0x8007) carries a Win32 error in its low 16 bits.",
            Self::NtStatus => "An HRESULT with bit 28 set carries an NTSTATUS in its other bits.",
            Self::NtStatusWin32 => {
                "An NTSTATUS of the high word 0xC007 or 0xC001 carries a Win32 error in its low 16 bits."
            }
            Self::Http => "An HRESULT of facility 25 (0x8019) carries an HTTP status in its low 16 bits.",
            Self::AdalTransport => "An ADAL code 0xCAA8 carries a WinINet or WinHTTP error in its low 16 bits.",
            Self::AdalHttp => "An ADAL code 0xCAA3 carries an HTTP status in its low 16 bits.",
            Self::SyncMl => "An Intune code 0x87D1 carries a SyncML status in its low 16 bits.",
            Self::AppleMdm => "An Intune code 0x87D1 carries an Apple MDM error plus 10000 in its low 16 bits.",
            Self::Customer => "Bit 29 says that it is a customer's; without the bit it is a code of the system.",
            Self::StatusMap => "Windows makes this Win32 error of the NTSTATUS (RtlNtStatusToDosError).",
            Self::DisputedStatusMap => "Windows makes a Win32 error of the NTSTATUS; implementations differ in which.",
            Self::Extend => "An extend code of Windows Setup is a phase and an operation.",
        })
    }
}

/// The codes one step inside a code: none, one, or two readings of one number.
pub(crate) fn inside(code: Code) -> Option<(Wrapper, [Option<Code>; 2])> {
    let value = code.value();
    let low = value & 0xFFFF;
    let one = |wrapper, code: Code| Some((wrapper, [Some(code), None]));
    let http = |wrapper| if (100..=999).contains(&low) { one(wrapper, HttpStatus(low).code()) } else { None };
    match (code.family(), value >> 16) {
        (Family::Hresult, 0x8007) => Some((Wrapper::Win32, win32(low))),
        (Family::Hresult, 0x8019) => http(Wrapper::Http),
        (Family::Hresult, 0xCAA3) => http(Wrapper::AdalHttp),
        (Family::Hresult, 0xCAA8) if (12_000..=12_999).contains(&low) => Some((Wrapper::AdalTransport, win32(low))),
        (Family::Hresult, 0x87D1) => match low {
            100..=599 => one(Wrapper::SyncMl, Code::new(Family::SyncMl, low)),
            // Between them are states of managed apps that are Intune's own.
            11_000..=15_199 | 15_264..=59_999 => one(Wrapper::AppleMdm, Code::new(Family::AppleMdm, low - 10_000)),
            _ => None,
        },
        (Family::Hresult, 0x8000..) => match Hresult(value).ntstatus() {
            // Bit 28 is set in every small negative number too.
            Some(status) if value >> 28 == 0xD || lookup(status.code()).is_some() => {
                one(Wrapper::NtStatus, status.code())
            }
            Some(_) => None,
            // Without the bit it must be known, or any number with bit 29 set would be a reading.
            None => customer(code).and_then(|inner| one(Wrapper::Customer, inner)),
        },
        // These are HRESULTs, whatever the map would make of them as a status.
        (Family::NtStatus, 0x8007 | 0xD000..=0xDFFF) => None,
        (Family::NtStatus, 0xC001 | 0xC007) => Some((Wrapper::NtStatusWin32, win32(low))),
        (Family::NtStatus, _) => match NtStatus(value).win32_mapping() {
            Some(mapping) => {
                let wrapper = if mapping.other.is_some() { Wrapper::DisputedStatusMap } else { Wrapper::StatusMap };
                Some((wrapper, [mapped(mapping.error, value), mapping.other.and_then(|other| mapped(other, value))]))
            }
            None => customer(code).and_then(|inner| one(Wrapper::Customer, inner)),
        },
        _ => None,
    }
}

/// The code without the customer's bit, if that is known or carries another.
fn customer(code: Code) -> Option<Code> {
    const CUSTOMER: u32 = 1 << 29;
    let inner = Code::new(code.family(), code.value() & !CUSTOMER);
    let means_something = || lookup(inner).is_some() || inside(inner).is_some();
    (code.value() & CUSTOMER != 0 && means_something()).then_some(inner)
}

/// The result of the map from NTSTATUS, which may be the status itself or, of more than 16 bits, an HRESULT.
fn mapped(error: Win32Error, status: u32) -> Option<Code> {
    match error.0 {
        same if same == status => None,
        0..=0xFFFF => Some(error.code()),
        wide => Some(Hresult(wide).code()),
    }
}

/// A Win32 number, which from 12000 to 12999 belongs to WinINet and WinHTTP.
fn win32(number: u32) -> [Option<Code>; 2] {
    if (12_000..=12_999).contains(&number) {
        [Some(Code::new(Family::WinInet, number)), Some(Code::new(Family::WinHttp, number))]
    } else {
        [Some(Code::new(Family::Win32, number)), None]
    }
}

/// What Windows makes of an NTSTATUS; see [`NtStatus::win32_mapping`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Win32Mapping {
    /// The Win32 error. Of more than 16 bits it is the status itself, or an HRESULT.
    pub error: Win32Error,
    /// What another implementation makes of the status, where they differ.
    pub other: Option<Win32Error>,
    /// Documented where two implementations agree, inferred where one speaks, disputed where they differ.
    pub basis: Basis,
}

impl NtStatus {
    /// The Win32 error that Windows makes of this status, as `RtlNtStatusToDosError` does.
    ///
    /// The high words 0xC001, 0xC007 and 0x8007 pass their low word through, and 0xD... is read as 0xC...; `None`
    /// where the map says nothing, for which Windows gives 317 (`ERROR_MR_MID_NOT_FOUND`). The map is part of the
    /// feature `sdk`.
    ///
    /// ```
    /// # #[cfg(feature = "sdk")] {
    /// use hexplain::{NtStatus, Win32Error};
    /// assert_eq!(NtStatus(0xC000_006D).to_win32(), Some(Win32Error(1326)));
    /// assert_eq!(NtStatus(0xC007_0005).to_win32(), Some(Win32Error(5)));
    /// # }
    /// ```
    pub fn to_win32(self) -> Option<Win32Error> {
        self.win32_mapping().map(|mapping| mapping.error)
    }

    /// The same with what is known of it: whether implementations agree.
    pub fn win32_mapping(self) -> Option<Win32Mapping> {
        if matches!(self.0 >> 16, 0xC001 | 0xC007 | 0x8007) {
            return Some(Win32Mapping { error: Win32Error(self.0 & 0xFFFF), other: None, basis: Basis::Documented });
        }
        let status = if self.0 >> 28 == 0xD { self.0 & !FACILITY_NT_BIT } else { self.0 };
        let at = NTSTATUS_TO_WIN32.binary_search_by_key(&status, |&(status, ..)| status).ok()?;
        let (_, error, basis) = NTSTATUS_TO_WIN32[at];
        let other = NTSTATUS_TO_WIN32_OTHER.iter().find(|&&(of, _)| of == status);
        Some(Win32Mapping {
            error: Win32Error(error),
            other: other.map(|&(_, other)| Win32Error(other)),
            basis: Basis::ALL[usize::from(basis) % Basis::ALL.len()],
        })
    }
}
