//! Calls as a whole: exit statuses, messages, streams, and the commands that print no codes.

use hexplain::{DATA_VERSION, Family, Scenario};

use crate::run::{closed_early, command, finish, hexplain, never_read, words};

/// What the one line about an unusable call ends with.
const HELP: &str = "`hexplain --help` says what it takes.";

#[test]
fn the_exit_status_says_whether_all_was_answered() {
    let calls: &[(i32, &[&str])] = &[
        (0, &["0x801c03f2"]),
        (0, &["explain", "0x801c03f2"]),
        (0, &["0x801c03f2", "AADSTS50126"]),
        (0, &["--as", "hresult", "0x801c03f2"]),
        (0, &["search", "directory", "failure"]),
        (0, &["search", "--family", "hresult", "--limit", "1", "directory"]),
        (0, &["guide"]),
        (0, &["guide", "hybrid-join"]),
        (0, &["guide", "--json"]),
        (0, &["export", "--format", "csv"]),
        (0, &["--help"]),
        (0, &["--version"]),
        (0, &["man"]),
        (0, &["completions", "bash"]),
        (0, &["-"]),
        // Nothing by this number or name.
        (1, &["0x12345678"]),
        (1, &["NO_SUCH_NAME_ANYWHERE"]),
        (1, &["--as", "http", "0x801c03f2"]),
        (1, &["search", "nosuchwordanywhere"]),
        // Not readable as a code.
        (1, &["0x"]),
        (1, &["AADSTS"]),
        (1, &["99999999999999999999999"]),
        (1, &[""]),
        (1, &["  "]),
        (2, &["search", ""]),
        // One of several.
        (1, &["0x801c03f2", "0x12345678"]),
        (1, &["0x12345678", "0x801c03f2"]),
        // A guess is no answer.
        (1, &["AADSTS5012699"]),
        // A wrapper around a number without a name.
        (1, &["0x8007fff0"]),
        // The call is unusable.
        (2, &[]),
        (2, &["--json"]),
        (2, &["explain"]),
        (2, &["search"]),
        (2, &["export"]),
        (2, &["export", "--format", "xml"]),
        (2, &["export", "--format", "csv", "--family", "nope"]),
        (2, &["completions", "nope"]),
        (2, &["guide", "nope"]),
        (2, &["--as", "nope", "0x801c03f2"]),
        (2, &["--as"]),
        (2, &["--nope", "0x801c03f2"]),
        (2, &["search", "--limit", "many", "directory"]),
    ];
    for (status, args) in calls {
        let output = hexplain(*args);
        assert_eq!(output.status, Some(*status), "{args:?}: {output:?}");
        if *status == 2 {
            assert_eq!(output.stdout, "", "{args:?}");
            assert_eq!(output.stderr.lines().count(), 1, "{args:?}: {output:?}");
            assert!(output.stderr.starts_with("hexplain: ") && output.stderr.ends_with(".\n"), "{args:?}: {output:?}");
        } else {
            assert_eq!(output.stderr, "", "{args:?}");
        }
    }
}

#[test]
fn the_message_about_an_unusable_call_is_this_line() {
    let families = "x".parse::<Family>().expect_err("no family has this name");
    let scenarios = "x".parse::<Scenario>().expect_err("no scenario has this name");
    let messages = [
        ("--nope 1", "unexpected argument '--nope' found.".to_owned()),
        ("--as nope 1", format!("invalid value 'nope' for '--as <FAMILY>': {families}")),
        ("search --family nope tpm", format!("invalid value 'nope' for '--family <FAMILY>': {families}")),
        ("guide nope", format!("invalid value 'nope' for '[SCENARIO]': {scenarios}")),
    ];
    for (args, message) in messages {
        assert_eq!(words(args).stderr, format!("hexplain: {message} {HELP}\n"), "{args}");
    }
}

#[test]
fn the_message_names_what_is_missing() {
    for (args, missing) in [
        ("explain", "<INPUT>"),
        ("--json", "<INPUT>"),
        ("search", "<WORDS>"),
        ("export", "--format <FORMAT>"),
        ("completions", "<SHELL>"),
        ("", "<INPUT>"),
    ] {
        let output = words(args);
        assert!(output.stderr.contains(missing), "`hexplain {args}` says: {}", output.stderr);
    }
}

#[test]
fn the_message_names_the_words_there_are() {
    for (args, known) in [
        ("export --format xml", &["csv", "json", "markdown", "kql", "splunk"][..]),
        ("completions nope", &["bash", "zsh", "fish", "powershell"]),
        ("guide nope", &["hybrid-join", "entra-connect", "domain-services", "windows-365", "secure-connection"]),
        ("--as nope 1", &["hresult", "ntstatus", "win32"]),
    ] {
        let output = words(args);
        assert!(known.iter().all(|word| output.stderr.contains(word)), "`hexplain {args}` says: {}", output.stderr);
    }
}

#[test]
fn a_closed_pipe_ends_quietly() {
    for args in [
        "export --format json",
        "export --format markdown",
        "export --format kql",
        "search --limit 100000 e",
        "search --json --limit 100000 e",
        "guide --json",
        "guide hybrid-join",
    ] {
        assert_eq!(closed_early(args), (Some(0), String::new()), "{args}");
    }
    for args in ["0x801c03f2", "--json 0x801c03f2", "guide", "--help", "--version", "man"] {
        assert_eq!(never_read(args), (Some(0), String::new()), "{args}");
    }
}

#[test]
fn a_closed_pipe_ends_a_script_for_a_shell_quietly() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert_eq!(never_read(&format!("completions {shell}")), (Some(0), String::new()), "{shell}");
    }
}

#[test]
fn a_closed_pipe_ends_csv_quietly() {
    assert_eq!(closed_early("export --format csv"), (Some(0), String::new()));
    // The stanza may stand on standard error; a complaint may not.
    let (status, stderr) = closed_early("export --format splunk");
    assert!(status == Some(0) && !stderr.contains("cannot"), "{status:?}: {stderr}");
}

/// `/dev/full` takes nothing.
#[cfg(target_os = "linux")]
mod full {
    use std::fs::OpenOptions;
    use std::process::Stdio;

    use crate::run::{command, finish};

    fn full() -> Stdio {
        OpenOptions::new().write(true).open("/dev/full").expect("Linux has this device").into()
    }

    #[test]
    fn an_output_that_cannot_be_written_is_named() {
        for args in ["0x801c03f2", "--json 0x801c03f2", "export --format csv", "export --format json", "guide", "man"] {
            let mut command = command(args.split(' '));
            command.stdout(full());
            let output = finish(command);
            assert_eq!(output.status, Some(2), "{args}: {output:?}");
            assert!(output.stderr.starts_with("hexplain: The output cannot be written: "), "{args}: {output:?}");
            assert_eq!(output.stderr.lines().count(), 1, "{args}: {output:?}");
        }
    }

    #[test]
    fn messages_that_cannot_be_written_are_no_panic() {
        for (args, status) in [("--nope", 2), ("export --format splunk --family http", 0)] {
            let mut command = command(args.split(' '));
            command.stderr(full());
            assert_eq!(finish(command).status, Some(status), "{args}");
        }
    }
}

/// Runs a few calls in an environment, none of them on a terminal.
fn assert_uncoloured(environment: &[(&str, &str)]) {
    for args in ["0x801c03f2 0x12345678 12007", "search tpm", "guide", "guide windows-365", "--help", "--nope"] {
        let mut command = command(args.split(' '));
        command.envs(environment.iter().copied());
        let output = finish(command);
        assert!(
            !output.stdout.contains('\x1b') && !output.stderr.contains('\x1b'),
            "{args} {environment:?}: {output:?}"
        );
    }
}

#[test]
fn nothing_is_coloured_where_no_terminal_is() {
    assert_uncoloured(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]);
    assert_uncoloured(&[("TERM", "xterm-256color"), ("NO_COLOR", "1")]);
}

/// The contract has colours on a terminal alone, without an exception.
#[test]
fn no_wish_for_colours_brings_them_where_no_terminal_is() {
    assert_uncoloured(&[("CLICOLOR_FORCE", "1")]);
}

#[test]
fn control_characters_of_an_input_are_escaped() {
    let output = hexplain(["--json", "\x1b[31mred\n\u{7}"]);
    assert_eq!(output.stdout.lines().count(), 1);
    assert!(output.stdout.contains(r#""input":"\u001b[31mred\n\u0007""#), "{output:?}");
    let output = hexplain(["\x1b[31mred\n\u{7}"]);
    assert_eq!(output.stdout.lines().count(), 1, "{output:?}");
    assert!(!output.stdout.contains(['\x1b', '\u{7}']), "{output:?}");
}

#[test]
fn the_version_is_that_of_the_program_and_of_the_data() {
    let expected = format!("hexplain {} (data {DATA_VERSION})\n", env!("CARGO_PKG_VERSION"));
    for args in ["--version", "-V"] {
        assert_eq!(words(args).stdout, expected);
    }
}

#[test]
fn the_help_tells_of_every_command_and_of_the_exit_status() {
    let help = words("--help").stdout;
    for word in
        ["Exit status: 0", "1 something was not found", "2 ", "explain", "search", "guide", "export", "--as", "--json"]
    {
        assert!(help.contains(word), "{word}: {help}");
    }
    assert_eq!(words("-h").status, Some(0));
    for command in ["explain", "search", "guide", "export", "completions", "man"] {
        let output = hexplain([command, "--help"]);
        assert!(output.status == Some(0) && output.stdout.contains("Usage: hexplain "), "{output:?}");
    }
}

#[test]
fn every_shell_gets_a_script_and_man_a_page() {
    for (shell, mark) in [
        ("bash", "complete -F _hexplain"),
        ("zsh", "#compdef hexplain"),
        ("fish", "complete -c hexplain"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        let script = words(&format!("completions {shell}")).stdout;
        for word in [mark, "search", "guide", "export", "json"] {
            assert!(script.contains(word), "{shell} lacks {word}");
        }
    }
    let page = words("man").stdout;
    for word in [".TH hexplain 1", ".SH NAME", ".SH SYNOPSIS", ".SH OPTIONS", "Exit status: 0", "search", "guide"] {
        assert!(page.contains(word), "the page lacks {word}");
    }
}

#[test]
fn a_guide_is_found_by_any_case_of_its_name_and_listed_without_one() {
    let list = words("guide").stdout;
    for scenario in Scenario::ALL {
        assert!(list.lines().any(|line| line.starts_with(scenario.as_str())), "{scenario}: {list}");
        let guide = words(&format!("guide {}", scenario.as_str().to_uppercase()));
        assert!(guide.status == Some(0) && guide.stdout.contains("1. "), "{guide:?}");
    }
}

#[test]
fn a_search_is_limited_ordered_and_narrowed() {
    let ids = |args: &str| -> Vec<String> {
        words(args).objects().iter().map(|found| found["id"].as_str().expect("an id").to_owned()).collect()
    };
    let all = ids("search --json --limit 100000 error");
    assert_eq!(all[..20], ids("search --json error")[..], "twenty are shown");
    assert_eq!(all[..3], ids("search --json --limit 3 error")[..]);
    assert_eq!(ids("search --json --limit 0 error"), [""; 0]);
    let families = "search --json --limit 100000 error --family http --family winhttp";
    let narrowed: Vec<_> =
        all.iter().filter(|id| id.starts_with("http:") || id.starts_with("winhttp:")).cloned().collect();
    assert_eq!(narrowed, ids(families));
    assert_eq!(ids("search --json DIRECTORY failure"), ids("search --json failure directory"));
    let rest = words("search --limit 3 error").stdout;
    let last = rest.lines().last().unwrap_or_default();
    assert_eq!(last, format!("and {} more; --limit {} shows them all.", all.len() - 3, all.len()));
}

#[cfg(unix)]
#[test]
fn a_search_for_what_is_no_utf8_is_one_line() {
    use std::os::unix::ffi::OsStrExt;

    let output = finish(command([std::ffi::OsStr::new("search"), std::ffi::OsStr::from_bytes(b"\xFF")]));
    assert_eq!((output.status, output.stderr.lines().count()), (Some(2), 1), "{output:?}");
}
