#pragma once

/// What an emitter hands over: files to be written into a folder.

#include <string>

#include "lutra/base/printed_file.h"

namespace lutra {

/// The content of a file: a text, or what prints one, as often as it is asked to. Netlists are printed into their files; as texts they would take more memory
/// than all else.
class FileContent {
public:
    FileContent() = default;
    FileContent(std::string text) : text_(std::move(text)) {}
    FileContent(TextPrinter printer) : printer_(std::move(printer)) {}

    void print(const TextSink& sink) const {
        if (printer_) {
            printer_(sink);
        } else {
            sink(text_);
        }
    }

    /// All of it.
    std::string text() const {
        std::string text;
        print([&](std::string_view part) { text += part; });
        return text;
    }

private:
    std::string text_;
    TextPrinter printer_;
};

/// One text file.
struct EmittedFile {
    std::string path;  ///< relative to the folder of the emitted design, with '/'
    FileContent content;

    /// Writes it to a path of its own, whole or not at all.
    Result<void> write(const std::filesystem::path& to) const {
        return write_printed_file(to, [this](const TextSink& sink) { content.print(sink); });
    }
};

}  // namespace lutra
