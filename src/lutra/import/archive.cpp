#include "lutra/import/archive.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <set>

namespace lutra {

namespace {

zip_t* as_zip(const std::shared_ptr<void>& handle) { return static_cast<zip_t*>(handle.get()); }

std::unexpected<Diagnostic> refuse(std::string place, std::string message, std::string advice = "save the model again") {
    return fail(DiagnosticId::ArchiveNotRead, std::move(place), std::move(message), std::move(advice));
}

/// Why a name is no plain relative path; empty when it is one.
std::string_view fault_of_name(std::string_view name) {
    constexpr std::size_t longest_name = 4096;
    if (name.empty() || name.size() > longest_name) {
        return "is empty or too long";
    }
    if (name.front() == '/' || (name.size() > 1 && name[1] == ':')) {
        return "is an absolute path";
    }
    if (std::ranges::any_of(name, [](char c) { return c == '\\' || (c >= 0 && c < 0x20) || c == 0x7f; })) {
        return "has a backslash or a control character";
    }
    if (name.back() == '/') {
        name.remove_suffix(1);
    }
    for (std::size_t begin = 0; begin <= name.size();) {
        const std::size_t end = std::min(name.find('/', begin), name.size());
        const std::string_view part = name.substr(begin, end - begin);
        if (part.empty() || part == "." || part == "..") {
            return "leads out of the archive or is no plain path";
        }
        begin = end + 1;
    }
    return {};
}

/// The entry of this number, its size included, if it is one that we read.
Result<ArchiveEntry> check_entry(zip_t* zip, zip_uint64_t index, const std::string& place, const ArchiveLimits& limits) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
    if (zip_stat_index(zip, index, ZIP_FL_ENC_RAW, &stat) != 0 || (stat.valid & needed) != needed) {
        return refuse(place, fmt::format("entry {} of its directory cannot be read", index));
    }
    const std::string name = stat.name;
    if (const std::string_view fault = fault_of_name(name); !fault.empty()) {
        return refuse(place, fmt::format("the name of entry {} {}: '{}'", index, fault, name), "such an archive is hostile or damaged; do not use it");
    }
    if ((stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE) || stat.encryption_method != ZIP_EM_NONE) {
        return refuse(place,
                      fmt::format("entry '{}' is encrypted or uses compression method {}; stored and deflated entries are read", name, stat.comp_method));
    }
    if (stat.size > limits.max_entry_bytes) {
        return refuse(place, fmt::format("entry '{}' claims {} bytes; at most {} are read", name, stat.size, limits.max_entry_bytes));
    }
    return ArchiveEntry{name, stat.size};
}

/// All entries, if their names and their sum are sound.
Result<std::vector<ArchiveEntry>> check_directory(zip_t* zip, std::size_t num_bytes, const std::string& place, const ArchiveLimits& limits) {
    const zip_int64_t count = zip_get_num_entries(zip, 0);
    if (count < 0 || static_cast<std::uint64_t>(count) > limits.max_entries) {
        return refuse(place, fmt::format("it has {} entries; at most {} are read", count, limits.max_entries));
    }
    const std::uint64_t most = std::min(limits.max_total_bytes, std::max<std::uint64_t>(limits.free_bytes, num_bytes * limits.max_expansion));
    std::vector<ArchiveEntry> entries;
    std::set<std::string> names;
    std::uint64_t total = 0;
    for (zip_int64_t i = 0; i < count; ++i) {
        LUTRA_TRY(ArchiveEntry entry, check_entry(zip, static_cast<zip_uint64_t>(i), place, limits));
        if (!names.insert(entry.name).second) {
            return refuse(place, fmt::format("it has two entries of the name '{}'", entry.name), "such an archive is hostile or damaged; do not use it");
        }
        total += entry.size;
        if (total > most) {
            return refuse(place, fmt::format("its {} bytes claim to unpack to more than {}", num_bytes, most),
                          "store the model without compression if it is that large");
        }
        entries.push_back(std::move(entry));
    }
    return entries;
}

}  // namespace

Result<Archive> Archive::open(std::string_view bytes, std::string place, const ArchiveLimits& limits) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* zip = source != nullptr ? zip_open_from_source(source, ZIP_RDONLY, &error) : nullptr;
    if (zip == nullptr) {
        zip_source_free(source);
        zip_error_fini(&error);
        return refuse(std::move(place), "it is no zip archive, or was cut off");
    }
    zip_error_fini(&error);
    Archive archive;
    archive.handle_ = std::shared_ptr<void>(zip, [](void* handle) { zip_discard(static_cast<zip_t*>(handle)); });
    LUTRA_TRY(archive.entries_, check_directory(zip, bytes.size(), place, limits));
    archive.place_ = std::move(place);
    return archive;
}

std::size_t Archive::index_of(std::string_view name) const {
    return static_cast<std::size_t>(std::ranges::find(entries_, name, &ArchiveEntry::name) - entries_.begin());
}

Result<std::string> Archive::read(std::string_view name) const {
    const std::size_t index = index_of(name);
    if (index == entries_.size()) {
        return refuse(place_, fmt::format("it has no entry '{}'", name));
    }
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen_index(as_zip(handle_), index, 0), zip_fclose);
    if (file == nullptr) {
        return refuse(place_, fmt::format("entry '{}' cannot be opened", name));
    }
    // In blocks, so that a false size costs no more than the bytes that are there; the last read, of nothing, checks the checksum.
    constexpr std::uint64_t block = 1ULL << 20;
    std::string content;
    while (true) {
        const std::size_t begin = content.size();
        content.resize(begin + static_cast<std::size_t>(std::min(block, entries_[index].size - begin + 1)));
        const zip_int64_t got = zip_fread(file.get(), content.data() + begin, content.size() - begin);
        content.resize(begin + static_cast<std::size_t>(std::max<zip_int64_t>(got, 0)));
        if (got < 0 || content.size() > entries_[index].size) {
            return refuse(place_, fmt::format("entry '{}' is damaged: {}", name,
                                              got < 0 ? "its bytes cannot be unpacked or do not give its checksum" : "it is longer than the directory says"));
        }
        if (got == 0) {
            break;
        }
    }
    if (content.size() != entries_[index].size) {
        return refuse(place_, fmt::format("entry '{}' is damaged: it has {} bytes, the directory says {}", name, content.size(), entries_[index].size));
    }
    return content;
}

}  // namespace lutra
