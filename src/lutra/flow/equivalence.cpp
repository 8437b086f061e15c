#include "lutra/flow/equivalence.h"

#include <fmt/format.h>

#include "lutra/base/file.h"
#include "lutra/flow/subprocess.h"

namespace lutra {

namespace fs = std::filesystem;

std::string equivalence_script(const SynthesisRequest& request) {
    std::string script = "read_verilog netlist.v\n";
    script += fmt::format("hierarchy -top {0}\nproc\nflatten\nopt_clean\nrename {0} gate\ndesign -stash gate\n", request.top);
    for (const fs::path& file : request.files) {
        script += fmt::format("read_verilog \"{}\"\n", fs::absolute(file).lexically_proximate(fs::absolute(request.work_folder)).string());
    }
    if (const std::string_view models = cell_models(request.family); !models.empty()) {
        script += fmt::format("read_verilog -defer -nooverwrite {}\n", models);
    }
    script += fmt::format("hierarchy -top {0}\nproc\nflatten\nopt_clean\nrename {0} gold\ndesign -stash gold\n", request.top);
    script += "design -copy-from gold -as gold gold\ndesign -copy-from gate -as gate gate\n";
    script += "equiv_make gold gate equiv\nhierarchy -top equiv\nopt_clean\nequiv_simple\nequiv_induct\nequiv_status -assert\n";
    return script;
}

Result<void> check_equivalence(const Tool& yosys, const SynthesisRequest& request, const Progress& progress) {
    if (auto written = write_file(request.work_folder / "equivalence.ys", equivalence_script(request)); !written) {
        return written;
    }
    if (progress) {
        progress({.what = "yosys equivalence", .done = 0, .total = 0});
    }
    const auto output = run_tool({.program = yosys.program, .arguments = {"-q", "-s", "equivalence.ys"}, .folder = request.work_folder, .time_limit = request.time_limit});
    if (!output) {
        return std::unexpected(output.error());
    }
    return {};
}

}  // namespace lutra
