#pragma once

/// Which kind of model a file holds, told by its content.

#include <array>
#include <optional>
#include <string_view>

#include "lutra/base/result.h"

namespace lutra {

/// The file formats that are told apart.
enum class ModelFormat {
    Onnx,         ///< protobuf of the ONNX schema; QONNX and QCDQ too
    KerasJson,    ///< the architecture of a Keras model, weights beside it
    KerasZip,     ///< .keras of Keras 3
    Hdf5,         ///< .h5: Keras weights or models
    TorchExport,  ///< .pt2 of torch.export
    TorchPickle,  ///< what torch.save and torch.jit.save write
    Skops,        ///< .skops: scikit-learn estimators without pickles
    Pickle,       ///< any other pickle
    LutraText,    ///< our own text form of a graph
};

/// The name that users read, such as "ONNX".
std::string_view to_string(ModelFormat format);

/// A format that a user can name.
struct NamedFormat {
    std::string_view name;  ///< such as "pt2"
    ModelFormat format;
};

/// Every format that has a reader, by the name that `--format` takes.
inline constexpr std::array named_formats{
    NamedFormat{"onnx", ModelFormat::Onnx},       NamedFormat{"keras", ModelFormat::KerasZip},  NamedFormat{"keras-json", ModelFormat::KerasJson},
    NamedFormat{"h5", ModelFormat::Hdf5},         NamedFormat{"pt2", ModelFormat::TorchExport}, NamedFormat{"skops", ModelFormat::Skops},
    NamedFormat{"lutra", ModelFormat::LutraText},
};

/// Whether a file whose content looks like `detected` can be read as `wanted` at all. The kinds of zip archive are told apart by the names inside
/// only, and so may be overridden; so may content that is not known. Nothing else may: a magic number does not lie.
bool can_be_read_as(std::optional<ModelFormat> detected, ModelFormat wanted);

/// The format of these bytes; nothing if it is none of them. All the bytes of a file are needed to tell zip archives apart, 256 for the others.
std::optional<ModelFormat> detect_format(std::string_view bytes);

}  // namespace lutra
