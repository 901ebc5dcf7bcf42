//! The JSON of the contract: which keys stand in which order, and what the schemas say of the values.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use jsonschema::{Registry, Validator};
use serde_json::Value;

use crate::run::{hexplain, hexplain_over, words};

/// The keys of an object, and the objects behind them.
struct Shape {
    /// The schema's file, and where in it the object is described.
    schema: (&'static str, &'static str),
    keys: &'static [&'static str],
    inner: &'static [(&'static str, &'static Shape)],
}

static EXPLANATION: Shape = Shape {
    schema: ("explanation", ""),
    keys: &["schema", "input", "candidates", "fields", "suggestions", "error"],
    inner: &[("candidates", &CANDIDATE), ("fields", &FIELDS)],
};

static CANDIDATE: Shape = Shape {
    schema: ("candidate", ""),
    keys: &[
        "id",
        "family",
        "code",
        "unsigned",
        "signed",
        "name",
        "aliases",
        "severity",
        "summary",
        "basis",
        "notes",
        "why",
        "rank",
        "confidence",
        "advice",
        "wraps",
        "sources",
    ],
    inner: &[("advice", &ADVICE), ("wraps", &CANDIDATE), ("sources", &SOURCE)],
};

static ENTRY: Shape = Shape {
    schema: ("entry", ""),
    keys: &[
        "id", "family", "code", "unsigned", "signed", "name", "aliases", "severity", "summary", "basis", "notes",
        "advice", "sources",
    ],
    inner: &[("advice", &ADVICE), ("sources", &SOURCE)],
};

static ADVICE: Shape = Shape {
    schema: ("entry", "/$defs/advice"),
    keys: &[
        "id",
        "scenario",
        "phase",
        "applies_to",
        "who",
        "reason",
        "resolution",
        "retry",
        "endpoints",
        "events",
        "links",
        "sources",
    ],
    inner: &[("retry", &RETRY), ("events", &EVENT), ("links", &LINK), ("sources", &SOURCE)],
};

static RETRY: Shape = Shape { schema: ("entry", "/$defs/retry"), keys: &["when", "after_seconds"], inner: &[] };

static EVENT: Shape =
    Shape { schema: ("entry", "/$defs/events/items"), keys: &["channel", "id", "meaning"], inner: &[] };

static LINK: Shape = Shape { schema: ("entry", "/$defs/links/items"), keys: &["title", "url"], inner: &[] };

static SOURCE: Shape = Shape { schema: ("entry", "/$defs/sources/items"), keys: &["title", "url", "date"], inner: &[] };

static FIELDS: Shape = Shape {
    schema: ("explanation", "/$defs/fields"),
    keys: &["hresult", "ntstatus"],
    inner: &[("hresult", &HRESULT_FIELDS), ("ntstatus", &NTSTATUS_FIELDS)],
};

static HRESULT_FIELDS: Shape = Shape {
    schema: ("explanation", "/$defs/fields/properties/hresult"),
    keys: &["severity", "reserved", "customer", "nt", "x", "facility", "facility_name", "code"],
    inner: &[],
};

static NTSTATUS_FIELDS: Shape = Shape {
    schema: ("explanation", "/$defs/fields/properties/ntstatus"),
    keys: &["severity", "customer", "nt", "facility", "facility_name", "code"],
    inner: &[],
};

static GUIDE: Shape = Shape {
    schema: ("guide", ""),
    keys: &["schema", "scenario", "title", "sections"],
    inner: &[("sections", &SECTION)],
};

static SECTION: Shape = Shape {
    schema: ("guide", "/$defs/section"),
    keys: &[
        "id",
        "kind",
        "phase",
        "applies_to",
        "title",
        "reasons",
        "steps",
        "endpoints",
        "events",
        "links",
        "entries",
        "sources",
    ],
    inner: &[("endpoints", &ENDPOINT), ("events", &EVENT), ("links", &LINK), ("sources", &SOURCE)],
};

static ENDPOINT: Shape =
    Shape { schema: ("guide", "/$defs/endpoint"), keys: &["host", "port", "scheme", "use"], inner: &[] };

/// A code that `scan` found; in an event log a `field` follows.
static MATCH: Shape = Shape {
    schema: ("match", ""),
    keys: &["path", "line", "column", "offset", "text", "id", "family", "code", "name", "confidence", "why", "others"],
    inner: &[],
};

static DIAGNOSIS: Shape = Shape {
    schema: ("diagnosis", ""),
    keys: &[
        "schema",
        "path",
        "capture",
        "join_state",
        "workplace_joined",
        "phase",
        "captured_at",
        "sections",
        "findings",
    ],
    inner: &[("sections", &BOX), ("findings", &FINDING)],
};

static BOX: Shape =
    Shape { schema: ("diagnosis", "/$defs/section"), keys: &["name", "line", "fields"], inner: &[("fields", &FIELD)] };

static FIELD: Shape = Shape { schema: ("diagnosis", "/$defs/field"), keys: &["name", "value", "line"], inner: &[] };

static FINDING: Shape = Shape {
    schema: ("diagnosis", "/$defs/finding"),
    keys: &["id", "severity", "title", "reason", "resolution", "evidence", "codes"],
    inner: &[("evidence", &EVIDENCE), ("codes", &CANDIDATE)],
};

static EVIDENCE: Shape =
    Shape { schema: ("diagnosis", "/$defs/evidence"), keys: &["line", "section", "field", "value"], inner: &[] };

static SHAPES: [&Shape; 20] = [
    &EXPLANATION,
    &CANDIDATE,
    &ENTRY,
    &ADVICE,
    &RETRY,
    &EVENT,
    &LINK,
    &SOURCE,
    &FIELDS,
    &HRESULT_FIELDS,
    &NTSTATUS_FIELDS,
    &GUIDE,
    &SECTION,
    &ENDPOINT,
    &MATCH,
    &DIAGNOSIS,
    &BOX,
    &FIELD,
    &FINDING,
    &EVIDENCE,
];

/// How many objects of each shape were looked at, by where the shape is described.
type Seen = BTreeMap<(&'static str, &'static str), usize>;

/// Compares the keys of a value's objects with the shape, to any depth; of a list, of each of its items.
fn check_keys(value: &Value, shape: &'static Shape, seen: &mut Seen) {
    match value {
        Value::Array(items) => {
            for item in items {
                check_keys(item, shape, seen);
            }
        }
        Value::Object(object) => {
            *seen.entry(shape.schema).or_default() += 1;
            assert!(object.keys().eq(shape.keys), "{:?} has the keys {:?}", shape.schema, object.keys());
            for (key, inner) in shape.inner {
                check_keys(&object[*key], inner, seen);
            }
        }
        // Fields are null where the input is no number.
        _ => assert!(value.is_null(), "{:?}: {value}", shape.schema),
    }
}

const SCHEMAS: [&str; 6] = ["explanation", "candidate", "entry", "guide", "match", "diagnosis"];

fn read_schema(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../schema/{name}.json"));
    let text = std::fs::read_to_string(path).expect("the schema can be read");
    serde_json::from_str(&text).expect("the schema is JSON")
}

/// The schemas by name. References between them are answered from the folder, by their `$id`s, and never fetched.
static VALIDATORS: LazyLock<BTreeMap<&str, Validator>> = LazyLock::new(|| {
    let schemas = SCHEMAS.map(read_schema);
    let id = |schema: &Value| schema["$id"].as_str().expect("a schema has an $id").to_owned();
    let registry = schemas
        .iter()
        .fold(Registry::new(), |registry, schema| registry.add(id(schema), schema.clone()).expect("the $id is a URI"));
    let registry = registry.prepare().expect("every reference has its target");
    let build = |schema| jsonschema::options().with_registry(&registry).build(schema).expect("the schema is sound");
    SCHEMAS.into_iter().zip(schemas.iter().map(build)).collect()
});

/// Checks an object against its schema and its keys against the contract.
fn check(value: &Value, shape: &'static Shape, seen: &mut Seen) {
    if let Err(error) = VALIDATORS[shape.schema.0].validate(value) {
        panic!("{} at {}: {error}\n{value}", shape.schema.0, error.instance_path());
    }
    check_keys(value, shape, seen);
}

/// Checks what a run of `hexplain ... --json` printed.
pub fn check_output(command: &str, objects: &[Value]) {
    let shape = match command {
        "guide" => &GUIDE,
        "search" => &CANDIDATE,
        "export" => &ENTRY,
        "scan" => &MATCH,
        "dsregcmd" => &DIAGNOSIS,
        _ => &EXPLANATION,
    };
    for object in objects {
        check(object, shape, &mut Seen::new());
    }
}

#[test]
fn the_schemas_are_sound_and_require_every_key_of_the_contract() {
    for name in SCHEMAS {
        let schema = read_schema(name);
        assert!(jsonschema::draft202012::meta::is_valid(&schema), "{name}");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    }
    for shape in SHAPES {
        let (file, pointer) = shape.schema;
        let schema = read_schema(file);
        let object = schema.pointer(pointer).unwrap_or_else(|| panic!("{file} has nothing at {pointer}"));
        assert_eq!(object["required"], Value::from(shape.keys), "{file}{pointer}");
        assert_eq!(object["additionalProperties"], true, "readers ignore what they do not know: {file}{pointer}");
        // A candidate takes the keys of an entry from its schema.
        let entry = read_schema("entry");
        let described = |key: &&str| object["properties"].get(key).or_else(|| entry["properties"].get(key)).is_some();
        assert!(shape.keys.iter().all(described), "{file}{pointer}");
    }
}

#[test]
fn the_schemas_refuse_what_breaks_the_contract_and_let_it_grow() {
    let mut objects = words("--json 0x801c03f2").objects();
    let sound = objects.remove(0);
    let valid_after = |pointer: &str, change: &dyn Fn(&mut Value)| {
        let mut object = sound.clone();
        change(object.pointer_mut(pointer).unwrap_or_else(|| panic!("there is nothing at {pointer}")));
        VALIDATORS["explanation"].is_valid(&object)
    };
    let changed = |pointer: &str, new: Value| valid_after(pointer, &|old| *old = new.clone());
    let with = |pointer: &str, key: &str| valid_after(pointer, &|object| object[key] = true.into());
    let without = |pointer: &str, key: &str| {
        valid_after(pointer, &|object| {
            object.as_object_mut().and_then(|object| object.shift_remove(key)).expect("the key is there");
        })
    };
    for word in ["/candidates/0/family", "/candidates/0/advice/0/scenario", "/candidates/0/advice/0/phase"] {
        assert!(changed(word, "a-new-word".into()), "{word} is an open word");
        assert!(!changed(word, 1.into()), "{word} is a text");
    }
    for word in ["confidence", "basis", "severity", "advice/0/retry/when"] {
        assert!(!changed(&format!("/candidates/0/{word}"), "a-new-word".into()), "{word} is a closed word");
    }
    assert!(!changed("/schema", 2.into()) && !changed("/candidates/0/wraps", sound.clone()));
    assert!(!changed("/candidates/0/wraps", Value::Array(vec![sound.clone()])), "what is inside is a candidate");
    assert!(changed("/candidates/0/wraps", sound["candidates"].clone()));
    for (pointer, shape) in [("", &EXPLANATION), ("/candidates/0", &CANDIDATE), ("/candidates/0/advice/0", &ADVICE)] {
        assert!(with(pointer, "a_new_key"), "{pointer} may grow");
        assert!(!shape.keys.iter().any(|key| without(pointer, key)), "{pointer} must have every key");
    }
}

#[test]
fn every_entry_is_printed_and_explained_as_the_contract_says() {
    let mut seen = Seen::new();
    let exported = words("export --format json").objects();
    let mut ids = String::new();
    for entry in &exported {
        check(entry, &ENTRY, &mut seen);
        ids.extend([entry["id"].as_str().expect("an id is a text"), "\n"]);
    }
    // Beside every id: carriers of all kinds, guesses, errors, names, and numbers that nobody knows.
    ids += "0x80072ee7\n0xcaa82ee7\n0xcaa30197\n0x80190197\n0xd000006d\n0xc0070005\n0x8007fff0\n12007\n10\n0\n-1\n\
        AADSTS5012699\n0x12345678\n0x\n\nAADSTS\nDSREG_E_DIRECTORY_FAILED\nAzureRoleMissing\nHTTP 407\nevent 1081\n";
    let explained = hexplain_over(&["--json", "-"], ids.as_str());
    let objects = explained.objects();
    assert_eq!(objects.len(), ids.lines().count());
    for (object, input) in objects.iter().zip(ids.lines()) {
        check(object, &EXPLANATION, &mut seen);
        assert_eq!(object["input"], input);
        let error = object["error"].as_str();
        assert!(error.is_none_or(|error| error.ends_with('.') && error.starts_with(char::is_uppercase)), "{object}");
    }
    for (object, entry) in objects.iter().zip(&exported) {
        let candidates = object["candidates"].as_array().expect("candidates are a list");
        assert!(candidates.iter().any(|candidate| candidate["id"] == entry["id"]), "an id is an input: {object}");
    }
    for shape in SHAPES.iter().filter(|shape| !["guide", "match", "diagnosis"].contains(&shape.schema.0)) {
        assert!(seen.contains_key(&shape.schema), "nothing has the shape {:?}", shape.schema);
    }
}

/// An entry is a candidate without `why`, `rank`, `confidence` and `wraps`, value for value.
#[test]
fn an_exported_entry_is_its_candidate() {
    let exported = words("export --format json --family hresult --family condition").objects();
    let found = hexplain(["search", "--json", "--limit", "1000", "directory"]).objects();
    let mut compared = 0;
    for mut candidate in found {
        let object = candidate.as_object_mut().expect("an object");
        object.retain(|key, _| !["why", "rank", "confidence", "wraps"].contains(&key.as_str()));
        if let Some(entry) = exported.iter().find(|entry| entry["id"] == candidate["id"]) {
            assert_eq!(*entry, candidate);
            compared += 1;
        }
    }
    assert!(compared > 0);
}

#[test]
fn a_found_candidate_has_the_keys_of_one_and_nothing_inside() {
    let found = words("search --json --limit 100000 name").objects();
    assert!(!found.is_empty());
    for (candidate, rank) in found.iter().zip(1..) {
        check(candidate, &CANDIDATE, &mut Seen::new());
        assert_eq!((&candidate["wraps"], &candidate["rank"]), (&Value::Array(vec![]), &rank.into()));
    }
}

#[test]
fn every_guide_is_printed_as_the_contract_says() {
    let mut seen = Seen::new();
    let all = words("guide --json").objects();
    for guide in &all {
        check(guide, &GUIDE, &mut seen);
        let one = hexplain(["guide", "--json", guide["scenario"].as_str().expect("a scenario")]).objects();
        assert_eq!(one, std::slice::from_ref(guide));
        let sections = guide["sections"].as_array().expect("sections are a list");
        let mut ids: Vec<_> = sections.iter().map(|section| section["id"].to_string()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), sections.len(), "an id is unique in its guide: {}", guide["scenario"]);
    }
    for shape in [&GUIDE, &SECTION, &ENDPOINT, &EVENT, &LINK, &SOURCE] {
        assert!(seen.contains_key(&shape.schema), "nothing has the shape {:?}", shape.schema);
    }
}
