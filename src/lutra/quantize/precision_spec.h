#pragma once

/// What a user asks for with --precision and --input-type: types for the model, for layer types and for single layers.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lutra/base/result.h"
#include "lutra/num/fixed_point_type.h"

namespace lutra {

/// What of a layer a type is for: its weights (factors of a batch normalisation), its bias, or its result.
enum class PrecisionVariable { Weight, Bias, Result };

/// The word in a spec, such as "weight".
std::string_view to_string(PrecisionVariable variable);

/// A type as the user wrote it.
struct PrecisionType {
    enum class Kind {
        Fixed,  ///< `type`
        Auto,   ///< to be chosen on calibration data
        Exact,  ///< every bit is kept: no rounding here
    };
    Kind kind = Kind::Fixed;
    Quantization type;         ///< for Fixed; modes that were not written are those of ap_fixed
    bool has_rounding = true;  ///< the rounding mode was written
    bool has_overflow = true;  ///< the overflow mode was written

    friend bool operator==(const PrecisionType&, const PrecisionType&) = default;
};

/// Such as "fixed<16,6,RND>", "auto" or "exact".
std::string to_string(const PrecisionType& type);

/// One --precision: a type and what it is for.
struct PrecisionEntry {
    std::string target;                         ///< a layer's name or type; empty: the whole model
    std::optional<PrecisionVariable> variable;  ///< none: all of them
    PrecisionType type;

    friend bool operator==(const PrecisionEntry&, const PrecisionEntry&) = default;
};

/// As the user writes it, such as "fc1.weight=fixed<8,2>".
std::string to_string(const PrecisionEntry& entry);

/// Reads `fixed<16,6>` (the model), `*.weight=TYPE`, `TARGET=TYPE` or `TARGET.VARIABLE=TYPE`; a TYPE is what num's parse_quantization reads, `auto`
/// or `exact`. Fails with PrecisionSyntax, which says where.
Result<PrecisionEntry> parse_precision(std::string_view text);

/// All entries, in the order in which the user gave them.
struct PrecisionSpec {
    std::vector<PrecisionEntry> entries;

    bool empty() const { return entries.empty(); }
    friend bool operator==(const PrecisionSpec&, const PrecisionSpec&) = default;
};

/// True when a spec leaves something to `auto`.
bool needs_calibration(const PrecisionSpec& spec);

/// Reads every --precision and, when not empty, the --input-type; reports all that cannot be read.
Results<PrecisionSpec> parse_precision_spec(std::span<const std::string> precisions, std::string_view input_type = "");

}  // namespace lutra
