#include "lutra/import/keras/qkeras_quantizer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace lutra::keras {

namespace {

struct KnownQuantizer {
    std::string_view name;
    QKerasKind kind;
    std::array<std::string_view, 8> parameters;  ///< in the order of the constructor, for options without names
};

/// The table of quantisers.
constexpr std::array quantizers = {
    KnownQuantizer{"quantized_bits",
                   QKerasKind::Bits,
                   {"bits", "integer", "symmetric", "keep_negative", "alpha", "use_stochastic_rounding", "scale_axis", "qnoise_factor"}},
    KnownQuantizer{"quantized_linear",
                   QKerasKind::Linear,
                   {"bits", "integer", "symmetric", "keep_negative", "alpha", "use_stochastic_rounding", "scale_axis", "qnoise_factor"}},
    KnownQuantizer{"quantized_relu",
                   QKerasKind::Relu,
                   {"bits", "integer", "use_sigmoid", "negative_slope", "use_stochastic_rounding", "relu_upper_bound", "is_quantized_clip", "qnoise_factor"}},
    KnownQuantizer{"quantized_tanh", QKerasKind::Tanh, {"bits", "use_stochastic_rounding", "symmetric", "use_real_tanh"}},
    KnownQuantizer{"quantized_sigmoid", QKerasKind::Sigmoid, {"bits", "symmetric", "use_real_sigmoid", "use_stochastic_rounding"}},
    KnownQuantizer{"binary", QKerasKind::Binary, {"use_01", "alpha", "use_stochastic_rounding"}},
    KnownQuantizer{"stochastic_binary", QKerasKind::Binary, {"alpha", "temperature", "use_real_sigmoid"}},
    KnownQuantizer{"ternary", QKerasKind::Ternary, {"alpha", "threshold", "use_stochastic_rounding", "number_of_unrolls"}},
    KnownQuantizer{"stochastic_ternary", QKerasKind::Ternary, {"alpha", "threshold", "temperature", "use_real_sigmoid", "number_of_unrolls"}},
    KnownQuantizer{
        "quantized_po2", QKerasKind::PowerOfTwo, {"bits", "max_value", "use_stochastic_rounding", "quadratic_approximation", "log2_rounding", "qnoise_factor"}},
    KnownQuantizer{"quantized_relu_po2",
                   QKerasKind::ReluPowerOfTwo,
                   {"bits", "max_value", "negative_slope", "use_stochastic_rounding", "quadratic_approximation", "log2_rounding", "qnoise_factor"}},
};

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    return first == std::string_view::npos ? std::string_view() : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// A Python literal: a number, a quoted string, True, False, None.
std::optional<Json> read_literal(std::string_view text) {
    text = trimmed(text);
    if (text == "None") {
        return Json();
    }
    if (text == "True" || text == "False") {
        return Json(text == "True");
    }
    if (text.size() >= 2 && (text.front() == '\'' || text.front() == '"') && text.back() == text.front()) {
        return Json(std::string(text.substr(1, text.size() - 2)));
    }
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(Json(number)) : std::nullopt;
}

/// The options of a text such as "name(1, key=2)"; nothing if it is none of that form.
std::optional<Json::Object> read_call(std::string_view text, const KnownQuantizer& known) {
    text = trimmed(text);
    const std::size_t open = text.find('(');
    if (open == std::string_view::npos) {
        return Json::Object();
    }
    if (text.back() != ')') {
        return std::nullopt;
    }
    std::string_view rest = trimmed(text.substr(open + 1, text.size() - open - 2));
    Json::Object options;
    for (std::size_t position = 0; !rest.empty(); ++position) {
        const std::size_t comma = rest.find(',');
        const std::string_view argument = rest.substr(0, comma);
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
        const std::size_t equals = argument.find('=');
        const bool is_named = equals != std::string_view::npos;
        auto value = read_literal(is_named ? argument.substr(equals + 1) : argument);
        if (!value || (!is_named && position >= known.parameters.size())) {
            return std::nullopt;
        }
        options.insert_or_assign(std::string(is_named ? trimmed(argument.substr(0, equals)) : known.parameters.at(position)), *std::move(value));
    }
    return options;
}

const KnownQuantizer* find_known(const Json& json) {
    const std::string* text = json.string() != nullptr ? json.string() : json["class_name"].string();
    if (text == nullptr) {
        return nullptr;
    }
    const std::string_view name = trimmed(std::string_view(*text).substr(0, text->find('(')));
    const auto found = std::ranges::find(quantizers, name, &KnownQuantizer::name);
    return found == quantizers.end() ? nullptr : &*found;
}

/// Takes options into a quantiser; the first problem is kept.
class OptionReader {
public:
    OptionReader(const Json::Object& options, QKerasQuantizer& quantizer) : options_(options), quantizer_(quantizer) {}

    std::string read(QKerasPlace place) {
        quantizer_.bits = small_integer("bits", 8, 1, 64);
        quantizer_.integer = small_integer("integer", 0, -64, 64);
        quantizer_.symmetric = flag("symmetric", quantizer_.kind == QKerasKind::Linear);
        quantizer_.keep_negative = flag("keep_negative", true);
        quantizer_.negative_slope = number("negative_slope", 0);
        quantizer_.upper_bound = number("relu_upper_bound", 0);
        quantizer_.clips_quantized = flag("is_quantized_clip", true);
        quantizer_.uses_sigmoid = flag("use_sigmoid", false);
        quantizer_.is_real_function = flag("use_real_tanh", false) || (quantizer_.kind == QKerasKind::Sigmoid && flag("use_real_sigmoid", false));
        quantizer_.is_zero_one = flag("use_01", false);
        quantizer_.threshold = number("threshold", static_cast<double>(0.33F));
        quantizer_.num_unrolls = small_integer("number_of_unrolls", 5, 0, 1000);
        quantizer_.max_value = number("max_value", 0);
        quantizer_.is_quadratic = flag("quadratic_approximation", false);
        const Json& log = at("log2_rounding");
        quantizer_.floors_log = log.string() != nullptr && *log.string() == "floor";
        read_alpha(place);
        check_rest();
        return problem_;
    }

private:
    const Json& at(std::string_view key) {
        static const Json absent;
        read_.emplace(key);
        const auto found = options_.find(key);
        return found == options_.end() ? absent : found->second;
    }

    void complain(std::string_view key) {
        if (problem_.empty()) {
            problem_ = fmt::format("its option '{}' has a value that is not supported", key);
        }
    }

    double number(std::string_view key, double otherwise) {
        const Json& value = at(key);
        if (!value.is_null() && !value.number() && !value.boolean()) {
            complain(key);
        }
        return value.is_null() ? otherwise : value.number().value_or(value.boolean().value_or(false) ? 1 : 0);
    }

    int small_integer(std::string_view key, int otherwise, int low, int high) {
        const double value = number(key, otherwise);
        if (!(value >= low && value <= high) || value != std::floor(value)) {
            complain(key);
            return otherwise;
        }
        return static_cast<int>(value);
    }

    bool flag(std::string_view key, bool otherwise) { return number(key, otherwise ? 1 : 0) != 0; }

    void read_alpha(QKerasPlace place) {
        const Json* alpha = &at("alpha");
        if ((*alpha)["config"]["value"].array() != nullptr) {  // an array of numpy
            alpha = &(*alpha)["config"]["value"];
        }
        const bool can_be_automatic = quantizer_.kind == QKerasKind::Bits || quantizer_.kind == QKerasKind::Linear || quantizer_.kind == QKerasKind::Binary ||
                                      quantizer_.kind == QKerasKind::Ternary;
        const bool is_automatic = alpha->is_null() && place == QKerasPlace::Kernel && can_be_automatic;
        if (alpha->string() != nullptr || is_automatic) {
            quantizer_.scaling = is_automatic || *alpha->string() == "auto_po2" ? QKerasScaling::AutoPowerOfTwo : QKerasScaling::Auto;
            quantizer_.symmetric = quantizer_.symmetric || quantizer_.kind != QKerasKind::Linear || is_automatic;
            if (!is_automatic && *alpha->string() != "auto_po2" && *alpha->string() != "auto") {
                complain("alpha");
            }
        } else if (alpha->array() != nullptr) {
            quantizer_.has_alpha = true;
            quantizer_.alpha = RealTensor({static_cast<std::int64_t>(alpha->size())}, {});
            for (const Json& element : *alpha->array()) {
                quantizer_.alpha.values.push_back(static_cast<double>(static_cast<float>(element.number().value_or(NAN))));
            }
        } else if (!alpha->is_null()) {
            quantizer_.has_alpha = true;
            quantizer_.alpha = static_cast<double>(static_cast<float>(alpha->number().value_or(NAN)));
        }
        if (!std::ranges::all_of(quantizer_.alpha.values, [](double value) { return std::isfinite(value) && value > 0; })) {
            complain("alpha");
        }
    }

    /// Options of training, and those that must have their default.
    void check_rest() {
        for (const std::string_view key : {"use_stochastic_rounding", "temperature", "use_real_sigmoid", "use_ste", "use_variables", "var_name"}) {
            read_.emplace(key);
        }
        if (number("qnoise_factor", 1) != 1) {
            complain("qnoise_factor");
        }
        for (const auto& [key, value] : options_) {
            if (!read_.contains(key) && !value.is_null()) {
                complain(key);
            }
        }
    }

    const Json::Object& options_;
    QKerasQuantizer& quantizer_;
    std::set<std::string, std::less<>> read_;
    std::string problem_;
};

/// What comes nearest to a quantiser that is not in the table, before the names of those that are.
std::string advice_for_quantizer(std::string_view name) {
    struct Nearest {
        std::string_view name;
        std::string_view advice;
    };
    constexpr std::array nearest = {
        Nearest{"bernoulli", "nearest is stochastic_binary, which is binary in inference"},
        Nearest{"quantized_hswish", "nearest is the activation hard_silu with a QActivation of quantized_bits behind it"},
        Nearest{"quantized_ulaw", "nearest is quantized_tanh, whose steps are all alike"},
    };
    const auto found = std::ranges::find_if(nearest, [&](const Nearest& known) { return name.starts_with(known.name); });
    return found == nearest.end() ? "use one of " : fmt::format("{}; supported are ", found->advice);
}

}  // namespace

bool is_qkeras_quantizer(const Json& json) {
    if (find_known(json) != nullptr) {
        return true;
    }
    const std::string* text = json.string() != nullptr ? json.string() : json["class_name"].string();
    return text != nullptr && (text->starts_with("quantized_") || text->starts_with("bernoulli"));
}

Result<QKerasQuantizer> read_qkeras_quantizer(const LayerContext& context, const Json& json, std::string_view what, QKerasPlace place) {
    const KnownQuantizer* known = find_known(json);
    if (known == nullptr) {
        const std::string* name = json.string() != nullptr ? json.string() : json["class_name"].string();
        std::string names;
        for (const KnownQuantizer& quantizer : quantizers) {
            names += (names.empty() ? "" : ", ") + std::string(quantizer.name);
        }
        return context.unsupported(fmt::format("its {} '{}' is not supported", what, name == nullptr ? "of an unknown kind" : *name),
                                   advice_for_quantizer(name == nullptr ? "" : *name) + names);
    }
    const Json::Object* object = json["config"].object();
    const auto options = json.string() != nullptr ? read_call(*json.string(), *known) : object != nullptr ? std::optional(*object) : std::nullopt;
    if (!options) {
        return context.invalid(fmt::format("its {} cannot be read", what));
    }
    QKerasQuantizer quantizer{.kind = known->kind, .name = std::string(known->name)};
    if (const std::string problem = OptionReader(*options, quantizer).read(place); !problem.empty()) {
        return context.unsupported(fmt::format("{} ({}): {}", what, known->name, problem), "leave the option at its default");
    }
    return quantizer;
}

ExponentRange exponent_range(const QKerasQuantizer& quantizer) {
    const int needs_sign = quantizer.max_value == 0 || quantizer.max_value > 1 ? 1 : 0;
    const int bits = quantizer.bits - needs_sign - (quantizer.kind == QKerasKind::PowerOfTwo ? 1 : 0);
    const int reach = static_cast<int>(std::ldexp(1.0, std::clamp(bits, -1, 20)));
    const int high = reach - 1;
    return {-reach, quantizer.is_quadratic ? 2 * (high / 2) : high};
}

}  // namespace lutra::keras
