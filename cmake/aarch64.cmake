# The library for 64-bit ARM, made on another processor's Debian with g++-aarch64-linux-gnu:
#   cmake -S . -B build/aarch64 --toolchain cmake/aarch64.cmake -DXAI_PROGRAMS=OFF -DXAI_PYTHON=OFF
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
# libcurl is opened when a program runs, so its headers are all that is needed. They are the same
# for every processor, but Debian keeps them among those that are not: looked at last of all.
file(GLOB curl_header /usr/include/*/curl/curl.h)
if(curl_header)
  cmake_path(GET curl_header PARENT_PATH curl_folder)
  cmake_path(GET curl_folder PARENT_PATH curl_folder)
  set(CMAKE_CXX_FLAGS_INIT "-idirafter ${curl_folder}")
endif()
