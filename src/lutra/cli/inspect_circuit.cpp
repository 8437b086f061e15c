#include "lutra/cli/inspect_circuit.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "lutra/base/file.h"
#include "lutra/circuit/text.h"
#include "lutra/compile/circuit_report.h"
#include "lutra/ir/tensor_type.h"

namespace lutra::cli {

namespace {

constexpr std::string_view header = "lutra circuit";
constexpr std::uint64_t max_text_bytes = std::uint64_t{1} << 31;

std::string type_of(const Circuit& circuit, const Port& port) {
    TensorType type{port.shape, {}};
    for (const Wire wire : port.wires) {
        type.elements.push_back(circuit.type(wire));
    }
    return to_string(common_type(type));
}

/// Names and counts, as report.json has them under `circuit`.
std::array<std::pair<std::string_view, std::int64_t>, 7> counts_of(const Circuit& circuit) {
    const CircuitReport report = count_circuit(circuit);
    return {{{"primitives", report.primitives},
             {"adders", report.adders},
             {"adder_bits", report.adder_bits},
             {"tables", report.tables},
             {"table_bits", report.table_bits},
             {"multipliers", report.multipliers},
             {"register_bits", report.register_bits}}};
}

nlohmann::ordered_json ports_as_json(const Circuit& circuit, const std::vector<Port>& ports) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Port& port : ports) {
        list.push_back({{"name", port.name}, {"shape", port.shape}, {"type", type_of(circuit, port)}});
    }
    return list;
}

void print_json(const Circuit& circuit) {
    nlohmann::ordered_json json = {{"inputs", ports_as_json(circuit, circuit.inputs())}, {"outputs", ports_as_json(circuit, circuit.outputs())}};
    for (const auto& [name, count] : counts_of(circuit)) {
        json["circuit"][std::string(name)] = count;
    }
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

void print_text(const Circuit& circuit) {
    for (const auto& [word, ports] : {std::pair("input", &circuit.inputs()), std::pair("output", &circuit.outputs())}) {
        for (const Port& port : *ports) {
            fmt::print("{:<8}{}  [{}] {}\n", word, port.name, fmt::join(port.shape, ", "), type_of(circuit, port));
        }
    }
    for (const auto& [name, count] : counts_of(circuit)) {
        fmt::print("{:<16}{}\n", name, count);
    }
}

}  // namespace

bool is_circuit_file(const std::filesystem::path& path) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) {
        return false;
    }
    std::array<char, header.size()> bytes{};
    std::ifstream file(path, std::ios::binary);
    file.read(bytes.data(), bytes.size());
    return std::string_view(bytes.data(), bytes.size()) == header;
}

void inspect_circuit(Session& session, const std::filesystem::path& path) {
    const auto text = read_file(path, max_text_bytes);
    const auto circuit = text ? parse_circuit(*text, path.string()) : std::unexpected(text.error());
    if (!circuit) {
        session.fail(circuit.error());
    } else if (session.json) {
        print_json(*circuit);
    } else {
        print_text(*circuit);
    }
}

}  // namespace lutra::cli
