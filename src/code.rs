//! Numbers with their family: [`Code`] for any, and an open newtype for each of the families that people type.
//!
//! Every 32-bit value is a valid code, known or not; an unknown code is a value, never an error. The conversions
//! between families are those of the Windows headers: `HRESULT_FROM_WIN32`, `HRESULT_FROM_NT` and
//! `NTSTATUS_FROM_WIN32`, each with its way back.

use core::fmt;
use core::str::FromStr;

use crate::forms::{ParseCodeError, parse_number};
use crate::vocabulary::{Family, Severity};

/// A family and a 32-bit value.
///
/// ```
/// use hexplain::{Code, Family};
///
/// let code = Code::new(Family::Hresult, 0x801C_03F2);
/// assert_eq!(code.to_string(), "0x801C03F2");
/// assert_eq!(code.signed(), -2_145_647_630);
/// assert_eq!(code.entry().unwrap().name(), Some("DSREG_E_DIRECTORY_FAILURE"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    family: Family,
    value: u32,
}

impl Code {
    /// A code of any family, known or not.
    #[inline]
    pub const fn new(family: Family, value: u32) -> Self {
        Self { family, value }
    }

    /// The family that gives the value its meaning.
    #[inline]
    pub const fn family(self) -> Family {
        self.family
    }

    /// The 32 bits. For a condition, which has a slug and no number, a fingerprint of the slug that nobody prints.
    #[inline]
    pub const fn value(self) -> u32 {
        self.value
    }

    /// The 32 bits as the signed decimal that logs and .NET print.
    #[inline]
    pub const fn signed(self) -> i32 {
        self.value as i32
    }

    /// The 32 bits, where people write the code as a number: `None` for a condition, whose slug stands for it.
    #[inline]
    pub const fn number(self) -> Option<u32> {
        if self.is_number() { Some(self.value) } else { None }
    }

    /// Whether people write this code as a number; a condition is written as its slug.
    #[inline]
    pub const fn is_number(self) -> bool {
        !matches!(self.family, Family::Condition)
    }

    /// What the bits say of success, and the family where the bits say nothing.
    ///
    /// HRESULT: bit 31. NTSTATUS and PDH: bits 30 and 31. HTTP and SyncML: the hundreds. An event, a phase or an
    /// operation of Windows Setup, and a state of Intune are information. In the other families 0 is success and the
    /// rest are errors.
    ///
    /// ```
    /// use hexplain::{Code, Family, Severity};
    /// assert_eq!(Code::new(Family::NtStatus, 0x8000_0005).severity(), Severity::Warning);
    /// assert_eq!(Code::new(Family::Http, 407).severity(), Severity::Error);
    /// ```
    pub const fn severity(self) -> Severity {
        match (self.family, self.value) {
            (Family::Hresult, 0x8000_0000..) => Severity::Error,
            (Family::NtStatus, _) => NtStatus(self.value).severity(),
            (Family::Http | Family::SyncMl, 100..=199 | 300..=399)
            | (Family::Event | Family::SetupPhase | Family::SetupOperation | Family::IntuneApp, _) => Severity::Info,
            (Family::Hresult, _) | (Family::Http | Family::SyncMl, 200..=299) | (_, 0) => Severity::Success,
            // PDH statuses have the severity bits of an NTSTATUS.
            (Family::Pdh, _) => NtStatus(self.value).severity(),
            _ => Severity::Error,
        }
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{self}", self.family)
    }
}

macro_rules! newtype {
    ($(#[$doc:meta])* $name:ident, $family:ident, $example:literal, $printed:literal) => {
        $(#[$doc])*
        ///
        /// Any value is valid. It converts from and to `u32`, from `i32`, and into [`Code`]; it prints as its family
        /// is written, and parses from the forms of one number (hexadecimal behind `0x`, signed or unsigned decimal).
        ///
        /// ```
        #[doc = concat!("use hexplain::", stringify!($name), ";\n")]
        #[doc = concat!("let code: ", stringify!($name), " = ", stringify!($example), ".parse().unwrap();")]
        #[doc = concat!("assert_eq!(code.to_string(), ", stringify!($printed), ");")]
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// This value with its family.
            #[inline]
            pub const fn code(self) -> Code {
                Code::new(Family::$family, self.0)
            }
        }

        impl From<u32> for $name {
            fn from(value: u32) -> Self {
                Self(value)
            }
        }

        impl From<i32> for $name {
            /// Takes the same 32 bits, as Windows does.
            fn from(value: i32) -> Self {
                Self(value as u32)
            }
        }

        impl From<$name> for i32 {
            /// The same 32 bits, as .NET and logs print them.
            fn from(code: $name) -> Self {
                code.0 as i32
            }
        }

        impl fmt::LowerHex for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::LowerHex::fmt(&self.0, f)
            }
        }

        impl fmt::UpperHex for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::UpperHex::fmt(&self.0, f)
            }
        }

        impl From<$name> for u32 {
            fn from(code: $name) -> Self {
                code.0
            }
        }

        impl From<$name> for Code {
            fn from(code: $name) -> Self {
                code.code()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.code().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = ParseCodeError;

            fn from_str(text: &str) -> Result<Self, ParseCodeError> {
                parse_number(text, Family::$family).map(Self)
            }
        }
    };
}

newtype! {
    /// An HRESULT: bit 31 is failure, bits 16 to 26 the facility, bits 0 to 15 the code.
    Hresult, Hresult, "-2147024891", "0x80070005"
}
newtype! {
    /// An NTSTATUS: bits 30 and 31 are the severity, bits 16 to 27 the facility, bits 0 to 15 the code.
    NtStatus, NtStatus, "0xc000006d", "0xC000006D"
}
newtype! {
    /// A Win32 error, mostly below 16,000.
    Win32Error, Win32, "1312", "1312"
}
newtype! {
    /// A WinHTTP error, 12000 to 12999.
    WinHttpError, WinHttp, "12007", "12007"
}
newtype! {
    /// A WinINet error, 12000 to 12999.
    WinInetError, WinInet, "12007", "12007"
}
newtype! {
    /// An AADSTS error of the Microsoft Entra token service, five to seven digits.
    Aadsts, Aadsts, "AADSTS50126", "AADSTS50126"
}
newtype! {
    /// An HTTP status, 100 to 999.
    HttpStatus, Http, "407", "407"
}

const FACILITY_WIN32: u32 = 7;
const FACILITY_HTTP: u32 = 25;
pub(crate) const FACILITY_NT_BIT: u32 = 1 << 28;

impl Hresult {
    /// Whether bit 31 is clear.
    pub const fn is_success(self) -> bool {
        self.0 < 0x8000_0000
    }

    /// `HRESULT_FROM_WIN32`: 0 and values that are HRESULTs already stay, others get facility 7 and bit 31.
    ///
    /// ```
    /// use hexplain::{Hresult, Win32Error};
    /// assert_eq!(Hresult::from_win32(Win32Error(5)), Hresult(0x8007_0005));
    /// ```
    pub const fn from_win32(error: Win32Error) -> Self {
        match error.0 {
            0 | 0x8000_0000.. => Self(error.0),
            value => Self(value & 0xFFFF | FACILITY_WIN32 << 16 | 0x8000_0000),
        }
    }

    /// The Win32 error in the low word of a failure of facility 7; 0 for `S_OK`. The way back of
    /// [`Hresult::from_win32`].
    pub const fn win32(self) -> Option<Win32Error> {
        if self.0 == 0 || self.0 >> 16 == 0x8007 { Some(Win32Error(self.0 & 0xFFFF)) } else { None }
    }

    /// `HRESULT_FROM_NT`: sets bit 28.
    ///
    /// ```
    /// use hexplain::{Hresult, NtStatus};
    /// let hresult = Hresult::from_ntstatus(NtStatus(0xC000_006D));
    /// assert_eq!(hresult, Hresult(0xD000_006D));
    /// assert_eq!(hresult.ntstatus(), Some(NtStatus(0xC000_006D)));
    /// ```
    pub const fn from_ntstatus(status: NtStatus) -> Self {
        Self(status.0 | FACILITY_NT_BIT)
    }

    /// The NTSTATUS inside, where bit 28 says that there is one.
    pub const fn ntstatus(self) -> Option<NtStatus> {
        if self.0 & FACILITY_NT_BIT == 0 { None } else { Some(NtStatus(self.0 & !FACILITY_NT_BIT)) }
    }

    /// The HTTP status in the low word of a failure of facility 25.
    pub const fn http(self) -> Option<HttpStatus> {
        if self.0 >> 16 == 0x8000 | FACILITY_HTTP { Some(HttpStatus(self.0 & 0xFFFF)) } else { None }
    }
}

impl NtStatus {
    /// Bits 30 and 31.
    pub const fn severity(self) -> Severity {
        match self.0 >> 30 {
            0 => Severity::Success,
            1 => Severity::Info,
            2 => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// `NTSTATUS_FROM_WIN32`: 0 and values that are statuses already stay, others get facility 7 and severity error.
    ///
    /// ```
    /// use hexplain::{NtStatus, Win32Error};
    /// assert_eq!(NtStatus::from_win32(Win32Error(5)), NtStatus(0xC007_0005));
    /// ```
    pub const fn from_win32(error: Win32Error) -> Self {
        match error.0 {
            0 | 0x8000_0000.. => Self(error.0),
            value => Self(value & 0xFFFF | FACILITY_WIN32 << 16 | 0xC000_0000),
        }
    }

    /// The Win32 error that an error of facility 7 (0xC007) carries in its low word; 0 for `STATUS_SUCCESS`. The way
    /// back of [`NtStatus::from_win32`]; what Windows makes of any status is [`NtStatus::to_win32`].
    pub const fn win32(self) -> Option<Win32Error> {
        if self.0 == 0 || self.0 >> 16 == 0xC007 { Some(Win32Error(self.0 & 0xFFFF)) } else { None }
    }
}

impl From<Win32Error> for Hresult {
    fn from(error: Win32Error) -> Self {
        Self::from_win32(error)
    }
}

impl From<NtStatus> for Hresult {
    fn from(status: NtStatus) -> Self {
        Self::from_ntstatus(status)
    }
}

/// The operating system's error, where the platform's error numbers are Win32 errors.
#[cfg(feature = "std")]
impl TryFrom<&std::io::Error> for Win32Error {
    type Error = NoWin32Error;

    /// Fails for an error that no system call made, and off Windows, where the number is an `errno`.
    fn try_from(error: &std::io::Error) -> Result<Self, NoWin32Error> {
        match error.raw_os_error() {
            Some(number) if cfg!(windows) => Ok(Self(number as u32)),
            _ => Err(NoWin32Error(())),
        }
    }
}

/// An `io::Error` that carries no Win32 error.
#[cfg(feature = "std")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("The error carries no Win32 error number; only errors of system calls on Windows do.")]
pub struct NoWin32Error(());
