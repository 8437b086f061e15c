#pragma once

/// The parameters, buffers and constants of a torch.export archive: raw bytes beside a JSON table.

#include <map>
#include <string>
#include <string_view>

#include "lutra/import/archive.h"
#include "lutra/import/json.h"
#include "lutra/import/onnx/read_tensor.h"

namespace lutra::torch {

/// The element type of a number of torch's ScalarType; nothing for complex numbers and floats of 8 bits.
std::optional<onnx::ElementType> element_type_of_scalar(std::int64_t scalar_type);

/// The extents of a tensor as the file says them, `batch_extent` for symbols; fails with TorchInvalidProgram.
Result<Shape> shape_of(const Json& tensor_meta, const std::string& place);

/// Reads tensors by the names of the program.
class StoredTensors {
public:
    /// `folder` holds the tensors' files; `table` is the parsed `..._config.json` of it.
    StoredTensors(const Archive& archive, std::string folder, Json table) : archive_(archive), folder_(std::move(folder)), table_(std::move(table)) {}

    /// Decodes a tensor, whatever its strides. A tensor that needs more elements than its file holds is refused, and so are pickled ones.
    Result<onnx::Tensor> read(const std::string& name, const std::string& place, onnx::ConstantBudget& budget);

private:
    Result<std::string_view> file(const std::string& name);

    const Archive& archive_;
    std::string folder_;
    Json table_;
    std::map<std::string, std::string, std::less<>> files_;
};

}  // namespace lutra::torch
