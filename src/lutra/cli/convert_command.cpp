#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <chrono>

#include "lutra/base/file.h"
#include "lutra/cli/model_options.h"
#include "lutra/compile/import_any.h"
#include "lutra/ir/text.h"

namespace lutra::cli {

namespace {

void convert(Session& session, const std::filesystem::path& model, const ModelFile& file, const std::filesystem::path& output) {
    const auto begin = std::chrono::steady_clock::now();
    const auto imported = import_any(model, file);
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    if (!imported) {
        session.fail(imported.error());
        return;
    }
    session.print(imported->graph.decisions());
    if (auto written = write_file(output, print(imported->graph)); !written) {
        session.fail(written.error());
        return;
    }
    session.say(fmt::format("{}: {} layers written to {}\n", model.filename().string(), imported->graph.size(), output.string()));
    if (session.json) {
        fmt::print("{{\"layers\": {}, \"seconds\": {{\"import\": {}}}}}\n", imported->graph.size(), seconds);
    }
}

}  // namespace

void add_convert(CLI::App& app, Session& session) {
    CLI::App* command = app.add_subcommand("convert", "write a model in Lutra's own text form, which can be read, compared and compiled again");
    const auto model = std::make_shared<std::filesystem::path>();
    const auto file = std::make_shared<ModelFile>();
    const auto output = std::make_shared<std::filesystem::path>();
    command->add_option("model", *model, "model file")->required()->type_name("MODEL");
    command->add_option("output", *output, "file to write")->required()->type_name("OUT.lutra");
    add_file_options(*command, file->weights, file->format);
    command->footer("Example:\n  lutra convert tagger.onnx tagger.lutra");
    command->callback([&session, model, file, output] { convert(session, *model, *file, *output); });
}

}  // namespace lutra::cli
