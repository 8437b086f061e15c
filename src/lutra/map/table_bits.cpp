#include "lutra/map/table_bits.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>

namespace lutra {

namespace {

/// A function may be made of functions that stand so many LUTs behind the inputs.
constexpr int max_divisor_level = 4;

/// Leaves out the inputs that a function does not depend on.
template <typename Function>
void drop_unread_inputs(Function& f) {
    for (int input = f.table.num_inputs(); input-- > 0;) {
        if (!f.table.depends_on(input)) {
            f.table = f.table.cofactor(input, false);
            f.inputs.erase(f.inputs.begin() + input);
        }
    }
}

}  // namespace

std::size_t TableBits::FunctionHash::operator()(const Function& f) const {
    std::size_t hash = f.table.hash();
    for (const Bit bit : f.inputs) {
        hash = (hash ^ bit.code()) * 0x9E3779B97F4A7C15U;
    }
    return hash;
}

std::vector<BitWord> TableBits::words(std::span<const TableWord> words) {
    made_.clear();
    std::vector<double> costs;
    for (const TableWord& word : words) {
        costs.push_back(word.functions.empty() ? 0 : cost_.of(word.functions) / static_cast<double>(word.functions.size()));
    }
    std::vector<std::size_t> order(words.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return costs[i]; });
    std::vector<BitWord> result(words.size());
    for (const std::size_t i : order) {
        result[i] = word(words[i]);
    }
    return result;
}

BitWord TableBits::word(const TableWord& word) {
    if (word.functions.empty()) {
        return {};
    }
    const Decomposition common = cost_.best_common_decomposition(word.functions);
    if (common.bound == 0) {
        return word_bit_by_bit(word);
    }
    if (trees_ == nullptr) {
        return decomposed_word(word, common);
    }
    const Checkpoint point = checkpoint();
    decomposed_word(word, common);
    const int decomposed_luts = luts_since(point);
    take_back(point);
    BitWord bits = word_bit_by_bit(word);
    if (luts_since(point) > decomposed_luts) {
        take_back(point);
        bits = decomposed_word(word, common);
    }
    return bits;
}

BitWord TableBits::decomposed_word(const TableWord& word, const Decomposition& common) {
    const std::set<WideTruthTable> different(word.functions.begin(), word.functions.end());
    const Partition partition = partition_of(std::vector(different.begin(), different.end()), common.bound);
    const std::vector<Bit> codes = make_codes(word.inputs, common.bound, partition);
    BitWord bits = this->word({codes, functions_of_codes(word.functions, common.bound, partition)});
    for (std::size_t i = 0; i < bits.size(); ++i) {
        made_.push_back({{word.inputs, word.functions[i]}, bits[i]});
    }
    return bits;
}

BitWord TableBits::word_bit_by_bit(const TableWord& word) {
    std::vector<std::size_t> order(word.functions.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<double> costs;
    for (const WideTruthTable& function : word.functions) {
        costs.push_back(cost_.of(function));
    }
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return costs[i]; });
    BitWord bits(word.functions.size());
    for (const std::size_t i : order) {
        bits[i] = bit({word.inputs, word.functions[i]});
    }
    return bits;
}

Bit TableBits::bit(Function f) {
    drop_unread_inputs(f);
    Bit result;
    if (known_.contains(f)) {
        result = make(f);
    } else if (const auto of_divisors = make_of_divisors(f)) {
        result = *of_divisors;
    } else {
        result = make(f);
    }
    if (!result.is_constant()) {
        made_.push_back({std::move(f), result});
    }
    return result;
}

Bit TableBits::make(Function f) {
    drop_unread_inputs(f);
    if (f.inputs.empty()) {
        return Bit::constant(f.table[0]);
    }
    const bool is_inverted = f.table[0];
    if (is_inverted) {
        f.table.flip();
    }
    if (const auto found = known_.find(f); found != known_.end()) {
        return found->second.inverted_if(is_inverted);
    }
    const Bit result = make_simple(f);
    known_.emplace(f, result);
    order_.push_back(std::move(f));
    return result.inverted_if(is_inverted);
}

/// By one LUT, or as lut_cost.h says.
Bit TableBits::make_simple(const Function& f) {
    if (f.table.num_inputs() <= cost_.options().lut_inputs) {
        return network_.function(f.inputs, f.table.word());
    }
    const auto [decomposition, split_input] = cost_.best_step(f.table);
    if (decomposition.bound == 0) {
        return make_mux(f, split_input);
    }
    const Partition partition = partition_of({&f.table, 1}, decomposition.bound);
    return make({make_codes(f.inputs, decomposition.bound, partition), functions_of_codes({&f.table, 1}, decomposition.bound, partition)[0]});
}

Bit TableBits::make_mux(const Function& f, int input) {
    const auto half = [&](bool value) {
        std::vector<Bit> inputs = f.inputs;
        inputs.erase(inputs.begin() + input);
        return make({std::move(inputs), f.table.cofactor(input, value)});
    };
    const Bit if_one = half(true);
    const Bit if_zero = half(false);
    const int level = f.table.num_inputs() - cost_.options().lut_inputs;
    const Bit selector = f.inputs[static_cast<std::size_t>(input)];
    return level <= cost_.options().mux_levels ? choose(selector, if_one, if_zero) : network_.mux(selector, if_one, if_zero);
}

/// Behind the LUTs of both choices, as far as multiplexers may follow each other.
Bit TableBits::choose(Bit selector, Bit if_one, Bit if_zero) {
    const bool fits = std::max(network_.mux_level(if_one), network_.mux_level(if_zero)) < cost_.options().mux_levels;
    return fits ? network_.wide_mux(selector, if_one, if_zero) : network_.mux(selector, if_one, if_zero);
}

std::vector<Bit> TableBits::make_codes(const std::vector<Bit>& inputs, std::uint32_t bound, const Partition& partition) {
    std::vector<Bit> bound_inputs;
    std::vector<Bit> result;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        ((bound >> i & 1) != 0 ? bound_inputs : result).push_back(inputs[i]);
    }
    for (WideTruthTable& code : codes_of(partition)) {
        result.push_back(bit({bound_inputs, std::move(code)}));
    }
    return result;
}

std::optional<Bit> TableBits::make_of_divisors(const Function& f) {
    if (trees_ == nullptr || f.table.num_inputs() <= cost_.options().lut_inputs || f.table.num_inputs() > max_divided_inputs) {
        return std::nullopt;
    }
    const Divisors divisors = divisors_of(f);
    const auto& tree = trees_->find(f.table, divisors.tables, cost_.of(f.table));
    return tree ? make_tree(f.table, all_entries(f.table), divisors, *tree) : std::nullopt;
}

/// A tree for a function at some entries.
std::optional<Bit> TableBits::make_tree(const WideTruthTable& f, const Entries& entries, const Divisors& divisors, const DivisorTree& tree) {
    if (tree.halves.empty()) {
        const auto table = table_over(f, entries, divisors.tables, tree.inputs);
        if (!table) {
            return std::nullopt;
        }
        std::vector<Bit> inputs;
        for (const std::size_t divisor : tree.inputs) {
            inputs.push_back(divisors.bits[divisor]);
        }
        return network_.function(inputs, *table);
    }
    std::array<Bit, 2> halves;
    for (const bool value : {false, true}) {
        if (tree.selector >= divisors.tables.size()) {
            return std::nullopt;
        }
        const auto half = make_tree(f, entries_where(divisors.tables[tree.selector], value, entries), divisors, tree.halves[value ? 1 : 0]);
        if (!half) {
            return std::nullopt;
        }
        halves[value ? 1 : 0] = *half;
    }
    return choose(divisors.bits[tree.selector], halves[1], halves[0]);
}

/// The inputs of f, and what was made of some of them, the newest first.
TableBits::Divisors TableBits::divisors_of(const Function& f) {
    Divisors divisors;
    const auto add = [&](Bit bit, const std::function<bool(std::size_t)>& value) {
        WideTruthTable table(f.table.num_inputs());
        for (std::size_t entry = 0; entry < table.size(); ++entry) {
            table.set(entry, value(entry));
        }
        if (std::ranges::find(divisors.tables, table) == divisors.tables.end()) {
            divisors.bits.push_back(bit);
            divisors.tables.push_back(std::move(table));
        }
    };
    int level = 0;
    for (std::size_t i = 0; i < f.inputs.size(); ++i) {
        add(f.inputs[i], [&](std::size_t entry) { return (entry >> i & 1) != 0; });
        level = std::max(level, level_of(f.inputs[i].node()));
    }
    std::vector<std::size_t> places;
    for (auto made = made_.rbegin(); made != made_.rend() && divisors.bits.size() < max_divisors; ++made) {
        places.clear();
        for (const Bit input : made->function.inputs) {
            if (const auto place = std::ranges::find(f.inputs, input); place != f.inputs.end()) {
                places.push_back(static_cast<std::size_t>(place - f.inputs.begin()));
            }
        }
        if (places.size() == made->function.inputs.size() && level_of(made->bit.node()) <= level + max_divisor_level) {
            add(made->bit, [&](std::size_t entry) {
                std::size_t address = 0;
                for (std::size_t i = 0; i < places.size(); ++i) {
                    address |= (entry >> places[i] & 1) << i;
                }
                return made->function.table[address];
            });
        }
    }
    return divisors;
}

int TableBits::level_of(std::uint32_t node) {
    for (auto n = static_cast<std::uint32_t>(levels_.size()); n <= node; ++n) {
        int level = 0;
        for (int i = 0; i < network_[n].num_inputs; ++i) {
            level = std::max(level, levels_[network_[n].inputs[static_cast<std::size_t>(i)]]);
        }
        levels_.push_back(level + (network_[n].kind == BitNode::Kind::Function ? 1 : 0));
    }
    return levels_[node];
}

int TableBits::luts_since(const Checkpoint& point) const {
    int luts = 0;
    for (std::uint32_t n = point.num_nodes; n < network_.size(); ++n) {
        luts += network_[n].kind == BitNode::Kind::Function ? 1 : 0;
    }
    return luts;
}

void TableBits::take_back(const Checkpoint& point) {
    network_.forget_from(point.num_nodes);
    levels_.resize(std::min(levels_.size(), static_cast<std::size_t>(point.num_nodes)));
    made_.erase(made_.begin() + static_cast<std::ptrdiff_t>(point.num_made), made_.end());
    for (; order_.size() > point.num_known; order_.pop_back()) {
        known_.erase(order_.back());
    }
}

}  // namespace lutra
