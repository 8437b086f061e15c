#pragma once

/// What fuzzers of zip-based formats share: a fuzzer that changes bytes of an archive never gets behind its checksums, so the parts of an archive are
/// fuzzed on their own and stored here.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lutra/import/import_model.h"

namespace lutra {

/// Limits under which any import is quick.
ImportOptions small_limits();

/// The two halves of some bytes, parted at the first zero byte.
std::pair<std::string, std::string> two_parts(std::string_view bytes);

/// A zip archive with these entries, not compressed.
std::string stored_archive(const std::vector<std::pair<std::string, std::string>>& entries);

/// Asserts that a failed import says why, and that an imported graph prints and parses back.
void check_import(const Results<ImportedModel>& model);

}  // namespace lutra
