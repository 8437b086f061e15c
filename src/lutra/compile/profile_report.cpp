#include "lutra/compile/profile_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "lutra/report/graph_drawing.h"

namespace lutra {

namespace {

std::string name_of(const VariableProfile& profile) {
    return profile.variable == PrecisionVariable::Result ? profile.layer : fmt::format("{}.{}", profile.layer, to_string(profile.variable));
}

/// The picture's horizontal axis: powers of two.
struct Axis {
    static constexpr double left = 260;
    static constexpr double pixels_per_bit = 20;
    int lowest = 0;
    int highest = 1;

    double at(double exponent) const {
        return left + (std::clamp(exponent, static_cast<double>(lowest), static_cast<double>(highest)) - lowest) * pixels_per_bit;
    }
    double at_value(double magnitude) const { return magnitude > 0 ? at(std::log2(magnitude)) : left; }
    double right() const { return at(highest); }
};

/// Exponents of the largest value of a type and of its last bit.
int highest_exponent(const Quantization& type) { return type.type.integer_bits() - (type.type.is_signed ? 1 : 0); }
int lowest_exponent(const Quantization& type) { return -type.type.fraction; }

Axis axis_of(const std::vector<VariableProfile>& profiles) {
    constexpr int widest = 80;
    Axis axis{0, 1};
    for (const VariableProfile& profile : profiles) {
        axis.lowest = std::min(axis.lowest, lowest_exponent(profile.recommended) - 1);
        axis.highest = std::max(axis.highest, highest_exponent(profile.recommended) + 1);
    }
    axis.lowest = std::max(axis.lowest, axis.highest - widest);
    return axis;
}

constexpr int row_height = 26;
constexpr int header_height = 40;

std::string row_as_svg(const VariableProfile& profile, const Axis& axis, int y) {
    const double largest = std::max(std::abs(profile.min), std::abs(profile.max));
    const double type_left = axis.at(lowest_exponent(profile.recommended));
    const double type_right = axis.at(highest_exponent(profile.recommended));
    const int middle = y + row_height / 2;
    std::string text = fmt::format("<text x=\"8\" y=\"{}\">{}</text>\n", middle + 4, escaped_for_xml(name_of(profile)));
    text += fmt::format("<rect x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" height=\"{}\" fill=\"#dcebf7\"/>\n", type_left, y + 3,
                        std::max(type_right - type_left, 1.0), row_height - 6);
    text += fmt::format("<line x1=\"{:.1f}\" y1=\"{}\" x2=\"{:.1f}\" y2=\"{}\" stroke=\"#345\"/>\n", axis.at_value(profile.magnitudes.front()), middle,
                        axis.at_value(largest), middle);
    const double box_left = axis.at_value(profile.magnitudes[2]);
    const double box_width = std::max(axis.at_value(profile.magnitudes[4]) - box_left, 1.0);
    text += fmt::format("<rect x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" height=\"{}\" fill=\"#f0b860\" stroke=\"#345\"/>\n", box_left, y + 8, box_width,
                        row_height - 16);
    text +=
        fmt::format("<text x=\"{:.1f}\" y=\"{}\" fill=\"#555\">{}</text>\n", axis.right() + 12, middle + 4, escaped_for_xml(to_string(profile.recommended)));
    return text;
}

}  // namespace

std::string profile_as_text(const std::vector<VariableProfile>& profiles) {
    std::size_t name_width = 8;
    for (const VariableProfile& profile : profiles) {
        name_width = std::max(name_width, name_of(profile).size());
    }
    std::string text = fmt::format("{:<{}}  {:>10}  {:>10}  {:>10}  {:>10}  {:>10}  {:>10}  {:>10}  {}\n", "variable", name_width, "min", "0.1 %", "25 %",
                                   "50 %", "75 %", "99.9 %", "max", "recommended");
    for (const VariableProfile& profile : profiles) {
        const auto& q = profile.quantiles;
        text += fmt::format("{:<{}}  {:>10.4g}  {:>10.4g}  {:>10.4g}  {:>10.4g}  {:>10.4g}  {:>10.4g}  {:>10.4g}  {}\n", name_of(profile), name_width,
                            profile.min, q[0], q[2], q[3], q[4], q[6], profile.max, to_string(profile.recommended));
    }
    return text;
}

std::string profile_as_json(const std::vector<VariableProfile>& profiles) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const VariableProfile& profile : profiles) {
        nlohmann::ordered_json quantiles = nlohmann::ordered_json::object();
        for (std::size_t i = 0; i < quantile_parts.size(); ++i) {
            quantiles[fmt::format("{}", quantile_parts[i])] = profile.quantiles[i];
        }
        list.push_back({{"layer", profile.layer},
                        {"op", profile.op},
                        {"variable", to_string(profile.variable)},
                        {"values", profile.num_values},
                        {"min", profile.min},
                        {"max", profile.max},
                        {"mean", profile.mean},
                        {"deviation", profile.deviation},
                        {"quantiles", quantiles},
                        {"recommended", to_string(profile.recommended)}});
    }
    return list.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string profile_as_svg(const std::vector<VariableProfile>& profiles) {
    const Axis axis = axis_of(profiles);
    constexpr int label_width = 180;
    constexpr int bits_per_tick = 4;
    const int height = header_height + static_cast<int>(profiles.size()) * row_height + 8;
    std::string text =
        fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{:.0f}\" height=\"{}\" font-family=\"Helvetica, sans-serif\" font-size=\"12\">\n",
                    axis.right() + label_width, height);
    text += "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n";
    for (int exponent = axis.lowest; exponent <= axis.highest; ++exponent) {
        if (exponent % bits_per_tick == 0) {
            text += fmt::format("<line x1=\"{0:.1f}\" y1=\"{1}\" x2=\"{0:.1f}\" y2=\"{2}\" stroke=\"#ddd\"/>\n", axis.at(exponent), header_height - 8, height);
            text +=
                fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\" fill=\"#555\">2^{}</text>\n", axis.at(exponent), header_height - 14, exponent);
        }
    }
    int y = header_height;
    for (const VariableProfile& profile : profiles) {
        text += row_as_svg(profile, axis, y);
        y += row_height;
    }
    return text + "</svg>\n";
}

}  // namespace lutra
