//! Codes inside codes: what the bits of an HRESULT or an NTSTATUS say that it carries.
//!
//! Each rule is a macro of the Windows headers or a habit of a component; none asks a table whether the code inside
//! is known.

use core::fmt;

use crate::code::{Code, Hresult, HttpStatus, NtStatus, Win32Error};
use crate::vocabulary::Family;

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
}

impl fmt::Display for Wrapper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Win32 => "An HRESULT of facility 7 (0x8007) carries a Win32 error in its low 16 bits.",
            Self::NtStatus => "An HRESULT with bit 28 set carries an NTSTATUS in its other bits.",
            Self::NtStatusWin32 => "An NTSTATUS of facility 7 (0xC007) carries a Win32 error in its low 16 bits.",
            Self::Http => "An HRESULT of facility 25 (0x8019) carries an HTTP status in its low 16 bits.",
            Self::AdalTransport => "An ADAL code 0xCAA8 carries a WinINet or WinHTTP error in its low 16 bits.",
            Self::AdalHttp => "An ADAL code 0xCAA3 carries an HTTP status in its low 16 bits.",
        })
    }
}

/// The codes one step inside a code: none, one, or the two HTTP stacks' readings of one number.
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
        (Family::Hresult, 0x8000..) => match Hresult(value).ntstatus() {
            Some(status) => one(Wrapper::NtStatus, status.code()),
            None => None,
        },
        (Family::NtStatus, _) => match NtStatus(value).win32() {
            Some(Win32Error(error)) if value != 0 => Some((Wrapper::NtStatusWin32, win32(error))),
            _ => None,
        },
        _ => None,
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
