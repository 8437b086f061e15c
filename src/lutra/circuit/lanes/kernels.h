#pragma once

/// The kernels, compiled once per instruction set: a .cpp file sets LUTRA_VECTOR_BYTES and LUTRA_KERNELS (the name of its table) and
/// includes this file. Everything else has internal linkage. Vectors are never wider than the machine's: GCC splits wider ones badly.

#include <utility>

#include "lutra/circuit/lanes/isa.h"
#include "lutra/circuit/lanes/program.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace lutra {

namespace {

template <typename T>
struct VectorOf {
    typedef T type __attribute__((vector_size(LUTRA_VECTOR_BYTES), may_alias));
};
template <typename T>
using Vector = typename VectorOf<T>::type;

template <typename T>
inline constexpr int lanes_of = LUTRA_VECTOR_BYTES / static_cast<int>(sizeof(T));

/// The accumulator: as many vectors as the registers of every instruction set hold, at most a block.
template <typename T>
inline constexpr int num_vectors = lane_block / lanes_of<T> < 8 ? lane_block / lanes_of<T> : 8;

template <typename T>
struct Tile {
    Vector<T> v[num_vectors<T>];
};

/// Calls f(0), ..., f(num_vectors - 1) with constants, so that the accumulator stays in registers.
template <typename T, typename F>
[[gnu::always_inline]] inline void each(F&& f) {
    [&]<int... I>(std::integer_sequence<int, I...>)
        __attribute__((always_inline)) { (f(std::integral_constant<int, I>()), ...); }(std::make_integer_sequence<int, num_vectors<T>>());
}

using U32 = Vector<std::uint32_t>;
using I32 = Vector<std::int32_t>;

/// Per 32-bit lane: the sum of the products of both 16-bit halves, modulo 2^32.
[[gnu::always_inline]] inline U32 multiply_add_pairs(U32 sum, U32 pairs, U32 factors) {
#if LUTRA_VECTOR_BYTES == 64 && defined(__AVX512VNNI__)
    return (U32)_mm512_dpwssd_epi32((__m512i)sum, (__m512i)pairs, (__m512i)factors);
#elif LUTRA_VECTOR_BYTES == 64 && defined(__AVX512BW__)
    return sum + (U32)_mm512_madd_epi16((__m512i)pairs, (__m512i)factors);
#elif LUTRA_VECTOR_BYTES == 32 && defined(__AVX2__)
    return sum + (U32)_mm256_madd_epi16((__m256i)pairs, (__m256i)factors);
#elif LUTRA_VECTOR_BYTES == 16 && defined(__SSE2__)
    return sum + (U32)_mm_madd_epi16((__m128i)pairs, (__m128i)factors);
#else
    const auto low = [](U32 x) { return (U32)((I32)(x << 16) >> 16); };
    const auto high = [](U32 x) { return (U32)((I32)x >> 16); };
    return sum + low(pairs) * low(factors) + high(pairs) * high(factors);
#endif
}

using U64 = Vector<std::uint64_t>;

/// Products of lanes that hold 32-bit numbers.
[[gnu::always_inline]] inline U64 multiply_halves(U64 x, U64 y) {
#if LUTRA_VECTOR_BYTES == 64 && defined(__AVX512F__)
    return (U64)_mm512_mul_epi32((__m512i)x, (__m512i)y);
#elif LUTRA_VECTOR_BYTES == 32 && defined(__AVX2__)
    return (U64)_mm256_mul_epi32((__m256i)x, (__m256i)y);
#else
    return x * y;
#endif
}

/// The smaller of each pair of signed lanes; GCC makes three instructions of a comparison where one would do.
template <typename T, typename V>
[[gnu::always_inline]] inline V smaller(V x, V y) {
#if LUTRA_VECTOR_BYTES == 32 && defined(__AVX2__)
    if constexpr (sizeof(T) == 4) {
        return (V)_mm256_min_epi32((__m256i)x, (__m256i)y);
    }
#endif
    return (Vector<T>)x < (Vector<T>)y ? x : y;
}

template <typename T, typename V>
[[gnu::always_inline]] inline V larger(V x, V y) {
#if LUTRA_VECTOR_BYTES == 32 && defined(__AVX2__)
    if constexpr (sizeof(T) == 4) {
        return (V)_mm256_max_epi32((__m256i)x, (__m256i)y);
    }
#endif
    return (Vector<T>)x > (Vector<T>)y ? x : y;
}

template <typename T>
struct Machine {
    using Signed = T;
    using Unsigned = std::make_unsigned_t<T>;
    using Other = std::conditional_t<sizeof(T) == 4, std::int64_t, std::int32_t>;
    using V = Vector<Unsigned>;
    using S = Vector<Signed>;
    static constexpr int n = num_vectors<T>;
    static constexpr int tile_events = n * lanes_of<T>;

    const LaneProgramView& program;
    std::byte* memory;
    int tile = 0;

    [[gnu::always_inline]] const V* at(std::uint32_t slot) const {
        return reinterpret_cast<const V*>(memory + slot + static_cast<std::size_t>(tile) * sizeof(Tile<Unsigned>));
    }

    [[gnu::always_inline]] static V broadcast(std::int64_t value) { return V{} + static_cast<Unsigned>(value); }

    /// a = f(a, term, coefficient) for every term of a step.
    template <typename F>
    [[gnu::always_inline]] void for_each_term(Tile<Unsigned>& a, const LaneStep& step, F&& f) const {
        const auto run = [&](const auto* terms) __attribute__((always_inline)) {
            for (const auto* term = terms; term != terms + step.other; ++term) {
                const V* x = at(term->slot);
                const V factor = broadcast(term->coefficient);
                each<T>([&](auto i) __attribute__((always_inline)) { a.v[i] = f(a.v[i], x[i], factor); });
            }
        };
        if constexpr (sizeof(T) == 4) {
            run(program.terms_32 + step.slot);
        } else {
            run(program.terms_64 + step.slot);
        }
    }

    /// Operations that go lane by lane through memory.
    void load_converted(Tile<Unsigned>& a, std::uint32_t slot) const {
        const auto* from = reinterpret_cast<const Other*>(memory + slot) + tile * tile_events;
        auto* to = reinterpret_cast<Signed*>(&a);
        for (int i = 0; i < tile_events; ++i) {
            to[i] = static_cast<Signed>(from[i]);
        }
    }

    void look_up(Tile<Unsigned>& a, const LaneStep& step) const {
        const Signed* table;
        if constexpr (sizeof(T) == 4) {
            table = program.tables_32 + step.slot;
        } else {
            table = program.tables_64 + step.slot;
        }
        auto* lanes = reinterpret_cast<Unsigned*>(&a);
        for (int i = 0; i < tile_events; ++i) {
            lanes[i] = static_cast<Unsigned>(table[lanes[i] - static_cast<Unsigned>(step.immediate)]);
        }
    }

    [[gnu::always_inline]] void run_step(Tile<Unsigned>& a, const LaneStep& step) const {
        const V* x = at(step.slot);
        const auto apply = [&](auto f) __attribute__((always_inline)) { each<T>([&](auto i) __attribute__((always_inline)) { a.v[i] = f(a.v[i], x[i]); }); };
        const auto apply_alone = [&](auto f) __attribute__((always_inline)) { each<T>([&](auto i) __attribute__((always_inline)) { a.v[i] = f(a.v[i]); }); };
        const auto one = broadcast(1);
        switch (step.kind) {
            case LaneStepKind::Load: return apply([](V, V b) { return b; });
            case LaneStepKind::LoadConverted: {
                Tile<Unsigned> loaded;
                load_converted(loaded, step.slot);
                return each<T>([&](auto i) { a.v[i] = loaded.v[i]; });
            }
            case LaneStepKind::LoadConstant: return apply_alone([value = broadcast(step.immediate)](V) { return value; });
            case LaneStepKind::Add: return apply([](V y, V b) { return y + b; });
            case LaneStepKind::Subtract: return apply([](V y, V b) { return y - b; });
            case LaneStepKind::SubtractFrom: return apply([](V y, V b) { return b - y; });
            case LaneStepKind::Negate: return apply_alone([](V y) { return -y; });
            case LaneStepKind::Multiply: return apply([](V y, V b) { return y * b; });
            case LaneStepKind::MultiplyAdd: return for_each_term(a, step, [](V y, V b, V factor) { return y + b * factor; });
            case LaneStepKind::MultiplyAddPairs:
                if constexpr (sizeof(T) == 4) {
                    for_each_term(a, step, multiply_add_pairs);
                }
                return;
            case LaneStepKind::MultiplyAddHalves:
                if constexpr (sizeof(T) == 8) {
                    for_each_term(a, step, [](V y, V b, V factor) { return y + multiply_halves(b, factor); });
                }
                return;
            case LaneStepKind::PackHigh: return apply([](V y, V b) { return (y & 0xFFFF) | (b << 16); });
            case LaneStepKind::Not: return apply_alone([](V y) { return ~y; });
            case LaneStepKind::And: return apply([](V y, V b) { return y & b; });
            case LaneStepKind::Or: return apply([](V y, V b) { return y | b; });
            case LaneStepKind::Xor: return apply([](V y, V b) { return y ^ b; });
            case LaneStepKind::Equal: return apply([one](V y, V b) { return (V)(y == b) & one; });
            case LaneStepKind::Less: return apply([one](V y, V b) { return (V)((S)y < (S)b) & one; });
            case LaneStepKind::Greater: return apply([one](V y, V b) { return (V)((S)y > (S)b) & one; });
            case LaneStepKind::Min: return apply(smaller<T, V>);
            case LaneStepKind::Max: return apply(larger<T, V>);
            case LaneStepKind::Select: {
                const V* otherwise = at(step.other);
                return each<T>([&](auto i) __attribute__((always_inline)) { a.v[i] = a.v[i] != 0 ? x[i] : otherwise[i]; });
            }
            case LaneStepKind::ShiftLeft: return apply_alone([by = step.other](V y) { return y << by; });
            case LaneStepKind::ShiftRight: return apply_alone([by = step.other](V y) { return (V)((S)y >> by); });
            case LaneStepKind::SignExtend: {
                const std::uint32_t by = static_cast<std::uint32_t>(8 * sizeof(T)) - step.other;
                return apply_alone([by](V y) { return (V)((S)(y << by) >> by); });
            }
            case LaneStepKind::Mask: return apply_alone([mask = broadcast(step.immediate)](V y) { return y & mask; });
            case LaneStepKind::Table: {
                Tile<Unsigned> indices = a;
                look_up(indices, step);
                return each<T>([&](auto i) { a.v[i] = indices.v[i]; });
            }
        }
    }

    void run(const LaneChain& chain) {
        const LaneStep* steps = program.steps + chain.first_step;
        for (tile = 0; tile < lane_block / tile_events; ++tile) {
            Tile<Unsigned> a = {};
            for (const LaneStep* step = steps; step != steps + chain.num_steps; ++step) {
                run_step(a, *step);
            }
            V* result = const_cast<V*>(at(chain.result));
            each<T>([&](auto i) __attribute__((always_inline)) { result[i] = a.v[i]; });
        }
    }
};

void run_chains(const LaneProgramView& program, std::uint32_t first, std::uint32_t last, std::byte* memory) {
    Machine<std::int32_t> machine_32{program, memory};
    Machine<std::int64_t> machine_64{program, memory};
    for (std::uint32_t i = first; i < last; ++i) {
        if (program.chains[i].lane == Lane::Int32) {
            machine_32.run(program.chains[i]);
        } else {
            machine_64.run(program.chains[i]);
        }
    }
}

bool is_within(const std::int64_t* rows, std::size_t num_rows, std::size_t num_columns, const std::int64_t* low, const std::int64_t* high) {
    typedef std::int64_t Unaligned __attribute__((vector_size(LUTRA_VECTOR_BYTES), may_alias, aligned(8)));
    const auto at = [](const std::int64_t* values) { return (Vector<std::int64_t>)*reinterpret_cast<const Unaligned*>(values); };
    constexpr auto step = static_cast<std::size_t>(lanes_of<std::int64_t>);
    Vector<std::int64_t> outside = {};
    bool is_outside = false;
    for (std::size_t row = 0; row < num_rows; ++row, rows += num_columns) {
        std::size_t column = 0;
        for (; column + step <= num_columns; column += step) {
            const auto values = at(rows + column);
            outside |= (values < at(low + column)) | (values > at(high + column));
        }
        for (; column < num_columns; ++column) {
            is_outside |= rows[column] < low[column] || rows[column] > high[column];
        }
    }
    for (std::size_t i = 0; i < step; ++i) {
        is_outside |= outside[i] != 0;
    }
    return !is_outside;
}

template <typename T>
void load_lanes(const std::int64_t* column, std::size_t stride, std::byte* slot) {
    auto* lanes = reinterpret_cast<T*>(slot);
    for (std::size_t row = 0; row < lane_block; ++row) {
        lanes[row] = static_cast<T>(column[row * stride]);
    }
}

template <typename T>
void store_lanes(const std::byte* slot, std::int64_t* column, std::size_t stride, std::size_t num_rows) {
    const auto* lanes = reinterpret_cast<const T*>(slot);
    for (std::size_t row = 0; row < num_rows; ++row) {
        column[row * stride] = lanes[row];
    }
}

void load_column(const std::int64_t* column, std::size_t stride, Lane lane, std::byte* slot) {
    if (lane == Lane::Int32) {
        load_lanes<std::int32_t>(column, stride, slot);
    } else {
        load_lanes<std::int64_t>(column, stride, slot);
    }
}

void store_column(const std::byte* slot, Lane lane, std::int64_t* column, std::size_t stride, std::size_t num_rows) {
    if (lane == Lane::Int32) {
        store_lanes<std::int32_t>(slot, column, stride, num_rows);
    } else {
        store_lanes<std::int64_t>(slot, column, stride, num_rows);
    }
}

}  // namespace

const LaneKernels LUTRA_KERNELS = {run_chains, is_within, load_column, store_column};

}  // namespace lutra
