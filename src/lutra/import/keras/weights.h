#pragma once

/// The weights of a model, wherever the file format puts them.

#include <span>

#include "lutra/import/hdf5/hdf5_file.h"
#include "lutra/import/keras/model_config.h"
#include "lutra/ir/real_tensor.h"

namespace lutra::keras {

/// Where the weights of one layer are. Keras 3 puts those of the first Dense of a model at `layers/dense/vars/0`, `1`, ...; Keras 2 and the
/// whole-model files of Keras 3 at `NAME/...`, listed with their names in an attribute.
struct WeightPlace {
    std::string path;        ///< Keras 3: such as "layers/dense"
    std::string group;       ///< Keras 2: the outermost layer's name
    std::string layer_name;  ///< Keras 2: the layer's own name, which stands in the names of its weights
    bool is_nested = false;  ///< Keras 2: the group is that of a model around the layer
};

/// The weights of a file.
class WeightStore {
public:
    /// Keras 3 if there is a group `layers` or `_layer_checkpoint_dependencies`; else Keras 2, below the group `model_weights` if there is one.
    explicit WeightStore(Hdf5File file);

    bool is_keras3() const { return is_keras3_; }

    /// The weights of a layer with these names, in the order in which the layer makes them: trainable ones first. `below` is a path inside of
    /// the layer, such as "iq/quantizer". Fails with the reason, which lacks the place, when one is missing or there are more.
    std::expected<std::vector<RealTensor>, std::string> find(const WeightPlace& place, std::string_view below, std::span<const std::string_view> names) const;

    /// Number of the weights that a layer has at this path inside of it.
    std::size_t count(const WeightPlace& place, std::string_view below) const;

private:
    std::expected<std::vector<RealTensor>, std::string> find_numbered(const std::string& path, std::span<const std::string_view> names) const;
    std::expected<std::vector<RealTensor>, std::string> find_named(const WeightPlace& place, std::span<const std::string_view> names) const;
    std::vector<std::string> listed_names(const std::string& group) const;

    Hdf5File file_;
    bool is_keras3_ = false;
    std::string root_;  ///< Keras 2: "" or "model_weights/"
};

/// Gives the layers of one model their paths below `path`, as Keras 3 numbers them: classes in snake case, "_1" and so on for the later ones.
std::vector<std::string> numbered_paths(const ModelConfig& model, const std::string& path);

}  // namespace lutra::keras
