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
use hexplain::{Code, Entry, Family, JoinState, Phase, Scenario, Severity, entries_of};
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
        for advice in entries_of(family).flat_map(Entry::advice).filter(|a| a.scenario() == Scenario::HybridJoin) {
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
    let no_capture = "This is no output of `dsregcmd /status`: no title such as `Device State` and no field such as \
                      `AzureAdJoined` is in it. Make one with `dsregcmd /status > status.txt`.";
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
        // Redacting what is redacted changes nothing that could be an identity.
        let again = redacted.clone().iter_mut().map(|capture| {
            capture.redact(&mut redactor);
            capture.fields().iter().map(|field| field.value().to_owned()).collect::<Vec<_>>()
        }).collect::<Vec<_>>();
        prop_assert_eq!(again.len(), redacted.len());
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
