#pragma once

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

  [[nodiscard]] Value root() const { return values_.empty() ? Value{} : values_.front(); }
  [[nodiscard]] Arena& arena() { return *arena_; }

  bool push(Value value) {
    if (values_.size() == values_.capacity() && !within_limit(values_.capacity() * sizeof(Value)))
      return false;
    values_.push_back(value);
    return true;
  }

  /// What is copied for strings counts when a container ends or the stack grows.
  bool end_object(std::size_t size) {
    const std::size_t first = values_.size() - 2 * size;
    const std::span<Member> members = arena_->make<Member>(size);
    const Value* value = values_.data() + first;
    for (Member& member : members) {
      std::construct_at(&member, value[0].text(), value[1]);
      value += 2;
    }
    values_.resize(first);
    return push(Value::of_object(members)) && within_limit(0);
  }

  bool end_array(std::size_t size) {
    const std::size_t first = values_.size() - size;
    const auto items = arena_->copy(std::span<const Value>{values_}.subspan(first));
    values_.resize(first);
    return push(Value::of_array(items)) && within_limit(0);
  }

 private:
  [[nodiscard]] bool within_limit(std::size_t growth) const {
    const std::size_t waiting = values_.capacity() * sizeof(Value);
    return arena_->bytes() + waiting + growth <= memory_bytes_max_;
  }

  Arena* arena_;
  std::size_t memory_bytes_max_;
  std::vector<Value> values_{};
};

}  // namespace xai::json
