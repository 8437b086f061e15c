#pragma once

/// An exact integer of any size: 64 bits inline, GMP beyond.

#include <bit>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

struct lutra_gmp;  // never defined: keeps GMP's header out of ours

namespace lutra {

/// An exact integer with value semantics. Values that fit in 64 bits never touch the heap.
/// Bitwise operations see an infinite two's complement; right shifts round down.
class Integer {
public:
    Integer() = default;
    Integer(std::int64_t value) : small_(value) {}  // NOLINT: integers convert silently on purpose
    Integer(int value) : small_(value) {}           // NOLINT
    Integer(unsigned value) : small_(value) {}      // NOLINT
    Integer(std::uint64_t value);                   // NOLINT
    Integer(const Integer& other) : small_(other.small_), big_(other.big_ == nullptr ? nullptr : copy_of(*other.big_)) {}
    Integer(Integer&& other) noexcept : small_(other.small_), big_(std::exchange(other.big_, nullptr)) {}
    Integer& operator=(const Integer& other) {
        if (is_small() && other.is_small()) {
            small_ = other.small_;
            return *this;
        }
        return *this = Integer(other);
    }
    Integer& operator=(Integer&& other) noexcept {
        small_ = other.small_;
        std::swap(big_, other.big_);
        return *this;
    }
    ~Integer() {
        if (big_ != nullptr) {
            release();
        }
    }

    /// 2^exponent, exponent >= 0.
    static Integer power_of_two(int exponent);
    /// Reads decimal digits with an optional minus sign, or 0x and hexadecimal digits; nothing else is accepted.
    static std::optional<Integer> parse(std::string_view text);

    bool is_small() const { return big_ == nullptr; }
    /// The value as a 64-bit integer; it must fit.
    std::int64_t to_int64() const;
    /// The nearest double, ties to even; infinite beyond the range of doubles.
    double to_double() const;
    std::string to_string() const;
    /// The lowest `width` bits as lower-case hexadecimal digits, ceil(width / 4) of them and at least one.
    std::string to_hex(int width) const;

    int sign() const { return is_small() ? (small_ > 0 ? 1 : 0) - (small_ < 0 ? 1 : 0) : sign_of_big(); }
    bool is_zero() const { return big_ == nullptr && small_ == 0; }
    bool is_odd() const { return bit(0); }
    /// Bit `index` of the infinite two's complement.
    bool bit(int index) const { return is_small() && index >= 0 ? ((small_ >> (index < 63 ? index : 63)) & 1) != 0 : bit_of_big(index); }
    /// Number of trailing zero bits; 0 for the value 0.
    int trailing_zeros() const { return is_small() ? (small_ == 0 ? 0 : std::countr_zero(static_cast<std::uint64_t>(small_))) : trailing_zeros_of_big(); }
    /// Whether the value is 0 modulo 2^exponent.
    bool is_multiple_of_power_of_two(int exponent) const { return is_zero() || trailing_zeros() >= exponent; }
    /// The smallest w such that the value fits in an unsigned (value >= 0) field of w bits, or for negative values such that
    /// -2^w <= value; a signed field needs one bit more. 0 for 0 and -1.
    int bit_length() const { return is_small() ? 64 - std::countl_zero(static_cast<std::uint64_t>(small_ < 0 ? ~small_ : small_)) : length_of_big(); }
    /// The value modulo 2^width, as a number in [0, 2^width).
    Integer low_bits(int width) const {
        const bool is_short = is_small() && width >= 0 && width < 63;
        return is_short ? Integer(small_ & ((std::int64_t{1} << width) - 1)) : low_bits_of_big(width);
    }
    /// The value of the lowest `width` bits read as two's complement, in [-2^(width-1), 2^(width-1)); 0 for width 0.
    Integer low_bits_signed(int width) const {
        const bool is_short = is_small() && width > 0 && width <= 64;
        return is_short ? Integer(static_cast<std::int64_t>(static_cast<std::uint64_t>(small_) << (64 - width)) >> (64 - width)) : signed_bits_of_big(width);
    }
    Integer abs() const { return sign() < 0 ? -*this : *this; }

    Integer operator-() const { return Integer(0) - *this; }
    Integer operator~() const { return -*this - Integer(1); }
    Integer& operator+=(const Integer& other) { return *this = *this + other; }
    Integer& operator-=(const Integer& other) { return *this = *this - other; }
    Integer& operator*=(const Integer& other) { return *this = *this * other; }

    friend Integer operator+(const Integer& a, const Integer& b) {
        std::int64_t sum = 0;
        if (a.big_ == nullptr && b.big_ == nullptr && !__builtin_add_overflow(a.small_, b.small_, &sum)) {
            return sum;
        }
        return add_big(a, b);
    }
    friend Integer operator-(const Integer& a, const Integer& b) {
        std::int64_t difference = 0;
        if (a.big_ == nullptr && b.big_ == nullptr && !__builtin_sub_overflow(a.small_, b.small_, &difference)) {
            return difference;
        }
        return subtract_big(a, b);
    }
    friend Integer operator*(const Integer& a, const Integer& b) {
        std::int64_t product = 0;
        if (a.big_ == nullptr && b.big_ == nullptr && !__builtin_mul_overflow(a.small_, b.small_, &product)) {
            return product;
        }
        return multiply_big(a, b);
    }
    friend Integer operator<<(const Integer& a, int shift) {
        const bool is_short = a.is_small() && shift >= 0 && shift < 63 && a.small_ == ((a.small_ << shift) >> shift);
        return is_short ? Integer(a.small_ << shift) : shift_left_big(a, shift);
    }
    /// Divides by 2^shift and rounds down.
    friend Integer operator>>(const Integer& a, int shift) {
        return a.is_small() && shift >= 0 ? Integer(a.small_ >> (shift < 63 ? shift : 63)) : shift_right_big(a, shift);
    }
    friend Integer operator&(const Integer& a, const Integer& b);
    friend Integer operator|(const Integer& a, const Integer& b);
    friend Integer operator^(const Integer& a, const Integer& b);

    friend bool operator==(const Integer& a, const Integer& b) {
        return a.big_ == nullptr && b.big_ == nullptr ? a.small_ == b.small_ : compare_big(a, b) == 0;
    }
    friend std::strong_ordering operator<=>(const Integer& a, const Integer& b) {
        return a.big_ == nullptr && b.big_ == nullptr ? a.small_ <=> b.small_ : compare_big(a, b) <=> 0;
    }

private:
    struct View;
    explicit Integer(lutra_gmp* big) : big_(big) { normalise(); }

    static lutra_gmp* copy_of(const lutra_gmp& big);
    void release();
    void normalise();
    int sign_of_big() const;
    bool bit_of_big(int index) const;
    int trailing_zeros_of_big() const;
    int length_of_big() const;
    Integer low_bits_of_big(int width) const;
    Integer signed_bits_of_big(int width) const;
    static Integer shift_left_big(const Integer& a, int shift);
    static Integer shift_right_big(const Integer& a, int shift);
    static Integer add_big(const Integer& a, const Integer& b);
    static Integer subtract_big(const Integer& a, const Integer& b);
    static Integer multiply_big(const Integer& a, const Integer& b);
    static int compare_big(const Integer& a, const Integer& b);
    friend Integer floor_divide(const Integer& a, const Integer& b);
    friend Integer floor_square_root(const Integer& a);
    friend Integer greatest_common_divisor(const Integer& a, const Integer& b);

    std::int64_t small_ = 0;
    lutra_gmp* big_ = nullptr;  ///< an mpz_t on the heap when the value does not fit in 64 bits
};

/// a / b rounded towards minus infinity; b is not zero.
Integer floor_divide(const Integer& a, const Integer& b);

/// The square root of a >= 0, rounded down.
Integer floor_square_root(const Integer& a);

/// The greatest common divisor, not negative; gcd(0, b) = |b|.
Integer greatest_common_divisor(const Integer& a, const Integer& b);

/// For fmt and GoogleTest: the decimal digits.
inline std::string format_as(const Integer& value) { return value.to_string(); }

}  // namespace lutra
