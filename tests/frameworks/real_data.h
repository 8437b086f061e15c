#pragma once

/// The real files that tests read where the data folder is there: LUTRA_DATA, or ../shared/data beside the repository.

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

#include "recorded_model.h"

namespace lutra {

std::filesystem::path data_folder();
/// What record_real_models.py recorded: in LUTRA_RECORDED, or in the repository.
std::filesystem::path recorded_folder();
std::filesystem::path onnx_file(const std::string& name);

/// The first events of the jets, and the first images of digits with pixels from 0 to 1 in float32; all of them if no number is given.
EventArray jets(std::size_t num_events = 1000);
EventArray digits(std::size_t num_events = 10000);
/// Labels: classes of jets in the order g, q, t, w, z; digits.
std::vector<std::int64_t> jet_labels();
std::vector<std::int64_t> digit_labels();

/// Tests that are skipped, with a word, where the data folder is not there.
class RealData : public testing::Test {
protected:
    void SetUp() override;
};

}  // namespace lutra
