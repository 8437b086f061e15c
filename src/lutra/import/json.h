#pragma once

/// JSON documents as trees of our own, read within limits.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "lutra/base/result.h"

namespace lutra {

/// A JSON value. Python's `Infinity` and `NaN` are numbers, too. The last of equal keys counts, as everywhere.
class Json {
public:
    using Array = std::vector<Json>;
    using Object = std::map<std::string, Json, std::less<>>;

    Json() = default;
    explicit Json(bool value) : value_(value) {}
    explicit Json(double value) : value_(value) {}
    explicit Json(std::int64_t value) : value_(value) {}
    explicit Json(std::string value) : value_(std::move(value)) {}
    explicit Json(Array value) : value_(std::move(value)) {}
    explicit Json(Object value) : value_(std::move(value)) {}

    bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
    /// The value as what it is; null when it is something else.
    const std::string* string() const { return std::get_if<std::string>(&value_); }
    const Array* array() const { return std::get_if<Array>(&value_); }
    const Object* object() const { return std::get_if<Object>(&value_); }
    std::optional<bool> boolean() const;
    /// Integers too.
    std::optional<double> number() const;
    /// Whole numbers, also those written as 2.0.
    std::optional<std::int64_t> integer() const;

    /// The member of an object; null (a JSON null) when this is no object or has no such member.
    const Json& operator[](std::string_view key) const;
    /// The element of an array; null likewise.
    const Json& operator[](std::size_t index) const;
    bool contains(std::string_view key) const { return object() != nullptr && object()->contains(key); }
    /// Number of elements or members; 0 for other values.
    std::size_t size() const;

    Array* mutable_array() { return std::get_if<Array>(&value_); }
    Object* mutable_object() { return std::get_if<Object>(&value_); }

    friend bool operator==(const Json&, const Json&) = default;

private:
    std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

/// Limits of a document.
struct JsonLimits {
    std::size_t max_bytes = 64U << 20;
    std::size_t max_values = 1U << 22;  ///< of all kinds together
    int max_depth = 128;                ///< of arrays and objects in each other
};

/// Parses a document; fails with JsonNotRead. Deep or large documents are refused before they cost memory or stack.
Result<Json> parse_json(std::string_view text, std::string_view place, const JsonLimits& limits = {});

}  // namespace lutra
