#pragma once

/// A satisfiability solver: CaDiCaL, where Lutra was built with it.

#include <memory>
#include <span>

namespace lutra {

/// Clauses over variables 1, 2, ...; a negative literal is the inverse.
class SatSolver {
public:
    enum class Answer { Satisfied, Unsatisfied, GaveUp };

    SatSolver();
    ~SatSolver();
    SatSolver(const SatSolver&) = delete;
    SatSolver& operator=(const SatSolver&) = delete;

    int new_variable() { return ++num_variables_; }
    void add_clause(std::span<const int> literals);
    void add_clause(std::initializer_list<int> literals) { add_clause(std::span(literals.begin(), literals.size())); }
    /// Gives up after so many conflicts, and always where there is no solver.
    Answer solve(int max_conflicts);
    /// In the assignment that satisfies all clauses.
    bool value(int variable);

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
    int num_variables_ = 0;
};

}  // namespace lutra
