#include "lutra/prove/table_words.h"

#include <algorithm>
#include <array>

namespace lutra {

namespace {

/// So many words stand in a few vector registers.
constexpr std::size_t chunk = 16;

/// Shannon's expansion by the highest input. What it gives of tables that are constant, equal or opposite is left out.
class Expansion {
public:
    Expansion(std::span<const std::uint64_t* const> inputs, std::size_t first, std::size_t count) : inputs_(inputs), first_(first), count_(count) {}

    /// `table` is repeated beyond its inputs.
    void run(std::uint64_t table, std::size_t num_inputs, std::uint64_t* result) const {
        while (num_inputs > 0 && !depends_on(table, static_cast<int>(num_inputs) - 1)) {
            --num_inputs;
        }
        if (num_inputs == 0) {
            std::fill_n(result, count_, table);
            return;
        }
        const auto highest = num_inputs - 1;
        const std::uint64_t* input = inputs_[highest] + first_;
        const std::uint64_t if_zero = cofactor(table, static_cast<int>(highest), false);
        const std::uint64_t if_one = cofactor(table, static_cast<int>(highest), true);
        if (if_zero == 0 || if_zero == all) {  // input & one, ~input | one
            run(if_one, highest, result);
            const std::uint64_t flip = if_zero;
            each([&](std::size_t w) { result[w] = (input[w] & (result[w] ^ flip)) ^ flip; });
        } else if (if_one == 0 || if_one == all) {  // ~input & zero, input | zero
            run(if_zero, highest, result);
            const std::uint64_t flip = if_one;
            each([&](std::size_t w) { result[w] = (~input[w] & (result[w] ^ flip)) ^ flip; });
        } else if (if_zero == ~if_one) {
            run(if_zero, highest, result);
            each([&](std::size_t w) { result[w] ^= input[w]; });
        } else {
            std::array<std::uint64_t, chunk> one{};
            run(if_zero, highest, result);
            run(if_one, highest, one.data());
            each([&](std::size_t w) { result[w] ^= input[w] & (result[w] ^ one[w]); });
        }
    }

private:
    static constexpr std::uint64_t all = ~std::uint64_t{0};

    template <typename Step>
    void each(Step step) const {
        if (count_ == chunk) {
            for (std::size_t w = 0; w < chunk; ++w) {
                step(w);
            }
            return;
        }
        for (std::size_t w = 0; w < count_; ++w) {
            step(w);
        }
    }

    std::span<const std::uint64_t* const> inputs_;
    std::size_t first_;
    std::size_t count_;
};

}  // namespace

void evaluate_table(std::uint64_t table, std::span<const std::uint64_t* const> inputs, std::span<std::uint64_t> result) {
    const std::uint64_t repeated = repeated_table(table, static_cast<int>(inputs.size()));
    for (std::size_t first = 0; first < result.size(); first += chunk) {
        Expansion(inputs, first, std::min(chunk, result.size() - first)).run(repeated, inputs.size(), &result[first]);
    }
}

}  // namespace lutra
