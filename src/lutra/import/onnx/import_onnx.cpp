#include "lutra/import/onnx/import_onnx.h"

#include <fmt/format.h>

#include <algorithm>

#include "lutra/base/file.h"
#include "lutra/import/onnx/fold_through_layers.h"
#include "lutra/import/onnx/handlers.h"
#include "lutra/import/onnx/order_nodes.h"
#include "lutra/import/onnx/read_model.h"
#include "lutra/ops/builtin_ops.h"

namespace lutra {

namespace onnx {

namespace {

constexpr std::int64_t oldest_opset = 7;
constexpr std::int64_t newest_opset = 26;

/// Runs the handlers over a parsed file.
class Importer {
public:
    explicit Importer(Translation& translation) : translation_(translation) {}

    void run() {
        check_opset();
        std::vector<std::size_t> dead;
        const std::vector<std::size_t> order = order_nodes(translation_.model, translation_.file, translation_.problems, dead);
        list_dead(dead);
        count_uses(order);
        check_operators(order);
        add_initializers();
        add_inputs();
        for (const std::size_t i : order) {
            import_node(translation_.model.nodes[i]);
        }
        list_left_out();
        add_outputs();
    }

private:
    void report(DiagnosticId id, std::string place, std::string message, std::string advice = "") {
        translation_.problems.push_back({id, std::move(place), std::move(message), std::move(advice)});
    }

    void check_opset() {
        const std::int64_t opset = translation_.opset("");
        if (opset < oldest_opset) {
            translation_.graph.add_decision(
                {DiagnosticId::OnnxOldOpset, translation_.file,
                 fmt::format("opset {} is below {}; operators are read as those of opset {}, where they mean the same", opset, oldest_opset, oldest_opset),
                 "convert the model with onnx.version_converter"});
        } else if (opset > newest_opset) {
            translation_.decide(translation_.file, fmt::format("opset {} is newer than {}, the newest known; operators are read as those of opset {}", opset,
                                                               newest_opset, newest_opset));
        }
    }

    /// "'a', 'b', 'c' and 5 more".
    static std::string first_names(const std::vector<std::string>& names) {
        constexpr std::size_t most = 8;
        std::string text;
        for (std::size_t i = 0; i < std::min(names.size(), most); ++i) {
            text += fmt::format("{}'{}'", i == 0 ? "" : ", ", names[i]);
        }
        return names.size() > most ? fmt::format("{} and {} more", text, names.size() - most) : text;
    }

    void list_dead(const std::vector<std::size_t>& dead) {
        std::vector<std::string> names;
        for (const std::size_t i : dead) {
            names.push_back(translation_.model.nodes[i].name);
        }
        if (!names.empty()) {
            translation_.decide(translation_.file, fmt::format("no output needs these nodes, so they are left out: {}", first_names(names)));
        }
    }

    void list_left_out() {
        for (const auto& [op_type, names] : translation_.left_out) {
            translation_.decide(translation_.file, fmt::format("{} changes no value and is left out: {}", op_type, first_names(names)));
        }
    }

    void count_uses(const std::vector<std::size_t>& order) {
        for (const std::size_t i : order) {
            for (const std::string& input : translation_.model.nodes[i].inputs) {
                ++translation_.use_counts[input];
                translation_.last_user.insert_or_assign(input, i);
            }
        }
        for (const std::string& output : translation_.model.outputs) {
            ++translation_.use_counts[output];
            translation_.last_user.erase(output);
        }
    }

    /// Every operator that cannot be imported is listed before anything is imported, so that one run names them all.
    void check_operators(const std::vector<std::size_t>& order) {
        std::set<std::string_view> constants;
        for (const auto& [name, tensor] : translation_.model.initializers) {
            constants.insert(name);
        }
        constants.insert(translation_.model.damaged_initializers.begin(), translation_.model.damaged_initializers.end());
        for (const std::size_t i : order) {
            const FileNode& node = translation_.model.nodes[i];
            const bool is_constant = std::ranges::all_of(node.inputs, [&](const std::string& input) { return input.empty() || constants.contains(input); });
            check_operator(node, is_constant && !node.inputs.empty());
            // What `Shape` gives is known whatever the event is.
            if (is_constant || (node.domain.empty() && node.op_type == "Shape")) {
                constants.insert(node.outputs.begin(), node.outputs.end());
            }
        }
    }

    std::unexpected<Diagnostic> not_of_the_event(const FileNode& node) const {
        return fail(DiagnosticId::OnnxUnsupportedOp, translation_.place(node), fmt::format("{} of the event is not supported, only of constants", node.op_type),
                    advice_for(node.domain, node.op_type));
    }

    void check_operator(const FileNode& node, bool is_constant) {
        const auto refuse = [&](std::string message, std::string advice) {
            report(DiagnosticId::OnnxUnsupportedOp, translation_.place(node), std::move(message), std::move(advice));
            refused_.insert(&node);
        };
        const Handler* handler = find_handler(node.domain, node.op_type);
        if (translation_.model.functions.contains({node.domain, node.op_type})) {
            refuse("it calls a function that the file defines; such functions are not supported", "inline them with onnx.inliner");
        } else if (handler == nullptr) {
            const std::string name = node.domain.empty() ? node.op_type : fmt::format("{} of domain {}", node.op_type, node.domain);
            refuse(fmt::format("{} is not supported", name), advice_for(node.domain, node.op_type));
        } else if (handler->import == nullptr && !is_constant) {
            translation_.problems.push_back(not_of_the_event(node).error());
            refused_.insert(&node);
        }
    }

    void add_initializers() {
        for (const auto& [name, tensor] : translation_.model.initializers) {
            translation_.values.insert_or_assign(name, std::make_shared<const Tensor>(tensor));
        }
        for (const std::string& name : translation_.model.damaged_initializers) {
            translation_.values.insert_or_assign(name, Failed{});
        }
    }

    void add_inputs() {
        if (translation_.model.inputs.empty()) {
            report(DiagnosticId::OnnxInvalidGraph, translation_.file, "the graph has no input", "export a model that depends on data");
        }
        for (const FileInput& input : translation_.model.inputs) {
            auto event = add_input(input);
            if (event) {
                translation_.values.insert_or_assign(input.name, *event);
            } else {
                translation_.problems.push_back(std::move(event).error());
                translation_.values.insert_or_assign(input.name, Failed{});
            }
        }
    }

    Result<Event> add_input(const FileInput& input) {
        const std::string place = translation_.place(fmt::format("input '{}'", input.name));
        const auto type = element_type_of(input.type_code);
        if (!type || *type == ElementType::Bool || *type == ElementType::String) {
            return fail(DiagnosticId::OnnxUnsupportedType, place,
                        fmt::format("inputs of type {} ({}) are not supported", name_of_type_code(input.type_code), input.type_code),
                        "give the model float inputs");
        }
        if (!input.has_shape) {
            return fail(DiagnosticId::UnsupportedShape, place, "the file does not say its shape", "export with the shape of the inputs");
        }
        Shape shape = input.extents;
        const bool has_batch = translation_.options.has_batch_axis.value_or(shape.size() >= 2) && !shape.empty();
        if (has_batch) {
            note_batch(input, place);
            shape.erase(shape.begin());
        } else {
            translation_.decide(place, "it has no batch axis: the whole tensor is one event");
        }
        if (std::ranges::find(shape, -1) != shape.end()) {
            return fail(DiagnosticId::UnsupportedShape, place, "an extent other than that of the batch is not known", "export with fixed extents");
        }
        LUTRA_TRY(NodeId node, translation_.add(input.name, "input", {{"shape", shape}}, {}));
        if (!is_real(*type)) {
            translation_.decide(place, fmt::format("its values are the integers of {}", to_string(*type)));
            const AttributeMap integers = {
                {"scale", 1.0}, {"width", static_cast<double>(storage_bits(*type))}, {"signed", integer_range(*type).low < 0 ? 1.0 : 0.0}};
            LUTRA_TRY(node, translation_.add(input.name + "_integers", "quantize", integers, {node}));
        }
        return Event{node, has_batch ? 0 : -1, *type};
    }

    void note_batch(const FileInput& input, const std::string& place) {
        const std::int64_t size = input.extents[0];
        translation_.decide(
            place, size < 0 ? "its first axis is taken for the batch" : fmt::format("its first axis, recorded with size {}, is taken for the batch", size));
        if (translation_.batch_size >= 0 && size >= 0 && translation_.batch_size != size) {
            report(DiagnosticId::OnnxInvalidGraph, place, fmt::format("inputs have batches of different sizes: {} and {}", translation_.batch_size, size),
                   "export all inputs with the same batch size");
        }
        translation_.batch_size = std::max(translation_.batch_size, size);
    }

    /// True when an input of the node already failed: its cause has been reported.
    bool waits_for_failed(const FileNode& node) const {
        return std::ranges::any_of(node.inputs, [&](const std::string& input) {
            const auto found = translation_.values.find(input);
            return !input.empty() && (found == translation_.values.end() || std::holds_alternative<Failed>(found->second));
        });
    }

    bool all_constant(const FileNode& node) const {
        return !node.inputs.empty() && std::ranges::all_of(node.inputs, [&](const std::string& input) {
            return input.empty() || std::holds_alternative<std::shared_ptr<const Tensor>>(translation_.values.find(input)->second);
        });
    }

    void fail_outputs(const FileNode& node) {
        for (const std::string& output : node.outputs) {
            if (!output.empty()) {
                translation_.values.insert_or_assign(output, Failed{});
            }
        }
    }

    void import_node(const FileNode& node) {
        if (refused_.contains(&node) || waits_for_failed(node)) {
            fail_outputs(node);
            return;
        }
        NodeContext context(translation_, node);
        auto done = run_handler(*find_handler(node.domain, node.op_type), context);
        if (done) {
            done = check_leftovers(context);
        }
        if (!done) {
            translation_.problems.push_back(std::move(done).error());
            fail_outputs(node);
        }
    }

    Result<void> run_handler(const Handler& handler, NodeContext& context) {
        if (handler.fold != nullptr && all_constant(context.node())) {
            LUTRA_TRY(Tensor folded, handler.fold(context));
            context.set_output(0, std::move(folded));
            return {};
        }
        if (handler.import == nullptr) {
            return not_of_the_event(context.node());
        }
        return !handler.imports_constants && all_constant(context.node()) ? fold_through_layers(context, handler) : handler.import(context);
    }

    Result<void> check_leftovers(NodeContext& context) {
        const FileNode& node = context.node();
        if (const auto name = context.unread_attribute()) {
            return context.unsupported(fmt::format("attribute '{}' is not known", *name), "export without it");
        }
        for (std::size_t i = 0; i < node.outputs.size(); ++i) {
            if (context.is_used(i) && !translation_.values.contains(node.outputs[i])) {
                return context.unsupported(fmt::format("its output {} is used, which is not supported", i));
            }
        }
        return {};
    }

    void add_outputs() {
        if (translation_.model.outputs.empty()) {
            report(DiagnosticId::OnnxInvalidGraph, translation_.file, "the graph has no output", "export a model with outputs");
        }
        for (const std::string& name : translation_.model.outputs) {
            const auto found = translation_.values.find(name);
            if (found == translation_.values.end() || std::holds_alternative<Failed>(found->second)) {
                continue;
            }
            if (auto added = add_output(name, found->second); !added) {
                translation_.problems.push_back(std::move(added).error());
            }
        }
    }

    Result<void> add_output(const std::string& name, Value& value) {
        const std::string place = translation_.place(fmt::format("output '{}'", name));
        if (const auto* tensor = std::get_if<std::shared_ptr<const Tensor>>(&value)) {
            translation_.decide(place, "it is a constant");
            LUTRA_TRY(const NodeId node, translation_.add(name, "constant", {{"value", to_real(**tensor)}}, {}));
            translation_.graph.add_output(name, node);
            return {};
        }
        LUTRA_TRY(const Event event, translation_.materialize(value));
        if (event.batch_axis > 0) {
            translation_.decide(place, fmt::format("its batch axis is axis {} in the file and the first one here", event.batch_axis));
        }
        translation_.graph.add_output(name, event.node);
        return {};
    }

    Translation& translation_;
    std::set<const FileNode*> refused_;  ///< already reported
};

}  // namespace

}  // namespace onnx

Results<ImportedModel> import_onnx(std::string_view bytes, const std::filesystem::path& path, const ImportOptions& options) {
    Diagnostics problems;
    onnx::ConstantBudget budget{options.max_constant_elements};
    auto model = onnx::read_model(bytes, path, options, budget, problems);
    if (!model) {
        return std::unexpected(Diagnostics{std::move(model).error()});
    }
    auto graph = import_file_model(*model, path, options, budget, std::move(problems));
    if (!graph) {
        return std::unexpected(std::move(graph).error());
    }
    return ImportedModel{*std::move(graph), std::string(to_string(ModelFormat::Onnx)), model->producer, sha256_hex(bytes)};
}

Results<Graph> import_file_model(const onnx::FileModel& model, const std::filesystem::path& path, const ImportOptions& options, onnx::ConstantBudget& budget,
                                 Diagnostics problems) {
    onnx::Translation translation{
        .model = model, .options = options, .file = path.string(), .ops = builtin_ops(), .budget = budget, .problems = std::move(problems)};
    onnx::Importer(translation).run();
    if (any_fatal(translation.problems)) {
        return std::unexpected(std::move(translation.problems));
    }
    return std::move(translation.graph);
}

}  // namespace lutra
