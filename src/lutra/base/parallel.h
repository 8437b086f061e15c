#pragma once

/// Data-parallel loops over all cores.

#include <cstddef>
#include <functional>

namespace lutra {

/// Runs `work(begin, end)` over blocks of [0, count), each of at most `block` items, on `num_threads` threads
/// (0: one per core). The blocks and what each computes do not depend on the number of threads.
void parallel_for(std::size_t count, std::size_t block, int num_threads, const std::function<void(std::size_t begin, std::size_t end)>& work);

/// The number of threads that `num_threads` stands for: itself, or the number of cores for 0.
int resolve_num_threads(int num_threads);

}  // namespace lutra
