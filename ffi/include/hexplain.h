// hexplain: explains Windows and Microsoft Entra error codes. MIT OR Apache-2.0.
//
// The rules of the boundary, for every function:
//
// - Texts are UTF-8. A `hexplain_str` is a view of static memory, `len` bytes from `ptr` on without a terminator: it is
//   never freed and never changes, as long as the library is loaded. A text that there is not has `ptr` NULL.
// - Texts and lists that you pass are a pointer and a length. What is no UTF-8 in a text is read as U+FFFD.
// - NULL may be: a text or a list of length 0, a `buffer` of capacity 0, and the `context` of a callback.
// - A result goes to `out`, and is written only if HEXPLAIN_OK is returned.
// - JSON goes into a buffer of yours, whole or not at all and not terminated; `needed` gets its size if HEXPLAIN_OK or
//   HEXPLAIN_BUFFER_TOO_SMALL is returned. With a capacity of 0 the size is asked for. `needed` must not lie in the
//   buffer; the text that you pass may. The objects are those of the command line, one a line; schema/ describes them.
// - Every pointer is checked for NULL and alignment, every length for what an object can have. That memory is there where a
//   pointer leads is for you to see to, and that it holds still while a call lasts.
// - No function keeps a pointer, holds a lock, or has state: all may be called from any thread at any time.
// - A panic of the library is returned as HEXPLAIN_PANIC; it also writes a line to the standard error. A lack of memory
//   ends the process, as it does in any Rust program; only JSON, and a text that is no UTF-8, take any.
// - Families, severities and the like are numbers; a release may add some and changes none. HEXPLAIN_ABI_VERSION tells what
//   this header describes, hexplain_abi_version what the library holds.


#ifndef HEXPLAIN_H
#define HEXPLAIN_H

// Made by cbindgen from ffi/src; `ffi/header` makes it anew.

#include <stddef.h>
#include <stdint.h>

// The version of this interface. It grows when a function, a status or a flag is added, and its hundreds when a function
// or a struct changes.
#define HEXPLAIN_ABI_VERSION 100

// HRESULT. These are the families that people type; `hexplain_family_name` tells the others.
#define HEXPLAIN_FAMILY_HRESULT 0

// NTSTATUS.
#define HEXPLAIN_FAMILY_NTSTATUS 1

// Win32 errors.
#define HEXPLAIN_FAMILY_WIN32 2

// WinHTTP errors.
#define HEXPLAIN_FAMILY_WINHTTP 3

// WinINet errors.
#define HEXPLAIN_FAMILY_WININET 4

// AADSTS errors.
#define HEXPLAIN_FAMILY_AADSTS 5

// HTTP statuses.
#define HEXPLAIN_FAMILY_HTTP 6

// `severity` of a success.
#define HEXPLAIN_SEVERITY_SUCCESS 0

// `severity` of a piece of information.
#define HEXPLAIN_SEVERITY_INFO 1

// `severity` of a warning.
#define HEXPLAIN_SEVERITY_WARNING 2

// `severity` of an error.
#define HEXPLAIN_SEVERITY_ERROR 3

// `basis` of what a source states.
#define HEXPLAIN_BASIS_DOCUMENTED 0

// `basis` of what was concluded from sources.
#define HEXPLAIN_BASIS_INFERRED 1

// `basis` of what sources tell differently.
#define HEXPLAIN_BASIS_DISPUTED 2

// `retry` where nothing is said of trying again.
#define HEXPLAIN_RETRY_UNSTATED 0

// `retry` where trying again is of no use.
#define HEXPLAIN_RETRY_NEVER 1

// `retry` where trying again later may help.
#define HEXPLAIN_RETRY_LATER 2

// `retry` where it may help after `retry_seconds`.
#define HEXPLAIN_RETRY_AFTER 3

// `confidence` where the text names the code.
#define HEXPLAIN_CONFIDENCE_EXACT 0

// `confidence` where the code follows from what the text names.
#define HEXPLAIN_CONFIDENCE_DERIVED 1

// `confidence` of a guess.
#define HEXPLAIN_CONFIDENCE_GUESS 2

// In place of the `index` of a match whose code is no row of the catalogue.
#define HEXPLAIN_NO_INDEX UINT32_MAX

// In place of a time, for `hexplain_dsregcmd_json`: the times of the capture count.
#define HEXPLAIN_NO_TIME INT64_MIN

// A flag of `hexplain_scan` and `hexplain_scan_json`: eight hexadecimal digits behind `0x` are reported even if nothing
// is known of them.
#define HEXPLAIN_SCAN_UNKNOWN 1

// A flag of `hexplain_dsregcmd_json`: identities are replaced by pseudonyms.
#define HEXPLAIN_DSREGCMD_REDACT 1

// How a call ended. `hexplain_status_text` gives a sentence for each.
enum hexplain_status
#ifdef __cplusplus
  : int32_t
#endif // __cplusplus
 {
  // The result is there.
  HEXPLAIN_OK = 0,
  // Nothing by this number, name or position is known.
  HEXPLAIN_NOT_FOUND = 1,
  // A pointer is NULL that must not be.
  HEXPLAIN_NULL_POINTER = 2,
  // A pointer is not aligned for what it leads to.
  HEXPLAIN_MISALIGNED_POINTER = 3,
  // A length is larger than any object can be.
  HEXPLAIN_BAD_LENGTH = 4,
  // The buffer is too small; the size it needs was told, and nothing was written to it.
  HEXPLAIN_BUFFER_TOO_SMALL = 5,
  // There is no such family.
  HEXPLAIN_BAD_FAMILY = 6,
  // There is no such scenario, flag, kind of text or time.
  HEXPLAIN_BAD_ARGUMENT = 7,
  // The bytes hold no output of `dsregcmd /status`.
  HEXPLAIN_NO_CAPTURE = 8,
  // A defect of the library: it panicked, and nothing was written.
  HEXPLAIN_PANIC = 9,
};
#ifndef __cplusplus
typedef int32_t hexplain_status;
#endif // __cplusplus

// The texts of an advice.
enum hexplain_advice_text_kind
#ifdef __cplusplus
  : int32_t
#endif // __cplusplus
 {
  // Why it happens.
  HEXPLAIN_REASON = 0,
  // What to do.
  HEXPLAIN_RESOLUTION = 1,
  // An address that must be reachable.
  HEXPLAIN_ENDPOINT = 2,
};
#ifndef __cplusplus
typedef int32_t hexplain_advice_text_kind;
#endif // __cplusplus

// A text: UTF-8 in static memory, `len` bytes from `ptr` on, not terminated. It need not be freed and never changes, as
// long as the library is loaded.
// A text that there is not has `ptr` NULL and `len` 0.
typedef struct {
  // The first byte, or NULL.
  const char *ptr;
  // How many bytes.
  size_t len;
} hexplain_str;

// A row of the catalogue.
typedef struct {
  // The family, as `hexplain_family_name` counts them.
  uint32_t family;
  // The 32 bits of the code.
  uint32_t value;
  // Its place among the entries of this code, from 0; the best known comes first.
  uint32_t index;
  // A `HEXPLAIN_SEVERITY_`.
  uint32_t severity;
  // A `HEXPLAIN_BASIS_`.
  uint32_t basis;
  // How many aliases it has.
  uint32_t alias_count;
  // How many advices it has.
  uint32_t advice_count;
  // The symbol or label; no text where it has none.
  hexplain_str name;
  // What happened, in one sentence; no text where there is none.
  hexplain_str summary;
  // The slug of a condition, the log of an event; no text for others.
  hexplain_str context;
} hexplain_entry;

// What an entry means in a scenario and phase.
typedef struct {
  // The scenario, such as `hybrid-join`.
  hexplain_str scenario;
  // The phase, such as `join`; no text where it is of none.
  hexplain_str phase;
  // The versions it applies to; no text for all.
  hexplain_str applies_to;
  // Who can mend it, such as `device-admin`; no text where it is not said.
  hexplain_str who;
  // A `HEXPLAIN_RETRY_`.
  uint32_t retry;
  // Seconds to wait, where `retry` is `HEXPLAIN_RETRY_AFTER`.
  uint32_t retry_seconds;
  // How many reasons it has.
  uint32_t reason_count;
  // How many resolutions it has.
  uint32_t resolution_count;
  // How many endpoints it names.
  uint32_t endpoint_count;
} hexplain_advice;

// The bit fields of an HRESULT.
typedef struct {
  // Bit 31: 1 for failure.
  uint32_t failure;
  // Bit 30, R.
  uint32_t reserved;
  // Bit 29: 1 where a customer defined it.
  uint32_t customer;
  // Bit 28: 1 where it is a mapped NTSTATUS.
  uint32_t nt;
  // Bit 27, X.
  uint32_t x;
  // Bits 16 to 26.
  uint32_t facility;
  // Bits 0 to 15.
  uint32_t code;
  // The name of the facility; no text where it has none.
  hexplain_str facility_name;
} hexplain_hresult_fields;

// The bit fields of an NTSTATUS.
typedef struct {
  // Bits 30 and 31, a `HEXPLAIN_SEVERITY_`.
  uint32_t severity;
  // Bit 29: 1 where a customer defined it.
  uint32_t customer;
  // Bit 28, N.
  uint32_t nt;
  // Bits 16 to 27.
  uint32_t facility;
  // Bits 0 to 15.
  uint32_t code;
  // The name of the facility; no text where it has none.
  hexplain_str facility_name;
} hexplain_ntstatus_fields;

// A code in a text.
typedef struct {
  // The first byte of it.
  size_t start;
  // The byte behind it.
  size_t end;
  // The family, as `hexplain_family_name` counts them.
  uint32_t family;
  // The 32 bits of the code.
  uint32_t value;
  // A `HEXPLAIN_CONFIDENCE_`.
  uint32_t confidence;
  // The place of its entry, for `hexplain_lookup` and `hexplain_advice_of`, or `HEXPLAIN_NO_INDEX`: then
  // `hexplain_wraps` tells what it carries.
  uint32_t index;
  // The symbol or label; no text where its entry has none, or there is no entry.
  hexplain_str name;
  // What happened, in one sentence; no text where there is none.
  hexplain_str summary;
} hexplain_match;

// Takes a match; anything but 0 ends the search.
typedef int32_t (*hexplain_on_match)(const hexplain_match *found, void *context);

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

// The version of the interface of the library that is linked or loaded, to compare with `HEXPLAIN_ABI_VERSION`: the
// hundreds must be the same, and the library's number at least as large.
uint32_t hexplain_abi_version(void);

// The version of the library, such as `0.1.0`.
hexplain_status hexplain_version(hexplain_str *out);

// The version of the data, such as `2026.11.26`.
hexplain_status hexplain_data_version(hexplain_str *out);

// What a status means, in one sentence.
hexplain_status hexplain_status_text(int32_t status, hexplain_str *out);

// How many families there are. They are counted from 0, and a release may add some.
uint32_t hexplain_family_count(void);

// The name of a family: `hresult` for 0, `ntstatus` for 1, `win32` for 2 and so on.
hexplain_status hexplain_family_name(uint32_t family, hexplain_str *out);

// The family with a name, in any case; HEXPLAIN_BAD_FAMILY where there is none.
hexplain_status hexplain_family_from_name(const char *name, size_t len, uint32_t *out);

// The entry of a code: the `index`th of those that it has, from 0. A code that is known only by what it carries, such as
// the HRESULT of a Win32 error, has none; see `hexplain_wraps`.
hexplain_status hexplain_lookup(uint32_t family,
                                uint32_t value,
                                uint32_t index,
                                hexplain_entry *out);

// The symbol or label of a code, which is that of its best known entry; no text where it has none. The fastest look-up.
hexplain_status hexplain_name(uint32_t family, uint32_t value, hexplain_str *out);

// What a code carries, counted from 0, such as the Win32 error in an HRESULT that begins with 8007; those may carry
// others.
hexplain_status hexplain_wraps(uint32_t family, uint32_t value, uint32_t position, hexplain_entry *out);

// The entry of an id, as JSON has it: `hresult:0x801C03F2`, `aadsts:AADSTS50126`.
hexplain_status hexplain_lookup_id(const char *id, size_t len, hexplain_entry *out);

// The entry of a condition, by its label or slug in any case and with any blanks, such as `AzureRoleMissing` or
// `AADDS001`: the `index`th of those that it means, from 0.
hexplain_status hexplain_lookup_label(const char *label, size_t len, uint32_t index, hexplain_entry *out);

// The entry of a symbol, in any case: the `index`th of those that it has had, from 0. Other spellings are for
// `hexplain_explain_json`.
hexplain_status hexplain_lookup_symbol(const char *symbol, size_t len, uint32_t index, hexplain_entry *out);

// A further name of an entry, counted from 0.
hexplain_status hexplain_alias(uint32_t family, uint32_t value, uint32_t index, uint32_t alias, hexplain_str *out);

// What an entry means in a scenario and phase, counted from 0.
hexplain_status hexplain_advice_of(uint32_t family,
                                   uint32_t value,
                                   uint32_t index,
                                   uint32_t advice,
                                   hexplain_advice *out);

// A text of an advice: a reason, a resolution or an endpoint, counted from 0. `kind` is a `hexplain_advice_text_kind`.
hexplain_status hexplain_advice_text(uint32_t family,
                                     uint32_t value,
                                     uint32_t index,
                                     uint32_t advice,
                                     int32_t kind,
                                     uint32_t position,
                                     hexplain_str *out);

// The bit fields of a number as an HRESULT.
hexplain_status hexplain_fields_of_hresult(uint32_t value, hexplain_hresult_fields *out);

// The bit fields of a number as an NTSTATUS.
hexplain_status hexplain_fields_of_ntstatus(uint32_t value, hexplain_ntstatus_fields *out);

// Explains an input, as `hexplain --json` does: one object a line, several where the input holds several codes.
// `families` limits the reading to `family_count` families; without any, all count.
hexplain_status hexplain_explain_json(const char *input,
                                      size_t len,
                                      const uint32_t *families,
                                      size_t family_count,
                                      char *buffer,
                                      size_t capacity,
                                      size_t *needed);

// The entries whose texts hold all the words, best first, at most `limit`: a candidate a line, none for no word.
hexplain_status hexplain_search_json(const char *words,
                                     size_t len,
                                     const uint32_t *families,
                                     size_t family_count,
                                     size_t limit,
                                     char *buffer,
                                     size_t capacity,
                                     size_t *needed);

// The guide of a scenario as one object, such as that of `hybrid-join` or `windows-update`; of all scenarios for an
// empty name, one a line.
hexplain_status hexplain_guide_json(const char *scenario, size_t len, char *buffer, size_t capacity, size_t *needed);

// Finds the codes in a text, in UTF-8 or another encoding that has ASCII in it as bytes (UTF-16 has not: convert it
// first), and hands each to `on_match` with `context`, which may be NULL. `flags` are 0 or `HEXPLAIN_SCAN_UNKNOWN`. If
// `on_match` ends the search, HEXPLAIN_OK is returned all the same. The match is gone when `on_match` returns; its texts
// stay. `on_match` may call any function, and must not leave by a long jump; an exception out of it ends the process.
// Nothing is allocated.
hexplain_status hexplain_scan(const char *text,
                              size_t len,
                              uint32_t flags,
                              hexplain_on_match on_match,
                              void *context);

// Finds the codes in a text of such an encoding: a match a line, as `hexplain scan --json` has it. A mark of byte order
// at the beginning counts as a character. The JSON may take twenty times the text; `hexplain_scan` gathers nothing.
hexplain_status hexplain_scan_json(const char *text,
                                   size_t len,
                                   uint32_t flags,
                                   char *buffer,
                                   size_t capacity,
                                   size_t *needed);

// Diagnoses the output of `dsregcmd /status`, in UTF-8 or UTF-16, as `hexplain dsregcmd --json` does: a capture a line.
// Ages count for `now`, in seconds since 1970 began (in the years 1 to 9999, or it is HEXPLAIN_BAD_ARGUMENT), or for the
// capture's own times if it is `HEXPLAIN_NO_TIME`. `flags` are 0 or `HEXPLAIN_DSREGCMD_REDACT`.
hexplain_status hexplain_dsregcmd_json(const char *status,
                                       size_t len,
                                       int64_t now,
                                       uint32_t flags,
                                       char *buffer,
                                       size_t capacity,
                                       size_t *needed);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* HEXPLAIN_H */
