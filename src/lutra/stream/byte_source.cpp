#include "lutra/stream/byte_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace lutra {

namespace {

std::unexpected<Diagnostic> unreadable(const std::string& name, const std::string& why) {
    return fail(DiagnosticId::FileUnreadable, name, "the file cannot be read: " + why, "check that it is a regular file and that you may read it");
}

std::unexpected<Diagnostic> too_short(const std::string& name, std::uint64_t wanted, std::uint64_t size) {
    return fail(DiagnosticId::FileUnreadable, name, fmt::format("the file ends at byte {}; {} are needed", size, wanted),
                "check that the file was copied whole");
}

/// A file, read with pread.
class FileSource : public ByteSource {
public:
    FileSource(std::string name, int descriptor, std::uint64_t size) : name_(std::move(name)), descriptor_(descriptor), size_(size) {}
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;
    ~FileSource() override { ::close(descriptor_); }

    const std::string& name() const override { return name_; }
    std::uint64_t size() const override { return size_; }

    Result<void> read(std::uint64_t offset, std::span<char> to) override {
        if (offset > size_ || to.size() > size_ - offset) {
            return too_short(name_, offset + to.size(), size_);
        }
        while (!to.empty()) {
            const ssize_t got = ::pread(descriptor_, to.data(), to.size(), static_cast<off_t>(offset));
            if (got < 0 && errno == EINTR) {
                continue;
            }
            if (got < 0) {
                return unreadable(name_, std::strerror(errno));
            }
            if (got == 0) {
                return too_short(name_, offset + to.size(), offset);
            }
            offset += static_cast<std::uint64_t>(got);
            to = to.subspan(static_cast<std::size_t>(got));
        }
        return {};
    }

private:
    std::string name_;
    int descriptor_;
    std::uint64_t size_;
};

/// Bytes in memory.
class MemorySource : public ByteSource {
public:
    MemorySource(std::string name, std::string bytes) : name_(std::move(name)), bytes_(std::move(bytes)) {}

    const std::string& name() const override { return name_; }
    std::uint64_t size() const override { return bytes_.size(); }

    Result<void> read(std::uint64_t offset, std::span<char> to) override {
        if (offset > bytes_.size() || to.size() > bytes_.size() - offset) {
            return too_short(name_, offset + to.size(), bytes_.size());
        }
        std::copy_n(bytes_.data() + offset, to.size(), to.data());
        return {};
    }

private:
    std::string name_;
    std::string bytes_;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> open_file_source(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        if (errno == ENOENT) {
            return fail(DiagnosticId::FileNotFound, path.string(), "the file does not exist", "check the path");
        }
        return unreadable(path.string(), std::strerror(errno));
    }
    struct stat status{};
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        ::close(descriptor);
        return unreadable(path.string(), "it is not a regular file");
    }
    return std::make_unique<FileSource>(path.string(), descriptor, static_cast<std::uint64_t>(status.st_size));
}

std::unique_ptr<ByteSource> make_memory_source(std::string name, std::string bytes) {
    return std::make_unique<MemorySource>(std::move(name), std::move(bytes));
}

}  // namespace lutra
