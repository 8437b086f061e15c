#pragma once

namespace lutra {

/// Every message that Lutra can give has one id; the table in diagnostic.cpp gives its code, severity and title, and
/// docs/diagnostics/<code>.md its page. Codes are grouped: 01 files, 02 text forms, 03 importers, 04 layers and types,
/// 05 precision, 06 circuits and firmware, 07 external tools, 08 data, 09 command line.
enum class DiagnosticId {
    // 01: files and folders
    FileNotFound,
    FileUnreadable,
    FileTooLarge,
    FileUnwritable,
    OutputFolderInUse,
    // 02: text forms
    TextSyntax,
    TextUnknownName,
    TextTooDeep,
    TextInvalidCircuit,
    TextInvalidGraph,
    // 03: importers
    UnknownModelFormat,
    OnnxNotParsed,
    OnnxUnsupportedOp,
    OnnxUnsupportedAttribute,
    OnnxOldOpset,
    OnnxInvalidGraph,
    OnnxInvalidTensor,
    OnnxExternalData,
    OnnxUnsupportedType,
    ImportDecision,
    TorchInvalidProgram,
    TorchUnsupportedOp,
    TorchPickled,
    PickleRefused,
    SklearnInvalidFile,
    SklearnUnsupported,
    Hls4mlConfigInvalid,
    Hls4mlIgnored,
    ArchiveNotRead,
    JsonNotRead,
    Hdf5NotRead,
    KerasInvalidConfig,
    KerasUnsupportedLayer,
    KerasUnsupportedOption,
    KerasInvalidWeights,
    KerasNoWeights,
    KerasSavedModel,
    KerasNearTie,
    // 04: layers and types
    ShapeMismatch,
    InvalidAttribute,
    TypeTooWide,
    UnsupportedShape,
    NotExact,
    GraphTooLarge,
    // 05: precision
    PrecisionSyntax,
    PrecisionNoSuchLayer,
    PrecisionMissing,
    CalibrationData,
    AccuracyBudgetMissed,
    PrecisionOutOfRange,
    // 06: circuits and firmware
    UnknownDevice,
    TimingNotMet,
    SimulationMismatch,
    UnsupportedDecision,
    DesignDoesNotFit,
    ProofFailed,
    ProofLimit,
    NoClockTarget,
    // 07: external tools
    ToolMissing,
    ToolFailed,
    ToolTimedOut,
    ToolOutputUnread,
    // 08: data
    NpyInvalid,
    NpyUnsupportedType,
    NpyShapeMismatch,
    NpyNotFinite,
    LabelsMismatch,
    // 09: command line
    UsageError,
    NotADesignFolder,
    UnknownDiagnostic,
};

}  // namespace lutra
