// Explains its arguments: numbers and symbols in words, whatever else as the JSON of `hexplain --json`.
//
//     cc explain.c $(pkg-config --cflags --libs hexplain) -o explain
//     ./explain 0x801C03F2 -2147024891 e_accessdenied "AADSTS50126: Error validating credentials"
//
// The exit status is 1 if an argument is not known, and 2 if there is none or the library does not fit the header.

#include <hexplain.h>

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Texts have no zero at their end, so that their length goes to `printf`.
#define TEXT(text) (int)(text).len, (text).ptr

// The texts of one kind that an advice has, a line each, up to the first position that is not found.
static void print_texts(const hexplain_entry *of, uint32_t advice, hexplain_advice_text_kind kind, const char *title) {
    hexplain_str text;
    uint32_t at = 0;
    while (hexplain_advice_text(of->family, of->value, of->index, advice, kind, at++, &text) == HEXPLAIN_OK) {
        printf("    %s: %.*s\n", title, TEXT(text));
    }
}

static void print_entry(const hexplain_entry *entry) {
    hexplain_str family;
    if (hexplain_family_name(entry->family, &family) != HEXPLAIN_OK) {
        return;
    }
    // A code may be known without a symbol, or without a sentence on it: such a text has no pointer.
    printf("%.*s 0x%08X", TEXT(family), (unsigned)entry->value);
    if (entry->name.ptr != NULL) {
        printf(" %.*s", TEXT(entry->name));
    }
    putchar('\n');
    if (entry->summary.ptr != NULL) {
        printf("  %.*s\n", TEXT(entry->summary));
    }
    for (uint32_t at = 0; at < entry->advice_count; at++) {
        hexplain_advice advice;
        if (hexplain_advice_of(entry->family, entry->value, entry->index, at, &advice) != HEXPLAIN_OK) {
            return;
        }
        printf("  In %.*s", TEXT(advice.scenario));
        if (advice.phase.ptr != NULL) {
            printf(", phase %.*s", TEXT(advice.phase));
        }
        puts(":");
        print_texts(entry, at, HEXPLAIN_REASON, "Reason");
        print_texts(entry, at, HEXPLAIN_RESOLUTION, "Resolution");
        print_texts(entry, at, HEXPLAIN_ENDPOINT, "Must be reachable");
    }
}

// The 32 bits of a number: decimal, negative or hexadecimal. Digits that begin with 0 are decimal too.
static bool parse(const char *text, uint32_t *value) {
    const bool hexadecimal = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    char *end;
    errno = 0;
    const long long number = strtoll(text, &end, hexadecimal ? 16 : 10);
    *value = (uint32_t)number;
    return end != text && *end == '\0' && errno == 0 && number >= INT32_MIN && number <= UINT32_MAX;
}

// A number means something else in each family, and may have several names in one.
static bool explain_number(uint32_t value) {
    bool known = false;
    hexplain_entry entry;
    for (uint32_t family = 0; family < hexplain_family_count(); family++) {
        for (uint32_t index = 0; hexplain_lookup(family, value, index, &entry) == HEXPLAIN_OK; index++) {
            print_entry(&entry);
            known = true;
        }
    }
    // An HRESULT may be known by the error that it carries alone.
    uint32_t carried = 0;
    while (!known && hexplain_wraps(HEXPLAIN_FAMILY_HRESULT, value, carried, &entry) == HEXPLAIN_OK) {
        printf("hresult 0x%08X carries ", (unsigned)value);
        print_entry(&entry);
        carried++;
    }
    return known || carried > 0;
}

static bool explain_symbol(const char *symbol) {
    hexplain_entry entry;
    uint32_t index = 0;
    for (; hexplain_lookup_symbol(symbol, strlen(symbol), index, &entry) == HEXPLAIN_OK; index++) {
        print_entry(&entry);
    }
    return index > 0;
}

// Asks for the size first, then for the JSON itself, which has no zero at its end either.
static bool explain_text(const char *text) {
    const size_t len = strlen(text);
    size_t size = 0;
    hexplain_status status = hexplain_explain_json(text, len, NULL, 0, NULL, 0, &size);
    char *json = status == HEXPLAIN_BUFFER_TOO_SMALL ? malloc(size + 1) : NULL;
    if (json == NULL) {
        return false;
    }
    status = hexplain_explain_json(text, len, NULL, 0, json, size, &size);
    bool known = false;
    if (status == HEXPLAIN_OK) {
        json[size] = '\0';
        fputs(json, stdout);
        // Quotes inside a text are escaped, so that this is the key itself.
        known = strstr(json, "\"candidates\":[]") == NULL;
    }
    free(json);
    return known;
}

int main(int argc, char **argv) {
    // The hundreds tell of changes, what is below them of additions.
    const uint32_t version = hexplain_abi_version();
    if (version / 100 != HEXPLAIN_ABI_VERSION / 100 || version < HEXPLAIN_ABI_VERSION) {
        fprintf(stderr, "explain: The library has interface %u, not %u.\n", (unsigned)version, HEXPLAIN_ABI_VERSION);
        return 2;
    }
    if (argc < 2) {
        fputs("explain: There is nothing to explain; give a number, a symbol or a message.\n", stderr);
        return 2;
    }
    int exit_status = 0;
    for (int at = 1; at < argc; at++) {
        uint32_t value;
        const bool number = parse(argv[at], &value);
        if (number ? !explain_number(value) : !explain_symbol(argv[at]) && !explain_text(argv[at])) {
            fprintf(stderr, "explain: `%s` is not known.\n", argv[at]);
            exit_status = 1;
        }
    }
    return exit_status;
}
