#include "lutra/stream/npy_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bit>
#include <cerrno>
#include <cstring>
#include <functional>
#include <numeric>

#include "lutra/stream/npy_header.h"

namespace lutra {

static_assert(std::endian::native == std::endian::little, "elements are written as they lie in memory");

namespace {
constexpr std::size_t buffer_bytes = std::size_t{1} << 18;
}

/// The temporary file; removed unless it was finished.
struct NpyWriter::File {
    std::filesystem::path path;
    std::string temporary;
    int descriptor = -1;
    ElementType type{};
    std::vector<std::uint64_t> event_shape;
    std::size_t event_size = 1;
    std::uint64_t num_events = 0;
    std::string buffer;

    File() = default;
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File() {
        if (descriptor >= 0) {
            ::close(descriptor);
            ::unlink(temporary.c_str());
        }
    }

    std::unexpected<Diagnostic> unwritable() const {
        return fail(DiagnosticId::FileUnwritable, path.string(), std::string("cannot be written: ") + std::strerror(errno),
                    "check that the folder exists, that you may write there and that the disk is not full");
    }

    std::string header() const {
        std::vector<std::uint64_t> shape{num_events};
        shape.insert(shape.end(), event_shape.begin(), event_shape.end());
        return format_npy_header(type, shape);
    }

    Result<void> flush() {
        std::string_view rest = buffer;
        while (!rest.empty()) {
            const ssize_t written = ::write(descriptor, rest.data(), rest.size());
            if (written < 0 && errno == EINTR) {
                continue;
            }
            if (written < 0) {
                return unwritable();
            }
            rest.remove_prefix(static_cast<std::size_t>(written));
        }
        buffer.clear();
        return {};
    }

    template <typename Element, typename Value>
    Result<void> append_as(std::span<const Value> values) {
        LUTRA_ASSERT(values.size() % event_size == 0);
        num_events += values.size() / event_size;
        for (const Value value : values) {
            const auto element = static_cast<Element>(value);
            buffer.append(reinterpret_cast<const char*>(&element), sizeof element);
            if (buffer.size() >= buffer_bytes) {
                if (auto done = flush(); !done) {
                    return done;
                }
            }
        }
        return {};
    }

    /// Appends integers, each of which the element type must hold.
    template <typename Element>
    Result<void> append_integers(std::span<const std::int64_t> values) {
        for (const std::int64_t value : values) {
            LUTRA_ASSERT(std::in_range<Element>(value));
        }
        return append_as<Element>(values);
    }
};

NpyWriter::NpyWriter(std::unique_ptr<File> file) : file_(std::move(file)) {}
NpyWriter::NpyWriter(NpyWriter&&) noexcept = default;
NpyWriter& NpyWriter::operator=(NpyWriter&&) noexcept = default;
NpyWriter::~NpyWriter() = default;

Result<NpyWriter> NpyWriter::create(const std::filesystem::path& path, ElementType type, std::vector<std::uint64_t> event_shape) {
    auto file = std::make_unique<File>();
    file->path = path;
    file->temporary = path.string() + ".XXXXXX";
    file->type = type;
    file->event_shape = std::move(event_shape);
    file->event_size = std::accumulate(file->event_shape.begin(), file->event_shape.end(), std::size_t{1}, std::multiplies<>());
    LUTRA_ASSERT(file->event_size > 0);
    file->descriptor = ::mkostemp(file->temporary.data(), O_CLOEXEC);
    if (file->descriptor < 0) {
        return file->unwritable();
    }
    file->buffer = file->header();
    return NpyWriter(std::move(file));
}

Result<void> NpyWriter::append(std::span<const double> values) {
    LUTRA_ASSERT(file_->type == ElementType::Float64 || file_->type == ElementType::Float32);
    return file_->type == ElementType::Float64 ? file_->append_as<double>(values) : file_->append_as<float>(values);
}

Result<void> NpyWriter::append(std::span<const std::int64_t> integers) {
    switch (file_->type) {
        case ElementType::Bool:
        case ElementType::UInt8: return file_->append_integers<std::uint8_t>(integers);
        case ElementType::Int8: return file_->append_integers<std::int8_t>(integers);
        case ElementType::Int16: return file_->append_integers<std::int16_t>(integers);
        case ElementType::Int32: return file_->append_integers<std::int32_t>(integers);
        case ElementType::Int64: return file_->append_integers<std::int64_t>(integers);
        case ElementType::UInt16: return file_->append_integers<std::uint16_t>(integers);
        case ElementType::UInt32: return file_->append_integers<std::uint32_t>(integers);
        case ElementType::UInt64: return file_->append_integers<std::uint64_t>(integers);
        case ElementType::Float16:
        case ElementType::Float32:
        case ElementType::Float64: break;
    }
    LUTRA_UNREACHABLE("integers for a float array");
}

Result<void> NpyWriter::finish() {
    File& file = *file_;
    if (auto done = file.flush(); !done) {
        return done;
    }
    const std::string header = file.header();
    constexpr mode_t readable_by_all = 0644;
    if (::pwrite(file.descriptor, header.data(), header.size(), 0) != static_cast<ssize_t>(header.size()) || ::fchmod(file.descriptor, readable_by_all) != 0 ||
        ::fsync(file.descriptor) != 0 || ::rename(file.temporary.c_str(), file.path.c_str()) != 0) {
        return file.unwritable();
    }
    ::close(file.descriptor);
    file.descriptor = -1;
    return {};
}

}  // namespace lutra
