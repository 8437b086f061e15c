#include <fmt/format.h>
#include <fmt/ranges.h>
#include <CLI/CLI.hpp>

#include <nlohmann/json.hpp>

#include "lutra/base/file.h"
#include "lutra/cli/choice.h"
#include "lutra/cli/inspect_circuit.h"
#include "lutra/cli/model_options.h"
#include "lutra/compile/design_folder.h"
#include "lutra/compile/import_any.h"
#include "lutra/compile/profile_report.h"
#include "lutra/compile/read_events.h"
#include "lutra/report/graph_drawing.h"

namespace lutra::cli {

namespace {

struct Arguments {
    std::filesystem::path model;
    ModelFile file;
    std::string format = "text";
    std::filesystem::path profile;  ///< events; empty: no profile
};

Results<Graph> load(const std::filesystem::path& path, const ModelFile& file) {
    if (is_design_folder(path)) {
        return load_design_graph(path, file.format);
    }
    auto model = import_any(path, file);
    return model ? Results<Graph>(std::move(model->graph)) : std::unexpected(std::move(model).error());
}

std::vector<std::string> input_names(const Graph& graph, const Node& node) {
    std::vector<std::string> names;
    for (const NodeId input : node.inputs) {
        names.push_back(graph[input].name);
    }
    return names;
}

std::string as_text(const Graph& graph) {
    std::size_t name_width = 5;
    for (const Node& node : graph.nodes()) {
        name_width = std::max(name_width, node.name.size());
    }
    std::string text = fmt::format("{:<{}}  {:<20}  {:<32}  {}\n", "layer", name_width, "op", "type", "inputs");
    for (const Node& node : graph.nodes()) {
        text +=
            fmt::format("{:<{}}  {:<20}  {:<32}  {}\n", node.name, name_width, node.op.name(), to_string(node.type), fmt::join(input_names(graph, node), ", "));
    }
    for (const GraphOutput& output : graph.outputs()) {
        text += fmt::format("output {} = {}\n", output.name, graph[output.node].name);
    }
    for (const Diagnostic& decision : graph.decisions()) {
        text += to_string(decision) + "\n";
    }
    return text;
}

std::string as_json(const Graph& graph) {
    nlohmann::ordered_json json = {
        {"layers", nlohmann::ordered_json::array()}, {"outputs", nlohmann::ordered_json::array()}, {"decisions", nlohmann::ordered_json::array()}};
    for (const Node& node : graph.nodes()) {
        json["layers"].push_back(
            {{"name", node.name}, {"op", node.op.name()}, {"shape", node.type.shape}, {"type", to_string(node.type)}, {"inputs", input_names(graph, node)}});
    }
    for (const GraphOutput& output : graph.outputs()) {
        json["outputs"].push_back({{"name", output.name}, {"layer", graph[output.node].name}});
    }
    for (const Diagnostic& decision : graph.decisions()) {
        json["decisions"].push_back({{"id", info_of(decision.id).code}, {"place", decision.place}, {"text", decision.message}});
    }
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

void show_profile(Session& session, const Graph& graph, const Arguments& arguments) {
    const auto events = read_calibration_events(graph, arguments.profile);
    if (!events) {
        session.fail(events.error());
        return;
    }
    const auto profiles = profile_layers(graph, *events, session.jobs);
    if (!profiles) {
        session.fail(profiles.error());
    } else if (session.json || arguments.format == "json") {
        fmt::print("{}", profile_as_json(*profiles));
    } else if (arguments.format == "svg") {
        fmt::print("{}", profile_as_svg(*profiles));
    } else if (arguments.format == "text") {
        fmt::print("{}", profile_as_text(*profiles));
    } else {
        session.fail({DiagnosticId::UsageError, "lutra inspect", "a profile has no form for Graphviz", "use --format text, json or svg"});
    }
}

void inspect(Session& session, const Arguments& arguments) {
    if (is_circuit_file(arguments.model)) {
        if (arguments.file.format) {
            session.fail(wrong_format(arguments.model, "Lutra circuit", *arguments.file.format));
            return;
        }
        inspect_circuit(session, arguments.model);
        return;
    }
    const auto graph = load(arguments.model, arguments.file);
    if (!graph) {
        session.fail(graph.error());
        return;
    }
    if (!arguments.profile.empty()) {
        show_profile(session, *graph, arguments);
    } else if (session.json || arguments.format == "json") {
        fmt::print("{}", as_json(*graph));
    } else if (arguments.format == "dot") {
        fmt::print("{}", to_dot(*graph));
    } else if (arguments.format == "svg") {
        fmt::print("{}", to_svg(*graph));
    } else {
        fmt::print("{}", as_text(*graph));
    }
}

}  // namespace

void add_inspect(CLI::App& app, Session& session) {
    CLI::App* command = app.add_subcommand("inspect", "show the layers of a model or of a design folder, or what a circuit.lutra is made of");
    const auto arguments = std::make_shared<Arguments>();
    command->add_option("model", arguments->model, "model file, design folder or circuit.lutra")->required()->type_name("MODEL|DIR");
    add_file_options(*command, arguments->file.weights, arguments->file.format, "--model-format");
    const Choices<std::string> formats = {{"text", "text"}, {"json", "json"}, {"dot", "dot"}, {"svg", "svg"}};
    add_choice(*command, "--format", arguments->format, formats, "what to print: text, json, dot (Graphviz) or svg");
    command->add_option("--profile", arguments->profile, "events: show the distribution of every layer's values over them, with a type that holds them")
        ->type_name("X.npy");
    command->footer("Example:\n  lutra inspect tagger.onnx --format svg > tagger.svg");
    command->callback([&session, arguments] { inspect(session, *arguments); });
}

}  // namespace lutra::cli
