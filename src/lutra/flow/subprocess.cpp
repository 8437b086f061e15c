#include "lutra/flow/subprocess.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace lutra {

namespace {

using Clock = std::chrono::steady_clock;
constexpr int poll_ms = 10;
constexpr int poll_closed_ms = 1;  // the output is closed, so the end is near
constexpr std::size_t max_line = 16384;

/// Both ends of a pipe, closed on exec and at the end of the scope.
struct Pipe {
    int read_end = -1;
    int write_end = -1;

    Pipe() {
        std::array<int, 2> ends{-1, -1};
        if (::pipe2(ends.data(), O_CLOEXEC) == 0) {
            read_end = ends[0];
            write_end = ends[1];
        }
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        close_end(read_end);
        close_end(write_end);
    }
    static void close_end(int& end) {
        if (end >= 0) {
            ::close(end);
            end = -1;
        }
    }
};

/// Keeps the last bytes of the output and hands out its lines.
class OutputTail {
public:
    explicit OutputTail(const Command& command) : command_(command) {}

    void append(std::string_view bytes) {
        text_ += bytes;
        if (text_.size() > 2 * command_.max_output) {
            drop_start();
        }
        if (command_.on_line) {
            split_lines(bytes);
        }
    }

    CommandOutput finish(int status, double seconds) {
        if (command_.on_line && !line_.empty()) {
            command_.on_line(line_);
        }
        if (text_.size() > command_.max_output) {
            drop_start();
        }
        return {.status = status, .text = std::move(text_), .is_truncated = is_truncated_, .seconds = seconds};
    }

private:
    void drop_start() {
        text_.erase(0, text_.size() - command_.max_output);
        is_truncated_ = true;
    }

    void split_lines(std::string_view bytes) {
        for (const char c : bytes) {
            if (c == '\n' || line_.size() == max_line) {
                command_.on_line(line_);
                line_.clear();
            }
            if (c != '\n' && c != '\r') {
                line_ += c;
            }
        }
    }

    const Command& command_;
    std::string text_;
    std::string line_;
    bool is_truncated_ = false;
};

/// The child's side of fork: only calls that are safe there. Writes errno into `error_pipe` when exec fails.
[[noreturn]] void exec_child(char* const* arguments, const char* folder, const char* input, int output_fd, int error_pipe) {
    ::setpgid(0, 0);
    const int input_fd = ::open(input, O_RDONLY);
    bool is_ready = input_fd >= 0 && ::dup2(input_fd, STDIN_FILENO) >= 0 && ::dup2(output_fd, STDOUT_FILENO) >= 0 && ::dup2(output_fd, STDERR_FILENO) >= 0;
    is_ready = is_ready && (*folder == '\0' || ::chdir(folder) == 0);
    if (is_ready) {
        ::execv(arguments[0], arguments);
    }
    const int error = errno;
    [[maybe_unused]] const ssize_t written = ::write(error_pipe, &error, sizeof error);
    constexpr int cannot_execute = 127;
    ::_exit(cannot_execute);
}

/// A process in the child's group that waits until this process is gone (its end of `lifeline` closes) and then ends the group, so
/// that an interrupted lutra leaves nothing running. It also keeps the group's number from being used anew.
[[noreturn]] void guard_group(pid_t group, int lifeline) {
    ::setpgid(0, group);
    ::signal(SIGPIPE, SIG_IGN);
    constexpr int kept = 3;
    if (lifeline != kept) {
        ::dup2(lifeline, kept);
    }
    ::close_range(0, kept - 1, 0);
    ::close_range(kept + 1, ~0U, 0);
    char byte = 0;
    while (::read(kept, &byte, 1) < 0 && errno == EINTR) {
    }
    ::kill(-group, SIGKILL);
    ::_exit(0);
}

int decode_status(int wait_status) {
    constexpr int signal_base = 128;
    return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : signal_base + WTERMSIG(wait_status);
}

void wait_for(pid_t process, int& wait_status) {
    while (::waitpid(process, &wait_status, 0) < 0 && errno == EINTR) {
    }
}

/// One running program with its guard.
class Process {
public:
    explicit Process(const Command& command) : command_(command), tail_(command) {}
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process() { end_group(); }

    /// Starts the program; 0, or errno.
    int start() {
        std::vector<std::string> words{command_.program.string()};
        words.insert(words.end(), command_.arguments.begin(), command_.arguments.end());
        std::vector<char*> arguments;
        for (std::string& word : words) {
            arguments.push_back(word.data());
        }
        arguments.push_back(nullptr);
        const std::string folder = command_.folder.string();
        const std::string input = command_.input.empty() ? "/dev/null" : command_.input.string();

        Pipe error_pipe;
        if (output_.read_end < 0 || lifeline_.read_end < 0 || error_pipe.read_end < 0) {
            return EMFILE;
        }
        child_ = ::fork();
        if (child_ == 0) {
            exec_child(arguments.data(), folder.c_str(), input.c_str(), output_.write_end, error_pipe.write_end);
        }
        if (child_ < 0) {
            return errno;
        }
        ::setpgid(child_, child_);
        guard_ = ::fork();
        if (guard_ == 0) {
            guard_group(child_, lifeline_.read_end);
        }
        if (guard_ > 0) {
            ::setpgid(guard_, child_);
        }
        Pipe::close_end(output_.write_end);
        Pipe::close_end(error_pipe.write_end);
        int error = 0;
        while (::read(error_pipe.read_end, &error, sizeof error) < 0 && errno == EINTR) {
        }
        return error;
    }

    /// Collects the output until the program has ended; false when the limit passed first.
    bool collect(Clock::time_point deadline) {
        bool is_open = true;
        while (!has_exited_ || is_open) {
            if (Clock::now() > deadline) {
                return false;
            }
            pollfd waiting{.fd = is_open ? output_.read_end : -1, .events = POLLIN, .revents = 0};
            const int ready = ::poll(&waiting, 1, is_open ? poll_ms : poll_closed_ms);
            const bool has_data = ready > 0;
            if (has_data) {
                is_open = read_some();
            } else if (has_exited_) {
                break;  // a process in the background still holds the pipe
            }
            if (!has_exited_ && (!has_data || !is_open)) {
                has_exited_ = ::waitpid(child_, &wait_status_, WNOHANG) == child_;
            }
        }
        return true;
    }

    CommandOutput finish(double seconds) { return tail_.finish(decode_status(wait_status_), seconds); }

private:
    bool read_some() {
        std::array<char, 65536> buffer{};
        const ssize_t got = ::read(output_.read_end, buffer.data(), buffer.size());
        if (got > 0) {
            tail_.append({buffer.data(), static_cast<std::size_t>(got)});
        }
        return got > 0 || (got < 0 && errno == EINTR);
    }

    void end_group() {
        if (child_ <= 0) {
            return;
        }
        ::kill(-child_, SIGKILL);
        if (!has_exited_) {
            ::kill(child_, SIGKILL);
            wait_for(child_, wait_status_);
        }
        if (guard_ > 0) {
            int ignored = 0;
            ::kill(guard_, SIGKILL);
            wait_for(guard_, ignored);
        }
    }

    const Command& command_;
    OutputTail tail_;
    Pipe output_;
    Pipe lifeline_;
    pid_t child_ = -1;
    pid_t guard_ = -1;
    int wait_status_ = 0;
    bool has_exited_ = false;
};

}  // namespace

Result<CommandOutput> run_command(const Command& command) {
    const auto begin = Clock::now();
    Process process(command);
    if (const int error = process.start(); error != 0) {
        return fail(DiagnosticId::ToolMissing, command.program.string(), fmt::format("the program cannot be started: {}", std::strerror(error)),
                    "check that it is installed and executable");
    }
    if (!process.collect(begin + command.time_limit)) {
        const CommandOutput output = process.finish(0);
        return fail(DiagnosticId::ToolTimedOut, command.program.filename().string(),
                    fmt::format("did not finish within its limit of {:.1f} s; its last words: {}", std::chrono::duration<double>(command.time_limit).count(),
                                last_lines(output.text, 3)),
                    "allow more time with --time-limit, or make the design smaller");
    }
    return process.finish(std::chrono::duration<double>(Clock::now() - begin).count());
}

Result<CommandOutput> run_tool(const Command& command) {
    auto output = run_command(command);
    if (output && output->status != 0) {
        return fail(DiagnosticId::ToolFailed, command.program.filename().string(),
                    fmt::format("ended with status {}: {}", output->status, last_lines(output->text, 8)));
    }
    return output;
}

std::string last_lines(std::string_view text, int count) {
    std::size_t begin = text.find_last_not_of(" \r\n\t");
    if (begin == std::string_view::npos) {
        return "(no output)";
    }
    text = text.substr(0, begin + 1);
    begin = text.size();
    for (; count > 0 && begin != std::string_view::npos && begin > 0; --count) {
        begin = text.find_last_of('\n', text.find_last_not_of("\r\n", begin - 1));
    }
    const bool is_whole = begin == std::string_view::npos || begin == 0;
    return std::string(is_whole ? text : text.substr(begin + 1));
}

}  // namespace lutra
