#include "lutra/compile/close_timing.h"

#include <gtest/gtest.h>

namespace lutra {
namespace {

TEST(NextStages, FollowsTheClockThatWasReached) {
    EXPECT_EQ(next_stages(4, 50, 100, 4, 0), 8);   // half as fast as it should be: twice the stages
    EXPECT_EQ(next_stages(8, 200, 100, 0, 8), 4);  // twice as fast
}

TEST(NextStages, StaysBetweenWhatIsKnown) {
    EXPECT_EQ(next_stages(4, 99, 100, 4, 0), 5);
    EXPECT_EQ(next_stages(4, 1, 100, 4, 7), 6);
    EXPECT_EQ(next_stages(8, 101, 100, 3, 8), 7);
    EXPECT_EQ(next_stages(8, 1e9, 100, 3, 8), 4);
    EXPECT_EQ(next_stages(5, 99, 100, 5, 6), 0);
    EXPECT_EQ(next_stages(1, 101, 100, 0, 1), 0);
}

/// A device on which stages n reach 20 n MHz.
TEST(NextStages, FindsTheFewestStagesThatMeetTheClock) {
    for (int first = 1; first <= 40; ++first) {
        int missing = 0;
        int meeting = 0;
        int rounds = 0;
        for (int stages = first; stages != 0; stages = next_stages(stages, 20 * stages, 250, missing, meeting), ++rounds) {
            (20 * stages >= 250 ? meeting : missing) = stages;
        }
        EXPECT_EQ(meeting, 13) << "from " << first;
        EXPECT_LE(rounds, 4) << "from " << first;
    }
}

}  // namespace
}  // namespace lutra
