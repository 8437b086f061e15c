#pragma once

/// Register stages chosen by what place and route reaches, not by the delay model alone.

#include <filesystem>

#include "lutra/compile/synthesize_design.h"

namespace lutra {

/// Places and routes the design and versions of it with more or fewer register stages, until the fewest stages are known with which it meets the clock
/// that it was compiled for, or `max_rounds` designs have been placed. The folder then holds the one with the fewest stages that meets it, or the
/// fastest where none does; all rounds are in its report. The stages of the next round follow from the clock that the last one reached. The folder is
/// replaced whole, or left as it is when anything fails. Fails with NoClockTarget for a design that was compiled without a clock.
Result<Report> close_timing(const std::filesystem::path& folder, int max_rounds, const SynthesisOptions& options, const ToolPaths& tools,
                            const Progress& progress = {});

/// The stages to try after a design of `stages` stages reached `fmax_mhz`: more than `most_missing` of which it is known that they miss the clock, and less
/// than `fewest_meeting`, which meet it (0: none is known). 0 when nothing is left to try.
int next_stages(int stages, double fmax_mhz, double target_mhz, int most_missing, int fewest_meeting);

}  // namespace lutra
