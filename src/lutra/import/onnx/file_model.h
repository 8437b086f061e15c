#pragma once

/// What an ONNX file says, in our own types: nothing is interpreted yet.

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "lutra/import/onnx/tensor.h"

namespace lutra::onnx {

/// An attribute whose kind we do not read: a graph, a type, a sparse tensor.
struct UnreadAttribute {
    friend bool operator==(const UnreadAttribute&, const UnreadAttribute&) = default;
};

using AttributeContent =
    std::variant<UnreadAttribute, double, std::int64_t, std::string, Tensor, std::vector<double>, std::vector<std::int64_t>, std::vector<std::string>>;

/// One operator.
struct FileNode {
    std::string name;    ///< the file's; "OpType_12" for the 13th node when it has none
    std::string domain;  ///< "" for ONNX itself ("ai.onnx" is normalised)
    std::string op_type;
    std::string origin{};             ///< what the file calls the operator, where the file is not ONNX: "aten.linear"; for places of diagnostics
    std::vector<std::string> inputs;  ///< "" for an optional one that is absent
    std::vector<std::string> outputs;
    std::map<std::string, AttributeContent, std::less<>> attributes;

    /// The operator as users of the file know it.
    const std::string& shown_type() const { return origin.empty() ? op_type : origin; }
};

/// An input of the graph that no initialiser gives.
struct FileInput {
    std::string name;
    int type_code = 0;
    bool has_shape = false;
    std::vector<std::int64_t> extents;  ///< -1 where the extent is a name or not known
};

struct FileModel {
    std::string producer;
    std::map<std::string, std::int64_t, std::less<>> opsets;  ///< version by domain
    std::vector<FileNode> nodes;
    std::vector<FileInput> inputs;
    std::vector<std::string> outputs;
    std::map<std::string, Tensor, std::less<>> initializers;
    std::set<std::string, std::less<>> damaged_initializers;  ///< already reported
    std::set<std::pair<std::string, std::string>> functions;  ///< (domain, name) of functions that the file defines
};

}  // namespace lutra::onnx
