//! Inputs of `explain`: every form of the contract, from the arguments and from standard input.

use serde_json::Value;

use crate::run::{Output, hexplain, hexplain_over, lines_over, words};

/// The ids of the candidates of an object.
fn ids(object: &Value) -> Vec<&str> {
    let candidates = object["candidates"].as_array().expect("candidates are a list");
    candidates.iter().map(|candidate| candidate["id"].as_str().expect("an id is a text")).collect()
}

/// The inputs that the objects repeat.
fn inputs(output: &Output) -> Vec<String> {
    output.objects().iter().map(|object| object["input"].as_str().expect("an input is a text").to_owned()).collect()
}

/// Runs `hexplain --json` over one argument and wants one object that repeats it.
fn explained(input: &str) -> Value {
    let output = hexplain(["--json", input]);
    assert_eq!(output.stderr, "", "{input}");
    let mut objects = output.objects();
    assert_eq!((inputs(&output), objects.len()), (vec![input.to_owned()], 1));
    objects.remove(0)
}

#[test]
fn every_form_is_read() {
    let forms: &[(&str, &[&str])] = &[
        (
            "hresult:0x801C03F2",
            &[
                "0x801c03f2",
                "0X801C03F2",
                "801c03f2",
                "0x801c03f2L",
                "&H801C03F2",
                "-2145647630",
                "2149319666",
                "0xffffffff801c03f2",
                "dsreg_e_directory_failure",
                "DSREG_E_DIRECTORY_FAILURE",
                " 0x801c03f2 ",
                "\t0x801c03f2",
                "\"0x801c03f2\"",
                "'0x801c03f2'",
                "0x801c03f2.",
                "\"DSREG_E_DIRECTORY_FAILURE.\"",
                " -2145647630",
                "-2145647630.",
                "hresult:0x801C03F2",
            ],
        ),
        ("hresult:0x801C001D", &["(0x801c001d/-2145648611)", "0x801c001d/-2145648611"]),
        ("aadsts:AADSTS50126", &["AADSTS50126", "aadsts50126", "AADSTS50126: Error validating credentials.", "50126"]),
        ("winhttp:12007", &["12007", "winhttp:12007"]),
        ("http:407", &["HTTP 407", "http 407", "HTTP/1.1 407 Proxy Authentication Required"]),
        ("ntstatus:0xC000006D", &["NT_STATUS_LOGON_FAILURE", "STATUS_LOGON_FAILURE", "nt_status_logon_failure"]),
        ("win32:5", &["WERR_ACCESS_DENIED", "ERROR_ACCESS_DENIED"]),
        ("condition:domain-services/aadds001", &["AADDS001", "aadds001"]),
        ("condition:entra-connect/azure-role-missing", &["AzureRoleMissing", "'azurerolemissing'."]),
        ("condition:oauth/invalid-grant", &["invalid_grant"]),
        ("event:1081", &["event 1081", "Event ID 1081"]),
    ];
    for (id, inputs) in forms {
        for input in *inputs {
            let object = explained(input);
            assert_eq!(ids(&object).first(), Some(id), "{input}");
            assert_eq!((&object["error"], &object["candidates"][0]["rank"]), (&Value::Null, &1.into()), "{input}");
        }
    }
}

/// A minus sign makes a number, wherever the command line could take it for an option.
#[test]
fn a_negative_number_is_no_option() {
    for args in ["-2145647630", "explain -2145647630", "--as hresult -2145647630", "-2145647630 --as hresult"] {
        let output = words(&format!("{args} --json"));
        assert_eq!(output.objects().iter().flat_map(ids).collect::<Vec<_>>(), ["hresult:0x801C03F2"], "{args}");
    }
    assert_eq!(inputs(&words("--json -1 -- -2")), ["-1", "-2"]);
}

/// What a blank, a suffix or a radix makes of it is for the library to read, not for the parser of options.
#[test]
fn a_negative_number_in_any_form_is_no_option() {
    for input in ["-2145647630 ", "-2145647630L", "-0x7fe3fc0e", "-2145647630: it failed"] {
        let output = hexplain(["--json", input]);
        assert_eq!(
            output.objects().iter().flat_map(ids).collect::<Vec<_>>(),
            ["hresult:0x801C03F2"],
            "{input}: {output:?}"
        );
    }
}

#[test]
fn a_bare_number_is_read_as_decimal_and_as_hexadecimal() {
    let object = explained("10");
    let candidates = object["candidates"].as_array().expect("candidates are a list");
    let (sixteen, ten): (Vec<_>, Vec<_>) = candidates.iter().partition(|candidate| candidate["unsigned"] == 16);
    assert!(!ten.is_empty() && ten.iter().all(|c| c["unsigned"] == 10 && c["confidence"] == "exact"), "{object}");
    assert!(!sixteen.is_empty() && sixteen.iter().all(|c| c["confidence"] == "guess"), "{object}");
    assert!(candidates.iter().zip(1..).all(|(candidate, rank)| candidate["rank"] == rank), "{object}");
    assert_eq!(candidates[0]["unsigned"], 10, "decimal first");
    // Equal readings are one.
    let five = explained("5");
    let mut once = ids(&five);
    assert!(five["candidates"].as_array().is_some_and(|all| all.iter().all(|c| c["confidence"] != "guess")), "{five}");
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), ids(&five).len());
    // Eight digits are as likely hexadecimal.
    assert_eq!(ids(&explained("80070521")), ids(&explained("0x80070521")));
}

#[test]
fn what_holds_no_code_says_why() {
    for (input, error) in [
        ("", "The input is empty."),
        ("   ", "The input is empty."),
        ("...", "The input holds neither a code nor a name."),
        ("0x", "There is no hexadecimal digit behind `0x`."),
        ("AADSTS", "There is no number behind `AADSTS`."),
        ("0x10000000000000000", "The number has more than 64 bits; codes have 32."),
        ("99999999999999999999999", "The number has more than 64 bits; codes have 32."),
    ] {
        let object = explained(input);
        assert_eq!(object["error"], error, "{input}");
        assert!(ids(&object).is_empty() && object["fields"].is_null(), "{object}");
        assert!(hexplain([input]).stdout.contains(error), "{input}");
    }
    for input in ["0x12345678", "NO_SUCH_NAME_ANYWHERE"] {
        assert!(explained(input)["error"].is_null(), "{input}");
    }
}

#[test]
fn a_misspelt_name_brings_near_ones() {
    let object = explained("DSREG_E_DIRECTORY_FAILED");
    assert!(ids(&object).is_empty());
    assert_eq!(object["suggestions"][0], "DSREG_E_DIRECTORY_FAILURE");
    assert!(words("DSREG_E_DIRECTORY_FAILED").stdout.contains("DSREG_E_DIRECTORY_FAILURE"));
    assert_eq!(explained("DSREG_E_DIRECTORY_FAILURE")["suggestions"], Value::Array(vec![]));
}

#[test]
fn a_guess_is_called_one() {
    let object = explained("AADSTS5012699");
    assert_eq!((ids(&object), &object["candidates"][0]["confidence"]), (vec!["aadsts:AADSTS50126"], &"guess".into()));
    assert!(words("AADSTS5012699").stdout.contains("(a guess)"));
}

#[test]
fn a_wrapper_around_a_nameless_number_is_a_candidate() {
    let object = explained("0x8007fff0");
    let candidate = &object["candidates"][0];
    assert_eq!((&candidate["name"], &candidate["confidence"]), (&Value::Null, &"derived".into()), "{object}");
    assert_eq!((&candidate["wraps"][0]["id"], &candidate["wraps"][0]["name"]), (&"win32:65520".into(), &Value::Null));
}

#[test]
fn a_family_may_be_given_several_times() {
    let read_as = |families: &[&str]| -> Vec<String> {
        let options = families.iter().flat_map(|family| ["--as", family]);
        let output = hexplain(["--json", "12007"].into_iter().chain(options));
        output.objects().iter().flat_map(ids).map(str::to_owned).collect()
    };
    assert_eq!(read_as(&["wininet"]), ["wininet:12007"]);
    assert_eq!(read_as(&["WinHTTP"]), ["winhttp:12007"]);
    assert_eq!(read_as(&["wininet", "winhttp"]), read_as(&["winhttp", "wininet"]));
    assert_eq!(read_as(&["wininet", "winhttp"]).len(), 2);
    assert_eq!(read_as(&["http"]), [""; 0]);
}

#[test]
fn two_codes_in_brackets_are_two_objects_in_their_order() {
    for (input, codes) in [
        ("[0x801c0021/0x80072ee2]", ["hresult:0x801C0021", "hresult:0x80072EE2"]),
        ("[0x80072ee2/0x801c0021]", ["hresult:0x80072EE2", "hresult:0x801C0021"]),
    ] {
        let output = hexplain(["--json", input]);
        assert_eq!(output.objects().iter().map(|object| ids(object)[0]).collect::<Vec<_>>(), codes, "{input}");
        let human = hexplain([input]).stdout;
        let places = codes.map(|id| human.find(id.trim_start_matches("hresult:")).expect("the code is printed"));
        assert!(places[0] < places[1], "{human}");
    }
}

#[test]
fn the_word_explain_may_be_left_out() {
    let inputs = ["--json", "0x801c03f2", "-2145647630", "AADSTS50126", "HTTP 407"];
    assert_eq!(hexplain(inputs).stdout, hexplain(["explain"].into_iter().chain(inputs)).stdout);
}

#[test]
fn inputs_stand_on_lines_of_standard_input() {
    for (stdin, expected) in [
        (&b"0x801c03f2\nAADSTS50126\n"[..], &["0x801c03f2", "AADSTS50126"][..]),
        (b"0x801c03f2\r\nHTTP 407\r\n", &["0x801c03f2", "HTTP 407"]),
        (b"0x801c03f2\n12007", &["0x801c03f2", "12007"]),
        (b"-2145647630\n\n12007\n", &["-2145647630", "", "12007"]),
        (b"--json\n-\n", &["--json", "-"]),
        (b"[0x801c0021/0x80072ee2]\n", &["0x801c0021", "0x80072ee2"]),
        (b"\xFF\xFE0x\xC3\n", &["\u{FFFD}\u{FFFD}0x\u{FFFD}"]),
        (b"\n", &[""]),
        (b"", &[]),
    ] {
        let output = hexplain_over(&["--json", "-"], stdin);
        assert_eq!((inputs(&output), output.stderr.as_str()), (expected.iter().map(ToString::to_string).collect(), ""));
        let known = |object: &Value| !ids(object).is_empty();
        assert_eq!(output.status, Some(i32::from(!output.objects().iter().all(known))), "{output:?}");
    }
    let between = hexplain_over(&["--json", "0x801c03f2", "-", "50126"], "12007\n");
    assert_eq!(inputs(&between), ["0x801c03f2", "12007", "50126"]);
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_no_utf8_comes_back_with_replacements() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let output = hexplain([OsStr::new("--json"), OsStr::from_bytes(b"\xFFabc")]);
    assert_eq!((inputs(&output), output.status), (vec!["\u{FFFD}abc".to_owned()], Some(1)));
}

/// A folder can be opened and not read.
#[cfg(unix)]
#[test]
fn a_standard_input_that_cannot_be_read_is_named_and_the_others_go_on() {
    let mut command = crate::run::command(["--json", "-", "0x801c03f2"]);
    command.stdin(std::fs::File::open("/").expect("the root folder can be opened"));
    let output = crate::run::finish(command);
    assert_eq!((output.status, output.stderr.lines().count()), (Some(2), 1), "{output:?}");
    assert_eq!(inputs(&output), ["0x801c03f2"], "{output:?}");
}

const TEN_MEGABYTES: usize = 10 << 20;

#[test]
fn a_line_of_ten_megabytes_is_one_input() {
    for byte in *b"a9[" {
        let line = vec![byte; TEN_MEGABYTES];
        let (status, stderr, lines) = lines_over(&["--json", "-"], line);
        assert_eq!((status, stderr.as_str(), lines), (Some(1), "", 1));
    }
    let output = hexplain_over(&["-"], "a".repeat(TEN_MEGABYTES));
    assert!(output.status == Some(1) && output.stdout.len() < 1000, "a person is spared ten megabytes");
}

#[test]
fn ten_megabytes_of_short_lines_are_as_many_inputs() {
    // A tenth of it where the binary is built for debugging, which is more than ten times as slow.
    let size = if cfg!(debug_assertions) { TEN_MEGABYTES / 10 } else { TEN_MEGABYTES };
    let lines = ["0x12345678\n", "-1\r\n", "99999999999\n", "0x\n", "\n", "\u{E4}0x12345678 0xC1D2E3F4\n"].concat();
    let stdin = lines.repeat(size / lines.len());
    let expected = stdin.matches('\n').count();
    let started = std::time::Instant::now();
    let (status, stderr, printed) = lines_over(&["--json", "-"], stdin.into());
    assert_eq!((status, stderr.as_str(), printed), (Some(1), "", expected));
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}
