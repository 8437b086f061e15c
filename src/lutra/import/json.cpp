#include "lutra/import/json.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

namespace lutra {

namespace {

const Json null_value;

/// Takes the events of the parser and builds our tree; an event that breaks a limit ends the parsing.
class TreeBuilder {
public:
    explicit TreeBuilder(const JsonLimits& limits) : limits_(limits) {}

    bool null() { return add(Json()); }
    bool boolean(bool value) { return add(Json(value)); }
    bool number_integer(std::int64_t value) { return add(Json(value)); }
    bool number_unsigned(std::uint64_t value) {
        return value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) ? add(Json(static_cast<std::int64_t>(value)))
                                                                                             : add(Json(static_cast<double>(value)));
    }
    bool number_float(double value, const std::string&) { return add(Json(value)); }
    bool string(std::string& value) { return add(Json(std::move(value))); }
    bool binary(nlohmann::json::binary_t&) { return false; }
    bool start_object(std::size_t) { return open(Json(Json::Object())); }
    bool start_array(std::size_t) { return open(Json(Json::Array())); }
    bool end_object() { return close(); }
    bool end_array() { return close(); }
    bool key(std::string& value) {
        keys_.back() = std::move(value);
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) {
        problem_ = fmt::format("byte {}: it is no JSON from here on", position);
        return false;
    }

    const std::string& problem() const { return problem_; }
    Json finish() { return std::move(root_); }

private:
    bool count() {
        if (++num_values_ > limits_.max_values) {
            problem_ = fmt::format("it has more than {} values", limits_.max_values);
            return false;
        }
        return true;
    }

    Json* place(Json value) {
        if (open_.empty()) {
            root_ = std::move(value);
            return &root_;
        }
        if (Json::Array* array = open_.back()->mutable_array()) {
            return &array->emplace_back(std::move(value));
        }
        return &(open_.back()->mutable_object()->insert_or_assign(keys_.back(), std::move(value)).first->second);
    }

    bool add(Json value) { return count() && place(std::move(value)) != nullptr; }

    // A pointer into an open array stays valid: nothing is appended to the array while its element is open.
    bool open(Json value) {
        if (open_.size() >= static_cast<std::size_t>(limits_.max_depth)) {
            problem_ = fmt::format("it is nested more than {} deep", limits_.max_depth);
            return false;
        }
        if (!count()) {
            return false;
        }
        open_.push_back(place(std::move(value)));
        keys_.emplace_back();
        return true;
    }

    bool close() {
        open_.pop_back();
        keys_.pop_back();
        return true;
    }

    const JsonLimits& limits_;
    Json root_;
    std::vector<Json*> open_;
    std::vector<std::string> keys_;
    std::size_t num_values_ = 0;
    std::string problem_;
};

/// Python writes Infinity, -Infinity and NaN, which are no JSON: they become strings that `number()` understands.
std::string quote_special_numbers(std::string_view text) {
    std::string result;
    result.reserve(text.size() + 16);
    bool is_string = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (is_string && c == '\\' && i + 1 < text.size()) {
            result += c;
            result += text[++i];
            continue;
        }
        is_string = is_string != (c == '"');
        const auto starts = [&](std::string_view word) { return !is_string && text.substr(i).starts_with(word); };
        bool is_special = false;
        for (const std::string_view word : {"-Infinity", "Infinity", "NaN"}) {
            if (!is_special && starts(word)) {
                result += fmt::format("\"{}\"", word);
                i += word.size() - 1;
                is_special = true;
            }
        }
        if (!is_special) {
            result += c;
        }
    }
    return result;
}

}  // namespace

std::optional<bool> Json::boolean() const {
    const bool* value = std::get_if<bool>(&value_);
    return value != nullptr ? std::optional(*value) : std::nullopt;
}

std::optional<double> Json::number() const {
    if (const auto* whole = std::get_if<std::int64_t>(&value_)) {
        return static_cast<double>(*whole);
    }
    if (const auto* real = std::get_if<double>(&value_)) {
        return *real;
    }
    const std::string* word = string();
    if (word == nullptr) {
        return std::nullopt;
    }
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (*word == "Infinity" || *word == "-Infinity") {
        return *word == "Infinity" ? infinity : -infinity;
    }
    return *word == "NaN" ? std::optional(std::numeric_limits<double>::quiet_NaN()) : std::nullopt;
}

std::optional<std::int64_t> Json::integer() const {
    if (const auto* whole = std::get_if<std::int64_t>(&value_)) {
        return *whole;
    }
    const auto* real = std::get_if<double>(&value_);
    constexpr double largest_exact = 9007199254740992.0;
    if (real != nullptr && std::abs(*real) <= largest_exact && *real == std::floor(*real)) {
        return static_cast<std::int64_t>(*real);
    }
    return std::nullopt;
}

const Json& Json::operator[](std::string_view key) const {
    if (const Object* members = object()) {
        const auto found = members->find(key);
        return found == members->end() ? null_value : found->second;
    }
    return null_value;
}

const Json& Json::operator[](std::size_t index) const {
    const Array* elements = array();
    return elements != nullptr && index < elements->size() ? (*elements)[index] : null_value;
}

std::size_t Json::size() const { return array() != nullptr ? array()->size() : object() != nullptr ? object()->size() : 0; }

Result<Json> parse_json(std::string_view text, std::string_view place, const JsonLimits& limits) {
    if (text.size() > limits.max_bytes) {
        return fail(DiagnosticId::JsonNotRead, std::string(place),
                    fmt::format("the document has {} bytes; at most {} are read", text.size(), limits.max_bytes));
    }
    TreeBuilder builder(limits);
    const std::string quoted = quote_special_numbers(text);
    if (!nlohmann::json::sax_parse(quoted, &builder)) {
        return fail(DiagnosticId::JsonNotRead, std::string(place), builder.problem().empty() ? std::string("it is no JSON") : builder.problem(),
                    "save the model again");
    }
    return builder.finish();
}

}  // namespace lutra
