#pragma once

/// What a layer op is, and a value that holds any of them.

#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "lutra/base/result.h"
#include "lutra/ir/affine_wire.h"
#include "lutra/ir/attribute.h"
#include "lutra/ir/real_tensor.h"
#include "lutra/ir/tensor_type.h"

namespace lutra {

/// What an op says of itself.
struct OpInfo {
    std::string_view name;     ///< in the text form, lower case, such as "leaky_relu"
    int min_arity = 1;         ///< fewest inputs
    int max_arity = 1;         ///< most inputs
    bool is_real = false;      ///< the output is real whatever the inputs are (the graph's input)
    bool homogeneous = false;  ///< element-wise only: f(s * x) = s * f(x) for every s > 0
    std::string_view summary;  ///< one line for `lutra ops`: the formula
};

/// An op that lowers values as they are, before scale and offset are applied.
template <typename T>
concept LowersAffineWires = requires(const T op, CircuitBuilder& builder, std::span<const AffineWire> values) {
    { op.lower(builder, values) } -> std::convertible_to<Result<AffineWire>>;
};

/// An op that lowers wires which carry the values themselves.
template <typename T>
concept LowersWires = requires(const T op, CircuitBuilder& builder, std::span<const Wire> wires) {
    { op.lower(builder, wires) } -> std::convertible_to<Result<Wire>>;
};

/// An op whose output element depends on one element of each input; inputs are broadcast. `lower` is the one definition of meaning; `reference`
/// is the same mathematics in doubles, written independently.
template <typename T>
concept ElementwiseOp = std::default_initializable<T> && (LowersWires<T> || LowersAffineWires<T>) && requires(const T op, std::span<const double> values) {
    { T::info } -> std::convertible_to<const OpInfo&>;
    T::fields;
    { op.reference(values) } -> std::same_as<double>;
};

/// An op on whole tensors.
template <typename T>
concept TensorOp = std::default_initializable<T> && requires(const T op, CircuitBuilder& builder, std::span<const WireTensor> wires,
                                                             std::span<const RealTensor> values, std::span<const Shape> shapes) {
    { T::info } -> std::convertible_to<const OpInfo&>;
    T::fields;
    { op.infer_shape(shapes) } -> std::same_as<Result<Shape>>;
    { op.reference(values) } -> std::same_as<RealTensor>;
    { op.lower(builder, wires) } -> std::same_as<Result<WireTensor>>;
};

/// Either kind. An op may also have
/// `Result<void> validate() const`, which checks its attributes,
/// `double error_bound() const`, the largest |lowered - reference| that it allows itself (0 when it has none: the op is exact), and
/// `TensorType quantized_type(const Shape&) const`, its output type for a real input, when it turns real values into exact ones.
template <typename T>
concept LayerOp = ElementwiseOp<T> || TensorOp<T>;

/// Lowers one element through wires that carry the values. A homogeneous op lets one positive scale pass, so that no multiplier is built for it.
Result<AffineWire> lower_through_wires(const OpInfo& info, CircuitBuilder& builder, std::span<const AffineWire> values,
                                       const std::function<Result<Wire>(std::span<const Wire>)>& lower);

/// Any layer op, by value. Copies share the op, which never changes.
class Op {
public:
    Op() = default;
    template <LayerOp T>
    Op(T op) : model_(std::make_shared<const Model<T>>(std::move(op))) {}  // NOLINT: ops convert silently on purpose

    const OpInfo& info() const { return model_->info(); }
    std::string_view name() const { return info().name; }
    bool is_elementwise() const { return model_->is_elementwise(); }
    std::vector<std::pair<std::string_view, AttributeValue>> attributes() const { return model_->attributes(); }
    /// The op as a T, or null when it is another op.
    template <LayerOp T>
    const T* as() const {
        const auto* model = dynamic_cast<const Model<T>*>(model_.get());
        return model != nullptr ? &model->op : nullptr;
    }

    /// Checks attributes and number and shapes of the inputs; gives the shape of the output.
    Result<Shape> infer_shape(std::span<const Shape> inputs) const;
    /// Type of the output. Real when an input is real and the op does not quantise; else what lowering proves: every bit is kept.
    Result<TensorType> infer_type(std::span<const TensorType> inputs) const;
    /// Appends the op to a circuit; the shapes must have been checked.
    Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference(std::span<const RealTensor> inputs) const;
    double error_bound() const { return model_->error_bound(); }

    friend bool operator==(const Op& a, const Op& b) { return a.name() == b.name() && a.attributes() == b.attributes(); }

private:
    struct Interface {
        virtual ~Interface() = default;
        virtual const OpInfo& info() const = 0;
        virtual bool is_elementwise() const = 0;
        virtual std::vector<std::pair<std::string_view, AttributeValue>> attributes() const = 0;
        virtual Result<void> validate() const = 0;
        virtual Result<Shape> infer_shape(std::span<const Shape> inputs) const = 0;
        virtual Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const = 0;
        virtual Result<AffineWire> lower_element(CircuitBuilder& builder, std::span<const AffineWire> inputs) const = 0;
        virtual RealTensor reference(std::span<const RealTensor> inputs) const = 0;
        virtual double reference_element(std::span<const double> inputs) const = 0;
        virtual double error_bound() const = 0;
        virtual bool quantizes() const = 0;
        virtual TensorType quantized_type(const Shape& shape) const = 0;
    };

    template <typename T>
    struct Model final : Interface {
        explicit Model(T value) : op(std::move(value)) {}
        const OpInfo& info() const override { return T::info; }
        bool is_elementwise() const override { return ElementwiseOp<T>; }
        std::vector<std::pair<std::string_view, AttributeValue>> attributes() const override { return attributes_of(op); }
        Result<void> validate() const override {
            if constexpr (requires { op.validate(); }) {
                return op.validate();
            } else {
                return {};
            }
        }
        Result<Shape> infer_shape(std::span<const Shape> inputs) const override {
            if constexpr (TensorOp<T>) {
                return op.infer_shape(inputs);
            }
            LUTRA_UNREACHABLE("element-wise ops broadcast");
        }
        Result<WireTensor> lower(CircuitBuilder& builder, std::span<const WireTensor> inputs) const override {
            if constexpr (TensorOp<T>) {
                return op.lower(builder, inputs);
            }
            LUTRA_UNREACHABLE("element-wise ops lower elements");
        }
        Result<AffineWire> lower_element(CircuitBuilder& builder, std::span<const AffineWire> inputs) const override {
            if constexpr (LowersAffineWires<T>) {
                return op.lower(builder, inputs);
            } else if constexpr (LowersWires<T>) {
                return lower_through_wires(T::info, builder, inputs, [&](std::span<const Wire> wires) { return Result<Wire>(op.lower(builder, wires)); });
            }
            LUTRA_UNREACHABLE("tensor ops lower tensors");
        }
        RealTensor reference(std::span<const RealTensor> inputs) const override {
            if constexpr (TensorOp<T>) {
                return op.reference(inputs);
            }
            LUTRA_UNREACHABLE("element-wise ops have references of elements");
        }
        double reference_element(std::span<const double> inputs) const override {
            if constexpr (ElementwiseOp<T>) {
                return op.reference(inputs);
            }
            LUTRA_UNREACHABLE("tensor ops have references of tensors");
        }
        double error_bound() const override {
            if constexpr (requires { op.error_bound(); }) {
                return op.error_bound();
            } else {
                return 0;
            }
        }
        bool quantizes() const override {
            return requires(const T& quantizer, const Shape& shape) { quantizer.quantized_type(shape); };
        }
        TensorType quantized_type(const Shape& shape) const override {
            if constexpr (requires { op.quantized_type(shape); }) {
                return op.quantized_type(shape);
            }
            LUTRA_UNREACHABLE("real stays real");
        }
        T op;
    };

    Result<WireTensor> lower_elementwise(CircuitBuilder& builder, std::span<const WireTensor> inputs) const;
    RealTensor reference_elementwise(std::span<const RealTensor> inputs) const;

    std::shared_ptr<const Interface> model_;
};

/// The type of lowered values: the smallest exact type of each element.
TensorType type_of(CircuitBuilder& builder, const WireTensor& tensor);

}  // namespace lutra
