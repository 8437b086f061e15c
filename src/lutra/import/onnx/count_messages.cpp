#include "lutra/import/onnx/count_messages.h"

#include <optional>
#include <span>
#include <vector>

namespace lutra::onnx {

namespace {

/// A message type of the schema: which of its fields are messages themselves (`child`) or strings that are kept (`child` -1).
struct FieldOf {
    int number;
    int child;
};

enum MessageKind { Model, Graph, Node, Attribute, Tensor, SparseTensor, ValueInfo, Type, TensorType, TensorShape, Leaf };
constexpr int kept_string = -1;

std::span<const FieldOf> fields_of(int kind) {
    static constexpr FieldOf model[] = {{7, Graph}, {8, Leaf}, {25, Leaf}};
    static constexpr FieldOf graph[] = {{1, Node}, {5, Tensor}, {11, ValueInfo}, {12, ValueInfo}, {15, SparseTensor}};
    static constexpr FieldOf node[] = {{1, kept_string}, {2, kept_string}, {5, Attribute}};
    static constexpr FieldOf attribute[] = {{5, Tensor}, {9, kept_string}};
    static constexpr FieldOf tensor[] = {{6, kept_string}, {13, Leaf}};
    static constexpr FieldOf sparse_tensor[] = {{1, Tensor}};
    static constexpr FieldOf value_info[] = {{2, Type}};
    static constexpr FieldOf type[] = {{1, TensorType}};
    static constexpr FieldOf tensor_type[] = {{2, TensorShape}};
    static constexpr FieldOf tensor_shape[] = {{1, Leaf}};
    switch (static_cast<MessageKind>(kind)) {
        case Model: return model;
        case Graph: return graph;
        case Node: return node;
        case Attribute: return attribute;
        case Tensor: return tensor;
        case SparseTensor: return sparse_tensor;
        case ValueInfo: return value_info;
        case Type: return type;
        case TensorType: return tensor_type;
        case TensorShape: return tensor_shape;
        case Leaf: break;
    }
    return {};
}

/// Takes fields off the front of a message.
class FieldReader {
public:
    explicit FieldReader(std::string_view bytes) : rest_(bytes) {}

    /// Takes the next field: its number, and its content when it has a length. Nothing at the end or when the bytes are damaged.
    struct Taken {
        int number;
        std::optional<std::string_view> content;
    };
    std::optional<Taken> take() {
        const auto tag = varint();
        if (!tag) {
            return std::nullopt;
        }
        const int number = static_cast<int>(*tag >> 3U & 0x1fffffffU);
        switch (*tag & 7U) {
            case 0: return varint() ? std::optional(Taken{number, std::nullopt}) : std::nullopt;
            case 1: return skip(8) ? std::optional(Taken{number, std::nullopt}) : std::nullopt;
            case 5: return skip(4) ? std::optional(Taken{number, std::nullopt}) : std::nullopt;
            case 2: {
                const auto length = varint();
                if (!length || *length > rest_.size()) {
                    return std::nullopt;
                }
                const std::string_view content = rest_.substr(0, *length);
                rest_.remove_prefix(*length);
                return Taken{number, content};
            }
            default: return std::nullopt;
        }
    }

private:
    std::optional<std::uint64_t> varint() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
            if (byte < 0x80U) {
                return value;
            }
        }
        return std::nullopt;
    }
    bool skip(std::size_t count) {
        if (count > rest_.size()) {
            return false;
        }
        rest_.remove_prefix(count);
        return true;
    }

    std::string_view rest_;
};

}  // namespace

std::uint64_t count_messages(std::string_view bytes, std::uint64_t limit) {
    struct Open {
        FieldReader reader;
        int kind;
    };
    std::vector<Open> stack = {{FieldReader(bytes), Model}};
    std::uint64_t count = 0;
    while (!stack.empty() && count < limit) {
        const auto field = stack.back().reader.take();
        if (!field) {
            stack.pop_back();
            continue;
        }
        for (const FieldOf& known : fields_of(stack.back().kind)) {
            if (known.number == field->number && field->content) {
                ++count;
                if (known.child != kept_string) {
                    stack.push_back({FieldReader(*field->content), known.child});
                }
                break;
            }
        }
    }
    return count;
}

}  // namespace lutra::onnx
