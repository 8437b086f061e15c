#include "lutra/ops/input.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace lutra {

Result<void> Input::validate() const {
    if (!checked_num_elements(shape) || *checked_num_elements(shape) == 0) {
        return fail(DiagnosticId::InvalidAttribute, "input",
                    fmt::format("an input of shape [{}] is empty or has more than {} elements", fmt::join(shape, ", "), max_elements),
                    "give the extents of one event, without the batch axis");
    }
    return {};
}

Result<WireTensor> Input::lower(CircuitBuilder&, std::span<const WireTensor>) const { LUTRA_UNREACHABLE("inputs are not lowered"); }

RealTensor Input::reference(std::span<const RealTensor>) const { LUTRA_UNREACHABLE("inputs have values"); }

}  // namespace lutra
