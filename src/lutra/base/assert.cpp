#include "lutra/base/assert.h"

#include <cstdio>
#include <cstdlib>

namespace lutra {

void fail_assertion(std::string_view expectation, std::string_view file, int line) {
    std::fprintf(stderr, "lutra: internal error at %.*s:%d: expected %.*s\nThis is a bug of Lutra, not of your input: please report it.\n",
                 static_cast<int>(file.size()), file.data(), line, static_cast<int>(expectation.size()), expectation.data());
#ifdef LUTRA_FUZZ
    std::abort();  // by a signal, so that libFuzzer keeps the input
#else
    constexpr int software_error = 70;
    std::_Exit(software_error);
#endif
}

}  // namespace lutra
