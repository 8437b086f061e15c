#include "lutra/optimize/share_sums.h"

#include <map>

#include "lutra/base/parallel.h"
#include "lutra/optimize/rebuild.h"

namespace lutra {

namespace {

/// Writes sums anew over operands and shared nodes.
class SumWriter {
public:
    SumWriter(const Circuit& circuit, const LinearSums& sums, const SharedTerms& shared, const std::vector<bool>& is_shared)
        : source_(circuit), rewriter_(circuit), b_(rewriter_.builder()), sums_(sums), shared_(shared), is_shared_(is_shared), nodes_(shared.nodes.size()) {}

    Circuit run() {
        for (Wire wire; wire.index < source_.size(); ++wire.index) {
            const auto column = sums_.column_of.find(wire.index);
            if (column == sums_.column_of.end() || !is_shared_[sums_.group_of[column->second]]) {
                rewriter_.copy(wire);
                continue;
            }
            rewriter_.follow_origin(wire);
            rewriter_.replace(wire, append_sum(shared_.columns[column->second], source_.constant(wire), source_.type(wire)));
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
        return b_.append(
            {.kind = PrimitiveKind::Sum, .type = type.value_or(smallest_type(exact.low, exact.high, 0)), .operands = operands, .integers = integers});
    }

    Wire wire_of(std::uint32_t node) {
        if (node < shared_.num_operands) {
            return rewriter_.now(sums_.operands[node]);
        }
        std::optional<Wire>& known = nodes_[node - shared_.num_operands];
        if (!known) {
            known = append_sum(shared_.nodes[node - shared_.num_operands], 0, std::nullopt);
        }
        return *known;
    }

    const Circuit& source_;
    CircuitRewriter rewriter_;
    CircuitBuilder& b_;
    const LinearSums& sums_;
    const SharedTerms& shared_;
    const std::vector<bool>& is_shared_;      ///< per group
    std::vector<std::optional<Wire>> nodes_;  ///< of the shared terms
};

}  // namespace

SumSharing::SumSharing(const Circuit& circuit, const std::vector<ShareWay>& ways, int num_threads)
    : source_(circuit),
      sums_(collect_sums(circuit)),
      groups_(sums_.columns_of_groups()),
      wire_of_(sums_.columns.size()),
      terms_(groups_.size(), std::vector<std::optional<GroupTerms>>(ways.size())) {
    for (const auto& [wire, column] : sums_.column_of) {
        wire_of_[column] = wire;
    }
    parallel_for(groups_.size() * ways.size(), 1, num_threads, [&](std::size_t begin, std::size_t) {
        const std::size_t group = begin / ways.size();
        const std::size_t way = begin % ways.size();
        if (ways[way]) {
            terms_[group][way] = share_group(source_, sums_, groups_[group], *ways[way]);
        }
    });
}

std::string_view SumSharing::origin(std::size_t group) const { return source_.origin(Wire{wire_of_[groups_[group][0]]}); }

std::vector<bool> SumSharing::shared_wires() const {
    std::vector<bool> is_shared(source_.size(), false);
    for (const auto& [wire, column] : sums_.column_of) {
        is_shared[wire] = groups_[sums_.group_of[column]].size() > 1;
    }
    return is_shared;
}

Circuit SumSharing::circuit(std::span<const std::size_t> way_of_group) const {
    SharedTerms shared{.num_operands = static_cast<std::uint32_t>(sums_.operands.size()), .nodes = {}, .columns = sums_.columns};
    std::vector<bool> is_shared(groups_.size());
    for (std::size_t group = 0; group < groups_.size(); ++group) {
        const std::optional<GroupTerms>& terms = terms_[group][way_of_group[group]];
        is_shared[group] = terms.has_value();
        if (terms) {
            append_group(*terms, groups_[group], shared);
        }
    }
    return SumWriter(source_, sums_, shared, is_shared).run();
}

Circuit share_sums(const Circuit& circuit, const ShareOptions& options) {
    const SumSharing sharing(circuit, {options});
    return sharing.circuit(std::vector<std::size_t>(sharing.num_groups(), 0));
}

}  // namespace lutra
