// What the compiler's own libraries, which the programs carry, take of glibc since 2.35. Defined
// here, the programs run with glibc 2.34 as well; hidden, so that no library of the system sees
// them.
#include <dlfcn.h>
#include <link.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

// For std::random_device.
extern "C" std::uint32_t arc4random() noexcept {
  std::uint32_t word = 0;
  // By getrandom(2). Without chance nothing is safe; glibc ends the program as well.
  if (::getentropy(&word, sizeof word) != 0) std::abort();
  return word;
}

#ifdef DLFO_EH_SEGMENT_TYPE
namespace {

struct Search {
  std::uintptr_t address = 0;
  std::uintptr_t unwind_table = 0;
};

int look_into(dl_phdr_info* object, std::size_t, void* context) {
  auto& search = *static_cast<Search*>(context);
  bool is_inside = false;
  std::uintptr_t unwind_table = 0;
  for (int i = 0; i < object->dlpi_phnum; ++i) {
    const auto& segment = object->dlpi_phdr[i];
    const std::uintptr_t begin = object->dlpi_addr + segment.p_vaddr;
    if (segment.p_type == DLFO_EH_SEGMENT_TYPE) unwind_table = begin;
    if (segment.p_type == PT_LOAD && search.address - begin < segment.p_memsz) is_inside = true;
  }
  if (!is_inside) return 0;
  search.unwind_table = unwind_table;
  return 1;
}

}  // namespace

// For exceptions: how to leave the function that holds an address. Of the answer the unwinder reads
// the one member. Slower than glibc's own, by microseconds an exception; ours are rare.
extern "C" int _dl_find_object(void* address, dl_find_object* result) noexcept {
  Search search{.address = reinterpret_cast<std::uintptr_t>(address)};
  ::dl_iterate_phdr(look_into, &search);
  if (search.unwind_table == 0) return -1;
  *result = {};
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the system gives it as a number
  result->dlfo_eh_frame = reinterpret_cast<void*>(search.unwind_table);
  return 0;
}
#endif
