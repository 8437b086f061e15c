#include "lutra/import/keras/families.h"

namespace lutra::keras {

Result<NodeId> import_embedding(LayerContext& context) {
    LUTRA_TRY(const std::int64_t rows, context.integer("input_dim", 0));
    LUTRA_TRY(const std::int64_t columns, context.integer("output_dim", 0));
    LUTRA_TRY(const bool makes_mask, context.boolean("mask_zero", false));
    context.ignore({"input_length"});
    if (makes_mask) {
        return context.unsupported("it masks the index 0, which is not supported", "train with mask_zero=False");
    }
    LUTRA_TRY(auto weights, context.weights({"embeddings"}));
    if (auto fits = context.check_shape(weights[0], "embeddings", {rows, columns}); !fits) {
        return std::unexpected(fits.error());
    }
    context.decide("an index that is no row takes the first or the last row");
    return context.add("embedding", {{"weights", std::move(weights[0])}}, {context.input()});
}

}  // namespace lutra::keras
