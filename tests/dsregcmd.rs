//! `dsregcmd /status` through the public names: the captures of `tests/captures/` tell what was worked out for them by
//! hand, whatever form they come in; laws hold for any text; what is redacted leaves no trace.
//!
//! `tests/captures/EXPECTED.md` was written from the documents and `data/signals/dsregcmd.md`, not from what the code
//! prints.
#![cfg(feature = "alloc")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use hexplain::dsregcmd::{Capture, Diagnosis, FindingCode, Redactor, Time, captures, decode};
use hexplain::{Advice, Code, Entry, Family, JoinState, Phase, Scenario, Severity, entries_of, lookup};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/captures")
}

/// The captures by name.
fn fixtures() -> BTreeMap<String, String> {
    let files = fs::read_dir(folder()).expect("the folder is there").map(|item| item.expect("it can be read").path());
    let texts = files.filter(|path| path.extension().is_some_and(|end| end == "txt")).map(|path| {
        let name = path.file_name().expect("it is a file").to_string_lossy().into_owned();
        (name, fs::read_to_string(path).expect("it is UTF-8"))
    });
    texts.collect()
}

/// A row of `EXPECTED.md`.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    join_state: String,
    workplace: String,
    phase: String,
    findings: Vec<String>,
    codes: BTreeSet<String>,
}

fn words(cell: &str) -> Vec<String> {
    cell.split(',')
        .map(|word| word.trim().trim_matches('`'))
        .filter(|word| !["", "-"].contains(word))
        .map(String::from)
        .collect()
}

/// What is expected of each capture, by the name of its file and its number.
fn expected() -> BTreeMap<(String, u32), Told> {
    let table = fs::read_to_string(folder().join("EXPECTED.md")).expect("the table is there");
    let rows = table.lines().filter(|line| line.starts_with("| ") && line.contains(".txt"));
    let rows = rows.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let name = cells[0].trim_matches('`');
        let (name, number) = name.split_once('#').unwrap_or((name, "1"));
        let told = Told {
            join_state: cells[1].to_owned(),
            workplace: cells[2].to_owned(),
            phase: cells[3].to_owned(),
            findings: words(cells[4]),
            codes: words(cells[5]).into_iter().collect(),
        };
        ((name.to_owned(), number.parse().expect("a number stands behind #")), told)
    });
    rows.collect()
}

fn id(code: &FindingCode) -> String {
    let candidate = code.candidate();
    let plain = |code: Code| format!("{}:{code}", code.family());
    candidate.entry().map_or_else(|| plain(candidate.code()), |entry| entry.id().to_string())
}

fn told(diagnosis: &Diagnosis) -> Told {
    let capture = diagnosis.capture();
    Told {
        join_state: capture.join_state().to_string(),
        workplace: capture.is_workplace_joined().map_or("unknown", |yes| if yes { "yes" } else { "no" }).to_owned(),
        phase: diagnosis.phase().map_or("-", Phase::as_str).to_owned(),
        findings: diagnosis.findings().iter().map(|finding| finding.id().to_owned()).collect(),
        codes: diagnosis.findings().iter().flat_map(|finding| finding.codes()).map(id).collect(),
    }
}

/// What the captures of a text tell.
fn all_told(text: &str) -> Vec<Told> {
    let captures = captures(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    captures.iter().map(|capture| told(&capture.diagnose(None))).collect()
}

#[test]
fn the_captures_tell_what_was_worked_out_by_hand() {
    let mut expected = expected();
    let mut faults = Vec::new();
    for (name, text) in fixtures() {
        for (number, found) in (1..).zip(all_told(&text)) {
            match expected.remove(&(name.clone(), number)) {
                Some(wanted) if wanted == found => {}
                Some(wanted) => faults.push(format!("{name}#{number}\n  expected {wanted:?}\n  told     {found:?}")),
                None => faults.push(format!("{name}#{number} has no row")),
            }
        }
    }
    faults.extend(expected.keys().map(|(name, number)| format!("{name}#{number} has a row and no capture")));
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_is_healthy_has_no_error_and_no_warning() {
    let healthy: Vec<_> = fixtures().into_iter().filter(|(name, _)| name.starts_with("healthy-")).collect();
    assert!(healthy.len() >= 8, "{}", healthy.len());
    for (name, text) in healthy {
        for capture in captures(&text).expect("it is a capture") {
            let diagnosis = capture.diagnose(None);
            let bad: Vec<_> = diagnosis.findings().iter().filter(|f| f.severity() != Severity::Info).collect();
            assert!(bad.is_empty(), "{name}: {bad:?}");
        }
    }
}

#[test]
fn every_failure_of_the_documents_is_told_with_its_reason_and_its_resolution() {
    let texts = fixtures();
    let captures: Vec<Capture> = texts.values().flat_map(|text| captures(text).expect("it is a capture")).collect();
    let diagnoses: Vec<Diagnosis> = captures.iter().map(|capture| capture.diagnose(None)).collect();
    let findings: Vec<_> = diagnoses.iter().flat_map(|diagnosis| diagnosis.findings()).collect();
    let (mut count, mut missing) = (0, Vec::new());
    // The codes 1312 and 1317 stand in an event alone, as the events themselves do.
    for family in [Family::Hresult, Family::NtStatus, Family::WinHttp, Family::Aadsts, Family::Condition, Family::Http]
    {
        for advice in entries_of(family).flat_map(Entry::advice).filter(|&advice| is_of_the_documents(advice)) {
            count += 1;
            let is_told = findings.iter().any(|finding| {
                let (reasons, resolutions) = (finding.reasons(), finding.resolutions());
                finding.codes().iter().any(|code| code.candidate().entry() == Some(advice.entry()))
                    && finding.phase() == advice.phase()
                    && advice.reasons().all(|reason| reasons.contains(&reason))
                    && advice.resolutions().all(|resolution| resolutions.contains(&resolution))
            });
            // A code of the transport may stand inside an HRESULT.
            let is_inside = findings.iter().any(|finding| {
                finding.phase() == advice.phase()
                    && finding.codes().iter().any(|code| code.advice().any(|a| a == advice))
            });
            // No sample shows in which field its sub-code stands.
            let is_sub_code = advice.entry().context() == Some("drs/authentication-error/device-not-found");
            if !is_told && !is_inside && !is_sub_code {
                missing.push(advice.id().to_string());
            }
        }
    }
    assert!(count >= 60, "{count}");
    assert!(missing.is_empty(), "no capture tells {missing:?}");
}

/// Advice for the join that rests on the documents; the other rests on later pages.
fn is_of_the_documents(advice: Advice) -> bool {
    advice.scenario() == Scenario::HybridJoin
        && advice.sources().any(|source| source.key().starts_with("entra-hybrid-20"))
}

#[test]
fn the_other_advice_for_the_join_is_told_where_its_code_stands() {
    let (mut count, mut missing) = (0, Vec::new());
    for advice in [Family::Hresult, Family::NtStatus].into_iter().flat_map(entries_of).flat_map(Entry::advice) {
        // A number that two NTSTATUS or two HRESULTs share is told as the first of them.
        let is_first = lookup(advice.entry().code()) == Some(advice.entry());
        if advice.scenario() != Scenario::HybridJoin || is_of_the_documents(advice) || !is_first {
            continue;
        }
        count += 1;
        let code = format!("0x{:08x}", advice.entry().code().value());
        let fields = match advice.phase() {
            Some(Phase::PostJoin) => format!("AzureAdPrt : NO\nAttempt Status : {code}\nHTTP Error : 0x0\n"),
            Some(phase) => format!(
                "Previous Registration : 2025-01-31 09:23:30.000 UTC\nError Phase : {phase}\nClient ErrorCode : {code}\n"
            ),
            None => String::new(),
        };
        let joined = if advice.phase() == Some(Phase::PostJoin) { "YES" } else { "NO" };
        let text = format!("AzureAdJoined : {joined}\nEnterpriseJoined : NO\nDomainJoined : YES\n{fields}");
        let captures = captures(&text).expect("it is a capture");
        let diagnosis = captures[0].diagnose(None);
        let mut codes = diagnosis.findings().iter().flat_map(|finding| finding.codes());
        if !codes.any(|code| code.advice().any(|a| a == advice)) {
            missing.push(format!("{} in\n{text}", advice.id()));
        }
    }
    assert!(count >= 40, "{count}");
    assert!(missing.is_empty(), "{} of {count} are not told: {}", missing.len(), missing.join("\n"));
}

/// The fields of the documents' own samples.
const SAMPLE_FIELDS: &str = "AD Configuration Test|AD Connectivity Test|AccessTokenUrl|AcquirePrtDiagnostics|Attempt Status|\
    AuthCodeUrl|AzureAdJoined|AzureAdPrt|AzureAdPrtAuthority|AzureAdPrtExpiryTime|AzureAdPrtUpdateTime|Client ErrorCode|\
    Client Time|Correlation ID|Credential Type|DRS Connectivity Test|DRS Discovery Test|DeviceId|Diagnostics Reference|\
    DomainJoined|DomainName|Endpoint URI|EnterpriseJoined|EnterprisePrt|EnterprisePrtAuthority|EnterprisePrtExpiryTime|\
    EnterprisePrtUpdateTime|Error Phase|Fallback to Sync-Join|HTTP Error|HTTP Method|HTTP status|Https Status|Idp|JoinSrvId|\
    JoinSrvUrl|JoinSrvVersion|KeyContainerId|KeyProvider|KeySignTest|KeySrvId|KeySrvUrl|KeySrvVersion|MdmTouUrl|MdmUrl|\
    NgcKeyId|NgcSet|Previous Prt Attempt|Previous Registration|Registration Type|Request Id|Server Error Code|\
    Server Error Description|Server ErrorCode|Server Message|SettingsUrl|TenantId|TenantName|Thumbprint|\
    Token acquisition Test|TpmProtected|User Context|User Identity|WamDefaultAuthority|WamDefaultGUID|WamDefaultId|\
    WamDefaultSet|WorkplaceJoined|dmComplianceUrl|DeviceCertificateValidity|MdmComplianceUrl|WebAuthNSrvVersion|\
    WebAuthNSrvUrl|WebAuthNSrvId|DeviceManagementSrvVer|DeviceManagementSrvUrl|DeviceManagementSrvId|CanReset|OnPremTgt|\
    CloudTgt|KerbTopLevelNames|AadRecoveryEnabled|IsDeviceJoined|IsUserAzureAD|PolicyEnabled|PostLogonEnabled|\
    DeviceEligible|SessionIsNotRemote|CertEnrollment|AdfsRefreshToken|AdfsRaIsReady|LogonCertTemplateReady|PreReqResult|\
    DeviceAuthStatus|Virtual Desktop|RefreshPrtDiagnostics|HTTP Status|Server Error Code|Request ID|Token Acquisition Test";

#[test]
fn every_field_of_the_documents_is_explained() {
    let text = SAMPLE_FIELDS.split('|').map(|name| format!(" {name} : x")).collect::<Vec<_>>().join("\n");
    let captures = captures(&text).expect("it is a capture");
    let fields: Vec<_> = captures.iter().flat_map(|capture| capture.fields()).collect();
    assert_eq!(fields.len(), SAMPLE_FIELDS.split('|').count());
    for field in fields {
        let meaning = field.meaning().unwrap_or_else(|| panic!("{} is not explained", field.name()));
        assert!(meaning.ends_with('.') && meaning.len() > 20, "{}: {meaning}", field.name());
    }
}

#[test]
fn all_fixtures_hold_only_known_fields_but_those_that_are_meant_to() {
    let mut unknown = BTreeSet::new();
    for (name, text) in fixtures() {
        for capture in captures(&text).expect("it is a capture") {
            let fields = capture.fields().iter().filter(|field| field.meaning().is_none());
            unknown.extend(fields.map(|field| format!("{name}: {}", field.name())));
        }
    }
    assert!(unknown.iter().all(|line| line.contains("unknown-line")), "{unknown:?}");
}

// Forms.

/// The text with another form and the same meaning.
fn in_other_forms(text: &str) -> Vec<(&'static str, String)> {
    let lines = |change: fn(&str) -> String| text.lines().map(change).collect::<Vec<_>>().join("\n");
    let unix = text.replace("\r\n", "\n");
    vec![
        ("CRLF", unix.replace('\n', "\r\n")),
        ("text around", format!("PS C:\\Temp> dsregcmd /status\n\n{text}\nPS C:\\Temp> whoami\ncontoso\\jane\n")),
        ("wide boxes", unix.replace("------", "----------")),
        ("narrow boxes", unix.replace("----------", "--")),
        ("no-break spaces", lines(|line| line.replace(" : ", "\u{A0}:\u{A0}"))),
        ("quoted", lines(|line| format!("> {line}"))),
        (
            "upper case names",
            lines(|line| match line.split_once(" : ") {
                Some((name, value)) => format!("{} : {value}", name.to_uppercase()),
                None => line.to_owned(),
            }),
        ),
    ]
}

#[test]
fn a_capture_tells_the_same_in_any_form() {
    for (name, text) in fixtures() {
        let plain = all_told(&text);
        // A value that the console broke over lines, a capture that ends in half a name, and lines at column 0 need
        // their blanks.
        for (form, other) in in_other_forms(&text) {
            let needs_blanks =
                ["quoted", "text around"].contains(&form) && (name.starts_with("form-") || name.contains("wrapped"));
            if !needs_blanks {
                assert_eq!(all_told(&other), plain, "{name}, {form}");
            }
        }
        for (form, bytes) in [
            ("UTF-16LE with a mark", utf16(&format!("\u{FEFF}{text}"), u16::to_le_bytes)),
            ("UTF-16BE with a mark", utf16(&format!("\u{FEFF}{text}"), u16::to_be_bytes)),
            ("UTF-16LE", utf16(&text, u16::to_le_bytes)),
            ("UTF-16BE", utf16(&text, u16::to_be_bytes)),
            ("UTF-8 with a mark", format!("\u{FEFF}{text}").into_bytes()),
        ] {
            let decoded = decode(&bytes).unwrap_or_else(|error| panic!("{name}, {form}: {error}"));
            assert_eq!(all_told(&decoded), plain, "{name}, {form}");
        }
    }
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn several_captures_stand_in_one_text() {
    let one = "+--+\n| Device State |\n+--+\n\n AzureAdJoined : YES\n DomainJoined : NO\n";
    let two = format!("{one}\n{one}");
    let captures = captures(&two).unwrap();
    let places: Vec<_> = captures.iter().map(|capture| (capture.number(), capture.line())).collect();
    assert_eq!(places, [(1, 2), (2, 9)]);

    let bare = "AzureAdJoined : YES\nDomainJoined : NO\nNgcSet : NO\n";
    let captures = hexplain::dsregcmd::captures(&bare.repeat(3)).map(|captures| captures.len());
    assert_eq!(captures, Ok(3));
}

#[test]
fn values_keep_their_colons_and_lose_the_doubled_one() {
    let text = "
     KeySignTest: : MUST Run elevated to test.
     MdmUrl : https://enrollment.manage.microsoft.com:443/a
     AadRecoveryEnabled: NO
     WamDefaultGUID : { B16898C6-A148-4967-9171-64D755DA8520 } (AzureAd)
     SettingsUrl :
     Some New Field : a : b
    ";
    let captures = captures(text).unwrap();
    let fields: Vec<_> = captures[0].fields().iter().map(|f| (f.name(), f.value(), f.line())).collect();
    assert_eq!(
        fields,
        [
            ("KeySignTest", "MUST Run elevated to test.", 2),
            ("MdmUrl", "https://enrollment.manage.microsoft.com:443/a", 3),
            ("AadRecoveryEnabled", "NO", 4),
            ("WamDefaultGUID", "{ B16898C6-A148-4967-9171-64D755DA8520 } (AzureAd)", 5),
            ("SettingsUrl", "", 6),
            ("Some New Field", "a : b", 7),
        ]
    );
}

#[test]
fn a_value_goes_on_where_the_console_broke_it() {
    let text = " AzureAdJoined : NO\n DomainJoined : YES\n    Auto Detect PAC Status : Failed to auto detect the Proxy \
                Auto-Configuration (PAC) script u\nsing WPAD. code: 0x80072f94\n\n    Executing Account Name : A\\B$, B$@c.d\n";
    let captures = captures(text).unwrap();
    let field = captures[0].field("Auto Detect PAC Status").unwrap();
    assert!(field.value().ends_with("script using WPAD. code: 0x80072f94"), "{}", field.value());
    assert_eq!(field.codes().len(), 1);
    assert_eq!(captures[0].fields().len(), 4);
}

#[test]
fn fields_of_an_account_or_an_attempt_are_not_those_of_the_device() {
    let text = "
| Device State |
    AzureAdJoined : YES
    DomainJoined : NO
| Device Details |
    TpmProtected : YES
| User State |
    NgcSet : YES
| SSO State |
    AzureAdPrt : YES
    AcquirePrtDiagnostics : PRESENT
    Attempt Status : 0xc000006d
    Server Error Code : invalid_grant
    EnterprisePrt : NO
    AcquirePrtDiagnostics : PRESENT
    Attempt Status : 0xc000023c
| Work Account 1 |
    TpmProtected : NO
    NgcSet : NO
| Work Account 2 |
    TpmProtected : NO
| Diagnostic Data |
    Server ErrorCode : DirectoryError
    ";
    let captures = captures(text).unwrap();
    let value = |name: &str| captures[0].field(name).map(|field| field.value());
    assert_eq!((value("TpmProtected"), value("NgcSet")), (Some("YES"), Some("YES")));
    let diagnosis = captures[0].diagnose(None);
    let found: Vec<_> =
        diagnosis.findings().iter().map(|f| (f.id(), f.codes().iter().map(id).collect::<Vec<_>>())).collect();
    assert_eq!(
        found,
        [
            ("enterprise-prt-acquisition-failed", vec!["ntstatus:0xC000023C".to_owned()]),
            ("prt-refresh-failed", vec!["ntstatus:0xC000006D".to_owned(), "condition:oauth/invalid-grant".to_owned()]),
        ]
    );
}

#[test]
fn the_field_decides_the_family() {
    let text = " AD Connectivity Test : FAIL [0x54b]\n Attempt Status : 0xc000006d\n HTTP Error : 0x2ee7\n HTTP status : 400\n \
                 DRS Discovery Test : FAIL [0x801c0021/0x80072ee2]\n Client ErrorCode : -2145647630\n HTTP Error : 0x0\n \
                 AD Configuration Test : PASS\n Attempt Status : 0x12345678\n";
    let captures = captures(text).unwrap();
    let codes: Vec<String> = captures[0]
        .fields()
        .iter()
        .flat_map(|field| field.codes())
        .map(|c| c.code())
        .map(|c| format!("{} {c}", c.family()))
        .collect();
    assert_eq!(
        codes,
        [
            "win32 1355",
            "ntstatus 0xC000006D",
            "winhttp 12007",
            "http 400",
            "hresult 0x801C0021",
            "hresult 0x80072EE2",
            "hresult 0x801C03F2",
        ]
    );
}

#[test]
fn join_states_are_those_of_the_table() {
    let state = |entra: &str, premises: &str, domain: &str| {
        let text = format!("AzureAdJoined: {entra}\nEnterpriseJoined: {premises}\nDomainJoined: {domain}\nNgcSet: NO");
        captures(&text).unwrap()[0].join_state()
    };
    assert_eq!(state("YES", "NO", "NO"), JoinState::EntraJoined);
    assert_eq!(state("NO", "NO", "YES"), JoinState::DomainJoined);
    assert_eq!(state("YES", "NO", "YES"), JoinState::EntraHybridJoined);
    assert_eq!(state("NO", "YES", "YES"), JoinState::OnPremisesDrsJoined);
    assert_eq!(state("NO", "NO", "NO"), JoinState::NotJoined);
    assert_eq!(state("-", "NO", "YES"), JoinState::Unknown);
    assert_eq!(state("YES", "NO", ""), JoinState::Unknown);
    assert_eq!(JoinState::ALL.len(), 6);
}

// Times.

#[test]
fn ages_are_told_for_the_time_that_is_given() {
    let text = "AzureAdJoined : YES\nDomainJoined : NO\nAzureAdPrt : YES\nAzureAdPrtUpdateTime : 2024-05-01 09:00:00.000 UTC\n\
                AzureAdPrtExpiryTime : 2024-05-15 09:00:00.000 UTC\n\
                DeviceCertificateValidity : [ 2024-04-30 00:00:00.000 UTC -- 2024-05-25 00:00:00.000 UTC ]";
    let captures = captures(text).unwrap();
    let ids = |now: &str| {
        let now: Option<Time> = now.parse().ok();
        let diagnosis = captures[0].diagnose(now);
        diagnosis.findings().iter().map(|finding| finding.id()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(ids(""), "certificate-expires-soon capture-time-unknown");
    assert_eq!(ids("2024-05-01T13:00:00Z"), "certificate-expires-soon");
    assert_eq!(ids("2024-05-01T13:00:01Z"), "certificate-expires-soon prt-stale");
    assert_eq!(ids("2024-04-29"), "certificate-not-yet-valid certificate-expires-soon");
    assert_eq!(ids("2024-05-15T09:00:00Z"), "certificate-expires-soon prt-stale");
    assert_eq!(ids("2024-05-15T09:00:01Z"), "prt-expired certificate-expires-soon");
    assert_eq!(ids("2024-05-25T00:00:00Z"), "prt-expired certificate-expires-soon");
    assert_eq!(ids("2024-05-25T00:00:01Z"), "certificate-expired prt-expired");
}

#[test]
fn times_are_read_as_people_and_windows_write_them() {
    let seconds = |text: &str| text.parse::<Time>().map(Time::unix_seconds);
    for (text, expected) in [
        ("1970-01-01 00:00:00.000 UTC", 0),
        ("2000-02-29T12:34:56Z", 951_827_696),
        ("2024-05-01T09:30Z", 1_714_555_800),
        ("2024-05-01", 1_714_521_600),
        (" 2024-05-01 09:30:00 UTC ", 1_714_555_800),
        ("0001-01-01", -62_135_596_800),
        ("9999-12-31T23:59:59Z", 253_402_300_799),
    ] {
        assert_eq!(seconds(text), Ok(expected), "{text}");
    }
    for text in [
        "",
        "UTC",
        "2024-02-30",
        "1900-02-29",
        "2024-13-01",
        "2024-05-01T24:00:00Z",
        "2024-05-01T09:30:00+02:00",
        "01.05.2024 09:30",
        "2024-5-1",
        "2024-05-01T09",
        "2024-05-01T09:30:00:00Z",
        "2024-05-01T09:30:00.Z",
        "+024-05-01",
        "2024-05-01x",
        "NaN",
        "99999-01-01",
        "2024-05-\u{661}\u{661}",
    ] {
        let error = seconds(text).expect_err(text);
        assert_eq!(error.to_string(), "This is no time in UTC; write it as 2024-05-01T09:30:00Z.");
    }
}

// Bad input.

#[test]
fn what_holds_no_capture_says_what_was_looked_for() {
    let no_capture = "This is no output of `dsregcmd /status`: no title such as `Device State` and no lines such as \
                      `AzureAdJoined : YES` stand in it. Make one with `dsregcmd /status > status.txt`.";
    let error = |text: &str| captures(text).expect_err(text).to_string();
    assert_eq!(error("C:\\> ipconfig /all\n\n   Host Name : pc\n   Type : x\n"), no_capture);
    assert_eq!(error("AzureAdJoined : YES\nAzureAdJoined : YES\nAzureAdJoined : NO"), no_capture);
    let empty = "There is nothing in it. Make a capture with `dsregcmd /status > status.txt`.";
    assert_eq!(error(" \r\n\t\n"), empty);
    assert_eq!(decode(b"").expect_err("nothing").to_string(), empty);
    let binary = "This is no text but some binary file. Make a capture with `dsregcmd /status > status.txt`.";
    assert_eq!(decode(b"\x7FELF\x02\x01\x01\0\0\0\0\0\x03\0>\0").expect_err("binary").to_string(), binary);
    // UTF-16 that lost a byte is UTF-16 of the other order.
    let shifted = &utf16(" AzureAdJoined : YES\n DomainJoined : NO\n NgcSet : NO", u16::to_le_bytes)[1..];
    assert!(captures(&decode(shifted).unwrap()).is_ok());
}

#[test]
fn a_cut_capture_says_that_it_is_cut() {
    let text = fixtures()
        .remove("healthy-hybrid-win11.txt")
        .or_else(|| fixtures().into_values().next())
        .expect("there is one");
    for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
        if let Ok(captures) = captures(&text[..end]) {
            for capture in &captures {
                let diagnosis = capture.diagnose(None);
                let is_told = !diagnosis.findings().is_empty() || capture.field("AzureAdPrt").is_some();
                assert!(is_told, "{end}: nothing is said of\n{}", &text[..end]);
            }
        }
    }
}

#[test]
fn a_text_full_of_beginnings_takes_neither_time_nor_memory() {
    let begun = std::time::Instant::now();
    let phrase = format!(
        " AzureAdJoined : YES\n DomainJoined : NO\n TenantName : a b\n Server Message : {}\n",
        "a b ".repeat(40_000)
    );
    let names: String = (0..4000).map(|n| format!("    WorkplaceTenantName : a b{n}\n")).collect::<Vec<_>>().concat();
    let attempts = "    Attempt Status : 0xc000006d\n".repeat(60_000);
    for (text, is_capture) in [
        ("AzureAdJoined:NO\n".repeat(200_000), false),
        ("| Device State |\n".repeat(100_000), false),
        (phrase, true),
        (format!("| Work Account 1 |\n    NgcSet : NO\n{names}"), true),
        (format!("| SSO State |\n    AzureAdPrt : NO\n{attempts}"), true),
    ] {
        let read = captures(&text);
        assert_eq!(read.is_ok(), is_capture);
        let mut redactor = Redactor::default();
        for mut capture in read.into_iter().flatten() {
            assert!(!capture.diagnose(None).findings().is_empty());
            capture.redact(&mut redactor);
        }
    }
    // A second on the machine it was measured on, without optimization; what is quadratic takes minutes.
    assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
}

#[test]
fn people_quote_captures_in_many_ways() {
    let plain = " AzureAdJoined : NO\n DomainJoined : YES\n Error Phase : join\n Client ErrorCode : 0x801c03f2\n";
    let expected = all_told(plain);
    let each = |change: fn(&str) -> String| plain.lines().map(change).collect::<Vec<_>>().join("\n");
    for text in [
        each(|line| format!("- {}", line.trim())),
        each(|line| format!("* {}", line.trim())),
        each(|line| format!("`{}`", line.trim())),
        each(|line| format!("**{}**", line.trim().replacen(" :", "** :", 1).trim_end_matches('*'))),
        each(|line| format!("> {line}")),
        each(|line| format!("\t{}\t ", line.trim())),
        plain.replace('\n', "\r"),
        format!("{}\n", plain.replace('\n', "\r")),
        plain.replace('\n', "\r\r\n"),
        format!("{plain}\0\0"),
        plain.replace('\n', "\\r\\n"),
    ] {
        let decoded = decode(text.as_bytes()).expect("it is a text");
        assert_eq!(all_told(&decoded), expected, "{text}");
    }
}

#[test]
fn what_a_server_said_may_have_lines_of_its_own() {
    let text = "
| SSO State |
                AzureAdPrt : NO
     AcquirePrtDiagnostics : PRESENT
            Attempt Status : 0xc000006d
  Server Error Description : AADSTS50034: The user account does not exist.
Trace ID: 72f988bf-86f1-41af-91ab-2d7cd011db47
Correlation ID: 72f988bf-86f1-41af-91ab-2d7cd011db48
               HTTP status : 400
";
    let captures = captures(text).unwrap();
    let finding = captures[0].diagnose(None).findings()[0].clone();
    assert_eq!(finding.id(), "prt-acquisition-failed");
    let codes: Vec<_> = finding.codes().iter().map(id).collect();
    assert_eq!(codes, ["aadsts:AADSTS50034", "ntstatus:0xC000006D", "http:400"]);
    let said = captures[0].field("Server Error Description").unwrap().value();
    assert!(
        said.ends_with(
            "exist. Trace ID: 72f988bf-86f1-41af-91ab-2d7cd011db47 Correlation ID: 72f988bf-86f1-41af-91ab-2d7cd011db48"
        ),
        "{said}"
    );

    // A mail broke the line between words.
    let text = "> AzureAdJoined : NO\n> DomainJoined : YES\n> Error Phase : join\n> Server Message : The device object by the given id\n> (e92325d0-7ac4-4714-88a1-94ae875d5245) is not found.";
    let codes = &all_told(text)[0].codes;
    assert_eq!(codes.iter().collect::<Vec<_>>(), ["condition:drs/directory-error/device-not-found"]);
}

#[test]
fn what_misled_a_reviewer_misleads_nobody_again() {
    let findings = |text: &str| all_told(text)[0].findings.join(" ");
    let joined = "AzureAdJoined : YES\nDomainJoined : NO\nAzureAdPrt : YES\n";
    // A failure without a client code, and one without `0x`.
    let failed = "AzureAdJoined : NO\nDomainJoined : YES\nError Phase : join\n";
    assert_eq!(findings(&format!("{failed}Server ErrorCode : DirectoryError")), "join-failed");
    assert_eq!(all_told(&format!("{failed}Client ErrorCode : 801c03f2"))[0].codes.len(), 1);
    // An attempt that a renewal followed.
    let attempt = "AzureAdPrtUpdateTime : 2024-05-02 09:00:00.000 UTC\nPrevious Prt Attempt : 2024-05-01 09:00:00.000 UTC\nAttempt Status : 0xc000006d";
    assert_eq!(findings(&format!("{joined}{attempt}")), "capture-time-unknown other-code");
    // A certificate trust that nobody asked for.
    assert_eq!(findings(&format!("{joined}CertEnrollment : none\nAdfsRefreshToken : NO\nAdfsRaIsReady : NO")), "");
    assert_eq!(
        findings(&format!("{joined}CertEnrollment : enrollment authority\nAdfsRefreshToken : NO")),
        "hello-no-enterprise-prt"
    );
    // Times that were never set.
    let never =
        "AzureAdPrtUpdateTime : 1601-01-01 00:00:00.000 UTC\nAzureAdPrtExpiryTime : 1601-01-01 00:00:00.000 UTC";
    let diagnosis =
        captures(&format!("{joined}{never}")).unwrap()[0].diagnose("2024-05-01".parse().ok()).findings().len();
    assert_eq!(diagnosis, 0);
    // Numbers that are no codes.
    let codes = |text: &str| all_told(&format!("{failed}{text}"))[0].codes.len();
    assert_eq!(codes("AD Connectivity Test : PASS [12 ms]"), 0);
    assert_eq!(codes("Https Status : HTTP/1.1 407"), 1);
    // A title, a row of a table, and words that anything may have, are no captures.
    for text in [
        "Tenant Details",
        "| Work Account | x |\n| --- | --- |",
        "Device Name: printer\nProvider: HP\nType: laser\n",
        "HTTP Status: 400\nRequest Id: x\nCorrelation ID: y",
    ] {
        assert!(captures(text).is_err(), "{text}");
    }
    // Whole captures with something behind them.
    let whole = "| Device State |\n    AzureAdJoined : YES\n    DomainJoined : NO\n| Ngc Prerequisite Check |\n\nFor more information, please visit https://www.microsoft.com/aadjerrors\n\nProvider";
    assert_eq!(findings(whole), "sso-state-missing");
}

// Laws.

/// Lines of the captures, and others that look like them.
fn lines() -> impl Strategy<Value = String> {
    let known: Vec<String> = fixtures().values().flat_map(|text| text.lines().map(String::from)).collect();
    prop_oneof![
        6 => select(known),
        1 => "[ |+>-]{0,3}[A-Za-z ]{0,20}[:|]{0,2} ?[^\r\n]{0,30}",
        1 => Just("| Device State |".to_owned()),
        1 => Just(String::new()),
    ]
}

fn texts() -> impl Strategy<Value = String> {
    vec(lines(), 0..60).prop_map(|lines| lines.join("\n"))
}

/// What must hold of the captures of a text.
fn check(text: &str) -> Result<(), TestCaseError> {
    let Ok(captures) = captures(text) else { return Ok(()) };
    let lines: Vec<&str> = text.split('\n').collect();
    let mut last = 0;
    for (number, capture) in (1..).zip(&captures) {
        prop_assert_eq!(capture.number(), number);
        let of_sections: Vec<u32> = capture.sections().flat_map(|s| s.fields()).map(|field| field.line()).collect();
        let all: Vec<u32> = capture.fields().iter().map(|field| field.line()).collect();
        prop_assert_eq!(&of_sections, &all);
        for field in capture.fields() {
            prop_assert!(field.line() > last, "{} behind {}", field.line(), last);
            last = field.line();
            let line = lines[field.line() as usize - 1];
            // A console may have broken the value.
            let begins = line.split_once(':').is_some_and(|(_, value)| field.value().starts_with(value.trim()));
            let is_there = line.contains(field.name()) && (line.contains(field.value()) || begins);
            prop_assert!(is_there, "{:?} is not in {line:?}", field);
        }
        let diagnosis = capture.diagnose(None);
        let severities: Vec<_> = diagnosis.findings().iter().map(|f| std::cmp::Reverse(f.severity())).collect();
        prop_assert!(severities.is_sorted());
        prop_assert_eq!(told(&diagnosis), told(&capture.diagnose(None)));
        for finding in diagnosis.findings() {
            let evidence: Vec<u32> = finding.evidence().iter().map(|field| field.line()).collect();
            prop_assert!(evidence.is_sorted() && evidence.iter().all(|line| all.contains(line)));
            let may_lack_lines = finding.id().ends_with("-missing") || finding.id() == "capture-cut-short";
            prop_assert!(!evidence.is_empty() || may_lack_lines, "{} rests on nothing", finding.id());
            prop_assert!(finding.own_reasons().len() > 0 && finding.own_resolutions().len() > 0);
            prop_assert!(!finding.title().is_empty() && finding.sources().next().is_some());
            let reasons: BTreeSet<_> = finding.reasons().into_iter().collect();
            prop_assert_eq!(reasons.len(), finding.reasons().len());
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_lines_are_read_in_order_and_told_alike(text in texts()) {
        check(&text)?;
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..400)) {
        if let Ok(text) = decode(&bytes) {
            check(&text)?;
        }
    }

    #[test]
    fn a_capture_may_be_cut_and_changed_anywhere(at in any::<Index>(), cut in any::<Index>(), noise in "\\PC{0,6}") {
        let fixtures = fixtures();
        let text = fixtures.values().nth(at.index(fixtures.len())).expect("it is one of them");
        let mut place = cut.index(text.len());
        while !text.is_char_boundary(place) {
            place -= 1;
        }
        check(&text[..place])?;
        check(&text[place..])?;
        check(&format!("{}{noise}{}", &text[..place], &text[place..]))?;
    }

    #[test]
    fn times_print_as_they_are_read(seconds in -62_135_596_800..=253_402_300_799_i64) {
        let time = Time::from_unix_seconds(seconds).expect("the range is that of times");
        prop_assert_eq!(time.to_string().parse(), Ok(time));
        prop_assert_eq!(time.to_string().replace('T', " ").replace('Z', ".999 UTC").parse(), Ok(time));
    }

    #[test]
    fn redacting_keeps_lines_names_and_findings(at in any::<Index>()) {
        let fixtures = fixtures();
        let text = fixtures.values().nth(at.index(fixtures.len())).expect("it is one of them");
        let plain = captures(text).expect("it is a capture");
        let mut redacted = plain.clone();
        let mut redactor = Redactor::default();
        for capture in &mut redacted {
            capture.redact(&mut redactor);
        }
        for (one, other) in plain.iter().zip(&redacted) {
            prop_assert_eq!(told(&one.diagnose(None)), told(&other.diagnose(None)));
            for (one, other) in one.fields().iter().zip(other.fields()) {
                prop_assert_eq!((one.name(), one.line(), one.value().is_empty()), (other.name(), other.line(), other.value().is_empty()));
            }
        }
        // What is redacted has nothing to redact.
        for capture in &mut redacted {
            let before: Vec<String> = capture.fields().iter().map(|field| field.value().to_owned()).collect();
            capture.redact(&mut redactor);
            let behind: Vec<String> = capture.fields().iter().map(|field| field.value().to_owned()).collect();
            prop_assert_eq!(before, behind);
        }
    }
}

// Redaction.

/// The fields whose whole value is somebody's.
const IDENTIFYING: &[&str] = &[
    "DomainName",
    "Device Name",
    "DeviceName",
    "DeviceId",
    "Thumbprint",
    "KeyContainerId",
    "TenantName",
    "TenantId",
    "NgcKeyId",
    "Executing Account Name",
    "User Identity",
    "WorkplaceDeviceId",
    "WorkplaceThumbprint",
    "WorkplaceTenantId",
    "WorkplaceTenantName",
    "SettingsUrl",
    "WorkplaceSettingsUrl",
    "Request Id",
    "Correlation ID",
    "AzureAdPrtAuthority",
    "EnterprisePrtAuthority",
];

/// What must not be left of a text: found by its own rules, not by those of the redactor.
fn identities(text: &str) -> BTreeSet<String> {
    let mut identities = BTreeSet::new();
    for line in text.lines() {
        let Some((name, value)) = line.split_once(':') else { continue };
        let (name, value) = (name.trim().trim_start_matches(['>', ' ']), value.trim());
        if IDENTIFYING.contains(&name) {
            // An account is its parts, an address its tenant.
            let parts = value.split([',', '\\', '@', '/', ' ']).map(|part| part.trim_matches(['{', '}', ':']));
            identities.extend(parts.map(str::to_lowercase));
        }
        let words = line.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
        identities
            .extend(words.filter(|word| word.len() == 36 && word.matches('-').count() == 4).map(str::to_lowercase));
        let addresses = line.split([' ', '(', ')', '\'', '"', ',']).filter(|word| word.contains('@'));
        identities.extend(addresses.flat_map(|word| word.trim_matches('.').split('@')).map(str::to_lowercase));
    }
    let public = [
        "",
        "no",
        "none",
        "-",
        "https",
        "azuread",
        "nt authority",
        "nt",
        "authority",
        "system",
        "login.microsoftonline.com",
        "adfs",
        "adfs:443",
        "443",
        "oauth2",
        "token",
        "default",
        "directory",
        "user",
        "admin",
        "administrator",
        "windows",
        "device",
        "test",
    ];
    identities.retain(|identity| !public.contains(&&**identity) && identity.len() > 2);
    identities
}

#[test]
fn nothing_that_identifies_anybody_is_left() {
    let mut redactor = Redactor::default();
    for (name, text) in fixtures() {
        let mut captures = captures(&text).expect("it is a capture");
        for capture in &mut captures {
            capture.redact(&mut redactor);
        }
        let values = captures.iter().flat_map(|capture| capture.fields()).map(|field| field.value().to_lowercase());
        let shown = values.collect::<Vec<_>>().join("\n");
        for identity in identities(&text) {
            let left = shown.lines().find(|line| line.contains(&identity));
            assert_eq!(left, None, "{name}: `{identity}` is left");
        }
    }
}

/// The values of a text, redacted.
fn redacted(text: &str) -> Vec<String> {
    let mut captures = captures(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let mut redactor = Redactor::default();
    for capture in &captures {
        redactor.learn(capture);
    }
    for capture in &mut captures {
        capture.redact(&mut redactor);
    }
    captures.iter().flat_map(|capture| capture.fields()).map(|field| field.value().to_owned()).collect()
}

#[test]
fn identities_are_found_in_any_surroundings() {
    let message = |text: &str| {
        let capture = format!(
            " AzureAdJoined : YES\n DomainJoined : YES\n TenantName : Contoso Ltd.\n DomainName : CONTOSO\n \
                               Device Name : PC7.corp.contoso.com\n User Identity : jane.doe@contoso.com\n Server Message : {text}\n"
        );
        redacted(&capture).pop().expect("it has fields")
    };
    let (guid, zeros) = ("72f988bf-86f1-41af-91ab-2d7cd011db47", "00000000-0000-0000-0000-000000000001");
    for (text, expected) in [
        // Whatever stands around them.
        (
            format!("'{guid}' \"{guid}\" ({guid}) <{guid}> {{{guid}}} _{guid}_ [{guid}]: {guid}."),
            format!("'{zeros}' \"{zeros}\" ({zeros}) <{zeros}> {{{zeros}}} _{zeros}_ [{zeros}]: {zeros}."),
        ),
        (
            format!("/{guid}/oauth2 x={guid}&y a{guid}b {}", guid.to_uppercase()),
            format!("/{zeros}/oauth2 x={zeros}&y a{zeros}b {zeros}"),
        ),
        (guid.replace('-', ""), zeros.to_owned()),
        ("id (e92325d0-7ac4-4714-88a1-".to_owned(), format!("id ({zeros}-")),
        (
            "'jane.doe@contoso.com', JANE.DOE@CONTOSO.COM.".to_owned(),
            "'user-1@domain-2.example', user-1@domain-2.example.".to_owned(),
        ),
        (
            "mail to jane+news@fabrikam.com or o'brien@fabrikam.com".to_owned(),
            "mail to user-2@domain-3.example or user-3@domain-3.example".to_owned(),
        ),
        ("'CONTOSO\\jane.doe' and FABRIKAM\\bob".to_owned(), "'domain-1\\user-1' and domain-3\\user-2".to_owned()),
        ("login_hint=bob%40fabrikam.com%2F%7B".to_owned(), "login_hint=user-2%40domain-3.example%2F%7B".to_owned()),
        (format!("%7B{guid}%7D"), format!("%7B{zeros}%7D")),
        ("at contoso ltd, CONTOSO LTD. and Contoso".to_owned(), "at tenant-1, tenant-1. and domain-1".to_owned()),
        (
            "pc7 PC7$ PC7-old \\\\pc7\\c$ \\\\FILES01\\share".to_owned(),
            "host-1 host-1$ host-1-old \\\\host-1\\c$ \\\\host-2\\share".to_owned(),
        ),
        ("S-1-5-21-1-2-3-500 S-1-5-18 S-1-12-1-1-2-3-4".to_owned(), "sid-1 S-1-5-18 sid-2".to_owned()),
        (
            "https://adfs.fabrikam.com:443/adfs http://intranet/x 10.1.2.3:8080 [fd00:1234::1] m\u{fc}ller-bau.de"
                .to_owned(),
            "https://host-2.example:443/adfs http://host-3/x host-4.example:8080 [address-1] host-5.example".to_owned(),
        ),
        (
            "https://login.microsoftonline.com/fabrikam.onmicrosoft.com/x https://login.microsoftonline.com/common"
                .to_owned(),
            "https://login.microsoftonline.com/domain-3.example/x https://login.microsoftonline.com/common".to_owned(),
        ),
        (
            "https://fabrikamkv.vault.azure.net/ x.core.windows.net".to_owned(),
            "https://host-2.example/ host-3.example".to_owned(),
        ),
        (
            "C:\\Users\\bob\\x.txt CN=PC9,DC=fabrikam,DC=local".to_owned(),
            "C:\\Users\\user-2\\x.txt CN=host-2,DC=host-3,DC=local".to_owned(),
        ),
        // Nobody's.
        (
            "See https://login.microsoftonline.com/GetUserRealm.srf and enterpriseregistration.windows.net".to_owned(),
            "See https://login.microsoftonline.com/GetUserRealm.srf and enterpriseregistration.windows.net".to_owned(),
        ),
        (
            "System.Net.WebException: it does not exist.Trace ID, error.See AAD.evtx 1.0 10.0.19041.1".to_owned(),
            "System.Net.WebException: it does not exist.Trace ID, error.See AAD.evtx 1.0 10.0.19041.1".to_owned(),
        ),
        ("NT AUTHORITY\\SYSTEM".to_owned(), "NT AUTHORITY\\SYSTEM".to_owned()),
    ] {
        assert_eq!(message(&text), expected, "{text}");
    }
}

#[test]
fn proxies_titles_and_fields_of_the_future_are_redacted() {
    let text = "
| Device State |
    AzureAdJoined : YES
    Device Name : PC7
+------+
| Box of PC7 and jane@contoso.com |
+------+
    Owner Of PC7 : Max Mustermann
    Proxy Server List : proxy01:8080;http=proxy02:80
    Proxy Bypass List : <local>;*.contoso.com;intranet
";
    let mut captures = captures(text).unwrap();
    let mut redactor = Redactor::default();
    captures[0].redact(&mut redactor);
    let titles: Vec<_> = captures[0].sections().map(|section| section.name().to_owned()).collect();
    assert_eq!(titles, ["Device State", "Box of host-1 and user-2@host-4.example"]);
    let shown: Vec<_> =
        captures[0].fields()[2..].iter().map(|f| format!("{}/{}/{}", f.section(), f.name(), f.value())).collect();
    let title = &titles[1];
    assert_eq!(
        shown,
        [
            format!("{title}/Owner Of host-1/user-1"),
            format!("{title}/Proxy Server List/host-2:8080;http=host-3:80"),
            format!("{title}/Proxy Bypass List/<local>;*.host-4.example;host-5"),
        ]
    );
}

#[test]
fn a_path_tells_nobody() {
    let mut redactor = Redactor::default();
    let mut captures = captures("AzureAdJoined : YES\nDomainJoined : YES\nDevice Name : PC7.contoso.com").unwrap();
    captures[0].redact(&mut redactor);
    for (path, expected) in [
        ("captures/PC7.txt", "captures/host-1.txt"),
        ("C:\\logs\\pc7_old.log", "C:\\logs\\host-1_old.log"),
        ("a/72f988bf-86f1-41af-91ab-2d7cd011db47.txt", "a/00000000-0000-0000-0000-000000000001.txt"),
        ("a\\72f988bf-86f1-41af-91ab-2d7cd011db47.txt", "a\\00000000-0000-0000-0000-000000000001.txt"),
        ("jane@contoso.com.txt", "user-1@domain-1.example.txt"),
        ("/home/jane/x.txt", "/home/user-1/x.txt"),
        ("fleet/device-00001.txt", "fleet/device-00001.txt"),
    ] {
        assert_eq!(redactor.path(path), expected, "{path}");
    }
}

#[test]
fn pseudonyms_change_no_finding() {
    // Names that are words of the capture itself.
    for name in ["JOIN", "failed", "YES", "invalid_grant", "400", "000", "The Device", "UTC", "DirectoryError", "PASS"]
    {
        for text in fixtures().values().step_by(9) {
            let text = format!(
                "{text}\n| Device State |\n    AzureAdJoined : YES\n    DomainName : {name}\n    TenantName : {name}\n"
            );
            let plain = captures(&text).expect("it is a capture");
            let mut redacted = plain.clone();
            let mut redactor = Redactor::default();
            for capture in &redacted {
                redactor.learn(capture);
            }
            for (one, other) in plain.iter().zip(&mut redacted) {
                other.redact(&mut redactor);
                assert_eq!(told(&one.diagnose(None)), told(&other.diagnose(None)), "{name}");
            }
        }
    }
    let system = "AzureAdJoined : YES\nDomainJoined : NO\nAzureAdPrt : NO\nExecuting Account Name : ";
    for account in [
        "S-1-5-18",
        "NT AUTHORITY\\SYSTEM",
        "AUTORITE NT\\Syst\u{e8}me",
        "AUTORIDADE NT\\SISTEMA",
        "CONTOSO\\PC7$, PC7$@contoso.com",
    ] {
        let told = all_told(&format!("{system}{account}"));
        assert_eq!(told[0].findings, ["prt-unknown-as-system"], "{account}");
    }
}

#[test]
fn the_same_is_called_the_same_in_all_files() {
    let mut redactor = Redactor::default();
    let mut values = |text: &str| {
        let mut captures = captures(text).unwrap();
        captures[0].redact(&mut redactor);
        captures[0].fields().iter().map(|field| field.value().to_owned()).collect::<Vec<_>>()
    };
    let first = values(
        "AzureAdJoined : YES\nDomainJoined : YES\nTenantId : AABBCCDD-0000-1111-2222-333344445555\nDevice Name : PC1.corp.contoso.com",
    );
    let second = values(
        "DomainJoined : YES\nDevice Name : pc2.corp.contoso.com\nServer Message : The tenant aabbccdd-0000-1111-2222-333344445555 \
         knows PC1.CORP.contoso.com and pc1 (S-1-5-21-1-2-3-500), https://sts.contoso.com:443/adfs\nUser Identity : CONTOSO\\jane",
    );
    assert_eq!(first[2..], ["00000000-0000-0000-0000-000000000001", "host-1.example"]);
    assert_eq!(
        second,
        [
            "YES",
            "host-2.example",
            "The tenant 00000000-0000-0000-0000-000000000001 knows host-1.example and host-1 (sid-1), https://host-3.example:443/adfs",
            "domain-1\\user-1",
        ]
    );
}
