#include "lutra/ir/attribute.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace lutra {

namespace {

template <typename Member>
bool set_same(const AttributeValue& value, Member& member) {
    const auto* same = std::get_if<Member>(&value);
    if (same == nullptr) {
        return false;
    }
    member = *same;
    return true;
}

}  // namespace

bool from_attribute(const AttributeValue& value, bool& member) { return set_same(value, member); }
bool from_attribute(const AttributeValue& value, std::int64_t& member) { return set_same(value, member); }
bool from_attribute(const AttributeValue& value, std::string& member) { return set_same(value, member); }

bool from_attribute(const AttributeValue& value, std::vector<std::int64_t>& member) { return set_same(value, member); }

bool from_attribute(const AttributeValue& value, int& member) {
    const auto* integer = std::get_if<std::int64_t>(&value);
    if (integer == nullptr || *integer < std::numeric_limits<int>::min() || *integer > std::numeric_limits<int>::max()) {
        return false;
    }
    member = static_cast<int>(*integer);
    return true;
}

bool from_attribute(const AttributeValue& value, double& member) {
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
        member = static_cast<double>(*integer);
        return true;
    }
    return set_same(value, member);
}

bool from_attribute(const AttributeValue& value, RealTensor& member) {
    if (double scalar = 0; from_attribute(value, scalar)) {
        member = scalar;
        return std::isfinite(scalar);
    }
    return set_same(value, member) && std::ranges::all_of(member.values, [](double element) { return std::isfinite(element); });
}

bool from_attribute(const AttributeValue& value, Rounding& member) {
    const auto* name = std::get_if<std::string>(&value);
    const auto mode = name != nullptr ? parse_rounding(*name) : std::nullopt;
    member = mode.value_or(member);
    return mode.has_value();
}

bool from_attribute(const AttributeValue& value, Overflow& member) {
    const auto* name = std::get_if<std::string>(&value);
    const auto mode = name != nullptr ? parse_overflow(*name) : std::nullopt;
    member = mode.value_or(member);
    return mode.has_value();
}

Diagnostic unknown_attribute(std::string_view op, std::string_view attribute) {
    return {DiagnosticId::InvalidAttribute, std::string(op), fmt::format("{} has no attribute '{}' of this kind", op, attribute),
            fmt::format("lutra ops {} lists its attributes", op)};
}

}  // namespace lutra
