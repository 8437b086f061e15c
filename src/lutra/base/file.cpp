#include "lutra/base/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/sha.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "lutra/base/printed_file.h"

namespace lutra {

namespace fs = std::filesystem;

namespace {

/// Closes a file descriptor at the end of its scope.
class FileDescriptor {
public:
    explicit FileDescriptor(int descriptor) : descriptor_(descriptor) {}
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    ~FileDescriptor() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }
    int get() const { return descriptor_; }

private:
    int descriptor_;
};

std::string reason() { return std::strerror(errno); }

std::unexpected<Diagnostic> unreadable(const fs::path& path, std::string why) {
    return fail(DiagnosticId::FileUnreadable, path.string(), "the file cannot be read: " + std::move(why),
                "check that it is a regular file and that you may read it");
}

std::unexpected<Diagnostic> unwritable(const fs::path& path, std::string why) {
    return fail(DiagnosticId::FileUnwritable, path.string(), "cannot be written: " + std::move(why),
                "check that the folder exists, that you may write there and that the disk is not full");
}

Result<void> write_all(const FileDescriptor& file, const fs::path& path, std::string_view content) {
    while (!content.empty()) {
        const ssize_t written = ::write(file.get(), content.data(), content.size());
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            return unwritable(path, reason());
        }
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

/// Puts a folder in the place of another, which gets the name of the first: at no moment is there none of the name `target`, where the file
/// system can exchange names.
Result<void> take_place(const fs::path& folder, const fs::path& target) {
    if (::renameat2(AT_FDCWD, folder.c_str(), AT_FDCWD, target.c_str(), RENAME_EXCHANGE) == 0) {
        return {};
    }
    std::error_code error;
    fs::remove_all(target, error);
    fs::rename(folder, target, error);
    if (error) {
        return unwritable(target, error.message());
    }
    return {};
}

}  // namespace

Result<std::string> read_file(const fs::path& path, std::uint64_t max_bytes) {
    const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.get() < 0) {
        if (errno == ENOENT) {
            return fail(DiagnosticId::FileNotFound, path.string(), "the file does not exist", "check the path");
        }
        return unreadable(path, reason());
    }
    struct stat status{};
    if (::fstat(file.get(), &status) != 0) {
        return unreadable(path, reason());
    }
    if (!S_ISREG(status.st_mode)) {
        return unreadable(path, "it is not a regular file");
    }
    const auto size = static_cast<std::uint64_t>(status.st_size);
    if (size > max_bytes) {
        return fail(DiagnosticId::FileTooLarge, path.string(), fmt::format("the file has {} bytes; at most {} are read", size, max_bytes),
                    "check that it is the file you meant");
    }
    std::string content(size, '\0');
    std::size_t done = 0;
    while (done < content.size()) {
        const ssize_t got = ::read(file.get(), content.data() + done, content.size() - done);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return unreadable(path, reason());
        }
        if (got == 0) {
            break;
        }
        done += static_cast<std::size_t>(got);
    }
    content.resize(done);
    return content;
}

Result<void> write_file(const fs::path& path, std::string_view content) {
    return write_printed_file(path, [content](const TextSink& sink) { sink(content); });
}

Result<void> write_printed_file(const fs::path& path, const TextPrinter& print) {
    std::string temporary = path.string() + ".XXXXXX";
    const FileDescriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
    if (file.get() < 0) {
        return unwritable(path, reason());
    }
    constexpr mode_t readable_by_all = 0644;
    Result<void> written;
    print([&](std::string_view part) {
        if (written) {
            written = write_all(file, path, part);
        }
    });
    if (written && (::fsync(file.get()) != 0 || ::fchmod(file.get(), readable_by_all) != 0 || ::rename(temporary.c_str(), path.c_str()) != 0)) {
        written = unwritable(path, reason());
    }
    if (!written) {
        ::unlink(temporary.c_str());
    }
    return written;
}

Result<void> write_folder(const fs::path& path, std::string_view marker, const std::function<Result<void>(const fs::path&)>& fill) {
    std::error_code error;
    const fs::path target = path.has_filename() ? path : path.parent_path();
    const bool exists = fs::exists(target, error);
    if (exists && !fs::is_directory(target, error)) {
        return unwritable(target, "a file of this name is there");
    }
    if (exists && !fs::exists(target / marker, error) && !fs::is_empty(target, error)) {
        return fail(DiagnosticId::OutputFolderInUse, target.string(), fmt::format("the folder is not empty and has no {}, so Lutra did not write it", marker),
                    "name another folder, or empty this one");
    }
    const fs::path parent = target.has_parent_path() ? target.parent_path() : fs::path(".");
    fs::create_directories(parent, error);
    std::string temporary = (parent / ("." + target.filename().string() + ".XXXXXX")).string();
    if (::mkdtemp(temporary.data()) == nullptr) {
        return unwritable(target, reason());
    }
    auto result = fill(temporary);
    if (result) {
        fs::permissions(temporary, fs::perms(0755), error);
        result = take_place(temporary, target);
    }
    fs::remove_all(temporary, error);
    return result;
}

std::string sha256_hex(std::string_view bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest.data());
    std::string text;
    for (const unsigned char byte : digest) {
        text += fmt::format("{:02x}", byte);
    }
    return text;
}

}  // namespace lutra
