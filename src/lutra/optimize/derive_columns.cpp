#include "lutra/optimize/derive_columns.h"

#include <limits>

#include "lutra/base/bits.h"
#include "lutra/optimize/term_depths.h"

namespace lutra {

namespace {

/// Signed digits that a number needs at least.
int num_signed_digits(std::int64_t value) {
    const auto magnitude = static_cast<std::uint64_t>(value < 0 ? -value : value);
    return count_ones(magnitude ^ (magnitude * 3));  // Prodinger, "On binary representations of integers with digits -1, 0, 1", 2000
}

/// Calls visit(operand, a's coefficient, b's coefficient) for all operands of both.
template <typename Visit>
void merge(const SparseVector& a, const SparseVector& b, Visit visit) {
    auto left = a.begin();
    auto right = b.begin();
    while (left != a.end() || right != b.end()) {
        if (right == b.end() || (left != a.end() && left->first < right->first)) {
            visit(left->first, left->second, std::int64_t{0});
            ++left;
        } else if (left == a.end() || right->first < left->first) {
            visit(right->first, std::int64_t{0}, right->second);
            ++right;
        } else {
            visit(left->first, left->second, right->second);
            ++left;
            ++right;
        }
    }
}

/// Digits of a - b and of a + b.
std::pair<int, int> distances(const SparseVector& a, const SparseVector& b) {
    std::pair<int, int> digits{0, 0};
    merge(a, b, [&](std::uint32_t, std::int64_t p, std::int64_t q) {
        digits.first += num_signed_digits(p - q);
        digits.second += num_signed_digits(p + q);
    });
    return digits;
}

int weight(const SparseVector& column) {
    int digits = 0;
    for (const auto& [operand, coefficient] : column) {
        digits += num_signed_digits(coefficient);
    }
    return digits;
}

}  // namespace

SparseVector difference(const SparseVector& a, const SparseVector& b, int factor) {
    SparseVector result;
    merge(a, b, [&](std::uint32_t operand, std::int64_t p, std::int64_t q) {
        if (p != factor * q) {
            result.emplace_back(operand, p - factor * q);
        }
    });
    return result;
}

std::vector<Derivation> derive_columns(const std::vector<SparseVector>& columns, int max_depth) {
    struct Vertex {
        Derivation best;
        int distance = 0;
        int depth = 0;
        bool is_done = false;
    };
    std::vector<Vertex> vertices;
    for (std::uint32_t c = 0; c < columns.size(); ++c) {
        const int digits = weight(columns[c]);
        vertices.push_back({{.column = c}, digits, TermDepths::depth_of(static_cast<std::uint64_t>(digits))});
    }
    std::vector<Derivation> order;
    while (order.size() < columns.size()) {
        std::uint32_t nearest = 0;
        int least = std::numeric_limits<int>::max();
        for (std::uint32_t c = 0; c < columns.size(); ++c) {
            if (!vertices[c].is_done && vertices[c].distance < least) {
                least = vertices[c].distance;
                nearest = c;
            }
        }
        const Vertex& from = vertices[nearest];
        vertices[nearest].is_done = true;
        order.push_back(from.best);
        if (columns[nearest].empty()) {
            continue;
        }
        for (std::uint32_t c = 0; c < columns.size(); ++c) {
            Vertex& vertex = vertices[c];
            if (vertex.is_done) {
                continue;
            }
            const auto [minus, plus] = distances(columns[c], columns[nearest]);
            const int digits = std::min(minus, plus);
            const int depth = TermDepths::depth_of(TermDepths::leaves_of(from.depth) + static_cast<std::uint64_t>(digits));
            if (20 * (digits + 1) <= 19 * vertex.distance && depth <= max_depth) {
                vertex.distance = digits + 1;
                vertex.depth = depth;
                vertex.best = {.column = c, .from = nearest, .factor = minus <= plus ? 1 : -1};
            }
        }
    }
    return order;
}

}  // namespace lutra
