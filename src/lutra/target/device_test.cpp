#include "lutra/target/device.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace lutra {
namespace {

TEST(Device, IsFoundByItsName) {
    const auto device = find_device("ecp5-45");
    ASSERT_TRUE(device);
    EXPECT_EQ(device->capacity.lut, 43848);
    EXPECT_EQ(device->nextpnr_option, "--45k");
}

TEST(Device, OfUnknownNameIsAnErrorThatListsTheNames) {
    const auto device = find_device("ecp6");
    ASSERT_FALSE(device);
    EXPECT_EQ(device.error().id, DiagnosticId::UnknownDevice);
    EXPECT_NE(device.error().advice.find("xcvu13p"), std::string::npos);
}

TEST(Device, NamesAreUniqueAndFiguresAreConsistent) {
    std::set<std::string_view> names;
    for (const Device& device : all_devices()) {
        EXPECT_TRUE(names.insert(device.name).second) << device.name;
        EXPECT_EQ(device.placement == Evidence::Run, !device.nextpnr_option.empty()) << device.name;
        const bool is_abstract = device.part.empty();
        EXPECT_EQ(device.capacity.lut == 0, is_abstract) << device.name;
        EXPECT_TRUE(device.lut_inputs == 4 || device.lut_inputs == 6) << device.name;
        EXPECT_FALSE(device.source.empty()) << device.name;
    }
    EXPECT_EQ(names.size(), 9U);
}

}  // namespace
}  // namespace lutra
