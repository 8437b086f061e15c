#include "lutra/circuit/lanes/compile.h"

#include <array>
#include <map>
#include <optional>
#include <tuple>

#include "lutra/base/assert.h"
#include "lutra/circuit/lanes/pairs.h"
#include "lutra/circuit/lanes/plan.h"

namespace lutra {

namespace {

using enum PrimitiveKind;

constexpr std::uint32_t no_value = 0xFFFFFFFF;

int bits_of(Lane lane) { return lane == Lane::Int32 ? 32 : 64; }

/// The low bits of a number as the lane holds them.
std::int64_t truncated(const Integer& value, Lane lane) { return value.low_bits_signed(bits_of(lane)).to_int64(); }

class LaneCompiler {
public:
    explicit LaneCompiler(const Circuit& circuit)
        : circuit_(circuit),
          plan_(circuit),
          pairs_(circuit, plan_),
          values_(circuit.size(), {no_value, no_value, no_value}),
          pair_values_(pairs_.size(), no_value) {}

    LaneProgram run() {
        define_inputs();
        for (std::uint32_t i = 0; i < circuit_.size(); ++i) {
            const LanePlanEntry& entry = plan_[Wire{i}];
            if (!entry.is_live || entry.is_inlined || circuit_[Wire{i}].kind == Input) {
                continue;
            }
            if (entry.lane == Lane::Wide) {
                make_wide(Wire{i});
            } else {
                make_chain(Wire{i});
            }
        }
        for (const Wire wire : flat_wires(circuit_.outputs())) {
            program_.outputs.push_back(exact_value(wire));
        }
        assign_slots(program_, num_values_);
        return std::move(program_);
    }

private:
    using Steps = std::vector<LaneStep>;

    std::uint32_t& value(Wire root, Lane lane) { return values_[root.index].at(static_cast<std::size_t>(lane)); }

    void define_inputs() {
        const auto wires = flat_wires(circuit_.inputs());
        for (std::size_t i = 0; i < wires.size(); ++i) {
            if (plan_[wires[i]].is_live && value(wires[i], plan_[wires[i]].lane) == no_value) {
                const Lane lane = plan_[wires[i]].lane;
                value(wires[i], lane) = num_values_++;
                program_.inputs.emplace_back(i, LaneValue{lane, value(wires[i], lane)});
            }
        }
    }

    /// A value that holds a constant's low bits (all of them on wide lanes).
    std::uint32_t constant(const Integer& raw, Lane lane) {
        const Integer held = lane == Lane::Wide ? raw : Integer(truncated(raw, lane));
        const auto [found, is_new] = constants_.try_emplace({lane, held}, num_values_);
        if (is_new) {
            program_.constants.push_back({{lane, num_values_++}, held});
        }
        return found->second;
    }

    /// The value of a wire on the lane where it is exact.
    LaneValue exact_value(Wire wire) {
        const Wire root = plan_.root(wire);
        if (plan_.is_constant(root)) {
            const Interval& interval = circuit_.interval(root);
            return {lane_of(interval), constant(interval.low, lane_of(interval))};
        }
        const Lane lane = plan_[root].lane;
        LUTRA_ASSERT(value(root, lane) != no_value);
        return {lane, value(root, lane)};
    }

    /// The low bits of a wire on a lane, which are its value when the lane holds its interval.
    std::uint32_t operand(Wire wire, Lane lane) {
        const Wire root = plan_.root(wire);
        if (plan_.is_constant(root)) {
            return constant(circuit_.interval(root).low, lane);
        }
        std::uint32_t& known = value(root, lane);
        if (known == no_value) {
            const LaneValue exact = exact_value(root);
            if (exact.lane == Lane::Wide) {
                known = add_wide({.wire = root, .is_conversion = true, .operands = {exact}, .result = {lane, 0}});
            } else {
                known = add_chain(lane, {{.kind = LaneStepKind::LoadConverted, .slot = exact.slot}});
            }
        }
        return known;
    }

    std::uint32_t add_chain(Lane lane, const Steps& steps) {
        program_.chains.push_back({lane, static_cast<std::uint32_t>(program_.steps.size()), static_cast<std::uint32_t>(steps.size()), num_values_});
        program_.steps.insert(program_.steps.end(), steps.begin(), steps.end());
        return num_values_++;
    }

    std::uint32_t add_wide(WideOperation operation) {
        operation.result.slot = num_values_;
        program_.chains.push_back({Lane::Wide, static_cast<std::uint32_t>(program_.wide_operations.size()), 0, num_values_});
        program_.wide_operations.push_back(std::move(operation));
        return num_values_++;
    }

    void make_wide(Wire wire) {
        WideOperation operation{.wire = wire, .operands = {}, .result = {Lane::Wide, 0}};
        for (const Wire x : circuit_.operands(wire)) {
            operation.operands.push_back(exact_value(x));
        }
        value(wire, Lane::Wide) = add_wide(std::move(operation));
    }

    /// Makes a primitive together with those that are inlined as accumulators below it.
    void make_chain(Wire wire) {
        std::vector<Wire> path = {wire};
        for (std::optional<Wire> below = inlined_accumulator(wire); below; below = inlined_accumulator(path.back())) {
            path.push_back(*below);
        }
        const Lane lane = plan_[wire].lane;
        Steps steps;
        begin(path.back(), lane, steps);
        while (!path.empty()) {
            apply(path.back(), lane, steps);
            path.pop_back();
        }
        value(wire, lane) = add_chain(lane, steps);
    }

    std::optional<Wire> inlined_accumulator(Wire wire) const {
        const int accumulator = plan_[wire].accumulator;
        if (accumulator == no_accumulator) {
            return std::nullopt;
        }
        const Wire root = plan_.root(circuit_.operands(wire)[static_cast<std::size_t>(accumulator)]);
        return plan_[root].is_inlined ? std::optional(root) : std::nullopt;
    }

    /// Brings the accumulator operand of a primitive, or a sum's constant, into the accumulator.
    void begin(Wire wire, Lane lane, Steps& steps) {
        if (plan_[wire].accumulator == no_accumulator) {
            steps.push_back({.kind = LaneStepKind::LoadConstant, .immediate = truncated(constant_of_sum(wire), lane)});
            return;
        }
        const Wire x = circuit_.operands(wire)[static_cast<std::size_t>(plan_[wire].accumulator)];
        steps.push_back({.kind = LaneStepKind::Load, .slot = operand(x, lane)});
    }

    /// The steps of a primitive on its accumulator operand.
    void apply(Wire wire, Lane lane, Steps& steps) {
        const Primitive& p = circuit_[wire];
        const auto operands = circuit_.operands(wire);
        const bool is_second = plan_[wire].accumulator == 1;
        const auto other = [&] { return operand(operands[is_second ? 0 : 1], lane); };
        const auto binary = [&](LaneStepKind kind) { steps.push_back({.kind = kind, .slot = other()}); };
        const auto unary = [&](LaneStepKind kind) { steps.push_back({.kind = kind}); };
        switch (p.kind) {
            case Input:
            case Constant:
            case MovePoint:
            case Register: LUTRA_UNREACHABLE("no chain is made for these");
            case Wrap: break;
            case ShiftLeft: shift_left(static_cast<int>(p.amount), lane, steps); break;
            case ShiftRight:
                steps.push_back({.kind = LaneStepKind::ShiftRight, .other = std::min(p.amount, static_cast<std::uint32_t>(bits_of(lane) - 1))});
                break;
            case Add: binary(LaneStepKind::Add); break;
            case Subtract: binary(is_second ? LaneStepKind::SubtractFrom : LaneStepKind::Subtract); break;
            case Negate: unary(LaneStepKind::Negate); break;
            case Multiply: binary(LaneStepKind::Multiply); break;
            case Sum: add_terms(wire, lane, steps); break;
            case Not: unary(LaneStepKind::Not); break;
            case And: binary(LaneStepKind::And); break;
            case Or: binary(LaneStepKind::Or); break;
            case Xor: binary(LaneStepKind::Xor); break;
            case Equal: binary(LaneStepKind::Equal); break;
            case Less: binary(is_second ? LaneStepKind::Greater : LaneStepKind::Less); break;
            case Min: binary(LaneStepKind::Min); break;
            case Max: binary(LaneStepKind::Max); break;
            case Mux: {
                const std::uint32_t if_true = operand(operands[1], lane);
                steps.push_back({.kind = LaneStepKind::Select, .slot = if_true, .other = operand(operands[2], lane)});
                break;
            }
            case Concat:
                shift_left(circuit_.type(operands[1]).width, lane, steps);
                steps.push_back({.kind = LaneStepKind::Add, .slot = low_bits(operands[1], lane)});
                break;
            case Table: look_up(wire, lane, steps); break;
        }
        if (may_wrap(circuit_, wire)) {
            wrap(p.type, lane, steps);
        }
    }

    static void wrap(const FixedPointType& type, Lane lane, Steps& steps) {
        if (type.is_signed && type.width < bits_of(lane)) {
            steps.push_back({.kind = LaneStepKind::SignExtend, .other = static_cast<std::uint32_t>(type.width)});
        } else if (!type.is_signed) {
            steps.push_back({.kind = LaneStepKind::Mask, .immediate = type.max_raw().to_int64()});
        }
    }

    /// Shifts by less than the lane's bits at a time.
    static void shift_left(int amount, Lane lane, Steps& steps) {
        const int most = bits_of(lane) - 1;
        steps.push_back({.kind = LaneStepKind::ShiftLeft, .other = static_cast<std::uint32_t>(std::min(amount, most))});
        if (amount > most) {
            steps.push_back({.kind = LaneStepKind::ShiftLeft, .other = 1});
        }
    }

    /// The bits of a wire as an unsigned number, as far as the lane holds them.
    std::uint32_t low_bits(Wire wire, Lane lane) {
        const int width = circuit_.type(wire).width;
        if (plan_.is_constant(wire)) {
            return constant(circuit_.interval(wire).low.low_bits(width), lane);
        }
        const std::uint32_t whole = operand(wire, lane);
        if (circuit_.interval(wire).low.sign() >= 0 || width >= bits_of(lane)) {
            return whole;
        }
        const std::int64_t mask = (std::int64_t{1} << width) - 1;
        return add_chain(lane, {{.kind = LaneStepKind::Load, .slot = whole}, {.kind = LaneStepKind::Mask, .immediate = mask}});
    }

    /// The constant of a sum, with its terms on constant wires.
    Integer constant_of_sum(Wire sum) const {
        Integer total = circuit_.constant(sum);
        for (std::size_t i = 0; i < circuit_.operands(sum).size(); ++i) {
            const Interval& interval = circuit_.interval(circuit_.operands(sum)[i]);
            if (interval.is_constant()) {
                total += circuit_.coefficients(sum)[i] * interval.low;
            }
        }
        return total;
    }

    /// Adds the terms of a sum but for the accumulator's: packed ones, then ones with factors, then those that are added as they are.
    void add_terms(Wire sum, Lane lane, Steps& steps) {
        std::map<std::uint32_t, std::array<std::int64_t, 2>> factors_of_pairs;
        std::vector<LaneTerm64> terms;
        std::vector<LaneTerm64> halves;
        Steps plain;
        for (std::size_t i = 0; i < circuit_.operands(sum).size(); ++i) {
            const Wire x = circuit_.operands(sum)[i];
            const std::int64_t factor = truncated(circuit_.coefficients(sum)[i], lane);
            if (plan_[sum].accumulator == static_cast<int>(i) || plan_.is_constant(x) || factor == 0) {
                continue;
            }
            const auto place = lane == Lane::Int32 ? pairs_.place_of(sum, i) : std::nullopt;
            if (place && factors_of_pairs[place->pair].at(place->is_high ? 1 : 0) == 0) {
                factors_of_pairs[place->pair].at(place->is_high ? 1 : 0) = factor;
            } else if (factor == 1 || factor == -1) {
                plain.push_back({.kind = factor == 1 ? LaneStepKind::Add : LaneStepKind::Subtract, .slot = operand(x, lane)});
            } else {
                const bool is_half = lane == Lane::Int64 && lane_of({factor, factor}) == Lane::Int32 && lane_of(circuit_.interval(x)) == Lane::Int32;
                (is_half ? halves : terms).push_back({operand(x, lane), factor});
            }
        }
        std::vector<LaneTerm64> packed;
        for (const auto& [pair, factors] : factors_of_pairs) {
            packed.push_back({pair_value(pair), (factors[0] & 0xFFFF) | static_cast<std::int64_t>(static_cast<std::uint64_t>(factors[1]) << 16)});
        }
        append_terms(LaneStepKind::MultiplyAddPairs, packed, lane, steps);
        append_terms(LaneStepKind::MultiplyAddHalves, halves, lane, steps);
        append_terms(LaneStepKind::MultiplyAdd, terms, lane, steps);
        steps.insert(steps.end(), plain.begin(), plain.end());
        const Integer rest = plan_[sum].accumulator == no_accumulator ? Integer(0) : constant_of_sum(sum);
        if (!rest.is_zero()) {
            steps.push_back({.kind = LaneStepKind::Add, .slot = constant(rest, lane)});
        }
    }

    void append_terms(LaneStepKind kind, const std::vector<LaneTerm64>& terms, Lane lane, Steps& steps) {
        if (terms.empty()) {
            return;
        }
        const std::size_t first = lane == Lane::Int32 ? program_.terms_32.size() : program_.terms_64.size();
        for (const LaneTerm64& term : terms) {
            if (lane == Lane::Int32) {
                program_.terms_32.push_back({term.slot, static_cast<std::int32_t>(term.coefficient)});
            } else {
                program_.terms_64.push_back(term);
            }
        }
        steps.push_back({.kind = kind, .slot = static_cast<std::uint32_t>(first), .other = static_cast<std::uint32_t>(terms.size())});
    }

    std::uint32_t pair_value(std::uint32_t pair) {
        std::uint32_t& known = pair_values_[pair];
        if (known == no_value) {
            const std::uint32_t low = operand(pairs_.low(pair), Lane::Int32);
            const std::uint32_t high = operand(pairs_.high(pair), Lane::Int32);
            known = add_chain(Lane::Int32, {{.kind = LaneStepKind::Load, .slot = low}, {.kind = LaneStepKind::PackHigh, .slot = high}});
        }
        return known;
    }

    /// Only the entries of the operand's interval are kept: their values fit the lane.
    void look_up(Wire wire, Lane lane, Steps& steps) {
        const Primitive& p = circuit_[wire];
        const Interval& domain = circuit_.interval(circuit_.operands(wire)[0]);
        const LookupTable& table = circuit_.table(wire);
        const auto append_entries = [&](auto& entries) {
            const auto first = static_cast<std::uint32_t>(entries.size());
            for (Integer raw = domain.low; raw <= domain.high; raw += 1) {
                const Integer& entry = table.entries.at(static_cast<std::size_t>((raw - table.first).to_int64()));
                const Integer wrapped = p.type.is_signed ? entry.low_bits_signed(p.type.width) : entry.low_bits(p.type.width);
                entries.push_back(static_cast<std::remove_reference_t<decltype(entries)>::value_type>(wrapped.to_int64()));
            }
            return first;
        };
        const auto key = std::tuple(p.amount, lane, p.type.is_signed, p.type.width, domain.low, domain.high);
        auto found = tables_.find(key);
        if (found == tables_.end()) {
            found = tables_.emplace(key, lane == Lane::Int32 ? append_entries(program_.tables_32) : append_entries(program_.tables_64)).first;
        }
        steps.push_back({.kind = LaneStepKind::Table, .slot = found->second, .immediate = domain.low.to_int64()});
    }

    const Circuit& circuit_;
    LanePlan plan_;
    OperandPairs pairs_;
    LaneProgram program_;
    std::uint32_t num_values_ = 0;
    std::vector<std::array<std::uint32_t, 3>> values_;  ///< by root wire and lane: the number of the value
    std::vector<std::uint32_t> pair_values_;
    std::map<std::pair<Lane, Integer>, std::uint32_t> constants_;
    std::map<std::tuple<std::uint32_t, Lane, bool, int, Integer, Integer>, std::uint32_t> tables_;
};

}  // namespace

LaneProgram compile_lanes(const Circuit& circuit) { return LaneCompiler(circuit).run(); }

}  // namespace lutra
