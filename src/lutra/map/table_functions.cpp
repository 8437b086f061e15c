#include "lutra/map/table_functions.h"

#include <algorithm>

namespace lutra {

int address_bits(const Interval& domain) { return (domain.high - domain.low).bit_length(); }

std::vector<WideTruthTable> table_functions(const LookupTable& table, const Interval& domain, int width) {
    const int num_bits = address_bits(domain);
    std::vector<WideTruthTable> functions(static_cast<std::size_t>(width), WideTruthTable(num_bits));
    for (std::size_t a = 0; a < std::size_t{1} << num_bits; ++a) {
        const Integer raw(static_cast<std::int64_t>(a));
        const Integer value = domain.low + (raw - domain.low).low_bits(num_bits);  // the first from domain.low on that has these low bits
        const Integer plain = domain.low.sign() < 0 ? raw.low_bits_signed(num_bits) : raw;
        const Integer near = value <= domain.high ? value : std::clamp(plain, domain.low, domain.high);
        const Integer& entry = table.entries[static_cast<std::size_t>((near - table.first).to_int64())];
        for (std::size_t i = 0; i < functions.size(); ++i) {
            functions[i].set(a, entry.bit(static_cast<int>(i)));
        }
    }
    return functions;
}

double table_cost(LutCost& cost, const LookupTable& table) {
    const auto [low, high] = std::ranges::minmax(table.entries);
    if (low == high) {
        return 0;
    }
    const Interval domain{table.first, table.first + Integer(static_cast<std::int64_t>(table.entries.size()) - 1)};
    return cost.of(table_functions(table, domain, smallest_type(low, high, 0).width));
}

}  // namespace lutra
