#include "lutra/ir/op_registry.h"

#include <fmt/format.h>

namespace lutra {

Result<Op> OpRegistry::make(std::string_view name, const AttributeMap& attributes) const {
    const auto found = factories_.find(name);
    if (found == factories_.end()) {
        return fail(DiagnosticId::TextUnknownName, std::string(name), fmt::format("no layer op is named '{}'", name), "lutra ops lists them all");
    }
    return found->second.make(attributes);
}

std::vector<OpFactory> OpRegistry::all() const {
    std::vector<OpFactory> factories;
    for (const auto& [name, factory] : factories_) {
        factories.push_back(factory);
    }
    return factories;
}

}  // namespace lutra
