#include "lutra/import/keras/hgq_sign_magnitude.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lutra::keras {

namespace {

/// The parts of one quantiser. With eps the step and 2^i the range, t is floor(2 x / eps) modulo T = 2^(i + f + 3), a period of the triangle. HGQ
/// turns the wrapped value w into -w - eps where t lies in [T/4 - 1, 3 T/4 - 2]; and the other way round where t is -1 modulo T/2, unless
/// x lies in [-eps/2, 0).
class Triangle {
public:
    Triangle(LayerContext& context, std::string_view part, const HgqQuantizer& quantizer) : context_(context), part_(part), quantizer_(quantizer) {}

    Result<NodeId> emit(NodeId x) {
        LUTRA_TRY(const NodeId wrapped, quantize("wrapped", x, {.step = 1, .extra_bits = 0, .is_signed = true, .rounding = quantizer_.rounding}));
        LUTRA_TRY(const NodeId minus_one, context_.add_constant(name("minus_one"), -1.0));
        LUTRA_TRY(const NodeId negated, context_.add_part(name("negated"), "multiply", {}, {wrapped, minus_one}));
        LUTRA_TRY(const NodeId minus_step, constant("minus_step", [&](std::size_t i) { return quantizer_.is_pruned(i) ? 0 : -step(i); }));
        LUTRA_TRY(const NodeId reflected, context_.add_part(name("reflected"), "add", {}, {negated, minus_step}));
        LUTRA_TRY(const NodeId is_back, is_on_the_way_back(x));
        LUTRA_TRY(const NodeId is_late, is_asked_late(x));
        LUTRA_TRY(const NodeId plain, context_.add_part(name("plain"), "where", {}, {is_back, reflected, wrapped}));
        LUTRA_TRY(const NodeId late, context_.add_part(name("late"), "where", {}, {is_back, wrapped, reflected}));
        return context_.add_part(part_, "where", {}, {is_late, late, plain});
    }

private:
    struct Steps {
        double step = 0.5;  ///< in units of the quantiser's
        int extra_bits = 0;
        bool is_signed = false;
        Rounding rounding = Rounding::Truncate;
        bool starts_at_quarter = false;  ///< counts from T/4 - 1
    };

    std::string name(std::string_view piece) const { return part_.empty() ? std::string(piece) : fmt::format("{}_{}", part_, piece); }
    double step(std::size_t i) const { return std::ldexp(std::abs(quantizer_.scaler), -quantizer_.fraction_bits[i]); }
    /// Bits of the type, at least the sign.
    int width(std::size_t i) const { return std::max(quantizer_.width(i), 1); }
    /// A quarter of a period, in half steps.
    double quarter(std::size_t i) const { return std::ldexp(1.0, width(i)); }

    template <typename Function>
    RealTensor tensor(const Function& value) const {
        RealTensor result(quantizer_.shape, {});
        for (std::size_t i = 0; i < quantizer_.size(); ++i) {
            result.values.push_back(value(i));
        }
        return result;
    }

    template <typename Function>
    Result<NodeId> constant(std::string_view piece, const Function& value) {
        return context_.add_constant(name(piece), tensor(value));
    }

    /// x in steps, modulo a power of two.
    Result<NodeId> quantize(std::string_view piece, NodeId x, const Steps& steps) {
        const auto bits = [&](std::size_t i) { return static_cast<double>(steps.step == 1 ? quantizer_.width(i) : width(i) + steps.extra_bits); };
        return context_.add_part(name(piece), "quantize",
                                 {{"scale", tensor([&](std::size_t i) { return step(i) * steps.step; })},
                                  {"zero_point", tensor([&](std::size_t i) { return steps.starts_at_quarter ? 1 - quarter(i) : 0; })},
                                  {"width", tensor(bits)},
                                  {"signed", steps.is_signed ? 1.0 : 0.0},
                                  {"rounding", std::string(to_string(steps.rounding))},
                                  {"overflow", std::string(to_string(Overflow::Wrap))}},
                                 {x});
    }

    /// 1 where t lies in [T/4 - 1, 3 T/4 - 2].
    Result<NodeId> is_on_the_way_back(NodeId x) {
        LUTRA_TRY(const NodeId place, quantize("place", x, {.extra_bits = 2, .starts_at_quarter = true}));
        LUTRA_TRY(const NodeId end, constant("end", [&](std::size_t i) { return (3 * quarter(i) - 1.5) * step(i) / 2; }));
        return context_.add_part(name("is_back"), "less", {}, {place, end});
    }

    /// 1 where t is -1 modulo T/2 and x not in [-eps/2, 0).
    Result<NodeId> is_asked_late(NodeId x) {
        LUTRA_TRY(const NodeId half, quantize("half", x, {.extra_bits = 1}));
        LUTRA_TRY(const NodeId last, constant("last", [&](std::size_t i) { return (2 * quarter(i) - 1.5) * step(i) / 2; }));
        LUTRA_TRY(const NodeId is_last, context_.add_part(name("is_last"), "less", {}, {last, half}));
        LUTRA_TRY(const NodeId near, context_.add_part(name("near"), "quantize",
                                                       {{"scale", tensor([&](std::size_t i) { return step(i) / 2; })},
                                                        {"width", 2.0},
                                                        {"signed", 1.0},
                                                        {"rounding", std::string(to_string(Rounding::Truncate))},
                                                        {"overflow", std::string(to_string(Overflow::Saturate))}},
                                                       {x}));
        LUTRA_TRY(const NodeId low, constant("low", [&](std::size_t i) { return -0.75 * step(i); }));
        LUTRA_TRY(const NodeId high, constant("high", [&](std::size_t i) { return -0.25 * step(i); }));
        LUTRA_TRY(const NodeId is_below, context_.add_part(name("is_below"), "less", {}, {near, low}));
        LUTRA_TRY(const NodeId is_above, context_.add_part(name("is_above"), "less", {}, {high, near}));
        LUTRA_TRY(const NodeId is_far, context_.add_part(name("is_far"), "add", {}, {is_below, is_above}));
        return context_.add_part(name("is_late"), "multiply", {}, {is_last, is_far});
    }

    LayerContext& context_;
    std::string part_;
    const HgqQuantizer& quantizer_;
};

}  // namespace

Result<NodeId> add_hgq_sign_magnitude(LayerContext& context, std::string_view part, const HgqQuantizer& quantizer, NodeId input) {
    return Triangle(context, part, quantizer).emit(input);
}

}  // namespace lutra::keras
