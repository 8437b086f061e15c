#include "lutra/stream/npy_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lutra {

namespace {

constexpr std::uint64_t max_event_size = std::uint64_t{1} << 24;  // elements of one event
constexpr std::uint64_t max_block_size = std::uint64_t{1} << 22;  // elements of one block

/// Steps of the element number in C order when the element number in Fortran order steps through an event: a mixed-radix count.
class FortranOrder {
public:
    explicit FortranOrder(std::vector<std::uint64_t> shape) : shape_(std::move(shape)), index_(shape_.size(), 0), strides_(shape_.size(), 1) {
        for (std::size_t axis = shape_.size(); axis-- > 1;) {
            strides_[axis - 1] = strides_[axis] * shape_[axis];
        }
    }

    /// The C-order number of the current element.
    std::uint64_t element() const { return element_; }

    void advance() {
        for (std::size_t axis = 0; axis < shape_.size(); ++axis) {
            element_ += strides_[axis];
            if (++index_[axis] < shape_[axis]) {
                return;
            }
            element_ -= strides_[axis] * shape_[axis];
            index_[axis] = 0;
        }
    }

private:
    std::vector<std::uint64_t> shape_;
    std::vector<std::uint64_t> index_;
    std::vector<std::uint64_t> strides_;
    std::uint64_t element_ = 0;
};

}  // namespace

Result<NpyReader> NpyReader::open(const std::filesystem::path& path) {
    LUTRA_TRY(auto source, open_file_source(path));
    return create(std::move(source));
}

Result<NpyReader> NpyReader::create(std::unique_ptr<ByteSource> source) {
    LUTRA_TRY(NpyHeader header, read_npy_header(*source));
    if (header.shape.empty()) {
        return fail(DiagnosticId::NpyShapeMismatch, source->name(), "the array is a single number; its first axis must count events",
                    "save an array of shape (events, ...)");
    }
    // The header's check bounds the product by the size of the data, unless one factor is 0.
    std::uint64_t event_size = 1;
    for (std::size_t axis = 1; axis < header.shape.size(); ++axis) {
        const std::uint64_t dimension = header.shape[axis];
        event_size = dimension > max_event_size ? max_event_size + 1 : std::min(event_size * dimension, max_event_size + 1);
        if (dimension == 0) {
            event_size = 0;
            break;
        }
    }
    if (event_size == 0 || event_size > max_event_size) {
        return fail(DiagnosticId::NpyShapeMismatch, source->name(),
                    fmt::format("each event of the shape {} must have 1 to {} elements", format_shape(header.shape), max_event_size),
                    "save an array of shape (events, ...)");
    }
    return NpyReader(std::move(source), std::move(header), event_size);
}

Result<EventBlock> NpyReader::read_events(std::size_t max_events) {
    const std::uint64_t left = num_events() - std::min(num_events(), next_event_);
    const std::uint64_t largest = std::max<std::uint64_t>(1, max_block_size / event_size_);
    EventBlock block{.first_event = next_event_,
                     .num_events = std::min<std::uint64_t>({max_events, left, largest}),
                     .event_size = event_size_,
                     .values = {},
                     .integers = {}};
    if (block.num_events == 0) {
        return block;
    }
    block.values.resize(block.num_events * event_size_);
    if (is_integer(type())) {
        block.integers.resize(block.values.size());
    }
    const bool is_rowwise = !header_.is_fortran || header_.shape.size() == 1;
    if (auto done = is_rowwise ? read_rows(block) : read_columns(block); !done) {
        return std::unexpected(std::move(done).error());
    }
    if (auto is_good = check(block); !is_good) {
        return std::unexpected(std::move(is_good).error());
    }
    next_event_ += block.num_events;
    return block;
}

Result<void> NpyReader::read_rows(EventBlock& block) {
    const std::size_t row_bytes = event_size_ * size_of(type());
    std::vector<char> bytes(block.num_events * row_bytes);
    if (auto got = source_->read(header_.data_offset + block.first_event * row_bytes, bytes); !got) {
        return got;
    }
    decode_values(header_.layout, bytes, block.values);
    if (!block.integers.empty()) {
        decode_integers(header_.layout, bytes, block.integers);
    }
    return {};
}

Result<void> NpyReader::read_columns(EventBlock& block) {
    const std::size_t size = size_of(type());
    std::vector<char> bytes(block.num_events * size);
    std::vector<double> values(block.num_events);
    std::vector<std::int64_t> integers(block.integers.empty() ? 0 : block.num_events);
    FortranOrder order(event_shape());
    for (std::uint64_t column = 0; column < event_size_; ++column, order.advance()) {
        const std::uint64_t offset = header_.data_offset + (column * num_events() + block.first_event) * size;
        if (auto got = source_->read(offset, bytes); !got) {
            return got;
        }
        decode_values(header_.layout, bytes, values);
        for (std::size_t event = 0; event < block.num_events; ++event) {
            block.values[event * event_size_ + order.element()] = values[event];
        }
        if (!integers.empty()) {
            decode_integers(header_.layout, bytes, integers);
            for (std::size_t event = 0; event < block.num_events; ++event) {
                block.integers[event * event_size_ + order.element()] = integers[event];
            }
        }
    }
    return {};
}

Result<void> NpyReader::check(const EventBlock& block) const {
    const auto place = [&](std::size_t i) { return fmt::format("event {}, element {}", block.first_event + i / event_size_, i % event_size_); };
    if (type() == ElementType::UInt64) {
        const auto large = std::ranges::find_if(block.integers, [](std::int64_t value) { return value < 0; });
        if (large != block.integers.end()) {
            return fail(DiagnosticId::NpyUnsupportedType, name(),
                        fmt::format("an integer is larger than 2^63 - 1: {}", place(static_cast<std::size_t>(large - block.integers.begin()))));
        }
    }
    if (!is_integer(type())) {
        const auto bad = std::ranges::find_if(block.values, [](double value) { return !std::isfinite(value); });
        if (bad != block.values.end()) {
            return fail(
                DiagnosticId::NpyNotFinite, name(),
                fmt::format("a value is {}: {}", std::isnan(*bad) ? "not a number" : "infinite", place(static_cast<std::size_t>(bad - block.values.begin()))),
                "remove or replace such events");
        }
    }
    return {};
}

}  // namespace lutra
