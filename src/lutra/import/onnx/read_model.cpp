#include "lutra/import/onnx/read_model.h"

#include <fmt/format.h>
#include <google/protobuf/io/coded_stream.h>

#include <cmath>
#include <limits>

#include "lutra/import/onnx/count_messages.h"
#include "onnx.pb.h"

namespace lutra::onnx {

namespace {

std::unexpected<Diagnostic> not_parsed(const std::filesystem::path& path, std::string message) {
    return fail(DiagnosticId::OnnxNotParsed, path.string(), std::move(message), "check that the file was written and copied whole; export the model again");
}

Result<onnx_file::Model> parse(std::string_view bytes, const std::filesystem::path& path) {
    constexpr std::uint64_t most_messages = 1 << 22;
    constexpr int deepest_nesting = 32;
    if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
        return not_parsed(path, fmt::format("the file has {} bytes; at most 2^31 - 1 can be parsed", bytes.size()));
    }
    if (count_messages(bytes, most_messages) == most_messages) {
        return not_parsed(path, fmt::format("the file has {} or more nodes, tensors and names", most_messages));
    }
    google::protobuf::io::CodedInputStream stream(reinterpret_cast<const std::uint8_t*>(bytes.data()), static_cast<int>(bytes.size()));
    stream.SetRecursionLimit(deepest_nesting);
    onnx_file::Model model;
    if (!model.ParseFromCodedStream(&stream) || !stream.ConsumedEntireMessage()) {
        return not_parsed(path, "the bytes are no ONNX model: the file is cut off or damaged");
    }
    if (!model.has_graph()) {
        return not_parsed(path, "the file has no graph");
    }
    return model;
}

/// Reads the parts of one file; tensors that cannot be read become problems.
class ModelReader {
public:
    ModelReader(const onnx_file::Model& source, const std::filesystem::path& path, const ImportOptions& options, ConstantBudget& budget, Diagnostics& problems)
        : source_(source),
          file_(path.string()),
          external_(path.empty() ? path : folder_of(path), options.max_file_bytes),
          budget_(budget),
          problems_(problems) {}

    FileModel read() {
        model_.producer = source_.producer_name() + (source_.producer_version().empty() ? "" : " " + source_.producer_version());
        for (const auto& opset : source_.opset_import()) {
            model_.opsets[normalized_domain(opset.domain())] = opset.version();
        }
        for (const auto& function : source_.functions()) {
            model_.functions.emplace(normalized_domain(function.domain()), function.name());
        }
        read_initializers();
        read_inputs();
        for (const auto& node : source_.graph().node()) {
            read_node(node);
        }
        for (const auto& output : source_.graph().output()) {
            model_.outputs.push_back(output.name());
        }
        return std::move(model_);
    }

private:
    static std::filesystem::path folder_of(const std::filesystem::path& path) {
        return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    }
    static std::string normalized_domain(const std::string& domain) { return domain == "ai.onnx" ? std::string() : domain; }

    void report(DiagnosticId id, const std::string& what, std::string message, std::string advice) {
        problems_.push_back({id, fmt::format("{}: {}", file_, what), std::move(message), std::move(advice)});
    }

    void read_initializers() {
        for (const auto& tensor : source_.graph().initializer()) {
            const std::string place = fmt::format("{}: tensor '{}'", file_, tensor.name());
            if (model_.initializers.contains(tensor.name()) || model_.damaged_initializers.contains(tensor.name())) {
                report(DiagnosticId::OnnxInvalidGraph, fmt::format("tensor '{}'", tensor.name()), "two initialisers have this name", "export the model again");
                continue;
            }
            auto read = read_tensor(tensor, place, external_, budget_);
            if (read) {
                model_.initializers.emplace(tensor.name(), *std::move(read));
            } else {
                problems_.push_back(std::move(read).error());
                model_.damaged_initializers.insert(tensor.name());
            }
        }
        for (const auto& tensor : source_.graph().sparse_initializer()) {
            report(DiagnosticId::OnnxUnsupportedType, fmt::format("tensor '{}'", tensor.values().name()), "sparse initialisers are not supported",
                   "store the tensor as a dense one");
            model_.damaged_initializers.insert(tensor.values().name());
        }
    }

    void read_inputs() {
        for (const auto& input : source_.graph().input()) {
            if (model_.initializers.contains(input.name()) || model_.damaged_initializers.contains(input.name())) {
                continue;
            }
            const auto& type = input.type().tensor_type();
            FileInput result{input.name(), type.elem_type(), input.type().has_tensor_type() && type.has_shape(), {}};
            for (const auto& dimension : type.shape().dim()) {
                result.extents.push_back(dimension.has_dim_value() && dimension.dim_value() >= 0 ? dimension.dim_value() : -1);
            }
            model_.inputs.push_back(std::move(result));
        }
    }

    void read_node(const onnx_file::Node& source) {
        FileNode node;
        node.name = source.name().empty() ? fmt::format("{}_{}", source.op_type(), model_.nodes.size()) : source.name();
        node.domain = normalized_domain(source.domain());
        node.op_type = source.op_type();
        node.inputs.assign(source.input().begin(), source.input().end());
        node.outputs.assign(source.output().begin(), source.output().end());
        for (const auto& attribute : source.attribute()) {
            const bool is_new = node.attributes.emplace(attribute.name(), read_attribute(attribute, node)).second;
            if (!is_new) {
                report(DiagnosticId::OnnxInvalidGraph, fmt::format("node '{}'", node.name), fmt::format("two attributes are named '{}'", attribute.name()),
                       "export the model again");
            }
        }
        model_.nodes.push_back(std::move(node));
    }

    AttributeContent read_attribute(const onnx_file::Attribute& source, const FileNode& node) {
        enum Type { Guess = 0, Float = 1, Int = 2, String = 3, TensorValue = 4, Floats = 6, Ints = 7, Strings = 8 };
        switch (source.type()) {
            case Float: return finite(source.f(), source, node);
            case Int: return source.i();
            case String: return source.s();
            case TensorValue: return read_attribute_tensor(source, node);
            case Floats: return std::vector<double>(source.floats().begin(), source.floats().end());
            case Ints: return std::vector<std::int64_t>(source.ints().begin(), source.ints().end());
            case Strings: return std::vector<std::string>(source.strings().begin(), source.strings().end());
            case Guess: return guess_attribute(source, node);
            default: return UnreadAttribute{};
        }
    }

    /// Files of the first versions of the format do not say what kind an attribute is.
    AttributeContent guess_attribute(const onnx_file::Attribute& source, const FileNode& node) {
        if (source.has_f()) {
            return finite(source.f(), source, node);
        }
        if (source.has_i()) {
            return source.i();
        }
        if (source.has_s()) {
            return source.s();
        }
        if (source.has_t()) {
            return read_attribute_tensor(source, node);
        }
        if (source.floats_size() > 0) {
            return std::vector<double>(source.floats().begin(), source.floats().end());
        }
        if (source.ints_size() > 0) {
            return std::vector<std::int64_t>(source.ints().begin(), source.ints().end());
        }
        return UnreadAttribute{};
    }

    AttributeContent finite(double value, const onnx_file::Attribute& attribute, const FileNode& node) {
        if (!std::isfinite(value)) {
            report(DiagnosticId::OnnxInvalidTensor, fmt::format("node '{}'", node.name),
                   fmt::format("attribute '{}' is not finite: {}", attribute.name(), name_of_infinity(value)), "export the model again");
            return 0.0;
        }
        return value;
    }

    AttributeContent read_attribute_tensor(const onnx_file::Attribute& source, const FileNode& node) {
        auto tensor = read_tensor(source.t(), fmt::format("{}: node '{}', attribute '{}'", file_, node.name, source.name()), external_, budget_);
        if (!tensor) {
            problems_.push_back(std::move(tensor).error());
            return make_tensor(ElementType::Float32, {});
        }
        return *std::move(tensor);
    }

    const onnx_file::Model& source_;
    std::string file_;
    ExternalData external_;
    ConstantBudget& budget_;
    Diagnostics& problems_;
    FileModel model_;
};

}  // namespace

Result<FileModel> read_model(std::string_view bytes, const std::filesystem::path& path, const ImportOptions& options, ConstantBudget& budget,
                             Diagnostics& problems) {
    LUTRA_TRY(const onnx_file::Model source, parse(bytes, path));
    return ModelReader(source, path, options, budget, problems).read();
}

}  // namespace lutra::onnx
