#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <nlohmann/json.hpp>

#include "lutra/cli/command.h"

namespace lutra::cli {

namespace {

void list_all(const Session& session) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const DiagnosticInfo& info : all_diagnostics()) {
        if (session.json) {
            list.push_back({{"id", info.code}, {"severity", to_string(info.severity)}, {"title", info.title}});
        } else {
            fmt::print("{}  {:<11}  {}\n", info.code, to_string(info.severity), info.title);
        }
    }
    if (session.json) {
        fmt::print("{}\n", list.dump(2));
    }
}

void explain(Session& session, std::string code) {
    std::ranges::transform(code, code.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    const std::string_view page = diagnostic_page(code);
    if (page.empty()) {
        session.fail({DiagnosticId::UnknownDiagnostic, code, fmt::format("no diagnostic has the id '{}'", code), "lutra explain lists all ids"});
        return;
    }
    if (session.json) {
        fmt::print("{}\n", nlohmann::ordered_json{{"id", code}, {"text", page}}.dump(2));
    } else {
        fmt::print("{}", page);
    }
}

}  // namespace

void add_explain(CLI::App& app, Session& session) {
    CLI::App* command = app.add_subcommand("explain", "say what a diagnostic means and what to do");
    const auto code = std::make_shared<std::string>();
    command->add_option("id", *code, "id of the diagnostic, such as E0310; without it all are listed")->type_name("ID");
    command->footer("Example:\n  lutra explain E0310");
    command->callback([&session, code] { code->empty() ? list_all(session) : explain(session, *code); });
}

}  // namespace lutra::cli
