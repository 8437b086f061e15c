#include "lutra/stream/zip_archive.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <array>

namespace lutra {

namespace {

constexpr std::int64_t max_entries = 10000;

struct CloseArchive {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseEntry {
    void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};
using Archive = std::unique_ptr<zip_t, CloseArchive>;
using Entry = std::unique_ptr<zip_file_t, CloseEntry>;

std::unexpected<Diagnostic> damaged(std::string place, std::string why) {
    return fail(DiagnosticId::NpyInvalid, std::move(place), "the zip archive cannot be read: " + std::move(why), "write the file anew with numpy.savez");
}

Result<Archive> open_archive(const std::filesystem::path& path) {
    if (const auto file = open_file_source(path); !file) {
        return std::unexpected(file.error());
    }
    int code = 0;
    Archive archive(zip_open(path.c_str(), ZIP_RDONLY, &code));
    if (!archive) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        std::string why = zip_error_strerror(&error);
        zip_error_fini(&error);
        return damaged(path.string(), std::move(why));
    }
    if (zip_get_num_entries(archive.get(), 0) > max_entries) {
        return damaged(path.string(), fmt::format("it has {} entries; at most {} are read", zip_get_num_entries(archive.get(), 0), max_entries));
    }
    return archive;
}

Result<ZipEntry> entry_of(zip_t* archive, const std::filesystem::path& path, std::uint64_t index) {
    zip_stat_t status;
    constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE;
    if (zip_stat_index(archive, index, 0, &status) != 0 || (status.valid & needed) != needed) {
        return damaged(path.string(), fmt::format("its entry {} has no name and size", index));
    }
    return ZipEntry{.name = status.name, .size = status.size};
}

/// An entry that is unpacked while it is read.
class EntrySource : public ByteSource {
public:
    EntrySource(std::string name, std::uint64_t size, Archive archive, std::uint64_t index)
        : name_(std::move(name)), size_(size), archive_(std::move(archive)), index_(index) {}

    const std::string& name() const override { return name_; }
    std::uint64_t size() const override { return size_; }

    Result<void> read(std::uint64_t offset, std::span<char> to) override {
        if (offset > size_ || to.size() > size_ - offset) {
            return damaged(name_, fmt::format("the entry ends at byte {}; {} are needed", size_, offset + to.size()));
        }
        if (!entry_ || offset < position_) {
            entry_.reset(zip_fopen_index(archive_.get(), index_, 0));
            position_ = 0;
            if (!entry_) {
                return damaged(name_, zip_strerror(archive_.get()));
            }
        }
        std::array<char, 65536> skipped{};
        while (position_ < offset) {
            const std::size_t count = std::min<std::uint64_t>(skipped.size(), offset - position_);
            if (auto got = read_on(std::span(skipped).first(count)); !got) {
                return got;
            }
        }
        auto got = read_on(to);
        return got && position_ == size_ ? check_end() : got;
    }

private:
    /// The checksum is compared when the end is met, which takes one read more.
    Result<void> check_end() {
        char more = 0;
        if (zip_fread(entry_.get(), &more, 1) != 0) {
            std::string why = zip_file_strerror(entry_.get());
            entry_.reset();
            return damaged(name_, std::move(why));
        }
        return {};
    }

    Result<void> read_on(std::span<char> to) {
        while (!to.empty()) {
            const zip_int64_t got = zip_fread(entry_.get(), to.data(), to.size());
            if (got <= 0) {
                std::string why = got == 0 ? "the entry is shorter than the directory says" : zip_file_strerror(entry_.get());
                entry_.reset();
                return damaged(name_, std::move(why));
            }
            position_ += static_cast<std::uint64_t>(got);
            to = to.subspan(static_cast<std::size_t>(got));
        }
        return {};
    }

    std::string name_;
    std::uint64_t size_;
    Archive archive_;
    std::uint64_t index_;
    Entry entry_;
    std::uint64_t position_ = 0;
};

}  // namespace

Result<std::vector<ZipEntry>> list_zip(const std::filesystem::path& path) {
    LUTRA_TRY(const Archive archive, open_archive(path));
    std::vector<ZipEntry> entries;
    const auto num_entries = static_cast<std::uint64_t>(zip_get_num_entries(archive.get(), 0));
    for (std::uint64_t index = 0; index < num_entries; ++index) {
        LUTRA_TRY(ZipEntry entry, entry_of(archive.get(), path, index));
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<std::unique_ptr<ByteSource>> open_zip_entry(const std::filesystem::path& path, std::size_t index) {
    LUTRA_TRY(Archive archive, open_archive(path));
    LUTRA_TRY(const ZipEntry entry, entry_of(archive.get(), path, index));
    return std::make_unique<EntrySource>(fmt::format("{}:{}", path.string(), entry.name), entry.size, std::move(archive), index);
}

}  // namespace lutra
