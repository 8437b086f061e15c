#include "lutra/import/onnx/order_nodes.h"

#include <fmt/format.h>

#include <queue>

namespace lutra::onnx {

namespace {

/// Makes the order; every loop is over nodes or edges, nothing recurs, so depth costs nothing.
class Ordering {
public:
    Ordering(const FileModel& model, const std::string& file, Diagnostics& problems) : model_(model), file_(file), problems_(problems) {}

    std::vector<std::size_t> run(std::vector<std::size_t>& dead) {
        find_producers();
        std::vector<bool> is_live = mark_live();
        check_names(is_live);
        for (std::size_t i = 0; i < is_live.size(); ++i) {
            if (!is_live[i]) {
                dead.push_back(i);
            }
        }
        return sort(is_live);
    }

private:
    void report(const std::string& what, std::string message) {
        problems_.push_back(
            {DiagnosticId::OnnxInvalidGraph, fmt::format("{}: {}", file_, what), std::move(message), "export the model again; onnx.checker says more"});
    }
    std::string node_place(std::size_t i) const { return fmt::format("node '{}' ({})", model_.nodes[i].name, model_.nodes[i].shown_type()); }

    bool is_given(const std::string& name) const {
        return model_.initializers.contains(name) || model_.damaged_initializers.contains(name) || inputs_.contains(name);
    }

    void find_producers() {
        for (const FileInput& input : model_.inputs) {
            if (!inputs_.insert(input.name).second) {
                report(fmt::format("input '{}'", input.name), "two inputs have this name");
            }
        }
        for (std::size_t i = 0; i < model_.nodes.size(); ++i) {
            for (const std::string& output : model_.nodes[i].outputs) {
                if (!output.empty() && (is_given(output) || !producer_.emplace(output, i).second)) {
                    report(node_place(i), fmt::format("its output has a name that is taken: '{}'", output));
                }
            }
        }
    }

    std::vector<bool> mark_live() const {
        std::vector<bool> is_live(model_.nodes.size(), false);
        std::vector<std::size_t> open;
        const auto mark = [&](const std::string& name) {
            const auto found = producer_.find(name);
            if (found != producer_.end() && !is_live[found->second]) {
                is_live[found->second] = true;
                open.push_back(found->second);
            }
        };
        for (const std::string& output : model_.outputs) {
            mark(output);
        }
        while (!open.empty()) {
            const std::size_t i = open.back();
            open.pop_back();
            for (const std::string& input : model_.nodes[i].inputs) {
                mark(input);
            }
        }
        return is_live;
    }

    void check_names(const std::vector<bool>& is_live) {
        for (std::size_t i = 0; i < is_live.size(); ++i) {
            if (!is_live[i]) {
                continue;
            }
            for (const std::string& input : model_.nodes[i].inputs) {
                if (!input.empty() && !is_given(input) && !producer_.contains(input)) {
                    report(node_place(i), fmt::format("it reads a tensor that nothing makes: '{}'", input));
                }
            }
        }
        std::set<std::string_view> seen;
        for (const std::string& output : model_.outputs) {
            if (!seen.insert(output).second) {
                report(fmt::format("output '{}'", output), "two outputs have this name");
            }
            if (!is_given(output) && !producer_.contains(output)) {
                report(fmt::format("output '{}'", output), "nothing makes this tensor");
            }
        }
    }

    /// A. B. Kahn's topological sort, smallest index first.
    std::vector<std::size_t> sort(const std::vector<bool>& is_live) {
        std::vector<int> num_missing(model_.nodes.size(), 0);
        std::vector<std::vector<std::size_t>> users(model_.nodes.size());
        std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
        std::size_t num_live = 0;
        for (std::size_t i = 0; i < model_.nodes.size(); ++i) {
            if (!is_live[i]) {
                continue;
            }
            ++num_live;
            for (const std::string& input : model_.nodes[i].inputs) {
                if (const auto found = producer_.find(input); found != producer_.end()) {
                    users[found->second].push_back(i);
                    ++num_missing[i];
                }
            }
            if (num_missing[i] == 0) {
                ready.push(i);
            }
        }
        std::vector<std::size_t> order;
        while (!ready.empty()) {
            const std::size_t i = ready.top();
            ready.pop();
            order.push_back(i);
            for (const std::size_t user : users[i]) {
                if (--num_missing[user] == 0) {
                    ready.push(user);
                }
            }
        }
        if (order.size() != num_live) {
            report_cycle(is_live, num_missing);
        }
        return order;
    }

    /// Walks backwards from a node that never became ready until a node repeats, and names it.
    void report_cycle(const std::vector<bool>& is_live, const std::vector<int>& num_missing) {
        std::size_t i = 0;
        while (!is_live[i] || num_missing[i] == 0) {
            ++i;
        }
        std::vector<bool> is_seen(model_.nodes.size(), false);
        while (!is_seen[i]) {
            is_seen[i] = true;
            for (const std::string& input : model_.nodes[i].inputs) {
                const auto found = producer_.find(input);
                if (found != producer_.end() && num_missing[found->second] > 0) {
                    i = found->second;
                    break;
                }
            }
        }
        report(node_place(i), "it depends on itself: the graph has a cycle");
    }

    const FileModel& model_;
    const std::string& file_;
    Diagnostics& problems_;
    std::set<std::string, std::less<>> inputs_;
    std::map<std::string, std::size_t, std::less<>> producer_;
};

}  // namespace

std::vector<std::size_t> order_nodes(const FileModel& model, const std::string& file, Diagnostics& problems, std::vector<std::size_t>& dead) {
    return Ordering(model, file, problems).run(dead);
}

}  // namespace lutra::onnx
