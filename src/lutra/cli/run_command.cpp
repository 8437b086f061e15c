#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <cmath>
#include <nlohmann/json.hpp>

#include "lutra/cli/choice.h"
#include "lutra/cli/model_options.h"
#include "lutra/compile/import_any.h"
#include "lutra/compile/run_model.h"

namespace lutra::cli {

namespace {

struct Arguments {
    CompileOptions model;
    RunOptions run;
};

std::string as_json(const RunResult& result) {
    nlohmann::ordered_json json = {{"events", result.num_events}, {"outputs", result.num_outputs}};
    if (result.accuracy) {
        json["accuracy"] = result.accuracy->accuracy;
        json["auc"] = result.accuracy->auc_of_class;
    }
    json["seconds"] = result.seconds;
    return json.dump(2) + "\n";
}

std::string as_text(const RunResult& result) {
    const double emulation = result.seconds.at("emulate");
    std::string text = fmt::format("{} events in {:.3f} s", result.num_events, result.seconds.at("total"));
    if (emulation > 0) {
        text += fmt::format(" ({:.3g} events/s in the evaluation itself)", static_cast<double>(result.num_events) / emulation);
    }
    text += "\n";
    if (result.accuracy) {
        text += fmt::format("accuracy {:.2f} %", 100 * result.accuracy->accuracy);
        if (!result.accuracy->auc_of_class.empty()) {
            text += ", AUC per class";
            for (const double area : result.accuracy->auc_of_class) {
                text += std::isnan(area) ? " -" : fmt::format(" {:.4f}", area);
            }
        }
        text += "\n";
    }
    return text;
}

/// The reference needs no types unless the user gives some; the interpreter does.
Results<Graph> load(const Arguments& arguments, Session& session) {
    const bool is_plain = arguments.model.precision.empty() && arguments.model.input_type.empty() && arguments.model.decision == Decision::Scores;
    if (arguments.run.target == RunTarget::Reference && is_plain && !std::filesystem::is_directory(arguments.model.model)) {
        auto imported = import_any(arguments.model.model, {.weights = arguments.model.weights, .format = arguments.model.format});
        return imported ? Results<Graph>(std::move(imported->graph)) : std::unexpected(std::move(imported).error());
    }
    return load_graph(arguments.model, session);
}

void run(Session& session, Arguments& arguments) {
    arguments.model.jobs = session.jobs;
    arguments.run.jobs = session.jobs;
    const auto graph = load(arguments, session);
    if (!graph) {
        session.fail(graph.error());
        return;
    }
    const auto result = run_model(*graph, arguments.run, session.progress());
    if (!result) {
        session.fail(result.error());
        return;
    }
    session.say(as_text(*result));
    if (session.json) {
        fmt::print("{}", as_json(*result));
    }
}

}  // namespace

void add_run(CLI::App& app, Session& session) {
    CLI::App* command = app.add_subcommand("run", "run a model or a design on data, exactly");
    const auto arguments = std::make_shared<Arguments>();
    RunOptions& options = arguments->run;
    add_model_options(*command, arguments->model);
    command->get_option("model")->description("model file, or the folder of a design")->type_name("MODEL|DIR");
    command->add_option("--input", options.input, "events: .npy, or .npz for several inputs")->required()->type_name("X.npy");
    command->add_option("--output", options.output, "file for the outputs (float64, exact values)")->type_name("Y.npy");
    command->add_flag("--raw", options.raw, "write the raw integers (int64) instead of values");
    command->add_option("--labels", options.labels, "class of each event, to measure accuracy and AUC")->type_name("Y.npy");
    command->add_option("--class-order", options.class_order, "output that holds the score of label 0, 1, ...")->delimiter(',')->type_name("0,1,...");
    const Choices<RunTarget> targets = {{"interpreter", RunTarget::Interpreter}, {"reference", RunTarget::Reference}};
    add_choice(*command, "--target", options.target, targets, "interpreter: the exact circuit; reference: the model's mathematics in doubles");
    command->footer("Example:\n  lutra run tagger.onnx --input jets_x.npy --labels jets_y.npy");
    command->callback([&session, arguments] { run(session, *arguments); });
}

}  // namespace lutra::cli
