#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "json/arena.h"
#include "json/value.h"

namespace xai::json {

/// Makes a document's values in an arena. Finished ones wait on a stack until their container
/// ends; the name of a member waits below its value. All of it says false beyond the limit.
class Builder {
 public:
  Builder(Arena& arena, std::size_t memory_bytes_max)
      : arena_{&arena}, memory_bytes_max_{memory_bytes_max} {}

  [[nodiscard]] Value root() const { return top_ == waiting_.data() ? Value{} : waiting_.front(); }
  [[nodiscard]] Arena& arena() { return *arena_; }

  /// Forgets all that was made, and what else the arena held.
  void clear() {
    top_ = waiting_.data();
    arena_->clear();
  }

  bool push(Value value) {
    if (top_ == end_ && !grow()) [[unlikely]]
      return false;
    *top_++ = value;
    return true;
  }

  /// What is copied for strings counts when a container ends or the stack grows.
  bool end_object(std::size_t size, std::string_view source = {}) {
    // The first one is there for the source.
    const std::span<Member> members = arena_->make<Member>(size + 1);
    std::construct_at(&members.front());
    const Value* value = drop(2 * size);
    for (Member& member : members.subspan(1)) {
      std::construct_at(&member, value[0].text(), value[1]);
      value += 2;
    }
    const Value object =
        source.empty() ? Value::of_object(members.subspan(1)) : Value::of_object(members, source);
    return push(object) && within_limit(0);
  }

  bool end_array(std::size_t size) {
    const auto items = arena_->copy(std::span<const Value>{drop(size), size});
    return push(Value::of_array(items)) && within_limit(0);
  }

 private:
  /// Takes values off the stack; they stand there until the next push.
  const Value* drop(std::size_t count) { return top_ -= count; }

  [[gnu::noinline]] bool grow() {
    constexpr std::size_t first_count = 16;
    const std::size_t more = std::max(first_count, waiting_.size());
    if (!within_limit(more * sizeof(Value))) return false;
    const auto count = top_ - waiting_.data();
    waiting_.resize(waiting_.size() + more);
    top_ = waiting_.data() + count;
    end_ = waiting_.data() + waiting_.size();
    return true;
  }

  [[nodiscard]] bool within_limit(std::size_t growth) const {
    return arena_->bytes() + waiting_.size() * sizeof(Value) + growth <= memory_bytes_max_;
  }

  Arena* arena_;
  std::size_t memory_bytes_max_;
  std::vector<Value> waiting_{};  ///< A stack, and room for more of it.
  Value* top_{};
  Value* end_{};
};

}  // namespace xai::json
