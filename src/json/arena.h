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

  /// Forgets all that is in it, and keeps the last block for what comes.
  void clear() {
    if (blocks_.size() > 1) {
      blocks_.erase(blocks_.begin(), blocks_.end() - 1);
      bytes_ = capacity_;
    }
    used_ = 0;
  }

  template <class T>
  std::span<const T> copy(std::span<const T> items) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (items.empty()) return {};
    auto* place = static_cast<T*>(allocate<alignof(T)>(items.size_bytes()));
    std::memcpy(static_cast<void*>(place), items.data(), items.size_bytes());
    return {place, items.size()};
  }

  /// Room for `count` items, to be filled at once.
  template <class T>
  std::span<T> make(std::size_t count) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (count == 0) return {};
    return {static_cast<T*>(allocate<alignof(T)>(count * sizeof(T))), count};
  }

  std::string_view copy(std::string_view text) {
    const auto bytes = copy(std::span{text.data(), text.size()});
    return {bytes.data(), bytes.size()};
  }

 private:
  template <std::size_t alignment>
  void* allocate(std::size_t size) {
    const std::size_t begin = (used_ + alignment - 1) / alignment * alignment;
    if (begin + size > capacity_) [[unlikely]]
      return begin_block(size);
    used_ = begin + size;
    return block_ + begin;
  }

  [[gnu::noinline]] void* begin_block(std::size_t size) {
    // Blocks double, so small documents stay small and large ones take few blocks.
    capacity_ = std::max(size, std::min(block_bytes_max, std::max(block_bytes_min, bytes_)));
    blocks_.push_back(std::make_unique_for_overwrite<std::byte[]>(capacity_));
    block_ = blocks_.back().get();
    bytes_ += capacity_;
    used_ = size;
    return block_;
  }

  static constexpr std::size_t block_bytes_min = 4096;
  static constexpr std::size_t block_bytes_max = 1UL << 20U;
  std::vector<std::unique_ptr<std::byte[]>> blocks_{};
  std::byte* block_{};  ///< The last of them.
  std::size_t capacity_{};
  std::size_t used_{};
  std::size_t bytes_{};
};

}  // namespace xai::json
