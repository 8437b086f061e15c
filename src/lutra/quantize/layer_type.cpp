#include "lutra/quantize/layer_type.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace lutra {

namespace {

/// The word in lower case, without underscores.
std::string folded(std::string_view word) {
    std::string result;
    for (const char c : word) {
        if (c != '_') {
            result += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    }
    return result;
}

struct Alias {
    std::string_view word;     ///< folded
    std::string_view op_name;  ///< folded
};

/// What other tools call our ops. QKeras and HGQ put a Q before Keras' names; that is taken off before this table is read.
constexpr std::array aliases = {
    Alias{"linear", "dense"},
    Alias{"gemm", "dense"},
    Alias{"matmul", "dense"},
    Alias{"binarydense", "dense"},
    Alias{"ternarydense", "dense"},
    Alias{"inputlayer", "input"},
    Alias{"batchnorm", "batchnormalization"},
    Alias{"batchnorm1d", "batchnormalization"},
    Alias{"batchnorm2d", "batchnormalization"},
    Alias{"applyalpha", "batchnormalization"},
    Alias{"permute", "transpose"},
    Alias{"concatenate", "concat"},
    Alias{"mul", "multiply"},
    Alias{"sub", "subtract"},
    Alias{"relu6", "clip"},
    Alias{"hardtanh", "clip"},
    Alias{"layernorm", "layernormalization"},
    Alias{"rmsnorm", "rmsnormalization"},
    Alias{"swish", "silu"},
    Alias{"embed", "embedding"},
    Alias{"einsumdense", "einsum"},
    Alias{"dot", "einsum"},
    Alias{"min", "minimum"},
    Alias{"max", "maximum"},
};

constexpr std::array activations = {
    std::string_view("relu"), std::string_view("leakyrelu"), std::string_view("clip"),    std::string_view("sigmoid"),
    std::string_view("tanh"), std::string_view("softmax"),   std::string_view("bipolar"), std::string_view("ternary"),
    std::string_view("elu"),  std::string_view("gelu"),      std::string_view("silu"),    std::string_view("mish"),
    std::string_view("erf"),  std::string_view("softplus"),  std::string_view("prelu"),   std::string_view("thresholdedrelu"),
    std::string_view("exp"),  std::string_view("softsign"),
};

bool is_folded_type(std::string_view word, std::string_view op_name) {
    return word == op_name || (word == "activation" && std::ranges::find(activations, op_name) != activations.end()) ||
           std::ranges::any_of(aliases, [&](const Alias& alias) { return alias.word == word && alias.op_name == op_name; });
}

}  // namespace

bool is_layer_type(std::string_view word, std::string_view op_name) {
    const std::string type = folded(word);
    const std::string op = folded(op_name);
    return is_folded_type(type, op) || (type.starts_with('q') && is_folded_type(std::string_view(type).substr(1), op));
}

}  // namespace lutra
