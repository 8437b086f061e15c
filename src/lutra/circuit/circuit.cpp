#include "lutra/circuit/circuit.h"

#include <algorithm>

#include "lutra/base/assert.h"

namespace lutra {

namespace {

std::size_t hash_of(const LookupTable& table) {
    std::size_t hash = table.entries.size();
    const auto mix = [&](const Integer& value) {
        hash = (hash ^ static_cast<std::size_t>(value.low_bits_signed(64).to_int64())) * 0x9E3779B97F4A7C15U;
        hash ^= hash >> 32;
    };
    mix(table.first);
    std::ranges::for_each(table.entries, mix);
    return hash;
}

}  // namespace

std::span<const Wire> Circuit::operands(Wire wire) const {
    const Primitive& primitive = (*this)[wire];
    return std::span(operands_).subspan(primitive.operands, primitive.num_operands);
}

std::span<const Integer> Circuit::coefficients(Wire wire) const {
    const Primitive& primitive = (*this)[wire];
    LUTRA_ASSERT(primitive.kind == PrimitiveKind::Sum);
    return std::span(integers_).subspan(primitive.integers, primitive.num_operands);
}

const Integer& Circuit::constant(Wire wire) const {
    const Primitive& primitive = (*this)[wire];
    LUTRA_ASSERT(primitive.kind == PrimitiveKind::Sum || primitive.kind == PrimitiveKind::Constant);
    return integers_[primitive.integers + primitive.num_operands];
}

Wire Circuit::append(const PrimitiveSpec& spec) {
    if (const auto broken = broken_rule(spec)) {
        fail_assertion(std::string(to_string(spec.kind)) + ": " + *broken, __FILE__, __LINE__);
    }
    Primitive primitive{.kind = spec.kind,
                        .type = spec.type,
                        .interval = infer_interval(spec),
                        .operands = static_cast<std::uint32_t>(operands_.size()),
                        .num_operands = static_cast<std::uint32_t>(spec.operands.size()),
                        .integers = static_cast<std::uint32_t>(integers_.size()),
                        .amount = spec.amount,
                        .origin = current_origin_};
    operands_.insert(operands_.end(), spec.operands.begin(), spec.operands.end());
    if (spec.kind == PrimitiveKind::Sum || spec.kind == PrimitiveKind::Constant) {
        integers_.insert(integers_.end(), spec.integers.begin(), spec.integers.end());
    }
    primitives_.push_back(std::move(primitive));
    return {size() - 1};
}

std::uint32_t Circuit::add_table(LookupTable table) {
    const std::size_t hash = hash_of(table);
    for (auto [candidate, end] = tables_by_hash_.equal_range(hash); candidate != end; ++candidate) {
        if (tables_[candidate->second] == table) {
            return candidate->second;
        }
    }
    const auto number = static_cast<std::uint32_t>(tables_.size());
    tables_.push_back(std::move(table));
    tables_by_hash_.emplace(hash, number);
    return number;
}

void Circuit::set_origin(std::string_view origin) {
    if (origins_[current_origin_] == origin) {
        return;
    }
    const auto [place, is_new] = origin_numbers_.try_emplace(std::string(origin), static_cast<std::uint32_t>(origins_.size()));
    if (is_new) {
        origins_.emplace_back(origin);
    }
    current_origin_ = place->second;
}

bool operator==(const Circuit& a, const Circuit& b) {
    const auto same_primitive = [&](std::uint32_t i) {
        const Wire wire{i};
        const Primitive& p = a[wire];
        const Primitive& q = b[wire];
        const bool has_integers = p.kind == PrimitiveKind::Sum || p.kind == PrimitiveKind::Constant;
        return p.kind == q.kind && p.type == q.type && p.interval == q.interval && p.amount == q.amount && a.origin(wire) == b.origin(wire) &&
               std::ranges::equal(a.operands(wire), b.operands(wire)) && (!has_integers || a.constant(wire) == b.constant(wire)) &&
               (p.kind != PrimitiveKind::Sum || std::ranges::equal(a.coefficients(wire), b.coefficients(wire)));
    };
    if (a.size() != b.size() || a.tables_ != b.tables_ || a.inputs_ != b.inputs_ || a.outputs_ != b.outputs_) {
        return false;
    }
    for (std::uint32_t i = 0; i < a.size(); ++i) {
        if (!same_primitive(i)) {
            return false;
        }
    }
    return true;
}

std::vector<Wire> flat_wires(const std::vector<Port>& ports) {
    std::vector<Wire> wires;
    for (const Port& port : ports) {
        wires.insert(wires.end(), port.wires.begin(), port.wires.end());
    }
    return wires;
}

}  // namespace lutra
