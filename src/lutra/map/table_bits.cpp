#include "lutra/map/table_bits.h"

#include <set>

namespace lutra {

std::size_t TableBits::FunctionHash::operator()(const Function& f) const {
    std::size_t hash = f.table.hash();
    for (const Bit bit : f.inputs) {
        hash = (hash ^ bit.code()) * 0x9E3779B97F4A7C15U;
    }
    return hash;
}

std::vector<Bit> TableBits::word(const std::vector<Bit>& inputs, std::span<const WideTruthTable> functions) {
    if (functions.empty()) {
        return {};
    }
    if (const Decomposition common = cost_.best_common_decomposition(functions); common.bound != 0) {
        const std::set<WideTruthTable> different(functions.begin(), functions.end());
        const Partition partition = partition_of(std::vector(different.begin(), different.end()), common.bound);
        const std::vector<Bit> codes = make_codes(inputs, common.bound, partition);
        return word(codes, functions_of_codes(functions, common.bound, partition));
    }
    std::vector<Bit> result;
    for (const WideTruthTable& table : functions) {
        result.push_back(bit(inputs, table));
    }
    return result;
}

Bit TableBits::bit(std::vector<Bit> inputs, WideTruthTable table) { return make({std::move(inputs), std::move(table)}); }

Bit TableBits::make(Function f) {
    for (int input = f.table.num_inputs(); input-- > 0;) {
        if (!f.table.depends_on(input)) {
            f.table = f.table.cofactor(input, false);
            f.inputs.erase(f.inputs.begin() + input);
        }
    }
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
    Bit result;
    if (f.table.num_inputs() <= cost_.options().lut_inputs) {
        result = make_leaf(f);
    } else {
        const auto [decomposition, split_input] = cost_.best_step(f.table);
        if (decomposition.bound != 0) {
            const Partition partition = partition_of({&f.table, 1}, decomposition.bound);
            result = make({make_codes(f.inputs, decomposition.bound, partition), functions_of_codes({&f.table, 1}, decomposition.bound, partition)[0]});
        } else {
            result = make_mux(f, split_input);
        }
    }
    known_.emplace(std::move(f), result);
    return result.inverted_if(is_inverted);
}

Bit TableBits::make_leaf(const Function& f) {
    return network_.function(f.inputs, f.table.word());
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
    return level <= cost_.options().mux_levels ? network_.wide_mux(f.inputs[static_cast<std::size_t>(input)], if_one, if_zero) : network_.mux(f.inputs[static_cast<std::size_t>(input)], if_one, if_zero);
}

std::vector<Bit> TableBits::make_codes(const std::vector<Bit>& inputs, std::uint32_t bound, const Partition& partition) {
    std::vector<Bit> bound_inputs;
    std::vector<Bit> result;
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        ((bound >> i & 1) != 0 ? bound_inputs : result).push_back(inputs[i]);
    }
    for (WideTruthTable& code : codes_of(partition)) {
        result.push_back(bit(bound_inputs, std::move(code)));
    }
    return result;
}

}  // namespace lutra
