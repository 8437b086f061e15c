#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "lutra/base/file.h"
#include "lutra/ops/builtin_ops.h"

namespace lutra {
namespace {

struct DefaultValue {
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
    std::string operator()(double value) const { return fmt::format("{}", value); }
    std::string operator()(const std::string& value) const { return value; }
    std::string operator()(const std::vector<std::int64_t>&) const { return "[]"; }
    std::string operator()(const RealTensor& value) const { return value.values.empty() ? "[]" : fmt::format("{}", value[0]); }
};

std::string_view kind_of(const AttributeValue& value) {
    constexpr std::array<std::string_view, 6> names = {"bool", "integer", "number", "string", "list of integers", "tensor or number"};
    return names.at(value.index());
}

std::string inputs_of(const OpInfo& info) {
    if (info.max_arity > 2) {
        return fmt::format("{} or more", info.min_arity);
    }
    return fmt::format("{}", info.min_arity);
}

std::string page() {
    std::string text =
        "# Layer ops\n\n"
        "What a graph (`model.lutra`) is made of; `lutra ops` prints the same. Every op is exact, however wide its values are, unless it "
        "has a `max_error`: the\n"
        "largest difference to its formula for any input, which is kept for every input. Only `quantize` drops bits. How each op becomes\n"
        "hardware is in the file of its name in `src/lutra/ops`.\n\n"
        "This page is compared with the ops by `test_conformance`; `LUTRA_UPDATE_DOCS=1` renews it.\n";
    for (const OpFactory& factory : builtin_ops().all()) {
        text += fmt::format("\n## {}\n\n`{}`\n\nInputs: {}.\n", factory.info->name, factory.info->summary, inputs_of(*factory.info));
        const auto attributes = factory.prototype.attributes();
        text += attributes.empty() ? "" : "\n| attribute | kind | default |\n| --- | --- | --- |\n";
        for (const auto& [name, value] : attributes) {
            text += fmt::format("| `{}` | {} | {} |\n", name, kind_of(value), std::visit(DefaultValue{}, value));
        }
    }
    return text;
}

TEST(OpsPage, ShowsEveryOpAsItIs) {
    const std::filesystem::path path = std::filesystem::path(LUTRA_SOURCE_DIR) / "docs/ops.md";
    if (std::getenv("LUTRA_UPDATE_DOCS") != nullptr) {
        ASSERT_TRUE(write_file(path, page()));
    }
    constexpr std::size_t largest = 1 << 20;
    const auto text = read_file(path, largest);
    ASSERT_TRUE(text) << to_string(text.error());
    EXPECT_EQ(*text, page()) << "run test_conformance with LUTRA_UPDATE_DOCS=1";
}

}  // namespace
}  // namespace lutra
