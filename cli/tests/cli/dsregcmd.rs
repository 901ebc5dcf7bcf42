//! `hexplain dsregcmd`: what it reads, what it prints, and how it ends. What single captures tell is tested with the
//! library.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::json::check_output;
use crate::run::{Folder, closed_early, hexplain, hexplain_over};

/// A capture of the library's tests.
fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/captures").join(name);
    fs::read_to_string(path).expect("the capture is there")
}

/// A joined device of which nothing is wrong.
const HEALTHY: &str = " AzureAdJoined : YES\n DomainJoined : NO\n AzureAdPrt : YES\n MdmUrl : https://a.example\n";
/// A device whose join failed.
const FAILED: &str = " AzureAdJoined : NO\n DomainJoined : YES\n Device Name : PC7.contoso.com\n Error Phase : join\n \
                      Client ErrorCode : 0x801c03f2\n";

#[test]
fn every_capture_prints_the_json_of_the_contract() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/captures");
    let names = fs::read_dir(&folder).expect("the folder is there").map(|item| item.expect("it can be read").path());
    let mut files: Vec<_> = names.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    files.sort();
    let output =
        hexplain(["dsregcmd".as_ref(), "--json".as_ref()].into_iter().chain(files.iter().map(|f| f.as_os_str())));
    assert_eq!((output.status, output.stderr.as_str()), (Some(1), ""));
    let objects = output.objects();
    assert!(objects.len() > files.len());
    check_output("dsregcmd", &objects);
    let paths: Vec<&str> = objects.iter().filter_map(|object| object["path"].as_str()).collect();
    assert!(paths.is_sorted());

    let again = hexplain(
        ["dsregcmd".as_ref(), "--json".as_ref(), "--threads".as_ref(), "7".as_ref()]
            .into_iter()
            .chain(files.iter().map(|f| f.as_os_str())),
    );
    assert_eq!(again.stdout, output.stdout);
}

#[test]
fn the_exit_status_says_what_was_diagnosed() {
    let folder = Folder::new();
    let healthy = folder.write("healthy.txt", HEALTHY);
    let failed = folder.write("failed.txt", FAILED);
    let other = folder.write("other.txt", "Volume in drive C has no label.\n");
    let empty = folder.write("empty.txt", "");
    let binary = folder.write("binary.txt", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF\0\0");
    let missing = format!("{}/missing.txt", folder.path());
    let calls: &[(i32, &[&str])] = &[
        (0, &[&healthy]),
        (1, &[&failed]),
        (1, &[&failed, &healthy]),
        (2, &[&other]),
        (2, &[&failed, &other, &healthy]),
        (2, &[&empty]),
        (2, &[&binary]),
        (2, &[&missing]),
    ];
    for (status, files) in calls {
        for option in ["--json", "--summary", "--fields", "--redact"] {
            let output = hexplain(["dsregcmd", option].iter().chain(*files));
            assert_eq!(output.status, Some(*status), "{files:?} {output:?}");
            let complaints = output.stderr.lines().count();
            assert_eq!(complaints, usize::from(*status == 2), "{output:?}");
            if option == "--json" {
                let captures = files.iter().filter(|file| [&healthy, &failed].contains(&&file.to_string()));
                assert_eq!(output.objects().len(), captures.count());
            }
        }
    }
}

#[test]
fn what_is_no_capture_is_named_with_its_remedy() {
    let folder = Folder::new();
    let remedy = "Make one with `dsregcmd /status > status.txt`.";
    let other = folder.write("other.txt", "Volume in drive C has no label.\n");
    assert_eq!(
        hexplain(["dsregcmd", &other]).stderr,
        format!(
            "hexplain: {other}: This is no output of `dsregcmd /status`: no title such as `Device State` and no lines such as \
             `AzureAdJoined : YES` stand in it. {remedy}\n"
        )
    );
    let make = "Make a capture with `dsregcmd /status > status.txt`.";
    let empty = folder.write("empty.txt", "");
    assert_eq!(hexplain(["dsregcmd", &empty]).stderr, format!("hexplain: {empty}: There is nothing in it. {make}\n"));
    assert_eq!(hexplain(["dsregcmd"]).stderr, format!("hexplain: -: There is nothing in it. {make}\n"));
    let binary = folder.write("binary.exe", b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF\0\0");
    assert_eq!(
        hexplain(["dsregcmd", &binary]).stderr,
        format!("hexplain: {binary}: This is no text but some binary file. {make}\n")
    );
    let log = folder.write("log.evtx", b"ElfFile\0");
    assert_eq!(
        hexplain(["dsregcmd", &log]).stderr,
        format!("hexplain: {log}: This is an event log. `hexplain scan` explains its codes.\n")
    );
    let now = hexplain(["dsregcmd", "--now", "yesterday", &empty]);
    assert_eq!(
        (now.status, now.stderr.as_str()),
        (
            Some(2),
            "hexplain: invalid value 'yesterday' for '--now <TIME>': This is no time in UTC; write it as \
             2024-05-01T09:30:00Z. `hexplain --help` says what it takes.\n"
        )
    );
}

#[test]
fn captures_come_from_pipes_and_in_the_encodings_of_windows() {
    let text = fixture("join-sync-device-not-found.txt");
    let plain = hexplain_over(&["dsregcmd", "--json"], text.as_bytes());
    assert_eq!(plain.status, Some(1));
    let wide: Vec<u8> =
        format!("\u{FEFF}{}", text.replace('\n', "\r\n")).encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(hexplain_over(&["dsregcmd", "--json", "-"], wide).stdout, plain.stdout);
    // A German code page.
    let mut bytes = text.into_bytes();
    bytes.extend_from_slice(b"\r\nC:\\Users\\J\xF6rg>");
    assert_eq!(hexplain_over(&["dsregcmd", "--json"], bytes).stdout, plain.stdout);
}

#[test]
fn a_folder_is_a_table() {
    let folder = Folder::new();
    folder.write("a/1.txt", FAILED);
    folder.write("a/2.txt", FAILED);
    folder.write("b.txt", HEALTHY);
    folder.write("c.txt", "AzureAdJoined : YES\nDomainJoined : NO\nAzureAdPrt : NO\n");
    let output = hexplain(["dsregcmd", folder.path()]);
    let path = folder.path();
    // Columns are as wide as what stands in them.
    let table: Vec<String> = output.stdout.lines().map(|line| line.replace(path, "FOLDER").trim().to_owned()).collect();
    assert_eq!(
        table,
        [
            "Captures  Join state     Phase      Code or finding                       First in",
            "2  domain-joined  join       0x801C03F2 DSREG_E_DIRECTORY_FAILURE  FOLDER/a/1.txt",
            "1  entra-joined   -          -                                     FOLDER/b.txt",
            "1  entra-joined   post-join  prt-missing                           FOLDER/c.txt",
            "Captures: 4; without an error or a warning: 1. A capture stands in the row of each of its codes.",
        ]
    );
    assert_eq!((output.status, output.stderr.as_str()), (Some(1), ""));
    assert_eq!(hexplain(["dsregcmd", "--json", path]).objects().len(), 4);
    let empty = Folder::new();
    let output = hexplain(["dsregcmd", empty.path()]);
    assert_eq!((output.status, output.stderr.lines().count()), (Some(2), 1));
}

#[test]
fn what_changed_is_told() {
    let folder = Folder::new();
    let before = folder.write("before.txt", FAILED);
    let after = folder.write(
        "after.txt",
        " AzureAdJoined : YES\n DomainJoined : YES\n Device Name : PC7.contoso.com\n AzureAdPrt : YES\n",
    );
    let output = hexplain(["dsregcmd", "--json", "--diff", &before, &after]);
    let objects = output.objects();
    let expected: Value = serde_json::json!({
        "schema": 1,
        "before": before,
        "after": after,
        "join_state": { "before": "domain-joined", "after": "entra-hybrid-joined" },
        "phase": { "before": "join", "after": null },
        "changes": [
            { "section": "", "field": "AzureAdJoined", "before": "NO", "after": "YES" },
            { "section": "", "field": "AzureAdPrt", "before": null, "after": "YES" },
            { "section": "", "field": "Error Phase", "before": "join", "after": null },
            { "section": "", "field": "Client ErrorCode", "before": "0x801c03f2", "after": null },
        ],
        "resolved": ["join-failed"],
        "new": [],
        "remaining": [],
    });
    assert_eq!((output.status, objects.as_slice()), (Some(0), &[expected][..]));

    let told = hexplain(["dsregcmd", "--redact", "--diff", &before, &after]);
    assert!(
        told.stdout.contains("Resolved\n  ERROR    The last attempt to join Microsoft Entra ID failed  join-failed\n"),
        "{told:?}"
    );
    assert!(told.stdout.contains("  AzureAdJoined\n    - NO\n    + YES\n"), "{told:?}");
    assert_eq!(hexplain(["dsregcmd", "--diff", &after, &before]).status, Some(1));
    let same = hexplain(["dsregcmd", "--diff", &after, &after]);
    assert!(same.stdout.contains("All are the same."), "{same:?}");
    for args in [&["--diff", &before][..], &["--diff", &before, "nowhere.txt"], &["--diff", &before, &after, &after]] {
        let output = hexplain(["dsregcmd"].iter().chain(args));
        assert_eq!((output.status, output.stderr.lines().count()), (Some(2), 1), "{output:?}");
    }
}

#[test]
fn nothing_that_identifies_is_left_in_any_output() {
    let folder = Folder::new();
    let text = "
| Device State |
    AzureAdJoined : YES
    DomainJoined : YES
    DomainName : CONTOSO
    Device Name : LAPTOP-7.corp.contoso.com
| Device Details |
    DeviceId : 0F0E0D0C-1111-2222-3333-444455556666
    Thumbprint : 00112233445566778899AABBCCDDEEFF00112233
    KeyContainerId : 99999999-aaaa-bbbb-cccc-ddddeeeeffff
| Tenant Details |
    TenantName : Contoso Ltd
    TenantId : 12345678-90ab-cdef-1234-567890abcdef
    AuthCodeUrl : https://login.microsoftonline.com/12345678-90ab-cdef-1234-567890abcdef/oauth2/authorize
    SettingsUrl : eyJVcmlzIjpbImh0dHBzOi8v
| SSO State |
    AzureAdPrt : NO
    Attempt Status : 0xc000006d
    User Identity : jane.doe@contoso.com
    Endpoint URI : https://sts.contoso.com/adfs/services/trust/13/usernamemixed
    Server Error Description : AADSTS50034: The user account jane.doe@contoso.com does not exist in the 12345678-90AB-CDEF-1234-567890ABCDEF directory. Contoso Ltd, LAPTOP-7, CONTOSO\\jane.doe, S-1-5-21-1-2-3-1001.
| Diagnostic Data |
    Executing Account Name : CONTOSO\\jane.doe, jane.doe@contoso.com
| A Box Of The Future |
    Owner : jane.doe@contoso.com
";
    let file = folder.write("LAPTOP-7.txt", text);
    let other = folder.write("other.txt", HEALTHY);
    for args in [
        &["--redact", &file][..],
        &["--redact", "--json", &file],
        &["--redact", "--fields", &file],
        &["--redact", "--summary", &file],
        &["--redact", "--diff", &file, &other],
        &["--redact", "--json", "--diff", &other, &file],
    ] {
        let output = hexplain(["dsregcmd"].iter().chain(args));
        let shown = output.stdout.to_lowercase();
        // The folder of the test is nobody's.
        let shown = shown.replace(&folder.path().to_lowercase(), "");
        for identity in [
            "contoso", "laptop", "jane", "doe@", "0f0e0d0c", "00112233", "99999999", "12345678", "eyjvcmlz", "sts.",
            "s-1-5", "corp",
        ] {
            let left = shown.lines().find(|line| line.contains(identity));
            assert_eq!(left, None, "{args:?}: `{identity}` is left");
        }
    }
}

#[test]
fn what_is_said_of_unusable_files_is_redacted_too() {
    let folder = Folder::new();
    let capture = folder.write("1.txt", FAILED);
    let other = folder.write("jane@contoso.com.txt", "Volume in drive C has no label.\n");
    for args in [&[capture.as_str(), &other][..], &["--diff", &capture, &other]] {
        let output = hexplain(["dsregcmd", "--redact"].iter().chain(args));
        assert_eq!((output.status, output.stderr.lines().count()), (Some(2), 1), "{output:?}");
        assert!(output.stderr.contains("user-1@") && !output.stderr.contains("jane"), "{output:?}");
    }
}

#[test]
fn what_a_later_capture_gives_away_is_hidden_in_an_earlier_one() {
    let first = "| Device State |\n AzureAdJoined : NO\n DomainJoined : YES\n Server Message : LAPTOP-77 of Fabrikam AG is unknown\n";
    let second = "| Device State |\n AzureAdJoined : YES\n Device Name : LAPTOP-77\n TenantName : Fabrikam AG\n";
    let output = hexplain_over(&["dsregcmd", "--redact", "--fields"], format!("{first}{second}"));
    assert!(output.stdout.contains("host-1 of tenant-1 is unknown"), "{output:?}");
}

#[test]
fn folders_that_are_of_no_use_are_named() {
    let (folder, empty) = (Folder::new(), Folder::new());
    folder.write("1.txt", HEALTHY);
    let output = hexplain(["dsregcmd", empty.path(), folder.path()]);
    assert_eq!(output.status, Some(2));
    assert_eq!(output.stderr, format!("hexplain: {} holds no file; put captures into it, one a file.\n", empty.path()));
    assert!(output.stdout.ends_with(
        "Captures: 1; without an error or a warning: 1. A capture stands in the row of each of its codes.\n"
    ));
    assert_eq!(hexplain(["dsregcmd", empty.path()]).stdout, "");
    let output = hexplain(["dsregcmd", "--diff", folder.path(), folder.path()]);
    assert_eq!(output.status, Some(2));
    assert!(output.stderr.lines().all(|line| line.ends_with("Name a file.")), "{output:?}");
}

#[test]
fn a_reader_may_close_the_pipe() {
    let capture = "../tests/captures/join-sync-device-not-found.txt";
    for option in ["--json", "--fields"] {
        let files = [capture].repeat(100).join(" ");
        assert_eq!(closed_early(&format!("dsregcmd {option} {files}")), (Some(0), String::new()));
    }
}
