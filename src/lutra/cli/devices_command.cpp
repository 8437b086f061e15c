#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <nlohmann/json.hpp>

#include "lutra/cli/command.h"
#include "lutra/target/device.h"

namespace lutra::cli {

void add_devices(CLI::App& app, Session& session) {
    CLI::App* command = app.add_subcommand("devices", "list the devices: what is run, what is only estimated");
    command->footer("Example:\n  lutra devices --json");
    command->callback([&session] {
        nlohmann::ordered_json list = nlohmann::ordered_json::array();
        if (!session.json) {
            fmt::print("{:<12}{:<26}{:<16}{:>9}{:>10}{:>7}{:>7}  {:<11}{:<11}{}\n", "device", "part", "family", "LUT", "FF", "DSP", "BRAM", "LUT count",
                       "placement", "timing");
        }
        for (const Device& device : all_devices()) {
            if (session.json) {
                list.push_back({{"name", device.name},
                                {"part", device.part},
                                {"family", to_string(device.family)},
                                {"lut_inputs", device.lut_inputs},
                                {"lut", device.capacity.lut},
                                {"ff", device.capacity.ff},
                                {"dsp", device.capacity.dsp},
                                {"bram", device.capacity.bram},
                                {"lut_count", to_string(device.lut_count)},
                                {"placement", to_string(device.placement)},
                                {"timing", to_string(device.timing)}});
            } else {
                fmt::print("{:<12}{:<26}{:<16}{:>9}{:>10}{:>7}{:>7}  {:<11}{:<11}{}\n", device.name, device.part, to_string(device.family), device.capacity.lut,
                           device.capacity.ff, device.capacity.dsp, device.capacity.bram, to_string(device.lut_count), to_string(device.placement),
                           to_string(device.timing));
            }
        }
        if (session.json) {
            fmt::print("{}\n", list.dump(2));
        }
    });
}

}  // namespace lutra::cli
