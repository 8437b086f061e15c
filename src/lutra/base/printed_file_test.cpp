#include "lutra/base/printed_file.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "lutra/base/file.h"

namespace lutra {
namespace {

TEST(PrintedFile, HoldsAllPartsInOrder) {
    const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / "printed_file_test.txt";
    ASSERT_TRUE(write_printed_file(path, [](const TextSink& sink) {
        sink("one ");
        sink("");
        sink("two");
    }));
    EXPECT_EQ(read_file(path, 100).value(), "one two");
    std::filesystem::remove(path);
}

TEST(PrintedFile, SaysWhereItCannotBeWritten) {
    const auto written = write_printed_file("/no/such/folder/file", [](const TextSink& sink) { sink("text"); });
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().id, DiagnosticId::FileUnwritable);
}

}  // namespace
}  // namespace lutra
