#include "lutra/import/archive.h"

#include <gtest/gtest.h>
#include <zip.h>

namespace lutra {
namespace {

using Entries = std::vector<std::pair<std::string, std::string>>;

/// A zip archive of these entries, stored.
std::string archive_of(const Entries& entries) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t* zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    for (const auto& [name, content] : entries) {
        zip_source_t* source = zip_source_buffer(zip, content.data(), content.size(), 0);
        const zip_int64_t index = zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
        zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), ZIP_CM_STORE, 0);
    }
    EXPECT_EQ(zip_close(zip), 0);
    std::string bytes;
    EXPECT_EQ(zip_source_open(target), 0);
    char block[4096];
    for (zip_int64_t got = 0; (got = zip_source_read(target, block, sizeof block)) > 0;) {
        bytes.append(block, static_cast<std::size_t>(got));
    }
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

/// What is said to an archive; empty when it is read.
std::string refusal(const std::string& bytes, const ArchiveLimits& limits = {}) {
    const auto archive = Archive::open(bytes, "x.zip", limits);
    return archive ? "" : archive.error().message;
}

TEST(Archive, ReadsItsEntries) {
    const std::string bytes = archive_of({{"config.json", "{}"}, {"folder/data.bin", std::string(100, 'x')}});
    const auto archive = Archive::open(bytes, "x.zip");
    ASSERT_TRUE(archive);
    EXPECT_EQ(archive->entries().size(), 2U);
    EXPECT_TRUE(archive->contains("config.json"));
    EXPECT_EQ(archive->read("config.json").value(), "{}");
    EXPECT_EQ(archive->read("folder/data.bin").value(), std::string(100, 'x'));
    EXPECT_EQ(archive->read("absent").error().id, DiagnosticId::ArchiveNotRead);
}

TEST(Archive, RefusesNamesThatLeadOutside) {
    for (const std::string name : {"/etc/x", "../x", "a/../../x", "a//b", "./x", "a\\b", "c:/x"}) {
        EXPECT_NE(refusal(archive_of({{name, "1"}})), "") << name;
    }
    EXPECT_EQ(refusal(archive_of({{"a..b/..c", "1"}})), "");
}

TEST(Archive, RefusesMoreThanItsLimits) {
    const std::string bytes = archive_of({{"a", std::string(600, 'x')}, {"b", std::string(600, 'x')}});
    EXPECT_EQ(refusal(bytes), "");
    EXPECT_NE(refusal(bytes, {.max_entries = 1}), "");
    EXPECT_NE(refusal(bytes, {.max_entry_bytes = 500}), "");
    EXPECT_NE(refusal(bytes, {.max_total_bytes = 1000}), "");
}

TEST(Archive, NoticesEveryChangedByte) {
    const std::string bytes = archive_of({{"a", "some content that has a checksum"}});
    const std::size_t begin = bytes.find("some content");
    std::string changed = bytes;
    changed[begin + 3] ^= 1;
    const auto archive = Archive::open(changed, "x.zip");
    ASSERT_TRUE(archive);
    EXPECT_FALSE(archive->read("a"));
}

TEST(Archive, SurvivesEveryCut) {
    const std::string bytes = archive_of({{"a", "content"}, {"b", "more"}});
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const std::string cut = bytes.substr(0, size);
        if (const auto archive = Archive::open(cut, "x.zip")) {
            for (const ArchiveEntry& entry : archive->entries()) {
                static_cast<void>(archive->read(entry.name));
            }
        }
    }
}

}  // namespace
}  // namespace lutra
