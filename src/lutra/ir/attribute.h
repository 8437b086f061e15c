#pragma once

/// Attributes of layer ops: how the text form, importers and docs see the members of an op.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>

#include "lutra/base/result.h"
#include "lutra/ir/real_tensor.h"
#include "lutra/num/fixed_point_type.h"

namespace lutra {

/// The value of an attribute in the text form. Rounding and overflow modes are strings there.
using AttributeValue = std::variant<bool, std::int64_t, double, std::string, std::vector<std::int64_t>, RealTensor>;

/// Attributes by name.
using AttributeMap = std::map<std::string, AttributeValue, std::less<>>;

/// Says under which name a data member of an op is an attribute.
template <typename Op, typename Member>
struct Field {
    std::string_view name;
    Member Op::* member;
};
template <typename Op, typename Member>
Field(std::string_view, Member Op::*) -> Field<Op, Member>;

/// The attribute value of a member.
template <typename Member>
AttributeValue to_attribute(const Member& value) {
    if constexpr (std::is_same_v<Member, int>) {
        return static_cast<std::int64_t>(value);
    } else if constexpr (std::is_same_v<Member, Rounding> || std::is_same_v<Member, Overflow>) {
        return std::string(to_string(value));
    } else {
        return value;
    }
}

/// Sets a member from an attribute value; false when the value is of another kind.
bool from_attribute(const AttributeValue& value, bool& member);
bool from_attribute(const AttributeValue& value, int& member);
bool from_attribute(const AttributeValue& value, std::int64_t& member);
bool from_attribute(const AttributeValue& value, double& member);
bool from_attribute(const AttributeValue& value, std::string& member);
bool from_attribute(const AttributeValue& value, std::vector<std::int64_t>& member);
bool from_attribute(const AttributeValue& value, RealTensor& member);
bool from_attribute(const AttributeValue& value, Rounding& member);
bool from_attribute(const AttributeValue& value, Overflow& member);

/// All attributes of an op in the order of its fields.
template <typename Op>
std::vector<std::pair<std::string_view, AttributeValue>> attributes_of(const Op& op) {
    std::vector<std::pair<std::string_view, AttributeValue>> result;
    std::apply([&](const auto&... field) { (result.emplace_back(field.name, to_attribute(op.*field.member)), ...); }, Op::fields);
    return result;
}

/// The diagnostic of an attribute that an op does not have or that is of the wrong kind.
Diagnostic unknown_attribute(std::string_view op, std::string_view attribute);

/// An op with these attributes; members that are not named keep their defaults.
template <typename Op>
Result<Op> make_op(const AttributeMap& attributes) {
    Op op;
    for (const auto& [name, value] : attributes) {
        bool is_set = false;
        std::apply([&](const auto&... field) { ((field.name == name && (is_set = from_attribute(value, op.*field.member))), ...); }, Op::fields);
        if (!is_set) {
            return std::unexpected(unknown_attribute(Op::info.name, name));
        }
    }
    return op;
}

}  // namespace lutra
