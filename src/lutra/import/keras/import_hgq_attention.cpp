#include <fmt/format.h>

#include <array>
#include <cmath>

#include "lutra/import/keras/attention.h"
#include "lutra/import/keras/einsum.h"
#include "lutra/import/keras/emit_hgq_softmax.h"
#include "lutra/import/keras/families.h"
#include "lutra/import/keras/hgq_quantizer.h"

namespace lutra::keras {

namespace {

/// The classes: with dense layers or sums of tables, of all keys or of projected ones.
struct AttentionClass {
    bool has_tables = false;
    bool is_projected = false;  ///< Linformer: keys and values are projected along the axes of attention first
};

/// The layers inside of an attention layer, whose options are those of the layer under other names.
class Attention {
public:
    Attention(LayerContext& context, AttentionClass kind) : context_(context), kind_(kind) {}

    Result<NodeId> import() {
        context_.ignore({"beta0", "ebops_factor", "parallelization_factor", "softmax_allow_heterogeneous_table", "softmax_iq_conf", "oq_conf"});
        LUTRA_TRY(AttentionInputs inputs, read_attention_inputs(context_));
        LUTRA_TRY(options_, read_attention_options(context_, inputs));
        LUTRA_TRY(const bool has_output_quantizer, context_.boolean("enable_oq", false));
        LUTRA_TRY(has_input_quantizers_, context_.boolean("enable_iq", true));
        if (has_output_quantizer || options_.has_gate) {
            return context_.unsupported("it has a gate or a quantiser of its output, which HGQ2 0.2.0 cannot build", "put a Quantizer layer behind it");
        }
        if (kind_.is_projected) {
            LUTRA_TRY(inputs, project_along_axes(inputs));
        }
        LUTRA_TRY(const auto mask, read_attention_mask(context_, options_, context_.shape(inputs.query), context_.shape(inputs.key)));
        const std::size_t full_rank = context_.shape(inputs.query).size() + 1;
        LUTRA_TRY(inputs, quantize_together(inputs));
        const Projection in = projection(full_rank - 1, 1, 2);
        LUTRA_TRY(const NodeId query, dense("query", in, options_.has_bias, inputs.query));
        LUTRA_TRY(const NodeId key, dense("key", in, false, inputs.key));
        LUTRA_TRY(const NodeId value, dense("value", in, options_.has_bias, inputs.value));
        const AttentionEquations equations = attention_equations(full_rank + 1, options_.axes);
        LUTRA_TRY(NodeId scores, emit_input_einsum(context_, equations.dot_product, std::vector{key, query}, "scores"));
        LUTRA_TRY(scores, softmax(equations.softmax_axes, mask, scores));
        LUTRA_TRY(const NodeId combined, emit_input_einsum(context_, equations.combine, std::vector{scores, value}, "combined"));
        return dense("attention_output", projection(full_rank - 1, 2, options_.num_output_axes), options_.has_bias, combined);
    }

private:
    void give(Json::Object& config, std::string_view name, std::string_view option) { config.insert_or_assign(std::string(name), context_.option(option)); }

    /// The options of a dense layer or a sum of tables; quantisers of input and output stand in the file where the layer has them.
    Json::Object layer_config(const Projection& projection, bool has_bias, const std::string& path) {
        Json::Object config;
        config.emplace("equation", Json(projection.equation));
        if (has_bias) {
            config.emplace("bias_axes", Json(projection.bias_axes));
        }
        config.emplace("enable_iq", Json(context_.num_weights(path + "/iq/quantizer") > 0));
        config.emplace("enable_oq", Json(context_.num_weights(path + "/oq/quantizer") > 0));
        give(config, "enable_ebops", "enable_ebops");
        give(config, "iq_conf", "qkvo_iq_conf");
        give(config, "oq_conf", "qkvo_oq_conf");
        for (const std::string_view part : {"kq_conf", "bq_conf", "toq_conf"}) {
            give(config, part, fmt::format("qkvo_{}", part));
        }
        for (const std::string_view option : {"n_hl", "d_hl", "subnn_activation", "batch_norm", "bn_center", "bn_scale", "bn_epsilon"}) {
            give(config, option, option);
        }
        context_.ignore({"bn_momentum", "table_spec"});
        return config;
    }

    Result<NodeId> layer(std::string_view name, const std::string& path, const Projection& projection, bool has_bias, bool has_tables, NodeId input) {
        return import_inside(context_, Library::Hgq, has_tables ? "QEinsumDenseT" : "QEinsumDense", layer_config(projection, has_bias, path), name, path,
                             input);
    }

    Result<NodeId> dense(std::string_view name, const Projection& projection, bool has_bias, NodeId input) {
        return layer(name, name == "attention_output" ? "output_dense" : fmt::format("{}_dense", name), projection, has_bias, kind_.has_tables, input);
    }

    /// With fuse='qkv' or 'kv' the projections have one input quantiser, which the file has at the key's.
    Result<AttentionInputs> quantize_together(AttentionInputs inputs) {
        LUTRA_TRY(const std::string fuse, context_.string("fuse", "none"));
        if (fuse != "none" && fuse != "kv" && fuse != "qkv") {
            return context_.unsupported(fmt::format("its option fuse is '{}'", fuse), "use none, kv or qkv");
        }
        if (fuse == "none" || !has_input_quantizers_) {
            return inputs;
        }
        LUTRA_TRY(const HgqQuantizer quantizer, read_hgq_quantizer(context_, "qkvo_iq_conf", "key_dense/iq", HgqPlace::Activation));
        LUTRA_TRY(inputs.value, add_hgq_quantizer(context_, "value_iq", quantizer, inputs.value));
        if (fuse == "qkv") {
            LUTRA_TRY(inputs.query, add_hgq_quantizer(context_, "query_iq", quantizer, inputs.query));
        }
        // The key's own layer quantises it.
        return inputs;
    }

    /// Linformer: the axes of attention of key and value become shorter.
    Result<AttentionInputs> project_along_axes(AttentionInputs inputs) {
        LUTRA_TRY(const bool is_shared, context_.boolean("share_kv_proj", false));
        LUTRA_TRY(const std::string mode, context_.string("lin_kv_proj_mode", kind_.has_tables ? "dense_t" : "dense"));
        context_.ignore({"lin_kv_proj_dim"});
        const std::size_t full_rank = context_.shape(inputs.key).size() + 1;
        std::string in;
        for (std::size_t i = 0; i < full_rank; ++i) {
            in += static_cast<char>('a' + static_cast<int>(i));
        }
        std::string out = in;
        std::string bound;
        std::string made;
        for (const std::int64_t axis : options_.axes) {
            bound += in[static_cast<std::size_t>(axis)];
            made += static_cast<char>('a' + static_cast<int>(full_rank + made.size()));
            out[static_cast<std::size_t>(axis)] = made.back();
        }
        const Projection along{fmt::format("{},{}{}->{}", in, bound, made, out), ""};
        const bool has_tables = mode == "dense_t";
        LUTRA_TRY(inputs.key, layer("lin_key", "_lin_k_proj", along, false, has_tables, inputs.key));
        LUTRA_TRY(inputs.value, layer("lin_value", is_shared ? "_lin_k_proj" : "_lin_v_proj", along, false, has_tables, inputs.value));
        return inputs;
    }

    Result<NodeId> softmax(const std::vector<std::int64_t>& axes, const std::optional<RealTensor>& mask, NodeId scores) {
        Json::Object config;
        Json::Array list;
        for (const std::int64_t axis : axes) {
            list.emplace_back(axis);
        }
        config.emplace("axes", Json(std::move(list)));
        config.emplace("input_scaler", Json(1 / std::sqrt(static_cast<double>(options_.key_dim))));
        config.emplace("enable_iq", Json(false));
        config.emplace("enable_oq", Json(true));
        give(config, "stable", "stable_softmax");
        for (const std::string_view part : {"exp_iq_conf", "exp_oq_conf", "inv_iq_conf", "inv_oq_conf", "oq_conf"}) {
            give(config, part, fmt::format("softmax_{}", part));
        }
        const LayerConfig layer{.name = "softmax",
                                .class_name = "QSoftmax",
                                .library = Library::Hgq,
                                .registered_name = "",
                                .config = std::move(config),
                                .calls = {},
                                .nested = {}};
        LayerContext inside = context_.inside(layer, "softmax", "_softmax", scores);
        return emit_hgq_softmax(inside, mask ? &*mask : nullptr);
    }

    LayerContext& context_;
    AttentionClass kind_;
    AttentionOptions options_{};
    bool has_input_quantizers_ = true;
};

}  // namespace

Result<NodeId> import_hgq_attention(LayerContext& context) { return Attention(context, {}).import(); }
Result<NodeId> import_hgq_attention_table(LayerContext& context) { return Attention(context, {.has_tables = true}).import(); }
Result<NodeId> import_hgq_linformer(LayerContext& context) { return Attention(context, {.is_projected = true}).import(); }
Result<NodeId> import_hgq_linformer_table(LayerContext& context) { return Attention(context, {.has_tables = true, .is_projected = true}).import(); }

}  // namespace lutra::keras
