//! What inputs are read as, form by form, and what is said of those that hold no code.

#[cfg(feature = "sdk")]
use hexplain::Confidence;
use hexplain::{Family, Hint, explain, explain_each, explain_with};

/// The candidates of an input, `confidence id` each; a code without an entry prints as its family and code.
fn candidates(input: &str) -> Vec<String> {
    explain(input)
        .candidates()
        .map(|c| match c.entry() {
            Some(entry) => format!("{} {}", c.confidence(), entry.id()),
            None => format!("{} {:?}", c.confidence(), c.code()),
        })
        .collect()
}

fn error(input: &str) -> Option<String> {
    explain(input).error().map(|error| error.to_string())
}

#[test]
fn one_number_in_all_its_forms() {
    for input in [
        "0x801c03f2",
        "0X801C03F2",
        "801c03f2",
        "801C03F2",
        "0x801c03f2L",
        "&H801C03F2",
        "&H801C03F2&",
        "-2145647630",
        "2149319666",
        "0xffffffff801c03f2",
        "ffffffff801c03f2",
        "18446744071563903986",
        "-0x7fe3fc0e",
        " 0x801c03f2 ",
        "\"0x801c03f2\"",
        "'0x801c03f2'.",
        "(0x801c03f2/-2145647630)",
        "[0x801c03f2]",
        "hresult:0x801C03F2",
        "hr = 0x801c03f2",
        "HRESULT: 0x801c03f2",
        "Error code: 0x801c03f2.",
        "0x801c03f2: The join failed",
        "The join failed with 0x801c03f2 today",
        "DSREG_E_DIRECTORY_FAILURE (0x801c03f2/-2145647630)",
        "dsreg_e_directory_failure",
        "DSREG_E_DIRECTORY_FAILURE",
    ] {
        assert_eq!(candidates(input), ["exact hresult:0x801C03F2"], "{input}");
        assert!(explain(input).is_answered());
    }
}

#[test]
fn words_before_a_number_name_its_family() {
    for input in [
        "HTTP 407",
        "http 407",
        "HTTP/1.1 407 Proxy Authentication Required",
        "HTTP status 407",
        "HTTP407",
        "407 Proxy Authentication Required",
    ] {
        assert_eq!(candidates(input)[0], "exact http:407", "{input}");
    }
    for input in ["event 1081", "Event ID: 1081", "EventID=1081", "event1081", "event:1081"] {
        assert_eq!(candidates(input), ["exact event:1081"], "{input}");
    }
    for input in ["AADSTS50126", "aadsts50126", "AADSTS50126: Error validating credentials", "AADSTS 50126", "50126"] {
        assert_eq!(candidates(input)[0], "exact aadsts:AADSTS50126", "{input}");
    }
    assert!(!candidates("1081").iter().any(|candidate| candidate.contains("event")));
    assert_eq!(candidates("wininet 12007"), ["exact wininet:12007"]);
    assert_eq!(candidates("win32 error 1312"), ["exact win32:1312"]);
}

#[cfg(feature = "sdk")]
#[test]
fn what_people_paste_is_read() {
    for (input, first) in [
        // .NET and logs call statuses HRESULTs, and results Win32 errors.
        ("HRESULT: 0xC00484C1", "exact ntstatus:0xC00484C1"),
        ("hr=0xC000006D", "exact ntstatus:0xC000006D"),
        ("Win32 error 0x80070005", "exact hresult:0x80070005"),
        ("Win32 error -2147024891", "exact hresult:0x80070005"),
        ("http error 0x80190191", "exact hresult:0x80190191"),
        // Words that say no more than that a number follows.
        ("error 5: Access is denied.", "exact win32:5"),
        ("Error code: 1603 - Fatal error", "exact win32:1603"),
        ("System error 53 has occurred.", "exact win32:53"),
        ("GetLastError() = 5", "exact win32:5"),
        ("rc=5", "exact win32:5"),
        ("error_code: 50126", "exact aadsts:AADSTS50126"),
        ("stop 0x7e", "exact bugcheck:0x0000007E"),
        // Names with their numbers, statuses with their phrases.
        ("ERROR_WINHTTP_TIMEOUT (12002)", "exact winhttp:12002"),
        ("403 Forbidden", "exact http:403"),
        ("Access is denied. (Exception from HRESULT: 0x80070005 (E_ACCESSDENIED))", "exact hresult:0x80070005"),
        (
            "ErrorType 114 (ErrorCode 0x8023134A)",
            "exact condition:entra-connect-sync/error-type-114-error-code-0x8023134-a",
        ),
        // What word processors and files put around and into a number.
        ("\u{FEFF}0x80070005", "exact hresult:0x80070005"),
        ("\u{AB}0x80070005\u{BB}", "exact hresult:0x80070005"),
        ("\u{2212}2147024891", "exact hresult:0x80070005"),
        ("c1900101-20017", "exact hresult:0xC1900101"),
        ("0xC1900101 \u{2013} 0x20017", "exact hresult:0xC1900101"),
    ] {
        assert_eq!(candidates(input).first().map(String::as_str), Some(first), "{input}");
    }
    for input in ["500 users failed", "200 files", "e", "face", "event 9999", "HTTP 999", "AADSTS5012699"] {
        assert!(!candidates(input).iter().any(|candidate| candidate.starts_with("exact")), "{input}");
    }
    let why = |input: &str| explain(input).candidates().next().map(|c| c.why().to_string());
    assert_eq!(why("2147942405").as_deref(), Some("The input is this number in decimal."));
    assert_eq!(why("-2147024891").as_deref(), Some("The input is this number as a signed decimal."));
    assert_eq!(why("It failed with 0x80070005 today").as_deref(), Some("The text holds this code."));
}

#[cfg(feature = "sdk")]
#[test]
fn every_name_is_explained_as_itself() {
    for entry in hexplain::entries() {
        if let Some(name) = entry.name() {
            assert!(explain(name).candidates().any(|c| c.entry() == Some(entry)), "{name}");
        }
    }
}

#[test]
fn a_number_that_two_families_share_gives_both() {
    assert_eq!(candidates("12007"), ["exact winhttp:12007", "exact wininet:12007"]);
    assert_eq!(candidates("12030"), ["exact winhttp:12030", "exact wininet:12030"]);
    let families = [Family::WinInet];
    let hinted = explain_with("12030", Hint::families(&families));
    assert_eq!(hinted.candidates().map(|c| c.code().family()).collect::<Vec<_>>(), [Family::WinInet]);
    let events = [Family::Event];
    assert_eq!(explain_with("1081", Hint::families(&events)).candidates().count(), 1);
    assert_eq!(
        candidates("0x8007000D"),
        ["exact hresult:0x8007000D", "exact hresult:0x8007000D/STIERR_INVALID_HW_TYPE"]
    );
}

#[cfg(feature = "sdk")]
#[test]
fn digits_that_may_be_hexadecimal_are_a_guess() {
    // 0x54b is 1355.
    assert_eq!(candidates("54b"), ["exact win32:1355"]);
    // 0x1312 and 0x1317 are unknown; 1312 is Win32.
    assert_eq!(candidates("1312")[0], "exact win32:1312");
    let guesses: Vec<_> = explain("520").candidates().map(|c| (c.confidence(), c.code().value())).collect();
    assert!(guesses.contains(&(Confidence::Guess, 0x520)), "{guesses:?}");
    assert!(!explain("520").is_answered() || guesses[0].0 != Confidence::Guess);
}

#[test]
fn names_in_other_spellings() {
    assert_eq!(candidates("NT_STATUS_LOGON_FAILURE"), ["exact ntstatus:0xC000006D"]);
    assert_eq!(candidates("nt_status_logon_failure"), ["exact ntstatus:0xC000006D"]);
    assert_eq!(candidates("WERR_NO_SUCH_USER"), ["exact win32:1317"]);
    assert_eq!(candidates("WERR_NO_SUCH_THING"), Vec::<String>::new());
    for input in ["AzureRoleMissing", "azure role missing", "AZURE_ROLE_MISSING", "azure-role-missing"] {
        assert_eq!(candidates(input), ["exact condition:entra-connect/azure-role-missing"], "{input}");
    }
    assert_eq!(candidates("AADDS001"), ["exact condition:domain-services/aadds001"]);
    assert_eq!(candidates("DirectoryError").len(), 3);
    assert_eq!(
        candidates("condition:drs/directory-error/throttled"),
        ["exact condition:drs/directory-error/throttled"]
    );
}

#[test]
fn messages_are_told_apart() {
    let throttled = "Your request is throttled temporarily. Please try after 300 seconds.";
    assert_eq!(candidates(throttled), ["exact condition:drs/directory-error/throttled"]);
    for verb in ["is not", "isn't"] {
        let message = format!("The device object by the given id (e92325d0-7ac4-4714-88a1-94ae875d5245) {verb} found.");
        assert_eq!(candidates(&message), ["exact condition:drs/directory-error/device-not-found"]);
    }
}

#[test]
fn codes_inside_codes_are_derived() {
    assert_eq!(candidates("0x80070521"), ["derived hresult:0x80070521"]);
    assert_eq!(candidates("0xD000006D"), ["derived hresult:0xD000006D"]);
    assert_eq!(candidates("0xC0070525"), ["derived ntstatus:0xC0070525"]);
    assert_eq!(candidates("0x801903E7"), ["derived hresult:0x801903E7"]);
    let inside = |input: &str| -> Vec<String> {
        let explanation = explain(input);
        let first = explanation.candidates().next().expect("it is a carrier");
        first.wraps().map(|c| c.entry().map_or(format!("{:?}", c.code()), |e| e.id().to_string())).collect()
    };
    assert_eq!(inside("0x80070525"), ["win32:1317"]);
    assert_eq!(inside("0xD000006D"), ["ntstatus:0xC000006D"]);
    assert_eq!(inside("0xC0070525"), ["win32:1317"]);
    assert_eq!(inside("0x80190197"), ["http:407"]);
    assert_eq!(inside("0x80072ee7"), ["wininet:12007", "winhttp:12007"]);
    assert_eq!(inside("0xCAA82EE7"), ["wininet:12007", "winhttp:12007"]);
    assert!(explain("0x80070525").is_answered());
    // A carrier of a number without a name is a reading and no answer.
    assert_eq!(inside("0x8007FFF1"), ["win32:65521"]);
    assert_eq!(candidates("0x8007FFF1"), ["derived hresult:0x8007FFF1"]);
    assert!(!explain("0x8007FFF1").is_answered());
    // 64-bit keywords of events and pointers are no HRESULTs.
    assert_eq!(candidates("0x8020000000000000"), Vec::<String>::new());
}

#[test]
fn an_unknown_aadsts_number_may_hint_at_its_parent() {
    assert_eq!(candidates("AADSTS501269"), ["guess aadsts:AADSTS50126"]);
    assert!(!explain("AADSTS501269").is_answered());
    assert_eq!(candidates("AADSTS5"), Vec::<String>::new());
}

#[test]
fn several_codes_are_explained_each() {
    let each = |input: &str| explain_each(input, Hint::default()).map(|e| e.input().to_owned()).collect::<Vec<_>>();
    assert_eq!(each("[0x801c0021/0x80072ee2]"), ["0x801c0021", "0x80072ee2"]);
    assert_eq!(each("(0x801c001d/-2145648611)"), ["(0x801c001d/-2145648611)"]);
    assert_eq!(each("drs/directory-error/throttled"), ["drs/directory-error/throttled"]);
    assert_eq!(each("HTTP/1.1 407"), ["HTTP/1.1 407"]);
    assert_eq!(each("0x801c0021, 0x80072ee2"), ["0x801c0021", "0x80072ee2"]);
    assert_eq!(each("AADSTS50126 AADSTS50034"), ["AADSTS50126", "AADSTS50034"]);
    assert_eq!(each("5 6"), ["5 6"]);
}

#[test]
fn inputs_without_a_code_say_what_is_missing() {
    let message = |input: &str| error(input).expect("it holds no code");
    assert_eq!(message(""), "The input is empty.");
    assert_eq!(message(" \t"), "The input is empty.");
    assert_eq!(message("()"), "The input holds neither a code nor a name.");
    assert_eq!(message("-"), "The input holds neither a code nor a name.");
    assert_eq!(message("0x"), "There is no hexadecimal digit behind `0x`.");
    assert_eq!(message("AADSTS"), "There is no number behind `AADSTS`.");
    assert_eq!(message("AADSTS99999999999"), "The number behind `AADSTS` has more than seven digits.");
    assert_eq!(message("99999999999999999999"), "The number has more than 64 bits; codes have 32.");
    assert_eq!(message("0x11111111111111111"), "The number has more than 64 bits; codes have 32.");
    let wide = "The number has more than 32 bits, and it is not a 32-bit code with its sign extended to 64.";
    assert_eq!(message("0x8020000000000000"), wide);
    assert_eq!(message("4294967296"), wide);
    assert_eq!(message("-4294967296"), wide);
    // Unknown is not unreadable.
    for input in ["0x12345678", "NO_SUCH_SYMBOL", "hello world", "AADSTSx", "\u{E9}"] {
        assert_eq!(error(input), None, "{input}");
        assert!(!explain(input).is_answered(), "{input}");
    }
    let no_number = "NO".parse::<hexplain::Hresult>().unwrap_err().to_string();
    assert_eq!(no_number, "This is no number; write it as `0x` and hexadecimal digits, or as a decimal.");
}

#[test]
fn fields_are_those_of_a_wide_number() {
    let (hresult, ntstatus) = explain("0x80070005").fields().expect("it is wide");
    assert_eq!((hresult.failure, hresult.facility, hresult.facility_name()), (true, 7, Some("FACILITY_WIN32")));
    assert_eq!((ntstatus.facility, ntstatus.code), (7, 5));
    assert_eq!(explain("-2147024891").fields(), explain("0x80070005").fields());
    assert_eq!(explain("80070005").fields(), explain("0x80070005").fields());
    for input in ["5", "12007", "AADSTS50126", "HTTP 407", "E_INVALIDDATA", ""] {
        assert_eq!(explain(input).fields(), None, "{input}");
    }
}

#[cfg(feature = "alloc")]
#[test]
fn misspelt_names_are_suggested() {
    assert_eq!(explain("DSREG_E_DIRECTORY_FALURE").suggestions(), ["DSREG_E_DIRECTORY_FAILURE"]);
    assert!(explain("STATUS_LOGON_FAILUR").suggestions().contains(&"STATUS_LOGON_FAILURE"));
    assert!(explain("AzureRoleMising").suggestions().contains(&"AzureRoleMissing"));
    assert!(explain("xyzzy").suggestions().is_empty());
    assert!(explain("DSREG_E_DIRECTORY_FAILURE").suggestions().is_empty());
    assert!(explain("0x801c03f3").suggestions().is_empty());
}

#[cfg(feature = "alloc")]
#[test]
fn search_finds_by_name_and_by_text() {
    use hexplain::search;
    let names = |words: &str| -> Vec<&str> {
        search(words, Hint::default()).iter().filter_map(|c| c.entry()?.name()).collect()
    };
    assert_eq!(names("directory failure")[0], "DSREG_E_DIRECTORY_FAILURE");
    assert_eq!(names("DSREG_E_DIRECTORY_FAILURE"), ["DSREG_E_DIRECTORY_FAILURE"]);
    assert!(names("password expired").contains(&"User Password Expired"));
    assert!(names("locked tpm").contains(&"NTE_AUTHENTICATION_IGNORED"));
    assert_eq!(names(""), Vec::<&str>::new());
    assert_eq!(names("zzzzzz"), Vec::<&str>::new());
    let families = [Family::WinHttp];
    assert!(search("timeout", Hint::families(&families)).iter().all(|c| c.code().family() == Family::WinHttp));
    assert!(search("timeout", Hint::default()).iter().all(|c| c.wraps().count() == 0));
}
