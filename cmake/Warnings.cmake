add_library(xai_warnings INTERFACE)
target_compile_options(
  xai_warnings
  INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
            -Wold-style-cast -Wimplicit-fallthrough
            # Who builds us as part of a project of theirs has another compiler, perhaps.
            $<$<BOOL:${PROJECT_IS_TOP_LEVEL}>:-Werror>
            # GCC 12 sees overlaps in string concatenation where there are none, and optimizing it
            # takes the inside of an empty optional for something that is read.
            $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
            $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
