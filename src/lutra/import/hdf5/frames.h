#pragma once

/// How the child that reads a file tells the parent what it found: a list of tagged records, every length checked by the reader.

#include <cstring>
#include <optional>
#include <string>

#include "lutra/import/hdf5/child_process.h"
#include "lutra/import/hdf5/hdf5_file.h"

namespace lutra::hdf5 {

/// What a record is.
enum class Tag : char {
    Group = 'G',      ///< path
    Dataset = 'D',    ///< path, numbers
    Attribute = 'A',  ///< path, name, numbers, strings
    Unread = 'U',     ///< path, reason
    Failure = 'F',    ///< why the file cannot be read; nothing follows
    End = 'E',        ///< all is told
};

/// Collects records and hands them to the parent in blocks.
class FrameWriter {
public:
    explicit FrameWriter(const ChildOutput& output) : output_(output) {}

    void group(std::string_view path);
    void dataset(std::string_view path, const Hdf5Numbers& numbers);
    void attribute(std::string_view path, std::string_view name, const Hdf5Attribute& attribute);
    void unread(std::string_view path, std::string_view reason);
    void failure(std::string_view reason);
    void end();

private:
    void tag(Tag tag) { buffer_ += static_cast<char>(tag); }
    void number(std::uint64_t value) { buffer_.append(reinterpret_cast<const char*>(&value), sizeof value); }
    void text(std::string_view value);
    void numbers(const Hdf5Numbers& value);
    void flush(std::size_t at_least);

    const ChildOutput& output_;
    std::string buffer_;
};

/// The file that some records tell of; the reason when they are broken or end with a failure.
std::expected<Hdf5File, std::string> read_frames(std::string_view bytes);

}  // namespace lutra::hdf5
