#pragma once

/// What an emitter hands over: files to be written into a folder.

#include <string>

namespace lutra {

/// One text file.
struct EmittedFile {
    std::string path;  ///< relative to the folder of the emitted design, with '/'
    std::string content;

    friend bool operator==(const EmittedFile&, const EmittedFile&) = default;
};

}  // namespace lutra
