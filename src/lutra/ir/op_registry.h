#pragma once

/// The layer ops that a program knows, found by name. There is no global one: whoever needs it makes it (see ops/builtin_ops.h).

#include <map>
#include <string_view>
#include <vector>

#include "lutra/ir/layer_op.h"

namespace lutra {

/// How to make one op from its attributes.
struct OpFactory {
    const OpInfo* info = nullptr;
    Op prototype;  ///< with default attributes
    Result<Op> (*make)(const AttributeMap& attributes) = nullptr;
};

/// A list of op factories, in the order of their names.
class OpRegistry {
public:
    template <LayerOp T>
    void add() {
        const auto make = [](const AttributeMap& attributes) -> Result<Op> {
            LUTRA_TRY(T op, make_op<T>(attributes));
            return Op(std::move(op));
        };
        factories_.emplace(T::info.name, OpFactory{&T::info, Op(T{}), make});
    }

    /// The op of this name with these attributes; fails with TextUnknownName when there is none.
    Result<Op> make(std::string_view name, const AttributeMap& attributes) const;
    std::vector<OpFactory> all() const;

private:
    std::map<std::string_view, OpFactory> factories_;
};

}  // namespace lutra
