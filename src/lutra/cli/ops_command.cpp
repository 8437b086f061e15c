#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <nlohmann/json.hpp>

#include "lutra/cli/command.h"
#include "lutra/ops/builtin_ops.h"

namespace lutra::cli {

namespace {

std::string_view kind_of(const AttributeValue& value) {
    constexpr std::array<std::string_view, 6> names = {"bool", "int", "real", "string", "ints", "tensor"};
    return names.at(value.index());
}

void print_op(const OpFactory& factory, bool with_attributes) {
    const OpInfo& info = *factory.info;
    fmt::print("{:<22}{}\n", info.name, info.summary);
    if (with_attributes) {
        for (const auto& [name, value] : factory.prototype.attributes()) {
            fmt::print("    {:<20}{}\n", name, kind_of(value));
        }
    }
}

nlohmann::ordered_json json_of(const OpFactory& factory) {
    nlohmann::ordered_json attributes = nlohmann::ordered_json::object();
    for (const auto& [name, value] : factory.prototype.attributes()) {
        attributes[std::string(name)] = kind_of(value);
    }
    return {{"name", factory.info->name},
            {"summary", factory.info->summary},
            {"min_inputs", factory.info->min_arity},
            {"max_inputs", factory.info->max_arity},
            {"attributes", attributes}};
}

}  // namespace

void add_ops(CLI::App& app, Session& session) {
    CLI::App* command = app.add_subcommand("ops", "list the layer ops and their formulas");
    const auto wanted = std::make_shared<std::string>();
    command->add_option("op", *wanted, "show one op with its attributes")->type_name("OP");
    command->footer("Example:\n  lutra ops dense");
    command->callback([&session, wanted] {
        nlohmann::ordered_json list = nlohmann::ordered_json::array();
        bool is_found = false;
        for (const OpFactory& factory : builtin_ops().all()) {
            if (!wanted->empty() && *wanted != factory.info->name) {
                continue;
            }
            is_found = true;
            if (session.json) {
                list.push_back(json_of(factory));
            } else {
                print_op(factory, !wanted->empty());
            }
        }
        if (!is_found) {
            session.fail({DiagnosticId::UsageError, *wanted, fmt::format("no layer op is named '{}'", *wanted), "lutra ops lists them all"});
        } else if (session.json) {
            fmt::print("{}\n", list.dump(2));
        }
    });
}

}  // namespace lutra::cli
