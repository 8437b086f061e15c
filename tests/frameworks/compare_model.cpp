// compare_model TOLERANCE MODEL X.npy... -- Y.npy...: status 0 when the imported model computes Y from X.

#include <cstdio>
#include <string_view>

#include "recorded_model.h"

int main(int argc, char** argv) {
    if (argc < 6) {
        std::fputs("usage: compare_model TOLERANCE MODEL X.npy... -- Y.npy...\n", stderr);
        return 2;
    }
    lutra::RecordedModel record{argv[2], {}, {}, std::strtod(argv[1], nullptr)};
    auto* arrays = &record.inputs;
    for (int i = 3; i < argc; ++i) {
        if (std::string_view(argv[i]) == "--") {
            arrays = &record.outputs;
        } else {
            arrays->emplace_back(argv[i]);
        }
    }
    const std::string difference = lutra::compare_with_record(record);
    std::printf("%s: %s\n", argv[2], difference.empty() ? "agrees" : difference.c_str());
    return difference.empty() ? 0 : 3;
}
