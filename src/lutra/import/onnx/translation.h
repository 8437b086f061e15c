#pragma once

/// The state of an import: what each tensor name stands for, the graph made so far, and every problem found.

#include <string>

#include "lutra/import/import_model.h"
#include "lutra/import/onnx/file_model.h"
#include "lutra/import/onnx/read_tensor.h"
#include "lutra/import/onnx/value.h"
#include "lutra/ir/op_registry.h"

namespace lutra::onnx {

struct Translation {
    const FileModel& model;
    const ImportOptions& options;
    std::string file;  ///< for places of diagnostics
    OpRegistry ops;
    ConstantBudget& budget;
    Graph graph{};
    Diagnostics problems{};
    std::map<std::string, Value, std::less<>> values{};
    std::map<std::string, int, std::less<>> use_counts{};                     ///< of names, by live nodes and outputs
    std::map<std::string, std::size_t, std::less<>> last_user{};              ///< index of a node that uses the name
    std::map<std::string, std::vector<std::string>, std::less<>> left_out{};  ///< names of nodes that change no value, by operator
    std::int64_t batch_size = -1;                                             ///< as recorded in the file; -1: not known

    /// The opset that the file uses of a domain.
    std::int64_t opset(std::string_view domain) const;
    std::string place(const FileNode& node) const;
    std::string place(std::string_view what) const;
    void decide(std::string place, std::string text);

    /// Appends an op made by name; checks the limits of the import before the types of the output are inferred.
    Result<NodeId> add(const std::string& name, std::string_view op, const AttributeMap& attributes, std::vector<NodeId> inputs);
    /// Turns a value that waits into the event that it stands for. Constants and failed values are not events.
    Result<Event> materialize(Value& value);
    /// The file's shape of an event, with `batch_extent` where the batch is.
    Shape full_shape(const Event& event) const;
};

}  // namespace lutra::onnx
