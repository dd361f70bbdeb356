# The build vocabulary. Nothing else declares a target:
#   tintinh_library  one folder's code             tintinh_test   one folder's tests, found by ctest
#   tintinh_proto    one proto package             tintinh_fuzz   one fuzzer (libFuzzer with clang, else a corpus replay)
#   tintinh_service  one binary                    tintinh_bench  one Google Benchmark program
#   tintinh_script_test  one shell, Python or Node program as a test
#   tintinh_headers  headers parsed once for all executables that name them
# Layering is checked at configure time: a forbidden dependency stops CMake with a message that names both sides.

option(TINTINH_TESTS "build the tests" OFF)
option(TINTINH_WERROR "warnings are errors" ON)
set(TINTINH_SANITIZE "" CACHE STRING "value of -fsanitize=, or empty")
set(TINTINH_SHARED_DATA "${PROJECT_SOURCE_DIR}/../shared" CACHE PATH
    "folder of real seeds, pages and corpora that tests use where it exists")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

add_library(tintinh_compile_options INTERFACE)
target_compile_options(tintinh_compile_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
  $<$<BOOL:${TINTINH_WERROR}>:-Werror>
  # Reports impossible overlaps inside std::string from -O2 on (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety>)
# g++ collects its garbage late: a fifth less time, up to 700 MB a compiler.
add_compile_options("$<$<CXX_COMPILER_ID:GNU>:--param=ggc-min-expand=200;--param=ggc-min-heapsize=1000000>")
if(TINTINH_SANITIZE)
  add_compile_options(-fsanitize=${TINTINH_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${TINTINH_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND TINTINH_SANITIZE MATCHES "address")
    # Fuzzers see which lines of the libraries an input reaches.
    add_compile_options(-fsanitize=fuzzer-no-link)
  endif()
endif()

# Remembers a target's files and declared dependencies for the lint tests, which read build/<preset>/targets.tsv.
function(tintinh_record_target name)
  cmake_parse_arguments(REC "" "" "FILES;DEPS" ${ARGN})
  file(RELATIVE_PATH here ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  set_property(GLOBAL APPEND_STRING PROPERTY TINTINH_TARGETS "${name}\t${here}\t${REC_FILES}\t${REC_DEPS}\n")
endfunction()

function(tintinh_write_targets)
  get_property(targets GLOBAL PROPERTY TINTINH_TARGETS)
  file(WRITE ${PROJECT_BINARY_DIR}/targets.tsv "${targets}")
endfunction()

# proto -> proto; common -> proto, common; services/X -> proto, common, X; services/node and tests -> everything.
function(tintinh_check_layering name)
  file(RELATIVE_PATH here ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  if(here MATCHES "^services/node")
    return()
  elseif(here MATCHES "^services/([^/]+)")
    set(allowed "(proto_.*|common_.*|${CMAKE_MATCH_1}|${CMAKE_MATCH_1}_.*)")
  elseif(here MATCHES "^common")
    set(allowed "(proto_.*|common_.*)")
  elseif(here MATCHES "^proto")
    set(allowed "(proto_.*)")
  else()
    return()
  endif()
  foreach(dep IN LISTS ARGN)
    if(dep MATCHES "^tintinh::(.*)" AND NOT CMAKE_MATCH_1 MATCHES "^${allowed}$")
      message(FATAL_ERROR "layering: ${name} (in ${here}) may not depend on ${dep}")
    endif()
  endforeach()
endfunction()

# tintinh_library(NAME common_url HDRS url.h SRCS url.cc DEPS absl::statusor PRIVATE_DEPS PkgConfig::libpsl)
function(tintinh_library)
  cmake_parse_arguments(ARG "" "NAME" "HDRS;SRCS;DEPS;PRIVATE_DEPS" ${ARGN})
  tintinh_check_layering(${ARG_NAME} ${ARG_DEPS} ${ARG_PRIVATE_DEPS})
  if(ARG_SRCS)
    add_library(tintinh_${ARG_NAME} STATIC ${ARG_SRCS})
    set(scope PUBLIC)
    target_link_libraries(tintinh_${ARG_NAME} PRIVATE tintinh_compile_options ${ARG_PRIVATE_DEPS})
  else()
    add_library(tintinh_${ARG_NAME} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(tintinh_${ARG_NAME} ${scope} ${PROJECT_SOURCE_DIR})
  target_link_libraries(tintinh_${ARG_NAME} ${scope} ${ARG_DEPS})
  tintinh_record_target(${ARG_NAME} FILES ${ARG_HDRS} ${ARG_SRCS} DEPS ${ARG_DEPS} ${ARG_PRIVATE_DEPS})
  add_library(tintinh::${ARG_NAME} ALIAS tintinh_${ARG_NAME})
endfunction()

# tintinh_proto(NAME proto_v1 PROTOS tintinh/v1/article.proto … [SERVICES tintinh/v1/x_service.proto …] DEPS tintinh::proto_x)
function(tintinh_proto)
  cmake_parse_arguments(ARG "" "NAME" "PROTOS;SERVICES;DEPS" ${ARGN})
  tintinh_check_layering(${ARG_NAME} ${ARG_DEPS})
  add_library(tintinh_${ARG_NAME} STATIC ${ARG_PROTOS} ${ARG_SERVICES})
  target_link_libraries(tintinh_${ARG_NAME} PUBLIC protobuf::libprotobuf ${ARG_DEPS})
  target_include_directories(tintinh_${ARG_NAME} SYSTEM PUBLIC ${CMAKE_CURRENT_BINARY_DIR})
  protobuf_generate(TARGET tintinh_${ARG_NAME} LANGUAGE cpp IMPORT_DIRS ${CMAKE_CURRENT_SOURCE_DIR})
  if(ARG_SERVICES)
    target_link_libraries(tintinh_${ARG_NAME} PUBLIC gRPC::grpc++)
    protobuf_generate(OUT_VAR stubs PROTOS ${ARG_SERVICES} LANGUAGE grpc IMPORT_DIRS ${CMAKE_CURRENT_SOURCE_DIR}
      GENERATE_EXTENSIONS .grpc.pb.h .grpc.pb.cc
      PLUGIN "protoc-gen-grpc=$<TARGET_FILE:gRPC::grpc_cpp_plugin>")
    target_sources(tintinh_${ARG_NAME} PRIVATE ${stubs})
  endif()
  add_library(tintinh::${ARG_NAME} ALIAS tintinh_${ARG_NAME})
endfunction()

# Sanitizers bring an allocator of their own. The library replaces malloc by being linked, which no symbol asks for.
function(tintinh_link_allocator target)
  if(NOT TINTINH_SANITIZE)
    target_link_libraries(${target} PRIVATE -Wl,--no-as-needed jemalloc -Wl,--as-needed)
  endif()
endfunction()

# tintinh_service(NAME tintinh-crawler SRCS main.cc DEPS tintinh::crawler)
function(tintinh_service)
  cmake_parse_arguments(ARG "" "NAME" "SRCS;DEPS" ${ARGN})
  tintinh_check_layering(${ARG_NAME} ${ARG_DEPS})
  add_executable(${ARG_NAME} ${ARG_SRCS})
  target_include_directories(${ARG_NAME} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${ARG_NAME} PRIVATE tintinh_compile_options ${ARG_DEPS})
  tintinh_link_allocator(${ARG_NAME})
  set_target_properties(${ARG_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
  tintinh_record_target(${ARG_NAME} FILES ${ARG_SRCS} DEPS ${ARG_DEPS})
  install(TARGETS ${ARG_NAME} RUNTIME COMPONENT ${ARG_NAME})
endfunction()

# tintinh_headers(NAME test_headers HEADERS <gmock/gmock.h> … DEPS GTest::gmock)
function(tintinh_headers)
  cmake_parse_arguments(ARG "" "NAME" "HEADERS;DEPS" ${ARGN})
  file(CONFIGURE OUTPUT ${ARG_NAME}.cc CONTENT "")
  add_library(tintinh_${ARG_NAME} OBJECT EXCLUDE_FROM_ALL ${CMAKE_CURRENT_BINARY_DIR}/${ARG_NAME}.cc)
  # As executables are compiled, or compilers refuse the result.
  set_target_properties(tintinh_${ARG_NAME} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
  target_compile_options(tintinh_${ARG_NAME} PRIVATE -fPIE -pthread)
  target_link_libraries(tintinh_${ARG_NAME} PRIVATE tintinh_compile_options ${ARG_DEPS})
  target_precompile_headers(tintinh_${ARG_NAME} PRIVATE ${ARG_HEADERS})
endfunction()

# tintinh_test(NAME common_url_test LABEL unit SRCS … DEPS tintinh::common_url [TIMEOUT seconds] [RUNNER python3 x.py])
# With a runner all its tests are one: the runner is given the executable, and sets up what they need.
function(tintinh_test)
  cmake_parse_arguments(ARG "" "NAME;LABEL;TIMEOUT" "SRCS;DEPS;RUNNER" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 60)
  endif()
  add_executable(${ARG_NAME} ${ARG_SRCS})
  target_include_directories(${ARG_NAME} PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_definitions(${ARG_NAME} PRIVATE
    TINTINH_SHARED_DATA="${TINTINH_SHARED_DATA}" TINTINH_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    TINTINH_BINARY_DIR="${PROJECT_BINARY_DIR}")
  target_link_libraries(${ARG_NAME} PRIVATE tintinh_compile_options GTest::gmock GTest::gtest_main ${ARG_DEPS})
  # The bounds are those of std::string (GCC bug 105651), reported once its header is precompiled.
  target_compile_options(${ARG_NAME} PRIVATE -pthread "$<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds;-Wno-stringop-overflow>")
  target_precompile_headers(${ARG_NAME} REUSE_FROM tintinh_test_headers)
  tintinh_record_target(${ARG_NAME} FILES ${ARG_SRCS} DEPS ${ARG_DEPS})
  if(ARG_RUNNER)
    tintinh_script_test(NAME ${ARG_LABEL}.${ARG_NAME} LABEL ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT}
      COMMAND ${ARG_RUNNER} $<TARGET_FILE:${ARG_NAME}>)
    return()
  endif()
  gtest_discover_tests(${ARG_NAME} DISCOVERY_TIMEOUT 60 TEST_PREFIX "${ARG_LABEL}."
    PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT})
endfunction()

# tintinh_fuzz(NAME url_fuzz SRCS url_fuzz.cc DEPS tintinh::common_url)
# The source defines LLVMFuzzerTestOneInput. ctest runs it for TINTINH_FUZZ_SECONDS on its corpus in tests/fuzz/corpus/NAME.
set(TINTINH_FUZZ_SECONDS 2 CACHE STRING "seconds each fuzzer runs under ctest")
set(TINTINH_FUZZ_SEED 1 CACHE STRING "what each fuzzer's choices follow from; 0: others each time, for long runs")
function(tintinh_fuzz)
  cmake_parse_arguments(ARG "" "NAME" "SRCS;DEPS" ${ARGN})
  set(corpus ${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${ARG_NAME})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND TINTINH_SANITIZE MATCHES "address")
    add_executable(${ARG_NAME} ${ARG_SRCS})
    target_compile_options(${ARG_NAME} PRIVATE -fsanitize=fuzzer)
    target_link_options(${ARG_NAME} PRIVATE -fsanitize=fuzzer)
    set(command ${ARG_NAME} -seed=${TINTINH_FUZZ_SEED} -max_total_time=${TINTINH_FUZZ_SECONDS} -rss_limit_mb=1024
        -timeout=10 -verbosity=0
        ${CMAKE_CURRENT_BINARY_DIR}/${ARG_NAME}.found ${corpus})
    file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/${ARG_NAME}.found)
  else()
    add_executable(${ARG_NAME} ${ARG_SRCS} ${PROJECT_SOURCE_DIR}/tests/fuzz/replay_main.cc)
    set(command ${ARG_NAME} ${corpus})
  endif()
  target_include_directories(${ARG_NAME} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${ARG_NAME} PRIVATE tintinh_compile_options ${ARG_DEPS})
  tintinh_record_target(${ARG_NAME} FILES ${ARG_SRCS} DEPS ${ARG_DEPS})
  add_test(NAME fuzz.${ARG_NAME} COMMAND ${command})
  set_tests_properties(fuzz.${ARG_NAME} PROPERTIES LABELS fuzz TIMEOUT 120)
endfunction()

# tintinh_bench(NAME analyzer_bench SRCS … DEPS …): built with the tests, run by hand.
function(tintinh_bench)
  cmake_parse_arguments(ARG "" "NAME" "SRCS;DEPS" ${ARGN})
  add_executable(${ARG_NAME} ${ARG_SRCS})
  target_include_directories(${ARG_NAME} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${ARG_NAME} PRIVATE tintinh_compile_options benchmark::benchmark ${ARG_DEPS})
  tintinh_link_allocator(${ARG_NAME})
  tintinh_record_target(${ARG_NAME} FILES ${ARG_SRCS} DEPS ${ARG_DEPS})
endfunction()

# tintinh_script_test(NAME e2e.quickstart LABEL e2e COMMAND bash x.sh [TIMEOUT seconds])
# Exit status 77 means skipped, with the reason on the last line printed.
function(tintinh_script_test)
  cmake_parse_arguments(ARG "" "NAME;LABEL;TIMEOUT" "COMMAND" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_test(NAME ${ARG_NAME} COMMAND ${ARG_COMMAND})
  set_tests_properties(${ARG_NAME} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${ARG_TIMEOUT} SKIP_RETURN_CODE 77
    ENVIRONMENT "TINTINH_BIN=${PROJECT_BINARY_DIR}/bin;TINTINH_SHARED_DATA=${TINTINH_SHARED_DATA};TINTINH_SOURCE_DIR=${PROJECT_SOURCE_DIR}")
endfunction()
