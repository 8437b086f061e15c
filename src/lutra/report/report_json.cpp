#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "lutra/report/report.h"

namespace lutra {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const TensorReport& tensor) {
    Json json = {{"name", tensor.name}, {"shape", tensor.shape}, {"type", tensor.type}};
    if (!tensor.scale.empty()) {
        json["scale"] = tensor.scale;
        json["offset"] = tensor.offset;
    }
    return json;
}

Json json_of(const LayerReport& layer) {
    return {{"name", layer.name},
            {"op", layer.op},
            {"type", layer.type},
            {"primitives", layer.primitives},
            {"adders", layer.adders},
            {"tables", layer.tables},
            {"max_abs_error", layer.max_abs_error}};
}

Json json_of(const CircuitReport& circuit) {
    return {{"primitives", circuit.primitives}, {"adders", circuit.adders},           {"adder_bits", circuit.adder_bits},      {"tables", circuit.tables},
            {"table_bits", circuit.table_bits}, {"multipliers", circuit.multipliers}, {"register_bits", circuit.register_bits}};
}

Json json_of(const RtlReport& rtl) {
    Json ports = Json::array();
    for (const RtlPortReport& port : rtl.ports) {
        Json entry = {{"name", port.name}, {"width", port.width}, {"direction", port.direction}};
        if (!port.first_bits.empty()) {
            entry["first_bit_of"] = port.first_bits;
            entry["tensor"] = port.tensor;
        }
        ports.push_back(std::move(entry));
    }
    Json json = {{"top", rtl.top}, {"files", rtl.files}, {"ports", std::move(ports)}};
    if (!rtl.cells.empty()) {
        json["cells"] = rtl.cells;
    }
    return json;
}

Json json_of(const TimingReport& timing) {
    Json json = Json::object();
    if (timing.clock_ns) {
        json["clock_ns"] = *timing.clock_ns;
    }
    json["latency_cycles"] = timing.latency_cycles;
    if (timing.latency_ns) {
        json["latency_ns"] = *timing.latency_ns;
    }
    json["initiation_interval"] = timing.initiation_interval;
    return json;
}

Json json_of(const ResourceReport& resources) {
    Json json = Json::object();
    if (!resources.version.empty()) {
        json["version"] = resources.version;
    }
    json["family"] = resources.family;
    json.update(Json(resources.counts));
    return json;
}

Json json_of(const TimingRound& round) {
    return {{"latency_cycles", round.latency_cycles}, {"fmax_mhz", round.fmax_mhz}, {"lut", round.lut}, {"ff", round.ff}};
}

Json json_of(const LayerEquivalenceReport& layer) {
    return {
        {"name", layer.name}, {"proved", layer.is_proved}, {"bits", layer.bits}, {"bits_proved", layer.proved_bits}, {"bits_absorbed", layer.absorbed_bits}};
}

template <typename Items>
Json array_of(const Items& items) {
    Json array = Json::array();
    for (const auto& item : items) {
        array.push_back(json_of(item));
    }
    return array;
}

Json json_of(const PlacementReport& placement) {
    Json json = {
        {"version", placement.version}, {"device", placement.device},      {"lut", placement.lut}, {"ff", placement.ff}, {"fmax_mhz", placement.fmax_mhz},
        {"seed", placement.seed},       {"seeds", placement.fmax_of_seeds}};
    if (!placement.rounds.empty()) {
        json["rounds"] = array_of(placement.rounds);
    }
    return json;
}

Json json_of(const EquivalenceReport& equivalence) {
    return {{"proved", equivalence.is_proved}, {"method", equivalence.method}, {"layers", array_of(equivalence.layers)}};
}

EquivalenceReport equivalence_from(const Json& json) {
    EquivalenceReport equivalence{.is_proved = json.at("proved"), .method = json.at("method"), .layers = {}};
    for (const Json& layer : json.at("layers")) {
        equivalence.layers.push_back({layer.at("name"), layer.at("bits"), layer.at("bits_proved"), layer.at("bits_absorbed"), layer.at("proved")});
    }
    return equivalence;
}

TensorReport tensor_from(const Json& json) { return {json.at("name"), json.at("shape"), json.at("type"), json.value("scale", ""), json.value("offset", "")}; }

RtlReport rtl_from(const Json& json) {
    RtlReport rtl{.top = json.at("top"), .files = json.at("files"), .ports = {}, .cells = json.value("cells", "")};
    for (const Json& port : json.at("ports")) {
        rtl.ports.push_back(
            {port.at("name"), port.at("width"), port.at("direction"), port.value("first_bit_of", std::vector<std::int64_t>{}), port.value("tensor", "")});
    }
    return rtl;
}

ResourceReport resources_from(const Json& json) {
    ResourceReport resources{json.value("version", ""), json.value("family", ""), {}};
    for (const auto& [key, value] : json.items()) {
        if (value.is_number_integer()) {
            resources.counts[key] = value.get<std::int64_t>();
        }
    }
    return resources;
}

TimingReport timing_from(const Json& json) {
    TimingReport timing{{}, json.at("latency_cycles"), {}, json.at("initiation_interval")};
    if (json.contains("clock_ns")) {
        timing.clock_ns = json.at("clock_ns").get<double>();
    }
    if (json.contains("latency_ns")) {
        timing.latency_ns = json.at("latency_ns").get<double>();
    }
    return timing;
}

void read_measurements(const Json& json, Report& report) {
    const Json resources = json.value("resources", Json::object());
    if (resources.contains("estimate")) {
        report.estimate = resources_from(resources.at("estimate"));
    }
    if (resources.contains("yosys")) {
        report.yosys = resources_from(resources.at("yosys"));
    }
    if (resources.contains("nextpnr")) {
        const Json& placed = resources.at("nextpnr");
        report.nextpnr = {placed.at("version"),  placed.at("device"), placed.at("lut"),   placed.at("ff"),
                          placed.at("fmax_mhz"), placed.at("seed"),   placed.at("seeds"), {}};
        for (const Json& round : placed.value("rounds", Json::array())) {
            report.nextpnr->rounds.push_back({round.at("latency_cycles"), round.at("fmax_mhz"), round.at("lut"), round.at("ff")});
        }
    }
    const Json verification = json.value("verification", Json::object());
    if (verification.contains("simulated")) {
        const Json& simulated = verification.at("simulated");
        report.simulated = {simulated.at("simulator"), simulated.at("vectors"), simulated.at("mismatches")};
    }
    if (verification.contains("netlist")) {
        report.netlist = NetlistReport{verification.at("netlist").at("vectors"), verification.at("netlist").at("mismatches")};
    }
    if (verification.contains("equivalence")) {
        report.equivalence = equivalence_from(verification.at("equivalence"));
    }
    if (verification.contains("proved")) {
        report.proved = ProvedReport{verification.at("proved").at("outputs"), verification.at("proved").at("methods")};
    }
}

Report report_from(const Json& json) {
    Report report;
    report.lutra = json.at("lutra");
    const Json& model = json.at("model");
    report.model_file = model.at("file");
    report.model_format = model.at("format");
    report.model_sha256 = model.at("sha256");
    for (const Json& tensor : model.at("inputs")) {
        report.inputs.push_back(tensor_from(tensor));
    }
    for (const Json& tensor : model.at("outputs")) {
        report.outputs.push_back(tensor_from(tensor));
    }
    for (const Json& decision : json.at("decisions")) {
        report.decisions.push_back({decision.at("id"), decision.at("node"), decision.at("text")});
    }
    for (const Json& layer : json.at("layers")) {
        report.layers.push_back(
            {layer.at("name"), layer.at("op"), layer.at("type"), layer.at("primitives"), layer.at("adders"), layer.at("tables"), layer.at("max_abs_error")});
    }
    report.precision = json.value("precision", std::vector<std::string>{});
    const Json& circuit = json.at("circuit");
    report.circuit = {circuit.at("primitives"), circuit.at("adders"),      circuit.at("adder_bits"),   circuit.at("tables"),
                      circuit.at("table_bits"), circuit.at("multipliers"), circuit.at("register_bits")};
    if (json.contains("rtl")) {
        report.rtl = rtl_from(json.at("rtl"));
    }
    if (json.contains("timing")) {
        report.timing = timing_from(json.at("timing"));
    }
    report.device = json.value("device", "");
    report.optimize_level = json.value("optimize_level", report.optimize_level);
    read_measurements(json, report);
    return report;
}

Json measurements_of(const Report& report) {
    Json resources = Json::object();
    if (report.estimate) {
        resources["estimate"] = json_of(*report.estimate);
    }
    if (report.yosys) {
        resources["yosys"] = json_of(*report.yosys);
    }
    if (report.nextpnr) {
        resources["nextpnr"] = json_of(*report.nextpnr);
    }
    return resources;
}

}  // namespace

std::string to_json(const Report& report, bool with_seconds) {
    Json json = {{"lutra", report.lutra}};
    json["model"] = {{"file", report.model_file},
                     {"format", report.model_format},
                     {"sha256", report.model_sha256},
                     {"inputs", array_of(report.inputs)},
                     {"outputs", array_of(report.outputs)}};
    json["decisions"] = Json::array();
    for (const DecisionReport& decision : report.decisions) {
        json["decisions"].push_back({{"id", decision.id}, {"node", decision.node}, {"text", decision.text}});
    }
    json["layers"] = array_of(report.layers);
    if (!report.precision.empty()) {
        json["precision"] = report.precision;
    }
    json["circuit"] = json_of(report.circuit);
    if (report.rtl) {
        json["rtl"] = json_of(*report.rtl);
    }
    if (report.timing) {
        json["timing"] = json_of(*report.timing);
    }
    json["device"] = report.device;
    json["optimize_level"] = report.optimize_level;
    if (Json resources = measurements_of(report); !resources.empty()) {
        json["resources"] = std::move(resources);
    }
    if (report.simulated) {
        json["verification"]["simulated"] = {
            {"simulator", report.simulated->simulator}, {"vectors", report.simulated->vectors}, {"mismatches", report.simulated->mismatches}};
    }
    if (report.netlist) {
        json["verification"]["netlist"] = {{"vectors", report.netlist->vectors}, {"mismatches", report.netlist->mismatches}};
    }
    if (report.equivalence) {
        json["verification"]["equivalence"] = json_of(*report.equivalence);
    }
    if (report.proved) {
        json["verification"]["proved"] = {{"outputs", report.proved->outputs}, {"methods", report.proved->methods}};
    }
    if (with_seconds && !report.seconds.empty()) {
        json["seconds"] = report.seconds;
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<Report> parse_report(std::string_view text, const std::string& file) {
    try {
        return report_from(Json::parse(text));
    } catch (const Json::exception& error) {
        return fail(DiagnosticId::NotADesignFolder, file, fmt::format("the report cannot be read: {}", error.what()), "run lutra compile again");
    }
}

}  // namespace lutra
