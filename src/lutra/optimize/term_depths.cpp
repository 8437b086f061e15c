#include "lutra/optimize/term_depths.h"

#include <bit>

namespace lutra {

int TermDepths::depth_of(std::uint64_t leaves) { return leaves <= 1 ? 0 : static_cast<int>(std::bit_width(leaves - 1)); }

void TermDepths::add_column(std::uint64_t num_leaves, std::uint64_t max_leaves) {
    leaves_.push_back(num_leaves);
    max_leaves_.push_back(max_leaves);
    rows_of_.push_back(none);
}

void TermDepths::add_row_of(std::uint32_t column) {
    rows_of_[column] = static_cast<std::uint32_t>(depths_.size());
    depths_.push_back(depth_of(leaves_[column]));
}

bool TermDepths::grow(std::uint32_t column, std::uint64_t growth) {
    const std::size_t num_changes = changes_.size();
    if (growth == 0 || raise(column, growth)) {
        return true;
    }
    undo_to(num_changes);
    return false;
}

void TermDepths::undo_to(std::size_t num_changes) {
    for (; changes_.size() > num_changes; changes_.pop_back()) {
        const Change& change = changes_.back();
        leaves_[change.column] = change.leaves;
        if (rows_of_[change.column] != none) {
            depths_[rows_of_[change.column]] = change.depth;
        }
    }
}

bool TermDepths::raise(std::uint32_t column, std::uint64_t growth) {
    const std::uint32_t row = rows_of_[column];
    changes_.push_back({column, leaves_[column], row == none ? 0 : depths_[row]});
    leaves_[column] += growth;
    if (leaves_[column] > max_leaves_[column]) {
        return false;
    }
    if (row == none) {
        return true;
    }
    const int depth = depth_of(leaves_[column]);
    if (depth <= depths_[row]) {
        return true;
    }
    const std::uint64_t more = leaves_of(depth) - leaves_of(depths_[row]);
    depths_[row] = depth;
    for (const TermGrid::TermId id : grid_.row(row)) {
        if (!grid_[id].is_alternative && !raise(grid_[id].column, more)) {
            return false;
        }
    }
    return true;
}

}  // namespace lutra
