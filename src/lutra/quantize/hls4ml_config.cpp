#include "lutra/quantize/hls4ml_config.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <map>

#include "lutra/quantize/layer_type.h"
#include "lutra/quantize/precision_lookup.h"

namespace lutra {

namespace {

constexpr std::size_t max_bytes = 1U << 20;
constexpr std::size_t max_entries = 100'000;

/// A scalar's text, a single line of at most 200 characters; empty for other nodes.
std::string text_of(const YAML::Node& node) {
    constexpr std::size_t longest = 200;
    return node.IsScalar() && node.Scalar().size() <= longest ? node.Scalar() : std::string();
}

/// Whom an entry of a configuration is for.
struct Scope {
    enum Kind { Model, Type, Name } kind;
    std::string name;  ///< empty for the model

    std::string path() const { return kind == Model ? "Model" : fmt::format("{}.{}", kind == Type ? "LayerType" : "LayerName", name); }
};

class ConfigReader {
public:
    ConfigReader(std::string place, const Graph& graph) : place_(std::move(place)), graph_(graph) {}

    Results<Hls4mlConfig> read(const YAML::Node& document) {
        const YAML::Node config = document.IsMap() && document["HLSConfig"] ? document["HLSConfig"] : document;
        if (!config.IsMap() || (!config["Model"] && !config["LayerType"] && !config["LayerName"])) {
            problem("HLSConfig", "it has neither Model nor LayerType nor LayerName");
        } else {
            read_model(config["Model"]);
            read_layers(config["LayerType"], Scope::Type);
            read_layers(config["LayerName"], Scope::Name);
        }
        if (!problems_.empty()) {
            return std::unexpected(std::move(problems_));
        }
        return Hls4mlConfig{std::move(spec_), notes()};
    }

private:
    void problem(const std::string& path, std::string message) {
        problems_.push_back({DiagnosticId::Hls4mlConfigInvalid, fmt::format("{}: {}", place_, path), std::move(message),
                             "write it as hls4ml.utils.config_from_keras_model does"});
    }
    /// Collects what is ignored by what it is, so that a thousand layers make one note.
    void ignore(const std::string& what, const std::string& path) { ignored_[what].push_back(path); }

    void read_model(const YAML::Node& model) {
        if (model) {
            read_scope(model, {Scope::Model, ""});
        }
    }

    void read_layers(const YAML::Node& layers, Scope::Kind kind) {
        if (!layers || layers.IsNull()) {
            return;
        }
        if (!layers.IsMap() || layers.size() > max_entries) {
            problem(kind == Scope::Type ? "LayerType" : "LayerName", "it is no mapping from names to settings");
            return;
        }
        for (const auto& entry : layers) {
            Scope scope{kind, text_of(entry.first)};
            const bool is_linear = kind == Scope::Name && !graph_.find(scope.name) && scope.name.ends_with("_linear");
            if (is_linear) {
                scope.name.resize(scope.name.size() - std::string_view("_linear").size());
            }
            if (!is_there(scope)) {
                ignore("the model has no such layer", Scope{kind, text_of(entry.first)}.path());
                continue;
            }
            linear_result_ = is_linear;
            read_scope(entry.second, scope);
            linear_result_ = false;
        }
    }

    bool is_there(const Scope& scope) const {
        if (scope.kind == Scope::Name) {
            return graph_.find(scope.name).has_value();
        }
        return std::ranges::any_of(graph_.nodes(), [&](const Node& node) { return is_layer_type(scope.name, node.op.name()); });
    }

    void read_scope(const YAML::Node& settings, const Scope& scope) {
        if (!settings.IsMap()) {
            problem(scope.path(), "it is no mapping from settings to values");
            return;
        }
        for (const auto& setting : settings) {
            const std::string key = text_of(setting.first);
            if (key == "Precision") {
                read_precision(setting.second, scope);
            } else if (key == "ReuseFactor" && text_of(setting.second) == "1") {
                continue;  // what every layer is here
            } else {
                ignore(meaning_of(key), fmt::format("{}.{}", scope.path(), key));
            }
        }
    }

    static std::string meaning_of(const std::string& key) {
        if (key == "Strategy" || key == "ReuseFactor" || key == "ParallelizationFactor") {
            return "every layer is fully parallel, a new event every cycle";
        }
        if (key == "TableSize" || key == "TableT" || key == "ExpTable" || key == "InvTable") {
            return "tables are as large as the type of their result asks for";
        }
        return "it says how hls4ml works, not what the model computes";
    }

    void read_precision(const YAML::Node& precision, const Scope& scope) {
        if (precision.IsScalar()) {
            add(scope, "default", text_of(precision));
            return;
        }
        if (!precision.IsMap()) {
            problem(scope.path() + ".Precision", "it is neither a type nor a mapping from variables to types");
            return;
        }
        for (const auto& entry : precision) {
            add(scope, text_of(entry.first), text_of(entry.second));
        }
    }

    void add(const Scope& scope, const std::string& variable, const std::string& type) {
        const std::string path = fmt::format("{}.Precision.{}", scope.path(), variable);
        std::optional<PrecisionVariable> meant;
        if (variable == "weight" || variable == "scale") {
            meant = PrecisionVariable::Weight;
        } else if (variable == "bias") {
            meant = PrecisionVariable::Bias;
        } else if (variable == "result" || (variable == "default" && linear_result_)) {
            meant = PrecisionVariable::Result;
        } else if (variable != "default") {
            ignore(variable == "accum"     ? "sums are exact"
                   : variable == "maximum" ? "types are not searched for"
                                           : "tables and inner values follow from the type of the result",
                   path);
            return;
        }
        if (type == "auto" && meant != PrecisionVariable::Result) {
            return;  // hls4ml takes the model's
        }
        if (meant && scope.kind != Scope::Model && !has(scope, *meant)) {
            ignore("the layer has no such variable", path);
            return;
        }
        const auto parsed = parse_precision(type == "auto" ? "exact" : type);
        if (!parsed || !parsed->target.empty() || parsed->variable) {
            problem(path, fmt::format("'{}' is no type", type));
            return;
        }
        spec_.entries.push_back({scope.name, meant, parsed->type});
    }

    bool has(const Scope& scope, PrecisionVariable variable) const {
        return std::ranges::any_of(graph_.nodes(), [&](const Node& node) {
            const bool is_meant = scope.kind == Scope::Name ? node.name == scope.name : is_layer_type(scope.name, node.op.name());
            return is_meant && has_variable(node.op, variable);
        });
    }

    Diagnostics notes() const {
        constexpr std::size_t most = 4;
        Diagnostics result;
        for (const auto& [what, paths] : ignored_) {
            std::string list;
            for (std::size_t i = 0; i < std::min(paths.size(), most); ++i) {
                list += (i == 0 ? "" : ", ") + paths[i];
            }
            result.push_back({DiagnosticId::Hls4mlIgnored, place_,
                              fmt::format("{}{} left out: {}", list,
                                          paths.size() > most ? fmt::format(" and {} more are", paths.size() - most)
                                          : paths.size() > 1  ? " are"
                                                              : " is",
                                          what),
                              ""});
        }
        return result;
    }

    std::string place_;
    const Graph& graph_;
    bool linear_result_ = false;
    PrecisionSpec spec_;
    Diagnostics problems_;
    std::map<std::string, std::vector<std::string>> ignored_;
};

}  // namespace

Results<Hls4mlConfig> parse_hls4ml_config(std::string_view text, const std::string& place, const Graph& graph) {
    const auto failed = [&](std::string message) {
        return std::unexpected(
            Diagnostics{{DiagnosticId::Hls4mlConfigInvalid, place, std::move(message), "give hls4ml's config.yml, or the dict of its HLSConfig as JSON"}});
    };
    if (text.size() > max_bytes) {
        return failed(fmt::format("it has {} bytes; at most {} are read", text.size(), max_bytes));
    }
    try {
        return ConfigReader(place, graph).read(YAML::Load(std::string(text)));
    } catch (const YAML::Exception& exception) {
        return failed(fmt::format("it is no YAML: {}", exception.what()));
    }
}

}  // namespace lutra
