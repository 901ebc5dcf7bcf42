//! The table compiler, from texts to tables or to faults. Its modules' own unit tests run here too, since a build
//! script has no tests.

#[path = "../build/mod.rs"]
#[allow(dead_code, missing_docs)]
mod build;

use build::{Input, compile, content_hash, emit};

const SOURCES: &str = "# Sources\n\n| Key | Title | URL | Version | Date | License | Trust |\n\
    | --- | --- | --- | --- | --- | --- | --- |\n| `s` | T | https://e.example/ | | 2024-11-25 | CC | Official. |\n";

/// A small sound set of files: an entry of each family, a guide, facilities.
fn sound() -> Vec<Input> {
    let mut files = vec![
        ("data/SOURCES.md", SOURCES.to_owned()),
        ("data/VERSION", "2026.11.21\n".to_owned()),
        ("data/signals/facilities.md", "# F\n\n- Source: `s`\n\n## H\n\n- Facilities: `hresult`\n\n| Number | Name |\n| --- | --- |\n| 7 | FACILITY_WIN32 |\n".to_owned()),
        ("data/guidance/hybrid-join.md", GUIDE.to_owned()),
        ("data/signals/events.md", "# E\n\n- Family: `event`\n- Source: `s`\n\n| Code | Channel | Summary |\n| --- | --- | --- |\n| 204 | `Log/Admin` | It stopped before its end. |\n".to_owned()),
        ("data/codes/condition/a.md", "# C\n\n- Family: `condition`\n- Source: `s`\n\n| Code | Name | Message | Summary |\n| --- | --- | --- | --- |\n| a/b | Label | `Not * found` | It is gone for good. |\n".to_owned()),
    ];
    for (family, code) in [
        ("hresult", "0x801C03F2"),
        ("ntstatus", "0xC000006D"),
        ("win32", "5"),
        ("winhttp", "12007"),
        ("wininet", "12007"),
        ("aadsts", "AADSTS50126"),
        ("http", "407"),
    ] {
        files.push((
            Box::leak(format!("data/codes/{family}/a.md").into_boxed_str()),
            format!("# T\n\n- Family: `{family}`\n- Source: `s`\n\n| Code | Name | Summary |\n| --- | --- | --- |\n| {code} | NAME_{family} | It stopped before its end. |\n"),
        ));
    }
    files.into_iter().map(|(path, text)| Input { path: path.to_owned(), text }).collect()
}

const GUIDE: &str = "# G\n\n- Scenario: `hybrid-join`\n- Source: `s`\n\n## Join\n\n- Phase: `join`\n\n### Errors\n\n\
    - Id: `errors`\n- Kind: `reference`\n\n| Entry | Reason | Resolution | Retry | Events | Links |\n\
    | --- | --- | --- | --- | --- | --- |\n\
    | `hresult:0x801C03F2` NAME_hresult | It is so. | Do this. | after 300 s | `event:204` | [P](https://e.example/p) |\n";

/// The faults of the sound set with one file replaced or added.
fn faults_with(path: &str, text: &str) -> Vec<String> {
    let mut inputs = sound();
    inputs.retain(|input| input.path != path);
    inputs.push(Input { path: path.to_owned(), text: text.to_owned() });
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    match compile(&inputs, true) {
        Ok(_) => vec![],
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

/// The faults of one file of HRESULTs with these rows.
fn faults_of_rows(columns: &str, rows: &str) -> Vec<String> {
    let rule = "| --- ".repeat(columns.matches('|').count() - 1);
    faults_with(
        "data/codes/hresult/b.md",
        &format!("# T\n\n- Family: `hresult`\n- Source: `s`\n\n{columns}\n{rule}|\n{rows}\n"),
    )
}

#[test]
fn a_sound_set_compiles_to_the_same_bytes_each_time() {
    let first = compile(&sound(), true).expect("the set is sound");
    let again = compile(&sound(), true).expect("the set is sound");
    assert_eq!(first, again);
    assert!(first["hresult.names.txt"].contains("NAME_hresult"));
}

#[test]
fn the_data_of_the_project_compiles_and_its_version_knows_it() {
    let mut inputs = Vec::new();
    read_folder(std::path::Path::new("data"), &mut inputs);
    inputs.sort_by(|a, b| a.path.cmp(&b.path));
    let faults = compile(&inputs, true).err().unwrap_or_default();
    assert!(faults.is_empty(), "{faults:#?}");
    // Whoever changes the data says so: a version, and the hash of what it stands for.
    let version = inputs.iter().find(|i| i.path == "data/VERSION").expect("there is a version").text.clone();
    let hash = format!("{:016X}", content_hash(&inputs));
    assert_eq!(
        version.lines().nth(1),
        Some(hash.as_str()),
        "The data changed: raise the version on line 1 of data/VERSION if this is a new day's release, and write {hash} on line 2."
    );
}

fn read_folder(folder: &std::path::Path, inputs: &mut Vec<Input>) {
    for item in std::fs::read_dir(folder).expect("the folder exists") {
        let path = item.expect("it can be read").path();
        if path.is_dir() {
            read_folder(&path, inputs);
        } else {
            let text = std::fs::read_to_string(&path).expect("it is UTF-8");
            inputs.push(Input { path: path.to_string_lossy().replace('\\', "/"), text });
        }
    }
}

#[test]
fn wrong_codes_are_told_with_their_place() {
    assert_eq!(
        faults_of_rows("| Code | Decimal |", "| 0x801C03F3 | -2145647630 |"),
        [
            "data/codes/hresult/b.md:8: 0x801C03F3 is -2145647629 in decimal, and the row says -2145647630. Find out which of the two is right."
        ]
    );
    assert_eq!(
        faults_of_rows("| Code |", "| 0x801c03f3 |"),
        ["data/codes/hresult/b.md:8: `0x801c03f3` is no hresult code. Write `0x` and eight upper-case hex digits."]
    );
    let one = |family: &str, code: &str| {
        let head = format!("# T\n\n- Family: `{family}`\n- Source: `s`\n\n| Code | Name |\n| --- | --- |\n");
        faults_with("data/codes/x.md", &format!("{head}| {code} | N |\n"))
    };
    assert_eq!(
        one("winhttp", "1"),
        ["data/codes/x.md:8: `1` is no winhttp code. Write a decimal from 12000 to 12999."]
    );
    assert_eq!(one("http", "99"), ["data/codes/x.md:8: `99` is no http code. Write a decimal from 100 to 999."]);
    assert_eq!(one("win32", "05"), ["data/codes/x.md:8: `05` is no win32 code. Write a decimal of at most 32 bits."]);
    assert_eq!(
        one("aadsts", "50034"),
        ["data/codes/x.md:8: `50034` is no aadsts code. Write `AADSTS` and five to seven digits."]
    );
    assert_eq!(
        one("bogus", "1"),
        [
            "data/codes/x.md:3: ``bogus`` is unknown. There is no such family; write hresult, ntstatus, win32, winhttp, wininet, aadsts, http, ldap, kerberos, bugcheck, cm-problem, ese, wlan, configret, dns, tls-alert, rdp, rdp-extended, pdh, msi-action, msi-database, setup-phase, setup-operation, syncml, apple-mdm, intune-app, mmsys, tapi, mapi, condition or event."
        ]
    );
}

#[test]
fn duplicates_are_told_with_both_places() {
    assert_eq!(
        faults_of_rows("| Code | Name |", "| 0x80000001 | ONE |\n| 0x80000001 | one |"),
        [
            "data/codes/hresult/b.md:9: `hresult:0x80000001` stands at data/codes/hresult/b.md:8 already. Keep one row, with the other name as an alias."
        ]
    );
    assert_eq!(
        faults_of_rows("| Code | Name | Aliases |", "| 0x80000001 | ONE | TWO, two |"),
        ["data/codes/hresult/b.md:8: The row says `two` twice. Keep one."]
    );
    assert_eq!(
        faults_of_rows("| Code | Aliases |", "| 0x80000001 | TWO |"),
        ["data/codes/hresult/b.md:8: The row has aliases and no name. Make the best known one its name."]
    );
    assert_eq!(
        faults_with("data/guidance/hybrid-join.md", &format!("{GUIDE}| `hresult:0x801C03F2` | A. | B. | | | |\n")),
        [
            "data/guidance/hybrid-join.md:18: The advice `hybrid-join/join/name-hresult` stands at data/guidance/hybrid-join.md:17 already. Give an entry one row in each phase."
        ]
    );
    assert_eq!(
        faults_with(
            "data/guidance/hybrid-join.md",
            &format!("{GUIDE}\n### Again\n\n- Id: `errors`\n- Kind: `check`\n\nSteps:\n\n1. Go.\n")
        ),
        [
            "data/guidance/hybrid-join.md:19: The section id `errors` stands at data/guidance/hybrid-join.md:10 already. Give each section its own."
        ]
    );
    let source = "| `s` | T | https://e.example/ | | 2024-11-25 | CC | Official. |\n";
    assert_eq!(
        faults_with("data/SOURCES.md", &format!("{SOURCES}{source}")),
        ["data/SOURCES.md:6: The source `s` stands at data/SOURCES.md:5 already. Give each source one row."]
    );
}

#[test]
fn columns_and_settings_are_checked() {
    assert_eq!(
        faults_of_rows("| Code | Colour |", "| 0x80000001 | red |"),
        [
            "data/codes/hresult/b.md:6: There is no column `Colour` in this kind of table. Use one of Code, Name, Summary, Aliases, Notes, Basis, Severity, Source, Decimal."
        ]
    );
    assert_eq!(
        faults_of_rows("| Name |", "| A |"),
        ["data/codes/hresult/b.md:6: The column `Code` is missing. Add it."]
    );
    assert_eq!(
        faults_of_rows("| Code | Name | Name |", "| 0x80000001 | A | A |"),
        ["data/codes/hresult/b.md:6: The column `Name` stands twice. Keep one."]
    );
    assert_eq!(
        faults_with("data/codes/x.md", "# T\n\n- Family: `win32`\n"),
        ["data/codes/x.md:1: The file names no source. Write `- Source: `key`` under its title."]
    );
    assert_eq!(
        faults_with("data/codes/x.md", "# T\n\n- Source: `s`\n"),
        ["data/codes/x.md:1: The file names no family. Write `- Family: `hresult`` under its title."]
    );
    assert_eq!(
        faults_with("data/codes/x.md", "# T\n\n- Family: `win32`\n- Source: `s`\n- Colour: red\n"),
        ["data/codes/x.md:5: There is no setting `Colour` under this heading. Use one of Family, Source, Feature."]
    );
    assert_eq!(
        faults_with("data/codes/x.md", "# T\n\n- Family: `win32`\n- Source: `s`\n- Source: `s`\n"),
        ["data/codes/x.md:5: The setting `Source` stands twice. Keep one."]
    );
    assert_eq!(
        faults_with("data/codes/x.md", "# T\n\n- Family: `win32`\n- Source: `t`\n"),
        ["data/codes/x.md:4: There is no source `t`. Add a row for it to `data/SOURCES.md`."]
    );
    assert_eq!(
        faults_with("data/codes/x.txt", "hello"),
        ["data/codes/x.txt:1: This is no Markdown file. Keep only `.md` files and `VERSION` in `data/`."]
    );
    assert_eq!(
        faults_with("data/codes/x.md", "## T\n"),
        ["data/codes/x.md:1: The file has no title. Begin it with `# Title`."]
    );
}

#[test]
fn sentences_are_checked() {
    let note = |text: &str| faults_of_rows("| Code | Notes |", &format!("| 0x80000001 | {text} |"));
    let place = "data/codes/hresult/b.md:8:";
    assert_eq!(
        note("No stop"),
        [format!("{place} `No stop...` does not end with a full stop. Write whole sentences.")]
    );
    assert_eq!(note("Two  blanks."), [format!("{place} `Two  blanks....` holds two blanks in a row. Keep one.")]);
    assert_eq!(note("It is is so."), [format!("{place} `It is is so....` says `is is`. Say it once.")]);
    assert_eq!(
        note("It\u{2019}s."),
        [format!("{place} `It\u{2019}s....` holds the typographic character U+2019. Write its ASCII counterpart.")]
    );
    assert_eq!(
        note("Open `code."),
        [format!("{place} `Open `code....` has a backtick without its partner. Close the code span.")]
    );
    assert_eq!(note("The server says `No. Go.`"), Vec::<String>::new());
}

#[test]
fn summaries_are_one_sentence_that_adds_to_the_name() {
    let of = |name: &str, text: &str| {
        faults_of_rows("| Code | Name | Summary | Aliases |", &format!("| 0x80000001 | {name} | {text} | WaitEnded |"))
    };
    let place = "data/codes/hresult/b.md:8:";
    let length = |start: &str, count: usize| {
        format!("{place} The summary `{start}...` has {count} words. Write one sentence of 5 to 25 words.")
    };
    assert_eq!(of("A_B", "Nobody is at home."), [length("Nobody is at home.", 4)]);
    let long = format!("Nobody{} it ends.", " is there and so".repeat(6));
    assert_eq!(of("A_B", &long), [length("Nobody is there and so is there and so i", 27)]);
    assert_eq!(
        of("A_B", "Nobody is at home. Come again."),
        [format!(
            "{place} The summary `Nobody is at home. Come again....` has two sentences. Write one, and the rest into the notes or into an advice."
        )]
    );
    let spells = |text: &str| {
        format!(
            "{place} The summary `{text}...` only spells the name out. Say what the name does not, or leave the cell empty."
        )
    };
    // Endings, fillers and the words of an alias add nothing.
    for text in
        ["The file was not found.", "The files could not be found.", "There is no file and the waiting has ended."]
    {
        let start: String = text.chars().take(40).collect();
        assert_eq!(of("ERROR_FILE_NOT_FOUND", text), [spells(&start)]);
    }
    for text in [
        "No file has that name in the folder.",
        "The version 1.2. of the file was found.",
        "`The. File.` was not in the folder.",
    ] {
        assert_eq!(of("ERROR_FILE_NOT_FOUND", text), Vec::<String>::new());
    }
    // Without a name there is nothing to repeat.
    assert_eq!(faults_of_rows("| Code | Summary |", "| 0x80000001 | There is not an error. |"), Vec::<String>::new());
}

#[test]
fn the_glossary_is_kept() {
    let note = |text: &str| faults_of_rows("| Code | Notes |", &format!("| 0x80000001 | {text} |"));
    let place = "data/codes/hresult/b.md:8:";
    for (word, remedy) in build::wording::FORBIDDEN {
        let text = format!("It says {word} here.");
        assert_eq!(note(&text), [format!("{place} `{text}...` says `{word}`. {remedy}")]);
        assert_eq!(note(&format!("It says `{word}` here.")), Vec::<String>::new(), "a literal is nobody's wording");
    }
    assert_eq!(
        note("Please wait."),
        [format!("{place} `Please wait....` says `please`. Say what to do, and leave it out.")]
    );
    assert_eq!(note("A backlog in the logins_table displeases."), Vec::<String>::new(), "parts of words do not count");
    assert_eq!(
        note("Azure AD knows it."),
        [format!(
            "{place} `Azure AD knows it....` has the old name `azure ad` alone. Name it as Entra too, or put a literal in backticks."
        )]
    );
    assert_eq!(note("Microsoft Entra ID (Azure AD) knows it."), Vec::<String>::new());
    assert_eq!(note("Azure AD B2C knows it."), Vec::<String>::new(), "a product that still has this name");
}

#[test]
fn the_glossary_for_people_has_every_forbidden_word() {
    let contributing = std::fs::read_to_string("CONTRIBUTING.md").expect("it can be read");
    let rows = contributing.lines().filter(|line| line.starts_with("| "));
    let not: String = rows.filter_map(|row| row.split('|').nth(2)).collect();
    for (word, _) in build::wording::FORBIDDEN.iter().chain(build::wording::RENAMED) {
        assert!(not.to_lowercase().contains(word), "CONTRIBUTING.md does not say that `{word}` is not written");
    }
}

#[test]
fn a_guide_of_the_large_catalogue_is_left_out_with_what_only_it_names() {
    let mut inputs = sound();
    for input in &mut inputs {
        let large = |text: &str| text.replacen("- Source: `s`\n", "- Source: `s`\n- Feature: `sdk`\n", 1);
        if input.path == "data/guidance/hybrid-join.md" || input.path == "data/codes/hresult/a.md" {
            input.text = large(&input.text);
        }
    }
    let names = |sdk| compile(&inputs, sdk).expect("the set is sound").get("hresult.names.txt").cloned();
    assert_eq!(names(true).as_deref(), Some("NAME_hresult"));
    assert_eq!(names(false), None);
    // Without its own mark the guide keeps the code that it names.
    for input in &mut inputs {
        if input.path == "data/guidance/hybrid-join.md" {
            input.text = GUIDE.to_owned();
        }
    }
    let names = compile(&inputs, false).expect("the set is sound").get("hresult.names.txt").cloned();
    assert_eq!(names.as_deref(), Some("NAME_hresult"));
}

#[test]
fn blanks_at_the_end_of_a_line_are_told() {
    assert_eq!(
        faults_of_rows("| Code | Name |", "| 0x80000001 | A | "),
        ["data/codes/hresult/b.md:8: The line ends in a blank. Take it out."]
    );
}

#[test]
fn guides_are_checked() {
    let with = |from: &str, to: &str| faults_with("data/guidance/hybrid-join.md", &GUIDE.replace(from, to));
    let row = "data/guidance/hybrid-join.md:17:";
    assert_eq!(with("It is so.", ""), [format!("{row} The Reason is empty. Say it in a whole sentence.")]);
    assert_eq!(with("Do this.", ""), [format!("{row} The Resolution is empty. Say it in a whole sentence.")]);
    assert_eq!(
        with("`hresult:0x801C03F2`", "`hresult:0x801C03F9`"),
        [format!("{row} There is no entry `hresult:0x801C03F9`. Add its row to `data/codes/`, or mend the id.")]
    );
    assert_eq!(
        with("NAME_hresult", "OTHER"),
        [format!("{row} `hresult:0x801C03F2` is called `NAME_hresult`, and the row says `OTHER`. Make the two agree.")]
    );
    assert_eq!(
        with("`hresult:0x801C03F2` NAME_hresult", ""),
        [format!("{row} The row names no entry. Write its id in backticks, such as `hresult:0x801C03F2`.")]
    );
    assert_eq!(
        with("after 300 s", "soon"),
        [format!(
            "{row} `soon` is no time to try again. Write `never`, `later` or `after 300 s`, or leave the cell empty."
        )]
    );
    assert_eq!(with("`event:204`", "`win32:5`"), [format!("{row} `win32:5` is no event. Name an `event:` entry.")]);
    assert_eq!(
        with("https://e.example/p", "page.md"),
        [format!("{row} `page.md` is no address. Write an absolute one that begins with `https://`.")]
    );
    assert_eq!(
        with("[P](https://e.example/p)", "P"),
        [format!("{row} `P` is no link. Write `[Title](https://address)`.")]
    );
    assert_eq!(
        with("- Phase: `join`", "- Phase: `lunch`"),
        [
            "data/guidance/hybrid-join.md:8: ``lunch`` is unknown. There is no such phase; write precheck, discover, authentication, join, post-join, connect, configure, initial-sync, connectivity, credentials, sync, request, policy, consent, token, enrolment, provisioning, scan, download or install."
        ]
    );
    assert_eq!(
        with("- Kind: `reference`", "- Kind: `tale`"),
        [
            "data/guidance/hybrid-join.md:13: ``tale`` is unknown. There is no such kind of section; write requirement, check, procedure, log-collection, reference, red-herring or known-issue."
        ]
    );
    assert_eq!(
        with("- Source: `s`", "- Source: `s`\n- Feature: `all`"),
        ["data/guidance/hybrid-join.md:5: There is no feature `all`. Write `sdk`, or leave the line out."]
    );
    assert_eq!(
        with("`hybrid-join`", "`tea-party`"),
        [
            "data/guidance/hybrid-join.md:3: ``tea-party`` is unknown. There is no such scenario; write hybrid-join, entra-connect, domain-services, windows-365, sign-in, nps-extension, windows-logon, windows-hello, mdm-enrolment, windows-update, software-installation or secure-connection."
        ]
    );
    let empty = "# G\n\n- Scenario: `hybrid-join`\n- Source: `s`\n\n## J\n\n### E\n\n- Id: `e`\n- Kind: `check`\n";
    assert_eq!(
        faults_with("data/guidance/hybrid-join.md", empty),
        ["data/guidance/hybrid-join.md:8: The section says nothing. Give it reasons, steps or a table."]
    );
    let endpoints = |row: &str| {
        let table = format!("\n| Scheme | Host | Port | Use |\n| --- | --- | --- | --- |\n{row}\n");
        faults_with("data/guidance/hybrid-join.md", &format!("{empty}{table}"))
    };
    assert_eq!(
        endpoints("| https | a.example | 0 | It is used. |\n| https | b.example | 443 | It is used. |"),
        ["data/guidance/hybrid-join.md:15: `0` is no port. Write a number from 1 to 65535."]
    );
    assert_eq!(
        endpoints("| https | https://a.example | 443 | It is used. |"),
        [
            "data/guidance/hybrid-join.md:15: `https://a.example` is no host. Write the host's name alone, `*` for what varies."
        ]
    );
}

/// A sound table of fields and findings.
const DSREGCMD: &str = "# D\n\n- Source: `s`\n\n## Fields\n\n### Box\n\n\
    | Field | Value | Codes | Identifies | Meaning |\n| --- | --- | --- | --- | --- |\n\
    | `Joined` | yes-no | | | It is joined. |\n\
    | `Client ErrorCode`, `Client Error` | code | hresult, win32 | | It is the error. |\n\
    | `Validity` | period | | | It is valid so long. |\n\
    | `Update Time` | time | | | It was renewed then. |\n\
    | `Tenant` | text | | tenant | It is whose. |\n\n## Findings\n\n\
    | Finding | Severity | Phase | When | Shows | Unless | Title | Reason | Resolution | Links |\n\
    | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n\
    | `failed` | error | join | `Joined` is not `YES`<br>`Client Error` holds a code | `Tenant` | | It failed | So it is. | Mend it. | [P](https://e.example/p) |\n\
    | `old` | warning | | `Update Time` is older than 4 hours<br>`Validity` ends within 30 days | | `failed` | It is old | So it is. | Renew it. | |\n";

/// The faults of that table with something else in it.
fn dsregcmd_with(from: &str, to: &str) -> Vec<String> {
    assert!(DSREGCMD.contains(from), "{from}");
    faults_with("data/signals/dsregcmd.md", &DSREGCMD.replacen(from, to, 1))
}

#[test]
fn every_form_of_a_condition_is_read() {
    for condition in [
        "the join state is `entra-joined` or `unknown`",
        "the account is `system`",
        "the account is not `system`",
        "the token is `entra`",
        "the token is `enterprise`",
        "the capture is cut",
        "the time is unknown",
        "no time is known",
        "another line holds a code",
        "one of `Joined`, `Tenant` is set",
        "`Joined` is `YES` or `NO`",
        "`Joined` is not `YES`",
        "`Box`: `Joined` is empty",
        "`Tenant` is set",
        "`Tenant` begins `FAIL`",
        "`Client ErrorCode` holds a code",
        "`Validity` is over",
        "`Validity` has not begun",
        "`Validity` ends within 30 days",
        "`Validity` is before `Update Time`",
        "`Validity` is not before `Update Time`",
        "`Update Time` is older than 4 hours",
    ] {
        assert_eq!(dsregcmd_with("`Joined` is not `YES`", condition), Vec::<String>::new(), "{condition}");
    }
}

#[test]
fn fields_and_findings_are_checked() {
    for (from, to, line, fault) in [
        ("| `Joined` |", "| |", 11, "The row names no field. Write its spelling in backticks."),
        ("| `Joined` |", "| `J` |", 11, "`J` has 1 letters and digits. Write a name with 2 to 48."),
        (
            "yes-no",
            "maybe",
            11,
            "`maybe` is unknown. There is no such kind of value; write text, yes-no, time, period, code, label, message or opens.",
        ),
        (
            "| code | hresult, win32 |",
            "| code | |",
            12,
            "A field whose value is read as `code` has 0 families of codes. Name families for `code`, `label` and `message`, and for nothing else.",
        ),
        (
            "| text | | tenant |",
            "| text | | nobody |",
            15,
            "`nobody` is unknown. There is no such identity; write tenant, tenant-name, device, user, domain, host, key, thumbprint, request or proxy.",
        ),
        (
            "| `Tenant` | text |",
            "| `Client  Error` | text |",
            15,
            "The field `Client  Error` stands at data/signals/dsregcmd.md:12 already. Keep one row for a field of a box.",
        ),
        ("It is whose.", "It is whose", 15, "`It is whose...` does not end with a full stop. Write whole sentences."),
        (
            "| `old` |",
            "| `failed` |",
            22,
            "The finding `failed` stands at data/signals/dsregcmd.md:21 already. Give each finding an id of its own.",
        ),
        ("| `old` |", "| `Old One` |", 22, "`Old One` is no id. Write lower-case words with `-` between them."),
        ("| warning |", "| success |", 22, "A finding is no success. Write `info`, `warning` or `error`."),
        (
            "| `failed` | It is old",
            "| `new` | It is old",
            22,
            "No finding `new` stands above. Name one of an earlier row.",
        ),
        ("| It is old |", "| It is old. |", 22, "`It is old.` is no title. Write a clause without a full stop."),
        ("| Renew it. |", "| |", 22, "The Resolution is empty. Say it in a whole sentence."),
        (
            "`Joined` is not `YES`<br>`Client Error` holds a code",
            "",
            21,
            "The finding has no condition. Say under `When` what must hold.",
        ),
        (
            "`Joined` is not `YES`",
            "it rains",
            21,
            "`it rains` is no condition. Begin it with a field in backticks, or with `the join state is`.",
        ),
        (
            "`Joined` is not `YES`",
            "`Joined` rains",
            21,
            "``Joined` rains` is no condition. Use one of the forms that CONTRIBUTING.md lists.",
        ),
        (
            "`Joined` is not `YES`",
            "`joined` is `YES`",
            21,
            "There is no field `joined`. Add its row under `## Fields`, or mend the name.",
        ),
        (
            "`Joined` is not `YES`",
            "`Joined` holds a code",
            21,
            "`holds a code` does not fit a field whose value is read as `yes-no`. Change the condition, or how the field is read.",
        ),
        (
            "`Update Time` is older than 4 hours",
            "`Validity` is older than 4 hours",
            22,
            "`is older than 4 hours` does not fit a field whose value is read as `period`. Change the condition, or how the field is read.",
        ),
    ] {
        let fault = format!("data/signals/dsregcmd.md:{line}: {fault}");
        assert_eq!(dsregcmd_with(from, to).first(), Some(&fault), "{to}");
    }
}

#[test]
fn words_beside_numbers_are_checked() {
    let faults = |rows: &str| {
        let head = "# W\n\n- Source: `s`\n\n| Words | Family | Number | Event | From | Source |\n| --- | --- | --- | --- | --- | --- |\n";
        faults_with("data/signals/contexts.md", &format!("{head}{rows}\n"))
    };
    let place = "data/signals/contexts.md:7:";
    assert_eq!(
        faults("| `exit code`, `rc=` | win32, http | decimal | 1, 2 | 3 | `s` |\n| `* KDC` | none | name | | | |"),
        Vec::<String>::new()
    );
    assert_eq!(
        faults("| | win32 | | | | |"),
        [format!("{place} The row has no words. Write what stands beside the number, in backticks.")]
    );
    assert_eq!(
        faults("| error | win32 | | | | |"),
        [format!("{place} `error` is not in backticks. Put the literal in backticks, alone.")]
    );
    assert_eq!(
        faults("| `e` | win32 | | | | |"),
        [format!("{place} `e` has 1 letters and digits. Write words with 2 to 48.")]
    );
    assert_eq!(
        faults("| `*times` | none | | | | |"),
        [format!(
            "{place} `*times` does not go on with a blank or punctuation. Write what stands right behind the number, as in `* times`."
        )]
    );
    assert_eq!(
        faults("| `error` | | | | | |"),
        [format!("{place} The row names no family. Write one, or `none` for what is no code.")]
    );
    assert_eq!(
        faults("| `error` | win32 | octal | | | |"),
        [format!("{place} `octal` is unknown. There is no such notation; write any, decimal, 0x, hex, hex8 or name.")]
    );
    assert_eq!(
        faults("| `error` | win32 | | all | | |"),
        [format!("{place} `all` is no number of 16 bits. Write a decimal up to 65535.")]
    );
    assert_eq!(
        faults("| `error` | win32 | | | 70000 | |"),
        [format!("{place} `70000` is no number of 16 bits. Write a decimal up to 65535.")]
    );
    assert_eq!(
        faults("| `error` | win32 | | | | `t` |"),
        [format!("{place} There is no source `t`. Add a row for it to `data/SOURCES.md`.")]
    );
    let again = "`Error-Code` stands at data/signals/contexts.md:7 already. Keep one row for the same words, notation and event.";
    assert_eq!(
        faults("| `error code` | win32 | | | | |\n| `Error-Code` | http | | | | |"),
        [format!("data/signals/contexts.md:8: {again}")]
    );
    assert_eq!(
        faults("| `error code` | win32 | | 1, 2 | | |\n| `Error-Code` | http | | 2 | | |"),
        [format!("data/signals/contexts.md:8: {again}")]
    );
    assert_eq!(
        faults(
            "| `error code` | win32 | | 1 | | |\n| `error code` | http | | 2 | | |\n| `error code` | http | decimal | | | |"
        ),
        Vec::<String>::new()
    );
}

#[test]
fn all_faults_come_at_once_in_the_order_of_the_files() {
    let faults = faults_of_rows("| Code | Notes |", "| 1 | A. |\n| 0x80000001 | b |\n| 0x80000002 | c |");
    let lines: Vec<&str> = faults.iter().map(|fault| fault.split(':').nth(1).unwrap_or_default()).collect();
    assert_eq!(lines, ["8", "9", "10"]);
}

#[test]
fn two_slugs_with_one_fingerprint_are_refused() {
    // Found by search: FNV-1a of 32 bits gives both the same value.
    let (a, b) = colliding_slugs();
    let head = "# C\n\n- Family: `condition`\n- Source: `s`\n\n| Code | Name | Summary |\n| --- | --- | --- |\n";
    let text = format!("{head}| {a} | A | It comes to nothing here. |\n| {b} | B | It comes to nothing here. |\n");
    let faults = faults_with("data/codes/condition/b.md", &text);
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(faults[0].contains("already. Keep one row"), "{faults:?}");
}

fn colliding_slugs() -> (String, String) {
    let mut seen = std::collections::HashMap::new();
    for n in 0_u32.. {
        let slug = format!("x{n}");
        if let Some(other) = seen.insert(build::hash::fingerprint(&slug), slug.clone()) {
            return (other, slug);
        }
    }
    unreachable!("32 bits collide before the numbers run out")
}

#[test]
fn labels_fold_as_a_look_up_does() {
    assert_eq!(emit::fold_label("User-Realm_Discovery Failed"), b"userrealmdiscoveryfailed");
}

#[test]
fn every_word_of_the_vocabulary_stands_in_the_message_for_an_unknown_one() {
    use build::vocabulary::{Basis, Confidence, Family, Notation, Phase, Scenario, SectionKind, Severity, Who};
    macro_rules! check {
        ($($name:ident),+) => {$(
            let message = "?".parse::<$name>().unwrap_err().to_string();
            for word in $name::ALL {
                assert!(message.contains(word.as_str()), "{message} lacks {word}");
                assert_eq!(word.as_str().to_uppercase().parse(), Ok(*word));
            }
        )+};
    }
    check!(Family, Severity, Basis, Confidence, Scenario, Phase, SectionKind, Who, Notation);
}
