#include "lutra/import/hdf5/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>

namespace lutra {

namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool can_limit_memory = false;
#elif defined(__has_feature)
constexpr bool can_limit_memory = !__has_feature(address_sanitizer);
#else
constexpr bool can_limit_memory = true;
#endif

using Clock = std::chrono::steady_clock;

void set_limit(__rlimit_resource resource, rlim_t value) {
    const rlimit limit{value, value};
    setrlimit(resource, &limit);
}

/// The address space that this process has now; 0 when the system does not say.
std::uint64_t address_space_bytes() {
    unsigned long pages = 0;
    std::FILE* file = std::fopen("/proc/self/statm", "re");
    if (file != nullptr) {
        if (std::fscanf(file, "%lu", &pages) != 1) {
            pages = 0;
        }
        std::fclose(file);
    }
    return static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

bool write_all(int file, const void* bytes, std::size_t size) {
    const char* next = static_cast<const char*>(bytes);
    while (size > 0) {
        const ssize_t written = write(file, next, size);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        if (written > 0) {
            next += written;
            size -= static_cast<std::size_t>(written);
        }
    }
    return true;
}

/// The life of the child; never returns.
[[noreturn]] void be_child(int output, std::uint64_t address_space, const std::function<void(const ChildOutput&)>& work, const ChildLimits& limits) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int file = 0; file <= 2; ++file) {
        if (file != output) {
            dup2(nothing, file);
        }
    }
    for (const int number : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGXCPU, SIGPIPE, SIGTERM, SIGINT}) {
        signal(number, SIG_DFL);
    }
    set_limit(RLIMIT_CORE, 0);
    set_limit(RLIMIT_FSIZE, 0);
    set_limit(RLIMIT_NOFILE, 0);
    set_limit(RLIMIT_CPU, limits.max_cpu_seconds);
    if (can_limit_memory && address_space > 0) {
        set_limit(RLIMIT_AS, address_space + limits.max_memory_bytes);
    }
    try {
        work([output](const void* bytes, std::size_t size) { return write_all(output, bytes, size); });
    } catch (...) {
        _exit(1);
    }
    _exit(0);
}

/// Reads until the child closes its end. The message is empty when it did.
std::string read_output(int input, std::string& output, const ChildLimits& limits) {
    const auto deadline = Clock::now() + std::chrono::seconds(limits.max_wall_seconds);
    while (true) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
        if (left <= 0) {
            return fmt::format("it took more than {} s", limits.max_wall_seconds);
        }
        pollfd wait{.fd = input, .events = POLLIN, .revents = 0};
        if (poll(&wait, 1, static_cast<int>(left)) <= 0) {
            continue;
        }
        constexpr std::size_t block = 1U << 18;
        const std::size_t begin = output.size();
        output.resize(begin + block);
        const ssize_t got = read(input, output.data() + begin, block);
        output.resize(begin + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return got == 0 ? "" : fmt::format("its result could not be read: {}", std::strerror(errno));
        }
        if (output.size() > limits.max_output_bytes) {
            return fmt::format("its content is larger than {} bytes", limits.max_output_bytes);
        }
    }
}

std::string describe(int status, const ChildLimits& limits) {
    if (WIFSIGNALED(status)) {
        const int number = WTERMSIG(status);
        return number == SIGXCPU || number == SIGKILL ? fmt::format("it took more than {} s or too much memory", limits.max_cpu_seconds)
                                                      : fmt::format("the library that reads it crashed ({})", sigdescr_np(number));
    }
    return WEXITSTATUS(status) == 0 ? "" : "the library that reads it ran out of memory or failed";
}

}  // namespace

std::expected<std::string, std::string> run_in_child(const std::function<void(const ChildOutput&)>& work, const ChildLimits& limits) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return std::unexpected(fmt::format("no pipe could be made: {}", std::strerror(errno)));
    }
    const std::uint64_t address_space = address_space_bytes();
    const pid_t child = fork();
    if (child == 0) {
        be_child(ends[1], address_space, work, limits);
    }
    close(ends[1]);
    if (child < 0) {
        const std::string reason = std::strerror(errno);
        close(ends[0]);
        return std::unexpected(fmt::format("no child process could be made: {}", reason));
    }
    std::string output;
    std::string problem = read_output(ends[0], output, limits);
    close(ends[0]);
    if (!problem.empty()) {
        kill(child, SIGKILL);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (problem.empty()) {
        problem = describe(status, limits);
    }
    if (!problem.empty()) {
        return std::unexpected(std::move(problem));
    }
    return output;
}

}  // namespace lutra
