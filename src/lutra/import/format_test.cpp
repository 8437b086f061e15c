#include "lutra/import/format.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace lutra {
namespace {

TEST(Format, IsToldByTheFirstBytes) {
    EXPECT_EQ(detect_format("\x89HDF\r\n\x1a\n"), ModelFormat::Hdf5);
    EXPECT_EQ(detect_format("PK\x03\x04"), ModelFormat::KerasZip);
    EXPECT_EQ(detect_format("\x80\x04\x95"), ModelFormat::Pickle);
    EXPECT_EQ(detect_format("\n {}"), ModelFormat::KerasJson);
    EXPECT_EQ(detect_format("# comment\nlutra graph"), ModelFormat::LutraText);
    EXPECT_EQ(detect_format("\x08\x0a"), ModelFormat::Onnx);
    EXPECT_EQ(detect_format("x,y"), std::nullopt);
    EXPECT_EQ(detect_format(""), std::nullopt);
}

TEST(Format, CanBeOverriddenWhereTheContentDoesNotTell) {
    for (const NamedFormat& named : named_formats) {
        EXPECT_TRUE(can_be_read_as(std::nullopt, named.format)) << named.name;
        EXPECT_TRUE(can_be_read_as(named.format, named.format)) << named.name;
    }
}

TEST(Format, OfAnArchiveCanBeOverriddenByAnotherKindOfArchive) {
    EXPECT_TRUE(can_be_read_as(ModelFormat::KerasZip, ModelFormat::Skops));
    EXPECT_TRUE(can_be_read_as(ModelFormat::TorchPickle, ModelFormat::KerasZip));
    EXPECT_FALSE(can_be_read_as(ModelFormat::KerasZip, ModelFormat::Onnx));
    EXPECT_FALSE(can_be_read_as(ModelFormat::Hdf5, ModelFormat::KerasZip));
}

TEST(Format, CannotContradictAMark) {
    EXPECT_FALSE(can_be_read_as(ModelFormat::Onnx, ModelFormat::Hdf5));
    EXPECT_FALSE(can_be_read_as(ModelFormat::KerasJson, ModelFormat::LutraText));
    EXPECT_FALSE(can_be_read_as(ModelFormat::Pickle, ModelFormat::Skops));
}

TEST(Format, HasOneNameEach) {
    for (const NamedFormat& named : named_formats) {
        EXPECT_EQ(std::ranges::count(named_formats, named.name, &NamedFormat::name), 1);
        EXPECT_EQ(std::ranges::count(named_formats, named.format, &NamedFormat::format), 1);
    }
}

}  // namespace
}  // namespace lutra
