#include "lutra/import/torch/import_torch.h"

#include <fmt/format.h>

#include "lutra/base/file.h"
#include "lutra/import/onnx/import_onnx.h"
#include "lutra/import/torch/aten_node.h"
#include "lutra/import/torch/stored_tensors.h"

namespace lutra {

namespace torch {

namespace {

constexpr std::string_view call_prefix = "torch.ops.";
constexpr std::int64_t newest_schema = 8;

std::unexpected<Diagnostic> invalid(const std::string& place, std::string message, std::string advice = "save the program again with torch.export.save") {
    return fail(DiagnosticId::TorchInvalidProgram, place, std::move(message), std::move(advice));
}

/// Where things are in an archive: everything lies in one folder, named after the file that was saved.
struct Places {
    std::string root;   ///< with "/" behind it
    std::string model;  ///< "model" for models/model.json
};

Result<Places> find_model(const Archive& archive, const std::string& file) {
    std::vector<Places> found;
    for (const ArchiveEntry& entry : archive.entries()) {
        const std::size_t folder = entry.name.find("models/");
        if (folder != std::string::npos && (folder == 0 || entry.name[folder - 1] == '/') && entry.name.ends_with(".json")) {
            const std::size_t begin = folder + std::string_view("models/").size();
            found.push_back({entry.name.substr(0, folder), entry.name.substr(begin, entry.name.size() - begin - 5)});
        }
    }
    if (found.size() != 1) {
        return invalid(file, fmt::format("the archive holds {} programs; one is read", found.size()),
                       "save one program with torch.export.save of PyTorch 2.8 or newer");
    }
    return found[0];
}

Result<Json> read_table(const Archive& archive, const std::string& name, const std::string& file) {
    if (!archive.contains(name)) {
        return Json();
    }
    LUTRA_TRY(const std::string text, archive.read(name));
    return parse_json(text, fmt::format("{}: {}", file, name));
}

Result<void> check_byte_order(const Archive& archive, const Places& places, const std::string& file) {
    const std::string name = places.root + "byteorder";
    if (!archive.contains(name)) {
        return {};
    }
    LUTRA_TRY(const std::string order, archive.read(name));
    return order == "little" ? Result<void>() : invalid(file, "its numbers are not stored in little-endian order", "save it on a little-endian machine");
}

/// Reads the inputs, the weights and the calls of a program.
class ProgramReader {
public:
    ProgramReader(const Json& document, Program& program, StoredTensors& weights, StoredTensors& constants, onnx::ConstantBudget& budget, Diagnostics& problems)
        : graph_(document["graph_module"]["graph"]),
          signature_(document["graph_module"]["signature"]),
          program_(program),
          weights_(weights),
          constants_(constants),
          budget_(budget),
          problems_(problems) {}

    void read() {
        const Json& inputs = signature_["input_specs"];
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            keep(read_input(inputs[i], i));
        }
        const Json& nodes = graph_["nodes"];
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            keep(read_call(nodes[i]));
        }
        const Json& outputs = signature_["output_specs"];
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            keep(read_output(outputs[i], i));
        }
    }

private:
    void keep(Result<void> result) {
        if (!result) {
            problems_.push_back(std::move(result).error());
        }
    }

    Result<void> read_input(const Json& spec, std::size_t index) {
        const std::string place = fmt::format("{}: input {}", program_.file, index);
        for (const auto& [kind, key, source] : {std::tuple("parameter", "parameter_name", &weights_), std::tuple("buffer", "buffer_name", &weights_),
                                                std::tuple("tensor_constant", "tensor_constant_name", &constants_)}) {
            const std::string* name = spec[kind]["arg"]["name"].string();
            const std::string* stored = spec[kind][key].string();
            if (name != nullptr && stored != nullptr) {
                return read_stored(*source, *name, *stored);
            }
        }
        const std::string* user = spec["user_input"]["arg"]["as_tensor"]["name"].string();
        return user != nullptr ? read_user_input(*user)
                               : invalid(place, "it is neither a tensor of the caller nor one of the archive", "export a net whose inputs are tensors");
    }

    /// Tensors that no layer reads, such as counters of batches, are read too: they are small.
    Result<void> read_stored(StoredTensors& source, const std::string& name, const std::string& stored) {
        const std::string place = fmt::format("{}: tensor '{}'", program_.file, stored);
        auto tensor = source.read(stored, place, budget_);
        if (!tensor) {
            program_.model.damaged_initializers.insert(name);
            return std::unexpected(std::move(tensor).error());
        }
        program_.model.initializers.insert_or_assign(name, *std::move(tensor));
        return {};
    }

    Result<void> read_user_input(const std::string& name) {
        const Json& meta = program_.tensor_values[name];
        const std::string place = fmt::format("{}: input '{}'", program_.file, name);
        LUTRA_TRY(const Shape shape, shape_of(meta, place));
        const auto type = element_type_of_scalar(meta["dtype"].integer().value_or(0));
        if (!type || *type == onnx::ElementType::Bool) {
            return invalid(place, fmt::format("elements of ScalarType {} are not supported", meta["dtype"].integer().value_or(0)),
                           "export with float32 inputs");
        }
        onnx::FileInput input{name, onnx::type_code_of(*type), true, {}};
        for (const std::int64_t extent : shape) {
            input.extents.push_back(extent == onnx::batch_extent ? -1 : extent);
        }
        program_.model.inputs.push_back(std::move(input));
        return {};
    }

    /// Calls that give no tensor check the sizes of the batch; the size itself is a symbol wherever it is used.
    static bool is_about_sizes(const std::string& target) {
        return target == "aten.sym_size.int" || target.starts_with("aten._assert") || target.starts_with("aten.sym_constrain");
    }

    Result<void> read_call(const Json& call) {
        const std::string* full_target = call["target"].string();
        if (full_target == nullptr) {
            return invalid(program_.file, "a call names no operator");
        }
        const std::string target = full_target->starts_with(call_prefix) ? full_target->substr(call_prefix.size()) : *full_target;
        if (is_about_sizes(target)) {
            return {};
        }
        AtenNode node(program_, call, target);
        const AtenHandler handler = find_aten_handler(target);
        if (handler == nullptr) {
            return node.unsupported(fmt::format("{} is not supported", target), advice_for_aten(target));
        }
        return handler(node);
    }

    Result<void> read_output(const Json& spec, std::size_t index) {
        const std::string* name = spec["user_output"]["arg"]["as_tensor"]["name"].string();
        if (name == nullptr) {
            return invalid(fmt::format("{}: output {}", program_.file, index), "it is no tensor that the net returns",
                           "export a net in evaluation mode that returns tensors");
        }
        program_.model.outputs.push_back(*name);
        return {};
    }

    const Json& graph_;
    const Json& signature_;
    Program& program_;
    StoredTensors& weights_;
    StoredTensors& constants_;
    onnx::ConstantBudget& budget_;
    Diagnostics& problems_;
};

/// The program in ONNX operators of this opset.
constexpr std::int64_t spelled_opset = 24;

Result<onnx::FileModel> read_program(const Archive& archive, const std::string& file, onnx::ConstantBudget& budget, Diagnostics& problems) {
    LUTRA_TRY(const Places places, find_model(archive, file));
    if (auto order = check_byte_order(archive, places, file); !order) {
        return std::unexpected(std::move(order).error());
    }
    LUTRA_TRY(const std::string text, archive.read(fmt::format("{}models/{}.json", places.root, places.model)));
    LUTRA_TRY(const Json document, parse_json(text, fmt::format("{}: {}.json", file, places.model)));
    const Json& values = document["graph_module"]["graph"]["tensor_values"];
    const std::int64_t schema = document["schema_version"]["major"].integer().value_or(0);
    if (values.object() == nullptr || schema < 1 || schema > newest_schema) {
        return invalid(file, fmt::format("its program has the schema version {}; versions 1 to {} are read", schema, newest_schema),
                       "save it with PyTorch 2.8 to 2.13");
    }
    LUTRA_TRY(Json weight_table, read_table(archive, fmt::format("{}data/weights/{}_weights_config.json", places.root, places.model), file));
    LUTRA_TRY(Json constant_table, read_table(archive, fmt::format("{}data/constants/{}_constants_config.json", places.root, places.model), file));
    StoredTensors weights(archive, places.root + "data/weights/", std::move(weight_table));
    StoredTensors constants(archive, places.root + "data/constants/", std::move(constant_table));
    Program program{values, file};
    program.model.opsets[""] = spelled_opset;
    const std::string* version = document["torch_version"].string();
    program.model.producer = "PyTorch" + (version != nullptr ? " " + *version : std::string());
    ProgramReader(document, program, weights, constants, budget, problems).read();
    return std::move(program.model);
}

}  // namespace

}  // namespace torch

Results<ImportedModel> import_torch(std::string_view bytes, const std::filesystem::path& path, const ImportOptions& options) {
    const auto archive = Archive::open(bytes, path.string());
    if (!archive) {
        return std::unexpected(Diagnostics{archive.error()});
    }
    Diagnostics problems;
    onnx::ConstantBudget budget{options.max_constant_elements};
    const auto model = torch::read_program(*archive, path.string(), budget, problems);
    if (!model) {
        return std::unexpected(Diagnostics{model.error()});
    }
    if (any_fatal(problems)) {
        return std::unexpected(std::move(problems));
    }
    auto graph = import_file_model(*model, path, options, budget, std::move(problems));
    if (!graph) {
        return std::unexpected(std::move(graph).error());
    }
    return ImportedModel{*std::move(graph), std::string(to_string(ModelFormat::TorchExport)), model->producer, sha256_hex(bytes)};
}

Diagnostic refuse_torch_pickle(std::string_view bytes, const std::filesystem::path& path) {
    const std::string name = path.filename().string();
    const auto archive = Archive::open(bytes, path.string());
    bool is_script = false;
    bool is_state = false;
    for (const ArchiveEntry& entry : archive ? archive->entries() : std::vector<ArchiveEntry>()) {
        is_script = is_script || entry.name.ends_with("/constants.pkl");
        if (entry.name.ends_with("/data.pkl")) {
            is_state = archive->read(entry.name)
                           .value_or("")
                           .starts_with(
                               "\x80\x02"
                               "ccollections\nOrderedDict\n");
        }
    }
    const std::string load = is_script  ? fmt::format("net = torch.jit.load(\"{}\").eval()", name)
                             : is_state ? fmt::format("net = Net(); net.load_state_dict(torch.load(\"{}\"))  # Net: the class of the net", name)
                                        : fmt::format("net = torch.load(\"{}\", weights_only=False)", name);
    const std::string_view how = is_script ? ", dynamo=False" : "";
    return {DiagnosticId::TorchPickled, path.string(),
            is_script  ? "this is TorchScript, a program that would have to be run"
            : is_state ? "this is a state_dict: weights without a net, stored as a pickle"
                       : "this is a pickled PyTorch object, which would run code when loaded",
            fmt::format("in Python, with x a batch of one event:\n    {}\n    torch.onnx.export(net.eval(), (x,), \"model.onnx\"{})", load, how)};
}

}  // namespace lutra
