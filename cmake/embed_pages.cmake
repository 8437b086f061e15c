# Run as a script: writes OUTPUT, a C++ file that holds every page of FOLDER (docs/diagnostics/*.md) by its code.
file(GLOB pages ${FOLDER}/E*.md)
set(entries "")
foreach(page IN LISTS pages)
    get_filename_component(code ${page} NAME_WE)
    file(READ ${page} text)
    string(APPEND entries "    {\"${code}\", R\"page(${text})page\"},\n")
endforeach()
file(WRITE ${OUTPUT}.new
"#include <array>
#include <string_view>
#include <utility>

#include \"lutra/cli/command.h\"

namespace lutra::cli {

std::string_view diagnostic_page(std::string_view code) {
    static constexpr std::pair<std::string_view, std::string_view> pages[] = {
    {\"\", \"\"},
${entries}    };
    for (const auto& [name, text] : pages) {
        if (name == code) {
            return text;
        }
    }
    return {};
}

}  // namespace lutra::cli
")
configure_file(${OUTPUT}.new ${OUTPUT} COPYONLY)
