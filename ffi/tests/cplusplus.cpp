// Checks that the header serves C++: its enumerations are types, and a lambda will do as a callback.

#include "hexplain.h"

#include <cstdio>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

static_assert(std::is_same_v<std::underlying_type_t<hexplain_status>, int32_t>);
static_assert(std::is_same_v<std::underlying_type_t<hexplain_advice_text_kind>, int32_t>);
static_assert(std::is_trivially_copyable_v<hexplain_entry> && std::is_standard_layout_v<hexplain_entry>);

namespace {

std::string_view view(hexplain_str text) {
    return text.ptr == nullptr ? std::string_view() : std::string_view(text.ptr, text.len);
}

bool fails(const char *what) {
    std::printf("cplusplus: wrong: %s\n", what);
    return false;
}

bool looks_up() {
    hexplain_entry entry;
    const hexplain_status status = hexplain_lookup(HEXPLAIN_FAMILY_AADSTS, 50126, 0, &entry);
    switch (status) {
    case HEXPLAIN_OK: break;
    case HEXPLAIN_NOT_FOUND: return fails("AADSTS50126 is not known");
    default: return fails("the status of a lookup");
    }
    if (view(entry.name) != "InvalidUserNameOrPassword") {
        return fails("the name of AADSTS50126");
    }
    hexplain_str reason;
    if (hexplain_advice_text(entry.family, entry.value, entry.index, 0, HEXPLAIN_REASON, 0, &reason) != HEXPLAIN_OK) {
        return fails("the reason for AADSTS50126");
    }
    return !view(reason).empty() || fails("the text of a reason");
}

bool scans() {
    // Static, so that the lambda may see it without capturing it.
    static constexpr std::string_view text = "It failed with 0x801c03f2, then with AADSTS50126.";
    std::vector<std::string_view> found;
    // A lambda that captures nothing converts to a pointer; what it would capture is the context.
    const auto on_match = [](const hexplain_match *match, void *context) -> int32_t {
        auto &matches = *static_cast<std::vector<std::string_view> *>(context);
        matches.push_back(text.substr(match->start, match->end - match->start));
        return 0;
    };
    if (hexplain_scan(text.data(), text.size(), 0, on_match, &found) != HEXPLAIN_OK) {
        return fails("the status of a scan");
    }
    return found == std::vector<std::string_view>{"0x801c03f2", "AADSTS50126"} || fails("the matches of a scan");
}

bool explains() {
    constexpr std::string_view input = "0x801C03F2";
    std::size_t size = 0;
    hexplain_status status = hexplain_explain_json(input.data(), input.size(), nullptr, 0, nullptr, 0, &size);
    if (status != HEXPLAIN_BUFFER_TOO_SMALL) {
        return fails("the status of a size");
    }
    std::string json(size, '\0');
    status = hexplain_explain_json(input.data(), input.size(), nullptr, 0, json.data(), json.size(), &size);
    if (status != HEXPLAIN_OK || size != json.size()) {
        return fails("the status of an explanation");
    }
    return json.find("DSREG_E_DIRECTORY_FAILURE") != std::string::npos || fails("the explanation");
}

} // namespace

int main(int argc, char **) {
    if (argc > 1) {
        // `ffi/test` sees to it that this ends the process, and that nothing is caught.
        const auto throws = [](const hexplain_match *, void *) -> int32_t { throw std::runtime_error("out of a callback"); };
        try {
            hexplain_scan("0x801c03f2", 10, 0, throws, nullptr);
        } catch (const std::runtime_error &) {
        }
        return 0;
    }
    if (hexplain_abi_version() != HEXPLAIN_ABI_VERSION || !looks_up() || !scans() || !explains()) {
        return 1;
    }
    std::puts("cplusplus: ok");
}
