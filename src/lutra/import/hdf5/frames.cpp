#include "lutra/import/hdf5/frames.h"

namespace lutra::hdf5 {

void FrameWriter::text(std::string_view value) {
    number(value.size());
    buffer_ += value;
}

void FrameWriter::numbers(const Hdf5Numbers& value) {
    number(value.is_integer ? 1 : 0);
    number(static_cast<std::uint64_t>(value.element_bytes));
    number(value.extents.size());
    for (const std::int64_t extent : value.extents) {
        number(static_cast<std::uint64_t>(extent));
    }
    number(value.values.size());
    buffer_.append(reinterpret_cast<const char*>(value.values.data()), value.values.size() * sizeof(double));
}

void FrameWriter::flush(std::size_t at_least) {
    if (buffer_.size() >= at_least) {
        output_(buffer_.data(), buffer_.size());
        buffer_.clear();
    }
}

namespace {
constexpr std::size_t block = 1U << 16;
}

void FrameWriter::group(std::string_view path) {
    tag(Tag::Group);
    text(path);
    flush(block);
}

void FrameWriter::dataset(std::string_view path, const Hdf5Numbers& value) {
    tag(Tag::Dataset);
    text(path);
    numbers(value);
    flush(block);
}

void FrameWriter::attribute(std::string_view path, std::string_view name, const Hdf5Attribute& attribute) {
    tag(Tag::Attribute);
    text(path);
    text(name);
    numbers(attribute.numbers);
    number(attribute.strings.size());
    for (const std::string& string : attribute.strings) {
        text(string);
    }
    flush(block);
}

void FrameWriter::unread(std::string_view path, std::string_view reason) {
    tag(Tag::Unread);
    text(path);
    text(reason);
    flush(block);
}

void FrameWriter::failure(std::string_view reason) {
    tag(Tag::Failure);
    text(reason);
    flush(0);
}

void FrameWriter::end() {
    tag(Tag::End);
    flush(0);
}

namespace {

/// Takes values off some bytes; after the first one that is not there, all are empty and `is_broken` holds.
class FrameReader {
public:
    explicit FrameReader(std::string_view bytes) : rest_(bytes) {}

    bool is_broken() const { return is_broken_; }
    bool at_end() const { return rest_.empty(); }

    char tag() { return take(1) ? taken_[0] : 0; }

    std::uint64_t number() {
        std::uint64_t value = 0;
        if (take(sizeof value)) {
            std::memcpy(&value, taken_.data(), sizeof value);
        }
        return value;
    }

    std::string text() {
        const std::uint64_t size = number();
        return take(size) ? std::string(taken_) : std::string();
    }

    Hdf5Numbers numbers() {
        Hdf5Numbers value;
        value.is_integer = number() != 0;
        value.element_bytes = static_cast<int>(number() & 0xff);
        double product = 1;
        for (std::uint64_t rank = checked(number(), sizeof(std::uint64_t)); rank > 0; --rank) {
            value.extents.push_back(static_cast<std::int64_t>(number()));
            product *= static_cast<double>(value.extents.back());
            is_broken_ = is_broken_ || value.extents.back() < 0;
        }
        const std::uint64_t count = checked(number(), sizeof(double));
        is_broken_ = is_broken_ || static_cast<double>(count) != product;
        value.values.resize(is_broken_ ? 0 : count);
        if (take(value.values.size() * sizeof(double)) && !value.values.empty()) {
            std::memcpy(value.values.data(), taken_.data(), taken_.size());
        }
        return value;
    }

    Hdf5Attribute attribute() {
        Hdf5Attribute value{numbers(), {}};
        for (std::uint64_t count = checked(number(), sizeof(std::uint64_t)); count > 0 && !is_broken_; --count) {
            value.strings.push_back(text());
        }
        return value;
    }

private:
    /// A count of things of which each takes some bytes: it cannot be larger than the rest.
    std::uint64_t checked(std::uint64_t count, std::size_t bytes_each) {
        is_broken_ = is_broken_ || count > rest_.size() / bytes_each;
        return is_broken_ ? 0 : count;
    }

    bool take(std::uint64_t size) {
        is_broken_ = is_broken_ || size > rest_.size();
        if (is_broken_) {
            return false;
        }
        taken_ = rest_.substr(0, size);
        rest_.remove_prefix(size);
        return true;
    }

    std::string_view rest_;
    std::string_view taken_;
    bool is_broken_ = false;
};

}  // namespace

std::expected<Hdf5File, std::string> read_frames(std::string_view bytes) {
    FrameReader reader(bytes);
    Hdf5File file;
    while (!reader.is_broken()) {
        switch (static_cast<Tag>(reader.tag())) {
            case Tag::Group: file.groups.insert(reader.text()); break;
            case Tag::Dataset: {
                std::string path = reader.text();
                file.datasets.insert_or_assign(std::move(path), reader.numbers());
                break;
            }
            case Tag::Attribute: {
                std::string path = reader.text();
                std::string name = reader.text();
                file.attributes[std::move(path)].insert_or_assign(std::move(name), reader.attribute());
                break;
            }
            case Tag::Unread: {
                std::string path = reader.text();
                file.unread.insert_or_assign(std::move(path), reader.text());
                break;
            }
            case Tag::Failure: return std::unexpected(reader.text());
            case Tag::End:
                if (reader.at_end()) {
                    return file;
                }
                return std::unexpected("the reading child told more than it should");
            default: return std::unexpected("the reading child ended early or told nonsense");
        }
    }
    return std::unexpected("the reading child ended early");
}

}  // namespace lutra::hdf5
