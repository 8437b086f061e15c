#include "lutra/num/integer.h"

#include <gmp.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "lutra/base/assert.h"

/// The heap form of a large value.
struct lutra_gmp {
    mpz_t value;
};

namespace lutra {

namespace {

lutra_gmp* make_big() {
    auto* big = new lutra_gmp;
    mpz_init(big->value);
    return big;
}

}  // namespace

/// Shows any Integer to GMP without copying: a small one through a temporary.
struct Integer::View {
    explicit View(const Integer& integer) {
        if (integer.big_ != nullptr) {
            value = integer.big_->value;
        } else {
            mpz_init_set_si(temporary, integer.small_);
            value = temporary;
            is_temporary = true;
        }
    }
    View(const View&) = delete;
    View& operator=(const View&) = delete;
    ~View() {
        if (is_temporary) {
            mpz_clear(temporary);
        }
    }
    mpz_srcptr value;
    mpz_t temporary;
    bool is_temporary = false;
};

static_assert(sizeof(long) == sizeof(std::int64_t), "GMP's long must have 64 bits");

Integer::Integer(std::uint64_t value) {
    if (value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        small_ = static_cast<std::int64_t>(value);
    } else {
        big_ = make_big();
        mpz_set_ui(big_->value, value);
    }
}

lutra_gmp* Integer::copy_of(const lutra_gmp& big) {
    auto* copy = make_big();
    mpz_set(copy->value, big.value);
    return copy;
}

void Integer::release() {
    mpz_clear(big_->value);
    delete big_;
    big_ = nullptr;
}

void Integer::normalise() {
    if (big_ != nullptr && mpz_fits_slong_p(big_->value) != 0) {
        small_ = mpz_get_si(big_->value);
        release();
    }
}

Integer Integer::power_of_two(int exponent) { return Integer(1) << exponent; }

std::optional<Integer> Integer::parse(std::string_view text) {
    const bool is_negative = text.starts_with('-');
    std::string_view digits = text.substr(is_negative ? 1 : 0);
    const bool is_hex = digits.starts_with("0x");
    digits.remove_prefix(is_hex ? 2 : 0);
    const auto is_digit = [is_hex](char c) { return (c >= '0' && c <= '9') || (is_hex && ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))); };
    if (digits.empty() || !std::ranges::all_of(digits, is_digit)) {
        return std::nullopt;
    }
    constexpr std::size_t max_short = 15;  // so many digits of either kind fit in 64 bits
    if (digits.size() <= max_short) {
        std::int64_t value = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), value, is_hex ? 16 : 10);
        return is_negative ? -value : value;
    }
    auto* big = make_big();
    mpz_set_str(big->value, std::string(digits).c_str(), is_hex ? 16 : 10);
    Integer result(big);
    return is_negative ? -result : result;
}

std::int64_t Integer::to_int64() const {
    LUTRA_ASSERT(is_small());
    return small_;
}

double Integer::to_double() const {
    if (is_small()) {
        return static_cast<double>(small_);
    }
    // mpz_get_d truncates; rounding to 64 bits with a sticky bit first makes the hardware conversion round correctly.
    const Integer magnitude = abs();
    const int shift = magnitude.bit_length() - 62;
    Integer top = magnitude >> shift;
    if ((top << shift) != magnitude) {
        top = top | Integer(1);
    }
    const double value = std::ldexp(static_cast<double>(top.small_), shift);
    return sign() < 0 ? -value : value;
}

std::string Integer::to_string() const {
    if (is_small()) {
        return std::to_string(small_);
    }
    std::string text(mpz_sizeinbase(big_->value, 10) + 2, '\0');
    mpz_get_str(text.data(), 10, big_->value);
    text.resize(text.find('\0'));
    return text;
}

std::string Integer::to_hex(int width) const {
    const Integer bits = low_bits(width);
    const View view(bits);
    const std::size_t num_digits = std::max(1, (width + 3) / 4);
    std::string text(std::max(mpz_sizeinbase(view.value, 16) + 2, num_digits), '\0');
    mpz_get_str(text.data(), 16, view.value);
    text.resize(text.find('\0'));
    return text.size() < num_digits ? std::string(num_digits - text.size(), '0') + text : text;
}

int Integer::sign_of_big() const { return mpz_sgn(big_->value); }

bool Integer::bit_of_big(int index) const {
    LUTRA_ASSERT(index >= 0);
    return mpz_tstbit(big_->value, static_cast<mp_bitcnt_t>(index)) != 0;
}

int Integer::trailing_zeros_of_big() const { return static_cast<int>(mpz_scan1(big_->value, 0)); }

int Integer::length_of_big() const {
    const Integer magnitude = sign() < 0 ? ~*this : *this;
    const View view(magnitude);
    return static_cast<int>(mpz_sizeinbase(view.value, 2));
}

Integer Integer::low_bits_of_big(int width) const {
    LUTRA_ASSERT(width >= 0);
    if (is_small() && small_ >= 0) {
        return *this;
    }
    const View view(*this);
    auto* big = make_big();
    mpz_fdiv_r_2exp(big->value, view.value, static_cast<mp_bitcnt_t>(width));
    return Integer(big);
}

Integer Integer::signed_bits_of_big(int width) const {
    LUTRA_ASSERT(width >= 0);
    if (width == 0 || is_small()) {
        return width == 0 ? Integer(0) : *this;
    }
    Integer bits = low_bits(width);
    return bits.bit(width - 1) ? bits - power_of_two(width) : bits;
}

Integer Integer::add_big(const Integer& a, const Integer& b) {
    auto* big = make_big();
    mpz_add(big->value, View(a).value, View(b).value);
    return Integer(big);
}

Integer Integer::subtract_big(const Integer& a, const Integer& b) {
    auto* big = make_big();
    mpz_sub(big->value, View(a).value, View(b).value);
    return Integer(big);
}

Integer Integer::multiply_big(const Integer& a, const Integer& b) {
    auto* big = make_big();
    mpz_mul(big->value, View(a).value, View(b).value);
    return Integer(big);
}

int Integer::compare_big(const Integer& a, const Integer& b) { return mpz_cmp(View(a).value, View(b).value); }

Integer Integer::shift_left_big(const Integer& a, int shift) {
    LUTRA_ASSERT(shift >= 0);
    auto* big = make_big();
    mpz_mul_2exp(big->value, View(a).value, static_cast<mp_bitcnt_t>(shift));
    return Integer(big);
}

Integer Integer::shift_right_big(const Integer& a, int shift) {
    LUTRA_ASSERT(shift >= 0);
    auto* big = make_big();
    mpz_fdiv_q_2exp(big->value, View(a).value, static_cast<mp_bitcnt_t>(shift));
    return Integer(big);
}

Integer operator&(const Integer& a, const Integer& b) {
    if (a.is_small() && b.is_small()) {
        return a.small_ & b.small_;
    }
    auto* big = make_big();
    mpz_and(big->value, Integer::View(a).value, Integer::View(b).value);
    return Integer(big);
}

Integer operator|(const Integer& a, const Integer& b) {
    if (a.is_small() && b.is_small()) {
        return a.small_ | b.small_;
    }
    auto* big = make_big();
    mpz_ior(big->value, Integer::View(a).value, Integer::View(b).value);
    return Integer(big);
}

Integer operator^(const Integer& a, const Integer& b) {
    if (a.is_small() && b.is_small()) {
        return a.small_ ^ b.small_;
    }
    auto* big = make_big();
    mpz_xor(big->value, Integer::View(a).value, Integer::View(b).value);
    return Integer(big);
}

Integer floor_divide(const Integer& a, const Integer& b) {
    LUTRA_ASSERT(!b.is_zero());
    if (a.is_small() && b.is_small() && b.small_ > 0) {
        return a.small_ / b.small_ - (a.small_ % b.small_ < 0 ? 1 : 0);
    }
    auto* big = make_big();
    mpz_fdiv_q(big->value, Integer::View(a).value, Integer::View(b).value);
    return Integer(big);
}

Integer floor_square_root(const Integer& a) {
    LUTRA_ASSERT(a.sign() >= 0);
    auto* big = make_big();
    mpz_sqrt(big->value, Integer::View(a).value);
    return Integer(big);
}

Integer greatest_common_divisor(const Integer& a, const Integer& b) {
    auto* big = make_big();
    mpz_gcd(big->value, Integer::View(a).value, Integer::View(b).value);
    return Integer(big);
}

}  // namespace lutra
