//! Laws that hold for every input: the forms of one number agree, what prints parses back, nothing panics.

use hexplain::{
    Aadsts, Candidate, Code, Family, Hint, Hresult, HttpStatus, NtStatus, Win32Error, WinHttpError, WinInetError,
    entries, explain, explain_each, explain_with, lookup, lookup_id, lookup_label, lookup_symbol,
};
use proptest::prelude::*;
use proptest::sample::select;

/// Values of all kinds: any, known ones, and neighbours of known ones.
fn values() -> impl Strategy<Value = u32> {
    let known: Vec<u32> = entries().map(|entry| entry.code().value()).collect();
    prop_oneof![
        any::<u32>(),
        select(known.clone()),
        (select(known), -3_i32..3).prop_map(|(v, d)| v.wrapping_add_signed(d))
    ]
}

/// Text as people mistype it: pieces of what the forms are made of.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        select(vec!["0x", "&H", "AADSTS", "HTTP", "event", "-", " ", "/", ":", "(", ")", "[", "]", ".", "\"", "'"]),
        select(vec![
            "801c03f2",
            "-2145647630",
            "12007",
            "NT_STATUS_",
            "WERR_",
            "hresult:",
            "condition:",
            "L",
            "ffffffff"
        ]),
        select(vec![
            "\u{FFFD}",
            "\u{E9}",
            "\u{201C}",
            "\0",
            "DSREG_E_DIRECTORY_FAILURE",
            "directory error",
            "9999999999"
        ]),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// The candidates without the reason and the rank, which tell the form.
fn readings(input: &str) -> Vec<(Code, Option<String>)> {
    let key = |c: Candidate| (c.code(), c.entry().map(|entry| entry.id().to_string()));
    explain(input).candidates().map(key).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn every_form_of_a_number_gives_the_same_candidates(value in 0x1_0000_u32..) {
        let expected = readings(&format!("0x{value:08x}"));
        let mut forms = vec![
            format!("0X{value:08X}"),
            format!("0x{value:08x}L"),
            format!("&H{value:08X}"),
            format!("  \"0x{value:X}\". "),
            format!("hr = 0x{value:08x}"),
        ];
        if value > 0x7FFF_FFFF {
            forms.push((value as i32).to_string());
            forms.push(format!("0xffffffff{value:08x}"));
            forms.push(format!("(0x{value:08x}/{})", value as i32));
        }
        for form in &forms[..4] {
            prop_assert_eq!(&readings(form), &expected, "{}", form);
        }
        for form in forms.iter().skip(5) {
            let each: Vec<_> = explain_each(form, Hint::default()).collect();
            prop_assert_eq!(each.len(), 1, "{}", form);
            let first = readings(form);
            prop_assert_eq!(&first, &expected, "{}", form);
        }
    }

    #[test]
    fn known_numbers_agree_in_all_forms(entry in select(entries().collect::<Vec<_>>())) {
        if let Family::Hresult | Family::NtStatus = entry.family() {
            let value = entry.code().value();
            if value > 0xFFFF {
                let expected = readings(&format!("0x{value:08X}"));
                prop_assert!(expected.iter().any(|(code, _)| *code == entry.code()));
                prop_assert_eq!(&readings(&(value as i32).to_string()), &expected);
                prop_assert_eq!(&readings(&value.to_string()), &expected);
            }
        }
        let id = entry.id().to_string();
        prop_assert_eq!(lookup_id(&id), Some(entry));
        let by_id = explain(&id);
        prop_assert!(by_id.candidates().any(|c| c.code() == entry.code()), "{}", id);
    }

    #[test]
    fn what_prints_parses_back(value in values()) {
        prop_assert_eq!(Hresult(value).to_string().parse(), Ok(Hresult(value)));
        prop_assert_eq!(NtStatus(value).to_string().parse(), Ok(NtStatus(value)));
        prop_assert_eq!(Win32Error(value).to_string().parse(), Ok(Win32Error(value)));
        prop_assert_eq!(WinHttpError(value).to_string().parse(), Ok(WinHttpError(value)));
        prop_assert_eq!(WinInetError(value).to_string().parse(), Ok(WinInetError(value)));
        prop_assert_eq!(Aadsts(value).to_string().parse(), Ok(Aadsts(value)));
        prop_assert_eq!(HttpStatus(value).to_string().parse(), Ok(HttpStatus(value)));
        let signed = (value as i32).to_string();
        prop_assert_eq!(signed.parse(), Ok(Hresult(value)));
        prop_assert_eq!(Hresult::from(value as i32), Hresult(value));
        prop_assert_eq!(u32::from(Hresult::from(value)), value);
    }

    #[test]
    fn conversions_go_there_and_back(value in values()) {
        let win32 = Win32Error(value & 0xFFFF);
        prop_assert_eq!(Hresult::from_win32(win32).win32(), Some(win32));
        prop_assert_eq!(NtStatus::from_win32(win32).win32(), Some(win32));
        let status = NtStatus(value & !0x1000_0000);
        prop_assert_eq!(Hresult::from_ntstatus(status).ntstatus(), Some(status));
        let fields = Hresult(value).fields();
        let rebuilt = u32::from(fields.failure) << 31
            | u32::from(fields.reserved) << 30
            | u32::from(fields.customer) << 29
            | u32::from(fields.nt) << 28
            | u32::from(fields.x) << 27
            | u32::from(fields.facility) << 16
            | u32::from(fields.code);
        prop_assert_eq!(rebuilt, value);
        let fields = NtStatus(value).fields();
        let rebuilt = (fields.severity as u32) << 30
            | u32::from(fields.customer) << 29
            | u32::from(fields.nt) << 28
            | u32::from(fields.facility) << 16
            | u32::from(fields.code);
        prop_assert_eq!(rebuilt, value);
    }

    #[test]
    fn candidates_are_ranked_and_ordered(input in pieces()) {
        let explanation = explain(&input);
        let candidates: Vec<_> = explanation.candidates().collect();
        for (rank, candidate) in (1..).zip(&candidates) {
            prop_assert_eq!(candidate.rank(), rank);
        }
        prop_assert!(candidates.is_sorted_by_key(Candidate::confidence));
        prop_assert!(explanation.error().is_none() || candidates.is_empty());
        for (at, candidate) in candidates.iter().enumerate() {
            let again = candidates[..at].iter().any(|c| c.code() == candidate.code() && c.entry() == candidate.entry());
            prop_assert!(!again, "{:?} twice for {:?}", candidate, input);
        }
    }

    #[test]
    fn a_hint_only_takes_away(input in pieces(), family in select(Family::ALL.to_vec())) {
        let hinted: Vec<Code> =
            explain_with(&input, Hint::families(&[family])).candidates().map(|c| c.code()).collect();
        prop_assert!(hinted.iter().all(|code| code.family() == family), "{:?}", hinted);
        let all: Vec<Code> = explain(&input).candidates().map(|c| c.code()).collect();
        // Small registries are read from a bare number only where they are asked for.
        let quiet = [
            Family::Event, Family::RdpExtended, Family::MsiAction, Family::MsiDatabase, Family::SetupPhase,
            Family::SetupOperation, Family::SyncMl, Family::AppleMdm, Family::IntuneApp,
        ];
        if !quiet.contains(&family) {
            prop_assert!(hinted.iter().all(|code| all.contains(code)), "{:?} not in {:?}", hinted, all);
        }
    }

    #[test]
    fn no_input_panics(text in any::<String>(), pieces in pieces()) {
        for input in [&text, &pieces] {
            for explanation in explain_each(input, Hint::default()) {
                for candidate in explanation.candidates() {
                    let _ = (candidate.why().to_string(), candidate.wraps().count(), format!("{candidate:?}"));
                }
                let _ = (explanation.fields(), explanation.is_answered());
            }
            let _ = (lookup_symbol(input).count(), lookup_label(input).count(), lookup_id(input));
            let _ = (input.parse::<Hresult>(), input.parse::<Aadsts>(), input.parse::<Family>());
        }
    }

    #[test]
    fn two_roads_lead_to_one_entry(entry in select(entries().collect::<Vec<_>>())) {
        // By value and by name.
        if let Some(name) = entry.name().filter(|_| !matches!(entry.family(), Family::Condition)) {
            prop_assert!(lookup_symbol(name).any(|found| found == entry));
            prop_assert!(explain(name).candidates().any(|c| c.entry() == Some(entry)), "{}", name);
        }
        prop_assert_eq!(lookup(entry.code()).map(|first| first.code()), Some(entry.code()));
    }
}
