#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>

#include "cli/key_file.h"
#include "cli/render/output.h"
#include "emulator/temporary_directory.h"

namespace xai::test {
namespace {

constexpr std::string_view file_key = "xai-token-canary-00c0ffee-0123456789-0123456789";

/// A stack of our own for one call, which can be looked at after it.
class Stack {
 public:
  Stack() {
    if (bytes_ == MAP_FAILED) std::abort();
  }
  Stack(const Stack&) = delete;
  Stack& operator=(const Stack&) = delete;
  ~Stack() { ::munmap(bytes_, size); }

  void run(std::function<void()> call) {
    pthread_attr_t attributes{};
    ::pthread_attr_init(&attributes);
    ::pthread_attr_setstack(&attributes, bytes_, size);
    pthread_t thread{};
    const auto body = [](void* given) -> void* {
      (*static_cast<std::function<void()>*>(given))();
      return nullptr;
    };
    if (::pthread_create(&thread, &attributes, body, &call) != 0) std::abort();
    ::pthread_join(thread, nullptr);
    ::pthread_attr_destroy(&attributes);
  }

  bool holds(std::string_view text) const {
    return std::string_view{static_cast<const char*>(bytes_), size}.contains(text);
  }

 private:
  static constexpr std::size_t size = 4UL << 20U;
  void* bytes_ = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
};

TEST(Stack, ShowsABufferThatWasNotWiped) {
  Stack stack;
  stack.run([] {
    // Volatile, so that the compiler does not leave the copy out.
    std::array<volatile char, 4096> buffer{};
    std::ranges::copy(file_key, buffer.begin());
  });
  EXPECT_TRUE(stack.holds(file_key));
}

TEST(Stack, HoldsNoKeyThatWasReadFromAFile) {
  const emulator::test::TemporaryDirectory folder;
  const std::string file = folder.file("management.key");
  std::ofstream{file} << file_key << '\n' << std::string(3000, '#') << '\n';
  std::filesystem::permissions(file, std::filesystem::perms{0600});
  Stack stack;
  bool is_read = false;
  stack.run([&] {
    cli::Output output{[](std::string_view) { return 0; }};
    cli::Messages messages{output};
    is_read = cli::read_key_file("the key", "--key-file", file, {}, messages).has_value();
  });
  EXPECT_TRUE(is_read);
  EXPECT_FALSE(stack.holds(file_key));
}

}  // namespace
}  // namespace xai::test
