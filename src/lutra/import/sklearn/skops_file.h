#pragma once

/// The objects in a skops file, without making any of them.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lutra/import/archive.h"
#include "lutra/import/json.h"
#include "lutra/import/onnx/read_tensor.h"

namespace lutra::sklearn {

/// An object of a schema. Objects that occur twice are spelled once and then named by their number.
class SkopsFile {
public:
    /// `archive` must outlive the file. Fails with SklearnInvalidFile.
    static Result<SkopsFile> open(const Archive& archive, const std::string& place);

    const Json& root() const { return *schema_; }
    /// What a node of the schema stands for.
    const Json& resolve(const Json& node) const;
    /// An attribute of an object, or an entry of a dict; null when it has none of this name.
    const Json& attribute(const Json& object, std::string_view name) const;
    /// The elements of a list or tuple.
    std::vector<const Json*> elements(const Json& list) const;

    /// Values of nodes; nothing when they are of another kind.
    std::optional<std::string> string(const Json& node) const;
    std::optional<double> number(const Json& node) const;
    std::optional<bool> boolean(const Json& node) const;
    /// True for None; false for what is not there.
    bool is_none(const Json& node) const;
    /// An array of real numbers or integers as a tensor of doubles. Fails with SklearnInvalidFile.
    Result<onnx::Tensor> array(const Json& node, std::string_view what, onnx::ConstantBudget& budget) const;

    std::unexpected<Diagnostic> invalid(std::string message) const;

private:
    SkopsFile(const Archive& archive, std::string place, Json schema);
    /// The value of a node that holds JSON text.
    Json plain(const Json& node) const;

    const Archive* archive_;
    std::string place_;
    std::shared_ptr<const Json> schema_;
    std::map<std::int64_t, const Json*> objects_{};  ///< of the schema, by their numbers
};

/// The class of an object, such as "MLPClassifier"; empty when it is none.
std::string class_of(const Json& object);

}  // namespace lutra::sklearn
