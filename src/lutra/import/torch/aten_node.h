#pragma once

/// One operator call of an exported program: its arguments, and the ONNX operators that it is spelled in.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lutra/import/json.h"
#include "lutra/import/onnx/file_model.h"

namespace lutra::torch {

/// What is common to all calls of a program.
struct Program {
    const Json& tensor_values;  ///< what the file says of each tensor, by name
    std::string file;           ///< for places of diagnostics
    onnx::FileModel model{};    ///< grows with the calls
    std::size_t num_made = 0;   ///< names of our own so far
};

/// A call of an ATen operator.
class AtenNode {
public:
    AtenNode(Program& program, const Json& node, std::string target);

    /// Where the call stands in the user's modules ("encoder.fc1"), or what torch calls it ("relu_1").
    const std::string& name() const { return name_; }
    const std::string& target() const { return target_; }
    const std::vector<std::string>& outputs() const { return outputs_; }

    /// True when the argument is there and not None.
    bool has(std::string_view argument) const;
    /// Arguments by the names of the operator's schema; absent ones and None are `otherwise`. Fail with TorchInvalidProgram.
    Result<std::string> tensor(std::string_view argument) const;
    Result<std::vector<std::string>> tensors(std::string_view argument) const;
    Result<std::int64_t> integer(std::string_view argument, std::int64_t otherwise) const;
    Result<double> real(std::string_view argument, double otherwise) const;
    Result<bool> boolean(std::string_view argument, bool otherwise) const;
    Result<std::string> string(std::string_view argument, std::string otherwise) const;
    /// `batch_extent` stands for symbols.
    Result<std::vector<std::int64_t>> integers(std::string_view argument) const;
    /// The name of the only tensor among the arguments, or of the first one.
    Result<std::string> first_tensor() const;
    /// The argument as a tensor, or a constant for a number.
    Result<std::string> tensor_or_number(std::string_view argument);
    /// The shape that the file says for a tensor, `batch_extent` for symbols.
    Result<Shape> shape(const std::string& tensor) const;
    /// Axes of a tensor of this rank, negative ones counted from the end.
    Result<std::int64_t> axis(std::int64_t axis, std::size_t rank) const;

    /// Constants of the model.
    std::string constant(onnx::Tensor tensor);
    std::string number(double value);
    std::string integers_constant(std::vector<std::int64_t> values) { return constant(onnx::make_integers(std::move(values))); }

    using Attributes = std::map<std::string, onnx::AttributeContent, std::less<>>;
    /// Appends an ONNX operator that gives a value of our own; returns its name.
    std::string emit(std::string_view op_type, std::vector<std::string> inputs, Attributes attributes = {});
    /// Appends the operator that gives the outputs of the call.
    void finish(std::string_view op_type, std::vector<std::string> inputs, Attributes attributes = {});

    /// The same for one output of a call with several.
    void finish_output(std::size_t i, std::string_view op_type, std::vector<std::string> inputs, Attributes attributes = {});

    std::unexpected<Diagnostic> invalid(std::string message) const;
    std::unexpected<Diagnostic> unsupported(std::string message, std::string advice) const;

private:
    const Json& argument(std::string_view name) const;
    void append(std::string_view op_type, std::vector<std::string> inputs, std::vector<std::string> outputs, Attributes attributes);
    std::string place() const;

    Program& program_;
    const Json& node_;
    std::string name_;
    std::string target_;
    std::vector<std::string> outputs_;
};

/// Spells a call in ONNX operators.
using AtenHandler = Result<void> (*)(AtenNode& node);

/// The handler of an operator such as "aten.linear.default"; null when it is not supported.
AtenHandler find_aten_handler(std::string_view target);

/// What to do about an operator that has none.
std::string advice_for_aten(std::string_view target);

}  // namespace lutra::torch
