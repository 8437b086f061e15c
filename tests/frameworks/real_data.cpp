#include "real_data.h"

#include <zlib.h>

#include <cstdlib>

namespace lutra {

namespace fs = std::filesystem;

namespace {

/// The bytes of an IDX file behind its header.
std::vector<unsigned char> read_idx(const fs::path& path, std::size_t header_size, std::size_t num_bytes) {
    std::vector<unsigned char> bytes(header_size + num_bytes);
    const gzFile file = gzopen(path.c_str(), "rb");
    EXPECT_EQ(gzread(file, bytes.data(), static_cast<unsigned>(bytes.size())), static_cast<int>(bytes.size()));
    gzclose(file);
    bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(header_size));
    return bytes;
}

}  // namespace

fs::path data_folder() {
    const char* folder = std::getenv("LUTRA_DATA");
    return folder != nullptr ? fs::path(folder) : fs::path(LUTRA_SOURCE_DIR) / "../shared/data";
}

fs::path recorded_folder() {
    const char* folder = std::getenv("LUTRA_RECORDED");
    return folder != nullptr ? fs::path(folder) : fs::path(LUTRA_SOURCE_DIR) / "tests/golden/real_models";
}

fs::path onnx_file(const std::string& name) { return data_folder() / "models/onnx" / (name + ".onnx"); }

EventArray jets(std::size_t num_events) {
    EventArray array = read_events(data_folder() / "jets/openml_test1000_x.npy").value();
    array.num_events = num_events;
    array.values.resize(num_events * array.event_size);
    return array;
}

EventArray digits(std::size_t num_events) {
    constexpr std::size_t image_size = 28 * 28;
    EventArray array{num_events, image_size, {}};
    for (const unsigned char pixel : read_idx(data_folder() / "mnist/t10k-images-idx3-ubyte.gz", 16, num_events * image_size)) {
        array.values.push_back(static_cast<float>(pixel) / 255.0F);
    }
    return array;
}

std::vector<std::int64_t> jet_labels() {
    const EventArray labels = read_events(data_folder() / "jets/openml_test1000_y.npy").value();
    return {labels.values.begin(), labels.values.end()};
}

std::vector<std::int64_t> digit_labels() {
    const auto labels = read_idx(data_folder() / "mnist/t10k-labels-idx1-ubyte.gz", 8, 10000);
    return {labels.begin(), labels.end()};
}

void RealData::SetUp() {
    if (!fs::exists(data_folder() / "models/onnx")) {
        GTEST_SKIP() << "no data in " << data_folder() << "; set LUTRA_DATA";
    }
}

}  // namespace lutra
