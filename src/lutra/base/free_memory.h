#pragma once

/// Memory that the process has freed, but that its allocator keeps.

namespace lutra {

/// Gives it back to the system, of all threads, where the C library can do that. What threads that have ended freed is of no use to others otherwise. Takes
/// milliseconds in a large process.
void give_back_free_memory();

}  // namespace lutra
