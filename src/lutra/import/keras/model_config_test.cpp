#include "lutra/import/keras/model_config.h"

#include <gtest/gtest.h>

#include "lutra/import/json.h"

namespace lutra::keras {
namespace {

Diagnostics problems_of(std::string_view text) {
    const auto json = parse_json(text, "model.json", {});
    EXPECT_TRUE(json);
    Diagnostics problems;
    static_cast<void>(read_model_config(*json, "model.json", problems));
    return problems;
}

constexpr std::string_view dense = R"({"class_name": "Dense", "config": {"name": "hidden", "batch_input_shape": [null, 4], "units": 4}})";
constexpr std::string_view input = R"({"class_name": "InputLayer", "config": {"name": "late", "batch_input_shape": [null, 4]}})";

std::string sequential(std::string_view first, std::string_view second) {
    return R"({"class_name": "Sequential", "config": {"name": "net", "layers": [)" + std::string(first) + ", " + std::string(second) + "]}}";
}

TEST(KerasModelConfig, ASequentialModelStartsWithItsInput) { EXPECT_TRUE(problems_of(sequential(input, dense)).empty()); }

TEST(KerasModelConfig, AnInputBehindALayerIsRefused) {
    const Diagnostics problems = problems_of(sequential(dense, input));
    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].id, DiagnosticId::KerasInvalidConfig);
    EXPECT_NE(problems[0].message.find("'late'"), std::string::npos) << problems[0].message;
}

TEST(KerasModelConfig, AnInputBehindALayerOfANestedModelIsRefused) { EXPECT_EQ(problems_of(sequential(input, sequential(dense, input))).size(), 1U); }

}  // namespace
}  // namespace lutra::keras
