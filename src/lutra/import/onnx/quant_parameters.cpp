#include "lutra/import/onnx/quant_parameters.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace lutra::onnx {

double QuantParameters::low(double width) const { return is_signed ? -std::exp2(width - 1) + (is_narrow ? 1 : 0) : 0; }

double QuantParameters::high(double width) const { return is_signed ? std::exp2(width - 1) - 1 : std::exp2(width) - (is_narrow ? 2 : 1); }

Result<Rounding> qonnx_rounding(NodeContext& context, const std::string& otherwise) {
    struct Mode {
        std::string_view name;
        Rounding rounding;
    };
    static constexpr std::array modes = {
        Mode{"ROUND", Rounding::HalfToEven},
        Mode{"HALF_EVEN", Rounding::HalfToEven},
        Mode{"CEIL", Rounding::Ceiling},
        Mode{"FLOOR", Rounding::Truncate},
        Mode{"UP", Rounding::FromZero},
        Mode{"DOWN", Rounding::TruncateZero},
        Mode{"ROUND_TO_ZERO", Rounding::TruncateZero},
        Mode{"HALF_UP", Rounding::HalfFromZero},
        Mode{"HALF_DOWN", Rounding::HalfToZero},
    };
    LUTRA_TRY(std::string name, context.string("rounding_mode", otherwise));
    for (char& c : name) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    for (const Mode& mode : modes) {
        if (mode.name == name) {
            return mode.rounding;
        }
    }
    return context.unsupported(fmt::format("the rounding mode '{}' is not known", name), "use ROUND, CEIL, FLOOR, UP, DOWN, HALF_UP or HALF_DOWN");
}

Result<QuantParameters> quant_parameters(NodeContext& context) {
    LUTRA_TRY(const std::int64_t is_signed, context.integer("signed", 1));
    LUTRA_TRY(const std::int64_t is_narrow, context.integer("narrow", 0));
    LUTRA_TRY(const Rounding rounding, qonnx_rounding(context, "ROUND"));
    return QuantParameters{is_signed != 0, is_narrow != 0, rounding};
}

}  // namespace lutra::onnx
