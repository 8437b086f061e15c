#include "lutra/cli/model_options.h"

#include "lutra/cli/choice.h"
#include "lutra/compile/design_folder.h"
#include "lutra/compile/import_any.h"
#include "lutra/compile/load_model.h"

namespace lutra::cli {

void add_file_options(CLI::App& command, std::filesystem::path& weights, std::optional<ModelFormat>& format, const std::string& format_flags) {
    command.add_option("--weights", weights, "weights of a Keras json; else NAME_weights.h5 or NAME.weights.h5 beside it")->type_name("FILE.h5");
    Choices<ModelFormat> formats;
    for (const NamedFormat& named : named_formats) {
        formats.emplace_back(named.name, named.format);
    }
    add_choice(command, format_flags, format, formats, "format of the model's file, where its content does not tell");
}

void add_model_options(CLI::App& command, CompileOptions& options) {
    command.add_option("model", options.model, "model file: ONNX, QONNX, QCDQ, Keras, QKeras, HGQ, torch.export, skops or our text form")
        ->required()
        ->type_name("MODEL");
    add_file_options(command, options.weights, options.format);
    command.add_option("--precision", options.precision, "types of a float model: 'fixed<16,6>', 'fc1.weight=fixed<8,2>', 'auto'; may be repeated")
        ->type_name("SPEC");
    command.add_option("--hls4ml-config", options.hls4ml_config, "types from hls4ml's config.yml, or from its HLSConfig as JSON; --precision wins")
        ->type_name("FILE");
    command.add_option("--input-type", options.input_type, "type that inputs are rounded to, such as 'fixed<12,4>'")->type_name("TYPE");
    command.add_option("--calibrate", options.calibration, "events for --precision auto (.npy or .npz)")->type_name("X.npy");
    command.add_option("--calibrate-labels", options.labels, "labels of the calibration events")->type_name("Y.npy");
    command.add_option("--calibrate-class-order", options.class_order, "output that holds the score of label 0, 1, ... of the calibration events")
        ->delimiter(',')
        ->type_name("0,1,...");
    command.add_option("--accuracy-budget", options.accuracy_budget, "largest loss of accuracy that --precision auto may choose")
        ->check(CLI::Range(0.0, 1.0))
        ->type_name("LOSS");
    const Choices<Decision> decisions = {{"scores", Decision::Scores}, {"argmax", Decision::Argmax}};
    add_choice(command, "--decision", options.decision, decisions, "scores, or argmax: the index of the best class by exact comparison");
}

Results<Graph> load_design_graph(const std::filesystem::path& folder, const std::optional<ModelFormat>& format) {
    if (format) {
        return std::unexpected(Diagnostics{wrong_format(folder, "design folder", *format)});
    }
    auto graph = read_design_graph(folder);
    return graph ? Results<Graph>(*std::move(graph)) : std::unexpected(Diagnostics{std::move(graph).error()});
}

Results<Graph> load_graph(const CompileOptions& options, Session& session) {
    if (is_design_folder(options.model)) {
        return load_design_graph(options.model, options.format);
    }
    auto model = load_model(options, session.progress());
    if (!model) {
        return std::unexpected(std::move(model).error());
    }
    session.print(model->graph.decisions());
    return std::move(model->graph);
}

}  // namespace lutra::cli
