#include "xai/management/secret.h"

#include <utility>

#include "base/wipe.h"

namespace xai::management {

void wipe(std::string& text) {
  text.resize(text.capacity());
  base::wipe(text);
  text.clear();
}

Secret::Secret(std::string value) : value_{std::move(value)} {
  // A short string lives inside the object, so moving it left a copy behind.
  wipe(value);
}

Secret::Secret(const Secret& other) = default;

Secret::Secret(Secret&& other) noexcept : value_{std::move(other.value_)} { wipe(other.value_); }

Secret& Secret::operator=(const Secret& other) {
  if (this != &other) {
    wipe(value_);
    value_ = other.value_;
  }
  return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    wipe(value_);
    value_.swap(other.value_);
  }
  return *this;
}

Secret::~Secret() { wipe(value_); }

bool operator==(const Secret& left, const Secret& right) {
  if (left.value_.size() != right.value_.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < left.value_.size(); ++i)
    difference |= static_cast<unsigned>(left.value_[i] ^ right.value_[i]);
  return difference == 0;
}

}  // namespace xai::management
