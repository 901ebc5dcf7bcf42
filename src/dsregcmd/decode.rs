//! From the bytes of a file to text: what `>` writes in the shells of Windows.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::CaptureError;

/// How many bytes tell whether a text is UTF-16.
const HEAD: usize = 4096;

/// Decodes the bytes of a file that may hold captures: UTF-8, or UTF-16 by its byte order mark or by its look, as
/// PowerShell 5.1 writes it. Other code pages are taken as they are, with U+FFFD for what is no UTF-8, since the names
/// of fields are ASCII.
///
/// # Errors
///
/// Where the bytes are no text, or none at all.
///
/// ```
/// use hexplain::dsregcmd::decode;
///
/// let bytes: Vec<u8> = "\u{FEFF}AzureAdJoined : YES".encode_utf16().flat_map(u16::to_le_bytes).collect();
/// assert_eq!(decode(&bytes).unwrap(), "AzureAdJoined : YES");
/// let error = decode(b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF").unwrap_err();
/// assert!(error.to_string().starts_with("This is no text but some binary file."));
/// ```
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, CaptureError> {
    let text = match bytes {
        [] => return Err(CaptureError::EMPTY),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest),
        [0xFF, 0xFE, rest @ ..] => Cow::Owned(utf16(rest, u16::from_le_bytes)),
        [0xFE, 0xFF, rest @ ..] => Cow::Owned(utf16(rest, u16::from_be_bytes)),
        _ => {
            let head = &bytes[..bytes.len().min(HEAD)];
            let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|&&byte| byte == 0).count();
            // Nearly all of a capture is ASCII, so that every other byte of UTF-16 is zero.
            match (zeros(0) * 20 / head.len(), zeros(1) * 20 / head.len()) {
                (0, 7..) => Cow::Owned(utf16(bytes, u16::from_le_bytes)),
                (7.., 0) => Cow::Owned(utf16(bytes, u16::from_be_bytes)),
                _ => String::from_utf8_lossy(bytes),
            }
        }
    };
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim_end_matches('\0')),
        Cow::Owned(text) => Cow::Owned(text),
    };
    match &text {
        _ if text.trim_end_matches('\0').contains('\0') => Err(CaptureError::BINARY),
        // A text of a JSON record, whose line ends are written out.
        _ if !text.trim_end().contains(['\n', '\r']) && text.contains("\\n") => {
            Ok(Cow::Owned(text.replace("\\r", "").replace("\\n", "\n").replace("\\t", " ").replace("\\\\", "\\")))
        }
        _ => Ok(text),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}
