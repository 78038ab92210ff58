#include "memory/freed_memory.h"

#include <malloc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace xai::test {
namespace {

/// Enough of a secret to know it by. No string, since those give memory back themselves.
struct Wanted {
  std::array<char, 24> letters{};
  std::size_t size{};
};

constinit std::array<Wanted, 4> all_wanted{};
constinit std::size_t wanted_count = 0;
constinit int found_count = 0;
constinit thread_local bool is_watched = false;

/// A place to stop at, to see who gave it back.
[[gnu::noinline]] void count_unwiped_block() { ++found_count; }

void look_at(const void* block) {
  if (!is_watched || block == nullptr) return;
  const std::string_view bytes{static_cast<const char*>(block),
                               ::malloc_usable_size(const_cast<void*>(block))};
  for (std::size_t i = 0; i < wanted_count; ++i) {
    const auto& [letters, size] = all_wanted[i];
    if (bytes.find(std::string_view{letters.data(), size}) != std::string_view::npos)
      count_unwiped_block();
  }
}

}  // namespace

void watch_for_also(std::string_view text) {
  Wanted& wanted = all_wanted.at(wanted_count);
  wanted.size = std::min(text.size(), wanted.letters.size());
  text.copy(wanted.letters.data(), wanted.size);
  if (wanted.size > 0) ++wanted_count;
}

void watch_for(std::string_view first, std::string_view second) {
  wanted_count = 0;
  found_count = 0;
  watch_for_also(first);
  watch_for_also(second);
}

int unwiped_blocks() { return found_count; }

Unwatched::Unwatched() : before_{std::exchange(is_watched, false)} {}
Unwatched::~Unwatched() { is_watched = before_; }

Watched::Watched() { is_watched = true; }
Watched::~Watched() { is_watched = false; }

}  // namespace xai::test

// All forms that a plain operator delete ends are replaced, as a sanitizer wants it.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  void* const block = std::malloc(std::max<std::size_t>(size, 1));
  // What somebody else left there must not be taken for this owner's.
  if (block != nullptr) std::memset(block, 0, ::malloc_usable_size(block));
  return block;
}
void* operator new(std::size_t size) {
  void* const block = operator new(size, std::nothrow);
  if (block == nullptr) throw std::bad_alloc{};
  return block;
}
void operator delete(void* block) noexcept {
  xai::test::look_at(block);
  std::free(block);
}
void operator delete(void* block, std::size_t) noexcept { operator delete(block); }
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return operator new(size, std::nothrow);
}
void operator delete[](void* block) noexcept { operator delete(block); }
void operator delete[](void* block, std::size_t) noexcept { operator delete(block); }
