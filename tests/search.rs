//! What a person would type, and which codes must be among the first five.

#![cfg(all(feature = "alloc", feature = "sdk"))]

use hexplain::{Family, Hint, search};

/// A question, and codes of which at least one answers it.
const QUESTIONS: &[(&str, &[&str])] = &[
    // Accounts and logon.
    ("password expired", &["ntstatus:0xC0000071", "win32:1330", "aadsts:AADSTS50055"]),
    ("wrong password", &["ntstatus:0xC000006A", "win32:1323", "ntstatus:0xC000006D", "win32:1326"]),
    ("account locked out", &["ntstatus:0xC0000234", "win32:1909"]),
    ("account disabled", &["ntstatus:0xC0000072", "win32:1331", "aadsts:AADSTS50057"]),
    ("account expired", &["ntstatus:0xC0000193", "win32:1793"]),
    ("must change password", &["ntstatus:0xC0000224", "win32:1907"]),
    ("logon hours", &["ntstatus:0xC000006F", "win32:1328"]),
    ("user does not exist", &["ntstatus:0xC0000064", "aadsts:AADSTS50034", "win32:1317"]),
    ("no domain controller", &["win32:1355", "ntstatus:0xC000005E", "win32:1311", "ntstatus:0xC0000233", "win32:1908"]),
    ("trust relationship failed", &["win32:1789", "ntstatus:0xC000018D", "win32:1787"]),
    ("clock skew", &["kerberos:0x25", "ntstatus:0xC0000133", "win32:1398", "hresult:0x80090324"]),
    ("service principal name not found", &["kerberos:0x7", "hresult:0x80090303"]),
    ("encryption type not supported", &["kerberos:0xE", "hresult:0x80090342"]),
    ("smart card removed", &["hresult:0x80100069"]),
    ("smart card PIN wrong", &["hresult:0x8010006B", "ntstatus:0xC0000380"]),
    ("privilege missing", &["win32:1314", "ntstatus:0xC0000061"]),
    // Sign-in.
    ("tenant not found", &["aadsts:AADSTS90002", "hresult:0x801C003A"]),
    ("redirect URI not registered", &["aadsts:AADSTS50011"]),
    ("client secret expired", &["aadsts:AADSTS7000222"]),
    ("client secret wrong", &["aadsts:AADSTS7000215"]),
    ("admin consent", &["aadsts:AADSTS90094", "aadsts:AADSTS90093", "aadsts:AADSTS65001"]),
    ("user declined consent", &["aadsts:AADSTS65004"]),
    ("multifactor authentication required", &["aadsts:AADSTS50076", "aadsts:AADSTS50074", "aadsts:AADSTS50079"]),
    ("Conditional Access blocks", &["aadsts:AADSTS53003"]),
    ("device not compliant", &["aadsts:AADSTS53000"]),
    ("device disabled", &["aadsts:AADSTS135011", "hresult:0x801C03EB"]),
    ("refresh token expired", &["aadsts:AADSTS700082", "aadsts:AADSTS70008", "aadsts:AADSTS700084"]),
    ("guest account", &["aadsts:AADSTS50020", "aadsts:AADSTS50014", "aadsts:AADSTS500571", "aadsts:AADSTS16003"]),
    ("application not found in tenant", &["aadsts:AADSTS700016", "aadsts:AADSTS500011"]),
    ("user not assigned to the application", &["aadsts:AADSTS50105"]),
    ("no pass-through agent", &["aadsts:AADSTS80001"]),
    (
        "federated credential",
        &["aadsts:AADSTS70021", "aadsts:AADSTS700211", "aadsts:AADSTS700213", "aadsts:AADSTS70025"],
    ),
    // Devices.
    ("TPM locked", &["hresult:0x80280803", "hresult:0x80280921", "hresult:0x8029041B", "hresult:0x80280041"]),
    ("TPM not found", &["hresult:0x8028400F"]),
    ("too many devices", &["hresult:0x80180013", "hresult:0x801C000E"]),
    ("no Intune licence", &["hresult:0x80180018"]),
    (
        "TPM attestation",
        &["hresult:0x801C0011", "hresult:0x81039001", "hresult:0x81039023", "hresult:0x81039024", "hresult:0x801C03EE"],
    ),
    ("device object deleted", &["hresult:0x801C03F3", "condition:drs/directory-error/device-not-found"]),
    // Networks.
    ("proxy asks for credentials", &["http:407", "hresult:0x80190197", "hresult:0xCAA30197", "hresult:0x8024401B"]),
    ("name cannot be resolved", &["winhttp:12007", "wininet:12007", "win32:11001", "hresult:0x80072EE7"]),
    ("connection timed out", &["win32:10060", "winhttp:12002", "wininet:12002", "hresult:0x80072EE2"]),
    ("connection refused", &["win32:10061", "win32:1225"]),
    ("cipher suite", &["hresult:0x80090331", "hresult:0x80090369"]),
    ("certificate expired", &["hresult:0x800B0101", "hresult:0x80090328", "wininet:12037", "winhttp:12037"]),
    (
        "certificate revoked",
        &["hresult:0x800B010C", "hresult:0x80092010", "winhttp:12170", "wininet:12170", "tls-alert:44"],
    ),
    ("root not trusted", &["hresult:0x800B0109", "hresult:0x80090325"]),
    ("revocation server offline", &["hresult:0x80092013"]),
    (
        "host name does not match certificate",
        &["hresult:0x800B010F", "winhttp:12038", "wininet:12038", "hresult:0x80090322"],
    ),
    ("RPC server unavailable", &["win32:1722"]),
    ("network path not found", &["win32:53", "ntstatus:0xC00000BE"]),
    (
        "too many requests",
        &["http:429", "condition:drs/directory-error/throttled", "condition:provisioning/too-many-requests"],
    ),
    // Windows.
    ("access denied", &["win32:5", "ntstatus:0xC0000022", "hresult:0x80070005"]),
    ("disk full", &["win32:112", "ntstatus:0xC000007F"]),
    ("file in use by another process", &["win32:32", "ntstatus:0xC0000043"]),
    ("service disabled", &["win32:1058"]),
    ("service did not start in time", &["win32:1053"]),
    ("class not registered", &["hresult:0x80040154"]),
    ("out of memory", &["hresult:0x8007000E", "win32:14", "ntstatus:0xC0000017", "win32:8"]),
    ("driver paged memory IRQL", &["bugcheck:0x0000000A", "bugcheck:0x000000D1"]),
    ("hardware error machine check", &["bugcheck:0x00000124", "bugcheck:0x0000009C"]),
    // Installing.
    ("another installation in progress", &["win32:1618"]),
    ("user cancelled installation", &["win32:1602"]),
    ("restart required", &["win32:3010", "win32:3011", "win32:1641", "hresult:0x8024002D", "hresult:0x800F0922"]),
    ("policy forbids installation", &["win32:1625"]),
    ("update not applicable", &["hresult:0x80240017", "hresult:0x800F081E"]),
    ("source files not found", &["hresult:0x800F081F"]),
    ("WSUS unavailable", &["hresult:0x80244022"]),
    ("component store corrupt", &["win32:14098", "hresult:0x80073712", "hresult:0x800F0831"]),
    ("installer hash mismatch", &["hresult:0x8A150011"]),
    ("duplicate attribute value", &["condition:entra-connect-sync/attribute-value-must-be-unique"]),
    ("secure LDAP internet", &["condition:domain-services/aadds101/secure-ldap-open"]),
    ("domain join credentials expired", &["condition:windows-365/ad-join-check-credentials-expired"]),
];

#[test]
fn a_question_finds_its_code_among_the_first_five() {
    assert!(QUESTIONS.len() >= 60);
    let mut faults = Vec::new();
    for (question, answers) in QUESTIONS {
        let ids: Vec<String> =
            search(question, Hint::default()).iter().filter_map(|c| Some(c.entry()?.id().to_string())).collect();
        if !ids.iter().take(5).any(|id| answers.contains(&id.as_str())) {
            let places: Vec<_> =
                answers.iter().map(|a| (*a, ids.iter().position(|id| id == a).map(|at| at + 1))).collect();
            faults.push(format!("{question}: {:?}, answers at {places:?}", &ids[..ids.len().min(6)]));
        }
    }
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), QUESTIONS.len(), faults.join("\n"));
}

#[test]
fn endings_case_and_small_words_do_not_count() {
    let ids = |words: &str| -> Vec<String> {
        search(words, Hint::default()).iter().filter_map(|c| Some(c.entry()?.id().to_string())).collect()
    };
    assert_eq!(ids("the password of the user"), ids("password user"));
    assert_eq!(ids("PASSWORD Expired"), ids("password expired"));
    for (one, other) in [("expired", "expires"), ("certificates", "certificate"), ("blocking", "blocked")] {
        let (one, other) = (ids(one), ids(other));
        assert!(one.len() >= 5 && one[..5].iter().all(|id| other.contains(id)), "{one:?}");
    }
    // English has two spellings, and symbols and texts do not agree on one.
    for (one, other) in [("license", "licence"), ("enrollment", "enrolment")] {
        let (one, other) = (ids(one), ids(other));
        assert!(!one.is_empty() && one.iter().all(|id| other.contains(id)), "{one:?}");
    }
    // A short word is no part of another: `PIN` is not in `mapping`.
    assert!(!ids("PIN mapping").iter().any(|id| id == "win32:1734"));
    // Small words alone are looked for all the same.
    assert!(!ids("the").is_empty());
    assert!(ids("").is_empty() && ids("xyzzyx password").is_empty());
    // A question mark is no part of a word.
    assert_eq!(ids("clock skew?"), ids("clock skew"));
}

#[test]
fn a_hint_limits_the_families() {
    let found = search("password expired", Hint::families(&[Family::Win32]));
    assert!(!found.is_empty() && found.iter().all(|candidate| candidate.code().family() == Family::Win32));
}
