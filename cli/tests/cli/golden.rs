//! Whole outputs, for people and as JSON, compared with the files of `tests/golden/`.
//!
//! The data grows; `UPDATE_GOLDEN=1 cargo test -p hexplain-cli golden` writes the files anew, and the difference is
//! for a person to read.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::json::check_output;
use crate::run::hexplain;

/// The name of the two files, `.txt` and `.json`, and the arguments; for JSON, `--json` is added.
const GOLDEN: [(&str, &[&str]); 20] = [
    ("hresult", &["0x801c03f2"]),
    ("aadsts", &["AADSTS50126"]),
    ("homonyms", &["12007"]),
    ("ntstatus", &["0xc000006d"]),
    ("condition", &["AzureRoleMissing"]),
    ("http", &["HTTP 407"]),
    ("event", &["event 1081"]),
    ("two-codes", &["[0x801c0021/0x80072ee2]"]),
    ("wrapped", &["0x80070521"]),
    ("wrapped-advice", &["0x80070520"]),
    ("unknown-number", &["0x12345678"]),
    ("unknown-name", &["DSREG_E_DIRECTORY_FAILED"]),
    ("unreadable", &["0x", ""]),
    ("guess", &["AADSTS5012699"]),
    ("guide-windows-365", &["guide", "windows-365"]),
    ("guide-domain-services", &["guide", "domain-services"]),
    ("search-tpm", &["search", "tpm"]),
    ("scan", &["scan", "tests/sample.log"]),
    ("dsregcmd-join", &["dsregcmd", "../tests/captures/join-sync-device-not-found.txt"]),
    ("dsregcmd-prt", &["dsregcmd", "../tests/captures/prt-aadsts50155.txt"]),
];

/// The first line that differs, with its number.
fn difference(expected: &str, actual: &str) -> Option<String> {
    if expected == actual {
        return None;
    }
    let same = expected.lines().zip(actual.lines()).take_while(|(expected, actual)| expected == actual).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(the end)").to_owned();
    Some(format!("line {}\n  expected: {}\n  printed:  {}", same + 1, line(expected), line(actual)))
}

#[test]
fn outputs_are_those_of_the_golden_files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let update = std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1");
    let mut known = BTreeSet::new();
    let mut faults = Vec::new();
    for (name, args) in GOLDEN {
        for (extension, option) in [("txt", None), ("json", Some("--json"))] {
            let output = hexplain(args.iter().copied().chain(option));
            if option.is_some() {
                check_output(args[0], &output.objects());
            }
            let file = format!("{name}.{extension}");
            if update {
                fs::write(folder.join(&file), &output.stdout).expect("the golden file can be written");
            } else {
                // A checkout on Windows may have made the line ends its own.
                let golden = fs::read_to_string(folder.join(&file)).unwrap_or_default().replace("\r\n", "\n");
                faults.extend(difference(&golden, &output.stdout).map(|difference| format!("{file}, {difference}")));
            }
            known.insert(file);
        }
    }
    for item in fs::read_dir(&folder).expect("the folder is there") {
        let file = item.expect("it can be read").file_name().to_string_lossy().into_owned();
        if !known.contains(&file) {
            faults.push(format!("{file} is nobody's"));
        }
    }
    assert!(faults.is_empty(), "{}\nUPDATE_GOLDEN=1 writes the files anew", faults.join("\n"));
}
