#include "lutra/ops/einsum.h"

#include <fmt/format.h>

#include <algorithm>

namespace lutra {

namespace {

/// Letters of the inputs and of the result; nothing if the equation is none.
struct Equation {
    std::vector<std::string> inputs;
    std::string result;
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::optional<Equation> parse(std::string_view text) {
    const std::size_t arrow = text.find("->");
    if (arrow == std::string_view::npos) {
        return std::nullopt;
    }
    Equation equation{{""}, std::string(text.substr(arrow + 2))};
    for (const char c : text.substr(0, arrow)) {
        if (c == ',') {
            equation.inputs.emplace_back();
        } else {
            equation.inputs.back() += c;
        }
    }
    const auto has_letter = [&](char c) {
        return std::ranges::any_of(equation.inputs, [c](const std::string& letters) { return letters.find(c) != std::string::npos; });
    };
    for (std::size_t i = 0; i < equation.result.size(); ++i) {
        const char c = equation.result[i];
        if (!has_letter(c) || equation.result.find(c, i + 1) != std::string::npos) {
            return std::nullopt;
        }
    }
    const bool has_letters_only = std::ranges::all_of(equation.inputs, [](const std::string& letters) { return std::ranges::all_of(letters, is_letter); });
    return has_letters_only ? std::optional(equation) : std::nullopt;
}

/// One axis of the loops: how far a step along it leads in each input.
struct Loop {
    char letter = 0;
    std::int64_t extent = 1;
    std::vector<std::int64_t> strides;
};

/// The loops over the letters of the result in order, then over those that are summed.
struct Loops {
    std::vector<Loop> result;
    std::vector<Loop> summed;
};

Result<Loops> loops_of(const Equation& equation, std::span<const Shape> shapes) {
    std::string letters = equation.result;
    for (const std::string& input : equation.inputs) {
        std::ranges::copy_if(input, std::back_inserter(letters), [&](char c) { return letters.find(c) == std::string::npos; });
    }
    Loops loops;
    for (const char letter : letters) {
        Loop loop{letter, 1, std::vector<std::int64_t>(shapes.size(), 0)};
        for (std::size_t k = 0; k < shapes.size(); ++k) {
            std::int64_t stride = 1;
            for (std::size_t axis = shapes[k].size(); axis-- > 0; stride *= shapes[k][axis]) {
                const std::int64_t extent = shapes[k][axis];
                if (equation.inputs[k][axis] != letter || extent == 1) {
                    continue;
                }
                if (loop.extent != 1 && loop.extent != extent) {
                    return fail(DiagnosticId::ShapeMismatch, "einsum", fmt::format("the axes '{}' have {} and {} indices", letter, loop.extent, extent));
                }
                loop.extent = extent;
                loop.strides[k] += stride;
            }
        }
        (loops.result.size() < equation.result.size() ? loops.result : loops.summed).push_back(std::move(loop));
    }
    return loops;
}

/// Places in each input, one row per step of the loops, the last loop fastest.
std::vector<std::vector<std::int64_t>> places_of(const std::vector<Loop>& loops, std::size_t num_inputs) {
    std::vector<std::vector<std::int64_t>> places = {std::vector<std::int64_t>(num_inputs, 0)};
    for (const Loop& loop : loops) {
        std::vector<std::vector<std::int64_t>> next;
        for (const auto& place : places) {
            for (std::int64_t i = 0; i < loop.extent; ++i) {
                next.push_back(place);
                std::ranges::transform(next.back(), loop.strides, next.back().begin(), [i](std::int64_t at, std::int64_t stride) { return at + i * stride; });
            }
        }
        places = std::move(next);
    }
    return places;
}

double num_steps(const std::vector<Loop>& loops) {
    double count = 1;
    for (const Loop& loop : loops) {
        count *= static_cast<double>(loop.extent);
    }
    return count;
}

Shape shape_of(const std::vector<Loop>& loops) {
    Shape shape;
    std::ranges::transform(loops, std::back_inserter(shape), &Loop::extent);
    return shape;
}

}  // namespace

Result<void> Einsum::validate() const {
    const auto parsed = parse(equation);
    if (!parsed || parsed->inputs.size() > 2) {
        return fail(DiagnosticId::InvalidAttribute, "einsum", fmt::format("'{}' is no equation", equation),
                    "write letters of one or two inputs, '->' and letters of the result, such as \"ab,bc->ac\"");
    }
    return {};
}

Result<Shape> Einsum::infer_shape(std::span<const Shape> inputs) const {
    const Equation parsed = *parse(equation);
    if (parsed.inputs.size() != inputs.size()) {
        return fail(DiagnosticId::ShapeMismatch, "einsum", fmt::format("'{}' does not have {} inputs", equation, inputs.size()));
    }
    for (std::size_t k = 0; k < inputs.size(); ++k) {
        if (parsed.inputs[k].size() != inputs[k].size()) {
            return fail(DiagnosticId::ShapeMismatch, "einsum",
                        fmt::format("'{}' gives input {} of shape {} another number of axes", equation, k, to_string(inputs[k])));
        }
    }
    LUTRA_TRY(const Loops loops, loops_of(parsed, inputs));
    const double count = num_steps(loops.result) * num_steps(loops.summed);
    if (count > static_cast<double>(max_elements)) {
        return fail(DiagnosticId::GraphTooLarge, "einsum", fmt::format("it has {} products; at most {} are supported", count, max_elements));
    }
    return shape_of(loops.result);
}

double Einsum::num_products(std::span<const Shape> inputs) const {
    const Loops loops = loops_of(*parse(equation), inputs).value();
    return num_steps(loops.result) * num_steps(loops.summed);
}

Result<WireTensor> Einsum::lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const {
    std::vector<Shape> shapes;
    std::ranges::transform(inputs, std::back_inserter(shapes), &WireTensor::shape);
    LUTRA_TRY(const Loops loops, loops_of(*parse(equation), shapes));
    const auto summed = places_of(loops.summed, inputs.size());
    WireTensor result{shape_of(loops.result), {}};
    for (const auto& first : places_of(loops.result, inputs.size())) {
        std::vector<AffineTerm> terms;
        for (const auto& step : summed) {
            const auto element = [&](std::size_t k) -> const AffineWire& { return inputs[k].elements[static_cast<std::size_t>(first[k] + step[k])]; };
            terms.push_back({inputs.size() == 1 ? element(0) : affine_product(builder, element(0), element(1))});
        }
        result.elements.push_back(affine_sum(builder, terms, 0));
    }
    return result;
}

RealTensor Einsum::reference(std::span<const RealTensor> inputs) const {
    // Counts through all letters at once and adds every product to its place, other than lower() does it.
    const Equation parsed = *parse(equation);
    std::map<char, std::int64_t> extents;
    for (std::size_t k = 0; k < inputs.size(); ++k) {
        for (std::size_t axis = 0; axis < inputs[k].shape.size(); ++axis) {
            std::int64_t& extent = extents.try_emplace(parsed.inputs[k][axis], 1).first->second;
            extent = inputs[k].shape[axis] == 1 ? extent : inputs[k].shape[axis];
        }
    }
    Shape shape;
    std::ranges::transform(parsed.result, std::back_inserter(shape), [&](char letter) { return extents[letter]; });
    RealTensor y(shape, std::vector<double>(static_cast<std::size_t>(num_elements(shape)), 0.0));
    std::int64_t count = 1;
    for (const auto& [letter, extent] : extents) {
        count *= extent;
    }
    for (std::int64_t step = 0; step < count; ++step) {
        std::map<char, std::int64_t> index;
        std::int64_t rest = step;
        for (const auto& [letter, extent] : extents) {
            index[letter] = rest % extent;
            rest /= extent;
        }
        const auto place = [&](const std::string& letters, const Shape& of) {
            std::int64_t at = 0;
            for (std::size_t axis = 0; axis < letters.size(); ++axis) {
                at = at * of[axis] + (of[axis] == 1 ? 0 : index[letters[axis]]);
            }
            return static_cast<std::size_t>(at);
        };
        double product = 1;
        for (std::size_t k = 0; k < inputs.size(); ++k) {
            product *= inputs[k][place(parsed.inputs[k], inputs[k].shape)];
        }
        y.values[place(parsed.result, shape)] += product;
    }
    return y;
}

}  // namespace lutra
