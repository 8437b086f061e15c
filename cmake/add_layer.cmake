# lutra_add_layer("name: needs"): one object library for src/lutra/<name>, one test program for its *_test.cpp files.
# A layer whose folder does not exist yet is skipped; extra build rules live in the folder's own CMakeLists.txt.

add_library(lutra_headers INTERFACE)
target_include_directories(lutra_headers INTERFACE ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/generated)
target_link_libraries(lutra_headers INTERFACE fmt::fmt Threads::Threads)

set(LUTRA_PRECOMPILED
    <algorithm> <array> <cstdint> <expected> <functional> <map> <memory> <optional> <span> <string> <string_view>
    <utility> <vector> <fmt/format.h>)

function(lutra_add_layer layer_line)
    string(REGEX MATCH "^([a-z]+): *(.*)$" _ "${layer_line}")
    set(layer ${CMAKE_MATCH_1})
    string(REPLACE " " ";" needs "${CMAKE_MATCH_2}")
    set(folder ${CMAKE_SOURCE_DIR}/src/lutra/${layer})
    if(NOT EXISTS ${folder})
        return()
    endif()

    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp)
    set(tests ${sources})
    list(FILTER sources EXCLUDE REGEX "_test\\.cpp$|/main\\.cpp$")
    list(FILTER tests INCLUDE REGEX "_test\\.cpp$")

    add_library(lutra_${layer} STATIC ${sources})
    target_link_libraries(lutra_${layer} PUBLIC lutra_headers)
    foreach(need IN LISTS needs)
        if(TARGET lutra_${need})
            target_link_libraries(lutra_${layer} PUBLIC lutra_${need})
        endif()
    endforeach()
    target_precompile_headers(lutra_${layer} PRIVATE ${LUTRA_PRECOMPILED})
    if(EXISTS ${folder}/CMakeLists.txt)
        add_subdirectory(${folder})
    endif()

    if(tests AND NOT LUTRA_FUZZ)
        add_executable(test_${layer} ${tests})
        target_link_libraries(test_${layer} PRIVATE lutra_${layer} lutra_test_main GTest::gtest)
        target_precompile_headers(test_${layer} PRIVATE <gtest/gtest.h> ${LUTRA_PRECOMPILED})
        target_compile_definitions(test_${layer} PRIVATE LUTRA_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
        add_test(NAME ${layer} COMMAND test_${layer})
        set_tests_properties(${layer} PROPERTIES ENVIRONMENT "LUTRA_SOURCE_DIR=${CMAKE_SOURCE_DIR}")
    endif()
endfunction()
