#pragma once

/// Proof of a design folder: the model's circuit, the optimised circuit and the printed cells are one function.

#include <filesystem>

#include "lutra/base/progress.h"
#include "lutra/prove/prove_netlist.h"
#include "lutra/prove/prove_passes.h"
#include "lutra/report/report.h"

namespace lutra {

/// What was found.
struct DesignProof {
    PassesProof passes;                    ///< model.lutra, lowered, against circuit.lutra
    std::optional<NetlistProof> netlist;   ///< circuit.lutra against the Verilog, where that has cells
    std::optional<PassesProof> generic;    ///< the same where it has none
    std::string file;                      ///< of the Verilog
    std::vector<std::string> input_names;  ///< of the elements of the input ports, for counterexamples
    std::vector<std::string> output_names;
    std::string certificate;  ///< how the sums were proved, for another checker; empty when it was not asked for
    Report report;            ///< of the folder, with what was proved
    double seconds = 0;

    bool is_proved() const { return passes.is_proved() && (!netlist || netlist->is_proved()) && (!generic || generic->is_proved()); }
};

/// Whether the text of the certificate is made.
enum class Certificate : std::uint8_t { No, Yes };

/// Reads the folder, proves it and puts the verdict into its report.
Result<DesignProof> prove_design(const std::filesystem::path& folder, const ProofOptions& options, Certificate certificate = Certificate::No,
                                 const Progress& progress = {});

}  // namespace lutra
