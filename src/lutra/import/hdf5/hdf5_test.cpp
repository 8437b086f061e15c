#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>

#include "lutra/base/file.h"
#include "lutra/import/hdf5/frames.h"
#include "lutra/import/hdf5/hdf5_file.h"

namespace lutra {
namespace {

std::string recorded(const std::string& name) {
    constexpr std::uint64_t largest = 1 << 20;
    return read_file(std::filesystem::path(LUTRA_SOURCE_DIR) / "tests/golden/keras" / name, largest).value();
}

TEST(Hdf5, ReadsGroupsAttributesAndNumbers) {
    const Hdf5File file = read_hdf5(recorded("keras2_dense.weights.h5"), "x.h5").value();
    EXPECT_TRUE(file.groups.contains("dense"));
    ASSERT_NE(file.attribute("dense", "weight_names"), nullptr);
    EXPECT_EQ(file.attribute("dense", "weight_names")->strings, (std::vector<std::string>{"dense/kernel:0", "dense/bias:0"}));
    const Hdf5Numbers& kernel = file.datasets.at("dense/dense/kernel:0");
    EXPECT_EQ(kernel.extents, (std::vector<std::int64_t>{4, 3}));
    EXPECT_EQ(kernel.values.size(), 12U);
    EXPECT_EQ(kernel.element_bytes, 4);
    EXPECT_EQ(file.string_attribute("", "backend"), "tensorflow");
    EXPECT_EQ(file.string_attribute("", "absent"), "");
}

TEST(Hdf5, RefusesMoreThanItsLimits) {
    const std::string bytes = recorded("keras2_dense.weights.h5");
    EXPECT_TRUE(read_hdf5(bytes, "x.h5", {.max_elements = 11}).value().unread.contains("dense/dense/kernel:0"));
    EXPECT_FALSE(read_hdf5(bytes, "x.h5", {.max_objects = 3}));
    EXPECT_FALSE(read_hdf5(bytes, "x.h5", {.max_depth = 1}));
}

TEST(Hdf5, SurvivesDamage) {
    const std::string bytes = recorded("keras2_dense.weights.h5");
    for (std::size_t at = 8; at < bytes.size(); at += bytes.size() / 4) {
        std::string damaged = bytes;
        for (std::size_t i = at; i < std::min(at + 24, bytes.size()); ++i) {
            damaged[i] = static_cast<char>(0xff);
        }
        static_cast<void>(read_hdf5(damaged, "x.h5"));
        static_cast<void>(read_hdf5(std::string_view(bytes).substr(0, at), "x.h5"));
    }
}

TEST(ChildProcess, HandsOverWhatItsWorkWrites) {
    const auto output = run_in_child([](const ChildOutput& write) { write("abc", 3); }, {});
    EXPECT_EQ(output, "abc");
}

TEST(ChildProcess, SaysWhatBecameOfACrash) {
    const auto output = run_in_child([](const ChildOutput&) { std::raise(SIGSEGV); }, {});
    ASSERT_FALSE(output);
    EXPECT_NE(output.error().find("crashed"), std::string::npos) << output.error();
    EXPECT_FALSE(run_in_child([](const ChildOutput&) { throw 1; }, {}));
}

TEST(ChildProcess, StopsOutputWithoutEnd) {
    const auto endless = [](const ChildOutput& write) {
        while (write("0123456789abcdef", 16)) {
        }
    };
    EXPECT_FALSE(run_in_child(endless, {.max_output_bytes = 1 << 16}));
}

TEST(ChildProcess, CannotOpenFiles) {
    const auto work = [](const ChildOutput& write) {
        std::FILE* file = std::fopen("/proc/self/stat", "r");
        write(file == nullptr ? "0" : "1", 1);
    };
    EXPECT_EQ(run_in_child(work, {}), "0");
}

TEST(Frames, AreReadBack) {
    std::string bytes;
    const ChildOutput collect = [&](const void* data, std::size_t size) {
        bytes.append(static_cast<const char*>(data), size);
        return true;
    };
    hdf5::FrameWriter writer(collect);
    const Hdf5Numbers numbers{{2, 1}, {1.5, -2}, false, 8};
    writer.group("g");
    writer.dataset("g/d", numbers);
    writer.attribute("g", "names", {{{0}, {}, false, 4}, {"a", "b"}});
    writer.unread("g/l", "it is a link");
    writer.end();
    const auto file = hdf5::read_frames(bytes);
    ASSERT_TRUE(file);
    EXPECT_TRUE(file->groups.contains("g"));
    EXPECT_EQ(file->datasets.at("g/d"), numbers);
    EXPECT_EQ(file->attribute("g", "names")->strings, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(file->unread.at("g/l"), "it is a link");
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(hdf5::read_frames(std::string_view(bytes).substr(0, size))) << size;
    }
}

}  // namespace
}  // namespace lutra
