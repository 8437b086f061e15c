#include "lutra/map/cover_luts.h"

#include <algorithm>
#include <unordered_map>

#include "lutra/base/assert.h"

namespace lutra {

namespace {

constexpr std::size_t max_cuts = 8;
constexpr int num_flow_rounds = 3;
constexpr int num_exact_rounds = 2;

struct Cut {
    std::array<std::uint32_t, max_table_inputs> leaves{};
    int num_leaves = 0;
    double flow = 0;
    int depth = 0;

    std::span<const std::uint32_t> all() const { return {leaves.data(), static_cast<std::size_t>(num_leaves)}; }
};

/// The union of two cuts, or nothing when it has too many leaves.
bool join(const Cut& a, const Cut& b, int max_leaves, Cut& result) {
    int i = 0;
    int j = 0;
    result.num_leaves = 0;
    while (i < a.num_leaves || j < b.num_leaves) {
        if (result.num_leaves == max_leaves) {
            return false;
        }
        const std::uint32_t from_a = i < a.num_leaves ? a.leaves[static_cast<std::size_t>(i)] : ~0U;
        const std::uint32_t from_b = j < b.num_leaves ? b.leaves[static_cast<std::size_t>(j)] : ~0U;
        const std::uint32_t next = std::min(from_a, from_b);
        i += from_a == next ? 1 : 0;
        j += from_b == next ? 1 : 0;
        result.leaves[static_cast<std::size_t>(result.num_leaves++)] = next;
    }
    return true;
}

class Covering {
public:
    Covering(const BitNetwork& network, const LutCosts& costs) : network_(network), costs_(costs), number_of_(network.size(), none) {
        for (std::uint32_t n = 0; n < network.size(); ++n) {
            if (network[n].kind == BitNode::Kind::Function) {
                number_of_[n] = static_cast<std::uint32_t>(functions_.size());
                functions_.emplace_back().node = n;
            }
        }
        find_required();
        const auto refer_to = [&](std::uint32_t n) {
            if (is_function(n)) {
                function(n).references += 1;
            }
        };
        for (std::uint32_t n = 0; n < network.size(); ++n) {
            for (int i = 0; i < network[n].num_inputs; ++i) {
                refer_to(network[n].inputs[static_cast<std::size_t>(i)]);
            }
        }
        std::ranges::for_each(required_, refer_to);
    }

    LutCover run() {
        for (int round = 0; round < num_flow_rounds; ++round) {
            std::ranges::for_each(functions_, [&](Function& function) { find_cuts(function); });
            count_references();
        }
        for (int round = 0; round < num_exact_rounds; ++round) {
            improve_locally();
        }
        LutCover cover(network_.size());
        for (const Function& function : functions_) {
            if (function.uses > 0) {
                const Cut& cut = function.cuts.front();
                cover.add_root(function.node, {cut.leaves, cut.num_leaves, table_of(function.node, cut)});
            }
        }
        return cover;
    }

private:
    /// A Function node, with what is known of it.
    struct Function {
        std::uint32_t node = 0;
        std::vector<Cut> cuts;  ///< the first is the one in use
        double references = 0;  ///< estimated readers in a cover
        double flow = 0;
        int depth = 0;
        int uses = 0;  ///< readers in the cover
    };
    static constexpr std::uint32_t none = ~0U;

    bool is_function(std::uint32_t node) const { return number_of_[node] != none; }
    Function& function(std::uint32_t node) { return functions_[number_of_[node]]; }
    const Function& function(std::uint32_t node) const { return functions_[number_of_[node]]; }

    void require(std::uint32_t node) {
        if (network_[node].kind == BitNode::Kind::Function || network_[node].kind == BitNode::Kind::WideMux) {
            required_.push_back(node);
        }
    }

    /// Functions that must be a net: what rows, live multiplexers and outputs read.
    void find_required() {
        std::vector<bool> live_row(network_.rows().size(), false);
        std::vector<bool> is_live(network_.size(), false);
        const auto need = [&](Bit bit) {
            is_live[bit.node()] = true;
            require(bit.node());
        };
        std::ranges::for_each(network_.outputs(), need);
        for (std::uint32_t n = network_.size(); n-- > 0;) {
            const BitNode& node = network_[n];
            if (node.kind == BitNode::Kind::RowSum && is_live[n]) {
                live_row[node.row()] = true;
            }
            // The first sum of a row stands right behind what the row reads.
            if (node.kind == BitNode::Kind::RowSum && node.place() == 0 && live_row[node.row()]) {
                for (const RowColumn& column : network_.rows()[node.row()].columns) {
                    std::ranges::for_each(column.all(), need);
                }
            }
            if (is_live[n] && node.kind == BitNode::Kind::WideMux) {
                for (int i = 0; i < 3; ++i) {
                    need(Bit::of(node.inputs[static_cast<std::size_t>(i)]));
                }
            }
            if (is_live[n] && node.kind == BitNode::Kind::Function) {
                for (int i = 0; i < node.num_inputs; ++i) {
                    const std::uint32_t input = node.inputs[static_cast<std::size_t>(i)];
                    is_live[input] = true;
                    if (network_[input].kind == BitNode::Kind::WideMux) {
                        require(input);
                    }
                }
            }
        }
        std::ranges::sort(required_);
        required_.erase(std::ranges::unique(required_).begin(), required_.end());
    }

    double cost_of(int num_leaves) const { return num_leaves < costs_.lut_inputs ? costs_.small : costs_.full; }

    void rate(Cut& cut) const {
        cut.flow = cost_of(cut.num_leaves);
        cut.depth = 0;
        for (const std::uint32_t leaf : cut.all()) {
            if (is_function(leaf)) {
                cut.flow += function(leaf).flow / std::max(function(leaf).references, 1.0);
                cut.depth = std::max(cut.depth, function(leaf).depth);
            }
        }
        ++cut.depth;
    }

    static Cut trivial_cut(std::uint32_t node) {
        Cut cut;
        cut.leaves[0] = node;
        cut.num_leaves = 1;
        return cut;
    }

    /// The best cuts of a function, best first.
    void find_cuts(Function& of) {
        const BitNode& node = network_[of.node];
        std::vector<Cut> partial(1);
        for (int i = 0; i < node.num_inputs; ++i) {
            const std::uint32_t input = node.inputs[static_cast<std::size_t>(i)];
            std::vector<Cut> choices = is_function(input) ? function(input).cuts : std::vector<Cut>();
            choices.push_back(trivial_cut(input));
            std::vector<Cut> next;
            for (const Cut& cut : partial) {
                for (const Cut& choice : choices) {
                    Cut joined;
                    if (join(cut, choice, costs_.lut_inputs, joined)) {
                        rate(joined);
                        next.push_back(joined);
                    }
                }
            }
            keep_best(next, i + 1 < node.num_inputs ? 3 * max_cuts : max_cuts);
            partial = std::move(next);
        }
        LUTRA_ASSERT(!partial.empty());
        of.flow = partial.front().flow;
        of.depth = partial.front().depth;
        of.cuts = std::move(partial);
    }

    static void keep_best(std::vector<Cut>& cuts, std::size_t num_kept) {
        std::ranges::sort(cuts, [](const Cut& a, const Cut& b) {
            return std::tuple(a.flow, a.depth, a.num_leaves, a.leaves) < std::tuple(b.flow, b.depth, b.num_leaves, b.leaves);
        });
        const auto same = [](const Cut& a, const Cut& b) { return std::ranges::equal(a.all(), b.all()); };
        cuts.erase(std::unique(cuts.begin(), cuts.end(), same), cuts.end());
        cuts.resize(std::min(cuts.size(), num_kept));
    }

    /// How often each function is read in the cover by the best cuts; the flow divides by it, moved towards it slowly.
    void count_references() {
        std::ranges::for_each(functions_, [](Function& function) { function.uses = 0; });
        const auto use = [&](std::uint32_t n) {
            if (is_function(n)) {
                ++function(n).uses;
            }
        };
        std::ranges::for_each(required_, use);
        for (std::size_t i = functions_.size(); i-- > 0;) {
            if (functions_[i].uses > 0) {
                std::ranges::for_each(functions_[i].cuts.front().all(), use);
            }
        }
        for (Function& function : functions_) {
            function.references = (function.references + 2.0 * function.uses) / 3;
        }
    }

    /// Cost of what a cut adds to the cover; counts its uses.
    double add_uses(const Cut& cut) {
        double cost = cost_of(cut.num_leaves);
        for (const std::uint32_t leaf : cut.all()) {
            if (is_function(leaf) && function(leaf).uses++ == 0) {
                cost += add_uses(function(leaf).cuts.front());
            }
        }
        return cost;
    }

    double remove_uses(const Cut& cut) {
        double cost = cost_of(cut.num_leaves);
        for (const std::uint32_t leaf : cut.all()) {
            if (is_function(leaf) && --function(leaf).uses == 0) {
                cost += remove_uses(function(leaf).cuts.front());
            }
        }
        return cost;
    }

    void improve_locally() {
        for (Function& function : functions_) {
            if (function.uses == 0) {
                continue;
            }
            std::vector<Cut>& cuts = function.cuts;
            remove_uses(cuts.front());
            std::size_t best = 0;
            double least = 0;
            for (std::size_t i = 0; i < cuts.size(); ++i) {
                const double cost = add_uses(cuts[i]);
                remove_uses(cuts[i]);
                if (i == 0 || cost < least) {
                    least = cost;
                    best = i;
                }
            }
            std::swap(cuts[0], cuts[best]);
            add_uses(cuts[0]);
        }
    }

    /// The function of a node over the leaves of a cut.
    std::uint64_t table_of(std::uint32_t n, const Cut& cut) const {
        std::unordered_map<std::uint32_t, std::uint64_t> known;
        for (int i = 0; i < cut.num_leaves; ++i) {
            known[cut.leaves[static_cast<std::size_t>(i)]] = input_tables[static_cast<std::size_t>(i)];
        }
        return table_of(n, known);
    }

    std::uint64_t table_of(std::uint32_t n, std::unordered_map<std::uint32_t, std::uint64_t>& known) const {
        if (const auto found = known.find(n); found != known.end()) {
            return found->second;
        }
        const BitNode& node = network_[n];
        std::array<std::uint64_t, max_table_inputs> operands{};
        for (int i = 0; i < node.num_inputs; ++i) {
            operands[static_cast<std::size_t>(i)] = table_of(node.inputs[static_cast<std::size_t>(i)], known);
        }
        return known[n] = evaluate_table(node.table, operands.data(), node.num_inputs);
    }

    const BitNetwork& network_;
    LutCosts costs_;
    std::vector<std::uint32_t> number_of_;  ///< per node: its place in functions_
    std::vector<Function> functions_;       ///< in the order of the nodes
    std::vector<std::uint32_t> required_;
};

}  // namespace

LutCover cover_luts(const BitNetwork& network, const LutCosts& costs) { return Covering(network, costs).run(); }

}  // namespace lutra
