#include "lutra/prove/sat.h"

#ifdef LUTRA_HAS_CADICAL
#include <cadical.hpp>
#endif

namespace lutra {

#ifdef LUTRA_HAS_CADICAL

struct SatSolver::Implementation {
    CaDiCaL::Solver solver;
};

SatSolver::SatSolver() : implementation_(std::make_unique<Implementation>()) {
    implementation_->solver.set("quiet", 1);  // it would write on our standard output
}

void SatSolver::add_clause(std::span<const int> literals) {
    for (const int literal : literals) {
        implementation_->solver.add(literal);
    }
    implementation_->solver.add(0);
}

SatSolver::Answer SatSolver::solve(int max_conflicts) {
    constexpr int satisfied = 10;
    constexpr int unsatisfied = 20;
    implementation_->solver.limit("conflicts", max_conflicts);
    const int answer = implementation_->solver.solve();
    return answer == satisfied ? Answer::Satisfied : answer == unsatisfied ? Answer::Unsatisfied : Answer::GaveUp;
}

bool SatSolver::value(int variable) { return implementation_->solver.val(variable) > 0; }

#else

struct SatSolver::Implementation {};

SatSolver::SatSolver() = default;
void SatSolver::add_clause(std::span<const int> /*literals*/) {}
SatSolver::Answer SatSolver::solve(int /*max_conflicts*/) { return Answer::GaveUp; }
bool SatSolver::value(int /*variable*/) { return false; }

#endif

SatSolver::~SatSolver() = default;

}  // namespace lutra
