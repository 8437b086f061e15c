#include "lutra/base/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "lutra/base/assert.h"

namespace lutra {

namespace {

using enum DiagnosticId;
using enum Severity;

/// The one table of diagnostics, in the order of the enumerators.
constexpr std::array diagnostic_table = {
    DiagnosticInfo{FileNotFound, "E0101", Error, "a file does not exist"},
    DiagnosticInfo{FileUnreadable, "E0102", Error, "a file cannot be read"},
    DiagnosticInfo{FileTooLarge, "E0103", Error, "a file is larger than its limit"},
    DiagnosticInfo{FileUnwritable, "E0104", Error, "a file or folder cannot be written"},
    DiagnosticInfo{OutputFolderInUse, "E0105", Error, "the output folder holds files that Lutra did not write"},
    DiagnosticInfo{TextSyntax, "E0201", Error, "a text form has a syntax error"},
    DiagnosticInfo{TextUnknownName, "E0202", Error, "a text form uses a name that is not defined"},
    DiagnosticInfo{TextTooDeep, "E0203", Error, "a text form is nested too deeply or too large"},
    DiagnosticInfo{TextInvalidCircuit, "E0204", Error, "a circuit breaks a rule of the primitives"},
    DiagnosticInfo{TextInvalidGraph, "E0205", Error, "a graph breaks a rule of the layers"},
    DiagnosticInfo{UnknownModelFormat, "E0301", Error, "the format of a model file is not known, or not the given one"},
    DiagnosticInfo{OnnxNotParsed, "E0302", Error, "an ONNX file is damaged"},
    DiagnosticInfo{OnnxUnsupportedOp, "E0303", Unsupported, "an ONNX operator is not supported"},
    DiagnosticInfo{OnnxUnsupportedAttribute, "E0304", Unsupported, "an ONNX operator is used in a way that is not supported"},
    DiagnosticInfo{OnnxOldOpset, "E0305", Warning, "an ONNX file uses an opset below 7"},
    DiagnosticInfo{OnnxInvalidGraph, "E0306", Error, "an ONNX graph is not valid"},
    DiagnosticInfo{OnnxInvalidTensor, "E0307", Error, "an ONNX tensor is not valid"},
    DiagnosticInfo{OnnxExternalData, "E0308", Error, "external data of an ONNX file cannot be used"},
    DiagnosticInfo{OnnxUnsupportedType, "E0309", Unsupported, "an ONNX element type is not supported"},
    DiagnosticInfo{ImportDecision, "E0310", Note, "a decision taken at import"},
    DiagnosticInfo{TorchInvalidProgram, "E0321", Error, "a torch.export archive is not valid"},
    DiagnosticInfo{TorchUnsupportedOp, "E0322", Unsupported, "a PyTorch operator is not supported"},
    DiagnosticInfo{TorchPickled, "E0323", Unsupported, "TorchScript and pickled PyTorch objects are not run"},
    DiagnosticInfo{PickleRefused, "E0324", Unsupported, "pickles are never loaded"},
    DiagnosticInfo{SklearnInvalidFile, "E0325", Error, "a skops file is not valid"},
    DiagnosticInfo{SklearnUnsupported, "E0326", Unsupported, "a scikit-learn estimator is not supported"},
    DiagnosticInfo{Hls4mlConfigInvalid, "E0327", Error, "a configuration of hls4ml cannot be read"},
    DiagnosticInfo{Hls4mlIgnored, "E0328", Note, "an entry of a configuration of hls4ml means nothing here"},
    DiagnosticInfo{ArchiveNotRead, "E0331", Error, "a zip archive is damaged or not safe"},
    DiagnosticInfo{JsonNotRead, "E0332", Error, "a JSON document is damaged or too large"},
    DiagnosticInfo{Hdf5NotRead, "E0333", Error, "an HDF5 file is damaged or not safe"},
    DiagnosticInfo{KerasInvalidConfig, "E0334", Error, "the configuration of a Keras model is not valid"},
    DiagnosticInfo{KerasUnsupportedLayer, "E0335", Unsupported, "a Keras layer is not supported"},
    DiagnosticInfo{KerasUnsupportedOption, "E0336", Unsupported, "a Keras layer is used in a way that is not supported"},
    DiagnosticInfo{KerasInvalidWeights, "E0337", Error, "weights of a Keras model do not fit its layers"},
    DiagnosticInfo{KerasNoWeights, "E0338", Error, "a Keras file holds only half of a model"},
    DiagnosticInfo{KerasSavedModel, "E0339", Unsupported, "a TensorFlow SavedModel is no file that Lutra reads"},
    DiagnosticInfo{KerasNearTie, "E0340", Warning, "constants lie so near a tie that frameworks disagree"},
    DiagnosticInfo{ShapeMismatch, "E0401", Error, "shapes do not fit together"},
    DiagnosticInfo{InvalidAttribute, "E0402", Error, "an attribute of a layer is out of its range"},
    DiagnosticInfo{TypeTooWide, "E0403", Error, "a value needs more bits than the limit"},
    DiagnosticInfo{UnsupportedShape, "E0404", Unsupported, "a layer does not support this shape"},
    DiagnosticInfo{NotExact, "E0405", Unsupported, "a layer has no exact integer meaning without a type"},
    DiagnosticInfo{GraphTooLarge, "E0406", Error, "a model is larger than the limit"},
    DiagnosticInfo{PrecisionSyntax, "E0501", Error, "a precision cannot be read"},
    DiagnosticInfo{PrecisionNoSuchLayer, "E0502", Error, "a precision names a layer that is not there"},
    DiagnosticInfo{PrecisionMissing, "E0503", Error, "a float model has no precision"},
    DiagnosticInfo{CalibrationData, "E0504", Error, "calibration data do not fit the model"},
    DiagnosticInfo{AccuracyBudgetMissed, "E0505", Warning, "no precision meets the accuracy budget"},
    DiagnosticInfo{PrecisionOutOfRange, "E0506", Warning, "constants lie outside of the range of their type"},
    DiagnosticInfo{UnknownDevice, "E0601", Error, "a device is not known"},
    DiagnosticInfo{TimingNotMet, "E0602", Warning, "the clock target is not met"},
    DiagnosticInfo{SimulationMismatch, "E0603", Error, "a simulation differs from the emulator"},
    DiagnosticInfo{UnsupportedDecision, "E0604", Error, "an output cannot be replaced by a decision"},
    DiagnosticInfo{DesignDoesNotFit, "E0605", Error, "a design does not fit the device"},
    DiagnosticInfo{ProofFailed, "E0606", Error, "a design does not compute its model"},
    DiagnosticInfo{ProofLimit, "E0607", Error, "a proof reached its limit"},
    DiagnosticInfo{NoClockTarget, "E0608", Error, "a design has no clock to meet"},
    DiagnosticInfo{ToolMissing, "E0701", Error, "an external tool is missing"},
    DiagnosticInfo{ToolFailed, "E0702", Error, "an external tool failed"},
    DiagnosticInfo{ToolTimedOut, "E0703", Error, "an external tool did not finish in time"},
    DiagnosticInfo{ToolOutputUnread, "E0704", Error, "the output of an external tool cannot be read"},
    DiagnosticInfo{NpyInvalid, "E0801", Error, "a .npy or .npz file is damaged"},
    DiagnosticInfo{NpyUnsupportedType, "E0802", Unsupported, "an element type of a .npy file is not supported"},
    DiagnosticInfo{NpyShapeMismatch, "E0803", Error, "the shape of data does not fit the model"},
    DiagnosticInfo{NpyNotFinite, "E0804", Error, "data hold a value that is not finite"},
    DiagnosticInfo{LabelsMismatch, "E0805", Error, "labels do not fit the outputs"},
    DiagnosticInfo{UsageError, "E0901", Error, "a command is used in a wrong way"},
    DiagnosticInfo{NotADesignFolder, "E0902", Error, "a folder is not the result of lutra compile"},
    DiagnosticInfo{UnknownDiagnostic, "E0903", Error, "no diagnostic has this id"},
};

constexpr bool table_is_in_enumerator_order() {
    for (std::size_t i = 0; i < diagnostic_table.size(); ++i) {
        if (static_cast<std::size_t>(diagnostic_table[i].id) != i) {
            return false;
        }
    }
    return true;
}
static_assert(table_is_in_enumerator_order());

/// Replaces control characters, which could steer a terminal, by '?'. Newlines stay.
std::string printable(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        const auto code = static_cast<unsigned char>(c);
        if ((code < 0x20 && c != '\n') || code == 0x7f) {
            c = '?';
        }
    }
    return result;
}

}  // namespace

std::string_view to_string(Severity severity) {
    switch (severity) {
        case Error: return "error";
        case Unsupported: return "unsupported";
        case Warning: return "warning";
        case Note: return "note";
    }
    LUTRA_UNREACHABLE("severity");
}

std::vector<DiagnosticInfo> all_diagnostics() { return {diagnostic_table.begin(), diagnostic_table.end()}; }

const DiagnosticInfo& info_of(DiagnosticId id) { return diagnostic_table.at(static_cast<std::size_t>(id)); }

std::string to_string(const Diagnostic& diagnostic) {
    const DiagnosticInfo& info = info_of(diagnostic.id);
    std::string text = fmt::format("{}[{}]: ", to_string(info.severity), info.code);
    if (!diagnostic.place.empty()) {
        text += printable(diagnostic.place) + ": ";
    }
    text += printable(diagnostic.message);
    if (!diagnostic.advice.empty()) {
        text += "\n  help: " + printable(diagnostic.advice);
    }
    return text;
}

bool any_fatal(const Diagnostics& diagnostics) { return std::ranges::any_of(diagnostics, &Diagnostic::is_fatal); }

}  // namespace lutra
