//! What a number can mean: every reading, in order, and every code inside a code.
//!
//! Numbers are shared: 5 is a Win32 error, an LDAP result, a Kerberos error and more, and one HRESULT carries what two
//! HTTP stacks call by two names. These tables prove that no reading is missing, that none of another registry slips
//! in, and that the order is the documented one: exact before derived before guessed, and among exact ones the family
//! that the form suggests first.
//!
//! The facts were taken by hand from Microsoft's metadata of the Windows SDK and its headers of 10.0.26100, RFC 4120
//! (Kerberos), RFC 4511 (LDAP), the pages on Windows Setup, Intune and Microsoft Entra, and, for the map from NTSTATUS
//! to Win32, what two implementations agree on; never from the tables in `data/`.
#![cfg(feature = "sdk")]

use hexplain::{
    Basis, Candidate, Code, Family, Hint, Hresult, NtStatus, Win32Error, entries_of, explain, explain_with,
    lookup_label, lookup_symbol,
};

fn id(candidate: &Candidate) -> String {
    candidate.entry().map_or_else(|| format!("{:?}", candidate.code()), |entry| entry.id().to_string())
}

/// `confidence id` of each candidate; a code without an entry prints as its family and code.
fn readings(input: &str) -> Vec<String> {
    explain(input).candidates().map(|c| format!("{} {}", c.confidence(), id(&c))).collect()
}

fn names(input: &str) -> Vec<String> {
    explain(input).candidates().filter_map(|c| c.entry()?.name()).map(str::to_owned).collect()
}

/// The first reading and what it carries, step by step, the first of each step: `id > id > id`.
fn chain(input: &str) -> String {
    let mut step = explain(input).candidates().next();
    let mut ids = Vec::new();
    while let Some(candidate) = step {
        ids.push(id(&candidate));
        step = candidate.wraps().next();
    }
    ids.join(" > ")
}

#[test]
fn a_bare_number_gives_all_its_readings_in_order() {
    let numbers: [(&str, &[&str]); 14] = [
        ("0x80000003", &["exact ntstatus:0x80000003", "exact tapi:0x80000003"]),
        ("0x801C0001", &["exact hresult:0x801C0001", "exact ntstatus:0x801C0001"]),
        ("0x80040111", &["exact hresult:0x80040111", "exact hresult:0x80040111/MAPI_E_LOGON_FAILED"]),
        (
            "5",
            &[
                "exact win32:5",
                "exact ldap:5",
                "exact kerberos:0x5",
                "exact bugcheck:0x00000005",
                "exact cm-problem:5",
                "exact configret:5",
                "exact dns:5",
                "exact mmsys:5",
                "exact mapi:5",
            ],
        ),
        (
            "49",
            &[
                "exact ldap:49",
                "exact kerberos:0x31",
                "exact bugcheck:0x00000031",
                "exact cm-problem:49",
                "exact configret:49",
                "exact tls-alert:49",
                "guess kerberos:0x49",
                "guess bugcheck:0x00000049",
            ],
        ),
        (
            "53",
            &[
                "exact win32:53",
                "exact ldap:53",
                "exact bugcheck:0x00000035",
                "exact cm-problem:53",
                "exact configret:53",
                "guess win32:83",
                "guess ldap:83",
                "guess bugcheck:0x00000053",
            ],
        ),
        ("1018", &["exact win32:1018", "guess ese:-1018"]),
        ("1312", &["exact win32:1312", "guess ese:-1312"]),
        ("12029", &["exact winhttp:12029", "exact wininet:12029"]),
        ("12030", &["exact winhttp:12030", "exact wininet:12030"]),
        ("12175", &["exact winhttp:12175", "exact wininet:12175"]),
        ("20001", &["exact win32:20001", "exact aadsts:AADSTS20001", "guess bugcheck:0x00020001", "guess wlan:131073"]),
        ("407", &["exact http:407", "exact win32:407", "exact bugcheck:0x00000197"]),
        ("0x80072F8F", &["exact hresult:0x80072F8F"]),
    ];
    for (input, expected) in numbers {
        assert_eq!(readings(input), expected, "{input}");
    }
}

#[test]
fn the_readings_have_the_names_of_their_registries() {
    let numbers: [(&str, &[&str]); 9] = [
        ("0x801C0001", &["DSREG_E_DEVICE_MESSAGE_FORMAT_ERROR", "STATUS_FLT_BUFFER_TOO_SMALL"]),
        ("0x80040111", &["CLASS_E_CLASSNOTAVAILABLE", "MAPI_E_LOGON_FAILED"]),
        (
            "5",
            &[
                "ERROR_ACCESS_DENIED",
                "LDAP_COMPARE_FALSE",
                "KDC_ERR_S_OLD_MAST_KVNO",
                "INVALID_PROCESS_ATTACH_ATTEMPT",
                "CM_PROB_LACKED_ARBITRATOR",
                "CR_INVALID_DEVINST",
                "DNS_RCODE_REFUSED",
                "MMSYSERR_INVALHANDLE",
                "MAPI_E_INSUFFICIENT_MEMORY",
            ],
        ),
        ("1018", &["ERROR_KEY_DELETED", "JET_errReadVerifyFailure"]),
        ("1312", &["ERROR_NO_SUCH_LOGON_SESSION", "JET_errIllegalOperation"]),
        ("12029", &["ERROR_WINHTTP_CANNOT_CONNECT", "ERROR_INTERNET_CANNOT_CONNECT"]),
        ("12030", &["ERROR_WINHTTP_CONNECTION_ERROR", "ERROR_INTERNET_CONNECTION_ABORTED"]),
        ("12175", &["ERROR_WINHTTP_SECURE_FAILURE", "ERROR_INTERNET_DECODING_FAILED"]),
        ("407", &["HTTP_STATUS_PROXY_AUTH_REQ", "ERROR_VOLUME_NOT_CLUSTER_ALIGNED", "WIN32K_SECURITY_FAILURE"]),
    ];
    for (input, expected) in numbers {
        assert_eq!(names(input), expected, "{input}");
    }
    let aliases: Vec<_> = lookup_symbol("SE_ERR_ACCESSDENIED").chain(lookup_symbol("CR_INVALID_DEVNODE")).collect();
    assert_eq!(aliases.iter().map(|e| e.id().to_string()).collect::<Vec<_>>(), ["win32:5", "configret:5"]);
}

#[test]
fn one_hresult_carries_the_readings_of_both_http_stacks() {
    for (input, expected) in [
        ("0x80072F8F", ["ERROR_INTERNET_DECODING_FAILED", "ERROR_WINHTTP_SECURE_FAILURE"]),
        ("0x80072EE2", ["ERROR_INTERNET_TIMEOUT", "ERROR_WINHTTP_TIMEOUT"]),
        ("0xCAA82EE2", ["ERROR_INTERNET_TIMEOUT", "ERROR_WINHTTP_TIMEOUT"]),
    ] {
        let first = explain(input).candidates().next().expect("it is known");
        let inside: Vec<_> = first.wraps().map(|c| c.entry().and_then(|entry| entry.name())).collect();
        assert_eq!(inside, expected.map(Some), "{input}");
    }
}

#[test]
fn a_hint_narrows_to_its_family_and_reaches_those_that_need_one() {
    // Families without a code 5 give nothing, rather than the meaning of another.
    let with_five = [
        (Family::Win32, "ERROR_ACCESS_DENIED"),
        (Family::Ldap, "LDAP_COMPARE_FALSE"),
        (Family::Kerberos, "KDC_ERR_S_OLD_MAST_KVNO"),
        (Family::BugCheck, "INVALID_PROCESS_ATTACH_ATTEMPT"),
        (Family::CmProblem, "CM_PROB_LACKED_ARBITRATOR"),
        (Family::ConfigRet, "CR_INVALID_DEVINST"),
        (Family::Dns, "DNS_RCODE_REFUSED"),
        (Family::MmSys, "MMSYSERR_INVALHANDLE"),
        (Family::Mapi, "MAPI_E_INSUFFICIENT_MEMORY"),
        (Family::RdpExtended, "exDiscReasonReplacedByOtherConnection"),
        (Family::MsiDatabase, "MSIDBERROR_UNDERFLOW"),
        (Family::SetupPhase, "SP_EXECUTION_UNINSTALL"),
        (Family::SetupOperation, "SP_EXECUTION_OP_INSTALL_RECOVERY_IMAGE"),
        // The action ended early, which is success: the number has no name.
        (Family::MsiAction, ""),
    ];
    for &family in Family::ALL {
        let found: Vec<_> =
            explain_with("5", Hint::families(&[family])).candidates().filter_map(|c| c.entry()).collect();
        assert!(found.iter().all(|entry| entry.family() == family), "{family}");
        let found: Vec<&str> = found.iter().map(|entry| entry.name().unwrap_or_default()).collect();
        let expected = with_five.iter().filter(|(of, _)| *of == family).map(|&(_, name)| name);
        assert_eq!(found, expected.collect::<Vec<_>>(), "{family}");
    }
    let two = explain_with("5", Hint::families(&[Family::Dns, Family::Ldap]));
    assert_eq!(two.candidates().map(|c| id(&c)).collect::<Vec<_>>(), ["ldap:5", "dns:5"]);
}

#[test]
fn a_moved_name_gives_both_values_each_with_a_note() {
    let moved: [(Family, &str, u32, u32); 9] = [
        (Family::Win32, "ERROR_INVALID_CONFIG_VALUE", 479, 519),
        (Family::Hresult, "FVE_E_DEVICE_NOT_JOINED", 0x8031_00E0, 0x8031_0110),
        (Family::Hresult, "FVE_E_AAD_SERVER_FAIL_RETRY_AFTER", 0x8031_00E9, 0x8031_0111),
        (Family::Hresult, "FVE_E_AAD_SERVER_FAIL_BACKOFF", 0x8031_00EA, 0x8031_0112),
        (Family::Hresult, "SQLITE_E_IOERR_VNODE", 0x87AF_1A02, 0x87AF_1B0A),
        (Family::Hresult, "SQLITE_E_IOERR_AUTH", 0x87AF_1A03, 0x87AF_1C0A),
        (Family::NtStatus, "STATUS_VOLUME_UPGRADE_NOT_NEEDED", 0xC000_04D9, 0x4000_04D9),
        (Family::NtStatus, "STATUS_VOLUME_UPGRADE_PENDING", 0xC000_04DA, 0x4000_04DA),
        (Family::NtStatus, "STATUS_INVALID_CONFIG_VALUE", 0xC000_04E0, 0xC000_04E1),
    ];
    for (family, name, old, new) in moved {
        let mut values: Vec<u32> = lookup_symbol(name).map(|entry| entry.code().value()).collect();
        values.sort_unstable();
        assert_eq!(values, [old.min(new), old.max(new)], "{name}");
        let note = |value: u32, other: u32| {
            let mut entries = lookup_symbol(name).filter(|entry| entry.code() == Code::new(family, value));
            let other = Code::new(family, other).to_string();
            entries.any(|entry| entry.notes().any(|note| note.contains("10.0.26100") && note.contains(&other)))
        };
        assert!(note(old, new) && note(new, old), "{name} lacks a note");
    }
}

#[test]
fn wrappers_are_resolved_step_by_step() {
    let chains = [
        // HRESULT_FROM_WIN32
        ("0x80070005", "hresult:0x80070005 > win32:5"),
        ("0x80070525", "hresult:0x80070525 > win32:1317"),
        ("-2147024891", "hresult:0x80070005 > win32:5"),
        ("0xffffffff80070005", "hresult:0x80070005 > win32:5"),
        ("18446744071562526725", "hresult:0x80070005 > win32:5"),
        // FACILITY_NT_BIT, then RtlNtStatusToDosError
        ("0xD0000022", "hresult:0xD0000022 > ntstatus:0xC0000022 > win32:5"),
        ("0xD000006D", "hresult:0xD000006D > ntstatus:0xC000006D > win32:1326"),
        ("0xFFFFFFFFD0000022", "hresult:0xD0000022 > ntstatus:0xC0000022 > win32:5"),
        ("0xD0070005", "hresult:0xD0070005 > ntstatus:0xC0070005 > win32:5"),
        ("0xC000006D", "ntstatus:0xC000006D > win32:1326"),
        ("-1073741715", "ntstatus:0xC000006D > win32:1326"),
        // NTSTATUS_FROM_WIN32, and the other high word that passes its low one through
        ("0xC0070005", "ntstatus:0xC0070005 > win32:5"),
        ("0xC0010005", "ntstatus:0xC0010005 > win32:5"),
        // FACILITY_HTTP
        ("0x80190191", "hresult:0x80190191 > http:401"),
        ("0x801901F4", "hresult:0x801901F4 > http:500"),
        // ADAL over HTTP and over its transport
        ("0xCAA30191", "hresult:0xCAA30191 > http:401"),
        ("0xCAA82EFD", "hresult:0xCAA82EFD > wininet:12029"),
        // Intune over SyncML and over Apple's device management
        ("0x87D101F4", "hresult:0x87D101F4 > syncml:500"),
        ("0x87D12AF9", "hresult:0x87D12AF9 > apple-mdm:1001"),
        // The customer's bit over a code of the system
        ("0xA0070005", "hresult:0xA0070005 > hresult:0x80070005 > win32:5"),
        ("0xE0000022", "ntstatus:0xE0000022 > ntstatus:0xC0000022 > win32:5"),
    ];
    for (input, expected) in chains {
        assert_eq!(chain(input), expected, "{input}");
        assert!(explain(input).is_answered(), "{input}");
    }
    // A row of its own comes before what its bits would say: SetupAPI takes the customer's bit for itself.
    assert_eq!(readings("0xE0000203")[0], "exact win32:3758096899");
    assert_eq!(names("0xE0000203")[0], "ERROR_NO_DRIVER_SELECTED");
    assert_eq!(names("0xC000021A"), ["STATUS_SYSTEM_PROCESS_TERMINATED", "WINLOGON_FATAL_ERROR"]);
}

#[test]
fn an_ntstatus_maps_to_win32_as_windows_does() {
    let pairs = [
        (0x0000_0103, 997, "ERROR_IO_PENDING"),
        (0x8000_0005, 234, "ERROR_MORE_DATA"),
        (0x8000_001A, 259, "ERROR_NO_MORE_ITEMS"),
        (0xC000_000D, 87, "ERROR_INVALID_PARAMETER"),
        (0xC000_0017, 8, "ERROR_NOT_ENOUGH_MEMORY"),
        (0xC000_0022, 5, "ERROR_ACCESS_DENIED"),
        (0xC000_0034, 2, "ERROR_FILE_NOT_FOUND"),
        (0xC000_0035, 183, "ERROR_ALREADY_EXISTS"),
        (0xC000_0064, 1317, "ERROR_NO_SUCH_USER"),
        (0xC000_006A, 86, "ERROR_INVALID_PASSWORD"),
        (0xC000_006D, 1326, "ERROR_LOGON_FAILURE"),
        (0xC000_0071, 1330, "ERROR_PASSWORD_EXPIRED"),
        (0xC000_0193, 1793, "ERROR_ACCOUNT_EXPIRED"),
        (0xC000_0234, 1909, "ERROR_ACCOUNT_LOCKED_OUT"),
    ];
    for (status, error, name) in pairs {
        let mapping = NtStatus(status).win32_mapping().expect("it is in the map");
        assert_eq!((mapping.error, mapping.other), (Win32Error(error), None), "{status:#X}");
        assert_eq!(mapping.basis, Basis::Documented, "{status:#X}");
        assert_eq!(NtStatus(status).to_win32(), Some(Win32Error(error)));
        assert_eq!(Win32Error(error).entry().and_then(|entry| entry.name()), Some(name));
    }
    // The high words with rules of their own.
    for (status, error) in [
        (0xC001_0005, 5),
        (0xC007_0005, 5),
        (0x8007_0005, 5),
        (0xC007_FFFF, 0xFFFF),
        (0xD000_0022, 5),
        (0xD000_006D, 1326),
    ] {
        assert_eq!(NtStatus(status).to_win32(), Some(Win32Error(error)), "{status:#X}");
    }
    for unmapped in [0xC000_FFFF, 0x1234_5678, 0xFFFF_FFFF] {
        assert_eq!(NtStatus(unmapped).win32_mapping(), None, "{unmapped:#X}");
    }
}

#[test]
fn what_implementations_map_differently_is_told() {
    for (status, error, other) in [
        (0xC000_000E, 433, 2),
        (0xC000_022A, 5010, 0xC000_022A),
        (0xC000_022B, 5010, 0xC000_022B),
        (0xC000_0253, 1236, 1359),
    ] {
        let mapping = NtStatus(status).win32_mapping().expect("it is in the map");
        assert_eq!((mapping.error, mapping.other), (Win32Error(error), Some(Win32Error(other))), "{status:#X}");
        assert_eq!(mapping.basis, Basis::Disputed, "{status:#X}");
    }
    let first = explain("0xC000000E").candidates().next().expect("it is known");
    let inside: Vec<_> = first.wraps().map(|c| (id(&c), c.why().to_string())).collect();
    assert_eq!(inside.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["win32:433", "win32:2"]);
    assert!(inside.iter().all(|(_, why)| why.contains("differ")), "{inside:?}");
}

#[test]
fn a_result_and_an_extend_code_of_setup_give_phase_and_operation() {
    let pairs = [
        ("0xC1900101 - 0x20004", "MOSETUP_E_SETUP_PLATFORM", 2, 4, "SP_EXECUTION_OP_INSTALL_RECOVERY_ENVIRONMENT"),
        ("0xC1900101 - 0x20017", "MOSETUP_E_SETUP_PLATFORM", 2, 0x17, "SP_EXECUTION_OP_BOOT"),
        ("0xC1900101 - 0x4000D", "MOSETUP_E_SETUP_PLATFORM", 4, 0xD, "SP_EXECUTION_OP_MIGRATE_DATA"),
        ("0xc1900200-0x20008", "MOSETUP_E_COMPAT_SYSREQ_BLOCK", 2, 8, "SP_EXECUTION_OP_PREPARE_SAFE_OS"),
        // The page spells it so.
        ("0x80070003 - 0x20007", "ERROR_PATH_NOT_FOUND", 2, 7, "SP_EXECUTION_OP_INSTALL_DRVIERS"),
        ("0x8007025D - 0x2000C", "ERROR_BAD_COMPRESSION_BUFFER", 2, 0xC, "SP_EXECUTION_OP_APPLY_IMAGE"),
    ];
    for (input, result, phase, operation, name) in pairs {
        let value = u32::from_str_radix(&input[2..10], 16).expect("it begins with the result");
        let found: Vec<Candidate> = explain(input).candidates().collect();
        let codes: Vec<Code> = found.iter().map(Candidate::code).collect();
        let parts = [(Family::Hresult, value), (Family::SetupPhase, phase), (Family::SetupOperation, operation)];
        assert!(parts.iter().all(|&(family, value)| codes.contains(&Code::new(family, value))), "{input}: {codes:?}");
        assert_eq!(codes.len(), 3, "{input}: {codes:?}");
        let carried = found.iter().flat_map(Candidate::wraps).filter_map(|c| c.entry());
        let entries: Vec<_> = found.iter().filter_map(|c| c.entry()).chain(carried).collect();
        let names: Vec<_> = entries.iter().filter_map(|entry| entry.name()).collect();
        assert!(names.contains(&name), "{input}: {names:?}");
        assert!(names.contains(&result), "{input}: {names:?}");
    }
}

#[test]
fn facilities_have_names() {
    for (value, name) in [
        (0x8007_0005, Some("FACILITY_WIN32")),
        (0x8019_0191, Some("FACILITY_HTTP")),
        (0x8020_0001, Some("FACILITY_BACKGROUNDCOPY")),
        (0x8024_0001, Some("FACILITY_WINDOWSUPDATE")),
        (0x8031_0000, Some("FACILITY_FVE")),
        (0x8009_0016, Some("FACILITY_SECURITY")),
        // Facility 2170, whose highest bit is the X bit of the layout.
        (0x887A_0005, Some("FACILITY_DXGI")),
        (0x8787_0005, None),
    ] {
        assert_eq!(Hresult(value).fields().facility_name(), name, "{value:#X}");
    }
    for (value, name) in [
        (0xC007_0005, Some("FACILITY_NTWIN32")),
        (0xC002_0001, Some("FACILITY_RPC_RUNTIME")),
        (0xC00A_0001, Some("FACILITY_TERMINAL_SERVER")),
        (0x801C_0001, Some("FACILITY_FILTER_MANAGER")),
        (0xC021_0001, Some("FACILITY_FVE_ERROR_CODE")),
        (0xC035_0001, Some("FACILITY_HYPERVISOR")),
        (0xCFFF_0001, None),
    ] {
        assert_eq!(NtStatus(value).fields().facility_name(), name, "{value:#X}");
    }
}

/// What a group of codes is called, its family, and some of its names with their values.
type Group = (&'static str, Family, &'static [(&'static str, u32)]);

const GROUPS: [Group; 18] = [
    (
        "Windows Update",
        Family::Hresult,
        &[
            ("WU_E_NO_SERVICE", 0x8024_0001),
            ("WU_E_UNKNOWN_ID", 0x8024_0003),
            ("WU_E_NOT_INITIALIZED", 0x8024_0004),
            ("WU_E_SERVER_BUSY", 0x8024_F004),
            ("WU_E_PT_UNEXPECTED", 0x8024_4FFF),
        ],
    ),
    (
        "MDM enrolment",
        Family::Hresult,
        &[
            ("MENROLL_E_DEVICE_MESSAGE_FORMAT_ERROR", 0x8018_0001),
            ("MENROLL_E_DEVICE_AUTHENTICATION_ERROR", 0x8018_0002),
            ("MENROLL_E_DEVICENOTSUPPORTED", 0x8018_0014),
            ("MENROLL_E_USERLICENSE", 0x8018_0018),
            ("MENROLL_E_CUSTOMSERVERERROR", 0x8018_0032),
        ],
    ),
    (
        "Windows Hello and NGC",
        Family::Hresult,
        &[
            ("NTE_EXISTS", 0x8009_000F),
            ("NTE_NOT_FOUND", 0x8009_0011),
            ("NTE_AUTHENTICATION_IGNORED", 0x8009_0031),
            ("NTE_DEVICE_NOT_FOUND", 0x8009_0035),
            ("NTE_USER_CANCELLED", 0x8009_0036),
        ],
    ),
    (
        "BitLocker",
        Family::Hresult,
        &[
            ("FVE_E_LOCKED_VOLUME", 0x8031_0000),
            ("FVE_E_NOT_ENCRYPTED", 0x8031_0001),
            ("FVE_E_NO_TPM_BIOS", 0x8031_0002),
            ("FVE_E_NON_BITLOCKER_KU", 0x8031_0093),
            ("FVE_E_PRIVATEKEY_AUTH_FAILED", 0x8031_0094),
        ],
    ),
    (
        "TPM",
        Family::Hresult,
        &[
            ("TPM_E_AUTHFAIL", 0x8028_0001),
            ("TPM_E_BADINDEX", 0x8028_0002),
            ("TPM_E_DEACTIVATED", 0x8028_0006),
            ("TPM_E_DISABLED", 0x8028_0007),
            ("TBS_E_TPM_NOT_FOUND", 0x8028_400F),
        ],
    ),
    (
        "Windows Installer",
        Family::Win32,
        &[
            ("ERROR_INSTALL_SERVICE_FAILURE", 1601),
            ("ERROR_INSTALL_USEREXIT", 1602),
            ("ERROR_INSTALL_FAILURE", 1603),
            ("ERROR_INSTALL_ALREADY_RUNNING", 1618),
            ("ERROR_UNKNOWN_PRODUCT", 1605),
            ("ERROR_SUCCESS_REBOOT_REQUIRED", 3010),
        ],
    ),
    (
        "Intune",
        Family::Hresult,
        &[
            ("OM_S_ALREADY_UNINSTALLED", 0x00CF_0007),
            ("OM_E_NOT_SUPPORTED", 0x80CF_0037),
            ("OM_E_UH_POSTREBOOTUNEXPECTEDSTATE", 0x80CF_2016),
            ("OM_E_PT_ECP_INVALID_FILE_FORMAT", 0x80CF_4031),
            ("OM_E_DS_RESETREQUIRED", 0x80CF_801C),
        ],
    ),
    (
        "Defender",
        Family::Hresult,
        &[
            ("ERROR_MP_ACTIONS_FAILED", 0x8050_1001),
            ("ERROR_MP_NOENGINE", 0x8050_1002),
            ("ERROR_MP_ACTIVE_THREATS", 0x8050_1003),
            ("ERROR_MP_BAD_ACTION", 0x8050_8016),
            ("ERROR_MP_SCAN_ABORTED", 0x8050_8018),
        ],
    ),
    (
        "winget",
        Family::Hresult,
        &[
            ("APPINSTALLER_CLI_ERROR_INTERNAL_ERROR", 0x8A15_0001),
            ("APPINSTALLER_CLI_ERROR_COMMAND_FAILED", 0x8A15_0003),
            ("APPINSTALLER_CLI_ERROR_MANIFEST_FAILED", 0x8A15_0004),
            ("APPINSTALLER_CLI_ERROR_PORTABLE_INSTALL_FAILED", 0x8A15_0052),
            ("APPINSTALLER_CLI_ERROR_INSTALL_SYSTEM_NOT_SUPPORTED", 0x8A15_0113),
        ],
    ),
    (
        "servicing (CBS)",
        Family::Hresult,
        &[
            ("CBS_E_INTERNAL_ERROR", 0x800F_0800),
            ("CBS_E_NOT_INITIALIZED", 0x800F_0801),
            ("CBS_E_INVALID_PARAMETER", 0x800F_0803),
            ("CBS_E_STORE_TOO_MUCH_CORRUPTION", 0x800F_0832),
            ("CBS_E_INVALID_WINDOWS_UPDATE_COUNT_WSUS", 0x800F_0954),
        ],
    ),
    (
        "DISM",
        Family::Hresult,
        &[
            ("DISMAPI_E_DISMAPI_NOT_INITIALIZED", 0xC004_0001),
            ("DISMAPI_E_SHUTDOWN_IN_PROGRESS", 0xC004_0002),
            ("DISMAPI_E_OPEN_SESSION_HANDLES", 0xC004_0003),
            ("DISMAPI_E_NEEDS_REMOUNT", 0xC151_0114),
            ("DISMAPI_E_UNKNOWN_FEATURE", 0x800F_080C),
        ],
    ),
    (
        "Windows Setup",
        Family::Hresult,
        &[
            ("MOSETUP_E_VERSION_MISMATCH", 0xC190_0100),
            ("MOSETUP_E_SETUP_PLATFORM", 0xC190_0101),
            ("MOSETUP_E_COMPAT_TIMEOUT", 0xC190_0103),
            ("MOSETUP_E_PROCESS_SUSPENDED", 0xC190_01E1),
            ("MOSETUP_E_UA_BOX_CRASHED", 0xC190_0405),
        ],
    ),
    (
        "Kerberos",
        Family::Kerberos,
        &[
            ("KDC_ERR_C_PRINCIPAL_UNKNOWN", 0x6),
            ("KDC_ERR_PREAUTH_FAILED", 0x18),
            ("KDC_ERR_PREAUTH_REQUIRED", 0x19),
            ("KRB_AP_ERR_SKEW", 0x25),
            ("KRB_AP_ERR_MODIFIED", 0x29),
        ],
    ),
    (
        "LDAP",
        Family::Ldap,
        &[
            ("LDAP_OPERATIONS_ERROR", 1),
            ("LDAP_INVALID_CREDENTIALS", 49),
            ("LDAP_UNAVAILABLE", 52),
            ("LDAP_UNWILLING_TO_PERFORM", 53),
            ("LDAP_REFERRAL_LIMIT_EXCEEDED", 97),
        ],
    ),
    (
        "bug checks",
        Family::BugCheck,
        &[
            ("IRQL_NOT_LESS_OR_EQUAL", 0xA),
            ("MEMORY_MANAGEMENT", 0x1A),
            ("SYSTEM_SERVICE_EXCEPTION", 0x3B),
            ("PAGE_FAULT_IN_NONPAGED_AREA", 0x50),
            ("CRITICAL_PROCESS_DIED", 0xEF),
        ],
    ),
    (
        "ESE",
        Family::Ese,
        &[
            ("JET_errReadVerifyFailure", -1018_i32 as u32),
            ("JET_errDiskFull", -1808_i32 as u32),
            ("JET_errOutOfMemory", -1011_i32 as u32),
            ("JET_errFileIOFail", -4004_i32 as u32),
            ("JET_errDatabaseCorrupted", -1206_i32 as u32),
        ],
    ),
    (
        "AADSTS",
        Family::Aadsts,
        &[
            ("UserInformationNotProvided", 50_058),
            ("UserStrongAuthClientAuthNRequired", 50_076),
            ("InvalidUserNameOrPassword", 50_126),
            ("DelegationDoesNotExist", 65_001),
            ("UnauthorizedClient_DoesNotMatchRequest", 700_016),
        ],
    ),
    (
        "Remote Desktop",
        Family::Rdp,
        &[
            ("disconnectReasonLocalNotError", 1),
            ("disconnectReasonRemoteByUser", 2),
            ("disconnectReasonByServer", 3),
            ("disconnectReasonGetHostByNameFailed", 1540),
            ("disconnectReasonEncryptionError", 2822),
        ],
    ),
];

#[test]
fn every_group_of_codes_is_in_the_catalogue() {
    for (group, family, codes) in GROUPS {
        assert!(codes.len() >= 5, "{group}");
        for &(name, value) in codes {
            let code = Code::new(family, value);
            assert!(lookup_symbol(name).any(|entry| entry.code() == code), "{group}: {name} is not {code}");
            let named = explain(name).candidates().any(|c| c.code() == code);
            assert!(named, "{group}: {name} is not explained");
        }
    }
}

#[test]
fn codes_without_a_name_are_in_the_catalogue_too() {
    // Intune's table of device and app states names most of its codes by a sentence alone.
    for value in [0x87D1_FDE8, 0x87D1_FDE9, 0x87D1_FDEA, 0x87D1_0190, 0x87D1_0194, 0x87D1_01F4, 0x87D1_2AF8] {
        assert!(Hresult(value).entry().is_some(), "{value:#X}");
    }
    let intune = entries_of(Family::Hresult).filter(|entry| entry.code().value() >> 16 == 0x87D1).count();
    assert!(intune >= 290, "{intune}");
}

#[test]
fn failures_with_a_label_and_no_number_are_conditions() {
    let groups: [(&str, [&str; 5]); 5] = [
        (
            "NPS extension",
            [
                "CLIENT_CERT_INSTALL_ERROR",
                "HTTP_CONNECT_ERROR",
                "REGISTRY_CONFIG_ERROR",
                "USERNAME_CANONICALIZATION_ERROR",
                "VersionNotSupported",
            ],
        ),
        (
            "OAuth",
            ["invalid_grant", "invalid_client", "consent_required", "authorization_pending", "temporarily_unavailable"],
        ),
        ("MSAL", ["no_redirect_uri", "cryptographic_error", "broker_nonce_mismatch", "json_parse_failed", "user_null"]),
        ("Domain Services", ["AADDS001", "AADDS102", "AADDS104", "AADDS109", "AADDS120"]),
        (
            "Entra Connect",
            ["AttributeValueMustBeUnique", "InvalidSoftMatch", "ObjectTypeMismatch", "LargeObject", "RetrieveDomains"],
        ),
    ];
    for (group, labels) in groups {
        for label in labels {
            assert!(lookup_label(label).next().is_some(), "{group}: {label}");
            let mut found = explain(label).candidates();
            assert!(found.all(|c| c.code().family() == Family::Condition), "{group}: {label}");
        }
    }
}
