// Checks the C ABI: the right results, every function by every bad argument, odd texts, and threads.
//
// Every call goes through a table of functions, so that one file serves for every way to reach the library. The linker
// fills it; with HEXPLAIN_LOAD it is filled from the library whose path is the first argument. HEXPLAIN_PANIC_TEST is
// for a library that was built with the feature `panic-test`.

#include "hexplain.h"

#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// What a scan takes for a panic, and a function that the header leaves out; both for a build with `panic-test` alone.
#define TEST_PANIC_FLAG (UINT32_C(1) << 30)
hexplain_status hexplain_test_panic(uint32_t *out);

#ifndef EXPECTED_VERSION
#error "Give EXPECTED_VERSION and EXPECTED_DATA_VERSION, as the manifest and the data have them."
#endif

// The shape of what the library writes: whoever changes it raises the hundreds of the version.
_Static_assert(HEXPLAIN_ABI_VERSION / 100 == 1, "");
#define IS_AT(type, member, offset) _Static_assert(offsetof(type, member) == (offset), "")
_Static_assert(sizeof(hexplain_str) == 2 * sizeof(size_t), "");
#if UINTPTR_MAX == UINT64_MAX
_Static_assert(sizeof(hexplain_entry) == 80 && sizeof(hexplain_advice) == 88 && sizeof(hexplain_match) == 64, "");
_Static_assert(sizeof(hexplain_hresult_fields) == 48 && sizeof(hexplain_ntstatus_fields) == 40, "");
IS_AT(hexplain_entry, alias_count, 20);
IS_AT(hexplain_entry, name, 32);
IS_AT(hexplain_entry, context, 64);
IS_AT(hexplain_advice, retry, 64);
IS_AT(hexplain_advice, endpoint_count, 80);
IS_AT(hexplain_hresult_fields, facility_name, 32);
IS_AT(hexplain_ntstatus_fields, facility_name, 24);
IS_AT(hexplain_match, family, 16);
IS_AT(hexplain_match, confidence, 24);
IS_AT(hexplain_match, index, 28);
IS_AT(hexplain_match, summary, 48);
#endif

#ifdef _WIN32
#define WIN32_LEAN_AND_MEAN
#define NOGDI
#include <windows.h>
#else
#include <pthread.h>
#ifdef HEXPLAIN_LOAD
#include <dlfcn.h>
#endif
#endif

// ---- The functions

#ifdef HEXPLAIN_PANIC_TEST
#define PANIC_FUNCTION(X) X(test_panic)
#else
#define PANIC_FUNCTION(X)
#endif

// `ffi/test` looks here for each function of the header.
#define FUNCTIONS(X)                                                                                                   \
    X(abi_version)                                                                                                     \
    X(version)                                                                                                         \
    X(data_version)                                                                                                    \
    X(status_text)                                                                                                     \
    X(family_count)                                                                                                    \
    X(family_name)                                                                                                     \
    X(family_from_name)                                                                                                \
    X(name)                                                                                                            \
    X(lookup)                                                                                                          \
    X(wraps)                                                                                                           \
    X(lookup_id)                                                                                                       \
    X(lookup_label)                                                                                                    \
    X(lookup_symbol)                                                                                                   \
    X(alias)                                                                                                           \
    X(advice_of)                                                                                                       \
    X(advice_text)                                                                                                     \
    X(fields_of_hresult)                                                                                               \
    X(fields_of_ntstatus)                                                                                              \
    X(explain_json)                                                                                                    \
    X(search_json)                                                                                                     \
    X(guide_json)                                                                                                      \
    X(scan)                                                                                                            \
    X(scan_json)                                                                                                       \
    X(dsregcmd_json)                                                                                                   \
    PANIC_FUNCTION(X)

// The types are those of the header, so that a table that is filled by name alone fits it too.
#define MEMBER(name) __typeof__(hexplain_##name) *name;
static struct {
    FUNCTIONS(MEMBER)
} api;

#ifdef HEXPLAIN_LOAD
// A pointer to data cannot be cast to one to a function in standard C, but its bytes can be copied.
static void set(void *member, const void *symbol, size_t size, const char *name) {
    memcpy(member, symbol, size);
    void *address = NULL;
    memcpy(&address, symbol, sizeof address);
    if (address == NULL) {
        printf("The library has no `%s`.\n", name);
        exit(1);
    }
}

static void fill_api(const char *path) {
#ifdef _WIN32
    int size = MultiByteToWideChar(CP_ACP, 0, path, -1, NULL, 0);
    wchar_t *wide = calloc((size_t)size + 1, sizeof *wide);
    MultiByteToWideChar(CP_ACP, 0, path, -1, wide, size);
    HMODULE library = LoadLibraryW(wide);
    free(wide);
    if (library == NULL) {
        printf("`%s` cannot be loaded: error %lu.\n", path, GetLastError());
        exit(1);
    }
#define SET(name)                                                                                                      \
    {                                                                                                                  \
        FARPROC symbol = GetProcAddress(library, "hexplain_" #name);                                                   \
        set(&api.name, &symbol, sizeof api.name, "hexplain_" #name);                                                   \
    }
#else
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        printf("The library cannot be loaded: %s\n", dlerror());
        exit(1);
    }
#define SET(name)                                                                                                      \
    {                                                                                                                  \
        void *symbol = dlsym(library, "hexplain_" #name);                                                              \
        set(&api.name, &symbol, sizeof api.name, "hexplain_" #name);                                                   \
    }
#endif
    FUNCTIONS(SET)
}
#else
static void fill_api(void) {
#define SET(name) api.name = hexplain_##name;
    FUNCTIONS(SET)
}
#endif

// ---- Checks

static unsigned long checks;
// What is checked in a table, for the message.
static char row[200];

#define CHECK(expression) check((expression), #expression, __FILE__, __LINE__)

static void check(bool holds, const char *expression, const char *file, int line) {
    if (!holds) {
        printf("%s:%d: %s%s%s\n", file, line, expression, row[0] ? " -- " : "", row);
        exit(1);
    }
    checks++;
}

// A check that the library lacks shows as a crash more often than as a wrong status: then the row tells which.
static void crash(int number) {
    printf("The library crashed with signal %d%s%s\n", number, row[0] ? " -- " : "", row);
    fflush(stdout);
    _Exit(1);
}

static void name_row(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(row, sizeof row, format, arguments);
    va_end(arguments);
}

static bool is(hexplain_str text, const char *expected) {
    return text.ptr != NULL && text.len == strlen(expected) && memcmp(text.ptr, expected, text.len) == 0;
}

static bool is_none(hexplain_str text) { return text.ptr == NULL && text.len == 0; }

static bool same(hexplain_str one, hexplain_str other) { return one.ptr == other.ptr && one.len == other.len; }

// How many bytes follow the first of a character; 9 where none begins so.
static size_t following(unsigned char first) {
    if (first < 0x80) {
        return 0;
    }
    if (first < 0xC2 || first > 0xF4) {
        return 9;
    }
    return first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
}

static bool is_utf8(const char *text, size_t len) {
    const unsigned char *at = (const unsigned char *)text, *end = at + len;
    while (at < end) {
        size_t more = following(*at++);
        if (more == 9 || more > (size_t)(end - at)) {
            return false;
        }
        for (; more > 0; more--, at++) {
            if ((*at & 0xC0) != 0x80) {
                return false;
            }
        }
    }
    return true;
}

static bool is_sentence(hexplain_str text) {
    return text.ptr != NULL && text.len > 10 && text.ptr[0] >= 'A' && text.ptr[0] <= 'Z' &&
           text.ptr[text.len - 1] == '.' && memchr(text.ptr, ' ', text.len) != NULL &&
           memchr(text.ptr, '\n', text.len) == NULL && is_utf8(text.ptr, text.len);
}

// Three numbers with points between them.
static bool is_version(hexplain_str text) {
    size_t points = 0;
    for (size_t at = 0; at < text.len; at++) {
        bool digit = text.ptr[at] >= '0' && text.ptr[at] <= '9';
        bool point = text.ptr[at] == '.' && at > 0 && text.ptr[at - 1] != '.';
        if (!digit && !point) {
            return false;
        }
        points += point;
    }
    return text.len > 0 && points == 2 && text.ptr[text.len - 1] != '.';
}

static void *allocate(size_t size) {
    void *memory = malloc(size > 0 ? size : 1);
    CHECK(memory != NULL);
    return memory;
}

// ---- A call of any function, as data

#define NUMBER(name) F_##name,
enum function { FUNCTIONS(NUMBER) FUNCTION_COUNT };

// The arguments of all functions; each takes those that it has.
struct call {
    enum function function;
    const char *text;
    size_t len;
    const uint32_t *families;
    size_t family_count;
    size_t limit;
    uint32_t family, value, index, number, position, flags;
    int32_t kind, status;
    int64_t now;
    hexplain_on_match on_match;
    char *buffer;
    size_t capacity;
    // The last parameter: `out`, `needed` or `context`.
    void *out;
};

static hexplain_status run(const struct call *c) {
    switch (c->function) {
    case F_version: return api.version(c->out);
    case F_data_version: return api.data_version(c->out);
    case F_status_text: return api.status_text(c->status, c->out);
    case F_family_name: return api.family_name(c->family, c->out);
    case F_family_from_name: return api.family_from_name(c->text, c->len, c->out);
    case F_name: return api.name(c->family, c->value, c->out);
    case F_lookup: return api.lookup(c->family, c->value, c->index, c->out);
    case F_wraps: return api.wraps(c->family, c->value, c->position, c->out);
    case F_lookup_id: return api.lookup_id(c->text, c->len, c->out);
    case F_lookup_label: return api.lookup_label(c->text, c->len, c->index, c->out);
    case F_lookup_symbol: return api.lookup_symbol(c->text, c->len, c->index, c->out);
    case F_alias: return api.alias(c->family, c->value, c->index, c->number, c->out);
    case F_advice_of: return api.advice_of(c->family, c->value, c->index, c->number, c->out);
    case F_advice_text: return api.advice_text(c->family, c->value, c->index, c->number, c->kind, c->position, c->out);
    case F_fields_of_hresult: return api.fields_of_hresult(c->value, c->out);
    case F_fields_of_ntstatus: return api.fields_of_ntstatus(c->value, c->out);
    case F_explain_json:
        return api.explain_json(c->text, c->len, c->families, c->family_count, c->buffer, c->capacity, c->out);
    case F_search_json:
        return api.search_json(c->text, c->len, c->families, c->family_count, c->limit, c->buffer, c->capacity, c->out);
    case F_guide_json: return api.guide_json(c->text, c->len, c->buffer, c->capacity, c->out);
    case F_scan: return api.scan(c->text, c->len, c->flags, c->on_match, c->out);
    case F_scan_json: return api.scan_json(c->text, c->len, c->flags, c->buffer, c->capacity, c->out);
    case F_dsregcmd_json: return api.dsregcmd_json(c->text, c->len, c->now, c->flags, c->buffer, c->capacity, c->out);
#ifdef HEXPLAIN_PANIC_TEST
    case F_test_panic: return api.test_panic(c->out);
#endif
    case F_abi_version:
    case F_family_count:
    case FUNCTION_COUNT: break;
    }
    name_row("function %d", (int)c->function);
    CHECK(!"the function takes arguments");
    return HEXPLAIN_PANIC;
}

// JSON, with a zero behind it for the functions of C.
struct json {
    char *text;
    size_t len;
};

// Whether each line is one object: whole, with its strings closed and its brackets in pairs.
static bool is_lines_of_objects(struct json json) {
    size_t depth = 0;
    bool string = false;
    char pairs[64];
    for (size_t at = 0; at < json.len; at++) {
        char byte = json.text[at];
        if ((unsigned char)byte < ' ' && byte != '\n') {
            return false;
        }
        if (string) {
            if (byte == '\\') {
                at++;
            }
            string = byte != '"';
        } else if (byte == '"') {
            string = true;
        } else if (byte == '{' || byte == '[') {
            if (depth == sizeof pairs || (depth == 0 && byte == '[')) {
                return false;
            }
            pairs[depth++] = byte == '{' ? '}' : ']';
        } else if (byte == '}' || byte == ']') {
            if (depth == 0 || pairs[--depth] != byte) {
                return false;
            }
        } else if (byte == '\n' ? depth != 0 || json.text[at - 1] != '}' : depth == 0) {
            return false;
        }
    }
    return !string && depth == 0 && (json.len == 0 || json.text[json.len - 1] == '\n');
}

// Asks for the size, then for the JSON in a buffer of just that size.
static struct json json_of(struct call call) {
    size_t needed = SIZE_MAX, told = SIZE_MAX;
    call.buffer = NULL;
    call.capacity = 0;
    call.out = &needed;
    hexplain_status status = run(&call);
    CHECK(status == (needed == 0 ? HEXPLAIN_OK : HEXPLAIN_BUFFER_TOO_SMALL));
    CHECK(needed != SIZE_MAX);
    struct json json = {allocate(needed + 1), needed};
    json.text[needed] = '#';
    call.buffer = json.text;
    call.capacity = needed;
    call.out = &told;
    CHECK(run(&call) == HEXPLAIN_OK);
    CHECK(told == needed);
    CHECK(json.text[needed] == '#');
    json.text[needed] = '\0';
    CHECK(strlen(json.text) == needed);
    CHECK(is_utf8(json.text, json.len));
    CHECK(is_lines_of_objects(json));
    return json;
}

static struct json explain(const char *input, size_t family_count, const uint32_t *families) {
    return json_of((struct call){.function = F_explain_json,
                                 .text = input,
                                 .len = strlen(input),
                                 .families = families,
                                 .family_count = family_count});
}

static bool has(struct json json, const char *part) { return strstr(json.text, part) != NULL; }

static bool starts(const char *text, const char *with) { return strncmp(text, with, strlen(with)) == 0; }

static size_t count(struct json json, const char *part) {
    size_t found = 0;
    for (const char *at = json.text; (at = strstr(at, part)) != NULL; at += strlen(part)) {
        found++;
    }
    return found;
}

static bool equal(struct json one, struct json other) {
    return one.len == other.len && memcmp(one.text, other.text, one.len) == 0;
}

// ---- What is asked for

#define FAILURE 0x801C03F2u
#define SYMBOL "DSREG_E_DIRECTORY_FAILURE"
#define PAIR "[0x801c0021/0x80072ee2]"
// The umlauts are two bytes each, and one column.
#define LOG "All is well.\nÄrger: Größe 0x801c03f2, AADSTS50126 and 0xdeadbee1\n"

static const char CAPTURE[] =
    "+----------------------------------------------------------------------+\n"
    "| Device State                                                         |\n"
    "+----------------------------------------------------------------------+\n"
    "\n"
    "             AzureAdJoined : YES\n"
    "          EnterpriseJoined : NO\n"
    "              DomainJoined : YES\n"
    "                DomainName : NORTHWIND\n"
    "               Device Name : NB-9593.corp.northwindtraders.com\n"
    "\n"
    "+----------------------------------------------------------------------+\n"
    "| Device Details                                                       |\n"
    "+----------------------------------------------------------------------+\n"
    "\n"
    "                  DeviceId : 1f44af10-3259-5055-bcfd-3abad21325d4\n"
    " DeviceCertificateValidity : [ 2021-05-26 07:44:12.000 UTC -- 2031-05-26 08:14:12.000 UTC ]\n"
    "          DeviceAuthStatus : SUCCESS\n"
    "\n"
    "+----------------------------------------------------------------------+\n"
    "| User State                                                           |\n"
    "+----------------------------------------------------------------------+\n"
    "\n"
    "                    NgcSet : NO\n"
    "           WorkplaceJoined : NO\n"
    "             WamDefaultSet : YES\n"
    "\n"
    "+----------------------------------------------------------------------+\n"
    "| SSO State                                                            |\n"
    "+----------------------------------------------------------------------+\n"
    "\n"
    "                AzureAdPrt : YES\n"
    "      AzureAdPrtUpdateTime : 2021-09-14 05:02:10.000 UTC\n"
    "      AzureAdPrtExpiryTime : 2021-09-28 05:02:09.000 UTC\n"
    "\n"
    "+----------------------------------------------------------------------+\n"
    "| Diagnostic Data                                                      |\n"
    "+----------------------------------------------------------------------+\n"
    "\n"
    "        AadRecoveryEnabled : NO\n"
    "               KeySignTest : PASSED\n"
    "               Client Time : 2021-09-14 13:40:00.000 UTC\n";

// ---- Right results

static void versions(void) {
    hexplain_str text;
    CHECK(api.abi_version() == HEXPLAIN_ABI_VERSION);
    CHECK(api.version(&text) == HEXPLAIN_OK);
    CHECK(is(text, EXPECTED_VERSION) && is_version(text));
    CHECK(api.data_version(&text) == HEXPLAIN_OK);
    CHECK(is(text, EXPECTED_DATA_VERSION) && is_version(text));
}

static void status_texts(void) {
    hexplain_str texts[HEXPLAIN_PANIC + 1];
    for (int32_t status = HEXPLAIN_OK; status <= HEXPLAIN_PANIC; status++) {
        CHECK(api.status_text(status, &texts[status]) == HEXPLAIN_OK);
        CHECK(is_sentence(texts[status]));
        for (int32_t other = HEXPLAIN_OK; other < status; other++) {
            CHECK(!same(texts[status], texts[other]));
        }
    }
    CHECK(is(texts[HEXPLAIN_OK], "The result is there."));
}

static void families(void) {
    // The numbers of all families: a release adds some behind them.
    static const char *const KNOWN[] = {
        "hresult", "ntstatus", "win32", "winhttp", "wininet", "aadsts", "http", "ldap", "kerberos", "bugcheck",
        "cm-problem", "ese", "wlan", "configret", "dns", "tls-alert", "rdp", "rdp-extended", "pdh", "msi-action",
        "msi-database", "setup-phase", "setup-operation", "syncml", "apple-mdm", "intune-app", "mmsys", "tapi",
        "mapi", "condition", "event",
    };
    enum { KNOWN_COUNT = sizeof KNOWN / sizeof *KNOWN };
    hexplain_str name;
    uint32_t found;
    CHECK(api.family_count() == KNOWN_COUNT);
    for (uint32_t family = 0; family < KNOWN_COUNT; family++) {
        CHECK(api.family_name(family, &name) == HEXPLAIN_OK);
        CHECK(is(name, KNOWN[family]));
    }
    static const struct {
        uint32_t family;
        const char *name;
    } NAMED[] = {
        {HEXPLAIN_FAMILY_HRESULT, "hresult"}, {HEXPLAIN_FAMILY_NTSTATUS, "ntstatus"},
        {HEXPLAIN_FAMILY_WIN32, "win32"},     {HEXPLAIN_FAMILY_WINHTTP, "winhttp"},
        {HEXPLAIN_FAMILY_WININET, "wininet"}, {HEXPLAIN_FAMILY_AADSTS, "aadsts"},
        {HEXPLAIN_FAMILY_HTTP, "http"},
    };
    for (size_t at = 0; at < sizeof NAMED / sizeof *NAMED; at++) {
        CHECK(is((hexplain_str){NAMED[at].name, strlen(NAMED[at].name)}, KNOWN[NAMED[at].family]));
    }
    for (uint32_t family = 0; family < api.family_count(); family++) {
        char capitals[64];
        CHECK(api.family_name(family, &name) == HEXPLAIN_OK);
        CHECK(name.len > 0 && name.len <= sizeof capitals);
        CHECK(api.family_from_name(name.ptr, name.len, &found) == HEXPLAIN_OK);
        CHECK(found == family);
        for (size_t at = 0; at < name.len; at++) {
            capitals[at] = name.ptr[at] >= 'a' && name.ptr[at] <= 'z' ? (char)(name.ptr[at] - 'a' + 'A') : name.ptr[at];
        }
        CHECK(api.family_from_name(capitals, name.len, &found) == HEXPLAIN_OK);
        CHECK(found == family);
    }
}

static bool same_entry(const hexplain_entry *one, const hexplain_entry *other) {
    return one->family == other->family && one->value == other->value && one->index == other->index &&
           one->severity == other->severity && one->basis == other->basis && one->alias_count == other->alias_count &&
           one->advice_count == other->advice_count && same(one->name, other->name) &&
           same(one->summary, other->summary) && same(one->context, other->context);
}

static void lookups(void) {
    hexplain_entry entry;
    CHECK(api.lookup(HEXPLAIN_FAMILY_HRESULT, FAILURE, 0, &entry) == HEXPLAIN_OK);
    CHECK(entry.family == HEXPLAIN_FAMILY_HRESULT && entry.value == FAILURE && entry.index == 0);
    CHECK(entry.severity == HEXPLAIN_SEVERITY_ERROR && entry.basis == HEXPLAIN_BASIS_DOCUMENTED && entry.alias_count == 0 && entry.advice_count >= 1);
    CHECK(is(entry.name, SYMBOL));
    CHECK(is_sentence(entry.summary));
    CHECK(is_none(entry.context));

    CHECK(api.lookup(HEXPLAIN_FAMILY_AADSTS, 50126, 0, &entry) == HEXPLAIN_OK);
    CHECK(is(entry.name, "InvalidUserNameOrPassword"));
    CHECK(is_sentence(entry.summary));

    // Where there is no summary there is no text, which is not the same as an empty one.
    CHECK(api.lookup(HEXPLAIN_FAMILY_WIN32, 8001, 0, &entry) == HEXPLAIN_OK);
    CHECK(is(entry.name, "FRS_ERR_INVALID_API_SEQUENCE"));
    CHECK(is_none(entry.summary));
    // And one without a symbol.
    CHECK(api.lookup(HEXPLAIN_FAMILY_HRESULT, 0x801C0450, 0, &entry) == HEXPLAIN_OK);
    CHECK(is_none(entry.name) && entry.basis == HEXPLAIN_BASIS_INFERRED);

    // The name alone is that of the first entry.
    hexplain_str name;
    CHECK(api.name(HEXPLAIN_FAMILY_HRESULT, FAILURE, &name) == HEXPLAIN_OK);
    CHECK(is(name, SYMBOL));
    CHECK(api.name(HEXPLAIN_FAMILY_HRESULT, 0x80040001, &name) == HEXPLAIN_OK);
    CHECK(is(name, "OLE_E_ADVF"));
    CHECK(api.name(HEXPLAIN_FAMILY_HRESULT, 0x801C03F3, &name) == HEXPLAIN_OK);
    CHECK(is_none(name));

    // One number in several families.
    CHECK(api.lookup(HEXPLAIN_FAMILY_WINHTTP, 12030, 0, &entry) == HEXPLAIN_OK);
    CHECK(is(entry.name, "ERROR_WINHTTP_CONNECTION_ERROR"));
    CHECK(api.lookup(HEXPLAIN_FAMILY_WININET, 12030, 0, &entry) == HEXPLAIN_OK);
    CHECK(is(entry.name, "ERROR_INTERNET_CONNECTION_ABORTED"));
    CHECK(api.lookup(HEXPLAIN_FAMILY_NTSTATUS, 0x80000003, 0, &entry) == HEXPLAIN_OK);
    CHECK(is(entry.name, "STATUS_BREAKPOINT") && entry.severity == HEXPLAIN_SEVERITY_WARNING);
    CHECK(api.lookup(HEXPLAIN_FAMILY_HRESULT, 0x80000003, 0, &entry) == HEXPLAIN_NOT_FOUND);

    // Several entries of one code.
    static const char *const HOMONYMS[] = {"OLE_E_ADVF", "TAPI_E_NOTENOUGHMEMORY"};
    for (uint32_t index = 0; index < 2; index++) {
        hexplain_entry by_symbol;
        CHECK(api.lookup(HEXPLAIN_FAMILY_HRESULT, 0x80040001, index, &entry) == HEXPLAIN_OK);
        CHECK(entry.index == index);
        CHECK(is(entry.name, HOMONYMS[index]));
        CHECK(api.lookup_symbol(HOMONYMS[index], strlen(HOMONYMS[index]), 0, &by_symbol) == HEXPLAIN_OK);
        CHECK(same_entry(&entry, &by_symbol));
    }
    CHECK(api.lookup(HEXPLAIN_FAMILY_HRESULT, 0, 0, &entry) == HEXPLAIN_OK);
    CHECK(is(entry.name, "S_OK") && entry.severity == HEXPLAIN_SEVERITY_SUCCESS);
}

static void symbols(void) {
    static const char *const SPELLINGS[] = {SYMBOL, "dsreg_e_directory_failure", "Dsreg_E_Directory_Failure"};
    hexplain_entry entry, other;
    for (size_t at = 0; at < 3; at++) {
        CHECK(api.lookup_symbol(SPELLINGS[at], strlen(SPELLINGS[at]), 0, &entry) == HEXPLAIN_OK);
        CHECK(entry.family == HEXPLAIN_FAMILY_HRESULT && entry.value == FAILURE && is(entry.name, SYMBOL));
    }
    // What is behind the length is not read.
    CHECK(api.lookup_symbol(SYMBOL "_X", strlen(SYMBOL), 0, &entry) == HEXPLAIN_OK);
    CHECK(api.lookup_symbol(SYMBOL "_X", strlen(SYMBOL "_X"), 0, &entry) == HEXPLAIN_NOT_FOUND);
    // Nor does a zero end a text.
    CHECK(api.lookup_symbol(SYMBOL, strlen(SYMBOL) + 1, 0, &entry) == HEXPLAIN_NOT_FOUND);
    // One symbol that two codes have had.
    static const uint32_t VALUES[] = {0x803100E0, 0x80310110};
    for (uint32_t index = 0; index < 2; index++) {
        CHECK(api.lookup_symbol("FVE_E_DEVICE_NOT_JOINED", 23, index, &entry) == HEXPLAIN_OK);
        CHECK(entry.value == VALUES[index]);
        // Its place among the entries of its code need not be the first.
        CHECK(api.lookup(entry.family, entry.value, entry.index, &other) == HEXPLAIN_OK);
        CHECK(same_entry(&entry, &other));
    }
    // An alias leads to its entry, and the entry knows its aliases.
    CHECK(api.lookup_symbol("exception_breakpoint", 20, 0, &entry) == HEXPLAIN_OK);
    CHECK(entry.family == HEXPLAIN_FAMILY_NTSTATUS && entry.value == 0x80000003 && entry.alias_count == 1);
    hexplain_str alias;
    CHECK(api.alias(HEXPLAIN_FAMILY_NTSTATUS, 0x80000003, 0, 0, &alias) == HEXPLAIN_OK);
    CHECK(is(alias, "EXCEPTION_BREAKPOINT"));
    CHECK(api.lookup(HEXPLAIN_FAMILY_HRESULT, 0x80070005, 0, &entry) == HEXPLAIN_OK);
    CHECK(entry.alias_count >= 2);
    for (uint32_t at = 0; at < entry.alias_count; at++) {
        CHECK(api.alias(HEXPLAIN_FAMILY_HRESULT, 0x80070005, 0, at, &alias) == HEXPLAIN_OK);
        CHECK(api.lookup_symbol(alias.ptr, alias.len, 0, &other) == HEXPLAIN_OK);
        CHECK(same_entry(&entry, &other));
    }
    CHECK(api.alias(HEXPLAIN_FAMILY_HRESULT, 0x80070005, 0, entry.alias_count, &alias) == HEXPLAIN_NOT_FOUND);
}

// What a code carries, an id leads to, and a label means.
static void other_ways(void) {
    hexplain_entry entry, other;
    // An HRESULT that is no row of its own carries one, and a Win32 error carries none.
    CHECK(api.lookup(HEXPLAIN_FAMILY_HRESULT, 0x80070520, 0, &entry) == HEXPLAIN_NOT_FOUND);
    CHECK(api.wraps(HEXPLAIN_FAMILY_HRESULT, 0x80070520, 0, &entry) == HEXPLAIN_OK);
    CHECK(entry.family == HEXPLAIN_FAMILY_WIN32 && entry.value == 1312 && is(entry.name, "ERROR_NO_SUCH_LOGON_SESSION"));
    CHECK(api.wraps(HEXPLAIN_FAMILY_HRESULT, 0x80070520, 1, &entry) == HEXPLAIN_NOT_FOUND);
    CHECK(api.wraps(HEXPLAIN_FAMILY_WIN32, 1312, 0, &entry) == HEXPLAIN_NOT_FOUND);
    // A number of both HTTP stacks.
    CHECK(api.wraps(HEXPLAIN_FAMILY_HRESULT, 0x80072EE7, 0, &entry) == HEXPLAIN_OK);
    CHECK(entry.family == HEXPLAIN_FAMILY_WININET && entry.value == 12007);
    CHECK(api.wraps(HEXPLAIN_FAMILY_HRESULT, 0x80072EE7, 1, &entry) == HEXPLAIN_OK);
    CHECK(entry.family == HEXPLAIN_FAMILY_WINHTTP && entry.value == 12007);

    CHECK(api.lookup_id("hresult:0x801C03F2", 18, &entry) == HEXPLAIN_OK);
    CHECK(api.lookup(HEXPLAIN_FAMILY_HRESULT, FAILURE, 0, &other) == HEXPLAIN_OK);
    CHECK(same_entry(&entry, &other));
    CHECK(api.lookup_id("aadsts:AADSTS50126", 18, &entry) == HEXPLAIN_OK);
    CHECK(entry.family == HEXPLAIN_FAMILY_AADSTS && entry.value == 50126);

    static const char *const LABELS[] = {"AzureRoleMissing", "azure role missing", "AZURE-ROLE-MISSING"};
    for (size_t at = 0; at < 3; at++) {
        CHECK(api.lookup_label(LABELS[at], strlen(LABELS[at]), 0, &entry) == HEXPLAIN_OK);
        CHECK(is(entry.name, "AzureRoleMissing") && is(entry.context, "entra-connect/azure-role-missing"));
        CHECK(api.lookup(entry.family, entry.value, entry.index, &other) == HEXPLAIN_OK);
        CHECK(same_entry(&entry, &other));
        CHECK(api.lookup_label(LABELS[at], strlen(LABELS[at]), 1, &other) == HEXPLAIN_NOT_FOUND);
    }
    CHECK(api.lookup_id("condition:entra-connect/azure-role-missing", 42, &other) == HEXPLAIN_OK);
    CHECK(same_entry(&entry, &other));
    CHECK(api.lookup_label("aadds001", 8, 0, &entry) == HEXPLAIN_OK && entry.advice_count > 0);

    // The other values of what an entry and an advice tell.
    hexplain_advice advice;
    CHECK(api.lookup(HEXPLAIN_FAMILY_NTSTATUS, 0x40000000, 0, &entry) == HEXPLAIN_OK);
    CHECK(entry.severity == HEXPLAIN_SEVERITY_INFO);
    CHECK(api.lookup(HEXPLAIN_FAMILY_HRESULT, 0x0AA300C8, 0, &entry) == HEXPLAIN_OK);
    CHECK(entry.basis == HEXPLAIN_BASIS_DISPUTED);
    CHECK(api.lookup_id("condition:drs/directory-error/throttled", 39, &entry) == HEXPLAIN_OK);
    CHECK(api.advice_of(entry.family, entry.value, entry.index, 0, &advice) == HEXPLAIN_OK);
    CHECK(advice.retry == HEXPLAIN_RETRY_AFTER && advice.retry_seconds == 300);
}

// All texts of an advice are there, and none behind them.
static void advice_texts(uint32_t family, uint32_t value, uint32_t number, const hexplain_advice *advice) {
    const uint32_t counts[] = {advice->reason_count, advice->resolution_count, advice->endpoint_count};
    hexplain_str text;
    for (int32_t kind = HEXPLAIN_REASON; kind <= HEXPLAIN_ENDPOINT; kind++) {
        name_row("advice %u of %u:%08X, kind %d", (unsigned)number, (unsigned)family, (unsigned)value, (int)kind);
        for (uint32_t at = 0; at < counts[kind]; at++) {
            CHECK(api.advice_text(family, value, 0, number, kind, at, &text) == HEXPLAIN_OK);
            CHECK(kind == HEXPLAIN_ENDPOINT ? text.len > 3 && memchr(text.ptr, ' ', text.len) == NULL
                                            : is_sentence(text));
        }
        CHECK(api.advice_text(family, value, 0, number, kind, counts[kind], &text) == HEXPLAIN_NOT_FOUND);
    }
    name_row("");
}

static void advice(void) {
    static const struct {
        uint32_t family, value;
        const char *phases[2];
    } ROWS[] = {
        {HEXPLAIN_FAMILY_HRESULT, FAILURE, {"join"}},
        {HEXPLAIN_FAMILY_AADSTS, 50126, {"post-join"}},
        {HEXPLAIN_FAMILY_HRESULT, 0x80072EE2, {"discover", "join"}},
        {HEXPLAIN_FAMILY_NTSTATUS, 0xC000006D, {"post-join"}},
    };
    hexplain_advice found;
    for (size_t at = 0; at < sizeof ROWS / sizeof *ROWS; at++) {
        hexplain_entry entry;
        CHECK(api.lookup(ROWS[at].family, ROWS[at].value, 0, &entry) == HEXPLAIN_OK);
        // The advice for hybrid join stands first, in the order of its phases.
        CHECK(entry.advice_count >= (ROWS[at].phases[1] == NULL ? 1 : 2));
        for (uint32_t number = 0; number < entry.advice_count; number++) {
            CHECK(api.advice_of(ROWS[at].family, ROWS[at].value, 0, number, &found) == HEXPLAIN_OK);
            if (number < 2 && ROWS[at].phases[number] != NULL) {
                CHECK(is(found.scenario, "hybrid-join"));
                CHECK(is(found.phase, ROWS[at].phases[number]));
            } else {
                CHECK(!is(found.scenario, "hybrid-join"));
            }
            CHECK(found.reason_count > 0 && found.resolution_count > 0);
            advice_texts(ROWS[at].family, ROWS[at].value, number, &found);
        }
    }
    CHECK(api.advice_of(HEXPLAIN_FAMILY_HRESULT, FAILURE, 0, 0, &found) == HEXPLAIN_OK);
    CHECK(is_none(found.applies_to) && is_none(found.who) && found.retry == HEXPLAIN_RETRY_UNSTATED && found.retry_seconds == 0);
    CHECK(api.advice_of(HEXPLAIN_FAMILY_AADSTS, 50126, 0, 0, &found) == HEXPLAIN_OK);
    CHECK(found.retry == HEXPLAIN_RETRY_LATER && found.retry_seconds == 0);
    CHECK(api.advice_of(HEXPLAIN_FAMILY_HRESULT, 0x801C003D, 0, 0, &found) == HEXPLAIN_OK);
    CHECK(is(found.applies_to, "Windows 10 1809 and later"));
    CHECK(api.advice_of(HEXPLAIN_FAMILY_HRESULT, 0x80072EE2, 0, 0, &found) == HEXPLAIN_OK);
    CHECK(found.endpoint_count > 0);
    CHECK(api.advice_of(HEXPLAIN_FAMILY_AADSTS, 7000222, 0, 0, &found) == HEXPLAIN_OK);
    CHECK(is(found.scenario, "sign-in") && is(found.phase, "token") && is(found.who, "application-developer"));
    CHECK(found.retry == HEXPLAIN_RETRY_NEVER && found.retry_seconds == 0);
}

static void fields(void) {
    hexplain_hresult_fields h;
    CHECK(api.fields_of_hresult(FAILURE, &h) == HEXPLAIN_OK);
    CHECK(h.failure == 1 && h.reserved == 0 && h.customer == 0 && h.nt == 0 && h.x == 0 && h.facility == 28 &&
          h.code == 1010);
    CHECK(is(h.facility_name, "DSREG"));
    CHECK(api.fields_of_hresult(UINT32_MAX, &h) == HEXPLAIN_OK);
    CHECK(h.failure == 1 && h.reserved == 1 && h.customer == 1 && h.nt == 1 && h.x == 1 && h.facility == 0x7FF &&
          h.code == 0xFFFF);
    CHECK(is_none(h.facility_name));
    // Each bit alone.
    CHECK(api.fields_of_hresult(UINT32_C(1) << 31, &h) == HEXPLAIN_OK && h.failure == 1 && h.reserved == 0);
    CHECK(api.fields_of_hresult(UINT32_C(1) << 30, &h) == HEXPLAIN_OK && h.reserved == 1 && h.failure == 0 &&
          h.customer == 0);
    CHECK(api.fields_of_hresult(UINT32_C(1) << 29, &h) == HEXPLAIN_OK && h.customer == 1 && h.reserved == 0 &&
          h.nt == 0);
    CHECK(api.fields_of_hresult(UINT32_C(1) << 28, &h) == HEXPLAIN_OK && h.nt == 1 && h.customer == 0 && h.x == 0);
    CHECK(api.fields_of_hresult(UINT32_C(1) << 27, &h) == HEXPLAIN_OK && h.x == 1 && h.nt == 0 && h.facility == 0);
    CHECK(api.fields_of_hresult(UINT32_C(1) << 16, &h) == HEXPLAIN_OK && h.x == 0 && h.facility == 1 && h.code == 0);

    hexplain_ntstatus_fields n;
    CHECK(api.fields_of_ntstatus(FAILURE, &n) == HEXPLAIN_OK);
    CHECK(n.severity == 2 && n.customer == 0 && n.nt == 0 && n.facility == 28 && n.code == 1010);
    CHECK(is(n.facility_name, "FACILITY_FILTER_MANAGER"));
    CHECK(api.fields_of_ntstatus(UINT32_MAX, &n) == HEXPLAIN_OK);
    CHECK(n.severity == 3 && n.customer == 1 && n.nt == 1 && n.facility == 0xFFF && n.code == 0xFFFF);
    CHECK(is_none(n.facility_name));
    for (uint32_t severity = 0; severity < 4; severity++) {
        CHECK(api.fields_of_ntstatus(severity << 30, &n) == HEXPLAIN_OK && n.severity == severity && n.customer == 0);
    }
    CHECK(api.fields_of_ntstatus(UINT32_C(1) << 29, &n) == HEXPLAIN_OK && n.customer == 1 && n.nt == 0);
    CHECK(api.fields_of_ntstatus(UINT32_C(1) << 28, &n) == HEXPLAIN_OK && n.nt == 1 && n.facility == 0);
}

static void explanations(void) {
    struct json json = explain("0x801C03F2", 0, NULL);
    CHECK(count(json, "\n") == 1);
    CHECK(starts(json.text, "{\"schema\":1,\"input\":\"0x801C03F2\",\"candidates\":[{\"id\":\"hresult:0x801C03F2\","));
    CHECK(has(json, "\"name\":\"" SYMBOL "\""));
    CHECK(has(json, "\"facility\":28"));
    free(json.text);

    // Two codes, two lines, in the order of the input.
    json = explain(PAIR, 0, NULL);
    CHECK(count(json, "\n") == 2);
    const char *second = strchr(json.text, '\n') + 1;
    CHECK(starts(json.text, "{\"schema\":1,\"input\":\"0x801c0021\","));
    CHECK(starts(second, "{\"schema\":1,\"input\":\"0x80072ee2\","));
    free(json.text);

    json = explain("0x801C03F2 – Größe", 0, NULL);
    CHECK(has(json, "\"input\":\"0x801C03F2 – Größe\""));
    CHECK(has(json, "hresult:0x801C03F2"));
    free(json.text);

    // A number in several families, and in those that are asked for.
    static const uint32_t WININET[] = {HEXPLAIN_FAMILY_WININET};
    static const uint32_t BOTH[] = {HEXPLAIN_FAMILY_AADSTS, HEXPLAIN_FAMILY_WININET, HEXPLAIN_FAMILY_WINHTTP};
    json = explain("12030", 0, NULL);
    CHECK(has(json, "\"id\":\"winhttp:12030\"") && has(json, "\"id\":\"wininet:12030\""));
    struct json limited = explain("12030", 3, BOTH);
    CHECK(has(limited, "\"id\":\"winhttp:12030\"") && has(limited, "\"id\":\"wininet:12030\""));
    free(limited.text);
    limited = explain("12030", 1, WININET);
    CHECK(!has(limited, "\"id\":\"winhttp:12030\"") && has(limited, "\"id\":\"wininet:12030\""));
    free(limited.text);
    // An empty list limits nothing, wherever it lies.
    limited = explain("12030", 0, WININET);
    CHECK(equal(json, limited));
    free(limited.text);
    free(json.text);
    json = explain("0x801C03F2", 1, WININET);
    CHECK(!has(json, "hresult:0x801C03F2"));
    free(json.text);

    // What cannot be read is told in the object: the call itself went well.
    json = explain("0x", 0, NULL);
    CHECK(has(json, "\"candidates\":[]") && !has(json, "\"error\":null"));
    free(json.text);
}

static void searches(void) {
    struct call call = {.function = F_search_json, .text = "directory failure", .len = 17, .limit = 3};
    struct json json = json_of(call);
    CHECK(count(json, "\n") >= 1 && count(json, "\n") <= 3);
    CHECK(starts(json.text, "{\"id\":\"hresult:0x801C03F2\","));
    call.limit = 1;
    struct json first = json_of(call);
    CHECK(count(first, "\n") == 1);
    CHECK(starts(json.text, first.text));
    free(first.text);
    free(json.text);

    // A limit is no length: none is too large.
    call.limit = SIZE_MAX;
    json = json_of(call);
    CHECK(count(json, "\n") > 3);
    free(json.text);
    call.limit = 0;
    json = json_of(call);
    CHECK(json.len == 0);
    free(json.text);

    static const uint32_t HTTP[] = {HEXPLAIN_FAMILY_HTTP};
    call = (struct call){
        .function = F_search_json, .text = "proxy", .len = 5, .limit = 5, .families = HTTP, .family_count = 1};
    json = json_of(call);
    CHECK(has(json, "\"id\":\"http:407\""));
    CHECK(count(json, "\n{\"id\":\"http:") + 1 == count(json, "\n"));
    free(json.text);
}

static void guides(void) {
    struct call call = {.function = F_guide_json, .text = "hybrid-join", .len = 11};
    struct json json = json_of(call);
    CHECK(count(json, "\n") == 1);
    CHECK(starts(json.text, "{\"schema\":1,\"scenario\":\"hybrid-join\",\"title\":\""));
    call.text = "";
    call.len = 0;
    struct json all = json_of(call);
    static const char *const SCENARIOS[] = {
        "hybrid-join",   "entra-connect", "domain-services", "windows-365",    "sign-in",               "nps-extension",
        "windows-logon", "windows-hello", "mdm-enrolment",   "windows-update", "software-installation", "secure-connection"};
    const size_t scenarios = sizeof SCENARIOS / sizeof *SCENARIOS;
    CHECK(count(all, "\n") >= scenarios);
    for (size_t at = 0; at < scenarios; at++) {
        call.text = SCENARIOS[at];
        call.len = strlen(SCENARIOS[at]);
        struct json one = json_of(call);
        CHECK(has(all, one.text));
        free(one.text);
    }
    free(all.text);
    free(json.text);
}

// What a callback was given.
struct seen {
    size_t count, stop_at;
    hexplain_match matches[8];
    bool whole;
};

static int32_t collect(const hexplain_match *found, void *context) {
    struct seen *seen = context;
    if (seen->count == 8) {
        return 1;
    }
    // No function holds a lock, so that a callback may call them.
    hexplain_entry entry;
    hexplain_status status = api.lookup(found->family, found->value, found->index, &entry);
    seen->whole =
        seen->whole && (status == HEXPLAIN_OK ? same(entry.name, found->name) && same(entry.summary, found->summary)
                                              : found->index == HEXPLAIN_NO_INDEX && is_none(found->name) &&
                                                    is_none(found->summary));
    seen->matches[seen->count++] = *found;
    return seen->count == seen->stop_at;
}

static size_t stops;

// Any number but 0 ends the search, negative ones too, and a context may be NULL.
static int32_t stop(const hexplain_match *found, void *context) {
    stops += found != NULL && context == NULL;
    return INT32_MIN;
}

static bool is_at(const hexplain_match *match, const char *text, const char *part) {
    const char *at = strstr(text, part);
    return at != NULL && match->start == (size_t)(at - text) && match->end == match->start + strlen(part);
}

static void scans(void) {
    struct seen seen = {.whole = true};
    CHECK(api.scan(LOG, strlen(LOG), 0, collect, &seen) == HEXPLAIN_OK);
    CHECK(seen.count == 2 && seen.whole);
    // The texts of a match stay when it is gone.
    CHECK(is_at(&seen.matches[0], LOG, "0x801c03f2"));
    CHECK(seen.matches[0].family == HEXPLAIN_FAMILY_HRESULT && seen.matches[0].value == FAILURE);
    CHECK(seen.matches[0].confidence == HEXPLAIN_CONFIDENCE_EXACT && seen.matches[0].index == 0 && is(seen.matches[0].name, SYMBOL) && is_sentence(seen.matches[0].summary));
    CHECK(is_at(&seen.matches[1], LOG, "AADSTS50126"));
    CHECK(seen.matches[1].family == HEXPLAIN_FAMILY_AADSTS && seen.matches[1].value == 50126);

    seen = (struct seen){.whole = true};
    CHECK(api.scan(LOG, strlen(LOG), HEXPLAIN_SCAN_UNKNOWN, collect, &seen) == HEXPLAIN_OK);
    CHECK(seen.count == 3 && seen.whole);
    CHECK(is_at(&seen.matches[2], LOG, "0xdeadbee1"));
    CHECK(seen.matches[2].value == 0xDEADBEE1 && is_none(seen.matches[2].name) && is_none(seen.matches[2].summary));

    // A code by its second name, one that a rule gives its family, and one that only carries another.
    static const char NAMED[] = "It said TAPI_E_NOTENOUGHMEMORY.";
    seen = (struct seen){.whole = true};
    CHECK(api.scan(NAMED, strlen(NAMED), 0, collect, &seen) == HEXPLAIN_OK);
    CHECK(seen.count == 1 && seen.whole && seen.matches[0].index == 1 && is(seen.matches[0].name, "TAPI_E_NOTENOUGHMEMORY"));
    static const char WRAPPED[] = "It failed with 0x80070520.";
    seen = (struct seen){.whole = true};
    CHECK(api.scan(WRAPPED, strlen(WRAPPED), 0, collect, &seen) == HEXPLAIN_OK);
    CHECK(seen.count == 1 && seen.whole && seen.matches[0].index == HEXPLAIN_NO_INDEX);
    CHECK(seen.matches[0].confidence == HEXPLAIN_CONFIDENCE_DERIVED);

    seen = (struct seen){.stop_at = 1, .whole = true};
    CHECK(api.scan(LOG, strlen(LOG), 0, collect, &seen) == HEXPLAIN_OK);
    CHECK(seen.count == 1);
    CHECK(api.scan(LOG, strlen(LOG), 0, stop, NULL) == HEXPLAIN_OK);
    CHECK(stops == 1);
    seen = (struct seen){.whole = true};
    CHECK(api.scan("All is well.", 12, 0, collect, &seen) == HEXPLAIN_OK);
    CHECK(seen.count == 0);
    // Neither a zero nor bytes of no encoding hide a code.
    static const char BYTES[] = "\0\xFF\xFE 0x801c03f2\0";
    CHECK(api.scan(BYTES, sizeof BYTES - 1, 0, collect, &seen) == HEXPLAIN_OK);
    CHECK(seen.count == 1 && seen.matches[0].start == 4 && seen.matches[0].end == 14);

    struct call call = {.function = F_scan_json, .text = LOG, .len = strlen(LOG)};
    struct json json = json_of(call);
    CHECK(count(json, "\n") == 2);
    // Lines and columns count from 1, columns in characters and offsets in bytes.
    CHECK(starts(json.text, "{\"path\":\"-\",\"line\":2,\"column\":14,\"offset\":29,\"text\":\"0x801c03f2\","));
    CHECK(has(json, "\n{\"path\":\"-\",\"line\":2,\"column\":26,\"offset\":41,\"text\":\"AADSTS50126\","));
    CHECK(has(json, "\"id\":\"hresult:0x801C03F2\"") && has(json, "\"id\":\"aadsts:AADSTS50126\""));
    free(json.text);
    call.flags = HEXPLAIN_SCAN_UNKNOWN;
    json = json_of(call);
    CHECK(count(json, "\n") == 3);
    CHECK(has(json, "\"text\":\"0xdeadbee1\"") && has(json, "\"name\":null"));
    free(json.text);
    // A byte of no encoding is one column.
    call = (struct call){.function = F_scan_json, .text = BYTES, .len = sizeof BYTES - 1};
    json = json_of(call);
    CHECK(has(json, "\"line\":1,\"column\":5,\"offset\":4,"));
    free(json.text);
    call = (struct call){.function = F_scan_json, .text = "\r\n\r\n0x801c03f2", .len = 14};
    json = json_of(call);
    CHECK(has(json, "\"line\":3,\"column\":1,\"offset\":4,"));
    free(json.text);
}

static void captures(void) {
    struct call call = {
        .function = F_dsregcmd_json, .text = CAPTURE, .len = sizeof CAPTURE - 1, .now = HEXPLAIN_NO_TIME};
    struct json json = json_of(call);
    CHECK(count(json, "\n") == 1);
    CHECK(starts(json.text, "{\"schema\":1,\"path\":\"-\",\"capture\":1,\"join_state\":\"entra-hybrid-joined\","));
    // The clock of the capture counts, and by it the token is older than four hours.
    CHECK(has(json, "\"captured_at\":\"2021-09-14T13:40:00Z\""));
    CHECK(has(json, "\"id\":\"prt-stale\""));
    CHECK(has(json, "northwindtraders") && has(json, "1f44af10-3259-5055-bcfd-3abad21325d4"));

    // UTF-16 with a mark of its order and without, at an odd address: bytes have no alignment.
    char *wide = allocate(2 * sizeof CAPTURE + 3);
    wide[1] = '\xFF';
    wide[2] = '\xFE';
    for (size_t at = 0; at < sizeof CAPTURE; at++) {
        wide[3 + 2 * at] = CAPTURE[at];
        wide[4 + 2 * at] = '\0';
    }
    for (size_t mark = 0; mark <= 2; mark += 2) {
        call.text = wide + 3 - mark;
        call.len = 2 * (sizeof CAPTURE - 1) + mark;
        struct json other = json_of(call);
        CHECK(equal(json, other));
        free(other.text);
    }
    free(wide);

    // Two captures, two lines.
    char *twice = allocate(2 * sizeof CAPTURE);
    memcpy(twice, CAPTURE, sizeof CAPTURE - 1);
    memcpy(twice + sizeof CAPTURE - 1, CAPTURE, sizeof CAPTURE);
    call.text = twice;
    call.len = 2 * (sizeof CAPTURE - 1);
    struct json both = json_of(call);
    CHECK(count(both, "\n") == 2);
    CHECK(has(both, "\"capture\":2"));
    free(both.text);
    free(twice);

    call.text = CAPTURE;
    call.len = sizeof CAPTURE - 1;
    call.flags = HEXPLAIN_DSREGCMD_REDACT;
    struct json redacted = json_of(call);
    CHECK(!has(redacted, "northwindtraders") && !has(redacted, "NORTHWIND") && !has(redacted, "NB-9593"));
    CHECK(!has(redacted, "1f44af10-3259-5055-bcfd-3abad21325d4"));
    CHECK(has(redacted, "\"id\":\"prt-stale\""));
    struct json again = json_of(call);
    CHECK(equal(redacted, again));
    free(again.text);
    free(redacted.text);
    call.flags = 0;

    // An hour after the token was renewed, and in 2040.
    call.now = 1631599330;
    struct json fixed = json_of(call);
    CHECK(!has(fixed, "\"id\":\"prt-stale\"") && !has(fixed, "\"id\":\"certificate-expired\""));
    free(fixed.text);
    call.now = INT64_C(2208988800);
    fixed = json_of(call);
    CHECK(has(fixed, "\"id\":\"certificate-expired\""));
    free(fixed.text);
    // The first and the last second of the years with four digits.
    call.now = INT64_C(-62135596800);
    fixed = json_of(call);
    free(fixed.text);
    call.now = INT64_C(253402300799);
    fixed = json_of(call);
    CHECK(has(fixed, "\"id\":\"certificate-expired\""));
    free(fixed.text);
    free(json.text);
}

// ---- Bad arguments

// What a function takes. `HAS_NUMBER` is that of an alias or an advice.
enum {
    HAS_OUT = 1 << 0,
    HAS_TEXT = 1 << 1,
    HAS_FAMILIES = 1 << 2,
    HAS_BUFFER = 1 << 3,
    HAS_FAMILY = 1 << 4,
    HAS_VALUE = 1 << 5,
    HAS_INDEX = 1 << 6,
    HAS_NUMBER = 1 << 7,
    HAS_POSITION = 1 << 8,
    HAS_KIND = 1 << 9,
    HAS_FLAGS = 1 << 10,
    HAS_STATUS = 1 << 11,
    HAS_NOW = 1 << 12,
    HAS_CALLBACK = 1 << 13,
    HAS_SCENARIO = 1 << 14,
    HAS_FAMILY_NAME = 1 << 15,
    HAS_SYMBOL = 1 << 16,
    HAS_CAPTURE = 1 << 17,
};

// A function with arguments that are good, and what its `out` is.
struct subject {
    const char *name;
    unsigned takes;
    size_t size, alignment;
    struct call good;
};

#define OUT_IS(type) sizeof(type), _Alignof(type)
static const uint32_t TWO_FAMILIES[] = {HEXPLAIN_FAMILY_HRESULT, HEXPLAIN_FAMILY_AADSTS};
static int32_t count_match(const hexplain_match *found, void *context);

static const struct subject SUBJECTS[] = {
    {"version", HAS_OUT, OUT_IS(hexplain_str), {.function = F_version}},
    {"data_version", HAS_OUT, OUT_IS(hexplain_str), {.function = F_data_version}},
    {"status_text", HAS_OUT | HAS_STATUS, OUT_IS(hexplain_str), {.function = F_status_text}},
    {"family_name", HAS_OUT | HAS_FAMILY, OUT_IS(hexplain_str), {.function = F_family_name}},
    {"family_from_name",
     HAS_OUT | HAS_TEXT | HAS_FAMILY_NAME,
     OUT_IS(uint32_t),
     {.function = F_family_from_name, .text = "ntstatus", .len = 8}},
    {"name", HAS_OUT | HAS_FAMILY | HAS_VALUE, OUT_IS(hexplain_str), {.function = F_name, .value = FAILURE}},
    {"lookup",
     HAS_OUT | HAS_FAMILY | HAS_VALUE | HAS_INDEX,
     OUT_IS(hexplain_entry),
     {.function = F_lookup, .value = 0x80040001}},
    {"wraps",
     HAS_OUT | HAS_FAMILY | HAS_VALUE | HAS_POSITION,
     OUT_IS(hexplain_entry),
     {.function = F_wraps, .value = 0x80072EE7}},
    {"lookup_id",
     HAS_OUT | HAS_TEXT | HAS_SYMBOL,
     OUT_IS(hexplain_entry),
     {.function = F_lookup_id, .text = "hresult:0x801C03F2", .len = 18}},
    {"lookup_label",
     HAS_OUT | HAS_TEXT | HAS_INDEX | HAS_SYMBOL,
     OUT_IS(hexplain_entry),
     {.function = F_lookup_label, .text = "directory error", .len = 15}},
    {"lookup_symbol",
     HAS_OUT | HAS_TEXT | HAS_INDEX | HAS_SYMBOL,
     OUT_IS(hexplain_entry),
     {.function = F_lookup_symbol, .text = "FVE_E_DEVICE_NOT_JOINED", .len = 23}},
    {"alias",
     HAS_OUT | HAS_FAMILY | HAS_VALUE | HAS_INDEX | HAS_NUMBER,
     OUT_IS(hexplain_str),
     {.function = F_alias, .value = 0x80070005}},
    {"advice_of",
     HAS_OUT | HAS_FAMILY | HAS_VALUE | HAS_INDEX | HAS_NUMBER,
     OUT_IS(hexplain_advice),
     {.function = F_advice_of, .value = 0x80072EE2}},
    {"advice_text",
     HAS_OUT | HAS_FAMILY | HAS_VALUE | HAS_INDEX | HAS_NUMBER | HAS_POSITION | HAS_KIND,
     OUT_IS(hexplain_str),
     {.function = F_advice_text, .value = 0x80072EE2, .kind = HEXPLAIN_ENDPOINT}},
    {"fields_of_hresult",
     HAS_OUT,
     OUT_IS(hexplain_hresult_fields),
     {.function = F_fields_of_hresult, .value = FAILURE}},
    {"fields_of_ntstatus",
     HAS_OUT,
     OUT_IS(hexplain_ntstatus_fields),
     {.function = F_fields_of_ntstatus, .value = FAILURE}},
    {"explain_json",
     HAS_OUT | HAS_TEXT | HAS_FAMILIES | HAS_BUFFER,
     OUT_IS(size_t),
     {.function = F_explain_json, .text = PAIR, .len = sizeof PAIR - 1, .families = TWO_FAMILIES, .family_count = 2}},
    {"search_json",
     HAS_OUT | HAS_TEXT | HAS_FAMILIES | HAS_BUFFER,
     OUT_IS(size_t),
     {.function = F_search_json, .text = SYMBOL, .len = 25, .families = TWO_FAMILIES, .family_count = 2, .limit = 2}},
    {"guide_json",
     HAS_OUT | HAS_TEXT | HAS_BUFFER | HAS_SCENARIO,
     OUT_IS(size_t),
     {.function = F_guide_json, .text = "windows-365", .len = 11}},
    // Its `out` is the context, which the callback writes to.
    {"scan",
     HAS_TEXT | HAS_FLAGS | HAS_CALLBACK,
     OUT_IS(size_t),
     {.function = F_scan, .text = LOG, .len = sizeof LOG - 1, .on_match = count_match}},
    {"scan_json",
     HAS_OUT | HAS_TEXT | HAS_BUFFER | HAS_FLAGS,
     OUT_IS(size_t),
     {.function = F_scan_json, .text = LOG, .len = sizeof LOG - 1}},
    {"dsregcmd_json",
     HAS_OUT | HAS_TEXT | HAS_BUFFER | HAS_FLAGS | HAS_NOW | HAS_CAPTURE,
     OUT_IS(size_t),
     {.function = F_dsregcmd_json, .text = CAPTURE, .len = sizeof CAPTURE - 1, .now = HEXPLAIN_NO_TIME}},
};
enum { SUBJECT_COUNT = sizeof SUBJECTS / sizeof *SUBJECTS };

// A way to spoil an argument, and what is to be returned then.
struct bad {
    const char *name;
    unsigned of;
    void (*spoil)(struct call *, uint64_t by);
    uint64_t by;
    hexplain_status status;
};

static void out_null(struct call *c, uint64_t by) { (void)by, c->out = NULL; }
static void out_shifted(struct call *c, uint64_t by) { c->out = (char *)c->out + by; }
static void text_null(struct call *c, uint64_t by) { (void)by, c->text = NULL; }
static void text_null_and_long(struct call *c, uint64_t by) { c->text = NULL, c->len = (size_t)by; }
static void text_long(struct call *c, uint64_t by) { c->len = (size_t)by; }
// The last bytes that can be addressed, and more than there are.
static void text_at_end(struct call *c, uint64_t by) { c->text = (const char *)(UINTPTR_MAX - 7), c->len = (size_t)by; }
static void text_unknown(struct call *c, uint64_t by) { (void)by, c->text = "no such thing", c->len = 13; }
static void families_null(struct call *c, uint64_t by) { (void)by, c->families = NULL; }
static void families_many(struct call *c, uint64_t by) { c->family_count = (size_t)by; }
static void families_at_end(struct call *c, uint64_t by) {
    c->families = (const uint32_t *)(UINTPTR_MAX - 7), c->family_count = (size_t)by;
}
static void families_shifted(struct call *c, uint64_t by) {
    static const uint32_t LIST[3] = {0};
    c->families = (const void *)((const char *)LIST + by);
}
static void families_unknown(struct call *c, uint64_t by) {
    static uint32_t list[2];
    list[by] = api.family_count();
    list[1 - by] = 0;
    c->families = list;
}
static void buffer_null(struct call *c, uint64_t by) { (void)by, c->buffer = NULL; }
static void buffer_long(struct call *c, uint64_t by) { c->capacity = (size_t)by; }
static void buffer_at_end(struct call *c, uint64_t by) {
    c->buffer = (char *)(UINTPTR_MAX - 7), c->capacity = (size_t)by;
}
static void buffer_short(struct call *c, uint64_t by) { c->capacity = by < c->capacity ? c->capacity - (size_t)by : 0; }
static void buffer_none(struct call *c, uint64_t by) { (void)by, c->buffer = NULL, c->capacity = 0; }
static void family_beyond(struct call *c, uint64_t by) { c->family = api.family_count() + (uint32_t)by; }
static void family_set(struct call *c, uint64_t by) { c->family = (uint32_t)by; }
static void value_set(struct call *c, uint64_t by) { c->value = (uint32_t)by; }
static void kind_set(struct call *c, uint64_t by) { c->kind = (int32_t)(int64_t)by; }
static void flags_set(struct call *c, uint64_t by) { c->flags = (uint32_t)by; }
static void status_set(struct call *c, uint64_t by) { c->status = (int32_t)(int64_t)by; }
static void now_set(struct call *c, uint64_t by) { c->now = (int64_t)by; }
static void callback_null(struct call *c, uint64_t by) { (void)by, c->on_match = NULL; }
static void index_set(struct call *c, uint64_t by) { c->index = (uint32_t)by; }
static void number_set(struct call *c, uint64_t by) { c->number = (uint32_t)by; }
static void position_set(struct call *c, uint64_t by) { c->position = (uint32_t)by; }
// The first that is refused.
static void advance(struct call *c, uint32_t *position) {
    while (run(c) == HEXPLAIN_OK && *position < 1000) {
        ++*position;
    }
}
static void index_beyond(struct call *c, uint64_t by) { (void)by, advance(c, &c->index); }
static void number_beyond(struct call *c, uint64_t by) { (void)by, advance(c, &c->number); }
static void position_beyond(struct call *c, uint64_t by) { (void)by, advance(c, &c->position); }

#define HALF ((uint64_t)PTRDIFF_MAX + 1)

static const struct bad BADS[] = {
    {"out NULL", HAS_OUT, out_null, 0, HEXPLAIN_NULL_POINTER},
    {"out misaligned by 1", HAS_OUT, out_shifted, 1, HEXPLAIN_MISALIGNED_POINTER},
    {"out misaligned by 2", HAS_OUT, out_shifted, 2, HEXPLAIN_MISALIGNED_POINTER},
    {"out misaligned by 3", HAS_OUT, out_shifted, 3, HEXPLAIN_MISALIGNED_POINTER},
    {"out misaligned by 4", HAS_OUT, out_shifted, 4, HEXPLAIN_MISALIGNED_POINTER},
    {"out misaligned by 7", HAS_OUT, out_shifted, 7, HEXPLAIN_MISALIGNED_POINTER},
    {"text NULL", HAS_TEXT, text_null, 0, HEXPLAIN_NULL_POINTER},
    {"text NULL of length SIZE_MAX", HAS_TEXT, text_null_and_long, SIZE_MAX, HEXPLAIN_NULL_POINTER},
    {"length SIZE_MAX", HAS_TEXT, text_long, SIZE_MAX, HEXPLAIN_BAD_LENGTH},
    {"length PTRDIFF_MAX + 1", HAS_TEXT, text_long, HALF, HEXPLAIN_BAD_LENGTH},
    {"text beyond the last address", HAS_TEXT, text_at_end, 9, HEXPLAIN_BAD_LENGTH},
    {"unknown symbol", HAS_SYMBOL, text_unknown, 0, HEXPLAIN_NOT_FOUND},
    {"unknown family's name", HAS_FAMILY_NAME, text_unknown, 0, HEXPLAIN_BAD_FAMILY},
    {"unknown scenario", HAS_SCENARIO, text_unknown, 0, HEXPLAIN_BAD_ARGUMENT},
    {"no capture", HAS_CAPTURE, text_unknown, 0, HEXPLAIN_NO_CAPTURE},
    {"families NULL", HAS_FAMILIES, families_null, 0, HEXPLAIN_NULL_POINTER},
    {"families misaligned by 1", HAS_FAMILIES, families_shifted, 1, HEXPLAIN_MISALIGNED_POINTER},
    {"families misaligned by 2", HAS_FAMILIES, families_shifted, 2, HEXPLAIN_MISALIGNED_POINTER},
    {"families misaligned by 3", HAS_FAMILIES, families_shifted, 3, HEXPLAIN_MISALIGNED_POINTER},
    {"SIZE_MAX families", HAS_FAMILIES, families_many, SIZE_MAX, HEXPLAIN_BAD_LENGTH},
    {"PTRDIFF_MAX + 1 families", HAS_FAMILIES, families_many, HALF, HEXPLAIN_BAD_LENGTH},
    {"families of PTRDIFF_MAX + 1 bytes", HAS_FAMILIES, families_many, HALF / 4, HEXPLAIN_BAD_LENGTH},
    {"families beyond the last address", HAS_FAMILIES, families_at_end, 3, HEXPLAIN_BAD_LENGTH},
    {"unknown family at first", HAS_FAMILIES, families_unknown, 0, HEXPLAIN_BAD_FAMILY},
    {"unknown family at last", HAS_FAMILIES, families_unknown, 1, HEXPLAIN_BAD_FAMILY},
    {"buffer NULL", HAS_BUFFER, buffer_null, 0, HEXPLAIN_NULL_POINTER},
    {"capacity SIZE_MAX", HAS_BUFFER, buffer_long, SIZE_MAX, HEXPLAIN_BAD_LENGTH},
    {"capacity PTRDIFF_MAX + 1", HAS_BUFFER, buffer_long, HALF, HEXPLAIN_BAD_LENGTH},
    {"buffer beyond the last address", HAS_BUFFER, buffer_at_end, 9, HEXPLAIN_BAD_LENGTH},
    {"buffer too small by 1", HAS_BUFFER, buffer_short, 1, HEXPLAIN_BUFFER_TOO_SMALL},
    {"capacity 0", HAS_BUFFER, buffer_short, SIZE_MAX, HEXPLAIN_BUFFER_TOO_SMALL},
    {"buffer NULL and capacity 0", HAS_BUFFER, buffer_none, 0, HEXPLAIN_BUFFER_TOO_SMALL},
    {"family behind the last", HAS_FAMILY, family_beyond, 0, HEXPLAIN_BAD_FAMILY},
    {"family UINT32_MAX", HAS_FAMILY, family_set, UINT32_MAX, HEXPLAIN_BAD_FAMILY},
    {"unknown code", HAS_VALUE, value_set, 0xDEADBEE1, HEXPLAIN_NOT_FOUND},
    {"index behind the last", HAS_INDEX, index_beyond, 0, HEXPLAIN_NOT_FOUND},
    {"index UINT32_MAX", HAS_INDEX, index_set, UINT32_MAX, HEXPLAIN_NOT_FOUND},
    {"alias or advice behind the last", HAS_NUMBER, number_beyond, 0, HEXPLAIN_NOT_FOUND},
    {"alias or advice UINT32_MAX", HAS_NUMBER, number_set, UINT32_MAX, HEXPLAIN_NOT_FOUND},
    {"position behind the last", HAS_POSITION, position_beyond, 0, HEXPLAIN_NOT_FOUND},
    {"position UINT32_MAX", HAS_POSITION, position_set, UINT32_MAX, HEXPLAIN_NOT_FOUND},
    {"kind behind the last", HAS_KIND, kind_set, HEXPLAIN_ENDPOINT + 1, HEXPLAIN_BAD_ARGUMENT},
    {"kind -1", HAS_KIND, kind_set, UINT64_MAX, HEXPLAIN_BAD_ARGUMENT},
    {"kind INT32_MIN", HAS_KIND, kind_set, (uint64_t)INT32_MIN, HEXPLAIN_BAD_ARGUMENT},
    {"kind INT32_MAX", HAS_KIND, kind_set, INT32_MAX, HEXPLAIN_BAD_ARGUMENT},
    {"flag behind the last", HAS_FLAGS, flags_set, 2, HEXPLAIN_BAD_ARGUMENT},
    {"flag beside a known one", HAS_FLAGS, flags_set, 3, HEXPLAIN_BAD_ARGUMENT},
    {"highest flag", HAS_FLAGS, flags_set, UINT32_C(1) << 31, HEXPLAIN_BAD_ARGUMENT},
    {"all flags", HAS_FLAGS, flags_set, UINT32_MAX, HEXPLAIN_BAD_ARGUMENT},
    {"status behind the last", HAS_STATUS, status_set, HEXPLAIN_PANIC + 1, HEXPLAIN_NOT_FOUND},
    {"status -1", HAS_STATUS, status_set, UINT64_MAX, HEXPLAIN_NOT_FOUND},
    {"status INT32_MIN", HAS_STATUS, status_set, (uint64_t)INT32_MIN, HEXPLAIN_NOT_FOUND},
    {"status INT32_MAX", HAS_STATUS, status_set, INT32_MAX, HEXPLAIN_NOT_FOUND},
    {"time after the year 9999", HAS_NOW, now_set, UINT64_C(253402300800), HEXPLAIN_BAD_ARGUMENT},
    {"time before the year 1", HAS_NOW, now_set, (uint64_t)INT64_C(-62135596801), HEXPLAIN_BAD_ARGUMENT},
    {"time INT64_MAX", HAS_NOW, now_set, INT64_MAX, HEXPLAIN_BAD_ARGUMENT},
    {"time INT64_MIN + 1", HAS_NOW, now_set, (uint64_t)(INT64_MIN + 1), HEXPLAIN_BAD_ARGUMENT},
    {"callback NULL", HAS_CALLBACK, callback_null, 0, HEXPLAIN_NULL_POINTER},
};
enum { BAD_COUNT = sizeof BADS / sizeof *BADS };

// A text of odd bytes; what it does to each function that takes a text stands in `ODD_STATUS`.
static const struct {
    const char *name, *text;
    size_t len;
} ODD[] = {
    {"empty text", "", 0},
    {"empty text at NULL", NULL, 0},
    {"a byte of no encoding", "\xFF", 1},
    {"a text with a hole", "0x801c03f2 \xC3( \xE2\x82 \xF0\x9F\x92 \xED\xA0\x80 \xC0\x80", 24},
    {"zeros", "\0\0\0", 3},
};
enum { ODD_COUNT = sizeof ODD / sizeof *ODD };
static const struct {
    enum function function;
    hexplain_status statuses[ODD_COUNT];
} ODD_STATUS[] = {
    {F_family_from_name, {HEXPLAIN_BAD_FAMILY, HEXPLAIN_BAD_FAMILY, HEXPLAIN_BAD_FAMILY, HEXPLAIN_BAD_FAMILY, HEXPLAIN_BAD_FAMILY}},
    {F_lookup_id, {HEXPLAIN_NOT_FOUND, HEXPLAIN_NOT_FOUND, HEXPLAIN_NOT_FOUND, HEXPLAIN_NOT_FOUND, HEXPLAIN_NOT_FOUND}},
    {F_lookup_label, {HEXPLAIN_NOT_FOUND, HEXPLAIN_NOT_FOUND, HEXPLAIN_NOT_FOUND, HEXPLAIN_NOT_FOUND, HEXPLAIN_NOT_FOUND}},
    {F_lookup_symbol, {HEXPLAIN_NOT_FOUND, HEXPLAIN_NOT_FOUND, HEXPLAIN_NOT_FOUND, HEXPLAIN_NOT_FOUND, HEXPLAIN_NOT_FOUND}},
    {F_explain_json, {HEXPLAIN_OK, HEXPLAIN_OK, HEXPLAIN_OK, HEXPLAIN_OK, HEXPLAIN_OK}},
    {F_search_json, {HEXPLAIN_OK, HEXPLAIN_OK, HEXPLAIN_OK, HEXPLAIN_OK, HEXPLAIN_OK}},
    {F_guide_json, {HEXPLAIN_OK, HEXPLAIN_OK, HEXPLAIN_BAD_ARGUMENT, HEXPLAIN_BAD_ARGUMENT, HEXPLAIN_BAD_ARGUMENT}},
    {F_scan, {HEXPLAIN_OK, HEXPLAIN_OK, HEXPLAIN_OK, HEXPLAIN_OK, HEXPLAIN_OK}},
    {F_scan_json, {HEXPLAIN_OK, HEXPLAIN_OK, HEXPLAIN_OK, HEXPLAIN_OK, HEXPLAIN_OK}},
    {F_dsregcmd_json, {HEXPLAIN_NO_CAPTURE, HEXPLAIN_NO_CAPTURE, HEXPLAIN_NO_CAPTURE, HEXPLAIN_NO_CAPTURE, HEXPLAIN_NO_CAPTURE}},
};

enum { FILLING = 0xA5, MARGIN = 64, ROOM = 256 };

// Memory that a function could write to: an `out` and a buffer with margins, all filled with one byte before a call.
struct memory {
    union {
        max_align_t alignment;
        unsigned char bytes[MARGIN + ROOM + MARGIN];
    } out;
    unsigned char *buffer;
    size_t size;
};

static bool is_filling(const unsigned char *from, const unsigned char *to) {
    while (from < to && *from == FILLING) {
        from++;
    }
    return from == to;
}

// Good arguments of a function, with memory of just the size that it needs.
static struct call prepare(struct memory *memory, const struct subject *subject) {
    struct call call = subject->good;
    CHECK(subject->size <= ROOM);
    memory->size = 0;
    if (subject->takes & HAS_BUFFER) {
        call.out = &memory->size;
        CHECK(run(&call) == HEXPLAIN_BUFFER_TOO_SMALL);
    }
    memory->buffer = allocate(memory->size + 2 * MARGIN);
    call.buffer = (char *)memory->buffer + MARGIN;
    call.capacity = memory->size;
    call.out = memory->out.bytes + MARGIN;
    return call;
}

static void fill(struct memory *memory) {
    memset(memory->out.bytes, FILLING, sizeof memory->out.bytes);
    memset(memory->buffer, FILLING, memory->size + 2 * MARGIN);
}

// Whether nothing was written but the first `out` bytes of the one and the first `buffer` bytes of the other.
static bool is_untouched(const struct memory *memory, size_t out, size_t buffer) {
    const unsigned char *from = memory->out.bytes, *end = from + sizeof memory->out.bytes;
    const unsigned char *start = memory->buffer, *last = start + memory->size + 2 * MARGIN;
    return is_filling(from, from + MARGIN) && is_filling(from + MARGIN + out, end) &&
           is_filling(start, start + MARGIN) && is_filling(start + MARGIN + buffer, last);
}

static int32_t count_match(const hexplain_match *found, void *context) {
    size_t seen;
    memcpy(&seen, context, sizeof seen);
    seen += found != NULL;
    memcpy(context, &seen, sizeof seen);
    return 0;
}

static bool applies(const struct bad *bad, const struct subject *subject) {
    return (bad->of & subject->takes) != 0 && (bad->spoil != out_shifted || bad->by % subject->alignment != 0);
}

// Calls with arguments that were spoilt, and checks that nothing was written. Returns the status.
static hexplain_status run_spoilt(struct memory *memory, const struct call *call) {
    fill(memory);
    hexplain_status status = run(call);
    CHECK(status != HEXPLAIN_OK);
    if (status == HEXPLAIN_BUFFER_TOO_SMALL) {
        size_t told;
        memcpy(&told, memory->out.bytes + MARGIN, sizeof told);
        CHECK(told == memory->size);
        CHECK(is_untouched(memory, sizeof told, 0));
    } else {
        CHECK(is_untouched(memory, 0, 0));
    }
    return status;
}

static void bad_arguments(void) {
    // Every function is a subject, but for the two that take nothing and the one that panics.
    CHECK(SUBJECT_COUNT + 2 == F_dsregcmd_json + 1);
    for (const struct subject *subject = SUBJECTS; subject < SUBJECTS + SUBJECT_COUNT; subject++) {
        struct memory memory;
        name_row("%s", subject->name);
        const struct call good = prepare(&memory, subject);
        fill(&memory);
        CHECK(run(&good) == HEXPLAIN_OK);
        CHECK(is_untouched(&memory, subject->size, memory.size));
        for (const struct bad *bad = BADS; bad < BADS + BAD_COUNT; bad++) {
            if (!applies(bad, subject)) {
                continue;
            }
            struct call call = good;
            bad->spoil(&call, bad->by);
            name_row("%s, %s", subject->name, bad->name);
            hexplain_status status = run_spoilt(&memory, &call);
            CHECK(status == bad->status);
            // With another bad argument beside it one of the two is told. A size is told only where the rest is good.
            for (const struct bad *other = bad + 1; other < BADS + BAD_COUNT; other++) {
                if (!applies(other, subject) || (other->of & bad->of) != 0 ||
                    bad->status == HEXPLAIN_BUFFER_TOO_SMALL || other->status == HEXPLAIN_BUFFER_TOO_SMALL) {
                    continue;
                }
                struct call both = call;
                other->spoil(&both, other->by);
                name_row("%s, %s and %s", subject->name, bad->name, other->name);
                status = run_spoilt(&memory, &both);
                CHECK(status == bad->status || status == other->status);
            }
        }
        free(memory.buffer);
    }
    name_row("");
}

static void odd_texts(void) {
    for (size_t at = 0; at < sizeof ODD_STATUS / sizeof *ODD_STATUS; at++) {
        const struct subject *subject = SUBJECTS;
        while (subject->good.function != ODD_STATUS[at].function) {
            subject++;
        }
        CHECK(subject->takes & HAS_TEXT);
        for (size_t odd = 0; odd < ODD_COUNT; odd++) {
            struct memory memory;
            name_row("%s, %s", subject->name, ODD[odd].name);
            struct call call = prepare(&memory, subject);
            call.text = ODD[odd].text;
            call.len = ODD[odd].len;
            if (ODD_STATUS[at].statuses[odd] != HEXPLAIN_OK) {
                CHECK(run_spoilt(&memory, &call) == ODD_STATUS[at].statuses[odd]);
            } else if (subject->takes & HAS_BUFFER) {
                // `json_of` checks that it is UTF-8 and whole.
                free(json_of(call).text);
            } else {
                fill(&memory);
                CHECK(run(&call) == HEXPLAIN_OK);
            }
            free(memory.buffer);
        }
    }
    name_row("");
    struct json json = explain("x\xFFy\xC3", 0, NULL);
    CHECK(has(json, "\"input\":\"x\xEF\xBF\xBDy\xEF\xBF\xBD\""));
    free(json.text);
    json = explain("", 0, NULL);
    CHECK(count(json, "\n") == 1 && has(json, "\"input\":\"\"") && !has(json, "\"error\":null"));
    free(json.text);
    // Where there is nothing to tell, nothing is written, and a buffer is not needed.
    json = json_of((struct call){.function = F_scan_json, .text = "", .len = 0});
    CHECK(json.len == 0);
    free(json.text);
    json = json_of((struct call){.function = F_search_json, .text = "", .len = 0, .limit = 9});
    CHECK(json.len == 0);
    free(json.text);
    // With control characters the JSON is valid still.
    json = explain("\x01\t\"\\\n\x7F", 0, NULL);
    CHECK(has(json, "\"input\":\"\\u0001\\t\\\"\\\\\\n\x7F\""));
    free(json.text);
}

#ifdef HEXPLAIN_PANIC_TEST
static void panics(void) {
    static const struct subject SUBJECT = {"test_panic", HAS_OUT, OUT_IS(uint32_t), {.function = F_test_panic}};
    struct memory memory;
    struct call call = prepare(&memory, &SUBJECT);
    for (int round = 0; round < 3; round++) {
        CHECK(run_spoilt(&memory, &call) == HEXPLAIN_PANIC);
        // The library goes on.
        lookups();
    }
    call.out = NULL;
    CHECK(run_spoilt(&memory, &call) == HEXPLAIN_NULL_POINTER);
    free(memory.buffer);
    // The ways with a buffer and with a callback.
    for (const struct subject *subject = SUBJECTS; subject < SUBJECTS + SUBJECT_COUNT; subject++) {
        if (subject->good.function == F_scan || subject->good.function == F_scan_json) {
            name_row("%s, a panic", subject->name);
            call = prepare(&memory, subject);
            call.flags = TEST_PANIC_FLAG;
            CHECK(run_spoilt(&memory, &call) == HEXPLAIN_PANIC);
            free(memory.buffer);
        }
    }
    name_row("");
}
#endif

// ---- Threads

enum { THREADS = 8, CALLS = 10000, ANSWERS = 6 };

// What one thread is to hear, and how often it heard something else.
struct worker {
    const struct call *questions;
    const struct json *answers;
    unsigned number, wrong;
};

static bool hears(const struct worker *worker, unsigned which, char *buffer, size_t capacity) {
    struct call call = worker->questions[which];
    size_t told = 0;
    call.buffer = buffer;
    call.capacity = capacity;
    call.out = &told;
    return run(&call) == HEXPLAIN_OK && told == worker->answers[which].len &&
           memcmp(buffer, worker->answers[which].text, told) == 0;
}

static void work(struct worker *worker) {
    size_t capacity = 0;
    for (unsigned which = 0; which < ANSWERS; which++) {
        capacity = worker->answers[which].len > capacity ? worker->answers[which].len : capacity;
    }
    char *buffer = malloc(capacity);
    worker->wrong += buffer == NULL;
    for (unsigned at = 0; buffer != NULL && at < CALLS; at++) {
        hexplain_entry entry;
        hexplain_str text;
        hexplain_hresult_fields bits;
        size_t seen = 0;
        bool right;
        // The threads do not march in step.
        unsigned turn = at * 7 + worker->number * 13;
        switch (turn % 20) {
        // The long answers come seldom.
        case 0: right = hears(worker, turn / 20 % 20 < ANSWERS ? turn / 20 % 20 : 0, buffer, capacity); break;
        case 1: right = hears(worker, 1, buffer, capacity); break;
        case 2: right = api.scan(LOG, strlen(LOG), 0, count_match, &seen) == HEXPLAIN_OK && seen == 2; break;
        case 3: right = api.fields_of_hresult(FAILURE, &bits) == HEXPLAIN_OK && bits.facility == 28; break;
        case 4: right = api.lookup(HEXPLAIN_FAMILY_AADSTS, 50126, 1, &entry) == HEXPLAIN_NOT_FOUND; break;
        case 5: right = api.lookup(HEXPLAIN_FAMILY_AADSTS, 50126, 0, NULL) == HEXPLAIN_NULL_POINTER; break;
        case 6: right = api.status_text(HEXPLAIN_PANIC, &text) == HEXPLAIN_OK && is_sentence(text); break;
        case 7:
            right = api.advice_text(HEXPLAIN_FAMILY_HRESULT, FAILURE, 0, 0, HEXPLAIN_REASON, 0, &text) == HEXPLAIN_OK &&
                    is_sentence(text);
            break;
        case 8: right = api.name(HEXPLAIN_FAMILY_HRESULT, FAILURE, &text) == HEXPLAIN_OK && is(text, SYMBOL); break;
        case 9:
            right = api.lookup_symbol("e_accessdenied", 14, 0, &entry) == HEXPLAIN_OK && entry.value == 0x80070005;
            break;
        default:
            right = api.lookup(HEXPLAIN_FAMILY_HRESULT, FAILURE, 0, &entry) == HEXPLAIN_OK && is(entry.name, SYMBOL);
        }
        worker->wrong += !right;
    }
    free(buffer);
}

#ifdef _WIN32
static DWORD WINAPI start(void *worker) { return work(worker), 0; }
#else
static void *start(void *worker) { return work(worker), NULL; }
#endif

static void threads(void) {
    const struct call questions[ANSWERS] = {
        {.function = F_explain_json, .text = PAIR, .len = strlen(PAIR)},
        {.function = F_scan_json, .text = LOG, .len = strlen(LOG), .flags = HEXPLAIN_SCAN_UNKNOWN},
        {.function = F_search_json, .text = "directory failure", .len = 17, .limit = 3},
        {.function = F_guide_json, .text = "hybrid-join", .len = 11},
        {.function = F_dsregcmd_json, .text = CAPTURE, .len = sizeof CAPTURE - 1, .now = HEXPLAIN_NO_TIME},
        {.function = F_dsregcmd_json,
         .text = CAPTURE,
         .len = sizeof CAPTURE - 1,
         .now = 1631599330,
         .flags = HEXPLAIN_DSREGCMD_REDACT},
    };
    struct json answers[ANSWERS];
    for (size_t at = 0; at < ANSWERS; at++) {
        answers[at] = json_of(questions[at]);
    }
    struct worker workers[THREADS];
#ifdef _WIN32
    HANDLE running[THREADS];
#else
    pthread_t running[THREADS];
#endif
    for (unsigned at = 0; at < THREADS; at++) {
        workers[at] = (struct worker){questions, answers, at, 0};
#ifdef _WIN32
        running[at] = CreateThread(NULL, 0, start, &workers[at], 0, NULL);
        CHECK(running[at] != NULL);
#else
        CHECK(pthread_create(&running[at], NULL, start, &workers[at]) == 0);
#endif
    }
    for (unsigned at = 0; at < THREADS; at++) {
#ifdef _WIN32
        CHECK(WaitForSingleObject(running[at], INFINITE) == WAIT_OBJECT_0);
        CloseHandle(running[at]);
#else
        CHECK(pthread_join(running[at], NULL) == 0);
#endif
        CHECK(workers[at].wrong == 0);
        checks += CALLS;
    }
    for (size_t at = 0; at < ANSWERS; at++) {
        free(answers[at].text);
    }
}

int main(int argc, char **argv) {
#ifdef HEXPLAIN_LOAD
    if (argc != 2) {
        printf("Give the path of the library.\n");
        return 1;
    }
    fill_api(argv[1]);
#else
    (void)argc, (void)argv;
    fill_api();
#endif
#ifndef __SANITIZE_ADDRESS__
    // The sanitizer tells more than `crash` can.
    signal(SIGSEGV, crash);
    signal(SIGABRT, crash);
#else
    (void)crash;
#endif
    versions();
    status_texts();
    families();
    lookups();
    symbols();
    other_ways();
    advice();
    fields();
    explanations();
    searches();
    guides();
    scans();
    captures();
    bad_arguments();
    odd_texts();
#ifdef HEXPLAIN_PANIC_TEST
    panics();
#endif
    threads();
    printf("boundary: %lu checks passed\n", checks);
    return 0;
}
