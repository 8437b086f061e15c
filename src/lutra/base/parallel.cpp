#include "lutra/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace lutra {

int resolve_num_threads(int num_threads) { return num_threads > 0 ? num_threads : static_cast<int>(std::max(1U, std::thread::hardware_concurrency())); }

void parallel_for(std::size_t count, std::size_t block, int num_threads, const std::function<void(std::size_t, std::size_t)>& work) {
    const std::size_t num_blocks = (count + block - 1) / block;
    std::atomic<std::size_t> next_block = 0;
    const auto run = [&] {
        for (std::size_t i = next_block++; i < num_blocks; i = next_block++) {
            work(i * block, std::min(count, (i + 1) * block));
        }
    };
    const std::size_t num_workers = std::min(num_blocks, static_cast<std::size_t>(resolve_num_threads(num_threads)));
    std::vector<std::jthread> workers;
    for (std::size_t i = 1; i < num_workers; ++i) {
        workers.emplace_back(run);
    }
    run();
}

}  // namespace lutra
