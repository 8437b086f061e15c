#include "lutra/flow/abc_cec.h"

#include <fmt/format.h>

#include "lutra/base/file.h"
#include "lutra/flow/subprocess.h"

namespace lutra {

namespace {

namespace fs = std::filesystem;

constexpr const char* host_name = "cec_host.v";
constexpr const char* script_name = "cec.ys";
constexpr const char* commands_name = "cec.abc";
constexpr const char* log_name = "cec.log";
constexpr std::uint64_t max_log_bytes = std::uint64_t{256} << 20;

/// Yosys starts ABC only where there is a gate to map.
constexpr std::string_view host = "module host (input wire a, input wire b, output wire y);\n    assign y = a & b;\nendmodule\n";

std::string yosys_script() { return fmt::format("read_verilog {}\ntechmap\ntee -q -o {} abc -script {}\n", host_name, log_name, commands_name); }

/// The values in "i0=1 i2=0" (` i0=1'h1, ...` with blanks around the sign is the same, too). Words that say no value are passed over.
std::vector<std::pair<std::string, bool>> pattern_of(std::string_view text) {
    std::vector<std::pair<std::string, bool>> inputs;
    for (std::size_t equals = text.find('='); equals != std::string_view::npos; equals = text.find('=')) {
        std::string_view name = text.substr(0, equals);
        name = name.substr(0, name.find_last_not_of(' ') + 1);
        name = name.substr(name.find_last_of(' ') + 1);
        text.remove_prefix(equals + 1);
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
        constexpr std::string_view one_bit = "1'h";
        text.remove_prefix(text.starts_with(one_bit) ? one_bit.size() : 0);
        inputs.emplace_back(name, text.starts_with('1'));
    }
    return inputs;
}

}  // namespace

std::string cec_script(const std::vector<CecTask>& tasks, const CecLimits& limits) {
    std::string script;
    for (const CecTask& task : tasks) {
        script += fmt::format("cec -T {} -C {} {} {}\n", limits.seconds.count(), limits.conflicts, task.first, task.second);
    }
    return script;
}

Result<std::vector<CecVerdict>> parse_cec(std::string_view text, std::size_t num_tasks) {
    std::vector<CecVerdict> verdicts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        constexpr std::string_view verdict = "Networks are ";
        constexpr std::string_view all = "INPUT: ";
        constexpr std::string_view pattern = "Input pattern:";
        if (const std::size_t found = line.find(verdict); found != std::string_view::npos) {
            const std::string_view rest = line.substr(found + verdict.size());
            using enum CecVerdict::Kind;
            verdicts.push_back({.kind = rest.starts_with("equivalent") ? Equal : rest.starts_with("NOT EQUIVALENT") ? Different : Undecided});
        } else if (const std::size_t begin = line.find(all); begin != std::string_view::npos && !verdicts.empty()) {
            // Not all versions print this line; the other one has the inputs of one side only.
            verdicts.back().inputs = pattern_of(line.substr(begin + all.size(), line.find("OUTPUT: ") - begin - all.size()));
        } else if (const std::size_t place = line.find(pattern); place != std::string_view::npos && !verdicts.empty() && verdicts.back().inputs.empty()) {
            verdicts.back().inputs = pattern_of(line.substr(place + pattern.size()));
        }
    }
    if (verdicts.size() != num_tasks) {
        return fail(DiagnosticId::ToolOutputUnread, "abc", fmt::format("{} comparisons gave {} verdicts", num_tasks, verdicts.size()),
                    "this version of Yosys may be unknown to Lutra; tools/install_fpga_tools.sh installs one that is");
    }
    return verdicts;
}

Result<std::vector<CecVerdict>> run_cec(const Tool& yosys, const fs::path& folder, const std::vector<CecTask>& tasks, const CecLimits& limits,
                                        std::chrono::milliseconds time_limit) {
    for (const auto& [name, content] :
         {std::pair<const char*, std::string>(host_name, host), {script_name, yosys_script()}, {commands_name, cec_script(tasks, limits)}}) {
        if (auto written = write_file(folder / name, content); !written) {
            return std::unexpected(std::move(written).error());
        }
    }
    std::error_code error;
    fs::remove(folder / log_name, error);
    LUTRA_TRY([[maybe_unused]] const CommandOutput output,
              run_tool({.program = fs::absolute(yosys.program), .arguments = {"-q", "-s", script_name}, .folder = folder, .time_limit = time_limit}));
    LUTRA_TRY(const std::string log, read_file(folder / log_name, max_log_bytes));
    return parse_cec(log, tasks.size());
}

}  // namespace lutra
