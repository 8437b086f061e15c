#include "lutra/flow/simulation.h"

#include <charconv>

namespace lutra {

namespace {

/// Reads a number followed by exactly `word` from the start of `text` and removes both.
std::optional<std::uint64_t> take_count(std::string_view& text, std::string_view word) {
    std::uint64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{}) {
        return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!text.starts_with(word)) {
        return std::nullopt;
    }
    text.remove_prefix(word.size());
    return count;
}

std::optional<SimulationVerdict> parse_line(std::string_view line) {
    const auto vectors = take_count(line, " vectors, ");
    const auto mismatches = vectors ? take_count(line, " mismatches") : std::nullopt;
    if (!mismatches || line.find_first_not_of(" \r") != std::string_view::npos) {
        return std::nullopt;
    }
    return SimulationVerdict{.vectors = *vectors, .mismatches = *mismatches};
}

}  // namespace

std::optional<SimulationVerdict> parse_verdict(std::string_view text) {
    std::optional<SimulationVerdict> verdict;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (const auto found = parse_line(text.substr(0, end))) {
            verdict = found;
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return verdict;
}

}  // namespace lutra
