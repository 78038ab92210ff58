#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace xai::json {

/// Memory that only grows and goes all at once. Holds nothing that needs a destructor.
class Arena {
 public:
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

  template <class T>
  std::span<const T> copy(std::span<const T> items) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (items.empty()) return {};
    auto* place = static_cast<T*>(allocate(items.size_bytes(), alignof(T)));
    std::memcpy(static_cast<void*>(place), items.data(), items.size_bytes());
    return {place, items.size()};
  }

  /// Room for `count` items, to be filled at once.
  template <class T>
  std::span<T> make(std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (count == 0) return {};
    return {static_cast<T*>(allocate(count * sizeof(T), alignof(T))), count};
  }

  std::string_view copy(std::string_view text) {
    const auto bytes = copy(std::span{text.data(), text.size()});
    return {bytes.data(), bytes.size()};
  }

 private:
  void* allocate(std::size_t size, std::size_t alignment) {
    const std::size_t padding = (alignment - (used_ % alignment)) % alignment;
    if (padding + size > capacity_ - used_) {
      // Blocks double, so small documents stay small and large ones take few blocks.
      capacity_ = std::max(size, std::min(block_bytes_max, std::max(block_bytes_min, bytes_)));
      blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(capacity_));
      bytes_ += capacity_;
      used_ = size;
      return blocks_.back().get();
    }
    void* place = blocks_.back().get() + used_ + padding;
    used_ += padding + size;
    return place;
  }

  static constexpr std::size_t block_bytes_min = 4096;
  static constexpr std::size_t block_bytes_max = 1UL << 20U;
  std::vector<std::unique_ptr<std::byte[]>> blocks_{};
  std::size_t capacity_{};
  std::size_t used_{};
  std::size_t bytes_{};
};

}  // namespace xai::json
