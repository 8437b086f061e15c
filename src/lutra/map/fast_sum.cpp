#include "lutra/map/fast_sum.h"

#include <algorithm>
#include <bit>
#include <ranges>

namespace lutra {

namespace {

/// Words that wait for their row.
struct WaitingWord {
    WordProfile profile;
    int number = 0;
    double time = 0;
};

double row_delay_ns(const RowShape& row, const CostModel& delays) { return row.cost > 0 ? delays.adder_delay_ns(row.end - row.first) : 0; }

/// Adds the words that are there first, until one row takes what is left (after Golumbic, "Combinatorial merging", IEEE Trans. Computers 25, 1976).
class RowsByTime {
public:
    RowsByTime(const SumProfile& sum, const std::vector<double>& times, const CostModel& delays)
        : sum_(sum), delays_(delays), has_constant_(sum.constant != 0) {
        for (std::size_t i = 0; i < sum.words.size(); ++i) {
            waiting_.push_back({sum.words[i], static_cast<int>(i), times[i]});
        }
        next_number_ = static_cast<int>(waiting_.size());
    }

    RowPlan run() {
        while (waiting_.size() > 1 || has_constant_) {
            std::ranges::stable_sort(waiting_, {}, &WaitingWord::time);
            if (fits(waiting_.size(), has_constant_)) {
                add(waiting_.size(), has_constant_);
                continue;
            }
            if (!sum_.has_ternary_rows) {
                add(2, has_constant_ && fits(2, true));
            } else if (has_constant_) {
                add(std::min<std::size_t>(2, waiting_.size()), true);
            } else {
                add(waiting_.size() % 2 == 0 ? 2 : 3, false);
            }
        }
        return std::move(plan_);
    }

private:
    RowShape shape(std::size_t num_words, bool with_constant) const {
        std::array<WordProfile, 3> profiles;
        std::transform(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(num_words), profiles.begin(),
                       [](const WaitingWord& w) { return w.profile; });
        return row_shape({profiles.data(), num_words}, with_constant ? sum_.constant : 0, sum_.window, sum_.has_ternary_rows);
    }

    bool fits(std::size_t num_words, bool with_constant) const {
        return num_words <= 3 && num_words <= waiting_.size() && shape(num_words, with_constant).fits;
    }

    /// A row over the first words.
    void add(std::size_t num_words, bool with_constant) {
        RowStep step{.num_words = static_cast<int>(num_words), .has_constant = with_constant};
        const RowShape row = shape(num_words, with_constant);
        double time = 0;
        for (std::size_t i = 0; i < num_words; ++i) {
            step.words[i] = waiting_[i].number;
            time = std::max(time, waiting_[i].time);
        }
        plan_.cost += row.cost;
        plan_.steps.push_back(step);
        waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(num_words));
        waiting_.push_back({row.result, next_number_++, time + row_delay_ns(row, delays_)});
        has_constant_ = has_constant_ && !with_constant;
    }

    const SumProfile& sum_;
    const CostModel& delays_;
    std::vector<WaitingWord> waiting_;
    RowPlan plan_;
    bool has_constant_;
    int next_number_ = 0;
};

/// Columns while levels of counters are put on them.
class CounterLevels {
public:
    explicit CounterLevels(const FastSumRequest& request) : request_(request), columns_(request.columns), next_number_(request.num_bits) {}

    /// Leaves at most `height` bits in each column where one level can do that, and a place for the constant in front of a ternary row.
    void add_level(std::size_t height) {
        HeapColumns next(columns_.size());
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            std::vector<TimedBit>& bits = columns_[c];
            std::ranges::stable_sort(bits, {}, &TimedBit::as_lut_input);
            std::size_t taken = 0;
            const std::size_t left = height == 3 && has_constant(c) ? height - 1 : height;
            while (bits.size() - taken + next[c].size() > left && bits.size() - taken >= 2) {
                // Two bits are left at least: bits below a row would be functions of many bits, where a row's sum is one that can be proved.
                const std::size_t num_left = bits.size() - taken + next[c].size();
                const std::size_t num_bits = counter_size(num_left - left, std::min(bits.size() - taken, num_left - 1));
                count({bits.data() + taken, num_bits}, c, next);
                taken += num_bits;
            }
            next[c].insert(next[c].end(), bits.begin() + static_cast<std::ptrdiff_t>(taken), bits.end());
        }
        columns_ = std::move(next);
    }

    bool fit_one_row() const {
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            if (columns_[c].size() > (!request_.has_ternary_rows || has_constant(c) ? 2U : 3U)) {
                return false;
            }
        }
        return true;
    }

    const HeapColumns& columns() const { return columns_; }
    std::vector<Counter> take_counters() { return std::move(counters_); }

private:
    bool has_constant(std::size_t column) const { return request_.has_ternary_rows && (request_.constant >> column & 1) != 0; }

    /// Bits that a counter takes, at most `num_left`, where `too_many` are over: 3:2 costs a LUT with two outputs for each bit that is gone, as 5:3 and 6:3 do.
    std::size_t counter_size(std::size_t too_many, std::size_t num_left) const {
        const std::size_t wanted = !request_.has_ternary_rows || too_many <= 2 ? 3 : too_many <= 4 ? 5 : 6;
        return num_left >= wanted ? wanted : std::min<std::size_t>(num_left, 3);
    }

    void count(std::span<const TimedBit> bits, std::size_t column, HeapColumns& next) {
        Counter counter{.column = static_cast<int>(column), .num_bits = static_cast<int>(bits.size()), .bits = {}};
        double time = 0;
        for (std::size_t i = 0; i < bits.size(); ++i) {
            counter.bits[i] = bits[i].number;
            time = std::max(time, bits[i].as_lut_input);
        }
        time += request_.delays.gate_delay_ns(counter.num_bits);
        for (int i = 0; i < counter.num_outputs(); ++i) {
            const std::size_t place = column + static_cast<std::size_t>(i);
            if (place < next.size()) {
                next[place].push_back({next_number_, time, time});
            }
            ++next_number_;
        }
        counters_.push_back(counter);
    }

    const FastSumRequest& request_;
    HeapColumns columns_;
    std::vector<Counter> counters_;
    int next_number_;
};

/// Words of what is left in the columns, earliest bits first, and rows over them.
FastSum with_rows(const FastSumRequest& request, HeapColumns columns, std::vector<Counter> counters) {
    FastSum result{.counters = std::move(counters), .words = {}, .rows = {}};
    SumProfile sum{.words = {}, .constant = request.constant, .window = request.window, .has_ternary_rows = request.has_ternary_rows};
    std::vector<double> times;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        std::ranges::stable_sort(columns[c], {}, &TimedBit::as_row_input);
        for (std::size_t i = 0; i < columns[c].size(); ++i) {
            if (i == result.words.size()) {
                result.words.emplace_back(columns.size(), FastSum::none);
                sum.words.emplace_back();
                times.push_back(0);
            }
            result.words[i][c] = columns[c][i].number;
            sum.words[i].columns |= std::uint64_t{1} << c;
            sum.words[i].max_value |= result.counters.empty() ? std::uint64_t{1} << c : (std::uint64_t{1} << request.window) - 1;
            times[i] = std::max(times[i], columns[c][i].as_row_input);
        }
    }
    result.rows = RowsByTime(sum, times, request.delays).run();
    result.time_ns = rows_done_ns(sum, result.rows, std::move(times), request.delays);
    return result;
}

}  // namespace

double rows_done_ns(const SumProfile& sum, const RowPlan& plan, std::vector<double> times, const CostModel& delays) {
    std::vector<WordProfile> words = sum.words;
    for (const RowStep& step : plan.steps) {
        std::vector<WordProfile> operands;
        double time = 0;
        for (const int word : step.all()) {
            operands.push_back(words[static_cast<std::size_t>(word)]);
            time = std::max(time, times[static_cast<std::size_t>(word)]);
        }
        const RowShape row = row_shape(operands, step.has_constant ? sum.constant : 0, sum.window, sum.has_ternary_rows);
        words.push_back(row.result);
        times.push_back(time + row_delay_ns(row, delays));
    }
    return times.empty() ? 0 : times.back();
}

FastSum plan_fast_sum(const FastSumRequest& request) {
    std::size_t height = 0;
    for (const std::vector<TimedBit>& column : request.columns) {
        height = std::max(height, column.size());
    }
    FastSum rows = with_rows(request, request.columns, {});
    if (!request.has_counters) {
        return rows;
    }
    std::vector<std::size_t> heights;  // that the levels leave, last level first
    const std::size_t row_height = request.has_ternary_rows ? 3 : 2;
    for (std::size_t h = row_height; h < height; h = request.has_ternary_rows ? 2 * h : h * 3 / 2) {
        heights.push_back(h);
    }
    CounterLevels levels(request);
    std::ranges::for_each(std::views::reverse(heights), [&](std::size_t h) { levels.add_level(h); });
    constexpr int max_more_levels = 4;
    for (int i = 0; i < max_more_levels && !levels.fit_one_row(); ++i) {
        levels.add_level(row_height);
    }
    HeapColumns columns = levels.columns();
    FastSum counters = with_rows(request, std::move(columns), levels.take_counters());
    constexpr double least_gain_ns = 1e-6;
    return counters.time_ns < rows.time_ns - least_gain_ns ? counters : rows;
}

}  // namespace lutra
