#include "base/process_memory.h"

#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <cstdlib>

namespace xai::base {

void keep_memory_private() {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_DUMPABLE, 0);
}

void keep_memory_between_answers() {
  constexpr int kept_bytes_max = 32 << 20;
  ::mallopt(M_TRIM_THRESHOLD, kept_bytes_max);
}

int give_memory_back(int exit_code) {
#ifdef NDEBUG
  std::quick_exit(exit_code);
#else
  return exit_code;
#endif
}

}  // namespace xai::base
