#include "lutra/flow/abc_cec.h"

#include <fmt/format.h>

#include <optional>

#include "lutra/base/file.h"
#include "lutra/flow/subprocess.h"

namespace lutra {

namespace {

namespace fs = std::filesystem;

constexpr const char* gold_name = "gold.blif";
constexpr const char* gate_name = "gate.blif";
constexpr const char* host_name = "host.v";
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

std::string cec_script(const CecLimits& limits) {
    return fmt::format("cec -T {} -C {} {} {}\n", std::chrono::ceil<std::chrono::seconds>(limits.time).count(), limits.conflicts, gold_name, gate_name);
}

Result<CecVerdict> parse_cec(std::string_view text) {
    std::optional<CecVerdict> verdict;
    int num_verdicts = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        constexpr std::string_view networks = "Networks are ";
        constexpr std::string_view all = "INPUT: ";
        constexpr std::string_view pattern = "Input pattern:";
        if (const std::size_t found = line.find(networks); found != std::string_view::npos) {
            const std::string_view rest = line.substr(found + networks.size());
            using enum CecVerdict::Kind;
            ++num_verdicts;
            verdict = CecVerdict{.kind = rest.starts_with("equivalent") ? Equal : rest.starts_with("NOT EQUIVALENT") ? Different : Undecided};
        } else if (const std::size_t begin = line.find(all); begin != std::string_view::npos && verdict) {
            // Not all versions print this line; the other one has the inputs of one side only.
            verdict->inputs = pattern_of(line.substr(begin + all.size(), line.find("OUTPUT: ") - begin - all.size()));
        } else if (const std::size_t place = line.find(pattern); place != std::string_view::npos && verdict && verdict->inputs.empty()) {
            verdict->inputs = pattern_of(line.substr(place + pattern.size()));
        }
    }
    if (num_verdicts != 1) {
        return fail(DiagnosticId::ToolOutputUnread, "abc", fmt::format("a comparison gave {} verdicts", num_verdicts),
                    "this version of Yosys may be unknown to Lutra; tools/install_fpga_tools.sh installs one that is");
    }
    return *std::move(verdict);
}

Result<CecVerdict> run_cec(const Tool& yosys, const fs::path& folder, const std::pair<std::string, std::string>& sides, const CecLimits& limits) {
    std::error_code error;
    fs::remove_all(folder, error);
    fs::create_directories(folder, error);
    for (const auto& [name, content] : {std::pair<const char*, std::string>(gold_name, sides.first),
                                        {gate_name, sides.second},
                                        {host_name, std::string(host)},
                                        {script_name, yosys_script()},
                                        {commands_name, cec_script(limits)}}) {
        if (auto written = write_file(folder / name, content); !written) {
            return std::unexpected(std::move(written).error());
        }
    }
    // What Yosys writes for ABC stays in the folder, also where both are stopped.
    auto output = run_tool({.program = "/usr/bin/env",
                            .arguments = {"TMPDIR=.", fs::absolute(yosys.program).string(), "-q", "-s", script_name},
                            .folder = folder,
                            .time_limit = limits.time});
    if (!output && output.error().id == DiagnosticId::ToolTimedOut) {
        return CecVerdict{};
    }
    if (!output) {
        output.error().place = "yosys";
        return std::unexpected(std::move(output).error());
    }
    LUTRA_TRY(const std::string log, read_file(folder / log_name, max_log_bytes));
    return parse_cec(log);
}

}  // namespace lutra
