#include "lutra/import/json.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lutra {
namespace {

TEST(Json, ReadsValuesOfEveryKind) {
    const Json json = parse_json(R"({"a": [1, -2.5, true, null, "t"], "b": {"c": 2.0, "d": 18446744073709551615}})", "x").value();
    EXPECT_EQ(json["a"].size(), 5U);
    EXPECT_EQ(json["a"][0].integer(), 1);
    EXPECT_EQ(json["a"][1].number(), -2.5);
    EXPECT_EQ(json["a"][1].integer(), std::nullopt);
    EXPECT_EQ(json["a"][2].boolean(), true);
    EXPECT_TRUE(json["a"][3].is_null());
    EXPECT_EQ(*json["a"][4].string(), "t");
    EXPECT_EQ(json["b"]["c"].integer(), 2);
    EXPECT_EQ(json["b"]["d"].number(), 18446744073709551616.0);
    EXPECT_TRUE(json["absent"]["deeper"].is_null());
    EXPECT_TRUE(json["a"][9].is_null());
}

TEST(Json, ReadsTheNumbersThatPythonWrites) {
    const Json json = parse_json(R"({"speed": Infinity, "low": -Infinity, "none": NaN, "text": "NaN \" Infinity"})", "x").value();
    EXPECT_EQ(json["speed"].number(), INFINITY);
    EXPECT_EQ(json["low"].number(), -INFINITY);
    EXPECT_TRUE(std::isnan(json["none"].number().value()));
    EXPECT_EQ(*json["text"].string(), "NaN \" Infinity");
}

TEST(Json, RefusesWhatIsNoJson) {
    for (const char* text : {"", "{", "[1,]", "{\"a\" 1}", "nul", "\"\x01\"", "[1] 2", "1e999"}) {
        EXPECT_FALSE(parse_json(text, "x")) << text;
    }
}

TEST(Json, RefusesMoreThanItsLimits) {
    EXPECT_FALSE(parse_json(std::string(200, '[') + std::string(200, ']'), "x"));
    EXPECT_TRUE(parse_json(std::string(100, '[') + std::string(100, ']'), "x"));
    EXPECT_FALSE(parse_json("[1, 2, 3]", "x", {.max_values = 3}));
    EXPECT_FALSE(parse_json("[1, 2, 3]", "x", {.max_bytes = 5}));
}

}  // namespace
}  // namespace lutra
