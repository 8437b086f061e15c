#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "lutra/stream/npy_reader.h"
#include "lutra/stream/npy_writer.h"

namespace lutra {
namespace {

namespace fs = std::filesystem;

/// A .npy file of version 1 with this dictionary and data.
std::string npy(std::string_view dictionary, std::string_view data) {
    std::string text = std::string(dictionary) + "\n";
    std::string file = "\x93NUMPY";
    file += {'\x01', '\x00', static_cast<char>(text.size() & 0xff), static_cast<char>(text.size() >> 8)};
    return file + text + std::string(data);
}

std::string array(std::string_view type, std::string_view shape, std::string_view data, bool is_fortran = false) {
    return npy(fmt::format("{{'descr': '{}', 'fortran_order': {}, 'shape': {}, }}", type, is_fortran ? "True" : "False", shape), data);
}

Result<EventBlock> read_all(std::string bytes) {
    auto reader = NpyReader::create(make_memory_source("test.npy", std::move(bytes)));
    if (!reader) {
        return std::unexpected(reader.error());
    }
    return reader->read_events(1000);
}

template <typename Element>
std::string bytes_of(std::initializer_list<Element> elements) {
    return {reinterpret_cast<const char*>(std::data(elements)), elements.size() * sizeof(Element)};
}

TEST(NpyReader, ReadsEachTypeOfElements) {
    using Values = std::vector<double>;
    EXPECT_EQ(read_all(array("|b1", "(2,)", bytes_of<std::uint8_t>({0, 1})))->values, (Values{0, 1}));
    EXPECT_EQ(read_all(array("|i1", "(2,)", bytes_of<std::int8_t>({-128, 127})))->values, (Values{-128, 127}));
    EXPECT_EQ(read_all(array("<i2", "(1,)", bytes_of<std::int16_t>({-300})))->values, (Values{-300}));
    EXPECT_EQ(read_all(array("<i4", "(1,)", bytes_of<std::int32_t>({-70000})))->values, (Values{-70000}));
    EXPECT_EQ(read_all(array("|u1", "(1,)", bytes_of<std::uint8_t>({255})))->values, (Values{255}));
    EXPECT_EQ(read_all(array("<u2", "(1,)", bytes_of<std::uint16_t>({65535})))->values, (Values{65535}));
    EXPECT_EQ(read_all(array("<u4", "(1,)", bytes_of<std::uint32_t>({4294967295U})))->values, (Values{4294967295.0}));
    EXPECT_EQ(read_all(array("<f2", "(1,)", bytes_of<std::uint16_t>({0xc500})))->values, (Values{-5}));
    EXPECT_EQ(read_all(array("<f4", "(1,)", bytes_of<float>({0.1F})))->values, (Values{static_cast<double>(0.1F)}));
    EXPECT_EQ(read_all(array("<f8", "(1,)", bytes_of<double>({0.1})))->values, (Values{0.1}));
}

TEST(NpyReader, ReadsBigEndianElements) {
    EXPECT_EQ(read_all(array(">i2", "(2,)", std::string("\x01\x02\xff\xfe", 4)))->values, (std::vector<double>{258, -2}));
    EXPECT_EQ(read_all(array(">f4", "(1,)", std::string("\x3f\xc0\x00\x00", 4)))->values, (std::vector<double>{1.5}));
}

TEST(NpyReader, KeepsIntegersExactBeyondDoubles) {
    const std::int64_t large = (std::int64_t{1} << 53) + 1;
    const auto block = read_all(array("<i8", "(1,)", bytes_of<std::int64_t>({large})));
    ASSERT_TRUE(block);
    EXPECT_EQ(block->integers, std::vector<std::int64_t>{large});
    EXPECT_TRUE(read_all(array("<f4", "(1,)", bytes_of<float>({1})))->integers.empty());
}

TEST(NpyReader, RefusesAnIntegerThatNoInt64Holds) {
    const auto block = read_all(array("<u8", "(1, 2)", bytes_of<std::uint64_t>({1, ~std::uint64_t{0}})));
    ASSERT_FALSE(block);
    EXPECT_EQ(block.error().id, DiagnosticId::NpyUnsupportedType);
    EXPECT_NE(block.error().message.find("event 0, element 1"), std::string::npos);
}

TEST(NpyReader, ConvertsFortranOrder) {
    // x[e, i, j] = 100 e + 10 i + j with shape (2, 2, 3): e runs fastest in the file, then i, then j.
    const auto block = read_all(array("|u1", "(2, 2, 3)", bytes_of<std::uint8_t>({0, 100, 10, 110, 1, 101, 11, 111, 2, 102, 12, 112}), true));
    ASSERT_TRUE(block);
    EXPECT_EQ(block->values, (std::vector<double>{0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112}));
    EXPECT_EQ(block->integers.size(), 12U);
    EXPECT_EQ(block->integers[4], 11);
}

TEST(NpyReader, ReadsBlockByBlockAndSeeks) {
    auto reader = NpyReader::create(make_memory_source("test.npy", array("|u1", "(5, 2)", bytes_of<std::uint8_t>({0, 1, 2, 3, 4, 5, 6, 7, 8, 9}))));
    ASSERT_TRUE(reader);
    EXPECT_EQ(reader->num_events(), 5U);
    EXPECT_EQ(reader->event_shape(), std::vector<std::uint64_t>{2});
    EXPECT_EQ(reader->read_events(3)->values, (std::vector<double>{0, 1, 2, 3, 4, 5}));
    const auto last = reader->read_events(3);
    EXPECT_EQ(last->first_event, 3U);
    EXPECT_EQ(last->values, (std::vector<double>{6, 7, 8, 9}));
    EXPECT_EQ(reader->read_events(3)->num_events, 0U);
    reader->seek(4);
    EXPECT_EQ(reader->read_events(3)->values, (std::vector<double>{8, 9}));
}

TEST(NpyReader, SaysWhereAValueIsNotFinite) {
    for (const double bad : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
        const auto block = read_all(array("<f8", "(2, 3)", bytes_of<double>({0, 1, 2, 3, bad, 5})));
        ASSERT_FALSE(block);
        EXPECT_EQ(block.error().id, DiagnosticId::NpyNotFinite);
        EXPECT_NE(block.error().message.find("event 1, element 1"), std::string::npos);
    }
}

TEST(NpyReader, ReadsHeadersOfVersionsTwoAndThree) {
    for (const char version : {'\x02', '\x03'}) {
        const std::string text = "{\"descr\": \"<f4\", \"fortran_order\": False, \"shape\": (1,), }  \n";
        std::string file = "\x93NUMPY";
        file += {version, '\x00', static_cast<char>(text.size()), '\x00', '\x00', '\x00'};
        EXPECT_EQ(read_all(file + text + bytes_of<float>({2}))->values, std::vector<double>{2});
    }
}

TEST(NpyReader, RefusesDamagedHeaders) {
    const std::string good = "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), }";
    ASSERT_TRUE(read_all(npy(good, "ab")));
    for (const char* dictionary :
         {"", "{}", "{'descr': '|u1', 'fortran_order': False, }", "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), ",
          "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), } x", "{'descr': '|u1', 'fortran_order': 0, 'shape': (2,), }",
          "{'descr': '|u1', 'fortran_order': False, 'shape': (2), }", "{'descr': '|u1', 'fortran_order': False, 'shape': (-2,), }",
          "{'descr': '|u1', 'fortran_order': False, 'shape': [2], }", "{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (2,), }",
          "{'descr': '|u1', 'fortran_order': False, 'shape': (2,), 'more': 1}", "{'descr': '|u1", "{'descr': '|u1', 'fortran_order': False, 'shape': (2 2), }",
          "{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999999999,), }",
          "{'descr': '|u1', 'fortran_order': False, 'shape': (9223372036854775808, 2), }", "{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }",
          "{'descr': '|u1', 'fortran_order': False, 'shape': (1,), }"}) {
        const auto block = read_all(npy(dictionary, "ab"));
        ASSERT_FALSE(block) << dictionary;
        EXPECT_EQ(block.error().id, DiagnosticId::NpyInvalid) << dictionary;
    }
    const std::string whole = npy(good, "ab");
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto block = read_all(whole.substr(0, size));
        ASSERT_FALSE(block) << size;
        EXPECT_EQ(block.error().id, DiagnosticId::NpyInvalid) << size;
    }
}

TEST(NpyReader, RefusesTypesThatItDoesNotRead) {
    for (const char* type : {"<c8", "|O", "<U10", "|S3", "<f16", "=f4", "<M8[ns]", ""}) {
        const auto block = read_all(array(type, "(1,)", "abcd"));
        ASSERT_FALSE(block) << type;
        EXPECT_EQ(block.error().id, DiagnosticId::NpyUnsupportedType) << type;
    }
    const auto fields = read_all(npy("{'descr': [('a', '<f4'), ('b', '<i4')], 'fortran_order': False, 'shape': (1,), }", "abcdefgh"));
    ASSERT_FALSE(fields);
    EXPECT_EQ(fields.error().id, DiagnosticId::NpyUnsupportedType);
}

TEST(NpyReader, RefusesAnArrayWithoutEvents) {
    for (const char* shape : {"()", "(3, 0)", "(18446744073709551615, 0)", "(0, 99999999)"}) {
        const auto block = read_all(array("|u1", shape, shape == std::string_view("()") ? "a" : ""));
        ASSERT_FALSE(block) << shape;
        EXPECT_EQ(block.error().id, DiagnosticId::NpyShapeMismatch) << shape;
    }
    EXPECT_EQ(read_all(array("|u1", "(0, 16)", ""))->num_events, 0U);
}

TEST(HalfToDouble, IsExactForEveryClassOfNumbers) {
    EXPECT_EQ(half_to_double(0x0000), 0.0);
    EXPECT_TRUE(std::signbit(half_to_double(0x8000)));
    EXPECT_EQ(half_to_double(0x0001), std::ldexp(1, -24));
    EXPECT_EQ(half_to_double(0x0400), std::ldexp(1, -14));
    EXPECT_EQ(half_to_double(0x3c00), 1.0);
    EXPECT_EQ(half_to_double(0x7bff), 65504.0);
    EXPECT_EQ(half_to_double(0xfc00), -HUGE_VAL);
    EXPECT_TRUE(std::isnan(half_to_double(0x7e00)));
}

class NpyWriterTest : public ::testing::Test {
protected:
    NpyWriterTest() : folder_(fs::temp_directory_path() / fmt::format("lutra_npy_{}", ::getpid())) { fs::create_directory(folder_); }
    ~NpyWriterTest() override { fs::remove_all(folder_); }
    const fs::path& folder() const { return folder_; }

private:
    fs::path folder_;
};

TEST_F(NpyWriterTest, WritesWhatTheReaderReads) {
    auto writer = NpyWriter::create(folder() / "y.npy", ElementType::Float64, {2});
    ASSERT_TRUE(writer);
    std::vector<double> all;
    for (int i = 0; i < 1200; ++i) {
        const std::vector<double> event{0.5 * i, -i / 3.0};
        all.insert(all.end(), event.begin(), event.end());
        ASSERT_TRUE(writer->append(std::span(event)));
    }
    EXPECT_FALSE(fs::exists(folder() / "y.npy"));
    ASSERT_TRUE(writer->finish());
    auto reader = NpyReader::open(folder() / "y.npy");
    ASSERT_TRUE(reader) << to_string(reader.error());
    EXPECT_EQ(reader->num_events(), 1200U);
    EXPECT_EQ(reader->read_events(2000)->values, all);
}

TEST_F(NpyWriterTest, WritesIntegersOfSmallTypes) {
    for (const ElementType type : {ElementType::UInt8, ElementType::Int16, ElementType::Int64}) {
        auto writer = NpyWriter::create(folder() / "y.npy", type, {});
        ASSERT_TRUE(writer);
        const std::vector<std::int64_t> values{0, 100, 127};
        ASSERT_TRUE(writer->append(std::span(values)));
        ASSERT_TRUE(writer->finish());
        auto reader = NpyReader::open(folder() / "y.npy");
        ASSERT_TRUE(reader);
        EXPECT_EQ(reader->type(), type);
        EXPECT_EQ(reader->read_events(10)->integers, values);
    }
}

TEST_F(NpyWriterTest, LeavesNothingWhenItIsNotFinished) {
    {
        auto writer = NpyWriter::create(folder() / "y.npy", ElementType::Float32, {});
        ASSERT_TRUE(writer);
    }
    EXPECT_TRUE(fs::is_empty(folder()));
    EXPECT_EQ(NpyWriter::create(folder() / "none" / "y.npy", ElementType::Float32, {}).error().id, DiagnosticId::FileUnwritable);
}

}  // namespace
}  // namespace lutra
