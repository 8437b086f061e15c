#include <fmt/format.h>

#include "lutra/import/hdf5/frames.h"
#include "lutra/import/hdf5/hdf5_file.h"
#include "lutra/import/hdf5/walk.h"

namespace lutra {

const Hdf5Attribute* Hdf5File::attribute(std::string_view path, std::string_view name) const {
    const auto object = attributes.find(path);
    if (object == attributes.end()) {
        return nullptr;
    }
    const auto found = object->second.find(name);
    return found == object->second.end() ? nullptr : &found->second;
}

std::string Hdf5File::string_attribute(std::string_view path, std::string_view name) const {
    const Hdf5Attribute* found = attribute(path, name);
    return found != nullptr && found->strings.size() == 1 ? found->strings[0] : "";
}

Result<Hdf5File> read_hdf5(std::string_view bytes, std::string_view place, const Hdf5Limits& limits) {
    const auto refuse = [&](const std::string& reason) {
        return fail(DiagnosticId::Hdf5NotRead, std::string(place), fmt::format("the HDF5 file cannot be read: {}", reason), "save the model again");
    };
    const auto records = run_in_child(
        [&](const ChildOutput& output) {
            hdf5::FrameWriter frames(output);
            hdf5::walk_file(bytes, limits, frames);
        },
        ChildLimits{.max_cpu_seconds = limits.max_cpu_seconds});
    if (!records) {
        return refuse(records.error());
    }
    auto file = hdf5::read_frames(*records);
    if (!file) {
        return refuse(file.error());
    }
    return *std::move(file);
}

}  // namespace lutra
