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
            $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
            # GCC 12's library sorts with what it calls deprecated itself.
            $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>
            # In a batch, what one file names for itself is in sight of the next; GCC leaves it at that.
            $<$<AND:$<CXX_COMPILER_ID:Clang>,$<BOOL:${CMAKE_UNITY_BUILD}>>:-Wno-shadow>)
