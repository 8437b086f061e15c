#include "lutra/stream/data_source.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zip.h>

#include <filesystem>

#include "lutra/base/file.h"
#include "lutra/stream/npy_header.h"
#include "lutra/stream/zip_archive.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

std::string array(const std::vector<std::uint64_t>& shape, int first, std::size_t count) {
    std::string file = format_npy_header(ElementType::UInt8, shape);
    for (std::size_t i = 0; i < count; ++i) {
        file += static_cast<char>(first + static_cast<int>(i));
    }
    return file;
}

class DataSourceTest : public ::testing::Test {
protected:
    DataSourceTest() : folder_(fs::temp_directory_path() / fmt::format("lutra_data_{}", ::getpid())) { fs::create_directory(folder_); }
    ~DataSourceTest() override { fs::remove_all(folder_); }

    fs::path write_npy(const std::string& content) {
        EXPECT_TRUE(write_file(folder_ / "x.npy", content));
        return folder_ / "x.npy";
    }

    fs::path write_npz(const std::vector<std::pair<std::string, std::string>>& entries, int compression = ZIP_CM_DEFLATE) {
        const fs::path path = folder_ / "x.npz";
        fs::remove(path);
        zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
        for (const auto& [name, content] : entries) {
            const zip_int64_t index = zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), ZIP_FL_OVERWRITE);
            zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), compression, 0);
        }
        EXPECT_EQ(zip_close(archive), 0);
        return path;
    }

private:
    fs::path folder_;
};

const std::vector<InputSpec> one_input{{.name = "x", .event_shape = {2}}};
const std::vector<InputSpec> two_inputs{{.name = "a", .event_shape = {2}}, {.name = "b", .event_shape = {3}}};

TEST_F(DataSourceTest, ReadsOneArrayOfAFile) {
    auto source = DataSource::open(write_npy(array({3, 2}, 0, 6)), one_input);
    ASSERT_TRUE(source) << to_string(source.error());
    EXPECT_EQ(source->num_events(), 3U);
    EXPECT_EQ(source->read_events(2)->at(0).values, (std::vector<double>{0, 1, 2, 3}));
    EXPECT_EQ(source->read_events(2)->at(0).values, (std::vector<double>{4, 5}));
    EXPECT_EQ(source->read_events(2)->at(0).num_events, 0U);
}

TEST_F(DataSourceTest, ReadsNamedArraysOfAnArchiveStoredOrDeflated) {
    for (const int compression : {ZIP_CM_STORE, ZIP_CM_DEFLATE}) {
        auto source = DataSource::open(write_npz({{"b.npy", array({2, 3}, 10, 6)}, {"a.npy", array({2, 2}, 0, 4)}}, compression), two_inputs);
        ASSERT_TRUE(source) << to_string(source.error());
        const auto blocks = source->read_events(10);
        ASSERT_TRUE(blocks);
        EXPECT_EQ(blocks->at(0).values, (std::vector<double>{0, 1, 2, 3}));
        EXPECT_EQ(blocks->at(1).values, (std::vector<double>{10, 11, 12, 13, 14, 15}));
        source->seek(1);
        EXPECT_EQ(source->read_events(10)->at(0).values, (std::vector<double>{2, 3}));
    }
}

TEST_F(DataSourceTest, TakesTheOnlyArrayOfAnArchiveWhateverItsName) {
    EXPECT_TRUE(DataSource::open(write_npz({{"arr_0.npy", array({3, 2}, 0, 6)}}), one_input));
}

TEST_F(DataSourceTest, IgnoresAxesOfLengthOne) { EXPECT_TRUE(DataSource::open(write_npy(array({3, 1, 2}, 0, 6)), one_input)); }

TEST_F(DataSourceTest, RefusesArraysThatDoNotFitTheInputs) {
    const auto refused = [&](const fs::path& path, std::span<const InputSpec> inputs) {
        const auto source = DataSource::open(path, inputs);
        return !source && source.error().id == DiagnosticId::NpyShapeMismatch;
    };
    EXPECT_TRUE(refused(write_npy(array({2, 3}, 0, 6)), one_input));
    EXPECT_TRUE(refused(write_npy(array({6}, 0, 6)), one_input));
    EXPECT_TRUE(refused(write_npy(array({3, 2}, 0, 6)), two_inputs));
    EXPECT_TRUE(refused(write_npz({{"a.npy", array({2, 2}, 0, 4)}}), two_inputs));
    EXPECT_TRUE(refused(write_npz({{"a.npy", array({2, 2}, 0, 4)}, {"b.npy", array({1, 3}, 0, 3)}}), two_inputs));
}

TEST_F(DataSourceTest, RefusesADamagedArchive) {
    const fs::path path = write_npz({{"x.npy", array({100, 2}, 0, 200)}});
    const std::string whole = *read_file(path, 1 << 20);
    for (const std::size_t size : {std::size_t{3}, whole.size() / 2, whole.size() - 1}) {
        ASSERT_TRUE(write_file(path, whole.substr(0, size)));
        const auto source = DataSource::open(path, one_input);
        ASSERT_FALSE(source) << size;
        EXPECT_EQ(source.error().id, DiagnosticId::NpyInvalid);
    }
    std::string changed = whole;
    constexpr std::size_t in_the_data = 160;
    changed[in_the_data] = static_cast<char>(changed[in_the_data] ^ 0x55);
    ASSERT_TRUE(write_file(path, changed));
    auto source = DataSource::open(path, one_input);
    EXPECT_FALSE(source && source->read_events(1000));
}

TEST_F(DataSourceTest, MissingFilesAreFileNotFound) { EXPECT_EQ(DataSource::open("/no/such/file.npy", one_input).error().id, DiagnosticId::FileNotFound); }

}  // namespace
}  // namespace lutra
