#include "lutra/quantize/precision_spec.h"

#include <fmt/format.h>

#include <algorithm>

namespace lutra {

namespace {

constexpr std::size_t max_spec_length = 4096;
constexpr std::string_view syntax_example =
    "write it as fixed<16,6>, ufixed<8,2,RND,SAT>, int<8>, auto or exact, with 'layer=' or 'layer.weight=' before it for a part of the model";

std::string_view trimmed(std::string_view text) {
    const auto is_space = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && is_space(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_space(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

std::unexpected<Diagnostic> syntax_error(std::string_view text, std::size_t position, std::string_view what) {
    return fail(DiagnosticId::PrecisionSyntax, fmt::format("precision '{}'", text.substr(0, 200)), fmt::format("{} at character {}", what, position + 1),
                std::string(syntax_example));
}

std::optional<PrecisionVariable> parse_variable(std::string_view word) {
    for (const auto variable : {PrecisionVariable::Weight, PrecisionVariable::Bias, PrecisionVariable::Result}) {
        if (word == to_string(variable)) {
            return variable;
        }
    }
    if (word == "scale") {
        return PrecisionVariable::Weight;
    }
    return std::nullopt;
}

/// Words of hls4ml that Lutra has no use for, and why.
std::string_view refused_variable(std::string_view word) {
    if (word == "accum") {
        return "accumulators are exact and have no type";
    }
    if (word == "table" || word == "exp_table" || word == "inv_table" || word == "inv_inp" || word == "accum_table") {
        return "tables are sized by their error bound and have no type";
    }
    return "";
}

/// Says which modes were written, from the number of arguments between the angle brackets.
void note_written_modes(std::string_view text, PrecisionType& type) {
    const std::size_t open = text.find('<');
    const auto num_commas = open == std::string_view::npos ? 0 : std::ranges::count(text.substr(open), ',');
    const int num_before_modes = text.starts_with("ac_fixed") ? 3 : 2;
    type.has_rounding = num_commas >= num_before_modes;
    type.has_overflow = num_commas >= num_before_modes + 1;
}

std::optional<PrecisionType> parse_type(std::string_view text) {
    if (text == "auto") {
        return PrecisionType{.kind = PrecisionType::Kind::Auto, .type = {}};
    }
    if (text == "exact") {
        return PrecisionType{.kind = PrecisionType::Kind::Exact, .type = {}};
    }
    const auto quantization = parse_quantization(text);
    if (!quantization) {
        return std::nullopt;
    }
    PrecisionType type{.type = *quantization};
    note_written_modes(text, type);
    return type;
}

}  // namespace

std::string_view to_string(PrecisionVariable variable) {
    switch (variable) {
        case PrecisionVariable::Weight: return "weight";
        case PrecisionVariable::Bias: return "bias";
        case PrecisionVariable::Result: return "result";
    }
    LUTRA_UNREACHABLE("precision variable");
}

std::string to_string(const PrecisionType& type) {
    switch (type.kind) {
        case PrecisionType::Kind::Fixed: return to_string(type.type);
        case PrecisionType::Kind::Auto: return "auto";
        case PrecisionType::Kind::Exact: return "exact";
    }
    LUTRA_UNREACHABLE("kind of precision");
}

std::string to_string(const PrecisionEntry& entry) {
    std::string text = entry.target.empty() && entry.variable ? "*" : entry.target;
    if (entry.variable) {
        text += fmt::format(".{}", to_string(*entry.variable));
    }
    return text.empty() ? to_string(entry.type) : fmt::format("{}={}", text, to_string(entry.type));
}

Result<PrecisionEntry> parse_precision(std::string_view text) {
    if (text.size() > max_spec_length) {
        return syntax_error(text, max_spec_length, fmt::format("more than {} characters", max_spec_length));
    }
    // Names may hold anything, types never an equals sign: the last one is the border.
    const std::size_t equals = text.rfind('=');
    const bool has_target = equals != std::string_view::npos;
    const std::size_t type_begin = has_target ? equals + 1 : 0;
    const std::string_view type_text = trimmed(text.substr(type_begin));
    PrecisionEntry entry;
    if (type_text.empty()) {
        return syntax_error(text, type_begin, "a type is missing");
    }
    const auto type = parse_type(type_text);
    if (!type) {
        const std::size_t position = static_cast<std::size_t>(type_text.data() - text.data());
        return syntax_error(text, position, fmt::format("'{}' is no type", type_text.substr(0, 100)));
    }
    entry.type = *type;
    if (!has_target) {
        return entry;
    }
    std::string_view target = trimmed(text.substr(0, equals));
    if (const std::size_t dot = target.rfind('.'); dot != std::string_view::npos) {
        const std::string_view word = target.substr(dot + 1);
        if (const std::string_view why = refused_variable(word); !why.empty()) {
            return syntax_error(text, dot + 1, why);
        }
        entry.variable = parse_variable(word);
        target = entry.variable ? target.substr(0, dot) : target;
    }
    if (target.empty()) {
        return syntax_error(text, 0, "the name of a layer is missing before '='");
    }
    entry.target = target == "*" ? "" : std::string(target);
    return entry;
}

bool needs_calibration(const PrecisionSpec& spec) {
    return std::ranges::any_of(spec.entries, [](const PrecisionEntry& entry) { return entry.type.kind == PrecisionType::Kind::Auto; });
}

Results<PrecisionSpec> parse_precision_spec(std::span<const std::string> precisions, std::string_view input_type) {
    PrecisionSpec spec;
    Diagnostics problems;
    const auto add = [&](Result<PrecisionEntry> entry) {
        if (entry) {
            spec.entries.push_back(*std::move(entry));
        } else {
            problems.push_back(std::move(entry).error());
        }
    };
    std::ranges::for_each(precisions, [&](const std::string& text) { add(parse_precision(text)); });
    if (!input_type.empty()) {
        add(parse_precision(fmt::format("input={}", input_type)));
    }
    if (!problems.empty()) {
        return std::unexpected(std::move(problems));
    }
    return spec;
}

}  // namespace lutra
