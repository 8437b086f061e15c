#include "lutra/optimize/share_sums.h"

#include <map>
#include <optional>

#include "lutra/optimize/linear_sums.h"
#include "lutra/optimize/rebuild.h"

namespace lutra {

namespace {

class SumSharing {
public:
    SumSharing(const Circuit& circuit, const ShareChoice& choice)
        : source_(circuit), rewriter_(circuit), b_(rewriter_.builder()), sums_(collect_sums(circuit)), choices_(sums_.num_groups) {
        std::vector<bool> is_known(sums_.num_groups, false);
        for (const auto& [wire, column] : sums_.column_of) {
            const std::size_t group = sums_.group_of[column];
            if (!is_known[group]) {
                is_known[group] = true;
                choices_[group] = choice(circuit.origin(Wire{wire}));
            }
        }
        sums_.shared = share_terms(circuit, sums_, [&](std::size_t group) { return choices_[group]; });
        nodes_.resize(sums_.shared.nodes.size());
    }

    Circuit run() {
        for (Wire wire; wire.index < source_.size(); ++wire.index) {
            const auto column = sums_.column_of.find(wire.index);
            if (column == sums_.column_of.end() || !choices_[sums_.group_of[column->second]]) {
                rewriter_.copy(wire);
                continue;
            }
            rewriter_.follow_origin(wire);
            rewriter_.replace(wire, append_sum(sums_.shared.columns[column->second], source_.constant(wire), source_.type(wire)));
        }
        return rewriter_.finish();
    }

private:
    /// A sum of raw values; without a type, of the smallest that holds it.
    Wire append_sum(const TermColumn& terms, const Integer& constant, std::optional<FixedPointType> type) {
        std::map<std::uint32_t, Integer> coefficients;
        for (const SignedTerm& term : terms) {
            const Integer weight = Integer::power_of_two(term.shift);
            coefficients[term.node] += term.is_negative ? -weight : weight;
        }
        std::vector<Wire> operands;
        std::vector<Integer> integers;
        Interval exact{constant, constant};
        for (const auto& [node, coefficient] : coefficients) {
            operands.push_back(wire_of(node));
            integers.push_back(coefficient);
            exact = exact + b_.interval(operands.back()) * coefficient;
        }
        integers.push_back(constant);
        return b_.append({.kind = PrimitiveKind::Sum, .type = type.value_or(smallest_type(exact.low, exact.high, 0)), .operands = operands, .integers = integers});
    }

    Wire wire_of(std::uint32_t node) {
        if (node < sums_.shared.num_operands) {
            return rewriter_.now(sums_.operands[node]);
        }
        std::optional<Wire>& known = nodes_[node - sums_.shared.num_operands];
        if (!known) {
            known = append_sum(sums_.shared.nodes[node - sums_.shared.num_operands], 0, std::nullopt);
        }
        return *known;
    }

    const Circuit& source_;
    CircuitRewriter rewriter_;
    CircuitBuilder& b_;
    LinearSums sums_;
    std::vector<std::optional<ShareOptions>> choices_;  ///< per group
    std::vector<std::optional<Wire>> nodes_;            ///< of the shared terms
};

}  // namespace

Circuit share_sums(const Circuit& circuit, const ShareChoice& choice) { return SumSharing(circuit, choice).run(); }

}  // namespace lutra
