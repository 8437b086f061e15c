#pragma once

/// For tests of passes: graphs in their text form, without types and comments.

#include <gtest/gtest.h>

#include <string>

#include "lutra/ir/text.h"
#include "lutra/ops/builtin_ops.h"

namespace lutra {

inline Graph graph_of(const std::string& layers) {
    const auto graph = parse_graph("lutra graph 1\n" + layers, "test", builtin_ops());
    EXPECT_TRUE(graph) << to_string(graph.error());
    return graph.value_or(Graph());
}

/// Expects that a pass makes one graph of another, and changes nothing when it runs again.
inline void expect_rewrite(Result<Graph> (*pass)(const Graph&), const std::string& before, const std::string& after) {
    const auto result = pass(graph_of(before));
    ASSERT_TRUE(result) << to_string(result.error());
    EXPECT_EQ(print(*result), print(graph_of(after)));
    const auto again = pass(*result);
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, *result);
}

inline void expect_unchanged(Result<Graph> (*pass)(const Graph&), const std::string& graph) { expect_rewrite(pass, graph, graph); }

}  // namespace lutra
