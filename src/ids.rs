//! How codes and ids are written: the one definition, compiled into the table compiler and the library alike.

use core::fmt::{Result, Write};

use super::vocabulary::{Family, Phase, Scenario};

/// Writes a code in its family's own way: `0x801C03F2`, `AADSTS50126`, `12007`, `-1018`, the slug of a condition.
pub fn write_code(out: &mut dyn Write, family: Family, value: u32, slug: &str) -> Result {
    match family {
        Family::Hresult | Family::NtStatus | Family::BugCheck | Family::Pdh | Family::Tapi => {
            write!(out, "0x{value:08X}")
        }
        Family::Kerberos => write!(out, "0x{value:X}"),
        Family::Ese | Family::MsiDatabase => write!(out, "{}", value as i32),
        Family::Aadsts => write!(out, "AADSTS{value}"),
        Family::Condition => out.write_str(slug),
        _ => write!(out, "{value}"),
    }
}

/// Writes the id of an advice: `hybrid-join/join/dsreg-e-directory-failure`, or without a phase
/// `windows-365/entra-device-sync`.
///
/// Its last part is the entry's name as a slug; of a condition its own slug, of a code without a name, or with one
/// that people do not use, the family and the code.
pub fn write_advice_id(
    out: &mut dyn Write,
    scenario: Scenario,
    phase: Option<Phase>,
    (family, value): (Family, u32),
    name: &str,
    slug: &str,
) -> Result {
    write!(out, "{scenario}/")?;
    if let Some(phase) = phase {
        write!(out, "{phase}/")?;
    }
    match family {
        Family::Condition => {
            let own = slug.strip_prefix(scenario.as_str()).and_then(|rest| rest.strip_prefix('/'));
            own.unwrap_or(slug).chars().try_for_each(|c| out.write_char(if c == '/' { '-' } else { c }))
        }
        Family::Aadsts | Family::Http | Family::Event => write!(out, "{family}-{value}"),
        _ if name.is_empty() => {
            write!(out, "{family}-")?;
            write_code(out, family, value, slug)
        }
        _ => name.chars().try_for_each(|c| out.write_char(if c == '_' { '-' } else { c.to_ascii_lowercase() })),
    }
}
