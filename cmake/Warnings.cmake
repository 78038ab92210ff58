add_library(xai_warnings INTERFACE)
target_compile_options(
  xai_warnings
  INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
            -Wold-style-cast -Wimplicit-fallthrough -Werror)
