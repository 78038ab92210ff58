// One target as a libFuzzer program.
#include <cstddef>
#include <cstdint>
#include <string>

#include "targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // A copy of its own, behind whose end the sanitizers see every byte.
  const std::string bytes(data, data + size);
  xai::fuzz::XAI_FUZZ_TARGET(bytes);
  return 0;
}
